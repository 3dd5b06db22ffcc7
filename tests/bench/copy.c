// The floor of one draft per row: writes the bytes of a file so many times under different names, as
// safely as orgdraft does, or plainly.
//
// usage: copy FILE FOLDER COUNT [plain]
//
// Each copy is written to a temporary name beside its own; when all are there the file system is
// synced once, and they are renamed. With `plain` they are written under their names, and that is all.
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST = 1 << 20 };

static bool put(int folder, const char *name, const char *bytes, size_t size) {
    const int descriptor = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0) return false;
    const bool done = write(descriptor, bytes, size) == (ssize_t)size;
    return close(descriptor) == 0 && done;
}

static bool copy(int folder, const char *bytes, size_t size, long count, bool plain) {
    char name[64], temporary[80];
    for (long i = 1; i <= count; i++) {
        snprintf(name, sizeof name, "unit-%05ld.md", i);
        snprintf(temporary, sizeof temporary, ".%s.copy", name);
        if (!put(folder, plain ? name : temporary, bytes, size)) return false;
    }
    if (plain) return true;
    if (syncfs(folder) != 0) return false;
    for (long i = 1; i <= count; i++) {
        snprintf(name, sizeof name, "unit-%05ld.md", i);
        snprintf(temporary, sizeof temporary, ".%s.copy", name);
        if (renameat(folder, temporary, folder, name) != 0) return false;
    }
    return fsync(folder) == 0;
}

int main(int count, char **words) {
    static char bytes[MOST];
    if (count < 4) return EXIT_FAILURE;
    const int file = open(words[1], O_RDONLY);
    const ssize_t size = file < 0 ? -1 : read(file, bytes, sizeof bytes);
    mkdir(words[2], 0777);
    const int folder = open(words[2], O_RDONLY | O_DIRECTORY);
    if (size < 0 || folder < 0) return EXIT_FAILURE;
    const bool plain = count > 4 && strcmp(words[4], "plain") == 0;
    return copy(folder, bytes, (size_t)size, strtol(words[3], NULL, 10), plain) ? EXIT_SUCCESS
                                                                               : EXIT_FAILURE;
}

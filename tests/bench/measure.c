// Runs a program once and says what it took: CPU seconds, wall seconds, largest resident set in KB, and
// exit code (128 and the signal when one ended it).
//
// usage: measure PROGRAM [ARGUMENT…]
//
// The largest resident set of a process counts what its parent had when it forked, so a script in an
// interpreter cannot measure small programs by itself.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void run(char *const *words) {
    const int null = open("/dev/null", O_RDWR);
    for (int descriptor = 0; descriptor <= 2; descriptor++) dup2(null, descriptor);
    execvp(words[0], words);
    _exit(127);
}

int main(int count, char **words) {
    if (count < 2) return EXIT_FAILURE;
    const double start = now();
    const pid_t child = fork();
    if (child == 0) run(words + 1);
    int status;
    struct rusage usage;
    if (child < 0 || wait4(child, &status, 0, &usage) != child) return EXIT_FAILURE;
    const double wall = now() - start;
    printf("%.6f %.6f %ld %d\n", seconds(usage.ru_utime) + seconds(usage.ru_stime), wall,
           usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    return EXIT_SUCCESS;
}

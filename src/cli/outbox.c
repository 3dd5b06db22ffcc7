#include "cli/outbox.h"

#include <errno.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

od_outbox *od_outbox_new(size_t count) {
    void *const made = mmap(NULL, count * sizeof(od_outbox), PROT_READ | PROT_WRITE,
                            MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return made == MAP_FAILED ? NULL : made;
}

void od_outbox_free(od_outbox *boxes, size_t count) {
    munmap(boxes, count * sizeof(od_outbox));
}

void od_outbox_clear(od_outbox *box) {
    box->sent = box->size = box->queued = 0;
    box->swept = 0;
    box->count = 0;
}

// Milliseconds of a clock that is a few of them off and costs next to nothing.
static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &time);
    return (int64_t)time.tv_sec * 1000 + time.tv_nsec / 1000000;
}

static bool write_all(int descriptor, od_slice rest) {
    while (rest.size) {
        const ssize_t written = write(descriptor, rest.data, rest.size);
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        rest = od_slice_from(rest, (size_t)written);
    }
    return true;
}

bool od_outbox_send(od_outbox *box, int descriptor) {
    box->swept = now();
    if (!box->size) return true;
    if (!write_all(descriptor, (od_slice){box->bytes, box->size})) return false;
    // In this order: whoever finds results here takes those that `sent` does not tell of.
    box->size = 0;
    box->sent += box->count;
    box->count = 0;
    return true;
}

bool od_outbox_put(od_outbox *box, int descriptor, od_slice result) {
    enum { LONGEST = 20 }; // milliseconds
    if (result.size > OD_OUTBOX_ROOM - box->size && !od_outbox_send(box, descriptor)) return false;
    if (result.size > OD_OUTBOX_ROOM) {
        box->sent++;
        return write_all(descriptor, result);
    }
    memcpy(box->bytes + box->size, result.data, result.size);
    box->count++;
    box->size += result.size;
    return now() - box->swept < LONGEST || od_outbox_send(box, descriptor);
}

#include "document/cmark_memory.h"

#include "base/arena.h"

#include <stdlib.h>
#include <sys/mman.h>

enum {
    FACTOR = 8, // bytes that cmark-gfm takes for a byte of text: six to ten
    LEAST = 32 * 1024,
    MOST = 64 * 1024 * 1024,
    LARGE_PAGE = 2 * 1024 * 1024,
};

// Before each block stands its size.
typedef size_t head;

typedef struct piece piece;
struct piece {
    piece *older;
    size_t size;
};

// cmark-gfm's functions are given nothing but sizes and blocks, so this must be found from nowhere.
static _Thread_local struct {
    piece *newest;
    size_t next;                  // size of the next piece
    char *cursor, *used, *limit;  // of the newest: its free part; up to `used` it is not zero
} memory;

// Returns a piece. A large one is mapped, and zero.
static piece *make_piece(size_t size) {
    if (size < LARGE_PAGE) {
        piece *const made = malloc(size);
        if (!made) od_run_out(size);
        return made;
    }
    void *const made =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (made == MAP_FAILED) od_run_out(size);
#ifdef MADV_HUGEPAGE
    madvise(made, size, MADV_HUGEPAGE);
#endif
    return made;
}

static void free_piece(piece *p) {
    if (p->size < LARGE_PAGE) free(p);
    else munmap(p, p->size);
}

static void add_piece(size_t size) {
    size_t wanted = memory.next > LEAST ? memory.next : LEAST;
    if (size > SIZE_MAX / 2) od_run_out(size);
    if (wanted < size + sizeof(piece)) wanted = size + sizeof(piece);
    piece *const made = make_piece(wanted);
    *made = (piece){memory.newest, wanted};
    memory.newest = made;
    memory.cursor = (char *)(made + 1);
    memory.limit = (char *)made + wanted;
    memory.used = wanted < LARGE_PAGE ? memory.limit : memory.cursor;
    memory.next = wanted < MOST / 2 ? wanted * 2 : MOST;
}

static size_t rounded(size_t size) {
    return (size + sizeof(head) - 1) & ~(sizeof(head) - 1);
}

static head *head_of(void *block) {
    return (head *)block - 1;
}

static bool is_last(void *block) {
    return (char *)block + rounded(*head_of(block)) == memory.cursor;
}

// Moves the end of what is taken, and remembers how far it ever was.
static void move_cursor(char *to) {
    memory.cursor = to;
    if (to > memory.used) memory.used = to;
}

static void *take(size_t size) {
    if (size > SIZE_MAX / 2) od_run_out(size);
    const size_t wanted = sizeof(head) + rounded(size);
    if ((size_t)(memory.limit - memory.cursor) < wanted) add_piece(wanted);
    head *const made = (head *)(void *)memory.cursor;
    *made = size;
    return made + 1;
}

static void *take_zeroed(size_t count, size_t item_size) {
    if (item_size && count > SIZE_MAX / item_size) od_run_out(SIZE_MAX);
    const size_t size = count * item_size;
    char *const block = take(size);
    // Behind `used` it is zero as it came.
    if (block < memory.used) {
        const size_t dirty = (size_t)(memory.used - block);
        memset(block, 0, dirty < size ? dirty : size);
    }
    move_cursor(block + rounded(size));
    return block;
}

static void *take_more(void *block, size_t size) {
    if (block && is_last(block) && (size_t)(memory.limit - (char *)block) >= rounded(size)) {
        *head_of(block) = size;
        move_cursor((char *)block + rounded(size));
        return block;
    }
    void *const moved = take(size);
    move_cursor((char *)moved + rounded(size));
    if (!block) return moved;
    const size_t before = *head_of(block);
    return memcpy(moved, block, before < size ? before : size);
}

// Only the block that was taken last leaves room behind. What cmark-gfm takes for a moment is of
// that kind, or small.
static void give_back(void *block) {
    if (block && is_last(block)) memory.cursor = (char *)head_of(block);
}

// Gives back all pieces but the newest, or that too when it is larger than `kept`.
static void release(size_t kept) {
    piece *const newest = memory.newest;
    for (piece *p = newest ? newest->older : NULL, *older; p; p = older) {
        older = p->older;
        free_piece(p);
    }
    if (newest && newest->size <= kept) {
        newest->older = NULL;
        memory.cursor = (char *)(newest + 1);
        return;
    }
    if (newest) free_piece(newest);
    memory.newest = NULL;
    memory.cursor = memory.used = memory.limit = NULL;
}

cmark_mem *od_cmark_memory_begin(size_t size) {
    static cmark_mem functions = {take_zeroed, take_more, give_back};
    release(SIZE_MAX); // a text that is read twice needs the same again
    memory.next = size < MOST / FACTOR ? size * FACTOR : MOST;
    return &functions;
}

void od_cmark_memory_end(void) {
    release(0);
}

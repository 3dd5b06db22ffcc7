#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct od_chunk {
    od_chunk *older;
    char *limit;
    _Alignas(max_align_t) char bytes[];
};

enum {
    ALIGNMENT = _Alignof(max_align_t),
    FIRST_CHUNK = 16 * 1024,       // a 4 KB draft fits in one
    LARGEST_CHUNK = 8 * 1024 * 1024, // so that a large draft wastes at most this much
};

__attribute__((weak)) void od_out_of_memory(size_t size) {
    (void)size; // printf would allocate
    static const char message[] = "orgdraft: out of memory\n";
    if (write(STDERR_FILENO, message, sizeof message - 1) < 0) _exit(2);
    _exit(2);
}

void od_run_out(size_t size) {
    od_out_of_memory(size);
    abort();
}

static void add_chunk(od_arena *arena, size_t size) {
    const size_t last = arena->chunk ? (size_t)(arena->chunk->limit - arena->chunk->bytes) : 0;
    size_t wanted = last ? last * 2 : FIRST_CHUNK;
    if (wanted > LARGEST_CHUNK) wanted = LARGEST_CHUNK;
    if (wanted < size) wanted = size;
    if (wanted > SIZE_MAX - sizeof(od_chunk)) od_run_out(size);
    od_chunk *chunk = malloc(sizeof(od_chunk) + wanted);
    if (!chunk) od_run_out(size);
    chunk->older = arena->chunk;
    chunk->limit = chunk->bytes + wanted;
    arena->chunk = chunk;
    arena->cursor = chunk->bytes;
    arena->limit = chunk->limit;
}

void *od_arena_grow(od_arena *arena, size_t size) {
    if (size > SIZE_MAX - ALIGNMENT) od_run_out(size);
    const size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    add_chunk(arena, rounded);
    arena->cursor += rounded;
    return arena->cursor - rounded;
}

void *od_arena_alloc_array(od_arena *arena, size_t count, size_t item_size) {
    if (item_size != 0 && count > SIZE_MAX / item_size) od_run_out(SIZE_MAX);
    return od_arena_alloc(arena, count * item_size);
}

od_mark od_arena_mark(const od_arena *arena) {
    return (od_mark){arena->chunk, arena->cursor};
}

void od_arena_rewind(od_arena *arena, od_mark mark) {
    while (arena->chunk != mark.chunk) {
        od_chunk *const older = arena->chunk->older;
        free(arena->chunk);
        arena->chunk = older;
    }
    arena->cursor = mark.cursor;
    arena->limit = mark.chunk ? mark.chunk->limit : NULL;
}

void od_arena_free(od_arena *arena) {
    od_arena_rewind(arena, (od_mark){0});
}

od_slice od_arena_copy(od_arena *arena, od_slice text) {
    return od_arena_join(arena, &text, 1);
}

od_slice od_arena_join(od_arena *arena, const od_slice *parts, size_t count) {
    size_t size = 0;
    for (size_t i = 0; i < count; i++) size += parts[i].size;
    char *const bytes = od_arena_bytes(arena, size + 1);
    char *end = bytes;
    for (size_t i = 0; i < count; i++) {
        if (parts[i].size) memcpy(end, parts[i].data, parts[i].size);
        end += parts[i].size;
    }
    *end = '\0';
    return (od_slice){bytes, size};
}

od_slice od_arena_number(od_arena *arena, size_t number) {
    char digits[24];
    const int size = snprintf(digits, sizeof digits, "%zu", number);
    return od_arena_copy(arena, (od_slice){digits, (size_t)size});
}

void *od_array_double(od_arena *arena, void *items, size_t count, size_t *capacity,
                      size_t item_size) {
    const size_t wanted = *capacity ? *capacity * 2 : 4;
    if (wanted > SIZE_MAX / item_size) od_run_out(SIZE_MAX);
    void *const moved = od_arena_bytes(arena, wanted * item_size);
    if (count) memcpy(moved, items, count * item_size);
    *capacity = wanted;
    return moved;
}

// Arenas: memory that is freed all at once.
//
// Everything that describes a document lives in that document's arena, so no node has a free of its
// own. Scratch memory is a second arena, marked and rewound by the function that uses it. Running
// out of memory ends in od_out_of_memory, so callers never test for NULL.
#ifndef OD_BASE_ARENA_H
#define OD_BASE_ARENA_H

#include "base/slice.h"

#include <stdarg.h>
#include <stddef.h>

typedef struct od_chunk od_chunk;

// All zeros is an empty arena.
typedef struct od_arena {
    char *cursor, *limit; // free part of the newest chunk
    od_chunk *chunk;      // newest chunk, linked to the older ones
} od_arena;

// Where an arena stood; see od_arena_rewind.
typedef struct od_mark {
    od_chunk *chunk;
    char *cursor;
} od_mark;

// Calls od_out_of_memory, and ends the process should a replacement of it return all the same.
_Noreturn void od_run_out(size_t size);

// Adds a chunk with room for `size` bytes and returns them; used by od_arena_bytes.
void *od_arena_grow(od_arena *arena, size_t size);

// Returns `size` bytes that hold anything, aligned for any type.
static inline void *od_arena_bytes(od_arena *arena, size_t size) {
    enum { ALIGNMENT = _Alignof(max_align_t) };
    const size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded < size || (size_t)(arena->limit - arena->cursor) < rounded)
        return od_arena_grow(arena, size);
    void *const memory = arena->cursor;
    arena->cursor += rounded;
    return memory;
}

// Returns `size` zeroed bytes, aligned for any type.
static inline void *od_arena_alloc(od_arena *arena, size_t size) {
    void *const memory = od_arena_bytes(arena, size);
    if (size) memset(memory, 0, size); // an empty arena has no memory even for nothing
    return memory;
}

// Returns a zeroed `type` in the arena.
#define od_arena_new(arena, type) ((type *)od_arena_alloc((arena), sizeof(type)))

// Returns a zeroed array of `count` items of `type`.
#define od_arena_array(arena, type, count) \
    ((type *)od_arena_alloc_array((arena), (count), sizeof(type)))
void *od_arena_alloc_array(od_arena *arena, size_t count, size_t item_size);

// Remembers the state of an arena.
od_mark od_arena_mark(const od_arena *arena);

// Frees all that was allocated since `mark`.
void od_arena_rewind(od_arena *arena, od_mark mark);

// Frees everything; the arena is empty and usable afterwards.
void od_arena_free(od_arena *arena);

// Copies `text` into the arena; the copy is also closed by a NUL.
od_slice od_arena_copy(od_arena *arena, od_slice text);

// Returns the concatenation of `count` slices, closed by a NUL.
od_slice od_arena_join(od_arena *arena, const od_slice *parts, size_t count);

// od_arena_join of the slices given as arguments.
#define od_arena_concat(arena, ...)                                     \
    od_arena_join((arena), (const od_slice[]){__VA_ARGS__},             \
                  sizeof((const od_slice[]){__VA_ARGS__}) / sizeof(od_slice))

// Returns the decimal digits of `number`.
od_slice od_arena_number(od_arena *arena, size_t number);

// ---- growing arrays ----------------------------------------------------------------------------

// A growing array of `type` whose items live in an arena. All zeros is empty.
#define OD_ARRAY(type)          \
    struct {                    \
        type *items;            \
        size_t count, capacity; \
    }

// Moves `count` items to where twice as many have room; used by od_array_grow.
void *od_array_double(od_arena *arena, void *items, size_t count, size_t *capacity,
                      size_t item_size);

// Makes room for one more than `count` items and zeroes it; used by od_array_push.
static inline void *od_array_grow(od_arena *arena, void *items, size_t count, size_t *capacity,
                                 size_t item_size) {
    if (count == *capacity)
        items = od_array_double(arena, items, count, capacity, item_size);
    memset((char *)items + count * item_size, 0, item_size);
    return items;
}

// Adds one zeroed item to `array` and returns its address.
#define od_array_push(arena, array)                                                      \
    ((array)->items = od_array_grow((arena), (array)->items, (array)->count,             \
                                    &(array)->capacity, sizeof *(array)->items),         \
     &(array)->items[(array)->count++])

#endif

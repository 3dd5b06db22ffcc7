// Heaps: memory for Lua's objects, most of which are small, alike and dropped soon.
//
// Small blocks are cut from large pieces and kept by size when they are given back, which takes a
// fraction of malloc's time. Large ones are malloc's.
#ifndef OD_LUA_HEAP_H
#define OD_LUA_HEAP_H

#include <stddef.h>

enum { OD_HEAP_STEP = 16, OD_HEAP_SMALL = 512, OD_HEAP_SIZES = OD_HEAP_SMALL / OD_HEAP_STEP };

typedef struct od_heap_block od_heap_block;

// All zeros is an empty heap.
typedef struct od_heap {
    od_heap_block *free[OD_HEAP_SIZES]; // by size: OD_HEAP_STEP bytes, twice as many, …
    od_heap_block *pieces;
    char *cursor, *limit; // free part of the newest piece
} od_heap;

// Moves `block` of `old` bytes to one of `size` bytes, as lua_Alloc has it: NULL is a new one,
// nothing is left of it when `size` is 0. NULL when there is no memory.
void *od_heap_move(od_heap *heap, void *block, size_t old, size_t size);

// Frees all small blocks.
void od_heap_free(od_heap *heap);

#endif

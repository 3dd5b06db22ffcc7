#include "lua/heap.h"

#include "base/sanitized.h"

#include <stdlib.h>
#include <string.h>

enum {
    PIECE = 32 * 1024,
#ifdef OD_SANITIZED
    SMALL = 0,
#else
    SMALL = OD_HEAP_SMALL,
#endif
};

// A block that is free, or the first bytes of a piece.
struct od_heap_block {
    od_heap_block *next;
};

static size_t index_of(size_t size) {
    return (size - 1) / OD_HEAP_STEP;
}

static void *cut(od_heap *heap, size_t size) {
    if ((size_t)(heap->limit - heap->cursor) < size) {
        char *const piece = malloc(PIECE);
        if (!piece) return NULL;
        ((od_heap_block *)(void *)piece)->next = heap->pieces;
        heap->pieces = (od_heap_block *)(void *)piece;
        heap->cursor = piece + OD_HEAP_STEP;
        heap->limit = piece + PIECE;
    }
    void *const block = heap->cursor;
    heap->cursor += size;
    return block;
}

static void *take(od_heap *heap, size_t size) {
    if (size > SMALL) return malloc(size);
    const size_t index = index_of(size);
    od_heap_block *const block = heap->free[index];
    if (!block) return cut(heap, (index + 1) * OD_HEAP_STEP);
    heap->free[index] = block->next;
    return block;
}

static void give_back(od_heap *heap, od_heap_block *block, size_t size) {
    if (size > SMALL) {
        free(block);
        return;
    }
    od_heap_block **const list = &heap->free[index_of(size)];
    block->next = *list;
    *list = block;
}

void *od_heap_move(od_heap *heap, void *block, size_t old, size_t size) {
    if (!block) return size ? take(heap, size) : NULL;
    if (!size) {
        give_back(heap, block, old);
        return NULL;
    }
    if (old > SMALL && size > SMALL) return realloc(block, size);
    if (old <= SMALL && size <= SMALL && index_of(old) == index_of(size))
        return block;
    void *const moved = take(heap, size);
    if (!moved) return NULL;
    memcpy(moved, block, old < size ? old : size);
    give_back(heap, block, old);
    return moved;
}

void od_heap_free(od_heap *heap) {
    for (od_heap_block *piece = heap->pieces, *next; piece; piece = next) {
        next = piece->next;
        free(piece);
    }
    *heap = (od_heap){0};
}

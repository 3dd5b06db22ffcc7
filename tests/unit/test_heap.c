// Lua's heap: blocks keep their bytes however they are moved, and what is given back is used again.
#include "base/sanitized.h"
#include "lua/heap.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCKS = 100, STEPS = 50000, LARGEST = 1500 };

static void assert_filled(const unsigned char *block, size_t size, int with) {
    for (size_t i = 0; i < size; i++) assert_int_equal(block[i], with);
}

static void test_moved_blocks(void **state) {
    (void)state;
    od_heap heap = {0};
    unsigned char *blocks[BLOCKS] = {0};
    size_t sizes[BLOCKS] = {0};
    uint32_t random = 1;
    for (int step = 0; step < STEPS; step++) {
        random = random * 1664525 + 1013904223;
        const size_t i = (random >> 8) % BLOCKS;
        const size_t size = (random >> 16) % 3 ? (random >> 18) % 64 : (random >> 16) % LARGEST;
        const size_t kept = sizes[i] < size ? sizes[i] : size;
        blocks[i] = od_heap_move(&heap, blocks[i], sizes[i], size);
        assert_int_equal(blocks[i] == NULL, size == 0);
        assert_int_equal((uintptr_t)blocks[i] % OD_HEAP_STEP, 0);
        if (size) assert_filled(blocks[i], kept, (int)i);
        if (size) memset(blocks[i], (int)i, size);
        sizes[i] = size;
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        if (sizes[i]) assert_filled(blocks[i], sizes[i], (int)i);
        assert_null(od_heap_move(&heap, blocks[i], sizes[i], 0));
    }
    od_heap_free(&heap);
}

static void test_blocks_are_used_again(void **state) {
    (void)state;
#ifndef OD_SANITIZED
    od_heap heap = {0};
    void *const first = od_heap_move(&heap, NULL, 0, 40);
    const char *const cursor = heap.cursor;
    od_heap_move(&heap, first, 40, 0);
    for (size_t size = 33; size <= 48; size++) {
        assert_ptr_equal(od_heap_move(&heap, NULL, 0, size), first);
        od_heap_move(&heap, first, size, 0);
    }
    assert_ptr_equal(heap.cursor, cursor);
    od_heap_free(&heap);
    assert_null(heap.pieces);
#endif
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_moved_blocks),
        cmocka_unit_test(test_blocks_are_used_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

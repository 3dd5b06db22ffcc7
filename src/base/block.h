// Blocks: sixteen bytes looked at together, as gcc and clang have them on every machine, for the few
// passes that every byte of every draft goes through.
#ifndef OD_BASE_BLOCK_H
#define OD_BASE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

typedef unsigned char od_block __attribute__((vector_size(16)));
typedef signed char od_block_mask __attribute__((vector_size(16))); // of comparisons: 0 or -1 a byte

enum { OD_BLOCK = sizeof(od_block) };

// Returns the OD_BLOCK bytes from `bytes` on.
static inline od_block od_block_load(const char *bytes) {
    od_block loaded;
    memcpy(&loaded, bytes, sizeof loaded);
    return loaded;
}

#ifdef __SSE2__

// Whether any byte of `mask` is set.
static inline bool od_block_any(od_block_mask mask) {
    return _mm_movemask_epi8((__m128i)mask) != 0;
}

// Returns the index of the first byte of `mask` that is set; OD_BLOCK for none.
static inline size_t od_block_first(od_block_mask mask) {
    return (size_t)__builtin_ctz((unsigned)_mm_movemask_epi8((__m128i)mask) | 1u << OD_BLOCK);
}

#else

// Whether any byte of `mask` is set.
static inline bool od_block_any(od_block_mask mask) {
    uint64_t halves[2];
    memcpy(halves, &mask, sizeof halves);
    return (halves[0] | halves[1]) != 0;
}

// Returns the index of the first byte of `mask` that is set; OD_BLOCK for none.
static inline size_t od_block_first(od_block_mask mask) {
    uint64_t halves[2];
    memcpy(halves, &mask, sizeof halves);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    if (halves[0]) return (size_t)__builtin_clzll(halves[0]) / 8;
    return halves[1] ? 8 + (size_t)__builtin_clzll(halves[1]) / 8 : OD_BLOCK;
#else
    if (halves[0]) return (size_t)__builtin_ctzll(halves[0]) / 8;
    return halves[1] ? 8 + (size_t)__builtin_ctzll(halves[1]) / 8 : OD_BLOCK;
#endif
}

#endif

#endif

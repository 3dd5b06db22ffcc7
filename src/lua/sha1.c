#include "lua/sha1.h"

enum { BLOCK = 64 };

static uint32_t rotate(uint32_t word, int bits) {
    return word << bits | word >> (32 - bits);
}

static void add_block(uint32_t hash[5], const unsigned char *block) {
    static const uint32_t KEYS[] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
    uint32_t w[80], v[5];
    for (size_t i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 80; i++) w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    memcpy(v, hash, sizeof v);
    for (int i = 0; i < 80; i++) {
        const uint32_t choice = (v[1] & v[2]) | (~v[1] & v[3]);
        const uint32_t parity = v[1] ^ v[2] ^ v[3];
        const uint32_t majority = (v[1] & v[2]) | (v[1] & v[3]) | (v[2] & v[3]);
        const uint32_t f = i < 20 ? choice : i < 40 ? parity : i < 60 ? majority : parity;
        const uint32_t next = rotate(v[0], 5) + f + v[4] + KEYS[i / 20] + w[i];
        v[4] = v[3];
        v[3] = v[2];
        v[2] = rotate(v[1], 30);
        v[1] = v[0];
        v[0] = next;
    }
    for (int i = 0; i < 5; i++) hash[i] += v[i];
}

void od_sha1(od_slice text, char digits[41]) {
    static const char HEX[] = "0123456789abcdef";
    uint32_t hash[5] = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
    size_t at = 0;
    for (; text.size - at >= BLOCK; at += BLOCK)
        add_block(hash, (const unsigned char *)text.data + at);
    // The rest, a one bit, and the size in bits at the end of the last block.
    unsigned char tail[2 * BLOCK] = {0};
    const size_t rest = text.size - at;
    if (rest) memcpy(tail, text.data + at, rest);
    tail[rest] = 0x80;
    const size_t size = rest < BLOCK - 8 ? BLOCK : 2 * BLOCK;
    const uint64_t bits = (uint64_t)text.size * 8;
    for (size_t i = 0; i < 8; i++) tail[size - 1 - i] = (unsigned char)(bits >> (8 * i));
    for (size_t i = 0; i < size; i += BLOCK) add_block(hash, tail + i);
    for (size_t i = 0; i < 40; i++) digits[i] = HEX[hash[i / 8] >> (28 - 4 * (i % 8)) & 15];
    digits[40] = '\0';
}

/* SHA-256 of a text that is in memory as a whole. */
// SPDX-License-Identifier: MIT
#include "base/sha256.h"

#define BLOCK 64 /* bytes */
#define ROUNDS 64
#define WORDS 8

/* The fractional parts of the cube roots of the first 64 primes: FIPS 180-4, section 4.2.2. */
static const uint32_t constants[ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turned(uint32_t word, unsigned by) {
    return word >> by | word << (32 - by);
}

static void expand(const unsigned char *block, uint32_t schedule[ROUNDS]) {
    for (size_t i = 0; i < 16; i++)
        schedule[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
                      (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (size_t i = 16; i < ROUNDS; i++) {
        uint32_t early = schedule[i - 15], late = schedule[i - 2];
        schedule[i] = (turned(late, 17) ^ turned(late, 19) ^ late >> 10) + schedule[i - 7] +
                      (turned(early, 7) ^ turned(early, 18) ^ early >> 3) + schedule[i - 16];
    }
}

static void take_block(uint32_t state[WORDS], const unsigned char *block) {
    uint32_t schedule[ROUNDS], at[WORDS];
    expand(block, schedule);
    memcpy(at, state, sizeof at);
    for (size_t i = 0; i < ROUNDS; i++) {
        uint32_t e = at[4], a = at[0];
        uint32_t first = at[7] + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) +
                         ((e & at[5]) ^ (~e & at[6])) + constants[i] + schedule[i];
        uint32_t second = (turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) +
                          ((a & at[1]) ^ (a & at[2]) ^ (at[1] & at[2]));
        memmove(at + 1, at, (WORDS - 1) * sizeof *at);
        at[4] += first;
        at[0] = first + second;
    }
    for (size_t i = 0; i < WORDS; i++)
        state[i] += at[i];
}

/* The rest of the text, a bit 1, zeros, and how many bits the text has. */
static void take_end(uint32_t state[WORDS], struct slice rest, uint64_t length) {
    unsigned char blocks[2 * BLOCK] = {0};
    size_t size = rest.length + 9 > BLOCK ? 2 * BLOCK : BLOCK;
    if (rest.length)
        memcpy(blocks, rest.at, rest.length);
    blocks[rest.length] = 0x80;
    for (size_t i = 0; i < 8; i++)
        blocks[size - 1 - i] = (unsigned char)(length * 8 >> 8 * i);
    for (size_t i = 0; i < size; i += BLOCK)
        take_block(state, blocks + i);
}

void sha256(struct slice text, unsigned char digest[SHA256_BYTES]) {
    /* of the square roots of the first 8 primes: section 5.3.3 */
    uint32_t state[WORDS] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                             0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t whole = text.length / BLOCK * BLOCK;
    for (size_t i = 0; i < whole; i += BLOCK)
        take_block(state, (const unsigned char *)text.at + i);
    take_end(state, slice_part(text, whole, text.length), text.length);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void write_sha256_source(struct writer *writer, struct slice text) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    unsigned char digest[SHA256_BYTES + 1] = {0}; /* 33 bytes are 11 groups */
    sha256(text, digest);
    write_string(writer, "sha256-");
    for (size_t i = 0; i < SHA256_BYTES; i += 3) {
        uint32_t group = (uint32_t)digest[i] << 16 | (uint32_t)digest[i + 1] << 8 | digest[i + 2];
        for (unsigned k = 0; k < 4; k++)
            write_char(writer,
                       i + k < SHA256_BYTES + 1 ? letters[group >> (18 - 6 * k) & 63] : '=');
    }
}

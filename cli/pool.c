/* Hands out memory that is given back as a whole: each piece stands behind a link to the piece
 * before. */
// SPDX-License-Identifier: MIT
#include "pool.h"

#include "report.h"

#include <stdint.h>
#include <stdlib.h>

struct pool_block {
    struct pool_block *next;
    max_align_t memory[];
};

void *pool_take(struct pool *pool, size_t count, size_t size) {
    struct pool_block *block =
        count < (SIZE_MAX >> 8) / size ? calloc(1, sizeof *block + (count + 1) * size) : NULL;
    if (!block) {
        complain("no memory");
        return NULL;
    }
    block->next = pool->blocks;
    pool->blocks = block;
    return block->memory;
}

void pool_free(struct pool *pool) {
    while (pool->blocks) {
        struct pool_block *first = pool->blocks;
        pool->blocks = first->next;
        free(first);
    }
}

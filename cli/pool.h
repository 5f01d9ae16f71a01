/* Memory that is given back as a whole. */
// SPDX-License-Identifier: MIT
#ifndef CLI_POOL_H
#define CLI_POOL_H

#include <stddef.h>

struct pool_block;
/* `{0}` is an empty one. */
struct pool {
    struct pool_block *blocks;
};

/* Zeroed; NULL, after a complaint, when there is none. */
void *pool_take(struct pool *pool, size_t count, size_t size);
void pool_free(struct pool *pool);

#endif

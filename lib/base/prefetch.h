/* Asking for memory before it is needed: a walk over a large model in any order but that of its
 * memory waits for most of what it reads. */
// SPDX-License-Identifier: MIT
#ifndef BASE_PREFETCH_H
#define BASE_PREFETCH_H

#include <stddef.h>

#define CACHE_LINE ((size_t)64)

/* Any address will do, also NULL. gcc takes a function that does nothing but this for one without
 * effect, and leaves out the calls of it; the empty statement keeps them. */
static inline void prefetch(const void *at) {
    __builtin_prefetch(at);
    __asm__ volatile("");
}

/* `at` may not be NULL. */
static inline void prefetch_lines(const void *at, size_t count) {
    for (size_t i = 0; i < count; i++)
        prefetch((const char *)at + i * CACHE_LINE);
}

#endif

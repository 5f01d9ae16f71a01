/* A hash table from text to a pointer. Keys are not copied. */
// SPDX-License-Identifier: MIT
#ifndef BASE_TABLE_H
#define BASE_TABLE_H

#include "base/arena.h"
#include "base/text.h"

/* Two in a cache line, as a large model has very many; the text of a short key need not be looked
 * at. A key is shorter than 4 GiB. */
struct table_entry {
    const char *at;
    uint32_t length, hash;
    void *value;    /* NULL: the place is free */
    uint64_t start; /* the first eight bytes of the key; all of a shorter one */
};

struct table {
    struct table_entry *entries;
    size_t count, capacity;
    size_t farthest; /* no key lies more places after its own */
    unsigned seed;   /* of the hash */
};
/* Where a key with this hash belongs: any capacity will do, so that none is larger than it must be.
 */
static inline size_t table_place(size_t capacity, uint32_t hash) {
    return (size_t)((uint64_t)capacity * hash >> 32);
}
/* A key farther from its place than this makes the table hash all keys anew. Among a million names
 * that nobody has chosen with care, none lies farther than a fifth of it. */
#define TABLE_FAR ((size_t)1024)

/* Room for `count` keys in an empty table, which then does not have to grow. */
void table_reserve(struct arena *arena, struct table *table, size_t count);
/* NULL when there is no such key. */
void *table_get(const struct table *table, struct slice key);
/* Asks for the memory of the place where a key would be, before it is looked for. */
void table_prefetch(const struct table *table, struct slice key);
/* Gets or adds: returns the value that the key has after the call, which is the older one where
 * there was one. `value` is not NULL. */
void *table_intern(struct arena *arena, struct table *table, struct slice key, void *value);
/* The address of something as a key, for a look-up; and one that stays. */
static inline struct slice address_key(const void *const *address) {
    return (struct slice){(const char *)address, sizeof *address};
}
static inline struct slice kept_address(struct arena *arena, const void *address) {
    const void **key = ARENA_NEW(arena, const void *);
    *key = address;
    return address_key(key);
}
/* 64-bit FNV-1a (Fowler, Noll, Vo), going on from `hash`; start with TEXT_HASH. */
uint64_t text_hash(uint64_t hash, struct slice text);
#define TEXT_HASH UINT64_C(0xcbf29ce484222325)

#endif

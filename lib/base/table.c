/* Open addressing with linear probing, at most two thirds full. Somebody who knows the hash can
 * make up names that crowd at one place. So when a key would come to lie far from its own place,
 * the whole table is hashed anew with another seed: nobody can find names that crowd for every
 * seed. */
// SPDX-License-Identifier: MIT
#include "base/table.h"

#include <string.h>

#define MOST_SEEDS 8

uint64_t text_hash(uint64_t hash, struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* Both halves of the product, so that each bit of either number reaches the low ones. */
static uint64_t multiply_folded(uint64_t a, uint64_t b) {
#ifdef __SIZEOF_INT128__
    __extension__ unsigned __int128 product = a;
    product *= b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
#else
    uint64_t low = (a & 0xffffffff) * (b & 0xffffffff), high = (a >> 32) * (b >> 32);
    uint64_t one = (a >> 32) * (b & 0xffffffff), other = (a & 0xffffffff) * (b >> 32);
    uint64_t middle = (low >> 32) + (one & 0xffffffff) + (other & 0xffffffff);
    return a * b ^ (high + (one >> 32) + (other >> 32) + (middle >> 32));
#endif
}

/* Eight bytes at a time and with the order of the machine: for tables in memory, where a hash is
 * never seen. */
static uint32_t key_hash(struct slice key, unsigned seed) {
    const uint64_t factor = UINT64_C(0x9e3779b97f4a7c15) + seed * UINT64_C(0xd1342543de82ef96);
    uint64_t hash = key.length, word;
    for (; key.length >= sizeof word; key.at += sizeof word, key.length -= sizeof word) {
        memcpy(&word, key.at, sizeof word);
        hash = multiply_folded(hash ^ word, factor);
    }
    for (word = 0; key.length; key.length--)
        word = word << 8 | (unsigned char)*key.at++;
    return (uint32_t)multiply_folded(hash ^ word, factor);
}

static uint64_t key_start(struct slice key) {
    uint64_t start = 0;
    if (key.length >= sizeof start)
        memcpy(&start, key.at, sizeof start);
    else
        for (size_t i = 0; i < key.length; i++)
            start = start << 8 | (unsigned char)key.at[i];
    return start;
}

static bool is_key(const struct table_entry *entry, struct slice key, uint64_t start) {
    return entry->length == key.length && entry->start == start &&
           (key.length <= sizeof start || memcmp(entry->at, key.at, key.length) == 0);
}

static bool is_entry(const struct table_entry *entry, struct slice key, uint32_t hash,
                     uint64_t start) {
    return entry->hash == hash && is_key(entry, key, start);
}

/* The place of the key; NULL when it has none. */
static struct table_entry *find(const struct table *table, struct slice key, uint32_t hash) {
    size_t mask = table->capacity - 1, i = hash & mask;
    uint64_t start = key_start(key);
    for (size_t away = 0; away <= table->farthest && table->entries[i].value; away++) {
        if (is_entry(&table->entries[i], key, hash, start))
            return &table->entries[i];
        i = (i + 1) & mask;
    }
    return NULL;
}

void *table_get(const struct table *table, struct slice key) {
    if (!table->capacity)
        return NULL;
    const struct table_entry *entry = find(table, key, key_hash(key, table->seed));
    return entry ? entry->value : NULL;
}

void table_prefetch(const struct table *table, struct slice key) {
    if (table->capacity)
        __builtin_prefetch(&table->entries[key_hash(key, table->seed) & (table->capacity - 1)]);
}

static void open_places(struct arena *arena, struct table *table, size_t capacity) {
    table->capacity = capacity;
    table->farthest = 0;
    table->entries = ARENA_ARRAY(arena, struct table_entry, capacity);
}

void table_reserve(struct arena *arena, struct table *table, size_t count) {
    size_t capacity = 16;
    while (count * 3 >= capacity * 2)
        capacity *= 2;
    open_places(arena, table, capacity);
}

/* Puts the entry at most TABLE_FAR steps after its own place; false when none of those is free. */
static bool put(struct table *table, const struct table_entry *entry, size_t most) {
    size_t mask = table->capacity - 1, i = entry->hash & mask, away = 0;
    for (; table->entries[i].value; i = (i + 1) & mask)
        if (++away > most)
            return false;
    table->entries[i] = *entry;
    if (away > table->farthest)
        table->farthest = away;
    return true;
}

static void rebuild(struct arena *arena, struct table *table, size_t capacity, unsigned seed) {
    struct table other = {.count = table->count, .seed = seed};
    open_places(arena, &other, capacity);
    for (size_t i = 0; i < table->capacity; i++) {
        struct table_entry entry = table->entries[i];
        if (!entry.value)
            continue;
        if (seed != table->seed)
            entry.hash = key_hash((struct slice){entry.at, entry.length}, seed);
        put(&other, &entry, capacity);
    }
    *table = other;
}

void *table_add(struct arena *arena, struct table *table, struct slice key, void *value) {
    if (table->count * 3 >= table->capacity * 2)
        rebuild(arena, table, table->capacity ? table->capacity * 2 : 16, table->seed);
    uint32_t hash = key_hash(key, table->seed);
    const struct table_entry *there = find(table, key, hash);
    if (there)
        return there->value;
    struct table_entry entry = {key.at, (uint32_t)key.length, hash, value, key_start(key)};
    while (!put(table, &entry, table->seed < MOST_SEEDS ? TABLE_FAR : table->capacity)) {
        rebuild(arena, table, table->capacity, table->seed + 1);
        entry.hash = key_hash(key, table->seed);
    }
    table->count++;
    return value;
}

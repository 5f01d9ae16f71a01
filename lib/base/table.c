/* Open addressing with linear probing, at most two thirds full. Somebody who knows the hash can
 * make up names that crowd at one place. So when a key would come to lie far from its own place,
 * the whole table is hashed anew with another seed: nobody can find names that crowd for every
 * seed. */
// SPDX-License-Identifier: MIT
#include "base/table.h"

#include "base/prefetch.h"

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

/* All of a text that is shorter than eight bytes; of texts of one length no two are the same. */
static uint64_t short_start(struct slice text) {
    if (text.length >= sizeof(uint32_t)) {
        uint32_t first, last;
        memcpy(&first, text.at, sizeof first);
        memcpy(&last, text.at + text.length - sizeof last, sizeof last);
        return (uint64_t)first << 32 | last;
    }
    if (!text.length)
        return 0;
    const unsigned char *at = (const unsigned char *)text.at;
    return (uint64_t)at[0] << 16 | (uint64_t)at[text.length / 2] << 8 | at[text.length - 1];
}

static uint64_t key_start(struct slice key) {
    uint64_t start;
    if (key.length < sizeof start)
        return short_start(key);
    memcpy(&start, key.at, sizeof start);
    return start;
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
    return (uint32_t)multiply_folded(hash ^ short_start(key), factor);
}

static size_t next_place(const struct table *table, size_t place) {
    return place + 1 < table->capacity ? place + 1 : 0;
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
    size_t i = table_place(table->capacity, hash);
    uint64_t start = key_start(key);
    for (size_t away = 0; away <= table->farthest && table->entries[i].value; away++) {
        if (is_entry(&table->entries[i], key, hash, start))
            return &table->entries[i];
        i = next_place(table, i);
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
        prefetch(&table->entries[table_place(table->capacity, key_hash(key, table->seed))]);
}

static void open_places(struct arena *arena, struct table *table, size_t capacity) {
    table->capacity = capacity;
    table->farthest = 0;
    table->entries = ARENA_ARRAY(arena, struct table_entry, capacity);
}

void table_reserve(struct arena *arena, struct table *table, size_t count) {
    open_places(arena, table, count + count / 2 + 16);
}

/* Puts the entry at most TABLE_FAR steps after its own place; false when none of those is free. */
static bool put(struct table *table, const struct table_entry *entry, size_t most) {
    size_t i = table_place(table->capacity, entry->hash), away = 0;
    for (; table->entries[i].value; i = next_place(table, i))
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

void *table_intern(struct arena *arena, struct table *table, struct slice key, void *value) {
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

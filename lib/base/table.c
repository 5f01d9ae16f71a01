/* Open addressing with linear probing, at most two thirds full. */
// SPDX-License-Identifier: MIT
#include "base/table.h"

#include <string.h>

uint64_t text_hash(uint64_t hash, struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* The same idea eight bytes at a time, and with the order of the machine: for tables in memory,
 * where a hash is never seen. */
static uint32_t key_hash(struct slice key) {
    uint64_t hash = key.length, word;
    for (; key.length >= sizeof word; key.at += sizeof word, key.length -= sizeof word) {
        memcpy(&word, key.at, sizeof word);
        hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
        hash ^= hash >> 32;
    }
    for (word = 0; key.length; key.length--)
        word = word << 8 | (unsigned char)*key.at++;
    hash = (hash ^ word) * UINT64_C(0x9e3779b97f4a7c15);
    return (uint32_t)(hash >> 32);
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

static struct table_entry *find(const struct table *table, struct slice key, uint32_t hash) {
    size_t mask = table->capacity - 1, i = hash & mask;
    uint64_t start = key_start(key);
    while (table->entries[i].value &&
           (table->entries[i].hash != hash || !is_key(&table->entries[i], key, start)))
        i = (i + 1) & mask;
    return &table->entries[i];
}

void *table_get(const struct table *table, struct slice key) {
    return table->capacity ? find(table, key, key_hash(key))->value : NULL;
}

void table_prefetch(const struct table *table, struct slice key) {
    if (table->capacity)
        __builtin_prefetch(&table->entries[key_hash(key) & (table->capacity - 1)]);
}

static void open_places(struct arena *arena, struct table *table, size_t capacity) {
    table->capacity = capacity;
    table->entries = ARENA_ARRAY(arena, struct table_entry, capacity);
}

void table_reserve(struct arena *arena, struct table *table, size_t count) {
    size_t capacity = 16;
    while (count * 3 >= capacity * 2)
        capacity *= 2;
    open_places(arena, table, capacity);
}

static void grow(struct arena *arena, struct table *table) {
    struct table larger = {.count = table->count};
    open_places(arena, &larger, table->capacity ? table->capacity * 2 : 16);
    size_t mask = larger.capacity - 1;
    for (size_t i = 0; i < table->capacity; i++) {
        size_t place = table->entries[i].hash & mask;
        if (!table->entries[i].value)
            continue;
        while (larger.entries[place].value)
            place = (place + 1) & mask;
        larger.entries[place] = table->entries[i];
    }
    *table = larger;
}

void *table_add(struct arena *arena, struct table *table, struct slice key, void *value) {
    if (table->count * 3 >= table->capacity * 2)
        grow(arena, table);
    uint32_t hash = key_hash(key);
    struct table_entry *entry = find(table, key, hash);
    if (!entry->value) {
        *entry = (struct table_entry){key.at, (uint32_t)key.length, hash, value, key_start(key)};
        table->count++;
    }
    return entry->value;
}

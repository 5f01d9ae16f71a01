/* Open addressing with linear probing, at most two thirds full. */
// SPDX-License-Identifier: MIT
#include "base/table.h"

uint64_t text_hash(uint64_t hash, struct slice text) {
    for (size_t i = 0; i < text.length; i++)
        hash = (hash ^ (unsigned char)text.at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static struct table_entry *find(const struct table *table, struct slice key, uint64_t hash) {
    size_t mask = table->capacity - 1;
    size_t i = (size_t)(hash ^ hash >> 32) & mask;
    while (table->entries[i].value &&
           (table->entries[i].hash != hash || !slice_equal(table->entries[i].key, key)))
        i = (i + 1) & mask;
    return &table->entries[i];
}

void *table_get(const struct table *table, struct slice key) {
    return table->capacity ? find(table, key, text_hash(TEXT_HASH, key))->value : NULL;
}

static void grow(struct arena *arena, struct table *table) {
    struct table larger = {.count = table->count};
    larger.capacity = table->capacity ? table->capacity * 2 : 16;
    larger.entries = ARENA_ARRAY(arena, struct table_entry, larger.capacity);
    for (size_t i = 0; i < table->capacity; i++)
        if (table->entries[i].value)
            *find(&larger, table->entries[i].key, table->entries[i].hash) = table->entries[i];
    *table = larger;
}

void *table_add(struct arena *arena, struct table *table, struct slice key, void *value) {
    if (table->count * 3 >= table->capacity * 2)
        grow(arena, table);
    uint64_t hash = text_hash(TEXT_HASH, key);
    struct table_entry *entry = find(table, key, hash);
    if (!entry->value) {
        *entry = (struct table_entry){key, hash, value};
        table->count++;
    }
    return entry->value;
}

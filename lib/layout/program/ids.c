/* The id discipline: even numbers for names in order of appearance, odd ones for what has no name.
 * Nothing is ever freed; the program lays out one graph and leaves. */
// SPDX-License-Identifier: MIT
#include "ids.h"

#include "network.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Open addressing, at most half full. A slot holds the place of a name plus one; 0 is free. */
struct ids {
    char **names;
    size_t count;
    size_t *slots;
    size_t capacity; /* of slots, a power of two; that of names is half of it */
    unsigned long nameless;
};

static void *need(void *memory) {
    if (memory)
        return memory;
    static const char problem[] = "stridec-layout: out of memory\n";
    if (write(STDERR_FILENO, problem, sizeof problem - 1) < 0)
        _exit(5);
    _exit(OUT_OF_MEMORY);
}

static size_t *find_slot(const struct ids *ids, const char *name) {
    size_t hash = 5381;
    for (const char *at = name; *at; at++)
        hash = hash * 33 + (unsigned char)*at;
    size_t i = hash & (ids->capacity - 1);
    while (ids->slots[i] && strcmp(ids->names[ids->slots[i] - 1], name) != 0)
        i = (i + 1) & (ids->capacity - 1);
    return &ids->slots[i];
}

static void make_room(struct ids *ids) {
    if (ids->count < ids->capacity / 2)
        return;
    ids->capacity = ids->capacity ? ids->capacity * 2 : 1024;
    free(ids->slots);
    ids->slots = need(calloc(ids->capacity, sizeof *ids->slots));
    ids->names = need(realloc(ids->names, ids->capacity / 2 * sizeof *ids->names));
    for (size_t i = 0; i < ids->count; i++)
        *find_slot(ids, ids->names[i]) = i + 1;
}

static void *ids_open(Agraph_t *graph, Agdisc_t *disciplines) {
    (void)graph;
    (void)disciplines;
    struct ids *ids = need(calloc(1, sizeof *ids));
    make_room(ids);
    return ids;
}

static long ids_map(void *state, int type, char *name, unsigned long *id, int create) {
    struct ids *ids = state;
    (void)type;
    if (!name) {
        if (create)
            *id = 2 * ids->nameless++ + 1;
        return create != 0;
    }
    size_t *slot = find_slot(ids, name);
    if (!*slot) {
        if (!create)
            return 0;
        make_room(ids);
        slot = find_slot(ids, name);
        ids->names[ids->count++] = need(strdup(name));
        *slot = ids->count;
    }
    *id = 2 * *slot;
    return 1;
}

static long ids_alloc(void *state, int type, unsigned long id) {
    (void)state;
    (void)type;
    (void)id;
    return 0; /* nobody asks for a certain number */
}

static void ids_free(void *state, int type, unsigned long id) {
    (void)state;
    (void)type;
    (void)id;
}

static char *ids_print(void *state, int type, unsigned long id) {
    struct ids *ids = state;
    (void)type;
    bool named = id % 2 == 0 && id >= 2 && id / 2 <= ids->count;
    return named ? ids->names[id / 2 - 1] : NULL; /* nodes of the layout's own have the id 0 */
}

static void ids_close(void *state) {
    (void)state;
}

static void ids_register(void *state, int type, void *object) {
    (void)state;
    (void)type;
    (void)object;
}

Agiddisc_t counted_ids = {ids_open,  ids_map,   ids_alloc,   ids_free,
                          ids_print, ids_close, ids_register};

/* Draws pictures of parts, by whoever knows how to draw one of the kind; here is what all kinds
 * have in common. */
// SPDX-License-Identifier: MIT
#include "parts.h"

#include "paths.h"

#include <stdlib.h>
#include <string.h>

#define ENDING ".svg"

char *path_of_part(const char *picture, const char *id) {
    char *ending = text_joined(id, ENDING);
    char *named = text_join(picture, strlen(picture) - strlen(ENDING) + 1, ending);
    free(ending);
    return named;
}

void parts_open(struct part_pictures *parts, stridec *compilation, part_at *part,
                const char *picture) {
    *parts = (struct part_pictures){0};
    while (part(compilation, parts->count))
        parts->count++;
    parts->paths = room_for(parts->count + 1, sizeof *parts->paths);
    parts->products = room_for(parts->count + 1, sizeof *parts->products);
    for (size_t i = 0; i < parts->count; i++)
        parts->paths[i] = path_of_part(picture, part(compilation, i));
}

bool parts_may_replace(const struct part_pictures *parts, struct session *session, bool force) {
    bool may = true;
    for (size_t i = 0; i < parts->made; i++)
        may &= product_may_replace(&parts->products[i], session, force);
    return may;
}

void parts_close(struct part_pictures *parts) {
    for (size_t i = 0; i < parts->made; i++)
        product_close(&parts->products[i]);
    for (size_t i = 0; i < parts->count; i++)
        free(parts->paths[i]);
    free(parts->products);
    free(parts->paths);
}

/* A view is drawn as the whole is, into a file that has its id before the ending. */
// SPDX-License-Identifier: MIT
#include "views.h"

#include "options.h"
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

char *views_link(const char *document, const char *picture) {
    char *seen = path_seen_from(document, picture);
    char *link = path_of_part(seen, "*");
    free(seen);
    return link;
}

bool views_make(struct view_pictures *views, struct session *session, const char *picture,
                bool force) {
    bool drawn = true;
    while (stridec_view_at(session->compilation, views->count))
        views->count++;
    views->paths = room_for(views->count + 1, sizeof *views->paths);
    views->products = room_for(views->count + 1, sizeof *views->products);
    for (size_t i = 0; drawn && i < views->count; i++, views->made++) {
        const stridec_output wanted = {.size = sizeof wanted,
                                       .view = stridec_view_at(session->compilation, i)};
        views->paths[i] = path_of_part(picture, wanted.view);
        drawn = product_make(&views->products[i], session, views->paths[i], "svg", &wanted, force);
    }
    return drawn;
}

bool views_may_replace(const struct view_pictures *views, struct session *session, bool force) {
    bool may = true;
    for (size_t i = 0; i < views->made; i++)
        may &= product_may_replace(&views->products[i], session, force);
    return may;
}

void views_close(struct view_pictures *views) {
    for (size_t i = 0; i < views->made; i++) {
        product_close(&views->products[i]);
        free(views->paths[i]);
    }
    free(views->products);
    free(views->paths);
}

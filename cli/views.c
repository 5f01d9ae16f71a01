/* A view is drawn as the whole is, into a file that has its id before the ending. */
// SPDX-License-Identifier: MIT
#include "views.h"

#include "paths.h"

#include <stdlib.h>

char *views_link(const char *document, const char *picture) {
    char *seen = path_seen_from(document, picture);
    char *link = path_of_part(seen, "*");
    free(seen);
    return link;
}

bool views_make(struct part_pictures *views, struct session *session, const char *picture,
                bool force) {
    bool drawn = true;
    parts_open(views, session->compilation, stridec_view_at, picture);
    for (size_t i = 0; drawn && i < views->count; i++, views->made++) {
        const stridec_output wanted = {
            .size = sizeof wanted, .view = stridec_view_at(session->compilation, i), .more = true};
        drawn = product_make(&views->products[i], session, views->paths[i], "svg", &wanted, force);
    }
    return drawn;
}

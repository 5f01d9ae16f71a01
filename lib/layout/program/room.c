/* Makes boundaries wider than what is in them: Graphviz makes each as wide as its title at least,
 * so it is told of a longer one. */
// SPDX-License-Identifier: MIT
#include "room.h"

#include "network.h"

#include <graphviz/gvc.h>
#include <stdlib.h>

/* Kept with a boundary: how wide its title is at the bottom and at the top. */
struct room {
    Agrec_t record;
    double bottom, top;
};
static char room_name[] = "room";

enum { AT_BOTTOM = 0, AT_TOP = 2 }; /* as Graphviz counts the sides of GD_border */

static double wanted_room(Agraph_t *boundary) {
    static char name[] = ROOM_ATTRIBUTE;
    const char *value = agget(boundary, name);
    return value ? strtod(value, NULL) : 0;
}

static void widen(double *width, double wanted) {
    *width = *width > 0 && *width < wanted ? wanted : *width;
}

void make_room(Agraph_t *graph) {
    for (int i = 1; i <= GD_n_cluster(graph); i++) {
        Agraph_t *boundary = GD_clust(graph)[i];
        struct room *room = agbindrec(boundary, room_name, sizeof *room, 0);
        pointf *borders = GD_border(boundary);
        room->bottom = borders[AT_BOTTOM].x;
        room->top = borders[AT_TOP].x;
        widen(&borders[AT_BOTTOM].x, wanted_room(boundary));
        widen(&borders[AT_TOP].x, wanted_room(boundary));
        make_room(boundary);
    }
}

void take_room_back(Agraph_t *graph) {
    for (int i = 1; i <= GD_n_cluster(graph); i++) {
        Agraph_t *boundary = GD_clust(graph)[i];
        const struct room *room = (const struct room *)aggetrec(boundary, room_name, 0);
        if (room) {
            GD_border(boundary)[AT_BOTTOM].x = room->bottom;
            GD_border(boundary)[AT_TOP].x = room->top;
        }
        take_room_back(boundary);
    }
}

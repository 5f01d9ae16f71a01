/* A graph that Graphviz has laid out: as a scene, and with a last polish. */
// SPDX-License-Identifier: MIT
#ifndef PROGRAM_LAID_OUT_H
#define PROGRAM_LAID_OUT_H

#include "network.h"
#include "scene.h"

struct laid_out {
    const struct network *network; /* of this graph */
    struct scene scene;
    Agraph_t **boundaries; /* by frame */
};

/* What lies where. Lines are polygons still. False: a line is missing. */
bool read_laid_out(struct laid_out *out, const struct network *network, Agraph_t *graph, bool down);
/* Moves titles of boundaries to where fewer lines run over them. */
void slide_titles(struct laid_out *out);
/* Makes the corners of lines round, in the graph; the scene stays as it is. */
void round_lines(const struct laid_out *out);

/* ---- half a line ------------------------------------------------------------------------- */

#define MOST_CORNERS 200

/* The corners of a polygonal edge, with the tips of its heads; 0 when there is none, or too many.
 */
size_t read_corners(Agedge_t *edge, struct spot *corners);
/* Puts a line with these corners in its place; tips are not among them. */
void write_corners(Agedge_t *edge, const struct spot *corners, size_t count);

#endif

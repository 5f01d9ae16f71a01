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
/* Takes corners out of lines, in the graph and in the scene. */
void straighten_lines(struct laid_out *out);
/* Leads lines around what they pass behind or under, where that makes a better picture. */
void lead_around(struct laid_out *out);
/* Spreads the ends of lines along the sides of elements, where that makes a better picture. */
void spread_ends(struct laid_out *out);
/* The same with corners that several lines have in common. */
void spread_corners(struct laid_out *out);
/* Moves lines off the outlines that they run along, where that makes a better picture. */
void keep_off_borders(struct laid_out *out);
/* Makes the corners of lines round, in the graph; the scene stays as it is. */
void round_lines(const struct laid_out *out);

/* ---- half a line ------------------------------------------------------------------------- */

#define MOST_CORNERS 200

/* The corners of a polygonal edge, with the tips of its heads; 0 when there is none, or too many.
 */
size_t read_corners(Agedge_t *edge, struct spot *corners);
/* Puts a line with these corners, among them the tips of its heads, in the place of the edge's; it
 * begins to turn at most `round` away from a corner. */
void write_corners(Agedge_t *edge, const struct spot *corners, size_t count, extent round);
/* Reads a line of the scene anew; false: it is missing. */
bool read_line(struct line *line, const struct link *link);

/* ---- changes that have to pay ------------------------------------------------------------ */

struct worth {
    struct counts counts;
    extent weight;
};
void read_lines_again(struct laid_out *out);
/* Of the picture with the lines as they are in the graph now. */
struct worth weigh_again(struct laid_out *out);
/* The same where the scene is still the one of which `before` is known. */
struct worth weigh_change(struct laid_out *out, const struct worth *before);
struct corners {
    const struct spot *spots;
    size_t count;
};
/* Leads an edge by other corners where that makes a better picture; then `worth` is what it is now.
 */
void try_corners(struct laid_out *out, Agedge_t *edge, struct corners corners,
                 struct corners before, struct worth *worth);
/* Whether it is no worse than it was; then `worth` is what it is now. */
bool is_worth_it(struct laid_out *out, struct worth *worth);

#endif

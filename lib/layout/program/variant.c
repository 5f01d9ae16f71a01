/* Builds a graph anew, in another order and with some of its links turned. What Graphviz makes of a
 * graph depends on the order in which it meets nodes, boundaries and edges, and on which way the
 * edges point. */
// SPDX-License-Identifier: MIT
#include "variant.h"

#include "ids.h"
#include "room.h"
#include "turning.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct building {
    const struct network *network;
    const struct way *way;
    Agraph_t *target;
    bool down;
};

/* ---- attributes -------------------------------------------------------------------------- */

/* A text that is an HTML label has to be known as one before it is set. */
static char *carry(Agraph_t *target, char *value) {
    return aghtmlstr(value) ? agstrdup_html(target, value) : value;
}

static void copy_attributes(struct building *building, void *from, void *to, int kind) {
    for (Agsym_t *sym = agnxtattr(building->network->graph, kind, NULL); sym;
         sym = agnxtattr(building->network->graph, kind, sym)) {
        char *value = agxget(from, sym);
        Agsym_t *own = agattr(building->target, kind, sym->name, NULL);
        if (own && value)
            agxset(to, own, carry(building->target, value));
    }
}

static void declare_attributes(struct building *building) {
    static const int kinds[] = {AGRAPH, AGNODE, AGEDGE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (Agsym_t *sym = agnxtattr(building->network->graph, kinds[i], NULL); sym;
             sym = agnxtattr(building->network->graph, kinds[i], sym))
            agattr(building->target, kinds[i], sym->name, carry(building->target, sym->defval));
}

static void set(void *object, const char *name, const char *value) {
    char key[32], text[32], none[] = "";
    strncpy(key, name, sizeof key - 1);
    strncpy(text, value, sizeof text - 1);
    key[sizeof key - 1] = text[sizeof text - 1] = '\0';
    agsafeset(object, key, text, none);
}

/* ---- boundaries and what lies in them ---------------------------------------------------- */

static bool lies_deeper(Agraph_t *graph, Agnode_t *node) {
    for (Agraph_t *inner = agfstsubg(graph); inner; inner = agnxtsubg(inner))
        if (agsubnode(inner, node, 0))
            return true;
    return false;
}

static void add_node(struct building *building, Agnode_t *node, Agraph_t *to) {
    Agnode_t *copy = agnode(to, agnameof(node), 1);
    copy_attributes(building, node, copy, AGNODE);
}

static void add_nodes(struct building *building, Agraph_t *from, Agraph_t *to) {
    size_t count = 0;
    Agnode_t **nodes = need_room((size_t)agnnodes(from), sizeof *nodes);
    for (Agnode_t *node = agfstnode(from); node; node = agnxtnode(from, node))
        if (!lies_deeper(from, node))
            nodes[count++] = node;
    bool reversed = building->way->order == ORDER_reversed;
    for (size_t i = 0; i < count; i++)
        add_node(building, nodes[reversed ? count - 1 - i : i], to);
    free(nodes);
}

/* Whether the title of a boundary is to be at its bottom, and how wide the boundary has to be for
 * it: kept with the graph that was read. */
struct title {
    Agrec_t record;
    bool low;
    long room;
};
static char title_name[] = "title";

static void set_title(Agraph_t *boundary, Agraph_t *copy) {
    const struct title *title = (const struct title *)aggetrec(boundary, title_name, 0);
    set(copy, "labelloc", title && title->low ? "b" : "t");
    char room[32];
    snprintf(room, sizeof room, "%ld", title ? title->room : 0);
    set(copy, ROOM_ATTRIBUTE, room);
}

static Agraph_t *find_boundary(Agraph_t *graph, const char *name) {
    Agraph_t *found = NULL;
    for (Agraph_t *inner = agfstsubg(graph); inner && !found; inner = agnxtsubg(inner))
        found = strcmp(agnameof(inner), name) == 0 ? inner : find_boundary(inner, name);
    return found;
}

static struct title *title_of(const struct network *network, const char *boundary) {
    static struct title none;
    Agraph_t *found = find_boundary(network->graph, boundary);
    return found ? agbindrec(found, title_name, sizeof(struct title), 0) : &none;
}

void put_title(const struct network *network, const char *boundary, bool low) {
    title_of(network, boundary)->low = low;
}

void ask_for_room(const struct network *network, const char *boundary, long width) {
    title_of(network, boundary)->room = width;
}

static void add_contents(struct building *building, Agraph_t *from, Agraph_t *to);

static void add_boundaries(struct building *building, Agraph_t *from, Agraph_t *to) {
    size_t count = 0;
    Agraph_t **inner = need_room((size_t)agnsubg(from), sizeof *inner);
    for (Agraph_t *graph = agfstsubg(from); graph; graph = agnxtsubg(graph))
        inner[count++] = graph;
    bool reversed = building->way->order == ORDER_reversed;
    for (size_t i = 0; i < count; i++) {
        Agraph_t *graph = inner[reversed ? count - 1 - i : i];
        Agraph_t *copy = agsubg(to, agnameof(graph), 1);
        copy_attributes(building, graph, copy, AGRAPH);
        set_title(graph, copy);
        add_contents(building, graph, copy);
    }
    free(inner);
}

static void add_contents(struct building *building, Agraph_t *from, Agraph_t *to) {
    if (building->way->order != ORDER_inner_first)
        add_nodes(building, from, to);
    add_boundaries(building, from, to);
    if (building->way->order == ORDER_inner_first)
        add_nodes(building, from, to);
}

static Agnode_t *copy_of(struct building *building, Agnode_t *node) {
    return agnode(building->target, agnameof(node), 0);
}

/* ---- arrows in labels -------------------------------------------------------------------- */

/* The arrows of a label of several flows, each a character of three bytes in a font of its own. */
static const char before_arrow[] = "<font point-size=\"10\">";
static const char *const arrows[] = {"\xe2\x86\x92", "\xe2\x86\x90", "\xe2\x86\x93",
                                     "\xe2\x86\x91"};

/* Two for lines that go across, two for those that go down: along the line, and back. */
static const char *other_arrow(const char *at, bool down, bool turned) {
    for (size_t i = 0; i < 4; i++)
        if (strncmp(at, arrows[i], 3) == 0)
            return arrows[(down ? 2 : 0) + ((i % 2 == 1) != turned ? 1 : 0)];
    return NULL;
}

static void turn_arrows(struct building *building, const struct link *link, bool turned) {
    static char name[] = "label";
    Agnode_t *label = copy_of(building, link->label);
    const char *text = agget(link->label, name);
    size_t length = strlen(text);
    char *copy = need_room(length + 1, 1);
    memcpy(copy, text, length + 1);
    for (char *at = copy; (at = strstr(at, before_arrow));) {
        at += sizeof before_arrow - 1;
        const char *other = other_arrow(at, building->down, turned);
        if (other)
            memcpy(at, other, 3);
    }
    agset(label, name, agstrdup_html(building->target, copy));
}

/* ---- links ------------------------------------------------------------------------------- */

static void add_half(struct building *building, Agedge_t *edge, bool turned) {
    Agnode_t *tail = copy_of(building, agtail(edge)), *head = copy_of(building, aghead(edge));
    static char direction[] = "dir", tail_port[] = "tailport", head_port[] = "headport";
    Agedge_t *copy = agedge(building->target, turned ? head : tail, turned ? tail : head, NULL, 1);
    copy_attributes(building, edge, copy, AGEDGE);
    const char *heads = agget(edge, direction);
    if (turned && heads)
        set(copy, direction,
            strcmp(heads, "forward") == 0 ? "back"
            : strcmp(heads, "back") == 0  ? "forward"
                                          : heads);
    bool to_label = has_class(aghead(copy), "flowlabel");
    if (building->way->ports && to_label)
        set(copy, head_port, building->down ? "n" : "w");
    else if (building->way->ports)
        set(copy, tail_port, building->down ? "s" : "e");
}

static void add_links(struct building *building, const bool *turned) {
    size_t count = building->network->link_count;
    bool reversed = building->way->order == ORDER_reversed;
    for (size_t i = 0; i < count; i++) {
        size_t at = reversed ? count - 1 - i : i;
        const struct link *link = &building->network->links[at];
        add_half(building, turned[at] ? link->out : link->in, turned[at]);
        add_half(building, turned[at] ? link->in : link->out, turned[at]);
        turn_arrows(building, link, turned[at]);
    }
}

/* ---- the whole --------------------------------------------------------------------------- */

static void set_spacing(struct building *building) {
    const struct way *way = building->way;
    set(building->target, "rankdir", building->down ? "TB" : "LR");
    set(building->target, "splines", "polyline");
    set(building->target, "nodesep", way->tight ? "0.2" : building->down ? "0.35" : "0.3");
    set(building->target, "ranksep", way->tight ? "0.25" : "0.3");
    set(building->target, "newrank", way->ranks ? "true" : "false");
}

bool runs_down(Agraph_t *graph) {
    static char direction[] = "rankdir";
    const char *value = agget(graph, direction);
    return !value || strcmp(value, "LR") != 0;
}

bool is_pinned(Agraph_t *graph) {
    static char pinned[] = "pinned";
    const char *value = agget(graph, pinned);
    return value && strcmp(value, "true") == 0;
}

Agraph_t *make_variant(const struct network *network, const struct way *way, bool arranged) {
    static Agdisc_t disciplines = {&AgMemDisc, &counted_ids, &AgIoDisc};
    static char name[] = "picture";
    struct building building = {network, way, agopen(name, Agdirected, &disciplines),
                                runs_down(network->graph) !=
                                    (way->other && !is_pinned(network->graph))};
    declare_attributes(&building);
    copy_attributes(&building, network->graph, building.target, AGRAPH);
    set_spacing(&building);
    /* Graphviz lays out from top to bottom, and then turns the picture to the left. */
    if (arranged && way->order == ORDER_arranged)
        set(building.target, "arranged", building.down ? "first" : "last");
    add_contents(&building, network->graph, building.target);
    add_links(&building, choose_turned(network, way->turning));
    return building.target;
}

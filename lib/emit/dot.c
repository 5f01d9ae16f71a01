/* DOT, which holds all that the picture looks like. The flows between two elements are a node for
 * their label, in the innermost boundary around both ends, and two edges: so labels never lie on a
 * boundary's line. Names are our own. */
// SPDX-License-Identifier: MIT
#include "emit/dot.h"

#include "emit/excerpt.h"

#define MANY_ELEMENTS 400 /* from here on layout takes fewer rounds */

/* The id that reaches the SVG, where it is there once. */
static void write_id(struct dot *dot, const char *prefix, const struct decl *decl) {
    write_format(dot->writer, "id=\"%s-%.*s\"", prefix, SLICE_ARGS(decl_id(decl)));
}

/* ---- elements and lines ------------------------------------------------------------------ */

static void write_element(struct dot *dot, const struct decl *element) {
    write_format(dot->writer, "n%u [", element->number);
    bool folded = stand_in_for(dot->picture, element) != NULL;
    if (folded)
        put_dot(dot, "shape=box style=\"dashed,rounded,filled\" color=\"$red\" penwidth=1.4 "
                     "fillcolor=\"$paper\" class=\"el folded\" ");
    else if (dot->picture->stub[element->number])
        write_string(dot->writer, "shape=box style=\"filled\" class=\"el stub\" ");
    else if (element->kind == KIND_STORE)
        write_string(dot->writer, "shape=plain class=\"el store\" ");
    else if (element->kind == KIND_PROCESS)
        write_string(dot->writer, "shape=box style=\"rounded,filled\" class=\"el process\" ");
    else
        write_string(dot->writer, "shape=box style=\"filled\" class=\"el external\" ");
    if (!folded && is_pale(dot->picture, element))
        put_dot(dot, "fillcolor=\"$paper\" color=\"$muted\" penwidth=0.8 ");
    else if (!folded && element->kind != KIND_STORE)
        put_dot(dot, element->kind == KIND_PROCESS ? "fillcolor=\"$process\" "
                                                   : "fillcolor=\"$external\" ");
    write_id(dot, "el", element);
    write_string(dot->writer, " label=<");
    write_dot_label(dot->picture, dot->writer, element);
    write_string(dot->writer, ">]\n");
}

static void write_line(struct dot *dot, const struct bundle *bundle) {
    write_format(dot->writer, "f%u [shape=plain class=\"flowlabel %s\" ", bundle->leader->index,
                 flow_crosses(dot->picture, bundle->leader) ? "crossing" : "internal");
    write_id(dot, bundle->count > 1 ? "flows" : "flow", bundle->leader);
    write_string(dot->writer, " label=<");
    write_dot_label(dot->picture, dot->writer, bundle->leader);
    write_string(dot->writer, ">]\n");
}

/* Arrow heads are at the ends that some flow goes to, wherever those are laid out. */
static void write_half(struct dot *dot, const struct bundle *bundle, bool first) {
    bool reversed = dot->picture->reversed[bundle->leader->index];
    bool has_head = first == reversed ? bundle->forth : bundle->back;
    unsigned number = bundle->leader->index;
    if (first)
        write_format(dot->writer, "n%u -> f%u [dir=%s ", bundle_start(dot, bundle)->number, number,
                     has_head ? "back" : "none");
    else
        write_format(dot->writer, "f%u -> n%u [dir=%s ", number, bundle_end(dot, bundle)->number,
                     has_head ? "forward" : "none");
    put_dot(dot, flow_crosses(dot->picture, bundle->leader)
                     ? "color=\"$red\" penwidth=2 class=\"flow crossing\" "
                     : "class=\"flow internal\" ");
    write_format(dot->writer, "id=\"half%s-%.*s\"]\n", first ? "1" : "2",
                 SLICE_ARGS(decl_id(bundle->leader)));
}

/* ---- boundaries -------------------------------------------------------------------------- */

static void open_boundary(struct dot *dot, const struct zone *zone) {
    write_format(dot->writer, "subgraph cluster_b%u {\n", zone->boundary->index);
    put_dot(dot,
            "graph [style=\"dashed,rounded\" color=\"$red\" penwidth=1.4 margin=12 labeljust=l "
            "class=boundary ");
    write_id(dot, "tb", zone->boundary);
    write_string(dot->writer, " label=<");
    write_dot_label(dot->picture, dot->writer, zone->boundary);
    write_string(dot->writer, ">]\n");
    if (!zone->members && !zone->first) /* or it would not be drawn */
        write_format(dot->writer, "b%u [shape=point style=invis width=0.3]\n",
                     zone->boundary->index);
}

static void write_members(struct dot *dot, const struct zone *zone) {
    for (const struct member *member = zone->members; member; member = member->next)
        if (member->decl->kind == KIND_FLOW)
            write_line(dot, bundle_of(dot->picture, member->decl));
        else
            write_element(dot, member->decl);
}

static void write_zones(struct dot *dot) {
    size_t left;
    write_members(dot, &dot->picture->outside);
    for (struct zone *zone = next_zone(&dot->picture->outside, &left); zone;) {
        open_boundary(dot, zone);
        write_members(dot, zone);
        zone = next_zone(zone, &left);
        while (left--)
            write_string(dot->writer, "}\n");
    }
}

/* ---- the whole --------------------------------------------------------------------------- */

static void write_defaults(struct dot *dot) {
    write_format(dot->writer, "graph [rankdir=%s nodesep=%s ", dot->picture->across ? "LR" : "TB",
                 dot->picture->across ? "0.3" : "0.35");
    if (dot->picture->pinned)
        write_string(dot->writer, "pinned=true ");
    if (dot->picture->choice.length)
        write_format(dot->writer, "%s=%.*s ", dot->picture->emission->excerpt ? "only" : "choice",
                     SLICE_ARGS(dot->picture->choice));
    if (dot->picture->element_count >= MANY_ELEMENTS)
        write_string(dot->writer, "nslimit=1 nslimit1=1 ");
    put_dot(dot, "newrank=true splines=polyline ranksep=0.3 pad=0.2 outputorder=edgesfirst "
                 "fontname=\"Helvetica,Arial,sans-serif\" fontsize=10 fontcolor=\"$red\" "
                 "bgcolor=\"$paper\" class=dfd");
    struct memory_writer legend;
    memory_writer_open(&legend, dot->picture->arena);
    write_picture_legend(dot->picture, &legend.writer);
    struct slice text = memory_writer_close(&legend);
    if (text.length)
        write_format(dot->writer, " label=<%.*s>", SLICE_ARGS(text));
    put_dot(dot, "]\n"
                 "node [fontname=\"Helvetica,Arial,sans-serif\" fontsize=11 fontcolor=\"$ink\" "
                 "color=\"$ink\" penwidth=1.2 margin=\"0.09,0.06\"]\n"
                 "edge [color=\"$muted\" penwidth=1.1 arrowsize=0.75]\n");
}

void write_dot(struct picture *picture, struct writer *writer) {
    const struct emission *emission = picture->emission;
    struct dot dot = {picture, writer};
    write_string(writer, "digraph picture {\n");
    if (emission->excerpt)
        write_format(writer, "// %.*s\n", SLICE_ARGS(emission->excerpt->caption));
    write_defaults(&dot);
    write_zones(&dot);
    for (size_t i = 0; i < picture->model->of[KIND_FLOW].count; i++) {
        const struct decl *flow = picture->model->of[KIND_FLOW].items[i];
        arena_step(picture->arena);
        const struct bundle *bundle = bundle_of(picture, flow);
        if (!bundle || bundle->leader != flow)
            continue;
        write_half(&dot, bundle, true);
        write_half(&dot, bundle, false);
    }
    write_string(writer, "}\n");
}

bool emit_dot(struct emission *emission) {
    struct division *division = emission->division;
    struct fold *page = division ? division_page(division, emission->options.page) : NULL;
    const struct emission *drawn = emission;
    if (page)
        drawn = make_excerpt(emission, division, page, DETAIL_all, (struct slice){0});
    write_dot(plan_picture(drawn), emission->writer);
    return true;
}

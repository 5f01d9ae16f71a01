/* The picture as a Mermaid flowchart, for pages that draw Mermaid themselves. Names of nodes are
 * our own. User text stands between quotes only, with all but letters, digits and harmless
 * punctuation as entity codes (#34;), so that nothing in it can end a label or begin a directive.
 */
// SPDX-License-Identifier: MIT
#include "emit/picture.h"

struct mermaid {
    struct picture *picture;
    struct writer *writer;
    size_t depth;
};

/* A label's brackets, by kind. */
static const struct {
    enum kind kind;
    const char *open, *close, *class;
} shapes[] = {
    {KIND_EXTERNAL, "[\"", "\"]", "external"},
    {KIND_ACTOR, "([\"", "\"])", "external"},
    {KIND_PROCESS, "(\"", "\")", "process"},
    {KIND_STORE, "[(\"", "\")]", "store"},
};

/* ---- text -------------------------------------------------------------------------------- */

static bool is_harmless(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c & 0x80) || c == ' ' || c == '.' || c == ',' || c == '/' || c == '(' || c == ')' ||
           c == '_' || c == '?' || c == '!';
}

static void write_text(struct writer *writer, struct slice text) {
    for (size_t i = 0; i < text.length; i++) {
        if (is_harmless(text.at[i]))
            write_char(writer, text.at[i]);
        else
            write_format(writer, "#%d;", text.at[i]);
    }
}

static void write_user_text(struct mermaid *mermaid, struct slice text) {
    write_text(mermaid->writer, drawable_text(mermaid->picture->arena, text));
}

static void write_title(struct mermaid *mermaid, const struct decl *decl) {
    write_text(mermaid->writer, drawable_title(mermaid->picture->arena, decl));
}

static void indent(struct mermaid *mermaid) {
    write_repeated(mermaid->writer, ' ', 2 * mermaid->depth);
}

/* ---- elements and boundaries ------------------------------------------------------------- */

/* A change of trust inside a process is a line below its name. */
static void write_chip(struct mermaid *mermaid, const struct decl *crossing) {
    struct slice from = decl_text(crossing, ATTRIBUTE_from);
    struct slice to = decl_text(crossing, ATTRIBUTE_to);
    write_format(mermaid->writer, "<br/>X%zu ",
                 badge_number(mermaid->picture->emission->analysis, crossing));
    if (!from.length || !to.length) {
        write_title(mermaid, crossing);
        return;
    }
    write_user_text(mermaid, from);
    write_string(mermaid->writer, " \u2192 ");
    write_user_text(mermaid, to);
}

static void write_element(struct mermaid *mermaid, const struct decl *element) {
    size_t shape = 0;
    while (shapes[shape].kind != element->kind)
        shape++;
    indent(mermaid);
    write_format(mermaid->writer, "n%u%s", element->number, shapes[shape].open);
    write_title(mermaid, element);
    for (const struct member *chip = mermaid->picture->chips[element->number]; chip;
         chip = chip->next)
        write_chip(mermaid, chip->decl);
    write_format(mermaid->writer, "%s:::%s\n", shapes[shape].close, shapes[shape].class);
}

static void write_members(struct mermaid *mermaid, const struct zone *zone) {
    for (const struct member *member = zone->members; member; member = member->next)
        if (member->decl->kind != KIND_FLOW)
            write_element(mermaid, member->decl);
}

static void open_boundary(struct mermaid *mermaid, const struct zone *zone) {
    indent(mermaid);
    write_format(mermaid->writer, "subgraph b%u[\"TB%zu ", zone->boundary->index, zone->number);
    write_title(mermaid, zone->boundary);
    write_string(mermaid->writer, "\"]\n");
    mermaid->depth++;
}

static void write_zones(struct mermaid *mermaid) {
    size_t left;
    write_members(mermaid, &mermaid->picture->outside);
    for (struct zone *zone = next_zone(&mermaid->picture->outside, &left); zone;) {
        open_boundary(mermaid, zone);
        write_members(mermaid, zone);
        zone = next_zone(zone, &left);
        while (left--) {
            mermaid->depth--;
            indent(mermaid);
            write_string(mermaid->writer, "end\n");
        }
    }
}

/* ---- flows ------------------------------------------------------------------------------- */

static void write_flow(struct mermaid *mermaid, const struct decl *flow) {
    struct slice text = flow_text(flow);
    indent(mermaid);
    write_format(mermaid->writer, "n%u %s|\"F%zu%s", flow->from->number,
                 flow_crosses(mermaid->picture, flow) ? "==>" : "-->",
                 badge_number(mermaid->picture->emission->analysis, flow), text.length ? " " : "");
    write_user_text(mermaid, text);
    write_format(mermaid->writer, "\"| n%u\n", flow->to->number);
}

/* Arrows are numbered in the order in which they are written. */
static void write_flows(struct mermaid *mermaid) {
    const struct decl_list *flows = &mermaid->picture->model->of[KIND_FLOW];
    struct memory_writer crossing;
    size_t number = 0, count = 0;
    memory_writer_open(&crossing, mermaid->picture->arena);
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        if (!mermaid->picture->shown[flow->number])
            continue;
        write_flow(mermaid, flow);
        if (flow_crosses(mermaid->picture, flow))
            write_format(&crossing.writer, "%s%zu", count++ ? "," : "", number);
        number++;
    }
    struct slice numbers = memory_writer_close(&crossing);
    if (count)
        write_format(mermaid->writer, "  linkStyle %.*s stroke:%.*s,stroke-width:2px\n",
                     SLICE_ARGS(numbers), SLICE_ARGS(light_color(SLICE("red"))));
}

static void write_styles(struct mermaid *mermaid) {
    static const char *const classes[] = {"external", "process", "store"};
    struct slice ink = light_color(SLICE("ink")), red = light_color(SLICE("red"));
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        write_format(mermaid->writer, "  classDef %s fill:%.*s,stroke:%.*s,color:%.*s\n",
                     classes[i], SLICE_ARGS(light_color(slice_of(classes[i]))), SLICE_ARGS(ink),
                     SLICE_ARGS(ink));
    const struct decl_list *boundaries = &mermaid->picture->model->of[KIND_BOUNDARY];
    for (size_t i = 0; i < boundaries->count; i++)
        if (mermaid->picture->zones[i].shown)
            write_format(mermaid->writer,
                         "  style b%zu fill:none,stroke:%.*s,stroke-dasharray:5 4\n", i,
                         SLICE_ARGS(red));
}

bool emit_mermaid(struct emission *emission) {
    struct mermaid mermaid = {plan_picture(emission), emission->writer, 1};
    write_string(emission->writer, "flowchart LR\n");
    write_zones(&mermaid);
    write_flows(&mermaid);
    write_styles(&mermaid);
    return true;
}

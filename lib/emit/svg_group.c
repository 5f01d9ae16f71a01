/* Finds the shape of the picture that a group of the SVG draws. */
// SPDX-License-Identifier: MIT
#include "emit/excerpt.h"
#include "emit/svg.h"

#include <string.h>

/* The part of an id after its prefix, or nothing. */
static struct slice after_prefix(struct slice id, const char *prefix) {
    return slice_starts(id, prefix) ? slice_part(id, strlen(prefix), id.length) : (struct slice){0};
}

static bool is_in_picture(const struct picture *picture, const struct decl *decl) {
    if (decl->kind == KIND_BOUNDARY)
        return picture->zones[decl->index].shown;
    if (decl->kind == KIND_CROSSING)
        return more_of(decl)->at && picture->shown[more_of(decl)->at->number] &&
               !picture->stub[more_of(decl)->at->number];
    return picture->shown[decl->number];
}

struct group group_by_id(const struct picture *picture, struct slice id) {
    static const struct {
        const char *prefix;
        unsigned kinds, seen;
    } groups[] = {
        {"el-", ON_ELEMENT, SEEN_ITSELF},        {"flow-", ON_FLOW, SEEN_ITSELF},
        {"flows-", ON_FLOW, SEEN_BUNDLE},        {"tb-", ON_BOUNDARY, SEEN_ITSELF},
        {"half1-", ON_FLOW, SEEN_HALF},          {"half2-", ON_FLOW, SEEN_OTHER_HALF},
        {"crossing-", ON_CROSSING, SEEN_ITSELF},
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        struct slice own = after_prefix(id, groups[i].prefix);
        const struct decl *decl = own.length ? model_find(picture->model, own) : NULL;
        if (decl && kind_in(decl->kind, groups[i].kinds) && is_in_picture(picture, decl) &&
            (groups[i].seen == SEEN_ITSELF || bundle_of(picture, decl)->leader == decl))
            return (struct group){decl, groups[i].seen};
    }
    return (struct group){0};
}

/* On a page a flow has the number that it has in the whole. */
static const struct decl *flow_numbered(const struct picture *picture, size_t number,
                                        bool is_line) {
    const struct decl_list *flows = &picture->model->of[KIND_FLOW];
    if (!picture->emission->excerpt || is_line)
        return number >= 1 && number <= flows->count ? flows->items[number - 1] : NULL;
    for (size_t i = 0; i < flows->count; i++)
        if (!stand_in_for(picture, flows->items[i]) &&
            picture_badge(picture, flows->items[i]) == number)
            return flows->items[i];
    return NULL;
}

struct group half_by_title(const struct picture *picture, struct slice rest) {
    static const char title[] = "\n<title>F", of_line[] = "\n<title>Line ";
    bool is_line = picture->emission->excerpt && slice_starts(rest, of_line);
    struct slice digits;
    int number;
    if (!is_line && !slice_starts(rest, title))
        return (struct group){0};
    size_t before = is_line ? sizeof of_line - 1 : sizeof title - 1;
    rest = slice_part(rest, before, before + 10);
    if (!slice_cut(&rest, ' ', &digits) || !slice_number(digits, &number) || number < 1)
        return (struct group){0};
    const struct decl *flow = flow_numbered(picture, (size_t)number, is_line);
    if (!flow || !is_in_picture(picture, flow) || bundle_of(picture, flow)->leader != flow)
        return (struct group){0};
    return (struct group){flow, SEEN_HALF};
}

const char *group_class(const struct picture *picture, const struct group *group) {
    const struct decl *decl = group->decl;
    if (decl_is_element(decl) && picture->stub[decl->number])
        return "node el stub";
    switch (decl->kind) {
    case KIND_BOUNDARY:
        return "cluster boundary";
    case KIND_CROSSING:
        return "crossing";
    case KIND_FLOW: {
        bool crosses = flow_crosses(picture, decl);
        bool label = group->seen == SEEN_ITSELF || group->seen == SEEN_BUNDLE;
        if (group->seen == SEEN_ITSELF && bundle_of(picture, decl)->count > 1)
            return crosses ? "row crossing" : "row internal";
        return label     ? crosses ? "node flowlabel crossing" : "node flowlabel internal"
               : crosses ? "edge flow crossing"
                         : "edge flow internal";
    }
    case KIND_PROCESS:
        return "node el process";
    case KIND_STORE:
        return "node el store";
    default:
        return stand_in_for(picture, decl) ? "node el folded" : "node el external";
    }
}

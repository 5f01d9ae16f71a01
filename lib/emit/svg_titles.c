/* The full title of a shape, and its link, which the SVG has besides what is drawn. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "emit/excerpt.h"

#include <string.h>

static void write_separated(struct writer *writer, struct slice text) {
    if (!text.length)
        return;
    write_string(writer, " \xc2\xb7 ");
    write_xml(writer, text);
}

static void write_ends(struct writer *writer, struct arena *arena, const struct decl *flow) {
    write_string(writer, " \xc2\xb7 ");
    write_xml(writer, short_title(arena, flow->from));
    write_string(writer, " \xe2\x86\x92 ");
    write_xml(writer, short_title(arena, flow->to));
}

/* What is folded; or the flows of a line, by whose number its halves are known. */
static void write_stand_in_title(struct writer *writer, struct arena *arena,
                                 const struct decl *decl, const struct stand_in *stand_in) {
    if (stand_in->first) {
        write_format(writer, "Line %u \xc2\xb7 ", decl->index + 1);
        write_count(writer, stand_in->flows, "flow");
        if (stand_in->forth && stand_in->back)
            write_format(writer, ": %zu forth, %zu back", stand_in->forth, stand_in->back);
    } else if (stand_in->fold) {
        write_xml(writer, text_cut(arena, stand_in->fold->title));
        write_string(writer, " \xc2\xb7 ");
        write_count(writer, stand_in->elements, "element");
        write_string(writer, ", ");
        write_count(writer, stand_in->flows, "flow");
        write_string(writer, " inside");
    } else {
        write_string(writer, "Other pages");
    }
    if (stand_in->worst)
        write_format(writer, " \xc2\xb7 open in tier %d", stand_in->worst);
}

void write_shape_title(struct writer *writer, struct picture *picture, const struct decl *decl) {
    struct arena *arena = picture->arena;
    const struct stand_in *stand_in = stand_in_for(picture, decl);
    if (stand_in) {
        write_stand_in_title(writer, arena, decl, stand_in);
        return;
    }
    switch (decl->kind) {
    case KIND_BOUNDARY:
        write_format(writer, "TB%zu", picture->zones[decl->index].number);
        write_separated(writer, short_title(arena, decl));
        break;
    case KIND_FLOW:
        write_format(writer, "F%zu", picture_badge(picture, decl));
        write_ends(writer, arena, decl);
        write_separated(writer, text_cut(arena, decl_label(decl)));
        write_separated(writer, text_cut(arena, decl_text(decl, ATTRIBUTE_protocol)));
        break;
    case KIND_CROSSING:
        write_format(writer, "X%zu", picture_badge(picture, decl));
        write_separated(writer, short_title(arena, decl));
        break;
    default:
        write_xml(writer, short_title(arena, decl));
    }
}

void write_bundle_title(struct writer *writer, struct picture *picture,
                        const struct bundle *bundle) {
    for (const struct member *member = bundle->flows; member; member = member->next) {
        write_string(writer, member == bundle->flows ? "" : "; ");
        write_shape_title(writer, picture, member->decl);
    }
}

/* Whether a reader can follow the link without harm: javascript: and its like lead nowhere. */
static bool is_safe_link(struct slice link) {
    static const char *const starts[] = {"https:", "http:", "mailto:", "#"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (slice_starts(link, starts[i]))
            return true;
    return false;
}

static void write_url(struct writer *writer, struct slice url) {
    for (size_t i = 0; i < url.length; i++) {
        unsigned char c = (unsigned char)url.at[i];
        if (c == '&')
            write_string(writer, "&amp;");
        else if (c > ' ' && c < 0x7f && !strchr("\"<>\\'^`{|}", c))
            write_char(writer, (char)c);
        else
            write_percent(writer, c);
    }
}

bool has_outer_link(const struct decl *decl) {
    struct slice link = slice_trim(decl_text(decl, ATTRIBUTE_link));
    return link.length <= LINK_LIMIT && is_safe_link(link);
}

const char *shape_prefix(enum kind kind) {
    switch (kind) {
    case KIND_FLOW:
        return "flow";
    case KIND_BOUNDARY:
        return "tb";
    case KIND_CROSSING:
        return "crossing";
    default:
        return "el";
    }
}

void write_link(struct writer *writer, const struct decl *decl) {
    if (has_outer_link(decl)) {
        write_url(writer, slice_trim(decl_text(decl, ATTRIBUTE_link)));
        return;
    }
    write_format(writer, "#%s-%.*s", shape_prefix(decl->kind), SLICE_ARGS(decl_id(decl)));
}

struct slice picture_of_part(struct arena *arena, struct slice pictures, struct slice id) {
    struct slice after = pictures, before = {0};
    slice_cut(&after, '*', &before);
    return text_join(arena, before, id, after);
}

void write_page_link(struct writer *writer, const struct emission *emission,
                     const struct fold *page) {
    write_url(writer,
              page && page->parent
                  ? picture_of_part(emission->arena, emission->options.page_pictures, page->id)
                  : emission->options.picture);
}

/* The page that shows more of a shape, where there are pages and it is not this one; or NULL. */
static const struct fold *page_of(const struct picture *picture, const struct decl *decl) {
    const struct emission *emission = picture->emission;
    if (!emission->options.page_pictures.length || !decl_is_element(decl))
        return NULL;
    const struct stand_in *stand_in = stand_in_for(picture, decl);
    struct fold *fold = NULL;
    if (stand_in)
        fold = stand_in->fold;
    else if (is_foreign(picture, decl))
        fold = emission->excerpt->division->fold_of[original_of(picture, decl)->number];
    return fold ? page_around(fold) : NULL;
}

/* Where there are no pages to go to, what is folded is described by its boundary, and several flows
 * by the first of them; elements outside of all boundaries likewise. */
static const struct decl *what_it_is(const struct picture *picture, const struct decl *decl) {
    const struct stand_in *stand_in = stand_in_for(picture, decl);
    const struct emit_options *options = &picture->emission->options;
    if (!stand_in || (options->page_pictures.length && !options->in_page))
        return decl;
    if (stand_in->first)
        return stand_in->first;
    const struct fold *fold = stand_in->fold;
    if (!fold)
        return decl;
    return fold->boundary ? fold->boundary
                          : picture->emission->excerpt->division->order[fold->start];
}

void write_shape_link(struct writer *writer, const struct picture *picture,
                      const struct decl *decl) {
    const struct stand_in *stand_in = stand_in_for(picture, decl);
    const struct fold *page = page_of(picture, decl);
    bool in_page = picture->emission->options.in_page;
    bool is_rest = stand_in && !stand_in->fold && !stand_in->first; /* all other pages */
    if (!page && !(in_page && is_rest)) {
        write_link(writer, what_it_is(picture, decl));
        return;
    }
    if (!in_page || stand_in)
        write_page_link(writer, picture->emission, page);
    if (!stand_in)
        write_format(writer, "#el-%.*s", SLICE_ARGS(decl_id(decl)));
}

/* The full title of a shape, and its link, which the SVG has besides what is drawn. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"
#include "emit/picture.h"

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

void write_shape_title(struct writer *writer, struct picture *picture, const struct decl *decl) {
    const struct analysis *analysis = picture->emission->analysis;
    struct arena *arena = picture->arena;
    switch (decl->kind) {
    case KIND_BOUNDARY:
        write_format(writer, "TB%zu", picture->zones[decl->index].number);
        write_separated(writer, short_title(arena, decl));
        break;
    case KIND_FLOW:
        write_format(writer, "F%zu", badge_number(analysis, decl));
        write_ends(writer, arena, decl);
        write_separated(writer, text_cut(arena, decl_label(decl)));
        write_separated(writer, text_cut(arena, decl_text(decl, ATTRIBUTE_protocol)));
        break;
    case KIND_CROSSING:
        write_format(writer, "X%zu", badge_number(analysis, decl));
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
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < url.length; i++) {
        unsigned char c = (unsigned char)url.at[i];
        if (c == '&')
            write_string(writer, "&amp;");
        else if (c > ' ' && c < 0x7f && !strchr("\"<>\\'^`{|}", c))
            write_char(writer, (char)c);
        else
            write_format(writer, "%%%c%c", hex[c >> 4], hex[c & 0xf]);
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

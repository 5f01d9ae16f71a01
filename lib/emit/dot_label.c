/* The labels in DOT, as HTML: of elements, flows and boundaries, and the legend below the picture.
 * User text stands in them only, escaped. */
// SPDX-License-Identifier: MIT
#include "emit/dot.h"

#include "analysis/threats.h"
#include "emit/excerpt.h"
#include "emit/svg.h"
#include "layout/layout.h"

#include <string.h>

#define NAME_COLUMNS 20
#define FLOW_COLUMNS 12 /* narrow labels let more pictures run from left to right */
#define DETAIL_COLUMNS 26
#define TITLE_COLUMNS 40
#define LEGEND_COLUMNS 110
#define BADGE_HEIGHT 15u
#define MANY_FLOWS 300 /* from here on a label is only its badge */

void put_dot(struct dot *dot, const char *text) {
    for (const char *dollar; (dollar = strchr(text, '$')); text = dollar) {
        write_bytes(dot->writer, text, (size_t)(dollar - text));
        size_t length = strspn(++dollar, "abcdefghijklmnopqrstuvwxyz");
        write_slice(dot->writer, light_color((struct slice){dollar, length}));
        dollar += length;
    }
    write_string(dot->writer, text);
}

/* ---- text -------------------------------------------------------------------------------- */

/* "&lt;" as the user's own text: Graphviz takes it for an escape that was there before. */
static bool looks_like_entity(const char *at, const char *end) {
    const char *first = ++at;
    while (at < end && ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z') ||
                        (*at >= '0' && *at <= '9') || *at == '#'))
        at++;
    return at > first && at < end && *at == ';';
}

/* One line of drawable text inside an HTML label. A word joiner, which drawable text does not have,
 * breaks what looks like an entity; the clean-up takes it out again. */
static void write_text(struct dot *dot, struct slice text) {
    for (const char *at = text.at, *end = at + text.length; at < end; at++) {
        switch (*at) {
        case '&':
            write_string(dot->writer, looks_like_entity(at, end) ? JOINED_AND : "&amp;");
            break;
        case '<':
            write_string(dot->writer, "&lt;");
            break;
        case '>':
            write_string(dot->writer, "&gt;");
            break;
        case '"':
            write_string(dot->writer, "&quot;");
            break;
        case ']': /* Graphviz takes a line that is nothing else for a mistake */
            write_string(dot->writer, "&#93;");
            break;
        case '\\': /* \N is substituted in HTML labels too */
            write_string(dot->writer, "\\\\");
            break;
        default:
            write_char(dot->writer, *at);
        }
    }
}

static void write_wrapped(struct dot *dot, struct slice text, size_t columns) {
    struct slice line;
    const char *separator = "";
    while (wrap_next(&text, columns, &line)) {
        write_string(dot->writer, separator);
        write_text(dot, line);
        separator = "<br/>";
    }
}

static struct slice drawable(struct dot *dot, struct slice text) {
    return drawable_text(dot->picture->arena, text);
}

/* All badges of a picture are as wide as the longest needs. */
static unsigned badge_width(const struct dot *dot) {
    const struct model *shown = whole_of(dot->picture)->analysis->shown;
    size_t most = shown->of[KIND_FLOW].count + shown->of[KIND_CROSSING].count;
    unsigned width = 17;
    for (; most > 9; most /= 10)
        width += 5;
    return width;
}

/* `attributes` are more of the cell's. */
static void write_badge(struct dot *dot, char letter, const struct decl *decl, bool filled,
                        struct slice attributes) {
    unsigned width = badge_width(dot);
    write_format(dot->writer,
                 "<td cellpadding=\"0\" valign=\"top\"%.*s><table border=\"0\" "
                 "cellborder=\"0\" cellspacing=\"0\" fixedsize=\"true\" width=\"%u\" "
                 "height=\"%u\" valign=\"top\"><tr><td width=\"%u\" height=\"%u\" ",
                 SLICE_ARGS(attributes), width, BADGE_HEIGHT, width, BADGE_HEIGHT);
    put_dot(dot, filled ? "bgcolor=\"$red\" border=\"1\" color=\"$red\" cellpadding=\"1\">"
                          "<font color=\"$paper\" point-size=\"9\"><b>"
                        : "bgcolor=\"$paper\" border=\"1\" color=\"$muted\" cellpadding=\"1\">"
                          "<font color=\"$muted\" point-size=\"9\"><b>");
    write_format(dot->writer, "%c%zu</b></font></td></tr></table></td>", letter,
                 picture_badge(dot->picture, decl));
}

/* ---- elements ---------------------------------------------------------------------------- */

static bool is_filled(const struct row *row) {
    return row->state == ROW_OPEN && row->tier == 1;
}

static bool has_unfinished(const struct verdict_on *verdict) {
    for (size_t i = 0; i < verdict->threats.count; i++)
        if (threat_is_unfinished(verdict->threats.items[i]))
            return true;
    return false;
}

/* Whether a question that is decided is still open in fact: by a threat about which something is
 * left to be done, or by a baseline. */
static bool is_left(const struct verdict_on *verdict, int tier) {
    return verdict && (has_unfinished(verdict) ||
                       (verdict->answer == ANSWER_BASELINED && tier == 1));
}

static bool is_bold(const struct dot *dot, const struct row *row) {
    const struct decisions *decisions = dot->picture->emission->decisions;
    if (is_filled(row) || (row->state != ROW_ANSWERED && row->state != ROW_OPEN))
        return false;
    if (is_left(verdict_about(decisions, row, NULL), row->tier))
        return true;
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->state == PATTERN_OPEN && is_left(verdict_about(decisions, row, at), at->tier))
            return true;
    return false;
}

/* A cell for each letter that always applies: filled where its row is open in tier 1, in bold where
 * what was decided is not done. It is as wide as keeps letters apart: below a short name they would
 * read as a word. */
static void write_letter(struct dot *dot, const struct row *row) {
    bool open = is_filled(row), bold = is_bold(dot, row);
    put_dot(dot, open   ? "<td width=\"13\" bgcolor=\"$open\"><font color=\"$paper\"><b>"
                 : bold ? "<td width=\"13\"><font color=\"$open\"><b>"
                        : "<td width=\"13\">");
    write_text(dot, row->letter->code);
    size_t pending = count_pending(dot->picture->emission->decisions, row);
    if (open && pending > 1)
        write_format(dot->writer, "%zu", pending);
    write_string(dot->writer, open || bold ? "</b></font></td>" : "</td>");
}

static void write_strip(struct dot *dot, const struct decl *drawn) {
    const struct decl *element = original_of(dot->picture, drawn);
    const struct rows *rows = dot->picture->emission->rows;
    const struct method *method = rows->pack->method;
    unsigned always = method->always[subject_kind_of(element)];
    if (!always)
        return;
    put_dot(dot, "<tr><td cellpadding=\"0\"><font color=\"$muted\" point-size=\"8\"><table "
                 "border=\"0\" cellborder=\"1\" cellspacing=\"0\" cellpadding=\"1\" "
                 "color=\"$open\" bgcolor=\"$paper\"><tr>");
    for (size_t i = 0; i < method->letter_count; i++)
        if (always >> method->letters[i].index & 1)
            write_letter(dot, row_of(rows, element, &method->letters[i]));
    write_string(dot->writer, "</tr></table></font></td></tr>");
}

/* The text of a crossing: the trust before and after, or else its name. */
static struct slice chip_text(struct dot *dot, const struct decl *crossing) {
    struct slice from = decl_text(crossing, ATTRIBUTE_from);
    struct slice to = decl_text(crossing, ATTRIBUTE_to);
    if (from.length && to.length)
        return drawable(dot, text_format(dot->picture->arena, "%.*s \xe2\x86\x92 %.*s",
                                         SLICE_ARGS(from), SLICE_ARGS(to)));
    return drawable_title(dot->picture->arena, crossing);
}

/* Without a link its id would not reach the SVG. A table that is wider than its text divides the
 * rest equally among its columns; twenty columns for the text leave the badge as it is. */
static void write_chip(struct dot *dot, const struct decl *crossing) {
    put_dot(dot, "<tr><td cellpadding=\"3\"><table border=\"1\" style=\"dashed\" color=\"$red\" "
                 "bgcolor=\"$paper\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"3\" ");
    write_format(dot->writer, "id=\"crossing-%.*s\" href=\"#crossing-%.*s\"><tr>",
                 SLICE_ARGS(decl_id(crossing)), SLICE_ARGS(decl_id(crossing)));
    write_badge(dot, 'X', crossing, true, (struct slice){0});
    put_dot(dot, "<td colspan=\"20\"><font color=\"$red\" point-size=\"9\">");
    write_wrapped(dot, chip_text(dot, crossing), DETAIL_COLUMNS);
    write_string(dot->writer, "</font></td></tr></table></td></tr>");
}

static void write_name(struct dot *dot, struct slice name, struct slice detail, bool pale) {
    put_dot(dot, pale ? "<tr><td><font color=\"$muted\"><b>" : "<tr><td><b>");
    write_wrapped(dot, name, NAME_COLUMNS);
    write_string(dot->writer, pale ? "</b></font></td></tr>" : "</b></td></tr>");
    if (!detail.length)
        return;
    put_dot(dot, "<tr><td><font point-size=\"9\" color=\"$muted\">");
    write_wrapped(dot, detail, DETAIL_COLUMNS);
    write_string(dot->writer, "</font></td></tr>");
}

static void write_element_rows(struct dot *dot, const struct decl *element) {
    struct slice name, detail;
    split_label(drawable_title(dot->picture->arena, element), &name, &detail);
    write_string(dot->writer, "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" "
                              "cellpadding=\"2\">");
    write_name(dot, name, detail, is_pale(dot->picture, element));
    for (const struct member *chip = dot->picture->chips[element->number]; chip; chip = chip->next)
        write_chip(dot, chip->decl);
    if (!decl_out_of_scope(element))
        write_strip(dot, element);
    write_string(dot->writer, "</table>");
}

/* What is open at most, or nothing. */
static void write_worst(struct dot *dot, int tier, size_t count) {
    if (!tier)
        return;
    put_dot(dot, tier == 1 ? "<tr><td><font point-size=\"9\" color=\"$open\"><b>"
                           : "<tr><td><font point-size=\"9\" color=\"$muted\">");
    if (count)
        write_format(dot->writer, "%zu open in ", count);
    write_format(dot->writer, "tier %d%s</font></td></tr>", tier, tier == 1 ? "</b>" : "");
}

/* A folded part, or all that lies on other pages. */
static void write_folded(struct dot *dot, const struct stand_in *stand_in) {
    put_dot(dot, "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"2\">"
                 "<tr><td><font color=\"$red\"><b>");
    write_wrapped(dot, stand_in->fold ? stand_in->fold->title : SLICE("Other pages"), NAME_COLUMNS);
    write_string(dot->writer, "</b></font></td></tr>");
    if (stand_in->fold) {
        put_dot(dot, "<tr><td><font point-size=\"9\" color=\"$muted\">");
        write_count(dot->writer, stand_in->elements, "element");
        write_string(dot->writer, ",<br/>");
        write_count(dot->writer, stand_in->flows, "flow");
        write_string(dot->writer, " inside</font></td></tr>");
        write_worst(dot, stand_in->worst, stand_in->open);
    }
    write_string(dot->writer, "</table>");
}

/* The name in small letters: the rest of it is on other pictures. */
static void write_stub_label(struct dot *dot, const struct decl *element) {
    put_dot(dot, "<font point-size=\"9\" color=\"$muted\">");
    write_wrapped(dot, drawable_title(dot->picture->arena, element), NAME_COLUMNS);
    write_string(dot->writer, "</font>");
}

static void write_element_label(struct dot *dot, const struct decl *element) {
    const struct stand_in *stand_in = stand_in_for(dot->picture, element);
    if (stand_in) {
        write_folded(dot, stand_in);
        return;
    }
    if (dot->picture->stub[element->number]) {
        write_stub_label(dot, element);
        return;
    }
    if (element->kind == KIND_STORE) {
        put_dot(dot, "<table border=\"1\" sides=\"TB\" cellborder=\"0\" cellspacing=\"0\" "
                     "cellpadding=\"4\" ");
        put_dot(dot, is_pale(dot->picture, element) ? "color=\"$muted\" bgcolor=\"$paper\"><tr><td>"
                                                    : "color=\"$ink\" bgcolor=\"$store\"><tr><td>");
    }
    write_element_rows(dot, element);
    if (element->kind == KIND_STORE)
        write_string(dot->writer, "</td></tr></table>");
}

/* ---- flows ------------------------------------------------------------------------------- */

static struct slice upper(struct arena *arena, struct slice text) {
    char *at = arena_copy(arena, text.at, text.length);
    for (size_t i = 0; i < text.length; i++)
        if (at[i] >= 'a' && at[i] <= 'z')
            at[i] = (char)(at[i] - 'a' + 'A');
    return (struct slice){at, text.length};
}

static bool has_badges_only(const struct dot *dot) {
    const struct excerpt *excerpt = dot->picture->emission->excerpt;
    return excerpt && excerpt->detail != DETAIL_all;
}

static void write_flow_text(struct dot *dot, const struct decl *flow) {
    struct slice text = drawable(dot, flow_text(flow));
    struct slice protocol =
        drawable(dot, upper(dot->picture->arena, decl_text(flow, ATTRIBUTE_protocol)));
    if (slice_equal(upper(dot->picture->arena, text), protocol)) /* once is enough */
        text = (struct slice){0};
    if ((!text.length && !protocol.length) || dot->picture->flow_count > MANY_FLOWS ||
        has_badges_only(dot))
        return;
    write_string(dot->writer, "<td cellpadding=\"3\" balign=\"left\" align=\"left\">");
    if (text.length) {
        write_string(dot->writer, "<font point-size=\"9\">");
        write_wrapped(dot, text, wrap_columns(text, FLOW_COLUMNS, NAME_COLUMNS));
        write_string(dot->writer, protocol.length ? "</font><br/>" : "</font>");
    }
    if (protocol.length) {
        put_dot(dot, "<font point-size=\"9\" color=\"$muted\">");
        write_text(dot, protocol);
        write_string(dot->writer, "</font>");
    }
    write_string(dot->writer, "</td>");
}

const struct decl *bundle_start(const struct dot *dot, const struct bundle *bundle) {
    return dot->picture->reversed[bundle->leader->index] ? bundle->leader->to
                                                         : bundle->leader->from;
}

const struct decl *bundle_end(const struct dot *dot, const struct bundle *bundle) {
    return dot->picture->reversed[bundle->leader->index] ? bundle->leader->from
                                                         : bundle->leader->to;
}

/* Which way a flow goes on a line of several. Nothing else has this size: by it the layout program
 * knows an arrow when it lays the picture out another way, and the clean-up a way that is wrong. */
static void write_arrow(struct dot *dot, const struct bundle *bundle, const struct decl *flow) {
    bool along = flow->from == bundle_start(dot, bundle);
    if (flow->from == flow->to)
        return;
    write_format(dot->writer,
                 "<td valign=\"top\" cellpadding=\"2\"><font point-size=\"%s\">%s</font></td>",
                 ARROW_SIZE,
                 dot->picture->across ? along ? ARROW_RIGHT : ARROW_LEFT
                 : along              ? ARROW_DOWN
                                      : ARROW_UP);
}

/* Of several rows the first cell has the flow's id, which would not reach the SVG without a link.
 */
static void write_row(struct dot *dot, const struct bundle *bundle, const struct decl *flow) {
    struct slice id = {0};
    if (bundle->count > 1)
        id = text_format(dot->picture->arena, " id=\"flow-%.*s\" href=\"#flow-%.*s\"",
                         SLICE_ARGS(decl_id(flow)), SLICE_ARGS(decl_id(flow)));
    write_string(dot->writer, "<tr>");
    write_badge(dot, 'F', flow, flow_crosses(dot->picture, flow), id);
    if (bundle->count > 1)
        write_arrow(dot, bundle, flow);
    write_flow_text(dot, flow);
    write_string(dot->writer, "</tr>");
}

/* Several flows to what is folded: their badges where these are few. */
static void write_merged(struct dot *dot, const struct stand_in *line, bool crosses) {
    put_dot(dot, "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\" "
                 "bgcolor=\"$paper\"><tr><td>");
    put_dot(dot, crosses ? "<font point-size=\"9\" color=\"$red\"><b>"
                         : "<font point-size=\"9\" color=\"$muted\"><b>");
    if (line->flows > FLOWS_NAMED)
        write_count(dot->writer, line->flows, "flow");
    for (size_t i = 0; i < line->flows && line->flows <= FLOWS_NAMED; i++)
        write_format(dot->writer, "%sF%zu", i ? ", " : "", line->named[i]);
    write_string(dot->writer, "</b></font></td></tr>");
    write_worst(dot, line->worst == 1 ? 1 : 0, 0);
    write_string(dot->writer, "</table>");
}

static void write_line_label(struct dot *dot, const struct bundle *bundle) {
    const struct stand_in *line = stand_in_for(dot->picture, bundle->leader);
    if (line) {
        write_merged(dot, line, flow_crosses(dot->picture, bundle->leader));
        return;
    }
    put_dot(dot, "<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"1\" "
                 "bgcolor=\"$paper\">");
    for (const struct member *row = bundle->flows; row; row = row->next)
        write_row(dot, bundle, row->decl);
    write_string(dot->writer, "</table>");
}

/* ---- boundaries -------------------------------------------------------------------------- */

/* Each line is one run of text; several are set flush left. */
static void write_boundary_title(struct dot *dot, const struct zone *zone) {
    struct slice label = drawable_title(dot->picture->arena, zone->boundary), line;
    struct slice text =
        text_format(dot->picture->arena, "TB%zu \xc2\xb7 %.*s", zone->number, SLICE_ARGS(label));
    bool several = utf8_width(text) > TITLE_COLUMNS;
    write_format(dot->writer, "<font point-size=\"%u\"><b>", LAYOUT_TITLE);
    while (wrap_next(&text, TITLE_COLUMNS, &line)) {
        write_text(dot, line);
        write_string(dot->writer, several ? "<br align=\"left\"/>" : "");
    }
    write_string(dot->writer, "</b></font>");
}

/* ---- the legend -------------------------------------------------------------------------- */

/* The rows that a picture has filled letters for, an example of those with several questions, and
 * whether there are others in bold. */
struct filled {
    size_t rows, questions; /* of the example; 0: none has several */
    const struct letter *example;
    bool bold; /* some letter is */
};

static void count_filled_of(struct dot *dot, const struct decl *element, struct filled *filled) {
    const struct rows *rows = dot->picture->emission->rows;
    const struct method *method = rows->pack->method;
    unsigned always = method->always[subject_kind_of(element)];
    element = original_of(dot->picture, element);
    for (size_t i = 0; i < method->letter_count; i++) {
        if (!(always >> method->letters[i].index & 1))
            continue;
        const struct row *row = row_of(rows, element, &method->letters[i]);
        filled->bold |= is_bold(dot, row);
        if (!is_filled(row))
            continue;
        size_t questions = count_pending(dot->picture->emission->decisions, row);
        filled->rows++;
        if (questions > 1 && !filled->questions) {
            filled->questions = questions;
            filled->example = &method->letters[i];
        }
    }
}

static struct filled count_filled(struct dot *dot) {
    const struct decl_list *elements = &dot->picture->model->elements;
    struct filled filled = {0};
    for (size_t i = 0; i < elements->count; i++)
        if (dot->picture->shown[elements->items[i]->number] &&
            !stand_in_for(dot->picture, elements->items[i]) &&
            !is_pale(dot->picture, elements->items[i]))
            count_filled_of(dot, elements->items[i], &filled);
    return filled;
}

/* "filled letter: open in tier 1 (E3: 3 questions)" */
static const char *filled_text(const struct dot *dot, const struct filled *filled) {
    if (!filled->rows)
        return NULL;
    if (!filled->questions)
        return "filled letter: open in tier 1";
    return text_format(dot->picture->arena,
                       "filled letter: open in tier 1 (%.*s%zu: %zu questions)",
                       SLICE_ARGS(filled->example->code), filled->questions, filled->questions)
        .at;
}

/* Only what is there is explained, by what is left of it in a grey print. A line ends between two
 * items. */
static void write_legend(struct dot *dot) {
    const struct picture *picture = dot->picture;
    struct filled filled = count_filled(dot);
    const char *const items[] = {
        picture->crossing_flow_count ? "filled badge, thick line: crosses a dashed boundary" : NULL,
        picture->chip_count ? "X: trust changes inside" : NULL,
        filled_text(dot, &filled),
        filled.bold ? "bold letter: decided, not done" : NULL,
        picture->emission->excerpt ? "box with counts: folded; tier N: the most urgent that is open"
                                   : NULL,
        picture->dims ? "faint: out of scope" : NULL,
        !picture->stub_count         ? NULL
        : picture->emission->excerpt ? "small and faint: on another page"
                                     : "small and faint: not in this view",
        picture->leaves_out ? "flows that leave this view are too many to be drawn" : NULL,
    };
    size_t columns = 0;
    for (size_t i = 0; i < sizeof items / sizeof *items; i++) {
        size_t length = items[i] ? strlen(items[i]) : 0;
        if (!length)
            continue;
        if (!columns)
            put_dot(dot, "<font point-size=\"8\" color=\"$muted\">");
        else if (columns + length > LEGEND_COLUMNS)
            write_string(dot->writer, "<br/>");
        else
            write_string(dot->writer, " \xc2\xb7 ");
        columns = columns + length > LEGEND_COLUMNS ? length : columns + length + 3;
        write_text(dot, slice_of(items[i]));
    }
    if (columns)
        write_string(dot->writer, "</font>");
}

void write_picture_legend(struct picture *picture, struct writer *writer) {
    struct dot dot = {.picture = picture, .writer = writer};
    if (!picture->emission->options.no_legend)
        write_legend(&dot);
}

/* ---- all of them ------------------------------------------------------------------------- */

void write_dot_label(struct picture *picture, struct writer *writer, const struct decl *decl) {
    struct dot dot = {.picture = picture, .writer = writer};
    if (decl->kind == KIND_BOUNDARY)
        write_boundary_title(&dot, &picture->zones[decl->index]);
    else if (decl->kind == KIND_FLOW)
        write_line_label(&dot, bundle_of(picture, decl));
    else
        write_element_label(&dot, decl);
}

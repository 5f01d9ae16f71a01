/* Kinds and attributes come from the library's own tables, so that new ones take part at once. */
// SPDX-License-Identifier: MIT
#include "generator.h"

#include "model/kind.h"
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

#define DEEPEST 6
#define MOST_IDS 24
#define MOST_ATTRIBUTES 5

/* Each means something somewhere: HTML, Markdown, DOT, XML, a terminal, a spreadsheet. */
static const char *const snippets[] = {"",
                                       "x9z",
                                       "<x9z>",
                                       "##[error]x9z",
                                       "##vso[x9z]",
                                       "::error::x9z",
                                       "</x9z>",
                                       "<script>x9z</script>",
                                       "](javascript:x9z)",
                                       "[x9z](javascript:x9z)",
                                       "![x9z](x9z)",
                                       "[x9z]",
                                       "[x9z]:",
                                       "[^x9z]",
                                       "[ ] x9z",
                                       "*x9z*",
                                       "**x9z**",
                                       "_x9z_",
                                       "~~x9z~~",
                                       "~x9z~",
                                       "`x9z`",
                                       "`x9z|x9z`",
                                       "``x9z`",
                                       "```",
                                       "~~~",
                                       "`",
                                       "` x9z `",
                                       "``",
                                       "|x9z|",
                                       "\\|x9z",
                                       "\\",
                                       "\\x9z",
                                       "\\\\",
                                       "\nx9z",
                                       "\r\n# x9z",
                                       "\n\n- x9z",
                                       "\n\n\n    x9z",
                                       "1. x9z",
                                       "12) x9z",
                                       "- x9z",
                                       "+ x9z",
                                       "> x9z",
                                       "# x9z",
                                       "--- x9z",
                                       "=== x9z",
                                       "\n---\nx9z",
                                       "\n===\nx9z",
                                       "|---|---|",
                                       "]]>x9z",
                                       "<![CDATA[x9z",
                                       "<!--x9z",
                                       "-->x9z",
                                       "--!>x9z",
                                       "<?x9z?>",
                                       "<!x9z>",
                                       "&x9z;",
                                       "&#60;x9z&#62;",
                                       "&lt;x9z&gt;",
                                       "&amp;lt;x9z",
                                       "&",
                                       "\"x9z\"",
                                       "'x9z'",
                                       "\">x9z",
                                       "\" onload=\"x9z",
                                       "' onload='x9z",
                                       "<a href=x9z>",
                                       "<br>x9z",
                                       "www.x9z.org",
                                       "@x9z",
                                       "#9 GH-9 x9z",
                                       ":tada: x9z",
                                       "deadbeef9 x9z",
                                       "\v# x9z",
                                       "\xc2\x85> x9z",
                                       "\xc2\xa0=x9z",
                                       "\u3164\u00ad",
                                       "\u2028- x9z",
                                       "x9z;=1",
                                       "http://x9z.org/x9z",
                                       "https://x9z.org",
                                       "ftp://x9z.org",
                                       "mailto:x9z@x9z.org",
                                       "xmpp:x9z@x9z.org/x9z",
                                       "x9z@x9z.org",
                                       "x9z.x9z@x9z-x9z.org.",
                                       "@x9z",
                                       "#1",
                                       "$x9z$",
                                       "$$x9z$$",
                                       "{x9z}",
                                       "{source}",
                                       "{flow}",
                                       "{self}",
                                       ":x9z:",
                                       "\\N\\G\\L\\E x9z",
                                       "\\n x9z \\l",
                                       "->x9z",
                                       "=x9z",
                                       "=1+x9z",
                                       "@SUM(x9z)",
                                       "+x9z",
                                       "-x9z",
                                       "\tx9z",
                                       ",x9z",
                                       ";x9z",
                                       "%x9z%s%n",
                                       "\x1b[31mx9z",
                                       "\x1b]0;x9z\a",
                                       "\x7fx9z",
                                       "\xc2\x9bx9z",
                                       "\xc2\x85x9z",
                                       "\xe2\x80\xaex9z",
                                       "\xe2\x80\xa8x9z",
                                       "\xe2\x80\x8bx9z",
                                       "\xe2\x80\x8dx9z",
                                       "\xe2\x81\xa0x9z",
                                       "\xef\xbb\xbfx9z",
                                       "\xef\xbf\xbex9z",
                                       "\xf3\xa0\x81\x81x9z",
                                       "\xc2\xa0x9z",
                                       "\xc3\xa9",
                                       "\xe6\xbc\xa2\xe5\xad\x97",
                                       "\xf0\x9f\x98\x80",
                                       "e\xcc\x81",
                                       " ",
                                       "  ",
                                       " and ",
                                       " / ",
                                       " (x9z)",
                                       "end",
                                       "graph x9z",
                                       "%%x9z",
                                       "subgraph",
                                       "\"}; x9z [",
                                       "<b>x9z",
                                       "</table>x9z",
                                       "x9z x9z x9z x9z x9z x9z x9z x9z x9z x9z x9z x9z x9z x9z"};

struct id {
    enum kind kind;
    unsigned number;
};

struct generator {
    struct choices *choices;
    struct bytes *model;
    struct id ids[MOST_IDS]; /* of elements, boundaries and assets */
    unsigned id_count, flow_count, depth;
};

/* ---- choices ----------------------------------------------------------------------------- */

unsigned choose(struct choices *choices, unsigned count) {
    return choices->at < choices->end ? *choices->at++ % count : 0;
}

/* A character of two bytes of choice, whatever it is. */
static void choose_character(struct choices *choices, struct bytes *text) {
    unsigned high = choose(choices, 256), character = high << 8 | choose(choices, 256);
    if (character < 0x80) {
        bytes_print(text, "%c", character ? (int)character : ' ');
    } else if (character < 0x800) {
        bytes_print(text, "%c%c", (int)(0xc0 | character >> 6), (int)(0x80 | (character & 0x3f)));
    } else if (character < 0xd800 || character > 0xdfff) {
        bytes_print(text, "%c%c%c", (int)(0xe0 | character >> 12),
                    (int)(0x80 | (character >> 6 & 0x3f)), (int)(0x80 | (character & 0x3f)));
    }
}

void choose_text(struct choices *choices, struct bytes *text) {
    const unsigned count = sizeof snippets / sizeof *snippets;
    for (unsigned pieces = 1 + choose(choices, 4); pieces--;) {
        unsigned snippet = choose(choices, count + 8);
        if (snippet < count)
            bytes_add(text, snippets[snippet], strlen(snippets[snippet]));
        else
            choose_character(choices, text);
    }
}

/* ---- text and values --------------------------------------------------------------------- */

static void write_string(struct generator *generator) {
    struct bytes text = {0};
    bytes_add(&text, "", 0);
    choose_text(generator->choices, &text);
    bytes_add(generator->model, "\"", 1);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.at[i];
        if (byte < 0x20 || byte == 0x7f)
            bytes_print(generator->model, "\\u{%x}", byte);
        else
            bytes_print(generator->model, byte == '"' || byte == '\\' ? "\\%c" : "%c", byte);
    }
    bytes_add(generator->model, "\"", 1);
    free(text.at);
}

/* One of the words in a row's list of values, or one that it does not know. */
static void write_word(struct generator *generator, const char *values) {
    unsigned count = 0, wanted = choose(generator->choices, 40);
    struct slice value;
    bool safe;
    for (const char *rest = values; attribute_next_value(&rest, &value, &safe);)
        count++;
    if (wanted > count || !count) {
        bytes_print(generator->model, wanted % 2 ? "x9z" : "w0401");
        return;
    }
    for (const char *rest = values; attribute_next_value(&rest, &value, &safe);)
        if (!(wanted % count) || !--count)
            break;
        else
            wanted--;
    bytes_add(generator->model, value.at, value.length);
}

static void write_id(struct generator *generator, struct id id) {
    bytes_print(generator->model, "%s%u", kind_rows[id.kind].word, id.number);
}

/* A declared id of one of these kinds; false when there is none. */
static bool choose_id(struct generator *generator, unsigned kinds, struct id *id) {
    unsigned start = choose(generator->choices, MOST_IDS);
    for (unsigned i = 0; i < generator->id_count; i++) {
        *id = generator->ids[(start + i) % generator->id_count];
        if (kind_in(id->kind, kinds))
            return true;
    }
    return false;
}

/* Whether a value of that type can be written; writes ` name: value;`. */
static bool write_attribute(struct generator *generator, const struct attribute_row *row) {
    struct id id = {0};
    unsigned kinds = row->type == TYPE_ASSETS    ? ON_ASSET
                     : row->type == TYPE_PLACES  ? ON_ELEMENT | ON_BOUNDARY
                     : row->type == TYPE_PROCESS ? ON_PROCESS
                                                 : ON_BOUNDARY;
    bool reference = row->type >= TYPE_BOUNDARY;
    if ((reference && !choose_id(generator, kinds, &id)) || !strcmp(row->name, "in") ||
        !strcmp(row->name, "was"))
        return false;
    bytes_print(generator->model, " %s: ", row->name);
    if (reference)
        write_id(generator, id);
    else if (row->type == TYPE_TEXT || row->type == TYPE_STRINGS)
        write_string(generator);
    else if (row->type == TYPE_NUMBER)
        bytes_print(generator->model, "%c", row->values[0]);
    else
        write_word(generator, row->values);
    bytes_add(generator->model, ";", 1);
    return true;
}

static void write_evidence(struct generator *generator, const struct attribute_row *row) {
    bytes_print(generator->model, " evidence { %s: ", row->name);
    write_string(generator);
    bytes_add(generator->model, " };", 3);
}

/* Some attributes of the kind, each name once, and evidence for a fact among them. */
static void write_attributes(struct generator *generator, enum kind kind) {
    bool used[ATTRIBUTE_COUNT] = {false}, evidence = false;
    for (unsigned left = choose(generator->choices, MOST_ATTRIBUTES); left--;) {
        unsigned i = choose(generator->choices, ATTRIBUTE_COUNT), tried = 0;
        while (tried++ < ATTRIBUTE_COUNT && (used[i] || !kind_in(kind, attribute_rows[i].kinds)))
            i = (i + 1) % ATTRIBUTE_COUNT;
        if (used[i] || !kind_in(kind, attribute_rows[i].kinds))
            return;
        used[i] = true;
        if (!write_attribute(generator, &attribute_rows[i]) || evidence)
            continue;
        evidence = attribute_rows[i].role == ROLE_FACT && choose(generator->choices, 3) == 0;
        if (evidence)
            write_evidence(generator, &attribute_rows[i]);
    }
}

/* ---- declarations ------------------------------------------------------------------------ */

static void write_label(struct generator *generator) {
    bytes_add(generator->model, " ", 1);
    if (choose(generator->choices, 4))
        write_string(generator);
}

static void declare(struct generator *generator, enum kind kind) {
    struct id id = {kind, generator->id_count};
    if (generator->id_count == MOST_IDS)
        return;
    bytes_print(generator->model, "%s ", kind_rows[kind].word);
    write_id(generator, id);
    write_label(generator);
    bytes_add(generator->model, " {", 2);
    write_attributes(generator, kind);
    if (kind == KIND_BOUNDARY)
        generator->depth++;
    else
        bytes_add(generator->model, " }", 2);
    bytes_add(generator->model, "\n", 1);
    generator->ids[generator->id_count++] = id;
}

static void close_boundary(struct generator *generator) {
    if (!generator->depth)
        return;
    generator->depth--;
    bytes_add(generator->model, "}\n", 2);
}

/* Named and numbered, so that no two flows share an id. */
static void declare_flow(struct generator *generator) {
    struct id from, to;
    if (!choose_id(generator, ON_ELEMENT, &from) || !choose_id(generator, ON_ELEMENT, &to))
        return;
    bytes_print(generator->model, "flow f%u = ", generator->flow_count++);
    write_id(generator, from);
    bytes_add(generator->model, " -> ", 4);
    write_id(generator, to);
    write_label(generator);
    bytes_add(generator->model, " {", 2);
    write_attributes(generator, KIND_FLOW);
    bytes_add(generator->model, " }\n", 3);
}

static void declare_crossing(struct generator *generator) {
    struct id at, into;
    if (!choose_id(generator, ON_PROCESS, &at) || !choose_id(generator, ON_BOUNDARY, &into))
        return;
    bytes_print(generator->model, "crossing c%u", generator->flow_count++);
    write_label(generator);
    bytes_add(generator->model, " { at: ", 7);
    write_id(generator, at);
    bytes_add(generator->model, "; into: ", 8);
    write_id(generator, into);
    bytes_add(generator->model, " }\n", 3);
}

/* Declares what may stand on the outermost level only. */
static void declare_outside(struct generator *generator) {
    static const enum kind kinds[] = {KIND_ASSET, KIND_ADVERSARY, KIND_ASSUMPTION, KIND_VIEW,
                                      KIND_ASSET};
    while (generator->depth)
        close_boundary(generator);
    declare(generator, kinds[choose(generator->choices, sizeof kinds / sizeof *kinds)]);
}

static void declare_something(struct generator *generator) {
    static const enum kind elements[] = {KIND_EXTERNAL, KIND_ACTOR, KIND_PROCESS, KIND_PROCESS,
                                         KIND_STORE};
    unsigned which = choose(generator->choices, 16);
    if (which < 2 && generator->depth < DEEPEST)
        declare(generator, KIND_BOUNDARY);
    else if (which < 4)
        close_boundary(generator);
    else if (which < 8)
        declare(generator, elements[choose(generator->choices, 5)]);
    else if (which < 13)
        declare_flow(generator);
    else if (which < 14)
        declare_crossing(generator);
    else
        declare_outside(generator);
}

void generate_model(struct choices *choices, struct bytes *model) {
    struct generator generator = {.choices = choices, .model = model};
    bytes_add(model, "model m", 7);
    write_label(&generator);
    bytes_add(model, " {", 2);
    write_attributes(&generator, KIND_MODEL);
    bytes_add(model, " }\n", 3);
    declare(&generator, KIND_PROCESS);
    while (choices->at < choices->end)
        declare_something(&generator);
    while (generator.depth)
        close_boundary(&generator);
}

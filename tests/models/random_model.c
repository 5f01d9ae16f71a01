/* A random model from a number, with texts of all sorts: what stands in a string, a text or a
 * comment is made of pieces that mean something somewhere. */
// SPDX-License-Identifier: MIT
#include "models/random_model.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(array) ((uint32_t)(sizeof(array) / sizeof *(array)))

static uint64_t seed;

/* Of Knuth's MMIX; the high bits are the good ones. */
static uint32_t below(uint32_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((seed >> 33) % limit);
}

static bool one_in(uint32_t count) {
    return below(count) == 0;
}

#define PICK(array) ((array)[below(COUNT(array))])

static void add(struct text *text, const char *words) {
    text_add(text, words, strlen(words));
}

static void add_number(struct text *text, const char *before, uint32_t number) {
    char *words = format("%s%u", before, (unsigned)number);
    add(text, words);
    free(words);
}

/* Pieces of text that are hard for one of the forms, as written in a string of the DSL. */
static const char *const pieces[] = {
    "yes",
    "No",
    "null",
    "~",
    "true",
    "Off",
    "404",
    "-1",
    "1e3",
    "0x1f",
    "2027-01-31",
    ".5",
    "---",
    "...",
    "- ",
    "? ",
    ": ",
    ":",
    " #",
    "#",
    "a: b",
    "key:",
    "[x]",
    "{x}",
    ",",
    "&a",
    "*b",
    "!t",
    "|",
    ">",
    "%",
    "@",
    "`",
    "'",
    "\\\"",
    "\\\\",
    "\\n",
    "\\t",
    "\\r",
    " ",
    "  ",
    "\xc3\xa9",
    "\xe4\xb8\xad\xe6\x96\x87",
    "\xf0\x9f\x94\x92",
    "\\u{85}",
    "\\u{2028}",
    "\\u{feff}",
    "\\u{fffe}",
    "\\u{1}",
    "\\u{7f}",
    "\\u{9f}",
    "\xe2\x80\xae",
    "<<",
    "=",
    "//",
    "->",
    "/*",
    "POST /v1/payments",
    "word",
    "$ref",
    "<b>",
    "(x)",
    "\\\"\\\"\\\"",
    "\xc2\x85",
    "\xe2\x80\xa8",
    "\\n\\n",
    " \\n",
    "\\n ",
};

static void add_string(struct text *text) {
    add(text, "\"");
    for (uint32_t left = below(5); left; left--)
        add(text, PICK(pieces));
    add(text, "\"");
}

/* Of several lines. Backslashes and quotes are themselves here. */
static void add_block_text(struct text *text) {
    static const char *const lines[] = {
        "plain words", "  indented", "",         "# no comment", "- no list",
        "key: value",  "trailing  ", "\ttabbed", "'\"\\",        "\xc3\xa9\xe4\xb8\xad",
        "---",         "...",        "   ",      "\xc2\x85",     "\xef\xbb\xbf",
    };
    add(text, "\"\"\"\n");
    for (uint32_t left = 1 + below(5); left; left--) {
        add(text, "    ");
        add(text, PICK(lines));
        add(text, "\n");
    }
    add(text, "    \"\"\"");
}

static void add_text(struct text *text, bool lines) {
    if (lines && one_in(3))
        add_block_text(text);
    else
        add_string(text);
}

static void maybe_comment(struct text *text) {
    static const char *const comments[] = {
        "# why\n",
        "\n# a remark: [with] \"signs\" # and more\n",
        "\n",
        "# one\n# two\n\n",
        "#\xc2\x85 key: value\n",
        "# \xe2\x80\xa8\xef\xbb\xbf\n",
    };
    if (one_in(5))
        add(text, PICK(comments));
}

/* Ends a line after an attribute or a declaration. */
static void end_line(struct text *text) {
    add(text, one_in(12) ? " # behind\n" : "\n");
}

struct fact {
    const char *name, *values[3];
};

static const struct fact flow_facts[] = {{"protocol", {"https", "tls", "http"}},
                                         {"auth", {"jwt", "none", "mtls"}},
                                         {"carries", {"[file, html]", "[]", "command"}},
                                         {"initiator", {"target", "source", "target"}},
                                         {"signed", {"yes", "no", "yes"}}};
static const struct fact process_facts[] = {{"kind", {"api", "worker", "unheard_of"}},
                                            {"logs", {"central", "local", "none"}},
                                            {"parses", {"[xml, \"two words\"]", "json", "[null]"}},
                                            {"runs_as", {"root", "user", "sandbox"}}};
static const struct fact store_facts[] = {{"kind", {"sql", "log", "file"}},
                                          {"encrypted", {"yes", "no", "yes"}},
                                          {"access", {"public", "least_privilege", "public"}}};
static const struct fact external_facts[] = {{"kind", {"browser", "person", "device"}},
                                             {"authenticated_by", {"mfa", "none", "oidc"}}};
static const struct fact boundary_facts[] = {{"kind", {"network", "identity", "account"}},
                                             {"trust", {"0", "5", "9"}}};
static const struct fact asset_facts[] = {{"confidentiality", {"low", "high", "none"}},
                                          {"integrity", {"critical", "medium", "low"}}};

static void add_facts(struct text *text, const struct fact *facts, uint32_t count) {
    for (uint32_t i = 0; i < count; i++) {
        if (one_in(2))
            continue;
        maybe_comment(text);
        add(text, facts[i].name);
        add(text, ": ");
        add(text, facts[i].values[below(3)]);
        end_line(text);
    }
}

/* Attributes that any declaration takes. */
static void add_notes(struct text *text) {
    static const char *const texts[] = {"about", "owner", "link"};
    for (uint32_t i = 0; i < COUNT(texts); i++) {
        if (!one_in(4))
            continue;
        maybe_comment(text);
        add(text, texts[i]);
        add(text, ": ");
        add_text(text, true);
        end_line(text);
    }
    if (one_in(6)) {
        add(text, "tags: [1, yes, 2027-01-31, # why\n @odd, \"a, b\", null, ");
        add_string(text);
        add(text, one_in(2)
                      ? ", a_long_word_one, a_long_word_two, a_long_word_three, a_long_word]\n"
                      : "]\n");
    }
}

/* The number of declarations of each kind, and their places. */
struct plan {
    uint32_t boundaries, elements, flows, assets;
    uint32_t around[12];    /* of a boundary: its parent, by number; itself: none */
    uint32_t place[24];     /* of an element; `boundaries`: outside of all */
    bool written_in[2][24]; /* inside of its block, else by `in:` */
    uint32_t order[24];     /* elements as they are declared */
};

static const char *kind_of(uint32_t element) {
    static const char *const kinds[] = {"process", "external", "store", "actor", "process"};
    return kinds[element % COUNT(kinds)];
}

static void make_plan(struct plan *plan) {
    *plan = (struct plan){.boundaries = below(8), .elements = 1 + below(20), .assets = below(4)};
    plan->flows = below(20);
    for (uint32_t i = 0; i < plan->boundaries; i++) {
        plan->around[i] = i && !one_in(3) ? below(i) : i;
        plan->written_in[0][i] = !one_in(4);
    }
    for (uint32_t i = 0; i < plan->elements; i++) {
        plan->place[i] = below(plan->boundaries + 1);
        plan->written_in[1][i] = !one_in(4);
        plan->order[i] = i;
    }
    for (uint32_t i = 0; i < plan->elements && one_in(2); i++) {
        uint32_t other = below(plan->elements), kept = plan->order[i];
        plan->order[i] = plan->order[other];
        plan->order[other] = kept;
    }
}

static void add_in(struct text *text, uint32_t boundary) {
    maybe_comment(text);
    add_number(text, "in: b", boundary);
    end_line(text);
}

static void add_data(struct text *text, const struct plan *plan) {
    if (plan->assets && one_in(3)) {
        add_number(text, "data: [a", below(plan->assets));
        add(text, "]\n");
    }
}

static void add_evidence(struct text *text, const char *fact) {
    maybe_comment(text);
    add(text, "evidence {\n");
    maybe_comment(text);
    add(text, fact);
    add(text, ": ");
    add_string(text);
    end_line(text);
    maybe_comment(text);
    add(text, "}\n");
}

static void add_label(struct text *text) {
    if (!one_in(5)) {
        add(text, " ");
        add_text(text, one_in(4));
    }
}

static void add_element(struct text *text, const struct plan *plan, uint32_t element, bool inside) {
    const char *kind = kind_of(element);
    maybe_comment(text);
    add(text, kind);
    add_number(text, " e", element);
    add_label(text);
    bool placed = plan->place[element] < plan->boundaries;
    if (one_in(4) && (inside || !placed)) {
        end_line(text);
        return;
    }
    add(text, one_in(8) ? " { # at the brace\n" : " {\n");
    if (placed && (!inside || one_in(8)))
        add_in(text, plan->place[element]);
    if (*kind == 'p')
        add_facts(text, process_facts, COUNT(process_facts));
    else if (*kind == 's')
        add_facts(text, store_facts, COUNT(store_facts));
    else
        add_facts(text, external_facts, COUNT(external_facts));
    if (*kind == 'p' || *kind == 's')
        add_data(text, plan);
    add_notes(text);
    if (*kind == 'p' && one_in(4))
        add_evidence(text, "logs");
    maybe_comment(text);
    add(text, "}");
    end_line(text);
}

/* With the boundaries and elements that are written inside of it, in any order. */
static void add_boundary(struct text *text, const struct plan *plan, uint32_t boundary,
                         bool inside) {
    maybe_comment(text);
    add_number(text, "boundary b", boundary);
    add_label(text);
    add(text, " {\n");
    add_facts(text, boundary_facts, COUNT(boundary_facts));
    if (plan->around[boundary] != boundary && !inside)
        add_in(text, plan->around[boundary]);
    add_notes(text);
    bool boundaries_first = one_in(2);
    for (int turn = 0; turn < 2; turn++) {
        if (boundaries_first == (turn == 0)) {
            for (uint32_t i = boundary + 1; i < plan->boundaries; i++)
                if (plan->around[i] == boundary && plan->written_in[0][i])
                    add_boundary(text, plan, i, true);
        } else {
            for (uint32_t i = 0; i < plan->elements; i++) {
                uint32_t element = plan->order[i];
                if (plan->place[element] == boundary && plan->written_in[1][element])
                    add_element(text, plan, element, true);
            }
        }
    }
    maybe_comment(text);
    add(text, "}");
    end_line(text);
}

static void add_places(struct text *text, const struct plan *plan, bool boundaries) {
    for (uint32_t i = 0; boundaries && i < plan->boundaries; i++)
        if (plan->around[i] == i || !plan->written_in[0][i])
            add_boundary(text, plan, i, false);
    for (uint32_t i = 0; !boundaries && i < plan->elements; i++) {
        uint32_t element = plan->order[i];
        if (plan->place[element] == plan->boundaries || !plan->written_in[1][element])
            add_element(text, plan, element, false);
    }
}

/* Named, and some unnamed with ends of their own. */
static void add_flows(struct text *text, const struct plan *plan) {
    for (uint32_t i = 0; i < plan->flows; i++) {
        bool unnamed = i < plan->elements && one_in(3);
        maybe_comment(text);
        if (!unnamed)
            add_number(text, one_in(20) ? "flow true" : "flow f", i);
        add_number(text, unnamed ? "e" : " = e", unnamed ? i : below(plan->elements));
        add_number(text, " -> e", below(plan->elements));
        if (!one_in(4)) {
            add(text, " : ");
            add_text(text, false);
        }
        if (one_in(3)) {
            end_line(text);
            continue;
        }
        add(text, " {\n");
        add_facts(text, flow_facts, COUNT(flow_facts));
        add_data(text, plan);
        add_notes(text);
        add(text, "}");
        end_line(text);
    }
}

static void add_assets(struct text *text, const struct plan *plan) {
    for (uint32_t i = 0; i < plan->assets; i++) {
        maybe_comment(text);
        add_number(text, "asset a", i);
        add_label(text);
        add(text, " {\n");
        add_facts(text, asset_facts, COUNT(asset_facts));
        add_notes(text);
        add(text, "}\n");
    }
}

static void add_system(struct text *text) {
    maybe_comment(text);
    add(text, one_in(2) ? "model" : "model system");
    add(text, " ");
    add_string(text);
    add(text, " {\nauthors: [\"1\", ana, ");
    add_string(text);
    add(text, "]\n");
    add_notes(text);
    add(text, "}\n");
}

struct text random_model(uint64_t number) {
    struct plan plan;
    struct text text = {0};
    seed = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
    below(1);
    make_plan(&plan);
    bool boundaries_first = one_in(2), flows_first = one_in(4);
    add(&text, one_in(10) ? "\xef\xbb\xbf" : "");
    if (!one_in(5))
        add_system(&text);
    if (flows_first)
        add_flows(&text, &plan);
    add_places(&text, &plan, boundaries_first);
    add_assets(&text, &plan);
    add_places(&text, &plan, !boundaries_first);
    if (!flows_first)
        add_flows(&text, &plan);
    maybe_comment(&text);
    return text;
}

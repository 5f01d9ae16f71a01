/* Texts of strangers in every field of a model, a rule pack and the name of a file: each blank and
 * each character that nobody can see, with something after it that begins a block, a formula, a
 * link or a mention. Every output must have the shape that it has with harmless texts, as GitHub's
 * own parser, a CSV reader and a JSON reader see it. With SLOW=1 each character stands before each
 * text in each field. */
// SPDX-License-Identifier: MIT
#include "base/text.h"
#include "sharing.h"
#include "support.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <ctype.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const payloads[] = {
    "# x",          "### x",    "> x",         "- x",
    "* x",          "+ x",      "1. x",        "2) x",
    "```",          "~~~ x",    "| x | y |",   "|---|",
    "<!-- x",       "--> x",    "<b>x</b>",    "[x](y)",
    "[x]: y",       "![x](y)",  "[^1]: x",     "- [ ] x",
    "---",          "===",      "***",         "    x",
    "__x__",        "~~x~~",    "$x$",         "&lt;b&gt;",
    "<br>",         "\\# x",    "=1+1",        "+1",
    "-1",           "@SUM(A1)", "|calc",       "%x",
    "\"=1",         "a;=1",     "a; \"+1",     "\uff1d1",
    "\uff20x",      "'=1",      "@name",       "a@name",
    "o/r@deadbeef", "#12",      "o/r#12",      "fixes #1",
    "GH-1",         "gl-12",    "deadbeef",    "0123456789012345678901234567890123456789",
    "https://x.y",  "www.x.y",  "a@b.example", ":tada:",
    ":100:",        "a:+1:b",   "/close",      "!12",
    "%12",          "&12",      "~name",       "[work_item:1]",
};

static const int32_t listed[] = {
#define RANGE(first, last, class) first,
#include "base/characters.def"
#undef RANGE
};

/* ---- a model whose every text is one of ours --------------------------------------------- */

/* Texts in turn: character and payload, or "x" where nothing is to happen. */
struct texts {
    struct text *out;
    int32_t character; /* -1: none */
    size_t next;
    bool harmless;
};

static void put(struct text *out, const char *text) {
    text_add(out, text, strlen(text));
}

static void put_character(struct text *out, int32_t character) {
    char *escape = format("\\u{%X}", (unsigned)character);
    put(out, escape);
    free(escape);
}

/* The next text between quotes, with all but letters and digits as escapes. */
static void put_text(struct texts *texts) {
    const char *at = payloads[texts->next++ % COUNT(payloads)], *end = at + strlen(at);
    put(texts->out, "\"");
    if (texts->harmless) {
        put(texts->out, "x\"");
        return;
    }
    if (texts->character >= 0)
        put_character(texts->out, texts->character);
    while (at < end)
        put_character(texts->out, utf8_next(&at, end));
    put(texts->out, "\"");
}

/* Each % of the pattern is a text. */
static void put_pattern(struct texts *texts, const char *pattern) {
    for (const char *hole; (hole = strchr(pattern, '%')); pattern = hole + 1) {
        text_add(texts->out, pattern, (size_t)(hole - pattern));
        put_text(texts);
    }
    put(texts->out, pattern);
}

static const char model_pattern[] =
    "model m % { owner: %; authors: [%, %]; about: %; link: \"https://a.example\" }\n"
    "asset card % { confidentiality: high; about: %; owner: % }\n"
    "asset log % { about: % }\n"
    "adversary outsider % { about: % }\n"
    "assumption quiet % { about: % }\n"
    "actor u % { about: %; surface: % }\n"
    "external e % { kind: service; about: %; out_of_scope: % }\n"
    "boundary b % { kind: network; about: %\n"
    "  process p % { kind: api; logs: local; about: %; surface: %; data: [card]\n"
    "    evidence { logs: % } }\n"
    "  store s % { kind: sql; about: % }\n"
    "}\n"
    "boundary gone % { out_of_scope: %; process q % { kind: api } }\n"
    "boundary signed_in % { kind: identity }\n"
    "flow one = u -> p : % { protocol: https; data: [card, log]; accepts: %; about: % }\n"
    "flow two = p -> s : % { carries: [query]; about: % }\n"
    "flow three = p -> e : % { protocol: http }\n"
    "flow four = u -> q : % { auth: session }\n"
    "crossing j % { at: p; into: signed_in; from: jwt; to: session; about: % }\n"
    "view v % { include: [p, s] }\n";

static const char triage_pattern[] =
    "threat T-1 % { candidate: T@two/altered_on_way; scenario: %; because: %; by: [outsider]\n"
    "  likelihood: 4; impact: 4; priority: low; priority_reason: %; note: %; author: % }\n"
    "threat T-2 % { category: S; on: p; scenario: % }\n"
    "mitigation fix % { for: [T-1]; state: partial; type: preventive; effort: low; note: %\n"
    "  owner: %; ticket: %; code: %; test: %; refs: [%, %] }\n"
    "dismiss I@two { reason: %; code: by_design; owner: %; review: 2027-01-31 }\n"
    "risk stays % { for: [T-1]; decision: accepted; because: %; compensating: %; owner: % }\n"
    "baseline { patterns: [D@p/exhausted]; note: % }\n"
    "review first { by: %; on: 2026-11-20; verdict: failed; notes: % }\n";

static const char rule_pattern[] = "rule own% % {\n  category: T\n  on: process\n"
                                   "  when ( kind is api )\n  unless ( validates_input )\n"
                                   "  ask: %\n  scenario: %\n  mitigation: %\n  cwe: [CWE-20]\n"
                                   "  hit \"one\" { process a { kind: api } }\n"
                                   "  miss \"none\" { process a { kind: web } }\n}\n";

/* ---- compiling --------------------------------------------------------------------------- */

struct outputs {
    struct text of[8];
};
static const char *const formats[] = {"markdown", "csv",     "json", "text",
                                      "html",     "mermaid", "dot",  "sarif"};
enum { MARKDOWN, CSV, JSON, TEXT, HTML };

static void must(stridec *compilation, stridec_status status) {
    struct text said = {0};
    if (status == STRIDEC_OK)
        return;
    stridec_print_diagnostics(compilation, false, text_take, &said);
    fail_msg("%s\n%s", stridec_status_text(status), said.at ? said.at : "");
}

enum written_file { MODEL_FILE, TRIAGE_FILE, RULES_FILE };

static struct text written(size_t shift, int32_t character, bool harmless, enum written_file file,
                           size_t rule_count) {
    struct text out = {0};
    struct texts texts = {&out, character, shift, harmless};
    if (file != RULES_FILE) {
        put_pattern(&texts, file == MODEL_FILE ? model_pattern : triage_pattern);
        return out;
    }
    for (size_t i = 0; i < rule_count; i++) {
        char *head = format("rule own%zu ", i);
        put(&out, head);
        put_pattern(&texts, strchr(rule_pattern, '%') + 2);
        free(head);
    }
    return out;
}

static void free_outputs(struct outputs *outputs) {
    for (size_t i = 0; i < COUNT(formats); i++)
        free(outputs->of[i].at);
}

/* The decisions beside the model. */
static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct text *triage = context;
    (void)path;
    take(taker, triage->at, triage->length);
    return STRIDEC_LOADED;
}

/* The model and its decisions with these texts, and a rule with harmless ones; or the other way
 * round, with a rule for each text. */
static struct outputs outputs_of(size_t shift, int32_t character, bool harmless, bool in_rules) {
    struct outputs outputs = {0};
    struct text model = written(shift, character, harmless || in_rules, MODEL_FILE, 0);
    struct text triage = written(shift, character, harmless || in_rules, TRIAGE_FILE, 0);
    struct text rules = written(shift, character, harmless || !in_rules, RULES_FILE,
                                in_rules ? COUNT(payloads) : 1);
    struct text name = {0};
    const stridec_config config = {.size = sizeof config,
                                   .pack = built_in_pack(),
                                   .load = load,
                                   .load_context = &triage,
                                   .decisions = true};
    stridec *compilation = stridec_new(&config);
    for (size_t i = 0; i < 5 && !harmless && character > 0; i++) {
        char bytes[4];
        text_add(&name, bytes, utf8_put(bytes, character));
        put(&name, payloads[(shift + i) % COUNT(payloads)]);
    }
    stridec_output output = {
        .size = sizeof output, .all = true, .width = 200, .model_name = name.at ? name.at : "x"};
    output.layout = "/none"; /* the page is there without its picture as well */
    must(compilation, stridec_add_rules(compilation, "own.rules.dfd", rules.at, rules.length));
    must(compilation, stridec_compile(compilation, "m.dfd", model.at, model.length));
    for (size_t i = 0; i < COUNT(formats); i++) {
        stridec_status status =
            stridec_emit(compilation, formats[i], &output, text_take, &outputs.of[i]);
        must(compilation, i == HTML && status == STRIDEC_NO_PICTURE ? STRIDEC_OK : status);
    }
    assert_non_null(strstr(outputs.of[MARKDOWN].at, "threat-T-1"));
    stridec_free(compilation);
    free(model.at);
    free(triage.at);
    free(rules.at);
    free(name.at);
    return outputs;
}

/* ---- what no output has ------------------------------------------------------------------ */

/* No blank but the plain one and line ends, nothing that hides. In DOT we write U+2060 ourselves,
 * where Graphviz would read an entity. */
static void check_characters(const char *format, struct text text) {
    const char *at = text.at, *end = text.at + text.length;
    for (int32_t before = -1, c; at < end; before = c) {
        const char *start = at, *next;
        if ((*at >= ' ' && *at <= '~') || *at == '\n') { /* most of them, and none is hidden */
            c = *at++;
            continue;
        }
        c = utf8_next(&at, end);
        next = at;
        int32_t after = next < end ? utf8_next(&next, end) : -1;
        bool blank = character_is_blank(c) && c != ' ' && c != '\n' && c != '\r';
        if (c == 0x2060 && !strcmp(format, "dot"))
            continue;
        if (c < 0 || blank || character_is_hidden_between(before, c, after))
            fail_msg("%s has U+%04X: %.80s", format, (unsigned)c,
                     start > text.at + 20 ? start - 20 : start);
    }
}

/* ---- Markdown ---------------------------------------------------------------------------- */

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static bool is_commit(const char *at) {
    size_t length = strspn(at, "0123456789abcdefABCDEF");
    bool letters = strcspn(at, "abcdefABCDEF") < length;
    return length >= 7 && !is_word(at[length]) && (letters || length == 40);
}

static bool is_emoji(const char *at) {
    size_t length = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz0123456789_+-");
    bool clock = strspn(at + 1, "0123456789") == length && length < 3;
    return *at == ':' && length && at[1 + length] == ':' && !clock;
}

/* Checks that GitHub and GitLab make nothing of a piece of text after Markdown was read. */
static void check_inert(const char *text) {
    for (const char *at = text; *at; at++) {
        bool first = at == text || !is_word(at[-1]);
        bool digit = isdigit((unsigned char)at[1]), hex = isxdigit((unsigned char)*at);
        bool issue = first && at[0] && at[1] && at[2] == '-' &&
                     (!strncmp(at, "GH-", 3) || !strncmp(at, "gl-", 3)) &&
                     isdigit((unsigned char)at[3]);
        if ((*at == '@' && is_word(at[1])) || (*at == '#' && digit) || issue ||
            (*at == ':' && (is_emoji(at) || !strncmp(at, "://", 3))) ||
            (first && hex && is_commit(at)))
            fail_msg("a host reads %.60s in: %s", at, text);
    }
}

/* The blocks and the markup of a document, without its words. */
static void put_shape(struct text *shape, cmark_node *node) {
    const char *type = cmark_node_get_type_string(node), *html = cmark_node_get_literal(node);
    if (!strcmp(type, "text") || !strcmp(type, "softbreak") || !strcmp(type, "code"))
        return;
    put(shape, type);
    if (!strcmp(type, "html_inline"))
        put(shape, html);
    if (!strcmp(type, "link"))
        put(shape, cmark_node_get_url(node));
    put(shape, "\n");
}

static cmark_node *read_markdown(struct text text) {
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < COUNT(extensions); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, text.at, text.length);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    cmark_consolidate_text_nodes(document);
    return document;
}

/* Comments that keep text apart are no markup, nor are the ends of code. */
static bool is_apart(cmark_node *node) {
    static const char *const own[] = {"<!-- -->", "<code>", "</code>"};
    bool apart = false;
    for (size_t i = 0; i < COUNT(own); i++)
        apart |= !strcmp(cmark_node_get_type_string(node), "html_inline") &&
                 !strcmp(cmark_node_get_literal(node), own[i]);
    return apart;
}

static bool is_in_code(cmark_node *node) {
    cmark_node *before = cmark_node_previous(node);
    const char *html = before ? cmark_node_get_literal(before) : NULL;
    return html && !strcmp(html, "<code>");
}

static struct text shape_of(struct text markdown) {
    struct text shape = {0};
    cmark_node *document = read_markdown(markdown);
    cmark_iter *iter = cmark_iter_new(document);
    for (cmark_event_type event; (event = cmark_iter_next(iter)) != CMARK_EVENT_DONE;) {
        cmark_node *node = cmark_iter_get_node(iter);
        if (event != CMARK_EVENT_ENTER || is_apart(node))
            continue;
        if (!strcmp(cmark_node_get_type_string(node), "text") && !is_in_code(node))
            check_inert(cmark_node_get_literal(node));
        put_shape(&shape, node);
    }
    cmark_iter_free(iter);
    cmark_node_free(document);
    return shape;
}

/* What stands a little before the first difference, in each; NULL: they are equal. */
static const char *first_difference(struct text a, struct text b, size_t before,
                                    const char **other) {
    size_t i = 0;
    while (i < a.length && i < b.length && a.at[i] == b.at[i])
        i++;
    *other = b.at + (i < before ? 0 : i - before);
    return i < a.length || i < b.length ? a.at + (i < before ? 0 : i - before) : NULL;
}

static void check_same_shape(struct text expected, struct text actual) {
    struct text shape = shape_of(actual);
    const char *here, *there = first_difference(expected, shape, 10, &here);
    if (there)
        fail_msg("a text became markup: %.60s instead of %.60s in\n%s", here, there, actual.at);
    if (strstr(actual.at, "\n/"))
        fail_msg("a line begins with a command: %.60s", strstr(actual.at, "\n/"));
    free(shape.at);
}

/* ---- CSV --------------------------------------------------------------------------------- */

static bool calculates(const char *at) {
    static const char *const wide[] = {"\uff1d", "\uff0b", "\uff0d", "\uff20"};
    for (size_t i = 0; i < COUNT(wide); i++)
        if (!strncmp(at, wide[i], strlen(wide[i])))
            return true;
    return *at && strchr("=+-@%|\t\r", *at);
}

/* The number of cells, each checked, for a program that reads commas. */
static size_t count_cells(const char *at) {
    size_t cells = 0;
    while (*at) {
        bool quoted = *at == '"';
        at += quoted;
        if (calculates(at + strspn(at, " ")) && !(!quoted && *at == '\r'))
            fail_msg("a formula: %.60s", at);
        while (*at && (quoted ? *at != '"' || at[1] == '"' : !strchr(",\r", *at)))
            at += quoted && *at == '"' ? 2 : 1;
        at += quoted;
        cells++;
        at += *at == '\r' ? 2 : *at == ',';
    }
    return cells;
}

/* The same for a program that takes semicolons, and skips quotes and blanks. */
static void check_semicolons(const char *text) {
    for (const char *at = text; (at = strchr(at, ';')); at++)
        if (calculates(at + 1 + strspn(at + 1, " \"")))
            fail_msg("a formula after a semicolon: %.60s", at);
}

/* ---- HTML -------------------------------------------------------------------------------- */

/* Past the end of what a browser reads as a script or a style, which are ours. */
static const char *skip_own(const char *at, const char *name) {
    char *end = format("</%s>", name);
    const char *found = strstr(at, end);
    assert_non_null(found);
    free(end);
    return found;
}

static bool begins_reference(const char *at) {
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (size_t i = 0; i < COUNT(known); i++)
        if (strncmp(at, known[i], strlen(known[i])) == 0)
            return true;
    return false;
}

/* The tags with the names of their attributes; a quote, a bracket or an ampersand of somebody else
 * stands nowhere as it is. */
static struct text tags_of(struct text html) {
    struct text tags = {.at = malloc(html.length + 1)};
    bool in_tag = false;
    assert_non_null(tags.at);
    for (const char *at = html.at; *at; at++) {
        if (!in_tag && *at != '<') {
            if (strchr(">\"'", *at) || (*at == '&' && !begins_reference(at)))
                fail_msg("in a text of HTML: %.60s", at > html.at + 20 ? at - 20 : at);
            continue;
        }
        bool opens = *at == '<';
        if (opens &&
            (!strncmp(at, "<code>", 6) || !strncmp(at, "</code>", 7))) { /* `x` of a text is code */
            at += strcspn(at, ">");
            continue;
        }
        tags.at[tags.length++] = *at;
        in_tag = *at != '>';
        if (in_tag && *at == '"')
            tags.at[tags.length++] = *(at += 1 + strcspn(at + 1, "\"<>"));
        if (opens && (!strncmp(at, "<script>", 8) || !strncmp(at, "<style>", 7))) {
            at = skip_own(at, at[2] == 'c' ? "script" : "style") - 1;
            in_tag = false;
        }
    }
    tags.at[tags.length] = '\0';
    return tags;
}

static void check_same_tags(struct text expected, struct text actual) {
    struct text tags = tags_of(actual);
    const char *here, *there = first_difference(expected, tags, 30, &here);
    if (there)
        fail_msg("a text became a tag: %.60s instead of %.60s", here, there);
    free(tags.at);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static void check_label(const json_t *root, const char *list, size_t index, const char *payload,
                        int32_t character) {
    struct text expected = {0};
    char bytes[4];
    if (character >= 0)
        text_add(&expected, bytes, utf8_put(bytes, character));
    put(&expected, payload);
    const json_t *member = json_array_get(json_object_get(root, list), index);
    assert_string_equal(json_string_value(json_object_get(member, "label")), expected.at);
    free(expected.at);
}

/* Nothing of a text is lost: the first text is the model's, six follow, then that of the asset. */
static void check_json(struct text text, size_t shift, int32_t character) {
    json_t *root = json_loadb(text.at, text.length, JSON_REJECT_DUPLICATES, NULL);
    assert_non_null(root);
    check_label(root, "assets", 0, payloads[(shift + 5) % COUNT(payloads)], character);
    json_decref(root);
}

/* ---- all of it --------------------------------------------------------------------------- */

/* What the outputs of harmless texts look like. */
struct looks {
    struct text shape, tags;
    size_t cells;
};

static void check_outputs(const struct looks *harmless, size_t shift, int32_t character,
                          bool in_rules) {
    struct outputs outputs = outputs_of(shift, character, false, in_rules);
    for (size_t i = 0; i < COUNT(formats); i++)
        check_characters(formats[i], outputs.of[i]);
    check_same_shape(harmless->shape, outputs.of[MARKDOWN]);
    check_same_tags(harmless->tags, outputs.of[HTML]);
    assert_int_equal(count_cells(outputs.of[CSV].at), harmless->cells);
    check_semicolons(outputs.of[CSV].at);
    if (!in_rules)
        check_json(outputs.of[JSON], shift, character);
    free_outputs(&outputs);
}

/* Each text in each field; each character before each text, or before as many as there are fields.
 */
static void texts_stay_texts(bool in_rules) {
    struct outputs outputs = outputs_of(0, -1, true, in_rules);
    const struct looks harmless = {shape_of(outputs.of[MARKDOWN]), tags_of(outputs.of[HTML]),
                                   count_cells(outputs.of[CSV].at)};
    size_t shifts = getenv("SLOW") ? COUNT(payloads) : 1;
    for (size_t shift = 0; shift < COUNT(payloads); shift++)
        check_outputs(&harmless, shift, -1, in_rules);
    for (size_t i = 0; i < COUNT(listed); i++)
        for (size_t k = 0; k < shifts && listed[i] >= '\t'; k++)
            check_outputs(&harmless, (7 * i + k) % COUNT(payloads), listed[i], in_rules);
    free(harmless.shape.at);
    free(harmless.tags.at);
    free_outputs(&outputs);
}

static void texts_of_a_model_stay_texts(void **state) {
    (void)state;
    texts_stay_texts(false);
}

static void texts_of_a_rule_pack_stay_texts(void **state) {
    (void)state;
    texts_stay_texts(true);
}

/* ---- reports for hosts ------------------------------------------------------------------- */

/* A report whose paths and messages are texts of ours. The last of the two files is not there. */
static stridec_report *report_of(const char *text) {
    const stridec_report_config config = {
        .size = sizeof config, .root = "/r", .folder = "/r", .link = "https://git.example"};
    stridec_report *report = stridec_report_new(&config);
    char *path = format("a%s.dfd", text), *gone = format("%s/gone.dfd", text);
    struct text model = {0};
    put(&model, "process p { kind: \"");
    for (const char *at = text, *end = text + strlen(text); at < end;)
        put_character(&model, utf8_next(&at, end));
    put(&model, "\" }\nstore s { kind: sql }\np -> s\nfoo bar\n");
    stridec *compilation = sharing_new();
    stridec_compile(compilation, path, model.at, model.length);
    assert_int_equal(stridec_report_add(report, compilation, path), STRIDEC_OK);
    assert_int_equal(stridec_report_problem(report, gone, text), STRIDEC_OK);
    stridec_free(compilation);
    free(model.at);
    free(path);
    free(gone);
    return report;
}

/* What a runner or an XML reader makes of each line: its first word, and where tags are. */
static struct text outline_of(const struct text *out, bool is_xml) {
    struct text outline = {0};
    for (const char *at = out->at; *at; at += strcspn(at, "\n"), at += *at == '\n') {
        size_t length = strcspn(at, "\n");
        text_add(&outline, at, strcspn(at, is_xml ? " >" : " "));
        for (size_t i = 0; i < length && is_xml; i++)
            if (strchr("<>\"", at[i]))
                text_add(&outline, at + i, 1);
        put(&outline, "\n");
    }
    return outline;
}

static void check_report(const char *name, const struct text *harmless, const struct text *out) {
    bool is_json = strchr("[{", *out->at) != NULL;
    check_characters(name, *out);
    if (is_json) {
        json_t *root = json_loadb(out->at, out->length, JSON_REJECT_DUPLICATES, NULL);
        assert_non_null(root);
        json_decref(root);
    } else if (strcmp(name, "text") != 0) {
        bool is_xml = *out->at == '<';
        struct text a = outline_of(harmless, is_xml), b = outline_of(out, is_xml);
        if (strcmp(a.at, b.at) != 0)
            fail_msg("%s has another shape: %s\n%s\n%s", name, out->at, a.at, b.at);
        free(a.at);
        free(b.at);
    }
    for (const char *at = out->at; (at = strstr(at, "##")); at++)
        assert_true(at[2 + strspn(at + 2, "abcdefghijklmnopqrstuvwxyz")] != '[');
}

static void check_reports(struct text *harmless, const char *text) {
    stridec_report *report = report_of(text);
    stridec_report_format info = {.size = sizeof info};
    for (size_t i = 0; stridec_report_format_at(i, &info); i++) {
        struct text out = {0};
        assert_int_equal(stridec_report_write(report, info.name, text_take, &out), STRIDEC_OK);
        if (!harmless[i].at)
            harmless[i] = out;
        else
            check_report(info.name, &harmless[i], &out);
        if (harmless[i].at != out.at)
            free(out.at);
    }
    stridec_report_free(report);
}

static void texts_in_reports_stay_texts(void **state) {
    static const char *const commands[] = {
        "::error::x",    "\n::error::x", "\r\n::set-env name=x::y",
        "%0A::error::x", "##[error]x",   "x,line=9::y",
        "]]>",           "</failure>",   "\" x=\"y",
        "](https://x)"};
    struct text harmless[16] = {{0}};
    (void)state;
    check_reports(harmless, "x");
    for (size_t i = 0; i < COUNT(commands); i++)
        check_reports(harmless, commands[i]);
    for (size_t i = 0; i < COUNT(payloads); i++)
        check_reports(harmless, payloads[i]);
    for (size_t i = 0; i < COUNT(listed); i++) {
        struct text text = {0};
        char bytes[4];
        text_add(&text, bytes, listed[i] ? utf8_put(bytes, listed[i]) : 0);
        put(&text, commands[i % COUNT(commands)]);
        check_reports(harmless, text.at);
        free(text.at);
    }
    for (size_t i = 0; i < COUNT(harmless); i++)
        free(harmless[i].at);
}

/* A picture needs the layout program; its texts are looked at in DOT and by tests/geometry.c. */
static void every_format_is_tried(void **state) {
    (void)state;
    stridec_format_info info = {.size = sizeof info};
    for (size_t i = 0; stridec_format_at(i, &info); i++) {
        bool tried = strcmp(info.name, "svg") == 0;
        for (size_t j = 0; j < COUNT(formats); j++)
            tried |= strcmp(info.name, formats[j]) == 0;
        if (!tried)
            fail_msg("add %s to the formats above", info.name);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_format_is_tried),
        cmocka_unit_test(texts_of_a_model_stay_texts),
        cmocka_unit_test(texts_of_a_rule_pack_stay_texts),
        cmocka_unit_test(texts_in_reports_stay_texts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

/* The outputs agree: text, CSV, JSON, the document, the page and `explain` have the same rows with
 * the same tier, state, score and question, and count them alike. Tried on every model of this
 * repository and on random ones: 30, or with SLOW=1 six hundred. */
// SPDX-License-Identifier: MIT
#include "csv_cell.h"
#include "emit/emit.h"
#include "models/random_model.h"
#include "sharing.h"
#include "support.h"

#include <ctype.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define EXPLAINED 3 /* rows of each model that are explained */

struct outputs {
    const char *where;
    struct text text, csv, json, markdown, html;
    stridec *compilation;
    const char *at; /* the next line of what is read from top to bottom */
    size_t shown;
};

struct line {
    char *id, *state, *question;
    json_t *patterns;
    const char *pattern; /* which asks it, or "" */
    int tier, score;
    int asked_score; /* of the pattern that asks */
    bool asks;
    bool bare; /* no question is pending */
};

/* ---- what is compared -------------------------------------------------------------------- */

static bool take_bytes(void *context, const char *at, size_t length) {
    return text_take(context, at, length);
}

/* Letters and digits as a terminal would show them, without Markdown's signs: what is left of a
 * sentence when each output has written it in its own way. */
static char *bare(const char *text, size_t length, bool markdown) {
    static const char *const own[] = {"<!-- -->", "<code>", "</code>", "&lt;",
                                      "&gt;",     "&amp;",  "&quot;",  "&#39;"};
    struct text shown = {0};
    struct writer writer;
    writer_open(&writer, take_bytes, &shown);
    if (markdown)
        write_bytes(&writer, text, length);
    else
        write_terminal(&writer, (struct slice){text, length});
    writer_close(&writer);
    text_add(&shown, "", 0);
    char *to = shown.at;
    for (const char *at = shown.at; *at; at++) {
        for (size_t i = 0; markdown && (*at == '<' || *at == '&') && i < COUNT(own); i++)
            if (!strncmp(at, own[i], strlen(own[i])))
                at += strlen(own[i]), i = SIZE_MAX;
        /* A terminal shows more characters by their number than other outputs. */
        if (*at == '\\' && !strncmp(at, "\\u{", 3))
            at += strcspn(at, "}");
        if (isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80)
            *to++ = *at;
        if (!*at)
            break;
    }
    *to = 0;
    return shown.at;
}

static void check_question(const struct outputs *outputs, const char *what, const struct line *line,
                           const char *at, size_t length, bool markdown) {
    char *expected = bare(line->question, strlen(line->question), false);
    char *actual = bare(at, length, markdown);
    if (strcmp(expected, actual) != 0)
        fail_msg("%s: %s: %s asks '%.*s', the JSON '%s'", outputs->where, line->id, what,
                 (int)length, at, line->question);
    free(expected);
    free(actual);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static struct line line_of(json_t *row) {
    struct line line = {.pattern = ""};
    json_t *suggested, *pattern;
    size_t i;
    int failed = json_unpack(row, "{s:s, s:s, s:s, s:i, s:o, s:o}", "id", &line.id, "state",
                             &line.state, "question", &line.question, "tier", &line.tier,
                             "patterns", &line.patterns, "suggested", &suggested);
    assert_int_equal(failed, 0);
    line.score = (int)json_integer_value(json_object_get(suggested, "score"));
    const char *wanted = !strcmp(line.state, "open") ? "open" : "covered";
    line.bare = true;
    if (!strcmp(line.state, "answered"))
        return line; /* nothing is asked */
    json_array_foreach(line.patterns, i, pattern) {
        const char *state = json_string_value(json_object_get(pattern, "state"));
        const char *ask = json_string_value(json_object_get(pattern, "ask"));
        if (strcmp(state, wanted) != 0 || json_is_false(json_object_get(pattern, "pending")))
            continue;
        line.bare = false;
        if (line.asks || !*ask)
            continue;
        line.asks = true;
        line.pattern = json_string_value(json_object_get(pattern, "id"));
        suggested = json_object_get(pattern, "suggested");
        line.asked_score = (int)json_integer_value(json_object_get(suggested, "score"));
        assert_string_equal(ask, line.question);
    }
    return line;
}

static bool is_ranked(const struct line *line) {
    return strcmp(line->state, "out_of_scope") && strcmp(line->state, "not_applicable");
}

static int count_of(json_t *root, const char *state) {
    json_t *summary = json_object_get(root, "summary");
    return (int)json_integer_value(json_object_get(json_object_get(summary, "states"), state));
}

static int open_in(json_t *root, size_t tier) {
    json_t *summary = json_object_get(root, "summary");
    return (int)json_integer_value(
        json_array_get(json_object_get(summary, "open_by_tier"), tier - 1));
}

/* The counts of the summary are those of the rows. */
static void check_counts(struct outputs *outputs, json_t *root) {
    static const char *const states[] = {"out_of_scope", "not_applicable", "answered",
                                         "folded",       "open",           "covered"};
    int counts[COUNT(states)] = {0}, open[4] = {0};
    json_t *row;
    size_t i;
    json_array_foreach(json_object_get(root, "candidates"), i, row) {
        struct line line = line_of(row);
        for (size_t k = 0; k < COUNT(states); k++)
            counts[k] += !strcmp(line.state, states[k]);
        open[line.tier] += !strcmp(line.state, "open");
    }
    for (size_t k = 0; k < COUNT(states); k++)
        if (counts[k] != count_of(root, states[k]))
            fail_msg("%s: %d rows are %s", outputs->where, counts[k], states[k]);
    for (int tier = 1; tier <= 3; tier++) {
        assert_int_equal(open[tier], open_in(root, (size_t)tier));
        assert_int_equal((size_t)open[tier], stridec_open_rows(outputs->compilation, tier));
    }
}

/* ---- CSV --------------------------------------------------------------------------------- */

/* Moves *at past its comma or line end as well. */
static char *next_cell(const char **at) {
    char *cell = read_cell(at);
    *at += **at == '\r' ? 2 : **at == ',';
    return cell;
}

/* The pattern of a line, "S@webhook/forged_caller"; NULL where it is about the row as such. */
static json_t *pattern_of(const struct outputs *outputs, const struct line *line, const char *id) {
    size_t i, length = strlen(line->id);
    json_t *pattern;
    if (!strcmp(id, line->id))
        return NULL;
    json_array_foreach(line->patterns, i,
                       pattern) if (!strncmp(id, line->id, length) && id[length] == '/' &&
                                    !strcmp(id + length + 1, json_string_value(json_object_get(
                                                                 pattern, "id")))) return pattern;
    fail_msg("%s: CSV has a line %s where %s is due", outputs->where, id, line->id);
    return NULL;
}

/* How many lines the row has: one for each question that is asked, or else one. */
static size_t count_lines(const struct line *line) {
    size_t i, count = 0;
    json_t *pattern;
    if (!strcmp(line->state, "open") || !strcmp(line->state, "covered") ||
        !strcmp(line->state, "answered"))
        json_array_foreach(line->patterns, i, pattern) {
            const char *state = json_string_value(json_object_get(pattern, "state"));
            count += !strcmp(state, "open") || !strcmp(state, "covered") ||
                     json_object_get(pattern, "decision");
        }
    return count ? count : 1;
}

/* A question that is decided and need not be looked at again is answered. */
static const char *state_of(const json_t *pattern) {
    bool decided =
        json_object_get(pattern, "decision") && !json_is_true(json_object_get(pattern, "pending"));
    return decided ? "answered" : json_string_value(json_object_get(pattern, "state"));
}

/* Of a question that is neither open nor covered, CSV has what it would be. */
static int score_in(const struct line *line, const json_t *pattern, const char *told) {
    const json_t *suggested = json_object_get(pattern, "suggested");
    if (!pattern)
        return line->score;
    if (suggested)
        return (int)json_integer_value(json_object_get(suggested, "score"));
    const char *state = json_string_value(json_object_get(pattern, "state"));
    assert_true(strcmp(state, "open") != 0 && strcmp(state, "covered") != 0);
    return (int)strtol(told, NULL, 10);
}

static void check_csv_line(struct outputs *outputs, const struct line *line, bool first) {
    char *cells[10];
    for (size_t i = 0; i < COUNT(cells); i++)
        cells[i] = next_cell(&outputs->at);
    outputs->at = strchr(outputs->at, '\n') + 1;
    json_t *pattern = pattern_of(outputs, line, cells[0]);
    assert_int_equal(strtol(cells[4], NULL, 10), line->tier);
    assert_string_equal(cells[5], pattern ? state_of(pattern) : line->state);
    assert_int_equal(strtol(cells[6], NULL, 10), score_in(line, pattern, cells[6]));
    if (first && (line->asks || !pattern))
        check_question(outputs, "CSV", line, cells[7], strlen(cells[7]), false);
    for (size_t i = 0; i < COUNT(cells); i++)
        free(cells[i]);
}

static void check_csv(struct outputs *outputs, const struct line *line) {
    size_t count = count_lines(line);
    for (size_t i = 0; i < count; i++)
        check_csv_line(outputs, line, !i);
}

/* Behind the rows stand threats that answer no question. */
static void check_csv_threats(struct outputs *outputs, const json_t *root) {
    while (*outputs->at) {
        char *id = next_cell(&outputs->at);
        json_t *threat;
        size_t i, met = 0;
        json_array_foreach(json_object_get(root, "threats"), i, threat) met +=
            !strcmp(json_string_value(json_object_get(threat, "id")), id);
        assert_int_equal(met, 1);
        outputs->at = strchr(outputs->at, '\n') + 1;
        free(id);
    }
}

/* ---- text -------------------------------------------------------------------------------- */

/* Of a question, without the "(N more questions)" behind it. */
static size_t length_without_count(const char *question, size_t length) {
    for (size_t i = length; i > 1; i--) {
        if (strncmp(question + i - 2, " (", 2) != 0)
            continue;
        const char *rest = question + i + strspn(question + i, "0123456789");
        bool counts = !strncmp(rest, " more question", 14) && rest > question + i;
        return counts && question[length - 1] == ')' ? i - 2 : length;
    }
    return length;
}

/* The line of the row, "RANK SCORE ID  QUESTION", with "(N more questions)" where there are. */
static void check_text(struct outputs *outputs, const struct line *line) {
    if (!is_ranked(line))
        return;
    char *head = format("%zu", ++outputs->shown);
    char *at = format("%d  %s ", line->score, line->id);
    const char *found = outputs->at;
    for (; (found = strstr(found, at)); found++) {
        const char *start = found;
        while (start > outputs->text.at && start[-1] != '\n')
            start--;
        start += strspn(start, " ");
        if (!strncmp(start, head, strlen(head)) && start + strlen(head) < found)
            break;
    }
    if (!found)
        fail_msg("%s: no line of rank %s for %s", outputs->where, head, line->id);
    const char *question = found + strlen(at);
    size_t length = strcspn(question, "\n");
    if (!strcmp(line->state, "open"))
        length = length_without_count(question, length);
    check_question(outputs, "text", line, question, length, false);
    outputs->at = question;
    free(head);
    free(at);
}

static const char *plural(int count) {
    return count == 1 ? "" : "s";
}

/* "8 open rows in tier 1, 2 in tier 2, 8 in tier 3; 2 covered, ..." */
static void check_text_counts(const struct outputs *outputs, json_t *root) {
    static const char *const states[][2] = {{"covered", "covered"},
                                            {"folded", "folded"},
                                            {"out_of_scope", "out of scope"},
                                            {"not_applicable", "not applicable"}};
    char *open = format("\n%d open row%s in tier 1, %d in tier 2, %d in tier 3", open_in(root, 1),
                        plural(open_in(root, 1)), open_in(root, 2), open_in(root, 3));
    const char *last = strstr(outputs->text.at, open);
    if (!last)
        fail_msg("%s: the text does not say%s", outputs->where, open);
    for (size_t i = 0; i < COUNT(states); i++) {
        char *count = format(" %d %s", count_of(root, states[i][0]), states[i][1]);
        if (!strstr(last, count) != !count_of(root, states[i][0]))
            fail_msg("%s: the text does not say%s", outputs->where, count);
        free(count);
    }
    free(open);
}

/* ---- the document ------------------------------------------------------------------------ */

static const char *must_find(const struct outputs *outputs, const char *from, const char *what) {
    const char *found = strstr(from, what);
    if (!found)
        fail_msg("%s: the document does not say %s", outputs->where, what);
    return found + strlen(what);
}

/* What follows in the same line or paragraph begins with the row's question. */
static void check_told(const struct outputs *outputs, const struct line *line, const char *at) {
    char *expected = bare(line->question, strlen(line->question), false);
    char *actual = bare(at, strcspn(at, "\n"), true);
    if (strncmp(expected, actual, strlen(expected)) != 0)
        fail_msg("%s: %s: the document asks '%.*s', the JSON '%s'", outputs->where, line->id,
                 (int)strcspn(at, "\n"), at, line->question);
    free(expected);
    free(actual);
}

/* Tier 1: "`ROW/PATTERN` SCORE: QUESTION" below the fact that settles it. */
static void check_asked(const struct outputs *outputs, const struct line *line) {
    const char *section = must_find(outputs, outputs->markdown.at, "### 11.1 ");
    char *head = format("`%s/%s` %d: ", line->id, line->pattern, line->asked_score);
    check_told(outputs, line, must_find(outputs, section, head));
    free(head);
}

/* Tiers 2 and 3: "`ROW` SCORE: QUESTION", or another row, which has asked for the same fact; then
 * the question is among those that are folded away. */
static void check_line(const struct outputs *outputs, const struct line *line) {
    char *heading = format("### 11.%d ", line->tier);
    const char *section = must_find(outputs, outputs->markdown.at, heading);
    char *head = format("\"></a>`%s` %d: ", line->id, line->score);
    const char *at = must_find(outputs, section, head);
    if (!strncmp(at, "as [`", 5)) {
        char *folded = format("\n- `%s`: ", line->id);
        at = must_find(outputs, at, folded);
        at = must_find(outputs, at, "<br>\n  ");
        free(folded);
    }
    check_told(outputs, line, at);
    free(heading);
    free(head);
}

/* What is settled: the row, or a question of it, is named in a list of its section. */
static void check_listed(const struct outputs *outputs, const struct line *line) {
    bool folded = !strcmp(line->state, "folded");
    char *name = format("`%s%s", line->id, folded ? "`" : "/");
    must_find(
        outputs,
        must_find(outputs, outputs->markdown.at,
                  folded ? "### Asked in another row" : "### Covered by what the model states"),
        name);
    free(name);
}

static void check_markdown(struct outputs *outputs, const struct line *line) {
    bool open = !strcmp(line->state, "open");
    if (!is_ranked(line) || !strcmp(line->state, "answered"))
        return;
    if (!open)
        check_listed(outputs, line);
    else if (line->asks && line->tier == 1)
        check_asked(outputs, line);
    else if (line->asks)
        check_line(outputs, line);
    outputs->shown += open && line->bare;
}

/* Rows without a question are counted before each list. */
static void check_bare_counts(const struct outputs *outputs) {
    size_t told = 0;
    const char *at = outputs->markdown.at;
    for (size_t tier = 1; tier <= 3; tier++) {
        char *heading = format("### 11.%zu ", tier);
        at = must_find(outputs, at, heading);
        const char *end = strstr(at, " row"), *paragraph = strstr(at, "\n\n");
        if (end && paragraph && end < strchr(paragraph + 2, '\n'))
            told += strtoul(paragraph, NULL, 10);
        free(heading);
    }
    assert_int_equal(told, outputs->shown);
}

static void check_markdown_counts(const struct outputs *outputs, json_t *root) {
    char *open =
        format("| To decide | **%d row%s in tier 1**, %d in tier 2, %d in tier 3 |",
               open_in(root, 1), plural(open_in(root, 1)), open_in(root, 2), open_in(root, 3));
    char *settled = format("| Settled | %d covered by the model, %d folded",
                           count_of(root, "covered"), count_of(root, "folded"));
    must_find(outputs, outputs->markdown.at, open);
    must_find(outputs, outputs->markdown.at, settled);
    for (size_t tier = 1; tier <= 3; tier++) {
        char *head = format("### 11.%zu Tier %zu: %d open", tier, tier, open_in(root, tier));
        must_find(outputs, outputs->markdown.at, head);
        free(head);
    }
    check_bare_counts(outputs);
    free(open);
    free(settled);
}

/* ---- the page ---------------------------------------------------------------------------- */

static const char article_opening[] = "<article ";

/* "not applicable" */
static char *spaced(const char *word) {
    char *copy = strdup(word);
    for (char *at = copy; *at; at++)
        *at = *at == '_' ? ' ' : *at;
    return copy;
}

/* What stands in the article behind `opening`; false: it has none. */
static bool find_in(const char *article, const char *opening, const char *closing, const char **at,
                    size_t *length) {
    *at = strstr(article, opening);
    if (!*at)
        return false;
    *at += strlen(opening);
    *length = (size_t)(strstr(*at, closing) - *at);
    return true;
}

/* The table that the script makes has what it reads here. */
static void check_article(struct outputs *outputs, const struct line *line, const char *article) {
    bool asks = strcmp(line->state, "not_applicable") && strcmp(line->state, "out_of_scope");
    char *state = spaced(line->state), *id = format("\" id=\"%s\"", line->id);
    char *class = format("class=\"about %s", line->state);
    char *stated = format("<dt>State</dt><dd>%s, tier %d%s", state, line->tier, asks ? "<" : ", ");
    char *score = format(asks ? " = %d, " : ", score %d<", line->score);
    const char *named = strstr(article, id), *question;
    size_t length;
    if (!named || strchr(article, '>') < named || !strstr(article, class) ||
        !strstr(article, stated) || !strstr(article, score))
        fail_msg("%s: the page has another row than %s, %s, tier %d, %d: %.300s", outputs->where,
                 line->id, line->state, line->tier, line->score, article);
    const char *first = strstr(article, " first\" id=");
    if (first ? find_in(first, "<h4>", "</h4>", &question, &length)
              : find_in(article, "<dt>Asked</dt><dd>", "</dd>", &question, &length))
        check_question(outputs, "the page", line, question, length, true);
    else if (!strcmp(line->state, "open") || !line->bare)
        fail_msg("%s: the page has no question of %s", outputs->where, line->id);
    free(state);
    free(id);
    free(class);
    free(stated);
    free(score);
}

static void check_page_row(struct outputs *outputs, const struct line *line) {
    const char *at = strstr(outputs->at, article_opening);
    const char *end = at ? strstr(at, "</article>") : NULL;
    if (!end)
        fail_msg("%s: the page lacks %s", outputs->where, line->id);
    char *article = strndup(at, (size_t)(end - at));
    check_article(outputs, line, article);
    outputs->at = end;
    free(article);
}

/* ---- explain ----------------------------------------------------------------------------- */

static void check_explained(struct outputs *outputs, const struct line *line) {
    if (!is_ranked(line) || outputs->shown >= EXPLAINED)
        return;
    struct text told = {0};
    outputs->shown++;
    stridec_status status = stridec_explain(outputs->compilation, line->id, text_take, &told);
    assert_int_equal(status, STRIDEC_OK);
    char *tier = format(", tier %d\n", line->tier), *score = format(" = %d", line->score);
    if (!strstr(told.at, tier) || !strstr(told.at, score))
        fail_msg("%s: explain %s has another tier or score:\n%s", outputs->where, line->id,
                 told.at);
    char *all = bare(told.at, told.length, true);
    char *question = bare(line->question, strlen(line->question), false);
    if (line->asks && !strstr(all, question))
        fail_msg("%s: explain %s does not ask %s", outputs->where, line->id, line->question);
    free(all);
    free(question);
    free(tier);
    free(score);
    free(told.at);
}

/* ---- all of them ------------------------------------------------------------------------- */

static void for_each_row(struct outputs *outputs, json_t *root, const char *from,
                         void (*check)(struct outputs *, const struct line *)) {
    json_t *row;
    size_t i;
    outputs->at = from;
    outputs->shown = 0;
    json_array_foreach(json_object_get(root, "candidates"), i, row) {
        struct line line = line_of(row);
        check(outputs, &line);
    }
}

/* The page is whole without its picture. */
static bool emit(struct outputs *outputs, const char *name, struct text *text) {
    stridec_output output = {
        .size = sizeof output, .all = true, .width = 100000, .layout = "/none"};
    stridec_status status = stridec_emit(outputs->compilation, name, &output, text_take, text);
    return status == STRIDEC_OK || (status == STRIDEC_NO_PICTURE && strcmp(name, "html") == 0);
}

/* Whether there is no more of `what` before `end`. */
static bool ends_before(const char *at, const char *what, const char *end) {
    const char *next = strstr(at, what), *close = strstr(at, end);
    return close && (!next || next > close);
}

static void compare(struct outputs *outputs) {
    assert_true(emit(outputs, "text", &outputs->text));
    assert_true(emit(outputs, "csv", &outputs->csv));
    assert_true(emit(outputs, "markdown", &outputs->markdown));
    json_t *root = json_loadb(outputs->json.at, outputs->json.length, JSON_ALLOW_NUL, NULL);
    assert_non_null(root);
    check_counts(outputs, root);
    for_each_row(outputs, root, strchr(outputs->csv.at, '\n') + 1, check_csv);
    check_csv_threats(outputs, root);
    for_each_row(outputs, root, outputs->text.at, check_text);
    check_text_counts(outputs, root);
    for_each_row(outputs, root, outputs->markdown.at, check_markdown);
    check_markdown_counts(outputs, root);
    assert_true(emit(outputs, "html", &outputs->html));
    for_each_row(outputs, root, strstr(outputs->html.at, "id=\"questions\""), check_page_row);
    assert_true(ends_before(outputs->at, article_opening, "</section>\n<section id"));
    for_each_row(outputs, root, "", check_explained);
    json_decref(root);
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    (void)context;
    if (!file_exists(path))
        return STRIDEC_NOT_THERE;
    struct text text = read_file(path);
    take(taker, text.at, text.length);
    free(text.at);
    return STRIDEC_LOADED;
}

/* False when the file does not compile or holds no model. Decisions beside it count. */
static bool try_model(const char *where, const char *name, struct text model) {
    const stridec_config config = {
        .size = sizeof config, .pack = built_in_pack(), .load = load, .decisions = true};
    struct outputs outputs = {.where = where, .compilation = stridec_new(&config)};
    assert_non_null(outputs.compilation);
    bool compiles =
        stridec_compile(outputs.compilation, name, model.at, model.length) == STRIDEC_OK &&
        emit(&outputs, "json", &outputs.json);
    if (compiles)
        compare(&outputs);
    stridec_free(outputs.compilation);
    struct text *owned[] = {&outputs.text, &outputs.csv, &outputs.json, &outputs.markdown,
                            &outputs.html};
    for (size_t i = 0; i < COUNT(owned); i++)
        free(owned[i]->at);
    return compiles;
}

static bool ends_in(const char *path, const char *ending) {
    size_t length = strlen(path), tail = strlen(ending);
    return length >= tail && strcmp(path + length - tail, ending) == 0;
}

static size_t try_files(const char *folder, const char *ending) {
    struct paths files = find_models(folder, ending);
    size_t tried = 0;
    for (size_t i = 0; i < files.count; i++) {
        const char *path = files.items[i];
        if (ends_in(path, ".rules.dfd") || ends_in(path, ".triage.dfd"))
            continue;
        struct text model = read_file(path);
        tried += try_model(path, path, model);
        free(model.at);
    }
    free_paths(&files);
    return tried;
}

static void models_of_the_repository(void **state) {
    (void)state;
    assert_true(try_files("samples", ".dfd") >= 3);
    assert_true(try_files("tests", ".dfd") > 60);
}

static void random_models(void **state) {
    (void)state;
    uint32_t count = getenv("SLOW") ? 600 : 30;
    for (uint32_t i = 0; i < count; i++) {
        char *where = format("random model %u", (unsigned)i);
        struct text model = random_model(i);
        assert_true(try_model(where, "model.dfd", model));
        free(model.at);
        free(where);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(models_of_the_repository),
        cmocka_unit_test(random_models),
    };
    return cmocka_run_group_tests_name("agreement", tests, NULL, NULL) != 0;
}

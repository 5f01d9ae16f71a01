/* The threat-model document as its sections say it, before any form spells it: parts are closed
 * that were opened, and stand where they may; rows fill their tables; links lead to a place of the
 * document; no words hold markup. Tried on every model of this repository, with each tier and
 * section. And how long the document is of a model about which nobody has decided anything yet. */
// SPDX-License-Identifier: MIT
#include "emit/document_words.h"
#include "project/project.h"
#include "support.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH 8
#define FEWEST_MODELS 100
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A part that is open, and how much it holds so far. */
struct open_part {
    enum document_part part;
    size_t holds;
};

struct record {
    const char *path;
    struct arena *arena; /* of its own: sections take back what they allocate in the project's */
    struct open_part stack[DEPTH];
    size_t depth;
    unsigned level; /* of the last heading */
    size_t columns, filled;
    ARRAY_OF(struct slice) anchors, links;
};

static const char *const part_names[] = {
    [PART_HEADING] = "heading",   [PART_PARAGRAPH] = "paragraph", [PART_LIST] = "list",
    [PART_STEPS] = "steps",       [PART_TASKS] = "tasks",         [PART_ITEM] = "item",
    [PART_VERBATIM] = "verbatim", [PART_TABLE] = "table",         [PART_ROW] = "row",
    [PART_STRONG] = "strong",     [PART_EMPHASIS] = "emphasis",   [PART_LINK] = "link",
    [PART_FOLD] = "fold",
};

#define IN(part) (1u << (part))
#define IN_LINE (IN(PART_HEADING) | IN(PART_PARAGRAPH) | IN(PART_ITEM) | IN(PART_ROW))
#define IN_SPAN (IN(PART_STRONG) | IN(PART_EMPHASIS) | IN(PART_LINK))

#define IN_DOCUMENT (1u << 31)
#define BLOCK (IN_DOCUMENT | IN(PART_FOLD))

/* In which parts each may stand. */
static const unsigned homes[] = {
    [PART_HEADING] = IN_DOCUMENT,
    [PART_PARAGRAPH] = BLOCK,
    [PART_LIST] = BLOCK,
    [PART_STEPS] = BLOCK,
    [PART_TASKS] = BLOCK,
    [PART_VERBATIM] = BLOCK,
    [PART_TABLE] = BLOCK,
    [PART_FOLD] = IN_DOCUMENT,
    [PART_ITEM] = IN(PART_LIST) | IN(PART_STEPS) | IN(PART_TASKS),
    [PART_ROW] = IN(PART_TABLE),
    [PART_STRONG] = IN_LINE,
    [PART_EMPHASIS] = IN_LINE,
    [PART_LINK] = IN_LINE,
};

static struct record *record_of(struct document *document) {
    return document->context;
}

static void check_home(struct record *record, const char *what, unsigned home) {
    struct open_part *outer = record->depth ? &record->stack[record->depth - 1] : NULL;
    if (!(home & (outer ? IN(outer->part) : IN_DOCUMENT)))
        fail_msg("%s: %s stands in %s", record->path, what,
                 outer ? part_names[outer->part] : "no part");
    if (outer && outer->part == PART_ROW && !record->filled)
        fail_msg("%s: %s stands in a row before its first cell", record->path, what);
    if (outer)
        outer->holds++;
}

static void push(struct record *record, enum document_part part) {
    check_home(record, part_names[part], homes[part]);
    assert_true(record->depth < DEPTH);
    record->stack[record->depth++] = (struct open_part){part, 0};
}

static void record_heading(struct document *document, unsigned level) {
    struct record *record = record_of(document);
    push(record, PART_HEADING);
    if (level > record->level + 1 || !level || (level == 1 && record->level))
        fail_msg("%s: a heading of level %u follows one of %u", record->path, level, record->level);
    record->level = level;
}

static void record_table(struct document *document, struct columns columns) {
    struct record *record = record_of(document);
    push(record, PART_TABLE);
    assert_true(columns.count > 0 && columns.marks < columns.count);
    record->columns = columns.count;
}

static void record_link(struct document *document, bool to_anchor, struct slice target) {
    struct record *record = record_of(document);
    push(record, PART_LINK);
    if (to_anchor)
        *ARRAY_ADD(record->arena, &record->links) = slice_copy(record->arena, target);
    else
        assert_true(slice_starts(target, "https://"));
}

static void record_fold(struct document *document, const char *title) {
    assert_true(*title && !strpbrk(title, "<>&"));
    push(record_of(document), PART_FOLD);
}

static void record_open(struct document *document, enum document_part part) {
    struct record *record = record_of(document);
    push(record, part);
    record->filled = part == PART_ROW ? 0 : record->filled;
}

static void record_close(struct document *document, enum document_part part) {
    struct record *record = record_of(document);
    if (!record->depth || record->stack[record->depth - 1].part != part)
        fail_msg("%s: %s is closed, and not open", record->path, part_names[part]);
    if (!record->stack[--record->depth].holds)
        fail_msg("%s: %s is empty", record->path, part_names[part]);
    if (part == PART_ROW && record->filled != record->columns)
        fail_msg("%s: %zu cells in a row of %zu", record->path, record->filled, record->columns);
}

static void record_cell(struct document *document, size_t width) {
    struct record *record = record_of(document);
    assert_true(record->depth && record->stack[record->depth - 1].part == PART_ROW && width);
    record->filled += width;
}

/* Drawings are as they are; anywhere else, only a form has markup. */
static void record_words(struct document *document, const char *words) {
    struct record *record = record_of(document);
    bool drawn = record->depth && record->stack[record->depth - 1].part == PART_VERBATIM;
    check_home(record, words, IN_LINE | IN_SPAN | IN(PART_VERBATIM));
    if (!drawn && strpbrk(words, "`*[]<>|&\\"))
        fail_msg("%s: markup in '%s'", record->path, words);
}

static void record_text(struct document *document, struct slice text) {
    (void)text;
    check_home(record_of(document), "text", IN_LINE | IN_SPAN | IN(PART_VERBATIM));
}

static void record_code(struct document *document, struct slice code) {
    assert_true(code.length > 0);
    check_home(record_of(document), "code", IN_LINE | IN_SPAN);
}

static void record_anchor(struct document *document, struct slice name) {
    struct record *record = record_of(document);
    check_home(record, "an anchor", IN(PART_HEADING) | IN(PART_ROW) | IN(PART_ITEM));
    *ARRAY_ADD(record->arena, &record->anchors) = slice_copy(record->arena, name);
}

static void record_image(struct document *document, struct slice path, const char *instead) {
    assert_true(path.length && *instead);
    check_home(record_of(document), "an image", IN(PART_PARAGRAPH));
}

static void record_break(struct document *document) {
    check_home(record_of(document), "a line break",
               IN(PART_PARAGRAPH) | IN(PART_ITEM) | IN(PART_ROW));
}

static const struct document_form recording = {
    .open_heading = record_heading,
    .open_table = record_table,
    .open_link = record_link,
    .open_fold = record_fold,
    .open = record_open,
    .close = record_close,
    .next_cell = record_cell,
    .words = record_words,
    .text = record_text,
    .code = record_code,
    .anchor = record_anchor,
    .image = record_image,
    .line_break = record_break,
};

static void check_links(struct record *record) {
    struct table places = {0};
    for (size_t i = 0; i < record->anchors.count; i++) {
        struct slice *anchor = &record->anchors.items[i];
        if (table_get(&places, *anchor))
            fail_msg("%s: two places are %.*s", record->path, SLICE_ARGS(*anchor));
        table_intern(record->arena, &places, *anchor, anchor);
    }
    for (size_t i = 0; i < record->links.count; i++)
        if (!table_get(&places, record->links.items[i]))
            fail_msg("%s: nothing is %.*s", record->path, SLICE_ARGS(record->links.items[i]));
}

static void check_document(struct project *project, const char *path, int tier, unsigned sections) {
    struct arena own;
    arena_open(&own, NULL, 0);
    own.failure = project->arena.failure;
    struct record record = {.path = path, .arena = &own};
    const struct rows *rows = project_rows(project); /* and then there are decisions */
    struct emission emission = {.arena = &project->arena,
                                .model = project->model,
                                .analysis = project->analysis,
                                .rows = rows,
                                .decisions = project->decisions,
                                .diagnostics = &project->diagnostics,
                                .options = {.tier = tier,
                                            .sections = sections,
                                            .picture = SLICE("picture.svg"),
                                            .view_pictures = SLICE("picture.*.svg")}};
    struct document document = {&recording, &record, &emission};
    write_document(&document);
    assert_int_equal(record.depth, 0);
    check_links(&record);
    arena_close(&own);
}

static enum diag_code load(void *context, const char *path, writer_sink *take, void *taker) {
    (void)context;
    if (!file_exists(path))
        return DIAG_import_missing;
    struct text text = read_file(path);
    enum diag_code taken = take(taker, text.at, text.length) ? DIAG_COUNT : DIAG_import_too_large;
    free(text.at);
    return taken;
}

/* A model that cannot be compiled is left out. `rules`: of all of them. */
static bool check_model(const char *path, const struct project *rules) {
    struct text text = read_file(path);
    struct named_text input = {path, {text.at, text.length}};
    struct project project;
    jmp_buf failure;
    project_open(&project, NULL, 0);
    project.arena.failure = &failure;
    project.load = load;
    project.reads_decisions = true;
    project.shared = rules;
    if (setjmp(failure))
        fail_msg("%s: no memory", path);
    bool compiled = load_builtin_rules(&project) && project_compile(&project, &input) &&
                    project.model && project.model->elements.count;
    for (int tier = 0; compiled && tier <= 3; tier++)
        check_document(&project, path, tier, 0);
    for (int section = 0; compiled && section < SECTION_COUNT; section++)
        check_document(&project, path, 0, 1u << section);
    project_close(&project);
    free(text.at);
    return compiled;
}

static void open_rules(struct project *rules) {
    jmp_buf failure;
    project_open(rules, NULL, 0);
    rules->arena.failure = &failure;
    if (setjmp(failure))
        fail_msg("no memory for the rules");
    assert_true(share_rules(rules));
    rules->arena.failure = NULL; /* from now on they are only read */
}

static void documents_are_well_formed(void **state) {
    static const char *const folders[] = {"samples", "tests/cases", "tests/reference",
                                          "tests/document"};
    size_t checked = 0;
    struct project rules;
    (void)state;
    open_rules(&rules);
    for (size_t i = 0; i < COUNT(folders); i++) {
        struct paths paths = find_models(folders[i], ".dfd");
        for (size_t k = 0; k < paths.count; k++)
            checked += check_model(paths.items[k], &rules);
        free_paths(&paths);
    }
    project_close(&rules);
    assert_true(checked >= FEWEST_MODELS);
}

/* ---- its length -------------------------------------------------------------------------- */

#define UNDECIDED "tests/document/undecided.dfd"
#define MOST_WORDS 7000 /* outside of what is folded away */

/* Words as wc counts them. */
static size_t count_words(const char *at, const char *end) {
    size_t count = 0;
    for (bool within = false; at < end; at++) {
        bool blank = strchr(" \n", *at) != NULL;
        count += !blank && !within;
        within = !blank;
    }
    return count;
}

static size_t count_unfolded(const char *document) {
    static const char end[] = "</details>";
    size_t count = 0;
    for (const char *fold; (fold = strstr(document, "<details>"));) {
        count += count_words(document, fold);
        document = strstr(fold, end);
        assert_non_null(document);
        document += strlen(end);
    }
    return count + count_words(document, document + strlen(document));
}

static void what_nobody_has_decided_is_not_long(void **state) {
    (void)state;
    struct text document = output_of("stridec threats --format markdown %s 2>/dev/null", UNDECIDED);
    size_t words = count_unfolded(document.at);
    if (words >= MOST_WORDS)
        fail_msg("%s: %zu words outside of what is folded", UNDECIDED, words);
    assert_true(words > MOST_WORDS / 2);
    free(document.at);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(documents_are_well_formed),
        cmocka_unit_test(what_nobody_has_decided_is_not_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

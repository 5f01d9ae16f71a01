/* Tables of answers: what was exported is taken back without a change, and what somebody fills in
 * is recorded just so, and shown so by the next table; the same table twice changes nothing, in
 * whatever order and dialect. On models at random and those of the repository. SLOW=1 tries more,
 * SEED=N begins with another model. */
// SPDX-License-Identifier: MIT
#include "models/cells.h"
#include "models/random_model.h"
#include "triaged.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STEPS 3
#define COUNT(array) (sizeof(array) / sizeof *(array))

struct world {
    struct text model, triage;
    uint64_t seed, dice;
    size_t filled;
    bool only_open; /* what is decided, each by several declarations, stays */
};

static uint32_t below(struct world *world, size_t limit) {
    world->dice = world->dice * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)((world->dice >> 33) % limit);
}
#define PICK(world, array) ((array)[below(world, COUNT(array))])

static stridec *compile(struct world *world, const char *after) {
    stridec_status status;
    stridec *self = compile_triaged(&world->model, &world->triage, &status);
    if (status != STRIDEC_OK) {
        struct text said = {0};
        stridec_print_diagnostics(self, false, text_take, &said);
        fail_msg("%s\n%s\n-- model %llu, after %s", said.at, world->triage.at,
                 (unsigned long long)world->seed, after);
    }
    return self;
}

static struct text export_table(stridec *self) {
    struct text text = {0};
    assert_int_equal(stridec_emit(self, "csv", NULL, text_take, &text), STRIDEC_OK);
    return text;
}

/* ---- taking back ------------------------------------------------------------------------- */

static _Noreturn void fail_import(const struct world *world, stridec *self,
                                  const struct text *sheet) {
    stridec_refused refused = {.size = sizeof refused};
    for (size_t i = 0; stridec_refused_at(self, i, &refused); i++)
        fprintf(stderr, "%zu: %s: %s\n", refused.line, refused.id, refused.message);
    fail_msg("model %llu: this is not taken:\n%s\n-- beside:\n%s", (unsigned long long)world->seed,
             sheet->at, world->triage.at);
    abort();
}

/* Whether it changed something; then the world has it. */
static bool import_sheet(struct world *world, const struct text *sheet) {
    stridec *self = compile(world, "nothing");
    stridec_change change = {.size = sizeof change};
    if (stridec_decide_csv(self, sheet->at, sheet->length, NULL) != STRIDEC_OK)
        fail_import(world, self, sheet);
    bool changes = stridec_change_at(self, 0, &change);
    if (changes) {
        struct text changed = {0};
        assert_string_equal(change.path, TRIAGE);
        assert_int_equal(stridec_write_changed(self, TRIAGE, text_take, &changed), STRIDEC_OK);
        free(world->triage.at);
        world->triage = changed;
    }
    stridec_free(self);
    return changes;
}

static void check_same(struct world *world, const struct text *sheet, const char *what) {
    struct text before = {0};
    text_add(&before, world->triage.length ? world->triage.at : "", world->triage.length);
    if (import_sheet(world, sheet)) {
        fprintf(stderr, "%s\n-- from:\n%s\n-- to:\n%s\n", sheet->at, before.at, world->triage.at);
        fail_msg("model %llu: %s changes something", (unsigned long long)world->seed, what);
    }
    free(before.at);
}

/* ---- filling in -------------------------------------------------------------------------- */

/* None begins with an apostrophe before a formula: that one is the table's. */
static const char *const texts[] = {
    "Plain",      "Two\nlines, and a third\n\none",
    "=1+1",       "-5%; =x, +y",
    "\"quoted\"", "a; b, c: {d} # [e] \\n \\ end",
    "it's",       "\xc3\xbc\xe2\x80\x8b\xe6\xbc\xa2",
    "{source}",   "\"\"\"",
    "yes",        "2027-01-31",
    "a\tb",       "@name #1 `code`",
    "|",          "12",
};
static const char *const titles[] = {"Plain", "=1+1", "a; b, \"c\"", "it's", "\xc3\xbc {flow}"};
static const char *const days[] = {"2027-01-31", "2028-02-29"};
static const char *const levels[] = {"2", "3", "4", "5", "low", "High", "critical"};
static const char *const states[] = {"not_started", "in_progress", "complete", "dropped"};

/* What a column is filled with. */
struct filling {
    const char *column;
    const char *const *values;
    size_t count;
    const char *words; /* the answers that have it */
};
#define FILLED_WITH(values) (values), COUNT(values)
static const struct filling fillings[] = {
    {"because", FILLED_WITH(texts), " threat mitigate accept compensate transfer defer avoid "},
    {"likelihood", FILLED_WITH(levels), " threat mitigate accept "},
    {"impact", FILLED_WITH(levels), " threat mitigate accept "},
    {"fix", FILLED_WITH(titles), " mitigate "},
    {"progress", FILLED_WITH(states), " mitigate "},
    {"due", FILLED_WITH(days), " mitigate "},
    {"review", FILLED_WITH(days), " accept compensate transfer defer avoid dismiss "},
    {"owner", FILLED_WITH(texts), NULL},
    {"ticket", FILLED_WITH(texts), NULL},
    {"note", FILLED_WITH(texts), NULL},
    {"author", FILLED_WITH(texts), NULL},
};
static const char *const words[] = {"threat", "mitigate", "accept",  "compensate", "transfer",
                                    "defer",  "avoid",    "dismiss", "baseline"};

static bool has_word(const struct filling *filling, const char *word) {
    char *wanted = format(" %s ", word);
    bool has = !filling->words || strstr(filling->words, wanted);
    free(wanted);
    return has;
}

static void fill_cells(struct world *world, struct table *table, size_t line, const char *word,
                       size_t one_in) {
    for (size_t i = 0; i < COUNT(fillings); i++)
        if (has_word(&fillings[i], word) && !below(world, one_in))
            table_set(table, line, fillings[i].column,
                      fillings[i].values[below(world, fillings[i].count)]);
}

/* Lines of one decision would have to agree. */
static bool is_alone(const struct table *table, size_t line) {
    const char *by = table_cell(table, line, "decided_by");
    for (size_t i = 1; i < table->count; i++)
        if (i != line && strcmp(table_cell(table, i, "decided_by"), by) == 0)
            return false;
    return *by;
}

static bool is_decided(const struct table *table, size_t line) {
    return *table_cell(table, line, "answer") != 0;
}

static void fill_line(struct world *world, struct table *table, size_t line) {
    if (!is_decided(table, line)) {
        const char *word = PICK(world, words);
        table_set(table, line, "answer", word);
        if (strcmp(word, "dismiss") == 0) {
            table_set(table, line, "because", PICK(world, texts));
            table_set(table, line, "code", "not_plausible");
        }
        fill_cells(world, table, line, word, 3);
    } else if (!world->only_open && is_alone(table, line)) {
        char *word = format("%s", table_cell(table, line, "answer"));
        fill_cells(world, table, line, word, 6);
        free(word);
    }
}

/* Those that are filled in; the others stay as they are, or go. */
static void fill_table(struct world *world, struct table *table) {
    for (size_t i = 1; i < table->count; i++) {
        bool open = strcmp(table_cell(table, i, "state"), "open") == 0;
        if ((open || is_decided(table, i)) && !below(world, 3)) {
            fill_line(world, table, i);
            world->filled++;
        }
    }
}

static struct dialect random_dialect(struct world *world, const struct table *table) {
    static const char separators[] = {',', ';', '\t'};
    return (struct dialect){.separator = PICK(world, separators),
                            .bom = below(world, 2),
                            .crlf = below(world, 2),
                            .quotes_all = below(world, 2),
                            .rotated = below(world, table->width)};
}

/* ---- what comes of it -------------------------------------------------------------------- */

/* Whether a decision of the model states just this text. */
static bool is_recorded(stridec *self, const char *column, const char *text) {
    const char *name = strcmp(column, "progress") == 0 ? "state" : column;
    stridec_decision decision = {.size = sizeof decision};
    for (size_t i = 0; stridec_decision_at(self, i, &decision); i++) {
        const char *said =
            strcmp(name, "fix") == 0 ? decision.label : stridec_decision_text(self, i, name);
        if (!said && strcmp(name, "because") == 0)
            said = stridec_decision_text(self, i, "reason");
        if (said && strcmp(said, text) == 0)
            return true;
    }
    return false;
}

static bool is_text(const char *column) {
    static const char *const names[] = {"because", "fix",    "progress", "owner", "due",
                                        "review",  "ticket", "note",     "author"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(column, names[i]) == 0)
            return true;
    return false;
}

static size_t find_line(const struct table *table, const char *id) {
    for (size_t i = 1; i < table->count; i++)
        if (strcmp(table_cell(table, i, "id"), id) == 0)
            return i;
    fail_msg("no line '%s'", id);
    return 0;
}

/* As a number, whatever the scale of the file. */
static int level_of(const char *text) {
    static const char letters[] = "??LMHC";
    const char *found = strchr(letters, *text & ~0x20);
    return isdigit((unsigned char)*text) ? *text - '0' : found ? (int)(found - letters) : 0;
}

static bool is_level(const char *column) {
    return strcmp(column, "likelihood") == 0 || strcmp(column, "impact") == 0;
}

/* A cell that nobody has typed into is as it was; one that was is as it was typed. */
static void check_cell(struct world *world, stridec *self, const struct table *was,
                       const struct table *filled, const struct table *is, size_t line,
                       const char *column) {
    size_t now = find_line(is, table_cell(was, line, "id"));
    const char *before = table_cell(was, line, column), *typed = table_cell(filled, line, column);
    const char *shown = table_cell(is, now, column);
    bool changed = strcmp(before, typed) != 0;
    if (!changed && is_decided(was, line) && strcmp(shown, before) != 0)
        fail_msg("model %llu: %s of %s was '%s', is '%s'", (unsigned long long)world->seed, column,
                 table_cell(was, line, "id"), before, shown);
    if (changed && !*shown)
        fail_msg("model %llu: %s of %s is not shown", (unsigned long long)world->seed, column,
                 table_cell(was, line, "id"));
    if (changed && is_text(column) && !is_recorded(self, column, typed))
        fail_msg("model %llu: %s of %s is not recorded as '%s':\n%s",
                 (unsigned long long)world->seed, column, table_cell(was, line, "id"), typed,
                 world->triage.at);
    if (changed && is_level(column))
        assert_int_equal(level_of(shown), level_of(typed));
    else if (changed && !is_text(column))
        assert_string_equal(shown, typed);
}

static void check_table(struct world *world, const struct table *was, const struct table *filled) {
    stridec *self = compile(world, "an import");
    struct text text = export_table(self);
    struct table is = table_read(text.at);
    check_same(world, &text, "the table of what was taken");
    for (size_t line = 1; line < was->count; line++)
        for (size_t i = table_column(was, "answer"); i < was->width; i++)
            check_cell(world, self, was, filled, &is, line, was->lines[0].cells[i]);
    table_free(&is);
    free(text.at);
    stridec_free(self);
}

/* The same lines from the last to the first. */
static void turn_round(struct table *table) {
    for (size_t i = 1, j = table->count - 1; i < j; i++, j--) {
        struct line line = table->lines[i];
        table->lines[i] = table->lines[j];
        table->lines[j] = line;
    }
}

static void step(struct world *world) {
    stridec *self = compile(world, "nothing");
    struct text text = export_table(self);
    stridec_free(self);
    check_same(world, &text, "a table that nobody touched");
    struct table was = table_read(text.at), filled = table_read(text.at);
    fill_table(world, &filled);
    struct dialect dialect = random_dialect(world, &was), other = random_dialect(world, &was);
    struct text sheet = table_write(&filled, &dialect);
    import_sheet(world, &sheet);
    check_table(world, &was, &filled);
    turn_round(&filled);
    struct text turned = table_write(&filled, &other);
    check_same(world, &sheet, "the same table");
    check_same(world, &turned, "the same table from the last line to the first");
    table_free(&was);
    table_free(&filled);
    free(text.at);
    free(sheet.at);
    free(turned.at);
}

static size_t walk(struct text model, uint64_t seed) {
    struct world world = {.model = model, .seed = seed, .dice = seed * 2 + 1};
    stridec *self = compile(&world, "nothing");
    bool asks = stridec_row_count(self) > 0;
    stridec_free(self);
    for (size_t i = 0; asks && i < STEPS; i++)
        step(&world);
    free(world.triage.at);
    return world.filled;
}

static void answers_about_random_models(void **state) {
    uint64_t first = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : 1;
    size_t models = getenv("SLOW") ? 1000 : 15, filled = 0;
    (void)state;
    for (uint64_t seed = first; seed < first + models; seed++) {
        struct text model = random_model(seed);
        filled += walk(model, seed);
        free(model.at);
    }
    assert_true(filled > models);
}

/* A sample, with the decisions that are beside it. */
static struct world world_of(const char *sample, uint64_t seed) {
    char *path = format("%s.dfd", sample), *triage = format("%s.triage.dfd", sample);
    struct world world = {.model = read_file(path), .triage = read_if_there(triage), .seed = seed};
    free(path);
    free(triage);
    return world;
}

static void free_world(struct world *world) {
    free(world->model.at);
    free(world->triage.at);
}

static void tables_of_the_samples_are_taken_back(void **state) {
    struct paths samples = find_samples();
    size_t filled = 0;
    (void)state;
    for (size_t i = 0; i < samples.count; i++) {
        struct world world = world_of(samples.items[i], i);
        world.dice = i;
        world.only_open = true;
        step(&world);
        filled += world.filled;
        free_world(&world);
    }
    assert_true(filled > 0);
    free_paths(&samples);
}

/* ---- whatever is typed ------------------------------------------------------------------- */

/* An answer in one line, and values in any lines and columns: some of that can be taken. */
static void mess_up(struct world *world, struct table *table) {
    static const char *const answers[] = {"confirm", "threat",  "mitigate", "accept",
                                          "defer",   "dismiss", "baseline", ""};
    static const char *const values[] = {"maybe",     "1/2/2027",  "not_plausible",
                                         "by_design", "duplicate", "S@gone",
                                         "1",         "2028-01-01"};
    size_t first = table_column(table, "answer"), line = 1 + below(world, table->count - 1);
    for (size_t i = below(world, 2); i < 2; i++) {
        table_set(table, line, "answer", PICK(world, answers));
        if (below(world, 2))
            table_set(table, line, "because", PICK(world, texts));
        if (below(world, 2))
            line = 1 + below(world, table->count - 1);
    }
    for (size_t i = below(world, 4); i < 2; i++)
        table_set(table, line, table->lines[0].cells[first + below(world, 15)],
                  below(world, 2) ? PICK(world, values) : PICK(world, texts));
}

/* What decisions rest on was safer than the model is now: then they are stale. */
static void make_stale(struct world *world) {
    static const char *const facts[][2] = {
        {".auth=", "mtls"},     {".rate_limited=", "yes"},    {".logs=", "central"},
        {".encrypted=", "yes"}, {".validates_input=", "yes"}, {".replay_protected=", "yes"}};
    const char *const *fact = PICK(world, facts);
    struct text changed = {0};
    const char *at = world->triage.length ? world->triage.at : "", *found;
    text_add(&changed, "", 0);
    for (; (found = strstr(at, fact[0])); at = strchr(found, '"')) {
        text_add(&changed, at, (size_t)(found - at));
        text_add(&changed, fact[0], strlen(fact[0]));
        text_add(&changed, fact[1], strlen(fact[1]));
    }
    text_add(&changed, at, strlen(at));
    free(world->triage.at);
    world->triage = changed;
}

/* What all decisions together show to be wrong is seen when they are compiled, and not written. */
static bool is_sound(struct world *world) {
    stridec_status status;
    stridec *self = compile_triaged(&world->model, &world->triage, &status);
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic};
    bool sound = status == STRIDEC_OK;
    for (size_t i = 0; !sound && stridec_diagnostic_at(self, i, &diagnostic); i++)
        if (diagnostic.level == STRIDEC_ERROR && strncmp(diagnostic.code, "E06", 3) != 0)
            fail_msg("model %llu: %s: %s\n%s", (unsigned long long)world->seed, diagnostic.code,
                     diagnostic.message, world->triage.at);
    stridec_free(self);
    return sound;
}

static void check_shown(struct world *world) {
    stridec *self = compile(world, "an import");
    struct text text = export_table(self);
    stridec_free(self);
    check_same(world, &text, "the table of what was taken");
    free(text.at);
}

/* Refused in words and without a change, or taken for good. */
static void try_mess(struct world *world) {
    stridec *self = compile(world, "nothing");
    struct text text = export_table(self), changed = {0}, before = world->triage;
    stridec_refused refused = {.size = sizeof refused};
    stridec_change change = {.size = sizeof change};
    struct table table = table_read(text.at);
    mess_up(world, &table);
    struct dialect dialect = random_dialect(world, &table);
    struct text sheet = table_write(&table, &dialect);
    stridec_status status = stridec_decide_csv(self, sheet.at, sheet.length, NULL);
    bool changes = stridec_change_at(self, 0, &change);
    world->filled += status == STRIDEC_OK && changes;
    assert_true(status == STRIDEC_OK || status == STRIDEC_MISUSE);
    assert_true(status == STRIDEC_OK || !changes);
    assert_true((status == STRIDEC_MISUSE) == stridec_refused_at(self, 0, &refused));
    if (changes)
        assert_int_equal(stridec_write_changed(self, TRIAGE, text_take, &changed), STRIDEC_OK);
    world->triage = changes ? changed : before;
    if (status == STRIDEC_OK && is_sound(world)) {
        check_same(world, &sheet, "what was taken already");
        check_shown(world);
        free(changes ? before.at : NULL);
    } else {
        world->triage = before;
        free(changed.at);
    }
    stridec_free(self);
    table_free(&table);
    free(text.at);
    free(sheet.at);
}

static void whatever_is_typed_is_taken_or_refused(void **state) {
    uint64_t first = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : 1;
    size_t tries = getenv("SLOW") ? 20000 : 150, taken = 0;
    struct paths samples = find_samples();
    (void)state;
    for (size_t i = 0; i < samples.count; i++) {
        struct world world = world_of(samples.items[i], i);
        world.dice = (first + i) * 2 + 1;
        for (size_t j = 0; j < tries / samples.count; j++) {
            try_mess(&world);
            if (j % 5 == 4)
                make_stale(&world);
        }
        taken += world.filled;
        free_world(&world);
    }
    assert_true(taken * 10 > tries);
    free_paths(&samples);
}

#define MANY_THREATS 32000
#define MOST_SECONDS 20

/* All of one question, and no two alike: each pair compared would take about a minute. */
static void many_threats_of_a_question_are_told_in_seconds(void **state) {
    static const char sound[] =
        "external a\nboundary b { process c { kind: api } }\nflow f = a -> c";
    struct world world = {.model = {(char *)(uintptr_t)sound, sizeof sound - 1}};
    (void)state;
    for (int i = 0; i < MANY_THREATS; i++) {
        char *threat = format("threat T-%d \"Threat %d\" {\n  candidate: S@f/forged_caller\n"
                              "  scenario: \"Number %d\"\n  likelihood: 2\n  impact: 2\n"
                              "  owner: \"o%d\"\n  ticket: \"t%d\"\n  note: \"n%d\"\n"
                              "  author: \"a%d\"\n}\n",
                              i, i, i, i, i, i, i);
        text_add(&world.triage, threat, strlen(threat));
        free(threat);
    }
    stridec *self = compile(&world, "nothing");
    clock_t begun = clock();
    struct text sheet = export_table(self);
    assert_true(clock() - begun < (clock_t)MOST_SECONDS * CLOCKS_PER_SEC);
    assert_non_null(strstr(sheet.at, "n0; n1; n2; "));
    free(sheet.at);
    free(world.triage.at);
    stridec_free(self);
}

static void hosts_that_are_careless_are_refused(void **state) {
    static const char sound[] =
        "external a\nboundary b { process c { kind: api } }\nflow f = a -> c";
    static const char sheet[] = "id,answer\nS@f/forged_caller,threat\n";
    struct world world = {.model = {(char *)(uintptr_t)sound, sizeof sound - 1}};
    stridec *self = compile(&world, "nothing"), *without = sharing_new();
    stridec_refused refused = {.size = sizeof refused};
    stridec_decided decided = {.size = sizeof decided};
    (void)state;
    assert_int_equal(stridec_decide_csv(NULL, sheet, sizeof sheet - 1, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_decide_csv(without, sheet, sizeof sheet - 1, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_compile(without, MODEL, sound, sizeof sound - 1), STRIDEC_OK);
    assert_int_equal(stridec_decide_csv(without, sheet, sizeof sheet - 1, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_decide_csv(self, NULL, 4, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_decide_csv(self, NULL, 0, NULL), STRIDEC_MISUSE);
    assert_true(stridec_refused_at(self, 0, &refused) && refused.line == 1 && !*refused.id);
    assert_int_equal(stridec_decide_csv(self, sheet, sizeof sheet - 3, NULL), STRIDEC_MISUSE);
    assert_true(stridec_refused_at(self, 0, &refused) && refused.line == 2);
    assert_string_equal(refused.id, "S@f/forged_caller");
    assert_int_equal(stridec_decide_csv(self, sheet, sizeof sheet - 1, ""), STRIDEC_OK);
    assert_true(stridec_decided_at(self, 0, &decided) && decided.line == 2 && decided.changes);
    stridec_free(self);
    stridec_free(without);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_that_are_careless_are_refused),
        cmocka_unit_test(many_threats_of_a_question_are_told_in_seconds),
        cmocka_unit_test(tables_of_the_samples_are_taken_back),
        cmocka_unit_test(answers_about_random_models),
        cmocka_unit_test(whatever_is_typed_is_taken_or_refused),
    };
    return cmocka_run_group_tests_name("sheets", tests, NULL, NULL) != 0;
}

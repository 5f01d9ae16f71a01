/* Decisions stay true: models and decisions about them are changed at random, and after each change
 * the answer to every question, the state of every row and threat and the standing of every
 * decision are those that a second, plain implementation works out (models/plain.c). What changes
 * nothing by the design (order, labels, layout) changes nothing. SLOW=1 walks more, SEED=N begins
 * with another walk. What fails is made smaller while it still fails, and printed. */
// SPDX-License-Identifier: MIT
#include "analysis/basis.h"
#include "api/compilation.h"
#include "models/deciding.h"
#include "models/plain.h"
#include "sharing.h"

#include <stdio.h>
#include <stdlib.h>

#define STEPS 12

static struct arena memory[2]; /* of a walk, and of what is compared */
static jmp_buf out_of_memory;
static size_t decided_questions, folded_questions, pending_questions; /* that were compared */

/* ---- what the library says --------------------------------------------------------------- */

struct folder {
    const struct world *world;
    bool formatted; /* as fmt writes it */
};

static struct slice file_in(const struct folder *folder, const char *path, struct text *kept) {
    struct slice text = world_file(&memory[1], folder->world, path);
    if (!folder->formatted || !text.at)
        return text;
    stridec *formatter = sharing_new();
    assert_int_equal(stridec_reformat(formatter, path, text.at, text.length, 0, text_take, kept),
                     STRIDEC_OK);
    stridec_free(formatter);
    return (struct slice){kept->at, kept->length};
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    struct text kept = {0};
    struct slice text = file_in(context, path, &kept);
    if (text.at)
        take(taker, text.at, text.length);
    free(kept.at);
    return text.at ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

/* In another order than that of the names. */
static stridec_loaded list(void *context, const char *path, stridec_sink *take, void *taker) {
    static const char *const names[] = {"b.dfd", "a.dfd"};
    const struct folder *folder = context;
    for (size_t i = 0; i < 2; i++) {
        char *file = format("%s/%s", path, names[i]);
        if (world_file(&memory[1], folder->world, file).at)
            take(taker, names[i], strlen(names[i]));
        free(file);
    }
    return STRIDEC_LOADED;
}

/* NULL when the model does not compile. */
static stridec *compile_world(const struct folder *folder, bool decisions) {
    const stridec_config config = {.size = sizeof config,
                                   .pack = built_in_pack(),
                                   .load = load,
                                   .load_context = (void *)(uintptr_t)folder,
                                   .decisions = decisions,
                                   .list = list};
    struct text kept = {0};
    struct slice text = file_in(folder, "m.dfd", &kept);
    stridec *compilation = stridec_new(&config);
    stridec_compile(compilation, "m.dfd", text.at, text.length);
    free(kept.at);
    return compilation;
}

static struct slice name_of_target(const struct target *target, const struct rows *rows) {
    if (!target->subject)
        return SLICE("");
    struct slice id = row_id(&memory[1], row_of(rows, target->subject, target->letter));
    if (!target->rule)
        return id;
    id = text_join(&memory[1], id, SLICE("/"), target->rule->id);
    return target->rule->row == OF_SUBJECT
               ? id
               : text_join(&memory[1], id, SLICE("/"), decl_id(target->spot));
}

static void tell_library_target(struct report *report, const struct target *target,
                                const struct rows *rows) {
    struct words changes = {0}, lines = {0};
    struct basis basis = {0};
    for (const struct basis_change *at = target->changes; at; at = at->next)
        *ARRAY_ADD(&memory[1], &changes) =
            text_format(&memory[1], "%.*s: %.*s -> %.*s", SLICE_ARGS(at->name), SLICE_ARGS(at->was),
                        SLICE_ARGS(at->is));
    if (target->subject)
        find_basis(&memory[1], rows, target, &basis);
    for (size_t i = 0; i < basis.count; i++)
        *ARRAY_ADD(&memory[1], &lines) = basis_text(&memory[1], &basis.items[i]);
    tell_target(report, word_text(target->word), name_of_target(target, rows), target->standing,
                changes, lines);
}

static void tell_library_decision(struct report *report, const struct decision *decision,
                                  const struct rows *rows, const struct told_threat *threat) {
    bool by_row = slice_has(decl_id(decision->decl), '@');
    tell_decision(report, (enum kind)decision->decl->kind,
                  by_row ? SLICE("") : decl_id(decision->decl), decision->standing);
    if (threat)
        tell_threat(report, threat);
    for (size_t i = 0; i < decision->target_count; i++)
        tell_library_target(report, &decision->targets[i], rows);
}

static void tell_library_threat(struct report *report, const struct threat *threat,
                                const struct rows *rows) {
    const struct told_threat told = {.id = decl_id(threat->decision.decl),
                                     .state = slice_of(threat_states[threat->state].word),
                                     .priority = threat->priority,
                                     .component =
                                         threat->component ? decl_id(threat->component) : SLICE(""),
                                     .letter = threat->letter ? threat->letter->code : SLICE(""),
                                     .score = threat->score,
                                     .residual = threat->residual,
                                     .mitigations = threat->mitigations.count,
                                     .risks = threat->risks.count};
    tell_library_decision(report, &threat->decision, rows, &told);
}

static void tell_library_row(struct report *report, const struct decisions *decisions,
                             const struct row *row) {
    tell_row(report, row, (enum row_state)row->state, row->tier);
    for (const struct pattern *at = row->patterns;; at = at->next) {
        if (!at && (row->open || row->covered))
            break;
        const struct verdict_on *verdict = verdict_about(decisions, row, at);
        bool pending = is_pending(decisions, row, at);
        decided_questions += verdict != NULL;
        folded_questions += verdict && verdict->through;
        pending_questions += pending;
        tell_question(report, row, at, verdict ? verdict->answer : ANSWER_NONE, pending,
                      is_new_question(decisions, row, at));
        if (!at)
            break;
    }
}

static stridec_status tell_library(struct stridec *self, void *context) {
    struct report *report = context;
    const struct rows *rows = project_rows(&self->project);
    const struct decisions *decisions = self->project.decisions;
    for (size_t i = 0; i < self->project.diagnostics.list.count; i++) {
        enum diag_code code = self->project.diagnostics.list.items[i]->code;
        report->conflicts += code == DIAG_conflict;
        report->orphans += code == DIAG_names_nothing;
        report->gone += code == DIAG_not_asked;
    }
    for (size_t i = 0; rows && i < rows->cell_count; i++)
        tell_library_row(report, decisions, &rows->cells[i]);
    for (size_t i = 0; decisions && i < decisions->threats.count; i++)
        tell_library_threat(report, decisions->threats.items[i], rows);
    for (size_t i = 0; decisions && i < decisions->dismissals.count; i++)
        tell_library_decision(report, decisions->dismissals.items[i], rows, NULL);
    for (size_t i = 0; decisions && i < decisions->baselines.count; i++)
        tell_library_decision(report, decisions->baselines.items[i], rows, NULL);
    for (size_t i = 0; decisions && i < decisions->risks.count; i++)
        tell_library_decision(report, decisions->risks.items[i], rows, NULL);
    return self->project.diagnostics.errors && !report->conflicts ? STRIDEC_INVALID : STRIDEC_OK;
}

static stridec_status find_rows_alone(struct stridec *self, void *rows) {
    *(const struct rows **)rows = project_rows(&self->project);
    return *(const struct rows **)rows ? STRIDEC_OK : STRIDEC_INVALID;
}

/* ---- comparing --------------------------------------------------------------------------- */

enum outcome_of_check { FINE, DIFFERS, CONFLICTS, DOES_NOT_COMPILE };

struct checked {
    enum outcome_of_check outcome;
    struct slice problem;
};

static struct slice line_at(const struct report *report, size_t place) {
    return place < report->lines.count ? report->lines.items[place] : SLICE("(no more)");
}

static struct checked compare_reports(const struct report *library, const struct report *plain) {
    if (library->conflicts || plain->conflicts)
        return (struct checked){!library->conflicts == !plain->conflicts ? CONFLICTS : DIFFERS,
                                text_format(&memory[1], "%zu conflicts, not %zu",
                                            library->conflicts, plain->conflicts)};
    for (size_t i = 0; i < library->lines.count || i < plain->lines.count; i++)
        if (!slice_equal(line_at(library, i), line_at(plain, i)))
            return (struct checked){DIFFERS,
                                    text_format(&memory[1], "found:    %.*s\nexpected: %.*s",
                                                SLICE_ARGS(line_at(library, i)),
                                                SLICE_ARGS(line_at(plain, i)))};
    if (library->orphans != plain->orphans || library->gone != plain->gone)
        return (struct checked){
            DIFFERS, text_format(&memory[1], "%zu orphans, not %zu; %zu gone, not %zu",
                                 library->orphans, plain->orphans, library->gone, plain->gone)};
    return (struct checked){FINE, {"", 0}};
}

static stridec *compile_alone(const struct world *world, const struct rows **rows) {
    const struct folder folder = {world, false};
    stridec *alone = compile_world(&folder, false);
    if (run_guarded(alone, find_rows_alone, rows) == STRIDEC_OK)
        return alone;
    stridec_free(alone);
    return NULL;
}

/* False, and why, where the decisions do not compile. */
static bool report_library(const struct world *world, bool formatted, struct report *report,
                           struct slice *problem) {
    const struct folder folder = {world, formatted};
    stridec *compilation = compile_world(&folder, true);
    bool fine = run_guarded(compilation, tell_library, report) == STRIDEC_OK;
    if (!fine) {
        struct text problems = {0};
        stridec_print_diagnostics(compilation, false, text_take, &problems);
        *problem = slice_copy(&memory[1], (struct slice){problems.at, problems.length});
        free(problems.at);
    }
    stridec_free(compilation);
    return fine;
}

static struct checked check(const struct world *world, const struct rows *rows) {
    struct report library = {.arena = &memory[1]}, expected = {.arena = &memory[1]};
    const struct plain plain = {&memory[1], world, rows};
    struct checked checked = {DIFFERS, {"", 0}};
    if (!report_library(world, false, &library, &checked.problem))
        return checked;
    plain_report(&plain, &expected);
    return compare_reports(&library, &expected);
}

static int compare_lines(const void *left, const void *right) {
    return slice_compare(*(const struct slice *)left, *(const struct slice *)right);
}

/* Another order, other labels and layout are the same decisions. */
static struct checked check_neutral(const struct world *world, uint64_t number) {
    struct report before = {.arena = &memory[1], .brief = true};
    struct report after = {.arena = &memory[1], .brief = true};
    struct checked checked = {DIFFERS, {"", 0}};
    struct world other = world_dressed(world, number);
    if (!report_library(world, false, &before, &checked.problem) ||
        !report_library(&other, true, &after, &checked.problem))
        return checked;
    qsort(before.lines.items, before.lines.count, sizeof(struct slice), compare_lines);
    qsort(after.lines.items, after.lines.count, sizeof(struct slice), compare_lines);
    return compare_reports(&after, &before);
}

/* ---- the smallest that fails ------------------------------------------------------------- */

struct trial_of {
    bool neutral;
    uint64_t number;
};

static bool fails(const struct world *world, const struct trial_of *trial) {
    struct arena_mark mark = arena_mark(&memory[1]);
    const struct rows *rows;
    stridec *alone = compile_alone(world, &rows);
    struct checked checked = {FINE, {"", 0}};
    if (alone)
        checked = trial->neutral ? check_neutral(world, trial->number) : check(world, rows);
    stridec_free(alone);
    bool differs = checked.outcome == DIFFERS &&
                   !strstr(slice_string(&memory[1], checked.problem), ": error:");
    arena_rewind(&memory[1], mark);
    return differs;
}

static void print_smallest(struct world *world, const struct trial_of *trial, const char *name) {
    struct world smaller;
    size_t place = 0;
    while (world_without(world, &place, &smaller))
        if (fails(&smaller, trial)) {
            *world = smaller;
            place = 0;
        }
    const struct rows *rows;
    stridec *alone = compile_alone(world, &rows);
    struct checked checked =
        trial->neutral ? check_neutral(world, trial->number) : check(world, rows);
    struct slice text = world_text(&memory[1], world);
    fprintf(stderr, "%.*s\n", SLICE_ARGS(text));
    if (trial->neutral) {
        struct world other = world_dressed(world, trial->number);
        text = world_text(&memory[1], &other);
        fprintf(stderr, "# dressed\n%.*s\n", SLICE_ARGS(text));
    }
    fprintf(stderr, "%.*s\n", SLICE_ARGS(checked.problem));
    stridec_free(alone);
    fail_msg("%s%s", name, trial->neutral ? ", dressed" : "");
}

/* ---- walks ------------------------------------------------------------------------------- */

static void expect_fine(struct world *world, const struct checked *checked, bool neutral,
                        uint64_t number, const char *name) {
    const struct trial_of trial = {neutral, number};
    if (checked->outcome == DIFFERS)
        print_smallest(world, &trial, name);
}

/* Changes that the model's own rules forbid, or two decisions about one question, are taken back.
 */
static void step(struct world *world, struct dice *dice, const char *name) {
    struct arena_mark mark = arena_mark(&memory[1]);
    const struct rows *rows;
    stridec *alone = compile_alone(world, &rows);
    assert_non_null(alone);
    const struct plain before = {&memory[0], world, rows};
    struct world changed = world_changed(&before, dice);
    stridec_free(alone);
    alone = compile_alone(&changed, &rows);
    if (alone) {
        struct checked checked = check(&changed, rows);
        expect_fine(&changed, &checked, false, 0, name);
        if (checked.outcome == FINE)
            *world = changed;
        if (checked.outcome == FINE && dice_below(dice, 6) == 0) {
            uint64_t number = dice_below(dice, 1000);
            checked = check_neutral(world, number);
            expect_fine(world, &checked, true, number, name);
        }
    }
    stridec_free(alone);
    arena_rewind(&memory[1], mark);
}

static void walk(uint64_t number) {
    struct arena_mark mark = arena_mark(&memory[0]);
    struct dice dice = dice_new(number);
    char *name = format("walk %u", (unsigned)number);
    struct world world = world_random(&memory[0], &dice);
    const struct rows *rows;
    stridec *alone = compile_alone(&world, &rows);
    stridec_free(alone);
    for (size_t i = 0; alone && i < STEPS; i++)
        step(&world, &dice, name);
    arena_rewind(&memory[0], mark);
    free(name);
}

static void walks(void **state) {
    (void)state;
    if (setjmp(out_of_memory))
        fail_msg("no memory");
    size_t first = getenv("SEED") ? strtoul(getenv("SEED"), NULL, 10) : 0;
    size_t count = getenv("SLOW") ? 5000 : 80;
    for (size_t i = 0; i < count; i++)
        walk(first + i);
}

static void the_walks_are_worth_the_name(void **state) {
    (void)state;
    print_message("%zu decided questions, %zu of them where a row folds, %zu pending\n",
                  decided_questions, folded_questions, pending_questions);
    assert_in_range(decided_questions, 1000, pending_questions * 10);
    assert_in_range(folded_questions, 20, decided_questions);
}

/* ---- rules ------------------------------------------------------------------------------- */

/* Rules that came later, were called something else, or were one once. */
static void age_rules(struct rule_pack *pack) {
    pack->method->pack = 3;
    for (size_t i = 0; i < pack->rules.count; i++) {
        struct rule *rule = pack->rules.items[i];
        rule->since = 1 + (int)(i % 3);
        rule->was = ARENA_ARRAY(&memory[0], struct slice, 2);
        rule->was_count = 2;
        rule->was[0] = text_join(&memory[0], SLICE("old"), SLICE("_"), rule->id);
        rule->was[1] = text_format(&memory[0], "joint_%zu", i / 4);
    }
}

static int open_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) {
        arena_open(&memory[i], NULL, 0);
        memory[i].failure = &out_of_memory;
        arena_alloc(&memory[i], 64);
    }
    if (setjmp(out_of_memory))
        return -1;
    stridec *any = sharing_new();
    deciding_rules(any->project.shared->pack, any->project.shared->vocabulary);
    age_rules((struct rule_pack *)(uintptr_t)any->project.shared->pack);
    stridec_free(any);
    return 0;
}

static int close_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++)
        arena_close(&memory[i]);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(walks),
        cmocka_unit_test(the_walks_are_worth_the_name),
    };
    return cmocka_run_group_tests_name("decisions", tests, open_rules, close_rules);
}

/* What holds of the questions whatever the model, tried on changes chosen at random:
 *   adding never takes away   what is drawn elsewhere leaves every question, and in no worse tier
 *   stating a trait pays      a generic question only makes room for a specific one
 *   nearer is never worse     nor is any question of what is opened to the outside
 *   facts                     a safe fact opens nothing, and one that is taken back closes nothing
 * On random models, on those of this repository, and with CORPUS=FOLDER on those below it; SLOW=1
 * tries more, SEED=N begins with another random model, PROPERTY=24 tries only the second and the
 * fourth. What fails is made smaller while it still fails, and
 * printed. */
// SPDX-License-Identifier: MIT
#include "models/change.h"

#include "analysis/patterns.h"
#include "project/project.h"
#include "support.h"
#include "syntax/builder.h"
#include "syntax/parser.h"

#include <stdio.h>
#include <stdlib.h>

#define ELEMENTS 40 /* of a random model, at most */
#define SHOWN 40    /* failures that are printed; each is of another sort */

static const char *const property_names[] = {"adding takes away", "a stated trait does not pay",
                                             "nearer is worse", "a fact does harm"};

struct judged {
    struct arena *arena;
    struct arena_mark mark;
    struct model *model;
    const struct rows *rows;
    struct trial trial;
};

/* The first thing that should not have happened. */
struct loss {
    char what[80];         /* the sort of it */
    char where[160];       /* of a row or pattern */
    const char *happening; /* NULL: nothing happened */
};

/* What was judged last before a change: most changes of a model begin with the same. */
static struct {
    struct judged judged;
    struct slice text; /* in the memory of `judged` */
    bool compiles;
} latest;

static struct project project;
static struct arena memory[3]; /* of the model that is tried, and before and after a change of it */
static jmp_buf out_of_memory;
static struct {
    char *sorts[SHOWN];
    size_t count, all, tried[PROPERTY_COUNT];
} failures;

/* ---- judging ----------------------------------------------------------------------------- */

/* False when it does not compile. Takes memory until `forget`; the text has to stay. */
static bool build_text(struct judged *judged, struct arena *arena, struct slice text) {
    *judged = (struct judged){.arena = arena, .mark = arena_mark(arena)};
    struct diagnostics diagnostics = {.arena = arena};
    struct vocabulary *vocabulary = vocabulary_new(arena, project.vocabulary);
    struct model *model = model_new(arena, vocabulary);
    const struct tree *tree = parse(&diagnostics, source_new(arena, SLICE("model.dfd"), text));
    if (file_kind_of(tree) != IN_MODEL)
        return false;
    build_model(&diagnostics, model, tree, IN_MODEL);
    judged->model = model;
    return !diagnostics.errors;
}

static void forget(const struct judged *judged) {
    arena_rewind(judged->arena, judged->mark);
}

static bool judge_text(struct judged *judged, struct arena *arena, struct slice text) {
    if (!build_text(judged, arena, text))
        return false;
    const struct analysis *analysis = analyse(arena, judged->model);
    judged->rows = find_rows(arena, analysis, project.pack, NULL);
    judged->trial.judgement = judgement_at(arena, analysis, NULL);
    return true;
}

static bool judge_sketch(struct judged *judged, struct arena *arena, const struct sketch *sketch) {
    struct arena_mark mark = arena_mark(arena);
    bool compiles = judge_text(judged, arena, sketch_text(arena, sketch));
    judged->mark = mark;
    return compiles;
}

static bool judge_before(const struct sketch *sketch) {
    struct slice text = sketch_text(sketch->arena, sketch);
    if (latest.text.at && slice_equal(text, latest.text))
        return latest.compiles;
    if (latest.text.at)
        forget(&latest.judged);
    struct arena_mark mark = arena_mark(&memory[1]);
    latest.text = slice_copy(&memory[1], text);
    latest.compiles = judge_text(&latest.judged, &memory[1], latest.text);
    latest.judged.mark = mark;
    return latest.compiles;
}

static bool is_in_scope(const struct pattern *pattern) {
    return pattern->state != PATTERN_POSSIBLE;
}

static bool asks(const struct row *row) {
    return row->state == ROW_OPEN || row->state == ROW_COVERED || row->state == ROW_FOLDED;
}

static const struct decl *same_decl(const struct judged *judged, const struct decl *decl) {
    return model_find(judged->model, decl_id(decl));
}

static const struct row *same_row(const struct judged *judged, const struct row *row) {
    const struct decl *subject = same_decl(judged, row->subject);
    return subject ? row_of(judged->rows, subject, row->letter) : NULL;
}

static const struct pattern *same_pattern(const struct row *row, const struct pattern *pattern) {
    for (const struct pattern *other = row->patterns; other; other = other->next)
        if (other->rule == pattern->rule && is_in_scope(other) &&
            slice_equal(decl_id(other->subject), decl_id(pattern->subject)))
            return other;
    return NULL;
}

/* There, or in scope and yielding to a better one. */
static bool is_kept(struct judged *after, const struct row *row, const struct pattern *pattern) {
    if (same_pattern(row, pattern))
        return true;
    after->trial.judgement.subject = same_decl(after, pattern->subject);
    const struct pattern *tried = try_rule(&after->trial, pattern->rule);
    return tried && is_in_scope(tried);
}

/* ---- losses ------------------------------------------------------------------------------ */

static void lose_row(struct loss *loss, const struct row *row, const char *happening, int was,
                     int is) {
    snprintf(loss->what, sizeof loss->what, "%.*s@%s", SLICE_ARGS(row->letter->code),
             subject_rows[subject_kind_of(row->subject)].word);
    snprintf(loss->where, sizeof loss->where, "%.*s@%.*s, tier %d before and %d now",
             SLICE_ARGS(row->letter->code), SLICE_ARGS(decl_id(row->subject)), was, is);
    loss->happening = happening;
}

static void lose_pattern(struct loss *loss, const struct row *row, const struct pattern *pattern,
                         const char *happening, int tier) {
    snprintf(loss->what, sizeof loss->what, "%.*s", SLICE_ARGS(pattern->rule->id));
    snprintf(loss->where, sizeof loss->where, "%.*s@%.*s/%.*s at %.*s, tier %d before and %d now",
             SLICE_ARGS(row->letter->code), SLICE_ARGS(decl_id(row->subject)),
             SLICE_ARGS(pattern->rule->id), SLICE_ARGS(decl_id(pattern->subject)), pattern->tier,
             tier);
    loss->happening = happening;
}

/* The tier in which an open question is asked now: its own, or that of what it yields to. 0 where
 * it is covered: then others of the row may be open. */
static int tier_now(const struct row *is, const struct pattern *was) {
    const struct pattern *now = same_pattern(is, was);
    return was->state != PATTERN_OPEN ? 0 : now ? now->tier : is->tier;
}

/* A covered one beside an open one has no tier of its own; then the best of the row counts. */
static bool has_specific(const struct row *row, const struct decl *about, int tier) {
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->specific && is_in_scope(at) && (!about || at->subject == about) &&
            (at->tier ? at->tier : row->specific_tier) <= tier)
            return true;
    return false;
}

/* Whether a specific question, of the row or at a flow of its subject, is in this tier. */
static bool is_paid(const struct judged *after, const struct row *row, int tier) {
    const struct decl *subject = row->subject;
    bool flow = subject->kind == KIND_FLOW;
    size_t count = flow ? 1 : decl_flow_count(subject);
    const struct method *method = project.pack->method;
    if (has_specific(row, NULL, tier))
        return true;
    for (size_t i = 0; i < count; i++) {
        const struct decl *at = flow ? subject : subject->flows[i];
        for (size_t j = 0; j < method->letter_count; j++)
            if (has_specific(row_of(after->rows, at, &method->letters[j]), at, tier) ||
                has_specific(row_of(after->rows, at->from, &method->letters[j]), at, tier) ||
                has_specific(row_of(after->rows, at->to, &method->letters[j]), at, tier))
                return true;
    }
    return false;
}

/* Every pattern of the row is still in scope, and in no worse tier; of a row without any, the row.
 * A tier is not lost where a specific question has it now: an attacker who gets near to what is
 * described is asked about in those words. */
static void expect_kept(struct loss *loss, struct judged *after, const struct row *was,
                        bool tiers) {
    const struct row *is = same_row(after, was);
    tiers &= is->state != ROW_FOLDED && was->state != ROW_FOLDED;
    if (!asks(was))
        return;
    if (!asks(is))
        lose_row(loss, was, "a row that is gone", was->tier, 0);
    for (const struct pattern *at = was->patterns; at && !loss->happening; at = at->next)
        if (is_in_scope(at) && !is_kept(after, is, at))
            lose_pattern(loss, was, at, "a pattern that is gone", 0);
        else if (tiers && tier_now(is, at) > at->tier && !is_paid(after, is, at->tier))
            lose_pattern(loss, was, at, "a worse tier", tier_now(is, at));
    if (!loss->happening && tiers && !was->open && !was->covered && is->tier > was->tier)
        lose_row(loss, was, "a worse tier", was->tier, is->tier);
}

static bool is_end(const struct change *change, const struct sketch *sketch,
                   const struct decl *decl) {
    size_t ends[] = {change->added[0].from, change->added[0].to};
    for (size_t i = 0; i < 2; i++)
        if (ends[i] != NO_PART && slice_equal(sketch->parts[ends[i]].id, decl_id(decl)))
            return true;
    return false;
}

/* Not the end of what was drawn, nor a flow between the same two: it may be its answer. */
static bool is_elsewhere(const struct change *change, const struct sketch *sketch,
                         const struct decl *decl) {
    if (decl->kind == KIND_FLOW)
        return !is_end(change, sketch, decl->from) || !is_end(change, sketch, decl->to);
    return !is_end(change, sketch, decl);
}

static void check_adding(struct loss *loss, const struct judged *before, struct judged *after,
                         const struct change *change, const struct sketch *sketch) {
    for (size_t i = 0; i < before->rows->cell_count && !loss->happening; i++)
        if (is_elsewhere(change, sketch, before->rows->cells[i].subject))
            expect_kept(loss, after, &before->rows->cells[i], true);
}

static void check_nearer(struct loss *loss, const struct judged *before, struct judged *after,
                         const struct change *change, const struct sketch *sketch) {
    const struct part *part = &sketch->parts[change->part];
    for (size_t i = 0; i < before->rows->cell_count && !loss->happening; i++)
        if (slice_equal(decl_id(before->rows->cells[i].subject), part->id))
            expect_kept(loss, after, &before->rows->cells[i], true);
}

/* ---- a trait pays ------------------------------------------------------------------------ */

/* The method says under which condition nothing is asked there. */
static bool is_exempt(struct judged *after, const struct row *row) {
    const struct method *method = project.pack->method;
    after->trial.judgement.subject = row->subject;
    for (size_t i = 0; i < method->exemptions.count; i++) {
        const struct exemption *exemption = &method->exemptions.items[i];
        if (exemption->subject == subject_kind_of(row->subject) &&
            (exemption->letters >> row->letter->index & 1) &&
            judge(&after->trial.judgement, exemption->when, NULL) == VERDICT_TRUE)
            return true;
    }
    return false;
}

static void expect_paid(struct loss *loss, struct judged *after, const struct row *was) {
    const struct row *is = same_row(after, was);
    if (was->state != ROW_OPEN || is->state == ROW_FOLDED || is_exempt(after, is))
        return;
    for (const struct pattern *at = was->patterns; at && !loss->happening; at = at->next) {
        if (at->specific || at->state != PATTERN_OPEN || is_paid(after, is, at->tier))
            continue;
        if (!asks(is) || !is_kept(after, is, at))
            lose_pattern(loss, was, at, "a pattern that is gone", 0);
        else if (tier_now(is, at) > at->tier)
            lose_pattern(loss, was, at, "a worse tier", tier_now(is, at));
    }
}

static void check_traits(struct loss *loss, const struct judged *before, struct judged *after,
                         const struct change *change, const struct sketch *sketch) {
    (void)change;
    (void)sketch;
    for (size_t i = 0; i < before->rows->cell_count && !loss->happening; i++)
        expect_paid(loss, after, &before->rows->cells[i]);
}

/* ---- facts ------------------------------------------------------------------------------- */

static bool reads(const struct condition *condition, enum attribute_id family) {
    bool found = condition->kind >= CONDITION_SAFE && condition->family == family;
    for (const struct condition *part = condition->parts; part && !found; part = part->next)
        found = reads(part, family);
    return found;
}

/* Whether something is asked that does not make sense because of the fact itself, as a key that
 * proves its holder is asked for its rotation. */
static bool asks_anyway(const struct row *row, enum attribute_id fact) {
    for (const struct pattern *at = row->patterns; at; at = at->next)
        if (at->state == PATTERN_OPEN && !reads(at->rule->when, fact))
            return true;
    return false;
}

/* What is folded was asked already, at a row that the fact may settle alone: a signed request says
 * nothing of its answer. */
static void check_facts(struct loss *loss, const struct judged *before, struct judged *after,
                        const struct change *change, const struct sketch *sketch) {
    bool opens = change->is.length; /* a safe one: nothing may open */
    (void)sketch;
    for (size_t i = 0; i < before->rows->cell_count && !loss->happening; i++) {
        const struct row *was = &before->rows->cells[i], *is = same_row(after, was);
        if (opens && is->state == ROW_OPEN && was->state != ROW_OPEN && was->state != ROW_FOLDED &&
            asks_anyway(is, change->id))
            lose_row(loss, was, "a row that opens", was->tier, is->tier);
        if (!opens && was->state == ROW_OPEN && is->state != ROW_OPEN && is->state != ROW_FOLDED &&
            asks_anyway(was, change->id))
            lose_row(loss, was, "a row that closes", was->tier, is->tier);
    }
}

/* ---- trying a change --------------------------------------------------------------------- */

typedef void property_check(struct loss *loss, const struct judged *before, struct judged *after,
                            const struct change *change, const struct sketch *sketch);
static property_check *const checks[] = {check_adding, check_traits, check_nearer, check_facts};

/* What the change does to the model, which it may not. */
static struct loss try_change(const struct sketch *sketch, const struct change *change) {
    struct arena_mark mark = arena_mark(sketch->arena);
    struct sketch without = sketch_changed(sketch, change, false),
                  with = sketch_changed(sketch, change, true);
    struct loss loss = {.happening = NULL};
    struct judged after;
    if (judge_before(&without)) {
        if (judge_sketch(&after, &memory[2], &with))
            checks[change->property](&loss, &latest.judged, &after, change, sketch);
        forget(&after);
    }
    arena_rewind(sketch->arena, mark);
    return loss;
}

static bool fails_alike(const struct sketch *sketch, const struct change *change,
                        const struct loss *loss) {
    struct loss now = try_change(sketch, change);
    return now.happening == loss->happening && strcmp(now.what, loss->what) == 0;
}

static bool is_needed(const struct change *change, size_t part) {
    bool needed = part == change->part;
    for (size_t i = 0; i < change->added_count; i++)
        needed |= part == change->added[i].from || part == change->added[i].to ||
                  part == change->added[i].parent;
    return needed;
}

/* Without a part, or without one of its statements; whether it still fails then. */
static bool shrink_at(struct sketch *sketch, size_t part, const struct change *change,
                      const struct loss *loss) {
    struct sketch smaller = sketch_copy(sketch);
    if (sketch->parts[part].gone)
        return false;
    sketch_drop(&smaller, part);
    for (size_t i = 0; i < sketch->count; i++)
        if (smaller.parts[i].gone && is_needed(change, i))
            goto statements;
    if (fails_alike(&smaller, change, loss)) {
        *sketch = smaller;
        return true;
    }
statements:
    for (size_t i = 0; i < sketch->parts[part].count; i++) {
        smaller = sketch_copy(sketch);
        sketch_state(&smaller, part, sketch->parts[part].stated[i].id, (struct slice){"", 0});
        if (fails_alike(&smaller, change, loss)) {
            *sketch = smaller;
            return true;
        }
    }
    return false;
}

static void shrink(struct sketch *sketch, struct change *change, const struct loss *loss) {
    bool smaller = true;
    while (smaller) {
        smaller = false;
        for (size_t i = 0; i < sketch->count; i++)
            smaller |= shrink_at(sketch, i, change, loss);
        for (size_t i = 0; i < change->added_count; i++)
            for (size_t j = 0; j < change->added[i].count; j++) {
                struct change less = *change;
                struct sketch only = {sketch->arena, &less.added[i], 1};
                sketch_state(&only, 0, less.added[i].stated[j].id, (struct slice){"", 0});
                if (!fails_alike(sketch, &less, loss))
                    continue;
                *change = less;
                smaller = true;
            }
    }
}

/* ---- failures ---------------------------------------------------------------------------- */

static char *sort_of(const struct change *change, const struct loss *loss) {
    const char *what = change->id != ATTRIBUTE_COUNT ? attribute_rows[change->id].name
                       : change->property == NEARER  ? "a call"
                                                     : kind_rows[change->added[0].kind].word;
    return format("%s: %s: %s, %s", property_names[change->property], loss->happening, loss->what,
                  what);
}

static void print_failure(const struct sketch *sketch, const struct change *change,
                          const char *where, const char *sort) {
    struct loss loss = try_change(sketch, change);
    struct sketch without = sketch_changed(sketch, change, false),
                  with = sketch_changed(sketch, change, true);
    struct slice text = sketch_text(sketch->arena, &without);
    struct sketch added = {sketch->arena, with.parts, with.count};
    printf("\n%s (from %s)\n  %s: %s\n%.*s", sort, where, loss.happening, loss.where,
           SLICE_ARGS(text));
    if (change->id != ATTRIBUTE_COUNT)
        printf("+ %.*s: %s: '%.*s' becomes '%.*s'\n", SLICE_ARGS(sketch->parts[change->part].id),
               attribute_rows[change->id].name, SLICE_ARGS(change->was), SLICE_ARGS(change->is));
    for (size_t i = 0; i < sketch->count; i++)
        added.parts[i].gone = true;
    text = sketch_text(sketch->arena, &added);
    printf("%s%.*s", text.length ? "+ " : "", SLICE_ARGS(text));
    fflush(stdout);
}

/* Each sort of failure once. */
static void take_failure(const struct sketch *sketch, const struct change *change,
                         const struct loss *loss, const char *where) {
    char *sort = sort_of(change, loss);
    failures.all++;
    for (size_t i = 0; i < failures.count; i++)
        if (strcmp(failures.sorts[i], sort) == 0) {
            free(sort);
            return;
        }
    if (failures.count == SHOWN) {
        free(sort);
        return;
    }
    failures.sorts[failures.count++] = sort;
    struct sketch smallest = sketch_copy(sketch);
    struct change least = *change;
    shrink(&smallest, &least, loss);
    print_failure(&smallest, &least, where, sort);
}

static void try_and_note(const struct sketch *sketch, const struct change *change,
                         const char *where) {
    struct loss loss = try_change(sketch, change);
    failures.tried[change->property]++;
    if (loss.happening)
        take_failure(sketch, change, &loss, where);
}

static void try_changes(struct sketch *sketch, struct dice *dice, size_t count, const char *where) {
    const char *only = getenv("PROPERTY");
    for (size_t i = 0; i < count && sketch->count; i++) {
        struct change change;
        enum property property = (enum property)(i % PROPERTY_COUNT);
        if (only && strchr(only, (char)('1' + property)) == NULL)
            continue;
        if (choose_change(property, sketch, dice, &change))
            try_and_note(sketch, &change, where);
    }
}

/* ---- models ------------------------------------------------------------------------------ */

static size_t slow_or(size_t slow, size_t quick) {
    return getenv("SLOW") ? slow : quick;
}

static void try_random_model(uint64_t number) {
    struct arena_mark mark = arena_mark(&memory[0]);
    struct dice dice = dice_new(number);
    char *where = format("random model %u", (unsigned)number);
    struct sketch sketch =
        sketch_random(&memory[0], project.pack, project.vocabulary, &dice, ELEMENTS);
    try_changes(&sketch, &dice, 24, where);
    arena_rewind(&memory[0], mark);
    free(where);
}

/* The changes are those of the path: a file more in the repository changes no other's. */
static void try_file(const char *path, size_t changes) {
    struct text text = read_file(path);
    struct judged judged;
    struct dice dice = dice_new(text_hash(TEXT_HASH, slice_of(path)));
    struct sketch sketch;
    if (build_text(&judged, &memory[0], (struct slice){text.at, text.length}) &&
        sketch_of_model(&memory[0], judged.model, &sketch))
        try_changes(&sketch, &dice, changes, path);
    forget(&judged);
    free(text.at);
}

static void try_folder(const char *folder, size_t changes) {
    struct paths paths = find_models(folder, ".dfd");
    for (size_t i = 0; i < paths.count; i++)
        try_file(paths.items[i], changes);
    free_paths(&paths);
}

static void expect_none(void) {
    if (getenv("V"))
        printf("tried: %zu additions, %zu traits, %zu nearer, %zu facts; %zu failures\n",
               failures.tried[ADDING], failures.tried[TRAITS], failures.tried[NEARER],
               failures.tried[FACTS], failures.all);
    for (size_t i = 0; i < failures.count; i++)
        free(failures.sorts[i]);
    size_t count = failures.count;
    memset(&failures, 0, sizeof failures);
    if (count)
        fail_msg("%zu sorts of failures, printed above", count);
}

/* ---- tests ------------------------------------------------------------------------------- */

static void random_models(void **state) {
    (void)state;
    if (setjmp(out_of_memory))
        fail_msg("no memory");
    size_t first = getenv("SEED") ? strtoul(getenv("SEED"), NULL, 10) : 0;
    for (size_t i = 0; i < slow_or(2000, 250); i++)
        try_random_model(first + i);
    expect_none();
}

/* Each kind that the process could have, where a person alone calls it, and where others do as
 * well: what the method exempts with a reason, such as T where all is entered by hand, is no loss.
 */
static void every_kind_of_a_small_model(void **state) {
    static const char *const models[] = {
        "actor b\nprocess a\nflow b_to_a = b -> a\n",
        "actor b\nboundary z { process a }\nflow b_to_a = b -> a\n",
        "actor b\nexternal c\nprocess a\nflow b_to_a = b -> a\nflow c_to_a = c -> a\n",
        "external c\nprocess a\nflow a_to_c = a -> c\nflow d = c -> a { initiator: target }\n",
    };
    (void)state;
    if (setjmp(out_of_memory))
        fail_msg("no memory");
    for (size_t i = 0; i < sizeof models / sizeof *models; i++) {
        struct judged judged;
        struct sketch sketch;
        assert_true(build_text(&judged, &memory[0], slice_of(models[i])));
        assert_true(sketch_of_model(&memory[0], judged.model, &sketch));
        struct change change = {.property = TRAITS, .id = ATTRIBUTE_process_kind};
        while (sketch.parts[change.part].kind != KIND_PROCESS)
            change.part++;
        const char *rest = attribute_rows[change.id].values;
        for (bool safe; attribute_next_value(&rest, &change.is, &safe);)
            try_and_note(&sketch, &change, models[i]);
        forget(&judged);
    }
    expect_none();
}

static void models_of_the_repository(void **state) {
    (void)state;
    if (setjmp(out_of_memory))
        fail_msg("no memory");
    try_folder("samples", slow_or(800, 40));
    try_folder("tests", slow_or(200, 16));
    expect_none();
}

static void models_of_a_folder(void **state) {
    (void)state;
    if (setjmp(out_of_memory))
        fail_msg("no memory");
    if (getenv("CORPUS"))
        try_folder(getenv("CORPUS"), slow_or(800, 80));
    expect_none();
}

static int open_rules(void **state) {
    (void)state;
    project_open(&project, NULL, 0);
    project.arena.failure = &out_of_memory;
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++) {
        arena_open(&memory[i], NULL, 0);
        memory[i].failure = &out_of_memory;
        arena_alloc(&memory[i], 64); /* a block that stays when all of a model is taken back */
    }
    if (setjmp(out_of_memory) || !load_builtin_rules(&project))
        return -1;
    return 0;
}

static int close_rules(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof memory / sizeof *memory; i++)
        arena_close(&memory[i]);
    project_close(&project);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_models),
        cmocka_unit_test(every_kind_of_a_small_model),
        cmocka_unit_test(models_of_the_repository),
        cmocka_unit_test(models_of_a_folder),
    };
    return cmocka_run_group_tests_name("properties", tests, open_rules, close_rules) != 0;
}

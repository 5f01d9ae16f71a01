/* Decisions that are made by the library, on models at random and those of the repository: what is
 * written compiles, is in house style and sorted, answers just the questions that were named, and
 * touches nothing else; the same again changes nothing, and what was inserted can be taken out.
 * SLOW=1 tries more, SEED=N begins with another model. */
// SPDX-License-Identifier: MIT
#include "analysis/reasons.h"
#include "api/compilation.h"
#include "models/random_model.h"
#include "models/sketch.h"
#include "project/deciding.h"
#include "purse.h"
#include "triaged.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 8
#define MOST_IDS 3

/* The files of a walk, and what was done to them. */
struct world {
    struct text model, triage;
    struct dice dice;
    size_t steps, decided;
    const char *verb; /* of the step under way */
    uint64_t seed;
};

static stridec *compile(struct world *world) {
    stridec_status status;
    stridec *self = compile_triaged(&world->model, &world->triage, &status);
    if (status != STRIDEC_OK || stridec_level_count(self, STRIDEC_ERROR)) {
        struct text said = {0};
        stridec_print_diagnostics(self, false, text_take, &said);
        fail_msg("%s\n%s\n-- model %llu, after '%s':\n%s", said.at, world->triage.at,
                 (unsigned long long)world->seed, world->verb, world->model.at);
    }
    stridec_row_count(self);
    return self;
}

/* ---- what is pending, and what is decided ------------------------------------------------ */

struct question {
    char *id; /* "T@pay/replay" */
    char *by; /* "threat T-1"; "" where nobody has decided */
    bool pending;
};
struct questions {
    struct question *items;
    size_t count;
};

static char *copy_of(struct slice text) {
    return format("%.*s", SLICE_ARGS(text));
}

static void add_question(struct questions *questions, struct arena *arena,
                         const struct project *project, const struct row *row,
                         const struct pattern *pattern) {
    const struct verdict_on *verdict = verdict_about(project->decisions, row, pattern);
    questions->items = realloc(questions->items, (questions->count + 1) * sizeof *questions->items);
    assert_non_null(questions->items);
    struct question *question = &questions->items[questions->count++];
    question->id =
        copy_of(pattern ? pattern_key(arena, project->rows, pattern) : row_id(arena, row));
    question->by =
        copy_of(verdict ? text_format(arena, "%s %.*s", kind_rows[verdict->first->decl->kind].word,
                                      SLICE_ARGS(decl_id(verdict->first->decl)))
                        : SLICE(""));
    question->pending = is_pending(project->decisions, row, pattern);
}

/* In order of the cells, which decisions do not change. */
static struct questions list_questions(stridec *self) {
    struct project *project = &self->project;
    struct questions questions = {0};
    for (size_t i = 0; i < project->rows->cell_count; i++) {
        const struct row *row = &project->rows->cells[i];
        if (!row->open && !row->covered && (row->state == ROW_OPEN || row->state == ROW_ANSWERED))
            add_question(&questions, &project->arena, project, row, NULL);
        for (const struct pattern *at = row->patterns; at; at = at->next)
            if (at->state == PATTERN_OPEN)
                add_question(&questions, &project->arena, project, row, at);
    }
    return questions;
}

static void free_questions(struct questions *questions) {
    for (size_t i = 0; i < questions->count; i++) {
        free(questions->items[i].id);
        free(questions->items[i].by);
    }
    free(questions->items);
}

/* ---- requests at random ------------------------------------------------------------------ */

struct asking {
    stridec_request data;
    char *ids[MOST_IDS];
    stridec_stated stated[4];
    const char *values[4];
};

static void add_stated(struct asking *request, const char *name, const char *value) {
    size_t index = request->data.stated_count++;
    request->values[index] = value;
    request->stated[index] = (stridec_stated){.size = sizeof(stridec_stated),
                                              .name = name,
                                              .values = &request->values[index],
                                              .value_count = 1};
}

static void add_pending(struct world *world, const struct questions *questions,
                        struct asking *request) {
    size_t wanted = 1 + dice_below(&world->dice, MOST_IDS);
    for (size_t tries = 0; tries < 20 && request->data.id_count < wanted; tries++) {
        const struct question *one =
            &questions->items[dice_below(&world->dice, (uint32_t)questions->count)];
        if (one->pending)
            request->ids[request->data.id_count++] = format("%s", one->id);
    }
}

static void add_threat(struct world *world, stridec *self, struct asking *request) {
    const struct decisions *decisions = self->project.decisions;
    if (decisions->threats.count)
        request->ids[request->data.id_count++] = copy_of(decl_id(
            decisions->threats.items[dice_below(&world->dice, (uint32_t)decisions->threats.count)]
                ->decision.decl));
}

/* About a subject, and no question. */
static void add_own(struct world *world, stridec *self, struct asking *request) {
    static const char *const letters[] = {"S", "T", "R", "I", "D", "E"};
    const struct decl_list *subjects = &self->project.model->subjects;
    const struct decl *subject =
        subjects->items[dice_below(&world->dice, (uint32_t)subjects->count)];
    add_stated(request, "category", letters[dice_below(&world->dice, 6)]);
    add_stated(request, "on", slice_string(&self->project.arena, decl_id(subject)));
}

static const char *const texts[] = {"Plain", "Two\nlines", "\"quoted\" \\ {x} # [y]",
                                    "\xc3\xbc\xe2\x80\x8b", "a, b; c: d"};

/* False where there is nothing to decide. */
static bool choose(struct world *world, stridec *self, const struct questions *questions,
                   struct asking *request) {
    static const char *const verbs[] = {"add",    "add",      "dismiss",  "dismiss", "seed",
                                        "accept", "mitigate", "baseline", "review"};
    const char *text = texts[dice_below(&world->dice, 5)];
    world->verb = verbs[dice_below(&world->dice, 9)];
    *request = (struct asking){.data = {.size = sizeof request->data, .verb = world->verb}};
    request->data.ids = (const char *const *)request->ids;
    request->data.stated = request->stated;
    if (strcmp(world->verb, "seed") == 0) {
        request->data.tier = 1 + (int)dice_below(&world->dice, 3);
        return true;
    }
    request->data.label = dice_below(&world->dice, 2) ? text : NULL;
    if (strcmp(world->verb, "add") == 0 && !dice_below(&world->dice, 4))
        add_own(world, self, request);
    else if (strcmp(world->verb, "add") == 0 || strcmp(world->verb, "dismiss") == 0)
        add_pending(world, questions, request);
    else if (strcmp(world->verb, "accept") == 0 || strcmp(world->verb, "mitigate") == 0)
        add_threat(world, self, request);
    if (strcmp(world->verb, "dismiss") == 0)
        add_stated(request, "reason", text);
    if (strcmp(world->verb, "accept") == 0)
        add_stated(request, "because", text);
    if (strcmp(world->verb, "review") == 0) {
        add_stated(request, "by", text);
        add_stated(request, "on", "2026-11-30");
        add_stated(request, "verdict", "passed");
    }
    if (strcmp(world->verb, "baseline") == 0)
        request->data.tier = 1 + (int)dice_below(&world->dice, 3);
    add_stated(request, "note", text);
    return request->data.id_count || request->data.stated_count > 3 || request->data.tier;
}

static void free_request(struct asking *request) {
    for (size_t i = 0; i < request->data.id_count; i++)
        free(request->ids[i]);
}

/* ---- oracles ----------------------------------------------------------------------------- */

static bool is_named(const struct asking *request, const char *id) {
    for (size_t i = 0; i < request->data.id_count; i++)
        if (strcmp(request->ids[i], id) == 0)
            return true;
    return false;
}

/* Those that were named are answered by what was written, all others are as they were. */
static void check_answers(const struct world *world, stridec *self, const struct asking *request,
                          const char *written, const struct questions *before) {
    struct questions after = list_questions(self);
    bool answers = strcmp(world->verb, "add") == 0 || strcmp(world->verb, "dismiss") == 0;
    bool any = strcmp(world->verb, "baseline") == 0;
    assert_int_equal(after.count, before->count);
    for (size_t i = 0; i < after.count; i++) {
        const struct question *was = &before->items[i], *is = &after.items[i];
        assert_string_equal(is->id, was->id);
        if (answers && is_named(request, is->id)) {
            assert_false(is->pending);
            assert_string_equal(is->by, written);
        } else if (any && was->pending && !is->pending) {
            assert_true(strncmp(is->by, "baseline", 8) == 0);
        } else {
            assert_int_equal(is->pending, was->pending);
            assert_string_equal(is->by, was->by);
        }
    }
    free_questions(&after);
}

/* The text with its insertions taken out again is the old one. */
static void check_rest(stridec *self, const struct text *before) {
    stridec_change change = {.size = sizeof change};
    struct text old = {0};
    size_t at = 0;
    for (size_t i = 0; stridec_change_at(self, i, &change); i++) {
        assert_string_equal(change.path, TRIAGE);
        assert_int_equal(change.start, change.end);
        assert_true(change.start >= at && change.end <= before->length);
        text_add(&old, before->at + at, change.start - at);
        at = change.start;
    }
    text_add(&old, before->at + at, before->length - at);
    assert_true(old.length == before->length &&
                (!old.length || memcmp(old.at, before->at, old.length) == 0));
    free(old.at);
}

static void check_style(const struct world *world, const struct text *triage) {
    struct text styled = {0};
    stridec *formatter = sharing_new();
    assert_int_equal(
        stridec_reformat(formatter, TRIAGE, triage->at, triage->length, true, text_take, &styled),
        STRIDEC_OK);
    size_t same = 0;
    while (same < styled.length && same < triage->length && styled.at[same] == triage->at[same])
        same++;
    if (same < styled.length || same < triage->length)
        fail_msg("not in style, or not sorted, after '%s' of model %llu:\n%.300s\n-- not:\n%.300s",
                 world->verb, (unsigned long long)world->seed, triage->at + same, styled.at + same);
    free(styled.at);
    stridec_free(formatter);
}

static void check_same_again(struct world *world, const struct asking *request) {
    stridec *self = compile(world);
    stridec_change change = {.size = sizeof change};
    stridec_decided decided = {.size = sizeof decided};
    stridec_status status = stridec_decide(self, &request->data, 1);
    if (status != STRIDEC_OK)
        fail_msg("'%s' again: %s", world->verb, stridec_refusal(self));
    assert_false(stridec_change_at(self, 0, &change));
    assert_true(stridec_decided_at(self, 0, &decided));
    assert_false(decided.changes);
    stridec_free(self);
}

/* Line ends and a BOM are kept from the first decision on. */
static void dress(struct world *world) {
    struct text dressed = {0};
    text_add(&dressed, "\xef\xbb\xbf", 3);
    for (size_t i = 0; i < world->triage.length; i++) {
        if (world->triage.at[i] == '\n')
            text_add(&dressed, "\r", 1);
        text_add(&dressed, world->triage.at + i, 1);
    }
    free(world->triage.at);
    world->triage = dressed;
}

/* ---- walks ------------------------------------------------------------------------------- */

/* "dismiss S@order/replay": what the verdicts of the questions then name. */
static char *name_of(const stridec_decided *decided) {
    bool is_list = strcmp(decided->kind, "dismiss") == 0 && decided->id_count > 1;
    return format("%s %s", decided->kind, is_list ? "" : decided->id);
}

static void check_decided(struct world *world, stridec *self, const struct asking *request,
                          const struct questions *before) {
    stridec_decided decided = {.size = sizeof decided};
    assert_true(stridec_decided_at(self, 0, &decided));
    struct text changed = {0};
    bool has_stubs = world->triage.length && strstr(world->triage.at, "# todo "); /* they may go */
    if (!has_stubs && !decided.note_count) /* else a record has changed */
        check_rest(self, &world->triage);
    if (!decided.changes)
        return;
    assert_int_equal(stridec_write_changed(self, TRIAGE, text_take, &changed), STRIDEC_OK);
    free(world->triage.at);
    world->triage = changed;
    world->decided++;
    char *written = name_of(&decided);
    stridec *after = compile(world);
    check_answers(world, after, request, written, before);
    check_style(world, &world->triage);
    stridec_free(after);
    free(written);
}

static void decide(struct world *world, stridec *self, const struct questions *before) {
    struct asking request;
    if (choose(world, self, before, &request)) {
        stridec_status status = stridec_decide(self, &request.data, 1);
        if (status == STRIDEC_OK) {
            check_decided(world, self, &request, before);
            check_same_again(world, &request);
        } else {
            assert_int_equal(status, STRIDEC_MISUSE);
            assert_true(*stridec_refusal(self));
        }
    }
    free_request(&request);
}

static void step(struct world *world) {
    stridec *self = compile(world);
    struct questions before = list_questions(self);
    if (before.count)
        decide(world, self, &before);
    free_questions(&before);
    stridec_free(self);
}

static size_t walk(struct text model, uint64_t seed) {
    struct world world = {.model = model, .dice = dice_new(seed), .verb = "nothing", .seed = seed};
    for (size_t i = 0; i < STEPS; i++) {
        step(&world);
        if (world.decided == 1 && seed % 2 && world.triage.at[0] == '#')
            dress(&world);
    }
    free(world.triage.at);
    return world.decided;
}

static void decisions_about_random_models(void **state) {
    uint64_t first = getenv("SEED") ? strtoull(getenv("SEED"), NULL, 10) : 1;
    size_t models = getenv("SLOW") ? 2000 : 40, decided = 0;
    (void)state;
    for (uint64_t seed = first; seed < first + models; seed++) {
        struct text model = random_model(seed);
        decided += walk(model, seed);
        free(model.at);
    }
    assert_true(decided > models);
}

static void decisions_about_the_samples(void **state) {
    struct paths samples = find_samples();
    (void)state;
    for (size_t i = 0; i < samples.count; i++) {
        char *path = format("%s.dfd", samples.items[i]);
        struct text model = read_file(path);
        assert_true(walk(model, i + 1) > 0);
        free(model.at);
        free(path);
    }
    free_paths(&samples);
}

/* ---- hosts ------------------------------------------------------------------------------- */

static const char sound[] = "external a\nboundary b { process c { kind: api } }\nflow f = a -> c\n";

static stridec_status decide_one(stridec *self, const stridec_request *request) {
    stridec_status status = stridec_decide(self, request, 1);
    stridec_change change = {.size = sizeof change};
    if (status != STRIDEC_OK)
        assert_false(stridec_change_at(self, 0, &change));
    return status;
}

static void hosts_that_are_careless_are_refused(void **state) {
    struct world world = {.model = {(char *)(uintptr_t)sound, sizeof sound - 1}, .verb = "misuse"};
    stridec *self = compile(&world), *without = sharing_new();
    stridec_question question = {.size = sizeof question};
    const char *ids[] = {NULL, NULL};
    const stridec_stated stated = {.size = sizeof stated, .name = "note"};
    const stridec_request fine = {.size = sizeof fine, .verb = "add", .ids = ids, .id_count = 1};
    stridec_request request;
    (void)state;
    assert_true(stridec_question_at(self, 0, &question));
    assert_int_equal(decide_one(self, &fine), STRIDEC_MISUSE);
    ids[0] = question.id;
    assert_int_equal(decide_one(NULL, &fine), STRIDEC_MISUSE);
    assert_int_equal(decide_one(without, &fine), STRIDEC_MISUSE);
    assert_int_equal(stridec_decide(self, NULL, 1), STRIDEC_MISUSE);
    assert_int_equal(stridec_decide(self, NULL, 0), STRIDEC_OK);
    struct {
        size_t size;
        const char *verb;
        size_t id_count;
        int tier;
        size_t stated_count;
        const stridec_stated *stated;
    } wrong[] = {{0, "add", 1, 0, 0, NULL},
                 {sizeof fine, NULL, 1, 0, 0, NULL},
                 {sizeof fine, "", 1, 0, 0, NULL},
                 {sizeof fine, "add", 0, 0, 0, NULL},
                 {sizeof fine, "add", 2, 0, 0, NULL},
                 {sizeof fine, "baseline", 0, 4, 0, NULL},
                 {sizeof fine, "baseline", 0, -1, 0, NULL},
                 {sizeof fine, "add", 1, 0, 1, NULL},
                 {sizeof fine, "add", 1, 0, 1, &stated},
                 {sizeof fine + 8, "add", 1, 0, 0, NULL}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct {
            stridec_request request;
            size_t unknown;
        } larger = {fine, 1};
        larger.request.size = wrong[i].size;
        larger.request.verb = wrong[i].verb;
        larger.request.id_count = wrong[i].id_count;
        larger.request.tier = wrong[i].tier;
        larger.request.stated = wrong[i].stated;
        larger.request.stated_count = wrong[i].stated_count;
        assert_int_equal(decide_one(self, &larger.request), STRIDEC_MISUSE);
    }
    request = fine;
    assert_int_equal(decide_one(self, &request), STRIDEC_OK);
    assert_false(stridec_refused_at(self, 0, &(stridec_refused){.size = sizeof(stridec_refused)}));
    assert_false(stridec_decided_at(self, 1, &(stridec_decided){.size = sizeof(stridec_decided)}));
    assert_false(stridec_decided_at(self, 0, NULL));
    assert_false(stridec_question_at(self, SIZE_MAX, &question));
    assert_false(stridec_question_at(self, 0, NULL));
    assert_int_equal(stridec_question_text(self, SIZE_MAX, text_take, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_question_text(self, 0, NULL, NULL), STRIDEC_MISUSE);
    assert_int_equal(stridec_question_count(NULL), 0);
    assert_false(
        stridec_verb_at(SIZE_MAX, &(stridec_verb_info){.size = sizeof(stridec_verb_info)}));
    assert_false(stridec_verb_at(0, NULL));
    stridec_free(self);
    stridec_free(without);
}

/* With so many allocations for all: what is not done changes nothing. */
static stridec_status decide_with(size_t allocations) {
    struct world world = {.verb = "memory"};
    struct purse purse = {.left = allocations};
    const stridec_config config = {.size = sizeof config,
                                   .allocate = purse_take,
                                   .release = purse_give_back,
                                   .context = &purse,
                                   .load = load_triage,
                                   .load_context = &world.triage,
                                   .decisions = true};
    const stridec_request request = {.size = sizeof request, .verb = "baseline"};
    struct text changed = {0};
    stridec_status status = STRIDEC_NO_MEMORY;
    stridec *self = stridec_new(&config);
    if (self)
        status = stridec_compile(self, MODEL, sound, sizeof sound - 1);
    if (status == STRIDEC_OK)
        status = stridec_decide(self, &request, 1);
    if (status == STRIDEC_OK)
        status = stridec_write_changed(self, TRIAGE, text_take, &changed);
    assert_true(status == STRIDEC_OK || !changed.length);
    stridec_free(self);
    free(changed.at);
    assert_int_equal(purse.taken, purse.given_back);
    return status;
}

static void memory_may_run_out_at_each_point(void **state) {
    stridec_status status = STRIDEC_NO_MEMORY;
    size_t allocations = 0;
    (void)state;
    for (; status == STRIDEC_NO_MEMORY && allocations < 1000; allocations++)
        status = decide_with(allocations);
    assert_int_equal(status, STRIDEC_OK);
    assert_true(allocations > 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_that_are_careless_are_refused),
        cmocka_unit_test(memory_may_run_out_at_each_point),
        cmocka_unit_test(decisions_about_the_samples),
        cmocka_unit_test(decisions_about_random_models),
    };
    return cmocka_run_group_tests_name("triage", tests, NULL, NULL) != 0;
}

/* What differs between two models: nothing between a model and itself, whatever its form and order;
 * the way back is the way there; and each change of a random model is told. SLOW=1 tries more. */
// SPDX-License-Identifier: MIT
#include "models/change.h"
#include "models/diff_oracle.h"

#include "project/project.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>

#define ELEMENTS 30

static struct project project; /* whose rules say what may be stated */
static stridec_pack *pack;
static struct arena memory;
static jmp_buf out_of_memory;

static size_t slow_or(size_t slow, size_t fast) {
    return getenv("SLOW") ? slow : fast;
}

static stridec *compile(const char *path, struct slice text) {
    const stridec_config config = {.size = sizeof config, .pack = pack};
    stridec *compilation = stridec_new(&config);
    if (stridec_compile(compilation, path, text.at, text.length) != STRIDEC_OK) {
        stridec_free(compilation);
        return NULL;
    }
    return compilation;
}

/* ---- what is told ------------------------------------------------------------------------ */

static const json_t *told_of(const json_t *difference, struct slice id) {
    size_t i;
    json_t *entry;
    json_array_foreach(
        json_object_get(difference, "declarations"), i,
        entry) if (slice_is(id, json_string_value(json_object_get(entry, "id")))) return entry;
    return NULL;
}

static bool has_change(const json_t *entry, const char *change) {
    return entry && strcmp(json_string_value(json_object_get(entry, "change")), change) == 0;
}

static bool tells_attribute(const json_t *entry, enum attribute_id id) {
    size_t i;
    json_t *attribute;
    json_array_foreach(json_object_get(entry, "attributes"), i,
                       attribute) if (strcmp(json_string_value(json_object_get(attribute, "name")),
                                             attribute_rows[id].name) == 0) return true;
    return false;
}

static bool is_same_value(const struct change *change) {
    return change->id == ATTRIBUTE_COUNT || slice_equal(change->was, change->is);
}

static bool tells_change(const json_t *difference, const struct sketch *sketch,
                         const struct change *change) {
    for (size_t i = 0; i < change->added_count; i++)
        if (!has_change(told_of(difference, change->added[i].id), "added"))
            return false;
    return is_same_value(change) ||
           tells_attribute(told_of(difference, sketch->parts[change->part].id), change->id);
}

/* ---- changes that are told --------------------------------------------------------------- */

/* A sketch before and after, and whether what differs tells what was done to it. */
struct step {
    struct sketch before, after;
    struct change change;
    size_t part;
};
typedef bool teller(const json_t *difference, const struct step *step);

static bool tells_of_change(const json_t *difference, const struct step *step) {
    return tells_change(difference, &step->before, &step->change);
}

static bool tells_of_loss(const json_t *difference, const struct step *step) {
    return has_change(told_of(difference, step->before.parts[step->part].id), "gone");
}

static bool has_no(const json_t *list, const char *change, const char *other) {
    size_t i;
    json_t *entry;
    json_array_foreach(list, i, entry) if (has_change(entry, change) ||
                                           has_change(entry, other)) return false;
    return true;
}

/* Nothing but the id: no question comes or goes, nothing is added. */
static bool tells_of_new_id(const json_t *difference, const struct step *step) {
    const json_t *entry = told_of(difference, step->after.parts[step->part].id);
    const json_t *was = json_object_get(json_object_get(entry, "was"), "id");
    return was && slice_is(step->before.parts[step->part].id, json_string_value(was)) &&
           has_no(json_object_get(difference, "declarations"), "added", "gone") &&
           json_array_size(json_object_get(difference, "declarations")) == 1 &&
           !json_array_size(json_object_get(difference, "questions")) &&
           !json_array_size(json_object_get(difference, "crossings"));
}

static void drop_something(struct step *step, struct dice *dice) {
    step->part = dice_below(dice, (uint32_t)step->before.count);
    sketch_drop(&step->after, step->part);
}

static void rename_something(struct step *step, struct dice *dice) {
    step->part = dice_below(dice, (uint32_t)step->before.count);
    struct part *part = &step->after.parts[step->part];
    sketch_state(&step->after, step->part, ATTRIBUTE_was,
                 text_format(&memory, "[%.*s]", SLICE_ARGS(part->id)));
    part->id = text_format(&memory, "renamed_%.*s", SLICE_ARGS(part->id));
}

/* NULL where the model has no room for the change. */
static teller *take_step(struct step *step, struct dice *dice, const struct sketch *sketch) {
    uint32_t sort = dice_below(dice, PROPERTY_COUNT + 2);
    *step = (struct step){.before = *sketch, .after = sketch_copy(sketch)};
    if (sort == PROPERTY_COUNT) {
        drop_something(step, dice);
        return tells_of_loss;
    }
    if (sort > PROPERTY_COUNT) {
        rename_something(step, dice);
        return tells_of_new_id;
    }
    struct sketch chosen = sketch_copy(sketch);
    if (!choose_change((enum property)sort, &chosen, dice, &step->change))
        return NULL;
    step->before = sketch_changed(&chosen, &step->change, false);
    step->after = sketch_changed(&chosen, &step->change, true);
    return tells_of_change;
}

static void fail_at(size_t number, const char *what, const char *before, const char *after) {
    fail_msg("random model %zu: %s\n%s--- and\n%s", number, what, before, after);
}

static void check_step(size_t number, const struct step *step, teller *tells) {
    const char *before = slice_string(&memory, sketch_text(&memory, &step->before));
    const char *after = slice_string(&memory, sketch_text(&memory, &step->after));
    stridec *was = compile("model.dfd", slice_of(before));
    stridec *is = compile("model.dfd", slice_of(after));
    if (was && is) {
        char *problem = check_difference(was, is);
        if (problem)
            fail_at(number, problem, before, after);
        json_t *told = difference(was, is);
        if (!tells(told, step))
            fail_at(number, json_dumps(told, JSON_INDENT(1)), before, after);
        json_decref(told);
    }
    stridec_free(was);
    stridec_free(is);
}

static void each_change_is_told(void **state) {
    (void)state;
    if (setjmp(out_of_memory))
        fail_msg("no memory");
    for (size_t number = 0; number < slow_or(4000, 250); number++) {
        struct arena_mark mark = arena_mark(&memory);
        struct dice dice = dice_new(number);
        struct step step;
        struct sketch sketch =
            sketch_random(&memory, project.pack, project.vocabulary, &dice, ELEMENTS);
        teller *tells = take_step(&step, &dice, &sketch);
        if (tells)
            check_step(number, &step, tells);
        arena_rewind(&memory, mark);
    }
}

/* ---- models of the repository ------------------------------------------------------------ */

static bool read_import(const char *path, stridec_sink *takes, void *taker) {
    if (!file_exists(path))
        return false;
    struct text text = read_file(path);
    takes(taker, text.at, text.length);
    free(text.at);
    return true;
}

static stridec_loaded load(void *context, const char *path, stridec_sink *takes, void *taker) {
    (void)context;
    return read_import(path, takes, taker) ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

static stridec *compile_file(const char *path) {
    const stridec_config config = {
        .size = sizeof config, .pack = pack, .load = load, .decisions = true};
    struct text text = read_file(path);
    stridec *compilation = stridec_new(&config);
    stridec_status status = stridec_compile(compilation, path, text.at, text.length);
    free(text.at);
    if (status == STRIDEC_OK && stridec_row_count(compilation))
        return compilation;
    stridec_free(compilation);
    return NULL;
}

/* Each with the one that comes next. */
static void the_way_back_is_the_way_there(void **state) {
    (void)state;
    struct paths paths = find_models("tests/cases", ".dfd");
    stridec *last = NULL;
    size_t compared = 0;
    for (size_t i = 0; i < paths.count; i += slow_or(1, 3)) {
        stridec *next = compile_file(paths.items[i]);
        char *problem = last && next ? check_difference(last, next) : NULL;
        if (problem)
            fail_msg("%s and the one before: %s", paths.items[i], problem);
        compared += last && next;
        if (next) {
            stridec_free(last);
            last = next;
        }
    }
    stridec_free(last);
    free_paths(&paths);
    assert_true(compared > 30);
}

/* The text without one of its lines; free it. */
static char *text_without(const struct text *text, size_t line, bool *found) {
    const char *at = text->at;
    while (line-- && (at = strchr(at, '\n')))
        at++;
    *found = at && *at;
    const char *end = *found ? strchr(at, '\n') : NULL;
    return *found ? format("%.*s%s", (int)(at - text->at), text->at, end ? end + 1 : "") : NULL;
}

/* A line of a sample that is taken away is told, or says nothing. */
static void check_lines(const char *path) {
    struct text text = read_file(path);
    stridec *whole = compile_file(path);
    bool found = true;
    for (size_t line = slow_or(0, 3); found; line += slow_or(1, 17)) {
        char *cut = text_without(&text, line, &found);
        stridec *part = found ? compile(path, slice_of(cut)) : NULL;
        char *problem = part ? check_difference(whole, part) : NULL;
        if (problem)
            fail_msg("%s without line %zu: %s", path, line + 1, problem);
        stridec_free(part);
        free(cut);
    }
    stridec_free(whole);
    free(text.at);
}

static void each_line_is_told_or_says_nothing(void **state) {
    (void)state;
    struct paths samples = find_samples();
    for (size_t i = 0; i < samples.count; i++) {
        char *path = format("%s.dfd", samples.items[i]);
        check_lines(path);
        free(path);
    }
    free_paths(&samples);
}

/* The two forms of each sample. */
static void the_form_makes_no_difference(void **state) {
    (void)state;
    struct paths samples = find_samples();
    for (size_t i = 0; i < samples.count; i++) {
        char *dsl = format("%s.dfd", samples.items[i]), *yaml = format("%s.yaml", samples.items[i]);
        stridec *one = compile_file(dsl), *other = compile_file(yaml);
        json_t *told = difference(one, other);
        assert_non_null(told);
        assert_true(json_is_true(json_object_get(told, "same")));
        json_decref(told);
        stridec_free(one);
        stridec_free(other);
        free(dsl);
        free(yaml);
    }
    free_paths(&samples);
}

/* ---- hosts ------------------------------------------------------------------------------- */

static bool call_back(void *context, const char *at, size_t length) {
    stridec *const *both = context;
    (void)at, (void)length;
    for (size_t i = 0; i < 2; i++)
        assert_int_equal(stridec_emit(both[i], "json", NULL, text_take, NULL), STRIDEC_MISUSE);
    return false;
}

static void careless_hosts_are_refused(void **state) {
    (void)state;
    struct slice text = SLICE("external a\nprocess b\na -> b : \"x\"\n");
    stridec *model = compile("model.dfd", text), *other = compile("model.dfd", text);
    stridec *empty = stridec_new(NULL),
            *triage = compile("x.triage.dfd", SLICE("threat S-1 \"x\"\n"));
    stridec *both[] = {model, other};
    struct text out = {0};
    stridec_output wrong = {.size = 1};
    assert_int_equal(stridec_diff(model, NULL, "json", NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(NULL, model, "json", NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(model, other, "csv", NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(model, other, NULL, NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(model, other, "json", NULL, NULL, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(model, other, "json", &wrong, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(model, empty, "json", NULL, text_take, &out), STRIDEC_MISUSE);
    assert_int_equal(stridec_diff(empty, model, "json", NULL, text_take, &out), STRIDEC_MISUSE);
    if (triage)
        assert_int_equal(stridec_diff(model, triage, "json", NULL, text_take, &out),
                         STRIDEC_MISUSE);
    assert_int_equal(out.length, 0);
    assert_int_equal(stridec_diff(model, other, "json", NULL, call_back, both), STRIDEC_NOT_TAKEN);
    assert_int_equal(stridec_diff(model, other, "json", NULL, text_take, &out), STRIDEC_OK);
    stridec *all[] = {model, other, empty, triage};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        stridec_free(all[i]);
    free(out.at);
}

static int open_rules(void **state) {
    (void)state;
    project_open(&project, NULL, 0);
    project.arena.failure = &out_of_memory;
    arena_open(&memory, NULL, 0);
    memory.failure = &out_of_memory;
    arena_alloc(&memory, 64); /* a block that stays when all of a model is taken back */
    if (setjmp(out_of_memory) || !load_builtin_rules(&project))
        return -1;
    return stridec_pack_new(stridec_new(NULL), &pack) == STRIDEC_OK ? 0 : -1;
}

static int close_rules(void **state) {
    (void)state;
    stridec_pack_free(pack);
    arena_close(&memory);
    project_close(&project);
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_change_is_told),
        cmocka_unit_test(the_way_back_is_the_way_there),
        cmocka_unit_test(each_line_is_told_or_says_nothing),
        cmocka_unit_test(the_form_makes_no_difference),
        cmocka_unit_test(careless_hosts_are_refused),
    };
    return cmocka_run_group_tests_name("diffs", tests, open_rules, close_rules) != 0;
}

/* Mutants of the rules: each condition of the pack with one thing changed. One is caught when an
 * example of a rule comes out the other way, or else when a row of a sample changes: there, the
 * expected files hold its patterns, states and tiers. Prints what nothing notices, and how many of
 * both sorts are caught: conditions changed, and words dropped from lists. Fails when less than 95
 * of 100 of the first or 80 of the second are.
 *
 * Each rule is tried by itself; only then the rules of a row are weighed against each other. So a
 * model in which the changed rule comes to the same as before at each subject notices nothing, and
 * is not judged again.
 *
 *     mutation [--pack FILE...]    of these rule files in place of the built-in ones */
// SPDX-License-Identifier: MIT
#include "rules/examples.h"
#include "rules/mutants.h"

#include "api/compilation.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NEEDED 95       /* of 100 mutants of the main classes */
#define NEEDED_WORDS 80 /* of 100 words dropped */

enum catcher { BY_EXAMPLES, BY_SAMPLES, BY_NOTHING, CATCHER_COUNT };

/* A model that may notice a mutant, and what it shows without one. */
struct witness {
    const struct analysis *analysis;
    struct slice outcome; /* of the rule that is being changed */
    struct slice rows;    /* of a sample */
};

struct run {
    char **packs;
    size_t pack_count;
    struct examples examples;
    struct witness *witnesses; /* the examples, in their order */
    ARRAY_OF(struct witness) samples;
    struct arena scratch; /* of one judgement at a time */
    size_t counts[MUTATION_COUNT][CATCHER_COUNT];
};

static void write_row(struct writer *writer, const struct row *row) {
    write_format(writer, "%.*s@%.*s %s %d %d:", SLICE_ARGS(row->letter->code),
                 SLICE_ARGS(decl_id(row->subject)), row_state_words[row->state], row->tier,
                 row->score);
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next)
        write_format(writer, " %.*s %.*s %s %d %d", SLICE_ARGS(pattern->rule->id),
                     SLICE_ARGS(decl_id(pattern->subject)), pattern_state_words[pattern->state],
                     pattern->specific, pattern->unsafe);
    write_string(writer, "\n");
}

static struct slice write_rows(struct arena *arena, const struct rows *rows) {
    struct memory_writer text;
    size_t cells = rows->analysis->model->subjects.count * rows->pack->method->letter_count;
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < cells; i++)
        write_row(&text.writer, &rows->cells[i]);
    return memory_writer_close(&text);
}

/* In memory that is gone when the scratch arena is rewound. */
static const struct rows *judge_again(struct run *run, const struct analysis *analysis) {
    return find_rows(&run->scratch, analysis, run->examples.project->pack, NULL);
}

static bool read_samples(struct run *run) {
    struct project *project = run->examples.project;
    struct paths paths = find_files("samples", ".dfd");
    for (size_t i = 0; i < paths.count; i++) {
        struct model *model = read_model(&run->examples, paths.items[i]);
        if (!model)
            continue;
        struct witness *sample = ARRAY_ADD(&project->arena, &run->samples);
        *sample = (struct witness){.analysis = analyse(&project->arena, model)};
        struct arena_mark mark = arena_mark(&run->scratch);
        sample->rows = write_rows(&project->arena, judge_again(run, sample->analysis));
        arena_rewind(&run->scratch, mark);
    }
    free_paths(&paths);
    if (!run->samples.count || project->diagnostics.errors)
        fputs("mutation: the samples cannot be read; start it in the repository\n", stderr);
    return run->samples.count && !project->diagnostics.errors;
}

static bool is_as_it_says(struct run *run, size_t i) {
    const struct example *example = &run->examples.list.items[i];
    struct arena_mark mark = arena_mark(&run->scratch);
    bool open = opens_somewhere(judge_again(run, run->witnesses[i].analysis), example->rule);
    arena_rewind(&run->scratch, mark);
    return open == example->hit;
}

/* Without a mutant each example is as it says. */
static bool examples_hold(struct run *run) {
    struct arena *arena = &run->examples.project->arena;
    size_t count = run->examples.list.count, failing = 0;
    run->witnesses = ARENA_ARRAY(arena, struct witness, count);
    for (size_t i = 0; i < count; i++) {
        const struct example *example = &run->examples.list.items[i];
        run->witnesses[i].analysis = analyse(arena, example->model);
        if (is_as_it_says(run, i))
            continue;
        fprintf(stderr, "mutation: rule %.*s fails its example \"%.*s\" as it stands\n",
                SLICE_ARGS(example->rule->id), SLICE_ARGS(word_text(&example->item->head->label)));
        failing++;
    }
    return !failing;
}

static void write_reading(struct writer *writer, const struct reading *reading) {
    write_format(writer, " %p %d", (const void *)reading->decl, (int)reading->family);
}

/* What comes of a rule at each subject, before rules are weighed against each other. */
static struct slice write_outcome(struct arena *arena, const struct analysis *analysis,
                                  const struct rule *rule) {
    struct trial trial = {.judgement = judgement_at(arena, analysis, NULL)};
    const struct decl_list *subjects = &analysis->model->subjects;
    struct memory_writer text;
    memory_writer_open(&text, arena);
    for (size_t i = 0; i < subjects->count; i++) {
        if (subject_kind_of(subjects->items[i]) != rule->on)
            continue;
        trial.judgement.subject = subjects->items[i];
        const struct pattern *pattern = try_rule(&trial, rule);
        if (pattern) {
            write_format(&text.writer, "%zu %d %d %d", i, pattern->state, pattern->specific,
                         pattern->unsafe);
            write_reading(&text.writer, &pattern->settle);
            for (uint32_t j = 0; j < pattern->fact_count; j++)
                write_reading(&text.writer, &pattern->facts[j]);
            write_char(&text.writer, '\n');
        }
    }
    return memory_writer_close(&text);
}

/* Keeps what the rule comes to without a mutant. */
static void watch_rule(struct run *run, const struct rule *rule) {
    struct arena *arena = &run->examples.project->arena;
    for (size_t i = 0; i < run->examples.list.count; i++)
        run->witnesses[i].outcome = write_outcome(arena, run->witnesses[i].analysis, rule);
    for (size_t i = 0; i < run->samples.count; i++)
        run->samples.items[i].outcome = write_outcome(arena, run->samples.items[i].analysis, rule);
}

static bool comes_to_the_same(struct run *run, const struct witness *witness,
                              const struct rule *rule) {
    struct arena_mark mark = arena_mark(&run->scratch);
    bool same =
        slice_equal(write_outcome(&run->scratch, witness->analysis, rule), witness->outcome);
    arena_rewind(&run->scratch, mark);
    return same;
}

/* Those of the rule, or all others. */
static bool examples_notice(struct run *run, const struct rule *rule, bool own) {
    for (size_t i = 0; i < run->examples.list.count; i++)
        if ((run->examples.list.items[i].rule == rule) == own &&
            !comes_to_the_same(run, &run->witnesses[i], rule) && !is_as_it_says(run, i))
            return true;
    return false;
}

static bool samples_notice(struct run *run, const struct rule *rule) {
    bool noticed = false;
    for (size_t i = 0; i < run->samples.count && !noticed; i++) {
        const struct witness *sample = &run->samples.items[i];
        if (comes_to_the_same(run, sample, rule))
            continue;
        struct arena_mark mark = arena_mark(&run->scratch);
        const struct rows *rows = judge_again(run, sample->analysis);
        noticed = !slice_equal(write_rows(&run->scratch, rows), sample->rows);
        arena_rewind(&run->scratch, mark);
    }
    return noticed;
}

static enum catcher try_mutant(struct run *run, const struct mutant *mutant) {
    struct condition **place = mutant->unless ? &mutant->rule->unless : &mutant->rule->when;
    struct condition *original = *place;
    *place = mutated_condition(&run->examples.project->arena, mutant);
    enum catcher catcher = examples_notice(run, mutant->rule, true)    ? BY_EXAMPLES
                           : examples_notice(run, mutant->rule, false) ? BY_EXAMPLES
                           : samples_notice(run, mutant->rule)         ? BY_SAMPLES
                                                                       : BY_NOTHING;
    *place = original;
    return catcher;
}

static void print_survivor(struct run *run, const struct mutant *mutant) {
    struct memory_writer text;
    memory_writer_open(&text, &run->examples.project->arena);
    write_mutant(&text.writer, run->examples.project->vocabulary, mutant);
    struct slice line = memory_writer_close(&text);
    printf("%.*s %.*s\n", SLICE_ARGS(mutant->rule->id), SLICE_ARGS(line));
}

static void mutate_rule(struct run *run, struct rule *rule) {
    struct mutants mutants = {0};
    find_mutants(&run->examples.project->arena, rule, &mutants);
    watch_rule(run, rule);
    for (size_t i = 0; i < mutants.count; i++) {
        enum catcher catcher = try_mutant(run, &mutants.items[i]);
        run->counts[mutants.items[i].mutation][catcher]++;
        if (catcher == BY_NOTHING)
            print_survivor(run, &mutants.items[i]);
    }
}

/* Prints a line of the table; whether so many of 100 are caught. */
static bool print_counts(const char *name, const size_t counts[CATCHER_COUNT], size_t needed) {
    size_t caught = counts[BY_EXAMPLES] + counts[BY_SAMPLES], all = caught + counts[BY_NOTHING];
    printf("%-18s %7zu %9zu %8zu %9zu %6.1f%%\n", name, all, counts[BY_EXAMPLES],
           counts[BY_SAMPLES], counts[BY_NOTHING],
           all ? 100.0 * (double)caught / (double)all : 100);
    return caught * 100 >= all * needed;
}

static bool print_summary(const struct run *run) {
    static const char *const names[] = {"negated", "dropped", "and/or swapped", "a word dropped"};
    size_t main_classes[CATCHER_COUNT] = {0};
    printf("\n%-18s %7s %9s %8s %9s %7s\n", "", "mutants", "examples", "samples", "survivors",
           "caught");
    for (size_t i = 0; i < MUTATION_VALUE; i++) {
        print_counts(names[i], run->counts[i], 0);
        for (size_t j = 0; j < CATCHER_COUNT; j++)
            main_classes[j] += run->counts[i][j];
    }
    bool enough = print_counts("these three", main_classes, NEEDED);
    enough &= print_counts(names[MUTATION_VALUE], run->counts[MUTATION_VALUE], NEEDED_WORDS);
    if (!enough)
        printf("mutation: %d of 100 have to be caught, and %d of 100 dropped words: add a hit for "
               "each word of a list in `when`, and a miss for each in `unless`\n",
               NEEDED, NEEDED_WORDS);
    return enough;
}

static stridec_status mutate_all(struct stridec *self, void *context) {
    struct run *run = context;
    arena_open(&run->scratch, NULL, 0);
    run->scratch.failure = self->project.arena.failure;
    if (!open_examples(&run->examples, &self->project, run->packs, run->pack_count) ||
        !read_samples(run) || !examples_hold(run))
        return STRIDEC_INVALID;
    for (size_t i = 0; i < self->project.pack->rules.count; i++)
        if (!self->project.pack->rules.items[i]->disabled)
            mutate_rule(run, self->project.pack->rules.items[i]);
    return print_summary(run) ? STRIDEC_OK : STRIDEC_FINDINGS;
}

int main(int argc, char **argv) {
    bool packs = argc > 2 && strcmp(argv[1], "--pack") == 0;
    if (argc > 1 && !packs) {
        fputs("usage: mutation [--pack FILE...]\n", stderr);
        return 3;
    }
    struct run run = {.packs = argv + 2, .pack_count = packs ? (size_t)argc - 2 : 0};
    struct stridec *self = stridec_new(NULL);
    stridec_status status = self ? run_guarded(self, mutate_all, &run) : STRIDEC_NO_MEMORY;
    if (status != STRIDEC_OK && status != STRIDEC_FINDINGS)
        fprintf(stderr, "mutation: %s\n", stridec_status_text(status));
    arena_close(&run.scratch);
    stridec_free(self);
    return status == STRIDEC_OK ? 0 : status == STRIDEC_FINDINGS ? 1 : 2;
}

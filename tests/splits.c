/* Splitting a model by import loses no question and no decision: models are cut at random into
 * files that import each other, and all that the whole asks is asked in some file, in no worse
 * tier, and in one file only. What was decided about the whole, and goes with what it is about, is
 * asked again in no file, and nothing of it is stale where all comes together. 60 splits, or with
 * SLOW=1 a thousand; of one that fails the smallest is printed that still does. */
// SPDX-License-Identifier: MIT
#include "analysis/basis.h"
#include "api/compilation.h"
#include "models/random_model.h"
#include "sharing.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_FILES 4

static uint64_t seed;
static size_t asked_at_all, asked_elsewhere; /* by whole models; by files at subjects of others */

/* Of Knuth's MMIX; the high bits are the good ones. */
static size_t below(size_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % limit;
}

/* ---- a split ----------------------------------------------------------------------------- */

/* A declaration of the whole, and the file that it goes to. */
struct part {
    const struct decl *decl;
    size_t file;
    bool gone;         /* left out */
    uint64_t silenced; /* its attributes that are left out, by place */
};

/* File 0 is the main one; a file imports only later ones. */
struct split {
    struct part *parts;
    size_t count, files;
    bool imports[MOST_FILES][MOST_FILES];
    const struct questions *decided; /* each beside the file of what it is about; NULL: none is */
};

static bool reaches(const struct split *split, size_t from, size_t to) {
    bool found = from == to;
    for (size_t i = from + 1; i < split->files && !found; i++)
        found = split->imports[from][i] && reaches(split, i, to);
    return found;
}

static struct part *part_of(const struct split *split, const struct decl *decl) {
    struct part *part = split->parts;
    while (part->decl != decl)
        part++;
    return part;
}

/* The declarations that one names, up to `most`; returns how many there are. */
#define MOST_NAMED 32
static size_t find_named(const struct decl *decl, const struct decl **named) {
    const struct more *more = more_of(decl);
    const struct decl *others[] = {decl->parent, more->at, more->into,
                                   decl->kind == KIND_FLOW ? decl->from : NULL,
                                   decl->kind == KIND_FLOW ? decl->to : NULL};
    size_t count = 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (others[i])
            named[count++] = others[i];
    for (size_t i = 0; i < more->data_count && count < MOST_NAMED; i++)
        named[count++] = more->data[i];
    return count;
}

static bool may_stand_in(const struct split *split, const struct decl *decl, size_t file) {
    const struct decl *named[MOST_NAMED];
    size_t count = find_named(decl, named);
    for (size_t i = 0; i < count; i++)
        if (!reaches(split, file, part_of(split, named[i])->file))
            return false;
    return true;
}

static void add_part(struct split *split, const struct decl *decl) {
    struct part *part = &split->parts[split->count++];
    *part = (struct part){.decl = decl};
    bool first_element = decl_is_element(decl) && !decl_is_element(part[-1].decl);
    do
        part->file = first_element ? 0 : below(split->files); /* the main file has something */
    while (!may_stand_in(split, decl, part->file));
}

/* What is named comes before what names it. */
static struct split split_new(const struct model *model, size_t files) {
    static const enum kind kinds[] = {KIND_EXTERNAL, KIND_ACTOR, KIND_PROCESS,
                                      KIND_STORE,    KIND_FLOW,  KIND_CROSSING};
    static const struct decl none;
    size_t count = 1;
    for (size_t i = 0; i < KIND_COUNT; i++)
        count += model->of[i].count;
    struct split split = {.parts = calloc(count, sizeof *split.parts), .files = files};
    split.parts[split.count++] = (struct part){.decl = &none, .gone = true};
    for (size_t i = 1; i < files; i++)
        for (size_t j = 0, sure = below(i); j < i; j++)
            split.imports[j][i] = j == sure || below(3) == 0;
    for (size_t i = 0; i < model->of[KIND_ASSET].count; i++)
        add_part(&split, model->of[KIND_ASSET].items[i]);
    for (size_t depth = 1; depth <= 64; depth++)
        for (size_t i = 0; i < model->of[KIND_BOUNDARY].count; i++)
            if (model->of[KIND_BOUNDARY].items[i]->depth == depth)
                add_part(&split, model->of[KIND_BOUNDARY].items[i]);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < model->of[kinds[i]].count; j++)
            add_part(&split, model->of[kinds[i]].items[j]);
    return split;
}

/* ---- its files --------------------------------------------------------------------------- */

static void add(struct text *text, const char *words) {
    text_add(text, words, strlen(words));
}

static void add_slice(struct text *text, struct slice words) {
    text_add(text, words.at, words.length);
}

/* By any way that leads there: aliases are spelling only. */
static void add_name(struct text *text, const struct split *split, size_t file,
                     const struct decl *decl) {
    size_t to = split->files == 1 ? 0 : part_of(split, decl)->file;
    while (file != to) {
        size_t next = file + 1;
        while (!split->imports[file][next] || !reaches(split, next, to))
            next++;
        file = next;
        char *alias = format("i%zu.", file);
        add(text, alias);
        free(alias);
    }
    add_slice(text, decl_id(decl));
}

static void add_reference(struct text *text, const struct split *split, size_t file,
                          const char *name, const struct decl *decl) {
    if (!decl)
        return;
    add(text, name);
    add_name(text, split, file, decl);
    add(text, "\n");
}

static void add_attributes(struct text *text, const struct part *part) {
    size_t place = 0;
    for (const struct attribute *at = part->decl->attributes; at; at = at->next, place++) {
        if (attribute_refers(attribute_rows[at->id].type) ||
            (place < 64 && part->silenced >> place & 1))
            continue;
        add(text, "  ");
        add_slice(text, source_slice(decl_source(part->decl), attribute_span(at)));
        add(text, "\n");
    }
}

static void add_decl(struct text *text, const struct split *split, const struct part *part,
                     size_t file) {
    const struct decl *decl = part->decl;
    const struct more *more = more_of(decl);
    struct span label = word_span(&decl->item->head->label);
    add(text, kind_rows[decl->kind].word);
    add(text, " ");
    add_slice(text, decl_id(decl));
    if (decl->kind == KIND_FLOW) {
        add(text, " = ");
        add_name(text, split, file, decl->from);
        add(text, " -> ");
        add_name(text, split, file, decl->to);
        add(text, label.end > label.start ? " : " : "");
    } else {
        add(text, " ");
    }
    add_slice(text, source_slice(decl_source(decl), label));
    add(text, " {\n");
    add_reference(text, split, file, "  in: ", decl->parent);
    add_reference(text, split, file, "  at: ", more->at);
    add_reference(text, split, file, "  into: ", more->into);
    for (size_t i = 0; i < more->data_count; i++) {
        add(text, i ? ", " : "  data: [");
        add_name(text, split, file, more->data[i]);
    }
    add(text, more->data_count ? "]\n" : "");
    add_attributes(text, part);
    add(text, "}\n");
}

/* With one file only, the whole. */
static struct text file_of(const struct split *split, size_t file) {
    struct text text = {0};
    add(&text, "model m\n");
    for (size_t i = 0; i < split->files; i++) {
        char *line = format("import \"f%zu.dfd\" as i%zu\n", i, i);
        add(&text, split->imports[file][i] ? line : "");
        free(line);
    }
    for (size_t i = 0; i < split->count; i++)
        if (!split->parts[i].gone && (split->files == 1 || split->parts[i].file == file))
            add_decl(&text, split, &split->parts[i], file);
    return text;
}

/* ---- what is asked ----------------------------------------------------------------------- */

struct question {
    char *name;  /* with the ids of the whole */
    char *basis; /* lines of what it rests on, as the whole spells them */
    int tier;
    bool imported; /* asked at another file's subject */
};
struct questions {
    struct question *items;
    size_t count;
};

static struct slice id_of(const struct decl *decl) {
    return decl_id(more_of(decl)->origin ? more_of(decl)->origin : decl);
}

static char *basis_of(struct arena *arena, const struct rows *rows, const struct row *row,
                      const struct pattern *pattern) {
    const struct target target = {.subject = row->subject,
                                  .letter = row->letter,
                                  .rule = pattern ? pattern->rule : NULL,
                                  .spot = pattern ? pattern->subject : row->subject};
    struct basis basis = {0};
    struct slice lines = SLICE("");
    find_basis(arena, rows, &target, &basis);
    for (size_t i = 0; i < basis.count; i++)
        lines = text_join(arena, lines, SLICE("\n"), basis_text(arena, &basis.items[i]));
    return format("%.*s", SLICE_ARGS(lines));
}

static void ask(struct stridec *self, struct questions *questions, const struct row *row,
                const struct pattern *pattern) {
    struct slice subject = id_of(row->subject), tried = pattern ? id_of(pattern->subject) : subject;
    struct slice rule = pattern ? pattern->rule->id : SLICE("");
    if (!is_pending(self->project.decisions, row, pattern))
        return;
    questions->items = realloc(questions->items, (questions->count + 1) * sizeof *questions->items);
    questions->items[questions->count++] = (struct question){
        format("%.*s@%.*s/%.*s/%.*s", SLICE_ARGS(row->letter->code), SLICE_ARGS(subject),
               SLICE_ARGS(rule), SLICE_ARGS(tried)),
        basis_of(&self->project.arena, self->project.rows, row, pattern),
        pattern ? pattern->tier : row->tier, more_of(row->subject)->origin != NULL};
}

/* A row without a pattern is a question by itself. */
static stridec_status gather(struct stridec *self, void *context) {
    const struct rows *rows = project_rows(&self->project);
    for (size_t i = 0; rows && i < rows->ranked_count; i++) {
        const struct row *row = rows->ranked[i];
        ask(self, context, row, NULL);
        for (const struct pattern *at = row->patterns; at; at = at->next)
            ask(self, context, row, at);
    }
    return rows ? STRIDEC_OK : STRIDEC_INVALID;
}

/* ---- what is decided --------------------------------------------------------------------- */

static const struct part *part_named(const struct split *split, struct slice id) {
    for (size_t i = 1; i < split->count; i++)
        if (!split->parts[i].gone && slice_equal(decl_id(split->parts[i].decl), id))
            return &split->parts[i];
    return NULL;
}

/* "ours,vpc", as the file spells it. False: it has no name for one of them. */
static bool add_ids(struct text *text, const struct split *split, size_t file, struct slice ids) {
    struct slice id;
    for (bool first = true; ids.length && slice_cut(&ids, ',', &id); first = false) {
        const struct part *part = part_named(split, id);
        if (!part || !reaches(split, file, part->file))
            return false;
        add(text, first ? "" : ",");
        add_name(text, split, file, part->decl);
    }
    return true;
}

static void add_line(struct text *basis, const struct split *split, size_t file,
                     struct slice line) {
    struct slice name = {"", 0};
    struct text text = {0};
    slice_cut(&line, '=', &name);
    size_t dot = name.length;
    while (dot && name.at[dot - 1] != '.')
        dot--;
    struct slice attribute = slice_part(name, dot, name.length);
    bool ids = slice_is(attribute, "crosses") || slice_is(attribute, "in");
    if (!dot)
        return;
    bool named = add_ids(&text, split, file, slice_part(name, 0, dot - 1));
    add(&text, ".");
    add_slice(&text, attribute);
    add(&text, "=");
    if (ids)
        named &= add_ids(&text, split, file, line);
    else
        add_slice(&text, line);
    add(basis, named ? "\"" : "");
    text_add(basis, text.at, named ? text.length : 0);
    add(basis, named ? "\", " : "");
    free(text.at);
}

static void add_dismissal(struct text *text, const struct split *split, size_t file,
                          const struct question *question) {
    struct slice rest = slice_of(question->name), letter, subject, rule = {"", 0};
    struct slice lines = slice_of(question->basis), line;
    slice_cut(&rest, '@', &letter);
    slice_cut(&rest, '/', &subject);
    slice_cut(&rest, '/', &rule);
    const struct part *row = part_named(split, subject), *spot = part_named(split, rest);
    if (!row || !spot || spot->file != file)
        return;
    add(text, "dismiss ");
    add_slice(text, letter);
    add(text, "@");
    add_name(text, split, file, row->decl);
    add(text, rule.length ? "/" : "");
    add_slice(text, rule);
    if (!slice_equal(subject, rest)) {
        add(text, "/");
        add_name(text, split, file, spot->decl);
    }
    add(text, " { reason: \"x\"; basis: [");
    while (lines.length && slice_cut(&lines, '\n', &line))
        add_line(text, split, file, line);
    add(text, "] }\n");
}

static struct text decisions_of(const struct split *split, size_t file) {
    struct text text = {0};
    for (size_t i = 0; split->decided && i < split->decided->count; i++)
        add_dismissal(&text, split, file, &split->decided->items[i]);
    return text;
}

static stridec_loaded load(void *context, const char *path, stridec_sink *take, void *taker) {
    const struct split *split = context;
    size_t file = (size_t)atoi(path + 1);
    struct text text = strstr(path, ".triage") ? decisions_of(split, file) : file_of(split, file);
    bool any = text.length > 0;
    if (any)
        take(taker, text.at, text.length);
    free(text.at);
    return any ? STRIDEC_LOADED : STRIDEC_NOT_THERE;
}

/* Where all comes together, each decision is as it was. */
static stridec_status count_stale(struct stridec *self, void *context) {
    const struct decisions *decisions = self->project.decisions;
    for (size_t i = 0; i < decisions->answered.count; i++)
        *(size_t *)context += !decisions->answered.items[i]->holds;
    return STRIDEC_OK;
}

/* A file of which nothing is left has no questions. False when it does not compile. `stale` may be
 * NULL. */
static bool find_questions(const struct split *split, size_t file, struct questions *questions,
                           size_t *stale) {
    struct text text = file_of(split, file);
    const stridec_config config = {.size = sizeof config,
                                   .pack = built_in_pack(),
                                   .load = load,
                                   .load_context = (void *)(uintptr_t)split,
                                   .decisions = true};
    stridec *compilation = stridec_new(&config);
    char *path = format("f%zu.dfd", file);
    bool fine = stridec_compile(compilation, path, text.at, text.length) == STRIDEC_OK &&
                run_guarded(compilation, gather, questions) == STRIDEC_OK;
    if (fine && stale)
        run_guarded(compilation, count_stale, stale);
    stridec_free(compilation);
    free(path);
    free(text.at);
    return fine;
}

static void free_questions(struct questions *questions) {
    for (size_t i = 0; i < questions->count; i++) {
        free(questions->items[i].name);
        free(questions->items[i].basis);
    }
    free(questions->items);
    *questions = (struct questions){0};
}

/* The one of that name in the best tier, among those at own subjects, imported ones or both. */
static const struct question *best(const struct questions *questions, const char *name, bool own,
                                   bool imported) {
    const struct question *found = NULL;
    for (size_t i = 0; i < questions->count; i++) {
        const struct question *at = &questions->items[i];
        if ((at->imported ? imported : own) && strcmp(at->name, name) == 0 &&
            (!found || at->tier < found->tier))
            found = at;
    }
    return found;
}

static char *compare(const struct questions *whole, const struct questions *all) {
    for (size_t i = 0; i < whole->count; i++) {
        const struct question *asked = &whole->items[i];
        const struct question *found = best(all, asked->name, true, true);
        if (!found)
            return format("%s is lost", asked->name);
        if (found->tier > asked->tier)
            return format("%s is in tier %d, and was in %d", asked->name, found->tier, asked->tier);
    }
    for (size_t i = 0; i < all->count; i++) {
        const struct question *twice = &all->items[i];
        const struct question *own = best(all, twice->name, true, false);
        if (twice->imported && own && own->tier <= twice->tier)
            return format("%s is asked twice", twice->name);
    }
    return NULL;
}

/* All files that anything is left of. */
static char *find_all(const struct split *split, struct questions *all, size_t *stale) {
    for (size_t i = 0; i < split->files; i++) {
        bool any = false;
        for (size_t j = 0; j < split->count; j++)
            any |= !split->parts[j].gone && split->parts[j].file == i;
        if (any && !find_questions(split, i, all, i ? NULL : stale))
            return format("file %zu does not compile", i);
    }
    return NULL;
}

/* What was decided about the whole, and goes with what it is about. */
static char *check_decided(const struct split *split, const struct questions *whole) {
    struct split with = *split;
    struct questions left = {0};
    size_t stale = 0;
    with.decided = whole;
    char *problem = find_all(&with, &left, &stale);
    for (size_t i = 0; i < whole->count && !problem; i++)
        if (best(&left, whole->items[i].name, true, true))
            problem = format("%s is asked again", whole->items[i].name);
    if (!problem && stale)
        problem = format("%zu decisions are stale", stale);
    free_questions(&left);
    return problem;
}

/* NULL, or what is wrong. Free it. */
static char *check(const struct split *split) {
    struct questions whole = {0}, all = {0};
    struct split one = *split;
    char *problem = NULL;
    one.files = 1;
    if (!find_questions(&one, 0, &whole, NULL))
        problem = format("the whole does not compile");
    if (!problem)
        problem = find_all(split, &all, NULL);
    if (!problem)
        problem = compare(&whole, &all);
    if (!problem)
        problem = check_decided(split, &whole);
    asked_at_all += whole.count;
    for (size_t i = 0; i < all.count; i++)
        asked_elsewhere += all.items[i].imported;
    free_questions(&whole);
    free_questions(&all);
    return problem;
}

/* ---- the smallest that fails ------------------------------------------------------------- */

static bool is_needed(const struct split *split, const struct part *part) {
    const struct decl *named[MOST_NAMED];
    for (size_t i = 0; i < split->count; i++) {
        if (split->parts[i].gone)
            continue;
        size_t count = find_named(split->parts[i].decl, named);
        while (count)
            if (named[--count] == part->decl)
                return true;
    }
    return false;
}

static bool fails(const struct split *split) {
    char *problem = check(split);
    bool compiles = problem && !strstr(problem, "compile");
    free(problem);
    return compiles;
}

static bool shrink_part(struct split *split, struct part *part) {
    if (!part->gone && !is_needed(split, part)) {
        part->gone = true;
        if (fails(split))
            return true;
        part->gone = false;
    }
    for (uint64_t bit = 1; !part->gone && bit; bit <<= 1) {
        part->silenced ^= bit;
        if (part->silenced & bit && fails(split))
            continue;
        part->silenced ^= bit;
    }
    return false;
}

static void shrink(struct split *split) {
    for (bool any = true; any;) {
        any = false;
        for (size_t i = split->count; i-- > 1;)
            any |= shrink_part(split, &split->parts[i]);
    }
}

/* ---- splits of many models --------------------------------------------------------------- */

static void print_files(const struct split *split) {
    for (size_t i = 0; i < split->files; i++) {
        struct text text = file_of(split, i), decisions = decisions_of(split, i);
        fprintf(stderr, "# f%zu.dfd\n%.*s", i, (int)text.length, text.at);
        if (decisions.length)
            fprintf(stderr, "# f%zu.triage.dfd\n%.*s", i, (int)decisions.length, decisions.at);
        free(decisions.at);
        free(text.at);
    }
}

static void try_splits(const char *name, const struct text *text, size_t count) {
    stridec *self = sharing_new();
    assert_int_equal(stridec_compile(self, name, text->at, text->length), STRIDEC_OK);
    for (size_t i = 0; i < count; i++) {
        struct split split = split_new(self->project.model, 2 + below(MOST_FILES - 1));
        char *problem = check(&split);
        if (problem) {
            free(problem);
            shrink(&split);
            problem = check(&split);
            print_files(&split);
            fail_msg("%s, split %zu: %s", name, i, problem);
        }
        free(split.parts);
    }
    stridec_free(self);
}

static void samples(void **state) {
    struct paths paths = find_samples();
    (void)state;
    seed = 7;
    for (size_t i = 0; i < paths.count; i++) {
        char *path = format("%s.dfd", paths.items[i]);
        struct text text = read_file(path);
        try_splits(path, &text, getenv("SLOW") ? 100 : 4);
        free(text.at);
        free(path);
    }
    free_paths(&paths);
}

static void random_models(void **state) {
    size_t count = getenv("SLOW") ? 700 : 48;
    (void)state;
    seed = 11;
    for (size_t i = 0; i < count; i++) {
        struct text text = random_model(i);
        try_splits("random.dfd", &text, 1);
        free(text.at);
    }
}

static void the_splits_are_worth_the_name(void **state) {
    (void)state;
    print_message("%zu questions, %zu asked at subjects of other files\n", asked_at_all,
                  asked_elsewhere);
    assert_in_range(asked_elsewhere, asked_at_all / 20, asked_at_all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(samples),
        cmocka_unit_test(random_models),
        cmocka_unit_test(the_splits_are_worth_the_name),
    };
    return cmocka_run_group_tests_name("splits", tests, NULL, NULL);
}

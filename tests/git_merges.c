/* Real merges by git of different decisions, with `stridec merge` as its driver and without one.
 * Each new word is one of its own, so that what a merge has lost is seen; what ought to come out is
 * worked out here a second time, from the decisions instead of their text. Prints how many merges
 * were clean and how many had conflicts. */
// SPDX-License-Identifier: MIT
#include "stridec.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char model[] =
    "model shop \"A shop\"\n"
    "asset money \"Money\" { integrity: high; confidentiality: high; availability: high }\n"
    "external user \"User\" { kind: browser }\n"
    "external bank \"Bank\" { kind: service }\n"
    "boundary ours \"Ours\" { kind: network\n"
    "  process api \"API\" { kind: api; data: [money] }\n"
    "  store orders \"Orders\" { kind: sql; data: [money] }\n"
    "}\n"
    "flow pay = user -> api : \"POST /pay\" { protocol: https; data: [money]; carries: [amount] }\n"
    "flow save = api -> orders : \"INSERT\" { protocol: sql; data: [money] }\n"
    "flow hook = bank -> api : \"POST /hook\" { protocol: https; data: [money]; carries: [event] "
    "}\n";

/* ---- decisions --------------------------------------------------------------------------- */

#define MOST_PATTERNS 24
#define FIELDS 4 /* a label and three attributes */

enum kind { THREAT, DISMISS, MITIGATION, RISK, KINDS };
static const char *const kind_words[] = {"threat", "dismiss", "mitigation", "risk"};
static const char *const field_names[KINDS][FIELDS] = {
    {NULL, "scenario", "note", "ticket"},
    {NULL, "reason", "note", "owner"},
    {NULL, "note", "owner", "ticket"},
    {NULL, "because", "note", "owner"},
};

/* A word is its number: x12. 0: there is none. */
struct decision {
    bool there, one_line;
    unsigned fields[FIELDS];
};
struct file {
    struct decision of[MOST_PATTERNS][KINDS];
};

static char *patterns[MOST_PATTERNS], *subjects[MOST_PATTERNS];
static size_t pattern_count;
static uint64_t seed = 7;
static unsigned words;

/* Of Knuth's MMIX; the high bits are the good ones. */
static size_t below(size_t limit) {
    seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (size_t)(seed >> 33) % limit;
}

static void make_decision(struct decision *decision, enum kind kind) {
    *decision = (struct decision){.there = true, .one_line = below(2)};
    for (size_t i = 0; i < FIELDS; i++)
        if (i < 2 || below(2))
            decision->fields[i] = ++words;
    if (kind == DISMISS)
        decision->fields[0] = 0;
}

static void decide(struct file *file, size_t pattern) {
    enum kind kind = below(3) ? THREAT : DISMISS;
    make_decision(&file->of[pattern][kind], kind);
    for (enum kind more = MITIGATION; kind == THREAT && more <= RISK; more++)
        if (below(3) == 0)
            make_decision(&file->of[pattern][more], more);
}

static bool is_decided(const struct file *file, size_t pattern) {
    return file->of[pattern][THREAT].there || file->of[pattern][DISMISS].there;
}

static void edit(struct file *file) {
    size_t pattern = below(pattern_count);
    struct decision *of = file->of[pattern];
    if (!is_decided(file, pattern)) {
        decide(file, pattern);
        return;
    }
    enum kind kind = (enum kind)below(KINDS);
    if (below(6) == 0) { /* think again */
        memset(of, 0, sizeof file->of[pattern]);
        if (below(2))
            decide(file, pattern);
    } else if (of[kind].there) {
        size_t field = kind == DISMISS ? 1 + below(FIELDS - 1) : below(FIELDS);
        of[kind].fields[field] = ++words;
    } else if (kind >= MITIGATION && of[THREAT].there) {
        make_decision(&of[kind], kind);
    }
}

/* ---- as text ----------------------------------------------------------------------------- */

static void add(struct text *text, const char *more) {
    text_add(text, more, strlen(more));
}

static void add_freed(struct text *text, char *more) {
    add(text, more);
    free(more);
}

static void write_decision(struct text *text, const struct decision *decision, enum kind kind,
                           size_t pattern) {
    const char *before = decision->one_line ? " " : "\n  ",
               *between = decision->one_line ? ";" : "";
    add_freed(text, kind == DISMISS ? format("dismiss %s", patterns[pattern])
                                    : format("%s %c-%zu", kind_words[kind], "TDMR"[kind], pattern));
    if (decision->fields[0])
        add_freed(text, format(" \"x%u\"", decision->fields[0]));
    add(text, " {");
    add(text, before);
    add_freed(text, kind == THREAT    ? format("candidate: %s", patterns[pattern])
                    : kind == DISMISS ? format("code: not_plausible")
                    : kind == RISK
                        ? format("for: [T-%zu]%s%sdecision: accepted", pattern, between, before)
                        : format("for: [T-%zu]", pattern));
    for (size_t i = 1; i < FIELDS; i++)
        if (decision->fields[i])
            add_freed(text, format("%s%s%s: \"x%u\"", between, before, field_names[kind][i],
                                   decision->fields[i]));
    add(text, decision->one_line ? " }\n" : "\n}\n");
}

/* Sorted by subject, as a new decision goes to its place. */
static struct text write_file_of(const struct file *file) {
    struct text text = {0};
    const char *subject = "";
    add(&text, "# What was decided about the shop.\n");
    for (size_t i = 0; i < pattern_count; i++)
        for (enum kind kind = 0; kind < KINDS; kind++) {
            if (!file->of[i][kind].there)
                continue;
            if (strcmp(subject, subjects[i]) != 0)
                add_freed(&text, format("\n# %s\n", subjects[i]));
            subject = subjects[i];
            write_decision(&text, &file->of[i][kind], kind, i);
        }
    return text;
}

/* ---- what ought to come out -------------------------------------------------------------- */

struct expected {
    bool conflict;
    bool found[4096]; /* words of a clean result */
};

static bool is_same(const struct decision *a, const struct decision *b) {
    return a->there == b->there && memcmp(a->fields, b->fields, sizeof a->fields) == 0;
}

/* What becomes of a decision; its words are those of the result. */
static struct decision expect_decision(const struct decision *base, const struct decision *ours,
                                       const struct decision *theirs, bool *conflict) {
    if (is_same(ours, theirs) || is_same(base, theirs))
        return *ours;
    if (is_same(base, ours))
        return *theirs;
    struct decision merged = {.there = true};
    if (!base->there || !ours->there || !theirs->there) {
        *conflict = true;
        return merged;
    }
    for (size_t i = 0; i < FIELDS; i++) {
        unsigned was = base->fields[i], our = ours->fields[i], their = theirs->fields[i];
        *conflict |= our != was && their != was && our != their;
        merged.fields[i] = our != was ? our : their;
    }
    return merged;
}

static struct expected expect(const struct file *base, const struct file *ours,
                              const struct file *theirs) {
    struct expected expected = {0};
    for (size_t i = 0; i < pattern_count; i++) {
        bool there[KINDS];
        for (size_t kind = 0; kind < KINDS; kind++) {
            struct decision merged = expect_decision(&base->of[i][kind], &ours->of[i][kind],
                                                     &theirs->of[i][kind], &expected.conflict);
            there[kind] = merged.there;
            for (size_t j = 0; merged.there && j < FIELDS; j++)
                expected.found[merged.fields[j]] = true;
        }
        expected.conflict |= there[THREAT] && there[DISMISS];
    }
    expected.found[0] = false;
    return expected;
}

/* ---- looking at a result ----------------------------------------------------------------- */

static void find_words(const struct text *text, bool *found) {
    memset(found, 0, 4096);
    for (size_t i = 0; i + 2 < text->length; i++)
        if (text->at[i] == '"' && text->at[i + 1] == 'x')
            found[strtoul(text->at + i + 2, NULL, 10)] = true;
}

/* Of one side, what it has changed. */
static void expect_new_words(const struct file *base, const struct file *side,
                             const struct text *merged) {
    bool found[4096];
    find_words(merged, found);
    for (size_t i = 0; i < pattern_count; i++)
        for (size_t kind = 0; kind < KINDS; kind++)
            for (size_t j = 0; j < FIELDS; j++) {
                unsigned word = side->of[i][kind].fields[j];
                if (word && word != base->of[i][kind].fields[j] && !found[word])
                    fail_msg("x%u is lost in:\n%s", word, merged->at);
            }
}

struct round {
    struct file base, ours, theirs;
};

static void check_with_driver(const struct round *round, const struct text *merged, bool conflict) {
    struct expected expected = expect(&round->base, &round->ours, &round->theirs);
    bool found[4096];
    expect_new_words(&round->base, &round->ours, merged);
    expect_new_words(&round->base, &round->theirs, merged);
    if (conflict != expected.conflict)
        fail_msg("%s, in:\n%s", conflict ? "a needless conflict" : "no conflict", merged->at);
    find_words(merged, found);
    if (!conflict && memcmp(found, expected.found, sizeof found) != 0)
        fail_msg("other words than expected, in:\n%s", merged->at);
}

/* Whether the compiler says what is wrong with a merge of lines. */
static bool is_refused(const char *folder, const struct text *triage) {
    char *path = format("%s/shop.triage.dfd", folder),
         *path_of_model = format("%s/shop.dfd", folder);
    write_file(path, triage->at, triage->length);
    write_file(path_of_model, model, strlen(model));
    int status =
        run_command(&(struct command){.folder = folder, .script = "stridec threats shop.dfd"});
    free(path);
    free(path_of_model);
    return status == 2;
}

struct counts {
    size_t clean, conflicts, refused;
};

static void check_plain(const char *folder, const struct round *round, const struct text *merged,
                        struct counts *counts) {
    struct expected expected = expect(&round->base, &round->ours, &round->theirs);
    bool found[4096];
    find_words(merged, found);
    bool right = !expected.conflict && memcmp(found, expected.found, sizeof found) == 0;
    if (right) {
        counts->clean++;
    } else {
        counts->refused++;
        if (!is_refused(folder, merged))
            fail_msg("git alone merges this wrongly, and nobody says so:\n%s", merged->at);
    }
}

/* ---- git --------------------------------------------------------------------------------- */

static const char script[] =
    "export GIT_CONFIG_NOSYSTEM=1 GIT_AUTHOR_DATE='2026-01-01T00:00:00Z' "
    "GIT_COMMITTER_DATE='2026-01-01T00:00:00Z'\n"
    "git init -q repo && cd repo && git config user.name A && git config user.email a@example.org "
    "&& git config commit.gpgsign false && git config core.autocrlf false\n"
    "git config merge.stridec.driver 'stridec merge %O %A %B %L %P'\n"
    "cp ../base/* . && git add . && git commit -q -m base && git branch theirs\n"
    "cp ../ours/* . && git commit -q -a -m ours && git checkout -q theirs\n"
    "cp ../theirs/* . && git commit -q -a -m theirs && git checkout -q -\n"
    "merge() { git merge -q --no-commit theirs >../$1.log 2>&1\n"
    "  mkdir ../$1 && cp *.dfd ../$1 && git diff --name-only --diff-filter=U >../$1.unmerged\n"
    "  git reset -q --hard; }\n"
    "merge plain\n"
    "echo '*.triage.dfd merge=stridec' >.git/info/attributes && merge driver\n";

static void write_version(const char *folder, const char *version, size_t number,
                          const struct file *file) {
    char *path = format("%s/%s/%zu.triage.dfd", folder, version, number);
    struct text text = write_file_of(file);
    make_folders_for(path);
    write_file(path, text.at, text.length);
    free(text.at);
    free(path);
}

static void make_round(const char *folder, size_t number, struct round *round) {
    words = 0;
    *round = (struct round){0};
    for (size_t i = 0; i < pattern_count; i++)
        if (below(3) == 0)
            decide(&round->base, i);
    round->ours = round->theirs = round->base;
    for (size_t i = 0, count = 1 + below(3); i < count; i++) {
        edit(&round->ours);
        edit(&round->theirs);
    }
    write_version(folder, "base", number, &round->base);
    write_version(folder, "ours", number, &round->ours);
    write_version(folder, "theirs", number, &round->theirs);
}

static bool is_unmerged(const struct text *list, size_t number) {
    char *line = format("\n%zu.triage.dfd\n", number),
         *all = format("\n%s", list->at ? list->at : "");
    bool found = strstr(all, line) != NULL;
    free(line);
    free(all);
    return found;
}

static struct text read_result(const char *folder, const char *how, size_t number) {
    char *path = format("%s/%s/%zu.triage.dfd", folder, how, number);
    struct text text = read_file(path);
    free(path);
    return text;
}

static struct text read_unmerged(const char *folder, const char *how) {
    char *path = format("%s/%s.unmerged", folder, how);
    struct text text = read_file(path);
    free(path);
    return text;
}

static void check_rounds(const char *folder, const struct round *rounds, size_t count) {
    struct text plain = read_unmerged(folder, "plain"), driver = read_unmerged(folder, "driver");
    struct counts by_lines = {0}, by_driver = {0};
    for (size_t i = 0; i < count; i++) {
        struct text lines = read_result(folder, "plain", i),
                    merged = read_result(folder, "driver", i);
        bool conflict = is_unmerged(&driver, i);
        check_with_driver(&rounds[i], &merged, conflict);
        *(conflict ? &by_driver.conflicts : &by_driver.clean) += 1;
        if (is_unmerged(&plain, i))
            by_lines.conflicts++;
        else
            check_plain(folder, &rounds[i], &lines, &by_lines);
        free(lines.at);
        free(merged.at);
    }
    printf(
        "with the driver %zu clean, %zu conflicts; git alone %zu clean, %zu conflicts, %zu clean "
        "and refused by the compiler\n",
        by_driver.clean, by_driver.conflicts, by_lines.clean, by_lines.conflicts, by_lines.refused);
    assert_true(by_driver.conflicts < by_lines.conflicts && by_driver.conflicts > 0);
    free(plain.at);
    free(driver.at);
}

static void decisions_are_merged_by_git(void **state) {
    size_t count = getenv("SLOW") ? 1500 : 80;
    struct round *rounds = calloc(count, sizeof *rounds);
    char *folder = make_folder();
    (void)state;
    for (size_t i = 0; i < count; i++)
        make_round(folder, i, &rounds[i]);
    char *errors = format("%s/errors", folder);
    int status = run_command(
        &(struct command){.folder = folder, .script = script, .error = errors, .seconds = 600});
    struct text said = read_if_there(errors);
    if (status != 0)
        fail_msg("git ends with %d: %s", status, said.at);
    check_rounds(folder, rounds, count);
    remove_folder(folder);
    free(said.at);
    free(errors);
    free(folder);
    free(rounds);
}

/* ---- patterns ---------------------------------------------------------------------------- */

static int by_subject(const void *a, const void *b) {
    return strcmp(strchr(*(char *const *)a, '@'), strchr(*(char *const *)b, '@'));
}

/* Open questions of the model, by subject. */
static int find_patterns(void **state) {
    stridec *compilation = stridec_new(NULL);
    stridec_row row = {.size = sizeof row};
    stridec_pattern pattern = {.size = sizeof pattern};
    (void)state;
    assert_int_equal(stridec_compile(compilation, "shop.dfd", model, strlen(model)), STRIDEC_OK);
    for (size_t i = 0; stridec_row_at(compilation, i, &row); i++)
        for (size_t j = 0; stridec_pattern_at(compilation, i, j, &pattern); j++)
            if (strcmp(pattern.state, "open") == 0 && pattern_count < MOST_PATTERNS)
                patterns[pattern_count++] = format("%s/%s", row.id, pattern.id);
    stridec_free(compilation);
    qsort(patterns, pattern_count, sizeof *patterns, by_subject);
    for (size_t i = 0; i < pattern_count; i++) {
        const char *subject = strchr(patterns[i], '@') + 1;
        subjects[i] = format("%.*s", (int)strcspn(subject, "/"), subject);
    }
    return pattern_count < 10;
}

static int free_patterns(void **state) {
    (void)state;
    for (size_t i = 0; i < pattern_count; i++) {
        free(patterns[i]);
        free(subjects[i]);
    }
    return 0;
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(decisions_are_merged_by_git)};
    return cmocka_run_group_tests_name("git_merges", tests, find_patterns, free_patterns) != 0;
}

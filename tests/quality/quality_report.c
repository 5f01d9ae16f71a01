/* quality [--missed] [--twins FOLDER] FOLDER: measures the rule pack on the diagrams in a folder,
 * one JSON file each, beside baselines that need no rules, and prints tables in Markdown. A set of
 * diagrams is all whose file names begin alike, up to the first '_'. With --missed it also lists
 * each threat that no row, no row of its very subject, or no row of tier 1 meets. With --twins it
 * measures the diagrams as they are described there, too, beside the bare ones. Status 1: there is
 * more to read in tier 1 than the budget allows; 2: something cannot be read. */
// SPDX-License-Identifier: MIT
#include "quality.h"

#include <dirent.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct corpus {
    struct diagram *items;
    size_t count;
};

/* A run of diagrams; without a name it is all of them. */
struct set {
    const struct diagram *first;
    size_t count;
    const char *name;
    int length;
};

/* ---- reading ------------------------------------------------------------------------------ */

static bool ends_in(const char *name, const char *ending) {
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

static int compare_paths(const void *one, const void *other) {
    return strcmp(*(char *const *)one, *(char *const *)other);
}

static char *path_of(const char *folder, const char *name, const char *ending) {
    size_t length = strlen(folder) + strlen(name) + strlen(ending) + 2;
    char *path = allocate(length, 1);
    snprintf(path, length, "%s/%s%s", folder, name, ending);
    return path;
}

/* Sorted, so that sets stand together. */
static char **list_folder(const char *folder, size_t *count) {
    DIR *open = opendir(folder);
    if (!open)
        refuse("%s: %s", folder, strerror(errno));
    char **paths = NULL;
    for (struct dirent *entry; (entry = readdir(open));) {
        if (!ends_in(entry->d_name, ".json"))
            continue;
        paths = realloc(paths, (*count + 1) * sizeof *paths);
        if (!paths)
            refuse("out of memory");
        paths[(*count)++] = path_of(folder, entry->d_name, "");
    }
    closedir(open);
    if (!*count)
        refuse("%s: there is no .json file in it", folder);
    qsort(paths, *count, sizeof *paths, compare_paths);
    return paths;
}

/* A twin need not be there, but their folder does: with a wrong name nothing would be measured. */
static void check_folder(const char *folder) {
    DIR *open = opendir(folder);
    if (!open)
        refuse("%s: %s", folder, strerror(errno));
    closedir(open);
}

/* Without the folder of twins, none is described. */
static struct corpus read_corpus(const char *folder, const char *twins) {
    struct corpus corpus = {0};
    char **paths = list_folder(folder, &corpus.count);
    corpus.items = allocate(corpus.count, sizeof *corpus.items);
    for (size_t i = 0; i < corpus.count; i++) {
        struct diagram *diagram = &corpus.items[i];
        read_diagram(diagram, paths[i]);
        if (twins)
            read_twin(diagram, path_of(twins, diagram->id, ".json"));
        find_rows(diagram);
    }
    free(paths);
    return corpus;
}

static bool same_set(const struct diagram *one, const struct diagram *other) {
    return one->set_length == other->set_length &&
           memcmp(one->name, other->name, (size_t)one->set_length) == 0;
}

/* The set that begins at a place, and at the end that of all. */
static struct set set_at(const struct corpus *corpus, size_t place) {
    if (place == corpus->count)
        return (struct set){corpus->items, corpus->count, "total", 5};
    const struct diagram *first = &corpus->items[place];
    struct set set = {first, 1, first->name, first->set_length};
    while (place + set.count < corpus->count && same_set(first, first + set.count))
        set.count++;
    return set;
}

/* ---- printing ----------------------------------------------------------------------------- */

static bool is_wanted(const struct diagram *diagram, bool threats) {
    return (diagram->counted > 0) == threats;
}

/* Whether the choice has an answer for each of them: where some twin lacks, the figures would be of
 * other diagrams than those beside them. */
static bool is_complete(const struct set *set, size_t choice, bool threats) {
    for (size_t i = 0; choices[choice].described && i < set->count; i++)
        if (is_wanted(&set->first[i], threats) && !set->first[i].described)
            return false;
    return true;
}

/* Of the diagrams with threats that count, or of those without. */
static struct score score_of(const struct set *set, size_t choice, bool threats) {
    struct score score = {0};
    for (size_t i = 0; i < set->count; i++)
        if (is_wanted(&set->first[i], threats))
            add_score(&score, &set->first[i], &choices[choice]);
    return score;
}

static void print_number(double number, int digits) {
    if (isnan(number))
        printf(" – |");
    else
        printf(" %.*f |", digits, number);
}

/* A measure of a choice, and of the same choice in described diagrams. */
static void print_beside(const struct set *set, size_t choice, double measure(const struct score *),
                         int digits) {
    struct score bare = score_of(set, choice, true);
    struct score described = score_of(set, choice + OWN_CHOICES, true);
    bool complete = is_complete(set, choice + OWN_CHOICES, true);
    print_number(measure(&bare), digits);
    print_number(complete ? measure(&described) : NAN, digits);
}

static void print_own(const struct set *set) {
    for (size_t choice = 0; choice < OWN_CHOICES; choice++) {
        printf("| %.*s | %s |", set->length, set->name, choices[choice].name);
        print_beside(set, choice, recall, 3);
        print_beside(set, choice, exact_recall, 3);
        print_beside(set, choice, mean_recall, 3);
        print_beside(set, choice, rows_per_element, 2);
        print_beside(set, choice, lift, 3);
        putchar('\n');
    }
}

static void print_choice(const struct set *set, size_t choice) {
    struct score score = score_of(set, choice, true);
    printf("| %.*s | %s |", set->length, set->name, choices[choice].name);
    print_number(recall(&score), 3);
    print_number(exact_recall(&score), 3);
    print_number(mean_recall(&score), 3);
    print_number(rows_per_element(&score), 2);
    print_number(lift(&score), 3);
    putchar('\n');
}

static bool has_any(const struct set *set, bool threats) {
    return score_of(set, ALL_ROWS, threats).diagrams > 0;
}

typedef void printer(const struct set *set);

/* Each set in turn and the total, as far as they have any of the diagrams wanted. */
static void print_sets(const struct corpus *corpus, bool threats, printer *print) {
    for (size_t place = 0; place <= corpus->count;) {
        struct set set = set_at(corpus, place);
        if (has_any(&set, threats))
            print(&set);
        place += place == corpus->count ? 1 : set.count;
    }
}

static void print_choices(const struct set *set) {
    for (size_t choice = PER_ELEMENT; choice < CHOICE_COUNT; choice++)
        print_choice(set, choice);
}

static void print_recalls(const struct corpus *corpus) {
    puts("| set | stridec | recall | described | exact | described | macro | described "
         "| per element | described | lift | described |\n"
         "|---|---|---|---|---|---|---|---|---|---|---|---|");
    print_sets(corpus, true, print_own);
    puts("\n| set | the drawing alone | recall | exact | macro | per element | lift |\n"
         "|---|---|---|---|---|---|---|");
    print_sets(corpus, true, print_choices);
}

static void print_volume(const struct set *set) {
    struct score score = score_of(set, ALL_ROWS, false);
    printf("| %.*s | %zu | %zu |", set->length, set->name, score.diagrams, score.elements);
    for (size_t choice = 0; choice < CHOICE_COUNT; choice++) {
        struct score one = score_of(set, choice, false);
        print_number(is_complete(set, choice, false) ? rows_per_element(&one) : NAN, 2);
    }
    putchar('\n');
}

static const char *source_of(size_t choice) {
    return choice < OWN_CHOICES ? "stridec, " : choice < PER_ELEMENT ? "stridec, described, " : "";
}

/* Prints how much there is to read where nobody has named threats. */
static void print_volumes(const struct corpus *corpus) {
    printf("\n| set, without threats | diagrams | elements |");
    for (size_t choice = 0; choice < CHOICE_COUNT; choice++)
        printf(" %s%s |", source_of(choice), choices[choice].name);
    fputs("\n|---|---|---|", stdout);
    for (size_t choice = 0; choice < CHOICE_COUNT; choice++)
        fputs("---|", stdout);
    putchar('\n');
    print_sets(corpus, false, print_volume);
}

static const char *side(double value, double line) {
    return value > line ? "above" : value < line ? "below" : "on";
}

/* Where a tier 1 lies beside the two choices that need no rules and cost as little. */
static void print_place(const struct corpus *corpus, size_t choice, const char *name) {
    struct set all = set_at(corpus, corpus->count);
    struct score tier = score_of(&all, choice, true);
    struct score ends = score_of(&all, CROSSING_ENDS, true);
    struct score flows = score_of(&all, CROSSING_FLOWS, true);
    double line = on_line(&tier, &flows, &ends, recall);
    double line_lift = on_line(&tier, &flows, &ends, lift);
    if (isnan(line) || isnan(line_lift) || isnan(lift(&tier)))
        return;
    printf("\n%s has recall %.3f and lift %.3f at %.2f rows per element. The line through "
           "'crossing flows only' and 'crossing flows and their ends' has %.3f and %.3f there: "
           "tier 1 is %s it in recall and %s it in lift.\n",
           name, recall(&tier), lift(&tier), rows_per_element(&tier), line, line_lift,
           side(recall(&tier), line), side(lift(&tier), line_lift));
}

/* ---- how threats are asked about ---------------------------------------------------------- */

static void print_asked_in(const struct set *set, bool described) {
    size_t counts[ASKED_COUNT] = {0}, all = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct diagram *diagram = &set->first[i];
        for (size_t j = 0; j < diagram->threat_count; j++) {
            if (diagram->threats[j].repeated)
                continue;
            counts[how_asked(diagram, &diagram->threats[j], described)]++;
            all++;
        }
    }
    printf("| %.*s | %s | %zu | %zu | %zu | %zu | %zu |\n", set->length, set->name,
           described ? "described" : "bare", all, counts[NAMED], counts[GENERIC], counts[ROW_ONLY],
           counts[NOT_ASKED]);
}

static void print_asked(const struct set *set) {
    print_asked_in(set, false);
    if (is_complete(set, DESCRIBED_ROWS, true))
        print_asked_in(set, true);
}

static size_t count_asked_by(const struct set *set, bool described, const char *rule) {
    size_t count = 0;
    for (size_t i = 0; i < set->count; i++)
        for (size_t j = 0; j < set->first[i].threat_count; j++)
            count += !set->first[i].threats[j].repeated &&
                     is_asked_by(&set->first[i], &set->first[i].threats[j], described, rule);
    return count;
}

static int compare_names(const void *one, const void *other) {
    return strcmp(*(const char *const *)one, *(const char *const *)other);
}

/* The rules with an open question anywhere, each once; the names are the diagrams'. */
static const char **list_rules(const struct set *set, size_t *count) {
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < set->count; i++)
        all += set->first[i].asked.count + set->first[i].asked_described.count;
    const char **rules = allocate(all + 1, sizeof *rules);
    all = 0;
    for (size_t i = 0; i < set->count; i++) {
        const struct diagram *diagram = &set->first[i];
        for (size_t j = 0; j < diagram->asked.count; j++)
            rules[all++] = diagram->asked.items[j].rule;
        for (size_t j = 0; j < diagram->asked_described.count; j++)
            rules[all++] = diagram->asked_described.items[j].rule;
    }
    qsort(rules, all, sizeof *rules, compare_names);
    for (size_t i = 0; i < all; i++)
        if (!kept || strcmp(rules[kept - 1], rules[i]) != 0)
            rules[kept++] = rules[i];
    *count = kept;
    return rules;
}

/* A pattern that meets none is left out. */
static void print_patterns(const struct corpus *corpus) {
    struct set all = set_at(corpus, corpus->count);
    size_t count;
    const char **rules = list_rules(&all, &count);
    puts("\n| pattern | threats, bare | threats, described |\n|---|---|---|");
    for (size_t i = 0; i < count; i++) {
        size_t bare = count_asked_by(&all, false, rules[i]);
        size_t described = count_asked_by(&all, true, rules[i]);
        if (bare || described)
            printf("| `%s` | %zu | %zu |\n", rules[i], bare, described);
    }
    free(rules);
}

static void print_naming(const struct corpus *corpus) {
    puts("\n| set | diagrams | threats | named | generic | row only | none |\n"
         "|---|---|---|---|---|---|---|");
    print_sets(corpus, true, print_asked);
    print_patterns(corpus);
}

/* ---- the budget --------------------------------------------------------------------------- */

static bool check_rows(const struct set *all, size_t choice, double rows, const char *name) {
    struct score score = score_of(all, choice, true);
    if (!is_complete(all, choice, true) || !budget_is_of(&score))
        return true;
    bool within = is_within(&score, rows);
    printf("\n%s: %.2f per element, %s the budget (%.2f by pack 1, and 5%% more).\n", name,
           rows_per_element(&score), within ? "within" : "OVER", rows);
    return within;
}

static bool check_budget(const struct corpus *corpus) {
    struct set all = set_at(corpus, corpus->count);
    bool within = check_rows(&all, TIER_ONE, budget.bare, "Rows of tier 1, bare");
    return check_rows(&all, DESCRIBED_TIER_ONE_OPEN, budget.described,
                      "Open rows of tier 1, described") &&
           within;
}

/* ---- what is missed ----------------------------------------------------------------------- */

static const char *fault(const struct diagram *diagram, const struct threat *threat) {
    if (!is_met(diagram, threat, diagram->rows, FOUND, false))
        return "by all rows";
    if (!is_met(diagram, threat, diagram->rows, FOUND, true))
        return "at its subject";
    return is_met(diagram, threat, diagram->rows, FIRST, false) ? NULL : "by tier 1";
}

/* On one line, without what a table would take for its own. */
static void print_text(const char *text) {
    for (; *text; text++) {
        if (*text == '|')
            putchar('\\');
        putchar((unsigned char)*text < ' ' ? ' ' : *text);
    }
}

static void print_threat(const struct diagram *diagram, const struct threat *threat,
                         const char *missed) {
    printf("| %s | %s | %c@%s | ", missed, diagram->id, LETTERS[threat->letter], threat->subject);
    print_text(threat->text);
    puts(" |");
}

static void print_missed(const struct corpus *corpus) {
    puts("\n| missed | diagram | threat | what the expert says |\n|---|---|---|---|");
    for (size_t i = 0; i < corpus->count; i++) {
        const struct diagram *diagram = &corpus->items[i];
        for (size_t j = 0; j < diagram->threat_count; j++) {
            const struct threat *threat = &diagram->threats[j];
            const char *missed = threat->repeated ? NULL : fault(diagram, threat);
            if (missed)
                print_threat(diagram, threat, missed);
        }
    }
}

static void print_tables(const struct corpus *corpus, bool missed) {
    struct set all = set_at(corpus, corpus->count);
    if (has_any(&all, true)) {
        print_recalls(corpus);
        print_place(corpus, TIER_ONE, "Tier 1");
        if (is_complete(&all, DESCRIBED_TIER_ONE_OPEN, true))
            print_place(corpus, DESCRIBED_TIER_ONE_OPEN, "Open tier 1 of the described diagrams");
        print_naming(corpus);
    }
    if (has_any(&all, false))
        print_volumes(corpus);
    if (missed)
        print_missed(corpus);
}

int main(int argc, char **argv) {
    const char *twins = NULL;
    int at = 1;
    bool missed = at < argc && strcmp(argv[at], "--missed") == 0;
    at += missed;
    if (at + 1 < argc && strcmp(argv[at], "--twins") == 0) {
        twins = argv[at + 1];
        at += 2;
    }
    if (argc != at + 1) {
        fputs("usage: quality [--missed] [--twins FOLDER] FOLDER\n", stderr);
        return 3;
    }
    if (twins)
        check_folder(twins);
    struct corpus corpus = read_corpus(argv[at], twins);
    print_tables(&corpus, missed);
    bool within = check_budget(&corpus);
    for (size_t i = 0; i < corpus.count; i++)
        free_diagram(&corpus.items[i]);
    free(corpus.items);
    if (fflush(stdout) != 0 || ferror(stdout))
        refuse("the tables cannot be written");
    return within ? 0 : 1;
}

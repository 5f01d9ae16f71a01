/* Prints the reference pages of the manual from the tables that the program itself works with:
 * tables attributes|coverage|diagnostics|glossary|truths. `make doc` writes them, `make check-doc`
 * compares. The rows of `tables limits` stand in language.md; tests/doc_claims.sh looks for them.
 */
// SPDX-License-Identifier: MIT
#include "analysis/builtin.h"
#include "analysis/rows.h"
#include "base/limits.h"
#include "diag/diag.h"
#include "emit/diagnostics.h"
#include "explain/explainer.h"
#include "layout/layout.h"
#include "model/kind.h"
#include "model/rule.h"
#include "project/units.h"
#include "syntax/parser.h"
#include "syntax/rule_builder.h"

#include <stdio.h>
#include <string.h>

/* Text that stands as text in a cell of a table: `x` stays code, nothing else is markup. */
static void print_cell(const char *text) {
    bool code = false;
    for (; *text; text++) {
        code ^= *text == '`';
        if (*text == '|' || (!code && strchr("\\*_<", *text)))
            putchar('\\');
        putchar(*text);
    }
}

static void print_head(const char *title) {
    printf("<!-- Made from the tables in lib/ by `make doc`; edit those, not this page. -->\n\n"
           "# %s\n",
           title);
}

/* ---- attributes -------------------------------------------------------------------------- */

static const char *const type_words[] = {
    [TYPE_TEXT] = "text",         [TYPE_STRINGS] = "texts",
    [TYPE_WORD] = "word",         [TYPE_WORDS] = "words",
    [TYPE_YESNO] = "yes or no",   [TYPE_NUMBER] = "number",
    [TYPE_SCORE] = "score",       [TYPE_SCORES] = "scores",
    [TYPE_DATE] = "date",         [TYPE_ID] = "id",
    [TYPE_IDS] = "ids",           [TYPE_ROW] = "row",
    [TYPE_ROWS] = "rows",         [TYPE_PAIRS] = "pairs",
    [TYPE_BOUNDARY] = "boundary", [TYPE_PROCESS] = "process",
    [TYPE_ASSETS] = "assets",     [TYPE_PLACES] = "elements and boundaries",
};

static void print_values(const struct attribute_row *row) {
    const char *rest = row->values;
    struct slice value;
    bool safe, first = true;
    int lowest, highest;
    if (attribute_range((enum attribute_id)(row - attribute_rows), &lowest, &highest)) {
        printf("%d to %d", lowest, highest);
        return;
    }
    for (; attribute_next_value(&rest, &value, &safe); first = false)
        printf("%s%s`%.*s`%s", first ? "" : " ", safe ? "**" : "", SLICE_ARGS(value),
               safe ? "**" : "");
}

static void print_attribute(const struct attribute_row *row) {
    printf("| `%s` | %s | %s | ", row->name, attribute_role_words[row->role],
           type_words[row->type]);
    print_values(row);
    fputs(" | ", stdout);
    print_cell(row->about);
    puts(" |");
}

static void print_attribute_head(void) {
    puts("\n| attribute | role | type | known values | what it says |\n|---|---|---|---|---|");
}

/* Attributes of `kinds` that do not stand on every kind. */
static void print_own_attributes(unsigned kinds) {
    bool any = false;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++) {
        const struct attribute_row *row = &attribute_rows[i];
        if (row->kinds == ON_ANY || !(row->kinds & kinds))
            continue;
        if (!any)
            print_attribute_head();
        any = true;
        print_attribute(row);
    }
    if (!any)
        puts("\nOnly those of every declaration.");
}

static void print_synonyms(void) {
    puts("\n## Words that mean the same\n\n"
         "A value counts in any case, with `-`, `_` or neither between its parts, and by the words "
         "that "
         "people know\nfrom elsewhere. Files keep what was typed; outputs show our word.\n\n"
         "| attribute | on | value | also |\n|---|---|---|---|");
    for (size_t id = 0; id < ATTRIBUTE_COUNT; id++) {
        const char *rest = attribute_rows[id].values;
        struct slice value, word;
        for (bool safe; attribute_next_value(&rest, &value, &safe);) {
            const char *theirs = value_synonyms((enum attribute_id)id, value);
            if (!*theirs)
                continue;
            printf("| `%s` | %s | `%.*s` |", attribute_rows[id].name,
                   kind_rows[first_kind(attribute_rows[id].kinds)].word, SLICE_ARGS(value));
            while (next_synonym(&theirs, &word))
                printf(" `%.*s`", SLICE_ARGS(word));
            puts(" |");
        }
    }
}

static void print_kind(enum kind kind) {
    const struct kind_row *row = &kind_rows[kind];
    printf("\n## %s\n\n", row->word);
    print_cell(row->about);
    printf(". In %s.\n", kind_files(kind));
    print_own_attributes(1u << kind);
}

static void print_attributes(void) {
    print_head("Attributes");
    puts("\nWhat each kind of declaration can state. How to write it is in "
         "[language.md](language.md).\n\n"
         "- A **trait** says what a thing is. It decides which questions make sense.\n"
         "- A **fact** is a security property. It answers questions.\n"
         "- A **note** is all else.\n\n"
         "Values in bold are safe: they answer the question that asks for them. What is not "
         "stated is never\nsafe, and an unknown value counts as not stated. Types in the plural "
         "take one value or a list;\nwith an unknown value in it, what it may mean stays possible. "
         "A score is a number from 1 to 5, or `low`, `medium`, `high`, "
         "`critical`.\n\n## Every declaration");
    print_attribute_head();
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (attribute_rows[i].kinds == ON_ANY)
            print_attribute(&attribute_rows[i]);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        print_kind((enum kind)kind);
    print_synonyms();
}

/* ---- diagnostics ------------------------------------------------------------------------- */

static const struct {
    char digit; /* the second of E0203 */
    const char *title;
} groups[] = {
    {'1', "Text and syntax"},    {'2', "Names"},       {'3', "Attributes and values"},
    {'4', "The model"},          {'5', "Rules"},       {'6', "Triage"},
    {'7', "Files and pictures"}, {'8', "Suggestions"}, {'9', "The gate"},
};

static void print_message(const char *message) {
    const char *place;
    while ((place = strstr(message, "{}"))) {
        printf("%.*s\u2026", (int)(place - message), message);
        message = place + 2;
    }
    print_cell(message);
}

static void print_rule_word(const char *name) {
    putchar('`');
    for (; *name; name++)
        putchar(*name == '_' ? '-' : *name);
    fputs("` | ", stdout);
}

static void print_group(char digit) {
    bool gate = digit == '9';
    if (gate)
        puts("\nA policy names a rule by its word: `policy { require: [stale-threat]; disable: "
             "[overdue] }`. What it\nrequires is an error; what it switches off is named where "
             "the gate passes, and in the document.\n`stridec explain gate` lists the words.");
    printf("\n| code |%s level | message | what to do |\n|---|%s---|---|---|\n",
           gate ? " word |" : "", gate ? "---|" : "");
    for (size_t i = 0; i < DIAG_COUNT; i++) {
        const struct diag_kind *kind = diag_kind((enum diag_code)i);
        if (kind->code[2] != digit)
            continue;
        printf("| %s | ", kind->code);
        if (gate)
            print_rule_word(kind->name);
        printf("%s | ", level_words[kind->level]);
        print_message(kind->message);
        fputs(" | ", stdout);
        print_cell(kind->about);
        puts(" |");
    }
}

static void print_diagnostics(void) {
    print_head("Diagnostics");
    puts("\nWhat the compiler says, by code; `stridec explain CODE` says the same. A code keeps "
         "its meaning.\nAn error ends the run with exit code 2. A warning changes nothing but "
         "itself; `allow: [CODE]` on\nthe declaration, or on `model`, silences a warning of the "
         "group W04. \u2026 stands for a part that\nthe compiler fills in.");
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        printf("\n## %s\n", groups[i].title);
        print_group(groups[i].digit);
    }
}

/* ---- truths ------------------------------------------------------------------------------ */

static void print_truths(void) {
    print_head("Computed truths");
    puts("\nWords that a condition of a [rule](rules.md) can test beside attributes. They are "
         "computed from the\nmodel and never unknown. `unsafe`, `specific` and `in_scope` are "
         "about one pattern and "
         "known in the\nconditions of `tier` only.\n\n| truth | it holds when |\n|---|---|");
    for (size_t i = 0; i < TRUTH_COUNT; i++) {
        printf("| `%s` | ", truth_rows[i].name);
        print_cell(truth_rows[i].about);
        puts(" |");
    }
}

/* ---- glossary ---------------------------------------------------------------------------- */

static void print_term(const char *word, const char *page, const char *about) {
    printf("| **%s** | ", word);
    print_cell(about);
    printf(" | [%s](%s.md) |\n", page, page);
}

static void print_glossary(void) {
    print_head("Glossary");
    puts(
        "\nOne word for each idea, in the language, the output, the library and the code. `stridec "
        "explain WORD`\nsays the same.\n\n| word | is | more |\n|---|---|---|");
#define TERM(word, page, about) print_term(word, page, about);
#include "explain/terms.def"
#undef TERM
}

/* ---- coverage ---------------------------------------------------------------------------- */

static void load_rules(struct arena *arena, struct rule_pack *pack) {
    struct diagnostics diagnostics = {.arena = arena};
    struct slice text = {builtin_rules, builtin_rules_length};
    struct source *source = source_new(arena, slice_of("builtin.dfd"), text);
    build_rules(&diagnostics, model_new(arena, vocabulary_new(arena, NULL)), pack,
                parse(&diagnostics, source));
}

static bool refers_to(const struct rule *rule, const struct reference_row *row) {
    for (size_t i = 0; i < rule->ref_count; i++)
        if (rule->refs[i] == row)
            return true;
    return false;
}

/* Returns whether there is one. */
static bool print_rules_about(const struct rule_pack *pack, const struct reference_row *row) {
    bool any = false;
    for (size_t i = 0; i < pack->rules.count; i++) {
        if (!refers_to(pack->rules.items[i], row))
            continue;
        printf("%s`%.*s`", any ? ", " : "", SLICE_ARGS(pack->rules.items[i]->id));
        any = true;
    }
    return any;
}

static void print_list(const struct rule_pack *pack, enum reference_list list) {
    size_t asked = 0, all = 0;
    printf("\n## %s\n\n[The list](%s).\n\n| entry | title | rules |\n|---|---|---|\n",
           reference_lists[list].title, reference_lists[list].home);
    for (size_t i = 0; i < reference_count; i++) {
        const struct reference_row *row = &reference_rows[i];
        if (row->list != list)
            continue;
        printf("| %s | ", row->id);
        print_cell(row->title);
        printf(" | ");
        bool any = print_rules_about(pack, row);
        puts(any ? " |" : "none |");
        asked += any;
        all++;
    }
    printf("\nRules ask about %zu of %zu.\n", asked, all);
}

static void print_coverage(void) {
    struct arena arena;
    struct rule_pack pack = {0};
    jmp_buf failure;
    arena_open(&arena, NULL, 0);
    arena.failure = &failure;
    if (setjmp(failure) == 0) {
        load_rules(&arena, &pack);
        print_head("Public lists");
        puts("\nWhich rule of the built-in pack asks about which entry of a public list, and about "
             "which none does.\n`stridec explain --list refs` prints the same, with the rules of "
             "your "
             "own packs. That a rule asks about\nan entry does not mean that it asks about all of "
             "it.");
        for (size_t i = 0; i < REFERENCE_LIST_COUNT; i++)
            print_list(&pack, (enum reference_list)i);
    }
    arena_close(&arena);
}

/* ---- limits ------------------------------------------------------------------------------ */

#define MIB ((size_t)1 << 20)

static void print_limits(void) {
    printf("| a file | %zu MiB |\n", SOURCE_LIMIT / MIB);
    printf(
        "| blocks, lists, conditions inside each other; boundaries, also through `in:`; files that "
        "import each other in a row | %d |\n",
        NESTING_LIMIT);
    printf("| files of one compilation | %d |\n", UNIT_LIMIT);
    printf("| an id, an alias | %d characters |\n", ID_LIMIT);
    printf(
        "| a label, value or reason where it is mentioned again: on the picture, in questions and "
        "other tables | %d characters, then \u2026; in full it stands once, where it is declared "
        "|\n",
        LABEL_LIMIT);
    printf("| a link on the picture | %d bytes; a longer one leads to the shape itself |\n",
           LINK_LIMIT);
    printf(
        "| an output | %zu MiB, %zu bytes for each byte of the model and of what it imports, and "
        "%zu KiB for each row and each question |\n",
        OUTPUT_BASE / MIB, OUTPUT_PER_BYTE, OUTPUT_PER_ROW / 1024);
    printf("| letters of a method | %d |\n", LETTER_LIMIT);
    printf("| diagnostics printed | %d, and a line that counts the rest |\n", DIAGNOSTICS_SHOWN);
    printf("| the layout program | %zu MiB of DOT, %d seconds, %zu GiB of memory, output of 1 MiB "
           "and %zu times the DOT, at most %zu MiB |\n",
           LAYOUT_INPUT / MIB, LAYOUT_SECONDS, LAYOUT_MEMORY / MIB / 1024, LAYOUT_OUTPUT_TIMES,
           LAYOUT_OUTPUT / MIB);
}

int main(int argc, char **argv) {
    static const struct {
        const char *name;
        void (*print)(void);
    } pages[] = {
        {"attributes", print_attributes},   {"coverage", print_coverage},
        {"diagnostics", print_diagnostics}, {"glossary", print_glossary},
        {"truths", print_truths},           {"limits", print_limits},
    };
    for (size_t i = 0; argc == 2 && i < sizeof pages / sizeof *pages; i++) {
        if (strcmp(argv[1], pages[i].name) != 0)
            continue;
        pages[i].print();
        return fflush(stdout) != 0;
    }
    fputs("usage: tables attributes|coverage|diagnostics|glossary|truths|limits\n", stderr);
    return 2;
}

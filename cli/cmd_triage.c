/* stridec triage: the team's decisions about the questions of a model, written beside it. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include "decide.h"
#include "report.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>

struct triage {
    struct invocation *run;
    struct asked asked;
    const char *id, *label, *tier;
    bool dry_run;
};

/* ---- words ------------------------------------------------------------------------------- */

static bool find_verb(const char *word, stridec_verb_info *verb) {
    struct guess guess = guess_begin(word, strlen(word));
    for (size_t i = 0; stridec_verb_at(i, verb); i++) {
        if (strcmp(verb->word, word) == 0)
            return true;
        guess_try(&guess, verb->word);
    }
    if (guess.best)
        complain("triage has no '%s'; did you mean '%s'?", word, guess.best);
    else
        complain("triage has no '%s'; see stridec triage --help", word);
    return false;
}

/* The verbs of the library, as the help has them. */
static bool describe_verbs(struct text *about) {
    static const char head[] =
        "Records what the team has decided about the questions of a model, "
        "in FILE.triage.dfd\nbeside it: each decision with what it rests on, "
        "at its sorted place. An ID is a\nquestion (T@pay/replay), a row "
        "(T@pay: its pending questions) or a decision. All\nof it is "
        "written, or nothing.\n\nVerbs:";
    stridec_verb_info verb = {.size = sizeof verb};
    bool fine = text_append(about, head, strlen(head));
    for (size_t i = 0; fine && stridec_verb_at(i, &verb); i++) {
        char line[200];
        int length = snprintf(line, sizeof line, "\n  %-9s %s", verb.word, verb.about);
        fine = length > 0 && text_append(about, line, (size_t)length);
    }
    return fine;
}

/* ---- one decision ------------------------------------------------------------------------ */

/* Who decides is not said again with each decision. */
static size_t add_author(stridec_stated *stated, size_t count, const char *const *author) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(stated[i].name, "author") == 0)
            return count;
    stated[count] = (stridec_stated){
        .size = sizeof *stated, .name = "author", .values = author, .value_count = 1};
    return count + 1;
}

static enum outcome decide_one(const struct triage *triage, const stridec_verb_info *verb) {
    const struct names *words = &triage->run->words;
    const struct deciding deciding = {triage->run, words->at[1], triage->dry_run, false};
    const char *author = getenv("STRIDEC_AUTHOR");
    size_t count;
    stridec_stated *stated = asked_stated(&triage->asked, &count);
    if (!stated)
        return OUTCOME_FAILURE;
    if (author && *author && *verb->kind)
        count = add_author(stated, count, &author);
    const stridec_request decision = {
        .size = sizeof decision,
        .verb = verb->word,
        .ids = words->at + 2,
        .id_count = words->count - 2,
        .id = triage->id,
        .label = triage->label,
        .stated = stated,
        .stated_count = count,
        .tier = triage->tier ? *triage->tier - '0' : 0,
    };
    enum outcome outcome = decide(&deciding, &decision, 1);
    free(stated);
    return outcome;
}

/* ---- the command ------------------------------------------------------------------------- */

static enum outcome run_verb(const struct triage *triage) {
    const struct names *words = &triage->run->words;
    stridec_verb_info verb = {.size = sizeof verb};
    if (!find_verb(words->at[0], &verb))
        return OUTCOME_MISUSE;
    if (words->count < 2) {
        complain("triage %s needs the FILE of a model", verb.word);
        return OUTCOME_MISUSE;
    }
    if (strcmp(words->at[1], "-") == 0) {
        complain("triage changes files, and standard input is none");
        return OUTCOME_MISUSE;
    }
    return decide_one(triage, &verb);
}

enum outcome cmd_triage(struct invocation *run) {
    struct triage triage = {.run = run};
    struct text about = {0};
    const struct option own[] = {
        {.name = "id",
         .argument = "ID",
         .text = &triage.id,
         .help = "of what is declared (default: made up)"},
        {.name = "label",
         .argument = "TEXT",
         .text = &triage.label,
         .help = "its title (default: that of the question)"},
        {.name = "tier",
         .argument = "1|2|3",
         .text = &triage.tier,
         .help = "questions of this tier, where no IDs say which"},
        {.name = "dry-run", .on = &triage.dry_run, .help = "show what would change"},
        OPTION_REPORT(run),
        OPTION_RULES(run),
    };
    enum outcome outcome = OUTCOME_FAILURE;
    if (asked_open(&triage.asked, run, own, COUNT(own)) && describe_verbs(&about))
        outcome = read_arguments(run, about.at, triage.asked.options, triage.asked.option_count)
                      ? run_verb(&triage)
                      : run->outcome;
    asked_close(&triage.asked);
    text_free(&about);
    return outcome;
}

/* stridec triage: the team's decisions about the questions of a model, written beside it. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include "dates.h"
#include "decide.h"
#include "report.h"
#include "text.h"

#include <stdint.h>
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

/* Room for what is stated besides the options. */
struct defaults {
    const char *author, *fact;
    struct date today;
    const char *today_text;
};

static void state(stridec_request *request, const char *name, const char *const *values,
                  size_t count) {
    stridec_stated *stated = (stridec_stated *)(uintptr_t)request->stated; /* ours */
    for (size_t i = 0; i < request->stated_count; i++)
        if (strcmp(stated[i].name, name) == 0)
            return;
    stated[request->stated_count++] = (stridec_stated){
        .size = sizeof *stated, .name = name, .values = values, .value_count = count};
}

/* Who decides is not said again with each decision; a review is of its day. */
static bool state_defaults(stridec_request *request, const stridec_verb_info *verb,
                           struct defaults *defaults) {
    bool is_review = strcmp(verb->kind, "review") == 0;
    defaults->author = getenv("STRIDEC_AUTHOR");
    if (defaults->author && *defaults->author && *verb->kind)
        state(request, is_review ? "by" : "author", &defaults->author, 1);
    if (!is_review)
        return true;
    if (!date_of_today(NULL, &defaults->today))
        return false;
    defaults->today_text = defaults->today.text;
    state(request, "on", &defaults->today_text, 1);
    return true;
}

/* FILE ID ATTRIBUTE VALUE... */
static bool state_fact(const struct names *words, stridec_request *request,
                       struct defaults *defaults) {
    if (words->count < 5) {
        complain("triage state needs FILE ID ATTRIBUTE VALUE");
        return false;
    }
    request->id_count = 1;
    defaults->fact = words->at[3];
    state(request, defaults->fact, words->at + 4, words->count - 4);
    return true;
}

static enum outcome decide_one(const struct triage *triage, const stridec_verb_info *verb) {
    const struct names *words = &triage->run->words;
    const struct deciding deciding = {triage->run, words->at[1], triage->dry_run, false};
    struct defaults defaults = {0};
    stridec_request request = {
        .size = sizeof request,
        .verb = verb->word,
        .ids = words->at + 2,
        .id_count = words->count - 2,
        .id = triage->id,
        .label = triage->label,
        .tier = triage->tier ? *triage->tier - '0' : 0,
    };
    stridec_stated *stated = asked_stated(&triage->asked, &request.stated_count);
    if (!stated)
        return OUTCOME_FAILURE;
    request.stated = stated;
    bool is_fact = strcmp(verb->operands, "facts") == 0;
    bool fine = is_fact ? state_fact(words, &request, &defaults)
                        : state_defaults(&request, verb, &defaults);
    enum outcome outcome = fine ? decide(&deciding, &request, 1) : OUTCOME_MISUSE;
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

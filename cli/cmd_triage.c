/* stridec triage: the team's decisions about the questions of a model, written beside it. */
// SPDX-License-Identifier: MIT
#include "asked.h"
#include "decide.h"
#include "imports.h"
#include "input.h"
#include "move.h"
#include "pass.h"
#include "report.h"
#include "requests.h"
#include "session.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct triage {
    struct invocation *run;
    struct asked asked;
    const char *id, *label, *tier, *from;
    bool dry_run;
};

/* A verb of the command alone: it has no kind of declaration of its own. */
struct own_verb {
    const char *word, *about;
    enum outcome (*run)(const struct triage *triage);
};
static const struct own_verb *own_verb_at(size_t index);

/* ---- words ------------------------------------------------------------------------------- */

static bool find_verb(const struct invocation *run, const char *word, stridec_verb_info *verb) {
    struct guess guess = guess_begin(word, strlen(word));
    for (size_t i = 0; stridec_verb_at(i, verb); i++) {
        if (strcmp(verb->word, word) == 0)
            return true;
        guess_try(&guess, verb->word);
    }
    for (size_t i = 0; own_verb_at(i); i++)
        guess_try(&guess, own_verb_at(i)->word);
    const struct command *command = command_called(run->commands, word);
    if (command)
        complain("'%s' is a command of its own: stridec %s %s", word, word, command->operands);
    else if (guess.best)
        complain("triage has no '%s'; did you mean '%s'?", word, guess.best);
    else
        complain("triage has no '%s'; see stridec triage --help", word);
    return false;
}

static bool describe_verb(struct text *about, const char *word, const char *does) {
    char line[200];
    int length = snprintf(line, sizeof line, "\n  %-9s %s", word, does);
    return length > 0 && text_append(about, line, (size_t)length);
}

/* The verbs of the library, as the help has them, and those of the command. */
static bool describe_verbs(struct text *about) {
    static const char head[] =
        "Records what the team has decided about the questions of a model, "
        "in FILE.triage.dfd\nbeside it: each decision with what it rests on, "
        "at its sorted place. An ID is a\nquestion (T@pay/replay), a row "
        "(T@pay: its pending questions) or a decision. All\nof it is "
        "written, or nothing.\n\nVerbs:";
    stridec_verb_info verb = {.size = sizeof verb};
    bool fine = text_append(about, head, strlen(head));
    for (size_t i = 0; fine && stridec_verb_at(i, &verb); i++)
        fine = describe_verb(about, verb.word, verb.about);
    for (size_t i = 0; fine && own_verb_at(i); i++)
        fine = describe_verb(about, own_verb_at(i)->word, own_verb_at(i)->about);
    return fine;
}

/* ---- what is decided --------------------------------------------------------------------- */

static bool take_options(const struct triage *triage, struct requests *requests,
                         stridec_request *request) {
    for (size_t i = 0; i < triage->asked.stated_count; i++) {
        const struct stated_option *option = &triage->asked.stated[i];
        const struct names *values = &option->values;
        if (values->count &&
            !request_add_stated(requests, request, option->name, values->at, values->count))
            return false;
    }
    return true;
}

/* Of an attribute of any kind, as the id may be that of a declaration of any; also when there is
 * none of that name, which is said by those who know the kind. */
static bool takes_many(const char *name) {
    stridec_kind_info kind = {.size = sizeof kind};
    stridec_attribute_info info = {.size = sizeof info};
    bool found = false;
    for (size_t i = 0; stridec_kind_at(i, &kind); i++)
        for (size_t j = 0; stridec_attribute_at(kind.word, j, &info); j++) {
            bool same = strcmp(info.name, name) == 0;
            if (same && info.takes_list)
                return true;
            found |= same;
        }
    return !found;
}

/* What is wrong with the words is said in their terms. */
static bool check_fact(const struct names *words) {
    const char *name = words->at[3];
    if (strcmp(name, "evidence") == 0)
        complain("evidence is that of a fact: triage state FILE ID evidence.FACT \"FILE#NAME\"");
    else if (words->count > 5 && !takes_many(name))
        complain("'%s' takes one value, and '%s' is one too many", name, words->at[5]);
    else
        return true;
    return false;
}

/* FILE ID ATTRIBUTE VALUE... */
static bool take_fact(const struct names *words, struct requests *requests,
                      stridec_request *request) {
    if (words->count < 5) {
        complain("triage state needs FILE ID ATTRIBUTE VALUE");
        return false;
    }
    if (!check_fact(words))
        return false;
    request->id_count = 1;
    return request_add_stated(requests, request, words->at[3], words->at + 4, words->count - 4);
}

static bool take_words(const struct triage *triage, const stridec_verb_info *verb,
                       struct requests *requests) {
    const struct names *words = &triage->run->words;
    stridec_request *request = requests_add(requests, verb->word);
    if (!request)
        return false;
    request->ids = words->at + 2;
    request->id_count = words->count - 2;
    request->id = triage->id;
    request->label = triage->label;
    request->tier = triage->tier ? *triage->tier - '0' : 0;
    if (strcmp(verb->operands, "facts") == 0)
        return take_fact(words, requests, request);
    return take_options(triage, requests, request);
}

/* Of a file, or of standard input. */
static bool read_list(const char *path, struct text *text) {
    char *root = root_of(NULL, path);
    bool fine =
        strcmp(path, "-") == 0 ? read_standard_input(text) : input_text(path, root, NULL, text);
    free(root);
    return fine;
}

/* As messages call it. */
static const char *name_of_list(const char *path) {
    return strcmp(path, "-") == 0 ? STANDARD_INPUT : path;
}

static bool take_list(const struct triage *triage, const char *verb, struct requests *requests,
                      struct text *text) {
    const char *path = triage->from;
    return read_list(path, text) &&
           requests_read(requests, name_of_list(path), text->at, text->length, verb);
}

/* `verb`: NULL where each of a list says its own. */
static enum outcome decide_all(const struct triage *triage, const stridec_verb_info *verb,
                               const char *path) {
    const struct deciding deciding = {triage->run, path, triage->dry_run, false, NULL};
    struct requests requests;
    struct text text = {0};
    enum outcome outcome = OUTCOME_MISUSE;
    if (requests_begin(&requests) &&
        (verb && !triage->from ? take_words(triage, verb, &requests)
                               : take_list(triage, verb ? verb->word : NULL, &requests, &text)) &&
        requests_complete(&requests))
        outcome = decide(&deciding, requests.items, requests.count);
    requests_free(&requests);
    text_free(&text);
    return outcome;
}

/* ---- a sheet of answers ------------------------------------------------------------------ */

/* Its lines say all that options could. */
static bool takes_no_options(const struct triage *triage) {
    bool any = triage->id || triage->label || triage->tier || triage->from;
    for (size_t i = 0; i < triage->asked.stated_count; i++)
        any |= triage->asked.stated[i].values.count > 0;
    if (any)
        complain("triage import takes its answers from the lines of the file, and no options for "
                 "them");
    return !any;
}

static enum outcome run_import(const struct triage *triage) {
    const struct names *words = &triage->run->words;
    if (words->count != 3) {
        complain("triage import needs the FILE of a model and a file in CSV; - is standard input");
        return OUTCOME_MISUSE;
    }
    if (!takes_no_options(triage))
        return OUTCOME_MISUSE;
    const struct deciding deciding = {
        .run = triage->run, .path = words->at[1], .dry_run = triage->dry_run};
    const char *path = words->at[2];
    struct text sheet = {0};
    enum outcome outcome = OUTCOME_FAILURE;
    if (read_list(path, &sheet))
        outcome = decide_sheet(&deciding, name_of_list(path), &sheet);
    text_free(&sheet);
    return outcome;
}

/* ---- the command ------------------------------------------------------------------------- */

static bool is_model(const char *word) {
    return strpbrk(word, "./") || access(word, F_OK) == 0;
}

/* Of the options, those that are about each decision of a pass, or about what it asks. */
static bool take_pass_options(const struct triage *triage, struct pass_options *options) {
    const char *refused = triage->id        ? "id"
                          : triage->label   ? "label"
                          : triage->dry_run ? "dry-run"
                                            : NULL;
    *options = (struct pass_options){.tier = triage->tier ? *triage->tier - '0' : 0};
    for (size_t i = 0; i < triage->asked.stated_count; i++) {
        const struct stated_option *option = &triage->asked.stated[i];
        if (strcmp(option->name, "author") == 0)
            options->author = option->values;
        else if (strcmp(option->name, "decided") == 0)
            options->decided = option->values;
        else if (option->values.count && !refused)
            refused = option->option;
    }
    if (refused)
        complain("without a verb, triage takes no --%s", refused);
    return !refused;
}

static enum outcome run_pass(const struct triage *triage, const char *path) {
    struct pass_options options;
    return take_pass_options(triage, &options) ? pass_over(triage->run, path, &options)
                                               : OUTCOME_MISUSE;
}

static enum outcome run_move(const struct triage *triage) {
    const struct names *words = &triage->run->words;
    const struct names rest = {words->at + 1, words->count - 1};
    return move_decisions(triage->run, &rest, triage->dry_run);
}

static const struct own_verb own_verbs[] = {
    {"import", "take answers from the lines of threats --format csv", run_import},
    {"move", "take decisions along: FROM TO [ID...], two models", run_move},
};

static const struct own_verb *own_verb_at(size_t index) {
    return index < COUNT(own_verbs) ? &own_verbs[index] : NULL;
}

static const struct own_verb *find_own_verb(const char *word) {
    for (size_t i = 0; own_verb_at(i); i++)
        if (strcmp(own_verb_at(i)->word, word) == 0)
            return own_verb_at(i);
    return NULL;
}

/* `stridec triage pay.dfd add` has its words in the order of other tools. */
static bool has_verb_after_file(const struct names *words) {
    stridec_verb_info verb = {.size = sizeof verb};
    if (words->count < 2 || !is_model(words->at[0]))
        return false;
    for (size_t i = 0; stridec_verb_at(i, &verb); i++)
        if (strcmp(verb.word, words->at[1]) == 0)
            return true;
    return find_own_verb(words->at[1]) != NULL;
}

/* `stridec triage dismiss E@billing fleet.dfd`, or without the file. */
static bool has_file_after_ids(const struct names *words) {
    const char *path = words->at[1];
    bool is_id = strchr(path, '@') && access(path, F_OK) != 0;
    for (size_t i = 2; i < words->count; i++)
        if (!strchr(words->at[i], '@') && access(words->at[i], F_OK) == 0 &&
            access(path, F_OK) != 0) {
            complain("FILE comes before the IDs: stridec triage %s %s %s", words->at[0],
                     words->at[i], path);
            return true;
        }
    if (is_id)
        complain("triage %s needs the FILE of a model before the IDs", words->at[0]);
    return is_id;
}

/* A list says its verbs, and at a terminal keys do, so that a file may stand alone. */
static enum outcome run_verb(const struct triage *triage) {
    const struct names *words = &triage->run->words;
    const struct own_verb *own = find_own_verb(words->at[0]);
    stridec_verb_info verb = {.size = sizeof verb};
    bool alone = words->count == 1 && (triage->from || is_model(words->at[0]));
    if (own && !alone)
        return own->run(triage);
    if (!alone && has_verb_after_file(words)) {
        complain("VERB comes before FILE: stridec triage %s %s ...", words->at[1], words->at[0]);
        return OUTCOME_MISUSE;
    }
    if (!alone && !find_verb(triage->run, words->at[0], &verb))
        return OUTCOME_MISUSE;
    if (!alone && words->count < 2) {
        complain("triage %s needs the FILE of a model", verb.word);
        return OUTCOME_MISUSE;
    }
    if (!alone && has_file_after_ids(words))
        return OUTCOME_MISUSE;
    const char *path = words->at[alone ? 0 : 1];
    if (strcmp(path, "-") == 0) {
        complain("triage changes files, and standard input is none");
        return OUTCOME_MISUSE;
    }
    if (triage->from && words->count > 2) {
        complain("the list of --from has the ids");
        return OUTCOME_MISUSE;
    }
    if (alone && !triage->from)
        return run_pass(triage, path);
    return decide_all(triage, alone ? NULL : &verb, path);
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
        {.name = "from",
         .argument = "FILE",
         .text = &triage.from,
         .help = "decide a list of JSON objects instead; - is standard input"},
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

/* stridec explain: what a word of the output or of the language means. */
// SPDX-License-Identifier: MIT
#include "session.h"

#include "report.h"

#include <string.h>

static const char about[] =
    "A TOPIC is a diagnostic (E0203), a rule of the gate (undecided), a rule, a\n"
    "letter (S), an attribute (auth), a value (jwt), a kind (flow), a truth\n"
    "(exposed), a format (csv), a command, a word of the documents (score), a name\n"
    "that people search for (IDOR), an entry of a public list (API1:2023) or, with\n"
    "the FILE of its model, a row (S@webhook). The topics codes, gate, rules, refs,\n"
    "attributes, kinds, letters, truths, values, formats and words list what there\n"
    "is; --list says that such a list is meant.";

/* Points to the command's help, which says how it is used. */
static void explain_command(const struct command *command, bool first) {
    const char *const parts[] = {
        first ? "" : "\n", command->word, ": a command: ", command->summary, "\n  stridec help ",
        command->word,     "\n"};
    for (size_t i = 0; i < COUNT(parts); i++)
        print_result(NULL, parts[i], strlen(parts[i]));
}

static void complain_of_topic(struct session *session, const char *topic) {
    const struct command_table *commands = session->run->commands;
    struct guess guess = guess_begin(topic, strlen(topic));
    stridec_topic known = {.size = sizeof known};
    for (size_t i = 0; stridec_topic_at(session->compilation, i, &known); i++)
        guess_try(&guess, known.name);
    for (size_t i = 0; !guess.best && stridec_topic_at(session->compilation, i, &known); i++)
        if (strlen(topic) > 2 && strncmp(known.name, topic, strlen(topic)) == 0)
            guess.best = known.name;
    for (size_t i = 0; i < commands->count; i++)
        guess_try(&guess, commands->at[i].word);
    if (strchr(topic, '@') && !session->path)
        complain("a row needs the file of its model: stridec explain %s FILE", topic);
    else if (strchr(topic, '@') && guess.best && strchr(guess.best, '@'))
        complain("%s: no row '%s'; did you mean '%s'?", session->path, topic, guess.best);
    else if (strchr(topic, '@'))
        complain("%s: no row '%s'; a row is LETTER@SUBJECT", session->path, topic);
    else if (guess.best)
        complain("nothing is known about '%s'; did you mean '%s'?", topic, guess.best);
    else
        complain("nothing is known about '%s'; see stridec explain --help", topic);
}

static bool is_list(struct session *session, const char *topic) {
    stridec_topic known = {.size = sizeof known};
    for (size_t i = 0; stridec_topic_at(session->compilation, i, &known); i++)
        if (strcmp(known.group, "list") == 0 && strcmp(known.name, topic) == 0)
            return true;
    return false;
}

enum outcome cmd_explain(struct invocation *run) {
    bool list = false;
    const struct option options[] = {
        {.name = "list", .on = &list, .help = "the topic is a list, such as refs"},
        OPTION_REPORT(run),
        OPTION_STDIN_NAME(run),
        OPTION_RULES(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    const char *topic = run->words.at[0];
    const struct command *command = command_called(run->commands, topic);
    struct session session;
    if (session_open(&session, run, run->words.count > 1 ? run->words.at[1] : NULL)) {
        session.only_errors = true;
        if (list && !is_list(&session, topic)) {
            session_note(&session, STRIDEC_MISUSE);
            complain("no list '%s'; see stridec explain --help", topic);
            return session_close(&session);
        }
        stridec_status status = stridec_explain(session.compilation, topic, print_result, NULL);
        if (command && (status == STRIDEC_OK || status == STRIDEC_MISUSE)) {
            explain_command(command, status == STRIDEC_MISUSE);
            status = STRIDEC_OK;
        }
        session_note(&session, status);
        if (status == STRIDEC_MISUSE)
            complain_of_topic(&session, topic);
    }
    return session_close(&session);
}

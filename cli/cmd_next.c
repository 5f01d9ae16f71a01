/* stridec next: the one question to decide now, and the commands that decide it. */
// SPDX-License-Identifier: MIT
#include "left.h"
#include "report.h"
#include "session.h"
#include "terminal.h"
#include "ways.h"

#include <string.h>

static const char about[] =
    "Shows the most urgent question that nobody has decided, or whose decision no longer\n"
    "holds: why it is asked, what may happen, which facts would settle it, and the\n"
    "commands that decide it.";

/* ---- for people -------------------------------------------------------------------------- */

static bool print_way(void *unused, const char *command) {
    (void)unused;
    fputs("  ", stdout);
    print_text(stdout, command);
    putchar('\n');
    return true;
}

/* The first group stands right below the line that introduces all. */
static void begin_group(void *is_later) {
    fputs(*(bool *)is_later ? "\n" : "", stdout);
    *(bool *)is_later = true;
}

static void end_nothing(void *unused) {
    (void)unused;
}

/* Commands that settle it only together are no ways to decide it by themselves. */
static void print_groups(const struct session *session, const stridec_question *question) {
    bool is_later = false;
    const struct group_taker taker = {begin_group, end_nothing, print_way, &is_later};
    if (!has_groups(session->compilation, question))
        return;
    puts("\nThese together settle it, one of each group:");
    for_each_group(session->compilation, session->path, question, &taker);
}

static void print_next(const struct session *session, const stridec_question *question) {
    stridec_question_text(session->compilation, 0, print_to_stream, stdout);
    puts("\nOne of these decides it:");
    for_each_way(session->compilation, session->path, question, print_way, NULL);
    print_groups(session, question);
    putchar('\n');
    tell_more(count_left(session->compilation), question->tier, session->path);
}

/* ---- as data ----------------------------------------------------------------------------- */

static void put(stridec_json *json, const char *name, const char *text) {
    stridec_json_text(json, name, text, strlen(text));
}

static bool put_way(void *json, const char *command) {
    put(json, NULL, command);
    return true;
}

static void begin_list(void *json) {
    stridec_json_list(json, NULL);
}

static void end_list(void *json) {
    stridec_json_end(json);
}

static void put_facts(stridec_json *json, stridec *compilation, const stridec_question *question) {
    stridec_fact fact = {.size = sizeof fact};
    stridec_json_list(json, "facts");
    for (size_t i = 0; question->pattern != STRIDEC_NO_PATTERN &&
                       stridec_fact_at(compilation, question->row, question->pattern, i, &fact);
         i++) {
        stridec_json_object(json, NULL);
        stridec_json_number(json, "depth", fact.depth);
        put(json, fact.joins ? "joins" : "id", fact.joins ? fact.joins : fact.id);
        if (!fact.joins) {
            put(json, "attribute", fact.attribute);
            stridec_json_list(json, "values");
            for (size_t j = 0; j < fact.value_count; j++)
                put(json, NULL, fact.values[j]);
            stridec_json_end(json);
        }
        stridec_json_end(json);
    }
    stridec_json_end(json);
}

static void put_next(const struct session *session, const stridec_question *question) {
    stridec_json *json = report_object("next");
    put(json, "id", question->id);
    stridec_json_number(json, "tier", (size_t)question->tier);
    stridec_json_number(json, "likelihood", (size_t)question->likelihood);
    stridec_json_number(json, "impact", (size_t)question->impact);
    stridec_json_number(json, "score", (size_t)question->score);
    put(json, "priority", question->priority);
    put(json, "title", question->title);
    put(json, "question", question->question);
    put(json, "reason", question->reason);
    put(json, "score_reason", question->score_reason);
    put(json, "scenario", question->scenario);
    put(json, "mitigation", question->mitigation);
    put(json, "before", question->before);
    put_facts(json, session->compilation, question);
    stridec_json_list(json, "commands");
    for_each_way(session->compilation, session->path, question, put_way, json);
    stridec_json_end(json);
    stridec_json_list(json, "together");
    const struct group_taker taker = {begin_list, end_list, put_way, json};
    for_each_group(session->compilation, session->path, question, &taker);
    stridec_json_end(json);
}

/* ---- the command ------------------------------------------------------------------------- */

static void show(const struct session *session) {
    stridec_question question = {.size = sizeof question};
    bool any = stridec_question_at(session->compilation, 0, &question);
    report_count("pending", stridec_question_count(session->compilation));
    if (any && report_is_on())
        put_next(session, &question);
    else if (any)
        print_next(session, &question);
    else if (!report_is_on())
        puts("Nothing is pending.");
}

enum outcome cmd_next(struct invocation *run) {
    const struct option options[] = {
        OPTION_REPORT(run),
        OPTION_STDIN_NAME(run),
        OPTION_RULES(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    struct session session;
    bool opened = session_open(&session, run, run->words.at[0]);
    session.only_errors = true;
    if (opened &&
        stridec_describe(session.compilation, &(stridec_model){.size = sizeof(stridec_model)})) {
        show(&session);
    } else if (opened) {
        complain("%s: holds no model, so nothing is asked", session.path);
        session_fail(&session, OUTCOME_MISUSE);
    }
    return session_close(&session);
}

/* stridec next: the one question to decide now, and the commands that decide it. */
// SPDX-License-Identifier: MIT
#include "left.h"
#include "report.h"
#include "session.h"
#include "terminal.h"

static const char about[] =
    "Shows the most urgent question that nobody has decided, or whose decision no longer\n"
    "holds: why it is asked, what may happen, which facts would settle it, and the\n"
    "commands that decide it.";

/* ---- for people -------------------------------------------------------------------------- */

static bool way_at(const struct session *session, size_t index, stridec_way *way) {
    *way = (stridec_way){.size = sizeof *way};
    return stridec_way_at(session->compilation, 0, session->path, index, way);
}

/* Commands that settle it only together are no ways to decide it by themselves: their groups come
 * last, with a blank line between two of them. */
static void print_ways(const struct session *session) {
    stridec_way way;
    size_t group = 0;
    puts("\nOne of these decides it:");
    for (size_t i = 0; way_at(session, i, &way); group = way.group, i++) {
        if (way.group != group)
            puts(group ? "" : "\nThese together settle it, one of each group:");
        fputs("  ", stdout);
        print_text(stdout, way.command);
        putchar('\n');
    }
    putchar('\n');
}

static void print_next(const struct session *session, const stridec_question *question) {
    stridec_question_text(session->compilation, 0, print_to_stream, stdout);
    print_ways(session);
    tell_more(count_left(session->compilation), question->tier, session->path);
}

/* ---- as data ----------------------------------------------------------------------------- */

/* Those that decide it alone, then a list for each group of those that do so together. */
static void put_ways(stridec_json *json, const struct session *session) {
    stridec_way way;
    size_t i = 0, group = 0;
    stridec_json_list(json, "commands");
    for (; way_at(session, i, &way) && !way.group; i++)
        put_text(json, NULL, way.command);
    stridec_json_end(json);
    stridec_json_list(json, "together");
    for (; way_at(session, i, &way); group = way.group, i++) {
        if (way.group != group) {
            if (group)
                stridec_json_end(json);
            stridec_json_list(json, NULL);
        }
        put_text(json, NULL, way.command);
    }
    if (group)
        stridec_json_end(json);
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
        put_text(json, fact.joins ? "joins" : "id", fact.joins ? fact.joins : fact.id);
        if (!fact.joins) {
            put_text(json, "attribute", fact.attribute);
            stridec_json_list(json, "values");
            for (size_t j = 0; j < fact.value_count; j++)
                put_text(json, NULL, fact.values[j]);
            stridec_json_end(json);
        }
        stridec_json_end(json);
    }
    stridec_json_end(json);
}

static void put_next(const struct session *session, const stridec_question *question) {
    stridec_json *json = report_object("next");
    put_text(json, "id", question->id);
    stridec_json_number(json, "tier", (size_t)question->tier);
    stridec_json_number(json, "likelihood", (size_t)question->likelihood);
    stridec_json_number(json, "impact", (size_t)question->impact);
    stridec_json_number(json, "score", (size_t)question->score);
    put_text(json, "priority", question->priority);
    put_text(json, "title", question->title);
    put_text(json, "question", question->question);
    put_text(json, "reason", question->reason);
    put_text(json, "score_reason", question->score_reason);
    put_text(json, "scenario", question->scenario);
    put_text(json, "mitigation", question->mitigation);
    put_text(json, "before", question->before);
    put_facts(json, session->compilation, question);
    put_ways(json, session);
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

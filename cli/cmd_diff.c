/* stridec diff: what changes from an older model to a newer one. */
// SPDX-License-Identifier: MIT
#include "report.h"
#include "session.h"
#include "terminal.h"

#include <string.h>
#include <unistd.h>

static const char about[] =
    "OLD and NEW are files, or files of a revision as git names them: HEAD~1:pay.dfd,\n"
    "with imports read there too; :pay.dfd is what is staged. What needs attention\n"
    "comes first. Markdown is for a comment on a pull request. A difference is no\n"
    "failure, unless --exit-code asks for it.";

/* One of the two models. */
struct side {
    struct session session;
    struct revision revision;
    bool opened, good;
};

static void open_side(struct side *side, const struct invocation *run, const char *word,
                      stridec_pack *pack) {
    struct surroundings around = {.pack = pack};
    if (is_revision(word)) {
        if (!revision_open(&side->revision, word))
            return;
        around.revision = &side->revision;
    }
    side->opened = true;
    side->good = session_begin_in(&side->session, run, word, around);
    side->session.only_errors = true;
    side->good = side->good && session_compile(&side->session, word);
}

static enum outcome close_side(struct side *side) {
    enum outcome outcome = side->opened ? session_close(&side->session) : OUTCOME_FAILURE;
    revision_close(&side->revision);
    return outcome;
}

/* A triage file or a rule pack compiles, and has nothing to compare. */
static void compare(struct side *sides, const char *format, const stridec_output *output,
                    bool exit_code) {
    stridec_status status = stridec_diff(sides[0].session.compilation, sides[1].session.compilation,
                                         format, output, print_result, NULL);
    if (status == STRIDEC_MISUSE)
        complain("diff takes two models, and one of these is none");
    if (status != STRIDEC_FINDINGS || exit_code)
        session_note(&sides[1].session, status);
}

/* `diff HEAD pay.dfd`, as other programs take it. */
static bool is_revision_alone(const char *word, const char *other) {
    if (strcmp(word, "-") == 0 || strpbrk(word, ":.") || access(word, F_OK) == 0)
        return false;
    complain("%s: there is no such file; that of a revision is called %s:%s", word, word, other);
    return true;
}

static enum outcome diff(const struct invocation *run, const char *format,
                         const stridec_output *output, bool exit_code) {
    struct side sides[2] = {0};
    stridec_pack *pack;
    enum outcome worst;
    if (!session_rules(run, &pack, &worst))
        return worst;
    for (size_t i = 0; i < COUNT(sides); i++)
        open_side(&sides[i], run, run->words.at[i], pack);
    if (sides[0].good && sides[1].good)
        compare(sides, format, output, exit_code);
    for (size_t i = 0; i < COUNT(sides); i++) {
        enum outcome outcome = close_side(&sides[i]);
        worst = outcome > worst ? outcome : worst;
    }
    stridec_pack_free(pack);
    return worst;
}

enum outcome cmd_diff(struct invocation *run) {
    const char *format = "text";
    bool all = false, exit_code = false;
    const struct option options[] = {
        {.name = "format",
         .argument = "text|markdown|json",
         .text = &format,
         .help = "for a terminal, for a comment, or as data (default: text)"},
        {.name = "all",
         .on = &all,
         .help = "list all, also questions of tier 3 and the rest of long lists"},
        {.name = "exit-code", .on = &exit_code, .help = "exit with 1 where anything differs"},
        OPTION_STDIN_NAME(run),
        OPTION_RULES(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (strcmp(run->words.at[0], "-") == 0 && strcmp(run->words.at[1], "-") == 0) {
        complain("only one of the two can be standard input");
        return OUTCOME_MISUSE;
    }
    if (is_revision_alone(run->words.at[0], run->words.at[1]) ||
        is_revision_alone(run->words.at[1], run->words.at[0]))
        return OUTCOME_FAILURE;
    const stridec_output output = {
        .size = sizeof output,
        .all = all,
        .color = color_wanted(run->color, stdout),
        .width = terminal_width(),
    };
    return diff(run, format, &output, exit_code);
}

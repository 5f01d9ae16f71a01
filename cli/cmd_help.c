/* stridec help: the same text as --help, which is written once, with the command. */
// SPDX-License-Identifier: MIT
#include "options.h"

static const char about[] = "help COMMAND prints what COMMAND --help prints.";

enum outcome cmd_help(struct invocation *run) {
    if (!read_arguments(run, about, NULL, 0))
        return run->outcome;
    if (run->words.count == 0) {
        print_help(stdout);
        return OUTCOME_CLEAN;
    }
    const struct command *command = find_command(run->words.at[0]);
    if (!command)
        return OUTCOME_MISUSE;
    const char *word = "--help";
    struct invocation asked = {.command = command, .words = {&word, 1}, .color = run->color};
    return command->run(&asked);
}

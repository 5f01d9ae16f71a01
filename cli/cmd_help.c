/* stridec help: the same text as --help, which is written once, with the command. */
// SPDX-License-Identifier: MIT
#include "manual.h"

static const char about[] = "help COMMAND prints what COMMAND --help prints.";

enum outcome cmd_help(struct invocation *run) {
    bool manual = false;
    const struct option options[] = {
        {.name = "man", .on = &manual, .help = "print it as a page of the manual, for man"},
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if (run->words.count == 0) {
        if (manual)
            print_manual(run->commands);
        else
            print_help(stdout, run->commands);
        return OUTCOME_CLEAN;
    }
    const struct command *command = find_command(run->commands, run->words.at[0]);
    if (!command)
        return OUTCOME_MISUSE;
    describe_command(command, manual ? print_command_manual : NULL, NULL);
    return OUTCOME_CLEAN;
}

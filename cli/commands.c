/* Finds a command by its word, and its rows of options. */
// SPDX-License-Identifier: MIT
#include "options.h"
#include "report.h"

#include <string.h>

const struct command *command_called(const struct command_table *commands, const char *word) {
    for (size_t i = 0; i < commands->count; i++)
        if (strcmp(commands->at[i].word, word) == 0)
            return &commands->at[i];
    return NULL;
}

const struct command *find_command(const struct command_table *commands, const char *word) {
    const struct command *found = command_called(commands, word);
    struct guess guess = guess_begin(word, strlen(word));
    for (size_t i = 0; !found && i < commands->count; i++)
        guess_try(&guess, commands->at[i].word);
    if (!found && guess.best)
        complain("unknown command '%s'; did you mean '%s'?", word, guess.best);
    else if (!found)
        complain("unknown command '%s'; see stridec --help", word);
    return found;
}

void describe_command(const struct command *command, describer *describe, void *context) {
    const char *word = "--help";
    struct invocation asked = {
        .command = command,
        .words = {&word, 1},
        .describe = describe,
        .description = context,
    };
    command->run(&asked);
}

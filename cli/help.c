/* Prints help and usage from the rows of commands, options, formats and outcomes. */
// SPDX-License-Identifier: MIT
#include "options.h"

#include "stridec.h"

#include <string.h>

const char *const outcome_about[] = {
#define OUTCOME(name, word, about) about,
#include "outcomes.def"
#undef OUTCOME
};
const size_t outcome_count = COUNT(outcome_about);

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

/* "    --rules FILE"; returns its width, and prints nothing where the stream is NULL. */
static size_t print_option_head(FILE *stream, const struct option *option) {
    const char *argument = option->argument ? option->argument : "";
    if (stream && option->letter)
        fprintf(stream, "  -%c, --%s", option->letter, option->name);
    else if (stream)
        fprintf(stream, "      --%s", option->name);
    if (stream && *argument)
        fprintf(stream, " %s", argument);
    return strlen("      --") + strlen(option->name) + (*argument != 0) + strlen(argument);
}

static void print_options(const struct option_rows *rows) {
    const struct option *option;
    size_t width = 0;
    for (size_t i = 0; (option = option_at(rows, i)); i++)
        width = larger(width, print_option_head(NULL, option));
    puts("\nOptions:");
    for (size_t i = 0; (option = option_at(rows, i)); i++) {
        size_t used = print_option_head(stdout, option);
        printf("%*s  %s\n", (int)(width - used), "", option->help);
    }
}

static void print_formats(const struct option *option) {
    stridec_format_info info = {.size = sizeof info};
    int width = 0;
    for (size_t i = 0; format_taken(option, i, &info); i++)
        width = (int)larger((size_t)width, strlen(info.name));
    if (width)
        puts("\nFormats:");
    for (size_t i = 0; format_taken(option, i, &info); i++)
        printf("  %-*s  %s\n", width, info.name, info.about);
}

void print_command_help(const struct command *command, const char *about,
                        const struct option_rows *rows, void *unused) {
    (void)unused;
    printf("Usage: stridec %s [options] %s\n\n%c%s.\n\n%s\n", command->word, command->operands,
           command->summary[0] - 'a' + 'A', command->summary + 1, about);
    print_options(rows);
    for (size_t i = 0; i < rows->own_count; i++)
        print_formats(&rows->own[i]);
}

void print_help(FILE *stream, const struct command_table *commands) {
    int width = 0;
    for (size_t i = 0; i < commands->count; i++)
        width = (int)larger((size_t)width, strlen(commands->at[i].word));
    fputs("Usage: stridec COMMAND [options] ...\n"
          "       stridec FILE             the same as stridec build FILE\n"
          "\n"
          "Compiles a data-flow diagram, written as text, to its picture, to ranked threats\n"
          "and to the threat-model document.\n"
          "\nCommands:\n",
          stream);
    for (size_t i = 0; i < commands->count; i++)
        fprintf(stream, "  %-*s  %s\n", width, commands->at[i].word, commands->at[i].summary);
    fputs("\nOptions:\n"
          "  -h, --help     print this and stop\n"
          "      --version  print the version and stop\n"
          "\nEach command has more: stridec COMMAND --help. The file '-' is standard input.\n"
          "\nExit codes:\n",
          stream);
    for (size_t i = 0; i < outcome_count; i++)
        fprintf(stream, "  %zu  %s\n", i, outcome_about[i]);
}

/* Everything but the macros goes through print_roff(), so that nothing in a sentence is taken for a
 * request or an escape. There is no date: the same sources give the same bytes. */
// SPDX-License-Identifier: MIT
#include "manual.h"

#include "stridec.h"

#include <ctype.h>
#include <string.h>

/* A line that begins with a dot or quote would be a request; a hyphen is meant as a minus. */
static void print_roff_part(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        bool starts = i == 0 || text[i - 1] == '\n';
        if (starts && (text[i] == '.' || text[i] == '\''))
            fputs("\\&", stdout);
        if (text[i] == '\\')
            fputs("\\e", stdout);
        else if (text[i] == '-')
            fputs("\\-", stdout);
        else if (text[i] == '"')
            fputs("\\(dq", stdout);
        else
            putchar(text[i]);
    }
}

static void print_roff(const char *text) {
    print_roff_part(text, strlen(text));
}

static void print_bold(const char *text) {
    fputs("\\fB", stdout);
    print_roff(text);
    fputs("\\fR", stdout);
}

static void print_upper(const char *text) {
    for (; *text; text++)
        print_roff_part(&(char){(char)toupper((unsigned char)*text)}, 1);
}

/* The sentence of a tagged paragraph, after its tag. */
static void print_sentence(const char *text) {
    putchar('\n');
    print_roff(text);
    putchar('\n');
}

static void print_option(const struct option *option) {
    puts(".TP");
    if (option->letter) {
        print_bold((const char[]){'-', option->letter, 0});
        fputs(", ", stdout);
    }
    print_bold("--");
    print_bold(option->name);
    if (option->argument) {
        fputs(" \\fI", stdout);
        print_roff(option->argument);
        fputs("\\fR", stdout);
    }
    print_sentence(option->help);
}

static void print_formats(const struct option *option) {
    stridec_format_info info = {.size = sizeof info};
    puts(".SH FORMATS");
    for (size_t i = 0; format_taken(option, i, &info); i++) {
        puts(".TP");
        print_bold(info.name);
        print_sentence(info.about);
    }
}

static void print_outcomes(void) {
    puts(".SH EXIT STATUS");
    for (size_t i = 0; i < outcome_count; i++) {
        printf(".TP\n.B %zu", i);
        print_sentence(outcome_about[i]);
    }
}

static void print_head(const char *command) {
    fputs(".TH STRIDEC", stdout);
    if (command) {
        fputs("\\-", stdout);
        print_upper(command);
    }
    printf(" 1 \"\" \"stridec %s\" \"stridec\"\n.SH NAME\nstridec", stridec_version());
    if (command) {
        fputs("\\-", stdout);
        print_roff(command);
    }
    fputs(" \\- ", stdout);
}

void print_command_manual(const struct command *command, const char *about,
                          const struct option_rows *rows, void *unused) {
    const struct option *option, *formats = NULL;
    (void)unused;
    print_head(command->word);
    print_roff(command->summary);
    fputs("\n.SH SYNOPSIS\n", stdout);
    print_bold("stridec ");
    print_bold(command->word);
    fputs(" [options] ", stdout);
    print_sentence(command->operands);
    puts(".SH DESCRIPTION");
    print_roff(about);
    puts("\n.SH OPTIONS");
    for (size_t i = 0; (option = option_at(rows, i)); i++) {
        print_option(option);
        if (option->is_format || option->is_report)
            formats = option;
    }
    if (formats)
        print_formats(formats);
    print_outcomes();
    puts(".SH SEE ALSO\n.BR stridec (1)");
}

static void print_commands(const struct command_table *commands) {
    puts(".SH COMMANDS");
    for (size_t i = 0; i < commands->count; i++) {
        puts(".TP");
        print_bold("stridec ");
        print_bold(commands->at[i].word);
        putchar(' ');
        print_roff(commands->at[i].operands);
        print_sentence(commands->at[i].summary);
    }
}

static void print_see_also(const struct command_table *commands) {
    puts(".SH SEE ALSO");
    for (size_t i = 0; i < commands->count; i++) {
        fputs(".BR stridec\\-", stdout);
        print_roff(commands->at[i].word);
        puts(i + 1 < commands->count ? " (1)," : " (1)");
    }
}

void print_manual(const struct command_table *commands) {
    print_head(NULL);
    print_roff("compile a data-flow diagram to its picture and threat model");
    puts("\n.SH SYNOPSIS\n\\fBstridec\\fR \\fICOMMAND\\fR [options] ...\n.br\n"
         "\\fBstridec\\fR \\fIFILE\\fR\n.SH DESCRIPTION");
    print_roff(
        "Compiles a data-flow diagram, written as text, to its picture, to ranked threats\n"
        "and to the threat-model document. stridec FILE is stridec build FILE. The file '-'\n"
        "is standard input.\n");
    print_commands(commands);
    puts(".SH ENVIRONMENT\n.TP\n.B STRIDEC_LAYOUT\nThe layout program, where \\-\\-layout names "
         "none.\n"
         ".TP\n.B NO_COLOR\nWhen it is set and not empty, nothing is printed in colour unless\n"
         "\\-\\-color says so.");
    print_outcomes();
    print_see_also(commands);
}

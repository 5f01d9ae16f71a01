/* stridec completions: scripts that let a shell complete commands, options, formats, codes and
 * topics. They are made from the rows that parser and help read. */
// SPDX-License-Identifier: MIT
#include "options.h"
#include "report.h"
#include "stridec.h"

#include <string.h>

static const char about[] =
    "It completes commands, options, formats, codes and the topics of explain. For\n"
    "bash, send it to ~/.local/share/bash-completion/completions/stridec; for zsh, to\n"
    "_stridec in a folder of $fpath; for fish, to\n"
    "~/.config/fish/completions/stridec.fish.";

/* ---- what can stand where ---------------------------------------------------------------- */

enum value { VALUE_NONE, VALUE_FILE, VALUE_FOLDER, VALUE_CHOICE, VALUE_WORDS, VALUE_OTHER };

static enum value value_of(const struct option *option) {
    if (option->on)
        return VALUE_NONE;
    if (option->is_format || option->is_codes)
        return VALUE_WORDS;
    if (strchr(option->argument, '|'))
        return VALUE_CHOICE;
    if (strcmp(option->argument, "FILE") == 0 || strcmp(option->argument, "PROGRAM") == 0)
        return VALUE_FILE;
    return strcmp(option->argument, "FOLDER") == 0 ? VALUE_FOLDER : VALUE_OTHER;
}

/* Words between blanks. */
static void print_choices(const char *rest) {
    const char *choice, *before = "";
    size_t length;
    while (next_choice(&rest, &choice, &length)) {
        printf("%s%.*s", before, (int)length, choice);
        before = " ";
    }
}

static void print_formats(const struct option *option) {
    stridec_format_info info = {.size = sizeof info};
    for (size_t i = 0; format_taken(option, i, &info); i++)
        printf("%s%s", i ? " " : "", info.name);
}

/* Codes for --error and --allow: an error needs neither. */
static void print_codes(void) {
    stridec_code_info info = {.size = sizeof info};
    const char *before = "";
    for (size_t i = 0; stridec_code_at(i, &info); i++)
        if (info.level == STRIDEC_WARNING) {
            printf("%s%s", before, info.code);
            before = " ";
        }
}

static void print_values(const struct option *option) {
    if (option->is_format)
        print_formats(option);
    else if (option->is_codes)
        print_codes();
    else
        print_choices(option->argument);
}

static void print_commands(const struct command_table *commands) {
    for (size_t i = 0; i < commands->count; i++)
        printf("%s%s", i ? " " : "", commands->at[i].word);
}

/* A name that stands for several things comes up once. */
static void print_topics(stridec *library) {
    stridec_topic topic = {.size = sizeof topic}, before = {.size = sizeof before};
    for (size_t i = 0; stridec_topic_at(library, i, &topic); i++) {
        size_t first = 0;
        while (stridec_topic_at(library, first, &before) && strcmp(before.name, topic.name) != 0)
            first++;
        if (first == i)
            printf("%s%s", i ? " " : "", topic.name);
    }
}

/* Where words come from that an operand may be. */
struct tables {
    const struct command_table *commands;
    stridec *library;
};

/* The words that an operand is one of; false when it is a file. */
static bool print_operands(const struct command *command, const struct tables *tables) {
    if (strchr(command->operands, '|'))
        print_choices(command->operands);
    else if (strstr(command->operands, "COMMAND"))
        print_commands(tables->commands);
    else if (strstr(command->operands, "TOPIC"))
        print_topics(tables->library);
    else
        return false;
    return true;
}

static bool has_word_operands(const struct command *command) {
    return strchr(command->operands, '|') || strstr(command->operands, "COMMAND") ||
           strstr(command->operands, "TOPIC");
}

/* Between single quotes, which all three shells read alike but for the quote itself. */
static void print_quoted(const char *text, const char *also_escaped) {
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\'", stdout);
        else if (strchr(also_escaped, *text))
            putchar('\\');
        putchar(*text);
    }
}

/* ---- bash -------------------------------------------------------------------------------- */

/* Writes what may follow an option of this command. */
static void print_bash_values(const struct command *command, const char *unused,
                              const struct option_rows *rows, void *context) {
    const struct option *option;
    (void)unused;
    (void)context;
    for (size_t i = 0; (option = option_at(rows, i)); i++) {
        enum value value = value_of(option);
        if (value == VALUE_NONE)
            continue;
        printf("    %s:--%s", command->word, option->name);
        if (option->letter)
            printf(" | %s:-%c", command->word, option->letter);
        fputs(") ", stdout);
        if (value == VALUE_CHOICE || value == VALUE_WORDS) {
            fputs("COMPREPLY=($(compgen -W '", stdout);
            print_values(option);
            fputs("' -- \"$word\")); ", stdout);
        }
        puts("return ;;");
    }
}

static void print_bash_options(const struct command *command, const char *unused,
                               const struct option_rows *rows, void *context) {
    const struct option *option;
    (void)unused;
    (void)context;
    printf("        %s) words='", command->word);
    for (size_t i = 0; (option = option_at(rows, i)); i++)
        printf("%s--%s", i ? " " : "", option->name);
    puts("' ;;");
}

static void print_bash(struct tables *tables) {
    const struct command_table *commands = tables->commands;
    puts("# Completion of stridec for bash; made by: stridec completions bash\n"
         "_stridec() {\n"
         "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}\n"
         "    local command= words= i\n"
         "    COMPREPLY=()\n"
         "    if [[ $word == = ]]; then word=; elif [[ $before == = ]]; then\n"
         "        before=${COMP_WORDS[COMP_CWORD - 2]}; fi\n"
         "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
         "        if [[ ${COMP_WORDS[i]} != -* ]]; then command=${COMP_WORDS[i]}; break; fi\n"
         "    done\n"
         "    case $command:$before in");
    for (size_t i = 0; i < commands->count; i++)
        describe_command(&commands->at[i], print_bash_values, NULL);
    puts("    esac\n"
         "    if [[ $word == -* ]]; then\n"
         "        case $command in\n"
         "        '') words='--help --version' ;;");
    for (size_t i = 0; i < commands->count; i++)
        describe_command(&commands->at[i], print_bash_options, NULL);
    fputs("        esac\n"
          "    else\n"
          "        case $command in\n"
          "        '') words='",
          stdout);
    print_commands(commands);
    puts("' ;;");
    for (size_t i = 0; i < commands->count; i++) {
        if (!has_word_operands(&commands->at[i]))
            continue;
        printf("        %s) words='", commands->at[i].word);
        print_operands(&commands->at[i], tables);
        puts("' ;;");
    }
    puts("        esac\n"
         "    fi\n"
         "    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
         "}\n"
         "complete -o default -F _stridec stridec # files where there is nothing else");
}

/* ---- zsh --------------------------------------------------------------------------------- */

static void print_zsh_option(const struct option *option) {
    fputs(" \\\n        ", stdout);
    if (option->list)
        fputs("'*'", stdout);
    if (option->letter)
        printf("'(-%c --%s)'{-%c,--%s}", option->letter, option->name, option->letter,
               option->name);
    else
        printf("--%s", option->name);
    fputs("'[", stdout);
    print_quoted(option->help, "[]:\\");
    putchar(']');
    enum value value = value_of(option);
    if (value != VALUE_NONE) {
        putchar(':');
        print_quoted(strchr(option->argument, '|') ? option->name : option->argument, ":");
        putchar(':');
    }
    if (value == VALUE_FILE)
        fputs("_files", stdout);
    else if (value == VALUE_FOLDER)
        fputs("_files -/", stdout);
    else if (value == VALUE_CHOICE || value == VALUE_WORDS) {
        putchar('(');
        print_values(option);
        putchar(')');
    }
    putchar('\'');
}

static void print_zsh_command(const struct command *command, const char *unused,
                              const struct option_rows *rows, void *tables) {
    const struct option *option;
    (void)unused;
    printf("    %s)\n        _arguments", command->word);
    for (size_t i = 0; (option = option_at(rows, i)); i++)
        print_zsh_option(option);
    fputs(" \\\n        ", stdout);
    if (has_word_operands(command)) {
        fputs("'1:word:(", stdout);
        print_operands(command, tables);
        fputs(")' ", stdout);
    }
    puts("'*:file:_files' ;;");
}

static void print_zsh(struct tables *tables) {
    const struct command_table *commands = tables->commands;
    puts("#compdef stridec\n"
         "# Completion of stridec for zsh; made by: stridec completions zsh\n"
         "_stridec() {\n"
         "    if (( CURRENT == 2 )); then\n"
         "        local -a commands=(");
    for (size_t i = 0; i < commands->count; i++) {
        printf("            '%s:", commands->at[i].word);
        print_quoted(commands->at[i].summary, ":\\");
        puts("'");
    }
    puts("        )\n"
         "        _describe command commands\n"
         "        _files\n"
         "        return\n"
         "    fi\n"
         "    shift words\n"
         "    (( CURRENT-- ))\n"
         "    case $words[1] in");
    for (size_t i = 0; i < commands->count; i++)
        describe_command(&commands->at[i], print_zsh_command, tables);
    puts("    *) _files ;;\n"
         "    esac\n"
         "}\n"
         "if [[ $funcstack[1] == _stridec ]]; then _stridec \"$@\"; else compdef _stridec stridec; "
         "fi");
}

/* ---- fish -------------------------------------------------------------------------------- */

static void print_fish_option(const struct command *command, const struct option *option) {
    printf("complete -c stridec -n '__fish_seen_subcommand_from %s'", command->word);
    if (option->letter)
        printf(" -s %c", option->letter);
    printf(" -l %s", option->name);
    enum value value = value_of(option);
    if (value == VALUE_FILE)
        fputs(" -r -F", stdout);
    else if (value == VALUE_FOLDER)
        fputs(" -x -a '(__fish_complete_directories)'", stdout);
    else if (value == VALUE_OTHER)
        fputs(" -x", stdout);
    else if (value != VALUE_NONE) {
        fputs(" -x -a '", stdout);
        print_values(option);
        putchar('\'');
    }
    fputs(" -d '", stdout);
    print_quoted(option->help, "\\");
    puts("'");
}

static void print_fish_command(const struct command *command, const char *unused,
                               const struct option_rows *rows, void *tables) {
    const struct option *option;
    (void)unused;
    printf("complete -c stridec -n __fish_use_subcommand -a %s -d '", command->word);
    print_quoted(command->summary, "\\");
    puts("'");
    for (size_t i = 0; (option = option_at(rows, i)); i++)
        print_fish_option(command, option);
    if (!has_word_operands(command))
        return;
    printf("complete -c stridec -n '__fish_seen_subcommand_from %s' -a '", command->word);
    print_operands(command, tables);
    puts("'");
}

static void print_fish(struct tables *tables) {
    const struct command_table *commands = tables->commands;
    puts("# Completion of stridec for fish; made by: stridec completions fish");
    for (size_t i = 0; i < commands->count; i++)
        describe_command(&commands->at[i], print_fish_command, tables);
}

/* ---- the command ------------------------------------------------------------------------- */

static const struct {
    const char *name;
    void (*print)(struct tables *tables);
} shells[] = {{"bash", print_bash}, {"zsh", print_zsh}, {"fish", print_fish}};

enum outcome cmd_completions(struct invocation *run) {
    if (!read_arguments(run, about, NULL, 0))
        return run->outcome;
    struct tables tables = {run->commands, stridec_new(NULL)};
    if (!tables.library) {
        complain("no memory");
        return OUTCOME_FAILURE;
    }
    for (size_t i = 0; i < COUNT(shells); i++)
        if (strcmp(run->words.at[0], shells[i].name) == 0)
            shells[i].print(&tables);
    stridec_free(tables.library);
    return OUTCOME_CLEAN;
}

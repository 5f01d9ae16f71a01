/* Reads a command's words by its option rows: --name VALUE, --name=VALUE, -o VALUE, and -- before
 * operands that look like options. */
// SPDX-License-Identifier: MIT
#include "options.h"

#include "report.h"
#include "stridec.h"
#include "terminal.h"
#include "text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct reader {
    const struct invocation *run;
    const struct option_rows *rows;
    size_t next; /* of run->words */
};

/* The end of every complaint about the use of a command. */
static bool refuse(const struct reader *reader) {
    if (report_is_on())
        return false;
    fprintf(error_stream(), "usage: stridec %s [options] %s; see stridec %s --help\n",
            reader->run->command->word, reader->run->command->operands, reader->run->command->word);
    return false;
}

/* Whether the bytes are those of the name. */
static bool is_called(const char *name, const char *at, size_t length) {
    return strlen(name) == length && memcmp(name, at, length) == 0;
}

static const struct option *find_long(const struct reader *reader, const char *name,
                                      size_t length) {
    struct guess guess = guess_begin(name, length);
    const struct option *option;
    for (size_t i = 0; (option = option_at(reader->rows, i)); i++) {
        if (is_called(option->name, name, length))
            return option;
        guess_try(&guess, option->name);
    }
    if (guess.best)
        complain("unknown option '--%.*s'; did you mean '--%s'?", (int)length, name, guess.best);
    else
        complain("unknown option '--%.*s'", (int)length, name);
    return NULL;
}

static const struct option *find_short(const struct reader *reader, const char *word) {
    const struct option *option;
    for (size_t i = 0; (option = option_at(reader->rows, i)); i++)
        if (option->letter && option->letter == word[1] && (!option->on || !word[2]))
            return option;
    complain("unknown option '%s'", word);
    return NULL;
}

static bool is_format(const struct option *option, const char *value, size_t length) {
    struct guess guess = guess_begin(value, length);
    stridec_format_info info = {.size = sizeof info};
    struct text known = {0};
    for (size_t i = 0; format_taken(option, i, &info); i++) {
        if (is_called(info.name, value, length)) {
            text_free(&known);
            return true;
        }
        guess_try(&guess, info.name);
        text_list(&known, info.name);
    }
    if (guess.best)
        complain("unknown format '%.*s'; did you mean '%s'?", (int)length, value, guess.best);
    else
        complain("unknown format '%.*s'; there are %s", (int)length, value,
                 known.at ? known.at : "none");
    text_free(&known);
    return false;
}

static bool is_report(const struct option *option, const char *value) {
    size_t length = strcspn(value, "=");
    if (!is_format(option, value, length))
        return false;
    if (value[length] && value[length + 1])
        return true;
    complain("--%s takes %s: write %.*s=FILE, or %.*s=- for standard output", option->name,
             option->argument, (int)length, value, (int)length, value);
    return false;
}

/* An error cannot be allowed away. */
static bool check_code(const struct option *option, const char *word, size_t length) {
    struct guess guess = guess_begin(word, length);
    stridec_code_info info = {.size = sizeof info};
    for (size_t i = 0; stridec_code_at(i, &info); i++) {
        if (!is_called(info.code, word, length)) {
            guess_try(&guess, info.code);
            continue;
        }
        bool fits = info.level != STRIDEC_ERROR || strcmp(option->name, "error") == 0;
        if (!fits)
            complain("%s is an error, and only warnings can be allowed", info.code);
        return fits;
    }
    if (guess.best)
        complain("unknown code '%.*s'; did you mean '%s'?", (int)length, word, guess.best);
    else
        complain("unknown code '%.*s'; see stridec explain codes", (int)length, word);
    return false;
}

static bool check_codes(const struct option *option, const char *value) {
    size_t length = strcspn(value, ",");
    while (value[length] == ',' && check_code(option, value, length)) {
        value += length + 1;
        length = strcspn(value, ",");
    }
    return !value[length] && check_code(option, value, length);
}

/* Anything else would have to be taken for some other root. */
static bool is_folder(const struct option *option, const char *path) {
    struct stat file;
    bool found = stat(path, &file) == 0;
    if (found && !S_ISDIR(file.st_mode))
        errno = ENOTDIR;
    else if (found && access(path, R_OK | X_OK) == 0)
        return true;
    complain("--%s %s: %s; it takes a folder that is there and can be read", option->name, path,
             strerror(errno));
    return false;
}

static bool is_count(const struct option *option, const char *value) {
    size_t length = strspn(value, "0123456789");
    if (length > 0 && length < 9 && !value[length]) {
        long count = strtol(value, NULL, 10);
        if (count >= 1 && count <= COUNT_LIMIT)
            return true;
    }
    complain("--%s takes a whole number from 1 to %d, not '%s'", option->name, COUNT_LIMIT, value);
    return false;
}

static bool is_allowed(const struct option *option, const char *value) {
    if (option->is_report)
        return is_report(option, value);
    if (option->is_codes)
        return check_codes(option, value);
    if (option->is_count)
        return is_count(option, value);
    if (option->is_folder)
        return is_folder(option, value);
    if (option->is_format)
        return is_format(option, value, strlen(value));
    if (!strchr(option->argument, '|') || is_choice(option->argument, value))
        return true;
    complain("--%s takes %s, not '%s'", option->name, option->argument, value);
    return false;
}

/* `value` is NULL when none is attached to the option's own word. */
static bool set_option(struct reader *reader, const struct option *option, const char *value) {
    const struct names *words = &reader->run->words;
    if (option->on) {
        *option->on = true;
        if (value)
            complain("--%s takes no value", option->name);
        return !value;
    }
    if (!value && reader->next < words->count)
        value = words->at[reader->next++];
    if (!value) {
        complain("--%s needs %s", option->name, option->argument);
        return false;
    }
    if (!is_allowed(option, value))
        return false;
    if (option->list)
        option->list->at[option->list->count++] = value;
    else
        *option->text = value;
    return true;
}

static bool read_option(struct reader *reader, const char *word) {
    if (word[1] != '-') {
        const struct option *option = find_short(reader, word);
        return option && set_option(reader, option, word[2] ? word + 2 : NULL);
    }
    size_t length = strcspn(word + 2, "=");
    const struct option *option = find_long(reader, word + 2, length);
    return option && set_option(reader, option, word[2 + length] ? word + 3 + length : NULL);
}

/* Operands move to the front of the words, over what has been read already. */
static bool read_words(struct reader *reader, struct names *words) {
    size_t operands = 0;
    bool options = true;
    while (reader->next < words->count) {
        const char *word = words->at[reader->next++];
        if (!options || word[0] != '-' || !word[1])
            words->at[operands++] = word;
        else if (strcmp(word, "--") == 0)
            options = false;
        else if (!read_option(reader, word))
            return false;
    }
    words->count = operands;
    return true;
}

/* Operands such as "bash|zsh|fish" are taken from those. */
static bool check_choices(const struct invocation *run) {
    const char *operands = run->command->operands;
    if (!strchr(operands, '|') || !run->words.count || is_choice(operands, run->words.at[0]))
        return true;
    complain("%s takes %s, not '%s'", run->command->word, operands, run->words.at[0]);
    return false;
}

static bool count_operands(const struct invocation *run) {
    const struct command *command = run->command;
    if (run->words.count < command->least)
        complain("%s needs %s", command->word, command->operands);
    else if (run->words.count > command->most)
        complain("%s takes %s, and '%s' is one too many", command->word, command->operands,
                 run->words.at[command->most]);
    else
        return check_choices(run);
    return false;
}

/* Whether the run is to end in a report, also when something is wrong with its words. */
static bool wants_report(const struct reader *reader) {
    const struct names *words = &reader->run->words;
    const struct option *option;
    size_t row = 0;
    while ((option = option_at(reader->rows, row)) && option->text != &reader->run->format)
        row++;
    for (size_t i = 0; option && i < words->count && strcmp(words->at[i], "--") != 0; i++)
        if (strcmp(words->at[i], "--format=json") == 0 ||
            (strcmp(words->at[i], "--format") == 0 && i + 1 < words->count &&
             strcmp(words->at[i + 1], "json") == 0))
            return true;
    return false;
}

bool read_arguments(struct invocation *run, const char *about, const struct option *options,
                    size_t count) {
    bool help = false;
    const struct option_rows rows = {
        .own = options,
        .own_count = count,
        .common = {{.name = "color",
                    .argument = "auto|always|never",
                    .text = &run->color,
                    .help = "colour; auto asks the terminal and NO_COLOR"},
                   {.letter = 'h', .name = "help", .on = &help, .help = "print this and stop"}},
    };
    struct reader reader = {.run = run, .rows = &rows};
    if (wants_report(&reader))
        report_begin(run->command->word);
    bool good = read_words(&reader, &run->words);
    if (good && help) {
        report_begin(NULL);
        (run->describe ? run->describe : print_command_help)(run->command, about, &rows,
                                                             run->description);
        run->outcome = OUTCOME_CLEAN;
        return false;
    }
    if (good && count_operands(run))
        return true;
    run->outcome = OUTCOME_MISUSE;
    return refuse(&reader);
}

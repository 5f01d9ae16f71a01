/* Damage that no input may do: each token of two samples deleted and doubled in turn, a sample cut
 * off at each byte (with SLOW=1, else at every fourth), and every file of the language in this
 * repository formatted twice. One mistake gives at most two errors, the first of them beside the
 * mistake; the formatter changes no meaning. */
// SPDX-License-Identifier: MIT
#include "sharing.h"
#include "support.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MOST_ERRORS 2
#define MOST_SHOWN 20
#define SECONDS_FOR_ALL 900

static char payment[] = "samples/payment/payment.dfd";
static char file_upload[] = "samples/file-upload/file-upload.dfd";

/* ---- tokens ------------------------------------------------------------------------------ */

struct token {
    size_t start, length;
    size_t line, last_line; /* of its first and last character */
    size_t opening;         /* of a closing bracket: the line of the one that it closes */
};

struct tokens {
    struct token *items;
    size_t count;
};

static bool is_word_character(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
           (c && strchr("_.@/-", c) != NULL) || (unsigned char)c >= 0x80;
}

static size_t token_length(const char *at) {
    size_t length = 1;
    if (strncmp(at, "\"\"\"", 3) == 0) {
        const char *end = strstr(at + 3, "\"\"\"");
        return end ? (size_t)(end - at) + 3 : strlen(at);
    }
    if (*at == '"') {
        while (at[length] && at[length] != '"' && at[length] != '\n')
            length += at[length] == '\\' && at[length + 1] ? 2 : 1;
        return at[length] == '"' ? length + 1 : length;
    }
    if (strncmp(at, "->", 2) == 0)
        return 2;
    if (is_word_character(*at))
        while (is_word_character(at[length]) && strncmp(at + length, "->", 2) != 0)
            length++;
    return length;
}

static struct token *add_token(struct tokens *tokens, struct token token) {
    tokens->items = realloc(tokens->items, (tokens->count + 1) * sizeof *tokens->items);
    assert_non_null(tokens->items);
    tokens->items[tokens->count] = token;
    return &tokens->items[tokens->count++];
}

static struct tokens find_tokens(const char *text) {
    struct tokens tokens = {0};
    size_t open[64] = {0}, depth = 0, line = 1;
    for (const char *at = text; *at;) {
        if (*at == '#') {
            at += strcspn(at, "\n");
        } else if (strchr(" \t\r\n", *at)) {
            line += *at++ == '\n';
        } else {
            struct token token = {(size_t)(at - text), token_length(at), line, line, line};
            for (size_t i = 0; i < token.length; i++)
                token.last_line += at[i] == '\n';
            if (strchr("{[(", *at) && depth < 64)
                open[depth++] = line;
            else if (strchr("}])", *at) && depth)
                token.opening = open[--depth];
            at += token.length;
            line = add_token(&tokens, token)->last_line;
        }
    }
    return tokens;
}

/* ---- damage ------------------------------------------------------------------------------ */

enum damage { DELETED, DOUBLED };

struct trial {
    const char *path;
    struct text original;
    size_t offenders;
};

static struct text damaged(struct text original, struct token token, enum damage damage) {
    struct text text = {0};
    size_t end = token.start + token.length;
    text_add(&text, original.at, token.start);
    if (damage == DOUBLED) {
        text_add(&text, original.at + token.start, token.length);
        text_add(&text, " ", 1);
        text_add(&text, original.at + token.start, token.length);
    }
    text_add(&text, original.at + end, original.length - end);
    return text;
}

static bool is_near(size_t line, size_t from, size_t to) {
    return line + 1 >= from && line <= to + 1;
}

/* At most two errors, the first beside the damage. A missing bracket may be reported where the
 * block that it ends begins. */
static bool is_well_told(stridec *compilation, struct token token, enum damage damage) {
    size_t errors = stridec_level_count(compilation, STRIDEC_ERROR);
    size_t last = token.last_line;
    if (damage == DOUBLED)
        last += token.last_line - token.line;
    if (errors > MOST_ERRORS)
        return false;
    stridec_diagnostic found = {.size = sizeof found};
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &found); i++)
        if (found.level == STRIDEC_ERROR)
            return is_near(found.line, token.line, last) ||
                   (damage == DELETED && found.line == token.opening);
    return true;
}

static void show_offender(struct trial *trial, stridec *compilation, struct token token,
                          enum damage damage) {
    if (++trial->offenders > MOST_SHOWN)
        return;
    fprintf(stderr, "%s:%zu: '%.*s' %s:\n", trial->path, token.line, (int)token.length,
            trial->original.at + token.start, damage == DELETED ? "deleted" : "doubled");
    struct text printed = {0};
    text_add(&printed, "", 0);
    stridec_print_diagnostics(compilation, false, text_take, &printed);
    fprintf(stderr, "%s\n", printed.at);
    free(printed.at);
}

static void try_damage(struct trial *trial, struct token token, enum damage damage) {
    struct text text = damaged(trial->original, token, damage);
    stridec *compilation = sharing_new();
    stridec_status status =
        stridec_compile(compilation, base_name(trial->path), text.at, text.length);
    bool told = stridec_level_count(compilation, STRIDEC_ERROR) > 0;
    if ((status == STRIDEC_INVALID) != told || (status != STRIDEC_OK && !told) ||
        !is_well_told(compilation, token, damage))
        show_offender(trial, compilation, token, damage);
    stridec_free(compilation);
    free(text.at);
}

static void one_mistake_gives_one_message(void **state) {
    struct trial trial = {.path = *state, .original = read_file(*state)};
    struct tokens tokens = find_tokens(trial.original.at);
    for (size_t i = 0; i < tokens.count; i++) {
        try_damage(&trial, tokens.items[i], DELETED);
        try_damage(&trial, tokens.items[i], DOUBLED);
    }
    size_t count = 2 * tokens.count;
    free(tokens.items);
    free(trial.original.at);
    if (trial.offenders)
        fail_msg("%zu of %zu mistakes in %s are told badly", trial.offenders, count, trial.path);
}

static void a_file_cut_off_anywhere_is_refused_or_read(void **state) {
    struct text text = read_file(*state);
    size_t step = getenv("SLOW") ? 1 : 4;
    for (size_t length = 0; length <= text.length; length += step) {
        struct text printed = {0};
        stridec *compilation = sharing_new();
        assert_non_null(compilation);
        stridec_status status = stridec_compile(compilation, "cut.dfd", text.at, length);
        assert_true(status == STRIDEC_OK || status == STRIDEC_INVALID);
        assert_int_equal(stridec_print_diagnostics(compilation, false, text_take, &printed),
                         STRIDEC_OK);
        stridec_free(compilation);
        free(printed.at);
    }
    free(text.at);
}

/* ---- formatting -------------------------------------------------------------------------- */

/* False when the text cannot be read. */
static bool reformat(const char *path, struct text text, struct text *formatted) {
    stridec *compilation = sharing_new();
    text_add(formatted, "", 0);
    stridec_status status = stridec_reformat(compilation, base_name(path), text.at, text.length,
                                             false, text_take, formatted);
    stridec_free(compilation);
    return status == STRIDEC_OK;
}

/* Empty when it does not compile, or is no model. */
static struct text meaning(const char *path, struct text text) {
    struct text json = {0};
    stridec *compilation = sharing_new();
    text_add(&json, "", 0);
    if (stridec_compile(compilation, base_name(path), text.at, text.length) == STRIDEC_OK)
        stridec_emit(compilation, "json", NULL, text_take, &json);
    stridec_free(compilation);
    return json;
}

static bool formats_well(const char *path) {
    struct text text = read_file(path), once = {0}, twice = {0};
    bool fine = true;
    if (reformat(path, text, &once)) {
        fine = reformat(path, once, &twice) && strcmp(once.at, twice.at) == 0;
        if (!fine)
            fprintf(stderr, "%s: formatted a second time it changes again\n", path);
        struct text before = meaning(path, text), after = meaning(path, once);
        if (strcmp(before.at, after.at) != 0) {
            fprintf(stderr, "%s: formatted it means something else\n", path);
            fine = false;
        }
        free(before.at);
        free(after.at);
    }
    free(text.at);
    free(once.at);
    free(twice.at);
    return fine;
}

static void formatting_settles_and_changes_no_meaning(void **state) {
    static const char *const folders[] = {"tests", "samples", "lib"};
    size_t read = 0, bad = 0;
    (void)state;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        struct paths files = find_models(folders[i], ".dfd");
        for (size_t j = 0; j < files.count; j++)
            bad += !formats_well(files.items[j]);
        read += files.count;
        free_paths(&files);
    }
    assert_true(read > 2);
    if (bad)
        fail_msg("%zu of %zu files", bad, read);
}

#define on_sample(test, sample)                                                                    \
    { #test ": " #sample, test, NULL, NULL, sample }

int main(void) {
    alarm(SECONDS_FOR_ALL); /* a hang ends here */
    const struct CMUnitTest tests[] = {
        on_sample(one_mistake_gives_one_message, payment),
        on_sample(one_mistake_gives_one_message, file_upload),
        on_sample(a_file_cut_off_anywhere_is_refused_or_read, file_upload),
        cmocka_unit_test(formatting_settles_and_changes_no_meaning),
    };
    return cmocka_run_group_tests_name("robustness", tests, NULL, NULL) != 0;
}

/* One run has one report, which complaints from anywhere reach; its parts are kept as the JSON that
 * they will be. */
// SPDX-License-Identifier: MIT
#include "report.h"

#include "terminal.h"
#include "text.h"

#include <stdarg.h>
#include <string.h>

#define REPORT_SCHEMA 1

static struct {
    const char *command; /* NULL: no report */
    struct text diagnostics, files, counts, output;
    size_t errors, warnings;
    bool failed; /* no memory for a part */
} report;

/* ---- JSON -------------------------------------------------------------------------------- */

static void put(struct text *text, const char *at, size_t length) {
    report.failed |= !text_append(text, at, length);
}

static void put_text(struct text *text, const char *at) {
    put(text, at, strlen(at));
}

static void put_number(struct text *text, size_t number) {
    char digits[32];
    snprintf(digits, sizeof digits, "%zu", number);
    put_text(text, digits);
}

static bool take(void *text, const char *at, size_t length) {
    put(text, at, length);
    return true;
}

/* A string with its quotes. */
static void put_string_of(struct text *text, const char *at, size_t length) {
    stridec_write_text("json", at ? at : "", length, take, text);
}

static void put_string(struct text *text, const char *at) {
    put_string_of(text, at, strlen(at));
}

static void put_key(struct text *text, const char *before, const char *name) {
    put_text(text, before);
    put_string(text, name);
    put_text(text, ": ");
}

static void put_member(struct text *text, const char *before, const char *name, const char *value) {
    put_key(text, before, name);
    put_string(text, value);
}

static void put_count(struct text *text, const char *before, const char *name, size_t count) {
    put_key(text, before, name);
    put_number(text, count);
}

/* ---- the parts --------------------------------------------------------------------------- */

void report_begin(const char *command) {
    report.command = command;
}

bool report_is_on(void) {
    return report.command != NULL;
}

static const char *comma(const struct text *list) {
    return list->length ? ",\n  " : "\n  ";
}

static void put_place(struct text *text, const stridec_diagnostic *diagnostic) {
    put_member(text, ", ", "path", diagnostic->path);
    put_count(text, ", ", "line", diagnostic->line);
    put_count(text, ", ", "column", diagnostic->column);
    put_count(text, ", ", "end_line", diagnostic->end_line);
    put_count(text, ", ", "end_column", diagnostic->end_column);
}

/* Opened, up to its notes. */
static void put_diagnostic(struct text *text, const stridec_diagnostic *diagnostic) {
    put_text(text, comma(text));
    put_member(text, "{", "code", diagnostic->code);
    put_member(text, ", ", "level", stridec_level_text(diagnostic->level));
    put_place(text, diagnostic);
    put_member(text, ", ", "message", diagnostic->message);
    put_member(text, ", ", "hint", diagnostic->hint);
    put_key(text, ", ", "notes");
    put_text(text, "[");
}

static void report_complaint(const char *message) {
    const stridec_diagnostic complaint = {.size = sizeof complaint,
                                          .code = "",
                                          .level = STRIDEC_ERROR,
                                          .path = "",
                                          .message = message,
                                          .hint = ""};
    put_diagnostic(&report.diagnostics, &complaint);
    put_text(&report.diagnostics, "]}");
    report.errors++;
}

void complain(const char *format, ...) {
    char text[8192];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (report_is_on()) {
        report_complaint(text);
        return;
    }
    fputs("stridec: ", stderr);
    print_text(stderr, text);
    putc('\n', stderr);
}

static void put_note(struct text *text, const stridec_diagnostic *note, bool first) {
    put_member(text, first ? "{" : ", {", "message", note->message);
    put_place(text, note);
    put_text(text, "}");
}

/* When memory has run out meanwhile, every call returns that status, also this one, whose code does
 * not exist. */
stridec_status report_diagnostics(stridec *compilation) {
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic}, note = {.size = sizeof note};
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &diagnostic); i++) {
        put_diagnostic(&report.diagnostics, &diagnostic);
        for (size_t j = 0; stridec_note_at(compilation, i, j, &note); j++)
            put_note(&report.diagnostics, &note, j == 0);
        put_text(&report.diagnostics, "]}");
    }
    report.errors += stridec_level_count(compilation, STRIDEC_ERROR);
    report.warnings += stridec_level_count(compilation, STRIDEC_WARNING);
    stridec_status status = stridec_set_level(compilation, "", STRIDEC_NOTE);
    return status == STRIDEC_MISUSE ? STRIDEC_OK : status;
}

void report_count(const char *name, size_t count) {
    put_count(&report.counts, ", ", name, count);
}

void report_file(const char *path, const char *state) {
    put_text(&report.files, comma(&report.files));
    put_member(&report.files, "{", "path", path);
    put_member(&report.files, ", ", "state", state);
    put_text(&report.files, "}");
}

void tell_file(const char *path, const char *state) {
    if (report_is_on()) {
        report_file(path, state);
        return;
    }
    print_text(stdout, path);
    printf(": %s\n", state);
}

bool print_result(void *unused, const char *at, size_t length) {
    (void)unused;
    return report_is_on() ? text_append(&report.output, at, length)
                          : print_to_stream(stdout, at, length);
}

/* ---- the whole --------------------------------------------------------------------------- */

static const char *const outcome_words[] = {
#define OUTCOME(name, word, about) word,
#include "outcomes.def"
#undef OUTCOME
};

static void put_list(struct text *whole, const char *name, const struct text *members) {
    put_key(whole, ",\n", name);
    put_text(whole, "[");
    put(whole, members->at, members->length);
    put_text(whole, members->length ? "\n]" : "]");
}

static void put_report(struct text *whole, enum outcome outcome) {
    put_count(whole, "{\n\"stridec\": {", "report", REPORT_SCHEMA);
    put_member(whole, "},\n", "command", report.command);
    put_member(whole, ",\n", "outcome", outcome_words[outcome]);
    put_count(whole, ",\n", "exit_code", (size_t)outcome);
    put_list(whole, "diagnostics", &report.diagnostics);
    put_list(whole, "files", &report.files);
    put_key(whole, ",\n", "counts");
    put_count(whole, "{", "errors", report.errors);
    put_count(whole, ", ", "warnings", report.warnings);
    put(whole, report.counts.at, report.counts.length);
    put_key(whole, "},\n", "output");
    put_string_of(whole, report.output.at, report.output.length);
    put_text(whole, "\n}\n");
}

enum outcome report_end(enum outcome outcome) {
    struct text whole = {0};
    if (!report_is_on())
        return outcome;
    put_report(&whole, outcome);
    if (report.failed) {
        fputs("stridec: no memory\n", stderr);
        outcome = OUTCOME_FAILURE;
    } else {
        print_to_stream(stdout, whole.at, whole.length);
    }
    struct text *owned[] = {&report.diagnostics, &report.files, &report.counts, &report.output,
                            &whole};
    for (size_t i = 0; i < COUNT(owned); i++)
        text_free(owned[i]);
    return outcome;
}

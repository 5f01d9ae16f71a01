/* One run has one report, which complaints from anywhere reach. Its lists grow as JSON; the rest is
 * written at the end. */
// SPDX-License-Identifier: MIT
#include "report.h"

#include "terminal.h"

#include <stdarg.h>
#include <string.h>

#define REPORT_SCHEMA 1
#define MOST_COUNTS 8

/* A list of the report, as far as it goes. */
struct list {
    struct text text;
    stridec_json json;
};

static struct {
    const char *command; /* NULL: no report */
    bool is_aside;       /* not printed at the end, and nothing is kept from being printed */
    struct list diagnostics, files, decisions, disabled;
    struct list object; /* a member of its own, by this name */
    const char *object_name;
    struct {
        const char *name;
        size_t count;
    } counts[MOST_COUNTS];
    size_t count_count;
    struct text output;
    size_t errors, warnings;
    bool failed; /* no memory for a part */
    complaint_listener *listener;
    bool holds_complaints;
    struct text held;
} report;

/* ---- JSON -------------------------------------------------------------------------------- */

static bool take(void *text, const char *at, size_t length) {
    bool taken = text_append(text, at, length);
    report.failed |= !taken;
    return taken;
}

static stridec_json json_into(struct text *text) {
    return (stridec_json){.size = sizeof(stridec_json), .sink = take, .context = text};
}

/* The list, opened on first use. */
static stridec_json *list_of(struct list *list) {
    if (!list->json.sink) {
        list->json = json_into(&list->text);
        stridec_json_list(&list->json, NULL);
    }
    return &list->json;
}

void put_text(stridec_json *json, const char *name, const char *text) {
    stridec_json_text(json, name, text, strlen(text));
}

/* ---- the parts --------------------------------------------------------------------------- */

void report_begin(const char *command) {
    report.command = command;
}

void report_listen(complaint_listener *listener) {
    report.listener = listener;
}

bool report_is_on(void) {
    return report.command && !report.is_aside;
}

void report_keep(const char *command) {
    report.is_aside |= !report.command;
    report.command = command;
}

bool report_is_kept(void) {
    return report.command != NULL;
}

static void put_place(stridec_json *json, const stridec_diagnostic *diagnostic) {
    put_text(json, "path", diagnostic->path);
    stridec_json_number(json, "line", diagnostic->line);
    stridec_json_number(json, "column", diagnostic->column);
    stridec_json_number(json, "end_line", diagnostic->end_line);
    stridec_json_number(json, "end_column", diagnostic->end_column);
}

/* Opened, up to its notes. */
static void open_diagnostic(stridec_json *json, const stridec_diagnostic *diagnostic) {
    stridec_json_object(json, NULL);
    put_text(json, "code", diagnostic->code);
    put_text(json, "level", stridec_level_text(diagnostic->level));
    put_place(json, diagnostic);
    put_text(json, "message", diagnostic->message);
    put_text(json, "hint", diagnostic->hint);
    stridec_json_list(json, "notes");
}

static void close_diagnostic(stridec_json *json) {
    stridec_json_end(json);
    stridec_json_end(json);
}

static void report_complaint(const char *message) {
    const stridec_diagnostic complaint = {.size = sizeof complaint,
                                          .code = "",
                                          .level = STRIDEC_ERROR,
                                          .path = "",
                                          .message = message,
                                          .hint = ""};
    stridec_json *json = list_of(&report.diagnostics);
    open_diagnostic(json, &complaint);
    close_diagnostic(json);
    report.errors++;
}

static void say(const char *message) {
    if (report.listener)
        report.listener(message);
    if (report_is_kept())
        report_complaint(message);
    if (report_is_on())
        return;
    FILE *stream = error_stream();
    fputs("stridec: ", stream);
    print_text(stream, message);
    putc('\n', stream);
}

void complain(const char *format, ...) {
    char text[8192];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (!report.holds_complaints || !text_append(&report.held, text, strlen(text) + 1))
        say(text);
}

void complaints_hold(void) {
    report.holds_complaints = true;
}

/* Each ends with a NUL. */
void complaints_release(void) {
    report.holds_complaints = false;
    for (size_t at = 0; at < report.held.length; at += strlen(report.held.at + at) + 1)
        say(report.held.at + at);
    text_free(&report.held);
}

void complaints_forget(void) {
    report.holds_complaints = false;
    text_free(&report.held);
}

/* "warning: 'S-1' ... [G0903]"; less where there is no memory. */
static void put_warning(struct text *line, const stridec_diagnostic *found) {
    const char *const parts[] = {stridec_level_text(found->level),
                                 ": ",
                                 found->message,
                                 *found->hint ? "; " : "",
                                 found->hint,
                                 " [",
                                 found->code,
                                 "]"};
    for (size_t i = 0; i < COUNT(parts); i++)
        text_append(line, parts[i], strlen(parts[i]));
    text_append(line, "", 1);
}

void warn_of(const stridec_diagnostic *found) {
    struct text line = {0};
    stridec_diagnostic warning = *found;
    if (warning.level == STRIDEC_ERROR)
        warning.level = STRIDEC_WARNING;
    put_warning(&line, &warning);
    const char *said = line.at ? line.at : warning.message;
    if (report.listener)
        report.listener(said);
    if (report_is_kept()) {
        stridec_json *json = list_of(&report.diagnostics);
        open_diagnostic(json, &warning);
        close_diagnostic(json);
        report.warnings += warning.level == STRIDEC_WARNING;
    }
    if (!report_is_on()) {
        FILE *stream = error_stream();
        print_text(stream, said);
        putc('\n', stream);
    }
    text_free(&line);
}

static void put_note(stridec_json *json, const stridec_diagnostic *note) {
    stridec_json_object(json, NULL);
    put_text(json, "message", note->message);
    put_place(json, note);
    stridec_json_end(json);
}

/* When memory has run out meanwhile, every call returns that status, also this one, whose code does
 * not exist. */
stridec_status report_diagnostics(stridec *compilation) {
    stridec_diagnostic diagnostic = {.size = sizeof diagnostic}, note = {.size = sizeof note};
    stridec_json *json = list_of(&report.diagnostics);
    for (size_t i = 0; stridec_diagnostic_at(compilation, i, &diagnostic); i++) {
        open_diagnostic(json, &diagnostic);
        for (size_t j = 0; stridec_note_at(compilation, i, j, &note); j++)
            put_note(json, &note);
        close_diagnostic(json);
    }
    report.errors += stridec_level_count(compilation, STRIDEC_ERROR);
    report.warnings += stridec_level_count(compilation, STRIDEC_WARNING);
    stridec_status status = stridec_set_level(compilation, "", STRIDEC_NOTE);
    return status == STRIDEC_MISUSE ? STRIDEC_OK : status;
}

void report_count(const char *name, size_t count) {
    if (report.count_count < COUNT(report.counts)) {
        report.counts[report.count_count].name = name;
        report.counts[report.count_count++].count = count;
    }
}

void report_decision(const stridec_decided *decided) {
    stridec_json *json = list_of(&report.decisions);
    stridec_json_object(json, NULL);
    put_text(json, "kind", decided->kind);
    put_text(json, "id", decided->id);
    stridec_json_list(json, "about");
    for (size_t i = 0; i < decided->id_count; i++)
        put_text(json, NULL, decided->ids[i]);
    stridec_json_end(json);
    put_text(json, "path", decided->path);
    put_text(json, "state", decided->changes ? "written" : "unchanged");
    if (decided->note_count)
        stridec_json_list(json, "notes");
    for (size_t i = 0; i < decided->note_count; i++)
        put_text(json, NULL, decided->notes[i]);
    if (decided->note_count)
        stridec_json_end(json);
    stridec_json_end(json);
}

stridec_json *report_object(const char *name) {
    report.object_name = name;
    report.object.json = json_into(&report.object.text);
    stridec_json_object(&report.object.json, NULL);
    return &report.object.json;
}

static void put_of_path(struct list *list, const char *path, const char *name, const char *text) {
    stridec_json *json = list_of(list);
    stridec_json_object(json, NULL);
    put_text(json, "path", path);
    put_text(json, name, text);
    stridec_json_end(json);
}

void report_file(const char *path, const char *state) {
    put_of_path(&report.files, path, "state", state);
}

void report_disabled(const char *path, const char *rule) {
    put_of_path(&report.disabled, path, "rule", rule);
}

void tell_file(const char *path, const char *state) {
    if (report_is_kept())
        report_file(path, state);
    if (report_is_on())
        return;
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

/* The list goes on growing, so a copy is closed. */
static void put_list(stridec_json *whole, const char *name, struct list *list) {
    struct text closed = {0};
    stridec_json end = *list_of(list);
    take(&closed, list->text.at, list->text.length);
    end.context = &closed;
    stridec_json_end(&end);
    stridec_json_value(whole, name, closed.at, closed.length);
    text_free(&closed);
}

static void put_counts(stridec_json *whole) {
    stridec_json_object(whole, "counts");
    stridec_json_number(whole, "errors", report.errors);
    stridec_json_number(whole, "warnings", report.warnings);
    for (size_t i = 0; i < report.count_count; i++)
        stridec_json_number(whole, report.counts[i].name, report.counts[i].count);
    stridec_json_end(whole);
}

static void put_report(stridec_json *whole, enum outcome outcome) {
    stridec_json_object(whole, NULL);
    stridec_json_object(whole, "stridec");
    stridec_json_number(whole, "report", REPORT_SCHEMA);
    stridec_json_end(whole);
    put_text(whole, "command", report.command);
    put_text(whole, "outcome", outcome_words[outcome]);
    stridec_json_number(whole, "exit_code", (size_t)outcome);
    put_list(whole, "diagnostics", &report.diagnostics);
    put_list(whole, "files", &report.files);
    if (report.decisions.json.sink)
        put_list(whole, "decisions", &report.decisions);
    if (report.disabled.json.sink)
        put_list(whole, "disabled", &report.disabled);
    if (report.object_name) {
        stridec_json_end(&report.object.json);
        stridec_json_value(whole, report.object_name, report.object.text.at,
                           report.object.text.length);
    }
    put_counts(whole);
    stridec_json_text(whole, "output", report.output.at, report.output.length);
    stridec_json_end(whole);
}

bool report_write(enum outcome outcome, struct text *text) {
    stridec_json whole = json_into(text);
    put_report(&whole, outcome);
    take(text, "\n", 1);
    return !report.failed;
}

enum outcome report_end(enum outcome outcome) {
    struct text text = {0};
    if (report_is_on() && report_write(outcome, &text)) {
        print_to_stream(stdout, text.at, text.length);
    } else if (report_is_on()) {
        fputs("stridec: no memory\n", error_stream());
        outcome = OUTCOME_FAILURE;
    }
    struct text *owned[] = {&report.diagnostics.text, &report.files.text, &report.decisions.text,
                            &report.disabled.text,    &report.object.text, &report.output,
                            &text};
    for (size_t i = 0; i < COUNT(owned); i++)
        text_free(owned[i]);
    return outcome;
}

/* The report of --format json: one object on standard output with all messages of a run, errors too
 * (doc/json.md). While a run has no report, everything is printed for people. */
// SPDX-License-Identifier: MIT
#ifndef CLI_REPORT_H
#define CLI_REPORT_H

#include "options.h"
#include "stridec.h"
#include "text.h"

/* From now on nothing else is printed. NULL: no report after all. */
void report_begin(const char *command);
bool report_is_on(void);
/* The same is gathered, for report_write(), while everything is printed all the same. */
void report_keep(const char *command);
bool report_is_kept(void);
/* The object as far as the run has come, with this outcome. False: no memory. */
bool report_write(enum outcome outcome, struct text *text);
#define REPORT_OPENING "{\n\"stridec\": {\"report\": "
/* Prints the object when there is a report; returns the outcome, or what became of it. */
enum outcome report_end(enum outcome outcome);

/* Who hears each complaint as well; NULL: nobody. */
typedef void complaint_listener(const char *message);
void report_listen(complaint_listener *listener);

/* Says what is wrong besides diagnostics of the compiler: in the report, or as "stridec: ..." on
 * standard error. */
void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
stridec_status report_diagnostics(stridec *compilation);
void report_count(const char *name, size_t count);

/* Says what will be wrong with what has just been done: a warning of one line, which no outcome
 * knows of. */
void warn_of(const stridec_diagnostic *found);

/* From now on complaints wait, until they are let out or forgotten. */
void complaints_hold(void);
void complaints_release(void);
void complaints_forget(void);

/* What became of a decision, in the report. */
void report_decision(const stridec_decided *decided);

/* A rule of the gate that a policy of the model switches off. */
void report_disabled(const char *path, const char *rule);

/* A member of the report that is an object, opened: it is closed with the report. One a run. */
stridec_json *report_object(const char *name);

/* A string of an object, or of a list, whose strings have no names: NULL. */
void put_text(stridec_json *json, const char *name, const char *text);

/* Reports the state of a file: "written", "unchanged", "differs". */
void report_file(const char *path, const char *state);
/* The same, printed when there is no report. */
void tell_file(const char *path, const char *state);

/* A stridec_sink for results: standard output, or the report. */
bool print_result(void *unused, const char *at, size_t length);

#endif

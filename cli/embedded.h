/* Files of cli/ as bytes, with a NUL after them. */
// SPDX-License-Identifier: MIT
#ifndef CLI_EMBEDDED_H
#define CLI_EMBEDDED_H

extern const char starter_model[]; /* starter.dfd */
extern const unsigned long starter_model_length;
extern const char report_schema[]; /* report.schema.json */
extern const unsigned long report_schema_length;
extern const char summary_schema[]; /* summary.schema.json */
extern const unsigned long summary_schema_length;
extern const char watch_script[]; /* watch.js */
extern const unsigned long watch_script_length;

#endif

/* Checks that must hold for every output, whatever the input was. Each check ends in refuse() when
 * it does not. They know nothing of how the library escapes: they read the output as its reader
 * would. */
// SPDX-License-Identifier: MIT
#ifndef FUZZ_ORACLES_H
#define FUZZ_ORACLES_H

#include "harness.h"

/* A mark in every hostile snippet of the generator: where it is found, there is user text. */
#define MARKER "x9z"

/* UTF-8 without anything that moves the cursor, reorders or hides text. Exceptions for what the
 * library itself writes: SGR sequences, in DOT a word joiner after "&amp;", in CSV the line ends of
 * its standard. */
enum allowed { NOTHING, COLORS, JOINERS, LINE_ENDS };
void check_terminal(const char *what, struct bytes text, enum allowed allowed);
/* No line of it is a command of a service that runs jobs and reads what they print. */
void check_log(const char *what, struct bytes text);
/* Places lie inside the text, messages are there, and both printed forms pass check_terminal. */
void check_diagnostics(stridec *compilation, const struct document *document);
/* All reports of it for hosts: JSON parses, XML has known elements, commands are one line each. */
void check_reports(stridec *compilation, const char *path);
/* Parses, without duplicate keys. */
void check_json(struct bytes text);
/* Read as GitHub reads it: no HTML, link, emphasis, quote or heading that is not the document's
 * own, and each table row has the cells of its head. */
void check_markdown(struct bytes text);
/* Read by cgraph: only names of our own; HTML labels pass check_markup. */
void check_dot(struct bytes text);
/* Elements in pairs, known and with quoted attributes, known entities; the marker in text only.
 * `elements` and `attributes` are words between blanks, with one at both ends. */
void check_markup(const char *what, struct bytes text, const char *elements,
                  const char *attributes);
void check_svg(struct bytes text);
/* The same of a page, with one style and one script. */
void check_page(struct bytes text);
/* No more than what the model and its lines as JSON, which are its declarations and rows, explain.
 */
void check_size(const char *what, struct bytes text, size_t model, size_t lines);
/* Kept when asked for again; and forged with its digests right, only where no more than coordinates
 * is other. */
void check_kept(stridec *compilation, struct bytes svg, const char *model_name);
/* Whole cells, none of them a formula, and as many as in the head. */
void check_csv(struct bytes text);
/* User text between quotes only, and nothing that has a meaning there. */
void check_mermaid(struct bytes text);
/* By the name of a format; one that is not known here passes check_terminal. */
void check_output(const char *format, struct bytes text, const stridec_output *output);

#endif

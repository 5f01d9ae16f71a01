/* Where one output of a run goes. */
// SPDX-License-Identifier: MIT
#ifndef CLI_OUTPUT_H
#define CLI_OUTPUT_H

#include "generated.h"

/* Writes what was made into its file, where that may be replaced, after the dependency file that
 * names it. False: the session knows why. */
bool write_product(struct session *session, const struct product *product, bool force);
/* Sends one format to a file, and its --depfile before it, or to standard output when `path` is
 * NULL. */
void emit_format(struct session *session, const char *format, const stridec_output *wanted,
                 const char *path, bool force);

#endif

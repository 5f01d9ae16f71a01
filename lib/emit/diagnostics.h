/* Diagnostics as text for people: place, sentence, source line, caret, hint, notes. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_DIAGNOSTICS_H
#define EMIT_DIAGNOSTICS_H

#include "base/writer.h"
#include "diag/diag.h"

#define DIAGNOSTICS_SHOWN 50

/* At most DIAGNOSTICS_SHOWN, errors before warnings where they do not all fit, and a line that
 * counts the rest. They must be sorted. */
void write_diagnostics(struct diagnostics *diagnostics, struct writer *writer, bool color);

#endif

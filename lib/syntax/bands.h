/* `bands: [[critical, 16], [high, 8]]`, of a method and of a policy. */
// SPDX-License-Identifier: MIT
#ifndef SYNTAX_BANDS_H
#define SYNTAX_BANDS_H

#include "diag/diag.h"
#include "model/rule.h"

/* Takes the place of what `bands` held; after a mistake, which is reported, it has those before. */
void read_bands(struct diagnostics *diagnostics, struct source *source,
                const struct attribute *attribute, struct bands *bands);

#endif

/* What elements are given and hold, as far as rules ask for it. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_CONTENTS_H
#define ANALYSIS_CONTENTS_H

#include "analysis/crossings.h"

/* Sets `by_file`, `on_disk` and `published` of flows, `takes_files` and `holds_secrets` of
 * elements. Passages are known. Linear in flows and in what `data` states. */
void mark_contents(struct arena *arena, struct analysis *analysis);

#endif

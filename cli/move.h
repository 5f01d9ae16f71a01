/* stridec triage move: decisions go along with what they are about. */
// SPDX-License-Identifier: MIT
#ifndef CLI_MOVE_H
#define CLI_MOVE_H

#include "options.h"

/* FROM TO [ID...] are the words after the verb. */
enum outcome move_decisions(const struct invocation *run, const struct names *words, bool dry_run);

#endif

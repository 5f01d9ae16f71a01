/* Dependency files for build tools. */
// SPDX-License-Identifier: MIT
#ifndef CLI_DEPFILE_H
#define CLI_DEPFILE_H

#include "session.h"

/* Of a compilation that went well, to the file of --depfile: that `outputs` are made from the
 * model, what it imports and the rule packs. Nothing without the option. */
void depfile_write(struct session *session, const char *const *outputs, size_t count, bool force);
/* False, after a complaint, when there is a --depfile and no file that could depend on anything. */
bool depfile_has_output(const struct invocation *run, const char *output);

#endif

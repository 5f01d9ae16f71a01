/* Dependency files for build tools. */
// SPDX-License-Identifier: MIT
#ifndef CLI_DEPFILE_H
#define CLI_DEPFILE_H

#include "session.h"

/* To the file of --depfile: that `outputs` are made from the model, what it imports and the rule
 * packs. Called before any of them is written: when it fails, all files stay as they were and go
 * with each other; when an output fails afterwards, the old one is older than what has changed, and
 * the build tool comes again. True without the option. */
bool depfile_write(struct session *session, const char *const *outputs, size_t count, bool force);
/* False, after a complaint, when there is a --depfile and no file that could depend on anything. */
bool depfile_has_output(const struct invocation *run, const char *output);

#endif

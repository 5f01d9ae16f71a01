/* A pass over all that is pending, at a terminal: one question a screen, one or two keys an answer.
 */
// SPDX-License-Identifier: MIT
#ifndef CLI_PASS_H
#define CLI_PASS_H

#include "session.h"

enum outcome pass_over(const struct invocation *run, const char *path);

#endif

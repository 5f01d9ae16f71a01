/* `explain`: one topic in lines of 80 columns, from the tables that the program itself works with.
 */
// SPDX-License-Identifier: MIT
#ifndef EXPLAIN_EXPLAIN_H
#define EXPLAIN_EXPLAIN_H

#include "project/project.h"

/* The built-in rules have been loaded. False, and nothing written, when there is no such topic. */
bool explain_topic(struct project *project, struct writer *writer, struct slice topic);

#endif

/* Two projects that compiled, compared. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_DIFFERENCE_H
#define PROJECT_DIFFERENCE_H

#include "emit/diff.h"
#include "project/project.h"

/* Writes what differs between the models of two projects, whose rows have been found. The memory of
 * the new one is used. `same`: nothing does. */
enum outcome project_diff(const struct project *was, struct project *is,
                          const struct diff_format *format, const struct emit_options *options,
                          writer_sink *sink, void *context, bool *same);

#endif

/* Rows are listed in an order that is not that of memory, and neither are the flows of elements or
 * the ends of flows. Each of these functions is called before something is done with one of many,
 * and asks for the memory of those that come after it. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_AHEAD_H
#define ANALYSIS_AHEAD_H

#include "analysis/rows.h"

/* Before the listed row at this place is written. */
void prefetch_rows(const struct rows *rows, size_t place);
/* Before conditions are tried at the subject of this number. */
void prefetch_to_judge(const struct analysis *analysis, size_t number);
/* Before the subject at this place of the list is written. */
void prefetch_to_name(const struct analysis *analysis, const struct decl_list *list, size_t place);
/* Before the flows of the element at this place of the list are looked at. */
void prefetch_flows_of(const struct analysis *analysis, const struct decl_list *elements,
                       size_t place);

#endif

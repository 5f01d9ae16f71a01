/* What must hold of what differs between any two models that compile. */
// SPDX-License-Identifier: MIT
#ifndef MODELS_DIFF_ORACLE_H
#define MODELS_DIFF_ORACLE_H

#include "stridec.h"

#include <jansson.h>

/* What differs, as data; free it with json_decref(). NULL: stridec_diff() has failed, or its status
 * is not that of what it printed. */
json_t *difference(stridec *was, stridec *is);
/* Nothing differs between a model and itself; and from the second to the first what was added is
 * gone, and what was is. NULL, or what is wrong, to be freed. */
char *check_difference(stridec *was, stridec *is);

#endif

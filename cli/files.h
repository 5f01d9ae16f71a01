/* Files are read whole. Failures are reported here, with the file's name and the system's reason.
 */
// SPDX-License-Identifier: MIT
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "text.h"

#include <stddef.h>

/* Of what is read, wherever it comes from; 64 MiB, as messages say. */
#define LARGEST_FILE ((size_t)64 << 20)

bool read_standard_input(struct text *text);
/* Says that the file is not what it was when it was read, so that it is left as it is; false. */
bool complain_of_change(const char *path);
/* How often that has been said in this run. */
size_t changes_seen(void);
/* Says why a call of the system on this file failed; false. */
bool complain_of(const char *path);

#endif

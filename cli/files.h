/* Files are read whole. Failures are reported here, with the file's name and the system's reason.
 */
// SPDX-License-Identifier: MIT
#ifndef CLI_FILES_H
#define CLI_FILES_H

#include "text.h"

bool read_standard_input(struct text *text);
/* Says why a call of the system on this file failed; false. */
bool complain_of(const char *path);

#endif

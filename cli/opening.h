/* Shows an address in the browser of the user. */
// SPDX-License-Identifier: MIT
#ifndef CLI_OPENING_H
#define CLI_OPENING_H

#include <sys/types.h>

/* By xdg-open, which is looked for in folders of PATH that are absolute. Its process, for
 * open_ended(); 0 after a complaint. */
pid_t open_address(const char *url);
/* Takes note of its end when it has ended; returns 0 then, else the process. */
pid_t open_ended(pid_t process);

#endif

/* One page over HTTP, for browsers on this machine that know its address. */
// SPDX-License-Identifier: MIT
#ifndef CLI_SERVING_H
#define CLI_SERVING_H

#include "text.h"

#include <stdbool.h>
#include <sys/select.h>

struct server;

/* On 127.0.0.1; `port` 0: any that is free. NULL after a complaint. */
struct server *server_open(unsigned port);
void server_close(struct server *server);
/* The address with its token. */
const char *server_url(const struct server *server);
/* The page that is served, NUL-terminated; NULL: there is none yet. */
const char *server_page(const struct server *server);

/* What browsers show from now on: a page, which the server takes over (empty: the one before
 * stays), and what is wrong with a newer one, text of lines; "": nothing. */
void server_show(struct server *server, struct text *page, const char *problems);

/* For one call of pselect: adds to the sets what the server waits for, raises *highest, and returns
 * the milliseconds that it may wait. */
struct waiting {
    fd_set reading, writing, failing;
    int highest;
};
long server_expect(struct server *server, struct waiting *waiting);
/* Does what can be done without waiting. */
void server_run(struct server *server, const struct waiting *waiting);

#endif

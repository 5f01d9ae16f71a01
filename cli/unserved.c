/* In place of serving.c where libmicrohttpd was not there to build with. */
// SPDX-License-Identifier: MIT
#include "report.h"
#include "serving.h"

struct server *server_open(unsigned port) {
    (void)port;
    complain("this stridec was built without libmicrohttpd, which watch needs; install it (Debian: "
             "libmicrohttpd-dev) and build stridec anew");
    return NULL;
}

void server_close(struct server *server) {
    (void)server;
}

const char *server_url(const struct server *server) {
    (void)server;
    return "";
}

const char *server_page(const struct server *server) {
    (void)server;
    return NULL;
}

void server_show(struct server *server, struct text *page, const char *problems) {
    (void)server, (void)problems;
    text_free(page);
}

long server_expect(struct server *server, struct waiting *waiting) {
    (void)server, (void)waiting;
    return 0;
}

void server_run(struct server *server, const struct waiting *waiting) {
    (void)server, (void)waiting;
}

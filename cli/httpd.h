/* libmicrohttpd, loaded when it is needed: linked, it and what it links would make each start of
 * each other command take twice as long. */
// SPDX-License-Identifier: MIT
#ifndef CLI_HTTPD_H
#define CLI_HTTPD_H

#include <microhttpd.h>
#include <stdbool.h>

struct httpd {
#define HTTPD(function)                                                                            \
    __typeof__(function) *function; /* NOLINT(bugprone-macro-parentheses): declares the name */
#include "httpd.def"
#undef HTTPD
};

/* False, after a complaint, when it is not installed. It stays until the program ends. */
bool httpd_load(struct httpd *httpd);

#endif

/* Who may ask, and for what. */
// SPDX-License-Identifier: MIT
#ifndef CLI_VISITORS_H
#define CLI_VISITORS_H

#include "httpd.h"

#define TOKEN_LENGTH 32 /* of hexadecimal digits: 128 random bits */

struct address {
    unsigned port;
    char token[TOKEN_LENGTH + 1];
};

/* Whether a request names this machine as its host, by number or as localhost, and comes from no
 * page, or one from here. */
bool is_visitor_of(const struct httpd *http, struct MHD_Connection *connection,
                   const struct address *address);
/* What follows "/TOKEN/" in a path; NULL when it does not begin so. */
const char *name_below(const struct address *address, const char *path);

#endif

/* Looks at the headers of a request: of each that may stand there twice, all have to be right. */
// SPDX-License-Identifier: MIT
#include "visitors.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define HTTP_PORT 80 /* which browsers leave out */

struct visit {
    const struct address *address;
    size_t hosts;
    bool is_foreign;
};

static bool is_host(const char *value, const struct address *address) {
    static const char *const names[] = {"127.0.0.1", "localhost"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char host[64];
        snprintf(host, sizeof host, "%s:%u", names[i], address->port);
        if (strcasecmp(value, host) == 0 ||
            (address->port == HTTP_PORT && strcasecmp(value, names[i]) == 0))
            return true;
    }
    return false;
}

static bool is_origin(const char *value, const struct address *address) {
    static const char scheme[] = "http://";
    size_t length = sizeof scheme - 1;
    return strncmp(value, scheme, length) == 0 && is_host(value + length, address);
}

static enum MHD_Result look_at_header(void *context, enum MHD_ValueKind kind, const char *name,
                                      const char *value) {
    struct visit *visit = context;
    (void)kind;
    if (strcasecmp(name, "Host") == 0) {
        visit->hosts++;
        visit->is_foreign |= !value || !is_host(value, visit->address);
    } else if (strcasecmp(name, "Origin") == 0) {
        visit->is_foreign |= !value || !is_origin(value, visit->address);
    }
    return MHD_YES;
}

bool is_visitor_of(const struct httpd *http, struct MHD_Connection *connection,
                   const struct address *address) {
    struct visit visit = {.address = address};
    http->MHD_get_connection_values(connection, MHD_HEADER_KIND, look_at_header, &visit);
    return visit.hosts == 1 && !visit.is_foreign;
}

/* In a time that does not tell how much of the token was right. */
const char *name_below(const struct address *address, const char *path) {
    unsigned differs = 0;
    if (strlen(path) < TOKEN_LENGTH + 2 || path[0] != '/' || path[TOKEN_LENGTH + 1] != '/')
        return NULL;
    for (size_t i = 0; i < TOKEN_LENGTH; i++)
        differs |= (unsigned char)path[i + 1] ^ (unsigned char)address->token[i];
    return differs ? NULL : path + TOKEN_LENGTH + 2;
}

/* Loads libmicrohttpd and finds its functions, as the loader does for any program. */
// SPDX-License-Identifier: MIT
#include "httpd.h"

#include "report.h"

#include <dlfcn.h>
#include <string.h>

/* The interface that microhttpd.h has described since 2014. */
#define LIBRARY "libmicrohttpd.so.12"

/* POSIX has what dlsym returns be a function, C does not. */
static bool find_function(void *library, const char *name, void *place) {
    void *found = dlsym(library, name);
    memcpy(place, &found, sizeof found);
    return found;
}

bool httpd_load(struct httpd *httpd) {
    void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    bool found = library;
#define HTTPD(function) found = found && find_function(library, #function, &httpd->function);
#include "httpd.def"
#undef HTTPD
    if (!found)
        complain("watch needs " LIBRARY ", which is not here; Debian has it in libmicrohttpd12");
    return found;
}

/* Reading of whole files into memory. */
// SPDX-License-Identifier: MIT
#include "files.h"

#include "report.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

bool complain_of(const char *path) {
    complain("%s: %s", strcmp(path, "-") == 0 ? "standard input" : path,
             errno == EOVERFLOW ? "larger than 64 MiB" : strerror(errno));
    return false;
}

bool read_standard_input(struct text *text) {
    if (text_read(text, STDIN_FILENO, LARGEST_FILE))
        return true;
    complain_of("-");
    text_free(text);
    return false;
}

static size_t changes;

bool complain_of_change(const char *path) {
    changes++;
    complain("%s: changed by someone else meanwhile; left as it is", path);
    return false;
}

size_t changes_seen(void) {
    return changes;
}

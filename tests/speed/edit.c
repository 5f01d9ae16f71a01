/* What an editor does at each key: edit FILE COUNT compiles the text COUNT times through the public
 * header, each time with another letter in its first comment, and looks at all diagnostics. */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include <stdio.h>
#include <stdlib.h>

#define LARGEST ((size_t)64 << 20)

static size_t compile(const char *path, const char *text, size_t length) {
    stridec_diagnostic at;
    size_t count = 0;
    stridec *compilation = stridec_new(NULL);
    if (stridec_compile(compilation, path, text, length) == STRIDEC_OK)
        while (stridec_diagnostic_at(compilation, count, &at))
            count++;
    stridec_free(compilation);
    return count;
}

int main(int argc, char **argv) {
    static char text[LARGEST] = "# a\n";
    const size_t start = 4;
    FILE *file = argc == 3 ? fopen(argv[1], "rb") : NULL;
    if (!file) {
        fputs("usage: edit FILE COUNT\n", stderr);
        return 3;
    }
    size_t length = start + fread(text + start, 1, sizeof text - start, file), found = 0;
    long count = strtol(argv[2], NULL, 10);
    fclose(file);
    for (long i = 0; i < count; i++) {
        text[2] = (char)('a' + i % 26);
        found += compile(argv[1], text, length);
    }
    printf("%zu diagnostics\n", found);
    return 0;
}

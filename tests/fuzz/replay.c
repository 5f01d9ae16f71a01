/* Runs a fuzz target over files and over the files in folders, without libFuzzer: for the ordinary
 * tests. A broken claim aborts; the last name printed is the input that did it. */
// SPDX-License-Identifier: MIT
#include "harness.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static void run_file(const char *path) {
    char part[4096];
    struct bytes text = {0};
    FILE *file = fopen(path, "rb");
    if (!file)
        refuse("cannot read %s", path);
    bytes_add(&text, "", 0);
    for (size_t length; (length = fread(part, 1, sizeof part, file)) > 0;)
        bytes_add(&text, part, length);
    fclose(file);
    printf("%s\n", path);
    fflush(stdout);
    LLVMFuzzerTestOneInput((const uint8_t *)text.at, text.length);
    free(text.at);
}

static void run(const char *path) {
    DIR *folder = opendir(path);
    if (!folder) {
        run_file(path);
        return;
    }
    for (struct dirent *entry; (entry = readdir(folder));) {
        struct bytes inside = {0};
        bytes_print(&inside, "%s/%s", path, entry->d_name);
        if (*entry->d_name != '.')
            run_file(inside.at);
        free(inside.at);
    }
    closedir(folder);
}

int main(int count, char **arguments) {
    for (int i = 1; i < count; i++)
        run(arguments[i]);
    return 0;
}

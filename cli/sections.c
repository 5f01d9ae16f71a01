/* Checks names before anything is read, so that a mistyped one is told with those that there are.
 */
// SPDX-License-Identifier: MIT
#include "sections.h"

#include "options.h"
#include "report.h"

#include <stdio.h>
#include <string.h>

#define MOST_NAMES 256

static void complain_of_section(const char *name, size_t length, const struct guess *guess) {
    char known[MOST_NAMES] = "";
    stridec_section_info info = {.size = sizeof info};
    for (size_t i = 0; stridec_section_at(i, &info); i++)
        snprintf(known + strlen(known), sizeof known - strlen(known), "%s%s", *known ? ", " : "",
                 info.name);
    if (guess->best)
        complain("no section '%.*s'; did you mean '%s'? There are %s", (int)length, name,
                 guess->best, known);
    else
        complain("no section '%.*s'; there are %s", (int)length, name, known);
}

static bool is_section(const char *name, size_t length, struct guess *guess) {
    stridec_section_info info = {.size = sizeof info};
    for (size_t i = 0; stridec_section_at(i, &info); i++) {
        if (strlen(info.name) == length && !strncmp(info.name, name, length))
            return true;
        guess_try(guess, info.name);
    }
    return false;
}

bool check_sections(const char *sections) {
    while (sections && *sections) {
        size_t length = strcspn(sections, ",");
        struct guess guess = guess_begin(sections, length);
        if (!is_section(sections, length, &guess)) {
            complain_of_section(sections, length, &guess);
            return false;
        }
        sections += length + (sections[length] == ',');
    }
    return true;
}

/* Rows of options, and choices such as "[a|b]", step by step. */
// SPDX-License-Identifier: MIT
#include "options.h"

#include <string.h>

const struct option *option_at(const struct option_rows *rows, size_t index) {
    if (index < rows->own_count)
        return &rows->own[index];
    index -= rows->own_count;
    return index < COMMON_OPTIONS ? &rows->common[index] : NULL;
}

static bool report_taken(size_t index, stridec_format_info *info) {
    stridec_report_format format = {.size = sizeof format};
    bool own = index > 0 && stridec_report_format_at(index - 1, &format);
    if (index > 0 && !own)
        return false;
    if (!own)
        format.name = "json", format.extension = "json",
        format.about = "the report of --format json";
    *info = (stridec_format_info){.size = sizeof(stridec_format_info),
                                  .name = format.name,
                                  .extension = format.extension,
                                  .also = "",
                                  .about = format.about};
    return true;
}

bool format_taken(const struct option *option, size_t index, stridec_format_info *info) {
    size_t taken = 0;
    if (!option->is_format)
        return option->is_report && report_taken(index, info);
    for (size_t i = 0; stridec_format_at(i, info); i++)
        if ((!option->is_picture || info->is_picture) && taken++ == index)
            return true;
    *info = (stridec_format_info){.size = sizeof(stridec_format_info),
                                  .name = "json",
                                  .about = "a report of the run, with the picture"};
    return option->is_picture && taken == index;
}

bool next_choice(const char **rest, const char **choice, size_t *length) {
    *choice = *rest + strspn(*rest, "[|]");
    *length = strcspn(*choice, "|]");
    *rest = *choice + *length;
    return *length > 0;
}

bool is_choice(const char *choices, const char *value) {
    const char *choice;
    size_t length;
    while (next_choice(&choices, &choice, &length))
        if (strlen(value) == length && memcmp(choice, value, length) == 0)
            return true;
    return false;
}

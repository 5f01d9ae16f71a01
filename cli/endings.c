/* Finds what a file is by its ending: those of models are in the table here, those of outputs in
 * the library's table of formats. */
// SPDX-License-Identifier: MIT
#include "endings.h"

#include "options.h"
#include "paths.h"
#include "report.h"
#include "stridec.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *ending, *form;
} forms[] = {{".dfd", "dfd"}, {".yaml", "yaml"}, {".yml", "yaml"}};

const char *ending_of(const char *path) {
    const char *base = path_base(path), *dot = strrchr(base, '.');
    return dot && dot != base ? dot : path + strlen(path);
}

const char *form_of_ending(const char *path) {
    for (size_t i = 0; i < COUNT(forms); i++)
        if (strcasecmp(ending_of(path), forms[i].ending) == 0)
            return forms[i].form;
    return NULL;
}

static char *path_with_ending(const char *model, const char *ending) {
    size_t own = form_of_ending(model) ? strlen(ending_of(model)) : 0;
    return text_join(model, strlen(model) - own, ending);
}

char *path_of_picture(const char *model) {
    return path_with_ending(model, ".svg");
}

char *path_of_page(const char *model) {
    return path_with_ending(model, ".html");
}

static void complain_of_ending(const char *path, bool pictures) {
    char known[256] = "";
    stridec_format_info info = {.size = sizeof info};
    for (size_t i = 0; stridec_format_at(i, &info); i++)
        if (!pictures || info.is_picture)
            snprintf(known + strlen(known), sizeof known - strlen(known), "%s.%s",
                     *known ? ", " : "", info.extension);
    complain("%s: no format here has the ending '%s'; those known are %s, and --format goes with "
             "any name",
             path, ending_of(path), known);
}

static const char *format_of_ending(const char *path, bool pictures) {
    const char *ending = ending_of(path);
    stridec_format_info info = {.size = sizeof info};
    for (size_t i = 0; *ending && stridec_format_at(i, &info); i++)
        if (pictures && !info.is_picture)
            continue;
        else if (strcasecmp(ending + 1, info.extension) == 0 ||
                 strcasecmp(ending + 1, info.also) == 0)
            return info.name;
    return NULL;
}

const char *known_format_of_ending(const char *path) {
    return format_of_ending(path, false);
}

const char *format_of_output(const char *path, const char *named, const char *preset,
                             bool pictures) {
    if (named || !path || !*ending_of(path))
        return named ? named : preset;
    const char *format = format_of_ending(path, pictures);
    if (!format)
        complain_of_ending(path, pictures);
    return format;
}

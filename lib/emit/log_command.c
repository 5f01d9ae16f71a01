/* Services that run jobs look for commands in what a job prints, and obey: GitHub to ##[name]
 * anywhere and to ::name:: at the start of a line, Azure to ##vso[...], TeamCity to
 * ##teamcity[...]. A comment or label of a stranger could be one. Some of them compare as languages
 * sort, where joiners and the like count for nothing, so here nothing counts that is not ASCII. */
// SPDX-License-Identifier: MIT
#include "emit/reader.h"

/* The ASCII character before a place; 0 at the start of the text. */
static char step_back(struct slice text, const char **at) {
    while (*at > text.at)
        if ((signed char)*--*at >= 0)
            return **at;
    return 0;
}

bool completes_log_command(struct slice text, const char *at) {
    const char *back = at;
    char c = step_back(text, &back);
    if (*at == '[') {
        while (is_letter(c))
            c = step_back(text, &back);
        return c == '#' && step_back(text, &back) == '#';
    }
    if (*at != ':' || c != ':' || at + 1 == text.at + text.length || !is_letter(at[1]))
        return false;
    c = step_back(text, &back);
    return !is_letter(c) && !(c >= '0' && c <= '9'); /* in the middle of a word stands a::b */
}

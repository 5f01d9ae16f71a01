/* Names and sentences come from the library's tables; nothing is listed here but what cannot be
 * stated. */
// SPDX-License-Identifier: MIT
#include "asked.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

bool is_written_by_tool(const char *attribute) {
    static const char *const names[] = {"allow", "basis",    "candidate", "category",
                                        "for",   "patterns", "seen",      "was"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(attribute, names[i]) == 0)
            return true;
    return false;
}

/* Steps through the attributes of the kinds that verbs declare. */
static bool next_attribute(size_t *verb, size_t *index, stridec_attribute_info *info) {
    stridec_verb_info row = {.size = sizeof row};
    for (; stridec_verb_at(*verb, &row); ++*verb, *index = 0)
        if (stridec_attribute_at(row.kind, (*index)++, info))
            return true;
    return false;
}

static size_t count_attributes(void) {
    stridec_attribute_info info = {.size = sizeof info};
    size_t verb = 0, index = 0, count = 0;
    while (next_attribute(&verb, &index, &info))
        count++;
    return count;
}

static bool has_option(const struct asked *asked, const char *name) {
    for (size_t i = 0; i < asked->option_count; i++)
        if (strcmp(asked->options[i].name, name) == 0)
            return true;
    return strcmp(name, "color") == 0 || strcmp(name, "help") == 0;
}

static void spell_option(struct stated_option *stated) {
    for (size_t i = 0; i + 1 < sizeof stated->option && stated->name[i]; i++)
        stated->option[i] = stated->name[i];
    for (char *at = strchr(stated->option, '_'); at; at = strchr(at, '_'))
        *at = '-';
}

static void add_attributes(struct asked *asked, size_t words) {
    stridec_attribute_info info = {.size = sizeof info};
    size_t verb = 0, index = 0;
    while (next_attribute(&verb, &index, &info)) {
        if (has_option(asked, info.name) || is_written_by_tool(info.name))
            continue;
        struct stated_option *stated = &asked->stated[asked->stated_count];
        stated->name = info.name;
        spell_option(stated);
        stated->values.at = asked->room + asked->stated_count++ * (words + 1);
        asked->options[asked->option_count++] = (struct option){.name = stated->option,
                                                                .argument = "VALUE",
                                                                .list = &stated->values,
                                                                .help = info.about};
    }
}

bool asked_open(struct asked *asked, const struct invocation *run, const struct option *own,
                size_t count) {
    size_t attributes = count_attributes();
    *asked = (struct asked){
        .options = calloc(count + attributes + 1, sizeof *asked->options),
        .stated = calloc(attributes + 1, sizeof *asked->stated),
        .room = calloc((attributes + 1) * (run->words.count + 1), sizeof *asked->room),
    };
    if (!asked->options || !asked->stated || !asked->room) {
        complain("no memory");
        return false;
    }
    memcpy(asked->options, own, count * sizeof *own);
    asked->option_count = count;
    add_attributes(asked, run->words.count);
    return true;
}

void asked_close(struct asked *asked) {
    free(asked->options);
    free(asked->stated);
    free(asked->room);
}

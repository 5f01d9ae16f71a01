/* Makes the options of `triage` from the library's tables of attributes; nothing is listed here but
 * what cannot be stated. */
// SPDX-License-Identifier: MIT
#include "asked.h"

#include "report.h"

#include <stdlib.h>
#include <string.h>

bool is_written_by_tool(const char *attribute) {
    static const char *const names[] = {"allow", "basis", "candidate", "for",
                                        "patterns", "seen", "was"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (strcmp(attribute, names[i]) == 0)
            return true;
    return false;
}

/* Steps through the attributes of the kinds that verbs declare. */
static bool next_attribute(size_t *verb, size_t *index, stridec_attribute_info *info,
                           const char **kind) {
    stridec_verb_info row = {.size = sizeof row};
    for (; stridec_verb_at(*verb, &row); ++*verb, *index = 0) {
        *kind = row.kind;
        if (stridec_attribute_at(row.kind, (*index)++, info))
            return true;
    }
    return false;
}

static size_t count_attributes(void) {
    stridec_attribute_info info = {.size = sizeof info};
    size_t verb = 0, index = 0, count = 0;
    const char *kind;
    while (next_attribute(&verb, &index, &info, &kind))
        count++;
    return count;
}

/* Where several kinds have an attribute of this name, each says what it is there. */
static bool add_meaning(struct stated_option *stated, const char *kind, const char *about) {
    const char *const parts[] = {stated->about.length ? "" : "of a ",
                                 stated->about.length ? "" : stated->kind,
                                 stated->about.length ? "" : ": ",
                                 stated->about.length ? "" : stated->last,
                                 "; of a ",
                                 kind,
                                 ": ",
                                 about};
    bool fine = true;
    for (size_t i = 0; i < COUNT(parts); i++)
        fine &= text_append(&stated->about, parts[i], strlen(parts[i]));
    stated->last = about;
    return fine;
}

static struct stated_option *find_stated(const struct asked *asked, const char *name) {
    for (size_t i = 0; i < asked->stated_count; i++)
        if (strcmp(asked->stated[i].name, name) == 0)
            return &asked->stated[i];
    return NULL;
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

static void add_attribute(struct asked *asked, const stridec_attribute_info *info,
                          const char *kind, size_t words) {
    struct stated_option *stated = &asked->stated[asked->stated_count];
    *stated = (struct stated_option){.name = info->name, .kind = kind, .last = info->about};
    spell_option(stated);
    stated->values.at = asked->room + asked->stated_count++ * (words + 1);
    asked->options[asked->option_count++] = (struct option){
        .name = stated->option, .argument = "VALUE", .list = &stated->values, .help = info->about};
}

/* The options stand in the order of what they state. */
static bool add_attributes(struct asked *asked, size_t own, size_t words) {
    stridec_attribute_info info = {.size = sizeof info};
    size_t verb = 0, index = 0;
    const char *kind;
    bool fine = true;
    while (next_attribute(&verb, &index, &info, &kind)) {
        struct stated_option *stated = find_stated(asked, info.name);
        if (stated && strcmp(stated->last, info.about) != 0)
            fine &= add_meaning(stated, kind, info.about);
        else if (!has_option(asked, info.name) && !is_written_by_tool(info.name))
            add_attribute(asked, &info, kind, words);
    }
    for (size_t i = 0; i < asked->stated_count; i++)
        if (asked->stated[i].about.length)
            asked->options[own + i].help = asked->stated[i].about.at;
    return fine;
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
    if (!add_attributes(asked, count, run->words.count)) {
        complain("no memory");
        return false;
    }
    return true;
}

void asked_close(struct asked *asked) {
    for (size_t i = 0; asked->stated && i < asked->stated_count; i++)
        text_free(&asked->stated[i].about);
    free(asked->options);
    free(asked->stated);
    free(asked->room);
}

/* Commands to the runner of GitHub's jobs, which reads them from the log and shows each at its line
 * of the change. Of a step it shows ten errors and ten warnings, the first ones: so the worst come
 * first, and one more counts the rest. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

#define GITHUB_LIMIT ((size_t)10) /* errors of a step, and as many warnings and notices */

/* In a property, a colon and a comma end it; in all of a command, lines end it. */
static void write_escaped(struct writer *writer, struct slice text, const char *special) {
    for (size_t i = 0; i < text.length; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c && strchr(special, c))
            write_percent(writer, c);
        else
            write_char(writer, (char)c);
    }
}

static void write_property(struct arena *arena, struct writer *writer, struct slice text) {
    struct memory_writer visible;
    memory_writer_open(&visible, arena);
    write_file_name(&visible.writer, text);
    write_escaped(writer, memory_writer_close(&visible), "%\r\n:,");
}

static void write_message(struct writer *writer, struct slice text) {
    write_string(writer, "::");
    write_escaped(writer, text, "%\r\n");
    write_char(writer, '\n');
}

/* Columns only where it is one line; the last one is that of the last character. */
static void write_place(struct arena *arena, struct writer *writer,
                        const struct finding_place *place) {
    write_string(writer, " file=");
    write_property(arena, writer, place->path);
    write_format(writer, ",line=%zu,endLine=%zu", place->start.line, place->end.line);
    if (place->start.line == place->end.line)
        write_format(writer, ",col=%zu,endColumn=%zu", place->start.column,
                     place->end.column > place->start.column ? place->end.column - 1
                                                             : place->start.column);
}

static void write_command(struct arena *arena, struct writer *writer,
                          const struct finding *finding) {
    static const char *const commands[LEVEL_COUNT] = {
        [LEVEL_NOTE] = "notice", [LEVEL_WARNING] = "warning", [LEVEL_ERROR] = "error"};
    write_format(writer, "::%s", commands[finding->level]);
    write_place(arena, writer, &finding->place);
    write_format(writer, ",title=stridec %.*s", SLICE_ARGS(finding->rule->id));
    write_message(writer, finding->message);
}

/* What went wrong besides the models; it counts among the errors. */
static size_t write_problems(const struct findings_list *list, struct writer *writer) {
    size_t count = 0;
    for (size_t i = 0; i < list->models.count; i++)
        for (size_t j = 0; j < list->models.items[i]->problems.count; j++)
            if (count++ < GITHUB_LIMIT) {
                write_string(writer, "::error title=stridec");
                write_message(writer, list->models.items[i]->problems.items[j]);
            }
    return count;
}

static void write_rest(struct writer *writer, const size_t *counts) {
    size_t errors = counts[LEVEL_ERROR] > GITHUB_LIMIT ? counts[LEVEL_ERROR] - GITHUB_LIMIT : 0;
    size_t warnings =
        counts[LEVEL_WARNING] > GITHUB_LIMIT ? counts[LEVEL_WARNING] - GITHUB_LIMIT : 0;
    if (!errors && !warnings)
        return;
    write_string(writer, "::notice title=stridec::");
    if (errors)
        write_format(writer, "%zu more error%s", errors, errors == 1 ? "" : "s");
    if (warnings)
        write_format(writer, "%s%zu more warning%s", errors ? " and " : "", warnings,
                     warnings == 1 ? "" : "s");
    write_format(writer, ": GitHub shows %zu of each\n", GITHUB_LIMIT);
}

void report_github(struct arena *arena, const struct findings_list *list, struct writer *writer) {
    size_t count, counts[LEVEL_COUNT] = {0};
    const struct finding **worst = all_worst_first(arena, list, &count);
    counts[LEVEL_ERROR] = write_problems(list, writer);
    for (size_t i = 0; i < count; i++)
        if (counts[worst[i]->level]++ < GITHUB_LIMIT)
            write_command(arena, writer, worst[i]);
    write_rest(writer, counts);
}

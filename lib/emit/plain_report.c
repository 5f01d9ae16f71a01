/* A report for people: what was printed, under a line that counts. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"

static size_t count_level(const struct findings_list *list, enum level level) {
    size_t count = 0;
    for (size_t i = 0; i < list->models.count; i++)
        count += count_findings(list->models.items[i], level);
    return count;
}

void report_text(struct arena *arena, const struct findings_list *list, struct writer *writer) {
    (void)arena;
    write_format(writer, "stridec %.*s: ", SLICE_ARGS(list->command));
    write_count(writer, list->models.count, "file");
    write_string(writer, ", ");
    write_count(writer, count_level(list, LEVEL_ERROR), "error");
    write_string(writer, ", ");
    write_count(writer, count_level(list, LEVEL_WARNING), "warning");
    write_char(writer, '\n');
    for (size_t i = 0; i < list->models.count; i++) {
        const struct findings *findings = list->models.items[i];
        write_slice(writer, findings->text);
        for (size_t j = 0; j < findings->problems.count; j++)
            write_format(writer, "stridec: %.*s\n", SLICE_ARGS(findings->problems.items[j]));
    }
}

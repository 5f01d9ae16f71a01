/* JUnit's XML, for build servers: a suite a model, with a case for whether it compiles and one for
 * each rule of the gate. It knows no warnings: they are the output of cases that pass. Some readers
 * refuse attributes that they do not know, so there are only those that all know. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"

/* The first case is about what the compiler found. */
static const char *case_at(const struct findings *findings, size_t index) {
    return index ? findings->tried[index - 1] : "compiles";
}

static bool is_of(const struct finding *finding, const char *name, enum level from, enum level to) {
    return finding->level >= from && finding->level <= to &&
           strcmp(finding->gate ? finding->gate : "compiles", name) == 0;
}

/* The next one from `index` on of these levels; NULL after the last. */
static const struct finding *next_of(const struct findings *findings, size_t *index,
                                     const char *name, enum level from, enum level to) {
    while (*index < findings->list.count) {
        const struct finding *finding = &findings->list.items[(*index)++];
        if (is_of(finding, name, from, to))
            return finding;
    }
    return NULL;
}

struct xml {
    struct arena *arena;
    struct writer *writer;
};

/* A name of a file steers no log that this is printed to. */
static void write_visible_xml(struct xml *xml, struct slice text) {
    struct memory_writer visible;
    memory_writer_open(&visible, xml->arena);
    write_file_name(&visible.writer, text);
    write_xml(xml->writer, memory_writer_close(&visible));
}

static void write_attribute(struct xml *xml, const char *name, struct slice value) {
    write_format(xml->writer, " %s=\"", name);
    write_visible_xml(xml, value);
    write_char(xml->writer, '"');
}

/* "pay.dfd:31:23: error: no element 'x' [E0203]" */
static void write_line(struct xml *xml, const struct finding *finding) {
    if (finding->place.path.length) {
        write_visible_xml(xml, finding->place.path);
        write_format(xml->writer, ":%zu:%zu: ", finding->place.start.line,
                     finding->place.start.column);
    }
    write_format(xml->writer, "%s: ", level_words[finding->level]);
    write_xml(xml->writer, finding->message);
    write_format(xml->writer, " [%.*s]\n", SLICE_ARGS(finding->rule->id));
}

/* One message is what readers show first; all are below it. */
static void write_failure(struct xml *xml, const struct findings *findings, const char *name) {
    size_t index = 0;
    const struct finding *finding = next_of(findings, &index, name, LEVEL_ERROR, LEVEL_ERROR);
    if (!finding)
        return;
    write_string(xml->writer, "      <failure");
    write_attribute(xml, "type", finding->rule->name);
    write_attribute(xml, "message", finding->message);
    write_char(xml->writer, '>');
    for (; finding; finding = next_of(findings, &index, name, LEVEL_ERROR, LEVEL_ERROR))
        write_line(xml, finding);
    write_string(xml->writer, "</failure>\n");
}

static void write_output(struct xml *xml, const struct findings *findings, const char *name) {
    size_t index = 0;
    const struct finding *finding = next_of(findings, &index, name, LEVEL_NOTE, LEVEL_WARNING);
    if (!finding)
        return;
    write_string(xml->writer, "      <system-out>");
    for (; finding; finding = next_of(findings, &index, name, LEVEL_NOTE, LEVEL_WARNING))
        write_line(xml, finding);
    write_string(xml->writer, "</system-out>\n");
}

static void write_problems(struct xml *xml, const struct findings *findings) {
    for (size_t i = 0; i < findings->problems.count; i++) {
        write_string(xml->writer, "      <error type=\"failure\"");
        write_attribute(xml, "message", findings->problems.items[i]);
        write_string(xml->writer, "/>\n");
    }
}

static void write_case(struct xml *xml, const struct findings *findings, size_t index) {
    const char *name = case_at(findings, index);
    write_string(xml->writer, "    <testcase");
    write_attribute(xml, "classname", findings->path);
    write_attribute(xml, "name", slice_of(name));
    write_string(xml->writer, ">\n");
    if (index == 0)
        write_problems(xml, findings);
    write_failure(xml, findings, name);
    write_output(xml, findings, name);
    write_string(xml->writer, "    </testcase>\n");
}

struct counts {
    size_t tests, failures, errors;
};

static void count(const struct findings *findings, struct counts *counts) {
    counts->tests += findings->tried_count + 1;
    counts->errors += findings->problems.count > 0;
    for (size_t i = 0; i <= findings->tried_count; i++) {
        size_t index = 0;
        const char *name = case_at(findings, i);
        counts->failures += next_of(findings, &index, name, LEVEL_ERROR, LEVEL_ERROR) != NULL;
    }
}

static void write_head(struct xml *xml, struct slice name, const struct counts *counts) {
    write_attribute(xml, "name", name);
    write_format(xml->writer, " tests=\"%zu\" failures=\"%zu\" errors=\"%zu\">\n", counts->tests,
                 counts->failures, counts->errors);
}

static void write_suite(struct xml *xml, const struct findings *findings) {
    struct counts counts = {0};
    count(findings, &counts);
    write_string(xml->writer, "  <testsuite");
    write_head(xml, findings->path, &counts);
    for (size_t i = 0; i <= findings->tried_count; i++)
        write_case(xml, findings, i);
    write_string(xml->writer, "  </testsuite>\n");
}

void report_junit(struct arena *arena, const struct findings_list *list, struct writer *writer) {
    struct xml xml = {arena, writer};
    struct counts counts = {0};
    struct slice name = text_format(arena, "stridec %.*s", SLICE_ARGS(list->command));
    for (size_t i = 0; i < list->models.count; i++)
        count(list->models.items[i], &counts);
    write_string(writer, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites");
    write_head(&xml, name, &counts);
    for (size_t i = 0; i < list->models.count; i++)
        write_suite(&xml, list->models.items[i]);
    write_string(writer, "</testsuites>\n");
}

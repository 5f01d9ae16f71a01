/* What GitLab takes from a job: a Code Quality report, whose entries it shows at the lines of a
 * merge request, and a list of links, which it shows beside the log. */
// SPDX-License-Identifier: MIT
#include "emit/findings.h"
#include "emit/json_writer.h"

/* ---- Code Quality ------------------------------------------------------------------------ */

static void write_location(struct json *json, struct slice path, size_t line) {
    json_key(json, "location");
    json_open(json, '{');
    json_member(json, "path", path);
    json_key(json, "lines");
    json_open(json, '{');
    json_member_number(json, "begin", line);
    json_close(json, '}');
    json_close(json, '}');
}

static void write_entry(struct json *json, struct slice check, const char *severity,
                        struct slice message, struct slice fingerprint) {
    json_line(json);
    json_open(json, '{');
    json_member(json, "check_name", check);
    json_member_word(json, "severity", severity);
    json_member(json, "description", message);
    json_member(json, "fingerprint", fingerprint);
}

static void write_finding(struct json *json, struct arena *arena, const struct finding *finding) {
    static const char *const severities[LEVEL_COUNT] = {
        [LEVEL_NOTE] = "info", [LEVEL_WARNING] = "minor", [LEVEL_ERROR] = "critical"};
    write_entry(json, text_join(arena, SLICE("stridec"), SLICE("/"), finding->rule->id),
                severities[finding->level], finding->message,
                fingerprint(arena, finding, finding->place.path));
    write_location(json, finding->place.path, finding->place.start.line);
    json_close(json, '}');
}

/* Why a model could not be looked at; its path is what it is known by. */
static void write_problem(struct json *json, struct arena *arena, const struct findings *findings,
                          size_t index) {
    struct slice name =
        text_format(arena, "stridec-failure:%.*s:%zu", SLICE_ARGS(findings->path), index);
    write_entry(json, SLICE("stridec/failure"), "blocker", findings->problems.items[index], name);
    write_location(json, findings->path, 1);
    json_close(json, '}');
}

void report_gitlab(struct arena *arena, const struct findings_list *list, struct writer *writer) {
    struct json json = {.writer = writer};
    size_t count;
    const struct finding **worst = all_worst_first(arena, list, &count);
    json_open_lines(&json);
    for (size_t i = 0; i < list->models.count; i++)
        for (size_t j = 0; j < list->models.items[i]->problems.count; j++)
            write_problem(&json, arena, list->models.items[i], j);
    for (size_t i = 0; i < count; i++)
        write_finding(&json, arena, worst[i]);
    json_close_lines(&json, ']');
    write_char(writer, '\n');
}

/* ---- links ------------------------------------------------------------------------------- */

#define LINK_LIMIT ((size_t)50) /* nobody reads more of them beside a log */

static void write_link(struct json *json, struct slice label, struct slice url) {
    json_line(json);
    json_open(json, '{');
    json_key(json, "external_link");
    json_open(json, '{');
    json_member(json, "label", label);
    json_member(json, "url", url);
    json_close(json, '}');
    json_close(json, '}');
}

static struct slice url_of(struct arena *arena, struct slice link,
                           const struct finding_place *place) {
    struct memory_writer url;
    memory_writer_open(&url, arena);
    write_slice(&url.writer, link);
    write_char(&url.writer, '/');
    write_uri_path(&url.writer, place->path);
    write_format(&url.writer, "#L%zu", place->start.line);
    return memory_writer_close(&url);
}

void report_gitlab_links(struct arena *arena, const struct findings_list *list,
                         struct writer *writer) {
    struct json json = {.writer = writer};
    size_t count;
    const struct finding **worst = all_worst_first(arena, list, &count);
    json_open(&json, '{');
    json_key(&json, "stridec");
    json_open_lines(&json);
    for (size_t i = 0; i < count && i < LINK_LIMIT; i++)
        write_link(&json,
                   text_format(arena, "%s: %.*s [%.*s]", level_words[worst[i]->level],
                               SLICE_ARGS(worst[i]->message), SLICE_ARGS(worst[i]->rule->id)),
                   url_of(arena, list->link, &worst[i]->place));
    if (count > LINK_LIMIT)
        write_link(&json, text_format(arena, "and %zu more", count - LINK_LIMIT), list->link);
    json_close_lines(&json, ']');
    json_close(&json, '}');
    write_char(writer, '\n');
}

/* SARIF 2.1.0 (OASIS), with what GitHub's code scanning needs of it: a run a model, known by its
 * automation id; a result for each finding, known by its fingerprint; the worst first, as only so
 * many are shown. What nothing else reads is left out. */
// SPDX-License-Identifier: MIT
#include "emit/emit.h"
#include "emit/json_writer.h"

#ifndef STRIDEC_VERSION
#error "STRIDEC_VERSION comes from the Makefile"
#endif

static const char *const level_names[LEVEL_COUNT] = {
    [LEVEL_NOTE] = "note", [LEVEL_WARNING] = "warning", [LEVEL_ERROR] = "error"};

/* ---- texts ------------------------------------------------------------------------------- */

/* In a message, [x](1) is a link: text of the user is none. */
static struct slice without_links(struct arena *arena, struct slice text) {
    struct memory_writer plain;
    memory_writer_open(&plain, arena);
    for (size_t i = 0; i < text.length; i++) {
        if (i && text.at[i] == '(' && text.at[i - 1] == ']')
            write_char(&plain.writer, ' ');
        write_char(&plain.writer, text.at[i]);
    }
    return memory_writer_close(&plain);
}

#define LONGEST_DESCRIPTION ((size_t)1024) /* that GitHub takes */

static struct slice clipped(struct slice text) {
    if (text.length <= LONGEST_DESCRIPTION)
        return text;
    size_t length = LONGEST_DESCRIPTION;
    while (((unsigned char)text.at[length] & 0xc0) == 0x80)
        length--;
    return slice_part(text, 0, length);
}

/* "key": {"text": "..."} */
static void write_text(struct json *json, struct arena *arena, const char *key, struct slice text) {
    json_key(json, key);
    json_open(json, '{');
    json_member(json, "text", without_links(arena, text));
    json_close(json, '}');
}

static void write_uri(struct json *json, struct slice path) {
    json_open_words(json);
    if (path.length && *path.at == '/')
        write_string(json->writer, "file://");
    write_uri_path(json->writer, path);
    json_close_words(json);
}

/* ---- rules ------------------------------------------------------------------------------- */

/* GitHub knows four words by ranges of a number. */
static const char *severity_of(struct slice priority) {
    static const struct {
        const char *word, *number;
    } words[] = {{"critical", "9.5"}, {"high", "8.0"}, {"medium", "5.5"}, {"low", "2.0"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(priority, words[i].word))
            return words[i].number;
    return NULL;
}

#define TAG_LIMIT ((size_t)20) /* GitHub refuses a rule with more */

static void write_properties(struct json *json, const struct finding_rule *rule) {
    json_key(json, "properties");
    json_open(json, '{');
    json_key(json, "tags");
    json_open(json, '[');
    json_word(json, rule->is_threat ? "security" : "threat-model");
    for (size_t i = 0; i < rule->tags.count && i < TAG_LIMIT - 1; i++)
        json_string(json, rule->tags.items[i]);
    json_close(json, ']');
    json_member_word(json, "precision", rule->is_threat ? "medium" : "very-high");
    if (!rule->is_threat)
        json_member_word(json, "problem.severity", level_names[rule->level]);
    else if (severity_of(rule->priority))
        json_member_word(json, "security-severity", severity_of(rule->priority));
    json_close(json, '}');
}

static void write_help(struct json *json, struct arena *arena, const struct finding_rule *rule) {
    json_key(json, "help");
    json_open(json, '{');
    json_member(json, "text", without_links(arena, rule->about));
    if (rule->markdown.length)
        json_member(json, "markdown", rule->markdown);
    json_close(json, '}');
}

static void write_rule(struct json *json, struct arena *arena, const struct finding_rule *rule) {
    json_line(json);
    json_open(json, '{');
    json_member(json, "id", rule->id);
    json_member(json, "name", rule->name);
    write_text(json, arena, "shortDescription", clipped(rule->title));
    write_text(json, arena, "fullDescription", clipped(rule->about));
    write_help(json, arena, rule);
    json_key(json, "defaultConfiguration");
    json_open(json, '{');
    json_member_word(json, "level", level_names[rule->level]);
    json_close(json, '}');
    write_properties(json, rule);
    json_close(json, '}');
}

static void write_tool(struct json *json, struct arena *arena, const struct findings *findings) {
    json_key(json, "tool");
    json_open(json, '{');
    json_key(json, "driver");
    json_open(json, '{');
    json_member(json, "name", SLICE("stridec"));
    json_member(json, "semanticVersion", slice_of(STRIDEC_VERSION));
    json_key(json, "rules");
    json_open_lines(json);
    for (size_t i = 0; i < findings->rules.count; i++)
        write_rule(json, arena, findings->rules.items[i]);
    json_close_lines(json, ']');
    json_close(json, '}');
    json_close(json, '}');
}

/* ---- results ----------------------------------------------------------------------------- */

static void write_region(struct json *json, const struct finding_place *place) {
    json_key(json, "region");
    json_open(json, '{');
    json_member_number(json, "startLine", place->start.line);
    json_member_number(json, "startColumn", place->start.column);
    json_member_number(json, "endLine", place->end.line);
    json_member_number(json, "endColumn", place->end.column);
    json_close(json, '}');
}

static void write_location(struct json *json, const struct finding_place *place) {
    json_key(json, "physicalLocation");
    json_open(json, '{');
    json_key(json, "artifactLocation");
    json_open(json, '{');
    json_key(json, "uri");
    write_uri(json, place->path);
    json_close(json, '}');
    write_region(json, place);
    json_close(json, '}');
}

static void write_notes(struct json *json, struct arena *arena, const struct finding *finding) {
    if (!finding->notes)
        return;
    json_key(json, "relatedLocations");
    json_open(json, '[');
    for (const struct finding_note *note = finding->notes; note; note = note->next) {
        json_open(json, '{');
        if (note->place.path.length)
            write_location(json, &note->place);
        write_text(json, arena, "message", note->message);
        json_close(json, '}');
    }
    json_close(json, ']');
}

static void write_suppression(struct json *json, struct arena *arena,
                              const struct suppression *suppression) {
    if (!suppression)
        return;
    json_key(json, "suppressions");
    json_open(json, '[');
    json_open(json, '{');
    json_member_word(json, "kind", "external");
    json_member_word(json, "status", "accepted");
    json_member(json, "justification", without_links(arena, suppression->why));
    json_key(json, "location");
    json_open(json, '{');
    write_location(json, &suppression->place);
    json_close(json, '}');
    json_close(json, '}');
    json_close(json, ']');
}

static void write_standing(struct json *json, const struct finding *finding) {
    if (!finding->score && !finding->gate && !finding->key.length)
        return;
    json_key(json, "properties");
    json_open(json, '{');
    if (finding->gate)
        json_member_word(json, "gate", finding->gate);
    if (finding->key.length)
        json_member(json, "id", finding->key);
    if (finding->score) {
        json_member_number(json, "tier", (size_t)finding->tier);
        json_member_number(json, "score", (size_t)finding->score);
    }
    if (finding->priority.length)
        json_member(json, "priority", finding->priority);
    json_close(json, '}');
}

static void write_result(struct json *json, struct arena *arena, const struct findings *findings,
                         const struct finding *finding) {
    struct arena_mark mark = arena_mark(arena);
    struct finding_place place = shown_place(finding, findings);
    json_line(json);
    json_open(json, '{');
    json_member(json, "ruleId", finding->rule->id);
    json_member_number(json, "ruleIndex", finding->rule->index);
    json_member_word(json, "level", level_names[finding->level]);
    write_text(json, arena, "message", finding->message);
    json_key(json, "locations");
    json_open(json, '[');
    json_open(json, '{');
    write_location(json, &place);
    json_close(json, '}');
    json_close(json, ']');
    json_key(json, "partialFingerprints");
    json_open(json, '{');
    json_member(json, "primaryLocationLineHash", fingerprint(arena, finding, (struct slice){0}));
    json_close(json, '}');
    write_notes(json, arena, finding);
    write_suppression(json, arena, finding->suppression);
    write_standing(json, finding);
    json_close(json, '}');
    arena_rewind(arena, mark);
}

/* ---- runs -------------------------------------------------------------------------------- */

static void write_notification(struct json *json, struct arena *arena, enum level level,
                               struct slice text) {
    json_open(json, '{');
    json_member_word(json, "level", level_names[level]);
    write_text(json, arena, "message", text);
    json_close(json, '}');
}

/* What went wrong besides the model, and how many results are not here. */
static void write_invocation(struct json *json, struct arena *arena,
                             const struct findings *findings, size_t left_out) {
    json_key(json, "invocations");
    json_open(json, '[');
    json_open(json, '{');
    json_member_boolean(json, "executionSuccessful", !findings->problems.count);
    if (left_out || findings->problems.count) {
        json_key(json, "toolExecutionNotifications");
        json_open(json, '[');
        for (size_t i = 0; i < findings->problems.count; i++)
            write_notification(json, arena, LEVEL_ERROR, findings->problems.items[i]);
        if (left_out)
            write_notification(json, arena, LEVEL_WARNING,
                               text_format(arena,
                                           "and %zu more, less severe than the %zu results here",
                                           left_out, SARIF_LIMIT));
        json_close(json, ']');
    }
    json_close(json, '}');
    json_close(json, ']');
}

/* GitHub takes what stands before the last slash for the kind of analysis: another upload of that
 * kind takes the place of this one. */
static void write_automation(struct json *json, struct arena *arena, struct slice command,
                             struct slice path) {
    json_key(json, "automationDetails");
    json_open(json, '{');
    json_member(json, "id",
                text_format(arena, "stridec/%.*s/%.*s/", SLICE_ARGS(command), SLICE_ARGS(path)));
    json_close(json, '}');
}

static void write_run(struct json *json, struct arena *arena, struct slice command,
                      const struct findings *findings) {
    const struct finding **worst = worst_first(arena, findings);
    size_t count = findings->list.count < SARIF_LIMIT ? findings->list.count : SARIF_LIMIT;
    size_t left_out = findings->list.count - count + findings->left_out;
    json_line(json);
    json_open(json, '{');
    write_automation(json, arena, command, findings->path);
    write_tool(json, arena, findings);
    write_invocation(json, arena, findings, left_out);
    json_member_word(json, "columnKind", "unicodeCodePoints");
    json_key(json, "results");
    json_open_lines(json);
    for (size_t i = 0; i < count; i++)
        write_result(json, arena, findings, worst[i]);
    json_close_lines(json, ']');
    json_close(json, '}');
}

void write_sarif(struct arena *arena, const struct findings_list *list, const char *opening,
                 struct slice from, struct writer *writer) {
    struct json json = {.writer = writer};
    struct slice start = slice_of(opening);
    write_slice(writer, slice_part(start, 0, start.length - 1)); /* the name has its own quotes */
    write_json_string(writer, from);
    write_string(writer, "},\n\"$schema\": \"https://json.schemastore.org/sarif-2.1.0.json\",\n"
                         "\"version\": \"2.1.0\",\n\"runs\": ");
    json_open_lines(&json);
    for (size_t i = 0; i < list->models.count; i++)
        write_run(&json, arena, list->command, list->models.items[i]);
    json_close_lines(&json, ']');
    write_string(writer, "\n}\n");
}

void report_sarif(struct arena *arena, const struct findings_list *list, struct writer *writer) {
    write_sarif(arena, list, SARIF_REPORT_OPENING, list->command, writer);
}

/* Commands as text: words of others are quoted, so that the shell takes them as they are. */
// SPDX-License-Identifier: MIT
#include "emit/ways.h"

#include "analysis/agenda.h"
#include "analysis/remedies.h"

static bool is_plain(struct slice word) {
    struct slice plain = SLICE("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                               "_@%+=:,./-");
    for (size_t i = 0; i < word.length; i++)
        if (!slice_has(plain, word.at[i]))
            return false;
    return word.length > 0;
}

static void write_word(struct writer *writer, struct slice word) {
    if (is_plain(word)) {
        write_slice(writer, word);
        return;
    }
    write_char(writer, '\'');
    for (size_t i = 0; i < word.length; i++)
        if (word.at[i] == '\'')
            write_string(writer, "'\\''");
        else
            write_char(writer, word.at[i]);
    write_char(writer, '\'');
}

/* Where the commands go, and what they are about. */
struct finding_ways {
    struct arena *arena;
    struct slice path;
    struct way_list list;
};

/* What would be taken for an option is a path all the same. */
static void open_command(const struct finding_ways *ways, struct memory_writer *command,
                         const char *verb) {
    struct slice path = ways->path;
    memory_writer_open(command, ways->arena);
    write_format(&command->writer, "stridec triage %s ", verb);
    if (slice_starts(path, "-") && path.length > 1)
        path = text_format(ways->arena, "./%.*s", SLICE_ARGS(path));
    write_word(&command->writer, path);
}

static void close_command(struct finding_ways *ways, struct memory_writer *command, size_t group) {
    *ARRAY_ADD(ways->arena, &ways->list) = (struct way){memory_writer_close(command), group};
}

static void add_decision(struct finding_ways *ways, const char *verb, struct slice id,
                         const char *rest) {
    struct memory_writer command;
    open_command(ways, &command, verb);
    write_char(&command.writer, ' ');
    write_word(&command.writer, id);
    write_string(&command.writer, rest);
    close_command(ways, &command, 0);
}

/* ---- facts ------------------------------------------------------------------------------- */

static void add_fact(struct finding_ways *ways, const struct remedy *fact, size_t group) {
    struct memory_writer command;
    if (!fact->value_count)
        return;
    open_command(ways, &command, "state");
    write_char(&command.writer, ' ');
    write_word(&command.writer, decl_id(fact->decl));
    write_format(&command.writer, " %s ", attribute_rows[fact->attribute].name);
    write_word(&command.writer, fact->values[0]);
    close_command(ways, &command, group);
}

/* Those that are enough alone: the only one, or those of an `or`. */
static void add_facts(struct finding_ways *ways, const struct remedy *whole, size_t group) {
    if (!whole->parts)
        add_fact(ways, whole, group);
    for (const struct remedy *at = whole->one_of ? whole->parts : NULL; at; at = at->next)
        if (!at->parts)
            add_fact(ways, at, group);
}

/* What needs several: the whole, or the first such of an `or` that is the whole; or NULL. */
static const struct remedy *find_several(const struct remedy *whole) {
    if (!whole->parts || !whole->one_of)
        return whole->parts ? whole : NULL;
    const struct remedy *part = whole->parts;
    while (part && !part->parts)
        part = part->next;
    return part;
}

static bool has_fact(const struct remedy *part) {
    if (!part->parts)
        return true;
    for (const struct remedy *at = part->parts; at; at = at->next)
        if (!at->parts)
            return true;
    return false;
}

/* Where no single fact of a part is enough, its own groups take the place of its group. */
static void add_groups(struct finding_ways *ways, const struct remedy *whole, size_t *group) {
    for (const struct remedy *part = whole->parts; part; part = part->next) {
        const struct remedy *nested = has_fact(part) ? NULL : find_several(part);
        if (nested)
            add_groups(ways, nested, group);
        else
            add_facts(ways, part, ++*group);
    }
}

/* ---- all --------------------------------------------------------------------------------- */

struct way_list find_ways(const struct emission *emission, struct slice path, const struct row *row,
                          const struct pattern *pattern) {
    struct arena *arena = emission->arena;
    struct finding_ways ways = {.arena = arena, .path = path};
    struct agenda_item item = {.row = row, .pattern = pattern};
    struct slice id = question_id(arena, emission->rows, row, pattern);
    const struct decision *before = decided_before(emission->decisions, &item);
    const struct remedy *remedy =
        pattern ? find_remedies(arena, emission->analysis, pattern) : NULL;
    size_t group = 0;
    if (before)
        add_decision(&ways, "confirm", decl_id(before->decl).length ? decl_id(before->decl) : id,
                     "");
    add_decision(&ways, "add", id, "");
    add_decision(&ways, "dismiss", id, " --reason \"...\"");
    if (remedy)
        add_facts(&ways, remedy, 0);
    if (remedy && find_several(remedy))
        add_groups(&ways, find_several(remedy), &group);
    return ways.list;
}

/* Which commands decide a question, and which facts settle it. */
// SPDX-License-Identifier: MIT
#include "emit/ways.h"

#include "analysis/agenda.h"

/* Where the commands go, and what they are about. */
struct finding_ways {
    struct arena *arena;
    struct slice path;
    struct way_list list;
};

static void open_command(const struct finding_ways *ways, struct memory_writer *command,
                         const char *verb) {
    memory_writer_open(command, ways->arena);
    write_format(&command->writer, "stridec triage %s ", verb);
    write_shell_path(&command->writer, ways->path);
}

static void close_command(struct finding_ways *ways, struct memory_writer *command, size_t group) {
    *ARRAY_ADD(ways->arena, &ways->list) = (struct way){memory_writer_close(command), group};
}

static void add_decision(struct finding_ways *ways, const char *verb, struct slice id,
                         const char *rest) {
    struct memory_writer command;
    open_command(ways, &command, verb);
    write_char(&command.writer, ' ');
    write_shell_word(&command.writer, id);
    write_string(&command.writer, rest);
    close_command(ways, &command, 0);
}

/* ---- facts ------------------------------------------------------------------------------- */

struct finding_facts {
    struct arena *arena;
    struct settling_facts list;
};

static void add_fact(struct finding_facts *facts, const struct remedy *fact, size_t group) {
    *ARRAY_ADD(facts->arena, &facts->list) = (struct settling_fact){fact, group};
}

/* Those that are enough alone: the only one, or those of an `or`. */
static void add_facts(struct finding_facts *facts, const struct remedy *whole, size_t group) {
    if (!whole->parts)
        add_fact(facts, whole, group);
    for (const struct remedy *at = whole->one_of ? whole->parts : NULL; at; at = at->next)
        if (!at->parts)
            add_fact(facts, at, group);
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
static void add_groups(struct finding_facts *facts, const struct remedy *whole, size_t *group) {
    for (const struct remedy *part = whole->parts; part; part = part->next) {
        const struct remedy *nested = has_fact(part) ? NULL : find_several(part);
        if (nested)
            add_groups(facts, nested, group);
        else
            add_facts(facts, part, ++*group);
    }
}

struct settling_facts find_settling_facts(const struct emission *emission,
                                          const struct pattern *pattern) {
    struct finding_facts facts = {.arena = emission->arena};
    const struct remedy *remedy = find_remedies(emission->arena, emission->analysis, pattern);
    size_t group = 0;
    if (remedy)
        add_facts(&facts, remedy, 0);
    if (remedy && find_several(remedy))
        add_groups(&facts, find_several(remedy), &group);
    return facts.list;
}

/* ---- all --------------------------------------------------------------------------------- */

static void add_state(struct finding_ways *ways, const struct settling_fact *settling) {
    struct memory_writer command;
    const struct remedy *fact = settling->fact;
    if (!fact->value_count)
        return;
    open_command(ways, &command, "state");
    write_char(&command.writer, ' ');
    write_shell_word(&command.writer, decl_id(fact->decl));
    write_format(&command.writer, " %s ", attribute_rows[fact->attribute].name);
    write_shell_word(&command.writer, fact->values[0]);
    close_command(ways, &command, settling->group);
}

struct way_list find_ways(const struct emission *emission, struct slice path, const struct row *row,
                          const struct pattern *pattern) {
    struct arena *arena = emission->arena;
    struct finding_ways ways = {.arena = arena, .path = path};
    struct agenda_item item = {.row = row, .pattern = pattern};
    struct slice id = question_id(arena, emission->rows, row, pattern);
    const struct decision *before = decided_before(emission->decisions, &item);
    struct settling_facts facts = {0};
    if (pattern)
        facts = find_settling_facts(emission, pattern);
    if (before)
        add_decision(&ways, "confirm", decl_id(before->decl).length ? decl_id(before->decl) : id,
                     "");
    add_decision(&ways, "add", id, "");
    add_decision(&ways, "dismiss", id, " --reason \"...\"");
    for (size_t i = 0; i < facts.count; i++)
        add_state(&ways, &facts.items[i]);
    return ways.list;
}

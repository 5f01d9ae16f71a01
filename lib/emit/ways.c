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

/* What would be taken for an option is a path all the same. */
static void write_command(const struct emission *emission, struct writer *writer,
                          const char *verb) {
    struct slice name = emission->options.model_name;
    struct slice path = name.length ? name : SLICE("MODEL.dfd");
    write_format(writer, "stridec triage %s ", verb);
    if (slice_starts(path, "-"))
        path = text_format(emission->arena, "./%.*s", SLICE_ARGS(path));
    write_word(writer, path);
}

static void add_decision(const struct emission *emission, struct way_list *ways, const char *verb,
                         struct slice id, const char *rest) {
    struct memory_writer command;
    memory_writer_open(&command, emission->arena);
    write_command(emission, &command.writer, verb);
    write_char(&command.writer, ' ');
    write_word(&command.writer, id);
    write_string(&command.writer, rest);
    *ARRAY_ADD(emission->arena, ways) = memory_writer_close(&command);
}

/* ---- facts ------------------------------------------------------------------------------- */

static void write_fact(const struct emission *emission, struct writer *writer,
                       const struct remedy *fact) {
    write_command(emission, writer, "state");
    write_char(writer, ' ');
    write_word(writer, decl_id(fact->decl));
    write_format(writer, " %s ", attribute_rows[fact->attribute].name);
    write_word(writer, fact->values[0]);
}

/* A fact that is enough for this part of a whole, or NULL where it takes several. */
static const struct remedy *enough_for(const struct remedy *part) {
    if (!part->parts)
        return part->value_count ? part : NULL;
    for (const struct remedy *at = part->one_of ? part->parts : NULL; at; at = at->next)
        if (!at->parts && at->value_count)
            return at;
    return NULL;
}

static void add_fact(const struct emission *emission, struct way_list *ways,
                     const struct remedy *fact) {
    struct memory_writer command;
    if (fact->parts || !fact->value_count)
        return;
    memory_writer_open(&command, emission->arena);
    write_fact(emission, &command.writer, fact);
    *ARRAY_ADD(emission->arena, ways) = memory_writer_close(&command);
}

/* One of each part; nothing where a part takes several. */
static void add_together(const struct emission *emission, struct way_list *ways,
                         const struct remedy *whole) {
    struct memory_writer commands;
    memory_writer_open(&commands, emission->arena);
    for (const struct remedy *part = whole->parts; part; part = part->next) {
        const struct remedy *fact = enough_for(part);
        if (!fact)
            return;
        write_string(&commands.writer, part == whole->parts ? "" : "\n");
        write_fact(emission, &commands.writer, fact);
    }
    *ARRAY_ADD(emission->arena, ways) = memory_writer_close(&commands);
}

static void add_facts(const struct emission *emission, struct way_list *ways,
                      const struct pattern *pattern) {
    const struct remedy *remedy =
        pattern ? find_remedies(emission->arena, emission->analysis, pattern) : NULL;
    if (!remedy)
        return;
    if (!remedy->parts)
        add_fact(emission, ways, remedy);
    else if (!remedy->one_of)
        add_together(emission, ways, remedy);
    for (const struct remedy *part = remedy->one_of ? remedy->parts : NULL; part; part = part->next)
        if (part->parts)
            add_together(emission, ways, part);
        else
            add_fact(emission, ways, part);
}

struct way_list find_ways(const struct emission *emission, const struct row *row,
                          const struct pattern *pattern) {
    struct agenda_item item = {.row = row, .pattern = pattern};
    struct slice id = pattern ? pattern_key(emission->arena, emission->rows, pattern)
                              : row_id(emission->arena, row);
    const struct decision *before = decided_before(emission->decisions, &item);
    struct way_list ways = {0};
    if (before)
        add_decision(emission, &ways, "confirm",
                     decl_id(before->decl).length ? decl_id(before->decl) : id, "");
    add_decision(emission, &ways, "add", id, "");
    add_decision(emission, &ways, "dismiss", id, " --reason \"...\"");
    add_facts(emission, &ways, pattern);
    return ways;
}

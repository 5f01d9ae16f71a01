/* Explains letters and rules, by what the rule packs say, and which rules read what. */
// SPDX-License-Identifier: MIT
#include "explain/explainer.h"

#define COLUMN 12 /* where the texts of a rule stand */

/* ---- letters ----------------------------------------------------------------------------- */

static struct slice when_applies(struct explainer *explainer, const struct method *method,
                                 size_t subject, const struct letter *letter) {
    struct slice never = method->never[subject][letter->index];
    if (method->always[subject] >> letter->index & 1)
        return SLICE("always");
    if (method->by_rule[subject] >> letter->index & 1)
        return SLICE("where a rule asks");
    return text_format(&explainer->project->arena, "never%s%.*s", never.length ? ": " : "",
                       SLICE_ARGS(never));
}

bool explain_letter(struct explainer *explainer) {
    const struct rule_pack *pack = explainer->project->pack;
    const struct letter *letter =
        pack->method ? method_letter(pack->method, explainer->topic) : NULL;
    if (!letter)
        return false;
    tell(explainer, 0, "",
         text_format(&explainer->project->arena, "%.*s: %.*s", SLICE_ARGS(letter->code),
                     SLICE_ARGS(letter->name)));
    tell(explainer, 2, "", letter->about);
    tell_line(explainer);
    for (size_t i = 0; i < SUBJECT_COUNT; i++)
        tell_entry(explainer, COLUMN, slice_of(subject_rows[i].word),
                   when_applies(explainer, pack->method, i, letter));
    write_string(explainer->writer, "\nRules\n");
    for (size_t i = 0; i < pack->rules.count; i++)
        if (pack->rules.items[i]->letter == letter && !pack->rules.items[i]->disabled)
            tell_entry(explainer, 28, pack->rules.items[i]->id, pack->rules.items[i]->title);
    return true;
}

void list_letters(struct explainer *explainer) {
    const struct method *method = explainer->project->pack->method;
    for (size_t i = 0; i < method->letter_count; i++)
        tell_entry(explainer, 7, method->letters[i].code,
                   text_format(&explainer->project->arena, "%.*s: %.*s",
                               SLICE_ARGS(method->letters[i].name),
                               SLICE_ARGS(method->letters[i].about)));
}

/* ---- rules ------------------------------------------------------------------------------- */

/* Runs of blanks and line breaks become one blank; comments go. */
static struct slice on_one_line(struct arena *arena, struct slice text) {
    char *line = arena_copy(arena, text.at, text.length);
    size_t length = 0;
    bool quoted = false, comment = false;
    for (size_t i = 0; i < text.length; i++) {
        char c = text.at[i];
        quoted ^= c == '"';
        comment = (comment || (c == '#' && !quoted)) && c != '\n';
        if (comment || c == '\n' || c == '\r' || c == '\t')
            c = ' ';
        if (c != ' ' || (length && line[length - 1] != ' '))
            line[length++] = c;
    }
    return slice_trim((struct slice){line, length});
}

/* The text inside the brackets of "when ( ... )". */
struct slice condition_source(struct explainer *explainer, const struct rule *rule,
                              const char *word) {
    for (const struct item *item = item_block(rule->decl->item)->items; item; item = item->next) {
        if (item->kind != ITEM_CONDITION || !slice_is(word_text(&item->word), word))
            continue;
        struct slice whole = on_one_line(&explainer->project->arena,
                                         source_slice(decl_source(rule->decl), item_span(item)));
        size_t open = 0;
        while (open < whole.length && whole.at[open] != '(')
            open++;
        struct slice inside = slice_part(whole, open + 1, whole.length);
        return slice_trim(slice_part(inside, 0, inside.length - slice_ends(inside, ")")));
    }
    return (struct slice){0};
}

/* "IDOR, CWE-639, CAPEC-88": all that it is known as. */
static struct slice known_as(struct arena *arena, const struct rule *rule) {
    const struct {
        const struct slice *ids;
        size_t count;
    } lists[] = {{rule->aka, rule->aka_count},
                 {rule->cwe, rule->cwe_count},
                 {rule->capec, rule->capec_count}};
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, arena);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; j < lists[i].count; j++, before = ", ")
            write_format(&memory.writer, "%s%.*s", before, SLICE_ARGS(lists[i].ids[j]));
    return memory_writer_close(&memory);
}

static void tell_references(struct explainer *explainer, const struct rule *rule) {
    struct arena *arena = &explainer->project->arena;
    if (rule->aka_count || rule->cwe_count || rule->capec_count)
        tell_entry(explainer, COLUMN, SLICE("known as"), known_as(arena, rule));
    for (size_t i = 0; i < rule->ref_count; i++)
        tell_entry(explainer, COLUMN, i ? SLICE("") : SLICE("in lists"),
                   text_format(arena, "%s: %s", rule->refs[i]->id, rule->refs[i]->title));
}

/* What makes its score; see score.c. */
static struct slice told_score(struct arena *arena, const struct rule *rule) {
    static const char *const eases[] = {"needs a position, a secret, luck or a mistake of ours",
                                        "a ready tool or a crafted payload",
                                        "one request edited with ordinary tools"};
    static const char *const harms[] = {"only helps another attack", "one object or one user",
                                        "the asset itself"};
    return text_format(arena, "ease %d: %s; harm %d: %s", rule->ease, eases[rule->ease], rule->harm,
                       harms[rule->harm + 2]);
}

static void tell_rule(struct explainer *explainer, const struct rule *rule) {
    static const char *const rows[] = {
        [OF_FROM] = "the row of its source", [OF_TO] = "the row of its target"};
    struct arena *arena = &explainer->project->arena;
    tell(explainer, 0, "",
         text_format(arena, "%.*s: %.*s", SLICE_ARGS(rule->id), SLICE_ARGS(rule->title)));
    tell(explainer, 2, "",
         text_format(arena, "%.*s (%.*s), tried on every %s%s%s%s", SLICE_ARGS(rule->letter->name),
                     SLICE_ARGS(rule->letter->code), subject_rows[rule->on].word,
                     rule->row == OF_SUBJECT ? "" : "; lands on ",
                     rule->row == OF_SUBJECT ? "" : rows[rule->row],
                     rule->disabled ? "; disabled" : ""));
    tell_line(explainer);
    tell_entry(explainer, COLUMN, SLICE("asks"), rule->ask);
    tell_entry(explainer, COLUMN, SLICE("when"), condition_source(explainer, rule, "when"));
    tell_entry(explainer, COLUMN, SLICE("unless"), condition_source(explainer, rule, "unless"));
    if (rule->scenario.length)
        tell_entry(explainer, COLUMN, SLICE("scenario"), rule->scenario);
    if (rule->mitigation.length)
        tell_entry(explainer, COLUMN, SLICE("first"), rule->mitigation);
    tell_entry(explainer, COLUMN, SLICE("score"), told_score(arena, rule));
    tell_references(explainer, rule);
}

/* "greeting is now called greets_nobody.", or what it was split into. */
static struct slice told_apart(struct arena *arena, struct slice id, struct rule *const *now,
                               size_t count) {
    struct memory_writer memory;
    memory_writer_open(&memory, arena);
    write_format(&memory.writer, "%.*s %s ", SLICE_ARGS(id),
                 count > 1 ? "was split into" : "is now called");
    for (size_t i = 0; i < count; i++)
        write_format(&memory.writer, "%s%.*s", i ? ", " : "", SLICE_ARGS(now[i]->id));
    write_char(&memory.writer, '.');
    return memory_writer_close(&memory);
}

/* By an id that rules had before, or the rule of which they are parts. */
static bool explain_old_id(struct explainer *explainer) {
    const struct rule_pack *pack = explainer->project->pack;
    struct arena *arena = &explainer->project->arena;
    ARRAY_OF(struct rule *) now = {0};
    for (size_t i = 0; i < pack->rules.count; i++)
        if (rule_was(pack->rules.items[i], explainer->topic))
            *ARRAY_ADD(arena, &now) = pack->rules.items[i];
    if (!now.count)
        return false;
    tell(explainer, 0, "", told_apart(arena, explainer->topic, now.items, now.count));
    for (size_t i = 0; i < now.count; i++) {
        tell_line(explainer);
        tell_rule(explainer, now.items[i]);
    }
    return true;
}

bool explain_rule(struct explainer *explainer) {
    const struct rule *rule = table_get(&explainer->project->pack->by_id, explainer->topic);
    if (!rule)
        return explain_old_id(explainer);
    tell_rule(explainer, rule);
    return true;
}

static bool has_name(const struct rule *rule, struct slice name) {
    for (size_t i = 0; i < rule->aka_count; i++)
        if (slice_equal_letters(rule->aka[i], name))
            return true;
    return false;
}

/* By a name that people search for, in any case; several rules may have it. */
bool explain_aka(struct explainer *explainer) {
    const struct rule_pack *pack = explainer->project->pack;
    bool found = false;
    for (size_t i = 0; i < pack->rules.count; i++) {
        if (!has_name(pack->rules.items[i], explainer->topic))
            continue;
        if (found)
            tell_line(explainer);
        tell_rule(explainer, pack->rules.items[i]);
        found = true;
    }
    return found;
}

void list_rules(struct explainer *explainer) {
    const struct rule_pack *pack = explainer->project->pack;
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        if (!rule->disabled)
            tell_entry(explainer, 28, rule->id,
                       text_format(&explainer->project->arena, "%.*s %s: %.*s",
                                   SLICE_ARGS(rule->letter->code), subject_rows[rule->on].word,
                                   SLICE_ARGS(rule->title)));
    }
}

/* ---- who reads what ---------------------------------------------------------------------- */

/* The kinds of declarations that a name in a rule's condition may be about. */
static unsigned owner_kinds(const struct condition *condition, unsigned self, unsigned here) {
    switch (condition->of) {
    case OF_SELF:
        return self;
    case OF_FROM:
    case OF_TO:
        return ON_ELEMENT;
    case OF_AT:
        return ON_PROCESS;
    case OF_INTO:
        return ON_BOUNDARY;
    default:
        return here;
    }
}

static bool compares_with(struct explainer *explainer, const struct condition *condition,
                          const struct reader *reader) {
    const struct vocabulary *vocabulary = explainer->project->vocabulary;
    bool safe;
    for (size_t i = 0; i < condition->word_count; i++) {
        struct slice word = symbol_word(vocabulary, condition->words[i]);
        if (reader->value.length ? slice_equal(word, reader->value)
                                 : attribute_rows[reader->id].type == TYPE_NUMBER ||
                                       value_is_known(reader->id, word, &safe))
            return true;
    }
    return false;
}

/* Whether a test reads the value: it compares with it, or it asks for safety and the value is safe.
 */
static bool test_reads(struct explainer *explainer, const struct condition *condition,
                       const struct reader *reader) {
    bool safe;
    if (condition->kind == CONDITION_VALUE)
        return compares_with(explainer, condition, reader);
    if (condition->kind != CONDITION_SAFE)
        return condition->kind == CONDITION_STATED;
    return !reader->value.length || (value_is_known(reader->id, reader->value, &safe) && safe);
}

static bool reads(struct explainer *explainer, const struct condition *condition,
                  const struct reader *reader, unsigned self, unsigned here) {
    const struct attribute_row *row = &attribute_rows[reader->id];
    enum attribute_id family =
        attribute_family(&explainer->project->vocabulary->attributes, slice_of(row->name));
    bool test = condition->kind == CONDITION_SAFE || condition->kind == CONDITION_STATED ||
                condition->kind == CONDITION_VALUE;
    if (test && condition->family == family && (owner_kinds(condition, self, here) & row->kinds) &&
        test_reads(explainer, condition, reader))
        return true;
    if (condition->kind == CONDITION_QUANTIFIER)
        here = ON_FLOW;
    for (const struct condition *part = condition->parts; part; part = part->next)
        if (reads(explainer, part, reader, self, here))
            return true;
    return false;
}

static struct slice readers_of(struct explainer *explainer, const struct reader *reader,
                               bool unless) {
    const struct rule_pack *pack = explainer->project->pack;
    struct memory_writer memory;
    const char *before = "";
    memory_writer_open(&memory, &explainer->project->arena);
    for (size_t i = 0; i < pack->rules.count; i++) {
        const struct rule *rule = pack->rules.items[i];
        unsigned kinds = subject_rows[rule->on].kinds;
        if (rule->disabled ||
            !reads(explainer, unless ? rule->unless : rule->when, reader, kinds, kinds))
            continue;
        write_format(&memory.writer, "%s%.*s", before, SLICE_ARGS(rule->id));
        before = ", ";
    }
    return memory_writer_close(&memory);
}

void tell_readers(struct explainer *explainer, size_t column, const struct reader *reader) {
    tell(explainer, column, "decides  ", readers_of(explainer, reader, false));
    tell(explainer, column, "answers  ", readers_of(explainer, reader, true));
}

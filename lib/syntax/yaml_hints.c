/* Only what nobody would mean is reported: an id or a label may be any text otherwise. */
// SPDX-License-Identifier: MIT
#include "syntax/yaml_hints.h"

#include "syntax/lexer.h"
#include "syntax/synonyms.h"

#define SHOWN 40 /* the most characters of the text that a message repeats */

static struct slice shown(struct slice text) {
    return slice_part(text, 0, SHOWN);
}

static struct slice first_line(struct slice text) {
    struct slice line = {0};
    slice_cut(&text, '\n', &line);
    return slice_trim(line);
}

static bool is_key_of(const struct yaml_hints *hints, enum kind kind, struct slice word) {
    return slice_is(word, "label") || slice_is(word, "evidence") ||
           (kind == KIND_FLOW && (slice_is(word, "from") || slice_is(word, "to"))) ||
           attribute_find(hints->attributes, word, kind) != ATTRIBUTE_COUNT;
}

/* The two halves of `kind:api`, of `kind api` and of `kind = api`. */
static bool split_attribute(struct slice text, struct slice *name, struct slice *value,
                            bool *colon) {
    size_t end = 0;
    while (end < text.length && is_word_character(text.at[end]))
        end++;
    *name = slice_part(text, 0, end);
    struct slice rest = slice_part(text, end, text.length);
    *colon = slice_starts(rest, ":");
    struct slice between = slice_part(rest, *colon, rest.length);
    *value = slice_trim(between);
    if (slice_starts(*value, "="))
        *value = slice_trim(slice_part(*value, 1, value->length));
    return name->length && value->length && !(*colon && slice_starts(*value, "/"));
}

/* `logs central`, but not `data service`. */
static bool is_known(const struct yaml_hints *hints, enum kind kind, struct slice name,
                     struct slice value) {
    enum attribute_id id = attribute_find(hints->attributes, name, kind);
    bool safe;
    return id != ATTRIBUTE_COUNT && *attribute_rows[id].values && value_is_known(id, value, &safe);
}

bool report_attribute_as_text(const struct yaml_hints *hints, enum kind kind,
                              const struct yaml_node *text, uint32_t key_end) {
    struct slice line = first_line(source_slice(hints->source, text->span)), name, value;
    struct slice before = slice_part(hints->source->text, key_end, text->span.start - key_end);
    bool colon, own_line = slice_has(before, '\n');
    if (!text->plain || !split_attribute(line, &name, &value, &colon) ||
        !is_key_of(hints, kind, name) ||
        !(colon || (own_line && (slice_has(line, '=') || is_known(hints, kind, name, value)))))
        return false;
    struct span span = {text->span.start, text->span.start + (uint32_t)line.length};
    struct diagnostic *added = diag_add(hints->diagnostics, DIAG_attribute_as_text, hints->source,
                                        span, ARGS(shown(line)));
    diag_hint(hints->diagnostics, added, "write '%.*s: %.*s', with a blank after the ':'",
              SLICE_ARGS(name), SLICE_ARGS(shown(value)));
    return true;
}

bool report_key_without_blank(const struct yaml_hints *hints, const struct yaml_node *key) {
    struct slice name, value;
    bool colon;
    if (key->kind != YAML_NODE_SCALAR || !key->plain ||
        !split_attribute(key->text, &name, &value, &colon) || !colon)
        return false;
    struct diagnostic *added = diag_add(hints->diagnostics, DIAG_attribute_as_text, hints->source,
                                        key->span, ARGS(shown(key->text)));
    diag_hint(hints->diagnostics, added, "write '%.*s: %.*s', with a blank after the ':'",
              SLICE_ARGS(name), SLICE_ARGS(shown(value)));
    return true;
}

static bool is_empty(const struct item *item) {
    return item && !word_text(&item->head->label).at && !items_inside(item);
}

bool report_attribute_as_id(const struct yaml_hints *hints, enum kind kind,
                            const struct yaml_node *key, const struct item *before, bool again) {
    const struct yaml_node *value = key->next;
    bool beside = before && slice_is(word_text(&before->word), kind_rows[kind].word);
    if (value->kind != YAML_NODE_SCALAR || !value->plain || !value->text.length || !beside ||
        !word_text(&before->head->name).length || !is_key_of(hints, kind, key->text) ||
        !(is_empty(before) || is_known(hints, kind, key->text, value->text)))
        return false;
    if (again)
        return true;
    struct diagnostic *added = diag_add(hints->diagnostics, DIAG_attribute_as_id, hints->source,
                                        key->span, ARGS(key->text, slice_of(kind_rows[kind].word)));
    diag_hint(hints->diagnostics, added, "indent it deeper than '%.*s', to stand inside of it",
              SLICE_ARGS(shown(word_text(&before->head->name))));
    return true;
}

bool report_nested(const struct yaml_hints *hints, enum kind kind, const struct yaml_node *key,
                   struct slice owner) {
    if (key->next->kind != YAML_NODE_MAP || slice_is(key->text, "evidence") ||
        attribute_find(hints->attributes, key->text, kind) != ATTRIBUTE_COUNT)
        return false;
    struct diagnostic *added =
        diag_add(hints->diagnostics, DIAG_unknown_attribute, hints->source, key->span,
                 ARGS(slice_of(kind_rows[kind].article), key->text));
    const char *section = section_meant(key->text);
    if (kind != KIND_BOUNDARY)
        diag_hint(hints->diagnostics, added, "each declaration stands in its section, keyed by id");
    else if (section)
        diag_hint(hints->diagnostics, added,
                  "nothing nests here: write it in the section '%s', with 'in: %.*s'", section,
                  SLICE_ARGS(shown(owner)));
    else
        diag_hint(hints->diagnostics, added,
                  "nothing nests here: write '%.*s' in its section, with 'in: %.*s'",
                  SLICE_ARGS(shown(key->text)), SLICE_ARGS(shown(owner)));
    return true;
}

static bool split_arrow(struct slice text, struct slice *from, struct slice *to) {
    struct slice rest = text;
    if (!slice_cut(&rest, '>', from) || !slice_ends(*from, "-") || !slice_trim(rest).length)
        return false;
    from->length--;
    *from = slice_trim(*from);
    *to = slice_trim(rest);
    return from->length > 0;
}

bool report_arrow_as_id(const struct yaml_hints *hints, const struct yaml_node *key) {
    struct slice from, to;
    if (!split_arrow(key->text, &from, &to))
        return false;
    struct diagnostic *added = diag_add(hints->diagnostics, DIAG_malformed_id, hints->source,
                                        key->span, ARGS(shown(key->text)));
    diag_hint(hints->diagnostics, added, "write '%.*s_to_%.*s: { from: %.*s, to: %.*s }'",
              SLICE_ARGS(shown(from)), SLICE_ARGS(shown(to)), SLICE_ARGS(shown(from)),
              SLICE_ARGS(shown(to)));
    return true;
}

void hint_arrow_as_label(const struct yaml_hints *hints, struct diagnostic *added,
                         struct slice name, struct slice label) {
    struct slice from, to;
    if (split_arrow(label, &from, &to))
        diag_hint(hints->diagnostics, added, "write '%.*s: { from: %.*s, to: %.*s }'",
                  SLICE_ARGS(shown(name)), SLICE_ARGS(shown(from)), SLICE_ARGS(shown(to)));
}

static struct slice value_of(const struct yaml_node *map, const char *key) {
    for (const struct yaml_node *at = map->first; at && at->next; at = at->next->next)
        if (slice_is(at->text, key) && at->next->kind == YAML_NODE_SCALAR)
            return shown(at->next->text);
    return SLICE("");
}

/* The id that an entry of a list would have as a key. */
static struct slice id_of_entry(const struct yaml_hints *hints, const struct yaml_node *entry) {
    if (!entry || entry->kind == YAML_NODE_LIST)
        return SLICE("ID");
    if (entry->kind == YAML_NODE_SCALAR)
        return shown(entry->text);
    struct slice id = value_of(entry, "id"), from = value_of(entry, "from");
    if (id.length)
        return id;
    if (!from.length)
        return SLICE("ID");
    return text_format(hints->diagnostics->arena, "%.*s_to_%.*s", SLICE_ARGS(from),
                       SLICE_ARGS(value_of(entry, "to")));
}

void hint_section_shape(const struct yaml_hints *hints, struct diagnostic *added,
                        struct slice section, const struct yaml_node *node) {
    if (node->kind == YAML_NODE_LIST)
        diag_hint(hints->diagnostics, added, "no list: write '%.*s:' and its attributes below",
                  SLICE_ARGS(id_of_entry(hints, node->first)));
    else
        diag_hint(hints->diagnostics, added, "write '%.*s:' on a line of its own below '%.*s:'",
                  SLICE_ARGS(shown(node->text)), SLICE_ARGS(section));
}

bool has_ends_by_other_names(const struct yaml_hints *hints, const struct item *flow) {
    for (const struct item *inner = items_inside(flow); inner; inner = inner->next) {
        const struct attribute_synonym *meant =
            attribute_meant(hints->attributes, word_text(&inner->word), KIND_FLOW);
        if (meant && slice_is(slice_of(meant->ours), "ends"))
            return true;
    }
    return false;
}

void hint_section(const struct yaml_hints *hints, struct diagnostic *added, struct slice key,
                  struct slice empty, const struct slice *sections, size_t count) {
    static const char *const elsewhere[] = {"methods",    "rules",       "threats",
                                            "dismissals", "mitigations", "risks",
                                            "reviews",    "policies",    "baselines"};
    bool other = false;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++)
        other |= slice_is(key, elsewhere[i]);
    enum kind kind = kind_find(key);
    const char *meant = slice_is(key, "import") ? "imports" : section_meant(key);
    if (empty.length)
        diag_hint(hints->diagnostics, added, "if it belongs to '%.*s:', indent it",
                  SLICE_ARGS(empty));
    else if (meant)
        diag_replace(hints->diagnostics, added, meant);
    else if (other || (kind != KIND_COUNT && !*kind_rows[kind].section))
        diag_hint(hints->diagnostics, added, "rule packs and triage files have the DSL form only");
    else
        diag_suggest(hints->diagnostics, added, key, sections, count);
}

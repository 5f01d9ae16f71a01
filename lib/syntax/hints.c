/* Words of other tools come first (synonyms.def), then attributes of other kinds, then slips. */
// SPDX-License-Identifier: MIT
#include "syntax/hints.h"

#include "syntax/synonyms.h"

#include <string.h>

/* Known values are listed up to this many characters; then `explain` lists them. */
#define LISTED 200

/* "'kind: queue' is for a store" where the word is a value of an attribute of this name, but of another
 * kind of declaration. */
static struct slice value_elsewhere(struct arena *arena, enum attribute_id id, struct slice typed) {
    const char *name = attribute_rows[id].name;
    bool safe;
    for (enum attribute_id other = 0; other < ATTRIBUTE_COUNT; other++) {
        if (other == id || strcmp(attribute_rows[other].name, name) != 0 ||
            !*attribute_rows[other].values)
            continue;
        struct slice meant = attribute_meaning(other, typed, &safe);
        for (size_t kind = 0; meant.length && kind < KIND_COUNT; kind++)
            if (kind_in((enum kind)kind, attribute_rows[other].kinds))
                return text_format(arena, "'%s: %.*s' is for %s", name, SLICE_ARGS(meant),
                                   kind_rows[kind].article);
    }
    return (struct slice){"", 0};
}

void hint_values(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                 enum attribute_id id, struct slice typed) {
    struct slice near = attribute_nearest_value(id, typed), value;
    struct memory_writer text;
    const char *rest = attribute_rows[id].values;
    bool ignored, first = true;
    memory_writer_open(&text, diagnostics->arena);
    for (; attribute_next_value(&rest, &value, &ignored); first = false)
        write_format(&text.writer, "%s%.*s", first ? "known are " : ", ", SLICE_ARGS(value));
    struct slice known = memory_writer_close(&text);
    if (known.length > LISTED)
        known = text_format(diagnostics->arena, "`stridec explain %s` lists the known ones",
                            attribute_rows[id].name);
    struct slice elsewhere = value_elsewhere(diagnostics->arena, id, typed);
    struct slice bare = slice_part(typed, 0, typed.length - (typed.length > 0));
    if ((slice_ends(typed, ",") || slice_ends(typed, ";")) && value_is_known(id, bare, &ignored))
        diag_hint(diagnostics, diagnostic, "leave the '%c' away", typed.at[typed.length - 1]);
    else if (elsewhere.length)
        diag_hint(diagnostics, diagnostic, "%.*s; here, %.*s", SLICE_ARGS(elsewhere),
                  SLICE_ARGS(known));
    else if (near.length) {
        diag_hint(diagnostics, diagnostic, "did you mean '%.*s'? %.*s", SLICE_ARGS(near),
                  SLICE_ARGS(known));
        diag_fix(diagnostics, diagnostic, near);
    } else
        diag_hint(diagnostics, diagnostic, "%.*s", SLICE_ARGS(known));
}

/* ---- attributes -------------------------------------------------------------------------- */

static bool is_among(struct slice word, const char *const *words) {
    for (; *words; words++)
        if (slice_equal_letters(word, slice_of(*words)))
            return true;
    return false;
}

static bool says_yes(struct slice word) {
    static const char *const words[] = {"yes", "true", "on", "y", "1", "enabled", "required", NULL};
    return is_among(word, words);
}

static bool says_no(struct slice word) {
    static const char *const words[] = {"no",       "false", "off",   "n", "0",
                                        "disabled", "none",  "never", NULL};
    return is_among(word, words);
}

void hint_yes_or_no(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                    struct slice typed) {
    if (says_yes(typed) || says_no(typed))
        diag_replace(diagnostics, diagnostic, says_yes(typed) ? "yes" : "no");
}

/* A word of another name for the attribute, and its value: written as ours where it means the same,
 * else the attribute alone. */
static void hint_meant(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                       const struct attribute_synonym *meant, enum attribute_id id,
                       const struct item *item) {
    const struct value *value = item->kind == ITEM_ATTRIBUTE ? item->value : NULL;
    struct slice word =
        value && value->word.kind != VALUE_LIST ? word_text(&value->word) : SLICE("");
    bool safe, yes = says_yes(word), no = says_no(word);
    bool known = word.length && *attribute_rows[id].values && value_is_known(id, word, &safe);
    const char *same = yes ? meant->yes : no ? meant->no : "";
    if (*same)
        diag_hint(diagnostics, diagnostic, "write '%s: %s'", meant->ours, same);
    else if (known && !(yes || no) && attribute_rows[id].type != TYPE_NUMBER)
        diag_hint(diagnostics, diagnostic, "write '%s: %.*s'", meant->ours, SLICE_ARGS(word));
    else {
        diag_hint(diagnostics, diagnostic, "write '%s': %c%s", meant->ours,
                  lower_letter(*attribute_rows[id].about), attribute_rows[id].about + 1);
        diag_fix(diagnostics, diagnostic, slice_of(meant->ours));
    }
}

/* Label and ends, which are no attributes in the DSL. */
static bool hint_head(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                      const struct attribute_synonym *meant, enum kind kind,
                      const struct item *item, bool is_yaml) {
    static const char *const targets[] = {"target", "targetid", "destination", "dest",
                                          "dst",    "sink",     "to",          NULL};
    static const char *const ways[] = {"direction", "bidirectional", NULL};
    struct slice ours = slice_of(meant->ours);
    if (slice_is(ours, "ends") && is_among(word_text(&item->word), ways))
        diag_hint(diagnostics, diagnostic,
                  "a flow goes one way, from its source to its target; both ways are two flows");
    else if (slice_is(ours, "ends") && is_yaml)
        diag_hint(diagnostics, diagnostic, "write '%s'",
                  is_among(word_text(&item->word), targets) ? "to" : "from");
    else if (slice_is(ours, "ends"))
        diag_hint(diagnostics, diagnostic, "the ends stand before the '{': flow NAME = a -> b");
    else if (slice_is(ours, "request"))
        diag_hint(diagnostics, diagnostic,
                  "what is asked of whom stands in the label of a flow: %s",
                  is_yaml ? "label: \"POST /orders\"" : "a -> b : \"POST /orders\"");
    else if (slice_is(ours, "label") && is_yaml)
        diag_hint(diagnostics, diagnostic, "write 'label'; more text goes into 'about'");
    else if (slice_is(ours, "label"))
        diag_hint(
            diagnostics, diagnostic,
            "the label stands in quotes before the '{': %s %s\"...\"; more text goes into 'about'",
            kind_rows[kind].word, kind == KIND_FLOW ? "NAME = a -> b : " : "ID ");
    else
        return false;
    return true;
}

/* Whether the word is the contrary of the other by un-, no-, in- or the like, with or without a
 * slip. */
static bool is_contrary(struct slice typed, struct slice name) {
    static const char *const turns[] = {"un", "no", "non", "not", "in", "dis", "de", "anti"};
    for (size_t i = 0; i < sizeof turns / sizeof *turns; i++) {
        struct slice rest = slice_part(typed, strlen(turns[i]), typed.length);
        if (slice_starts(typed, turns[i]) && !slice_starts(name, turns[i]) &&
            text_distance(rest, name) < text_distance(typed, name))
            return true;
    }
    return false;
}

/* Hints at the nearest attribute of the kind, or at its contrary. */
static void hint_slip(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                      enum kind kind, const struct item *item) {
    struct slice names[ATTRIBUTE_COUNT];
    enum attribute_id ids[ATTRIBUTE_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < ATTRIBUTE_COUNT; i++)
        if (kind_in(kind, attribute_rows[i].kinds)) {
            ids[count] = (enum attribute_id)i;
            names[count++] = slice_of(attribute_rows[i].name);
        }
    int nearest = text_nearest(word_text(&item->word), names, count);
    if (nearest < 0)
        return;
    const struct slice *name = &names[nearest];
    struct slice value =
        item->kind == ITEM_ATTRIBUTE && item->value ? word_text(&item->value->word) : SLICE("");
    if (!is_contrary(word_text(&item->word), *name)) {
        diag_hint(diagnostics, diagnostic, "did you mean '%.*s'?", SLICE_ARGS(*name));
        diag_fix(diagnostics, diagnostic, *name);
    } else if (attribute_rows[ids[nearest]].type == TYPE_YESNO && says_yes(value))
        diag_hint(diagnostics, diagnostic, "write '%.*s: no'", SLICE_ARGS(*name));
}

static struct slice owners_of(struct diagnostics *diagnostics, const struct attribute_index *index,
                              enum attribute_id first) {
    struct memory_writer kinds;
    memory_writer_open(&kinds, diagnostics->arena);
    size_t count = 0;
    for (enum attribute_id id = first; id != ATTRIBUTE_COUNT; id = index->next[id])
        for (size_t kind = 0; kind < KIND_COUNT; kind++)
            if (kind_in((enum kind)kind, attribute_rows[id].kinds))
                write_format(&kinds.writer, "%s%s", count++ ? " or " : "", kind_rows[kind].article);
    return memory_writer_close(&kinds);
}

void hint_attribute(struct diagnostics *diagnostics, struct diagnostic *diagnostic,
                    const struct attribute_index *index, enum kind kind, const struct item *item,
                    bool is_yaml) {
    if (slice_is(word_text(&item->word), "evidence") && kind_in(kind, ON_SUBJECT | ON_BOUNDARY)) {
        diag_hint(diagnostics, diagnostic,
                  "it is a block, with a place for each fact: evidence { FACT: \"FILE#NAME\" }");
        return;
    }
    const struct attribute_synonym *meant = attribute_meant(index, word_text(&item->word), kind);
    enum attribute_id own =
        meant ? attribute_find(index, slice_of(meant->ours), kind) : ATTRIBUTE_COUNT;
    enum attribute_id other = attribute_family(index, word_text(&item->word));
    if (own != ATTRIBUTE_COUNT) {
        hint_meant(diagnostics, diagnostic, meant, own, item);
    } else if (other != ATTRIBUTE_COUNT &&
               !(meant && kind == KIND_FLOW && slice_is(slice_of(meant->ours), "ends"))) {
        diag_hint(diagnostics, diagnostic, "it belongs on %.*s",
                  SLICE_ARGS(owners_of(diagnostics, index, other)));
    } else if (meant && slice_is(slice_of(meant->ours), "inside")) {
        diag_hint(diagnostics, diagnostic,
                  is_yaml ? "what lies in it says so itself: 'in: ID'"
                          : "what lies in it stands between its { }");
    } else if (meant && !hint_head(diagnostics, diagnostic, meant, kind, item, is_yaml)) {
        enum attribute_id elsewhere = attribute_family(index, slice_of(meant->ours));
        if (elsewhere != ATTRIBUTE_COUNT)
            diag_hint(diagnostics, diagnostic, "'%s' says it, on %.*s", meant->ours,
                      SLICE_ARGS(owners_of(diagnostics, index, elsewhere)));
        else
            diag_replace(diagnostics, diagnostic, meant->ours);
    } else if (!meant) {
        hint_slip(diagnostics, diagnostic, kind, item);
    }
}

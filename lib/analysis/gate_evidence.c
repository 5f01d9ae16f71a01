/* The gate's rule about evidence: each place in the repository that a fact or a mitigation names is
 * an ordinary file, and what stands after # is found in it. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

#include "base/intake.h"

#define SHORTEST_IDENTIFIER 4
#define EVIDENCE_LIMIT ((size_t)16 << 20)

struct evidence {
    struct gate *gate;
    struct table texts; /* path -> struct slice; its `at` is NULL where it cannot be read */
};

static bool is_identifier(struct slice text) {
    for (size_t i = 0; i < text.length; i++) {
        char c = lower_letter(text.at[i]);
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr("_$-.:", c))
            return false;
    }
    return text.length >= SHORTEST_IDENTIFIER;
}

/* Inside the root, and no folder or file in it is hidden. */
static bool is_plain_path(struct slice path) {
    struct slice rest = path, part;
    if (!path.length || slice_starts(path, "/") || slice_has(path, '\0') || slice_has(path, '\\'))
        return false;
    while (slice_cut(&rest, '/', &part))
        if (slice_starts(part, "."))
            return false;
    return true;
}

static bool contains(struct slice text, struct slice word) {
    for (size_t i = 0; i + word.length <= text.length; i++) {
        const char *found = memchr(text.at + i, *word.at, text.length - word.length - i + 1);
        if (!found)
            return false;
        i = (size_t)(found - text.at);
        if (memcmp(found, word.at, word.length) == 0)
            return true;
    }
    return false;
}

static const struct slice *text_of(struct evidence *evidence, struct slice path) {
    struct gate *gate = evidence->gate;
    struct slice *text = table_get(&evidence->texts, path);
    if (text)
        return text;
    struct intake intake;
    text = ARENA_NEW(gate->arena, struct slice);
    intake_open(&intake, gate->arena, EVIDENCE_LIMIT);
    enum diag_code refusal = gate->options->load(
        gate->options->load_context, slice_string(gate->arena, path), intake_take, &intake);
    *text = intake_close(&intake);
    if (refusal != DIAG_COUNT || intake.too_large)
        text->at = NULL;
    return table_intern(gate->arena, &evidence->texts, path, text);
}

/* NULL: it is there; else why not. */
static const char *refuse(struct evidence *evidence, struct slice place) {
    struct slice path = place, rest = place, word = {"", 0};
    if (slice_has(place, '#')) {
        slice_cut(&rest, '#', &path);
        word = rest;
        if (!is_identifier(word))
            return "what stands after # is no identifier of four characters or more";
    }
    if (!is_plain_path(path))
        return "it is no path from the root without dot folders";
    const struct slice *text = text_of(evidence, path);
    if (!text->at)
        return "no such file can be read inside the root";
    return !word.length || contains(*text, word) ? NULL : "the file does not have it";
}

static void check(struct evidence *evidence, const struct decl *decl,
                  const struct attribute *attribute) {
    if (!attribute || !attribute->stated)
        return;
    struct slice place = word_text(&attribute->item->value->word);
    const char *why = refuse(evidence, place);
    if (!why)
        return;
    struct diagnostic *added = gate_add(evidence->gate, DIAG_evidence_gone, decl,
                                        text_join(evidence->gate->arena, decl_id(decl), SLICE("."),
                                                  slice_of(attribute_rows[attribute->id].name)),
                                        ARGS(place, slice_of(why)));
    if (added)
        added->span = attribute_span(attribute);
}

static void check_kind(struct evidence *evidence, const struct decl_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const struct decl *decl = list->items[i];
        if (more_of(decl)->origin)
            continue; /* looked at for its own file */
        for (const struct attribute *at = more_of(decl)->evidence; at; at = at->next)
            check(evidence, decl, at);
    }
}

void gate_evidence(struct gate *gate) {
    struct evidence evidence = {.gate = gate};
    if (!gate->options->load)
        return;
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, ON_SUBJECT | ON_BOUNDARY))
            check_kind(&evidence, &gate->rows->analysis->shown->of[kind]);
    const struct decl_list *mitigations = &gate->decisions->mitigations;
    for (size_t i = 0; i < mitigations->count; i++) {
        check(&evidence, mitigations->items[i],
              decl_attribute(mitigations->items[i], ATTRIBUTE_code));
        check(&evidence, mitigations->items[i],
              decl_attribute(mitigations->items[i], ATTRIBUTE_test));
    }
}

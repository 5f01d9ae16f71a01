/* The gate's rule about evidence: each place in the repository that a fact or a mitigation names is
 * an ordinary file, and what stands after # is found in it. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

static void check(struct gate *gate, const struct decl *decl, const struct attribute *attribute) {
    if (!attribute || !attribute->stated)
        return;
    struct slice place = word_text(&attribute->item->value->word);
    const char *why = evidence_fault(gate->options->evidence, place);
    if (!why)
        return;
    struct diagnostic *added = gate_add(gate, DIAG_evidence_gone, decl,
                                        text_join(gate->arena, decl_id(decl), SLICE("."),
                                                  slice_of(attribute_rows[attribute->id].name)),
                                        ARGS(place, slice_of(why)));
    if (added)
        added->span = attribute_span(attribute);
}

static void check_kind(struct gate *gate, const struct decl_list *list) {
    for (size_t i = 0; i < list->count; i++) {
        const struct decl *decl = list->items[i];
        if (more_of(decl)->origin)
            continue; /* looked at for its own file */
        for (const struct attribute *at = more_of(decl)->evidence; at; at = at->next)
            check(gate, decl, at);
    }
}

void gate_evidence(struct gate *gate) {
    const struct model *shown = gate->rows->analysis->shown;
    const struct decl_list *mitigations = &gate->decisions->mitigations;
    look_at_evidence(gate->options->evidence, shown, mitigations);
    for (unsigned kind = 0; kind < KIND_COUNT; kind++)
        if (kind_in((enum kind)kind, ON_SUBJECT | ON_BOUNDARY))
            check_kind(gate, &shown->of[kind]);
    for (size_t i = 0; i < mitigations->count; i++) {
        check(gate, mitigations->items[i], decl_attribute(mitigations->items[i], ATTRIBUTE_code));
        check(gate, mitigations->items[i], decl_attribute(mitigations->items[i], ATTRIBUTE_test));
    }
}

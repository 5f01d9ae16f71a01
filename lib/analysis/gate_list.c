/* The gate's rule about a list that holds the open items of the model: they are those of now. */
// SPDX-License-Identifier: MIT
#include "analysis/gate_rules.h"

void gate_checklist(struct gate *gate) {
    const struct gate_list *list = gate->options->list;
    if (!list || !list->fault)
        return;
    struct diagnostic *added = gate_add_at(
        gate, DIAG_checklist_outdated, diag_kind(DIAG_checklist_outdated)->level, list->source,
        list->place, list->model, ARGS(list->model, slice_of(list->fault)));
    if (added) {
        added->about_file = list->place.end == 0;
        diag_hint(gate->diagnostics, added, "`stridec checklist` writes them anew");
    }
}

/* What the rows suggest where nobody says otherwise: likelihood and impact, on the scale of the
 * scores that are there. */
// SPDX-License-Identifier: MIT
#include "analysis/threats.h"
#include "project/decider.h"

/* 2 is low, 5 is critical. */
struct slice level_text(struct decider *decider, int level) {
    static const char *const words[] = {"low", "low", "medium", "high", "critical"};
    const struct decisions *decisions = decider->project->decisions;
    bool in_words = false;
    for (size_t i = 0; i < decisions->threats.count; i++) {
        struct slice word =
            decl_text(decisions->threats.items[i]->decision.decl, ATTRIBUTE_likelihood);
        int ignored;
        in_words |= word.length && !slice_number(word, &ignored);
    }
    for (size_t i = 0; i < decisions->policies.count; i++)
        in_words |= attribute_says(decisions->policies.items[i], ATTRIBUTE_scale, "words");
    return in_words ? slice_of(words[level - 1]) : text_format(decider->arena, "%d", level);
}

/* What the most severe of the questions suggests, where nobody says otherwise. */
void suggest_scores(struct writing *writing) {
    const struct rows *rows = writing->decider->project->rows;
    struct score most = {0};
    for (size_t i = 0; i < writing->count; i++) {
        const struct target *target = &writing->targets[i];
        const struct row *row = row_of(rows, target->subject, target->letter);
        struct score score = score_of(writing->decider->arena, rows, row,
                                      target->pattern ? target->pattern : row->scored);
        if (score.points > most.points)
            most = score;
    }
    if (!most.points)
        return;
    writing_suggest(writing, ATTRIBUTE_likelihood, level_text(writing->decider, most.likelihood));
    writing_suggest(writing, ATTRIBUTE_threat_impact, level_text(writing->decider, most.impact));
}

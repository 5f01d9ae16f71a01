/* Which scores have which priority, as it is written. */
// SPDX-License-Identifier: MIT
#include "syntax/bands.h"

/* False, and reported, when the pair has no meaning or is not lower than the one before. */
static bool read_band(struct diagnostics *diagnostics, struct source *source,
                      const struct value *pair, struct bands *bands) {
    const struct value *first = value_items(pair), *second = first ? first->next : NULL;
    if (!second)
        return false; /* reported where the list was read */
    const struct word *word = &first->word, *number = &second->word;
    struct band band = {.word = word_text(word)};
    bool safe;
    if (!value_is_known(ATTRIBUTE_priority, word_text(word), &safe)) {
        struct diagnostic *added = diag_add(diagnostics, DIAG_unknown_keyword, source,
                                            word_span(word), ARGS(word_text(word), SLICE("bands")));
        diag_hint(diagnostics, added, "known are low, medium, high, critical");
        return false;
    }
    if (!slice_number(word_text(number), &band.lowest) || band.lowest < 1 ||
        band.lowest > SCORE_LIMIT) {
        struct diagnostic *added = diag_add(diagnostics, DIAG_wrong_band, source, word_span(number),
                                            ARGS(word_text(number)));
        diag_hint(diagnostics, added, "scores are 1 to %d", SCORE_LIMIT);
        return false;
    }
    for (size_t i = 0; i < bands->count; i++) {
        const struct band *before = &bands->of[i];
        if (before->lowest > band.lowest && !slice_equal(before->word, band.word))
            continue;
        struct diagnostic *added = diag_add(diagnostics, DIAG_rising_band, source, word_span(word),
                                            ARGS(word_text(word), before->word));
        diag_hint(diagnostics, added, "the highest comes first");
        return false;
    }
    bands->of[bands->count++] = band;
    return true;
}

void read_bands(struct diagnostics *diagnostics, struct source *source,
                const struct attribute *attribute, struct bands *bands) {
    bool fine = true;
    bands->count = 0;
    for (const struct value *pair = value_items(attribute->item->value); pair && fine;
         pair = pair->next)
        fine = read_band(diagnostics, source, pair, bands);
}

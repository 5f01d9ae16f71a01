/* Adds up the numbers of models. Decisions are counted one by one, whether they come from a
 * compilation or from JSON. */
// SPDX-License-Identifier: MIT
#include "summary.h"

#include "left.h"

#include <stdlib.h>
#include <string.h>

const char *const priority_words[PRIORITIES] = {"critical", "high", "medium", "low", ""};
const char *const review_words[] = {"none", "author", "failed", "outdated", "unseen", "passed"};

/* ---- words ------------------------------------------------------------------------------- */

static bool is_one_of(const char *word, const char *const *words) {
    while (*words && strcmp(*words, word) != 0)
        words++;
    return *words;
}

size_t state_named(const char *word) {
    const char *state;
    size_t index = 0;
    while ((state = stridec_threat_state_at(index)) && strcmp(state, word) != 0)
        index++;
    return state && index < MOST_STATES ? index : MOST_STATES;
}

static size_t priority_named(const char *word) {
    size_t index = 0;
    while (index + 1 < PRIORITIES && strcmp(priority_words[index], word) != 0)
        index++;
    return index;
}

/* ---- one decision ------------------------------------------------------------------------ */

static const char *text_of(const struct decision_record *record, const char *attribute) {
    const char *text = record->text(record->context, attribute);
    return text ? text : "";
}

static struct date date_of(const struct decision_record *record, const char *attribute) {
    struct date date;
    return date_read(text_of(record, attribute), &date) ? date : (struct date){""};
}

static void take_deadline(struct summary *summary, struct date date,
                          const struct deadline *deadline) {
    if (!*date.text || !*deadline->until.text)
        return;
    summary->due += strcmp(date.text, deadline->until.text) <= 0;
    summary->overdue += strcmp(date.text, deadline->today.text) < 0;
}

/* Of two days the earlier one that is one. */
static struct date earlier(struct date a, struct date b) {
    return !*a.text || (*b.text && strcmp(b.text, a.text) < 0) ? b : a;
}

static void take_acceptance(struct summary *summary, const struct decision_record *record,
                            const struct deadline *deadline) {
    summary->acceptances++;
    summary->oldest = earlier(summary->oldest, date_of(record, "decided"));
    take_deadline(summary, date_of(record, "review"), deadline);
}

static void take_mitigation(struct summary *summary, const struct decision_record *record,
                            const struct deadline *deadline) {
    static const char *const ended[] = {"complete", "dropped", NULL};
    bool deferred = strcmp(record->state, "deferred") == 0;
    if (!is_one_of(record->state, ended) && !record->stands(record->context, "asleep"))
        take_deadline(summary, date_of(record, deferred ? "until" : "due"), deadline);
}

/* What is put off has a date as well. */
static void take_risk(struct summary *summary, const struct decision_record *record,
                      const struct deadline *deadline) {
    static const char *const accepting[] = {"accepted", "compensated", "transferred", NULL};
    if (is_one_of(record->state, accepting))
        take_acceptance(summary, record, deadline);
    else
        take_deadline(summary, date_of(record, "review"), deadline);
}

static void take_review(struct summary *summary, const struct decision_record *record) {
    if (!record->stands(record->context, "latest"))
        return;
    summary->reviewed = date_of(record, "on");
    summary->review = record->stands(record->context, "by_author")  ? REVIEW_BY_AUTHOR
                      : strcmp(record->state, "passed") != 0        ? REVIEW_FAILED
                      : record->stands(record->context, "outdated") ? REVIEW_OUTDATED
                      : record->stands(record->context, "unseen")   ? REVIEW_UNSEEN
                                                                    : REVIEW_PASSED;
}

/* Whether a decision is in doubt, or has to be confirmed, in another way than that it is stale. */
static bool is_doubtful(const struct decision_record *record) {
    static const char *const words[] = {"orphan", "nearer", "unconfirmed", "gone"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (record->stands(record->context, words[i]))
            return true;
    return false;
}

void summary_take(struct summary *summary, const struct decision_record *record,
                  const struct deadline *deadline) {
    static const char *const accepting[] = {"by_design", "not_ours", NULL};
    size_t state = state_named(record->state);
    bool stale = record->stands(record->context, "stale");
    summary->stale += stale;
    summary->doubtful += !stale && is_doubtful(record);
    if (strcmp(record->kind, "threat") == 0 && state < MOST_STATES)
        summary->threats[priority_named(record->priority)][state]++;
    else if (strcmp(record->kind, "mitigation") == 0)
        take_mitigation(summary, record, deadline);
    else if (strcmp(record->kind, "risk") == 0)
        take_risk(summary, record, deadline);
    else if (strcmp(record->kind, "dismiss") == 0 && is_one_of(record->state, accepting))
        take_acceptance(summary, record, deadline);
    else if (strcmp(record->kind, "review") == 0)
        take_review(summary, record);
}

/* ---- many -------------------------------------------------------------------------------- */

size_t threats_left(const struct summary *summary, size_t priority) {
    const char *state;
    size_t left = 0;
    for (size_t i = 0; (state = stridec_threat_state_at(i)) && i < MOST_STATES; i++)
        for (size_t j = 0; j < PRIORITIES && threat_is_open(state); j++)
            left += priority == j || priority == PRIORITIES ? summary->threats[j][i] : 0;
    return left;
}

size_t threats_in_state(const struct summary *summary, size_t state) {
    size_t count = 0;
    for (size_t i = 0; i < PRIORITIES; i++)
        count += summary->threats[i][state];
    return count;
}

void summary_add(struct summary *total, const struct summary *summary) {
    total->elements += summary->elements;
    total->flows += summary->flows;
    for (size_t i = 0; i < TIERS; i++)
        total->open[i] += summary->open[i];
    for (size_t i = 0; i < PRIORITIES; i++)
        for (size_t j = 0; j < MOST_STATES; j++)
            total->threats[i][j] += summary->threats[i][j];
    total->acceptances += summary->acceptances;
    total->stale += summary->stale;
    total->doubtful += summary->doubtful;
    total->due += summary->due;
    total->overdue += summary->overdue;
    total->oldest = earlier(total->oldest, summary->oldest);
}

/* What needs attention first: what is broken, then by what the gate would fail for. */
int summary_compare(const void *left, const void *right) {
    const struct summary *both[] = {left, right};
    size_t keys[2][10];
    for (size_t i = 0; i < 2; i++) {
        const struct summary *at = both[i];
        const size_t of_one[] = {at->problem != NULL,
                                 threats_left(at, 0),
                                 threats_left(at, 1),
                                 at->open[0],
                                 at->stale,
                                 at->overdue,
                                 at->review != REVIEW_PASSED,
                                 threats_left(at, 2),
                                 at->open[1],
                                 at->due};
        memcpy(keys[i], of_one, sizeof of_one);
    }
    for (size_t i = 0; i < COUNT(keys[0]); i++)
        if (keys[0][i] != keys[1][i])
            return keys[0][i] > keys[1][i] ? -1 : 1;
    return strcmp(both[0]->path, both[1]->path);
}

void summary_free(struct summary *summary) {
    free(summary->label);
    free(summary->owner);
    free(summary->problem);
}

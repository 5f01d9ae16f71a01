/* The words for decisions that were added, have gone or changed, or are in doubt. */
// SPDX-License-Identifier: MIT
#include "base/limits.h"

#include "analysis/seen.h"
#include "emit/diff_items.h"

/* ---- doubts ------------------------------------------------------------------------------ */

unsigned decision_doubts(const struct decision_change *change) {
    if (!change->declared.is)
        return 0;
    return change->declared.was ? change->doubts : change->doubts & ~(unsigned)STANDS_UNCONFIRMED;
}

static void put_standing(struct document *document, const char *const *words, unsigned standing) {
    bool more = false;
    for (unsigned i = 0; words[i]; i++) {
        if (!(standing >> i & 1))
            continue;
        put_between(document, more, ", ");
        put_words(document, words[i]);
        more = true;
    }
}

/* `T@db/query_text` is not there": what it was decided about. */
static size_t put_orphans(struct document *document, const struct decision *decision) {
    size_t count = 0;
    for (size_t i = 0; i < decision->target_count; i++) {
        const struct target *target = &decision->targets[i];
        if (!(target->standing & STANDS_ORPHAN) || !target->word || count++ >= STEPS_LIMIT)
            continue;
        put_words(document, count > 1 ? ", " : ": ");
        put_code(document, word_text(&target->word[0]));
    }
    if (count > STEPS_LIMIT)
        put_left_out(document, count - STEPS_LIMIT);
    if (count)
        put_words(document, count > 1 ? " name nothing now" : " names nothing now");
    return count;
}

static void put_basis_value(struct document *document, const char *before, struct slice value) {
    put_words(document, before);
    if (value.length)
        put_code(document, value);
    else
        put_words(document, "nothing");
}

/* ": `webhook.auth` was `signature`, is `none`": what it rests on and is different now. */
static void put_basis_changes(struct document *document, const struct decision *decision,
                              bool goes_on) {
    size_t count = 0;
    for (size_t i = 0; i < decision->target_count; i++)
        for (const struct basis_change *at = decision->targets[i].changes; at; at = at->next) {
            if (count++ >= STEPS_LIMIT)
                continue;
            put_words(document, count > 1 || goes_on ? "; " : ": ");
            put_code(document, at->name);
            put_basis_value(document, " was ", at->was);
            put_basis_value(document, ", is ", at->is);
        }
    if (count > STEPS_LIMIT)
        put_left_out(document, count - STEPS_LIMIT);
}

void put_decision_doubts(struct diff_view *view, const struct decision_change *change) {
    struct document *document = view->document;
    put_id_or_kind(view, change->declared.is);
    put_words(document, " is ");
    put_standing(document, decision_standing_words(change), decision_doubts(change));
    if (change->is)
        put_basis_changes(document, change->is, put_orphans(document, change->is) > 0);
}

/* ---- what came and went ------------------------------------------------------------------ */

/* By which word a decision says how it stands. */
static enum attribute_id telling_attribute(enum kind kind) {
    switch (kind) {
    case KIND_MITIGATION:
        return ATTRIBUTE_state;
    case KIND_RISK:
        return ATTRIBUTE_decision;
    case KIND_DISMISS:
        return ATTRIBUTE_dismiss_code;
    case KIND_REVIEW:
        return ATTRIBUTE_verdict;
    default:
        return ATTRIBUTE_COUNT;
    }
}

void put_decision(struct diff_view *view, const struct decision_change *change) {
    struct document *document = view->document;
    const struct decl *decl = change->declared.is ? change->declared.is : change->declared.was;
    const struct threat *threat = change->threat_is ? change->threat_is : change->threat_was;
    enum attribute_id telling = telling_attribute(decl->kind);
    put_text(document, decision_noun(decl));
    if (decl_id(decl).length) {
        put_words(document, " ");
        put_named(document, decl);
    } else {
        put_what_it_names(view, decl);
    }
    if (threat && threat->priority.length) {
        put_words(document, ", ");
        put_text(document, threat->priority);
    }
    if (threat) {
        put_words(document, ", ");
        put_words(document, threat_states[threat->state].word);
    }
    if (telling != ATTRIBUTE_COUNT && decl_text(decl, telling).length) {
        put_words(document, ", ");
        put_code(document, decl_text(decl, telling));
    }
}

/* Of one that is in doubt now, that is told before. */
static bool stands_otherwise(const struct decision_change *change) {
    return change->standing_was != change->standing_is && !decision_doubts(change);
}

bool decision_has_outcome(const struct decision_change *change) {
    return change->state || change->priority || stands_otherwise(change);
}

static void put_priority(struct document *document, struct slice priority) {
    if (priority.length)
        put_text(document, priority);
    else
        put_words(document, "none");
}

/* What a fact had settled is asked once more when the fact is gone, which is no good news. */
static const char *standing_news(const struct diff_view *view,
                                 const struct decision_change *change) {
    bool is_review = change->declared.is && change->declared.is->kind == KIND_REVIEW;
    if (change->standing_is)
        return "stands otherwise now, as ";
    if (is_review && latest_review(view->comparison->is->decisions) != change->declared.is)
        return "is no longer the latest";
    return !is_review && (change->standing_was & STANDS_RESOLVED) ? "its question is open again"
                                                                  : "holds without doubt now";
}

void put_decision_outcome(struct diff_view *view, const struct decision_change *change) {
    struct document *document = view->document;
    bool more = false;
    put_id_or_kind(view, change->declared.is);
    put_words(document, ": ");
    if (change->state) {
        put_words(document, "is ");
        put_words(document, threat_states[change->threat_is->state].word);
        put_words(document, ", was ");
        put_words(document, threat_states[change->threat_was->state].word);
        more = true;
    }
    if (change->priority) {
        put_words(document, more ? "; priority is " : "priority is ");
        put_priority(document, change->threat_is->priority);
        put_words(document, ", was ");
        put_priority(document, change->threat_was->priority);
        more = true;
    }
    if (stands_otherwise(change)) {
        put_words(document, more ? "; " : "");
        put_words(document, standing_news(view, change));
        put_standing(document, decision_standing_words(change), change->standing_is);
    }
}

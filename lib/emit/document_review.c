/* Section 10 of the document: who has reviewed, what is newer than that, and which decisions do not
 * stand as they did, with what has changed. */
// SPDX-License-Identifier: MIT
#include "emit/document_review.h"

/* ---- decisions to look at again ---------------------------------------------------------- */

/* NULL: it is only counted, or nobody has to look. */
static const char *const standing_told[STANDING_COUNT] = {
    [STANDING_orphan] = "it names what is gone",
    [STANDING_stale] = "something is less safe than when it was decided",
    [STANDING_nearer] = "it is nearer to outside than when it was decided",
    [STANDING_resolved] = "a fact settles it now",
    [STANDING_gone] = "the question does not arise any longer",
    [STANDING_elsewhere] = "it is asked in the file of its subject",
};

static unsigned told_standing(unsigned standing) {
    unsigned told = 0;
    for (unsigned i = 0; i < STANDING_COUNT; i++)
        if (standing_told[i])
            told |= standing & 1u << i;
    return told;
}

/* `standing` of a decision or target, less what needs no second look. */
typedef void decision_visitor(void *context, const struct decision *decision, unsigned ignored);

static void visit(struct decision *const *list, size_t count, decision_visitor *take,
                  void *context) {
    for (size_t i = 0; i < count; i++)
        take(context, list[i], 0);
}

/* That a fact settles it is no news of a threat that is mitigated. */
static void visit_all(const struct decisions *decisions, decision_visitor *take, void *context) {
    if (!decisions)
        return;
    for (size_t i = 0; i < decisions->threats.count; i++) {
        const struct threat *threat = decisions->threats.items[i];
        take(context, &threat->decision, threat->state == THREAT_MITIGATED ? STANDS_RESOLVED : 0);
    }
    visit(decisions->dismissals.items, decisions->dismissals.count, take, context);
    visit(decisions->risks.items, decisions->risks.count, take, context);
    visit(decisions->baselines.items, decisions->baselines.count, take, context);
}

static void count_one(void *context, const struct decision *decision, unsigned ignored) {
    struct standings *standings = context;
    for (unsigned i = 0; i < STANDING_COUNT; i++) {
        if (!((decision->standing & ~ignored) >> i & 1))
            continue;
        if (standings->count[i] < STANDINGS_NAMED)
            standings->first[i][standings->count[i]] = decision;
        standings->count[i]++;
    }
    standings->all++;
}

struct standings count_standings(const struct emission *emission) {
    struct standings standings = {0};
    visit_all(emission->decisions, count_one, &standings);
    return standings;
}

static void put_value(struct document *document, const char *before, struct slice value) {
    put_words(document, before);
    if (value.length)
        put_code(document, value);
    else
        put_words(document, "not stated");
}

static void put_changes(struct document *document, const struct target *target) {
    for (const struct basis_change *at = target->changes; at; at = at->next) {
        put_words(document, at == target->changes ? ": " : ", ");
        put_code(document, at->name);
        put_value(document, " was ", at->was);
        put_value(document, ", is ", at->is);
    }
}

struct again {
    struct document *document;
    bool any;
};

static void open_again(struct again *again) {
    if (again->any)
        return;
    again->any = true;
    put_heading(again->document, 3, "Decisions to look at again");
    open_part(again->document, PART_LIST);
}

static void write_target(struct again *again, const struct decision *decision,
                         const struct target *target, unsigned told) {
    struct document *document = again->document;
    bool any = false;
    open_part(document, PART_ITEM);
    put_words(document, kind_rows[decision->decl->kind].word);
    put_words(document, " ");
    if (decl_id(decision->decl).length &&
        !slice_equal(decl_id(decision->decl), word_text(target->word))) {
        put_code(document, decl_id(decision->decl));
        put_words(document, " about ");
    }
    put_code(document, word_text(target->word));
    for (unsigned i = 0; i < STANDING_COUNT; i++) {
        if (!(told >> i & 1))
            continue;
        put_words(document, any ? "; " : ": ");
        put_words(document, standing_told[i]);
        any = true;
    }
    put_changes(document, target);
    close_part(document, PART_ITEM);
}

static void write_standing(void *context, const struct decision *decision, unsigned ignored) {
    for (size_t i = 0; i < decision->target_count; i++) {
        unsigned told = told_standing(decision->targets[i].standing & ~ignored);
        if (!told)
            continue;
        open_again(context);
        write_target(context, decision, &decision->targets[i], told);
    }
}

static void write_unconfirmed(struct again *again, size_t count) {
    struct document *document = again->document;
    if (!count)
        return;
    open_again(again);
    open_part(document, PART_ITEM);
    put_count(document, count, "decision does", "decisions do");
    put_words(document, " not say yet what they rest on: ");
    put_code(document, SLICE("stridec triage confirm"));
    close_part(document, PART_ITEM);
}

static void write_again(struct document *document) {
    struct again again = {document, false};
    struct standings standings = count_standings(document->emission);
    visit_all(document->emission->decisions, write_standing, &again);
    write_unconfirmed(&again, standings.count[STANDING_unconfirmed]);
    if (again.any)
        close_part(document, PART_LIST);
}

/* ---- reviews ----------------------------------------------------------------------------- */

void put_verdict(struct document *document, const struct decl *review) {
    const struct emission *emission = document->emission;
    unsigned standing =
        review_standing(emission->arena, emission->model, emission->decisions, review);
    put_word_of(document, review, ATTRIBUTE_verdict);
    put_between(document, standing & REVIEW_BY_AUTHOR, ", but by an author of the model");
    put_between(document, standing & REVIEW_OUTDATED, ", outdated");
    put_between(document, standing & REVIEW_UNSEEN, ", and does not say what it has seen");
}

static void write_review(struct document *document, const struct decl *review) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_note(document, review, ATTRIBUTE_review_by);
    next_cell(document);
    put_note(document, review, ATTRIBUTE_review_on);
    next_cell(document);
    put_verdict(document, review);
    next_cell(document);
    put_note(document, review, ATTRIBUTE_notes);
    close_part(document, PART_ROW);
}

static void write_change(struct document *document, const struct seen_change *change) {
    open_part(document, PART_ITEM);
    put_words(document, !change->decl ? "gone: " : change->is_new ? "new: " : "changed: ");
    put_text(document, change->kind);
    put_words(document, " ");
    if (change->decl && decl_label(change->decl).length) {
        put_mention(document, decl_label(change->decl));
        put_words(document, " ");
    }
    put_code(document, change->id);
    close_part(document, PART_ITEM);
}

static void write_newer(struct document *document, const struct decl *review) {
    const struct emission *emission = document->emission;
    struct seen_changes changes =
        changes_since(emission->arena, emission->model, emission->decisions, review);
    if (!changes.count)
        return;
    put_heading(document, 3, "Newer than the review");
    open_part(document, PART_LIST);
    for (size_t i = 0; i < changes.count; i++)
        write_change(document, &changes.items[i]);
    close_part(document, PART_LIST);
}

void write_reviews(struct document *document) {
    static const char *const titles[] = {"By", "On", "Verdict", "Notes"};
    const struct decisions *decisions = document->emission->decisions;
    const struct decl *latest = latest_review(decisions);
    put_heading(document, 2, "10 Review");
    if (latest) {
        OPEN_TABLE(document, titles);
        for (size_t i = 0; i < decisions->reviews.count; i++)
            write_review(document, decisions->reviews.items[i]);
        close_part(document, PART_TABLE);
        write_newer(document, latest);
    } else {
        put_paragraph(document, "None is recorded yet.");
    }
    write_again(document);
}

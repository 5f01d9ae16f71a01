/* The first screen of the document: what the system is, what is open and how severe, what was
 * decided, by whom it was reviewed, where to begin. */
// SPDX-License-Identifier: MIT
#include "analysis/gate.h"
#include "analysis/threats.h"
#include "emit/document_pending.h"
#include "emit/document_review.h"

#define FIRST_SCREEN_ROWS 5
#define FIRST_SCREEN_ITEMS 8

/* ---- the system -------------------------------------------------------------------------- */

/* The first author from this one on whose name can be seen. */
static const struct value *seen_author(const struct value *author) {
    while (author && !slice_is_visible(word_text(&author->word)))
        author = author->next;
    return author;
}

static const struct value *first_author(const struct decl *system) {
    const struct attribute *authors = decl_attribute(system, ATTRIBUTE_authors);
    const struct value *value = authors && authors->stated ? authors->item->value : NULL;
    return seen_author(value && value->word.kind == VALUE_LIST ? value_items(value) : value);
}

static void write_authors(struct document *document, const struct value *author) {
    open_part(document, PART_ITEM);
    put_words(document, "Model by ");
    for (bool any = false; author; author = seen_author(author->next), any = true) {
        put_between(document, any, ", ");
        put_text(document, word_text(&author->word));
    }
    close_part(document, PART_ITEM);
}

static void write_people(struct document *document, const struct decl *system) {
    bool owned = decl_text(system, ATTRIBUTE_owner).length > 0;
    const struct value *author = first_author(system);
    if (!owned && !author)
        return;
    open_part(document, PART_LIST);
    if (owned) {
        open_part(document, PART_ITEM);
        put_words(document, "Owned by ");
        put_note(document, system, ATTRIBUTE_owner);
        close_part(document, PART_ITEM);
    }
    if (author)
        write_authors(document, author);
    close_part(document, PART_LIST);
}

void write_document_title(struct document *document) {
    const struct decl *system = document->emission->model->system;
    open_heading(document, 1);
    put_words(document, "Threat model: ");
    if (system && decl_title(system).length)
        put_text(document, decl_title(system));
    else
        put_words(document, "a system without a name");
    close_part(document, PART_HEADING);
}

static void write_system(struct document *document) {
    const struct decl *system = document->emission->model->system;
    if (!system)
        return;
    if (decl_text(system, ATTRIBUTE_about).length) {
        open_part(document, PART_PARAGRAPH);
        put_note(document, system, ATTRIBUTE_about);
        close_part(document, PART_PARAGRAPH);
    }
    write_people(document, system);
}

static void write_picture(struct document *document) {
    struct slice path = document->emission->options.picture;
    if (!path.length)
        return;
    open_part(document, PART_PARAGRAPH);
    document->form->image(document, path, "Data-flow diagram");
    close_part(document, PART_PARAGRAPH);
}

/* ---- what there is, in numbers ----------------------------------------------------------- */

/* A row of the table: what it is about, then the cell that the caller fills. */
static void open_fact(struct document *document, const char *about) {
    open_part(document, PART_ROW);
    next_cell(document);
    put_words(document, about);
    next_cell(document);
}

static void close_fact(struct document *document) {
    close_part(document, PART_ROW);
}

/* ---- threats ----------------------------------------------------------------------------- */

static size_t count_unfinished(const struct threat_list *threats, const char *priority) {
    size_t count = 0;
    for (size_t i = 0; i < threats->count; i++)
        count += threat_is_unfinished(threats->items[i]) &&
                 (!priority || slice_is(threats->items[i]->priority, priority));
    return count;
}

static size_t count_in_state(const struct threat_list *threats, enum threat_state state) {
    size_t count = 0;
    for (size_t i = 0; i < threats->count; i++)
        count += threats->items[i]->state == state;
    return count;
}

/* "2 critical, 1 high" */
static void put_priorities(struct document *document, const struct threat_list *threats) {
    bool any = false;
    for (size_t i = 0; i < PRIORITY_COUNT; i++) {
        size_t count = count_unfinished(threats, priority_words[i]);
        if (!count)
            continue;
        put_words(document, any ? ", " : " (");
        put_number(document, count);
        put_words(document, " ");
        put_words(document, priority_words[i]);
        any = true;
    }
    put_between(document, any, ")");
}

static void put_state_count(struct document *document, const struct threat_list *threats,
                            enum threat_state state) {
    size_t count = count_in_state(threats, state);
    if (!count)
        return;
    put_words(document, ", ");
    put_number(document, count);
    put_words(document, " ");
    put_spaced(document, slice_of(threat_states[state].word));
}

static void write_threat_counts(struct document *document, const struct threat_list *threats) {
    open_fact(document, "Threats");
    put_number(document, threats->count);
    put_words(document, ": ");
    open_part(document, PART_STRONG);
    put_number(document, count_unfinished(threats, NULL));
    put_words(document, " to be mitigated");
    close_part(document, PART_STRONG);
    put_priorities(document, threats);
    put_state_count(document, threats, THREAT_MITIGATED);
    put_state_count(document, threats, THREAT_ACCEPTED);
    put_state_count(document, threats, THREAT_ASLEEP);
    put_state_count(document, threats, THREAT_ORPHAN);
    close_fact(document);
}

static void put_unfinished(struct document *document, const struct threat *threat) {
    put_threat_link(document, decl_id(threat->decision.decl));
    put_words(document, " ");
    put_mention(document, decl_title(threat->decision.decl));
    if (threat->priority.length) {
        put_words(document, ", ");
        put_text(document, threat->priority);
    }
    put_words(document, ", ");
    put_threat_state(document, threat);
}

static void write_unfinished(struct document *document, const struct threat_list *threats) {
    size_t shown = 0, all = count_unfinished(threats, NULL);
    if (!all)
        return;
    open_fact(document, "To be mitigated");
    for (size_t i = 0; i < threats->count && shown < FIRST_SCREEN_ITEMS; i++) {
        if (!threat_is_unfinished(threats->items[i]))
            continue;
        if (shown++)
            break_line(document);
        put_unfinished(document, threats->items[i]);
    }
    if (all > shown) {
        break_line(document);
        put_words(document, "and ");
        put_number(document, all - shown);
        put_words(document, " more");
    }
    close_fact(document);
}

static void write_threat_facts(struct document *document) {
    struct threat_list threats = threats_by_score(document->emission);
    if (!threats.count)
        return;
    write_threat_counts(document, &threats);
    write_unfinished(document, &threats);
}

/* ---- questions and decisions ------------------------------------------------------------- */

static void write_crossing_count(struct document *document) {
    const struct model *model = document->emission->model;
    size_t inside = model->of[KIND_CROSSING].count;
    size_t flows = document->emission->analysis->crossings.count - inside;
    open_fact(document, "Crossings");
    put_number(document, flows);
    put_words(document, " of ");
    put_count(document, model->of[KIND_FLOW].count, "flow", "flows");
    put_words(document, flows == 1 ? " crosses a boundary" : " cross a boundary");
    if (inside) {
        put_words(document, "; ");
        put_count(document, inside, "change of trust", "changes of trust");
        put_words(document, " inside a process");
    }
    close_fact(document);
}

/* "2 in tier 2, 3 in tier 3" */
static void put_lower_tiers(struct document *document, const size_t *open) {
    put_number(document, open[2]);
    put_words(document, " in tier 2, ");
    put_number(document, open[3]);
    put_words(document, " in tier 3");
}

static void write_row_counts(struct document *document) {
    const struct rows *rows = document->emission->rows;
    open_fact(document, "To decide");
    open_part(document, PART_STRONG);
    put_count(document, rows->open_by_tier[1], "row", "rows");
    put_words(document, " in tier 1");
    close_part(document, PART_STRONG);
    put_words(document, ", ");
    put_lower_tiers(document, rows->open_by_tier);
    close_fact(document);
    open_fact(document, "Settled");
    put_number(document, rows->counts[ROW_COVERED]);
    put_words(document, " covered by the model, ");
    put_number(document, rows->counts[ROW_FOLDED]);
    put_words(document, " folded into a crossing flow");
    if (rows->counts[ROW_ANSWERED]) {
        put_words(document, ", ");
        put_number(document, rows->counts[ROW_ANSWERED]);
        put_words(document, " answered");
    }
    close_fact(document);
}

/* The rows that are out of scope by a declaration, and those of them that would apply. */
struct silent_rows {
    size_t all, silenced;
};

/* Those of each element, flow, crossing or boundary, by its number. */
static struct silent_rows *count_silent(const struct emission *emission) {
    const struct model *model = emission->model;
    struct silent_rows *counts = ARENA_ARRAY(emission->arena, struct silent_rows,
                                             model->subjects.count + model->of[KIND_BOUNDARY].count);
    size_t letters = emission->rows->pack->method->letter_count;
    for (size_t i = 0; i < model->subjects.count * letters; i++) {
        const struct row *row = &emission->rows->cells[i];
        const struct decl *by =
            row->state == ROW_OUT_OF_SCOPE ? decl_out_of_scope(row->subject) : NULL;
        if (!by)
            continue;
        counts[by->number].all++;
        counts[by->number].silenced += row->silenced;
    }
    return counts;
}

/* Writes the declarations of the list that state `out_of_scope`; true when there is any. */
static bool write_silent(struct document *document, const struct decl_list *list,
                         const struct silent_rows *silent, bool any) {
    for (size_t i = 0; i < list->count; i++) {
        const struct decl *decl = list->items[i];
        if (more_of(decl)->origin || !decl_text(decl, ATTRIBUTE_out_of_scope).length)
            continue;
        if (any)
            break_line(document);
        any = true;
        put_named(document, decl);
        put_words(document, ": ");
        put_note(document, decl, ATTRIBUTE_out_of_scope);
        put_words(document, " (");
        put_count(document, silent[decl->number].all, "row", "rows");
        put_words(document, ", ");
        put_number(document, silent[decl->number].silenced);
        put_words(document, " of which would apply)");
    }
    return any;
}

/* Writes the number of imported elements, and how many of their rows are open in their own files.
 */
static void write_imported(struct document *document) {
    const struct emission *emission = document->emission;
    const size_t *open = emission->rows->imported;
    const struct decl_list *all = &emission->analysis->model->elements;
    size_t elements = 0;
    for (size_t i = 0; i < all->count; i++)
        elements += more_of(all->items[i])->origin != NULL;
    if (!elements)
        return;
    open_fact(document, "Imported");
    put_count(document, elements, "element", "elements");
    put_words(document, "; rows open where declared: ");
    put_number(document, open[1]);
    put_words(document, " in tier 1, ");
    put_lower_tiers(document, open);
    close_fact(document);
}

static void write_scope(struct document *document) {
    const struct emission *emission = document->emission;
    const struct silent_rows *silent = count_silent(emission);
    open_fact(document, "Out of scope");
    bool any = write_silent(document, &emission->model->of[KIND_BOUNDARY], silent, false);
    any = write_silent(document, &emission->model->subjects, silent, any);
    put_between(document, !any, "nothing");
    close_fact(document);
}

static void write_decided(struct document *document) {
    const struct decisions *decisions = document->emission->decisions;
    if (!decisions || !decisions->any)
        return;
    open_fact(document, "Decided");
    put_count(document, decisions->threats.count, "threat", "threats");
    put_words(document, ", ");
    put_count(document, decisions->mitigations.count, "mitigation", "mitigations");
    put_words(document, ", ");
    put_count(document, decisions->dismissals.count, "dismissal", "dismissals");
    put_words(document, ", ");
    put_count(document, decisions->risks.count, "risk that stays", "risks that stay");
    close_fact(document);
}

/* ---- the review -------------------------------------------------------------------------- */

/* "(S-1, T@pay/replay and 2 more)"; one without an id by what it is about. */
static void put_first(struct document *document, const struct standings *standings,
                      enum standing_place place) {
    size_t count = standings->count[place];
    put_words(document, " (");
    for (size_t i = 0; i < count && i < STANDINGS_NAMED; i++) {
        const struct decision *decision = standings->first[place][i];
        struct slice id = decl_id(decision->decl);
        put_listed(document, i > 0,
                   id.length || !decision->target_count ? id : word_text(decision->targets->word));
    }
    put_left_out(document, count > STANDINGS_NAMED ? count - STANDINGS_NAMED : 0);
    put_words(document, ")");
}

static void write_standings(struct document *document) {
    static const enum standing_place places[] = {STANDING_orphan, STANDING_stale,
                                                 STANDING_nearer, STANDING_resolved,
                                                 STANDING_gone,   STANDING_unconfirmed};
    struct standings standings = count_standings(document->emission);
    bool any = false;
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        size_t count = standings.count[places[i]];
        if (!count)
            continue;
        if (!any)
            open_fact(document, "To look at again");
        put_between(document, any, ", ");
        put_number(document, count);
        put_words(document, " ");
        put_words(document, standing_words[places[i]]);
        put_first(document, &standings, places[i]);
        any = true;
    }
    if (any)
        close_fact(document);
}

static void write_review_fact(struct document *document, const struct decl *review) {
    open_fact(document, "Review");
    if (review) {
        put_verdict(document, review);
        put_words(document, "; by ");
        put_note(document, review, ATTRIBUTE_review_by);
        put_words(document, " on ");
        put_note(document, review, ATTRIBUTE_review_on);
    } else {
        put_words(document, "none recorded yet");
    }
    close_fact(document);
}

static void put_change_counts(struct document *document, const struct seen_changes *changes) {
    size_t added = 0, gone = 0;
    for (size_t i = 0; i < changes->count; i++) {
        added += changes->items[i].is_new;
        gone += !changes->items[i].decl;
    }
    put_number(document, added);
    put_words(document, " new, ");
    put_number(document, changes->count - added - gone);
    put_words(document, " changed, ");
    put_number(document, gone);
    put_words(document, " gone");
}

static void write_since(struct document *document, const struct decl *review) {
    const struct emission *emission = document->emission;
    if (!review)
        return;
    struct seen_changes changes =
        changes_since(emission->arena, emission->model, emission->decisions, review);
    open_fact(document, "Since the review");
    if (!changes.known)
        put_words(document, "not known: the review does not say what it has seen");
    else if (!changes.count)
        put_words(document, "nothing is new");
    else
        put_change_counts(document, &changes);
    close_fact(document);
}

/* What readers would otherwise take for granted. */
static void write_disabled(struct document *document) {
    const struct emission *emission = document->emission;
    struct slice_list rules = disabled_gate_rules(emission->arena, emission->decisions);
    if (!rules.count)
        return;
    open_fact(document, "Not demanded");
    put_words(document, "the policy switches these rules of the gate off: ");
    for (size_t i = 0; i < rules.count; i++) {
        put_between(document, i > 0, ", ");
        put_code(document, rules.items[i]);
    }
    close_fact(document);
}

/* Which tool, which questions, and of what. */
static void write_maker(struct document *document) {
    const struct emission *emission = document->emission;
    open_fact(document, "Made by");
    put_words(document, "stridec " STRIDEC_VERSION ", rule pack ");
    put_number(document, (size_t)emission->rows->pack->method->pack);
    put_words(document, "; model and decisions ");
    put_code(document,
             digest_of_all(emission->arena, emission->analysis->model, emission->decisions));
    close_fact(document);
}

static void write_numbers(struct document *document) {
    static const char *const titles[] = {"At a glance", ""};
    const struct decl *review = latest_review(document->emission->decisions);
    OPEN_TABLE(document, titles);
    write_threat_facts(document);
    write_row_counts(document);
    write_decided(document);
    write_standings(document);
    write_review_fact(document, review);
    write_since(document, review);
    write_disabled(document);
    write_crossing_count(document);
    write_scope(document);
    write_imported(document);
    write_maker(document);
    close_part(document, PART_TABLE);
}

/* ---- where to begin ---------------------------------------------------------------------- */

static void write_first_question(struct document *document, const struct question *question) {
    bool linked = shows_section(document->emission, SECTION_questions);
    open_part(document, PART_ITEM);
    if (linked)
        open_row_link(document, question->row);
    put_row_id(document, question->row);
    if (linked)
        close_part(document, PART_LINK);
    put_words(document, " ");
    put_text(document, pattern_ask(document->emission, question->pattern));
    close_part(document, PART_ITEM);
}

/* Each by another fact, and in other words. */
static void write_first_questions(struct document *document) {
    const struct emission *emission = document->emission;
    struct pending pending = find_pending(emission);
    struct table asked = {0};
    size_t shown = 0;
    for (size_t i = 0; i < pending.facts.count && shown < FIRST_SCREEN_ROWS; i++) {
        const struct question *question = &pending.facts.items[i]->questions.items[0];
        struct slice ask = pattern_ask(emission, question->pattern);
        if (question->row->tier != 1 || table_get(&asked, ask))
            continue;
        table_intern(emission->arena, &asked, ask, &pending);
        if (shown++ == 0) {
            put_paragraph(document, "Start here:");
            open_part(document, PART_STEPS);
        }
        write_first_question(document, question);
    }
    if (shown)
        close_part(document, PART_STEPS);
}

void write_summary(struct document *document) {
    write_system(document);
    write_picture(document);
    write_numbers(document);
    write_first_questions(document);
}

/* Each recorded threat of the page in full: what happens, how urgent it is and why, what is done
 * about it, and which questions it answers. All that mention it link here. */
// SPDX-License-Identifier: MIT
#include "emit/page.h"

void write_threat_entry(struct page *page, const struct threat *threat) {
    struct document *document = &page->document;
    open_entry(page, "Threat");
    put_threat_link(document, decl_id(threat->decision.decl));
    put_words(document, " ");
    put_mention(document, decl_title(threat->decision.decl));
    put_between(document, threat->priority.length > 0, ", ");
    put_text(document, threat->priority);
    put_words(document, ", ");
    put_threat_state(document, threat);
    close_entry(page);
}

/* ---- how urgent -------------------------------------------------------------------------- */

static void write_state(struct page *page, const struct threat *threat) {
    open_entry(page, "State");
    put_threat_state(&page->document, threat);
    put_between(&page->document, threat->priority.length > 0, ", ");
    put_priority(&page->document, threat);
    close_entry(page);
}

static void write_levels(struct page *page, const char *name, int likelihood, int impact,
                         int score) {
    if (!score)
        return;
    open_entry(page, name);
    put_words(&page->document, "likelihood ");
    put_number(&page->document, (size_t)likelihood);
    put_words(&page->document, " × impact ");
    put_number(&page->document, (size_t)impact);
    put_words(&page->document, " = ");
    put_number(&page->document, (size_t)score);
    close_entry(page);
}

/* ---- what is done about it --------------------------------------------------------------- */

static void write_mitigation(struct page *page, const struct decl *mitigation) {
    struct document *document = &page->document;
    open_entry(page, "Mitigation");
    put_mention(document, decl_title(mitigation));
    put_between(document, decl_text(mitigation, ATTRIBUTE_state).length > 0, ", ");
    put_word_of(document, mitigation, ATTRIBUTE_state);
    close_entry(page);
}

static void write_risk(struct page *page, const struct decl *risk) {
    open_entry(page, "Risk");
    put_mention(&page->document, decl_title(risk));
    put_words(&page->document, ", ");
    put_word_of(&page->document, risk, ATTRIBUTE_decision);
    close_entry(page);
    write_said(page, "Why", risk, ATTRIBUTE_because);
}

/* ---- what it answers --------------------------------------------------------------------- */

/* As the team wrote it; its row, which is there whatever became of the question. */
static void write_target(struct page *page, const struct target *target) {
    const struct rows *rows = page->emission->rows;
    const struct row *row =
        target->subject && target->letter ? row_of(rows, target->subject, target->letter) : NULL;
    bool linked = row && page_has_row(page->emission, row);
    if (linked)
        open_row_link(&page->document, row);
    put_code(&page->document, word_text(target->word));
    if (linked)
        close_part(&page->document, PART_LINK);
}

static void write_targets(struct page *page, const struct threat *threat) {
    if (!threat->decision.target_count)
        return;
    open_entry(page, "Answers");
    for (size_t i = 0; i < threat->decision.target_count; i++) {
        put_between(&page->document, i > 0, ", ");
        write_target(page, &threat->decision.targets[i]);
    }
    close_entry(page);
}

/* ---- all of it --------------------------------------------------------------------------- */

static void write_threat(struct page *page, const struct threat *threat) {
    struct document *document = &page->document;
    struct arena_mark mark = arena_mark(page->emission->arena);
    const struct decl *decl = threat->decision.decl;
    open_description(page, "threat", threat_anchor(document, decl_id(decl)));
    put_text(document, decl_title(decl));
    write_string(page->writer, " <span class=\"kind\">threat ");
    put_code(document, decl_id(decl));
    write_string(page->writer, "</span></h3>\n<dl>");
    write_state(page, threat);
    write_levels(page, "Score", threat->likelihood, threat->impact, threat->score);
    write_levels(page, "When mitigated", threat->residual_likelihood, threat->residual_impact,
                 threat->residual);
    if (threat->component) {
        open_entry(page, "At");
        put_named(document, threat->component);
        close_entry(page);
    }
    write_entry(page, "What happens", threat_scenario(page->emission, threat));
    write_said(page, "Why", decl, ATTRIBUTE_because);
    for (size_t i = 0; i < threat->mitigations.count; i++)
        write_mitigation(page, threat->mitigations.items[i]);
    for (size_t i = 0; i < threat->risks.count; i++)
        write_risk(page, threat->risks.items[i]);
    write_targets(page, threat);
    write_string(page->writer, "</dl>\n</article>\n");
    arena_rewind(page->emission->arena, mark);
}

void write_threat_descriptions(struct page *page) {
    const struct decisions *decisions = page->emission->decisions;
    if (!decisions || !decisions->threats.count)
        return;
    write_string(page->writer, "<section id=\"threats\" class=\"abouts\">"
                               "<h2>The threats in full</h2>\n");
    for (size_t i = 0; i < decisions->threats.count; i++)
        write_threat(page, decisions->threats.items[i]);
    write_string(page->writer, "</section>\n");
}

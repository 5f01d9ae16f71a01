/* Each rule of the page once: what its questions have in common, with the names of places for the
 * things that it is tried at. Questions link here. */
// SPDX-License-Identifier: MIT
#include "emit/page.h"

/* "{subject}" is a name of a place. */
static void write_rule_text(struct writer *writer, struct slice text) {
    struct slice part, name;
    while (slice_has(text, '{') && slice_cut(&text, '{', &part)) {
        write_html_text(writer, part);
        if (!slice_cut(&text, '}', &name))
            break;
        write_string(writer, "<var>");
        write_html(writer, name);
        write_string(writer, "</var>");
    }
    write_html_text(writer, text);
}

static void write_text_entry(struct page *page, const char *name, struct slice text) {
    if (!text.length)
        return;
    open_entry(page, name);
    write_rule_text(page->writer, text);
    close_entry(page);
}

static void write_references(struct page *page, const char *name, const char *address,
                             const struct slice *ids, size_t count) {
    if (!count)
        return;
    open_entry(page, name);
    for (size_t i = 0; i < count; i++) {
        struct slice rest = ids[i], word;
        slice_cut(&rest, '-', &word);
        int number;
        bool known = slice_number(rest, &number);
        write_string(page->writer, i ? ", " : "");
        if (known)
            write_format(page->writer, "<a href=\"%s%d.html\">", address, number);
        write_html(page->writer, ids[i]);
        write_string(page->writer, known ? "</a>" : "");
    }
    close_entry(page);
}

/* What it is called elsewhere, and where it is listed. */
static void write_other_names(struct page *page, const struct rule *rule) {
    if (rule->ref_count) {
        open_entry(page, "In lists");
        for (size_t i = 0; i < rule->ref_count; i++)
            write_format(page->writer, "%s<a href=\"%s\">%s</a>", i ? ", " : "",
                         reference_lists[rule->refs[i]->list].home, rule->refs[i]->id);
        close_entry(page);
    }
    if (rule->aka_count) {
        open_entry(page, "Known as");
        for (size_t i = 0; i < rule->aka_count; i++) {
            write_string(page->writer, i ? ", " : "");
            write_html(page->writer, rule->aka[i]);
        }
        close_entry(page);
    }
}

static void write_rule(struct page *page, const struct rule *rule, enum rule_use use) {
    struct arena_mark mark = arena_mark(page->emission->arena);
    open_description(page, use == RULE_ASKED ? "rule asked" : "rule",
                     text_format(page->emission->arena, RULE_ANCHOR "%.*s", SLICE_ARGS(rule->id)));
    write_rule_text(page->writer, rule->title);
    write_string(page->writer, " <span class=\"kind\">rule ");
    put_code(&page->document, rule->id);
    write_string(page->writer, "</span></h3>\n<dl>");
    write_text_entry(page, "Question", rule->ask);
    write_text_entry(page, "What may happen", rule->scenario);
    write_text_entry(page, "First step", rule->mitigation);
    write_references(page, "CWE", CWE_HOME, rule->cwe, rule->cwe_count);
    write_references(page, "CAPEC", CAPEC_HOME, rule->capec, rule->capec_count);
    write_other_names(page, rule);
    write_string(page->writer, "</dl>\n</article>\n");
    arena_rewind(page->emission->arena, mark);
}

void write_rule_descriptions(struct page *page) {
    const struct rule_pack *pack = page->emission->rows->pack;
    write_string(page->writer, "<section id=\"rules\" class=\"abouts\">"
                               "<h2>What the questions have in common</h2>\n");
    for (size_t i = 0; i < pack->rules.count; i++)
        if (page->rules[i])
            write_rule(page, pack->rules.items[i], page->rules[i]);
    write_string(page->writer, "</section>\n");
}

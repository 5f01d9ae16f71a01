/* What the descriptions of the page are made of. */
// SPDX-License-Identifier: MIT
#include "emit/page.h"

void begin_description(struct page *page, const char *state, struct slice id) {
    write_format(page->writer, "<article class=\"about %s\" id=\"", state);
    write_html(page->writer, id);
    write_string(page->writer, "\"");
}

void open_description(struct page *page, const char *state, struct slice id) {
    begin_description(page, state, id);
    write_string(page->writer, ">\n<h3>");
}

void open_entry(struct page *page, const char *name) {
    write_format(page->writer, "<dt>%s</dt><dd>", name);
}

void close_entry(struct page *page) {
    write_string(page->writer, "</dd>\n");
}

void write_entry(struct page *page, const char *name, struct slice text) {
    if (!text.length)
        return;
    open_entry(page, name);
    write_html_text(page->writer, text);
    close_entry(page);
}

void write_said(struct page *page, const char *name, const struct decl *decl,
                enum attribute_id id) {
    write_entry(page, name, text_cut(page->emission->arena, decl_text(decl, id)));
}

void use_rule(struct page *page, const struct rule *rule, enum rule_use use) {
    if (page->rules[rule->number] < use)
        page->rules[rule->number] = (unsigned char)use;
}

void write_page_of(struct page *page, const struct fold *fold) {
    write_string(page->writer, "<a href=\"#" PAGE_ANCHOR);
    write_fragment(page->writer, fold->id);
    write_string(page->writer, "\">");
    put_text(&page->document, fold->title);
    write_string(page->writer, "</a>");
}

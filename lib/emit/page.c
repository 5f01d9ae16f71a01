/* The page as a whole: its head with the policy, the pictures, the parts, the script. A browser
 * runs the one script, and that of the host where it has one, takes the one style whose digests the
 * policy names, and asks for nothing else, whatever texts stand in the page. The same model gives
 * the same bytes. */
// SPDX-License-Identifier: MIT
#include "emit/page.h"

#include "base/sha256.h"
#include "emit/picture.h"

/* ---- the head ---------------------------------------------------------------------------- */

/* The style of the page, then that of the pictures, which holds inside of pictures only. */
static struct slice style_of(struct page *page) {
    struct memory_writer style;
    memory_writer_open(&style, page->emission->arena);
    write_bytes(&style.writer, page_style, page_style_length);
    write_string(&style.writer, ".drawing{");
    write_picture_style(&style.writer, "screen and ");
    write_string(&style.writer, "}\n");
    return memory_writer_close(&style);
}

/* Nothing is loaded or sent anywhere, but that a script of the host may ask for what lies beside
 * the page; no form leads anywhere, and no frame holds the page. */
static void write_policy(struct page *page, struct slice style) {
    struct slice script = {page_script, page_script_length};
    write_string(page->writer, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                               "'none'; base-uri 'none'; form-action 'none'; style-src '");
    write_sha256_source(page->writer, style);
    write_string(page->writer, "'; script-src '");
    write_sha256_source(page->writer, script);
    if (page->emission->options.script.length) {
        write_string(page->writer, "' '");
        write_sha256_source(page->writer, page->emission->options.script);
        write_string(page->writer, "'; connect-src 'self");
    }
    write_string(page->writer, "'\"/>\n");
}

static void write_title(struct page *page) {
    const struct decl *system = page->emission->model->system;
    write_string(page->writer, "<title>Threat model: ");
    write_html(page->writer, system && decl_title(system).length
                                 ? decl_title(system)
                                 : SLICE("a system without a name"));
    write_string(page->writer, "</title>\n");
}

static void write_script(struct page *page, struct slice script) {
    write_string(page->writer, "<script>");
    write_slice(page->writer, script);
    write_string(page->writer, "</script>\n");
}

static void write_head(struct page *page, struct slice style) {
    write_string(page->writer, HTML_OPENING);
    write_xml(page->writer, page->emission->options.model_name);
    write_string(page->writer, "\">\n<head>\n<meta charset=\"utf-8\"/>\n");
    write_policy(page, style);
    write_string(page->writer,
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
                 "<meta name=\"color-scheme\" content=\"light dark\"/>\n"
                 "<meta name=\"referrer\" content=\"no-referrer\"/>\n");
    write_title(page);
    write_string(page->writer, "<style>");
    write_slice(page->writer, style);
    write_string(page->writer, "</style>\n");
    write_script(page, (struct slice){page_script, page_script_length});
    write_string(page->writer, "</head>\n");
}

/* ---- pictures ---------------------------------------------------------------------------- */

static void open_figure(struct page *page, const char *name) {
    write_format(page->writer, "<figure class=\"picture %s\"", name);
}

static void close_figure(struct page *page, struct slice svg, const char *label) {
    write_format(page->writer,
                 "<div class=\"drawing\" tabindex=\"0\" role=\"group\" aria-label=\"%s\">\n",
                 label);
    write_slice(page->writer, svg);
    write_string(page->writer, "</div>\n</figure>\n");
}

static void write_view(struct page *page, const struct page_part *part) {
    struct page_picture picture = draw_page_picture(page->emission, part, &page->before);
    if (!picture.svg.length)
        return;
    open_figure(page, "view");
    write_string(page->writer, ">\n<figcaption>");
    put_declared(&page->document, part->view);
    put_between(&page->document, decl_text(part->view, ATTRIBUTE_about).length > 0, ": ");
    put_note(&page->document, part->view, ATTRIBUTE_about);
    write_string(page->writer, "</figcaption>\n");
    close_figure(page, picture.svg, "Picture of a view");
}

/* There may be very many: what one takes is given back, unless something was said of it. */
static void write_page(struct page *page, const struct page_part *part) {
    const struct emission *emission = page->emission;
    struct arena_mark mark = arena_mark(emission->arena);
    size_t said = emission->diagnostics->list.count;
    struct emission divided = *emission;
    divided.division = page->division;
    struct page_picture picture = draw_page_picture(&divided, part, &page->before);
    if (picture.svg.length) {
        open_figure(page, "page");
        write_string(page->writer, " id=\"" PAGE_ANCHOR);
        write_html(page->writer, part->fold->id);
        write_string(page->writer, "\">\n<figcaption>");
        put_text(&page->document, part->fold->title);
        write_string(page->writer, "</figcaption>\n");
        close_figure(page, picture.svg, "Picture of a part");
    }
    if (emission->diagnostics->list.count == said)
        arena_rewind(emission->arena, mark);
}

static void write_page_list(struct page *page) {
    const struct division *division = page->division;
    write_format(page->writer,
                 "<details class=\"pages\"><summary>%zu pages</summary>\n"
                 "<p><a href=\"#picture\">Overview</a></p>\n<ul>\n",
                 division->pages.count - 1);
    for (size_t i = 1; i < division->pages.count; i++) {
        write_string(page->writer, "<li>");
        write_page_of(page, division->pages.items[i]);
        write_string(page->writer, "</li>\n");
    }
    write_string(page->writer, "</ul></details>\n");
}

static void write_whole(struct page *page) {
    if (page->division)
        write_page_list(page);
    open_figure(page, "whole");
    write_string(page->writer, ">\n");
    close_figure(page, page->picture, "Picture");
    for (size_t i = 1; page->division && i < page->division->pages.count; i++)
        write_page(page, &(struct page_part){.fold = page->division->pages.items[i], .number = i});
}

static void write_pictures(struct page *page) {
    const struct decl_list *views = &page->emission->model->of[KIND_VIEW];
    write_string(page->writer, "<section id=\"picture\"><h2>Picture</h2>\n");
    if (page->picture.length) {
        write_whole(page);
    } else {
        write_string(page->writer, "<p>The picture could not be drawn; the diagram as text stands "
                                   "under <a href=\"#model\">Model</a>.</p>\n");
    }
    for (size_t i = 0; page->picture.length && i < views->count; i++)
        write_view(page, &(struct page_part){.view = views->items[i], .number = i + 1});
    write_string(page->writer, "</section>\n");
}

/* ---- the body ---------------------------------------------------------------------------- */

/* The sections of the document that the page takes over, with the words for its menu. The questions
 * are in its table. */
static const struct {
    enum document_section section;
    const char *id, *menu;
    section_writer *write;
} sections[] = {
    {SECTION_stride, "matrix", "Matrix", write_coverage},
    {SECTION_risks, "risks", "Risks", write_risks},
    {SECTION_mitigations, "mitigations", "Mitigations", write_mitigations},
    {SECTION_residual, "residual", "Residual", write_residual_risk},
    {SECTION_open, "open", "Open items", write_open_items},
    {SECTION_overview, "model", "Model", write_overview},
    {SECTION_assets, "assets", "Assets", write_assets},
    {SECTION_adversaries, "adversaries", "Adversaries", write_adversaries},
    {SECTION_surface, "surface", "Surface", write_attack_surface},
    {SECTION_review, "review", "Review", write_reviews},
};
#define PAGE_SECTIONS (sizeof sections / sizeof *sections)

static void write_menu(struct page *page) {
    write_string(page->writer, "<nav aria-label=\"Sections\">\n<a href=\"#picture\">Picture</a>\n"
                               "<a href=\"#rows\">Questions</a>\n");
    for (size_t i = 0; i < PAGE_SECTIONS; i++)
        if (shows_section(page->emission, sections[i].section))
            write_format(page->writer, "<a href=\"#%s\">%s</a>\n", sections[i].id,
                         sections[i].menu);
    write_string(page->writer, "</nav>\n");
}

static void write_sections(struct page *page) {
    for (size_t i = 0; i < PAGE_SECTIONS; i++) {
        if (!shows_section(page->emission, sections[i].section))
            continue;
        write_format(page->writer, "<section id=\"%s\">\n", sections[i].id);
        sections[i].write(&page->document);
        write_string(page->writer, "</section>\n");
    }
}

static void write_body(struct page *page) {
    write_string(page->writer, "<body>\n<header>\n");
    write_document_title(&page->document);
    write_menu(page);
    write_string(page->writer, "</header>\n<main>\n<section id=\"summary\">\n");
    write_summary(&page->document);
    write_string(page->writer, "</section>\n");
    write_pictures(page);
    write_row_table(page);
    write_sections(page);
    write_subject_descriptions(page);
    write_row_descriptions(page);
    write_threat_descriptions(page);
    write_rule_descriptions(page);
    write_string(page->writer, "</main>\n");
    if (page->emission->options.script.length)
        write_script(page, page->emission->options.script);
    write_string(page->writer, "</body>\n</html>\n");
}

bool emit_html(struct emission *emission) {
    struct page *page = ARENA_NEW(emission->arena, struct page);
    page->emission = emission;
    page->writer = emission->writer;
    page->document = html_document(emission, &page->html);
    page->rules = ARENA_ARRAY(emission->arena, unsigned char, emission->rows->pack->rules.count);
    emission->options.picture = (struct slice){0};
    emission->options.view_pictures = (struct slice){0};
    emission->options.page_pictures = (struct slice){0};
    emission->division = NULL;
    cut_page(emission);
    page->before = emission->options.previous;
    struct page_picture whole = draw_page_picture(emission, &(struct page_part){0}, &page->before);
    page->picture = whole.svg;
    page->division = whole.svg.length ? whole.division : NULL;
    write_head(page, style_of(page));
    write_body(page);
    return whole.svg.length > 0;
}

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

struct pictures {
    struct page_picture *items;
    size_t count;
};

static struct pictures draw_pictures(const struct emission *emission) {
    const struct decl_list *views = &emission->model->of[KIND_VIEW];
    struct pictures pictures = {ARENA_ARRAY(emission->arena, struct page_picture, views->count + 1),
                                0};
    struct page_picture whole = draw_page_picture(emission, NULL, 0);
    pictures.items[pictures.count++] = whole;
    for (size_t i = 0; whole.svg.length && i < views->count; i++)
        pictures.items[pictures.count++] = draw_page_picture(emission, views->items[i], i + 1);
    return pictures;
}

static void write_picture(struct page *page, const struct page_picture *picture) {
    const struct decl *view = picture->view;
    write_string(page->writer, "<figure class=\"picture\">\n");
    if (view) {
        write_string(page->writer, "<figcaption>");
        put_declared(&page->document, view);
        put_between(&page->document, decl_text(view, ATTRIBUTE_about).length > 0, ": ");
        put_note(&page->document, view, ATTRIBUTE_about);
        write_string(page->writer, "</figcaption>\n");
    }
    write_string(page->writer, "<div class=\"drawing\" tabindex=\"0\" role=\"group\" "
                               "aria-label=\"Picture\">\n");
    write_slice(page->writer, picture->svg);
    write_string(page->writer, "</div>\n</figure>\n");
}

static void write_pictures(struct page *page, const struct pictures *pictures) {
    write_string(page->writer, "<section id=\"picture\"><h2>Picture</h2>\n");
    if (!pictures->items[0].svg.length)
        write_string(page->writer, "<p>The picture could not be drawn; the diagram as text stands "
                                   "under <a href=\"#model\">Model</a>.</p>\n");
    for (size_t i = 0; i < pictures->count; i++)
        if (pictures->items[i].svg.length)
            write_picture(page, &pictures->items[i]);
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

static void write_body(struct page *page, const struct pictures *pictures) {
    write_string(page->writer, "<body>\n<header>\n");
    write_document_title(&page->document);
    write_menu(page);
    write_string(page->writer, "</header>\n<main>\n<section id=\"summary\">\n");
    write_summary(&page->document);
    write_string(page->writer, "</section>\n");
    write_pictures(page, pictures);
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
    struct pictures pictures = draw_pictures(emission);
    write_head(page, style_of(page));
    write_body(page, &pictures);
    return pictures.items[0].svg.length > 0;
}

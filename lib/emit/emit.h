/* Shared by all emitters. One file per format, one row per format in formats.def. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_EMIT_H
#define EMIT_EMIT_H

#include "analysis/decisions.h"
#include "analysis/evidence.h"
#include "analysis/patterns.h"
#include "analysis/reasons.h"
#include "analysis/score.h"
#include "base/writer.h"
#include "diag/diag.h"
#include "emit/findings.h"

struct layout_host;
struct layout_process;
struct excerpt;
struct division;

/* Options of an output, from the caller's stridec_output. */
struct emit_options {
    struct slice model_name;        /* "" when not said */
    struct slice picture;           /* "" without a picture */
    struct slice view_pictures;     /* of views, "*" for the id; "" without */
    const struct decl *view;        /* NULL: all */
    struct slice page_pictures;     /* of pages, "*" for the id; "" without */
    struct slice page;              /* the id of a page to draw; "": all, or what stands for it */
    bool whole;                     /* in one picture, however small its letters are */
    const char *layout;             /* the layout program */
    const struct layout_host *host; /* draws instead of it; or NULL */
    unsigned layout_seconds;        /* 0: LAYOUT_SECONDS */
    struct slice previous;          /* the SVG or page written before, or "" */
    int tier;                       /* 0: all */
    unsigned sections;              /* of the document: bits, see document_sections.def; 0: all */
    struct slice script;            /* of the host, for the page; "" without */
    bool all, color;
    bool no_legend; /* below pictures */
    bool more;      /* pictures follow, so the layout program waits for them */
    bool in_page;   /* of a picture: the page that it stands in has its style, and what it shows */
    size_t width;
    struct viewpoint viewpoint; /* from which files are named that hosts are to find */
    struct slice path;          /* of the model's file, as the caller gave it */
};

struct emission {
    struct arena *arena;
    struct writer *writer;
    const struct model *model;
    const struct analysis *analysis;
    const struct rows *rows;
    const struct decisions *decisions; /* NULL where there are no rows */
    struct diagnostics *diagnostics;
    struct evidence *evidence; /* NULL: nobody looks */
    struct emit_options options;
    const struct excerpt *excerpt;  /* a page of a divided model; NULL: all of the model */
    struct layout_process *process; /* the layout program that draws */
    struct division *division;      /* how the model is divided; NULL: it is not, or not yet */
    size_t page_end;                /* of the report: it has no rows from this place on */
    bool page_is_cut;               /* there are some from there on */
    /* Of a page that is drawn as a table, why; else "". It outlives what else is made for a page.
     */
    char table_problem[200];
};

/* False when a picture could not be made: the diagnostic has been added, and what was written has
 * none in it, or is nothing at all. A sink that fails is seen by the caller. */
typedef bool emitter(struct emission *emission);

struct format {
    const char *name, *extension,
        *also; /* endings of files, without the dot; the second may be "" */
    enum { SHOWS_ROWS, SHOWS_PICTURE } shows;
    emitter *emit;
    const char *about;
    const char *comment, *comment_end; /* around the line that names the model; or NULL */
    const char *opening;               /* without comments: what all files of it begin with */
    bool opens_evidence;
    /* Whether somebody has written into what stands after the opening; NULL: that is not looked at.
     */
    bool (*is_filled_in)(struct slice rest);
};
#define SVG_OPENING "<svg xmlns=\"http://www.w3.org/2000/svg\" data-stridec-model=\""
#define SARIF_OPENING "{\"properties\": {\"stridec-model\": \""
#define HTML_OPENING "<!DOCTYPE html>\n<html lang=\"en\" data-stridec-model=\""
extern const char csv_opening[];
bool csv_is_filled_in(struct slice lines);
#define FORMAT(name, extension, also, shows, function, beginning, about) emitter function;
#include "emit/formats.def"
#undef FORMAT
extern const struct format formats[];
extern const size_t format_count;

/* The question of a pattern; its id when its rule has none. */
static inline struct slice pattern_ask(const struct emission *emission,
                                       const struct pattern *pattern) {
    struct slice ask = pattern->rule->ask;
    return ask.length ? pattern_text(emission->arena, emission->rows, pattern, ask)
                      : pattern_id(emission->arena, pattern);
}

/* Text for a place of the output; each writes it such that it stays text there.
 * - xml: < > & " ' as entities, what hides or reorders text shown
 * - markdown: as text of a line or table cell; code spans (`x`) stay code, nothing else is markup,
 *   and nothing mentions anybody or anything where the document is posted as a comment
 * - json: between quotes, quotes included; nothing is lost
 * - terminal: as a part of a line; what steers a terminal, hides or reorders text is shown, never
 * sent
 * - file name: the same, where any blank but the plain one is shown too */
void write_xml(struct writer *writer, struct slice text);
void write_markdown(struct writer *writer, struct slice text);
void write_json_string(struct writer *writer, struct slice text);
void write_terminal(struct writer *writer, struct slice text);
void write_file_name(struct writer *writer, struct slice name);
/* A byte as a URL escapes it: "%2F". */
void write_percent(struct writer *writer, unsigned char byte);
/* A cell of CSV with its quotes, of text without anything that cannot be seen; what a spreadsheet
 * would calculate gets an apostrophe before it. */
void write_csv_cell(struct writer *writer, struct slice visible);
/* What the cell of a text shows, its quotes taken off; and the text that a cell means which
 * somebody may have typed. */
struct slice cell_shown(struct arena *arena, struct slice text);
struct slice cell_meant(struct arena *arena, struct slice cell);

#endif

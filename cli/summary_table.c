/* A table of many models: two lines each for a terminal, one in Markdown and CSV, an object in
 * JSON.
 */
// SPDX-License-Identifier: MIT
#include "summary.h"

#include "report.h"
#include "terminal.h"
#include "text.h"

#include <string.h>

#define SUMMARY_SCHEMA 1
#define DEFAULT_WIDTH 80

static size_t state_count(void) {
    size_t count = 0;
    while (count < MOST_STATES && stridec_threat_state_at(count))
        count++;
    return count;
}

static bool is_broken(const struct summary *summary) {
    return summary->problem != NULL;
}

static size_t count_broken(const struct summary_table *table) {
    size_t count = 0;
    for (size_t i = 0; i < table->count; i++)
        count += is_broken(&table->items[i]);
    return count;
}

static bool has_deadline(const struct summary_table *table) {
    return *table->deadline->until.text;
}

/* ---- text -------------------------------------------------------------------------------- */

/* Numbers of a line, with the widths of their columns. */
static const struct {
    const char *title;
    int width;
} columns[] = {{"elem", 6}, {"t1", 6},   {"t2", 6},  {"t3", 6},
               {"crit", 6}, {"high", 6}, {"med", 6}, {"low", 6}};

/* Characters, of which each is taken for one column. */
static size_t count_characters(const char *text) {
    size_t count = 0;
    for (; *text; text++)
        count += ((unsigned char)*text & 0xc0) != 0x80;
    return count;
}

static size_t longest_name(const struct summary_table *table) {
    size_t longest = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct text visible = {0};
        const char *path = table->items[i].path;
        stridec_write_text("terminal", path, strlen(path), text_append, &visible);
        size_t length = count_characters(visible.at ? visible.at : "");
        longest = length > longest ? length : longest;
        text_free(&visible);
    }
    return longest;
}

static size_t width_left(size_t width) {
    size_t used = 0;
    for (size_t i = 0; i < COUNT(columns); i++)
        used += (size_t)columns[i].width;
    return width > used + 12 ? width - used : 12;
}

/* As wide as the longest name, so that numbers stand near it on a wide terminal; and not narrower
 * than on one of the usual width. */
static size_t name_width(const struct summary_table *table) {
    size_t most = width_left(table->width ? table->width : DEFAULT_WIDTH);
    size_t usual = width_left(DEFAULT_WIDTH), longest = longest_name(table);
    size_t wanted = longest > usual ? longest : usual;
    return wanted < most ? wanted : most;
}

/* Of a long path the end, which says most. */
static void print_name(const char *path, size_t width, bool padded) {
    struct text visible = {0};
    stridec_write_text("terminal", path, strlen(path), text_append, &visible);
    const char *at = visible.at ? visible.at : "";
    size_t length = count_characters(at);
    bool cut = length > width;
    for (; cut && length >= width; length--)
        do
            at++;
        while (((unsigned char)*at & 0xc0) == 0x80);
    printf("%s%s%*s", cut ? "\u2026" : "", at, padded ? (int)(width - length - cut) : 0, "");
    text_free(&visible);
}

static void print_numbers(const struct summary *summary) {
    const size_t numbers[] = {summary->elements,        summary->open[0],
                              summary->open[1],         summary->open[2],
                              threats_left(summary, 0), threats_left(summary, 1),
                              threats_left(summary, 2), threats_left(summary, 3)};
    for (size_t i = 0; i < COUNT(columns); i++)
        printf("%*zu", columns[i].width, numbers[i]);
    putchar('\n');
}

/* What stands on the second line, piece by piece. */
static void add_piece(struct text *pieces, const char *piece) {
    if (pieces->length)
        text_append(pieces, "; ", 2);
    text_append(pieces, piece, strlen(piece));
}

static void add_count(struct text *pieces, size_t count, const char *words) {
    char piece[128];
    snprintf(piece, sizeof piece, "%zu %s", count, words);
    if (count)
        add_piece(pieces, piece);
}

/* "threats: 4 mitigated, 1 planned" */
static void add_states(struct text *pieces, const struct summary *summary) {
    char piece[512] = "threats:";
    size_t used = strlen(piece), any = 0;
    for (size_t i = 0; i < state_count(); i++) {
        size_t count = threats_in_state(summary, i);
        if (!count || used >= sizeof piece)
            continue;
        int written = snprintf(piece + used, sizeof piece - used, "%s %zu %s", any ? "," : "",
                               count, stridec_threat_state_at(i));
        used += written > 0 ? (size_t)written : 0;
        any++;
    }
    if (any)
        add_piece(pieces, piece);
}

static void add_dates(struct text *pieces, const struct summary_table *table,
                      const struct summary *summary) {
    char piece[128];
    if (summary->acceptances) {
        snprintf(piece, sizeof piece, "%zu acceptance%s%s%s", summary->acceptances,
                 summary->acceptances == 1 ? "" : "s",
                 *summary->oldest.text ? ", the oldest on " : "", summary->oldest.text);
        add_piece(pieces, piece);
    }
    snprintf(piece, sizeof piece, "due by %s", table->deadline->until.text);
    add_count(pieces, summary->due, piece);
    add_count(pieces, summary->overdue, "overdue");
}

static void add_review(struct text *pieces, const struct summary *summary) {
    char piece[64];
    static const char *const words[] = {[REVIEW_NONE] = "not reviewed",
                                        [REVIEW_BY_AUTHOR] = "reviewed by an author",
                                        [REVIEW_FAILED] = "review failed",
                                        [REVIEW_OUTDATED] = "review outdated, reviewed",
                                        [REVIEW_UNSEEN] = "review does not say of what, reviewed",
                                        [REVIEW_PASSED] = "reviewed"};
    bool dated = *summary->reviewed.text && summary->review != REVIEW_NONE;
    snprintf(piece, sizeof piece, "%s%s%s", words[summary->review], dated ? " on " : "",
             dated ? summary->reviewed.text : "");
    add_piece(pieces, piece);
}

/* In lines that fit, indented; words of others are made visible. */
static void print_wrapped(const char *text, size_t width) {
    struct text visible = {0};
    stridec_write_text("terminal", text, strlen(text), text_append, &visible);
    const char *at = visible.at ? visible.at : "";
    while (*at) {
        size_t length = strlen(at), characters = 0, fits = 0;
        for (size_t i = 0; i < length && characters <= width; i++) {
            characters += ((unsigned char)at[i + 1] & 0xc0) != 0x80;
            if ((at[i + 1] == ' ' || !at[i + 1]) && characters <= width)
                fits = i + 1;
        }
        if (!fits)
            fits = strcspn(at, " ");
        printf("    %.*s\n", (int)fits, at);
        at += fits + strspn(at + fits, " ");
    }
    text_free(&visible);
}

static void print_details(const struct summary_table *table, const struct summary *summary,
                          bool is_total) {
    struct text pieces = {0};
    size_t width = table->width ? table->width : DEFAULT_WIDTH;
    if (is_broken(summary)) {
        add_piece(&pieces, summary->problem);
    } else {
        if (summary->owner && *summary->owner)
            add_piece(&pieces, summary->owner);
        add_states(&pieces, summary);
        add_dates(&pieces, table, summary);
        add_count(&pieces, summary->stale,
                  summary->stale == 1 ? "decision stale" : "decisions stale");
        add_count(&pieces, summary->doubtful,
                  summary->doubtful == 1 ? "decision to confirm" : "decisions to confirm");
        if (!is_total)
            add_review(&pieces, summary);
    }
    print_wrapped(pieces.at ? pieces.at : "", width > 24 ? width - 4 : 20);
    text_free(&pieces);
}

static void print_styled(const struct summary_table *table, const char *style, const char *text) {
    if (table->color)
        printf("\x1b[%sm%s\x1b[0m", style, text);
    else
        fputs(text, stdout);
}

static void print_head(const struct summary_table *table, size_t name) {
    print_styled(table, "2", "model");
    printf("%*s", (int)(name - strlen("model")), "");
    for (size_t i = 0; i < COUNT(columns); i++)
        printf("%*s", columns[i].width, columns[i].title);
    putchar('\n');
}

static void print_total(const struct summary_table *table, size_t width) {
    char name[64];
    size_t broken = count_broken(table);
    snprintf(name, sizeof name, "%zu model%s", table->count, table->count == 1 ? "" : "s");
    putchar('\n');
    print_name(name, width, true);
    print_numbers(&table->total);
    print_details(table, &table->total, true);
    if (broken)
        printf("    %zu of them %s no numbers\n", broken, broken == 1 ? "has" : "have");
    if (table->filtered)
        printf("    %zu more that the filters leave out\n", table->filtered);
    if (table->other)
        printf("    besides %zu file%s of rules or decisions\n", table->other,
               table->other == 1 ? "" : "s");
    puts("t1 to t3: open rows by tier; crit to low: threats with something left to do, none that "
         "is asleep");
}

static void write_text(const struct summary_table *table) {
    size_t width = name_width(table);
    print_head(table, width);
    for (size_t i = 0; i < table->count; i++) {
        const struct summary *summary = &table->items[i];
        print_name(summary->path, width, !is_broken(summary));
        if (is_broken(summary))
            putchar('\n');
        else
            print_numbers(summary);
        print_details(table, summary, false);
    }
    print_total(table, width);
}

/* ---- Markdown and CSV -------------------------------------------------------------------- */

/* A cell of others' words. */
static void print_cell(const char *form, const char *text) {
    struct text visible = {0};
    stridec_write_text("terminal", text, strlen(text), text_append, &visible);
    stridec_write_text(form, visible.at ? visible.at : "", visible.length, print_to_stream, stdout);
    text_free(&visible);
}

static void print_markdown_row(const struct summary_table *table, const struct summary *summary,
                               bool is_total) {
    printf(" | %zu | %zu | %zu | %zu |", summary->elements, summary->open[0], summary->open[1],
           summary->open[2]);
    for (size_t i = 0; i + 1 < PRIORITIES; i++)
        printf(" %zu |", threats_left(summary, i));
    printf(" %zu | %s | %zu |", summary->acceptances, summary->oldest.text,
           summary->stale + summary->doubtful);
    if (has_deadline(table))
        printf(" %zu |", summary->due);
    printf(" %s%s%s |\n", is_total ? "" : review_words[summary->review],
           *summary->reviewed.text ? " " : "", summary->reviewed.text);
}

static void write_markdown(const struct summary_table *table) {
    const char *due = has_deadline(table) ? " due |" : "";
    printf(
        "| model | owner | elements | tier 1 | tier 2 | tier 3 | critical | high | medium | low |"
        " accepted | oldest | in doubt |%s review |\n",
        due);
    printf("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|---|--:|%s---|\n",
           has_deadline(table) ? "--:|" : "");
    for (size_t i = 0; i < table->count; i++) {
        const struct summary *summary = &table->items[i];
        printf("| ");
        print_cell("markdown", summary->path);
        printf(" | ");
        print_cell("markdown", is_broken(summary) ? summary->problem : summary->owner);
        if (is_broken(summary))
            printf(" |%s\n",
                   has_deadline(table) ? " | | | | | | | | | | | | |" : " | | | | | | | | | | | |");
        else
            print_markdown_row(table, summary, false);
    }
    printf("| **%zu in all** | ", table->count);
    print_markdown_row(table, &table->total, true);
}

static void print_csv_head(void) {
    printf("path,label,owner,elements,flows,open_tier_1,open_tier_2,open_tier_3");
    for (size_t i = 0; i < PRIORITIES; i++)
        for (size_t j = 0; j < state_count(); j++)
            printf(",%s_%s", *priority_words[i] ? priority_words[i] : "other",
                   stridec_threat_state_at(j));
    printf(",accepted,oldest_acceptance,stale,doubtful,due,overdue,review,reviewed,problem\r\n");
}

static void print_csv_row(const struct summary_table *table, const struct summary *summary) {
    print_cell("csv", summary->path);
    putchar(',');
    print_cell("csv", summary->label ? summary->label : "");
    putchar(',');
    print_cell("csv", summary->owner ? summary->owner : "");
    printf(",%zu,%zu,%zu,%zu,%zu", summary->elements, summary->flows, summary->open[0],
           summary->open[1], summary->open[2]);
    for (size_t i = 0; i < PRIORITIES; i++)
        for (size_t j = 0; j < state_count(); j++)
            printf(",%zu", summary->threats[i][j]);
    printf(",%zu,%s,%zu,%zu,", summary->acceptances, summary->oldest.text, summary->stale,
           summary->doubtful);
    if (has_deadline(table))
        printf("%zu,%zu", summary->due, summary->overdue);
    else
        putchar(',');
    printf(",%s,%s,", is_broken(summary) ? "" : review_words[summary->review],
           summary->reviewed.text);
    print_cell("csv", summary->problem ? summary->problem : "");
    printf("\r\n");
}

/* Without a total, which a spreadsheet makes itself. */
static void write_csv(const struct summary_table *table) {
    print_csv_head();
    for (size_t i = 0; i < table->count; i++)
        print_csv_row(table, &table->items[i]);
}

/* ---- JSON -------------------------------------------------------------------------------- */

static void put_threats(stridec_json *json, const struct summary *summary) {
    stridec_json_list(json, "threats");
    for (size_t i = 0; i < PRIORITIES; i++)
        for (size_t j = 0; j < state_count(); j++) {
            if (!summary->threats[i][j])
                continue;
            stridec_json_object(json, NULL);
            put_text(json, "priority", priority_words[i]);
            put_text(json, "state", stridec_threat_state_at(j));
            stridec_json_number(json, "count", summary->threats[i][j]);
            stridec_json_end(json);
        }
    stridec_json_end(json);
}

static void put_numbers(stridec_json *json, const struct summary_table *table,
                        const struct summary *summary) {
    stridec_json_number(json, "elements", summary->elements);
    stridec_json_number(json, "flows", summary->flows);
    stridec_json_list(json, "open_by_tier");
    for (size_t i = 0; i < TIERS; i++)
        stridec_json_number(json, NULL, summary->open[i]);
    stridec_json_end(json);
    put_threats(json, summary);
    stridec_json_number(json, "accepted", summary->acceptances);
    put_text(json, "oldest_acceptance", summary->oldest.text);
    stridec_json_number(json, "stale", summary->stale);
    stridec_json_number(json, "doubtful", summary->doubtful);
    if (has_deadline(table)) {
        stridec_json_number(json, "due", summary->due);
        stridec_json_number(json, "overdue", summary->overdue);
    }
}

static void put_model(stridec_json *json, const struct summary_table *table,
                      const struct summary *summary) {
    stridec_json_object(json, NULL);
    put_text(json, "path", summary->path);
    if (is_broken(summary)) {
        put_text(json, "problem", summary->problem);
    } else {
        put_text(json, "label", summary->label);
        put_text(json, "owner", summary->owner);
        put_numbers(json, table, summary);
        put_text(json, "review", review_words[summary->review]);
        put_text(json, "reviewed", summary->reviewed.text);
    }
    stridec_json_end(json);
}

static void write_json(const struct summary_table *table) {
    stridec_json json = {.size = sizeof json, .sink = print_to_stream, .context = stdout};
    stridec_json_object(&json, NULL);
    stridec_json_object(&json, "stridec");
    stridec_json_number(&json, "summary", SUMMARY_SCHEMA);
    stridec_json_end(&json);
    put_text(&json, "due_by", table->deadline->until.text);
    stridec_json_list(&json, "models");
    for (size_t i = 0; i < table->count; i++)
        put_model(&json, table, &table->items[i]);
    stridec_json_end(&json);
    stridec_json_object(&json, "total");
    stridec_json_number(&json, "models", table->count);
    stridec_json_number(&json, "problems", count_broken(table));
    stridec_json_number(&json, "filtered", table->filtered);
    stridec_json_number(&json, "no_models", table->other);
    put_numbers(&json, table, &table->total);
    stridec_json_end(&json);
    stridec_json_end(&json);
    putchar('\n');
}

void summary_write(const struct summary_table *table, const char *format) {
    static const struct {
        const char *format;
        void (*write)(const struct summary_table *table);
    } writers[] = {{"text", write_text},
                   {"markdown", write_markdown},
                   {"csv", write_csv},
                   {"json", write_json}};
    for (size_t i = 0; i < COUNT(writers); i++)
        if (strcmp(writers[i].format, format) == 0)
            writers[i].write(table);
}

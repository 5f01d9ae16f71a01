/* Fits what is shown into a screen: a terminal may have no more than 24 lines, and what scrolls
 * away is not read. */
// SPDX-License-Identifier: MIT
#include "screen.h"

#include "stridec.h"
#include "terminal.h"

#include <string.h>

#define WIDTH 80

void screen_clear(void) {
    if (terminal_moves())
        fputs("\033[H\033[2J", stdout);
    else
        putchar('\n');
}

/* ---- questions --------------------------------------------------------------------------- */

static const char *next_line(const char *line) {
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

static size_t count_lines(const char *from, const char *to) {
    size_t count = 0;
    for (; from < to; from = next_line(from))
        count++;
    return count;
}

/* Its head and the question itself end with the second empty line. */
static const char *end_of_question(const char *line) {
    size_t empty = 0;
    for (; *line && empty < 2; line = next_line(line))
        empty += *line == '\n';
    return line;
}

static const char *start_of_facts(const char *line) {
    static const char first[] = "  settles ";
    while (*line && strncmp(line, first, sizeof first - 1) != 0)
        line = next_line(line);
    return line;
}

/* As many lines as there is room for; dots stand for the rest. */
static void print_lines(const char *from, const char *to, size_t room) {
    bool fits = count_lines(from, to) <= room;
    for (size_t left = fits ? room : room - 1; room && left && from < to; left--) {
        const char *next = next_line(from);
        print_to_stream(stdout, from, (size_t)(next - from));
        from = next;
    }
    if (room && !fits)
        puts("            ...");
}

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

void screen_question(const struct text *text, size_t most) {
    const char *start = text->at ? text->at : "", *end = start + strlen(start);
    const char *details = end_of_question(start), *facts = start_of_facts(details);
    size_t room = most ? most : count_lines(start, end);
    size_t head_lines = least(count_lines(start, details), room);
    size_t fact_lines = least(count_lines(facts, end), room - head_lines);
    print_lines(start, details, head_lines);
    print_lines(details, facts, room - head_lines - fact_lines);
    print_lines(facts, end, fact_lines);
}

/* ---- messages ---------------------------------------------------------------------------- */

/* Up to the last blank that fits; a word that is longer than a line is not broken. */
static size_t length_of_line(const char *text) {
    size_t length = strcspn(text, "\n"), last = 0;
    if (length < WIDTH)
        return length;
    for (size_t i = 0; i < length && (i < WIDTH || !last); i++)
        if (text[i] == ' ')
            last = i;
    return last ? last : length;
}

static void print_part(const char *text, size_t length) {
    stridec_write_text("terminal", text, length, print_to_stream, stdout);
    putchar('\n');
}

static const char *after_line(const char *message, size_t length) {
    return message + length + (message[length] != 0);
}

void screen_message(const char *message) {
    for (size_t length; *message; message = after_line(message, length)) {
        length = length_of_line(message);
        print_part(message, length);
    }
}

size_t screen_lines(const char *message) {
    size_t count = 0;
    for (; *message; count++)
        message = after_line(message, length_of_line(message));
    return count;
}

/* Colour and width. User text reaches a terminal only through print_text(). */
// SPDX-License-Identifier: MIT
#include "terminal.h"

#include "stridec.h"
#include "text.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

void print_text(FILE *stream, const char *text) {
    stridec_write_text("terminal", text, strlen(text), print_to_stream, stream);
}

void print_argument(FILE *stream, const char *path) {
    struct text word = {0};
    stridec_write_text("shell", path, strlen(path), text_append, &word);
    if (word.at)
        print_text(stream, word.at);
    text_free(&word);
}

bool color_wanted(const char *choice, FILE *stream) {
    if (strcmp(choice, "auto") != 0)
        return strcmp(choice, "always") == 0;
    const char *refused = getenv("NO_COLOR"), *terminal = getenv("TERM");
    if ((refused && *refused) || (terminal && strcmp(terminal, "dumb") == 0))
        return false;
    return isatty(fileno(stream)) == 1;
}

bool terminal_moves(void) {
    const char *terminal = getenv("TERM");
    return terminal && *terminal && strcmp(terminal, "dumb") != 0;
}

static struct winsize size_of_terminal(void) {
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return (struct winsize){0};
    return size;
}

int terminal_width(void) {
    return size_of_terminal().ws_col;
}

int terminal_height(void) {
    return size_of_terminal().ws_row;
}

bool print_to_stream(void *stream, const char *at, size_t length) {
    return length == 0 || fwrite(at, 1, length, stream) == length;
}

FILE *error_stream(void) {
    (void)fflush(stdout); /* when that fails main() says so */
    return stderr;
}

bool print_to_errors(void *context, const char *at, size_t length) {
    (void)context;
    return print_to_stream(error_stream(), at, length);
}

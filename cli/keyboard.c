/* The terminal's own settings are put back at exit and before a signal ends or stops the program.
 * Only echo and lines are switched off: ^C and ^Z go on to mean what they mean everywhere. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* sigaction's names under -std=c11 */
#include "keyboard.h"

#include "terminal.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE 27
#define DELETE 127
#define ERASE_LINE ('u' & 31)
#define ERASE_WORD ('w' & 31)
#define PASTE (-3) /* the start of a text that the terminal says was pasted */
#define MARK_PASTES "\033[?2004h"
#define LEAVE_PASTES "\033[?2004l"
#define PASTE_ENDS "\033[201~"
#define MORE_OF_A_KEY                                                                              \
    25 /* milliseconds in which the rest of a key that sends several bytes comes */

static struct termios before;
static volatile sig_atomic_t is_open, was_paused;
static const char *volatile farewell;

/* A handler of signals may do no more than write. */
static void tell_terminal(const char *sequence) {
    if (terminal_moves())
        (void)!write(STDOUT_FILENO, sequence, strlen(sequence));
}

static void set_raw(void) {
    struct termios raw = before;
    raw.c_lflag &= (tcflag_t) ~(ICANON | ECHO);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &raw);
    tell_terminal(MARK_PASTES);
}

static void restore(void) {
    if (!is_open)
        return;
    tell_terminal(LEAVE_PASTES);
    (void)tcsetattr(STDIN_FILENO, TCSADRAIN, &before);
}

static void raise_as_usual(int number) {
    sigset_t only;
    signal(number, SIG_DFL);
    sigemptyset(&only);
    sigaddset(&only, number);
    (void)raise(number);
    (void)sigprocmask(SIG_UNBLOCK, &only, NULL);
}

static void end_by(int number) {
    const char *line = farewell;
    restore();
    if (line)
        (void)!write(STDOUT_FILENO, line, strlen(line));
    raise_as_usual(number);
}

static void handle(int number, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler};
    sigemptyset(&action.sa_mask);
    (void)sigaction(number, &action, NULL);
}

/* Goes on here when the shell has it continued. */
static void stop_by(int number) {
    int problem = errno;
    restore();
    raise_as_usual(number);
    handle(SIGTSTP, stop_by);
    set_raw();
    was_paused = 1;
    errno = problem;
}

bool keyboard_open(void) {
    static const int ends[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    if (!isatty(STDIN_FILENO) || tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    if (!is_open)
        atexit(keyboard_close);
    is_open = 1;
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        handle(ends[i], end_by);
    handle(SIGTSTP, stop_by);
    set_raw();
    return true;
}

void keyboard_close(void) {
    farewell = NULL;
    (void)fflush(stdout);
    restore();
    is_open = 0;
}

void keyboard_farewell(const char *line) {
    farewell = line;
}

bool keyboard_was_paused(void) {
    bool paused = was_paused;
    was_paused = 0;
    return paused;
}

/* -1 at the end, and when a pause has ended, so that the screen is drawn anew. */
static int read_byte(void) {
    unsigned char byte;
    ssize_t got;
    do
        got = read(STDIN_FILENO, &byte, 1);
    while (got < 0 && errno == EINTR && !was_paused);
    return got == 1 ? byte : -1;
}

static bool is_waiting(void) {
    struct pollfd input = {.fd = STDIN_FILENO, .events = POLLIN};
    return poll(&input, 1, MORE_OF_A_KEY) == 1;
}

/* The rest of a key such as an arrow: ESC [ A, ESC [ 3 ~, ESC O P; of Alt with a key that key.
 * Escape where there is none. */
static int read_rest_of_key(void) {
    int byte = is_waiting() ? read_byte() : ESCAPE, number = 0;
    if (byte != '[' && byte != 'O')
        return byte == ESCAPE ? ESCAPE : KEYBOARD_OTHER;
    do {
        byte = is_waiting() ? read_byte() : -1;
        if (byte >= '0' && byte <= '9' && number < 1000)
            number = 10 * number + byte - '0';
    } while (byte >= 0 && byte < '@');
    return byte == '~' && number == 200 ? PASTE : KEYBOARD_OTHER;
}

static int read_key(void) {
    (void)fflush(stdout);
    int key = read_byte();
    if (key == ESCAPE)
        return read_rest_of_key();
    return key == '\r' ? '\n' : key;
}

/* ---- pasted texts ------------------------------------------------------------------------ */

/* It stays one line. */
static bool add_shown(struct text *line, int byte) {
    const char shown = byte == '\n' || byte == '\r' || byte == '\t' ? ' ' : (char)byte;
    bool joins = shown == ' ' && line->length && line->at[line->length - 1] == ' ';
    if ((unsigned char)shown < ' ' || shown == DELETE || joins)
        return true;
    putchar((unsigned char)shown);
    return text_append(line, &shown, 1);
}

/* Into the line, if there is one: where single keys answer, a pasted text is none of them. */
static bool read_paste(struct text *line) {
    static const char end[] = PASTE_ENDS;
    size_t found = 0;
    while (found < sizeof end - 1) {
        int byte = read_byte();
        if (byte < 0)
            return false;
        if (byte == end[found]) {
            found++;
            continue;
        }
        for (size_t i = 0; line && i < found; i++)
            if (!add_shown(line, end[i]))
                return false;
        found = byte == *end;
        if (!found && line && !add_shown(line, byte))
            return false;
    }
    return true;
}

int keyboard_key(void) {
    int key = read_key();
    if (key != PASTE)
        return key;
    return read_paste(NULL) ? KEYBOARD_OTHER : KEYBOARD_END;
}

void keyboard_forget(void) {
    (void)tcflush(STDIN_FILENO, TCIFLUSH);
}

/* ---- lines ------------------------------------------------------------------------------- */

static bool continues(char byte) {
    return ((unsigned char)byte & 0xc0) == 0x80;
}

/* One character less; on the screen one column, where wider ones leave a blank. */
static void take_back(struct text *line) {
    if (!line->length)
        return;
    do
        line->length--;
    while (line->length && continues(line->at[line->length]));
    line->at[line->length] = 0;
    fputs("\b \b", stdout);
}

/* Up to the blank before the last word. */
static void take_word_back(struct text *line) {
    while (line->length && line->at[line->length - 1] == ' ')
        take_back(line);
    while (line->length && line->at[line->length - 1] != ' ')
        take_back(line);
}

bool keyboard_line(struct text *line) {
    for (;;) {
        int key = read_key();
        bool is_whole = key == '\n';
        if (is_whole || key == KEYBOARD_END || key == ESCAPE) {
            putchar('\n');
            return is_whole;
        }
        if (key == DELETE || key == '\b') {
            take_back(line);
        } else if (key == ERASE_WORD) {
            take_word_back(line);
        } else if (key == ERASE_LINE) {
            while (line->length)
                take_back(line);
        } else if (key == PASTE) {
            if (!read_paste(line))
                return false;
        } else if (key >= ' ' && !add_shown(line, key)) {
            return false;
        }
    }
}

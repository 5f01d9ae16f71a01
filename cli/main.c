/* Finds the command, runs it, and makes sure that all it printed has arrived before the exit code
 * says so. */
// SPDX-License-Identifier: MIT
#include "options.h"
#include "report.h"
#include "stridec.h"
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct command rows[] = {
#define COMMAND(word, function, operands, least, most, summary)                                    \
    {word, operands, least, most, function, summary},
#include "commands.def"
#undef COMMAND
};
static const struct command_table commands = {rows, COUNT(rows)};

/* A file opened later must not become standard output. Opened the wrong way round, reading and
 * writing still fail as on a closed descriptor. */
static void fill_standard_descriptors(void) {
    for (int i = 0; i <= STDERR_FILENO; i++)
        if (fcntl(i, F_GETFD) == -1 && errno == EBADF)
            (void)!open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY);
}

/* Writing into a closed pipe or over a file size limit is an ordinary error. */
static void ignore_signals(void) {
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
}

static bool is_file(const char *word) {
    struct stat file;
    return strcmp(word, "-") == 0 || strpbrk(word, "./") || stat(word, &file) == 0;
}

static enum outcome run_command(const struct command *command, const char **words, size_t count) {
    const char **lists = calloc(4 * (count + 1), sizeof *lists);
    if (!lists) {
        complain("no memory");
        return OUTCOME_FAILURE;
    }
    struct invocation run = {
        .command = command,
        .commands = &commands,
        .words = {words, count},
        .rules = {lists, 0},
        .errors = {lists + count + 1, 0},
        .allowed = {lists + 2 * (count + 1), 0},
        .outputs = {lists + 3 * (count + 1), 0},
        .color = "auto",
    };
    enum outcome outcome = report_end(command->run(&run));
    free(lists);
    return outcome;
}

static enum outcome run_words(const char **words, size_t count) {
    if (count == 0) {
        print_help(error_stream(), &commands);
        return OUTCOME_MISUSE;
    }
    if (strcmp(words[0], "--version") == 0) {
        printf("stridec %s\n", stridec_version());
        return OUTCOME_CLEAN;
    }
    if (strcmp(words[0], "--help") == 0 || strcmp(words[0], "-h") == 0) {
        print_help(stdout, &commands);
        return OUTCOME_CLEAN;
    }
    if (words[0][0] == '-' && words[0][1]) {
        complain("unknown option '%s'; write options of a command after its word", words[0]);
        return OUTCOME_MISUSE;
    }
    if (!command_called(&commands, words[0]) && is_file(words[0]))
        return run_command(&commands.at[0], words, count);
    const struct command *command = find_command(&commands, words[0]);
    return command ? run_command(command, words + 1, count - 1) : OUTCOME_MISUSE;
}

/* Whether the reader has closed the pipe, as in `| head`. */
static bool is_reader_gone(void) {
    struct pollfd output = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&output, 1, 0) == 1 && (output.revents & (POLLERR | POLLHUP));
}

/* Large outputs leave in large pieces; a terminal gets its lines at once. */
static void open_output(void) {
    static char buffer[1 << 16];
    if (!isatty(STDOUT_FILENO))
        (void)setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
}

/* A full device and a closed pipe show here at the latest; the latter is nothing to talk of. */
static enum outcome close_output(enum outcome outcome) {
    bool failed = ferror(stdout) != 0;
    errno = 0;
    failed = fflush(stdout) != 0 || failed;
    int problem = errno;
    bool gone = failed && is_reader_gone();
    failed = fclose(stdout) != 0 || failed;
    if (!failed)
        return outcome;
    if (!gone)
        complain("cannot write standard output: %s",
                 problem ? strerror(problem) : "writing failed");
    return OUTCOME_FAILURE;
}

int main(int argc, char **argv) {
    fill_standard_descriptors();
    ignore_signals();
    open_output();
    const char **words = calloc((size_t)argc + 1, sizeof *words);
    if (!words) {
        complain("no memory");
        return OUTCOME_FAILURE;
    }
    size_t count = argc > 1 ? (size_t)argc - 1 : 0;
    for (size_t i = 0; i < count; i++)
        words[i] = argv[i + 1];
    enum outcome outcome = close_output(run_words(words, count));
    free(words);
    return (int)outcome;
}

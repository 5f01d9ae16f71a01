/* measure RUNS COMMAND...: runs each command RUNS times, all of them in turn so that they meet the
 * same weather, and prints a line for each: medians of wall time and of the processor's time in
 * seconds, peak memory in MiB. A command is words with single blanks between them; what it prints
 * is thrown away, but for the last of its messages where it fails. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST_WORDS 32
#define MOST_RUNS 99

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* What the command being run has written to its standard error. */
static FILE *messages;

static void show_messages(void) {
    char text[4096];
    long length = fseek(messages, 0, SEEK_END) ? 0 : ftell(messages);
    fseek(messages, length > (long)sizeof text ? -(long)sizeof text : -length, SEEK_END);
    fwrite(text, 1, fread(text, 1, sizeof text, messages), stderr);
}

static _Noreturn void become(char *command) {
    char *words[MOST_WORDS + 1] = {NULL};
    size_t count = 0;
    for (char *word = strtok(command, " "); word && count < MOST_WORDS; word = strtok(NULL, " "))
        words[count++] = word;
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 ||
        dup2(fileno(messages), STDERR_FILENO) < 0)
        _exit(126);
    execvp(words[0], words);
    _exit(127);
}

struct times {
    double wall[MOST_RUNS], processor[MOST_RUNS];
    long peak;
};

static double seconds_of(struct timeval time) {
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* False when the command failed. */
static bool run_once(char *command, struct times *times, int run) {
    struct rusage usage;
    int status;
    if (fseek(messages, 0, SEEK_SET) || ftruncate(fileno(messages), 0))
        return false;
    double start = now();
    pid_t id = fork();
    if (id == 0)
        become(command);
    if (id < 0 || wait4(id, &status, 0, &usage) != id)
        return false;
    times->wall[run] = now() - start;
    times->processor[run] = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    if (usage.ru_maxrss > times->peak)
        times->peak = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static int compare(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

static double median(double *seconds, int runs) {
    qsort(seconds, (size_t)runs, sizeof *seconds, compare);
    return seconds[runs / 2];
}

int main(int argc, char **argv) {
    static struct times times[MOST_WORDS];
    int runs = argc > 2 ? atoi(argv[1]) : 0, count = argc - 2;
    if (runs < 1 || runs > MOST_RUNS || count > MOST_WORDS) {
        fputs("usage: measure RUNS COMMAND...\n", stderr);
        return 3;
    }
    if (!(messages = tmpfile())) {
        perror("measure");
        return 4;
    }
    for (int run = 0; run < runs; run++)
        for (int i = 0; i < count; i++)
            if (!run_once(argv[i + 2], &times[i], run)) {
                show_messages();
                fprintf(stderr, "failed: %s\n", argv[i + 2]);
                return 4;
            }
    for (int i = 0; i < count; i++)
        printf("%.6f %.6f %.1f\n", median(times[i].wall, runs), median(times[i].processor, runs),
               (double)times[i].peak / 1024);
    return 0;
}

/* measure RUNS COMMAND...: runs each command RUNS times, all of them in turn so that they meet the
 * same weather, and prints a line for each: median of wall time in seconds, peak memory in MiB. A
 * command is words with single blanks between them; what it prints is thrown away. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE /* wait4 */
#include <fcntl.h>
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

static _Noreturn void become(char *command) {
    char *words[MOST_WORDS + 1] = {NULL};
    size_t count = 0;
    for (char *word = strtok(command, " "); word && count < MOST_WORDS; word = strtok(NULL, " "))
        words[count++] = word;
    int nowhere = open("/dev/null", O_WRONLY);
    if (nowhere < 0 || dup2(nowhere, STDOUT_FILENO) < 0 || dup2(nowhere, STDERR_FILENO) < 0)
        _exit(126);
    execvp(words[0], words);
    _exit(127);
}

/* Seconds, or less than 0 when the command failed. */
static double run_once(char *command, long *peak) {
    struct rusage usage;
    int status;
    double start = now();
    pid_t id = fork();
    if (id == 0)
        become(command);
    if (id < 0 || wait4(id, &status, 0, &usage) != id)
        return -1;
    double seconds = now() - start;
    if (usage.ru_maxrss > *peak)
        *peak = usage.ru_maxrss;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? seconds : -1;
}

static int compare(const void *a, const void *b) {
    double one = *(const double *)a, other = *(const double *)b;
    return (one > other) - (one < other);
}

int main(int argc, char **argv) {
    static double seconds[MOST_WORDS][MOST_RUNS];
    long peaks[MOST_WORDS] = {0};
    int runs = argc > 2 ? atoi(argv[1]) : 0, count = argc - 2;
    if (runs < 1 || runs > MOST_RUNS || count > MOST_WORDS) {
        fputs("usage: measure RUNS COMMAND...\n", stderr);
        return 3;
    }
    for (int run = 0; run < runs; run++)
        for (int i = 0; i < count; i++) {
            seconds[i][run] = run_once(argv[i + 2], &peaks[i]);
            if (seconds[i][run] < 0) {
                fprintf(stderr, "failed: %s\n", argv[i + 2]);
                return 4;
            }
        }
    for (int i = 0; i < count; i++) {
        qsort(seconds[i], (size_t)runs, sizeof seconds[i][0], compare);
        printf("%.6f %.1f\n", seconds[i][runs / 2], (double)peaks[i] / 1024);
    }
    return 0;
}

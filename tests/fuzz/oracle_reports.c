/* Reports for hosts: JSON that parses, XML whose elements are ours, and commands that are lines. */
// SPDX-License-Identifier: MIT
#include "oracles.h"

#include <stdlib.h>
#include <string.h>

/* Each line is one command, known and with its parts. */
static void check_commands(struct bytes text) {
    static const char *const commands[] = {"::error ", "::warning ", "::notice "};
    for (const char *at = text.at; *at; at = strchr(at, '\n') + 1) {
        const char *end = strchr(at, '\n');
        bool known = false;
        for (size_t i = 0; i < sizeof commands / sizeof *commands; i++)
            known |= !strncmp(at, commands[i], strlen(commands[i]));
        const char *data = strstr(at + 2, "::");
        if (!known || !end || !data || data > end)
            refuse("github: no command: %.80s", at);
        if (memchr(at, '\r', (size_t)(end - at)))
            refuse("github: a line that ends twice: %.80s", at);
    }
}

static void check_report(const char *format, struct bytes text) {
    check_terminal(format, text, NOTHING);
    if (!text.length)
        return;
    if (*text.at == '{' || *text.at == '[')
        check_json(text);
    else if (!strcmp(format, "junit"))
        check_markup(format, (struct bytes){.at = strchr(text.at, '\n'), .length = text.length},
                     " testsuites testsuite testcase failure error system-out ",
                     " name tests failures errors classname type message ");
    else if (!strcmp(format, "github"))
        check_commands(text);
    if (strcmp(format, "github") != 0)
        check_log(format, text);
}

void check_reports(stridec *compilation, const char *path) {
    const stridec_report_config config = {.size = sizeof config, .link = "https://git.example"};
    stridec_report *report = stridec_report_new(&config);
    stridec_report_format format = {.size = sizeof format};
    if (stridec_report_add(report, compilation, path) == STRIDEC_OK)
        for (size_t i = 0; stridec_report_format_at(i, &format); i++) {
            struct bytes text = {0};
            bytes_add(&text, "", 0);
            if (stridec_report_write(report, format.name, bytes_take, &text) != STRIDEC_OK)
                refuse("%s cannot be written", format.name);
            check_report(format.name, text);
            free(text.at);
        }
    stridec_report_free(report);
}

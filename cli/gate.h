/* check --gate: what is demanded of the decisions about a model. */
// SPDX-License-Identifier: MIT
#ifndef CLI_GATE_H
#define CLI_GATE_H

#include "dates.h"
#include "session.h"

struct gate_run {
    bool on;
    const char *today; /* of --today, or NULL */
    const char *since; /* of --since, or NULL */
    const char *list;  /* of --checklist, or NULL */
    struct date day;   /* what dates are compared with */
};
#define OPTION_GATE(gate)                                                                          \
    {.name = "gate",                                                                               \
     .on = &(gate)->on,                                                                            \
     .help = "fail where a decision is missing, stale or past"},                                   \
        {.name = "today",                                                                          \
         .argument = "DATE",                                                                       \
         .text = &(gate)->today,                                                                   \
         .help = "the day that dates are compared with (default: today)"},                         \
        {.name = "since",                                                                          \
         .argument = "REV",                                                                        \
         .text = &(gate)->since,                                                                   \
         .help = "only what a change since a revision of git made pending"},                       \
    {                                                                                              \
        .name = "checklist", .argument = "LIST", .text = &(gate)->list,                            \
        .help = "warn where the open items in this list are not those of now"                      \
    }

/* Finds the day. False, after a complaint, when what was asked for cannot be had. */
bool gate_begin(struct gate_run *gate);
/* Tries the gate of a model that has compiled; anything else is left alone. */
void gate_try(const struct gate_run *gate, struct session *session);
/* What the gate will say about declarations that have just been decided, by their names: a warning
 * each, as nothing has failed yet. */
void gate_foretell(stridec *compilation, const char *const *names, size_t count);
/* Says what is open: the threats that are not done. */
void gate_tell(const struct gate_run *gate, const struct session *session);

#endif

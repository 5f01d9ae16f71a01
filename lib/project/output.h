/* The budget of an output: none grows faster than the model and its rows. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_OUTPUT_H
#define PROJECT_OUTPUT_H

#include "project/project.h"

/* Stands between a format and its sink. */
struct budget {
    struct arena *arena;
    writer_sink *sink;
    void *context;
    size_t left;
    bool exceeded;
};

/* What an output of a project with rows may take, in bytes. */
size_t budget_of(const struct project *project);
/* A writer_sink; the context is a struct budget. */
bool budget_spend(void *budget, const char *at, size_t length);
/* Writes a list with the open items of a project with rows; see write_checklist(). `paired` is
 * false where its marks are no pair. */
enum outcome project_checklist(struct project *project, struct slice model_name, struct slice list,
                               writer_sink *sink, void *context, bool *paired);
/* The same for the gate: finds the items in the list, and what is wrong with them. */
void project_judge_list(struct project *project, struct gate_list *list);
/* That an output would be larger. */
void report_large_output(struct project *project, size_t budget);

#endif

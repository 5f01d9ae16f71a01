/* Decisions as edits: what is to be written into the files of decisions beside the main model. All
 * of a call's decisions are taken, or none. Nothing is written anywhere: see edits.h. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_DECIDING_H
#define PROJECT_DECIDING_H

#include "project/edits.h"

enum operands {
    OPERANDS_QUESTIONS,
    OPERANDS_THREATS,
    OPERANDS_DECISIONS,
    OPERANDS_FACTS,
    OPERANDS_NOTHING
};
enum verb {
#define VERB(id, word, kind, operands, about) VERB_##id,
#include "project/verbs.def"
#undef VERB
    VERB_COUNT
};
struct verb_row {
    const char *word;
    enum kind kind; /* KIND_COUNT: it writes no declaration */
    enum operands operands;
    const char *about;
};
extern const struct verb_row verb_rows[VERB_COUNT];
/* VERB_COUNT when there is none of this word. */
enum verb verb_find(struct slice word);

/* An attribute as somebody states it: its values are those of a list, or one that has them with
 * commas between. */
struct named_values {
    struct slice name;
    const struct slice *values;
    size_t count;
};

struct decision_request {
    struct slice verb;
    struct slice id, label; /* of what is declared; "": made up */
    const struct slice *ids;
    size_t id_count;
    const struct named_values *attributes;
    size_t attribute_count;
    int tier; /* of the questions, where no ids say which; 0: any */
};

/* Why a request is refused. */
struct refusal {
    size_t request;   /* its number; of a sheet that of its line, from 1 */
    const char *code; /* of the diagnostic that it would be; "" */
    const char *message;
    struct slice id; /* of a sheet: that of the line */
};

/* What became of a request. */
struct deed {
    size_t request;
    bool changes;      /* false: it stands there already */
    const char *kind;  /* of the declaration: "threat" */
    struct slice id;   /* its id, or the first question of a dismissal without one */
    const char *path;  /* of its file */
    struct slice *ids; /* the questions or threats that it is about */
    size_t id_count;
    ARRAY_OF(struct slice) notes; /* what has to be known besides, each in a sentence */
};

/* Of the last call. */
struct deeds {
    ARRAY_OF(struct refusal) refusals;
    ARRAY_OF(struct deed) list;
    bool of_sheet;
};

/* NOTHING_SUCH: see the refusals; `refusal` of the project is the first. The model has compiled. */
enum edited project_decide(struct project *project, const struct decision_request *requests,
                           size_t count);
/* The same for the lines of a table, in CSV, that answer questions; see answering.h. `author`: of
 * what is decided anew, unless the line names one; "": nobody is named. */
enum edited project_decide_sheet(struct project *project, struct slice text, struct slice author);

/* Refuses whatever is asked of a file that holds something else. */
enum edited decide_without_model(struct project *project);

#endif

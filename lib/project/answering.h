/* A sheet of answers on its way into decisions: each line names a question, or a threat, and says
 * what the columns of emit/answer_cells.h have. What a line says that is so already changes
 * nothing; all else is decided as by the verbs, or stated in the decision that is there. */
// SPDX-License-Identifier: MIT
#ifndef PROJECT_ANSWERING_H
#define PROJECT_ANSWERING_H

#include "emit/answer_cells.h"
#include "project/decider.h"

struct answer_line {
    size_t number; /* in the file, from 1 */
    struct slice id, word;
    struct slice cells[ANSWER_COLUMN_COUNT]; /* "": says nothing */
};

/* The question of a line, and the answer that it has. */
struct asked {
    struct slice id;
    const struct pattern *pattern;
    const struct row *row;            /* NULL: the line is about a threat */
    const struct verdict_on *verdict; /* NULL: nobody has decided */
    struct question_answer now;
};

/* What a line says that a declaration states. */
struct wish {
    int attribute; /* enum attribute_id, or ATTRIBUTE_LABEL */
    struct slice value;
    bool changes; /* false: it states that already */
    const struct answer_line *line;
};
struct wishes {
    const struct decl *decl;
    ARRAY_OF(struct wish) list;
};

/* Whether a line decides about a threat, or only says what is so or is to be stated: all lines
 * about it have to agree, so that the sheet means the same the second time. */
struct claim {
    const struct answer_line *line;
    bool decides;
};

/* Lines that leave their questions open on purpose, and say the same of it. */
struct baseline_lines {
    const struct answer_line *first;
    struct slice_list ids;
};

struct answering {
    struct decider *decider;
    struct slice author;   /* of new decisions, where the line names none; "" */
    struct table answered; /* id -> struct answer_line */
    struct table wished;   /* address of a declaration -> struct wishes */
    struct table claimed;  /* address of a threat -> struct claim */
    ARRAY_OF(struct wishes *) wishes;
    struct table left; /* what lines say -> struct baseline_lines */
    ARRAY_OF(struct baseline_lines *) baselines;
};

/* Takes one line; false, and refused, where it cannot be used. */
bool answer_by_line(struct answering *answering, const struct answer_line *line);
/* What a column says that is not so yet becomes a wish. `word`: of the line; what is shown of the
 * answer that is there says nothing, whatever the word. */
bool compare_column(struct answering *answering, const struct asked *asked,
                    const struct answer_line *line, const struct answer_word *word,
                    enum answer_column column);
/* Refused where a column, or the answer, is that of several declarations. */
bool refuse_several(struct answering *answering, const char *column, const struct decl_list *list);
/* Decides by the verb of the word. */
bool answer_anew(struct answering *answering, const struct asked *asked,
                 const struct answer_line *line, const struct answer_word *word);
/* False, and refused, where another line says something else about the threat. `is_new`: this line
 * is the first. */
bool claim_threat(struct answering *answering, const struct decl *threat,
                  const struct answer_line *line, bool decides, bool *is_new);
bool is_same_line(const struct answer_line *a, const struct answer_line *b);
/* Who decided and when, which alone is no answer. */
static inline bool is_about_deciding(enum answer_column column) {
    return column == COLUMN_author || column == COLUMN_decided;
}
/* The questions that lines leave open on purpose, when all lines are taken. */
bool answer_baselines(struct answering *answering);
/* Refusals speak of this line from now on. */
static inline void answer_at(struct answering *answering, const struct answer_line *line) {
    answering->decider->request = line->number;
    answering->decider->line_id = line->id;
}

/* Whether the cell shows this text, or is it; `attribute` as of a column. */
bool cell_says(struct arena *arena, int attribute, struct slice cell, struct slice text);
/* The value that a cell means for an attribute. False, and refused, where it may mean two. */
bool cell_value(struct decider *decider, int attribute, struct slice cell, struct slice *value);

/* Notes what the line says of the declaration. Refused where another line says something else, or
 * it cannot be stated there. */
bool wish_for(struct answering *answering, const struct decl *decl, struct wish wish);
/* States all that was wished for. */
bool grant_wishes(struct answering *answering);

#endif

/* Diagrams whose threats experts have named, and how well a choice of rows meets those threats. A
 * row is a letter at a subject; a diagram has a cell for each, and a choice marks some of them. */
// SPDX-License-Identifier: MIT
#ifndef QUALITY_QUALITY_H
#define QUALITY_QUALITY_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#define LETTERS "STRIDE"
#define LETTER_COUNT (sizeof LETTERS - 1)

enum element_kind { EXTERNAL, PROCESS, STORE };

/* Texts belong to the diagram's JSON. */
struct zone {
    const char *id, *name, *parent; /* NULL: on the outermost level */
};
struct element {
    const char *id, *name, *boundary; /* NULL: in none */
    enum element_kind kind;
    json_t *attributes;
};
struct flow {
    const char *id, *name;
    size_t from, to; /* elements */
    bool crosses;
    json_t *attributes;
};
struct threat {
    size_t letter;
    const char *subject, *text;
    bool repeated; /* from another diagram of the same source: it counts for no recall */
    bool *at;      /* by subject: what it is about */
    bool *near;    /* these, their flows, and the ends of these */
};

/* What somebody who knows the system but not its threats has stated about a diagram. */
struct twin {
    char *path;
    json_t *root;            /* NULL: nobody has */
    json_t *assets, *traits; /* by id */
};

/* The answer of a choice for a cell: for recall; to be read; in tier 1; and the same of what is
 * still open. */
enum { FOUND = 1, SHOWN = 2, FIRST = 4, OPEN_FOUND = 8, OPEN = 16, OPEN_FIRST = 32 };

/* A question of stridec that is open in a row. */
struct question {
    size_t cell;
    char *rule;
    bool specific; /* it rests on something that is stated; else it is asked in words that fit
                      anywhere */
};
struct questions {
    struct question *items;
    size_t count;
};

struct diagram {
    char *path;
    const char *name; /* of the file */
    int set_length;   /* the set is so much of the name */
    json_t *root;
    const char *id, *title;
    struct zone *zones;
    struct element *elements;
    struct flow *flows;
    struct threat *threats;
    size_t zone_count, element_count, flow_count, threat_count;
    size_t counted; /* threats that are not repeated */
    struct twin twin;
    unsigned char *rows;      /* by cell: what stridec says */
    unsigned char *described; /* the same with what the twin states; NULL without one */
    struct questions asked, asked_described;
};

/* Elements, then flows. */
static inline size_t subject_count(const struct diagram *diagram) {
    return diagram->element_count + diagram->flow_count;
}
static inline size_t cell_of(size_t subject, size_t letter) {
    return subject * LETTER_COUNT + letter;
}
/* subject_count() when there is none. */
size_t find_subject(const struct diagram *diagram, const char *id);

/* Each of these ends the program with a sentence and status 2 when the input is wrong. */
_Noreturn void refuse(const char *format, ...) __attribute__((format(printf, 1, 2)));
void *allocate(size_t count, size_t size); /* zeroed */
void read_diagram(struct diagram *diagram, char *path);
/* Does nothing when there is no such file. Takes the path, as read_diagram() does. */
void read_twin(struct diagram *diagram, char *path);
/* Compiles it and fills `rows` and `described`. */
void find_rows(struct diagram *diagram);
void free_diagram(struct diagram *diagram);

/* The model in stridec's language, with what a twin states unless that is NULL. Free it. */
char *write_model(const struct diagram *diagram, const struct twin *twin, size_t *length);

/* A choice of rows: stridec's, or one that needs the drawing alone. */
struct choice {
    const char *name;
    void (*mark)(const struct diagram *diagram, unsigned char *cells);
    unsigned found, shown; /* the marks that count */
    bool described;        /* it needs a twin */
};
enum {
    ALL_ROWS,
    OPEN_ROWS,
    TIER_ONE,
    TIER_ONE_OPEN,
    OWN_CHOICES, /* of stridec; the same follow for described diagrams */
    DESCRIBED_ROWS = OWN_CHOICES,
    DESCRIBED_OPEN_ROWS,
    DESCRIBED_TIER_ONE,
    DESCRIBED_TIER_ONE_OPEN,
    PER_ELEMENT,
    PER_ELEMENT_R,
    PER_INTERACTION,
    CROSSING_ENDS,
    CROSSING_FLOWS,
    CHOICE_COUNT
};
extern const struct choice choices[CHOICE_COUNT];
/* Of a row of stridec. */
unsigned char marks_of(const char *state, bool first);

/* Sums over diagrams. */
struct score {
    size_t diagrams, elements, threats; /* those counted */
    size_t met, exact;                  /* threats */
    double recalls;                     /* of each diagram, added up */
    size_t rows, good;                  /* shown; those that meet a threat */
    size_t cells, good_cells;
};
void add_score(struct score *score, const struct diagram *diagram, const struct choice *choice);
double recall(const struct score *score);
double exact_recall(const struct score *score);
double mean_recall(const struct score *score);
double rows_per_element(const struct score *score);
/* The factor by which a row is likelier to meet a threat than a cell drawn at random. */
double lift(const struct score *score);
/* The value of a measure on the line through two scores, drawn over their rows per element, with as
 * many rows as `at` has. NAN when there is no such line. */
double on_line(const struct score *at, const struct score *one, const struct score *other,
               double measure(const struct score *));
/* Whether some found row meets the threat: anywhere near, or at its very subject. */
bool is_met(const struct diagram *diagram, const struct threat *threat, const unsigned char *cells,
            unsigned found, bool exactly);

/* How a threat is asked about, the best of what is open near it. */
enum asked { NOT_ASKED, ROW_ONLY, GENERIC, NAMED, ASKED_COUNT };
enum asked how_asked(const struct diagram *diagram, const struct threat *threat, bool described);
/* Whether a question of this rule is open near the threat. */
bool is_asked_by(const struct diagram *diagram, const struct threat *threat, bool described,
                 const char *rule);

/* What may be read at most in tier 1, where the diagrams are those that the figures are of. */
struct budget {
    size_t diagrams, elements, threats;
    double bare, described; /* open rows of tier 1 per element, by pack 1 */
};
extern const struct budget budget;
bool budget_is_of(const struct score *score);
/* Whether they are within what they may have grown by since. */
bool is_within(const struct score *score, double rows);

#endif

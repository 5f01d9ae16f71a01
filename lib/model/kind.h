/* Kinds of declarations and attributes, from the tables kinds.def and attributes.def. */
// SPDX-License-Identifier: MIT
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

#include "base/table.h"

#include <stdbool.h>
#include <stdint.h>

enum kind {
#define KIND(id, word, article, section, files, parents, id_rule, about) KIND_##id,
#include "model/kinds.def"
#undef KIND
    KIND_COUNT
};

/* Sets of kinds. */
enum {
#define KIND(id, word, article, section, files, parents, id_rule, about) ON_##id = 1u << KIND_##id,
#include "model/kinds.def"
#undef KIND
    ON_FILE = 1u << KIND_COUNT,
    ON_ANY = ON_FILE - 1,
};
_Static_assert(KIND_COUNT < 31, "a set of kinds, and ON_FILE, are bits of an int");
#define ON_EXTERNALS (ON_EXTERNAL | ON_ACTOR)
#define ON_ELEMENT (ON_EXTERNALS | ON_PROCESS | ON_STORE)
#define ON_SUBJECT (ON_ELEMENT | ON_FLOW | ON_CROSSING)
/* What the team has decided; a policy says how decisions count. */
#define ON_DECISION (ON_THREAT | ON_DISMISS | ON_MITIGATION | ON_RISK | ON_REVIEW | ON_BASELINE)

enum file_kind { IN_MODEL = 1, IN_RULES = 2, IN_TRIAGE = 4 };
enum id_rule { NAMED, ANONYMOUS, EITHER, ROW_ID };

struct kind_row {
    const char *word;
    const char *article; /* "a process" */
    const char *section; /* of the YAML form: "processes" */
    unsigned files, parents;
    enum id_rule id_rule;
    const char *about;
};
extern const struct kind_row kind_rows[KIND_COUNT];
/* KIND_COUNT when no kind has this word. */
enum kind kind_find(struct slice word);
/* The kind that a section of the YAML form holds, or KIND_COUNT. */
enum kind section_find(struct slice word);

/* Where it stands: "models", "rule packs", "triage files". */
const char *kind_files(enum kind kind);

static inline bool kind_in(enum kind kind, unsigned set) {
    return (set >> kind) & 1u;
}

/* Of a set that is not empty. */
enum kind first_kind(unsigned kinds);

enum attribute_id {
#define ATTRIBUTE(id, name, kinds, role, type, values, about) ATTRIBUTE_##id,
#include "model/attributes.def"
#undef ATTRIBUTE
    ATTRIBUTE_COUNT
};

enum attribute_role { ROLE_TRAIT, ROLE_FACT, ROLE_NOTE };

enum attribute_type {
    TYPE_TEXT,     /* a string or text */
    TYPE_STRINGS,  /* a list of strings or words */
    TYPE_WORD,     /* a word, of the known ones if there are any */
    TYPE_WORDS,    /* a word or a list of words */
    TYPE_YESNO,    /* yes, no */
    TYPE_NUMBER,   /* a whole number in a range */
    TYPE_SCORE,    /* a number from 1 to 5, or low, medium, high, critical */
    TYPE_SCORES,   /* two of them: likelihood and impact */
    TYPE_DATE,     /* 2027-01-31 */
    TYPE_ID,       /* any id, not looked up */
    TYPE_IDS,      /* a list of them */
    TYPE_ROW,      /* T@pay, T@pay/replay */
    TYPE_ROWS,     /* a list of them */
    TYPE_PAIRS,    /* [[word, number], ...] */
    TYPE_BOUNDARY, /* the id of a boundary, looked up; the next three likewise */
    TYPE_PROCESS,
    TYPE_ASSETS, /* a list of assets */
    TYPE_PLACES, /* a list of elements and boundaries */
    TYPE_COUNT
};

struct attribute_row {
    const char *name;
    unsigned kinds;
    enum attribute_role role;
    enum attribute_type type;
    const char *values; /* separated by blanks, '!' before a safe one */
    const char *about;
};
extern const struct attribute_row attribute_rows[ATTRIBUTE_COUNT];
/* Describes a value of each type, for "'due' takes ...". */
extern const char *const attribute_type_words[TYPE_COUNT];
/* trait, fact, note */
extern const char *const attribute_role_words[];
/* Whether its `values` are words; else they are the lowest and the highest number. */
static inline bool attribute_lists_words(enum attribute_type type) {
    return type != TYPE_NUMBER && type != TYPE_SCORE && type != TYPE_SCORES;
}
/* Whether a value names declarations of the model, which are looked up. */
static inline bool attribute_refers(enum attribute_type type) {
    return type == TYPE_BOUNDARY || type == TYPE_PROCESS || type == TYPE_ASSETS ||
           type == TYPE_PLACES;
}
static inline bool attribute_takes_list(enum attribute_type type) {
    return type == TYPE_STRINGS || type == TYPE_SCORES || type == TYPE_WORDS || type == TYPE_IDS ||
           type == TYPE_ROWS || type == TYPE_ASSETS || type == TYPE_PLACES;
}

/* Finds rows by name in constant time; made once for each compilation. */
struct attribute_index {
    struct table first;                        /* name -> its first row */
    enum attribute_id next[ATTRIBUTE_COUNT];   /* the next row of that name, or ATTRIBUTE_COUNT */
    enum attribute_id family[ATTRIBUTE_COUNT]; /* the first one: see attribute_family() */
};
void attribute_index_open(struct arena *arena, struct attribute_index *index);
/* The row of this name for this kind, or ATTRIBUTE_COUNT. */
enum attribute_id attribute_find(const struct attribute_index *index, struct slice name,
                                 enum kind kind);
/* The family of rows with this name, by its first one; or ATTRIBUTE_COUNT. `kind` of a store and of
 * a process are of one family. */
enum attribute_id attribute_family(const struct attribute_index *index, struct slice name);
/* Whether it is a fact, or a trait that answers questions like one because it has safe values. */
bool attribute_answers(enum attribute_id id);
/* The lowest and the highest number that an attribute takes; false where it takes words. */
bool attribute_range(enum attribute_id id, int *lowest, int *highest);
/* The number of a score: 1 to 5, or what low, medium, high and critical mean. False where it is
 * neither. */
bool score_level(struct slice word, int *level);
/* The attribute that comes `index` after the first one of this kind, or ATTRIBUTE_COUNT. */
enum attribute_id attribute_of_kind(enum kind kind, size_t index);
/* Steps through the known values: start with *rest = values. */
bool attribute_next_value(const char **rest, struct slice *value, bool *safe);
/* The known value that a word means: the value itself in any case, with '-', '_' or neither, or a
 * synonym of it. Where any word goes: the word, unless that is a synonym. Empty when nobody knows
 * it. `safe`: whether it is a safe one. */
struct slice attribute_meaning(enum attribute_id id, struct slice word, bool *safe);
/* Whether it means a known value; any word does when none are listed. */
bool value_is_known(enum attribute_id id, struct slice word, bool *safe);
/* What people type in place of a known value: start with *rest = value_synonyms(). */
const char *value_synonyms(enum attribute_id id, struct slice value);
bool next_synonym(const char **rest, struct slice *word);
/* The known value that `value` is a slip of, or an empty slice. Where values are safe or not, a
 * hint must not turn the user's value into a safer or a less safe one: `http3` is not `http`,
 * `nonce` is not `none`. See is_slip(). */
struct slice attribute_nearest_value(enum attribute_id id, struct slice value);

#endif

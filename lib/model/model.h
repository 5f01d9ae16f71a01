/* The diagram as plain data: declarations with their attributes, names resolved, and the lists in
 * which the rest of the program walks them. Built by syntax/builder.c, read by everybody. */
// SPDX-License-Identifier: MIT
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include "base/prefetch.h"
#include "base/table.h"
#include "model/kind.h"
#include "tree/tree.h"

#include <limits.h>

/* A word of a value, as a number: equal words of one model have equal symbols. 0 is no word. */
typedef uint32_t symbol;

struct attribute {
    struct attribute *next; /* in order of statement */
    const struct item *item;
    union {
        struct {
            symbol only; /* its known word */
            int number;  /* TYPE_NUMBER, TYPE_SCORE */
        };
        symbol *several; /* where it has more than one word */
    };
    uint32_t word_count; /* of known ones; see attribute_words() */
    unsigned char id;    /* enum attribute_id */
    /* enum attribute_id: the first row with its name, so that `kind` of a store and of a process
     * are one */
    unsigned char family;
    bool stated : 1;  /* false: only unknown values, which count as not stated */
    bool partial : 1; /* a list that has a word which nobody knows beside its known ones */
    bool safe : 1;    /* its stated value is marked safe; in a list: all of them are */
};
_Static_assert(ATTRIBUTE_COUNT <= UCHAR_MAX, "rows of attributes fit a byte");

/* From its name to the end of its value. */
static inline struct span attribute_span(const struct attribute *attribute) {
    return (struct span){attribute->item->word.start, attribute->item->value->word.end};
}
static inline const symbol *attribute_words(const struct attribute *attribute) {
    return attribute->word_count > 1 ? attribute->several : &attribute->only;
}

/* Steps through what is stated: each value of the list, or the only one; NULL where nothing is. */
static inline const struct value *stated_values(const struct attribute *attribute) {
    if (!attribute || !attribute->stated)
        return NULL;
    struct value *value = attribute->item->value;
    return value->word.kind == VALUE_LIST ? value_items(value) : value;
}
static inline const struct value *next_stated(const struct attribute *attribute,
                                              const struct value *value) {
    return attribute->item->value->word.kind == VALUE_LIST ? value->next : NULL;
}

/* Fields that few declarations have; see more_of(). */
struct more {
    struct slice id;           /* where it is not the word after the kind; see decl_id() */
    const struct decl *origin; /* what it stands for, in another file's model; else NULL */
    struct decl *at, *into;    /* of a crossing */
    struct decl **data;        /* assets stated by `data:` */
    size_t data_count;
    struct attribute *evidence; /* facts with a place in the repository (TYPE_TEXT values) */
};

/* A flow's, crossing's, element's, ... declaration. Fields that do not apply to its kind are NULL
 * or 0. Passes over a large model wait for memory more than for all else, so a declaration fills
 * one line of the cache, and what its item says as well is read there: see decl_id(). */
struct decl {
    unsigned char kind;     /* enum kind */
    bool misplaced : 1;     /* reported, and in no list */
    bool blank_label : 1;   /* it is stated, and nobody could see it */
    bool refers : 1;        /* some attribute of it names a declaration */
    bool sends : 1;         /* of an element: some flow of its file begins here, */
    bool receives : 1;      /* or ends here */
    uint16_t depth;         /* of a boundary: 1 on the outermost level */
    uint32_t index;         /* among those of its kind, in order of declaration, from 0 */
    uint32_t number;        /* of elements, flows, crossings: the place in model->subjects;
                               boundaries of a file are numbered after the subjects of that file */
    uint32_t attribute_set; /* see attribute_bit() */
    struct decl *parent;    /* the boundary it lies in */
    union {
        struct {
            struct decl *from, *to; /* of a flow, and of nothing else */
        };
        struct { /* of an element: all its flows once, in order of declaration */
            struct decl **flows;
            uint32_t flow_count; /* see decl_flow_count() */
        };
    };
    struct attribute *attributes;
    const struct item *item;
    struct more *more;
};
_Static_assert(sizeof(struct decl) <= CACHE_LINE, "a declaration fills one line of the cache");

static inline const struct more *more_of(const struct decl *decl) {
    static const struct more none;
    return decl->more ? decl->more : &none;
}
/* To be filled. */
static inline struct more *own_more(struct arena *arena, struct decl *decl) {
    if (!decl->more)
        decl->more = ARENA_NEW(arena, struct more);
    return decl->more;
}

struct decl_list {
    struct decl **items;
    size_t count, capacity;
};

/* Words and attribute names of all that is compared with each other: a model and the rules tried on
 * it share one. Where many models share rules, that of the rules is only read, and a model has one
 * that goes on from it. */
struct vocabulary {
    const struct vocabulary *base; /* which has the first words, or NULL */
    symbol base_count;             /* how many */
    struct table symbols;          /* word -> symbol */
    ARRAY_OF(struct slice) words;  /* symbol - 1 - base_count -> word */
    struct attribute_index attributes;
};
/* The ends of flows lie anywhere in memory. A walk over all flows prefetches the ends of a flow
 * that comes later, so that it need not wait for them. */
#define FLOWS_AHEAD ((size_t)8)
static inline void prefetch_ends(const struct decl_list *flows, size_t at) {
    if (at + FLOWS_AHEAD < flows->count) {
        prefetch(flows->items[at + FLOWS_AHEAD]->from);
        prefetch(flows->items[at + FLOWS_AHEAD]->to);
    }
}

/* `base` may be NULL; it stays as it is from now on. */
struct vocabulary *vocabulary_new(struct arena *arena, const struct vocabulary *base);

/* A name that was looked up, and what it stands for. */
struct use {
    struct span span; /* of the word, with its quotes and its alias */
    const struct decl *decl;
};
/* A word of a condition: the name of an attribute, or a value that something is compared with. */
struct mention {
    struct span span;
    const struct decl *decl;  /* whose condition it is */
    enum attribute_id family; /* ATTRIBUTE_COUNT: the value is a kind */
    bool is_value;
};
struct uses {
    ARRAY_OF(struct use) list; /* in no order, as are */
    ARRAY_OF(struct mention) mentions;
};
/* Every look-up that succeeds comes by here. `uses` is NULL where they are not kept. */
static inline void keep_use(struct arena *arena, struct uses *uses, const struct word *word,
                            const struct decl *decl) {
    if (uses)
        *ARRAY_ADD(arena, &uses->list) = (struct use){word_span(word), decl};
}

struct model;

/* A file that another one imports: `alias.id` stands for the declaration `id` of its model. */
struct import {
    struct slice alias;
    struct model *model; /* NULL when it could not be read: nothing in it is missed */
};
struct imports {
    struct import *items;
    size_t count, capacity;
    struct table by_alias; /* of the first one with each alias */
};

/* What a file declares, and stand-ins for what it names of others. */
struct model {
    struct decl *system;             /* the `model` declaration, or NULL */
    struct decl_list of[KIND_COUNT]; /* in order of declaration */
    struct decl_list
        elements; /* externals, actors, processes, stores; each in order of declaration */
    struct decl_list subjects; /* elements, then flows, then crossings; see model_list_subjects() */
    struct table ids;          /* id -> struct decl */
    struct table stand_ins;    /* the origin's address -> struct decl */
    struct vocabulary *vocabulary;
    struct uses *uses; /* NULL: not kept */

    const struct source *source;   /* the file; NULL where nothing imports it */
    const struct imports *imports; /* NULL: none */
    struct table prefixes;         /* address of a source -> struct slice, see union.h */
    struct model *whole;           /* see model_unite(); NULL before that */
};

struct model *model_new(struct arena *arena, struct vocabulary *vocabulary);
/* 0 where neither a model nor a rule has the word. */
symbol find_symbol(const struct vocabulary *vocabulary, struct slice word);
/* Adds it where nobody had it. */
symbol word_symbol(struct arena *arena, struct vocabulary *vocabulary, struct slice word);
static inline struct slice symbol_word(const struct vocabulary *vocabulary, symbol word) {
    while (word <= vocabulary->base_count)
        vocabulary = vocabulary->base;
    return vocabulary->words.items[word - 1 - vocabulary->base_count];
}
/* The symbol of the value that a word means; of a trait that takes any word, that of the word in
 * small letters. */
symbol value_symbol(struct arena *arena, struct vocabulary *vocabulary, enum attribute_id id,
                    struct slice word);
/* NULL when nothing has this id. */
struct decl *model_find(const struct model *model, struct slice id);
/* The kinds of elements, in the order in which the list of elements has them. */
#define ELEMENT_KINDS 4
extern const enum kind element_kinds[ELEMENT_KINDS];
/* Lists and numbers the subjects of a file, and lists the flows of each element, once, in memory
 * that lives as long as the model: to check a file by itself, nobody needs that. model_unite() sees
 * to it where it has not been done. */
void model_list_subjects(struct arena *arena, struct model *model);
/* Lists the flows of each element, whose `flow_count` says how many there are. */
void model_list_flows(struct arena *arena, struct model *model);

/* The bit of an attribute in a Bloom filter of a declaration's attributes, by row and by family: a
 * clear bit means "not stated", a set bit means "search the list", as two attributes may share one.
 */
static inline uint32_t attribute_bit(enum attribute_id id) {
    return UINT32_C(1) << (id & 31);
}
/* NULL when it is not there. By row, or by family for any kind. */
const struct attribute *decl_attribute(const struct decl *decl, enum attribute_id id);
const struct attribute *decl_attribute_by_family(const struct decl *decl, enum attribute_id family);
/* The text of a TEXT, WORD, DATE or ID attribute, "" when not stated. */
struct slice decl_text(const struct decl *decl, enum attribute_id id);
/* Its number, or `otherwise` when none is stated. */
int decl_number(const struct decl *decl, enum attribute_id id, int otherwise);
struct slice_list {
    struct slice *items;
    size_t count, capacity;
};
/* Its words in their order, of a list or of one value; none when not stated. */
struct slice_list decl_words(struct arena *arena, const struct decl *decl, enum attribute_id id);
/* "" where the kind has none. */
struct slice decl_id(const struct decl *decl);
/* "" when not stated; see decl_title(). */
struct slice decl_label(const struct decl *decl);
static inline struct source *decl_source(const struct decl *decl) {
    return decl->item->head->source;
}
/* Of its id, else of the ends of a flow, else of its first word. */
struct span decl_span(const struct decl *decl);
/* The label, or the id when there is none. */
struct slice decl_title(const struct decl *decl);
/* The same, cut: wherever it is mentioned and not declared. */
struct slice short_title(struct arena *arena, const struct decl *decl);
static inline bool decl_is_element(const struct decl *decl) {
    return kind_in(decl->kind, ON_ELEMENT);
}
static inline size_t decl_flow_count(const struct decl *decl) {
    return decl_is_element(decl) ? decl->flow_count : 0;
}
/* Whether a flow crosses a boundary: its ends do not lie in the same one. */
static inline bool crosses_boundary(const struct decl *flow) {
    return flow->from->parent != flow->to->parent;
}
/* Of flows that cross, and declared ones. */
size_t count_crossings(const struct model *model);
/* An external entity or an actor. */
static inline bool decl_is_external(const struct decl *decl) {
    return kind_in(decl->kind, ON_EXTERNALS);
}
/* A boundary of kind identity, which has no place on the picture. */
bool boundary_is_hidden(const struct decl *boundary);
/* Whether the boundary, or one around it, states `out_of_scope`. */
bool boundary_out_of_scope(const struct decl *boundary);
/* The declaration by which a subject is out of scope, or NULL: itself, or a boundary around it; of
 * a crossing also its process; of a flow its source's, when both ends are out of scope. */
const struct decl *decl_out_of_scope(const struct decl *subject);
/* All assets of a subject: its own `data`, or else those of its flows; without doubles, in order of
 * declaration. At a crossing: those of the process. */
size_t decl_assets(struct arena *arena, const struct decl *subject, struct decl ***assets);

#endif

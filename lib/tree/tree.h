/* The tree of a text, made by a front end: items, values, conditions and comments, all with their
 * places. It follows the grammar only; no name has been looked up. Nothing but white space is lost,
 * so that the formatter can write a file back from it. One grammar serves models, rules and triage;
 * the DSL parser makes it from tokens, another front end may make it from something else. */
// SPDX-License-Identifier: MIT
#ifndef TREE_TREE_H
#define TREE_TREE_H

#include "base/text.h"
#include "diag/source.h"

/* Blocks, lists and conditions inside each other. */
#define NESTING_LIMIT 64

struct comment {
    struct comment *next;
    struct slice text; /* with its '#', without the line break */
    bool blank_before; /* an empty line stands before it */
    bool same_line;    /* it stands on the same line as the code before it */
};

/* The comments of an item, value or block. Most have none, and NULL for these. */
struct remarks {
    struct comment *comments; /* before it */
    struct comment *trailing; /* of an item: after it on its last line; of a block: after its { */
    struct comment *tail;     /* before what closes it */
};
/* To be read. */
static inline const struct remarks *around(const struct remarks *remarks) {
    static const struct remarks none;
    return remarks ? remarks : &none;
}
/* To be filled. */
static inline struct remarks *own_remarks(struct arena *arena, struct remarks **remarks) {
    if (!*remarks)
        *remarks = ARENA_NEW(arena, struct remarks);
    return *remarks;
}

/* A word or string with its place. A word that is not there has length 0 and an empty span. A large
 * model has millions, so one takes 16 bytes: mostly its text is its span without the quotes, and
 * what the quotes take is all that is kept of the length. See word_new(), word_text(), word_span().
 */
struct word {
    union {
        const char *at;           /* escapes resolved, indentation of texts taken off */
        const struct slice *kept; /* a text of any length */
        struct value *items;      /* of a list */
    };
    uint32_t start : 27; /* with the quotes */
    uint32_t kind : 2;   /* of a value: enum value_kind */
    uint32_t noted : 1;  /* of a value: it has remarks */
    uint32_t end : 27;
    uint32_t around : 5; /* what the span is longer than the text, up to WORD_AROUND */
};
#define WORD_AROUND 29
#define WORD_KEPT 30    /* its text is `kept` */
#define WORD_WITHOUT 31 /* it has a place and no text */
#define WORD_OFFSETS ((UINT32_C(1) << 27) - 1)
_Static_assert(SOURCE_LIMIT <= WORD_OFFSETS, "offsets fit 27 bits");

static inline struct span word_span(const struct word *word) {
    return (struct span){word->start, word->end};
}
/* Whether it was written, if only as "". */
static inline bool word_is_there(const struct word *word) {
    return word->end > word->start || word->around;
}
static inline struct slice word_text(const struct word *word) {
    if (word->around <= WORD_AROUND)
        return (struct slice){word->at, (uint32_t)(word->end - word->start - word->around)};
    return word->around == WORD_KEPT ? *word->kept : (struct slice){"", 0};
}
/* The text lives as long as the tree. */
static inline struct word word_new(struct arena *arena, struct slice text, struct span span) {
    struct word word = {.start = span.start & WORD_OFFSETS, .end = span.end & WORD_OFFSETS};
    size_t length = span.end - span.start, around = length - text.length;
    if (text.length <= length && around <= WORD_AROUND) {
        word.at = text.at;
        word.around = around & 31;
    } else if (text.length) {
        struct slice *kept = ARENA_NEW(arena, struct slice);
        *kept = text;
        word.kept = kept;
        word.around = WORD_KEPT;
    } else {
        word.around = WORD_WITHOUT;
    }
    return word;
}

enum value_kind { VALUE_WORD, VALUE_STRING, VALUE_TEXT, VALUE_LIST };
#define VALUE_KINDS 3u

/* Replaces the text of the word; its place stays. */
static inline void word_say(struct arena *arena, struct word *word, struct slice text) {
    struct word said = word_new(arena, text, word_span(word));
    said.kind = word->kind;
    said.noted = word->noted;
    *word = said;
}

struct value {
    struct value *next; /* in the list around it */
    struct word word;   /* its span is the whole value's, lists' too */
};
/* One in a thousand has remarks. `tail`: of a list, before its ] */
struct noted_value {
    struct value value;
    struct remarks remarks;
};
static inline const struct remarks *value_remarks(const struct value *value) {
    return value->word.noted ? &((const struct noted_value *)value)->remarks : NULL;
}
static inline struct value *value_new(struct arena *arena, struct word word,
                                      struct remarks remarks) {
    struct value *value;
    if (remarks.comments || remarks.tail) {
        struct noted_value *noted = ARENA_NEW(arena, struct noted_value);
        noted->remarks = remarks;
        value = &noted->value;
        word.noted = true;
    } else {
        value = ARENA_NEW(arena, struct value);
    }
    value->word = word;
    return value;
}
/* NULL for all but lists. */
static inline struct value *value_items(const struct value *value) {
    return value->word.kind == VALUE_LIST ? value->word.items : NULL;
}
static inline struct word list_word(struct span span, struct value *items) {
    return (struct word){.items = items,
                         .start = span.start & WORD_OFFSETS,
                         .kind = VALUE_LIST,
                         .end = span.end & WORD_OFFSETS,
                         .around = WORD_WITHOUT};
}

enum expr_kind { EXPR_OR, EXPR_AND, EXPR_NOT, EXPR_QUANTIFIER, EXPR_TEST };
enum test_operator { TEST_BARE, TEST_IS, TEST_IS_NOT, TEST_IN, TEST_HAS };

struct expr {
    struct expr *next; /* beside it in an `or`, `and` */
    enum expr_kind kind;
    struct span span;
    struct expr *parts;            /* or, and: two or more; not, quantifier: one */
    struct word word;              /* what is tested; any, all, no */
    struct word range;             /* of a quantifier: incoming, ... */
    enum test_operator comparison; /* of a test */
    struct value *value;           /* of a test that is not bare */
    bool bracketed;                /* it stood in ( ) that are not needed */
    struct comment *comments;      /* before it */
    struct comment *tail;          /* of a whole condition: before its ) */
};

struct block {
    struct item *items;
    struct remarks *remarks; /* no `comments` */
    uint32_t open : 31;      /* the offset of its { */
    bool one_line : 1;
    uint32_t close : 31; /* of its }; 0: that is missing */
    bool damaged : 1;    /* something in it was not understood and is missing */
};

enum item_kind {
    ITEM_ATTRIBUTE,
    ITEM_CONDITION,
    ITEM_DECLARATION,
    ITEM_BROKEN /* of which nothing but the first word and the end was understood */
};

/* Of a flow; `to` may be empty in a damaged one. */
struct ends {
    struct word from, to;
};

/* A declaration: its words, and its block. Parts that it does not have are empty. */
struct head {
    struct word name;
    struct word label;  /* its string */
    struct ends *ends;  /* see ends_of() */
    struct word *alias; /* import "x" as ALIAS; see alias_of() */
    struct source *source;
    struct block block; /* see item_block() */
};
static inline const struct ends *ends_of(const struct head *head) {
    static const struct ends none;
    return head->ends ? head->ends : &none;
}
/* To be filled. */
static inline struct ends *own_ends(struct arena *arena, struct head *head) {
    if (!head->ends)
        head->ends = ARENA_NEW(arena, struct ends);
    return head->ends;
}
static inline const struct word *alias_of(const struct head *head) {
    static const struct word none;
    return head->alias ? head->alias : &none;
}

/* A large model has very many items, so parts that few of them have stand elsewhere. */
struct item {
    struct item *next;
    struct word word; /* kind, attribute or condition; empty for an unnamed flow */
    union {
        struct value *value; /* of an attribute */
        struct expr *expr;   /* of a condition */
        struct head *head;   /* of a declaration */
    };
    struct remarks *remarks; /* see around() */
    uint32_t end;       /* of all of it, see item_span(); of a declaration in YAML: of its key */
    unsigned char kind; /* enum item_kind */
    bool blank_before;  /* an empty line stands directly before it */
    bool arrow;         /* a declaration with an arrow: a flow */
    bool has_block;     /* a declaration with { } */
};
/* From its first word to its end. */
static inline struct span item_span(const struct item *item) {
    return (struct span){item->word.start, item->end};
}
/* NULL when it has none. */
static inline struct block *item_block(const struct item *item) {
    if (item->kind != ITEM_DECLARATION || !item->has_block)
        return NULL;
    if (!item->head) /* each declaration has one: said for those who read the code by machine */
        __builtin_unreachable();
    return &item->head->block;
}
/* The first item in its block; NULL when there is none. */
static inline struct item *items_inside(const struct item *item) {
    const struct block *block = item_block(item);
    return block ? block->items : NULL;
}
/* NULL when there is none. */
static inline const struct item *last_item(const struct block *block) {
    const struct item *last = block->items;
    while (last && last->next)
        last = last->next;
    return last;
}
/* Gives a declaration a block. */
static inline struct block *add_block(struct item *item) {
    item->has_block = true;
    return &item->head->block;
}

/* Words of items that were not understood: whatever they would have declared is not reported as
 * missing. */
struct damage {
    struct damage *next;
    struct slice word;
};

struct tree {
    struct source *source;
    struct block file;
    struct damage *damage;
    size_t declarations, flows; /* estimates, for making room */
    bool damaged;               /* some item is missing from it, or is incomplete */
    bool truncated;             /* reading stopped before the end */
    bool foreign;               /* it is no file of ours: nothing in it was read */
    bool has_imports;           /* some item is one */
};

/* Adds `more` after the comments of the list. */
static inline void comments_append(struct comment **list, struct comment *more) {
    while (*list)
        list = &(*list)->next;
    *list = more;
}

#endif

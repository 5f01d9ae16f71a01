/* Rules and the method as plain data, bound to the attribute table: what a rule pack says, nothing
 * evaluated. Filled by syntax/rule_builder.c. */
// SPDX-License-Identifier: MIT
#ifndef MODEL_RULE_H
#define MODEL_RULE_H

#include "model/model.h"
#include "model/reference.h"

#define LETTER_LIMIT 32
#define LETTER_LENGTH 3

/* A category of threats; STRIDE has six. */
struct letter {
    struct slice code; /* one to three letters */
    struct slice name; /* "Spoofing" */
    struct slice about;
    unsigned index; /* its bit in sets of letters */
    bool impact[3]; /* rated by confidentiality, integrity, availability */
    int stake;      /* the rating without which there is nothing to ask, 0 to 2; -1: none */
    int ease, harm; /* of its rules that state none */
    const struct decl *decl;
    bool replaces; /* the method before had one of this code */
};

/* The subjects that rules are tried on; see model/subjects.def. */
enum subject_kind {
#define SUBJECT(id, word, kinds) SUBJECT_##id,
#include "model/subjects.def"
#undef SUBJECT
    SUBJECT_COUNT
};
struct subject_row {
    const char *word;
    unsigned kinds;
};
extern const struct subject_row subject_rows[SUBJECT_COUNT];
/* Each kind is that of one subject, and declarations of all of them are listed (list_subjects in
 * syntax/resolve.c). */
struct subject_kinds_added { /* of which there is none: its size is the sum */
#define SUBJECT(id, word, kinds) char id[(kinds)];
#include "model/subjects.def"
#undef SUBJECT
};
_Static_assert(sizeof(struct subject_kinds_added) == ON_SUBJECT,
               "subjects.def has a kind twice, or one that no rule can be tried on");
enum subject_kind subject_kind_of(const struct decl *decl);

/* Computed words that a condition may test; see model/truths.def. */
enum truth {
#define TRUTH(name, of, about) TRUTH_##name,
#include "model/truths.def"
#undef TRUTH
    TRUTH_COUNT
};
enum truth_of { TRUTH_OF_SPOT, TRUTH_OF_PATTERN };
struct truth_row {
    const char *name, *about;
    enum truth_of of;
};
extern const struct truth_row truth_rows[TRUTH_COUNT];

enum condition_kind {
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT,
    CONDITION_QUANTIFIER,
    CONDITION_TRUTH,  /* a computed truth */
    CONDITION_CALLS,  /* the number of steps from outside is one of `numbers` */
    CONDITION_KIND,   /* the end's, or the subject's, declaration is of one of `kinds` */
    CONDITION_SAFE,   /* a fact's stated value is safe */
    CONDITION_STATED, /* something other than `none` or `no` is stated */
    CONDITION_VALUE,  /* an attribute's stated value is one of `words` */
};
/* Whose attribute or truth is read. */
enum condition_of { OF_SUBJECT, OF_SELF, OF_FROM, OF_TO, OF_AT, OF_INTO };
enum quantifier { QUANTIFIER_ANY, QUANTIFIER_ALL, QUANTIFIER_NO };
enum flow_range { RANGE_FLOW, RANGE_INCOMING, RANGE_OUTGOING, RANGE_CALLED, RANGE_CALLING };

struct condition {
    enum condition_kind kind;
    struct condition *parts, *next; /* and, or, not, quantifier: what they join */
    enum condition_of of;
    enum quantifier quantifier;
    enum flow_range range;
    enum truth truth;
    enum attribute_id family; /* the first row with this name, see attribute_family() */
    bool negated;             /* is not */
    bool reported;            /* it names a word that the attribute does not know */
    symbol *words;            /* of the model's symbols */
    size_t word_count;
    struct span span;
    unsigned kinds;   /* ON_... */
    unsigned numbers; /* bit n: n calls */
    /* ON_...: what a test of an attribute could hold of, or fail, if the right value were stated.
     */
    unsigned may_hold, may_fail;
};

/* Whether the test names this value. */
static inline bool condition_names(const struct vocabulary *vocabulary,
                                   const struct condition *test, struct slice value) {
    for (size_t i = 0; i < test->word_count; i++)
        if (slice_equal(symbol_word(vocabulary, test->words[i]), value))
            return true;
    return false;
}

struct rule {
    struct slice id, title;
    size_t number; /* its place in the pack */
    int since;     /* the number of the pack that it came with */
    const struct letter *letter;
    int stake; /* as of a letter */
    enum subject_kind on;
    enum condition_of row; /* OF_SUBJECT, or a flow's OF_FROM or OF_TO */
    struct condition *when, *unless;
    struct slice ask, scenario, mitigation;
    int ease;                        /* 0 to 2: how easy the attack is */
    int harm;                        /* -2 to 0: how much less than the asset itself it gets */
    struct slice *cwe, *capec, *was; /* was: ids that it had, or of the rule that it is a part of */
    size_t cwe_count, capec_count, was_count;
    struct slice *aka;                 /* names that people search for */
    const struct reference_row **refs; /* entries of public lists; see model/references.def */
    size_t aka_count, ref_count;
    const struct decl *decl;
    const struct item **hits, **misses;
    size_t hit_count, miss_count;
    bool disabled, built_in;
    bool replaces; /* a pack before had one of this id */
};

struct tier_rule {
    struct slice id;
    int tier;
    bool is_limit;     /* `at_best`: no tier above this one, unless the condition holds */
    int since;         /* only for rules of this pack and later ones */
    unsigned subjects; /* bits of enum subject_kind; all when not stated */
    unsigned letters;  /* bits of letter->index; all when not stated */
    struct condition *when;
};

/* Letters that are not asked of a kind of subject where a condition holds. */
struct exemption {
    enum subject_kind subject;
    unsigned letters; /* bits of letter->index */
    struct condition *when;
    struct slice reason;
};
#define EXEMPTION_LIMIT 255

/* Likelihood and impact are 1 to 5; a score is their product. */
#define LEVEL_LIMIT 5
#define SCORE_LIMIT (LEVEL_LIMIT * LEVEL_LIMIT)

/* A priority, and the lowest score that it takes in. */
struct band {
    struct slice word;
    int lowest;
};
#define BAND_LIMIT 4 /* critical, high, medium, low */
/* Falling; what is below all is low. */
struct bands {
    struct band of[BAND_LIMIT];
    size_t count; /* 0: scores have no priorities */
};

struct method {
    struct slice id, title;
    int pack; /* its number, which rises when rules are added */
    struct letter letters[LETTER_LIMIT];
    size_t letter_count;
    unsigned always[SUBJECT_COUNT], by_rule[SUBJECT_COUNT]; /* sets of letters */
    struct slice never[SUBJECT_COUNT][LETTER_LIMIT];        /* why it does not apply */
    ARRAY_OF(struct exemption) exemptions; /* the first that holds gives the reason */
    ARRAY_OF(struct tier_rule) tiers;      /* the lowest one that holds, but none below a limit */
    struct bands bands;                    /* of suggested scores */
};

struct rule_pack {
    struct method *method;
    ARRAY_OF(struct rule *) rules; /* in order of declaration, packs in order; also disabled ones */
    struct table by_id;            /* id -> struct rule */
};

/* Makes a pack to which more can be added while others read the first one. */
void rule_pack_copy(struct arena *arena, struct rule_pack *copy, const struct rule_pack *pack);

bool rule_was(const struct rule *rule, struct slice id);
/* By its code (S) or its name in small letters (spoofing); NULL when there is none. */
const struct letter *method_letter(const struct method *method, struct slice word);
/* The priority of a score; "" where there are no bands. */
struct slice priority_of(const struct bands *bands, int score);

#endif

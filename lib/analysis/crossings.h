/* Crossings, callers, reach and the attack surface: one linear pass each over the model. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_CROSSINGS_H
#define ANALYSIS_CROSSINGS_H

#include "analysis/outside.h"

struct boundary_step {
    struct decl *boundary;
    bool entered; /* else left */
};

/* One flow's way through the zones. Large models have very many. */
struct passage {
    uint32_t step_count;          /* 0: it crosses nothing; see find_step() */
    uint32_t caller, callee;      /* their places among the subjects */
    unsigned char direction;      /* of the data: enum direction */
    unsigned char call_direction; /* of the call */
    bool caller_outside : 1;
    bool source_outside : 1;
    bool from_outside : 1; /* the caller is outside and the call crosses */
};

/* Facts about one subject that rules may ask for. */
struct spot {
    bool crosses, inward, outward, called_inward, called_from_outside, edge, near_crossing;
    bool by_hand : 1, on_screen : 1;              /* of a flow: see holds_in_hand() */
    bool by_file : 1, on_disk : 1, published : 1; /* of a flow: see mark_contents() */
    bool takes_files : 1; /* of an element, as the next: see mark_contents() */
    bool holds_secrets : 1;
    bool crossing_declared : 1; /* of an element: a `crossing` is at it */
    bool person : 1;            /* of an element */
    unsigned calls;             /* steps from outside, 1 is a direct one; 0: not reachable */
};
#define EXPOSED_CALLS 2
static inline bool spot_exposed(const struct spot *spot) {
    return spot->calls >= 1 && spot->calls <= EXPOSED_CALLS;
}

/* A numbered change of trust: a flow that crosses, or a `crossing`. Numbers are those of the
 * badges: flows in order of declaration from 1 (crossing or not), then crossings. */
struct crossing {
    struct decl *subject;
    uint32_t step_count;
    enum direction direction;
};

/* Where callers or data from outside get in. */
struct entry {
    struct decl *element;
    struct decl *flow; /* NULL: by `surface:` */
};
struct entries {
    struct entry *items;
    size_t count, capacity;
};

/* The flow by which a request is made, and what it states. */
struct request {
    const struct decl *flow;
    const struct attribute *stated; /* NULL: nothing */
    bool mixed;                     /* another request states something else */
};

/* What an answer takes from the requests between the same two, with the same caller, where it says
 * nothing itself: the least safe of what they state. */
struct exchange {
    struct request auth, protocol, rotated; /* flow is NULL: nobody asks */
    ARRAY_OF(const struct decl *) requests; /* up to the limit: nobody draws more by hand */
};
#define REQUEST_LIMIT 64

struct analysis {
    const struct model *shown; /* what the file declares and names: the list of crossings is its */
    const struct model *model; /* with all else that its imports declare; see model_unite() */
    struct passage *passages;  /* by flow index */
    struct exchange **exchanges; /* by flow index, of answers; NULL: there are none */
    struct spot *spots;          /* by subject number */
    ARRAY_OF(struct crossing) crossings;
    /* The attack surface, grouped by element, in order of declaration: what is called from outside,
     * and what takes data in from outside by a call of its own. */
    struct entries surface, fetched;
};

/* Analyses the model together with all that it imports. */
struct analysis *analyse(struct arena *arena, struct model *shown);

/* The number on a flow's or crossing's badge; 0: it has none, as this file does not name it. */
size_t badge_number(const struct analysis *analysis, const struct decl *subject);
static inline const struct passage *flow_passage(const struct analysis *analysis,
                                                 const struct decl *flow) {
    return &analysis->passages[flow->index];
}
/* The requests that an answer belongs to; NULL for any other flow. */
static inline const struct exchange *exchange_of(const struct analysis *analysis,
                                                 const struct decl *flow) {
    const struct exchange *exchange =
        analysis->exchanges && flow->kind == KIND_FLOW ? analysis->exchanges[flow->index] : NULL;
    return exchange && exchange->auth.flow ? exchange : NULL;
}
/* The element that makes the call. */
static inline struct decl *flow_caller(const struct analysis *analysis, const struct decl *flow) {
    return analysis->model->subjects.items[flow_passage(analysis, flow)->caller];
}
/* The element that is called. */
static inline struct decl *flow_callee(const struct analysis *analysis, const struct decl *flow) {
    return analysis->model->subjects.items[flow_passage(analysis, flow)->callee];
}
/* One of a crossing's steps, in the order in which they are met. */
struct boundary_step find_step(const struct decl *subject, size_t index);
static inline const struct spot *subject_spot(const struct analysis *analysis,
                                              const struct decl *subject) {
    return &analysis->spots[subject->number];
}

#endif

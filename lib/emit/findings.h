/* What is wrong with models, or pending in them, as plain data for the machines that show it to
 * people: code hosts and build servers. One row per format in reports.def. */
// SPDX-License-Identifier: MIT
#ifndef EMIT_FINDINGS_H
#define EMIT_FINDINGS_H

#include "base/table.h"
#include "base/writer.h"
#include "diag/diag.h"

/* A code of diagnostics, or a rule of the pack. */
struct finding_rule {
    struct slice id;             /* "E0203", "forged_caller" */
    struct slice name;           /* "unknown-element" */
    struct slice title, about;   /* in a few words; in a sentence or two */
    struct slice markdown;       /* the same at length; or "" */
    ARRAY_OF(struct slice) tags; /* "external/cwe/cwe-306" and the like */
    enum level level;            /* of its findings, unless they say otherwise */
    bool is_threat;              /* a rule of the pack */
    int score;                   /* the worst of its findings, of which this is the priority */
    struct slice priority;
    size_t index; /* among the rules of its list */
};

/* A place in a file, as hosts name it; see seen_from(). */
struct finding_place {
    struct slice path; /* "": in no file */
    struct place start, end;
};

struct finding_note {
    struct finding_note *next;
    struct finding_place place;
    struct slice message;
};

/* Why a finding is none any more: it has been decided. */
struct suppression {
    struct slice why; /* "dismissed: the API logs who paid" */
    struct finding_place place;
};

struct finding {
    struct finding_rule *rule;
    enum level level;
    int rank; /* among those of its level: higher is worse */
    struct finding_place place;
    struct slice message; /* on one line; nothing in it hides or steers */
    struct slice key;     /* what it is about, whatever else changes; "": the message says it */
    struct finding_note *notes;
    size_t again;     /* how many before it have the same rule and are about the same */
    const char *gate; /* the rule of the gate that it breaks; NULL: none */
    /* of what is pending; score 0: of nothing else */
    int tier, score;
    struct slice priority;
    const struct suppression *suppression; /* NULL: it stands */
};

/* Those of one model. */
struct findings {
    struct slice path; /* of the model, as hosts name it */
    ARRAY_OF(struct finding) list;
    ARRAY_OF(struct finding_rule *) rules; /* in order of the first finding */
    struct table rules_by_id;
    size_t left_out;          /* how many more there are than a host would show */
    struct slice text;        /* the diagnostics as they are printed */
    const char *const *tried; /* the rules of the gate that were, in order */
    size_t tried_count;
    ARRAY_OF(struct slice) problems; /* why the run failed for it: no such file, no memory */
};

/* Those of a run. */
struct findings_list {
    struct slice command; /* "check" */
    struct slice link;    /* where the host shows files, to which paths are added; or "" */
    ARRAY_OF(struct findings *) models; /* each path once */
    struct table by_path;
};
/* Those of the model at this path, as hosts name it; made when they are not there. */
struct findings *findings_at(struct arena *arena, struct findings_list *list, struct slice path);

/* How paths are written: relative ones begin in `folder`, and what lies in `root` is named from
 * there. Both are absolute; "" when not known. */
struct viewpoint {
    struct slice root, folder;
};
/* "models/pay.dfd" of "../models/./pay.dfd", where hosts call it so. */
struct slice seen_from(struct arena *arena, const struct viewpoint *viewpoint, struct slice path);
/* A path as a reference: what is not plain is escaped, also a colon, which could end a scheme. */
void write_uri_path(struct writer *writer, struct slice path);
struct finding_place finding_place(struct arena *arena, const struct viewpoint *viewpoint,
                                   struct source *source, struct span span);

/* Text of others on one line; nothing in it hides or steers. */
struct slice visible_line(struct arena *arena, struct slice text);
/* The diagnostics of a model. They must be sorted. */
struct findings *findings_of(struct diagnostics *diagnostics, const struct viewpoint *viewpoint);
/* The same in another arena, so that the first may go. Problems of the copy stay. */
void copy_findings(struct arena *arena, struct findings *copy, const struct findings *findings);

/* The rule of this id, made when it is not there: then its id is all that is known. */
struct finding_rule *finding_rule(struct arena *arena, struct findings *findings, struct slice id);
/* Counts the findings that are about the same, when all are there. */
void number_findings(struct arena *arena, struct findings *findings);
/* Those that stand, then by level, rank, and as they came. */
const struct finding **worst_first(struct arena *arena, const struct findings *findings);
/* The same of all models, and how many there are; what several models share is there once. */
const struct finding **all_worst_first(struct arena *arena, const struct findings_list *list,
                                       size_t *count);
size_t count_findings(const struct findings *findings, enum level level);
/* Where it is shown: what is about no file, at the model's first line. */
struct finding_place shown_place(const struct finding *finding, const struct findings *findings);
/* Sixteen digits and a number, which stay while a finding is about the same: of its rule, of
 * `path`, which may be "", and of its key. Numbers in a message do not count, as they may be of a
 * line. */
struct slice fingerprint(struct arena *arena, const struct finding *finding, struct slice path);

/* How many results GitHub shows of an analysis. */
#define SARIF_LIMIT ((size_t)5000)

/* A format for hosts. */
typedef void reporter(struct arena *arena, const struct findings_list *list, struct writer *writer);
struct report_format {
    const char *name, *extension;
    reporter *report;
    enum { NEEDS_NOTHING, NEEDS_LINK } needs;
    const char *opening; /* what all files of it begin with */
    const char *about;
};
#define REPORT(name, extension, function, needs, opening, about) reporter function;
#include "emit/reports.def"
#undef REPORT
extern const struct report_format report_formats[];
extern const size_t report_format_count;

/* SARIF 2.1.0. A file of `threats` begins with SARIF_OPENING (emit.h) and names its model; one of a
 * report has no one model, and begins with another key. */
#define SARIF_REPORT_OPENING "{\"properties\": {\"stridec-report\": \""
void write_sarif(struct arena *arena, const struct findings_list *list, const char *opening,
                 struct slice from, struct writer *writer);

#endif

/* Places in the repository that show a fact, or that a mitigation is there. The gate and the
 * document read them; no row depends on one. */
// SPDX-License-Identifier: MIT
#ifndef ANALYSIS_EVIDENCE_H
#define ANALYSIS_EVIDENCE_H

#include "diag/diag.h"
#include "model/model.h"

/* Reads any file inside the root, by its path from there; DIAG_COUNT when that is done, else a
 * code. */
typedef enum diag_code evidence_loader(void *context, const char *path, writer_sink *take,
                                       void *taker);

struct evidence {
    struct arena *arena;
    evidence_loader *load; /* NULL: nobody looks */
    void *load_context;
    struct table places;         /* by their texts -> struct evidence_place */
    ARRAY_OF(const char *) read; /* paths of the files that are there, sorted */
    bool looked;
};

/* Reads each file once, and forgets it again: what the declarations of the model name, and what the
 * mitigations do. */
void look_at_evidence(struct evidence *evidence, const struct model *shown,
                      const struct decl_list *mitigations);
/* Why there is nothing at this place; NULL: it is there, or nobody has looked. `evidence` may be
 * NULL. */
const char *evidence_fault(const struct evidence *evidence, struct slice place);

#endif

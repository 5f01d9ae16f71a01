/* How compilations come and go, and the rules that they share, which stay until nobody holds them.
 */
// SPDX-License-Identifier: MIT
#include "stridec.h"

#include "api/compilation.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* Nothing in the rules changes any more: the number of those who hold them is all that is written.
 */
struct stridec_pack {
    atomic_size_t holders; /* the host, until stridec_pack_free, and each compilation */
    struct stridec *rules;
};

/* Why the host does not read a file or folder, as a code. */
static enum diag_code code_of(stridec_loaded loaded) {
    static const enum diag_code codes[] = {[STRIDEC_LOADED] = DIAG_COUNT,
                                           [STRIDEC_NOT_THERE] = DIAG_import_missing,
                                           [STRIDEC_OUTSIDE] = DIAG_import_outside,
                                           [STRIDEC_NO_FILE] = DIAG_import_no_file,
                                           [STRIDEC_NO_MODEL] = DIAG_import_no_model_name,
                                           [STRIDEC_TOO_LARGE] = DIAG_import_too_large,
                                           [STRIDEC_UNREADABLE] = DIAG_triage_unread};
    size_t answer = (size_t)loaded;
    return answer < sizeof codes / sizeof *codes ? codes[answer] : DIAG_triage_unread;
}

static enum diag_code load(void *context, const char *path, writer_sink *take, void *taker) {
    const struct stridec *self = context;
    return code_of(self->load(self->load_context, path, take, taker));
}

static enum diag_code list(void *context, const char *folder, writer_sink *take, void *taker) {
    const struct stridec *self = context;
    return code_of(self->list(self->load_context, folder, take, taker));
}

static enum diag_code load_evidence(void *context, const char *path, writer_sink *take,
                                    void *taker) {
    const struct stridec *self = context;
    return code_of(self->load_evidence(self->load_context, path, take, taker));
}

/* `version` is copied into the room after the handle. */
static void take_callbacks(struct stridec *self, const stridec_config *config,
                           struct slice version) {
    char *copy = (char *)(self + 1);
    if (version.length)
        memcpy(copy, version.at, version.length);
    self->load = config->load;
    self->load_context = config->load_context;
    self->host = (struct layout_host){config->draw, config->draw_context, {copy, version.length}};
    self->project.texts_stay = config->texts_stay;
    self->project.arena.is_cancelled = config->is_cancelled;
    self->project.arena.cancel_context = config->cancel_context;
    self->project.load = config->load ? load : NULL;
    self->project.load_context = self;
    self->load_evidence = config->evidence;
    self->project.evidence = (struct evidence){.arena = &self->project.arena,
                                               .load = config->evidence ? load_evidence : NULL,
                                               .load_context = self};
    self->list = config->list;
    self->project.list = config->list ? list : NULL;
    self->project.reads_decisions = config->decisions;
    self->project.locate = config->locate;
    self->project.locate_context = config->load_context;
    self->project.keeps_places = config->keep_places;
    self->pack = config->pack;
    self->project.shared = config->pack ? &config->pack->rules->project : NULL;
}

stridec *stridec_new(const stridec_config *config) {
    stridec_config known = {0};
    struct arena_source source;
    if (config && !take_in(&known, config, sizeof known))
        return NULL;
    bool own = known.allocate != NULL;
    if (own != (known.release != NULL))
        return NULL;
    if (own)
        source = (struct arena_source){known.allocate, known.release, known.context};
    const struct slice version = slice_of(known.draw_version);
    size_t size = sizeof(struct stridec) + version.length;
    stridec *self = own ? known.allocate(known.context, size) : malloc(size);
    if (!self)
        return NULL;
    *self = (stridec){0};
    project_open(&self->project, own ? &source : NULL, known.memory_limit);
    take_callbacks(self, &known, version);
    if (known.pack)
        atomic_fetch_add_explicit(&known.pack->holders, 1, memory_order_relaxed);
    return self;
}

/* Returns the pack that it used. */
static stridec_pack *free_one(stridec *self) {
    struct arena_source source = self->project.arena.source;
    stridec_pack *used = self->pack;
    project_close(&self->project);
    source.release(source.context, self);
    return used;
}

/* Gives back one hold. Returns the rules when that was the last one. */
static stridec *let_go(stridec_pack *pack) {
    if (!pack || atomic_fetch_sub_explicit(&pack->holders, 1, memory_order_acq_rel) > 1)
        return NULL;
    stridec *rules = pack->rules;
    struct arena_source source = rules->project.arena.source;
    source.release(source.context, pack);
    return rules;
}

/* Rules may themselves have been added to those of another pack. */
void stridec_free(stridec *self) {
    while (self)
        self = let_go(free_one(self));
}

static stridec_status share(struct stridec *self, void *task) {
    (void)task;
    if (self->project.model)
        return STRIDEC_MISUSE;
    return share_rules(&self->project) ? STRIDEC_OK : STRIDEC_INVALID;
}

stridec_status stridec_pack_new(stridec *rules, stridec_pack **pack) {
    if (!pack)
        return STRIDEC_MISUSE;
    *pack = NULL;
    stridec_status status = run_guarded(rules, share, NULL);
    if (status != STRIDEC_OK)
        return status;
    const struct arena_source *source = &rules->project.arena.source;
    stridec_pack *made = source->allocate(source->context, sizeof *made);
    if (!made)
        return STRIDEC_NO_MEMORY;
    atomic_init(&made->holders, 1);
    made->rules = rules;
    *pack = made;
    return STRIDEC_OK;
}

void stridec_pack_free(stridec_pack *pack) {
    stridec_free(let_go(pack));
}

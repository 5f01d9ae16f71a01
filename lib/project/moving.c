/* Two steps: each decision is asked what it names, then those that hang together (threats, what is
 * done about them, and what refers to them) go or stay together. */
// SPDX-License-Identifier: MIT
#include "project/moving.h"

#include "project/decision_files.h"
#include "project/decision_words.h"
#include "syntax/builder.h"
#include "syntax/insert.h"
#include "syntax/parser.h"

/* A decision beside the first model. */
struct mover {
    const struct decl *decl;
    const struct unit *file;
    struct mover *group; /* what it hangs together with: that one's, or itself */
    bool moves;          /* it is about what has moved, and about nothing else */
    bool touched;        /* it names something that has moved */
    struct slice hold;   /* why it does not; "" */
    struct mover *held;  /* of the group: the first with such a reason; NULL: all move */
};

struct moving {
    struct project *project;
    struct arena *arena;
    const struct unit *from, *to;
    struct table from_prefixes, to_prefixes; /* address of a model -> struct slice: its alias */
    struct table wanted;                     /* ids; empty: all */
    ARRAY_OF(struct mover *) movers;
    struct table threats; /* id -> struct mover */
    struct mover *asked;  /* whose words are read */
    struct edit insertions;
    ARRAY_OF(struct new_decision) list;
};

/* ---- names ------------------------------------------------------------------------------- */

/* The shortest way by aliases to each model, from this one. */
static void find_ways(struct arena *arena, const struct model *from, struct table *ways) {
    ARRAY_OF(const struct model *) queue = {0};
    struct slice *none = ARENA_NEW(arena, struct slice);
    table_intern(arena, ways, kept_address(arena, from), none);
    *ARRAY_ADD(arena, &queue) = from;
    for (size_t i = 0; i < queue.count; i++) {
        const struct model *model = queue.items[i];
        const void *address = model;
        const struct slice *before = table_get(ways, address_key(&address));
        for (size_t j = 0; model->imports && j < model->imports->count; j++) {
            const struct import *import = &model->imports->items[j];
            const void *key = import->model;
            if (!key || table_get(ways, address_key(&key)))
                continue;
            struct slice *way = ARENA_NEW(arena, struct slice);
            *way = text_join(arena, *before, import->alias, SLICE("."));
            table_intern(arena, ways, kept_address(arena, key), way);
            *ARRAY_ADD(arena, &queue) = import->model;
        }
    }
}

/* False where there is no way to it. */
static bool name_by(const struct moving *moving, const struct table *ways, const struct decl *decl,
                    struct slice *name) {
    const void *address = unit_of(moving->project, decl)->model;
    const struct slice *way = table_get(ways, address_key(&address));
    if (way)
        *name = text_join(moving->arena, *way, SLICE(""), decl_id(decl));
    return way;
}

static const struct decl *find_former(const struct model *model, struct slice id) {
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < model->of[kind].count; i++) {
            const struct attribute *was = decl_attribute(model->of[kind].items[i], ATTRIBUTE_was);
            for (const struct value *at = stated_values(was); at; at = next_stated(was, at))
                if (slice_equal(word_text(&at->word), id) &&
                    !more_of(model->of[kind].items[i])->origin)
                    return model->of[kind].items[i];
        }
    return NULL;
}

/* An end of a flow as it was written before it has moved. */
static struct slice former_end(const struct moving *moving, const struct decl *end,
                               const struct word *written) {
    return unit_of(moving->project, declared(end)) == moving->to ? decl_id(declared(end))
                                                                 : word_text(written);
}

/* The flow without a name that had this id, FROM_to_TO, when its ends were of this file. */
static const struct decl *find_former_flow(const struct moving *moving, struct slice id) {
    const struct decl_list *flows = &moving->from->model->of[KIND_FLOW];
    for (size_t i = 0; i < flows->count; i++) {
        const struct decl *flow = flows->items[i];
        if (!flow->item || word_text(&flow->item->head->name).length || !flow->from || !flow->to)
            continue;
        const struct ends *ends = ends_of(flow->item->head);
        if (slice_equal(derived_id(moving->arena, former_end(moving, flow->from, &ends->from),
                                   former_end(moving, flow->to, &ends->to)),
                        id))
            return flow;
    }
    return NULL;
}

/* What the id means beside the first model, or meant before something has moved: `gone` then. */
static const struct decl *find_named(const struct moving *moving, struct slice id, bool *gone) {
    const struct decl *decl = find_meant(moving->from->model, id);
    if (!decl)
        decl = find_former(moving->from->model, id);
    *gone = !decl && !slice_has(id, '.');
    if (*gone)
        decl = find_former_flow(moving, id);
    if (*gone && !decl)
        decl = table_get(&moving->to->model->ids, id);
    if (*gone && !decl)
        decl = find_former(moving->to->model, id);
    return decl ? declared(decl) : NULL;
}

static bool is_home(const struct moving *moving, const struct decl *decl) {
    return unit_of(moving->project, decl) == moving->to;
}

static bool is_meant(const struct moving *moving, const struct decl *decl, bool gone) {
    if (!is_home(moving, decl))
        return false;
    return moving->wanted.count ? table_get(&moving->wanted, decl_id(decl)) != NULL : gone;
}

/* ---- what decisions name ----------------------------------------------------------------- */

static struct mover *leader(struct mover *mover) {
    while (mover->group != mover) {
        mover->group = mover->group->group;
        mover = mover->group;
    }
    return mover;
}

static void hold(struct mover *mover, struct slice reason) {
    if (!mover->hold.length)
        mover->hold = reason;
    if (!leader(mover)->held)
        leader(mover)->held = mover;
}

static void tie(struct mover *a, struct mover *b) {
    struct mover *first = leader(a), *second = leader(b);
    if (first == second)
        return;
    second->group = first;
    if (!first->held)
        first->held = second->held;
}

static struct slice ask_subject(void *context, struct slice id, bool about) {
    struct moving *moving = context;
    struct mover *mover = moving->asked;
    bool gone;
    const struct decl *decl = find_named(moving, id, &gone);
    struct slice name;
    if (!decl)
        return id; /* an orphan before and after */
    bool meant = is_meant(moving, decl, gone);
    bool known_there = is_home(moving, decl) && !moving->wanted.count;
    mover->touched |= meant || gone;
    if (about)
        mover->moves |= meant;
    if (about && !meant && !known_there)
        hold(mover, text_format(moving->arena, "it is about '%.*s' as well", SLICE_ARGS(id)));
    else if (!name_by(moving, &moving->to_prefixes, decl, &name))
        hold(mover, text_format(moving->arena, "it names '%.*s', which is not known there",
                                SLICE_ARGS(id)));
    return id;
}

static struct slice ask_threat(void *context, struct slice id) {
    struct moving *moving = context;
    struct mover *threat = table_get(&moving->threats, id);
    if (threat)
        tie(threat, moving->asked);
    return id;
}

static struct slice stay(void *context, struct slice id) {
    (void)context;
    return id;
}

static struct word_renewal renewal_of(struct moving *moving,
                                      struct slice (*subject)(void *, struct slice, bool),
                                      struct slice (*threat)(void *, struct slice)) {
    return (struct word_renewal){.arena = moving->arena,
                                 .attributes = &moving->project->vocabulary->attributes,
                                 .context = moving,
                                 .subject = subject,
                                 .rule = stay,
                                 .threat = threat};
}

static void add_movers(struct moving *moving, const struct unit *file) {
    static const enum kind kinds[] = {KIND_THREAT, KIND_DISMISS, KIND_MITIGATION, KIND_RISK,
                                      KIND_BASELINE};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        for (size_t j = 0; j < file->model->of[kinds[i]].count; j++) {
            struct mover *mover = ARENA_NEW(moving->arena, struct mover);
            mover->decl = file->model->of[kinds[i]].items[j];
            mover->file = file;
            mover->group = mover;
            *ARRAY_ADD(moving->arena, &moving->movers) = mover;
            if (kinds[i] == KIND_THREAT)
                table_intern(moving->arena, &moving->threats, decl_id(mover->decl), mover);
        }
}

/* A threat that moves takes along what is done about it. */
static bool group_moves(struct mover *mover) {
    return leader(mover)->moves && !leader(mover)->held;
}

static void ask_all(struct moving *moving) {
    const struct word_renewal renewal = renewal_of(moving, ask_subject, ask_threat);
    for (size_t i = 0; i < moving->movers.count; i++) {
        moving->asked = moving->movers.items[i];
        renew_words(&renewal, moving->asked->decl, NULL);
    }
    for (size_t i = 0; i < moving->movers.count; i++) {
        struct mover *mover = moving->movers.items[i];
        bool rests = mover->decl->kind == KIND_MITIGATION || mover->decl->kind == KIND_RISK;
        leader(mover)->moves |= mover->moves;
        if (!mover->moves && !rests)
            hold(mover, SLICE("nothing that it is about has moved"));
    }
}

static struct slice id_of(const struct decl *decl) {
    enum attribute_id names = decl->kind == KIND_DISMISS ? ATTRIBUTE_dismissed : ATTRIBUTE_patterns;
    const struct value *first = stated_values(decl_attribute(decl, names));
    return decl_id(decl).length || !first ? decl_id(decl) : word_text(&first->word);
}

/* Why it stays. */
static struct slice reason_of(struct moving *moving, struct mover *mover) {
    const struct mover *held = leader(mover)->held;
    if (mover->hold.length || !held)
        return mover->hold;
    return text_format(moving->arena, "'%.*s', which hangs together with it, stays",
                       SLICE_ARGS(id_of(held->decl)));
}

/* ---- writing ----------------------------------------------------------------------------- */

/* Beside the second model. Ids of the past are written as those of today. */
static struct slice name_there(void *context, struct slice id, bool about) {
    struct moving *moving = context;
    bool gone;
    const struct decl *decl = find_named(moving, id, &gone);
    struct slice name;
    (void)about;
    return decl && name_by(moving, &moving->to_prefixes, decl, &name) ? name : id;
}

/* Beside the first one, of what is not its own any more. */
static struct slice name_here(void *context, struct slice id, bool about) {
    struct moving *moving = context;
    bool gone;
    const struct decl *decl = find_named(moving, id, &gone);
    struct slice name;
    (void)about;
    return gone && decl && name_by(moving, &moving->from_prefixes, decl, &name) ? name : id;
}

static const struct tree *read_text(struct moving *moving, struct slice text) {
    struct diagnostics diagnostics = {.arena = moving->arena};
    struct source *source =
        source_new(moving->arena, SLICE("decision.dfd"), slice_copy(moving->arena, text));
    const struct tree *tree = parse(&diagnostics, source);
    return diagnostics.errors ? NULL : tree;
}

/* With the names that things have there; NULL where it cannot be changed safely. */
static const struct tree *rewrite(struct moving *moving, struct slice text) {
    const struct tree *tree = read_text(moving, text);
    struct diagnostics ignored = {.arena = moving->arena};
    struct model *model = model_new(moving->arena, moving->project->vocabulary);
    if (!tree || !tree->file.items)
        return NULL;
    build_model(&ignored, model, tree, IN_TRIAGE);
    struct edit edit = edit_of(moving->arena, tree);
    const struct word_renewal renewal = renewal_of(moving, name_there, stay);
    for (size_t kind = 0; kind < KIND_COUNT; kind++)
        for (size_t i = 0; i < model->of[kind].count; i++)
            if (!renew_words(&renewal, model->of[kind].items[i], &edit))
                return NULL;
    return read_text(moving, edit_apply(&edit));
}

static struct slice line_about(struct moving *moving, struct slice subject) {
    const struct decl *decl = find_meant(moving->to->model, subject);
    if (!subject.length)
        return subject;
    return subject_line(moving->arena, subject, decl ? decl_label(decl) : SLICE(""));
}

static bool take_along(struct moving *moving, struct edit *edit, const struct mover *mover,
                       const struct table *threats) {
    const struct item *item = mover->decl->item;
    struct slice subject = sort_key_of(item, threats).subject;
    struct slice text = decision_text(edit, item, subject);
    const struct tree *tree = rewrite(moving, text);
    if (!tree)
        return false;
    struct new_decision *decision = ARRAY_ADD(moving->arena, &moving->list);
    *decision = (struct new_decision){.tree = tree, .text = tree->source->text};
    remove_decision(edit, item, subject);
    return true;
}

static struct table threats_of(struct moving *moving, const struct unit *owner) {
    struct table threats = {0};
    for (size_t i = 0; i < moving->project->triage.count; i++)
        if (moving->project->triage.items[i]->owner == owner)
            index_threats(moving->arena, &moving->project->triage.items[i]->tree->file, &threats);
    return threats;
}

static bool change_file(struct moving *moving, const struct unit *file,
                        const struct table *threats) {
    struct edit edit = edit_of(moving->arena, file->tree);
    const struct word_renewal renewal = renewal_of(moving, name_here, stay);
    for (size_t i = 0; i < moving->movers.count; i++) {
        struct mover *mover = moving->movers.items[i];
        if (mover->file == file &&
            !(group_moves(mover) ? take_along(moving, &edit, mover, threats)
                                 : renew_words(&renewal, mover->decl, &edit)))
            return false;
    }
    edits_take(moving->project, file, &edit);
    return true;
}

/* Each line that names a subject is that of the first decision about it. */
static void name_subjects(struct moving *moving) {
    struct table threats = {0};
    for (size_t i = 0; i < moving->list.count; i++)
        index_threats(moving->arena, &moving->list.items[i].tree->file, &threats);
    for (size_t i = 0; i < moving->list.count; i++)
        moving->list.items[i].subject_line = line_about(
            moving, sort_key_of(moving->list.items[i].tree->file.items, &threats).subject);
}

static bool write_all(struct moving *moving, const struct unit *there) {
    struct table threats = threats_of(moving, moving->from);
    struct project *project = moving->project;
    for (size_t i = 0; i < project->triage.count; i++)
        if (project->triage.items[i]->owner == moving->from &&
            !change_file(moving, project->triage.items[i], &threats))
            return false;
    struct edit edit = edit_of(moving->arena, there->tree);
    name_subjects(moving);
    insert_decisions(&edit, moving->list.items, moving->list.count);
    begin_decision_file(there, &edit);
    edits_take(project, there, &edit);
    return true;
}

/* ---- whether it can be ------------------------------------------------------------------- */

/* What stays has to be able to name it, and what moves must not meet its like. */
static bool check(struct moving *moving, struct mover *mover) {
    struct slice id = decl_id(mover->decl);
    const void *address = moving->to->model;
    if (!group_moves(mover))
        return !mover->touched || table_get(&moving->from_prefixes, address_key(&address)) ||
               edits_refuse(moving->project,
                            "'%.*s' stays, as %.*s; but %s does not import %s, so it could not "
                            "name what has moved",
                            SLICE_ARGS(id_of(mover->decl)), SLICE_ARGS(reason_of(moving, mover)),
                            moving->from->path, moving->to->path);
    for (size_t i = 0; id.length && i < moving->project->triage.count; i++) {
        const struct unit *unit = moving->project->triage.items[i];
        if (unit->owner == moving->to && table_get(&unit->model->ids, id))
            return edits_refuse(moving->project, "'%.*s' is declared in %s already; rename one",
                                SLICE_ARGS(id), unit->path);
    }
    return true;
}

static bool check_all(struct moving *moving) {
    for (size_t i = 0; i < moving->movers.count; i++)
        if (!check(moving, moving->movers.items[i]))
            return false;
    return true;
}

static bool take_wanted(struct moving *moving, const struct slice *ids, size_t count) {
    for (size_t i = 0; i < count; i++) {
        const struct decl *decl = find_meant(moving->from->model, ids[i]);
        if (!decl || unit_of(moving->project, decl) != moving->to)
            decl = table_get(&moving->to->model->ids, ids[i]);
        if (!decl || !is_home(moving, declared(decl)))
            return edits_refuse(moving->project, "%s declares no '%.*s'", moving->to->path,
                                SLICE_ARGS(ids[i]));
        table_intern(moving->arena, &moving->wanted, decl_id(declared(decl)),
                     (void *)(uintptr_t)decl);
    }
    return true;
}

static void note_moves(struct moving *moving, const struct unit *there) {
    struct moves *moves = ARENA_NEW(moving->arena, struct moves);
    for (size_t i = 0; i < moving->movers.count; i++) {
        struct mover *mover = moving->movers.items[i];
        bool moves_on = group_moves(mover);
        if (moves_on || mover->touched)
            *ARRAY_ADD(moving->arena, &moves->list) = (struct moved){
                mover->decl, id_of(mover->decl), moves_on ? there->path : mover->file->path,
                moves_on ? SLICE("") : reason_of(moving, mover)};
    }
    moving->project->moves = moves;
}

static enum edited move(struct moving *moving) {
    const struct unit *there = decision_file(moving->project, moving->to);
    if (!there) {
        edits_refuse(moving->project, "%s: no file of decisions can stand beside it",
                     moving->to->path);
        return NOTHING_SUCH;
    }
    for (size_t i = 0; i < moving->project->triage.count; i++)
        if (moving->project->triage.items[i]->owner == moving->from)
            add_movers(moving, moving->project->triage.items[i]);
    ask_all(moving);
    if (!check_all(moving))
        return NOTHING_SUCH;
    if (!write_all(moving, there)) {
        edits_begin(moving->project);
        return NO_PLACE;
    }
    note_moves(moving, there);
    return edits_check(moving->project);
}

enum edited project_move(struct project *project, const struct unit *from, const struct unit *to,
                         const struct slice *ids, size_t count) {
    struct moving moving = {.project = project, .arena = &project->arena, .from = from, .to = to};
    edits_begin(project);
    project->moves = NULL;
    find_ways(&project->arena, from->model, &moving.from_prefixes);
    find_ways(&project->arena, to->model, &moving.to_prefixes);
    return take_wanted(&moving, ids, count) ? move(&moving) : NOTHING_SUCH;
}

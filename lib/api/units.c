/* Files that import each other. Each is read and compiled once, whoever imports it and by whatever
 * path; what a file imports is compiled before it, so that its names and exposure are known. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "base/intake.h"
#include "syntax/builder.h"
#include "syntax/foreign.h"
#include "syntax/yaml.h"

#include <string.h>

/* ---- paths ------------------------------------------------------------------------------- */

/* Leaves out "." and what ".." takes back; "../x" stays where nothing is left to take back. */
static struct slice normalize(struct arena *arena, struct slice path) {
    char *at = arena_alloc(arena, path.length + 1);
    size_t length = 0, floor = 0; /* floor: the end of the leading ../ */
    struct slice part;
    while (slice_cut(&path, '/', &part)) {
        if (!part.length || slice_is(part, "."))
            continue;
        if (slice_is(part, "..") && length > floor) {
            while (length > floor && at[length - 1] != '/')
                length--;
            length -= length > floor;
            continue;
        }
        if (length)
            at[length++] = '/';
        memcpy(at + length, part.at, part.length);
        length += part.length;
        if (slice_is(part, ".."))
            floor = length;
    }
    return (struct slice){at, length};
}

static struct slice folder_of(struct slice path) {
    while (path.length && path.at[path.length - 1] != '/')
        path.length--;
    return path;
}

/* The import's path as seen from where the importing file's place is seen from. */
static const char *resolve_path(struct arena *arena, struct slice importer, struct slice path) {
    struct slice joined = text_join(arena, folder_of(importer), SLICE(""), path);
    struct slice root = slice_starts(joined, "/") ? SLICE("/") : SLICE("");
    return slice_string(arena, text_join(arena, root, SLICE(""), normalize(arena, joined)));
}

/* Whether it may be a model's path, so that no import shows what else lies there. */
static bool is_model_path(struct slice path) {
    struct slice rest = path, part;
    if (slice_has(path, '\0') || !(is_yaml_path(path) || slice_ends_any_case(path, ".dfd")))
        return false;
    while (slice_cut(&rest, '/', &part))
        if (slice_is_any_case(part, ".git"))
            return false;
    return true;
}

/* ---- the loader -------------------------------------------------------------------------- */

static struct slice place_of(struct stridec *self, const char *path) {
    struct intake intake;
    intake_open(&intake, &self->arena, SOURCE_LIMIT);
    bool known = self->locate && self->locate(self->load_context, path, intake_take, &intake);
    struct slice place = intake_close(&intake);
    return known ? place : slice_of(path);
}

struct import_site {
    struct source *source;
    const struct item *item;
    const char *path;
};

static void report(struct stridec *self, enum diag_code code, const struct import_site *site,
                   const struct slice *args) {
    diag_add(&self->diagnostics, code, site->source, site->item->head->label.span, args);
}

/* False when it cannot be read: the unit keeps why. */
static bool load(struct stridec *self, struct unit *unit, struct slice *text) {
    static const enum diag_code codes[] = {
        [STRIDEC_NOT_THERE] = DIAG_import_missing, [STRIDEC_OUTSIDE] = DIAG_import_outside,
        [STRIDEC_NO_FILE] = DIAG_import_no_file,   [STRIDEC_NO_MODEL] = DIAG_import_no_model_name,
        [STRIDEC_TOO_LARGE] = DIAG_import_too_large};
    struct intake intake;
    intake_open(&intake, &self->arena, SOURCE_LIMIT);
    stridec_loaded loaded =
        self->load ? self->load(self->load_context, unit->path, intake_take, &intake)
                   : STRIDEC_NOT_THERE;
    *text = intake_close(&intake);
    if (intake.too_large)
        loaded = STRIDEC_TOO_LARGE;
    bool is_known = loaded > STRIDEC_LOADED && loaded <= STRIDEC_TOO_LARGE;
    unit->refusal = is_known ? codes[loaded] : DIAG_import_missing;
    if (loaded == STRIDEC_TOO_LARGE)
        unit->detail = text_format(&self->arena, "%zu", SOURCE_LIMIT >> 20);
    return loaded == STRIDEC_LOADED;
}

bool is_named_by_link(struct stridec *self, const char *path) {
    const char *plain = resolve_path(&self->arena, SLICE(""), slice_of(path));
    return self->locate && !slice_is(place_of(self, path), plain);
}

/* NULL when it is no model: the unit keeps why. */
static struct tree *parse_import(struct stridec *self, struct unit *unit, struct slice text) {
    const struct diagnostics before = self->diagnostics;
    struct tree *tree = read_tree(self, slice_of(unit->path), text);
    enum file_kind file = file_kind_of(tree);
    if (tree->foreign) { /* one message without a line */
        unit->refusal = DIAG_COUNT;
        return NULL;
    }
    if (!tree_is_mostly_ours(tree, self->diagnostics.errors - before.errors)) {
        self->diagnostics = before;
        unit->refusal = DIAG_import_unlike;
        return NULL;
    }
    if (file == IN_MODEL)
        return tree;
    unit->refusal = DIAG_import_no_model;
    unit->detail = file == IN_RULES ? SLICE("a rule pack") : SLICE("a triage file");
    return NULL;
}

/* Reports a path that is not read at all. */
static bool may_import(struct stridec *self, const struct import_site *site) {
    struct slice name = site->item->head->label.text;
    if (slice_starts(name, "/"))
        report(self, DIAG_import_outside, site, ARGS(name));
    else if (!is_model_path(name))
        report(self, DIAG_import_no_model_name, site, ARGS(name));
    else
        return true;
    return false;
}

/* Reports the first file that is one too many. */
static bool has_room(struct stridec *self, const struct import_site *site) {
    if (self->units_under_way > NESTING_LIMIT) {
        report(self, DIAG_import_too_deep, site,
               ARGS(text_format(&self->arena, "%d", NESTING_LIMIT)));
        return false;
    }
    if (self->units.count <= UNIT_LIMIT)
        return true;
    if (!self->too_many_units)
        report(self, DIAG_import_too_many, site, ARGS(text_format(&self->arena, "%d", UNIT_LIMIT)));
    self->too_many_units = true;
    return false;
}

static void compile_unit(struct stridec *self, struct unit *unit, const struct tree *tree);

static struct unit *unit_new(struct stridec *self, const char *path, struct slice place) {
    struct unit *unit = ARENA_NEW(&self->arena, struct unit);
    unit->path = path;
    unit->place = place;
    table_add(&self->arena, &self->units_by_place, place, unit);
    return unit;
}

/* The file is read when it is imported for the first time. NULL, and reported, when there is none
 * that could be used. */
static const struct unit *import(struct stridec *self, const struct import_site *site) {
    struct slice name = site->item->head->label.text;
    if (!may_import(self, site))
        return NULL;
    struct slice place = place_of(self, site->path);
    struct unit *unit = table_get(&self->units_by_place, place);
    if (!unit) {
        if (!has_room(self, site))
            return NULL;
        struct slice text;
        unit = unit_new(self, site->path, place);
        const struct tree *tree =
            load(self, unit, &text) ? parse_import(self, unit, text) : NULL;
        if (tree)
            compile_unit(self, unit, tree);
    }
    if (unit->under_way)
        report(self, DIAG_import_cycle, site, ARGS(name));
    else if (!unit->model && unit->refusal != DIAG_COUNT)
        report(self, unit->refusal, site, ARGS(name, unit->detail));
    return unit->under_way || !unit->model ? NULL : unit;
}

static bool is_import(const struct item *item) {
    return item->kind == ITEM_DECLARATION && slice_is(item->word.text, "import") &&
           item->head->label.text.length && item->head->alias.text.length;
}

static void import_all(struct stridec *self, struct slice place, const struct tree *tree,
                       struct imports *imports) {
    struct table aliases = {0};
    for (struct item *item = tree->file.items; item; item = item->next) {
        if (!is_import(item))
            continue;
        struct import_site site = {
            tree->source, item, resolve_path(&self->arena, place, item->head->label.text)};
        const struct word *alias = &item->head->alias;
        if (table_add(&self->arena, &aliases, alias->text, item) != item)
            diag_add(&self->diagnostics, DIAG_duplicate_id, tree->source, alias->span,
                     ARGS(alias->text));
        const struct unit *unit = import(self, &site);
        *ARRAY_ADD(&self->arena, imports) = (struct import){alias->text, unit ? unit->model : NULL};
    }
    for (size_t i = 0; i < imports->count; i++)
        table_add(&self->arena, &imports->by_alias, imports->items[i].alias, &imports->items[i]);
}

/* What files that import this one want to know of its elements. */
static void note_exposure(const struct analysis *analysis) {
    const struct decl_list *elements = &analysis->model->elements;
    for (size_t i = 0; i < elements->count; i++)
        elements->items[i]->calls = subject_spot(analysis, elements->items[i])->calls;
}

static void compile_unit(struct stridec *self, struct unit *unit, const struct tree *tree) {
    struct imports imports = {0};
    unit->source = tree->source;
    unit->source->unit = self->units.count;
    unit->under_way = true;
    self->units_under_way++;
    self->model_bytes += tree->source->text.length;
    *ARRAY_ADD(&self->arena, &self->units) = unit;
    import_all(self, unit->place, tree, &imports);
    unit->model = model_new(&self->arena, self->vocabulary);
    build_model(&self->diagnostics, unit->model, tree, IN_MODEL, &imports);
    if (!self->diagnostics.errors) {
        unit->analysis = analyse(&self->arena, unit->model);
        note_exposure(unit->analysis);
    }
    unit->under_way = false;
    self->units_under_way--;
}

struct unit *compile_units(struct stridec *self, const char *path, const struct tree *tree) {
    const char *own = slice_string(&self->arena, slice_of(path));
    struct unit *unit = unit_new(self, own, place_of(self, own));
    compile_unit(self, unit, tree);
    return unit;
}

const char *stridec_source_at(const stridec *self, size_t index) {
    bool found = call_state(self) == STRIDEC_OK && index < self->units.count;
    return found ? self->units.items[index]->path : NULL;
}

static const struct rows *rows_of(struct stridec *self, struct unit *unit) {
    if (!unit->rows)
        unit->rows = find_rows(&self->arena, unit->analysis, &self->pack);
    return unit->rows;
}

bool count_imported_rows(struct stridec *self, struct rows *rows) {
    const struct decl_list *elements = &self->model->elements;
    for (size_t i = 0; i < elements->count; i++) {
        const struct decl *origin = elements->items[i]->origin;
        if (!origin)
            continue;
        const struct rows *own = rows_of(self, self->units.items[origin->source->unit]);
        if (!own)
            return false;
        for (size_t j = 0; j < self->pack.method->letter_count; j++) {
            const struct row *row = row_of(own, origin, &self->pack.method->letters[j]);
            rows->imported[row->tier] += row->state == ROW_OPEN;
        }
    }
    return true;
}

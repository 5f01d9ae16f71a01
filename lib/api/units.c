/* Files that import each other. Each is read and compiled once, whoever imports it; what a file
 * imports is compiled before it, so that its names and exposure are known. */
// SPDX-License-Identifier: MIT
#include "api/compilation.h"
#include "syntax/builder.h"

#include <string.h>

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

/* The import's path as seen from where the importing file's path is seen from. */
static struct slice resolve_path(struct arena *arena, struct slice importer, struct slice path) {
    struct slice folder = folder_of(importer);
    bool absolute = slice_starts(folder, "/");
    struct slice joined = text_format(arena, "%.*s%.*s", S(folder), S(path));
    struct slice normal = normalize(arena, joined);
    return absolute ? text_format(arena, "/%.*s", S(normal)) : normal;
}

struct intake {
    struct arena *arena;
    struct writer *writer;
    bool spent; /* memory ran out: raised again when the loader has returned */
};

/* Never leaves the caller's loader by longjmp: it may hold an open file. */
static bool take_text(void *context, const char *at, size_t length) {
    struct intake *intake = context;
    jmp_buf here, *const outer = intake->arena->failure;
    if (setjmp(here)) {
        intake->arena->failure = outer;
        intake->spent = true;
        return false;
    }
    intake->arena->failure = &here;
    write_bytes(intake->writer, at, length);
    intake->arena->failure = outer;
    return true;
}

struct import_site {
    struct source *source;
    const struct item *item;
    struct slice path;
};

static void report(struct stridec *self, enum diag_code code, const struct import_site *site,
                   const struct slice *args) {
    diag_add(&self->diagnostics, code, site->source, site->item->head->label.span, args);
}

/* NULL, and reported, when it cannot be read or is no model. */
static struct tree *load(struct stridec *self, const struct import_site *site) {
    struct memory_writer text;
    memory_writer_open(&text, &self->arena);
    struct intake intake = {&self->arena, &text.writer, false};
    stridec_loaded loaded = self->load
                                ? self->load(self->load_context, site->path.at, take_text, &intake)
                                : STRIDEC_NOT_THERE;
    if (intake.spent)
        arena_fail_again(&self->arena);
    struct slice bytes = memory_writer_close(&text);
    if (loaded != STRIDEC_LOADED) {
        report(self, loaded == STRIDEC_OUTSIDE ? DIAG_import_outside : DIAG_import_missing, site,
               ARGS(site->item->head->label.text));
        return NULL;
    }
    struct tree *tree = read_tree(self, site->path, bytes);
    enum file_kind file = file_kind_of(tree);
    if (file == IN_MODEL)
        return tree;
    report(self, DIAG_import_no_model, site,
           ARGS(site->item->head->label.text,
                file == IN_RULES ? SLICE("a rule pack") : SLICE("a triage file")));
    return NULL;
}

static const struct unit *import(struct stridec *self, const struct import_site *site) {
    if (slice_starts(site->item->head->label.text, "/")) {
        report(self, DIAG_import_outside, site, ARGS(site->item->head->label.text));
        return NULL;
    }
    struct unit *unit = table_get(&self->units_by_path, site->path);
    if (unit) {
        if (unit->under_way)
            report(self, DIAG_import_cycle, site, ARGS(site->item->head->label.text));
        return unit->under_way ? NULL : unit;
    }
    if (self->units_under_way > NESTING_LIMIT) {
        report(self, DIAG_import_too_deep, site,
               ARGS(text_format(&self->arena, "%d", NESTING_LIMIT)));
        return NULL;
    }
    const struct tree *tree = load(self, site);
    return tree && !tree->foreign ? compile_unit(self, site->path, tree) : NULL;
}

static bool is_import(const struct item *item) {
    return item->kind == ITEM_DECLARATION && slice_is(item->word.text, "import") &&
           item->head->label.text.length && item->head->alias.text.length;
}

static void import_all(struct stridec *self, struct slice path, const struct tree *tree,
                       struct imports *imports) {
    struct table aliases = {0};
    for (struct item *item = tree->file.items; item; item = item->next) {
        if (!is_import(item))
            continue;
        struct import_site site = {tree->source, item, {0}};
        site.path = resolve_path(&self->arena, path, item->head->label.text);
        const struct word *alias = &item->head->alias;
        if (table_add(&self->arena, &aliases, alias->text, item) != item)
            diag_add(&self->diagnostics, DIAG_duplicate_id, tree->source, alias->span,
                     ARGS(alias->text));
        const struct unit *unit = import(self, &site);
        *ARRAY_ADD(&self->arena, imports) = (struct import){alias->text, unit ? unit->model : NULL};
    }
}

/* What files that import this one want to know of its elements. */
static void note_exposure(const struct analysis *analysis) {
    const struct decl_list *elements = &analysis->model->elements;
    for (size_t i = 0; i < elements->count; i++)
        elements->items[i]->calls = subject_spot(analysis, elements->items[i])->calls;
}

struct unit *compile_unit(struct stridec *self, struct slice path, const struct tree *tree) {
    struct unit *unit = ARENA_NEW(&self->arena, struct unit);
    struct imports imports = {0};
    unit->path = slice_copy(&self->arena, path);
    unit->source = tree->source;
    unit->under_way = true;
    self->units_under_way++;
    table_add(&self->arena, &self->units_by_path, unit->path, unit);
    *ARRAY_ADD(&self->arena, &self->units) = unit;
    import_all(self, path, tree, &imports);
    unit->model = model_new(&self->arena, self->vocabulary);
    build_model(&self->diagnostics, unit->model, tree, IN_MODEL, &imports);
    if (!self->diagnostics.errors) {
        unit->analysis = analyse(&self->arena, unit->model);
        note_exposure(unit->analysis);
    }
    unit->under_way = false;
    self->units_under_way--;
    return unit;
}

const char *stridec_source_at(const stridec *self, size_t index) {
    return index < self->units.count ? self->units.items[index]->path.at : NULL;
}

static const struct rows *rows_of(struct stridec *self, struct unit *unit) {
    if (!unit->rows)
        unit->rows = find_rows(&self->arena, unit->analysis, &self->pack);
    return unit->rows;
}

void count_imported_rows(struct stridec *self, struct rows *rows) {
    const struct decl_list *elements = &self->model->elements;
    for (size_t i = 0; i < elements->count; i++) {
        const struct decl *origin = elements->items[i]->origin;
        if (!origin)
            continue;
        const struct rows *own =
            rows_of(self, table_get(&self->units_by_path, origin->source->path));
        for (size_t j = 0; j < self->pack.method->letter_count; j++) {
            const struct row *row = row_of(own, origin, &self->pack.method->letters[j]);
            rows->imported[row->tier] += row->state == ROW_OPEN;
        }
    }
}

/* A declaration that both sides have changed is merged by what stands in its block, and so on down
 * to what has no parts: there a different change of both is a conflict. What stands between the
 * parts is taken from the side that a part comes from, as far as it fits there. */
// SPDX-License-Identifier: MIT
#include "syntax/merge.h"

#include "syntax/merge_claims.h"
#include "syntax/merge_list.h"
#include "syntax/merge_text.h"
#include "syntax/sort.h"

struct merger {
    struct arena *arena;
    const struct source *source[VERSIONS];
    struct pieces pieces;
};

/* ---- which side's text ------------------------------------------------------------------- */

/* That of the side that has changed it; BASE: both have, and differently. */
static enum version pick(const struct slice *base, struct slice ours, struct slice theirs) {
    if (slice_equal(ours, theirs))
        return OURS;
    if (base && slice_equal(*base, ours))
        return THEIRS;
    if (base && slice_equal(*base, theirs))
        return OURS;
    if (is_same_text(ours, theirs))
        return OURS;
    if (base && is_same_text(*base, ours))
        return THEIRS;
    return base && is_same_text(*base, theirs) ? OURS : BASE;
}

static void add_picked(struct merger *merger, const struct slice *base, struct slice ours,
                       struct slice theirs) {
    switch (pick(base, ours, theirs)) {
    case OURS:
        add_agreed(&merger->pieces, ours);
        break;
    case THEIRS:
        add_agreed(&merger->pieces, theirs);
        break;
    default:
        add_conflict(&merger->pieces, ours, theirs, SLICE(""));
        break;
    }
}

static struct slice from_comment(struct slice text) {
    size_t at = 0;
    while (at < text.length && text.at[at] != '#')
        at++;
    return slice_part(text, at, text.length);
}

/* A comment at the end of a line, with what stands before it: of two, both stay. */
static struct slice join_trails(struct merger *merger, const struct slice *base, struct slice ours,
                                struct slice theirs) {
    enum version side = pick(base, ours, theirs);
    if (side != BASE)
        return side == OURS ? ours : theirs;
    if (!from_comment(ours).length || !from_comment(theirs).length)
        return from_comment(ours).length ? ours : theirs;
    return text_join(merger->arena, ours, SLICE(" "), from_comment(theirs));
}

/* ---- what stands between ----------------------------------------------------------------- */

/* A list on its way into the result. */
struct row {
    struct merger *merger;
    const struct versions *versions;
    enum version main;
    bool is_file;
    bool in_lines;       /* each part begins a line */
    struct slice indent; /* of a line */
    const struct entry *before;
    bool must_break; /* a comment ends the line before */
};

static struct slice from_line_break(struct slice lead) {
    size_t at = 0;
    while (at < lead.length && lead.at[at] != '\n')
        at++;
    at -= at < lead.length && at && lead.at[at - 1] == '\r';
    return slice_part(lead, at, lead.length);
}

static struct slice after_line_break(struct slice lead) {
    size_t at = lead.length;
    while (at && lead.at[at - 1] != '\n')
        at--;
    return slice_part(lead, at, lead.length);
}

static const struct entry *entry_before(const struct row *row, const struct part *part,
                                        enum version side) {
    return part->number ? row->versions->in[side].items[part->number - 1].entry : NULL;
}

static struct slice new_line(const struct row *row) {
    return text_join(row->merger->arena, SLICE("\n"), row->indent, SLICE(""));
}

/* On a file's first line nothing stands before. */
static struct slice lead_in_file(const struct row *row, const struct part *part, bool same) {
    struct slice broken = from_line_break(part->lead);
    if (!row->before)
        return same ? part->lead : SLICE("");
    if (broken.length && part->number)
        return same && !row->must_break ? part->lead : broken;
    return same && part->number && !row->must_break
               ? part->lead
               : text_join(row->merger->arena, SLICE("\n"), SLICE(""),
                           part->number ? SLICE("") : part->lead);
}

static struct slice lead_in_block(const struct row *row, const struct part *part, enum version side,
                                  bool same) {
    struct slice broken = from_line_break(part->lead);
    bool in_lines = !row->versions->in[side].one_line;
    if (same && !row->must_break && row->in_lines == in_lines)
        return part->lead;
    if (row->in_lines)
        return broken.length && in_lines ? broken : new_line(row);
    return row->before ? SLICE("; ") : SLICE(" ");
}

/* The side's own lead stays where the part stands behind what it stands behind there. */
static struct slice lead_of(const struct row *row, const struct part *part, enum version side) {
    bool same = entry_before(row, part, side) == row->before;
    return row->is_file ? lead_in_file(row, part, same) : lead_in_block(row, part, side, same);
}

static bool stays(const struct row *row, const struct entry *entry, enum version side) {
    return entry->in[side] && entry_before(row, entry->in[side], side) == row->before;
}

/* That of the side where it stands behind the same as here; of both, the one that is new. */
static enum version lead_side(const struct row *row, const struct entry *entry) {
    enum version other = row->main == OURS ? THEIRS : OURS;
    const struct part *base = entry->in[BASE];
    if (stays(row, entry, OURS) && stays(row, entry, THEIRS)) {
        enum version side =
            pick(base ? &base->lead : NULL, entry->in[OURS]->lead, entry->in[THEIRS]->lead);
        if (side != BASE)
            return base && slice_equal(base->lead, entry->in[OURS]->lead) ? THEIRS : OURS;
    }
    if (stays(row, entry, row->main) || !entry->in[other])
        return row->main;
    return stays(row, entry, other) || !entry->in[row->main] ? other : row->main;
}

static void put_lead(struct row *row, const struct entry *entry) {
    enum version side = lead_side(row, entry);
    add_agreed(&row->merger->pieces, lead_of(row, entry->in[side], side));
}

/* ---- a part ------------------------------------------------------------------------------ */

static void merge_list(struct merger *merger, struct versions *versions, bool is_file,
                       struct slice around);

static struct slice whole_part(struct merger *merger, const struct part *part) {
    return part ? text_join(merger->arena, part->text, SLICE(""), part->trail) : SLICE("");
}

/* A block that one side has added is a part like any other; one that it has taken out is not: then
 * nothing would hold what the other has changed in it. */
static bool has_parts(const struct part *base, const struct part *ours, const struct part *theirs) {
    if (!base || !ours->item || ours->item->kind != ITEM_DECLARATION || !theirs->item)
        return false;
    bool in_ours = item_block(ours->item), in_theirs = item_block(theirs->item);
    return (in_ours && in_theirs) ||
           ((in_ours || in_theirs) && base->item && !item_block(base->item));
}

/* The blanks before what stands on the part's line. */
static struct slice indent_of(const struct part *part) {
    struct slice indent = after_line_break(part->lead);
    return slice_trim(indent).length ? SLICE("") : indent;
}

static void merge_declaration(struct merger *merger, const struct entry *entry) {
    struct shell shells[VERSIONS];
    struct versions inside = {0};
    for (int i = 0; i < VERSIONS; i++) {
        shells[i] = shell_of(merger->source[i], entry->in[i]->item);
        inside.in[i] = split_inside(merger->arena, merger->source[i], entry->in[i]->item);
    }
    add_picked(merger, &shells[BASE].head, shells[OURS].head, shells[THEIRS].head);
    struct slice open =
        join_trails(merger, &shells[BASE].open, shells[OURS].open, shells[THEIRS].open);
    add_agreed(&merger->pieces, open);
    merge_list(merger, &inside, false, indent_of(entry->in[OURS]));
    add_agreed(&merger->pieces, shells[shells[OURS].close.length ? OURS : THEIRS].close);
}

static struct slice trail_of(struct merger *merger, const struct entry *entry) {
    const struct part *base = entry->in[BASE], *ours = entry->in[OURS], *theirs = entry->in[THEIRS];
    if (!ours || !theirs)
        return (ours ? ours : theirs)->trail;
    return join_trails(merger, base ? &base->trail : NULL, ours->trail, theirs->trail);
}

static bool join_lists(struct merger *merger, const struct entry *entry, struct slice *joined) {
    struct sourced lists[VERSIONS];
    for (int i = 0; i < VERSIONS; i++)
        lists[i] = (struct sourced){entry->in[i] ? entry->in[i]->item : NULL, merger->source[i]};
    return merge_lists(merger->arena, lists[BASE], lists[OURS], lists[THEIRS], joined);
}

/* True when a comment stands after it on its line. */
static bool merge_part(struct merger *merger, const struct entry *entry) {
    const struct part *base = entry->in[BASE], *ours = entry->in[OURS], *theirs = entry->in[THEIRS];
    if (!ours || !theirs) {
        const struct part *only = ours ? ours : theirs;
        struct slice text = whole_part(merger, only);
        if (base)
            add_conflict(&merger->pieces, ours ? text : SLICE(""), ours ? SLICE("") : text,
                         SLICE(""));
        else
            add_agreed(&merger->pieces, text);
        return only->trail.length || !only->item;
    }
    const struct slice *before = base ? &base->text : NULL;
    struct slice list;
    bool differ = pick(before, ours->text, theirs->text) == BASE;
    if (differ && has_parts(base, ours, theirs))
        merge_declaration(merger, entry);
    else if (differ && join_lists(merger, entry, &list))
        add_agreed(&merger->pieces, list);
    else
        add_picked(merger, before, ours->text, theirs->text);
    struct slice trail = trail_of(merger, entry);
    add_agreed(&merger->pieces, trail);
    return trail.length || !ours->item;
}

/* All that is against each other, as one side has it. */
static struct slice side_of_group(struct row *row, const struct entry *first, enum version side) {
    struct memory_writer text;
    bool begun = false;
    memory_writer_open(&text, row->merger->arena);
    for (const struct entry *entry = first; entry; entry = entry->mate) {
        const struct part *part = entry->in[side];
        if (!part)
            continue;
        struct slice lead = from_line_break(part->lead);
        if (begun)
            write_slice(&text.writer, lead.length ? lead : new_line(row));
        write_slice(&text.writer, part->text);
        write_slice(&text.writer, part->trail);
        row->must_break |= part->trail.length > 0;
        begun = true;
    }
    return memory_writer_close(&text);
}

static void put_group(struct row *row, const struct entry *first) {
    row->must_break = false;
    struct slice ours = side_of_group(row, first, OURS);
    add_conflict(&row->merger->pieces, ours, side_of_group(row, first, THEIRS), first->reason);
}

/* ---- a list ------------------------------------------------------------------------------ */

/* Whether a line break must stand in it, whatever the sides' style: a comment does. */
static bool needs_lines(struct merger *merger, const struct entry *first) {
    for (const struct entry *entry = first; entry; entry = entry->next)
        if (trail_of(merger, entry).length ||
            !(entry->in[OURS] ? entry->in[OURS] : entry->in[THEIRS])->item)
            return true;
    return false;
}

static bool stands_in_lines(struct merger *merger, const struct versions *versions,
                            const struct entry *first) {
    bool base = !versions->in[BASE].one_line, ours = !versions->in[OURS].one_line,
         theirs = !versions->in[THEIRS].one_line;
    return (ours != base ? ours : theirs) || needs_lines(merger, first);
}

static struct slice line_indent(struct merger *merger, const struct versions *versions,
                                struct slice around) {
    for (int side = OURS; side <= THEIRS; side++) {
        const struct parts *parts = &versions->in[side];
        for (size_t i = 0; !parts->one_line && i < parts->count; i++)
            if (slice_has(parts->items[i].lead, '\n'))
                return after_line_break(parts->items[i].lead);
    }
    return text_join(merger->arena, around, SLICE("  "), SLICE(""));
}

/* Before the } or the end of the file. */
static struct slice end_of(const struct row *row, struct slice around) {
    const struct versions *versions = row->versions;
    enum version side =
        pick(&versions->in[BASE].end, versions->in[OURS].end, versions->in[THEIRS].end);
    const struct parts *parts = &versions->in[side == BASE ? row->main : side];
    const struct entry *last = parts->count ? parts->items[parts->count - 1].entry : NULL;
    struct slice broken = from_line_break(parts->end);
    bool fits = row->is_file || row->in_lines == !parts->one_line;
    if (last == row->before && fits && !row->must_break)
        return parts->end;
    if (row->is_file || (row->in_lines && broken.length))
        return broken;
    if (row->in_lines)
        return text_join(row->merger->arena, SLICE("\n"), around, SLICE(""));
    return row->before ? SLICE(" ") : SLICE("");
}

static void merge_list(struct merger *merger, struct versions *versions, bool is_file,
                       struct slice around) {
    struct entry *first = order_entries(merger->arena, versions);
    find_contradictions(merger->arena, first);
    struct row row = {.merger = merger,
                      .versions = versions,
                      .main = main_side(versions),
                      .is_file = is_file,
                      .in_lines = stands_in_lines(merger, versions, first),
                      .indent = line_indent(merger, versions, around)};
    for (const struct entry *entry = first; entry; entry = entry->next) {
        arena_step(merger->arena);
        if (entry->against)
            continue;
        put_lead(&row, entry);
        if (entry->mate)
            put_group(&row, entry);
        else
            row.must_break = merge_part(merger, entry);
        row.before = entry;
    }
    add_agreed(&merger->pieces, end_of(&row, around));
}

size_t merge_trees(struct arena *arena, const struct tree *base, const struct tree *ours,
                   const struct tree *theirs, bool is_triage, size_t marker_length,
                   struct writer *writer) {
    const struct tree *trees[VERSIONS] = {base, ours, theirs};
    struct merger merger = {.arena = arena, .pieces = {.arena = arena}};
    struct versions versions = {0};
    for (int i = 0; i < VERSIONS; i++) {
        merger.source[i] = trees[i]->source;
        versions.in[i] = split_file(arena, trees[i]);
        struct table *threats = ARENA_NEW(arena, struct table);
        index_threats(arena, &trees[i]->file, threats);
        versions.threats[i] = is_triage ? threats : NULL;
    }
    merge_list(&merger, &versions, true, SLICE(""));
    return write_pieces(&merger.pieces, writer, marker_length);
}

/* The questions in order of rank as CSV (RFC 4180), for spreadsheets and trackers: a line for each
 * pattern that is asked or answered, for each row without one, and for each threat that answers
 * none of them. What a spreadsheet would take for a formula gets an apostrophe before it. Blanks at
 * the ends of a text are left out, and what cannot be seen is shown as the terminal shows it: some
 * programs skip both before they look for a formula. */
// SPDX-License-Identifier: MIT
#include "analysis/ahead.h"
#include "emit/answer_cells.h"
#include "emit/emit.h"

const char csv_opening[] =
    "id,letter,subject,kind,tier,state,score,question,reason,patterns,title,scenario,mitigation,"
    "cwe,capec,priority,decision,decided_by,standing,answer"
#define ANSWER_COLUMN(name, threat, mitigation, risk, dismiss, baseline, about) "," #name
#include "emit/answer_columns.def"
#undef ANSWER_COLUMN
    "\n";

static void write_text(struct emission *emission, struct slice text) {
    struct slice shown = visible_line(emission->arena, slice_trim(text));
    if (shown.length)
        write_csv_cell(emission->writer, shown);
}

/* ---- what the rules say ------------------------------------------------------------------ */

/* Each line of a row repeats them: all of thousands would make the file grow with their square, and
 * a cell that spreadsheets cut off. */
#define PATTERNS_SHOWN 200

/* "forged_callback (open), replay (covered), stolen_token (yielded to forged_callback)" */
static struct slice patterns_of(struct emission *emission, const struct row *row) {
    struct arena *arena = emission->arena;
    struct memory_writer memory;
    size_t shown = 0;
    memory_writer_open(&memory, arena);
    for (const struct pattern *pattern = row->patterns; pattern; pattern = pattern->next) {
        if (shown++ == PATTERNS_SHOWN) {
            write_string(&memory.writer, ", and more");
            break;
        }
        write_format(&memory.writer, "%s%.*s (%s", pattern == row->patterns ? "" : ", ",
                     SLICE_ARGS(pattern_id(arena, pattern)), pattern_state_words[pattern->state]);
        if (pattern->state == PATTERN_YIELDED)
            write_format(&memory.writer, " to %.*s",
                         SLICE_ARGS(successor_id(arena, emission->rows, pattern)));
        write_char(&memory.writer, ')');
    }
    return memory_writer_close(&memory);
}

/* A question: a pattern, or a row where it is NULL; and what was decided about it. */
struct question {
    const struct row *row;
    const struct pattern *pattern;
    const struct verdict_on *verdict; /* or NULL */
};

static const char *state_of(const struct emission *emission, const struct question *question) {
    const struct pattern *pattern = question->pattern;
    if (!pattern)
        return row_state_words[question->row->state];
    if (question->verdict && !is_pending(emission->decisions, question->row, pattern))
        return row_state_words[ROW_ANSWERED];
    return pattern_state_words[pattern->state];
}

static void write_ids(struct emission *emission, const struct slice *ids, size_t count) {
    struct memory_writer text;
    memory_writer_open(&text, emission->arena);
    for (size_t i = 0; i < count; i++)
        write_format(&text.writer, "%s%.*s", i ? ", " : "", SLICE_ARGS(ids[i]));
    write_text(emission, memory_writer_close(&text));
    write_char(emission->writer, ',');
}

static struct slice ask_of(struct emission *emission, const struct question *question) {
    return question->pattern ? pattern_ask(emission, question->pattern)
                             : row_question(emission->arena, emission->rows, question->row);
}

static void write_cell(struct emission *emission, struct slice text) {
    write_text(emission, text);
    write_char(emission->writer, ',');
}

/* Of a row as a whole, the question that gives it its score. */
static const struct pattern *scored_in(const struct question *question) {
    return question->pattern ? question->pattern : question->row->scored;
}

/* The row, and the question in it. */
static void write_asked(struct emission *emission, const struct question *question) {
    const struct row *row = question->row;
    struct score score = score_of(emission->arena, emission->rows, row, scored_in(question));
    struct slice id = question_id(emission->arena, emission->rows, row, question->pattern);
    write_format(emission->writer, "%.*s,%.*s,%.*s,%s,%d,%s,%d,", SLICE_ARGS(id),
                 SLICE_ARGS(row->letter->code), SLICE_ARGS(decl_id(row->subject)),
                 kind_rows[row->subject->kind].word, row->tier, state_of(emission, question),
                 score.points);
    write_cell(emission, ask_of(emission, question));
    write_cell(emission, row_reason(emission->arena, emission->rows, row));
    write_cell(emission, patterns_of(emission, row));
}

/* The texts of the rule, unless the team has some of its own. */
static void write_rule(struct emission *emission, const struct question *question) {
    const struct pattern *pattern = question->pattern;
    const struct verdict_on *verdict = question->verdict;
    static const struct rule none;
    const struct rule *rule = pattern ? pattern->rule : &none;
    struct slice texts[] = {rule->title, rule->scenario, rule->mitigation};
    for (size_t i = 0; pattern && i < sizeof texts / sizeof *texts; i++)
        texts[i] = pattern_text(emission->arena, emission->rows, pattern, texts[i]);
    if (!pattern)
        texts[0] = row_title(emission->arena, emission->rows, question->row);
    if (verdict && verdict->threats.count) {
        const struct decl *threat = verdict->threats.items[0]->decision.decl;
        struct slice scenario = decl_text(threat, ATTRIBUTE_rule_scenario);
        texts[0] = decl_title(threat);
        texts[1] = scenario.length ? scenario : texts[1];
    }
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        write_cell(emission, texts[i]);
    write_ids(emission, rule->cwe, rule->cwe_count);
    write_ids(emission, rule->capec, rule->capec_count);
}

/* ---- what the team says ------------------------------------------------------------------ */

/* The worst of the threats; of a question that waits, what the suggested score gives. */
static struct slice priority_in(const struct emission *emission, const struct question *question) {
    const struct verdict_on *verdict = question->verdict;
    const struct threat *worst = NULL;
    for (size_t i = 0; verdict && i < verdict->threats.count; i++)
        if (verdict->threats.items[i]->priority.length &&
            (!worst || verdict->threats.items[i]->score > worst->score))
            worst = verdict->threats.items[i];
    bool waits = strcmp(state_of(emission, question), row_state_words[ROW_OPEN]) == 0;
    struct score score =
        score_of(emission->arena, emission->rows, question->row, scored_in(question));
    return worst   ? worst->priority
           : waits ? priority_of(emission->rows->bands, score.points)
                   : SLICE("");
}

/* "dismissed"; of threats the state of the worst. */
static const char *outcome_of(const struct verdict_on *verdict) {
    enum threat_state worst = THREAT_ORPHAN;
    if (!verdict)
        return "";
    for (size_t i = 0; i < verdict->threats.count; i++)
        if (verdict->threats.items[i]->state > worst)
            worst = verdict->threats.items[i]->state;
    return verdict->threats.count ? threat_states[worst].word : answer_words[verdict->answer];
}

/* A place that decisions name, and how they stand there: found for all of them at once, as one of
 * them may name very many. */
struct standings {
    struct table by_place; /* address of a pattern, or of a row -> unsigned */
};

static void note_standing(const struct emission *emission, struct standings *standings,
                          const struct decision *decision) {
    for (size_t i = 0; i < decision->target_count; i++) {
        const struct target *target = &decision->targets[i];
        if (!target->subject)
            continue;
        const void *place = target->pattern
                                ? (const void *)target->pattern
                                : row_of(emission->rows, target->subject, target->letter);
        unsigned *mine = ARENA_NEW(emission->arena, unsigned);
        unsigned *all = table_intern(emission->arena, &standings->by_place,
                                     kept_address(emission->arena, place), mine);
        *all |= target->standing;
    }
}

static struct standings find_standings(const struct emission *emission) {
    const struct decisions *decisions = emission->decisions;
    struct standings standings = {0};
    for (size_t i = 0; decisions && i < decisions->threats.count; i++)
        note_standing(emission, &standings, &decisions->threats.items[i]->decision);
    for (size_t i = 0; decisions && i < decisions->dismissals.count; i++)
        note_standing(emission, &standings, decisions->dismissals.items[i]);
    for (size_t i = 0; decisions && i < decisions->baselines.count; i++)
        note_standing(emission, &standings, decisions->baselines.items[i]);
    return standings;
}

static unsigned standing_at(const struct standings *standings, const struct question *question) {
    const void *place = question->pattern ? (const void *)question->pattern : question->row;
    const unsigned *standing = table_get(&standings->by_place, address_key(&place));
    return question->verdict && standing ? *standing : 0;
}

/* What speaks against leaving the decision as it is. */
static void write_standing(struct emission *emission, unsigned standing, bool is_new) {
    struct writer *writer = emission->writer;
    bool said = is_new;
    write_string(writer, is_new ? "new" : "");
    for (unsigned i = 0; standing_words[i]; i++)
        if (standing >> i & 1) {
            write_format(writer, "%s%s", said ? " " : "", standing_words[i]);
            said = true;
        }
    write_char(writer, ',');
}

/* A dismissal has the id of its question, which stands in the line. */
static struct slice names_of(struct arena *arena, const struct question_answer *answer) {
    const struct decl_list *lists[] = {&answer->threats, &answer->mitigations, &answer->risks,
                                       &answer->others};
    struct memory_writer names;
    bool said = false;
    memory_writer_open(&names, arena);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        for (size_t j = 0; j < lists[i]->count; j++) {
            const struct decl *decl = lists[i]->items[j];
            if (decl->kind == KIND_DISMISS || !decl_id(decl).length)
                continue;
            write_string(&names.writer, said ? ", " : "");
            write_slice(&names.writer, decl_id(decl));
            said = true;
        }
    return memory_writer_close(&names);
}

static void write_answer_columns(struct emission *emission, const struct question_answer *answer) {
    write_string(emission->writer, answer->word ? answer->word->word : "");
    for (size_t i = 0; i < ANSWER_COLUMN_COUNT; i++) {
        write_char(emission->writer, ',');
        write_text(emission, column_text(emission->arena, answer, (enum answer_column)i));
    }
    write_string(emission->writer, "\r\n");
}

static void write_decision(struct emission *emission, const struct standings *standings,
                           const struct question *question) {
    const struct verdict_on *verdict = question->verdict;
    struct question_answer answer = answer_of(emission->arena, verdict);
    write_format(emission->writer, "%.*s,%s,", SLICE_ARGS(priority_in(emission, question)),
                 outcome_of(verdict));
    write_cell(emission, names_of(emission->arena, &answer));
    write_standing(emission, standing_at(standings, question),
                   is_new_question(emission->decisions, question->row, question->pattern));
    write_answer_columns(emission, &answer);
}

/* ---- lines ------------------------------------------------------------------------------- */

static void write_line(struct emission *emission, const struct standings *standings,
                       const struct row *row, const struct pattern *pattern) {
    struct arena_mark mark = arena_mark(emission->arena);
    struct question question = {row, pattern, verdict_about(emission->decisions, row, pattern)};
    write_asked(emission, &question);
    write_rule(emission, &question);
    write_decision(emission, standings, &question);
    arena_rewind(emission->arena, mark);
}

static bool has_line(const struct emission *emission, const struct row *row,
                     const struct pattern *pattern) {
    return pattern->state == PATTERN_OPEN || pattern->state == PATTERN_COVERED ||
           verdict_about(emission->decisions, row, pattern);
}

static bool shows_patterns(const struct row *row) {
    return row->state == ROW_OPEN || row->state == ROW_COVERED || row->state == ROW_ANSWERED;
}

/* The question that is asked first where a row has one line comes first here. */
static void write_row(struct emission *emission, const struct standings *standings,
                      const struct row *row) {
    bool asks = shows_patterns(row);
    const struct pattern *first = asks ? row_first(emission->rows, row) : NULL;
    size_t lines = first != NULL;
    if (emission->options.tier && row->tier != emission->options.tier)
        return;
    if (first)
        write_line(emission, standings, row, first);
    for (const struct pattern *at = asks ? row->patterns : NULL; at; at = at->next)
        if (at != first && has_line(emission, row, at)) {
            write_line(emission, standings, row, at);
            lines++;
        }
    if (!lines)
        write_line(emission, standings, row, NULL);
}

static void write_cells(struct emission *emission, const struct standings *standings,
                        enum row_state state) {
    size_t letters = emission->rows->pack->method->letter_count;
    for (size_t i = 0; i < emission->model->subjects.count * letters; i++)
        if (emission->rows->cells[i].state == state)
            write_row(emission, standings, &emission->rows->cells[i]);
}

/* ---- threats that answer no question ----------------------------------------------------- */

/* Whether a line of the rows has what is decided there. */
static bool is_shown(const struct emission *emission, const struct target *target) {
    if (!target->subject)
        return false;
    const struct row *row = row_of(emission->rows, target->subject, target->letter);
    return row->place < emission->rows->ranked_count && (!target->pattern || shows_patterns(row)) &&
           verdict_about(emission->decisions, row, target->pattern);
}

static void write_threat(struct emission *emission, struct threat *threat) {
    const struct decl *decl = threat->decision.decl, *component = threat->component;
    struct verdict_on verdict = {.answer = ANSWER_THREAT, .first = &threat->decision};
    *ARRAY_ADD(emission->arena, &verdict.threats) = threat;
    struct question_answer answer = answer_of(emission->arena, &verdict);
    write_format(emission->writer, "%.*s,%.*s,%.*s,%s,,%s,", SLICE_ARGS(decl_id(decl)),
                 SLICE_ARGS(threat->letter ? threat->letter->code : SLICE("")),
                 SLICE_ARGS(component ? decl_id(component) : SLICE("")),
                 component ? kind_rows[component->kind].word : "", row_state_words[ROW_ANSWERED]);
    if (threat->score)
        write_decimal(emission->writer, (size_t)threat->score);
    write_string(emission->writer, ",,,,");
    write_cell(emission, decl_title(decl));
    write_cell(emission, decl_text(decl, ATTRIBUTE_rule_scenario));
    write_format(emission->writer, ",,,%.*s,%s,", SLICE_ARGS(threat->priority),
                 outcome_of(&verdict));
    write_cell(emission, names_of(emission->arena, &answer));
    write_standing(emission, threat->decision.standing, false);
    write_answer_columns(emission, &answer);
}

/* A tracker wants them as well; the id is theirs. */
static void write_other_threats(struct emission *emission) {
    const struct decisions *decisions = emission->decisions;
    for (size_t i = 0; decisions && i < decisions->threats.count; i++) {
        struct threat *threat = decisions->threats.items[i];
        struct arena_mark mark = arena_mark(emission->arena);
        bool shown = false;
        for (size_t j = 0; j < threat->decision.target_count && !threat->loose; j++)
            shown |= is_shown(emission, &threat->decision.targets[j]);
        if (!shown)
            write_threat(emission, threat);
        arena_rewind(emission->arena, mark);
    }
}

bool emit_csv(struct emission *emission) {
    struct slice columns = slice_of(csv_opening), line;
    struct standings standings = find_standings(emission);
    slice_cut(&columns, '\n', &line);
    write_slice(emission->writer, line);
    write_string(emission->writer, "\r\n");
    for (size_t i = 0; i < emission->rows->ranked_count; i++) {
        prefetch_rows(emission->rows, i);
        write_row(emission, &standings, emission->rows->ranked[i]);
    }
    if (emission->options.all) {
        write_cells(emission, &standings, ROW_OUT_OF_SCOPE);
        write_cells(emission, &standings, ROW_NOT_APPLICABLE);
    }
    if (!emission->options.tier)
        write_other_threats(emission);
    return true;
}

/* ---- reading ----------------------------------------------------------------------------- */

static size_t column_named(const char *name) {
    struct slice rest = slice_of(csv_opening), column;
    size_t number = 0;
    while (slice_cut(&rest, ',', &column) && !slice_is(column, name))
        number++;
    return number;
}

/* What only somebody else can have written: an answer where nothing was decided. */
bool csv_is_filled_in(struct slice lines) {
    const size_t decision = column_named("decision"), answer = column_named("answer");
    size_t column = 0;
    bool quoted = false, decided = false;
    for (size_t i = 0; i < lines.length; i++) {
        char c = lines.at[i];
        quoted ^= c == '"';
        if (c == ',' && !quoted) {
            column++;
        } else if (c == '\n' && !quoted) {
            column = 0;
            decided = false;
        } else if (c != '"' && c != '\r') {
            decided |= column == decision;
            if (column >= answer && !decided)
                return true;
        }
    }
    return false;
}

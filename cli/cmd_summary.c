/* stridec summary: one table over many models. */
// SPDX-License-Identifier: MIT
#include "summary.h"

#include "report.h"
#include "session.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>

static const char about[] =
    "FILEs are models, or what threats --format json has printed of them (.json). One\n"
    "is compiled after the other, and only its numbers are kept. What needs attention\n"
    "comes first. A file that does not compile is a line with its first error, and\n"
    "the exit code says so at the end.";

/* Which models are listed; NULL: whatever they have. */
struct filters {
    const char *owner, *state, *tier;
    bool stale, unreviewed;
};

/* What cannot be read is always listed. */
static bool is_listed(const struct summary *summary, const struct filters *filters) {
    size_t open = 0;
    if (summary->problem)
        return true;
    for (size_t i = 0; filters->tier && i < (size_t)(*filters->tier - '0'); i++)
        open += summary->open[i];
    return (!filters->owner || strcmp(summary->owner, filters->owner) == 0) &&
           (!filters->state || threats_in_state(summary, state_named(filters->state)) > 0) &&
           (!filters->tier || open > 0) &&
           (!filters->stale || summary->stale + summary->doubtful > 0) &&
           (!filters->unreviewed || summary->review != REVIEW_PASSED);
}

static bool is_state(const char *word) {
    struct guess guess = guess_begin(word, strlen(word));
    const char *state;
    if (state_named(word) < MOST_STATES)
        return true;
    for (size_t i = 0; (state = stridec_threat_state_at(i)); i++)
        guess_try(&guess, state);
    char states[512] = "";
    for (size_t i = 0, used = 0; (state = stridec_threat_state_at(i)) && used < sizeof states; i++)
        used += (size_t)snprintf(states + used, sizeof states - used, "%s%s", i ? ", " : "", state);
    if (guess.best)
        complain("no threat is ever '%s'; did you mean '%s'?", word, guess.best);
    else
        complain("no threat is ever '%s', but %s", word, states);
    return false;
}

static bool find_deadline(const char *days, const char *today, struct deadline *deadline) {
    *deadline = (struct deadline){{""}, {""}};
    if (!days) {
        if (today)
            complain("--today counts only with --due DAYS");
        return !today;
    }
    if (!date_of_today(today, &deadline->today))
        return false;
    deadline->until = date_after(deadline->today, strtol(days, NULL, 10));
    return true;
}

/* All models, one after the other; the worst outcome. */
static enum outcome gather(struct summary_table *table, const struct invocation *run,
                           const struct filters *filters) {
    stridec_pack *pack;
    enum outcome worst;
    if (!session_rules(run, &pack, &worst))
        return worst;
    for (size_t i = 0; i < run->words.count; i++) {
        struct summary *summary = &table->items[table->count];
        summarise(summary, run, run->words.at[i], pack, table->deadline);
        worst = summary->outcome > worst ? summary->outcome : worst;
        if (!summary->is_other && is_listed(summary, filters)) {
            summary_add(&table->total, summary);
            table->count++;
            continue;
        }
        *(summary->is_other ? &table->other : &table->filtered) += 1;
        summary_free(summary);
    }
    stridec_pack_free(pack);
    qsort(table->items, table->count, sizeof *table->items, summary_compare);
    return worst;
}

static enum outcome summarise_all(const struct invocation *run, const struct filters *filters,
                                  const struct deadline *deadline, const char *format) {
    struct summary_table table = {
        .items = calloc(run->words.count, sizeof *table.items),
        .deadline = deadline,
        .width = (size_t)terminal_width(),
        .color = color_wanted(run->color, stdout),
    };
    if (!table.items) {
        complain("no memory");
        return OUTCOME_FAILURE;
    }
    enum outcome worst = gather(&table, run, filters);
    if (table.count || worst == OUTCOME_CLEAN)
        summary_write(&table, format);
    for (size_t i = 0; i < table.count; i++)
        summary_free(&table.items[i]);
    free(table.items);
    return worst;
}

enum outcome cmd_summary(struct invocation *run) {
    const char *format = "text", *days = NULL, *today = NULL;
    struct filters filters = {NULL, NULL, NULL, false, false};
    struct deadline deadline;
    const struct option options[] = {
        {.name = "format",
         .argument = "text|json|markdown|csv",
         .text = &format,
         .help = "for a terminal, as data, for a page, for a spreadsheet"},
        {.name = "due",
         .argument = "DAYS",
         .is_count = true,
         .text = &days,
         .help = "count what is due within so many days"},
        {.name = "today",
         .argument = "DATE",
         .text = &today,
         .help = "the day that --due counts from (default: the clock's)"},
        {.name = "owner",
         .argument = "NAME",
         .text = &filters.owner,
         .help = "models of this owner"},
        {.name = "state",
         .argument = "STATE",
         .text = &filters.state,
         .help = "models with a threat in this state"},
        {.name = "pending",
         .argument = "1|2|3",
         .text = &filters.tier,
         .help = "models with open rows in this tier or a better one"},
        {.name = "stale", .on = &filters.stale, .help = "models with decisions in doubt"},
        {.name = "unreviewed",
         .on = &filters.unreviewed,
         .help = "models without a review that has passed and still holds"},
        OPTION_STDIN_NAME(run),
        OPTION_RULES(run),
    };
    if (!read_arguments(run, about, options, COUNT(options)))
        return run->outcome;
    if ((filters.state && !is_state(filters.state)) || !find_deadline(days, today, &deadline))
        return OUTCOME_MISUSE;
    return summarise_all(run, &filters, &deadline, format);
}

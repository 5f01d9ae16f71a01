/* Asks one question after the other at a terminal. Each answer is written before the next question
 * is shown, by the same steps as the commands take, so that an interrupt loses nothing; and the
 * model is compiled anew, as an answer may settle others. */
// SPDX-License-Identifier: MIT
#include "pass.h"

#include "decide.h"
#include "keyboard.h"
#include "left.h"
#include "paths.h"
#include "report.h"
#include "requests.h"
#include "screen.h"
#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define ESCAPE 27

struct pass {
    const struct invocation *run;
    const char *path;
    const struct pass_options *options;
    char *id, *before_id; /* of the question that is shown */
    char **skipped;       /* ids of questions that are left for later */
    size_t skipped_count;
    struct undo *steps; /* what each answer has changed, in order; of a skip nothing */
    size_t step_count, answered;
    struct text reason;  /* the last one that was typed */
    struct text message; /* what went wrong, for the next screen */
    size_t first_before; /* pending of tier 1 on the last screen */
    char farewell[80];
    enum outcome outcome;
    bool is_new; /* the question, on this screen */
    bool ends;
};

/* ---- lists ------------------------------------------------------------------------------- */

static bool is_skipped(const struct pass *pass, const char *id) {
    for (size_t i = 0; i < pass->skipped_count; i++)
        if (strcmp(pass->skipped[i], id) == 0)
            return true;
    return false;
}

static void keep_step(struct pass *pass, struct undo undo) {
    struct undo *more = realloc(pass->steps, (pass->step_count + 1) * sizeof *more);
    if (!more) {
        undo_free(&undo);
        return;
    }
    pass->steps = more;
    more[pass->step_count++] = undo;
    pass->answered += undo.count > 0;
}

static void skip(struct pass *pass) {
    char **more = realloc(pass->skipped, (pass->skipped_count + 1) * sizeof *more);
    if (!more)
        return;
    pass->skipped = more;
    more[pass->skipped_count++] = text_copy(pass->id);
    keep_step(pass, (struct undo){0});
}

/* ---- what goes wrong --------------------------------------------------------------------- */

static struct text *heard;

static void listen(const char *message) {
    if (heard->length)
        text_append(heard, "\n", 1);
    text_append(heard, message, strlen(message));
}

/* ---- answers ----------------------------------------------------------------------------- */

struct answer {
    struct requests requests;
    stridec_request *request;
    const char *ids[1], *values[2][1];
};

static bool add_values(struct answer *answer, const char *name, const struct names *values) {
    return !values->count ||
           request_add_stated(&answer->requests, answer->request, name, values->at, values->count);
}

/* Who decided and when is stated where something is declared. */
static bool state_origin(const struct pass *pass, struct answer *answer, const char *verb) {
    if (strcmp(verb, "add") != 0 && strcmp(verb, "dismiss") != 0)
        return true;
    return add_values(answer, "author", &pass->options->author) &&
           add_values(answer, "decided", &pass->options->decided);
}

static bool begin(struct pass *pass, struct answer *answer, const char *verb, const char *id) {
    *answer = (struct answer){.ids = {id}};
    if (!requests_begin(&answer->requests))
        return false;
    answer->request = requests_add(&answer->requests, verb);
    if (!answer->request)
        return false;
    answer->request->ids = answer->ids;
    answer->request->id_count = 1;
    return state_origin(pass, answer, verb);
}

static bool add_stated(struct answer *answer, const char *name, const char *const *value) {
    return request_add_stated(&answer->requests, answer->request, name, value, 1);
}

static void give(struct pass *pass, struct answer *answer) {
    struct undo undo = {0};
    keyboard_farewell(NULL); /* its number is about to change */
    const struct deciding deciding = {pass->run, pass->path, false, true, &undo};
    if (!requests_complete(&answer->requests))
        return;
    enum outcome outcome = decide(&deciding, answer->requests.items, answer->requests.count);
    if (outcome == OUTCOME_CLEAN && undo.count)
        keep_step(pass, undo);
    else
        undo_free(&undo);
}

static void record_threat(struct pass *pass) {
    struct answer answer;
    if (begin(pass, &answer, "add", pass->id))
        give(pass, &answer);
    requests_free(&answer.requests);
}

static void confirm(struct pass *pass) {
    struct answer answer;
    if (!*pass->before_id) {
        listen("c: nothing was decided before that could be confirmed");
        return;
    }
    if (begin(pass, &answer, "confirm", pass->before_id))
        give(pass, &answer);
    requests_free(&answer.requests);
}

/* ---- dismissing -------------------------------------------------------------------------- */

/* The first letter of its last word that no code before has: p of not_plausible. */
static char free_letter(const stridec_value_info *value, const char *taken) {
    size_t start = value->length;
    while (start && value->name[start - 1] != '_')
        start--;
    for (size_t i = start; i < value->length; i++)
        if (!strchr(taken, value->name[i]))
            return value->name[i];
    return 0;
}

/* The codes of a dismissal, by their letters. */
static size_t letters_of_codes(char *letters, size_t room) {
    stridec_value_info value = {.size = sizeof value};
    size_t count = 0;
    for (; count + 1 < room && stridec_value_at("dismiss", "code", count, &value); count++)
        letters[count] = free_letter(&value, letters);
    return count;
}

/* Choices in a row, broken where the screen ends. */
static void show_choice(size_t *column, char key, const char *name, size_t length) {
    size_t width = length + 4;
    if (*column + width > 72) {
        putchar('\n');
        *column = 0;
    }
    printf("%c %.*s  ", key, (int)length, name);
    *column += width;
}

/* Waits until a key is one of these; NULL when it is Escape, or the end. */
static const char *choose_key(const char *keys) {
    for (;;) {
        int key = keyboard_key();
        const char *chosen = key > 0 ? strchr(keys, key) : NULL;
        if (chosen || key == KEYBOARD_END || key == ESCAPE)
            return chosen;
    }
}

/* False when it is given up. */
static bool choose_code(struct text *code) {
    stridec_value_info value = {.size = sizeof value};
    char letters[16] = "";
    size_t count = letters_of_codes(letters, sizeof letters);
    size_t column = 0;
    for (size_t i = 0; i < count && stridec_value_at("dismiss", "code", i, &value); i++)
        show_choice(&column, letters[i], value.name, value.length);
    puts("Esc back");
    const char *chosen = choose_key(letters);
    return chosen && stridec_value_at("dismiss", "code", (size_t)(chosen - letters), &value) &&
           text_append(code, value.name, value.length);
}

/* Enter alone takes the last one again. */
static bool ask_line(struct pass *pass, const char *prompt, struct text *line, bool repeats) {
    fputs(prompt, stdout);
    if (repeats && pass->reason.length) {
        fputs(" (Enter: \"", stdout);
        print_text(stdout, pass->reason.at);
        fputs("\")", stdout);
    }
    fputs(": ", stdout);
    if (!keyboard_line(line))
        return false;
    if (!line->length && repeats && pass->reason.length)
        text_append(line, pass->reason.at, pass->reason.length);
    if (line->length && repeats) {
        text_free(&pass->reason);
        text_append(&pass->reason, line->at, line->length);
    }
    return line->length > 0;
}

static void dismiss(struct pass *pass) {
    struct answer answer;
    struct text line = {0}, code = {0};
    if (!choose_code(&code))
        return;
    bool elsewhere = strcmp(code.at, "covered_elsewhere") == 0 || strcmp(code.at, "duplicate") == 0;
    if (ask_line(pass, elsewhere ? "See which question or threat" : "Reason", &line, !elsewhere)) {
        if (begin(pass, &answer, "dismiss", pass->id)) {
            answer.values[0][0] = line.at;
            answer.values[1][0] = code.at;
            if (add_stated(&answer, elsewhere ? "see" : "reason", answer.values[0]) &&
                add_stated(&answer, "code", answer.values[1]))
                give(pass, &answer);
        }
        requests_free(&answer.requests);
    }
    text_free(&line);
    text_free(&code);
}

/* ---- stating ----------------------------------------------------------------------------- */

/* The fact of this number, without what joins facts. */
static bool fact_of(stridec *compilation, const stridec_question *question, size_t number,
                    stridec_fact *fact) {
    for (size_t i = 0; question->pattern != STRIDEC_NO_PATTERN &&
                       stridec_fact_at(compilation, question->row, question->pattern, i, fact);
         i++)
        if (!fact->joins && !number--)
            return true;
    return false;
}

static const char value_keys[] = "123456789abcdefghijklmnopqrstuvwxyz";

static size_t count_values(const stridec_fact *fact) {
    return fact->value_count < sizeof value_keys ? fact->value_count : sizeof value_keys - 1;
}

/* A value that is the only one needs no key. */
static const char *choose_value(const stridec_fact *fact) {
    char keys[sizeof value_keys] = "";
    size_t column = 0;
    if (fact->value_count == 1)
        return fact->values[0];
    for (size_t i = 0; i < count_values(fact); i++) {
        show_choice(&column, value_keys[i], fact->values[i], strlen(fact->values[i]));
        keys[i] = value_keys[i];
    }
    puts("Esc back");
    const char *chosen = choose_key(keys);
    return chosen ? fact->values[chosen - keys] : NULL;
}

/* The strings are the compilation's, which is closed before the answer is written. */
static void state_fact(struct pass *pass, const stridec_fact *fact) {
    const char *chosen = choose_value(fact);
    if (!chosen)
        return;
    struct answer answer;
    char *id = text_copy(fact->id), *name = text_copy(fact->attribute), *value = text_copy(chosen);
    if (begin(pass, &answer, "state", id)) {
        answer.values[0][0] = value;
        if (add_stated(&answer, name, answer.values[0]))
            give(pass, &answer);
    }
    requests_free(&answer.requests);
    free(id);
    free(name);
    free(value);
}

/* ---- taking back ------------------------------------------------------------------------- */

static void undo(struct pass *pass, const char *root) {
    struct undo *last = pass->step_count ? &pass->steps[pass->step_count - 1] : NULL;
    if (!last) {
        listen("nothing has been answered yet");
        return;
    }
    if (!last->count)
        free(pass->skipped[--pass->skipped_count]);
    else if (!undo_run(last, root))
        return;
    pass->answered -= last->count > 0;
    undo_free(last);
    pass->step_count--;
}

/* ---- the screen -------------------------------------------------------------------------- */

static void add_count(struct text *title, const char *before, size_t count, const char *after) {
    char words[64];
    int length = snprintf(words, sizeof words, "%s%zu%s", before, count, after);
    text_append(title, words, (size_t)length);
}

static void add_words(struct text *title, const char *words) {
    text_append(title, words, strlen(words));
}

static void write_title(const struct pass *pass, struct left left, struct text *title) {
    add_words(title, pass->path);
    add_count(title, ": ", left.pending, left.pending == 1 ? " question" : " questions");
    add_words(title, " pending");
    if (left.first)
        add_count(title, ", ", left.first, " of them in tier 1");
    else
        add_words(title, ", tier 1 is decided");
    if (pass->answered)
        add_count(title, ", ", pass->answered, " answered now");
    if (pass->skipped_count)
        add_count(title, ", ", pass->skipped_count, " skipped");
}

/* Lines of what went wrong, and of the news that tier 1 is decided, which is told once. */
static void show_messages(struct pass *pass, struct left left) {
    if (pass->message.length)
        screen_message(pass->message.at);
    if (pass->first_before && !left.first)
        tell_first_is_decided(left, pass->path);
    if (pass->message.length || (pass->first_before && !left.first))
        putchar('\n');
    text_free(&pass->message);
    pass->first_before = left.first;
}

static void show_keys(const struct pass *pass, const struct session *session,
                      const stridec_question *question) {
    stridec_fact fact = {.size = sizeof fact};
    fputs("t threat  d dismiss  ", stdout);
    if (fact_of(session->compilation, question, 0, &fact))
        fputs("1-9 state a fact  ", stdout);
    if (*pass->before_id)
        fputs("c confirm  ", stdout);
    puts("s skip  u undo  q quit");
}

/* The lines around it: those of the title with an empty one, an empty one, that of the keys, and
 * below it three of choices; and those of messages above, with an empty one. */
static size_t lines_for_question(const struct pass *pass, struct left left, const char *title) {
    size_t height = (size_t)terminal_height(), around = 6 + screen_lines(title);
    if (pass->message.length)
        around += 3 + pass->message.length / 60;
    if (pass->first_before && !left.first)
        around += 4;
    return !height ? 0 : height > around + 4 ? height - around : 4;
}

static void show(struct pass *pass, const struct session *session, size_t index,
                 const stridec_question *question, struct left left) {
    struct text text = {0}, title = {0};
    stridec_question_text(session->compilation, index, text_append, &text);
    write_title(pass, left, &title);
    if (pass->is_new)
        keyboard_forget();
    screen_clear();
    screen_message(title.at ? title.at : "");
    putchar('\n');
    size_t room = lines_for_question(pass, left, title.at ? title.at : "");
    show_messages(pass, left);
    screen_question(&text, room);
    putchar('\n');
    show_keys(pass, session, question);
    text_free(&title);
    text_free(&text);
}

/* False when all that is pending has been skipped, or nothing is. */
static bool find_question(struct pass *pass, stridec *compilation, size_t *index,
                          stridec_question *question) {
    for (*index = 0; stridec_question_at(compilation, *index, question); ++*index)
        if ((!pass->options->tier || question->tier == pass->options->tier) &&
            !is_skipped(pass, question->id)) {
            pass->is_new = !pass->id || strcmp(pass->id, question->id) != 0;
            free(pass->id);
            free(pass->before_id);
            pass->id = text_copy(question->id);
            pass->before_id = text_copy(question->before_id);
            return true;
        }
    return false;
}

static void refuse_key(int key) {
    char text[60];
    if (key >= '1' && key <= '9')
        snprintf(text, sizeof text, "there is no fact %c", key);
    else if (key > ' ' && key < 127)
        snprintf(text, sizeof text, "%c is none of the keys below", key);
    else
        snprintf(text, sizeof text, "that is none of the keys below");
    listen(text);
}

/* Facts are read from the compilation that asks, all else is written by one of its own. */
static void take_key(struct pass *pass, const struct session *session,
                     const stridec_question *question) {
    stridec_fact fact = {.size = sizeof fact};
    int key = keyboard_key();
    if (key == KEYBOARD_END && keyboard_was_paused())
        return;
    if (key == KEYBOARD_END || key == 'q')
        pass->ends = true;
    else if (key == 't')
        record_threat(pass);
    else if (key == 'd')
        dismiss(pass);
    else if (key == 'c')
        confirm(pass);
    else if (key == 's')
        skip(pass);
    else if (key == 'u')
        undo(pass, session->root);
    else if (key >= '1' && key <= '9' &&
             fact_of(session->compilation, question, (size_t)(key - '1'), &fact))
        state_fact(pass, &fact);
    else if (key != ESCAPE)
        refuse_key(key);
}

/* Ready before a key is waited for, as a signal's handler can do no more than write it. */
static void prepare_farewell(struct pass *pass, size_t pending) {
    keyboard_farewell(NULL);
    snprintf(pass->farewell, sizeof pass->farewell, "\n%zu answered, %zu still pending.\n",
             pass->answered, pending);
    keyboard_farewell(pass->farewell);
}

static void tell_end(const struct pass *pass, struct left left) {
    printf("%zu answered, %zu still pending.\n", pass->answered, left.pending);
    if (pass->answered && !left.first)
        tell_first_is_decided(left, pass->path);
}

static void ask(struct pass *pass) {
    struct session session;
    stridec_question question = {.size = sizeof question};
    size_t index;
    bool opened = session_open(&session, pass->run, pass->path);
    session.only_errors = true;
    bool any = opened && find_question(pass, session.compilation, &index, &question);
    struct left left = opened ? count_left(session.compilation) : (struct left){0};
    if (any) {
        show(pass, &session, index, &question, left);
        prepare_farewell(pass, left.pending);
        take_key(pass, &session, &question);
    }
    pass->outcome = session_close(&session);
    pass->ends |= !any;
    if (pass->ends && opened)
        tell_end(pass, left);
}

/* ---- the whole --------------------------------------------------------------------------- */

static void free_pass(struct pass *pass) {
    while (pass->skipped_count)
        free(pass->skipped[--pass->skipped_count]);
    while (pass->step_count)
        undo_free(&pass->steps[--pass->step_count]);
    free(pass->skipped);
    free(pass->steps);
    free(pass->id);
    free(pass->before_id);
    text_free(&pass->reason);
    text_free(&pass->message);
}

enum outcome pass_over(const struct invocation *run, const char *path,
                       const struct pass_options *options) {
    struct pass pass = {.run = run, .path = path, .options = options};
    if (report_is_on() || !isatty(STDOUT_FILENO) || !keyboard_open()) {
        complain(
            "triage without a verb asks at a terminal, and this is none: say what is decided by "
            "a verb, as in triage dismiss %s ID --reason TEXT",
            path);
        return OUTCOME_MISUSE;
    }
    heard = &pass.message;
    report_listen(listen);
    while (!pass.ends)
        ask(&pass);
    report_listen(NULL);
    keyboard_close();
    free_pass(&pass);
    return pass.outcome;
}

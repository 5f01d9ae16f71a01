/* libstridec: data-flow diagrams as text, compiled to a picture, ranked STRIDE candidates and the
 * threat-model document.
 *
 *     stridec *s = stridec_new(NULL);
 *     if (stridec_compile(s, "pay.dfd", text, length) == STRIDEC_OK)
 *         stridec_emit(s, "json", NULL, write_to_stdout, NULL);
 *     stridec_free(s);
 *
 * One `stridec` is one compilation and belongs to one thread at a time; different ones are
 * independent. The library has no globals, never prints and never exits. All text is UTF-8; what is
 * handed in is copied, what is handed out belongs to the compilation and lives until
 * stridec_free().
 *
 * Each struct begins with its size, as whoever uses it knows it, also where a function fills it in:
 * `stridec_row row = {.size = sizeof row};`. Members may be added at the ends of structs, so that a
 * program need not be compiled anew for a newer library: those that it does not know are not
 * touched, or mean what they mean when they are 0. A size of 0, and members that are not 0 and that
 * the library does not know, are refused.
 *
 * NULL, where it is not said to mean something, a number that is none of an enum's, and a call on a
 * compilation from within one of its sinks or loaders are refused: by STRIDEC_MISUSE, or by NULL, 0
 * or false from functions that return no status. A context may always be NULL. */
// SPDX-License-Identifier: MIT
#ifndef STRIDEC_H
#define STRIDEC_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The shared library shows the declarations of this header; all else in it is hidden. */
#ifdef __GNUC__
#pragma GCC visibility push(default)
#endif

/* "0.1.0"; static. */
const char *stridec_version(void);

/* ---- outcomes ---------------------------------------------------------------------------- */

typedef enum stridec_status {
    STRIDEC_OK,
    STRIDEC_FINDINGS,  /* done, and something is not as it should be: a failing test of a rule; or
                          two models differ */
    STRIDEC_INVALID,   /* the input does not compile, or an output of it would be too large: see the
                          diagnostics */
    STRIDEC_MISUSE,    /* no such format, topic, ...; or a call before stridec_compile */
    STRIDEC_NO_MEMORY, /* the allocator returned NULL; from then on every call returns this, and
                          those that return no status return NULL, 0 or false */
    STRIDEC_OVER_LIMIT, /* the memory limit of the configuration is used up; the same */
    STRIDEC_NOT_TAKEN,  /* the sink returned false */
    STRIDEC_NO_PICTURE, /* layout failed: see the diagnostics; all else can be had */
    STRIDEC_CANCELLED /* `is_cancelled` of the configuration returned true; as with no memory, every
                         later call returns this */
} stridec_status;

/* One sentence, also for what is no status; static. */
const char *stridec_status_text(stridec_status status);

/* ---- a compilation ----------------------------------------------------------------------- */

typedef struct stridec stridec;

/* Takes all of the bytes and returns true, or returns false; then nothing more is sent. */
typedef bool stridec_sink(void *context, const char *at, size_t length);

typedef enum stridec_loaded {
    STRIDEC_LOADED,
    STRIDEC_NOT_THERE, /* no such file */
    STRIDEC_OUTSIDE,   /* it lies outside of what may be read */
    STRIDEC_NO_FILE,   /* a folder, a pipe, a device */
    STRIDEC_NO_MODEL,  /* the path is a link to what is no model by its name */
    STRIDEC_TOO_LARGE, /* more than 64 MiB, after which `take` takes no more */
    STRIDEC_UNREADABLE /* it is there, and cannot be read: decisions are not taken for none then */
} stridec_loaded;

/* Reads a file that a model imports, or the decisions that stand beside a model. `path` is that of
 * the importing file with the import's path after its folder, without "." and "..", as far as that
 * goes; it ends in .dfd, .yaml or .yml, and no folder in it is called .git. Hands the text to
 * `take`, in as many pieces as it likes, until that returns false. Where links exist, what the path
 * leads to is for the loader to look at. */
typedef stridec_loaded stridec_loader(void *context, const char *path, stridec_sink *take,
                                      void *taker);

/* Hands `take` the one name of the file that `path` leads to: two paths have the same when they
 * lead to the same file, by links or by case. Each file is read once, under the first of its paths;
 * what it imports is looked for beside its one name. Asked for the model's own path too. False:
 * `path` is that name. */
typedef bool stridec_locator(void *context, const char *path, stridec_sink *take, void *taker);

/* Hands `take` the name of each file in a folder, one a call, in any order: decisions about pay.dfd
 * stand in pay.triage.dfd, which is asked for by the loader, and in files of the folder pay.triage.
 * STRIDEC_LOADED, or why there is no list of them: STRIDEC_NOT_THERE where there is no such folder.
 */
typedef stridec_loaded stridec_lister(void *context, const char *folder, stridec_sink *take,
                                      void *taker);

/* Lays a picture out in place of the program stridec-layout: takes DOT, Graphviz's language, and
 * hands `take` the SVG that the layout "dot" of Graphviz makes of it, in as many pieces as it
 * likes, until that returns false. NULL when it is done; else why it cannot, in a line, which is
 * copied before anything else happens. Of the SVG only places and sizes are taken over; what else
 * it holds must be what the DOT says. */
typedef const char *stridec_drawer(void *context, const char *dot, size_t length,
                                   stridec_sink *take, void *taker);

/* Rules that were read once, for compilations in any threads: see stridec_pack_new(). */
typedef struct stridec_pack stridec_pack;

typedef struct stridec_config {
    size_t size;
    /* NULL: malloc and free. Both or neither, else stridec_new() returns NULL. `allocate` may
     * return NULL; what it returns is aligned as malloc's. */
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory);
    void *context;
    size_t memory_limit;     /* bytes; 0: none */
    stridec_loader *load;    /* for imports; NULL: every import is an error */
    stridec_locator *locate; /* NULL: each path is a file of its own */
    void *load_context;      /* of both */
    stridec_drawer *draw;    /* NULL: stridec-layout is started; else no program ever is */
    void *draw_context;
    const char *draw_version; /* of what it draws with: the picture of another version is not kept.
                                 Graphviz's, such as "2.43.0", gives the same file as the program.
                                 NULL: "" */
    /* Each text that is handed in ends with a NUL and stays as it is until stridec_free(): then
     * none is copied. */
    bool texts_stay;
    /* Asked again and again during a call that takes long, on the thread of that call; true: the
     * call ends. NULL: no call is cancelled. */
    bool (*is_cancelled)(void *context);
    void *cancel_context;
    bool keep_places;   /* of references: what stridec_place_at() and stridec_rename() need */
    stridec_pack *pack; /* the rules, which are then not read again; NULL: the built-in ones */
    bool decisions;     /* those beside the model are read as well, and those beside its imports */
    stridec_lister *list;     /* by load_context; NULL: they stand in one file beside each model */
    stridec_loader *evidence; /* by load_context, for the gate and the document: reads any file
                                 inside the root, by its path from there; NULL: nobody looks at
                                 evidence, and what is named as such counts */
} stridec_config;

/* `config` may be NULL. NULL when there is no memory, half an allocator, or no size. */
stridec *stridec_new(const stridec_config *config);
/* NULL is fine. */
void stridec_free(stridec *self);

/* Adds a rule pack after the built-in one: new rules, rules that replace (same id) or disable.
 * Call it before stridec_compile. `path` is for messages; here and below, `text` may be NULL when
 * `length` is 0. STRIDEC_INVALID: see the diagnostics. */
stridec_status stridec_add_rules(stridec *self, const char *path, const char *text, size_t length);

/* Makes the rules of a compilation, the built-in ones and those that were added, into a pack for
 * others, and the compilation a part of it: when this returns STRIDEC_OK, neither use nor free it.
 * Else it stays as it was, and *pack is NULL. STRIDEC_INVALID: the rules have errors, see the
 * diagnostics of `rules`; STRIDEC_MISUSE: it has compiled a model. Many compilations may have one
 * pack at the same time: it is only read. They may add rules of their own, which the others do not
 * see. What is wrong with the rules is said where they are read, not again in each compilation. */
stridec_status stridec_pack_new(stridec *rules, stridec_pack **pack);
/* Compilations that have the pack keep it: its memory is given back, in whatever thread, with the
 * last of them. For new ones it is gone. NULL is fine. */
void stridec_pack_free(stridec_pack *pack);

/* The model that will be compiled is one that other files import: no warning is given for what only
 * looks unused in it. */
void stridec_set_imported(stridec *self);

/* Reads a model, finds crossings and rows. Once for each `stridec`. STRIDEC_INVALID when it has an
 * error; then nothing can be emitted. A triage file or rule pack is checked for its form only. A
 * model of boundaries or assets alone compiles, for others to import; to emit it is
 * STRIDEC_INVALID. */
stridec_status stridec_compile(stridec *self, const char *path, const char *text, size_t length);

/* What the text of stridec_compile() holds, whether it compiles or not: "model", "rule pack",
 * "triage file"; NULL before. Static. */
const char *stridec_file_kind(const stridec *self);

/* The path of each file read for the model, for dependency files: the model's own first, then what
 * it imports, the rule packs that it names, and files of decisions; NULL after the last one. Lives
 * as long as the compilation. */
const char *stridec_source_at(const stridec *self, size_t index);
/* The path of each file that was asked for and gave no model, no rules or no decisions, as it is
 * not there or is something else: when one of them changes, as when one of those above does, the
 * model has to be compiled anew. */
const char *stridec_tried_at(const stridec *self, size_t index);
/* The path, from the root, of each file of evidence that the gate or the document has read: what
 * they say depends on it as well. NULL after the last one. Lives as long as the compilation. */
const char *stridec_evidence_at(const stridec *self, size_t index);

/* ---- diagnostics ------------------------------------------------------------------------- */

typedef enum stridec_level { STRIDEC_NOTE, STRIDEC_WARNING, STRIDEC_ERROR } stridec_level;

/* "note", "warning", "error"; NULL for what is no level; static. */
const char *stridec_level_text(stridec_level level);

typedef struct stridec_diagnostic {
    size_t size;
    const char *code; /* "E0203"; a note has that of its diagnostic */
    stridec_level level;
    const char *path;            /* "" when it is about no file */
    size_t line, column;         /* from 1, the column in characters; 0: no place */
    size_t end_line, end_column; /* one after the last character */
    const char *message, *hint;  /* hint may be "" */
    size_t note_count;
    size_t start, end; /* bytes of the text that was handed in, its BOM too */
} stridec_diagnostic;

/* Sorted by place. */
size_t stridec_diagnostic_count(const stridec *self);
/* The number of diagnostics of this level. */
size_t stridec_level_count(const stridec *self, stridec_level level);
/* False when there is no such one. */
bool stridec_diagnostic_at(stridec *self, size_t index, stridec_diagnostic *diagnostic);
bool stridec_note_at(stridec *self, size_t index, size_t note, stridec_diagnostic *diagnostic);

typedef struct stridec_code_info {
    size_t size;
    const char *code, *message, *about; /* "{}" in a message stands for what is filled in */
    stridec_level level;
} stridec_code_info;

/* All codes, in order of the table. False after the last one. */
bool stridec_code_at(size_t index, stridec_code_info *info);
/* Makes a warning an error (STRIDEC_ERROR), leaves it out (STRIDEC_NOTE) or takes it as the table
 * has it (STRIDEC_WARNING), in all that is read from now on. STRIDEC_MISUSE: there is no such code,
 * or it is an error, which stays one. */
stridec_status stridec_set_level(stridec *self, const char *code, stridec_level level);

/* ---- places ------------------------------------------------------------------------------ */

typedef enum stridec_role {
    STRIDEC_DECLARATION, /* the id of a declaration, or its first word where it has none */
    STRIDEC_REFERENCE,   /* a name that stands for one: an end of a flow, an asset of `data:`, the
                            letter of a rule, a rule in `disable:` */
    STRIDEC_ATTRIBUTE,   /* an attribute's name */
    STRIDEC_VALUE,       /* its value, or one of a list */
    STRIDEC_UNREAD       /* an item that has a mistake, of which nothing else is known */
} stridec_role;

/* Offsets count bytes of the text that was handed in, its BOM too. */
typedef struct stridec_place {
    size_t size;
    stridec_role role;
    const char *path;      /* of the file that it stands in */
    size_t start, end;     /* where it is, and where it ends */
    const char *id, *kind; /* of the declaration: itself, the one meant, or that around it; or "" */
    const char *parent;    /* the boundary that this lies in, "" where in none */
    const char *attribute; /* its name; "" of all but attributes and values */
    const char *declared_path; /* where the declaration's id stands, in this file or another; "" for
                                  rules and letters that are built in, which stand in no file */
    size_t declared_start, declared_end;
} stridec_place;

/* All places, by file and offset, also when the text does not compile: those of the model, of what
 * it imports, and of the rules that were added or that it names. References, and the words of
 * conditions, are among them when the configuration has `keep_places`; of a pack that is shared,
 * when that of the compilation had it that read it. The models in `hit` and `miss` have no places.
 * False after the last one. */
bool stridec_place_at(stridec *self, size_t index, stridec_place *place);
/* The innermost place at an offset of a file that was read. False where there is none. */
bool stridec_place_find(stridec *self, const char *path, size_t offset, stridec_place *place);

typedef struct stridec_completion {
    size_t size;
    size_t start, end; /* of the word at the offset, which it takes the place of */
    const char *text;
    const char *group; /* kind, section, attribute, value, id */
    const char *about; /* what it is; of an id its kind */
    bool safe;         /* a value that makes a question settled */
} stridec_completion;

/* The words that may stand at an offset of a file that was read, also while the text has mistakes.
 * False after the last one, where nothing is known that could stand there, and in all of a rule
 * pack. */
bool stridec_completion_at(stridec *self, const char *path, size_t offset, size_t index,
                           stridec_completion *completion);

/* ---- edits ------------------------------------------------------------------------------- */

/* The bytes from `start` to `end` of the file become the text. */
typedef struct stridec_change {
    size_t size;
    const char *path;
    size_t start, end;
    const char *text;
} stridec_change;

/* The change that mends a diagnostic; its hint describes it in words. False where none is known,
 * and after the last diagnostic. */
bool stridec_fix_at(stridec *self, size_t diagnostic, stridec_change *fix);

/* States an attribute of a declaration: a value that is there is replaced, a list gets one more.
 * `id` may be that of an imported element, ALIAS.ID; the change is then one of its file. Nothing is
 * written: stridec_change_at() has the changes to make. STRIDEC_MISUSE: no such id, or its kind has
 * no such attribute or this no such value. STRIDEC_INVALID: the text has no place where it can be
 * written safely, inside of a block that is not closed, say. */
stridec_status stridec_state(stridec *self, const char *id, const char *attribute,
                             const char *value);
/* A trait that nobody has stated and that a label tells in passing: "Orders (PostgreSQL)" sounds
 * like `kind: sql`. Only traits, and no value that is marked safe: what is suggested settles no
 * question. It counts nowhere before it stands in the model. */
typedef struct stridec_suggestion {
    size_t size;
    const char *id, *kind;         /* of the declaration */
    const char *attribute, *value; /* as they would be written: "sql", "[command, file]" */
    const char *message;           /* "'PostgreSQL' sounds like kind: sql" */
    const char *path;              /* of the file, */
    size_t start, end;             /* and where the words stand that tell it, in bytes, */
    size_t line, column;           /* from 1, the column in characters */
    size_t end_line, end_column;
    const char *code; /* "N0801", by which it can be allowed; static */
} stridec_suggestion;
/* How many there are: of the model itself, not of what it imports. Without those that `allow:
 * [N0801]` on a declaration or on the model keeps out. 0 unless it compiled. */
size_t stridec_suggestion_count(stridec *self);
/* By place. False after the last one. */
bool stridec_suggestion_at(stridec *self, size_t index, stridec_suggestion *suggestion);
/* The change that states one of them: a range and its new text. False after the last one, and where
 * the text has no place for it. Two of one declaration may overlap; see stridec_suggest(). */
bool stridec_suggestion_fix_at(stridec *self, size_t index, stridec_change *fix);
/* States all of them, as stridec_state() would: stridec_change_at() has the changes to make.
 * STRIDEC_MISUSE: no model has compiled. STRIDEC_INVALID: the text has no safe place. */
stridec_status stridec_suggest(stridec *self);
/* Adds a note to the diagnostics that counts them, N0802, unless there are none or it is silenced.
 * Models of more than 2000 elements and flows get none. STRIDEC_MISUSE: no model has compiled. */
stridec_status stridec_tell_suggestions(stridec *self);

/* Declares an element, a boundary or an asset, by the word of its kind, after the others of its
 * kind, or in a boundary; NULL or "": on the outermost level of the model. STRIDEC_MISUSE: no such
 * kind or boundary, the label is empty, or the id is none or taken. STRIDEC_INVALID as above. */
stridec_status stridec_declare(stridec *self, const char *kind, const char *id, const char *label,
                               const char *boundary);
/* Gives a declaration of the model, a decision beside it or a rule of a pack another id in all
 * files that were read; needs `keep_places`. Its `was` gets the old one, for decisions in files
 * that nobody has read. Ids of unnamed flows come from those of their ends, and change with them;
 * one that is itself renamed gets a name. STRIDEC_MISUSE: no such id, or `to` is none, taken, or
 * the past of something else. */
stridec_status stridec_rename(stridec *self, const char *id, const char *to);
/* The same for what is declared or named at an offset of a file that was read, which may be a rule
 * or a letter of a pack as well. A letter that a rule calls by its name, and ids of the past, stay;
 * a letter has no `was`.
 * STRIDEC_MISUSE also for what is built in or shared, and where others depend on the id: of a rule
 * that takes the place of one before or is the past of another one, of a letter that the method
 * before had as well. */
stridec_status stridec_rename_at(stridec *self, const char *path, size_t offset, const char *to);

/* Takes decisions along: those beside the model at path `from` about what the one at `to` declares
 * go beside that, when it has all that they name; else they stay, and name it by its alias. `ids`:
 * what `to` declares and is meant; none: what decisions name as if it still stood in `from`. Both
 * models have been read, with their decisions, as one of them imports the other. STRIDEC_INVALID:
 * they have errors, besides those of decisions that name what is gone. */
stridec_status stridec_move(stridec *self, const char *from, const char *to, const char *const *ids,
                            size_t count);
/* What has become of a decision. */
typedef struct stridec_moved {
    size_t size;
    const char *kind, *id; /* a dismissal may have the id of its first question */
    const char *path;      /* of the file in which it stands then */
    const char *reason;    /* why it stays; "": it has moved */
} stridec_moved;
/* Those that move, and those that stay and name something that has moved. False after the last. */
bool stridec_moved_at(stridec *self, size_t index, stridec_moved *moved);

/* Why the last of these calls was STRIDEC_MISUSE, for people: "'b' is taken: pay.dfd:3 declares
 * it".
 * "" where it was not, or where its arguments could not be looked at. Lives as long as the
 * compilation. */
const char *stridec_refusal(const stridec *self);

/* The changes of the last of these calls, by file; no two overlap. Nothing else in the text
 * differs: order, comments, style, BOM and line ends stay. False after the last one. */
bool stridec_change_at(stridec *self, size_t index, stridec_change *change);
/* Writes a file's text with those changes made. STRIDEC_MISUSE: no such file was read. */
stridec_status stridec_write_changed(stridec *self, const char *path, stridec_sink *sink,
                                     void *context);

/* ---- deciding ---------------------------------------------------------------------------- */

/* A question that waits for the team's decision. */
typedef struct stridec_question {
    size_t size;
    const char *id; /* "T@pay/replay"; "D@pay" of a row that nothing in particular is asked of */
    size_t row, pattern; /* its places, for stridec_row_at() and stridec_fact_at(); of such a row
                            the pattern is STRIDEC_NO_PATTERN */
    int tier, likelihood, impact, score; /* suggested */
    const char *priority;                /* "" where there are no bands */
    const char *title;                   /* of a threat that it is about */
    const char *question, *reason, *score_reason;
    const char *scenario, *mitigation; /* "" where its rule says nothing */
    const char
        *before; /* how it was decided before and why that no longer holds, in a sentence; "" */
    const char *before_id; /* of that decision, to be confirmed; "" */
} stridec_question;
#define STRIDEC_NO_PATTERN ((size_t)-1)

/* All that is pending, the most urgent first. False after the last one. */
bool stridec_question_at(stridec *self, size_t index, stridec_question *question);
/* The number of them. */
size_t stridec_question_count(stridec *self);
/* Writes one for a person who decides, in lines of at most 80 columns. STRIDEC_MISUSE: no such. */
stridec_status stridec_question_text(stridec *self, size_t index, stridec_sink *sink,
                                     void *context);

/* A command that decides a question. */
typedef struct stridec_way {
    size_t size;
    const char *command; /* "stridec triage dismiss pay.dfd T@pay/replay --reason \"...\"" */
    size_t group;        /* 0: it decides alone; else one of each group, from 1, is needed */
} stridec_way;

/* The commands that decide the question at `question`, as they are typed in a shell of POSIX: the
 * decision of before is confirmed, a threat recorded, the question dismissed, a fact stated; last
 * the first facts that settle it only together. `path` is the model's, as it is typed there. False
 * after the last one. The command lives as long as the compilation. */
bool stridec_way_at(stridec *self, size_t question, const char *path, size_t index,
                    stridec_way *way);

/* What can be decided about the questions of a model. */
typedef struct stridec_verb_info {
    size_t size;
    const char *word;     /* "dismiss" */
    const char *kind;     /* of what it declares, whose attributes can be stated; "": nothing */
    const char *operands; /* what its ids are: questions (rows and patterns), threats, decisions,
                             facts (a declaration whose facts are stated), nothing */
    const char *about;
} stridec_verb_info;

/* In order of the table; the strings are static. False after the last one. */
bool stridec_verb_at(size_t index, stridec_verb_info *info);

/* What a decision states, by the name of an attribute of its kind. */
typedef struct stridec_stated {
    size_t size;
    const char *name;
    const char *const *values; /* those of a list; words may as well stand in one, with commas */
    size_t value_count;
} stridec_stated;

typedef struct stridec_request {
    size_t size;
    const char *verb;       /* of stridec_verb_at() */
    const char *const *ids; /* what it is about; a row stands for its pending questions */
    size_t id_count;
    const char *id, *label; /* of what is declared; NULL or "": they are made up */
    const stridec_stated *stated;
    size_t stated_count;
    int tier; /* of the questions that are meant where no ids say which; 0: any */
} stridec_request;

/* Decides all or nothing; an array's structs all have the size of its first one. The changes to
 * make are those of stridec_change_at(): in the file of decisions beside the model, which may not
 * be there yet, each at its sorted place, with what it rests on. What is decided so already is left
 * as it is: then nothing changes. Needs a compilation that has read `decisions`. STRIDEC_MISUSE:
 * see stridec_refused_at(), which has nothing where the arguments could not be looked at.
 * STRIDEC_INVALID: the model did not compile, or a text has no place where it can be written
 * safely.
 */
stridec_status stridec_decide(stridec *self, const stridec_request *requests, size_t count);

/* The same for answers that stand in a table, the format csv with its columns `answer`, `because`
 * and so on filled in, in any order: each line by its `id`. Other columns, and lines that say
 * nothing that is not so already, change nothing. `author`: of new decisions whose line names none;
 * NULL or "": nobody is named. */
stridec_status stridec_decide_csv(stridec *self, const char *text, size_t length,
                                  const char *author);

/* Why the last of these calls was refused. */
typedef struct stridec_refused {
    size_t size;
    size_t request;      /* its number in the array */
    const char *code;    /* "E0605"; "" where it is no mistake that a file can have */
    const char *message; /* in a sentence */
    size_t line;         /* of a table, from 1; 0 of an array */
    const char *id;      /* in that line; "" */
} stridec_refused;
/* False after the last one. */
bool stridec_refused_at(stridec *self, size_t index, stridec_refused *refused);

/* What the last of these calls came to. */
typedef struct stridec_decided {
    size_t size;
    size_t request;         /* its number in the array */
    bool changes;           /* false: it is decided so already */
    const char *kind, *id;  /* of the declaration; a dismissal may have the id of its question */
    const char *path;       /* of its file */
    const char *const *ids; /* the questions, or the threats, that it is about */
    size_t id_count;
    size_t line;              /* of a table, from 1; 0 of an array */
    const char *const *notes; /* what has to be known besides: "owner was Ann, is Bo" */
    size_t note_count;
} stridec_decided;
/* False after the last one. */
bool stridec_decided_at(stridec *self, size_t index, stridec_decided *decided);

/* ---- output ------------------------------------------------------------------------------ */

/* All diagnostics as text, with source line and caret, at most 50 and a line that counts the rest.
 */
stridec_status stridec_print_diagnostics(stridec *self, bool color, stridec_sink *sink,
                                         void *context);

typedef struct stridec_output {
    size_t size;
    const char *model_name; /* the model's file, as it is named in generated files; may be NULL */
    const char *picture;    /* "payment.svg", the document's link to the picture; NULL: none */
    const char *view;       /* the id of a view to draw; NULL: everything */
    const char *layout;     /* the path of stridec-layout, for svg and html; NULL: found by PATH */
    int layout_seconds;     /* how long that may take for a picture, at most and by default 20 */
    const char *previous;   /* the SVG or HTML written before, NUL-terminated; NULL: none */
    int tier;               /* rows of this tier only, 1 to 3; 0: all */
    bool all;               /* text, html: every row, also covered and folded ones, and however many
                               there are */
    bool color;             /* text: ANSI colours */
    int width;              /* text: columns of the terminal; 0: 80 */
    /* sarif: how files are named for the host that shows them, see stridec_report_config. */
    const char *root, *folder;
    const char *view_pictures; /* "payment.*.svg", the document's links to pictures of the model's
                                  views, with the id of each in place of the star; NULL: none */
    const char *sections;      /* markdown, html: those of stridec_section_at() that are wanted,
                                  separated by commas; NULL: all */
    bool no_legend;            /* of a picture: nothing below it says what its marks mean */
    const char *page_pictures; /* "payment.*.svg", with the id of a page in place of the star: how
                                  pages, overview and document name the pictures of pages, which
                                  are links there; `picture` is then the name of the overview's.
                                  NULL: no links */
    const char *page;          /* svg, dot: the id of a page, to be drawn alone; NULL: everything */
    bool whole;                /* svg: everything in one picture, however small its letters are */
    const char *script; /* html: a script of the host's, which runs after the page's own and may ask
                           for what lies beside the page; it has no "</" and no "<!". NULL: none,
                           and the page asks for nothing */
    bool more;          /* svg: another picture of the compilation is asked for next, so that
                           stridec-layout is not ended: it waits for that, and ends with the first
                           call that says no `more`, or with the compilation */
} stridec_output;

/* Writes the compilation in a format of stridec_format_at(). `output` may be NULL; STRIDEC_MISUSE
 * when it names no view of the model, no page of it, no tier, a section that there is not, or a
 * script that would end early. STRIDEC_NO_PICTURE: of a picture nothing was written; the page that
 * "html" writes, which holds its pictures and needs no other file, is whole without them. */
stridec_status stridec_emit(stridec *self, const char *format, const stridec_output *output,
                            stridec_sink *sink, void *context);

/* Writes a text of somebody else's with the open items of the model between two lines, which name
 * the model as `model_name` does and are added at the end where there are none; all else stays as
 * it is. `list` is Markdown. STRIDEC_FINDINGS: the lines are no pair, and nothing was written. */
stridec_status stridec_checklist(stridec *self, const char *model_name, const char *list,
                                 size_t length, stridec_sink *sink, void *context);

typedef struct stridec_format_info {
    size_t size;
    const char *name;
    const char *extension, *also; /* how files of it end, without the dot; `also` may be "" */
    const char *about;
    bool is_picture; /* of the diagram; else it holds the rows */
} stridec_format_info;

/* False after the last one. */
bool stridec_format_at(size_t index, stridec_format_info *info);

/* The ids of the views that the model has, in order of declaration; NULL after the last one. Lives
 * as long as the compilation. */
const char *stridec_view_at(stridec *self, size_t index);

/* The ids of the pages that the model is divided into where its letters would be too small in one
 * picture: each is that of a boundary, or of a part that has no name. Known once "svg" of all has
 * been written, which then is an overview; NULL after the last one, and where that picture shows
 * everything. Lives as long as the compilation. */
const char *stridec_page_at(stridec *self, size_t index);

typedef struct stridec_section_info {
    size_t size;
    const char *name, *about;
} stridec_section_info;

/* The sections of the threat-model document, in order. False after the last one. */
bool stridec_section_at(size_t index, stridec_section_info *info);

typedef struct stridec_origin {
    size_t size;
    const char *format; /* of stridec_format_at() */
    const char
        *model; /* as the file names it, in the text and not ended by NUL; NULL: it does not */
    size_t model_length;
    bool edited; /* somebody has edited it since; known of formats with comments, and of answers
                    that were filled in in csv */
} stridec_origin;

/* The origin that an output of an earlier run states, so that nobody's work is written over; an
 * output without a `model_name` states none. False when the file is no such output. Line ends count
 * alike. Needs no compilation. */
bool stridec_read_origin(const char *text, size_t length, stridec_origin *origin);

/* Writes what differs from an older model to a newer one, which both have compiled: declarations,
 * what they state, crossings and questions. Formats are "text", "markdown" and "json"; of `output`
 * only `all`, `color` and `width` count, and it may be NULL. Without `all`, text and Markdown count
 * the questions of tier 3, and what is left of long lists. STRIDEC_OK: nothing differs;
 * STRIDEC_FINDINGS: something does. The two may share a pack of rules, or be the same one. */
stridec_status stridec_diff(stridec *was, stridec *is, const char *format,
                            const stridec_output *output, stridec_sink *sink, void *context);

/* The number of rows that are open in a tier (1 to 3; 0: in all). Rows are found when they are
 * first asked for; 0 when that fails, and for what is no tier. */
size_t stridec_open_rows(stridec *self, int tier);

/* ---- reports ----------------------------------------------------------------------------- */

/* What is wrong with one model or with many, for the hosts of code and the build servers that show
 * it at its place. A report copies what it says, and outlives the compilations. It belongs to one
 * thread at a time. */
typedef struct stridec_report stridec_report;

typedef struct stridec_report_config {
    size_t size;
    /* As in stridec_config, for the report itself. */
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory);
    void *context;
    size_t memory_limit;
    const char *command; /* names the kind of analysis: a host takes the next report of that kind,
                            about the same model, for its newer state. NULL: "check" */
    /* Hosts name a file from the top of the repository. Paths in `root` are written as seen from
     * it; those that are not absolute begin in `folder`. Both are absolute; NULL: paths are written
     * as they are. */
    const char *root, *folder;
    const char *link; /* where the host shows files, "https://git.example/pay/-/blob/main": a path
                         with a slash before it is added; NULL: not known */
} stridec_report_config;

/* `config` may be NULL. NULL when there is no memory, half an allocator, or no size. */
stridec_report *stridec_report_new(const stridec_report_config *config);
/* NULL is fine. */
void stridec_report_free(stridec_report *self);
/* Adds a model, at `path`, with its diagnostics, also when it does not compile or there are none.
 * What is there of that path is replaced, but for problems. NULL for the compilation: nothing is
 * wrong. */
stridec_status stridec_report_add(stridec_report *self, stridec *compilation, const char *path);
/* Adds why nothing, or not all, can be said of the model at this path: it cannot be read, say. */
stridec_status stridec_report_problem(stridec_report *self, const char *path, const char *message);
/* Writes it in a format of stridec_report_format_at(), as often as you like. STRIDEC_MISUSE also
 * when the format needs a link and there is none. */
stridec_status stridec_report_write(stridec_report *self, const char *format, stridec_sink *sink,
                                    void *context);

typedef struct stridec_report_format {
    size_t size;
    const char *name, *extension; /* how files of it end, without the dot */
    const char *about;
    const char *opening; /* what all files of it begin with, unless they are empty */
    bool needs_link;     /* of the configuration */
} stridec_report_format;

/* False after the last one. */
bool stridec_report_format_at(size_t index, stridec_report_format *info);

/* ---- rows -------------------------------------------------------------------------------- */

/* The words in these structs are those of the format json. Strings live as long as the compilation.
 */

typedef struct stridec_row {
    size_t size;
    size_t index;        /* for stridec_row_at() */
    const char *id;      /* "S@webhook" */
    const char *letter;  /* "S" */
    const char *subject; /* the id of an element, flow or crossing */
    const char *kind;    /* of the subject: process, flow, ... */
    const char *state;   /* open, covered, folded, answered, out_of_scope, not_applicable */
    int tier;            /* 1 to 3 */
    int likelihood, impact, score; /* suggested */
    const char *priority;          /* of that score; "" where the method has no bands */
    const char *question, *reason, *score_reason;
    size_t pattern_count;
    const char *const *see; /* of a folded row: the ids of those that it folds into, */
    size_t see_count;       /* up to a hundred */
} stridec_row;

/* The number of cells, one for each subject and letter. 0 when the model did not compile. */
size_t stridec_row_count(stridec *self);
/* First those that apply, in order of rank; then those that are out of scope or do not apply. False
 * when there is no such row. */
bool stridec_row_at(stridec *self, size_t index, stridec_row *row);
/* Finds a row by its id, or by that of a pattern of it, "S@webhook/forged_caller". */
bool stridec_row_named(stridec *self, const char *id, stridec_row *row);

typedef struct stridec_pattern {
    size_t size;
    const char *id; /* "forged_caller"; "forged_caller/pay" where it asks about a flow of the row's
                       element. ROW/ID names it everywhere else */
    const char *rule;     /* its id */
    const char *subject;  /* what it asks about: the id of an element, flow or crossing */
    const char *state;    /* open, covered, possible; yielded: another is asked in its place;
                             silenced: its row asks nothing */
    bool specific;        /* it rests on a stated trait */
    bool unsafe;          /* a fact that would cover it is stated and not safe */
    const char *question; /* "" where its rule has none; the next two likewise */
    const char *scenario, *mitigation;
    const char *const *cwe, *const *capec; /* "CWE-306" */
    size_t cwe_count, capec_count;
    size_t fact_count;
    const char *successor;   /* of a yielded one: what is asked in its place, as ROW/ID; else "" */
    const char *const *aka;  /* names that people search for: "IDOR" */
    const char *const *refs; /* entries of public lists: "API1:2023" */
    size_t aka_count, ref_count;
    int likelihood, impact, score; /* of an open or covered one; else 0 */
} stridec_pattern;

/* Open ones first, then covered, possible, yielded, silenced. */
bool stridec_pattern_at(stridec *self, size_t row, size_t index, stridec_pattern *pattern);

/* What would cover an open pattern; of a possible one, the trait that decides. A tree, as it is
 * written by `( a and b ) or c`: what joins stands before what it joins, which is one level deeper.
 */
typedef struct stridec_fact {
    size_t size;
    size_t depth;
    const char *joins; /* "and": all are needed of what is below; "or": any does; NULL: a fact */
    const char *id;    /* of a fact: the declaration on which it has to be stated, */
    const char *attribute;     /* what has to be stated, */
    const char *const *values; /* and which values will do; none where any known one may decide */
    size_t value_count;
} stridec_fact;

bool stridec_fact_at(stridec *self, size_t row, size_t pattern, size_t index, stridec_fact *fact);

/* ---- the whole and the decisions --------------------------------------------------------- */

typedef struct stridec_model {
    size_t size;
    const char *id, *label, *owner; /* "" where nothing is stated */
    const char *const *authors;
    size_t author_count;
    size_t elements, flows, crossings;
    size_t imported; /* of the elements: those that another file declares */
} stridec_model;

/* The model as a whole; false unless it compiled. */
bool stridec_describe(stridec *self, stridec_model *model);

/* A decision that stands beside the model. */
typedef struct stridec_decision {
    size_t size;
    const char *kind;     /* threat, mitigation, risk, dismiss, baseline, review, policy */
    const char *id;       /* "" where it has none */
    const char *label;    /* likewise */
    const char *state;    /* of a threat one of stridec_threat_state_at(); of others their `state`,
                             `decision`, `code` or `verdict`; "" */
    const char *priority; /* of a threat; "" */
    const char *const *standing; /* against the model: stale, nearer, unconfirmed, orphan, ...;
                                    of a mitigation: asleep; of a review: latest, by_author,
                                    outdated */
    size_t standing_count;
} stridec_decision;

/* Threats, mitigations, risks, dismissals, baselines, reviews, policies; each in order of
 * declaration. None without `decisions` in the configuration. False after the last one. */
bool stridec_decision_at(stridec *self, size_t index, stridec_decision *decision);
/* What a decision states for an attribute, such as "due"; of a list the first. NULL: nothing. */
const char *stridec_decision_text(stridec *self, size_t index, const char *attribute);
/* The states of threats, in order of the table: "orphan", "accepted", "mitigated", ... NULL after
 * the last one. Static. */
const char *stridec_threat_state_at(size_t index);

/* ---- the gate ---------------------------------------------------------------------------- */

typedef struct stridec_gate_options {
    size_t size;
    const char *today; /* "2026-11-30"; NULL: no date is compared */
    stridec *since;    /* an older state that has compiled: only what has become pending since then
                          counts as undecided; NULL: all that is pending */
    const char *list_path; /* a list that stridec_checklist() keeps, as messages name it; NULL: none
                              is looked at */
    const char *list;      /* what it holds now; copied */
    size_t list_length;
    const char *list_model;   /* the model's name there */
    const char *const *about; /* only what is found about these declarations, by their ids, and a
                                 dismissal by its first question; NULL: all that is found */
    size_t about_count;
} stridec_gate_options;

/* Adds what the gate demands of the decisions to the diagnostics, with codes that begin with G;
 * once, after stridec_compile. `options` may be NULL. STRIDEC_FINDINGS: one of them is an error.
 * STRIDEC_MISUSE: no model has compiled, or no decisions were to be read. */
stridec_status stridec_gate(stridec *self, const stridec_gate_options *options);
/* The rules of the gate that the model's own policies switch off, by their words ("no-plan"), in
 * order of the codes. NULL after the last one. */
const char *stridec_disabled_rule_at(stridec *self, size_t index);

/* ---- the language ------------------------------------------------------------------------ */

/* The tables of kinds and attributes; they need no compilation, and their strings are static. */

typedef struct stridec_kind_info {
    size_t size;
    const char *word, *about;
    const char *section; /* its key in the YAML form, "processes"; "" where that has none */
    const char *files;   /* where it stands: "models", "rule packs", "triage files" */
} stridec_kind_info;

/* In order of the table. False after the last one. */
bool stridec_kind_at(size_t index, stridec_kind_info *info);

typedef struct stridec_attribute_info {
    size_t size;
    const char *name, *about;
    const char *role;    /* trait: what a thing is; fact: it answers questions; note */
    const char *takes;   /* "a word or a list of words", for people */
    bool takes_list;     /* it may be a list */
    bool has_range;      /* its values are numbers, */
    int lowest, highest; /* from one to the other */
} stridec_attribute_info;

/* The attributes of a kind, in order of the table. False after the last one, and of no kind. */
bool stridec_attribute_at(const char *kind, size_t index, stridec_attribute_info *info);

typedef struct stridec_value_info {
    size_t size;
    const char *name; /* not ended by NUL */
    size_t length;
    bool safe; /* it answers the question that asks for it */
    const char
        *also; /* words that mean it too, with a blank between two; "" where there are none */
} stridec_value_info;

/* The known values of an attribute of a kind. False after the last one; of an attribute that takes
 * anything there is none. */
bool stridec_value_at(const char *kind, const char *attribute, size_t index,
                      stridec_value_info *info);

/* ---- tools ------------------------------------------------------------------------------- */

/* Writes a file of the language in house style. `sort`: the items of a triage file by subject and
 * id. STRIDEC_INVALID, and nothing written, when it cannot be read: see the diagnostics. */
stridec_status stridec_reformat(stridec *self, const char *path, const char *text, size_t length,
                                bool sort, stridec_sink *sink, void *context);

/* Compiles a model and writes it in a form, "dfd" or "yaml"; NULL: the one that it is not in, by
 * the ending of `path`. In place of stridec_compile. STRIDEC_MISUSE when the file holds no model.
 */
stridec_status stridec_convert(stridec *self, const char *path, const char *text, size_t length,
                               const char *form, stridec_sink *sink, void *context);

/* Two texts that go back to a common one. */
typedef struct stridec_merging {
    size_t size;
    const char *path; /* of all three; its ending says in which form they are */
    const char *base, *ours, *theirs;
    size_t base_length, ours_length, theirs_length;
    size_t marker_length; /* of conflicts, as git has it; 0: 7 */
} stridec_merging;

/* Joins them by declarations and attributes instead of lines: what one side has changed, added or
 * removed is as that side has it. What both have changed, each differently, and additions that
 * contradict each other (two decisions of different kinds on one pattern, say) stand between git's
 * markers, and the result is STRIDEC_FINDINGS. STRIDEC_INVALID, and nothing written: one of the
 * texts cannot be read, or both sides have changed a text in YAML; merge their lines then. Needs no
 * stridec_compile, and reports no diagnostics. */
stridec_status stridec_merge(stridec *self, const stridec_merging *texts, stridec_sink *sink,
                             void *context);
/* The number of conflicts in what the last stridec_merge() has written. */
size_t stridec_conflict_count(const stridec *self);

/* Explains a topic of stridec_topic_at() in lines of at most 80 columns; after stridec_compile also
 * a row that does not apply. STRIDEC_MISUSE when it is none of them. */
stridec_status stridec_explain(stridec *self, const char *topic, stridec_sink *sink, void *context);

typedef struct stridec_topic {
    size_t size;
    const char *name;
    /* code, letter, row, subject (of the model), rule, attribute, kind, truth, value, format, word;
     * list: all of a group */
    const char *group;
    const char *about;
} stridec_topic;

/* All topics of stridec_explain(), with the rules that are loaded, and the rows of a compiled model
 * in order of rank. Strings live as long as the compilation. False after the last one. */
bool stridec_topic_at(stridec *self, size_t index, stridec_topic *topic);

/* Compiles each `hit` and `miss` of the rules in the packs that were added, or of the built-in ones
 * where none was; prints what fails, and a line a pack that counts. STRIDEC_FINDINGS when any
 * fails. */
stridec_status stridec_test_rules(stridec *self, stridec_sink *sink, void *context);
/* The numbers of examples that passed and that failed. */
size_t stridec_tests_passed(const stridec *self);
size_t stridec_tests_failed(const stridec *self);

/* Writes a JSON Schema (2020-12): "model" is that of the YAML form, "output" that of the format
 * json, "diff" that of stridec_diff() as JSON. Needs no compilation. STRIDEC_MISUSE when there is
 * no such schema. */
stridec_status stridec_write_schema(const char *name, stridec_sink *sink, void *context);

/* Writes text of others such that it stays text. "terminal": the name of a file, say, for a line
 * that people read; what would steer a terminal, or hide or reorder text, is shown as \u{...}.
 * "shell": a file's name in a command, quoted where it has to be. "json": a string with its quotes,
 * with the same characters as \uXXXX, so that nothing is lost. "markdown": a text of a line or
 * table cell, of which nothing but code spans is markup. "csv": a cell with its quotes, of what
 * "terminal" has made; what a spreadsheet would calculate gets an apostrophe. Bytes that are not
 * UTF-8 become U+FFFD. Needs no compilation and no memory. STRIDEC_MISUSE: no such form. */
stridec_status stridec_write_text(const char *form, const char *text, size_t length,
                                  stridec_sink *sink, void *context);

/* JSON of your own, spelled as the format json is: the members of the whole stand on a line each,
 * and so do those of its lists. Begin with { .size, .sink, .context } and nothing else. An object
 * or a list is open until its end; `name` is the key of a member, and NULL in a list and of the
 * whole. STRIDEC_NOT_TAKEN once the sink has returned false; STRIDEC_MISUSE, and nothing written,
 * of what is no JSON or has more than STRIDEC_JSON_DEPTH levels. Needs no compilation and no
 * memory. */
#define STRIDEC_JSON_DEPTH 32
typedef struct stridec_json {
    size_t size;
    stridec_sink *sink;
    void *context;
    unsigned depth, lists; /* how many are open; a bit for each that is a list */
    bool more, failed;     /* something stands before the next member; the sink returned false */
} stridec_json;

stridec_status stridec_json_object(stridec_json *self, const char *name);
stridec_status stridec_json_list(stridec_json *self, const char *name);
stridec_status stridec_json_end(stridec_json *self);
/* A string, escaped as stridec_write_text() does. */
stridec_status stridec_json_text(stridec_json *self, const char *name, const char *text,
                                 size_t length);
stridec_status stridec_json_number(stridec_json *self, const char *name, size_t number);
/* A value that is JSON already, as it is. */
stridec_status stridec_json_value(stridec_json *self, const char *name, const char *text,
                                  size_t length);

#ifdef __GNUC__
#pragma GCC visibility pop
#endif

#ifdef __cplusplus
}
#endif

#endif

/* The memory of one compilation. Everything that is allocated here lives until arena_close, nobody
 * frees a single node. An allocation never returns NULL: when memory or the limit is used up,
 * control goes back to the API call under way (`arena->failure`), which reports it as an ordinary
 * error. So no other file checks for it. The same way leads out of work that the host wants no
 * more, from arena_step(). */
// SPDX-License-Identifier: MIT
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* malloc and free by another name; `context` is the caller's. */
struct arena_source {
    void *(*allocate)(void *context, size_t size);
    void (*release)(void *context, void *memory);
    void *context;
};

struct arena_block;

/* Memory of other libraries that must be given back when control leaves through `failure`. It lives
 * on the stack of the function that defers it. */
struct arena_cleanup {
    struct arena_cleanup *older;
    void (*run)(void *context);
    void *context;
};

enum arena_end { ENDED_NO_MEMORY, ENDED_OVER_LIMIT, ENDED_CANCELLED };

struct arena {
    struct arena_source source;
    struct arena_block *blocks; /* newest first */
    struct arena_block
        *spare;         /* the last one taken back: texts of rows come and go at its border */
    char *next, *end;   /* free space of the newest block */
    size_t used, limit; /* bytes taken from the source; 0: no limit */
    enum arena_end end_reason; /* why the last failure happened */
    jmp_buf *failure;          /* set by the API call under way */
    struct arena_cleanup *cleanups;
    bool (*is_cancelled)(void *context); /* NULL: nobody is asked */
    void *cancel_context;
    unsigned steps_left; /* before the next question */
};

/* `source` may be NULL: malloc and free. */
void arena_open(struct arena *arena, const struct arena_source *source, size_t limit);
void arena_close(struct arena *arena);

/* All memory handed out after a mark can be taken back at once: for texts that are gone as soon as
 * they are written. Between mark and rewind, add nothing to arrays or tables made before the mark.
 */
struct arena_mark {
    struct arena_block *block;
    char *next, *end;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *arena);
void arena_rewind(struct arena *arena, struct arena_mark mark);

/* Raises the failure that another library's allocator reported. */
_Noreturn void arena_fail(struct arena *arena);
/* Raises again a failure that the caller intercepted. */
_Noreturn void arena_fail_again(struct arena *arena);
/* Asks the host whether the work is still wanted. */
void arena_ask(struct arena *arena);
/* After each part of what may take long: an item read, a subject judged, a piece written. The host
 * is asked every STEPS_FOR_A_QUESTION steps. When it stops the work, nobody sees what is half done.
 */
#define STEPS_FOR_A_QUESTION 64
static inline void arena_step(struct arena *arena) {
    if (arena->is_cancelled && !arena->steps_left--)
        arena_ask(arena);
}

/* The cleanup runs once: in arena_run_deferred(), or earlier, when an allocation fails. */
void arena_defer(struct arena *arena, struct arena_cleanup *cleanup);
/* Runs this cleanup and all that were deferred after it. */
void arena_run_deferred(struct arena *arena, struct arena_cleanup *cleanup);

/* Zeroed memory, aligned for pointers, integers and double. */
void *arena_alloc(struct arena *arena, size_t size) __attribute__((returns_nonnull));
void *arena_array(struct arena *arena, size_t count, size_t size) __attribute__((returns_nonnull));
/* A copy that ends in a NUL. */
char *arena_copy(struct arena *arena, const char *at, size_t length)
    __attribute__((returns_nonnull));

/* Enough for every type that the library stores. Only a long double would need more, and would
 * waste eight bytes of every other node.
 */
#define ARENA_ALIGN (sizeof(uint64_t))
/* Inline, as the size of a node is known when this is compiled. */
static inline void *arena_new(struct arena *arena, size_t size) {
    size = (size + ARENA_ALIGN - 1) & ~(ARENA_ALIGN - 1);
    if (!arena->next || (size_t)(arena->end - arena->next) < size)
        return arena_alloc(arena, size);
    void *memory = arena->next;
    arena->next += size;
    return memset(memory, 0, size);
}
#define ARENA_NEW(arena, type) ((type *)arena_new((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_array((arena), (count), sizeof(type)))

/* A growing array: { type *items; size_t count, capacity; }. A new item is not zeroed. The old
 * memory stays in the arena, unless the array can grow where it is; as the capacity doubles, that
 * is never more than the array itself. */
#define ARRAY_OF(type)                                                                             \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity;                                                                    \
    }
#define ARRAY_ADD(arena, array)                                                                    \
    ((array)->items = arena_grow((arena), (array)->items, &(array)->capacity, (array)->count,      \
                                 sizeof *(array)->items),                                          \
     &(array)->items[(array)->count++])

/* Room for `wanted` items in an empty array. */
#define ARRAY_RESERVE(arena, array, wanted)                                                        \
    ((array)->items = arena_array((arena), (wanted), sizeof *(array)->items),                      \
     (array)->capacity = (wanted))

/* Makes room for one more item after `count`; used by ARRAY_ADD. */
void *arena_enlarge(struct arena *arena, void *items, size_t *capacity, size_t count, size_t size)
    __attribute__((returns_nonnull));
static inline void *arena_grow(struct arena *arena, void *items, size_t *capacity, size_t count,
                               size_t size) {
    return count < *capacity ? items : arena_enlarge(arena, items, capacity, count, size);
}

#endif

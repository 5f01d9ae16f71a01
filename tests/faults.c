/* Decisions while the system fails: a command that writes files is run again and again, and one
 * call to the system after the other has an error or is the last that it makes. Whatever happens,
 * each file is what it was or what it was to become, and what was acknowledged is there. Then
 * several programs decide at once. SLOW=1 tries every call, the ordinary run some. */
// SPDX-License-Identifier: MIT
#define _GNU_SOURCE /* syscall numbers */
#include "support.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- a command whose calls are answered here --------------------------------------------- */

/* Those by which files come to be what they are. */
static const long calls[] = {
    SYS_openat,     SYS_read,      SYS_write,      SYS_close,     SYS_fstat,
    SYS_newfstatat, SYS_fsync,     SYS_flock,      SYS_fcntl,     SYS_fchmod,
    SYS_fchown,     SYS_ftruncate, SYS_lseek,      SYS_renameat2, SYS_linkat,
    SYS_unlinkat,   SYS_renameat,  SYS_getdents64, SYS_faccessat,
#ifdef SYS_open
    SYS_open,
#endif
#ifdef SYS_rename
    SYS_rename,
#endif
#ifdef SYS_link
    SYS_link,
#endif
#ifdef SYS_unlink
    SYS_unlink,
#endif
#ifdef SYS_access
    SYS_access,
#endif
#ifdef SYS_lstat
    SYS_lstat,
#endif
};

/* The listener of a filter on all of them, or -1. */
static int filter_calls(void) {
    struct sock_filter filter[COUNT(calls) + 3];
    size_t count = 0;
    filter[count++] =
        (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (size_t i = 0; i < COUNT(calls); i++)
        filter[count++] = (struct sock_filter)BPF_JUMP(
            BPF_JMP | BPF_JEQ | BPF_K, (unsigned)calls[i], (unsigned char)(COUNT(calls) - i), 0);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_USER_NOTIF);
    struct sock_fprog program = {(unsigned short)count, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return -1;
    return (int)syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER,
                        &program);
}

union control {
    struct cmsghdr header;
    char room[CMSG_SPACE(sizeof(int))];
};

static void send_listener(int socket, int listener) {
    char byte = 0;
    struct iovec part = {&byte, 1};
    union control control = {.room = {0}};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof listener);
    memcpy(CMSG_DATA(header), &listener, sizeof listener);
    (void)!sendmsg(socket, &message, 0);
}

static int receive_listener(int socket) {
    char byte;
    struct iovec part = {&byte, 1};
    union control control = {.room = {0}};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = &control,
                             .msg_controllen = sizeof control};
    int listener = -1;
    if (recvmsg(socket, &message, 0) == 1 && CMSG_FIRSTHDR(&message))
        memcpy(&listener, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof listener);
    return listener;
}

_Noreturn static void become(const char *folder, const char *const *words, int socket) {
    int nowhere = open("/dev/null", O_RDWR);
    char *path = format("%s:%s", build_folder(), getenv("PATH"));
    setenv("PATH", path, 1);
    if (chdir(folder) != 0 || dup2(nowhere, 0) < 0 || dup2(nowhere, 1) < 0 || dup2(nowhere, 2) < 0)
        _exit(126);
    int listener = filter_calls();
    send_listener(socket, listener);
    if (listener >= 0)
        execvp(words[0], (char *const *)(uintptr_t)words);
    _exit(125);
}

enum fault { NO_FAULT, ERROR, KILL };

struct run {
    int status;   /* of its exit, or 128 + the signal */
    size_t calls; /* that it made */
    bool possible;
};

static int error_of(int call) {
    return call == SYS_write || call == SYS_fsync ? ENOSPC : EIO;
}

/* Answers one call. False when there is none any more. */
static bool answer(int listener, pid_t child, size_t number, size_t nth, enum fault fault) {
    struct seccomp_notif call = {0};
    struct seccomp_notif_resp response = {0};
    if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &call) != 0)
        return errno == EINTR;
    response.id = call.id;
    response.flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
    if (number == nth && fault == ERROR) {
        response.flags = 0;
        response.error = -error_of(call.data.nr);
    } else if (number == nth && fault == KILL) {
        kill(child, SIGKILL);
        return true;
    }
    (void)!ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response);
    return true;
}

/* Runs it in the folder; its nth call has the fault. */
static struct run run_with(const char *folder, const char *const *words, size_t nth,
                           enum fault fault) {
    struct run run = {.possible = true};
    int sockets[2], status;
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets), 0);
    pid_t child = fork();
    if (child == 0)
        become(folder, words, sockets[1]);
    close(sockets[1]);
    int listener = receive_listener(sockets[0]);
    struct pollfd polled = {listener, POLLIN, 0};
    while (listener >= 0 && poll(&polled, 1, 60000) == 1 && (polled.revents & POLLIN) &&
           answer(listener, child, run.calls + 1, nth, fault))
        run.calls++;
    waitpid(child, &status, 0);
    run.possible = listener >= 0;
    run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    if (listener >= 0)
        close(listener);
    close(sockets[0]);
    return run;
}

/* ---- what becomes of the files ----------------------------------------------------------- */

static const char model[] = "import \"other.dfd\" as other\n"
                            "model m \"A shop\"\n"
                            "external a \"A\"\n"
                            "boundary b \"B\" { process p \"P\" { kind: api } }\n"
                            "flow f = a -> p : \"GET /things\"\n"
                            "flow g = p -> other.q : \"asks\"\n";
static const char other_model[] = "process q \"Q\" { kind: api; surface: \"open\" }\n";
static const char decisions[] = "# p\n\n"
                                "dismiss E@p/unauthorized { reason: \"not yet\" }\n"
                                "dismiss E@q/unauthorized { reason: \"nobody can\" }\n"
                                "threat T-1 \"Flood\" { candidate: D@f/flood }\n";

#define MOST_FILES 4
struct scene {
    const char *what;
    const char *words[12];
    const char *files[MOST_FILES]; /* that may change */
    bool moves;                    /* what the first file loses, the second one gets */
};

static const struct scene scenes[] = {
    {"the first decision",
     {"stridec", "triage", "dismiss", "new.dfd", "S@f/forged_caller", "--reason", "x"},
     {"new.triage.dfd"},
     false},
    {"a further decision",
     {"stridec", "triage", "add", "m.dfd", "S@f/forged_caller", "--impact", "4"},
     {"m.triage.dfd"},
     false},
    {"a fact", {"stridec", "triage", "state", "m.dfd", "f", "signed", "yes"}, {"m.dfd"}, false},
    {"a new id", {"stridec", "rename", "f", "fetch", "m.dfd"}, {"m.dfd", "m.triage.dfd"}, false},
    {"decisions that go along",
     {"stridec", "triage", "move", "m.dfd", "other.dfd", "q"},
     {"m.triage.dfd", "other.triage.dfd"},
     true},
};

struct content {
    struct text of[MOST_FILES];
};

static char *set_scene(void) {
    char *folder = make_folder();
    put_in(folder, "m.dfd", model);
    put_in(folder, "new.dfd", model);
    put_in(folder, "other.dfd", other_model);
    put_in(folder, "m.triage.dfd", decisions);
    return folder;
}

static struct content read_content(const char *folder, const struct scene *scene) {
    struct content content = {0};
    for (size_t i = 0; i < MOST_FILES && scene->files[i]; i++) {
        char *path = format("%s/%s", folder, scene->files[i]);
        content.of[i] = read_if_there(path);
        free(path);
    }
    return content;
}

static void free_content(struct content *content) {
    for (size_t i = 0; i < MOST_FILES; i++)
        free(content->of[i].at);
}

static bool same(const struct text *one, const struct text *other) {
    return one->length == other->length &&
           (!one->length || memcmp(one->at, other->at, one->length) == 0);
}

/* How many of the files are as in this one. */
static size_t count_same(const struct scene *scene, const struct content *one,
                         const struct content *other) {
    size_t count = 0;
    for (size_t i = 0; i < MOST_FILES && scene->files[i]; i++)
        count += same(&one->of[i], &other->of[i]);
    return count;
}

static size_t count_files(const struct scene *scene) {
    size_t count = 0;
    while (count < MOST_FILES && scene->files[count])
        count++;
    return count;
}

/* NULL, or what is wrong. */
static const char *judge(const struct scene *scene, const struct run *run, enum fault fault,
                         const struct content *now, const struct content *before,
                         const struct content *after) {
    size_t files = count_files(scene), old = count_same(scene, now, before),
           new = count_same(scene, now, after);
    for (size_t i = 0; i < files; i++)
        if (!same(&now->of[i], &before->of[i]) && !same(&now->of[i], &after->of[i]))
            return "a file is broken";
    if (run->status == 0 && new != files)
        return "what was acknowledged is not there";
    if (scene->moves && same(&now->of[0], &after->of[0]) && same(&now->of[1], &before->of[1]))
        return "what one file has lost the other one has not got";
    if (fault == ERROR && old != files && new != files)
        return "some files are written, and others are not";
    return NULL;
}

static void try_fault(const struct scene *scene, size_t nth, enum fault fault,
                      const struct content *before, const struct content *after) {
    char *folder = set_scene();
    struct run run = run_with(folder, scene->words, nth, fault);
    struct content now = read_content(folder, scene);
    const char *problem = judge(scene, &run, fault, &now, before, after);
    if (problem)
        fail_msg("%s, %s at call %zu of %zu: %s; exit %d, see %s", scene->what,
                 fault == KILL ? "killed" : "an error", nth, run.calls, problem, run.status,
                 folder);
    free_content(&now);
    remove_folder(folder);
    free(folder);
}

static void try_scene(const struct scene *scene) {
    char *folder = set_scene();
    struct content before = read_content(folder, scene);
    struct run whole = run_with(folder, scene->words, 0, NO_FAULT);
    struct content after = read_content(folder, scene);
    remove_folder(folder);
    free(folder);
    if (!whole.possible)
        skip();
    assert_int_equal(whole.status, 0);
    assert_int_equal(count_same(scene, &before, &after), 0);
    for (size_t nth = 1; nth <= whole.calls; nth++)
        if (getenv("SLOW") || nth % 6 == 0) {
            try_fault(scene, nth, ERROR, &before, &after);
            try_fault(scene, getenv("SLOW") ? nth : nth - 3, KILL, &before, &after);
        }
    print_message("%s: %zu calls\n", scene->what, whole.calls);
    free_content(&before);
    free_content(&after);
}

static void each_call_in_turn_fails(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(scenes); i++)
        try_scene(&scenes[i]);
}

/* ---- several at once --------------------------------------------------------------------- */

#define DECIDERS 4
#define DECISIONS 6

/* A model with a flow for each decision. */
static void put_wide_model(const char *folder) {
    struct text text = {0};
    const char *head = "model w \"Wide\"\nexternal a \"A\"\nboundary b \"B\" { process p \"P\" }\n";
    text_add(&text, head, strlen(head));
    for (int i = 0; i < DECIDERS * DECISIONS; i++) {
        char *flow = format("flow f%d = a -> p : \"GET /%d\"\n", i, i);
        text_add(&text, flow, strlen(flow));
        free(flow);
    }
    put_in(folder, "w.dfd", text.at);
    free(text.at);
}

/* Every decider is a shell that decides one after the other, and notes what was acknowledged. */
static void decide_at_once(const char *folder) {
    char *script = format("for one in $(seq 0 %d); do (\n"
                          "  for i in $(seq $((one * %d)) $((one * %d + %d))); do\n"
                          "    stridec triage dismiss w.dfd D@f$i/flood --reason \"by $one\" "
                          ">/dev/null 2>>errors && echo $i >>done.$one || echo $i: $? >>errors\n"
                          "  done\n"
                          ") & done; wait",
                          DECIDERS - 1, DECISIONS, DECISIONS, DECISIONS - 1);
    assert_int_equal(run_command(&(struct command){.folder = folder, .script = script}), 0);
    free(script);
}

static void several_that_decide_at_once_lose_nothing(void **state) {
    (void)state;
    char *folder = make_folder();
    put_wide_model(folder);
    decide_at_once(folder);
    const struct command count = {
        .folder = folder,
        .script =
            "cat done.* | sort -n >acknowledged; test $(wc -l <acknowledged) -eq 24 || exit 1\n"
            "grep -o 'D@f[0-9]*' w.triage.dfd | tr -dc '0-9\\n' | sort -n | cmp - acknowledged "
            "|| exit 2\n"
            "stridec check w.dfd >/dev/null 2>&1 || exit 3\n"
            "ls -A | grep '^[.]stridec' && exit 4\nexit 0"};
    int status = run_command(&count);
    char *errors = format("%s/errors", folder);
    if (status)
        fail_msg("%s:\n%s",
                 (const char *[]){"", "something was not acknowledged",
                                  "what is acknowledged is not what is there",
                                  "the decisions do not compile", "temporaries are left"}[status],
                 read_if_there(errors).at);
    free(errors);
    remove_folder(folder);
    free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_call_in_turn_fails),
        cmocka_unit_test(several_that_decide_at_once_lose_nothing),
    };
    return cmocka_run_group_tests_name("faults", tests, NULL, NULL);
}

/* A filter of system calls for the layout program while it draws: it may read and write open files,
 * ask for memory, and end. All else fails with EPERM. So an error in Graphviz that lets a label run
 * code opens no file, no connection and no other program. The process that reads the text and does
 * nothing with it may also start copies of itself, which then enter the narrow filter. */
// SPDX-License-Identifier: MIT
#define _DEFAULT_SOURCE
#include "sandbox.h"

#if defined __linux__ && (defined __x86_64__ || defined __aarch64__)

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

static const unsigned allowed[] = {
    SYS_read,         SYS_write,          SYS_writev,        SYS_brk,
    SYS_mmap,         SYS_munmap,         SYS_mremap,        SYS_madvise,
    SYS_getrandom,    SYS_futex,          SYS_exit,          SYS_exit_group,
    SYS_rt_sigreturn, SYS_rt_sigprocmask, SYS_clock_gettime, SYS_getrusage,
};
#define ALLOWED (sizeof allowed / sizeof *allowed)

/* What a process needs to make a copy of itself that limits itself further. */
static const unsigned allowed_to_copy[] = {
    SYS_clone, SYS_pipe2, SYS_close,     SYS_set_robust_list, SYS_prctl, SYS_prlimit64, SYS_seccomp,
    SYS_wait4,
#ifdef SYS_rseq
    SYS_rseq,
#endif
#ifdef SYS_fork
    SYS_fork,  SYS_pipe,  SYS_getrlimit, SYS_setrlimit,
#endif
};
#define ALLOWED_TO_COPY (sizeof allowed_to_copy / sizeof *allowed_to_copy)

static unsigned allowed_at(size_t i) {
    return i < ALLOWED ? allowed[i] : allowed_to_copy[i - ALLOWED];
}

static bool enter(size_t calls) {
    const unsigned number = offsetof(struct seccomp_data, nr);
    const unsigned architecture = offsetof(struct seccomp_data, arch);
    struct sock_filter steps[ALLOWED + ALLOWED_TO_COPY + 5];
    unsigned short count = 0;
    steps[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, architecture);
    /* The numbers below mean something else on another one: to the refusal. */
    steps[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 0,
                                                  (unsigned char)(calls + 1));
    steps[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, number);
    for (size_t i = 0; i < calls; i++)
        steps[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, allowed_at(i),
                                                      (unsigned char)(calls - i), 0);
    steps[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    steps[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    struct sock_fprog filter = {count, steps};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

bool sandbox_enter(void) {
    return enter(ALLOWED);
}

bool sandbox_enter_and_copy(void) {
    return enter(ALLOWED + ALLOWED_TO_COPY);
}

#else

bool sandbox_enter(void) {
    return false;
}

bool sandbox_enter_and_copy(void) {
    return false;
}

#endif

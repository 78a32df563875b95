/* Makes a call to the system fail, for tests/faults.rs: loaded before the C library (LD_PRELOAD) it counts the calls of one class on
   files below a folder, and fails one of them, or all from one on.

   FAULT_ROOT   the folder, without a slash at its end
   FAULT_CLASS  open | write | short | sync | rename | truncate | remove | read
   FAULT_AT     which call fails, from 1 on; 0: none
   FAULT_LASTS  1: every later one fails too
   FAULT_ERRNO  what it fails with; `short` writes half of what it is given
   FAULT_COUNT  file into which the number of calls is written at the end
   FAULT_ARMED  file that must exist for calls to count; unset: they always do
   FAULT_CLOCK  seconds by which the clock of the day is wrong */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls;

static int below(const char *path) {
    const char *root = getenv("FAULT_ROOT");
    size_t length = root ? strlen(root) : 0;
    return length && path && strncmp(path, root, length) == 0 && (path[length] == '/' || path[length] == 0);
}

static int below_fd(int fd) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path);
}

/* Whether this call of a class fails. */
static int fails(const char *class, int concerned) {
    const char *wanted = getenv("FAULT_CLASS"), *at = getenv("FAULT_AT"), *armed = getenv("FAULT_ARMED");
    int saved = errno;
    if (!concerned || !wanted || strcmp(wanted, class) != 0) return 0;
    if (armed && syscall(SYS_faccessat, AT_FDCWD, armed, F_OK) != 0) { errno = saved; return 0; }
    errno = saved;
    long number = atomic_fetch_add(&calls, 1) + 1, first = at ? atol(at) : 0;
    return first && (number == first || (number > first && getenv("FAULT_LASTS")));
}

static int failed(void) {
    const char *code = getenv("FAULT_ERRNO");
    errno = code ? atoi(code) : EIO;
    return -1;
}

__attribute__((destructor)) static void told(void) {
    const char *file = getenv("FAULT_COUNT");
    if (!file) return;
    char line[32];
    int length = snprintf(line, sizeof line, "%ld\n", atomic_load(&calls));
    int fd = (int)syscall(SYS_openat, AT_FDCWD, file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (fd >= 0) { syscall(SYS_write, fd, line, (size_t)length); syscall(SYS_close, fd); }
}

#define NEXT(type, name) static type next; if (!next) next = (type)dlsym(RTLD_NEXT, #name)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        typedef int (*call)(const char *, int, ...); NEXT(call, name); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        if (fails("open", below(path))) return failed(); \
        return next(path, flags, mode); \
    }
#define OPENAT(name) \
    int name(int at, const char *path, int flags, ...) { \
        typedef int (*call)(int, const char *, int, ...); NEXT(call, name); \
        va_list rest; va_start(rest, flags); mode_t mode = va_arg(rest, mode_t); va_end(rest); \
        if (fails("open", below(path))) return failed(); \
        return next(at, path, flags, mode); \
    }
OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

int mkdir(const char *path, mode_t mode) {
    typedef int (*call)(const char *, mode_t); NEXT(call, mkdir);
    return fails("open", below(path)) ? failed() : next(path, mode);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    typedef ssize_t (*call)(int, const void *, size_t); NEXT(call, write);
    int ours = below_fd(fd);
    if (fails("write", ours)) return failed();
    if (count > 1 && fails("short", ours)) return next(fd, bytes, count / 2);
    return next(fd, bytes, count);
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
    typedef ssize_t (*call)(int, const struct iovec *, int); NEXT(call, writev);
    int ours = below_fd(fd);
    if (fails("write", ours)) return failed();
    if (count > 0 && parts[0].iov_len > 1 && fails("short", ours)) return write(fd, parts[0].iov_base, parts[0].iov_len / 2);
    return next(fd, parts, count);
}

#define PWRITE(name, offset) \
    ssize_t name(int fd, const void *bytes, size_t count, offset place) { \
        typedef ssize_t (*call)(int, const void *, size_t, offset); NEXT(call, name); \
        int ours = below_fd(fd); \
        if (fails("write", ours)) return failed(); \
        if (count > 1 && fails("short", ours)) return next(fd, bytes, count / 2, place); \
        return next(fd, bytes, count, place); \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

ssize_t copy_file_range(int from, off64_t *in, int to, off64_t *out, size_t count, unsigned flags) {
    typedef ssize_t (*call)(int, off64_t *, int, off64_t *, size_t, unsigned); NEXT(call, copy_file_range);
    return fails("write", below_fd(to)) ? failed() : next(from, in, to, out, count, flags);
}

#define READ(name, arguments, given) \
    ssize_t name arguments { \
        typedef ssize_t (*call) arguments; NEXT(call, name); \
        return fails("read", below_fd(fd)) ? failed() : next given; \
    }
READ(read, (int fd, void *bytes, size_t count), (fd, bytes, count))
READ(pread, (int fd, void *bytes, size_t count, off_t place), (fd, bytes, count, place))
READ(pread64, (int fd, void *bytes, size_t count, off64_t place), (fd, bytes, count, place))

#define OF_FD(class, name) \
    int name(int fd) { typedef int (*call)(int); NEXT(call, name); return fails(class, below_fd(fd)) ? failed() : next(fd); }
OF_FD("sync", fsync)
OF_FD("sync", fdatasync)

int ftruncate(int fd, off_t length) {
    typedef int (*call)(int, off_t); NEXT(call, ftruncate);
    return fails("truncate", below_fd(fd)) ? failed() : next(fd, length);
}
int ftruncate64(int fd, off64_t length) {
    typedef int (*call)(int, off64_t); NEXT(call, ftruncate64);
    return fails("truncate", below_fd(fd)) ? failed() : next(fd, length);
}

int rename(const char *from, const char *to) {
    typedef int (*call)(const char *, const char *); NEXT(call, rename);
    return fails("rename", below(to)) ? failed() : next(from, to);
}
int link(const char *from, const char *to) {
    typedef int (*call)(const char *, const char *); NEXT(call, link);
    return fails("rename", below(to)) ? failed() : next(from, to);
}

#define OF_PATH(name) \
    int name(const char *path) { typedef int (*call)(const char *); NEXT(call, name); return fails("remove", below(path)) ? failed() : next(path); }
OF_PATH(unlink)
OF_PATH(rmdir)

int clock_gettime(clockid_t clock, struct timespec *now) {
    typedef int (*call)(clockid_t, struct timespec *); NEXT(call, clock_gettime);
    const char *wrong = getenv("FAULT_CLOCK");
    int told = next(clock, now);
    if (told == 0 && wrong && clock == CLOCK_REALTIME) now->tv_sec += atol(wrong);
    return told;
}

/* Faults from outside: LD_PRELOADed, it counts the calls that touch files below one folder, and kills the process or fails
   the call that it was told to. The product knows nothing of it.

   fault_arm(folder, at, what, sticky): the at-th call from now on; what 0 kills, else it is the errno; sticky: all after it too.
   fault_count(): calls counted since. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static int at, what, sticky, count;

void fault_arm(const char *below, int nth, int number, int lasting) {
    strncpy(folder, below, sizeof folder - 1);
    at = nth, what = number, sticky = lasting, count = 0;
}

int fault_count(void) { return count; }

static int hit(const char *path) {
    if (!folder[0] || !path || strncmp(path, folder, strlen(folder))) return 0;
    int n = __sync_add_and_fetch(&count, 1);
    if (!at || n < at || (n > at && !sticky)) return 0;
    if (!what) kill(getpid(), SIGKILL);
    errno = what;
    return 1;
}

static int hit_open_file(int fd) {
    char link[64], path[4096];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return hit(path);
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define MODE mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list a; va_start(a, flags); mode = va_arg(a, mode_t); va_end(a); }
#define PATH1(name, args, call, p) int name args { REAL(name); return hit(p) ? -1 : real call; }

int open(const char *path, int flags, ...) { MODE REAL(open); return hit(path) ? -1 : real(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE REAL(open64); return hit(path) ? -1 : real(path, flags, mode); }
int openat(int fd, const char *path, int flags, ...) { MODE REAL(openat); return hit(path) ? -1 : real(fd, path, flags, mode); }
int openat64(int fd, const char *path, int flags, ...) { MODE REAL(openat64); return hit(path) ? -1 : real(fd, path, flags, mode); }

ssize_t write(int fd, const void *b, size_t n) { REAL(write); return hit_open_file(fd) ? -1 : real(fd, b, n); }
ssize_t pwrite(int fd, const void *b, size_t n, off_t o) { REAL(pwrite); return hit_open_file(fd) ? -1 : real(fd, b, n, o); }
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t o) { REAL(pwrite64); return hit_open_file(fd) ? -1 : real(fd, b, n, o); }
ssize_t read(int fd, void *b, size_t n) { REAL(read); return hit_open_file(fd) ? -1 : real(fd, b, n); }
int fsync(int fd) { REAL(fsync); return hit_open_file(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(fdatasync); return hit_open_file(fd) ? -1 : real(fd); }
int ftruncate(int fd, off_t n) { REAL(ftruncate); return hit_open_file(fd) ? -1 : real(fd, n); }
int ftruncate64(int fd, off64_t n) { REAL(ftruncate64); return hit_open_file(fd) ? -1 : real(fd, n); }
int fchmod(int fd, mode_t m) { REAL(fchmod); return hit_open_file(fd) ? -1 : real(fd, m); }

PATH1(rename, (const char *a, const char *b), (a, b), b)
PATH1(renameat, (int f, const char *a, int g, const char *b), (f, a, g, b), b)
PATH1(renameat2, (int f, const char *a, int g, const char *b, unsigned int n), (f, a, g, b, n), b)
PATH1(link, (const char *a, const char *b), (a, b), b)
PATH1(linkat, (int f, const char *a, int g, const char *b, int n), (f, a, g, b, n), b)
PATH1(unlink, (const char *p), (p), p)
PATH1(unlinkat, (int f, const char *p, int n), (f, p, n), p)
PATH1(mkdir, (const char *p, mode_t m), (p, m), p)
PATH1(rmdir, (const char *p), (p), p)
PATH1(chmod, (const char *p, mode_t m), (p, m), p)

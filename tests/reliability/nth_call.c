/* Loaded before a process (LD_PRELOAD): once aim(n) was called, the n-th write, flush, cut or rename ends it by SIGKILL,
   before that call is made. So a kill falls between any two changes of a file, however short the moment between them. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/types.h>
#include <unistd.h>

static long left;

void aim(long calls) { left = calls; }

static void count(void) { if (left > 0 && --left == 0) kill(getpid(), SIGKILL); }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

int rename(const char *from, const char *to);
int link(const char *from, const char *to);

ssize_t write(int fd, const void *data, size_t size) { count(); return REAL(write)(fd, data, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { count(); return REAL(pwrite)(fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { count(); return REAL(pwrite64)(fd, data, size, at); }
int fsync(int fd) { count(); return REAL(fsync)(fd); }
int fdatasync(int fd) { count(); return REAL(fdatasync)(fd); }
int ftruncate(int fd, off_t size) { count(); return REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { count(); return REAL(ftruncate64)(fd, size); }
int rename(const char *from, const char *to) { count(); return REAL(rename)(from, to); }
int link(const char *from, const char *to) { count(); return REAL(link)(from, to); }
int unlink(const char *path) { count(); return REAL(unlink)(path); }

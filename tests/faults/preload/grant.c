/* Grants every lock, as a share does whose server or client keeps none. */

#define _GNU_SOURCE
#include <errno.h>
#include <stdarg.h>
#include <sys/file.h>
#include <sys/types.h>

#include "folder.h"

static long granted;

void desk_grant(const char *folder) { set_folder(folder); }

/* How many locks were granted unseen: none means that nobody asked this library. */
long desk_granted(void) { return granted; }

static int grants(int handle, int command, void *word) {
    switch (command) {
    case F_SETLK:
    case F_SETLKW:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
        if (!handle_is_below(handle)) return 0;
        granted++;
        return 1;
    case F_GETLK:
    case F_OFD_GETLK:
        if (!handle_is_below(handle)) return 0;
        ((struct flock *)word)->l_type = F_UNLCK;
        return 1;
    default:
        return 0;
    }
}

typedef int (*Fcntl)(int, int, ...);

#define FCNTL(name) \
    int name(int handle, int command, ...) { \
        REAL(Fcntl, #name); \
        va_list words; \
        va_start(words, command); \
        void *word = va_arg(words, void *); \
        va_end(words); \
        return grants(handle, command, word) ? 0 : real(handle, command, word); \
    }

FCNTL(fcntl)
FCNTL(fcntl64)

int flock(int handle, int operation) {
    REAL(int (*)(int, int), "flock");
    if (!handle_is_below(handle)) return real(handle, operation);
    granted++;
    return 0;
}

#define LOCKF(name) \
    int name(int handle, int command, off_t length) { \
        REAL(int (*)(int, int, off_t), #name); \
        if (!handle_is_below(handle)) return real(handle, command, length); \
        granted++; \
        return 0; \
    }

LOCKF(lockf)
LOCKF(lockf64)

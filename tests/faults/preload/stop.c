/* Sends this process a signal at the n-th call that changes something below its folder: before, halfway or after it. */

#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/types.h>

#include "folder.h"

enum moment { BEFORE, HALFWAY, AFTER };

static long counted;
static long stop_at;
static enum moment moment;
static int with;

/* From now on calls are counted; at call ``number`` (0 = never) the signal comes. */
void desk_stop(const char *folder, long number, int when, int signal) {
    set_folder(folder);
    counted = 0;
    stop_at = number;
    moment = (enum moment)when;
    with = signal;
}


/* Say whether this very call is the one. */
static int is_the_one(int below) {
    return below && ++counted == stop_at;
}

/* The process stands still inside kill(): a stop takes all of its threads before the call returns. */
static void stop(void) {
    int kept = errno;
    kill(getpid(), with);
    errno = kept;
}

#define AROUND(below, answer_kind, call) \
    do { \
        int one = is_the_one(below); \
        if (one && moment != AFTER) stop(); \
        answer_kind answer = call; \
        if (one && moment == AFTER) stop(); \
        return answer; \
    } while (0)

ssize_t write(int handle, const void *bytes, size_t length) {
    REAL(ssize_t (*)(int, const void *, size_t), "write");
    if (!desk_folder[0] || !is_the_one(handle_is_below(handle))) return real(handle, bytes, length);
    if (moment == BEFORE) stop();
    if (moment == HALFWAY && length > 1) {
        ssize_t first = real(handle, bytes, length / 2);
        stop();
        if (first < 0) return first;
        ssize_t second = real(handle, (const char *)bytes + first, length - first);
        return second < 0 ? first : first + second;
    }
    ssize_t answer = real(handle, bytes, length);
    if (moment != BEFORE) stop();
    return answer;
}

#define PWRITE(name) \
    ssize_t name(int handle, const void *bytes, size_t length, off_t place) { \
        REAL(ssize_t (*)(int, const void *, size_t, off_t), #name); \
        if (!desk_folder[0] || !is_the_one(handle_is_below(handle))) return real(handle, bytes, length, place); \
        if (moment == BEFORE) stop(); \
        if (moment == HALFWAY && length > 1) { \
            ssize_t first = real(handle, bytes, length / 2, place); \
            stop(); \
            if (first < 0) return first; \
            ssize_t second = real(handle, (const char *)bytes + first, length - first, place + first); \
            return second < 0 ? first : first + second; \
        } \
        ssize_t answer = real(handle, bytes, length, place); \
        if (moment != BEFORE) stop(); \
        return answer; \
    }

PWRITE(pwrite)
PWRITE(pwrite64)

#define ONE_HANDLE(name) \
    int name(int handle) { \
        REAL(int (*)(int), #name); \
        AROUND(handle_is_below(handle), int, real(handle)); \
    }

ONE_HANDLE(fsync)
ONE_HANDLE(fdatasync)

#define TRUNCATE(name) \
    int name(int handle, off_t length) { \
        REAL(int (*)(int, off_t), #name); \
        AROUND(handle_is_below(handle), int, real(handle, length)); \
    }

TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

#define ONE_NAME(name) \
    int name(const char *path) { \
        REAL(int (*)(const char *), #name); \
        AROUND(is_below(path), int, real(path)); \
    }

ONE_NAME(unlink)
ONE_NAME(rmdir)

#define TWO_NAMES(name) \
    int name(const char *from, const char *to) { \
        REAL(int (*)(const char *, const char *), #name); \
        AROUND(is_below(to), int, real(from, to)); \
    }

TWO_NAMES(rename)
TWO_NAMES(link)

int mkdir(const char *path, mode_t rights) {
    REAL(int (*)(const char *, mode_t), "mkdir");
    AROUND(is_below(path), int, real(path, rights));
}

#define SENDFILE(name) \
    ssize_t name(int to, int from, off_t *place, size_t length) { \
        REAL(ssize_t (*)(int, int, off_t *, size_t), #name); \
        AROUND(handle_is_below(to), ssize_t, real(to, from, place, length)); \
    }

SENDFILE(sendfile)
SENDFILE(sendfile64)

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(int (*)(const char *, int, ...), #name); \
        va_list words; \
        va_start(words, flags); \
        int rights = flags & (O_CREAT | O_TMPFILE) ? va_arg(words, int) : 0; \
        va_end(words); \
        AROUND(flags & O_CREAT && is_below(path), int, real(path, flags, rights)); \
    }

OPEN(open)
OPEN(open64)

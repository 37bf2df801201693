/* Shows this process names, times and listings below its folder as they were up to some milliseconds ago.

   So does a client of a share: it remembers that a file is not there, what it looked like and what its folder lists.
   What this process itself changes it knows at once. An exclusive creation and the content of a file go to the server;
   with ``content`` also small files are read as they were, while a large one that is being written is always true. */

#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <time.h>

#include "folder.h"

#define ENTRIES 1024
#define SMALL (64 << 10)

enum kind { NOTHING, LOOKED, LISTED, READ };

struct entry {
    enum kind kind;
    char *path;
    long long since; /* milliseconds */
    int error;       /* LOOKED: 0 or why not */
    int follows;     /* LOOKED: stat or lstat */
    struct stat status;
    void *kept; /* LISTED: the names; READ: the bytes */
    size_t length;
};

static struct entry *entries;
static long milliseconds;
static int content;
static long answered;

static void drop(struct entry *one) {
    free(one->kept);
    free(one->path);
    *one = (struct entry){NOTHING};
}

/* From now on what was seen is seen again for this long; 0 = everything is true. */
void desk_stale(const char *folder, long old, int contents_too) {
    set_folder(old ? folder : "");
    milliseconds = old;
    content = contents_too;
    if (!entries) entries = calloc(ENTRIES, sizeof *entries);
    for (int at = 0; at < ENTRIES; at++) drop(&entries[at]);
}

/* How many questions were answered from memory: none means that nobody was shown anything old. */
long desk_stale_answered(void) { return answered; }

static long long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000LL + time.tv_nsec / 1000000;
}

static struct entry *find(enum kind kind, const char *path, int follows) {
    long long time = now();
    for (int at = 0; at < ENTRIES; at++) {
        struct entry *one = &entries[at];
        if (one->kind == NOTHING) continue;
        if (time - one->since > milliseconds) drop(one);
        else if (one->kind == kind && one->follows == follows && !strcmp(one->path, path)) {
            answered++;
            return one;
        }
    }
    return NULL;
}

static struct entry *remember(enum kind kind, const char *path, int follows) {
    struct entry *place = &entries[0];
    for (int at = 0; at < ENTRIES; at++) {
        struct entry *one = &entries[at];
        if (one->kind == NOTHING) {
            place = one;
            break;
        }
        if (one->since < place->since) place = one;
    }
    drop(place);
    place->kind = kind;
    place->follows = follows;
    place->since = now();
    place->path = strdup(path);
    return place;
}

/* This process changed ``path``: it sees that, and the folder's list, as they are. */
static void changed(const char *path) {
    if (!is_below(path)) return;
    int kept = errno;
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    char *last = strrchr(folder, '/');
    if (last) *last = 0;
    for (int at = 0; at < ENTRIES; at++) {
        struct entry *one = &entries[at];
        if (one->kind == NOTHING) continue;
        if (!strcmp(one->path, path) || (one->kind == LISTED && !strcmp(one->path, folder))) drop(one);
    }
    errno = kept;
}

static void changed_handle(int handle) {
    char path[PATH_MAX];
    if (!desk_folder[0]) return;
    int kept = errno;
    path_of(handle, path);
    changed(path);
    errno = kept;
}

/* --- looking ------------------------------------------------------------------------------------------------- */

static int look(const char *path, struct stat *status, int follows) {
    REAL(int (*)(int, const char *, struct stat *, int), "fstatat");
    struct entry *one = find(LOOKED, path, follows);
    if (!one) {
        int error = real(AT_FDCWD, path, status, follows ? 0 : AT_SYMLINK_NOFOLLOW) ? errno : 0;
        one = remember(LOOKED, path, follows);
        one->error = error;
        one->status = *status;
    }
    *status = one->status;
    if (!one->error) return 0;
    errno = one->error;
    return -1;
}

/* One layout under two names: all of this is for 64-bit systems. */
#define LOOK(name, kind, follows) \
    int name(const char *path, kind *status) { \
        REAL(int (*)(const char *, kind *), #name); \
        return is_below(path) ? look(path, (struct stat *)status, follows) : real(path, status); \
    }

LOOK(stat, struct stat, 1)
LOOK(stat64, struct stat64, 1)
LOOK(lstat, struct stat, 0)
LOOK(lstat64, struct stat64, 0)

#define OLD_LOOK(name, follows) \
    int name(int version, const char *path, struct stat *status) { \
        REAL(int (*)(int, const char *, struct stat *), #name); \
        return is_below(path) ? look(path, status, follows) : real(version, path, status); \
    }

OLD_LOOK(__xstat, 1)
OLD_LOOK(__xstat64, 1)
OLD_LOOK(__lxstat64, 0)

#define LOOK_AT(name, kind) \
    int name(int folder, const char *path, kind *status, int flags) { \
        REAL(int (*)(int, const char *, kind *, int), #name); \
        char whole[PATH_MAX]; \
        if (!desk_folder[0] || !path[0]) return real(folder, path, status, flags); \
        whole_path(folder, path, whole); \
        if (!is_below(whole)) return real(folder, path, status, flags); \
        return look(whole, (struct stat *)status, !(flags & AT_SYMLINK_NOFOLLOW)); \
    }

LOOK_AT(fstatat, struct stat)
LOOK_AT(fstatat64, struct stat64)

int access(const char *path, int rights) {
    REAL(int (*)(const char *, int), "access");
    struct stat status;
    if (!is_below(path)) return real(path, rights);
    if (look(path, &status, 1)) return -1;
    return rights == F_OK ? 0 : real(path, rights);
}

/* --- opening ------------------------------------------------------------------------------------------------- */

static int from_memory(const struct entry *one) {
    int handle = memfd_create("stale", MFD_CLOEXEC);
    if (handle >= 0 && write(handle, one->kept, one->length) == (ssize_t)one->length) lseek(handle, 0, SEEK_SET);
    return handle;
}

static void keep(int handle, const char *path) {
    struct stat status;
    if (fstat(handle, &status) || !S_ISREG(status.st_mode) || status.st_size > SMALL) return;
    void *bytes = malloc(SMALL);
    ssize_t length = pread(handle, bytes, SMALL, 0);
    if (length < 0) {
        free(bytes);
        return;
    }
    struct entry *one = remember(READ, path, 0);
    one->kept = bytes;
    one->length = length;
}

static int open_seen(int (*real)(const char *, int, ...), const char *path, int flags, int rights) {
    if (flags & O_CREAT) {
        int handle = real(path, flags, rights);
        if (handle >= 0) changed(path);
        return handle;
    }
    if ((flags & O_ACCMODE) == O_RDONLY && content) {
        struct entry *one = find(READ, path, 0);
        if (one) return from_memory(one);
    }
    struct entry *looked = find(LOOKED, path, 1);
    if (looked && looked->error == ENOENT) {
        errno = ENOENT;
        return -1;
    }
    int handle = real(path, flags);
    if (handle >= 0 && (flags & O_ACCMODE) == O_RDONLY && content) keep(handle, path);
    return handle;
}

typedef int (*Open)(const char *, int, ...);

#define OPEN(name) \
    int name(const char *path, int flags, ...) { \
        REAL(Open, #name); \
        va_list words; \
        va_start(words, flags); \
        int rights = flags & (O_CREAT | O_TMPFILE) ? va_arg(words, int) : 0; \
        va_end(words); \
        return is_below(path) ? open_seen(real, path, flags, rights) : real(path, flags, rights); \
    }

OPEN(open)
OPEN(open64)

/* --- listing ------------------------------------------------------------------------------------------------- */

struct reading {
    DIR *folder;
    struct dirent *names;
    size_t count, at;
};

static struct reading readings[64];

typedef struct dirent *(*Read)(DIR *);

/* Hand the list of this folder out from memory, filling the memory first when it is empty or too old. */
static DIR *begin(DIR *folder, const char *path) {
    REAL(Read, "readdir64");
    if (!folder || !is_below(path)) return folder;
    struct entry *one = find(LISTED, path, 0);
    if (!one) {
        struct dirent *names = NULL, *next;
        size_t count = 0;
        while ((next = real(folder))) {
            names = realloc(names, (count + 1) * sizeof *names);
            memcpy(&names[count++], next, next->d_reclen < sizeof *next ? next->d_reclen : sizeof *next);
        }
        one = remember(LISTED, path, 0);
        one->kept = names;
        one->length = count;
    }
    for (size_t at = 0; at < sizeof readings / sizeof *readings; at++) {
        struct reading *free_one = &readings[at];
        if (free_one->folder) continue;
        free_one->names = malloc(one->length * sizeof *free_one->names + 1);
        memcpy(free_one->names, one->kept, one->length * sizeof *free_one->names);
        free_one->count = one->length;
        free_one->at = 0;
        free_one->folder = folder;
        return folder;
    }
    return folder;
}

static struct reading *reading_of(DIR *folder) {
    for (size_t at = 0; at < sizeof readings / sizeof *readings; at++)
        if (folder && readings[at].folder == folder) return &readings[at];
    return NULL;
}

DIR *opendir(const char *path) {
    REAL(DIR *(*)(const char *), "opendir");
    return begin(real(path), path);
}

DIR *fdopendir(int handle) {
    REAL(DIR *(*)(int), "fdopendir");
    char path[PATH_MAX];
    path_of(handle, path);
    return begin(real(handle), path);
}

#define NEXT(name, kind) \
    kind *name(DIR *folder) { \
        REAL(kind *(*)(DIR *), #name); \
        struct reading *one = reading_of(folder); \
        if (!one) return real(folder); \
        return one->at < one->count ? (kind *)&one->names[one->at++] : NULL; \
    }

NEXT(readdir, struct dirent)
NEXT(readdir64, struct dirent64)

int closedir(DIR *folder) {
    REAL(int (*)(DIR *), "closedir");
    struct reading *one = reading_of(folder);
    if (one) {
        free(one->names);
        one->folder = NULL;
    }
    return real(folder);
}

/* --- what this process itself changes -------------------------------------------------------------------------- */

#define BY_NAME(name) \
    int name(const char *path) { \
        REAL(int (*)(const char *), #name); \
        int answer = real(path); \
        changed(path); \
        return answer; \
    }

BY_NAME(unlink)
BY_NAME(rmdir)

#define BY_TWO_NAMES(name) \
    int name(const char *from, const char *to) { \
        REAL(int (*)(const char *, const char *), #name); \
        int answer = real(from, to); \
        changed(from); \
        changed(to); \
        return answer; \
    }

BY_TWO_NAMES(rename)
BY_TWO_NAMES(link)

int mkdir(const char *path, mode_t rights) {
    REAL(int (*)(const char *, mode_t), "mkdir");
    int answer = real(path, rights);
    changed(path);
    return answer;
}

int unlinkat(int folder, const char *name, int flags) {
    REAL(int (*)(int, const char *, int), "unlinkat");
    char path[PATH_MAX];
    int answer = real(folder, name, flags);
    if (desk_folder[0]) {
        whole_path(folder, name, path);
        changed(path);
    }
    return answer;
}

ssize_t write(int handle, const void *bytes, size_t length) {
    REAL(ssize_t (*)(int, const void *, size_t), "write");
    ssize_t answer = real(handle, bytes, length);
    changed_handle(handle);
    return answer;
}

#define PWRITE(name) \
    ssize_t name(int handle, const void *bytes, size_t length, off_t place) { \
        REAL(ssize_t (*)(int, const void *, size_t, off_t), #name); \
        ssize_t answer = real(handle, bytes, length, place); \
        changed_handle(handle); \
        return answer; \
    }

PWRITE(pwrite)
PWRITE(pwrite64)

#define SENDFILE(name) \
    ssize_t name(int to, int from, off_t *place, size_t length) { \
        REAL(ssize_t (*)(int, int, off_t *, size_t), #name); \
        ssize_t answer = real(to, from, place, length); \
        changed_handle(to); \
        return answer; \
    }

SENDFILE(sendfile)
SENDFILE(sendfile64)

#define TRUNCATE(name) \
    int name(int handle, off_t length) { \
        REAL(int (*)(int, off_t), #name); \
        int answer = real(handle, length); \
        changed_handle(handle); \
        return answer; \
    }

TRUNCATE(ftruncate)
TRUNCATE(ftruncate64)

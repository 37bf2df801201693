/* Which folder the preloaded libraries look after, and how a call's file is recognised as lying below it. */

#ifndef DESK_FOLDER_H
#define DESK_FOLDER_H

#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* The real function behind a preloaded one, looked up once. */
#define REAL(kind, name) \
    static __typeof__(kind) real; \
    if (!real) real = (__typeof__(kind))dlsym(RTLD_NEXT, name)

/* Empty until the library is told its folder: before that it changes nothing. */
static char desk_folder[PATH_MAX];

static void __attribute__((unused)) set_folder(const char *folder) {
    snprintf(desk_folder, sizeof desk_folder, "%s", folder);
}

static int __attribute__((unused)) is_below(const char *path) {
    size_t length = strlen(desk_folder);
    return length && !strncmp(path, desk_folder, length) && (path[length] == '/' || path[length] == 0);
}

/* The path behind a descriptor; empty when it has none. */
static void __attribute__((unused)) path_of(int handle, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", handle);
    ssize_t length = readlink(link, path, PATH_MAX - 1);
    path[length > 0 ? length : 0] = 0;
}

static int __attribute__((unused)) handle_is_below(int handle) {
    char path[PATH_MAX];
    if (!desk_folder[0]) return 0;
    path_of(handle, path);
    return is_below(path);
}

/* The whole path of a name that may be given relative to an open folder. */
static void __attribute__((unused)) whole_path(int folder, const char *name, char *path) {
    if (name[0] == '/' || folder == AT_FDCWD) {
        snprintf(path, PATH_MAX, "%s", name);
        return;
    }
    path_of(folder, path);
    size_t length = strlen(path);
    snprintf(path + length, PATH_MAX - length, "/%s", name);
}

#endif

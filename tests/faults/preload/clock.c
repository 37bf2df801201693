/* Shows this process a clock on the wall that is wrong by some seconds and may leap; its stop watch stays right. */

#define _GNU_SOURCE
#include <sys/time.h>
#include <time.h>

#include "folder.h"

static long long shift; /* nanoseconds */

/* From now on the clock shows this many seconds more than it is; called again, it leaps. */
void desk_clock(double seconds) { shift = (long long)(seconds * 1e9); }

static void move(struct timespec *time) {
    long long nanoseconds = time->tv_nsec + shift % 1000000000LL;
    time->tv_sec += shift / 1000000000LL;
    if (nanoseconds < 0) {
        nanoseconds += 1000000000LL;
        time->tv_sec--;
    } else if (nanoseconds >= 1000000000LL) {
        nanoseconds -= 1000000000LL;
        time->tv_sec++;
    }
    time->tv_nsec = nanoseconds;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    REAL(int (*)(clockid_t, struct timespec *), "clock_gettime");
    int answer = real(clock, time);
    if (!answer && shift && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) move(time);
    return answer;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
    struct timespec now;
    (void)zone;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *kept) {
    struct timespec now;
    if (clock_gettime(CLOCK_REALTIME, &now)) return -1;
    if (kept) *kept = now.tv_sec;
    return now.tv_sec;
}

"""Times two things in turn, A B A B …, so that a machine whose speed drifts treats both alike.

On a machine that is busy otherwise the time of the clock says little: ``by_processor`` counts the processor's instead.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


class _Clock:
    counts_processor = False


def by_processor() -> None:
    """Count the seconds that this process and its ended children hold a processor, from now on."""
    _Clock.counts_processor = True


def counts_processor() -> bool:
    """Return whether the processor's time is counted."""
    return _Clock.counts_processor


def clock() -> float:
    """Return the seconds of the clock that is in use."""
    return _processor_seconds() if counts_processor() else time.perf_counter()


def _processor_seconds() -> float:
    import resource  # not on Windows

    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


@dataclass(frozen=True)
class Paired:
    """Median seconds of ours and of the bare thing, and the median of the ratios pair by pair."""

    ours: float
    bare: float
    ratio: float


def pair(ours: Callable[[], object], bare: Callable[[], object], *, rounds: int = 9, warm: int = 1) -> Paired:
    """Run both ``rounds`` times in turn after ``warm`` rounds that do not count."""
    for _ in range(warm):
        ours()
        bare()
    times = [(_time(ours), _time(bare)) for _ in range(rounds)]
    return from_times(times)


def from_times(times: list[tuple[float, float]]) -> Paired:
    """Return the medians of measured pairs (ours, bare) in seconds."""
    return Paired(
        statistics.median(one for one, _ in times),
        statistics.median(other for _, other in times),
        statistics.median(one / other for one, other in times),
    )


def _time(run: Callable[[], object]) -> float:
    start = clock()
    run()
    return clock() - start

"""The guards of the seat, each switched off: then the rounds must fail, or they prove nothing.

A guard is switched off in the process of the rounds alone, before it forks its writers.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Final

from db import layout, seat, taking_over


def _no_look_after_the_commit() -> None:
    seat.Seat.confirm = lambda _self: None


def _same_file() -> None:
    def same(folder: Path, *_: object, **__: object) -> Path:
        found = layout.database_of(folder)
        assert found is not None
        return found

    taking_over.go_on_in_new_file = same


def _copied_once() -> None:
    def once(source: Path, copy: Path) -> bool:
        for ending in ("", taking_over.JOURNAL_ENDING):
            part = source.with_name(source.name + ending)
            if part.is_file():
                shutil.copyfile(part, copy.with_name(copy.name + ending))
        return True

    taking_over._copied = once


def _claim_of_anybody() -> None:
    def create(folder: Path, claim: seat.Claim) -> None:
        seat._path(folder, claim.seat, "claim").write_bytes(seat._claim_bytes(claim))

    seat._create = create


def _no_wait() -> None:
    """The rounds themselves wait for no time at all (``settle`` 0)."""


def _no_question_by_name() -> None:
    seat._check_new_list = lambda *_: None


OFF: Final[dict[str, Callable[[], None]]] = {
    "confirm": _no_look_after_the_commit,
    "new-name": _same_file,
    "settle": _no_wait,
    "sums": _copied_once,
    "exclusive": _claim_of_anybody,
    "by-name": _no_question_by_name,
}

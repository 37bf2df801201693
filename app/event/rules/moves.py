"""Compares the deadlines of an event before and after a move."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.event.rules.deadlines import Deadline
from db.record import record


@record
class DeadlineMove:
    """Change of one deadline; ``shift_days`` is new − old of the date that 残り counts to."""

    task: str
    old: Deadline | None
    new: Deadline | None
    done_on: date | None
    shift_days: int

    @property
    def is_changed(self) -> bool:
        """Return whether an open deadline gets another date, is added or is dropped."""
        return self.done_on is None and (self.old is None or self.new is None or self.shift_days != 0)

    @property
    def words(self) -> str:
        """Return 「済のまま」「7日後ろへ」「4日前へ」「変わりません」「なくなります」「加わります」."""
        if self.done_on:
            return "済のまま"
        if self.new is None:
            return "なくなります"
        if self.old is None:
            return "加わります"
        if self.shift_days == 0:
            return "変わりません"
        return f"{self.shift_days}日後ろへ" if self.shift_days > 0 else f"{-self.shift_days}日前へ"


def deadline_moves(
    old: Iterable[Deadline], new: Iterable[Deadline], done: Mapping[str, date]
) -> tuple[DeadlineMove, ...]:
    """Return every deadline of an event before and after its date changes.

    Args:
        done: the day each finished task was done; it stays done.
    """
    old_by_task = {deadline.task: deadline for deadline in old}
    new_by_task = {deadline.task: deadline for deadline in new}
    moves = []
    for task in dict.fromkeys((*old_by_task, *new_by_task)):
        before, after = old_by_task.get(task), new_by_task.get(task)
        shift = (after.effective_date - before.effective_date).days if before and after else 0
        moves.append(DeadlineMove(task=task, old=before, new=after, done_on=done.get(task), shift_days=shift))
    return tuple(moves)

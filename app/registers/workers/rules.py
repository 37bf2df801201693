"""The contractor's people on a day, with 氏名, 所属, 役割 and period as notified to the ward (特7).

役割 is added by the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Literal

from app.ledgers.rules import LedgerLine, cell_day
from db.record import record
from db.records.programme import EventKind

ROLES = ("管理責任者", "業務責任者", "講師", "アドバイザー", "ファシリテーター", "事務")
_LECTURERS = slice(2, 4)
"""Those of the roles that are called otherwise in other contracts."""


def roles_of_year(kinds: Sequence[EventKind]) -> tuple[str, ...]:
    """Return the roles in a year: who leads is called as its kinds say, 班 of an 意見交換 have ファシリテーター."""
    *before, guide, office = (*ROLES[: _LECTURERS.start], *ROLES[_LECTURERS.stop :])
    led = dict.fromkeys(one.lecturer for one in kinds)
    return (*before, *led, *((guide,) if any(one.form.in_groups for one in kinds) else ()), office)


TOOK_PART, ABSENT = "受講", "未受講"
"""How somebody stands to the 教育 of 特9."""
State = Literal["予定", "従事中", "期間切れ"]


@record
class Worker:
    """One person of the contractor, from the row ``row_key`` of the 従事者名簿."""

    row_key: str
    name: str
    affiliation: str
    role: str
    begins: date | None
    ends: date | None

    def is_serving(self, day: date) -> bool:
        """Return whether ``day`` lies in the period, both ends included (特7: 従事開始日 and 従事終了予定日)."""
        return (self.begins is None or self.begins <= day) and (self.ends is None or day <= self.ends)

    def state(self, day: date) -> State:
        """Return the state of this person on a day: 予定 before the period, 従事中, or 期間切れ."""
        if self.begins is not None and day < self.begins:
            return "予定"
        return "従事中" if self.is_serving(day) else "期間切れ"


def workers_of(lines: Iterable[LedgerLine]) -> tuple[Worker, ...]:
    """Return the people in the rows of the ledger that are not cancelled, in order."""
    return tuple(
        Worker(
            row_key=line.key,
            name=line.cell("name"),
            affiliation=line.cell("belongs"),
            role=line.cell("role"),
            begins=cell_day(line.cell("begins")),
            ends=cell_day(line.cell("ends")),
        )
        for line in lines
        if not line.cancel_reason
    )


def period_problem(cells: Mapping[str, str]) -> str:
    """Return why the two days of a row contradict each other, or ""."""
    begins, ends = cell_day(cells.get("begins", "")), cell_day(cells.get("ends", ""))
    if begins is not None and ends is not None and ends < begins:
        return "従事終了予定日が、従事開始日より前になっています。"
    return ""

"""The kinds of received documents: title, clause, who owes it, when, its points, and who answers by when.

Subjects register their kinds; ``RECEIVED_KINDS`` holds all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final, Literal

from app.actions.user_error import UserError
from app.common.extension_point import ExtensionPoint
from db.frozen_record import frozen_record
from db.journal import Change
from db.records.programme import Programme
from db.records.submissions.received import ReceivedPaper
from db.store import Store

RECEIVED_KINDS: Final[ExtensionPoint[ReceivedKind]] = ExtensionPoint("received_kinds")
About = Literal["実施回", "年度"]
HANDOUT: Final = "資料"


@frozen_record
class ReceiptScope:
    """The scope of a received document: exactly one of an event and a year."""

    event_id: int | None = None
    programme_id: int | None = None


def _no_points(_store: Store, _scope: ReceiptScope) -> tuple[str, ...]:
    return ()


def _do_nothing(_store: Store, _change: Change, _paper: ReceivedPaper, _by: str, _now: datetime) -> None:
    """Do nothing on receipt; the default of ``on_received``."""


def _accept_any_day(_store: Store, _scope: ReceiptScope, _day: date, _today: date) -> None:
    """Accept any day of receipt; the default of ``reject_day``."""


def _every_year(_programme: Programme) -> bool:
    return True


def _no_target_day(_programme: Programme) -> date | None:
    return None


@frozen_record
class ReceivedKind:
    """One kind of document that the contractor hands in.

    Attributes:
        kind: its everyday name. about: whether there is one per event, or per year.
        clause: why it is owed (「仕4(4)」, 「特7」), "" = no clause asks for it. rule: by when, in words.
        is_owed: whether a year has it at all; if not, only received ones are listed. target_day: the day by which it
            is wanted where no task has its date, a 目安日.
        task: the deadline task that its receipt closes, "" = none; ``is_target_day`` True = its date is only a 目安日.
        points: what 内容確認 checks, exactly as in the clause. keep_years: proposed 保存年限.
        reject_day: refuses an impossible day of receipt. on_received: called inside the change that receives it.
        has_own_check: its subject has a check of its own, where it is opened.
        is_standalone: every received document has versions of its own, and none is owed beforehand.
        settled_by_kind: the kind of document of the same event whose 確認済 ends a requested correction, "" = none.
        contractor_task: the task with the contractor's date, if it is not the one that its receipt closes.
        correction_task: that of a corrected version. answer_task: that of the ward's answer, "" = so many days after
            the receipt, a 目安日.
        check_verb: the verb of the first of its three steps 見た, 結果, 通知した.
    """

    kind: str
    about: About
    clause: str
    rule: str = ""
    is_owed: Callable[[Programme], bool] = _every_year
    target_day: Callable[[Programme], date | None] = _no_target_day
    task: str = ""
    is_target_day: bool = False
    points: Callable[[Store, ReceiptScope], tuple[str, ...]] = _no_points
    keep_years: int = 5
    reject_day: Callable[[Store, ReceiptScope, date, date], None] = _accept_any_day
    on_received: Callable[[Store, Change, ReceivedPaper, str, datetime], None] = _do_nothing
    has_own_check: bool = False
    is_standalone: bool = False
    settled_by_kind: str = ""
    contractor_task: str = ""
    correction_task: str = ""
    answer_task: str = ""
    check_verb: str = "確認する"

    @property
    def awaited_task(self) -> str:
        """Return the task with the contractor's date, "" = none."""
        return self.contractor_task or self.task

    @property
    def allows_multiple(self) -> bool:
        """Return whether a year may have several of it, each with its own versions and its own check."""
        return self.about == "年度" and (self.is_standalone or not self.clause)

    def is_standalone_in(self, programme: Programme) -> bool:
        """Return whether in a year each one stands alone, and none is owed before it comes."""
        return not self.clause or self.is_standalone or not self.is_owed(programme)


def find_received_kind(kind: str) -> ReceivedKind:
    """Return the received kind of a name; raises ``UserError`` with the existing names."""
    found = next((one for one in RECEIVED_KINDS if one.kind == kind), None)
    if found is None:
        known = "、".join(one.kind for one in RECEIVED_KINDS)
        raise UserError(f"「{kind}」という提出物はありません。", f"つぎの中から選んでください：{known}")
    return found


def fixed_points(*points: str) -> Callable[[Store, ReceiptScope], tuple[str, ...]]:
    """Return a function with points that are the same for every event and year."""
    return lambda _store, _scope: points

"""The one table of what is received: title, clause, who owes it, when, its points, and who answers by when.

A subject offers its kinds as ``RECEIVED``; ``RECEIVED`` here is all of them, ``find_received_kind`` one by its name.
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
    """What a received paper is about: exactly one of an event and a year."""

    event_id: int | None = None
    programme_id: int | None = None


def _no_points(_store: Store, _scope: ReceiptScope) -> tuple[str, ...]:
    return ()


def _do_nothing(_store: Store, _change: Change, _paper: ReceivedPaper, _by: str, _now: datetime) -> None:
    """Nothing else happens."""


def _accept_any_day(_store: Store, _scope: ReceiptScope, _day: date, _today: date) -> None:
    """Every day will do."""


def _every_year(_programme: Programme) -> bool:
    return True


def _no_target_day(_programme: Programme) -> date | None:
    return None


@frozen_record
class ReceivedKind:
    """One kind of paper that the contractor hands in.

    Attributes:
        kind: its name, as people say it. about: whether each event has one, or the year.
        clause: why it is owed (「仕4(4)」, 「特7」), "" = no clause asks for it. rule: by when, in words.
        missing_papers: whether a year has it at all; where it has not, a row stands only for what came. target_day:
            the day by which it is wished for where no task has its date, a 目安日.
        task: the task of the deadlines that its receipt closes, "" = none; ``is_target_day`` True = its date is at
            most a 目安日.
        points: what 内容確認 looks for, exactly as the clause has it. keep_years: 保存年限 that is proposed.
        reject_day: refuses a day on which it cannot have come in. on_received: done inside the change that receives
            it.
        has_own_check: its subject has a check of its own, where it is opened.
        is_standalone: every paper that came stands by itself with its own versions, and none is owed before it comes.
        settled_by_kind: the kind of paper of the same event with whose 確認済 a correction that was asked for ends, ""
        =
            none.
        contractor_task: the task with the date of the contractor, where that is not the one that its receipt closes.
        correction_task: that of a mended version. answer_task: that of the ward's answer, "" = so many days after the
            receipt, a 目安日.
        check_verb: the verb of the first of its three steps, which are the same for all: 見た, 結果, 通知した.
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
        """The task with the date of the contractor, "" = none."""
        return self.contractor_task or self.task

    @property
    def allows_multiple(self) -> bool:
        """Whether a year may have several papers of it, each with its own versions; a new one ends no other's check."""
        return self.about == "年度" and (self.is_standalone or not self.clause)

    def is_standalone_in(self, programme: Programme) -> bool:
        """Whether in a year each paper of it stands by itself, and none is owed before it comes."""
        return not self.clause or self.is_standalone or not self.is_owed(programme)


def find_received_kind(kind: str) -> ReceivedKind:
    """Return the declaration of a kind; raises ``UserError`` with the names of those there are."""
    found = next((one for one in RECEIVED_KINDS if one.kind == kind), None)
    if found is None:
        known = "、".join(one.kind for one in RECEIVED_KINDS)
        raise UserError(f"「{kind}」という提出物はありません。", f"つぎの中から選んでください：{known}")
    return found


def fixed_points(*points: str) -> Callable[[Store, ReceiptScope], tuple[str, ...]]:
    """Return points that are the same for every event and year."""
    return lambda _store, _scope: points

"""A task: one thing that is due, ready for a screen, made from a deadline of the rules and what is done.

- ``make_task(deadline, event, today, calendar, …) -> Task``
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.asked import Asked, What
from app.calendar.dates import short_date
from app.calendar.office_days import OfficeCalendar
from app.subjects.events.rules.closing_deadlines import INSPECTION, PAYMENT
from app.subjects.events.rules.deadlines import HEADCOUNT, MATERIAL, REPORT, Deadline, Owner
from app.subjects.events.rules.guides import (
    DAY_SET,
    DRAFT,
    INTERIM_BUDGET,
    INTERIM_REVIEW,
    INVOICE,
    NOTICE,
    QUESTIONS,
    REVIEW,
    TALLY_CHECK,
)
from app.subjects.events.rules.states import Bucket, announced_stage, state_of
from db.records.events import Event
from db.records.programme import Kind

PROPOSAL = "提案書"
STEP = "募集の段取り"
CHANGE_NOTICE = "人数の変更連絡"
RESULT = "実施結果の記録"
DECIDE = "日程の決定"
RESUBMISSION = "資料の再提出"
CORRECTION = "報告書の修正版"
MORE_PEOPLE = "追加募集"

Ball = Literal["区", "受託者"]
Column = Literal["nominal", "working", "margin"]

LABELS: Mapping[str, str] = {
    HEADCOUNT: "参加人数を受託者へ連絡する",
    MATERIAL: "資料の確認を終える",
    REPORT: "実施報告書の提出",
    DRAFT: "資料（案）の提出",
    QUESTIONS: "設問を受託者と協議する",
    DAY_SET: "当日資料一式を作成する",
    TALLY_CHECK: "アンケートの検算をする",
    REVIEW: "届いた報告書の内容確認",
    PROPOSAL: "提案書の提出",
    NOTICE: "業務完了届の提出",
    INSPECTION: "検査を終える",
    INVOICE: "請求書の提出",
    PAYMENT: "支払を終える",
    CHANGE_NOTICE: "参加人数の変更を連絡する",
    RESULT: "実施結果を記録する",
    DECIDE: "日程を決める",
    RESUBMISSION: "修正した資料の提出",
    CORRECTION: "実施報告書の修正版の提出",
    MORE_PEOPLE: "追加募集の対象団体を確かめる",
}

_WAITING = frozenset({REPORT, DRAFT, PROPOSAL, RESUBMISSION, CORRECTION, NOTICE, INVOICE})


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing that is due.

    Attributes:
        task: the rule's name (人数連絡, 資料確認, 実施報告書, 募集の段取り …); ``label`` what to do, in words;
            ``detail`` the small words beside it (「17人」「1 / 2点」).
        owner: who does it (区, 受託者, 区・受託者); ``owner_words`` as shown (「区→受託者」); ``ball`` who is
            next to act: 受託者 rows belong to 受託者からの提出待ち.
        contract: True for a duty of the contract, False for a 区の目標 (never 期限超過, never red).
        self_managed: True for the ward's own checks, shown as one grey line.
        nominal, working, margin: 期限（暦どおり） / 期限（開庁日）（民法142条 after an event） / 前倒し目安 or 区の目標;
            the first two are None for a 区の目標. ``due`` is the date the row shows and 残り counts to,
            ``column`` the one of the three that it is. ``due`` None = not yet known.
        rule, clause, basis, margin_basis: 「5日前」, 「仕4(1)エ」 and the arithmetic in sentences;
            ``basis_short`` for the second line of a row.
        override, override_reason: the date set by hand.
        bucket: 期限超過 / 今日 / 今週 / 来週から / 済; ``state_words`` 「あと2日・開庁日 2日」,
            ``short_words`` 「あと2日」, ``open_words`` 「開庁日 2日」; ``closed_on`` when it was done,
            ``late`` done after the deadline.
        provisional: 「仮 …〜…」 while something it rests on is undecided, else empty.
        announced: the announcement reached (7, 3 or 0 days before, by the settings), None before the first.
        asked: what is asked for, and the rows it is about.
        programme_id: the year whose task it is, None for the tasks of an event.
        step_id: the recruitment step behind the row; ``material_id`` the handout.
        fiscal_year: the year whose duty it is, by its western first year (0 = of no year).
    """

    event_id: int | None
    kind: Kind | None
    event_title: str
    event_date: date | None
    task: str
    label: str
    detail: str = ""
    owner: Owner
    owner_words: str
    ball: Ball
    contract: bool
    self_managed: bool = False
    clause: str = ""
    rule: str = ""
    basis: str = ""
    margin_basis: str = ""
    basis_short: str = ""
    nominal: date | None
    working: date | None
    margin: date | None
    due: date | None
    column: Column
    override: date | None = None
    override_reason: str = ""
    closed_on: date | None = None
    late: bool = False
    bucket: Bucket
    days_left: int = 0
    open_days_left: int = 0
    overdue_days: int = 0
    short_words: str = ""
    open_words: str = ""
    state_words: str = ""
    announced: int | None = None
    provisional: str = ""
    warnings: tuple[str, ...] = ()
    asked: Asked
    programme_id: int | None = None
    step_id: int | None = None
    material_id: int | None = None
    fiscal_year: int = 0

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.closed_on is None


_ASKS: Mapping[str, What] = {
    HEADCOUNT: "人数を連絡する",
    CHANGE_NOTICE: "人数の変更を連絡する",
    MORE_PEOPLE: "追加募集の団体を確かめる",
    MATERIAL: "資料を確認する",
    DRAFT: "資料の提出を求める",
    RESUBMISSION: "資料の提出を求める",
    QUESTIONS: "設問を協議する",
    DAY_SET: "当日資料を作成する",
    TALLY_CHECK: "検算をする",
    RESULT: "結果を記録する",
    REPORT: "報告書の提出を求める",
    CORRECTION: "報告書の提出を求める",
    REVIEW: "報告書を確認する",
    DECIDE: "日程を決める",
}


def asked_by(task: str, event: Event | None) -> Asked:
    """Return what a task asks for by itself; one of a year is closed among 年度の期日, but 中間集計 is a paper."""
    if event is not None:
        return Asked(what=_ASKS.get(task, "実施回の期限を見る"), event_id=event.id)
    if task in (INTERIM_BUDGET, INTERIM_REVIEW):
        return Asked(what="中間集計をする")
    return Asked(what="年度の期日を終える", task=task)


def make_task(
    deadline: Deadline,
    *,
    event: Event | None,
    today: date,
    calendar: OfficeCalendar,
    closed_on: date | None = None,
    label: str = "",
    detail: str = "",
    asked: Asked | None = None,
    announce_days: Iterable[int] = (),
    provisional: str = "",
    programme_id: int | None = None,
    step_id: int | None = None,
    material_id: int | None = None,
) -> Task:
    """Turn a deadline of the rules into the row of a screen, as it stands on ``today``."""
    state = state_of(deadline, today, closed_on, calendar)
    own = not deadline.contract
    return Task(
        event_id=event.id if event else None,
        kind=event.kind if event else None,
        event_title=event.full_title if event else "",
        event_date=event.event_date if event else None,
        task=deadline.task,
        label=label or LABELS.get(deadline.task, deadline.task),
        detail=detail,
        owner=deadline.owner,
        owner_words="区→受託者" if deadline.task in (HEADCOUNT, CHANGE_NOTICE) else deadline.owner,
        ball="受託者" if deadline.task in _WAITING else "区",
        contract=deadline.contract,
        self_managed=deadline.task == TALLY_CHECK,
        clause=deadline.clause,
        rule=deadline.rule,
        basis=deadline.basis,
        margin_basis=deadline.margin_basis,
        basis_short=short_basis(deadline, today),
        nominal=None if own else deadline.nominal,
        working=None if own else deadline.working,
        margin=deadline.margin,
        due=deadline.counts_to,
        column="margin" if own else "working" if deadline.direction == "before" else "nominal",
        override=deadline.override,
        override_reason=deadline.override_reason,
        closed_on=closed_on,
        late=state.late,
        bucket=state.bucket,
        days_left=state.days_left,
        open_days_left=state.open_days_left,
        overdue_days=state.overdue_days,
        short_words=state.short_words,
        open_words=state.open_words,
        state_words=state.words,
        announced=announced_stage(state, announce_days),
        provisional=provisional,
        warnings=deadline.warnings,
        asked=asked or asked_by(deadline.task, event),
        programme_id=programme_id,
        step_id=step_id,
        material_id=material_id,
    )


def short_basis(deadline: Deadline, today: date) -> str:
    """The basis in one short line: 「仕4(1)エ 5日前 9/19(土)→前の開庁日」, 「区の目標 2開庁日前」."""
    if deadline.override is not None:
        return f"手で変更（{deadline.override_reason}）"
    if not deadline.contract:
        return f"区の目標 {deadline.rule}".strip()
    words = f"{deadline.clause} {deadline.rule}".strip()
    if deadline.working == deadline.nominal:
        return words
    if deadline.direction == "before":
        return f"{words} {short_date(deadline.nominal, today)}→前の開庁日"
    return f"{words} 休日の場合 {short_date(deadline.working, today)}"

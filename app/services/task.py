"""A task: one thing that is due, ready for a screen, made from a deadline of the rules and what is done.

Places an ``Action`` may name: "event" (arguments ``event_id``, ``tab`` 概要/参加者/資料/アンケート/報告書/履歴, and
``step_id`` or ``part`` for a place inside 概要), "materials", "report" and "documents" (``event_id``), "year".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from app.rules.calendar import OfficeCalendar
from app.rules.dates import short_date
from app.rules.deadlines import HEADCOUNT, MATERIAL, REPORT, Deadline, Owner
from app.rules.guides import DAY_SET, DRAFT, QUESTIONS, REVIEW, TALLY_CHECK
from app.rules.states import Bucket, state_of
from db.records.events import Event
from db.records.programme import Kind

PROPOSAL = "提案書"
STEP = "募集の段取り"
CHANGE_NOTICE = "人数の変更連絡"
RESULT = "実施結果の記録"
DECIDE = "日程の決定"
RESUBMISSION = "資料の再提出"
CORRECTION = "報告書の修正版"

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
    CHANGE_NOTICE: "参加人数の変更を連絡する",
    RESULT: "実施結果を記録する",
    DECIDE: "日程を決める",
    RESUBMISSION: "資料の再提出",
    CORRECTION: "実施報告書の修正版の提出",
}
_WAITING = frozenset({REPORT, DRAFT, PROPOSAL, RESUBMISSION, CORRECTION})


@dataclass(frozen=True, kw_only=True)
class Action:
    """The button of a row: its words and where it leads."""

    label: str
    place: str
    arguments: Mapping[str, object] = field(default_factory=dict)


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
        urgent: announced (7, 3 or 0 days before, by the settings).
        step_id: the recruitment step behind the row; ``material_id`` the handout.
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
    provisional: str = ""
    warnings: tuple[str, ...] = ()
    action: Action
    step_id: int | None = None
    material_id: int | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be done."""
        return self.closed_on is None


def make_task(
    deadline: Deadline,
    *,
    event: Event | None,
    today: date,
    calendar: OfficeCalendar,
    closed_on: date | None = None,
    label: str = "",
    detail: str = "",
    action: Action | None = None,
    provisional: str = "",
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
        provisional=provisional,
        warnings=deadline.warnings,
        action=action or action_for(deadline.task, event),
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


def action_for(task: str, event: Event | None) -> Action:
    """The button that does the thing."""
    if event is None:
        return Action(label="年度まとめを開く", place="year")
    tabs: Mapping[str, tuple[str, str]] = {
        HEADCOUNT: ("人数連絡を作成", "参加者"),
        CHANGE_NOTICE: ("変更連絡を作成", "参加者"),
        QUESTIONS: ("設問を開く", "アンケート"),
        TALLY_CHECK: ("検算を開く", "アンケート"),
        STEP: ("段取りを開く", "概要"),
        DECIDE: ("日程を決める", "概要"),
    }
    if task in (MATERIAL, DRAFT, RESUBMISSION):
        label = "資料を開く" if task == MATERIAL else "提出のお願い"
        return Action(label=label, place="materials", arguments={"event_id": event.id})
    if task in (REPORT, CORRECTION, REVIEW):
        label = "報告書を確かめる" if task == REVIEW else "提出のお願い"
        return Action(label=label, place="report", arguments={"event_id": event.id})
    if task == DAY_SET:
        return Action(label="当日資料を作成", place="documents", arguments={"event_id": event.id})
    if task == RESULT:
        arguments = {"event_id": event.id, "tab": "概要", "part": "result"}
        return Action(label="結果を記録", place="event", arguments=arguments)
    label, tab = tabs.get(task, ("開く", "概要"))
    return Action(label=label, place="event", arguments={"event_id": event.id, "tab": tab})

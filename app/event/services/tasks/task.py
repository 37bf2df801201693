"""A task: one thing that is due, ready for a screen, made from a deadline of the rules and its completion."""

from __future__ import annotations

from datetime import date
from typing import Literal

from app.actions.action_id import ActionId, ActionLink
from app.calendar.dates import short_date
from app.event.rules.deadline_states import Bucket, DeadlineState
from app.event.rules.deadlines import Deadline, Owner
from db.record import record
from db.records.events import Event
from db.records.programme import Kind

OWN_TARGET = "目安日"
"""Words for a day that no clause asks for; also the rule of a day that has no other basis."""

PROPOSAL = "提案書"
STEP = "募集の段取り"
DRAFTING = "起案を上げる日"
CHANGE_NOTICE = "人数の変更連絡"
NOTIFY_CHANGE = "変わったことの連絡"
NOTIFY = "作成したものの連絡"
NOTIFY_RESULT = "資料確認結果の連絡"
EXCHANGE = "当日の紙の差替え"
ADDED_HANDOUT = "足した資料の確認"
NOT_CHOSEN = "補欠・落選の連絡"
WITHDRAWN = "辞退の受理の連絡"
REVOKED = "決定の取消しの連絡"
CANCELLED = "中止通知の連絡"
CHANGED = "変更通知の連絡"
DECIDED_LATER = "あとから決まった方への連絡"
RESULT = "実施結果の記録"
DECIDE = "日程の決定"
DECIDE_PLACE = "新しい会場の決定"
CANCELLATION_TALK = "中止の協議"
CUT_SHORT_TALK = "打切りの協議"
RESUBMISSION = "資料の再提出"
CORRECTION = "報告書の修正版"
UNRECORDED = "記録のないこと"
MORE_PEOPLE = "追加募集"
LATER_DRAFT = "事後の起案"

NextActor = Literal["区", "受託者"]
Column = Literal["nominal", "working", "margin"]


@record
class TaskWords:
    """Words common to all tasks of a kind.

    Attributes:
        name: the rule's name, which is stored in data folders and never changes.
        label: what to do, in words.
        action: what its button opens.
        next_actor: who is next to act.
        owner_words: the owner as shown, "" = as in the deadline.
        is_own_check: the ward's own check, shown as one grey line.
    """

    name: str
    label: str
    action: ActionId
    next_actor: NextActor = "区"
    owner_words: str = ""
    is_own_check: bool = False


@record
class Task:
    """One thing that is due: a deadline of the rules, its state today, and its action.

    Attributes:
        deadline: from the rules: kind of task, owner, dates, basis.
        state: its state today.
        event: whose task it is, None for one of the year.
        words: the words of its kind.
        label: what to do, in words; ``detail`` the small words beside it (「17人」「1 / 2点」).
        basis_short: the basis in one line, for the second line of a row.
        completed_on: when it was done.
        announced_days: the announcement reached (7, 3 or 0 days before, by the settings), None before the first.
        provisional_words: 「仮 …〜…」 while something it rests on is undecided, else empty.
        link: the action with the rows it is about.
        programme_id: the year whose task it is, None for the tasks of an event.
        step_id: the recruitment step behind the row; ``material_id`` the handout.
        closed_because: the reason with which somebody closed it by hand; "" = a record did, or it is open.
        fiscal_year: the year whose duty it is, by its western first year (0 = of no year).
    """

    deadline: Deadline
    state: DeadlineState
    event: Event | None
    words: TaskWords
    label: str
    detail: str
    basis_short: str
    completed_on: date | None
    announced_days: int | None
    provisional_words: str
    link: ActionLink
    programme_id: int | None
    step_id: int | None
    material_id: int | None
    closed_because: str = ""
    fiscal_year: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether it is still to be done."""
        return self.completed_on is None

    # owner

    @property
    def event_id(self) -> int | None:
        """Return the event's id, None for a task of the year."""
        return self.event.id if self.event else None

    @property
    def kind(self) -> Kind | None:
        """Return the kind of the event, None for a task of the year."""
        return self.event.kind if self.event else None

    @property
    def event_title(self) -> str:
        """Return 「第2回 LINE講習会」, or ""."""
        return self.event.full_title if self.event else ""

    @property
    def event_date(self) -> date | None:
        """Return the day of the event, None without an event or a day."""
        return self.event.event_date if self.event else None

    # from the deadline

    @property
    def task(self) -> str:
        """Return the rule's name (人数連絡, 資料確認, 実施報告書, 募集の段取り …)."""
        return self.deadline.task

    @property
    def owner(self) -> Owner:
        """Return who does it (区, 受託者, 区・受託者)."""
        return self.deadline.owner

    @property
    def owner_words(self) -> str:
        """Return the owner as shown (「区→受託者」)."""
        return self.words.owner_words or self.owner

    @property
    def next_actor(self) -> NextActor:
        """Return who is next to act; rows of 受託者 belong to 受託者からの提出待ち."""
        return self.words.next_actor

    @property
    def is_contract_duty(self) -> bool:
        """Return True for a duty of the contract, False for a 目安日 (never 期限超過, never red)."""
        return self.deadline.contract

    @property
    def is_own_check(self) -> bool:
        """Return True for the ward's own checks, shown as one grey line."""
        return self.words.is_own_check

    @property
    def is_own_target(self) -> bool:
        """Return True for a day that the ward set itself and nobody else waits for."""
        return not (self.is_contract_duty or self.deadline.waits) and (
            bool(self.words.name) or self.step_id is not None or self.rule == OWN_TARGET
        )

    @property
    def clause(self) -> str:
        """Return 「仕4(1)エ」."""
        return self.deadline.clause

    @property
    def rule(self) -> str:
        """Return 「5日前」."""
        return self.deadline.rule

    @property
    def basis(self) -> str:
        """Return the arithmetic in sentences."""
        return self.deadline.basis

    @property
    def margin_basis(self) -> str:
        """Return the arithmetic of 目安日 in sentences."""
        return self.deadline.margin_basis

    @property
    def nominal(self) -> date | None:
        """Return 期限（暦どおり）; None for a 目安日."""
        return self.deadline.nominal if self.is_contract_duty else None

    @property
    def working(self) -> date | None:
        """Return 期限（開庁日）（民法142条 after an event）; None for a 目安日."""
        return self.deadline.working if self.is_contract_duty else None

    @property
    def margin(self) -> date:
        """Return the 目安日, which is no duty of the contract."""
        return self.deadline.margin

    @property
    def due(self) -> date:
        """Return the date the row shows and 残り counts to."""
        return self.deadline.effective_date

    @property
    def column(self) -> Column:
        """Return which date ``due`` is if not set by hand: margin of a 目安日, working before an event, or nominal."""
        if not self.is_contract_duty:
            return "margin"
        return "working" if self.deadline.direction == "before" else "nominal"

    @property
    def override(self) -> date | None:
        """Return the date set by hand, or None."""
        return self.deadline.override

    @property
    def override_reason(self) -> str:
        """Return why the date was set by hand."""
        return self.deadline.override_reason

    @property
    def warnings(self) -> tuple[str, ...]:
        """Return the warnings of the rules."""
        return self.deadline.warnings

    # state

    @property
    def bucket(self) -> Bucket:
        """Return 期限超過 / 今日 / 目安日過ぎ / 今週 / 来週から / 済."""
        return self.state.bucket

    @property
    def is_late(self) -> bool:
        """Return whether it is a duty of the contract and was done after its last day in time; False while open."""
        return self.state.is_late

    @property
    def days_left(self) -> int:
        """Return the days to ``due``, negative when passed; 0 once it is done."""
        return self.state.days_left

    @property
    def overdue_days(self) -> int:
        """Return the days since the last day that was not 期限超過, 0 = not 期限超過."""
        return self.state.overdue_days

    @property
    def short_words(self) -> str:
        """Return 「あと2日」, 「本日まで」, 「1日超過」, 「目安日を3日過ぎ」 or 「済 9/18(金)」."""
        return self.state.short_words

    @property
    def open_words(self) -> str:
        """Return 「開庁日 2日」: the open days to ``due``, or since the last day in time; "" once it is done."""
        return self.state.open_words

    @property
    def state_words(self) -> str:
        """Return 「あと2日・開庁日 2日」; today, afterwards and once done ``short_words`` alone (「1日超過」)."""
        return self.state.words


def target_day_words(rule: str) -> str:
    """Return 「目安日 2開庁日前」; for a target without a rule of its own only its name."""
    return OWN_TARGET if rule == OWN_TARGET else f"{OWN_TARGET} {rule}".strip()


def short_basis(deadline: Deadline, today: date) -> str:
    """Return the basis in one line: 「仕4(1)エ 5日前 9/19(土)→前の開庁日」, 「目安日 2開庁日前」, 「手で変更（…）」."""
    if deadline.override is not None:
        return f"手で変更（{deadline.override_reason}）"
    if not deadline.contract:
        return target_day_words(deadline.rule)
    words = f"{deadline.clause} {deadline.rule}".strip()
    if deadline.working == deadline.nominal:
        return words
    if deadline.direction == "before":
        return f"{words} {short_date(deadline.nominal, today)}→前の開庁日"
    return f"{words} 休日の場合 {short_date(deadline.working, today)}"

"""準備の状態: how far the preparation of an event is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.actions.action_id import ActionId
from app.calendar.dates import short_date
from app.event.rules.agenda import is_length_settled
from app.event.rules.deadlines import HEADCOUNT, MATERIAL
from app.event.rules.target_dates import DAY_SET, QUESTIONS
from db.record import record
from db.records.event_form import EventForm


@record
class PreparationFacts:
    """What is known about an event's preparation; dates are None while not done or not known.

    Attributes:
        planned_minutes: end − start.
        agreements: topics of the event's 協議; ``agreements_open`` are those still 協議中.
        care_people: people with a 配慮; ``care_settled`` are those with everything arranged.
    """

    form: EventForm
    has_survey: bool
    venue_booked_on: date | None = None
    venue_due: date | None = None
    notice_issued_on: date | None = None
    notice_due: date | None = None
    materials_needed: bool = True
    materials_total: int = 0
    materials_confirmed: int = 0
    materials_confirmed_on: date | None = None
    material_due: date | None = None
    equipment_total: int = 0
    equipment_checked: int = 0
    equipment_due: date | None = None
    agenda_minutes: int = 0
    length_agreed: bool = False
    agenda_leaves_rest: bool = False
    agenda_is_example: bool = False
    planned_minutes: int = 120
    agenda_due: date | None = None
    questions_settled_on: date | None = None
    question_due: date | None = None
    has_online_participation: bool = True
    hearing_done_on: date | None = None
    hearing_due: date | None = None
    headcount_notified_on: date | None = None
    headcount_needed: bool = True
    headcount_due: date | None = None
    day_set_ready_on: date | None = None
    day_set_due: date | None = None
    groups: int | None = None
    facilitators: int | None = None
    groups_due: date | None = None
    care_people: int = 0
    care_settled: int = 0
    agreements: int = 0
    agreements_open: tuple[str, ...] = ()


AGREED_ITEMS, EQUIPMENT_ITEM, AGENDA_ITEM = "協議の事項", "機材の手配", "当日進行表"
_COVERED_BY = {
    "会場の使用承認": "会場の使用承認", "事前ヒアリング": "事前ヒアリング", "決定通知の施行": "決定通知",
    "資料の確認": MATERIAL, "アンケートの設問": QUESTIONS, "参加人数の連絡": HEADCOUNT, DAY_SET: DAY_SET,
}  # fmt: skip
"""The task or recruitment step that says the same as a line of 準備の状態."""
_ACTIONS: dict[str, ActionId] = {
    "会場の使用承認": "会場・予約", "班とファシリテーター": "班分け",
    "配慮の手配": "配慮の手配", "オンラインの回答": "アンケート",
}  # fmt: skip


@record
class PreparationItem:
    """One line of 準備の状態.

    Attributes:
        state_word: its state in words.
        due: the day by which it should be done.
        is_example: the program filled it with its default.
    """

    label: str
    is_done: bool
    state_word: str
    due: date | None = None
    is_example: bool = False

    @property
    def covered_by(self) -> str:
        """Return the task or recruitment step that says the same, or empty."""
        return _COVERED_BY.get(self.label, "")

    @property
    def action(self) -> ActionId | None:
        """Return the action of the line, None where it is done in 概要 itself."""
        return _ACTIONS.get(self.label)


def _dated(label: str, done_on: date | None, due: date | None, today: date, *, word: str = "済") -> PreparationItem:
    """Return a line of 準備の状態 that one date (``done_on``) completes: its day and ``word``, until then 「未了」."""
    said = f"{short_date(done_on, today)} {word}" if done_on else "未了"
    return PreparationItem(label=label, is_done=done_on is not None, state_word=said, due=due)


def _materials(facts: PreparationFacts, today: date) -> PreparationItem:
    """Return 資料の確認: done when every material is 確認済 (修正後使用可 stays open)."""
    total, confirmed = facts.materials_total, facts.materials_confirmed
    done = 0 < total <= confirmed
    if not done:
        word = f"{confirmed} / {total}点" if total else "受領前"
    elif facts.materials_confirmed_on:
        word = f"{short_date(facts.materials_confirmed_on, today)} 確認済"
    else:
        word = "確認済"
    return PreparationItem(label="資料の確認", is_done=done, state_word=word, due=facts.material_due)


def _equipment(facts: PreparationFacts) -> PreparationItem:
    """Return 機材の手配: done when every item is ticked."""
    total, checked = facts.equipment_total, facts.equipment_checked
    done = 0 < total <= checked
    word = f"{total}品目" if done else f"{checked} / {total}品目" if total else "未着手"
    return PreparationItem(label=EQUIPMENT_ITEM, is_done=done, state_word=word, due=facts.equipment_due)


def _agenda(facts: PreparationFacts) -> PreparationItem:
    """Return 当日進行表: done when its length is settled (``is_length_settled``): it fills the time, or was agreed."""
    minutes, planned = facts.agenda_minutes, facts.planned_minutes
    done = is_length_settled(minutes, planned, agreed=facts.length_agreed, rest_left=facts.agenda_leaves_rest)
    left = f"{minutes}分・{planned - minutes}分の余り" if minutes < planned else f"{minutes - planned}分超過"
    word = f"{minutes}分" if done else left if minutes else "未着手"
    return PreparationItem(
        label=AGENDA_ITEM, is_done=done, state_word=word, due=facts.agenda_due, is_example=facts.agenda_is_example
    )


def _groups(facts: PreparationFacts) -> PreparationItem:
    """Return 班とファシリテーター: one facilitator for every group (仕様書4(3)カ)."""
    groups, facilitators = facts.groups or 0, facts.facilitators or 0
    done = 0 < groups <= facilitators
    word = f"{groups}班・{facilitators}人" if groups else "未了"
    return PreparationItem(label="班とファシリテーター", is_done=done, state_word=word, due=facts.groups_due)


def preparation_items(facts: PreparationFacts, today: date) -> tuple[PreparationItem, ...]:
    """Return the lines of 準備の状態 for the kind of event; all 協議 are one line, also when settled."""
    # 仕様書4(2)イ: a 派遣 is held at the place of the 団体; the ward approves no use of it.
    if facts.form.at_organisation:
        items = [_dated("事前ヒアリング", facts.hearing_done_on, facts.hearing_due, today)]
    else:
        items = [_dated("会場の使用承認", facts.venue_booked_on, facts.venue_due, today)]
    items.append(_dated("決定通知の施行", facts.notice_issued_on, facts.notice_due, today))
    if facts.materials_needed:
        items.append(_materials(facts, today))
    items += [_equipment(facts), _agenda(facts)]
    if facts.form.in_groups:
        items.append(_groups(facts))
    if facts.care_people:
        word = f"{facts.care_settled} / {facts.care_people}人"
        done = facts.care_settled >= facts.care_people
        items.append(PreparationItem(label="配慮の手配", is_done=done, state_word=word, due=facts.day_set_due))
    if facts.has_survey:
        items.append(_dated("アンケートの設問", facts.questions_settled_on, facts.question_due, today))
    if facts.has_survey and facts.questions_settled_on is not None and not facts.has_online_participation:
        # 仕様書4(1)ケ, (3)ケ: paper and online. Before the questions are settled no online form can be made.
        word = "回答の場所がありません"
        items.append(PreparationItem(label="オンラインの回答", is_done=False, state_word=word, due=facts.day_set_due))
    if facts.headcount_needed:
        items.append(_dated("参加人数の連絡", facts.headcount_notified_on, facts.headcount_due, today))
    items.append(_dated(DAY_SET, facts.day_set_ready_on, facts.day_set_due, today, word="用意"))
    if facts.agreements:
        still = facts.agreements_open
        word = f"協議中 {'、'.join(still)}" if still else f"{facts.agreements}件"
        items.append(PreparationItem(label=AGREED_ITEMS, is_done=not still, state_word=word))
    return tuple(items)


def preparation_words(items: Iterable[PreparationItem]) -> str:
    """Return 「準備 5 / 8」, 「準備完了」, or 「準備 未着手」.

    A line that only holds the program's default does not count as begun.
    """
    rows = tuple(items)
    done, total = count_done(rows)
    if done == total:
        return "準備完了"
    return f"準備 {done} / {total}" if any(item.is_done and not item.is_example for item in rows) else "準備 未着手"


def count_done(items: Iterable[PreparationItem]) -> tuple[int, int]:
    """Return the numbers of done and of all lines, for 「準備 5 / 8」."""
    rows = tuple(items)
    return sum(item.is_done for item in rows), len(rows)


def is_prepared(items: Iterable[PreparationItem]) -> bool:
    """Return whether every line is done (準備完了), so nothing is 協議中."""
    done, total = count_done(items)
    return done == total

"""準備の状態: how far the preparation of an event is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from app.actions.action_id import ActionId
from app.common.display_words import left_words
from app.event.rules.deadlines import HEADCOUNT, MATERIAL
from app.event.rules.target_dates import DAY_SET, QUESTIONS
from db.record import record

AGREED_ITEMS, EQUIPMENT_ITEM, AGENDA_ITEM, CARE_ITEM = "協議の事項", "機材の手配", "当日進行表", "配慮の手配"
_COVERED_BY = {
    "会場の使用承認": "会場の使用承認", "事前ヒアリング": "事前ヒアリング", "決定通知の施行": "決定通知",
    "資料の確認": MATERIAL, "アンケートの設問": QUESTIONS, "参加人数の連絡": HEADCOUNT, DAY_SET: DAY_SET,
}  # fmt: skip
"""The task or recruitment step that says the same as a line of 準備の状態."""
_ACTIONS: dict[str, ActionId] = {
    "会場の使用承認": "会場・予約", "班とファシリテーター": "班分け",
    CARE_ITEM: "配慮の手配", "オンラインの回答": "アンケート",
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


def preparation_words(items: Iterable[PreparationItem]) -> str:
    """Return 「準備 あと3件」, 「準備完了」, or 「準備 未着手」.

    A line that only holds the program's default does not count as begun.
    """
    rows = tuple(items)
    done, total = count_done(rows)
    if done == total:
        return "準備完了"
    is_begun = any(item.is_done and not item.is_example for item in rows)
    return f"準備 {left_words(done, total)}" if is_begun else "準備 未着手"


def count_done(items: Iterable[PreparationItem]) -> tuple[int, int]:
    """Return the numbers of done and of all lines."""
    rows = tuple(items)
    return sum(item.is_done for item in rows), len(rows)


def is_prepared(items: Iterable[PreparationItem]) -> bool:
    """Return whether every line is done (準備完了), so nothing is 協議中."""
    done, total = count_done(items)
    return done == total

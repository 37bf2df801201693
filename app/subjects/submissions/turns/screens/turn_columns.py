"""The columns of 資料・報告: the day with its basis, the thing with its event, whose turn it is and what is next."""

from __future__ import annotations

from datetime import date
from typing import Final

from app.common.together import together
from app.subjects.submissions.turns.rules.turn import DONE, WAITING, WARD, TurnRow
from app.widgets.lists.record_model import Cell, Column, SheetPart

ICONS: Final = {WARD: "clock-fill", WAITING: "hourglass-medium", DONE: "check-circle-fill"}

_DRIFT: Final = (
    "確認のあとに区の記録が変わり、報告書の数字と違っています。報告書を開いて「確認済を取り消す」を押し、"
    "区の記録を読み直してから、もう一度確認済にします。"
)


def turn_columns(*, of_event: bool = False) -> tuple[Column, ...]:
    """The three columns; ``of_event``: the event stands above already."""
    return (
        Column(
            "due", "期限・根拠", show=_due, width=164, sort=lambda one: one.due or date.max,
            parts=(
                SheetPart("期限", show=lambda one: one.due_words),
                SheetPart("根拠", show=lambda one: one.basis_words),
            ),
        ),
        Column(
            "thing", "資料・報告書" if of_event else "資料・報告書／実施回", stretch=True, width=180,
            show=_named if of_event else _thing,
            parts=(
                SheetPart("種類", show=lambda one: one.kind),
                SheetPart("資料・報告書", show=lambda one: one.title),
                SheetPart("実施回", show=place_words),
            ),
        ),
        Column(
            "state", "いまの状態", show=_state, width=170,
            parts=(
                SheetPart("番", show=lambda one: one.turn),
                SheetPart("いまの状態", show=lambda one: one.state_words),
                SheetPart("日付など", show=lambda one: one.state_second),
            ),
        ),
    )  # fmt: skip


def place_words(one: TurnRow) -> str:
    """The event or, for what the year has, the year; with the year where the list holds several."""
    return together(one.year_words, one.event_words)


def _due(one: TurnRow) -> Cell:
    return Cell(
        one.due_words,
        one.basis_words,
        date=True,
        tone=one.tone,
        tip="期限です（契約、法令、または本人への約束）" if one.contract else "目安日です。契約の期限ではありません",
    )


def _named(one: TurnRow) -> Cell:
    return Cell(one.title, strong=True)


def _thing(one: TurnRow) -> Cell:
    return Cell(one.title, place_words(one), strong=True, second_kind=one.event_kind or "")


def _state(one: TurnRow) -> Cell:
    ward, done = one.turn == WARD, one.turn == DONE
    back = one.turn == WAITING and one.versions > 0
    return Cell(
        one.state_words,
        one.state_second,
        icon="warning-fill" if one.drift else "arrow-u-up-left" if back else ICONS[one.turn],
        icon_tone="amber" if ward else "green" if done else "second",
        tone="amber" if ward else "",
        strong=ward,
        tip=_DRIFT if one.drift else "",
    )

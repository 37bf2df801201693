"""The columns of 派遣 in steps: the 団体 with its 実施回, its steps as marks, what is next; no rank, no telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

from app.calendar.dates import short_date
from app.common.together import together
from app.subjects.events.dispatches.services.steps import DispatchRow
from app.subjects.events.dispatches.services.wishes import WishRow
from app.widgets.lists.record_model import Cell, Column, SheetPart, Tone, unsorted


def step_columns(today: date) -> tuple[Column, ...]:
    """Return the three columns of the list; in a sheet each fact has one of its own."""
    return unsorted(
        Column(
            "name",
            "団体",
            lambda one: Cell(one.name, about_words(one, today), strong=True),
            stretch=True,
            width=150,
            parts=(
                *(_of_slip(title, show) for title, show in _SLIP[:1]),
                SheetPart("団体", lambda one: one.name),
                SheetPart("支部", lambda one: one.organisation.branch if one.organisation else ""),
                *(_of_slip(title, show) for title, show in _SLIP[1:]),
                SheetPart("実施回", lambda one: one.event.full_title if one.event else ""),
                SheetPart("実施日", _day_words),
                SheetPart("結果", result_words),
            ),
        ),
        Column(
            "steps",
            "募集のあとの段",
            lambda one: Cell(steps=one.steps.marks()),
        ),
        Column(
            "next",
            "つぎにやること",
            lambda one: next_cell(one, today),
            width=152,
            parts=(
                SheetPart("つぎにやること", lambda one: one.steps.to_do),
                SheetPart("いつまで", lambda one: one.due.day.isoformat() if one.due else ""),
                SheetPart("対応待ち", lambda one: one.steps.side if one.steps.turn else ""),
            ),
        ),
    )  # fmt: skip


_SLIP: Final[tuple[tuple[str, Callable[[WishRow], str]], ...]] = (
    ("受け取った日", lambda slip: slip.wish.received_on.isoformat()),
    ("希望するもの", lambda slip: "・".join(slip.wish.tools)),
    ("希望", lambda slip: slip.wish.wish),
    ("講習会", lambda slip: "、".join(link.words for link in slip.links)),
    ("受託者へ知らせる同意", lambda slip: slip.wish.consent),
)
"""What a slip says in the sheet."""


def _of_slip(title: str, show: Callable[[WishRow], str]) -> SheetPart:
    return SheetPart(title, lambda one: show(one.wish) if one.wish is not None else "")


def _day_words(one: DispatchRow) -> str:
    return one.event.event_date.isoformat() if one.event is not None and one.event.event_date is not None else ""


def result_words(one: DispatchRow) -> str:
    """How it ended, else how the slip was decided."""
    return one.steps.ended or (one.wish.state if one.wish is not None else "")


def about_words(one: DispatchRow, today: date) -> str:
    """「第1回　10/21(水)　出席 9人」; without an event 「選定前　第7支部　9/2(水) 郵送」."""
    event = one.event
    if event is not None and one.steps.ended in ("", "中止"):
        number = f"第{event.ordinal}回" if event.ordinal else "派遣"
        day = short_date(event.event_date, today) if event.event_date else "日程未定"
        count = f"出席 {one.attended}人" if one.attended is not None else f"{one.people}人" if one.people else ""
        return together(number, day, count)
    if one.wish is None:
        return "希望票なし"
    wish = one.wish.wish
    came = f"{short_date(wish.received_on, today)} {wish.received_how}"
    return together(result_words(one), one.wish.organisation.branch, came)


def next_cell(one: DispatchRow, today: date) -> Cell:
    """What is to be done next and until when; a day of a contract alone is ever red."""
    if one.steps.ended:
        return Cell(one.steps.ended, tone="second")
    if not one.steps.turn:
        return Cell("すべて済", icon="check-circle-fill", icon_tone="green", tone="green")
    due = one.due
    if due is None:
        return Cell(one.steps.to_do, "日は決まっていません", strong=True)
    side: str = (
        "契約の期限" if due.contract and one.steps.side == "区" else one.steps.side if due.contract else "目安日"
    )
    if one.steps.turn == "訪問" and not due.passed:
        side = "実施日"
    second = f"{side}を過ぎた　{short_date(due.day, today)}" if due.passed else f"{short_date(due.day, today)}　{side}"
    tone: Tone = (
        "red" if due.passed and due.contract else "amber" if (due.passed or due.soon) and one.steps.side == "区" else ""
    )
    return Cell(one.steps.to_do, second, strong=True, tone=tone)


def ended_words(one: DispatchRow) -> str:
    """How one stands in the line of those that went no further: 「見本いずみ自治会」."""
    return one.name if one.steps.ended == "不採択" else f"{one.name}（{one.steps.ended}）"

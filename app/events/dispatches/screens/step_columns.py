"""Columns of 派遣 in steps: 団体 with its 実施回, steps as marks, next step; no rank, no telephone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.calendar.dates import short_date, short_date_or
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.events.dispatches.services.dispatch_requests import DispatchRequestRow
from app.events.dispatches.services.steps import DispatchRow
from app.widgets.lists.record_model import Cell, Column, ExportColumn, Tone, unsorted
from app.window.year_words import in_year_words
from db.fields import field_label
from db.records.events import Event
from db.records.organisations import Organisation


def step_columns(today: date) -> tuple[Column, ...]:
    """Return the three columns of the list; in an exported sheet each fact has its own."""
    return unsorted(
        Column(
            "name",
            "団体",
            lambda one: Cell(one.name, event_and_receipt_text(one, today), strong=True),
            stretch=True,
            width=150,
            export_parts=(
                *(_request_part(title, show) for title, show in _REQUEST_PARTS[:1]),
                ExportColumn("団体", lambda one: one.name),
                ExportColumn(
                    field_label(Organisation, "branch"),
                    lambda one: one.organisation.branch if one.organisation else "",
                ),
                *(_request_part(title, show) for title, show in _REQUEST_PARTS[1:]),
                ExportColumn("実施回", lambda one: one.event.full_title if one.event else ""),
                ExportColumn(field_label(Event, "event_date"), _day_words),
                ExportColumn("結果", result_words),
            ),
        ),
        Column(
            "steps",
            "募集後の手順",
            lambda one: Cell(steps=one.steps.step_marks()),
        ),
        Column(
            "next",
            "つぎにやること",
            lambda one: next_cell(one, today),
            width=152,
            export_parts=(
                ExportColumn("つぎにやること", lambda one: in_year_words(one.steps.next_words)),
                ExportColumn("いつまで", lambda one: one.step_due.day.isoformat() if one.step_due else ""),
                ExportColumn("対応待ち", lambda one: one.steps.responsible_side if one.steps.current_step else ""),
            ),
        ),
    )  # fmt: skip


_REQUEST_PARTS: tuple[tuple[str, Callable[[DispatchRequestRow], str]], ...] = (
    ("受け取った日", lambda slip: slip.request.received_on.isoformat()),
    ("希望するもの", lambda slip: "・".join(slip.request.tools)),
    ("希望", lambda slip: slip.request.wish),
    ("参加した実施回", lambda slip: "、".join(link.words for link in slip.links)),
    ("受託者へ知らせる同意", lambda slip: slip.request.consent),
)
"""Fields of a request in the exported sheet."""


def _request_part(title: str, show: Callable[[DispatchRequestRow], str]) -> ExportColumn:
    return ExportColumn(title, lambda one: show(one.request) if one.request is not None else "")


def _day_words(row: DispatchRow) -> str:
    return row.event.event_date.isoformat() if row.event is not None and row.event.event_date is not None else ""


def result_words(row: DispatchRow) -> str:
    """Return how it ended (不採択, 取下げ, 中止), else the state of its request (決定, 選定前), "" without one."""
    return row.steps.end_reason or (row.request.state if row.request is not None else "")


def event_and_receipt_text(row: DispatchRow, today: date) -> str:
    """Return 「第1回 10/21(水) 出席 9人」; without an event 「選定前 第7支部 9/2(水) 郵送」."""
    event = row.event
    if event is not None and row.steps.end_reason in ("", "中止"):
        number = f"第{event.ordinal}回" if event.ordinal else event.kind_words
        day = short_date_or("日程未定", event.event_date, today)
        count = f"出席 {row.attended}人" if row.attended is not None else fill_nonempty("{}人", row.participant_count)
        return join_nonempty(number, day, count)
    if row.request is None:
        return "希望票なし"
    wish = row.request.request
    came = f"{short_date(wish.received_on, today)} {wish.received_how}"
    return join_nonempty(result_words(row), row.request.organisation.branch, came)


def next_cell(row: DispatchRow, today: date) -> Cell:
    """Return the next step and its date; only a date of the contract can be red."""
    if row.steps.end_reason:
        return Cell(row.steps.end_reason, tone="second")
    if not row.steps.current_step:
        return Cell("すべて済", icon="check-circle-fill", icon_tone="green", tone="green")
    due = row.step_due
    if due is None:
        return Cell(in_year_words(row.steps.next_words), "日は決まっていません", strong=True)
    side: str = (
        "契約の期限"
        if due.is_contract_date and row.steps.responsible_side == "区"
        else row.steps.responsible_side
        if due.is_contract_date
        else "目安日"
    )
    if row.event is not None and due.day == row.event.event_date and not due.is_passed:
        side = "実施日"
    second = (
        f"{side}を過ぎた　{short_date(due.day, today)}" if due.is_passed else f"{short_date(due.day, today)}　{side}"
    )
    tone: Tone = (
        "red"
        if due.is_passed and due.is_contract_date
        else "amber"
        if (due.is_passed or due.is_soon) and row.steps.responsible_side == "区"
        else ""
    )
    return Cell(in_year_words(row.steps.next_words), second, strong=True, tone=tone)


def ended_row_text(row: DispatchRow) -> str:
    """Return the name of a row that goes no further, 「見本いずみ自治会」; unless it is 不採択 with the reason behind:
    「見本会（取下げ）」.
    """
    return row.name if row.steps.end_reason == "不採択" else f"{row.name}（{row.steps.end_reason}）"

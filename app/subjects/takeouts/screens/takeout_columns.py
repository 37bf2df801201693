"""The eight columns of the 持出し管理簿 in the clause's own order, and where a row stands."""

from __future__ import annotations

from datetime import date, datetime

from app.subjects.takeouts.services.takeouts import (
    BACK,
    CANCELLED,
    DISPOSED,
    OPEN,
    OVERDUE,
    PART,
    TakeoutRow,
    is_day_file,
)
from app.widgets.moments import moment_short
from app.widgets.record_columns import Cell, Column, RowAction, SheetPart

_BADGES = {OPEN: "今週", OVERDUE: "注意", PART: "注意", BACK: "済", DISPOSED: "済", CANCELLED: "取り消し"}
_SHORT = {OVERDUE: "予定を過ぎています"}


def takeout_columns(today: date) -> tuple[Column, ...]:
    """格納情報・持ち出し日時・持ち出した者・承認者・用途・持ち出し先・返却日時・返却確認者 (特18(2)), then the state."""
    return (
        Column(key="contents", title="格納情報", stretch=True, show=_contents, sort=lambda row: row.takeout.contents,
               copied=lambda row: row.takeout.contents),
        Column(key="taken", title="持ち出し\n日時", show=lambda row: _at(row.takeout.taken_at, today),
               sort=lambda row: row.takeout.taken_at, copied=lambda row: stamp(row.takeout.taken_at)),
        Column(key="by", title="持ち出した者", show=lambda row: row.takeout.taken_by, narrow=False),
        Column(key="approved", title="承認者", show=lambda row: row.takeout.approved_by, narrow=False),
        Column(key="purpose", title="用途", show=lambda row: row.takeout.purpose, widest=110, narrow=False),
        Column(key="where", title="持ち出し先", show=lambda row: row.takeout.destination, widest=130),
        Column(key="returned", title="返却日時", show=lambda row: _back(row, today), sort=lambda row: row.takeout.returned_at,
               copied=lambda row: stamp(row.takeout.returned_at)),
        Column(key="checked", title="返却\n確認者", show=_checked, narrow=False, copied=lambda row: row.takeout.return_checked_by),
        Column(key="state", title="状態", show=_state, sort=lambda row: row.state,
               parts=(SheetPart(title="状態", show=lambda row: row.state), SheetPart(title="媒体・部数", show=medium_words),
                      SheetPart(title="管理番号", show=lambda row: row.takeout.reference),
                      SheetPart(title="備考", show=lambda row: row.takeout.note))),
    )  # fmt: skip


def row_action(row: TakeoutRow) -> RowAction | None:
    """返却を記録 while something is outside, ファイルを戻す for a 当日持出しファイル."""
    if not row.open:
        return None
    return RowAction(text="ファイルを戻す" if is_day_file(row.takeout) else "返却を記録")


def stamp(moment: datetime | None) -> str:
    """「2026/9/24 12:30」 for a sheet; empty while there is none."""
    return f"{moment.year}/{moment.month}/{moment.day} {moment.hour}:{moment.minute:02d}" if moment is not None else ""


def medium_words(row: TakeoutRow) -> str:
    """「紙 2部」「USBメモリ 1部 AES-256」."""
    one = row.takeout
    return " ".join(part for part in (one.medium, f"{one.copies}部", one.encryption) if part)


def _at(moment: datetime, today: date) -> Cell:
    day, _space, clock = moment_short(moment, today).rpartition(" ")
    return Cell(text=day, second=clock)


def _contents(row: TakeoutRow) -> Cell:
    second = "　".join(part for part in (medium_words(row), row.event_title) if part)
    cancelled = row.state == CANCELLED
    return Cell(text=row.takeout.contents, second=second, strong=row.open, tone="second" if cancelled else "")


def _back(row: TakeoutRow, today: date) -> Cell:
    one = row.takeout
    if one.returned_at is not None:
        return _at(one.returned_at, today)
    if one.due_back_at is None or row.state == CANCELLED:
        return Cell(text="—")
    tone = "amber" if row.state == OVERDUE else "second"
    return Cell(text="—", second=f"予定 {moment_short(one.due_back_at, today)}", second_tone=tone)  # type: ignore[arg-type]


def _checked(row: TakeoutRow) -> Cell:
    return Cell(
        text=row.takeout.return_checked_by, second="同じ人" if row.remark else "", second_tone="amber", tip=row.remark
    )


def _state(row: TakeoutRow) -> Cell:
    one = row.takeout
    missing = f"返却 {one.returned_copies} / {one.copies}部" if row.open and one.returned_copies is not None else ""
    return Cell(badge=_BADGES[row.state], text=_SHORT.get(row.state, row.state), second=missing)

"""Declares the 持出し管理簿 (F-16, 特18(2)) as a ledger; its rows are written by check-outs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from app.actions.action_id import ActionLink
from app.common.join_nonempty import join_nonempty
from app.ledgers.rules.book import Book, DerivedRow, LedgerDoubt
from app.ledgers.rules.ledger_columns import LedgerColumn, cell_moment, day_order_problem, to_cell
from app.ledgers.services.ledger import WARD, Ledger, Total
from app.subjects.settings.checkouts.services.checkouts import (
    EMPTY_TEXT,
    LEDGER,
    PART,
    as_corrected,
    is_fully_returned,
    row_key,
)
from db.engine import Database
from db.records.programme import Programme
from db.records.protection import Checkout
from db.tables import events as event_table
from db.tables import protection

_RETURN: Final = "持出し・返却の画面の「返却を記録」"


def _checkout_rows(database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Return the check-outs of the year's events, and those without an event made in the months of the year."""
    titles = {one.id: one.full_title for one in event_table.events_of_year(database, programme.id)}
    begins, ends = datetime(programme.fiscal_year, 4, 1), datetime(programme.fiscal_year + 1, 4, 1)  # noqa: DTZ001 - local time, as everywhere
    found = protection.checkouts(database)
    for row, corrected in zip(found, as_corrected(database, found), strict=True):
        if row.event_id not in titles if row.event_id is not None else not begins <= row.taken_at < ends:
            continue
        values = {
            "taken": row.taken_at, "contents": row.contents, "taken_by": row.taken_by, "approved": row.approved_by,
            "purpose": row.purpose, "destination": row.destination, "medium": row.medium, "copies": f"{row.copies}",
            "encryption": row.encryption, "due": row.due_back_at, "returned": row.returned_at,
            "checked": row.return_checked_by, "part": _partial_return_text(corrected), "note": row.note,
        }  # fmt: skip
        yield DerivedRow(
            key=row_key(row),
            cells={key: text for key, value in values.items() if (text := to_cell(value))},
            written_at=row.taken_at,
            made_by="持出しを記入",
            withdrawn=row.cancelled,
            link=ActionLink("持出し管理簿", event_id=row.event_id),
            event_id=row.event_id,
        )


def _partial_return_text(row: Checkout) -> str:
    """Return 「一部未返却（1/3部）」 while only some copies are back."""
    return (
        f"{PART}（{row.returned_copies}/{row.copies}部）"
        if row.returned_at is not None and not is_fully_returned(row)
        else ""
    )


def _checkout_doubts(_database: Database, _programme: Programme, book: Book, today: date) -> Iterable[LedgerDoubt]:
    """Return doubts about check-outs (the program's own checks, not the contract's).

    They are: the same person took it and checked its return, only a part is back, or it is overdue.
    """
    for line in book.lines:
        cells = line.cells
        if cells.get("checked") and cells.get("checked") == cells.get("taken_by"):
            yield LedgerDoubt(
                row=line.key,
                rule="返却確認者",
                words="持ち出した者が返却も確かめています",
                basis="特18(2)",
                column="checked",
                explanation="返却は、持ち出した者と別の人が確かめるのが原則です。"
                "確かめた人を訂正するか、事情を理由に書いてください。",
            )
        if part := cells.get("part", ""):
            yield LedgerDoubt(
                row=line.key,
                rule=f"返却:{part}",
                words=part,
                basis="特18(2)",
                column="part",
                explanation=join_nonempty(
                    cells.get("note", ""), "残りの返却を記録するか、戻らない事情を理由に書いてください。"
                ),
            )
        due = cell_moment(cells.get("due", ""))
        if due is not None and due.date() < today and is_outside(cells):
            yield LedgerDoubt(
                row=line.key,
                rule="返却予定",
                words="返却予定を過ぎています",
                basis="特18(2)",
                column="part" if part else "returned",
                explanation="返却を記録するか、返却が遅れている事情を理由に書いてください。",
            )


def is_outside(cells: Mapping[str, str]) -> bool:
    """Return whether something checked out by a row, or a part of it, is not back."""
    return not cells.get("returned") or bool(cells.get("part"))


def _row_problem(cells: Mapping[str, str]) -> str:
    """Return why a new or corrected row is not valid, or ""."""
    if cells.get("copies") == "0":
        return "部数は1以上で記入してください。"
    return day_order_problem(CHECKOUTS.columns, cells, ("taken", "due"), ("taken", "returned"))


CHECKOUTS: Final = Ledger(
    key=LEDGER,
    title="持出し管理簿",
    sign="持出",
    keeper=WARD,
    clause="特18(2)",
    about="記録媒体と重要情報の持ち出しと返却。空の媒体も1行になります",
    handling_mark="重要情報",
    allows_typed_rows=False,
    entry_link=ActionLink("持出し管理簿"),
    columns=(
        LedgerColumn("taken", "持ち出し日時", "moment", width=25),
        LedgerColumn("contents", "格納情報", width=44),
        LedgerColumn("taken_by", "持ち出した者", "person", width=24),
        LedgerColumn("approved", "承認者", "person", width=24, shown_under=("taken_by", "承認 ")),
        LedgerColumn("purpose", "用途", width=24, shown_under=("destination", "")),
        LedgerColumn("destination", "持ち出し先", width=30),
        LedgerColumn("medium", "媒体", width=18, shown_in_list=False),
        LedgerColumn("copies", "部数", "number", width=12, unit="部", shown_in_list=False),
        LedgerColumn("encryption", "暗号化の方法", width=20, is_required=False, shown_in_list=False),
        LedgerColumn("due", "返却予定", "moment", width=24, is_required=False, shown_in_list=False),
        LedgerColumn("returned", "返却日時", "moment", width=24, filled_later=True, recorded_elsewhere=_RETURN),
        LedgerColumn(
            "part",
            "返却の状況",
            is_required=False,
            shown_in_list=False,
            has_print_column=False,
            recorded_elsewhere=_RETURN,
        ),
        LedgerColumn(
            "checked",
            "返却確認者",
            "person",
            width=24,
            filled_later=True,
            shown_under=("returned", "確認 "),
            recorded_elsewhere=_RETURN,
        ),
        LedgerColumn("note", "備考", is_required=False, shown_in_list=False, has_print_column=False),
    ),
    sources=(_checkout_rows,),
    row_problem=_row_problem,
    doubt_rules=(_checkout_doubts,),
    totals=(
        Total("未返却", is_outside, names_rows=True),
        Total("空の媒体", lambda cells: cells.get("contents") == EMPTY_TEXT),
    ),
    note="格納情報のない媒体も記入する。",
)

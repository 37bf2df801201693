"""The 持出し管理簿 as a ledger (F-16, 特18(2)): its rows are written where things are taken out, and read here with all
others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from app.acts.action_id import Asked
from app.common.together import together
from app.ledgers.rules.book import Book, Drawn, LedgerDoubt
from app.ledgers.rules.columns import LedgerColumn, moment_of, stored, turned_round
from app.ledgers.services.ledger import OWN, Ledger, Total
from app.subjects.settings.takeouts.services.takeouts import EMPTY, LEDGER, PART, as_corrected, is_back, row_key
from db.engine import Database
from db.records.programme import Programme
from db.records.protection import Takeout
from db.tables import events as event_table
from db.tables import protection

_RETURN: Final = "持出し・返却の画面の「返却を記録」"


def _taken(database: Database, programme: Programme) -> Iterable[Drawn]:
    """Every taking out of the year's events, and those of no event in the months of the year."""
    titles = {one.id: one.full_title for one in event_table.all_of(database, programme.id)}
    begins, ends = datetime(programme.fiscal_year, 4, 1), datetime(programme.fiscal_year + 1, 4, 1)  # noqa: DTZ001 - local time, as everywhere
    found = protection.takeouts(database)
    for row, corrected in zip(found, as_corrected(database, found), strict=True):
        if row.event_id not in titles if row.event_id is not None else not begins <= row.taken_at < ends:
            continue
        values = {
            "taken": row.taken_at, "contents": row.contents, "taken_by": row.taken_by, "approved": row.approved_by,
            "purpose": row.purpose, "destination": row.destination, "medium": row.medium, "copies": f"{row.copies}",
            "encryption": row.encryption, "due": row.due_back_at, "returned": row.returned_at,
            "checked": row.return_checked_by, "part": _part(corrected), "note": row.note,
        }  # fmt: skip
        yield Drawn(
            key=row_key(row),
            cells={key: text for key, value in values.items() if (text := stored(value))},
            written_at=row.taken_at,
            act="持出しを記入",
            withdrawn=row.cancelled,
            asked=Asked("持出し管理簿", event_id=row.event_id),
            event_id=row.event_id,
        )


def _part(row: Takeout) -> str:
    """「一部未返却（1/3部）」 while only some of what went out is back."""
    return f"{PART}（{row.returned_copies}/{row.copies}部）" if row.returned_at is not None and not is_back(row) else ""


def _looked_at(_database: Database, _programme: Programme, book: Book, today: date) -> Iterable[LedgerDoubt]:
    """Who took it out also checked its return, only a part is back, or it is outside although its day is over (our own
    aims)."""
    for line in book.lines:
        cells = line.cells
        if cells.get("checked") and cells.get("checked") == cells.get("taken_by"):
            yield LedgerDoubt(
                row=line.key,
                rule="返却確認者",
                words="持ち出した者が返却も確かめています",
                basis="特18(2)",
                column="checked",
                told="返却は、持ち出した者と別の人が確かめるのが原則です。"
                "確かめた人を訂正するか、事情を理由に書いてください。",
            )
        if part := cells.get("part", ""):
            yield LedgerDoubt(
                row=line.key,
                rule=f"返却:{part}",
                words=part,
                basis="特18(2)",
                column="part",
                told=together(cells.get("note", ""), "残りの返却を記録するか、戻らない事情を理由に書いてください。"),
            )
        due = moment_of(cells.get("due", ""))
        if due is not None and due.date() < today and is_outside(cells):
            yield LedgerDoubt(
                row=line.key,
                rule="返却予定",
                words="返却予定を過ぎています",
                basis="特18(2)",
                column="part" if part else "returned",
                told="返却を記録するか、返却が遅れている事情を理由に書いてください。",
            )


def is_outside(cells: Mapping[str, str]) -> bool:
    """Return whether what a row took out, or a part of it, is not back."""
    return not cells.get("returned") or bool(cells.get("part"))


def _never_so(cells: Mapping[str, str]) -> str:
    """What a row can't say when it is written, no correction says either."""
    if cells.get("copies") == "0":
        return "部数は1以上で記入してください。"
    return turned_round(TAKEOUTS.columns, cells, ("taken", "due"), ("taken", "returned"))


TAKEOUTS: Final = Ledger(
    key=LEDGER,
    title="持出し管理簿",
    sign="持出",
    keeper=OWN,
    clause="特18(2)",
    about="記録媒体と重要情報の持ち出しと返却。空の媒体も1行になります",
    mark="重要情報",
    typed=False,
    entered_at=Asked("持出し管理簿"),
    columns=(
        LedgerColumn("taken", "持ち出し日時", "moment", width=25),
        LedgerColumn("contents", "格納情報", width=44),
        LedgerColumn("taken_by", "持ち出した者", "person", width=24),
        LedgerColumn("approved", "承認者", "person", width=24, under=("taken_by", "承認 ")),
        LedgerColumn("purpose", "用途", width=24, under=("destination", "")),
        LedgerColumn("destination", "持ち出し先", width=30),
        LedgerColumn("medium", "媒体", width=18, listed=False),
        LedgerColumn("copies", "部数", "number", width=12, unit="部", listed=False),
        LedgerColumn("encryption", "暗号化の方法", width=20, needed=False, listed=False),
        LedgerColumn("due", "返却予定", "moment", width=24, needed=False, listed=False),
        LedgerColumn("returned", "返却日時", "moment", width=24, later=True, recorded=_RETURN),
        LedgerColumn("part", "返却の状況", needed=False, listed=False, printed=False, recorded=_RETURN),
        LedgerColumn(
            "checked",
            "返却確認者",
            "person",
            width=24,
            later=True,
            under=("returned", "確認 "),
            recorded=_RETURN,
        ),
        LedgerColumn("note", "備考", needed=False, listed=False, printed=False),
    ),
    sources=(_taken,),
    refuses=_never_so,
    doubts=(_looked_at,),
    totals=(
        Total("未返却", is_outside, numbered=True),
        Total("空の媒体", lambda cells: cells.get("contents") == EMPTY),
    ),
    note="格納情報のない媒体も記入する。",
)

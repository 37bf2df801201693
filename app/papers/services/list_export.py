"""A list leaves the app as a workbook: whole or not at all, with a row in the log of what left.

- ``name_list(store, title, event_id, now) -> str`` the file name to propose, without its ending
- ``export_list(act, title, columns, rows, path, personal, …) -> ExportedList``
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from app.acts.act import Act, deed
from app.acts.get_or_refuse import get_or_refuse
from app.acts.refusal import Refusal
from app.calendar.dates import long_date
from app.papers.blocks import DocumentContent
from app.papers.list_sheet import list_sheet, list_stem
from app.papers.paper import event_sign
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import SavedFile, Way, as_leaving, write_whole
from app.papers.services.protected_places import terms_of
from app.papers.services.saved_out import place_detail
from app.programme.services.programme import programme_of_event, read_programme
from db.frozen_record import frozen_record
from db.records.events import Event
from db.records.papers import Outgoing
from db.records.programme import Programme
from db.records.protection import Takeout
from db.store import Store


@frozen_record
class ExportedList(SavedFile):
    """A list written to disk: where, how many rows, its hash."""

    rows: int
    sha256: str


def name_list(
    store: Store, *, title: str, event_id: int | None = None, fiscal_year: int | None = None, now: datetime
) -> str:
    """Return 「R8-実施回の一覧-20261201」, with the sign of the event where the list is of one event."""
    event = _event(store, event_id)
    return list_stem(_reference(_year(store, event, fiscal_year), event, title), now)


@deed
def export_list(
    act: Act,
    *,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    path: Path,
    personal: bool,
    way: Way = "そのまま保存",
    password: str = "",
    reason: str = "",
    overwrite: bool = False,
    words: str = "",
    total: bool = False,
    event_id: int | None = None,
    fiscal_year: int | None = None,
    takeout: Takeout | None = None,
) -> ExportedList:
    """Write a list to ``path`` as a workbook and log it; undo does not reach past this.

    Args:
        columns: the headings. rows: the texts as shown, filtered and sorted.
        personal: people are named or may be (answers in free words); そのまま保存 then needs ``reason``.
        way: 暗号化して保存 needs ``password``. overwrite: replace a file that is there (the window asks first).
        words: how many rows of how many, for the sheet. total: the last row is the sum.
        event_id: the event whose list it is, None for a list of the year ``fiscal_year`` (None = the newest).
        takeout: the row of the 持出し管理簿 that is written with it, where people's data leave the office.

    Raises:
        Refusal: no password or reason where one is needed, a text no workbook can hold, or the file is there.
        StorageProblem: the file could not be written; nothing was logged.
    """
    terms = terms_of(act, path=path, way=way, reason=reason, personal=personal, happened="個人情報を含む一覧です。")
    event = _event(act.store, event_id)
    programme = _year(act.store, event, fiscal_year)
    content = list_sheet(
        programme,
        title=title,
        subtitle=_event_words(event),
        columns=columns,
        rows=rows,
        words=words,
        total=total,
        personal=personal,
        reference=_reference(programme, event, title),
        made_at=act.now,
    )
    copy = _drawn(content)
    data = as_leaving(copy, way, format="xlsx", password=password)
    digest = sha256(data).hexdigest()
    row = Outgoing(
        event_id=event_id,
        document_kind=title,
        reference=content.reference,
        version=content.version,
        format="xlsx",
        way=way,
        file_name=path.name,
        sha256=digest,
        personal=personal,
        reason=terms.reason,
        by=act.by,
        at=act.now,
        detail={"件数": str(len(rows) - total)}
        | ({"範囲": words} if words else {})
        | place_detail(path)
        | terms.detail,
    )
    with act.change(f"「{title}」をExcelに出力", "papers", event_id=event_id, barrier=True) as change:
        # Inside the change: a row that can't be kept leaves no file, a file that can't be written no row.
        row_id = log_issued(act.store, change, row, copy=copy, says=content)
        if takeout is not None:
            change.insert(replace(takeout, outgoing_id=row_id, reference=content.reference))
        write_whole(path, data, overwrite=overwrite)
    said = f"「{path.name}」を保存しました。"
    return ExportedList(said=said, id=row_id, can_undo=False, path=path, rows=len(rows) - total, sha256=digest)


def _drawn(content: DocumentContent) -> bytes:
    from app.papers.excel.render import render_xlsx

    try:
        return render_xlsx(content)
    except ValueError as problem:
        # The frame says in its first sentence what does not fit; the ways it offers are those of a paper.
        raise Refusal(
            str(problem).partition("。")[0] + "。",
            "契約件名が長いときは短くし、長すぎる文章の行は絞り込みで外してください。",
        ) from problem


def _year(store: Store, event: Event | None, fiscal_year: int | None) -> Programme:
    """The year whose list it is: the event's own, or the one that is shown."""
    view = programme_of_event(store, event) if event is not None else read_programme(store, fiscal_year=fiscal_year)
    return view.programme


def _event(store: Store, event_id: int | None) -> Event | None:
    if event_id is None:
        return None
    return get_or_refuse(store.database, Event, event_id)


def _reference(programme: Programme, event: Event | None, title: str) -> str:
    sign = event_sign(programme, event) if event is not None else f"R{programme.fiscal_year - 2018}"
    return f"{sign}-{title}"


def _event_words(event: Event | None) -> str:
    if event is None:
        return ""
    day = long_date(event.event_date) if event.event_date else "日程未定"
    return f"{day}　{event.full_title}"

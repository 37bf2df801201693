"""Exports a list as a workbook, complete or not at all, with a row in the outgoing log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from app.actions.action_context import ActionContext
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.common.join_nonempty import fill_nonempty
from app.documents.blocks import DocumentContent, Table
from app.documents.document_frame import event_code
from app.documents.list_sheet import list_sheet, list_stem
from app.documents.services.document_marks import without_suspended
from app.documents.services.file_saving import (
    SavedFile,
    SaveOptions,
    bytes_to_save,
    saved_file_result,
    write_atomically,
)
from app.documents.services.issued_copies import log_outgoing
from app.documents.services.protected_folders import saving_terms
from app.documents.services.saved_outside import file_folder_detail
from app.programme.services import kind_of_event, programme_of_event, read_programme
from db.records.documents import Outgoing
from db.records.events import Event
from db.records.programme import Programme
from db.records.protection import Checkout
from db.store import Store


def list_file_name(
    store: Store, *, title: str, event_id: int | None = None, fiscal_year: int | None = None, now: datetime
) -> str:
    """Return the proposed file name 「R8-実施回の一覧-20261201」, without suffix; that of an event has its code first.

    ``fiscal_year`` counts only without an ``event_id``; None = the newest year.
    """
    event = _event(store, event_id)
    return list_stem(_reference(store, _year(store, event, fiscal_year), event, title), now)


def export_list(
    context: ActionContext,
    *,
    title: str,
    columns: Sequence[str],
    rows: Sequence[Sequence[str]],
    options: SaveOptions,
    personal: bool,
    words: str = "",
    total: bool = False,
    event_id: int | None = None,
    fiscal_year: int | None = None,
    takeout: Checkout | None = None,
    merge: bool = False,
) -> SavedFile:
    """Write a list as a workbook and log it; it cannot be undone.

    Args:
        columns: the headings. rows: the texts as shown, filtered and sorted.
        personal: people are or may be named (answers in free words).
        words: how many rows of how many, for the sheet. total: the last row is the sum.
        event_id: the event whose list it is, None for a list of the year ``fiscal_year`` (None = the newest).
        takeout: the row of the 持出し管理簿 that is written with it, where people's data leave the office.
        merge: for a mail merge: texts alone, below the names of their fields.
    Raises:
        UserError: a needed password or reason is missing, a workbook can't hold a text, or the file exists.
        StorageProblem: the file could not be written; nothing was logged.
    """
    terms = saving_terms(context, options=options, personal=personal, happened="個人情報を含む一覧です。")
    event = _event(context.store, event_id)
    programme = _year(context.store, event, fiscal_year)
    sheet = list_sheet(
        programme,
        title=title,
        subtitle=_event_words(event),
        columns=columns,
        rows=rows,
        words=words,
        total=total,
        personal=personal,
        reference=_reference(context.store, programme, event, title),
        made_at=context.now,
    )
    content = without_suspended(context.store, sheet, context.today)
    kept = [row for one in content.blocks if isinstance(one, Table) for row in one.rows]
    left_out = sum(len(one.rows) for one in sheet.blocks if isinstance(one, Table)) - len(kept)
    copy = _draw(content, (columns, kept) if merge else None)
    data = bytes_to_save(copy, options, format="xlsx")
    row = Outgoing(
        event_id=event_id,
        document_kind=title,
        reference=content.reference,
        version=content.version,
        format="xlsx",
        way=options.way,
        file_name=options.path.name,
        sha256=sha256(data).hexdigest(),
        personal=personal,
        reason=terms.reason,
        **context.signature,
        detail={"件数": str(len(rows) - total - left_out)}
        | ({"範囲": words} if words else {})
        | file_folder_detail(options.path)
        | terms.detail,
    )
    with context.change(f"「{title}」をExcelに出力", "papers", event_id=event_id, barrier=True) as change:
        # Inside the change: a row that can't be kept leaves no file, a file that can't be written no row.
        row_id = log_outgoing(context.store, change, row, copy=copy, content=content)
        if takeout is not None:
            change.insert(replace(takeout, outgoing_id=row_id, reference=content.reference))
        write_atomically(options.path, data, overwrite=options.overwrite)
    saved = saved_file_result(options.path, row_id)
    return replace(saved, message=saved.message + fill_nonempty("利用停止の{}行は除きました。", left_out))


def _draw(content: DocumentContent, merged: tuple[Sequence[str], Sequence[Sequence[str]]] | None) -> bytes:
    """Draw the list as Excel (``merged``: for a mail merge), or raise a sentence that says what does not fit."""
    from app.documents.excel.excel_limits import TooLongForExcel
    from app.documents.excel.merge_book import merge_book
    from app.documents.excel.render import render_xlsx

    try:
        return merge_book(*merged) if merged else render_xlsx(content)
    except TooLongForExcel as problem:
        # The renderer's advice is that for a document.
        raise UserError(
            problem.happened,
            "契約件名が長いときは短くし、長すぎる文章の行は絞り込みで外してください。",
        ) from problem


def _year(store: Store, event: Event | None, fiscal_year: int | None) -> Programme:
    """Return the year of the list: that of its event, else ``fiscal_year`` (None = the newest)."""
    view = programme_of_event(store, event) if event is not None else read_programme(store, fiscal_year=fiscal_year)
    return view.programme


def _event(store: Store, event_id: int | None) -> Event | None:
    """Return the event of a list, None for a list of a year."""
    if event_id is None:
        return None
    return get_or_raise(store.database, Event, event_id)


def _reference(store: Store, programme: Programme, event: Event | None, title: str) -> str:
    """Return the reference under which the list is logged: 「R8-実施回の一覧」, or the event's code and the title."""
    sign = (
        event_code(programme, event, kind_of_event(store.database, event)) if event is not None else programme.year_code
    )
    return f"{sign}-{title}"


def _event_words(event: Event | None) -> str:
    """Return day and title of the event for the head of the list, "" without an event."""
    if event is None:
        return ""
    day = long_date(event.event_date) if event.event_date else "日程未定"
    return f"{day}　{event.full_title}"

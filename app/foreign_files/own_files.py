"""Recognises files made by this program: a form, a ledger, a document or a list saved from it.

Workbooks are recognised without reading their sheets; every import refuses our own files unless it accepts them.
"""

from __future__ import annotations

import html
import re
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterable
from io import BytesIO
from typing import Literal

from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import fill_nonempty
from app.common.own_file_marks import FORM_NAME_CELL, FORM_NAME_LABEL, LANGUAGE, LIST_VERSION, PDF_PRODUCER
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.pdf_reading import UnreadablePdf, count_pages, is_pdf
from db.digits import whole_number, without_blanks
from db.record import record

OwnFileType = Literal["様式", "管理簿", "書類", "一覧"]
OWN_FILE_LOCATIONS: ExtensionPoint[Callable[[str], OwnFileLocation | None]] = ExtensionPoint("own_file_locations")
"""Functions that return what a file of ours is and where it belongs, by its name; None = unknown to that function."""
FORM_TABLES: ExtensionPoint[FormTable] = ExtensionPoint("form_tables")
"""The tables of our forms, each by its headings."""

_MAX_PART_BYTES = 1024 * 1024
_ENDING = "（様式）"
_PDF_TITLE = re.compile(rb"<dc:title><rdf:Alt><rdf:li[^>]*>([^<]*)<")
_NAMED_FORM = re.compile(rf"<(?:\w+:)?definedName\b[^>]*\bname=[\"']{FORM_NAME_CELL}[\"']")


@record
class OwnFileLocation:
    """Where a file of ours belongs: its type, and the name of its page in the window."""

    file_type: OwnFileType
    page: str


@record
class OwnFile:
    """A file of ours: its name ("" = a form whose properties are gone), its type, its page."""

    name: str
    file_type: OwnFileType
    page: str = ""


@record
class FormTable:
    """A table of a form for others: its headings in order, and the form ("" = of several)."""

    headings: tuple[str, ...]
    form: str = ""


def identify_own_file(data: bytes) -> OwnFile | None:
    """Return what a workbook or PDF is if it is one of ours, else None; no page or sheet is read."""
    if data.startswith(b"%PDF"):
        return _identify_pdf(data)
    try:
        return _identify_workbook(data) if data.startswith(b"PK") else None
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, ValueError, OSError, EOFError, RuntimeError):
        return None  # What can't be opened is refused by its reader, with its reason.


def _identify_workbook(data: bytes) -> OwnFile | None:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        said = _read_part(archive, "docProps/core.xml")
        book = _read_part(archive, "xl/workbook.xml")
    name = _read_property(said, "subject") if _read_property(said, "language") == LANGUAGE else ""
    if _NAMED_FORM.search(book):
        return OwnFile(name=name.removesuffix(_ENDING), file_type="様式")
    if not name:
        return None
    place = next((found for ask in OWN_FILE_LOCATIONS.all_if_registered() if (found := ask(name)) is not None), None)
    if place is not None:
        return OwnFile(name=name, file_type=place.file_type, page=place.page)
    version = whole_number(_read_property(said, "version"))
    return None if version is None else OwnFile(name=name, file_type="一覧" if version == LIST_VERSION else "書類")


def _identify_pdf(data: bytes) -> OwnFile | None:
    """Return the document that a PDF of ours is, by its unencrypted metadata; an encrypted one is unknown (None)."""
    if f"<pdf:Producer>{PDF_PRODUCER}</pdf:Producer>".encode() not in data:
        return None
    found = _PDF_TITLE.search(data)
    return OwnFile(name=html.unescape(found[1].decode("utf-8", errors="replace")) if found else "", file_type="書類")


def _read_part(archive: zipfile.ZipFile, name: str) -> str:
    """Return a part of a workbook as text, "" where it has none; a long part is cut."""
    if name not in archive.namelist():
        return ""
    with archive.open(name) as opened:
        return opened.read(_MAX_PART_BYTES).decode("utf-8", errors="replace")


def _read_property(said: str, name: str) -> str:
    found = re.search(rf"<(?:\w+:)?{name}\b[^>]*>([^<]*)<", said)
    return html.unescape(found[1]).strip() if found else ""


def reject_own_file(data: bytes, accepted_own_lists: Collection[str] = ()) -> None:
    """Raise IntakeRefusal, with the place where it belongs, for a file of ours that this import does not accept.

    Args:
        accepted_own_lists: names of lists saved from this program that this import accepts.
    """
    found = identify_own_file(data)
    if found is not None and found.name not in accepted_own_lists:
        raise IntakeRefusal(_rejection_reason(found))


def reject_form_cells(texts: Iterable[str]) -> None:
    """Raise IntakeRefusal for the cells of a form of ours without its names and properties (a CSV)."""
    # Looked for as it is written first: a list has many cells, and nearly none of them holds it.
    if any(FORM_NAME_LABEL[-1] in text and "".join(text.split()) == FORM_NAME_LABEL for text in texts):
        raise IntakeRefusal(_rejection_reason(OwnFile(name="", file_type="様式")))


def reject_form_rows(rows: Iterable[Iterable[str]]) -> None:
    """Raise IntakeRefusal if one of ``rows`` is exactly the heading row of a table in our forms.

    That is what is left of a form when one of its sheets was saved as CSV or copied into a new workbook.
    """
    tables = {tuple(map(without_blanks, table.headings)): table for table in FORM_TABLES.all_if_registered()}
    for row in rows:
        table = tables.get(tuple(cell for text in row if (cell := without_blanks(text))))
        if table is not None:
            raise IntakeRefusal(_rejection_reason(OwnFile(name=table.form, file_type="様式")))


def own_file_words(found: OwnFile) -> str:
    """Return what a file of ours is, as the first half of a sentence: 「このアプリで作成した書類「受付名簿」」."""
    if found.file_type == "様式":
        return f"区が渡した様式「{found.name}」" if found.name else "区が渡した様式"
    if found.file_type == "一覧":
        return f"このアプリから出力した一覧「{found.name}」"
    return f"このアプリで作成した{found.file_type}「{found.name}」"


def _rejection_reason(found: OwnFile) -> str:
    what = own_file_words(found)
    if found.file_type == "様式":
        return (
            f"{what}ですので、ここには取り込まず、"
            "「資料・報告」の画面に置いて（または Ctrl+O で選んで）受け取ってください。"
        )
    if found.file_type == "管理簿":
        return f"{what}ですので、ここには取り込まず、記入と訂正は「{found.page}」のこの管理簿の画面でしてください。"
    where = fill_nonempty("（書類は「{}」にあります）", found.page)
    return f"{what}で、中のことはもうこのアプリにありますので、取り込まず、元の画面で直してください{where}。"


def pages_and_remark(data: bytes) -> tuple[int | None, str]:
    """Return the pages of a received PDF, and a remark on one that can't be read or on a file of ours ("" = none)."""
    try:
        return (count_pages(data), "") if is_pdf(data) else (None, own_file_remark(data))
    except UnreadablePdf as problem:
        return None, f"{problem.happened}このまま受領することもできます。"


def own_file_remark(data: bytes) -> str:
    """Return the remark of a receipt on a file of ours, which is stored as it came; "" = it is none."""
    found = identify_own_file(data)
    if found is None:
        return ""
    if found.file_type == "様式":
        return (
            f"{own_file_words(found)}です。「資料・報告」の画面に置くと、記入されたことも読み取れます。"
            "このまま受領することもできます。"
        )
    return f"{own_file_words(found)}です。受託者から届いたものか確かめてください。このまま受領することもできます。"

"""Forms that came back, made by hand: the ward's own form filled with openpyxl, and what people do to it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
from openpyxl import Workbook

from app.documents.excel.render import render_xlsx
from app.documents.services.document_kind import document_kind
from app.documents.services.document_scope import DocumentScope
from app.foreign_files.workbooks.form_workbook import FormWorkbook, read_form_workbook
from db.store import Store

FILLED = {
    "申込": 17, "出席": 16, "欠席": 2, "団体": 11, "貸与タブレット": 5, "時間割の分": 120, "印刷部数": 19, "回収数": 15,
    "回収率": 93.8, "満足計": 12,
    "活用の意向": 10, "資料_1": 1, "資料_2": 1, "資料_3": 1,
    "問1": (3, 3, 3, 1, 2, 1, 2), "問2": (8, 4, 3, 0, 0, 0), "問3": (6, 7, 2, 0, 0, 0), "問4": (2, 3, 9, 0, 0, 1),
    "問5": (2, 0, 11, 2, 0, 0), "問6": (4, 5, 5, 7, 5, 3, 1, 1, 0), "問7": (7, 6, 7, 2, 6, 5, 0, 0, 0),
    "問8": (7, 4, 4, 5, 3, 2, 0, 0, 2, 0), "問9": (7, 3, 3, 1, 1, 0),
}  # fmt: skip
"""The numbers of the first 講習会 of the sample year, as its own record has them."""
PEOPLE = (
    ("受託見本　三郎", "見本企画株式会社", "講師", "2026/12/1", "R9.3.31"),
    ("受託見本　一郎", "見本企画株式会社", "講師", "2026/8/3", "2027/3/31"),
    ("受託見本　次郎", "見本企画株式会社", "ファシリテーター", "2026/8/3", "2026/12/31"),
    ("受託見本　三郎", "見本企画株式会社", "講師", "2026/12/1", "R9.3.31"),
)
Act = Callable[[Workbook], None]


def figures_form(store: Store, now: datetime, event_id: int = 1) -> bytes:
    """Make the empty form of the numbers of an event."""
    scope = DocumentScope(event_id=event_id)
    return render_xlsx(document_kind("実施報告書の数字（様式）").build(store, scope, now))


def year_form(store: Store, kind: str, now: datetime) -> bytes:
    """Make an empty form of the year 2026."""
    return render_xlsx(document_kind(f"{kind}（様式）").build(store, DocumentScope(fiscal_year=2026), now))


def filled(form: bytes, values: Mapping[str, object] | None = None, *acts: Act) -> bytes:
    """Fill a form by its named cells, as somebody at a PC would, then do to it what people do."""
    book = openpyxl.load_workbook(BytesIO(form))
    for key, value in (FILLED if values is None else values).items():
        given = value if isinstance(value, tuple) else None
        if given is None:
            put(book, key, value)
        else:
            for number, one in enumerate(given, start=1):
                put(book, f"{key}_{number}", one)
    for act in acts:
        act(book)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def put(book: Workbook, key: str, value: object) -> None:
    """Write into the cell of an item."""
    sheet, cell = place(book, key)
    book[sheet][cell] = value


def place(book: Workbook, key: str) -> tuple[str, str]:
    """Return the sheet and the cell that the name of an item stands for."""
    return next(iter(book.defined_names[f"様式_{key}"].destinations))


def first_line(book: Workbook, sheet: str, title: str) -> int:
    """Return the row below the heading of a column."""
    return next(cell.row for row in book[sheet].iter_rows() for cell in row if cell.value == title) + 1


def people(book: Workbook) -> None:
    """Fill the table of who serves."""
    for row, person in enumerate(PEOPLE, start=first_line(book, "従事者", "氏名")):
        for column, text in enumerate(person, start=1):
            book["従事者"].cell(row=row, column=column, value=text)


def read(data: bytes) -> FormWorkbook:
    """Read a workbook as the program does."""
    return read_form_workbook(data)


def ordinary(path: Path) -> None:
    """Write a workbook that is none of the ward's forms."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["出席", 16])
    book.save(path)

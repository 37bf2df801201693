"""What a reader finds in the files of a paper: its pages, its cells, its paragraphs, and what is missing in one."""

import dataclasses
import io
import re
import zipfile
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pypdf
from openpyxl.cell import Cell, MergedCell

from app.documents.blocks import Column, DocumentContent
from app.documents.services import documents
from app.documents.services.document_kind import formats_of

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_UNDRAWN = {"sheet", "look", "style", "align", "name", "kind", "type", "reference_only", "counted", "key"}
_LAID_OUT = {
    *("columns", "landscape", "ruled", "type_size", "size", "label_width", "parts", "entry_id", "entries", "file_id")
}
"""What no reader looks for: room and letters, and the numbers of rows and files in the database."""

_ROOM = {"columns", "label_width", "min_row_height", "type_size", "size", "landscape", "ruled"}


def pdf_of(content: DocumentContent) -> pypdf.PdfReader:
    """The PDF of a paper."""
    return pypdf.PdfReader(io.BytesIO(documents.render(content, format="pdf").data))


def pages_of(content: DocumentContent) -> list[str]:
    """The text of every page without the spaces a layout puts between its parts."""
    return [re.sub(r"\s", "", page.extract_text()) for page in pdf_of(content).pages]


def cells_of(content: DocumentContent) -> list[str]:
    """The text of every cell of its workbook."""
    book = openpyxl.load_workbook(io.BytesIO(documents.render(content, format="xlsx").data), data_only=True)
    return [seen_in(cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def seen_in(cell: Cell | MergedCell) -> str:
    """What a cell shows: a day (「R8.12.8（火）」, 「R8.12.8(火) 9:05」) or a number (「1通」) as its format writes it,
    else its value."""
    day, shape = cell.value, str(cell.number_format)
    counted = re.fullmatch(r'0"([^"]+)"', shape)
    if counted is not None and isinstance(day, int):
        return f"{day}{counted[1]}"
    if not isinstance(day, datetime) or not shape.startswith("[$-411]ge.m.d"):
        return str(day)
    written = f"R{day.year - 2018}.{day.month}.{day.day}"
    if "aaa" in shape:
        before, after = "()" if '"("' in shape else "（）"
        written += f"{before}{'月火水木金土日'[day.weekday()]}{after}"
    return f"{written} {day.hour}:{day.minute:02d}" if shape.endswith("h:mm") else written


def word_text(data: bytes) -> str:
    """Every text of a Word file in its order, head and foot included."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        shown = [name for name in sorted(parts.namelist()) if re.search(r"word/(document|header|footer)\d*\.xml", name)]
        return "\n".join(
            "".join(text.text or "" for text in part.iter(f"{WORD}t"))
            for name in shown
            for part in ElementTree.fromstring(parts.read(name)).iter(f"{WORD}p")
        )


def missing_words(content: DocumentContent) -> list[str]:
    """Every line of the paper that one of its files does not hold, letter by letter."""
    in_pdf = "".join(_squeezed(page.extract_text()) for page in pdf_of(content).pages)
    in_book = _squeezed("".join(cells_of(content)))
    lines = [line for text in _texts(content.blocks) for line in text.splitlines() if _squeezed(line)]
    missing = [f"PDF: {line}" for line in lines if _squeezed(line) not in in_pdf]
    missing += [f"Excel: {line}" for line in lines if _squeezed(line) not in in_book]
    return missing + (missing_in_word(content) if "docx" in formats_of(content.kind) else [])


def missing_in_word(content: DocumentContent) -> list[str]:
    """Every line of the paper that its Word file does not hold, letter by letter."""
    in_word = _squeezed(word_text(documents.render(content, format="docx").data))
    beside = (content.stamp, content.state_mark)
    lines = [line for text in (*_texts(content.blocks), *beside) for line in text.splitlines() if _squeezed(line)]
    return [f"Word: {line}" for line in lines if _squeezed(line) not in in_word]


def said_by(content: DocumentContent) -> str:
    """Every text of the paper, a line each."""
    return "\n".join(text for text in _texts(content.blocks) if text)


def unsaid_by(block: object) -> str:
    """What a block shows without a word: numbers of a chart, rows that stand out, levels; one word for each field."""
    if not dataclasses.is_dataclass(block):
        return ""
    named = [(one.name, _numbers(getattr(block, one.name))) for one in _shown(block)]
    return "　".join(f"{name} {' '.join(numbers)}" for name, numbers in named if numbers)


def room_of(block: object) -> str:
    """What room a block asks for on the paper: the widths of its columns, its labels and its letters, in mm and pt."""
    fields = dataclasses.fields(block) if dataclasses.is_dataclass(block) else ()
    told = ((one.name, getattr(block, one.name)) for one in fields if one.name in _ROOM)
    return "　".join(f"{name} {_room(value)}" for name, value in told if value)


def _room(value: object) -> str:
    if not isinstance(value, tuple):
        return str(value)
    return " ".join(f"{one.width:g}" for one in value if isinstance(one, Column)) or str(len(value))


def _shown(block: Any) -> list[dataclasses.Field[Any]]:
    return [
        one
        for one in dataclasses.fields(block)
        if one.name not in _UNDRAWN | _LAID_OUT and getattr(block, one.name) != one.default
    ]


def _numbers(value: object) -> list[str]:
    if isinstance(value, bool):
        return ["✓"] if value else []
    if isinstance(value, int):
        return [str(value)]
    if isinstance(value, tuple | frozenset):
        each = sorted(value) if isinstance(value, frozenset) else value
        return [number for item in each for number in _numbers(item)]
    if dataclasses.is_dataclass(value):
        return [number for one in _shown(value) for number in _numbers(getattr(value, one.name))]
    return []


def _squeezed(text: str) -> str:
    return re.sub(r"[\s・]+", "", text)


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in _texts(item)]
    if dataclasses.is_dataclass(value):
        named = (field.name for field in dataclasses.fields(value) if field.name not in _UNDRAWN)
        return [text for name in named for text in _texts(getattr(value, name))]
    return []

"""Identify a returned form, read it by its named cells, and report each fault by cell.

A named cell counts only while its item title is in its row; else the item is searched by title. Nothing is
guessed, and nothing is written into the file."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import field, replace

from app.common.own_file_marks import FORM_CELL_PREFIX, FORM_NAME_CELL, FORM_NAME_LABEL
from app.foreign_files.cells.date_parsing import parse_day
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.workbooks.form_workbook import CellPlace, FormCell, FormWorkbook, normalize_cell
from app.programme.rules import every_own_wording
from app.submissions.deliverables.rules.cell_values import (
    ParsedValue,
    parse_choice,
    parse_count,
    parse_rate,
    parse_text,
    unreadable_cell,
)
from app.submissions.deliverables.rules.submission_form import (
    ABOUT,
    ABOUT_LABEL,
    GUIDE,
    VALUE,
    VERSION,
    VERSION_LABEL,
    FormColumn,
    FormItem,
    FormSheet,
    ItemKind,
    SubmissionForm,
    units_of,
)
from db.record import group_by_key, record

SHEET = "シート"
_EMPTY_LINES = 30
"""So many empty rows end a table; what follows is no part of it."""
_MIN_NAMES = 3
_STRUCK = "除くものは消し、残すものは取消線のない字にしてもらう"


@record
class FormIdentity:
    """The identity in a workbook (form, version with 0 = unreadable, and what it is about)."""

    title: str
    version: int
    about: str


@record
class FormFault:
    """One unusable value of a returned form.

    ``cell`` is 「D9」, or シート, ``problem_text`` what was read (a sentence without its 。, as the 修正依頼
    quotes it), ``todo`` what to write instead. ``affected_units`` are the items, questions or columns not read
    because of it.
    """

    cell: str
    sheet: str
    problem_text: str
    todo: str
    affected_units: tuple[str, ...] = ()


@record
class ReadLine:
    """One row of a table, with its row number in the sheet and its filled values by column key."""

    row: int
    values: Mapping[str, str]


@record
class FormReading:
    """The content of a form.

    ``values`` by item key, without empty and unusable ones; ``cells`` where each item is; ``lines`` of its table
    without a fault; ``remarks`` say what was interpreted.
    """

    form: SubmissionForm
    values: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, CellPlace] = field(default_factory=dict)
    lines: tuple[ReadLine, ...] = ()
    faults: tuple[FormFault, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def faulty_units(self) -> frozenset[str]:
        """Return the items, questions and columns with a fault."""
        return frozenset(unit for fault in self.faults for unit in fault.affected_units)


def identify_form(book: FormWorkbook, titles: Collection[str]) -> FormIdentity:
    """Return which of the forms called ``titles`` a workbook is.

    Raises:
        IntakeRefusal: it is no form of the ward, or its identity is gone.
    """
    title = _read_identity_cell(book, FORM_NAME_CELL, FORM_NAME_LABEL)
    if title not in titles:
        if sum(name.startswith(FORM_CELL_PREFIX) for name in book.names) >= _MIN_NAMES:
            raise IntakeRefusal(
                f"「{GUIDE}」のシートが消されているか書きかえられていて、どの様式か分かりませんので、"
                "区が渡した様式に記入し直したものを受け取ってください。"
            )
        raise IntakeRefusal(
            "区が渡した様式ではない、ふつうのExcelブックですので、"
            "「届いたものを受領する」から、届いたファイルとして受領してください。"
        )
    version = parse_count(_read_identity_cell(book, VERSION, VERSION_LABEL)).value
    return FormIdentity(title=title, version=int(version or 0), about=_read_identity_cell(book, ABOUT, ABOUT_LABEL))


def _read_identity_cell(book: FormWorkbook, name: str, label: str) -> str:
    """Return the value of a named cell of the guide, else beside its label, else ""."""
    place = book.names.get(name)
    if place is not None and book.cell_at(place).text.strip():
        return book.cell_at(place).text.strip()
    for at in book.find_text(label):
        beside = [one for one in book.cells if one.sheet == at.sheet and one.row == at.row and one.column > at.column]
        if beside:
            return book.cell_at(min(beside)).text.strip()
    return ""


def read_form(form: SubmissionForm, book: FormWorkbook) -> FormReading:
    """Read an identified form; unusable values become faults by cell."""
    reader = _Reader(form, book)
    for page in form.pages:
        reader.read_sheet(page)
    return FormReading(
        form=form,
        values=reader.values,
        cells=reader.cells,
        lines=tuple(reader.lines),
        faults=tuple(reader.faults),
        remarks=tuple(reader.remarks),
    )


class _Reader:
    """Reads a returned form: values, lines, and every fault with its cell."""

    def __init__(self, form: SubmissionForm, book: FormWorkbook):
        self.form, self.book = form, book
        self.values: dict[str, str] = {}
        self.cells: dict[str, CellPlace] = {}
        self.lines: list[ReadLine] = []
        self.faults: list[FormFault] = []
        self.remarks: list[str] = []
        self._shown = group_by_key((normalize_cell(cell.text), place) for place, cell in book.cells.items())

    def read_sheet(self, page: FormSheet) -> None:
        """Read one sheet, also where its cells were moved; a missing or quite empty sheet becomes a fault."""
        wanted = [*(item.title for item in page.items), *(column.title for column in page.columns)]
        there = page.sheet in self.book.sheets
        if not there and not any(map(self._cells_with_text, wanted)):
            self._add_fault(
                SHEET,
                page.sheet,
                f"「{page.sheet}」のシートがありません",
                "シートのある様式に記入してもらう",
                *dict.fromkeys(units_of(page)),
            )
            return
        if not there:
            now = next(place.sheet for title in wanted for place in self._cells_with_text(title))
            self.remarks.append(f"「{page.sheet}」のシートは「{now}」に変わっていました。項目名で見つけました。")
        places = [(item, place) for item in page.items if (place := self._find_cell(page, item)) is not None]
        if len(places) > 1 and not any(self._is_filled(place) for _item, place in places):
            first = places[0][1]
            self._add_fault(
                first.cell,
                first.sheet,
                f"「{page.sheet}」に1つも記入がありません",
                "記入してもらう",
                *(item.group or item.title for item, _place in places),
            )
        else:
            for item, place in places:
                self._item(item, place)
            self._answers(page)
        if page.columns:
            self._table(page)

    def _is_filled(self, place: CellPlace) -> bool:
        cell = self.book.cell_at(place)
        return bool(cell.text.strip() or cell.mark)

    def _cells_with_text(self, text: str) -> list[CellPlace]:
        """Return the cells with a text as any municipality says it, except those of the guide."""
        shown = (place for said in every_own_wording(text) for place in self._shown.get(normalize_cell(said), ()))
        return [place for place in shown if place.sheet != GUIDE]

    def _find_cell(self, page: FormSheet, item: FormItem) -> CellPlace | None:
        """Return the cell of an item, by its name beside the title, else by the title; None with a fault if unclear."""
        named = self.book.names.get(item.name)
        labels = self._cells_with_text(item.title)
        unit = item.group or item.title
        beside = [at for at in labels if named is not None and (at.sheet, at.row) == (named.sheet, named.row)]
        if named is not None and beside and len(labels) == 1:
            return named
        if len(labels) > 1:
            rows = "と".join(at.cell for at in labels[:3])
            self._add_fault(
                labels[0].cell,
                labels[0].sheet,
                f"「{item.title}」の行が{len(labels)}つあります（{rows}）",
                "1つにしてもらう",
                unit,
            )
            return None
        if not labels:
            cell, sheet = (named.cell, named.sheet) if named is not None else (SHEET, page.sheet)
            self._add_fault(cell, sheet, f"項目名「{item.title}」がありません", "項目名を元に戻してもらう", unit)
            return None
        at = labels[0]
        headings = [one for one in self._shown.get(normalize_cell(VALUE), ()) if one.sheet == at.sheet]
        column = (
            headings[0].column
            if len(headings) == 1
            else named.column
            if named is not None and named.sheet == at.sheet
            else None
        )
        if column is None:
            self._add_fault(at.cell, at.sheet, f"「{VALUE}」の見出しがありません", "見出しを元に戻してもらう", unit)
            return None
        if named is not None and named.sheet == at.sheet and named.row != at.row:
            self.remarks.append(
                f"{abs(named.row - at.row)}行ずれていた「{item.title}」は、項目名で見つけて読みました。"
            )
        elif named is None:
            self.remarks.append(f"セルの名前が消えていた「{item.title}」は、項目名で見つけて読みました。")
        return CellPlace(at.sheet, at.row, column)

    def _item(self, item: FormItem, place: CellPlace) -> None:
        """Read one item into ``values`` and its place into ``cells``.

        An unusable cell becomes a fault, and so does an empty one that is needed, except that of an answer.
        """
        unit = item.group or item.title
        cell = self.book.cell_at(place)
        if cell.is_struck_out is None and self.book.is_row_struck_out(place):
            cell = replace(cell, is_struck_out=True)
        taken = parse_cell(cell, item.kind, item.choices)
        self.cells[item.key] = place
        if taken.problem:
            self._add_fault(
                place.cell,
                place.sheet,
                f"{item.title}の欄に「{_short(self.book.cell_at(place).text)}」とあります",
                f"{taken.problem}。{taken.todo}",
                unit,
            )
            return
        if taken.read_as:
            self.remarks.append(
                f"{place.cell}の「{_short(self.book.cell_at(place).text)}」は、{taken.read_as} と読みました。"
            )
        if taken.value:
            self.values[item.key] = taken.value
        elif item.needed and not item.group:
            self._add_fault(
                place.cell, place.sheet, f"{item.title}の欄が空いています", _input_instruction(item.kind), unit
            )

    def _answers(self, page: FormSheet) -> None:
        """Add a fault for each question of the sheet whose answers are all empty; called after its items were read.

        Some may be empty where nobody chose them (the sum shows it, see ``form_checks``).
        """
        groups = group_by_key((item.group, item) for item in page.items if item.group)
        for group, items in groups.items():
            placed = [self.cells[item.key] for item in items if item.key in self.cells]
            if (
                placed
                and not any(item.key in self.values for item in items)
                and not any(group in fault.affected_units for fault in self.faults)
            ):
                self._add_fault(
                    placed[0].cell,
                    placed[0].sheet,
                    f"{group}の欄が空いています",
                    "選択肢ごとの人数を記入してもらう",
                    group,
                )

    def _table(self, page: FormSheet) -> None:
        """Read the lines of a table below its headings into ``lines``, until 30 empty rows end it.

        Headings that do not stand in one row, and a table without any line, become a fault.
        """
        heads = {column.key: place for column in page.columns if (place := self._heading(page, column)) is not None}
        if len({(place.sheet, place.row) for place in heads.values()}) > 1:
            first = min(heads.values())
            self._add_fault(
                first.cell, first.sheet, "見出しが1つの行に並んでいません", "見出しを元に戻してもらう", *units_of(page)
            )
            return
        if not heads:
            return
        head = next(iter(heads.values()))
        before = len(self.faults)
        filled = sorted({place.row for place in self.book.cells if place.sheet == head.sheet and place.row > head.row})
        last = head.row
        for row in filled:
            cells = {key: self.book.cell_at(CellPlace(head.sheet, row, place.column)) for key, place in heads.items()}
            if not any(cell.text.strip() or cell.mark for cell in cells.values()):
                continue
            if row - last > _EMPTY_LINES:
                break
            last = row
            self._line(page.columns, heads, row, cells)
        if not self.lines and len(self.faults) == before:
            self._add_fault(
                head.cell, head.sheet, f"「{page.sheet}」に1行も記入がありません", "記入してもらう", *units_of(page)
            )

    def _heading(self, page: FormSheet, column: FormColumn) -> CellPlace | None:
        """Return where the heading of a column stands, by its name or text; None with a fault if unclear."""
        named = self.book.names.get(column.name)
        labels = self._cells_with_text(column.title)
        if named is not None and named in labels:
            return named
        if len(labels) == 1:
            return labels[0]
        cell, sheet = (named.cell, named.sheet) if named is not None else (SHEET, page.sheet)
        what = (
            f"見出し「{column.title}」が{len(labels)}つあります" if labels else f"見出し「{column.title}」がありません"
        )
        self._add_fault(cell, sheet, what, "見出しを元に戻してもらう", column.title)
        return None

    def _line(
        self, columns: Sequence[FormColumn], heads: Mapping[str, CellPlace], row: int, cells: Mapping[str, FormCell]
    ) -> None:
        """Read one line of a table into ``lines``.

        A struck-out line, an unusable cell and an empty one that is needed become faults, and the line is left out.
        """
        first = min(heads.values(), key=lambda place: place.column)
        if self.book.is_row_struck_out(CellPlace(first.sheet, row, first.column)):
            at = CellPlace(first.sheet, row, first.column)
            self._add_fault(at.cell, at.sheet, f"{row}行目に取消線が引かれています", _STRUCK)
            return
        values = {}
        whole = True
        for column in columns:
            if column.key not in heads:
                whole = whole and not column.needed
                continue
            at = CellPlace(heads[column.key].sheet, row, heads[column.key].column)
            taken = parse_cell(cells[column.key], column.kind, column.choices)
            if taken.problem:
                self._add_fault(
                    at.cell,
                    at.sheet,
                    f"{column.title}の欄に「{_short(cells[column.key].text)}」とあります",
                    f"{taken.problem}。{taken.todo}",
                    column.title,
                )
                whole = False
            elif taken.value:
                values[column.key] = taken.value
            elif column.needed:
                self._add_fault(
                    at.cell,
                    at.sheet,
                    f"{column.title}の欄が空いています",
                    _input_instruction(column.kind),
                    column.title,
                )
                whole = False
        if whole:
            self.lines.append(ReadLine(row=row, values=values))

    def _add_fault(self, cell: str, sheet: str, problem_text: str, todo: str, *units: str) -> None:
        """Append a fault with its cell; ``units`` are the items, questions and columns not read because of it."""
        self.faults.append(
            FormFault(cell=cell, sheet=sheet, problem_text=problem_text, todo=todo, affected_units=units)
        )


def parse_cell(cell: FormCell, kind: ItemKind, choices: tuple[str, ...]) -> ParsedValue:
    """Parse a cell by its kind; struck-out text is reported and not used."""
    found = _struck_out_problem(cell) or unreadable_cell(cell.mark)
    if found is not None:
        return found
    if kind == "count":
        return parse_count(cell.text)
    if kind == "rate":
        return parse_rate(cell.text)
    if kind == "choice":
        return parse_choice(cell.text, choices)
    if kind == "day":
        return _parse_day(cell.text)
    return parse_text(cell.text)


def _struck_out_problem(cell: FormCell) -> ParsedValue | None:
    """Return the problem that the cell is struck out, None where it is not."""
    if cell.is_struck_out is None or not cell.text.strip():
        return None
    return ParsedValue(problem=f"{'' if cell.is_struck_out else '一部の文字に'}取消線が引かれています", todo=_STRUCK)


def _parse_day(text: str) -> ParsedValue:
    """Parse a typed day to its ISO form, "" for an empty cell; a problem says how it should have been written."""
    read = parse_day(text.strip())
    if read.problem:
        return ParsedValue(problem=read.problem, todo="2026/12/8 のように、年から記入してもらう")
    if read.day is None:
        return (
            ParsedValue()
            if not text.strip()
            else ParsedValue(problem="日付ではありません", todo="2026/12/8 のように記入してもらう")
        )
    return ParsedValue(value=read.day.isoformat(), read_as=read.day.isoformat() if read.is_serial else "")


def _input_instruction(kind: ItemKind) -> str:
    return {"count": "数を記入してもらう（ないときは 0）", "rate": "93.8 のように記入してもらう",
        "day": "日付を記入してもらう",
            "choice": "一覧から選んでもらう", "text": "記入してもらう"}[kind]  # fmt: skip


def _short(text: str) -> str:
    """Return a text in one line, of at most 14 characters."""
    shown = " ".join(text.split())
    return shown if len(shown) <= 14 else f"{shown[:13]}…"

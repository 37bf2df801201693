"""Reads a file of others in any format into headings and rows, with everything doubtful reported by row.

In CSV and tab-separated text every damaged row is reported; of a workbook the sheet with the best table is taken, or
the requested one. The application form of one person (labels below each other) is not a list and is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from hashlib import sha256
from io import StringIO
from itertools import islice, pairwise
from pathlib import Path
from statistics import median
from string import ascii_uppercase

from app.common.gc_paused import pause_gc
from app.common.own_file_marks import FORM_NAME_LABEL
from app.common.text_rules import holds_personal_number, mask_personal_numbers
from app.foreign_files.cells.plain_cells import ESCAPE_TEXTS, EXCEL_GUARDED
from app.foreign_files.cells.spoken_answers import mentions_need
from app.foreign_files.cells.suspicious_texts import (
    count_lost_characters,
    has_only_printable,
    invisible_character,
    name_columns,
)
from app.foreign_files.children.limited_child import ChildLimits
from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow, Kind, LeftOutRow, row_words
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import reject_form_cells, reject_form_rows, reject_own_file
from app.foreign_files.received_bytes import detect_container, read_received_bytes
from app.foreign_files.source_detection import detect_kind, detect_service, text_source, workbook_source
from app.foreign_files.tables.earlier_reading import read_sheet_as_before, read_text_as_before
from app.foreign_files.tables.heading_detection import (
    completes_headings,
    is_other_table_heading,
    left_out_kind,
    repeats_headings,
    repeats_headings_reordered,
)
from app.foreign_files.tables.heading_roles import fold_heading, is_running_number
from app.foreign_files.tables.merged_columns import (
    CELLS_COLLIDED,
    ColumnMerge,
    collision_words,
    duplicate_columns,
    has_choice_row,
    with_choice_headings,
)
from app.foreign_files.tables.sheet_table import SheetTable, SheetTableRow, build_sheet_table
from app.foreign_files.tables.text_table import TableRow, TextTable, build_text_table
from app.foreign_files.text_decoding import DecodedText, decode_bytes
from app.foreign_files.workbooks import struck_out
from app.foreign_files.workbooks.sheet_stream import column_letters
from app.foreign_files.workbooks.workbook_reading import WorkbookSheets, read_workbook
from app.foreign_files.workbooks.zip_contents import inspect_zip
from db.digits import whole_number

_LABEL = re.compile(
    r"(?:(?:お|ご)?(?:氏名|名前)|ふりがな|フリガナ|団体名|団体|町会・"
    r"?自治会名|町会名|自治会名|電話(?:番号)?|連絡先|携帯(?:電話)?"
    r"|fax(?:番号)?|(?:ご)?住所|役職|メール(?:アドレス)?|e-?mail|(?:希望|参加希望|希望する)(?:の)?(?:講習会|"
    r"講座|日|日時)|(?:参加)?人数"
    r"|備考|配慮事項|申込日|申込者|参加者|代表者|生年月日|年齢|性別)(?:\(.*\))?[:：]?"
)
_WAY_OF_CONTACT = re.compile(r"(?:電話|携帯(?:電話)?|fax|メール|e-?mail)(?:\(.*\))?")
"""Labels that are answers, too, where a list asks how somebody applied or may be reached."""
_SENDER_NUMBER_HEADINGS = re.compile(r"^(?!.*(?:電話|携帯|tel|fax|郵便|口座|個人番号|マイナンバー)).*(?:受付|番号)")
_MIN_NUMBER_LENGTH = 12
PERSONAL_NUMBER = "personal_number"
"""Code of a cell with a possible 個人番号."""
CELL_REMARK = "cell_remark"
"""The code of a row with comments on its cells."""
STRUCK_ROW, STRUCK_CELL = "struck_row", "struck_cell"
"""The codes of a row, and of a cell of a row, that somebody struck out in the workbook (取消線)."""
OTHER_HEADINGS = "other_headings"
"""Code of a row below headings that are ordered differently from those of its table."""
NO_HEADING = "column_without_heading"
DETACHED_ROW = "row_apart"
"""Code of a row that may belong to another table below."""
_MIN_LIST_ROWS = 4
_MIN_ROWS = 3
_MAX_FORM_ROWS = 60
_LINK = re.compile(r'\s*(?:\[InternetShortcut\]|\{\s*"(?:url|doc_id|resource_id)")')
"""How a link to a table begins (.url, .gsheet)."""
BROKEN_CODES = frozenset({"column_count_mismatch", "decode_error"})
"""Damage after which the cells of a row may be wrong or shifted."""
_MAX_NAMED = 5
_REMARK_LENGTH = 40
_FORM_ROWS = 30
"""Number of rows searched for headings of a table in a form."""
_BETWEEN_CELLS = re.compile(r'[,\t;"\r\n]+')


def reject_vertical_form(file: ForeignFile) -> None:
    """Raise IntakeRefusal for the form of one person: short, with labels such as 氏名 and 電話番号 among the data."""
    if len(file.rows) > _MAX_FORM_ROWS:
        return
    labels = {
        label
        for row in file.rows
        for cell in row.cells[: len(file.headings)]
        if len(cell) <= 30 and _LABEL.fullmatch(label := fold_heading(cell))
    }
    if len(labels) >= _MIN_ROWS and not all(map(_WAY_OF_CONTACT.fullmatch, labels)):
        raise IntakeRefusal(
            "「氏名」や「電話番号」などの見出しが縦に並ぶ、1件分の申込書のようですので、"
            "申込の画面の「電話の申込を入力する」で入力するか、1行に1件の一覧にしてから選んでください。"
        )


def _reject_other_texts(text: str) -> None:
    """Raise IntakeRefusal for a link to a table, and for one of our forms saved as text."""
    if _LINK.match(text):
        raise IntakeRefusal(
            "表そのものではなく、その場所を書いただけのファイルですので、その表を開き、"
            "「ファイル」の「ダウンロード」でExcelかCSVにしてから選んでください。"
        )
    if FORM_NAME_LABEL in text:
        reject_form_cells(_BETWEEN_CELLS.split(text))
    # No heading of ours holds a separator, so lines are enough; the shape of a table would leave out what is above it.
    reject_form_rows(map(_BETWEEN_CELLS.split, islice(StringIO(text), _FORM_ROWS)))


def read_text_table(
    data: bytes, *, path: Path, known: frozenset[str], zipped: bool = False, expected_kind: Kind | None
) -> ForeignFile:
    """Read ``data`` as delimited text; ``path`` gives the name only, ``expected_kind`` what the file should be.

    ``sha256`` stays "", and neither personal numbers nor detached rows are reported yet. Raises IntakeRefusal.
    """
    decoded = decode_bytes(data)
    _reject_other_texts(decoded.text)
    table = build_text_table(decoded, known_headings=known)
    headings, groups, header_row, body = _headings(table, expected_kind)
    kind = expected_kind or detect_kind(headings)
    rows: list[ForeignRow] = []
    left_out = []
    problems = []
    notices: list[Finding] = [] if table.lines_above is None else [_other_table_notice(table.lines_above, "に")]
    after_total = False
    other_heads = 0
    known_texts = {*headings, *table.headings} - {""}
    for found in body:
        # Of nearly every row no two cells are headings: then it is asked no further.
        heads = not known_texts.isdisjoint(found.cells) and sum(cell in known_texts for cell in found.cells) > 1
        again = heads and repeats_headings(found.cells, headings)
        if (
            heads
            and not again
            and not other_heads
            and repeats_headings_reordered(found.cells, headings, answers=kind == "アンケート")
        ):
            # Another form was joined: whether its columns are those above nobody but a person can say.
            other_heads = found.source_line
            left_out.append(
                LeftOutRow(source_line=found.line, kind="見出し", cells=found.cells, number=found.source_line)
            )
            notices.append(_other_headings_notice(found.source_line))
            continue
        if kind == "アンケート" and again:
            left_out.append(
                LeftOutRow(source_line=found.line, kind="見出し", cells=found.cells, number=found.source_line)
            )
            continue
        if kind != "アンケート" and found.code in {"", "column_count_mismatch"}:
            if is_other_table_heading(found.cells, headings):
                notices.append(_other_table_notice(found.source_line))
                break
            word = left_out_kind(found.cells, headings, after_total=after_total)
            if word:
                after_total = after_total or word == "合計"
                left_out.append(
                    LeftOutRow(source_line=found.line, kind=word, cells=found.cells, number=found.source_line)
                )
                continue
        number = len(rows) + 1
        broken = found.problem if found.code in BROKEN_CODES else ""
        if other_heads and not broken:
            broken = f"{row_words([other_heads])}に別の並びの見出しがあり、列が違うおそれがある"
            problems.append(Finding(row=number, reason=broken, code=OTHER_HEADINGS))
        notices += [
            Finding(row=number, index=index, column=headings[index], reason=ESCAPE_TEXTS[code], code=code)
            for index, code in found.escape_codes
            if index < len(headings)
        ]
        rows.append(
            ForeignRow(row=number, source_line=found.line, cells=found.cells, problem=broken, number=found.source_line)
        )
        problems += _damage_notices(number, found, headings)
    headings, groups, rows, more, joined = _merge_duplicate_columns(headings, groups, rows, kind)
    problems = sorted([*problems, *more], key=lambda one: one.row)
    notices = [*_summarize_notices(notices), *_joined_column_notices(joined), *_unheaded_column_notices(headings, rows)]
    problems += _split_heading_notices(headings, rows) if kind == "アンケート" else []
    tabs = decoded.encoding.startswith("utf-16") and table.delimiter == "\t"
    service = detect_service(headings, rows, kind, workbook=False, tabs=tabs)
    named = name_columns(headings)
    codes = {problem.code for problem in problems}
    return ForeignFile(
        source=text_source(service, rows, codes, path=path, zipped=zipped),
        service=service,
        kind=kind,
        encoding=decoded.encoding,
        header_row=header_row,
        headings=headings,
        groups=groups,
        rows=tuple(rows),
        sha256="",
        problems=tuple(problems),
        notices=(*notices, *_text_notices(decoded, table)),
        left_out=tuple(left_out),
        cells_above=tuple(
            cell.strip('" ')
            for line in decoded.text.splitlines()[: header_row - 1]
            for cell in line.split(table.delimiter)
            if cell.strip('" ')
        ),
        lost_characters=count_lost_characters(row.cells[index] for row in rows for index in named),
        read_earlier_table=cache(partial(read_text_as_before, decoded, known)),
    )


def _merge_duplicate_columns(
    headings: tuple[str, ...], groups: tuple[str, ...], rows: list[ForeignRow], kind: Kind
) -> tuple[tuple[str, ...], tuple[str, ...], list[ForeignRow], list[Finding], tuple[str, ...]]:
    """Return the table with one column for each question that had two, findings, and the joined headings.

    Headings, groups and rows are unchanged where no question has two. Cells that differ are a finding.
    """
    sound = [row.cells for row in rows if not row.problem]
    owners = duplicate_columns(headings, groups, sound, answers=kind == "アンケート")
    if not owners:
        return headings, groups, rows, [], ()
    folding, width = ColumnMerge(target_columns=owners), len(headings)
    texts = folding.merge_headings(headings)
    found, asked = [], []
    for row in rows:
        cells, met = folding.merge_cells(row.cells, width)
        found.append(replace(row, cells=cells))
        asked += [
            Finding(
                row=row.row,
                index=index,
                column=texts[index],
                reason=collision_words(texts[index], values),
                code=CELLS_COLLIDED,
            )
            for index, values in met.items()
        ]
    names = tuple(dict.fromkeys(headings[owner] for owner in owners.values()))
    return texts, folding.merge_headings(groups), found, asked, names


def _summarize_notices(notices: Sequence[Finding]) -> list[Finding]:
    """Return the notices with those on cells protected from Excel combined into one for the file."""
    rest = [one for one in notices if one.code != EXCEL_GUARDED]
    rows = len({one.row for one in notices if one.code == EXCEL_GUARDED})
    if rows:
        reason = f"{ESCAPE_TEXTS[EXCEL_GUARDED]}（{rows}行）"
        rest.append(Finding(reason=reason, code=EXCEL_GUARDED))
    return rest


def _joined_column_notices(names: Iterable[str]) -> list[Finding]:
    said = [f"「{' '.join(name.split())}」の列が2つ以上あり、1つの列として読んだ" for name in names]
    return [Finding(reason=one, code="columns_joined") for one in said]


def _unheaded_column_notices(
    headings: Sequence[str], rows: Sequence[ForeignRow], columns: Sequence[int] = ()
) -> list[Finding]:
    """Return notices on columns with content but without a heading.

    ``columns`` are those of the sheet, by which a person finds them; of a text they are counted from its first.
    """
    said = []
    for index, heading in enumerate(headings):
        if heading.strip():
            continue
        filled = sum(bool(row.cells[index].strip()) for row in rows if not row.problem)
        if filled:
            name = column_letters(columns[index] if columns else index)
            reason = f"見出しのない列（{name}列）に値があり、読んでいない（{filled}行）"
            said.append(Finding(index=index, column=None, reason=reason, code=NO_HEADING))
    return said


def _split_heading_notices(headings: Sequence[str], rows: Sequence[ForeignRow]) -> list[Finding]:
    """Return notices on answers under an empty heading to the right of a question, whose choice is unknown."""
    found = []
    filled = [index for index, heading in enumerate(headings) if heading.strip()]
    for left, right in pairwise(filled):
        for index in range(left + 1, right):
            reason = f"「{' '.join(headings[left].split())}」の見出しの右の、見出しのない列に答えがある"
            found += [
                Finding(row=row.row, index=left, column=headings[left], reason=reason, code=NO_HEADING)
                for row in rows
                if not row.problem and row.cells[index].strip()
            ]
    return sorted(found, key=lambda one: one.row)


def _other_headings_notice(seen: int) -> Finding:
    """Return the notice that other headings follow in the sheet, from spreadsheet row ``seen`` on."""
    reason = f"{row_words([seen])}に別の並びの見出しがある。それより下の行は、列が違うおそれがあるため取り込まない"
    return Finding(reason=reason, code=OTHER_HEADINGS)


def _headings(
    table: TextTable, expected_kind: Kind | None
) -> tuple[tuple[str, ...], tuple[str, ...], int, Sequence[TableRow]]:
    """Return headings, group headings, their line, and the rows below.

    A sheet saved as text may have two heading rows.
    """
    upper, rows = table.headings, table.rows
    below = [row.cells for row in rows[1:] if not row.code]
    # In lists the second heading row shows by the gaps it fills; in answers by the rows below.
    if rows and not rows[0].code and has_choice_row(upper, rows[0].cells, below):
        texts, groups_of = with_choice_headings(upper, rows[0].cells)
        if "アンケート" in {expected_kind, detect_kind(texts)} or not completes_headings(
            upper, rows[0].cells, below[0] if below else ()
        ):
            return texts, groups_of, rows[0].line, rows[1:]
    # A row that cannot be read, or an empty one, says nothing of what stands below headings.
    data = next((row.cells for row in rows[1:] if not row.code and any(cell.strip() for cell in row.cells)), ())
    if rows and not rows[0].code and completes_headings(upper, rows[0].cells, data):
        lower = rows[0].cells
        texts = tuple(low if low.strip() else up for low, up in zip(lower, upper, strict=True))
        groups, last = [], ""
        for up, low in zip(upper, lower, strict=True):
            last = up.strip() or last
            groups.append(last if low.strip() else "")
        return texts, tuple(groups), rows[0].line, rows[1:]
    return upper, ("",) * len(upper), table.header_line, rows


def _damage_notices(number: int, found: TableRow, headings: Sequence[str]) -> list[Finding]:
    """Return findings on what is wrong with a row, and on control characters in its cells."""
    damage = []
    if found.problem:
        column = headings[found.index] if found.index is not None else None
        damage.append(Finding(row=number, index=found.index, column=column, reason=found.problem, code=found.code))
    if has_only_printable(found.cells):
        return damage
    for index, cell in enumerate(found.cells[: len(headings)]):
        silent = invisible_character(cell)
        if silent:
            reason, code = silent
            damage.append(Finding(row=number, index=index, column=headings[index], reason=reason, code=code))
    return damage


def _other_table_notice(seen: int, where: str = "から") -> Finding:
    """Return the notice that another table stands from row ``seen`` on, with に as ``where`` in that row."""
    reason = f"{row_words([seen])}{where}別の表があり、読んでいない"
    return Finding(reason=reason, code="other_table")


def _text_notices(decoded: DecodedText, table: TextTable) -> list[Finding]:
    """Return a notice on lines with characters of another encoding, [] where there are none."""
    if not decoded.foreign_lines:
        return []
    seen = {row.line: row.source_line for row in table.rows}
    # A line inside a cell belongs to the row that began before it.
    starts = [max((line for line in seen if line <= foreign), default=foreign) for foreign in decoded.foreign_lines]
    lines = row_words(sorted({seen.get(line, line) for line in starts})[:5])
    reason = f"文字コードが混ざっている（{lines}）"
    return [Finding(reason=reason, code="mixed_encoding")]


def read_workbook_table(
    data: bytes,
    *,
    unpacked: int,
    sheet: str,
    known: frozenset[str],
    caps: ChildLimits | None,
    expected_kind: Kind | None,
) -> ForeignFile:
    """Read the workbook ``data`` (``unpacked`` bytes when unpacked); ``expected_kind`` is what it should be.

    ``sha256`` stays "", and neither personal numbers nor detached rows are reported yet. Raises IntakeRefusal.
    """
    book = read_workbook(data, unpacked=unpacked, sheet=sheet, caps=caps)
    if sheet and not book.sheets:
        raise IntakeRefusal(f"シート「{sheet}」が見つかりませんので、シートを選び直してください。")
    reject_form_cells(
        text for found in book.sheets for _row, _hidden, cells in found.rows for _at, text, _mark in cells
    )
    reject_form_rows(
        [text for _at, text, _mark in cells]
        for found in book.sheets
        for _row, _hidden, cells in found.rows[:_FORM_ROWS]
    )
    answers = expected_kind == "アンケート"
    tables = [table for found in book.sheets if (table := build_sheet_table(found, known, answers=answers)) is not None]
    if not tables:
        raise IntakeRefusal(
            "見出しの行が見つかりませんので、「氏名」や「団体名」などの見出しが並ぶ表のあるブックを選んでください。"
        )
    table = max(tables, key=lambda one: (bool(one.rows), one.score, len(one.rows)))
    headings = table.headings.texts
    kind = expected_kind or detect_kind(headings)
    beside = _remarks_by_row(next(one.remarks for one in book.sheets if one.name == table.name))
    rows = tuple(
        ForeignRow(row=number, source_line=found.sheet_row, cells=found.cells, remarks=beside.pop(found.sheet_row, ()))
        for number, found in enumerate(table.rows, 1)
    )
    service = detect_service(headings, rows, kind, workbook=True)
    named = name_columns(headings)
    problems, notices = _row_findings(table)
    # What is said at an application is read with the applicant's own words.
    problems += [_remark_finding(row) for row in rows if row.remarks and kind != "申込"]
    problems += _split_heading_notices(headings, rows) if kind == "アンケート" else []
    notices += [
        *_joined_column_notices(table.joined_headings),
        *_unheaded_column_notices(headings, rows, table.columns),
    ]
    source = workbook_source(
        service,
        far=bool(table.far_cells),
        formulas=any(notice.code == "formula_cell" for notice in notices),
        first_sheet=table.name == book.sheets[0].name,
        titled=table.headings.row > 1,
    )
    return ForeignFile(
        source=source,
        service=service,
        kind=kind,
        encoding=None,
        header_row=table.headings.row,
        headings=headings,
        groups=table.headings.groups,
        rows=rows,
        sha256="",
        sheet=table.name,
        sheets=tuple(one.name for one in tables if one.rows),
        problems=tuple(problems),
        notices=(*_summarize_notices(notices), *_file_notices(table, tables, book), *_unread_remarks(beside)),
        left_out=table.left_out,
        cells_above=table.cells_above,
        hidden_columns=table.hidden_columns,
        lost_characters=count_lost_characters(row.cells[index] for row in rows for index in named),
        read_earlier_table=cache(
            partial(read_sheet_as_before, next(one for one in book.sheets if one.name == table.name), known)
        ),
    )


def _remarks_by_row(remarks: Iterable[tuple[str, str]]) -> dict[int, tuple[str, ...]]:
    """Return the comments by the row of their cell, and under 0 the texts of shapes."""
    found: dict[int, tuple[str, ...]] = {}
    for place, text in remarks:
        row = whole_number(place.lstrip(ascii_uppercase)) or 0
        found[row] = (*found.get(row, ()), " ".join(text.split()))
    return found


def _remark_finding(row: ForeignRow) -> Finding:
    """Return the question about the comments of a row; a need in them is not said."""
    told = "".join(f"「{text[:_REMARK_LENGTH]}」" for text in row.remarks if not mentions_need(text))
    return Finding(row=row.row, reason=f"セルにメモ{told}が付いている", code=CELL_REMARK)


def _unread_remarks(remarks: Mapping[int, Sequence[str]]) -> list[Finding]:
    told = [text for row in sorted(remarks) for text in remarks[row] if not mentions_need(text)]
    if not remarks:
        return []
    words = "".join(f"「{text[:_REMARK_LENGTH]}」" for text in told[:_MAX_NAMED])
    reason = f"表の外のメモや、図形の中に文字があり、読んでいない{words}"
    return [Finding(reason=reason, code="unread_remarks")]


def _row_findings(table: SheetTable) -> tuple[list[Finding], list[Finding]]:
    problems = []
    notices = []
    for number, found in enumerate(table.rows, 1):
        for index, reason, code in _cell_problems(found):
            if code == "formula_without_value" and is_running_number(table.headings.texts[index]):
                continue
            problems.append(_finding(table, number, index, reason, code))
        problems += [
            _finding(table, number, index, collision_words(table.headings.texts[index], texts), CELLS_COLLIDED)
            for index, texts in found.collided_texts.items()
        ]
        notices += [
            _finding(table, number, index, ESCAPE_TEXTS[code], code) for index, code in found.escape_codes.items()
        ]
        if found.struck:
            problems += _struck_out_findings(table, number, found)
        for index in found.carried_columns:
            reason = "上の行と結合したセル。上の値を使う"
            notices.append(_finding(table, number, index, reason, "merged_cell_carried"))
        for index, mark in found.marks.items():
            if mark == "f":
                reason = "数式のセル。保存済みの値だけを使い、計算も通信もしない"
                notices.append(_finding(table, number, index, reason, "formula_cell"))
        if found.hidden:
            reason = "シートで隠れている行。ほかの行と同じに読む"
            notices.append(_finding(table, number, None, reason, "hidden_row"))
    return problems, notices


def _struck_out_findings(table: SheetTable, number: int, found: SheetTableRow) -> list[Finding]:
    """Return one finding on a row that is struck out, else one for each struck-out cell, to be decided by a person.

    Running numbers and cells carried over from the row above do not count.
    """
    headings = table.headings.texts
    filled = [
        index
        for index, cell in enumerate(found.cells)
        if cell.strip() and index not in found.carried_columns and not is_running_number(headings[index])
    ]
    if struck_out.is_row_struck_out(filled, found.struck):
        return [_finding(table, number, None, struck_out.ROW_STRUCK_TEXT, STRUCK_ROW)]
    said = []
    for index in filled:
        if index in found.struck:
            reason = f"「{' '.join(headings[index].split())}」{struck_out.struck_cell_words(whole=found.struck[index])}"
            said.append(_finding(table, number, index, reason, STRUCK_CELL))
    return said


def _cell_problems(found: SheetTableRow) -> list[tuple[int, str, str]]:
    """Return the problems of the cells of a row, each as column number, reason and code."""
    problems = []
    for index, mark in found.marks.items():
        if mark == "e":
            problems.append((index, f"セルがエラー値「{found.cells[index]}」になっている", "error_value"))
        elif mark == "F":
            problems.append((index, "数式の結果が保存されていないため、値が分からない", "formula_without_value"))
    for index, cell in enumerate(found.cells):
        silent = invisible_character(cell)
        if silent:
            problems.append((index, *silent))
    return problems


def _finding(table: SheetTable, row: int, index: int | None, reason: str, code: str) -> Finding:
    """Return a finding at a cell, or on the whole row where ``index`` is None."""
    column = None if index is None else table.headings.texts[index]
    return Finding(row=row, index=index, column=column, reason=reason, code=code)


def _file_notices(table: SheetTable, tables: Sequence[SheetTable], book: WorkbookSheets) -> list[Finding]:
    said = []
    if table.far_cells:
        cells = "、".join(table.far_cells[:_MAX_NAMED]) + ("ほか" if len(table.far_cells) > _MAX_NAMED else "")
        said.append((f"表から離れたセル（{cells}）に値があり、表の外として読んでいない", "far_cells"))
    others = [one.name for one in tables if one.name != table.name and one.rows]
    if others:
        said.append(
            (
                f"ほかのシートにも表がある（{'、'.join(others[:_MAX_NAMED])}）。読んだのは「{table.name}」だけ",
                "other_sheets",
            )
        )
    if book.hidden:
        said.append((f"隠れたシートは読んでいない（{'、'.join(book.hidden[:_MAX_NAMED])}）", "hidden_sheets"))
    if table.table_above is not None:
        said.append((f"{row_words([table.table_above])}に別の表があり、読んでいない", "other_table"))
    if table.other_table is not None:
        said.append((f"{row_words([table.other_table])}から別の表があり、読んでいない", "other_table"))
    if table.table_beside is not None:
        said.append(("同じシートの横に別の表か書き込みがあり、読んでいない", "table_beside"))
    hidden = [row.sheet_row for row in table.rows if row.hidden]
    if hidden:
        more = "ほか" if len(hidden) > _MAX_NAMED else ""
        said.append(
            (
                f"シートで隠れている行がある（{row_words(hidden[:_MAX_NAMED])}{more}）。ほかの行と同じに読む",
                "hidden_rows",
            )
        )
    if table.hidden_columns:
        names = "、".join(table.headings.texts[index].strip() or "見出しなし" for index in table.hidden_columns)
        said.append((f"シートで隠れている列がある（{names}）", "hidden_columns"))
    if book.macros:
        said.append(("マクロの入ったブック。マクロは動かさず、値だけを読んだ", "macros"))
    return [Finding(reason=reason, code=code) for reason, code in said]


@pause_gc()
def read_foreign_file(
    path: Path,
    *,
    sheet: str = "",
    known_headings: Iterable[str] = (),
    caps: ChildLimits | None = None,
    kind: Kind | None = None,
    accepted_own_lists: Collection[str] = (),
) -> ForeignFile:
    """Read ``path`` (CSV, tab-separated text, .xlsx, or a zip with one CSV) without changing it.

    ``sheet`` names the sheet to read (empty = the one with the best table), ``known_headings`` texts to look for
    first, such as question titles; ``caps`` are what the child that reads a workbook may take. ``kind`` is what the
    person says the file is (None = detected by its headings): in answers every row is data, whatever it looks like.
    ``accepted_own_lists`` are the names of what was saved from this program and comes back by this import; any other
    file of ours is refused with the place where it belongs. Raises IntakeRefusal, one Japanese sentence, when the file
    cannot be taken.
    """
    data = read_received_bytes(path)
    reject_own_file(data, accepted_own_lists)
    known = frozenset(known_headings)
    if detect_container(data) == "text":
        found = read_text_table(data, path=path, known=known, expected_kind=kind)
    else:
        contents = inspect_zip(data)
        if contents.workbook:
            found = read_workbook_table(
                data, unpacked=contents.unpacked, sheet=sheet, known=known, caps=caps, expected_kind=kind
            )
        else:
            detect_container(contents.data)
            found = read_text_table(
                contents.data, path=Path(contents.member), known=known, zipped=True, expected_kind=kind
            )
    if found.kind != "アンケート":
        reject_vertical_form(found)
        found = with_detached_rows_reported(found)
    return replace(with_personal_numbers_reported(found), sha256=sha256(data).hexdigest())


def with_detached_rows_reported(file: ForeignFile) -> ForeignFile:
    """Return ``file`` with sparse rows below an empty line reported as a possible second table.

    The headings of a small table below a list (品目, 個数) are unknown, so its lines look like nearly empty rows.
    """
    lines = {*(row.spreadsheet_row for row in file.rows), *(line.spreadsheet_row for line in file.left_out)}
    if not lines or len(lines) == max(lines) - min(lines) + 1:
        return file  # nothing stands below an empty line
    filled = [sum(map(bool, map(str.strip, row.cells))) for row in file.rows]
    start = next(
        (
            index
            for index in range(len(filled) - 1, 0, -1)
            if not _is_sparse(filled[index], filled[:index]) or file.rows[index].spreadsheet_row - 1 not in lines
        ),
        0,
    )
    if not start or not _is_sparse(filled[start], filled[:start]) or max(filled[start:]) > filled[start]:
        return file
    reason = "空いた行の下にあり、埋まっているセルが少ない。別の表の行かもしれない"
    apart = [Finding(row=row.row, reason=reason, code=DETACHED_ROW) for row in file.rows[start:]]
    return replace(file, problems=tuple(sorted((*file.problems, *apart), key=lambda one: one.row)))


def _is_sparse(filled: int, above: Sequence[int]) -> bool:
    """Return whether the row has at most half the cells usual above it, in a list of some width."""
    usual = median(above)
    return usual >= _MIN_LIST_ROWS and filled * 2 <= usual


def with_numbers_masked(file: ForeignFile, released: Collection[int]) -> ForeignFile:
    """Return ``file`` with every reported 個人番号 masked, except in the rows ``released`` by a person."""
    named = {(one.row, one.index) for one in file.problems if one.code == PERSONAL_NUMBER and one.row not in released}
    if not named:
        return file
    rows = tuple(
        replace(
            row,
            cells=tuple(
                mask_personal_numbers(cell) if (row.row, index) in named else cell
                for index, cell in enumerate(row.cells)
            ),
        )
        for row in file.rows
    )
    return replace(file, rows=rows)


def with_personal_numbers_reported(file: ForeignFile) -> ForeignFile:
    """Return ``file`` with every possible 個人番号 reported; a column of receipt numbers is reported once.

    The cells stay unmasked (``with_numbers_masked``).
    One number in eleven fits by chance, so a column of numbers that the sender gave (受付番号) may hold a few; where
    more than one row in five fits, the column as a whole is to be looked at, and its rows do not wait one by one.
    """
    # Each text is looked at once; of most files that was all.
    texts = {cell for row in file.rows for cell in row.cells if len(cell) >= _MIN_NUMBER_LENGTH}
    numbers = set(filter(holds_personal_number, texts))
    if not numbers:
        return file
    found = [(row.row, index) for row in file.rows for index, cell in enumerate(row.cells) if cell in numbers]
    problems, notices = list(file.problems), list(file.notices)
    by_column = Counter(index for _, index in found)
    numbered = {
        index
        for index, count in by_column.items()
        if index < len(file.headings)
        and _SENDER_NUMBER_HEADINGS.search(fold_heading(file.headings[index]))
        and count > 1
        and count * 5 > len(file.rows)
    }
    for index in sorted(numbered):
        heading = file.headings[index].strip()
        reason = (
            f"列「{heading}」の{by_column[index]}行に、個人番号の検査数字に合う12桁の番号がある。"
            "個人番号の列なら、読み込まない列にする"
        )
        notices.append(Finding(index=index, column=heading, reason=reason, code="personal_number_column"))
    for row, index in found:
        if index not in numbered:
            heading = file.headings[index] if index < len(file.headings) else ""
            reason = "個人番号（マイナンバー）らしい12桁の番号がある。値は伏せている"
            problems.append(Finding(row=row, index=index, column=heading, reason=reason, code=PERSONAL_NUMBER))
    problems.sort(key=lambda one: one.row)
    return replace(file, problems=tuple(problems), notices=tuple(notices))

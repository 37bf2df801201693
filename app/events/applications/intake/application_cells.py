"""Interprets the cells of one application, and finds what a clerk has to check before it is compared with any event."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from json.encoder import encode_basestring as quoted
from operator import itemgetter

from app.common.text_rules import name_problem
from app.events.applications.intake.application_answers import (
    CANCELLED_ROW,
    INCLUDE_ASKED,
    NO_NAME,
    NOTHING_SPLIT,
    CellRemark,
    Companions,
    SplitNames,
    own_words_questions,
    shortened,
    split_names,
)
from app.events.applications.intake.application_fields import DROPPED, FIELDS, JOINED_FIELDS, MULTIPLE_COLUMN_FIELDS
from app.events.applications.intake.ticked_columns import is_tick
from app.foreign_files.cells.answer_reading import is_nothing
from app.foreign_files.cells.choice_splitting import SURE_MATCH, CellSplitter, likely_separator, split_at
from app.foreign_files.cells.contact_cells import MAIL, plain_mail
from app.foreign_files.cells.date_parsing import DateOrder, ParsedDay, parse_day
from app.foreign_files.cells.names_in_cells import remark_at_name
from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.cells.spoken_answers import acts_in, mentions_need
from app.foreign_files.cells.suspicious_texts import (
    has_lost_character,
    has_only_printable,
    looks_like_test,
    starts_like_formula,
)
from app.foreign_files.cells.written_values import clean, holds_ditto, is_ditto
from app.foreign_files.foreign_file import STRUCK_CELL, STRUCK_ROW
from app.foreign_files.foreign_shape import ForeignFile, ForeignRow
from app.foreign_files.source_detection import choice_separator
from app.foreign_files.tables.heading_roles import fold_heading
from app.registers.register import intake as register_intake
from app.registers.register.intake import PhoneReading
from app.registers.register.rules import LOST_CHARACTER, Doubt
from db.digits import one_width
from db.record import frozen


class WishSplitter:
    """Splits the cells of a column of wishes or themes; see ``choice_splitting`` for how the separator is found."""

    def __init__(
        self,
        service: str,
        cells: Sequence[str],
        match_level: Callable[[str], int] | None,
        *,
        columns: int,
    ):
        """Create a splitter for a column.

        Args:
            match_level: returns how surely a text means one of our events; None = no text does.
            columns: number of columns with the answers; with several, a line of the joined text is one cell.
        """
        self._match_level = match_level or (lambda _text: 0)
        self._by_lines = columns > 1
        usual = choice_separator(service, cells) if service in _FIXED_SEPARATOR_SERVICES else ""
        self.separator = likely_separator(cells, usual) or usual
        self._splitter = CellSplitter(self._match_level, self.separator)
        self._cut: dict[str, tuple[str, ...]] = {}

    def split(self, cell: str) -> tuple[str, ...]:
        """Return the wishes or themes of a cell in its order, each once."""
        if cell not in self._cut:
            self._cut[cell] = self._split(cell)
        return self._cut[cell]

    def _split(self, cell: str) -> tuple[str, ...]:
        if self._by_lines and "\n" in cell:
            return tuple(dict.fromkeys(one for line in cell.splitlines() for one in self.split(line)))
        days = self._split_at_blanks(cell)
        known, rest = (days, ()) if days else self._splitter.split(cell)
        if not self.separator:
            rest = tuple(piece for one in rest for piece in _split_at_any_separator(one))
        return tuple(sorted(dict.fromkeys((*known, *rest)), key=cell.find))

    def _split_at_blanks(self, cell: str) -> tuple[str, ...]:
        """Return the answers of a cell that are all days, or separated by blanks alone; () if that is not certain.

        A number or a day before a name belongs to it; the rank before a day (第1希望, ①) is none of its words.
        """
        pieces = [one for part in _BETWEEN_DAYS.split(cell) if (one := _RANK.sub("", part))]
        if not all(map(_WRITTEN_DAY.fullmatch, map(one_width, pieces))):
            pieces = [] if _DIGIT_OR_SEPARATOR.search(cell) else cell.split()
        if len(pieces) < 2 or self._match_level(cell) == SURE_MATCH:
            return ()
        return tuple(dict.fromkeys(pieces)) if all(self._match_level(one) == SURE_MATCH for one in pieces) else ()


def _split_at_any_separator(text: str) -> list[str]:
    """Return the parts of a text of unknown answers, split at every sign that is never part of an answer."""
    pieces = [text]
    for separator in _SURE_SEPARATORS:
        pieces = [part for piece in pieces for part in split_at(piece, separator)]
    return pieces


_BETWEEN_DAYS = re.compile(r"[\s、,，・;；&＆]+|(?<=[日)）\d])と|(?=[①-⑨])")
_RANK = re.compile(r"^(?:第?[1-9１-９一二三]希望(?:日)?\s*[:：は]?|[①-⑨])\s*")
_WRITTEN_DAY = re.compile(
    r"(?:\d{4}年|\d{4}/|(?:令和|R)\d+[年.])?\d{1,2}[/月.]\d{1,2}日?(?:\([月火水木金土日](?:・?祝)?\))?"
)
_DIGIT_OR_SEPARATOR = re.compile(r"[\d\n;；,，、|｜/／・]")
_SURE_SEPARATORS = (";", "；", "\n", "、", "，", ",", "/", "／")
_FIXED_SEPARATOR_SERVICES = frozenset(
    {"google_forms_csv", "google_sheets_csv", "logo_form_like_csv", "e_application_like_csv", "ms_forms_xlsx"}
)
_CANCELLED_IN_REMARK = re.compile(
    r"(?:取り?消し?|取り?下げ|辞退|キャンセル|欠席)(?!待ち|料|の場合|する場合|した場合|はできますか|できます"
    r"か|は可|可能|ポリシー|規定|について|しない|なし|不可)"
)
_UNSTABLE_FIELDS = frozenset({"memo", DROPPED})
_RUNNING_NUMBER_HEADINGS = frozenset({"no", "no.", "#", "連番", "項番", "番号"})


_PERSON_FIELDS = frozenset({"name", "furigana", "phone", "email", "fax", "address", "names"})
_DEPUTY_MARK = re.compile(r"[（(［\[【]\s*代(?:理(?:人|者|出席|参加|申込)?)?\s*[）)］\]】]")
"""Word beside a name which says that somebody comes in another one's place."""


@dataclass(slots=True)
class ReadCells:
    """The cells of one row of an application file, by field.

    Attributes:
        values: each field's text as typed.
        columns: the column of the field, of several the first filled one.
        needs: the texts of every column of 配慮, whose headings may differ.
        ditto_fields: fields whose text is that of the row above (同上).
        unclear_ditto_fields: fields where it is unclear whom 同上 means; left empty.
        deputy_fields: fields from which 「（代理）」 was split off.
        split_names: what else stood beside a name.
    """

    values: dict[str, str]
    columns: Mapping[str, int]
    needs: Mapping[int, str]
    ditto_fields: tuple[str, ...] = ()
    unclear_ditto_fields: tuple[str, ...] = ()
    deputy_fields: tuple[str, ...] = ()
    split_names: SplitNames = NOTHING_SPLIT


_OF_ONE_PERSON = ("furigana", "phone")


def _is_same_applicant(values: Mapping[str, str], above: Mapping[str, str], *, ditto: Sequence[str]) -> bool:
    """Return whether 団体 and 申込者 of a row are those of the row above.

    For 同上 in the 氏名 its reading and telephone must not differ either, and both must be told; for 同上 in the
    reading the 氏名 must be the same.

    Args:
        ditto: the fields for which it is asked.
    """
    told, name = 0, "name" in ditto
    if "furigana" in ditto and register_intake.fold_name(values.get("name", "")) != register_intake.fold_name(
        above.get("name", "")
    ):
        return False
    for field in ("organisation", "contact_name", *(_OF_ONE_PERSON if name else ())):
        own, before = values.get(field, ""), above.get(field, "")
        if field in _OF_ONE_PERSON and not (own and before):
            continue
        if is_ditto(own):
            own = before
        if register_intake.fold_name(own) != register_intake.fold_name(before):
            return False
        told += bool(own)
    return bool(told) or not name


NO_CELLS = ReadCells({}, {}, {})


def _with_names_split(read: ReadCells) -> ReadCells:
    """Return the cells with names freed of （代理）, 様 and readings; all other characters stay."""
    if (mail := read.values.get("email")) and not MAIL.fullmatch(mail):
        read.values["email"] = plain_mail(mail)
    read = _with_deputy_marks_removed(read)
    parted = split_names(read.values)
    return read if parted is NOTHING_SPLIT else replace(read, split_names=parted)


def _with_deputy_marks_removed(read: ReadCells) -> ReadCells:
    """Return the row with （代理） taken out of its names, and the names of those fields in ``deputy_fields``.

    A cell that is only a mark keeps it. ``read.values`` is changed in place.
    """
    values = read.values
    found = [field for field in ("name", "names", "contact_name") if "代" in values.get(field, "")]
    parted = {
        field: text
        for field in found
        if (text := _DEPUTY_MARK.sub("", values[field]).strip()) != values[field] and text
    }
    if not parted:
        return read
    values.update(parted)
    return replace(read, deputy_fields=tuple(parted))


class ValuesReader:
    """Reads the cells of an application file by field, row after row."""

    def __init__(self, columns: Sequence[tuple[int, str]], ticked: Mapping[int, str], headings: Mapping[int, str]):
        """Create a reader.

        Args:
            columns: columns that are used, from the left.
            ticked: columns of ticks, whose text is the option.
            headings: those of columns whose texts are kept with their heading.
        """
        self._headings = headings
        self._columns = columns
        self._ticked = ticked
        self._fields = [field for _, field in columns]
        self._places = {field: index for index, field in columns}
        self._reach = columns[-1][0] if columns else -1
        # At least two columns, because ``itemgetter`` returns the cell itself for one.
        self._taken = itemgetter(*(index for index, _ in columns)) if len(columns) > 1 else tuple
        self._needs = [index for index, field in columns if field == "care"]
        # If every field has one column, most rows map to it cell by cell.
        self._one_for_one = not (ticked or headings) and len(self._places) == len(columns) > 1

    def read(self, row: ForeignRow, above: ReadCells) -> ReadCells:
        """Return each field's text as typed; for 同上 the text of the row ``above``.

        A 同上 about the person becomes empty and is named as unclear, unless the row is of the same applicant.
        """
        cells = row.cells
        if self._one_for_one and self._reach < len(cells) and has_only_printable(cells):
            texts = list(map(str.strip, self._taken(cells)))
            if not holds_ditto(texts):
                values = dict(zip(self._fields, texts, strict=True))
                needs = dict.fromkeys(self._needs, values.get("care", ""))
                return _with_names_split(ReadCells(values, self._places, needs))
        values, places, ditto, needs = self._collect_fields(cells, above)
        open_ones = [field for field in ditto if field in _PERSON_FIELDS] if ditto else []
        if open_ones and not _is_same_applicant(values, above.values, ditto=open_ones):
            for field in open_ones:
                values[field] = ""
            kept = tuple(field for field in ditto if field not in open_ones)
            return _with_names_split(
                ReadCells(values, places, needs, ditto_fields=kept, unclear_ditto_fields=tuple(open_ones))
            )
        return _with_names_split(ReadCells(values, places, needs, ditto_fields=tuple(ditto)))

    def _collect_fields(
        self, cells: Sequence[str], above: ReadCells
    ) -> tuple[dict[str, str], dict[str, int], list[str], dict[int, str]]:
        """Return value and column by field, the fields with 「〃」 (read from above), and 配慮 by column."""
        values: dict[str, str] = {}
        places: dict[str, int] = {}
        needs = {}
        ditto = []
        for index, field in self._columns:
            if index >= len(cells):
                continue
            text = clean(cells[index])
            if index in self._ticked:
                text = self._ticked[index] if is_tick(text) else ""
            if is_ditto(text) and not field.startswith("contact_") and above.values.get(field):
                text = above.needs.get(index, "") if field == "care" else above.values[field]
                ditto.append(field)
            if field == "care":
                needs[index] = text
            if text and index in self._headings:
                text = "" if is_nothing(text) else f"{self._headings[index]}：{text}"
            held = values.get(field, "")
            if held and (field in MULTIPLE_COLUMN_FIELDS or field in JOINED_FIELDS):
                joint = "\n" if field in MULTIPLE_COLUMN_FIELDS else JOINED_FIELDS[field]
                values[field] = held if text in ("", held) else f"{held}{joint}{text}"
                continue
            # Of columns for the same field the first filled one counts.
            if not held:
                places[field] = index if text or field not in places else places[field]
                values[field] = text
        return values, places, ditto, needs


def canonical_row_text(row: ForeignRow, headings: Sequence[str | None]) -> str:
    """Return the canonical text of a row for a keyed hash, the same in every later download.

    A running number and internal remarks are left out (``stable_headings``), because a list kept by hand changes them.
    """
    texts = map(quoted, row.cells)
    pairs = [head + text for head, text in zip(headings, texts, strict=False) if head is not None and text != '""']
    if len(row.cells) > len(headings):
        pairs += [f'["", {quoted(cell)}' for cell in row.cells[len(headings) :]]
    return f"[{'], '.join(pairs)}]]" if pairs else "[]"


def stable_headings(file: ForeignFile, columns: Mapping[int, str]) -> tuple[str | None, ...]:
    """Return for each column the heading as it stands in a row's canonical text, None for one that is left out.

    Left out are running numbers, internal remarks and dropped columns; ``columns`` gives the field by column number.
    """
    return tuple(
        f"[{quoted(heading.strip())}, "
        if columns.get(index) not in _UNSTABLE_FIELDS and fold_heading(heading) not in _RUNNING_NUMBER_HEADINGS
        else None
        for index, heading in enumerate(file.headings)
    )


def parse_wished_days(values: Mapping[str, str], orders: Mapping[str, DateOrder]) -> dict[str, ParsedDay]:
    """Return the wished days by field, as far as there are columns for them; ``orders`` are those of the columns."""
    return {field: parse_day(values[field], orders[field]) for field in ("date1", "date2", "date3") if field in values}


UNPRINTABLE_NAME = "unprintable_name"
NAME_REMARK = "name_remark"
PERSON_DITTO = "ditto_of_a_person"
DECIDE_SINGLY_CODES = frozenset(
    {UNPRINTABLE_NAME, NO_NAME, NAME_REMARK, CANCELLED_ROW, "personal_number", STRUCK_ROW, STRUCK_CELL, PERSON_DITTO}
)
"""Codes of rows that a clerk decides one by one, never by the checkbox for all."""

_NAME_FIELDS = ("name", "furigana", "organisation", "branch", "names", "contact_name", "contact_furigana")
_REMARK_FIELDS = ("care", "note", "themes")
_KANA_FIELDS = ("furigana", "contact_furigana")
_TEST_ROW_FIELDS = ("name", "organisation", "care", "note")
_WITHDRAWAL_REMARK_FIELDS = ("note", "care", "memo")
_REQUIRED_FIELDS = {"name": Doubt.NAME_EMPTY, "phone": Doubt.PHONE_EMPTY}
_FREE_TEXT_FIELDS = ("care", "note", "themes", "organisation", "name", "memo")
_TIME_IN_HEADING = re.compile(r"日時|時刻|タイムスタンプ|timestamp|time")
_SEVERAL_NAMES = re.compile(
    r"[、，;；/／＋+&＆\n]|(?:ほか|他|外)\s*[0-9０-９一二三四五六七八九]+\s*[名人]|と.{1,8}(?:の?[2-9２-９]名)"
)
_LABELS = {key: FIELDS[key].label for key in _NAME_FIELDS} | {"organisation": "団体名"}


_MISSING, _NAMED, _PHONE, _PEOPLE, _DAY, _CANCELLED, _ANSWERED, _TRIED = range(0, 800, 100)
"""In this order the problems of a row are said; between two the place of the field, then of the check."""


@frozen
class CellFindings:
    """Problems and notices of one cell by itself, each with its position in the order."""

    problems: tuple[tuple[int, CellRemark], ...] = ()
    notices: tuple[tuple[int, CellRemark], ...] = ()


NO_FINDINGS = CellFindings()
_ONLY_CHECKED_WHEN_EMPTY = frozenset({"phone"})
CHECKED_FIELDS = frozenset({*_NAME_FIELDS, *_FREE_TEXT_FIELDS, "phone"})
"""Fields whose cells are checked by themselves; equal texts of a column are checked once."""


def column_findings(texts: Iterable[str], field: str, *, lossy: bool) -> dict[str, CellFindings]:
    """Return the findings of the cells of one column by text; texts without findings are left out.

    Of the column of telephone numbers only "" is checked here. ``lossy`` as for ``cell_findings``.
    """
    looked = (text for text in texts if not text) if field in _ONLY_CHECKED_WHEN_EMPTY else texts
    return {text: said for text in looked if (said := cell_findings(text, field, lossy=lossy)) is not NO_FINDINGS}


def cell_findings(text: str, field: str, *, lossy: bool) -> CellFindings:
    """Return the problems and notices of one cell of ``field``.

    Args:
        lossy: the encoding of the file may have lost characters.
    """
    found = [*_name_findings(text, field), *_cancellation_findings(text, field)]
    if field == "note":
        acts = [about for about in acts_in(text) if about != "state" or not _CANCELLED_IN_REMARK.search(text)]
        found += [(_ANSWERED + 1, one) for one in own_words_questions(acts)]
    if text == "" and field in _REQUIRED_FIELDS:
        found.append((_MISSING + (field == "phone"), (field, _REQUIRED_FIELDS[field], "missing_required")))
    if field in _TEST_ROW_FIELDS and looks_like_test(text):
        found.append((_TRIED + _TEST_ROW_FIELDS.index(field), (field, "試し送信らしい申込", "test_answer")))
    noted = []
    if field == "name" and register_intake.is_kana_only(text):
        reason = "氏名がカナだけ。外国の方の場合もあるため、そのまま受け付ける"
        noted.append((0, (field, reason, "name_is_kana")))
    if field in _FREE_TEXT_FIELDS and starts_like_formula(text):
        reason = "先頭が数式と同じ記号の文字。文字のまま扱い、書き出しでも数式にしない"
        noted.append((1 + _FREE_TEXT_FIELDS.index(field), (field, reason, "formula_like_text")))
    if lossy and field in _REMARK_FIELDS and "?" in text:
        reason = "この欄の「?」は本物の疑問符と見る。文字の欠けとして数えない"
        noted.append((100 + _REMARK_FIELDS.index(field), (field, reason, "question_mark_is_genuine")))
    return CellFindings(tuple(found), tuple(noted)) if found or noted else NO_FINDINGS


def row_problems(
    cells: Iterable[CellFindings],
    values: Mapping[str, str],
    phones: Mapping[str, PhoneReading],
    received: ParsedDay,
    wished: Mapping[str, ParsedDay],
    people: int | None,
) -> list[CellRemark]:
    """Return what is wrong in one row of an application file.

    Args:
        cells: the findings of its cells.
        values: by field, empty texts included.
    """
    found = [one for cell in cells for one in cell.problems]
    found += [
        (_PHONE + place, (field, reading.problem, "phone_invalid"))
        for place, (field, reading) in enumerate(phones.items())
        if reading.problem and not values.get(field, "").startswith("#")
    ]
    if (mail := values.get("email")) and not MAIL.fullmatch(mail):
        found.append(
            (_PHONE + len(phones), ("email", f"「{mail[:40]}」を1つのメールアドレスとして読めない", "mail_invalid"))
        )
    if people is None or not 1 <= people <= 99:
        found += [(_PEOPLE, one) for one in _people_problems(values, people)]
    if received.problem or wished:
        found += [(_DAY + place, one) for place, one in enumerate(_day_problems(received, wished))]
    if not found:
        return []
    found.sort(key=itemgetter(0))
    # Whether it was withdrawn or a test is said once.
    said, once = [], set()
    for _, one in found:
        if one[2] in (CANCELLED_ROW, "test_answer"):
            if one[2] in once:
                continue
            once.add(one[2])
        said.append(one)
    return said


def _name_findings(text: str, field: str) -> list[tuple[int, CellRemark]]:
    """Return what is doubtful about a name, with the order in which it is shown; nothing for other fields or ""."""
    if not text or field not in _NAME_FIELDS:
        return []
    label, place = _LABELS[field], _NAMED + 2 * _NAME_FIELDS.index(field)
    found = []
    if has_lost_character(text):
        found.append((place, (field, LOST_CHARACTER.format(label), "lost_character")))
    if field == "names":
        return found
    odd = name_problem(text)
    if odd:
        found.append((place + 1, (field, f"{label}に{odd}。書類に印刷できない", UNPRINTABLE_NAME)))
    if field not in ("name", "contact_name"):
        pass
    elif _SEVERAL_NAMES.search(text):
        found.append((_NAMED + 21, (field, "氏名の欄に、2人以上が書かれているかもしれない", "several_names")))
    elif not (odd or is_ditto(text)) and (remark := remark_at_name(text)):
        shown = "" if mentions_need(text) else f"（「{text[:30]}」）"
        found.append((_NAMED + 21, (field, f"{remark}{shown}", NAME_REMARK)))
    if field in _KANA_FIELDS and not is_ditto(text):
        # A number or a dash alone says nothing.
        why = (
            ""
            if is_plain("reading", text)
            else Doubt.READING_WITH_KANJI
            if register_intake.has_kanji(text)
            else Doubt.READING_UNREADABLE
        )
        found += [(_NAMED + 23 + _KANA_FIELDS.index(field), (field, why, "kana_invalid"))] if why else []
    return found


def companion_findings(coming: Companions) -> CellFindings:
    """Return the questions about 同行者 with their position in the order."""
    odd_ones = filter(None, map(name_problem, coming.names))
    found = [
        (_NAMED + 20, ("names", f"{_LABELS['names']}に{odd}。書類に印刷できない", UNPRINTABLE_NAME)) for odd in odd_ones
    ]
    return CellFindings((*found, *((_NAMED + 22, one) for one in coming.questions)))


def _people_problems(values: Mapping[str, str], people: int | None) -> list[CellRemark]:
    """Return what is wrong with a number of people: more or less than 1 to 99, or a text that gives no number."""
    if people is None:
        return [("people", "人数を1つの数にできない", "not_a_number")] if values.get("people") else []
    return [] if 1 <= people <= 99 else [("people", f"人数が{people}人になっている", "value_out_of_range")]


def _day_problems(received: ParsedDay, wished: Mapping[str, ParsedDay]) -> list[CellRemark]:
    """Return what is wrong with the days: one that cannot be read, or a wished day before the day of receipt."""
    found: list[CellRemark] = [("received_at", received.problem, received.code)] if received.problem else []
    for field, day in wished.items():
        if day.problem:
            found.append((field, day.problem, day.code))
        elif day.day and received.day and day.day < received.day:
            found.append((field, "希望日が受付日より前", "date_in_past"))
    return found


def only_cancels(text: str) -> bool:
    """Return whether a text of 配慮, as remarks are often read, says that somebody withdrew and names no need."""
    return bool(_CANCELLED_IN_REMARK.search(text)) and not mentions_need(text)


def _cancellation_findings(text: str, field: str) -> list[tuple[int, CellRemark]]:
    """Return the finding that a remark says the application was cancelled, [] where it does not."""
    if field not in _WITHDRAWAL_REMARK_FIELDS or not _CANCELLED_IN_REMARK.search(text):
        return []
    said_so = next((one for one in re.split(r"[。\n]", text) if _CANCELLED_IN_REMARK.search(one)), text)
    said = (field, f"「{shortened(said_so)}」とあります{INCLUDE_ASKED}", CANCELLED_ROW)
    return [(_CANCELLED + 1 + _WITHDRAWAL_REMARK_FIELDS.index(field), said)]


def answer_findings(questions: Iterable[CellRemark]) -> CellFindings:
    """Return the questions about the answers of a row with their position; a state comes first."""
    return CellFindings(
        tuple(
            (_CANCELLED if field == "status" else _ANSWERED, (field, reason, code)) for field, reason, code in questions
        )
    )


def row_notices(
    cells: Iterable[CellFindings],
    values: Mapping[str, str],
    phones: Mapping[str, PhoneReading],
    received: ParsedDay,
    headings: Mapping[str, str],
) -> list[CellRemark]:
    """Return remarks on how cells of a row were read that ask nothing of the clerk; ``headings`` by field."""
    found = _phone_notices(phones) + _received_notices(values, received, headings.get("received_at", ""))
    noted = [one for cell in cells for one in cell.notices]
    return [*found, *(said for _, said in sorted(noted, key=itemgetter(0)))] if noted else found


def _phone_notices(phones: Mapping[str, PhoneReading]) -> list[CellRemark]:
    found = []
    for field, reading in phones.items():
        if reading.is_restored:
            shown = register_intake.format_phone(reading.digits)
            found.append((field, f"先頭の0が落ちた電話番号。{shown} と読む", "phone_leading_zero_restored"))
        if reading.has_several:
            found.append((field, "電話番号が2つ以上ある。書かれたまま、すべて残す", "several_phones"))
    return found


def _received_notices(values: Mapping[str, str], received: ParsedDay, heading: str) -> list[CellRemark]:
    """Return one notice of how the time of receipt was read where it is not written in full, else []."""
    if received.is_serial:
        return [("received_at", "シートの通し番号のまま書かれた日付を、日付として読んだ", "date_serial")]
    if received.date_only and _TIME_IN_HEADING.search(heading):
        return [
            ("received_at", "時刻の無い日付（手で足した行）。先着順では、その日の最後に並べる", "timestamp_date_only")
        ]
    if received.date_only:
        return [("received_at", "時刻のない申込。先着順では、その日の最後に並べる", "whole_day")]
    if values.get("received_at") == "":
        return [("received_at", "申込日時が空（手で足した行）", "timestamp_blank")]
    return []

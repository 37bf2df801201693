"""Reads a list of applications by its columns: rows as typed with their meaning, what is doubtful, and who may be one person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow
from app.foreign_files.heading_roles import fold_heading
from app.foreign_files.telltale_texts import count_lost_signs
from app.foreign_files.ticked_columns import ticked_options
from app.foreign_files.written_days import order_of, read_day
from app.subjects.applications.intake import application_cells
from app.subjects.applications.intake.application_cells import Said, WishReader, row_notices, row_problems
from app.subjects.applications.intake.application_fields import dropped_columns
from app.subjects.register.intake import person_values
from app.subjects.register.intake.person_values import PhoneReading, folded_name, read_phone


@dataclass(frozen=True, kw_only=True)
class ApplicationRow:
    """One application as received: ``row`` counts data rows from 1, ``place`` is its line or sheet row.

    ``values`` hold each field's cell as typed (outer blanks taken off); the other attributes are what it means.
    ``raw`` is the canonical text of the row for a keyed hash. ``phone`` and ``contact_phone`` are digits (empty
    when unreadable), ``people`` None when it is no single number or not asked, ``dates`` the wished days 1 to 3.
    ``date_only`` says that the day of ``received_at`` came without a time. ``device`` is 持参, 貸与 or empty (as typed
    in ``values``). ``broken`` rows have cells that cannot be trusted; they are shown and never taken over.
    """

    row: int
    place: int
    raw: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    received_at: datetime | None = None
    date_only: bool = False
    receipt_number: str = ""
    way: str = ""
    organisation: str = ""
    branch: str = ""
    name: str = ""
    furigana: str = ""
    role: str = ""
    phone: str = ""
    email: str = ""
    people: int | None = None
    names: tuple[str, ...] = ()
    wishes: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    dates: tuple[date | None, date | None, date | None] = (None, None, None)
    contact_name: str = ""
    contact_furigana: str = ""
    contact_phone: str = ""
    same_as_applicant: bool = False
    device: str = ""
    care: str = ""
    photo: str = ""
    note: str = ""
    withdrawn: bool = False
    test: bool = False
    broken: bool = False
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ApplicationDuplicate:
    """Rows that may be (or look like, but are not) one person; ``keep`` is the row that would stay, if any.

    ``kind``: same_person_width, double_submit, or same_name_different_person (never to be merged).
    """

    rows: tuple[int, ...]
    kind: str
    reason: str
    keep: int | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationTable:
    """All rows of a file with the columns used; ``problems`` and ``notices`` are those of all rows and of the file."""

    rows: tuple[ApplicationRow, ...]
    columns: Mapping[int, str]
    dropped: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    problems: tuple[Finding, ...] = ()
    notices: tuple[Finding, ...] = ()
    duplicates: tuple[ApplicationDuplicate, ...] = ()
    lost_characters: int = 0


def find_application_duplicates(rows: Sequence[ApplicationRow]) -> tuple[ApplicationDuplicate, ...]:
    """Group rows by name and telephone number; namesakes with another number and 団体 are named as different people."""
    groups: dict[tuple[str, str], list[ApplicationRow]] = {}
    by_name: dict[str, list[ApplicationRow]] = {}
    for row in rows:
        name = folded_name(row.name)
        if row.broken or row.test or not name:
            continue
        by_name.setdefault(name, []).append(row)
        if row.phone:
            groups.setdefault((name, row.phone), []).append(row)
        elif row.organisation:
            groups.setdefault((name, f"団体:{folded_name(row.organisation)}"), []).append(row)
    found = [_one_person(group) for group in groups.values() if len(group) > 1]
    for namesakes in by_name.values():
        found += _namesakes(namesakes)
    return tuple(sorted(found, key=lambda duplicate: duplicate.rows))


def _one_person(group: Sequence[ApplicationRow]) -> ApplicationDuplicate:
    rows = tuple(row.row for row in group)
    if all(_content(row) == _content(group[0]) for row in group):
        reason = "内容が同じ申込（二度送信の疑い）。まとめるなら先の申込を残す"
        return ApplicationDuplicate(rows=rows, kind="double_submit", reason=reason, keep=rows[0])
    # A list kept by hand holds days without a time, or none: which of two is the later one stays open.
    timed = [row for row in group if row.received_at is not None and not row.date_only]
    keep = max(timed, key=lambda row: (row.received_at, row.row)).row if len(timed) == len(group) else None
    rest = "。まとめるなら後の申込を残す" if keep else ""
    reason = f"電話番号と氏名（空白とカナの幅を除く）が同じ{rest}"
    return ApplicationDuplicate(rows=rows, kind="same_person_width", reason=reason, keep=keep)


def _namesakes(group: Sequence[ApplicationRow]) -> list[ApplicationDuplicate]:
    """Name those of one name whose telephone number and 団体 are both new in the list."""
    found = []
    phones: set[str] = set()
    organisations: set[str] = set()
    for row in group:
        organisation = folded_name(row.organisation)
        if phones and row.phone and row.phone not in phones and organisation not in organisations:
            reason = "同姓同名だが、電話も団体も違う別の人。まとめない"
            rows = (group[0].row, row.row)
            found.append(ApplicationDuplicate(rows=rows, kind="same_name_different_person", reason=reason))
        phones.update({row.phone} - {""})
        organisations.add(organisation)
    return found


def _content(row: ApplicationRow) -> tuple[object, ...]:
    left = {"received_at", "receipt_number", "memo"}
    return tuple(sorted((field, text) for field, text in row.values.items() if field not in left))


def with_duplicates(
    rows: Sequence[ApplicationRow],
    duplicates: Sequence[ApplicationDuplicate],
    file: ForeignFile,
    columns: Mapping[int, str],
) -> tuple[ApplicationRow, ...]:
    """The rows, with every later one of a set saying so: a problem for one person, a notice for a namesake."""
    index = next((place for place, field in sorted(columns.items()) if field == "name"), None)
    column = None if index is None else file.headings[index]
    problems: dict[int, list[Finding]] = {}
    notices: dict[int, list[Finding]] = {}
    for duplicate in duplicates:
        first = duplicate.rows[0]
        for row in duplicate.rows[1:]:
            if duplicate.kind == "same_name_different_person":
                reason = f"データ{first}行目と同姓同名だが、電話も団体も違う。自動でまとめない"
                found = Finding(row=row, index=index, column=column, reason=reason, code="same_name_other_person")
                notices.setdefault(row, []).append(found)
            else:
                reason = f"データ{first}行目と電話番号・氏名が同じ（空白とカナの幅を除く）"
                found = Finding(row=row, index=index, column=column, reason=reason, code="duplicate_person")
                problems.setdefault(row, []).append(found)
    return tuple(
        replace(
            row,
            problems=(*row.problems, *problems.get(row.row, ())),
            notices=(*row.notices, *notices.get(row.row, ())),
        )
        if row.row in problems or row.row in notices
        else row
        for row in rows
    )


def total_differs(file: ForeignFile, columns: Mapping[int, str], rows: Sequence[ApplicationRow]) -> list[Finding]:
    """The total that a list shows against the sum of its rows, read as numbers."""
    index = next((place for place, field in columns.items() if field == "people"), None)
    total = next((line for line in file.left_out if line.kind == "合計"), None)
    if index is None or total is None or index >= len(total.cells):
        return []
    shown = person_values.read_amount(total.cells[index])
    counted = sum(row.people or 0 for row in rows)
    if shown is None or shown == counted:
        return []
    reason = f"合計行の {shown} と、各行を数として読んだ合計 {counted} が違う"
    return [Finding(row=0, index=index, column=file.headings[index], reason=reason, code="total_differs")]


_NAMES = frozenset({"name", "furigana", "organisation", "branch", "names", "contact_name", "contact_furigana"})


def read_applications(
    file: ForeignFile,
    columns: Mapping[int, str],
    *,
    wish_options: Sequence[str] = (),
    theme_options: Sequence[str] = (),
) -> ApplicationTable:
    """Read every row of ``file`` by ``columns`` (column number to field).

    ``wish_options`` are the names of the events that can be wished for, ``theme_options`` the themes that could be
    ticked; empty = the cell is only split where the form parts two choices. Nothing
    is left out: a row that is broken comes with ``broken`` and what is wrong with it.
    """
    reader = _Reader(file, columns, wish_options, theme_options)
    rows = tuple(reader.rows())
    duplicates = find_application_duplicates(rows)
    rows = with_duplicates(rows, duplicates, file, columns)
    notices = [notice for notice in file.notices if not notice.row]
    notices += total_differs(file, columns, rows)
    return ApplicationTable(
        rows=rows,
        columns=dict(columns),
        dropped=dropped_columns(file.headings, columns),
        unmapped=tuple(
            heading.strip() for index, heading in enumerate(file.headings) if heading.strip() and index not in columns
        ),
        problems=tuple(problem for row in rows for problem in row.problems),
        notices=(*notices, *(notice for row in rows for notice in row.notices)),
        duplicates=duplicates,
        lost_characters=count_lost_signs(text for row in rows for field, text in row.values.items() if field in _NAMES),
    )


class _Reader:
    """Reads the rows of one file in their order (同上 needs the row above)."""

    def __init__(
        self,
        file: ForeignFile,
        columns: Mapping[int, str],
        wish_options: Sequence[str],
        theme_options: Sequence[str],
    ) -> None:
        self._file = file
        self._columns = columns
        self._order = order_of(self._cells_of("received_at"))
        self._ticked = ticked_options(file, columns)
        self._wishes = self._reader_of("wishes", wish_options)
        self._themes = self._reader_of("themes", theme_options)
        self._headings = {
            field: fold_heading(file.headings[index]) for index, field in sorted(columns.items(), reverse=True)
        }
        self._problems = _by_row(file.problems)
        self._notices = _by_row(file.notices)

    def _reader_of(self, wanted: str, options: Sequence[str]) -> WishReader:
        places = sum(field == wanted for field in self._columns.values())
        return WishReader(self._file.service, self._cells_of(wanted), options, columns=places)

    def _cells_of(self, wanted: str) -> list[str]:
        places = [index for index, field in self._columns.items() if field == wanted]
        return [row.cells[index] for row in self._file.rows for index in places]

    def rows(self) -> Iterable[ApplicationRow]:
        """Yield every row as read."""
        above: dict[str, str] = {}
        for found in self._file.rows:
            values, places, ditto = application_cells.field_values(found, self._columns, above, self._ticked)
            row = self._row(found, values, places, ditto)
            yield row
            if not row.broken:
                above = values

    def finding(self, row: int, index: int | None, reason: str, code: str) -> Finding:
        """A finding at a column of this file."""
        column = None if index is None else self._file.headings[index]
        return Finding(row=row, index=index, column=column, reason=reason, code=code)

    def place_of(self, field: str) -> int | None:
        """The first column that holds ``field``."""
        return next((index for index, name in sorted(self._columns.items()) if name == field), None)

    def _row(
        self, found: ForeignRow, values: dict[str, str], places: dict[str, int], ditto: Sequence[str]
    ) -> ApplicationRow:
        phones: dict[str, PhoneReading] = {
            field: _phone(values, field) for field in ("phone", "contact_phone") if field in values
        }
        received = read_day(values.get("received_at", ""), self._order)
        wished = dict(zip(("date1", "date2", "date3"), application_cells.wished_days(values), strict=True))
        people = person_values.read_people(values.get("people", ""))
        wishes, unknown = self._wishes.split(values.get("wishes", ""))
        themes, other_themes = self._themes.split(values.get("themes", ""))
        row = ApplicationRow(
            row=found.row,
            place=found.place,
            raw=application_cells.raw_text(found, self._file, self._columns),
            values=values,
            received_at=received.at,
            date_only=received.date_only,
            receipt_number=values.get("receipt_number", ""),
            way=application_cells.way_of(values.get("way", ""), self._file.service),
            organisation=values.get("organisation", ""),
            branch=values.get("branch", ""),
            name=values.get("name", ""),
            furigana=values.get("furigana", ""),
            role=values.get("role", ""),
            phone=phones["phone"].digits if "phone" in phones else "",
            email=values.get("email", "") if "@" in values.get("email", "") else "",
            people=people,
            names=_companions(values),
            wishes=wishes,
            themes=themes + other_themes,
            dates=(wished["date1"].day, wished["date2"].day, wished["date3"].day),
            contact_name=_unless_ditto(values.get("contact_name", "")),
            contact_furigana=_unless_ditto(values.get("contact_furigana", "")),
            contact_phone=phones["contact_phone"].digits if "contact_phone" in phones else "",
            same_as_applicant=_same_as_applicant(values),
            device=application_cells.device_of(values.get("device", ""), self._headings.get("device", "")),
            care=application_cells.said_care(values.get("care", "")),
            photo=application_cells.photo_of(values.get("photo", ""), self._headings.get("photo", "")),
            note=values.get("note", ""),
            withdrawn=application_cells.is_withdrawn(values.get("status", "")),
            broken=bool(found.problem),
        )
        said: list[Said] = []
        noted: list[Said] = []
        if not found.problem:
            said = row_problems(values, phones, received, wished, people)
            said += [("wishes", f"希望の「{text[:40]}」は選択肢にない", "option_not_in_list") for text in unknown]
            lossy = self._file.encoding == "cp932"
            noted = row_notices(values, phones, received, self._headings, lossy=lossy)
            noted += [(field, "「同上」などのため、上の行の値を使う", "ditto_carried") for field in ditto]
        return replace(
            row,
            test=any(code == "test_answer" for _, _, code in said),
            problems=(*self._problems.get(found.row, ()), *self._said(found.row, said, places)),
            notices=(*self._notices.get(found.row, ()), *self._said(found.row, noted, places)),
        )

    def _said(self, row: int, said: Sequence[Said], places: Mapping[str, int]) -> list[Finding]:
        return [self.finding(row, places.get(field), reason, code) for field, reason, code in said]


def _by_row(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = {}
    for finding in findings:
        if finding.row:
            found.setdefault(finding.row, []).append(finding)
    return found


def _phone(values: Mapping[str, str], field: str) -> PhoneReading:
    text = values[field]
    if field == "contact_phone" and (text in person_values.SAME_AS_ABOVE or person_values.says_nothing(text)):
        return PhoneReading()
    return read_phone(text)


def _same_as_applicant(values: Mapping[str, str]) -> bool:
    """Whether the contact person is the applicant (同上, 本人)."""
    written = {values.get("contact_name", ""), values.get("contact_phone", "")}
    return bool(written & (person_values.SAME_AS_ABOVE | {"本人", "申込者", "申込者と同じ"}))


def _companions(values: Mapping[str, str]) -> tuple[str, ...]:
    """Those who come along; a list of all who take part names the applicant too, who is no companion."""
    own = person_values.folded_name(values.get("name", ""))
    found = application_cells.companion_names(values.get("names", ""))
    return tuple(name for name in found if person_values.folded_name(name) != own)


def _unless_ditto(text: str) -> str:
    return "" if text in person_values.SAME_AS_ABOVE or text == "本人" else text

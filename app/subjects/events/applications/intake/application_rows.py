"""Reads a list of applications by its columns: rows as typed with their meaning, what is doubtful, and who may be one
person."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import cache, partial
from operator import itemgetter

from app.calendar.whole_days import whole_day
from app.common.written_texts import masked
from app.foreign_files.cells.answer_reading import Nothing, asked_by, read_cell
from app.foreign_files.cells.telltale_texts import count_lost_signs
from app.foreign_files.cells.ticked_columns import ticked_options
from app.foreign_files.cells.written_days import DayReading, at_clock, order_of, read_day
from app.foreign_files.foreign_file import PERSONAL_NUMBER
from app.foreign_files.foreign_shape import DoubtfulPlace, ForeignFile, ForeignRow
from app.foreign_files.tables.heading_roles import fold_heading
from app.subjects.events.applications.intake import application_answers, application_cells
from app.subjects.events.applications.intake.application_answers import (
    NOBODY,
    WITHDRAWN,
    Companions,
    Said,
    companions_in,
)
from app.subjects.events.applications.intake.application_cells import (
    DITTO_OF_A_PERSON,
    FIELDS_THAT_SPEAK,
    NOTHING_READ,
    CellSaid,
    ReadCells,
    ValuesReader,
    WishReader,
    answers_said,
    column_says,
    companions_said,
    row_notices,
    row_problems,
)
from app.subjects.events.applications.intake.application_fields import DROPPED, dropped_columns
from app.subjects.events.applications.intake.spoken_needs import speaks_of_need
from app.subjects.organisations.register.intake import person_values
from app.subjects.organisations.register.intake.person_values import PhoneReading, folded_name, read_phone
from db.fast_dataclass import fast_dataclass
from db.frozen_record import frozen_record


@fast_dataclass
@frozen_record
class ApplicationRow:
    """One application as received: ``row`` counts data rows from 1, ``place`` is its line or sheet row.

    ``values`` hold each field's cell as typed (outer blanks taken off); the other attributes are what it means. ``raw``
    is the canonical text of the row for a keyed hash. ``phone`` and ``contact_phone`` are digits (empty when
    unreadable), ``people`` None when it is no single number or not asked, ``dates`` the wished days 1 to 3.
    ``date_only`` says that the day of ``received_at`` came without a time. ``device`` is 持参, 貸与 or empty (as typed
    in ``values``). ``care`` is what is needed, word for word. ``deputy`` says that a 「（代理）」 stood beside a name,
    ``beside`` are other words parted from one that say something. ``broken`` rows have cells that cannot be
    trusted; they are shown and never taken over.
    """

    row: int
    place: int
    raw: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    received_at: datetime | None
    date_only: bool
    receipt_number: str
    way: str
    organisation: str
    branch: str
    name: str
    furigana: str
    role: str
    phone: str
    email: str
    people: int | None
    names: tuple[str, ...]
    wishes: tuple[str, ...]
    themes: tuple[str, ...]
    dates: tuple[date | None, date | None, date | None]
    contact_name: str
    contact_furigana: str
    contact_phone: str
    same_as_applicant: bool
    device: str
    care: str
    photo: str
    note: str
    deputy: bool
    beside: tuple[str, ...]
    withdrawn: bool
    test: bool
    broken: bool
    problems: tuple[DoubtfulPlace, ...]
    notices: tuple[DoubtfulPlace, ...]


@frozen_record
class ApplicationDuplicate:
    """Rows that may be (or look like, but are not) one person; ``keep`` is the row that would stay, if any.

    ``kind``: same_person_width, double_submit, or same_name_different_person (never to be merged).
    """

    rows: tuple[int, ...]
    kind: str
    reason: str
    keep: int | None = None


@frozen_record
class ApplicationTable:
    """All rows of a file with the columns used; ``problems`` and ``notices`` are those of all rows and of the file."""

    rows: tuple[ApplicationRow, ...]
    columns: Mapping[int, str]
    dropped: tuple[str, ...]
    unmapped: tuple[str, ...]
    problems: tuple[DoubtfulPlace, ...]
    notices: tuple[DoubtfulPlace, ...]
    duplicates: tuple[ApplicationDuplicate, ...]
    lost_characters: int


def find_application_duplicates(rows: Sequence[ApplicationRow]) -> tuple[ApplicationDuplicate, ...]:
    """Group rows by name and telephone number; namesakes with another number and 団体 are named as different people."""
    by_name: dict[str, list[ApplicationRow]] = {}
    for row in rows:
        if row.broken or row.test:
            continue
        name = folded_name(row.name)
        if name:
            by_name.setdefault(name, []).append(row)
    found: list[ApplicationDuplicate] = []
    # Whose name nobody else has is nobody's double.
    for namesakes in (group for group in by_name.values() if len(group) > 1):
        groups: dict[str, list[ApplicationRow]] = {}
        for row in namesakes:
            if row.phone or row.organisation:
                groups.setdefault(row.phone or f"団体:{folded_name(row.organisation)}", []).append(row)
        found += [_one_person(group) for group in groups.values() if len(group) > 1]
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
    problems: dict[int, list[DoubtfulPlace]] = {}
    notices: dict[int, list[DoubtfulPlace]] = {}
    places = {row.row: row.place for row in rows}
    for duplicate in duplicates:
        first = places[duplicate.rows[0]]
        for row in duplicate.rows[1:]:
            if duplicate.kind == "same_name_different_person":
                reason = f"{first}行目と同姓同名だが、電話も団体も違う。自動でまとめない"
                found = DoubtfulPlace(row=row, index=index, column=column, reason=reason, code="same_name_other_person")
                notices.setdefault(row, []).append(found)
            else:
                reason = f"{first}行目と電話番号・氏名が同じ（空白とカナの幅を除く）"
                found = DoubtfulPlace(row=row, index=index, column=column, reason=reason, code="duplicate_person")
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


def total_differs(file: ForeignFile, columns: Mapping[int, str], rows: Sequence[ApplicationRow]) -> list[DoubtfulPlace]:
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
    return [DoubtfulPlace(row=0, index=index, column=file.headings[index], reason=reason, code="total_differs")]


_NAMES = frozenset({"name", "furigana", "organisation", "branch", "names", "contact_name", "contact_furigana"})


def read_applications(
    file: ForeignFile,
    columns: Mapping[int, str],
    *,
    wish_options: Sequence[str] = (),
    theme_options: Sequence[str] = (),
    known_wish: Callable[[str], int] | None = None,
    released: Collection[int] = (),
) -> ApplicationTable:
    """Read every row of ``file`` by ``columns`` (column number to field).

    ``wish_options`` are the names of the events that can be wished for, ``theme_options`` the themes that could be
    ticked; empty = the cell is only split where the form parts two choices. ``known_wish`` says how surely a text means
    an event. ``released`` are rows whose numbers a person looked at: in all others what may be a 個人番号 is
    masked. Nothing is left out: a row that is broken comes with ``broken`` and what is wrong with it.
    """
    reader = _Reader(file, columns, wish_options, theme_options, known_wish, released)
    rows = tuple(reader.rows())
    duplicates = find_application_duplicates(rows)
    rows = with_duplicates(rows, duplicates, file, columns)
    named = _NAMES.intersection(columns.values())
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
        lost_characters=sum(count_lost_signs(_texts([row.values for row in rows], field)) for field in named),
    )


class _Reader:
    """Reads the rows of one file in their order (同上 needs the row above)."""

    def __init__(
        self,
        file: ForeignFile,
        columns: Mapping[int, str],
        wish_options: Sequence[str],
        theme_options: Sequence[str],
        known_wish: Callable[[str], int] | None,
        released: Collection[int],
    ) -> None:
        self._released = released
        self._file = file
        self._columns = columns
        self._order = order_of(self._cells_of("received_at"))
        self._ticked = ticked_options(file, columns)
        self._wishes = self._reader_of("wishes", wish_options, known_wish)
        self._themes = self._reader_of("themes", theme_options)
        self._headings = {
            field: fold_heading(file.headings[index]) for index, field in sorted(columns.items(), reverse=True)
        }
        self._lasting = application_cells.lasting_headings(file, columns)
        taken = [(index, field) for index, field in sorted(columns.items()) if field != DROPPED]
        self._values = ValuesReader(taken, self._ticked)
        self._doubled = _doubled(file.headings, columns)
        # Many cells of a column say the same: what it means is worked out once, and forgotten with this reader.
        printed = {field: file.headings[index] for index, field in sorted(columns.items(), reverse=True)}
        self._way = cache(partial(application_answers.way_of, service=file.service))
        self._device = cache(partial(application_answers.device_of, heading=printed.get("device", "")))
        self._photo = cache(partial(application_answers.photo_of, heading=printed.get("photo", "")))
        self._state = cache(partial(application_answers.state_of, heading=printed.get("status", "")))
        self._need = cache(self._needs_in)
        self._of_companions = [index for index, field in sorted(columns.items()) if field == "names"]
        self._needs = cache(speaks_of_need)
        self._people = cache(person_values.read_people)
        self._day = cache(partial(read_day, order=self._order))
        self._asks_days = not _DAYS.isdisjoint(columns.values())
        self._lossy = file.encoding == "cp932"
        self._says: list[tuple[str, Mapping[str, CellSaid]]] = []
        self._problems = _by_row(file.problems)
        self._notices = _by_row(file.notices)

    def _reader_of(self, wanted: str, options: Sequence[str], known: Callable[[str], int] | None = None) -> WishReader:
        places = sum(field == wanted for field in self._columns.values())
        return WishReader(self._file.service, self._cells_of(wanted), options, known, columns=places)

    def _cells_of(self, wanted: str) -> list[str]:
        places = [index for index, field in self._columns.items() if field == wanted]
        return [row.cells[index] for row in self._file.rows for index in places]

    def rows(self) -> Iterable[ApplicationRow]:
        """Yield every row as read."""
        told = list(self._told())
        fields = dict.fromkeys(field for _, field in sorted(self._columns.items()) if field in FIELDS_THAT_SPEAK)
        rows = [read.values for _, read in told]
        every = [(field, column_says(set(_texts(rows, field)), field, lossy=self._lossy)) for field in fields]
        # Of most columns no cell says anything: those are looked at no more.
        self._says = [(field, said) for field, said in every if said]
        for found, read in told:
            yield self._row(found, read)

    def _told(self) -> Iterable[tuple[ForeignRow, ReadCells]]:
        """Walk the rows with the text of each field; a row that is broken is none whose texts another one
        takes over."""
        above = NOTHING_READ
        for found in self._file.rows:
            shown = found if found.row in self._released else self._masked(found)
            read = self._values.read(shown, above)
            yield found, read
            if not found.problem:
                above = read

    def _masked(self, row: ForeignRow) -> ForeignRow:
        """The row with what was named as a 個人番号 covered."""
        if row.row not in self._problems:
            return row
        places = {one.index for one in self._problems[row.row] if one.code == PERSONAL_NUMBER}
        if not places:
            return row
        cells = tuple(masked(cell) if index in places else cell for index, cell in enumerate(row.cells))
        return replace(row, cells=cells)

    def finding(self, row: int, index: int | None, reason: str, code: str) -> DoubtfulPlace:
        """A finding at a column of this file."""
        column = None if index is None else self._file.headings[index]
        return DoubtfulPlace(row=row, index=index, column=column, reason=reason, code=code)

    def place_of(self, field: str) -> int | None:
        """The first column that holds ``field``."""
        return next((index for index, name in sorted(self._columns.items()) if name == field), None)

    def _row(self, found: ForeignRow, read: ReadCells) -> ApplicationRow:
        values, places, ditto = read.values, read.places, read.ditto
        told = values.get
        phones: dict[str, PhoneReading] = {
            field: _phone(values, field) for field in ("phone", "contact_phone") if field in values
        }
        received = self._day(told("received_at", ""))
        clock = told("received_time", "")
        if clock:
            received = at_clock(received, clock)
        remark = told("note", "")
        need = self._need(tuple(read.needs.items())) if read.needs else _NO_NEED
        moved = bool(remark) and not need.word and self._needs(remark)
        state = self._state(told("status", ""))
        device, photo = self._device(told("device", "")), self._photo(told("photo", ""))
        wished = application_cells.wished_days(values) if self._asks_days else _NOTHING_WISHED
        people = self._people(told("people", ""))
        coming = self._coming(found, told("names", ""))
        wishes, unknown = self._wishes.split(told("wishes", ""))
        themes, other_themes = self._themes.split(told("themes", ""))
        problems: Sequence[DoubtfulPlace] = self._problems.get(found.row, ())
        notices: Sequence[DoubtfulPlace] = self._notices.get(found.row, ())
        test = False
        if not found.problem:
            cells = self._cells_said(values, (*state.asked, *device.asked, *photo.asked, *need.asked), coming)
            said = row_problems(cells, values, phones, received, wished, people)
            if read.whose:
                # That the place of the name is empty is what is asked here already.
                said = [one for one in said if one[2] != "missing_required" or one[0] not in read.whose]
                said += [(field, _WHOSE, DITTO_OF_A_PERSON) for field in read.whose]
            if read.parted.no_names:
                said = [one for one in said if one[2] != "missing_required" or one[0] not in read.parted.no_names]
                said += [application_answers.no_name_said(*one) for one in read.parted.no_names.items()]
            said += self._beside(found)
            if unknown:
                said += [("wishes", f"希望の「{text[:40]}」は選択肢にない", "option_not_in_list") for text in unknown]
            noted = row_notices(cells, values, phones, received, self._headings)
            if moved:
                noted.append(("note", "備考に配慮らしい言葉がある。配慮としても扱う", "care_in_note"))
            if read.deputies:
                noted += [(field, _PARTED, "deputy_parted") for field in read.deputies]
            noted += read.parted.notices
            if ditto:
                noted += [(field, "「同上」などのため、上の行の値を使う", "ditto_carried") for field in ditto]
            if said:
                test = any(code == "test_answer" for _, _, code in said)
                problems = [*problems, *self._said(found.row, said, places)]
            if noted:
                notices = [*notices, *self._said(found.row, noted, places)]
        email = told("email", "")
        return ApplicationRow(
            row=found.row,
            place=found.seen,
            raw=application_cells.raw_text(found, self._lasting),
            values=values,
            received_at=whole_day(received.at.date()) if received.at and received.date_only else received.at,
            date_only=received.date_only,
            receipt_number=told("receipt_number", ""),
            way=self._way(told("way", "")),
            organisation=told("organisation", ""),
            branch=told("branch", ""),
            name=told("name", ""),
            furigana=told("furigana", ""),
            role=told("role", ""),
            phone=phones["phone"].digits if "phone" in phones else "",
            email=email if "@" in email else "",
            people=people,
            names=_companions(coming, values),
            wishes=wishes,
            themes=themes + other_themes,
            dates=(_day(wished, "date1"), _day(wished, "date2"), _day(wished, "date3")) if wished else _NO_DAYS,
            contact_name=_unless_ditto(told("contact_name", "")),
            contact_furigana=_unless_ditto(told("contact_furigana", "")),
            contact_phone=phones["contact_phone"].digits if "contact_phone" in phones else "",
            same_as_applicant=_same_as_applicant(values),
            device=device.word,
            care=remark if moved else need.word,
            photo=photo.word,
            note=remark,
            deputy=bool(read.deputies),
            beside=read.parted.kept,
            withdrawn=state.word == WITHDRAWN,
            broken=bool(found.problem),
            test=test,
            problems=tuple(problems),
            notices=tuple(notices),
        )

    def _beside(self, found: ForeignRow) -> list[Said]:
        """What stands in a second column of the same heading, which no field took: it is asked about, never dropped."""
        said = []
        for index, place in self._doubled:
            other, own = found.cells[index].strip(), found.cells[place].strip()
            if other and other != own:
                heading = " ".join(self._file.headings[index].split())
                reason = f"「{heading}」の列がもう1つあり、値がある。どちらを取るかを確かめる"
                said.append((self._columns[place], reason, "doubled_column"))
        return said

    def _cells_said(self, values: Mapping[str, str], asked: Sequence[Said], coming: Companions) -> list[CellSaid]:
        """What the cells of a row say by themselves, and what is asked about its answers and those who come along."""
        cells = [said[values[field]] for field, said in self._says if values.get(field) in said]
        cells += [answers_said(asked)] if asked else []
        return [*cells, companions_said(coming)] if coming is not NOBODY else cells

    def _coming(self, found: ForeignRow, written: str) -> Companions:
        """Those who come along; the heading of what is filled says what a mark in it means."""
        if not written:
            return NOBODY
        places = (index for index in self._of_companions if index < len(found.cells) and found.cells[index].strip())
        filled = [self._file.headings[index] for index in places]
        turned = [one for one in filled if asked_by("companions", one).marked]
        return companions_in(written, (turned or filled)[0] if turned or len(filled) == 1 else "")

    def _needs_in(self, cells: tuple[tuple[int, str], ...]) -> application_answers.Meant:
        return application_answers.needs_of((text, self._file.headings[index]) for index, text in cells)

    def _said(self, row: int, said: Sequence[Said], places: Mapping[str, int]) -> list[DoubtfulPlace]:
        return [self.finding(row, places.get(field), reason, code) for field, reason, code in said]


def _doubled(headings: Sequence[str], columns: Mapping[int, str]) -> list[tuple[int, int]]:
    """The columns that no field took though their heading is that of one that is taken, each with that one."""
    taken = {fold_heading(headings[index]): index for index, field in sorted(columns.items(), reverse=True) if field}
    return [
        (index, taken[fold_heading(heading)])
        for index, heading in enumerate(headings)
        if heading.strip() and not columns.get(index) and fold_heading(heading) in taken
    ]


def _texts(rows: Sequence[Mapping[str, str]], field: str) -> Iterable[str]:
    """The texts of one field in every row that has it; a row with too few cells lacks some."""
    try:
        return list(map(itemgetter(field), rows))
    except KeyError:
        return [values[field] for values in rows if field in values]


def _by_row(findings: Iterable[DoubtfulPlace]) -> dict[int, list[DoubtfulPlace]]:
    found: dict[int, list[DoubtfulPlace]] = {}
    for finding in findings:
        if finding.row:
            found.setdefault(finding.row, []).append(finding)
    return found


def _phone(values: Mapping[str, str], field: str) -> PhoneReading:
    text = values[field]
    if field == "contact_phone" and (
        person_values.is_ditto(text) or isinstance(read_cell(text, asked_by("need", "")), Nothing)
    ):
        return PhoneReading()
    return read_phone(text)


_WHOSE = "「同上」が、上の行の人か、この行の申込者か決められない。氏名などを入れてから取り込む"
_PARTED = "氏名に付いていた「（代理）」を氏名から分け、備考に残す"
_THE_APPLICANT = frozenset({"本人", "申込者", "申込者と同じ"})
_NO_NEED = application_answers.Meant()
_NO_DAYS = (None, None, None)
_NOTHING_WISHED: Mapping[str, DayReading] = {}
_DAYS = frozenset({"date1", "date2", "date3"})


def _same_as_applicant(values: Mapping[str, str]) -> bool:
    """Whether the contact person is the applicant (同上, 本人)."""
    written = (values.get("contact_name", ""), values.get("contact_phone", ""))
    return any(text in _THE_APPLICANT or person_values.is_ditto(text) for text in written)


def _day(wished: Mapping[str, DayReading], field: str) -> date | None:
    return wished[field].day if field in wished else None


def _companions(coming: Companions, values: Mapping[str, str]) -> tuple[str, ...]:
    """Those who come along; a list of all who take part names the applicant too, who is no companion."""
    own = person_values.folded_name(values.get("name", "")) if coming.names else ""
    return tuple(name for name in coming.names if person_values.folded_name(name) != own)


def _unless_ditto(text: str) -> str:
    return "" if person_values.is_ditto(text) or text == "本人" else text

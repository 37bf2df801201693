"""Reads a list of applications by its columns: rows as typed with their meaning, doubts and possible duplicates."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date, datetime
from functools import cache, partial
from operator import itemgetter

from app.calendar.date_only_moments import date_only_moment
from app.calendar.dates import long_date
from app.common.text_rules import mask_personal_numbers
from app.events.applications.intake import application_answers, application_cells
from app.events.applications.intake.application_answers import (
    COUNTED_ALONE,
    NOBODY,
    READERS,
    TOLD_NEED,
    WITHDRAWN,
    CellMeaning,
    CellRemark,
    Companions,
    combined_answer,
    is_same_or_none,
    other_ticks,
    parse_companions,
    ticked_answers,
    unread_words,
)
from app.events.applications.intake.application_cells import (
    CHECKED_FIELDS,
    NO_CELLS,
    PERSON_DITTO,
    CellFindings,
    ReadCells,
    ValuesReader,
    WishSplitter,
    answer_findings,
    column_findings,
    companion_findings,
    row_notices,
    row_problems,
)
from app.events.applications.intake.application_fields import (
    DROPPED,
    FIELDS,
    JOINED_FIELDS,
    MULTIPLE_COLUMN_FIELDS,
)
from app.events.applications.intake.needs_elsewhere import needs_elsewhere, parted_name, without_need
from app.events.applications.intake.ticked_columns import ticked_options
from app.foreign_files.cells.answer_headings import About
from app.foreign_files.cells.answer_reading import is_nothing, parse_heading
from app.foreign_files.cells.contact_cells import RUNNING_NUMBER, is_address
from app.foreign_files.cells.date_parsing import DateOrder, ParsedDay, combine_with_time, date_order, parse_day
from app.foreign_files.cells.plain_values import is_plain
from app.foreign_files.cells.spoken_answers import acts_beside, mentions_need, rare_acts
from app.foreign_files.cells.suspicious_texts import count_lost_characters
from app.foreign_files.cells.written_values import is_ditto, parse_amount
from app.foreign_files.foreign_file import PERSONAL_NUMBER
from app.foreign_files.foreign_shape import Finding, ForeignFile, ForeignRow, ReadTable, column_of
from app.foreign_files.tables.heading_roles import column_names, fold_heading
from app.registers.register import intake as register_intake
from app.registers.register.intake import PhoneReading, fold_name, parse_phone
from db.digits import is_digits, one_width
from db.record import group_by_key, record


@record
class ApplicationRow:
    """One row of an application file, as received and as interpreted.

    Attributes:
        row: counts data rows from 1; ``source_line`` is its line or sheet row.
        canonical_text: text of the row for a keyed hash.
        values: each field's cell as typed (outer blanks removed); the other attributes are their meaning.
        is_date_only: the day of ``received_at`` came without a time.
        people: None when it is no single number or not asked.
        names: those of 同行者, without the applicant.
        dates: the wished days 1 to 3.
        phone: digits, empty when unreadable.
        device: 持参, 貸与 or empty.
        care: the 配慮 word for word; also a remark that mentions a need where the column says nothing.
        photo, publication: 可, 不可, 条件つき (with ``photo_words``) or empty.
        note: what the applicant says in his own words; ``words_use`` says what was made of them.
        deputy: 「（代理）」 stood beside a name.
        remark_words: other words split off a name that say something.
        withdrawn: its state says 取下げ; ``same_as_applicant`` = the contact person is the applicant.
        problems: questions that a clerk has to decide; ``notices`` ask nothing.
        is_broken: cells cannot be trusted; the row is shown and never imported.
    """

    row: int
    source_line: int
    canonical_text: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)
    received_at: datetime | None
    is_date_only: bool
    receipt_number: str
    way: str
    organisation: str
    branch: str
    name: str
    furigana: str
    phone: str
    people: int | None
    names: tuple[str, ...]
    wishes: tuple[str, ...]
    themes: tuple[str, ...]
    dates: tuple[date | None, date | None, date | None]
    contact_name: str
    same_as_applicant: bool
    device: str
    care: str
    photo: str
    note: str
    deputy: bool
    remark_words: tuple[str, ...]
    withdrawn: bool
    is_test: bool
    is_broken: bool
    problems: tuple[Finding, ...]
    notices: tuple[Finding, ...]
    words_use: str = ""
    photo_words: str = ""
    publication: str = ""


@record
class ApplicationTable(ReadTable):
    """All rows of a file with the columns used."""

    rows: tuple[ApplicationRow, ...]
    columns: Mapping[int, str]
    lost_characters: int


def with_duplicates(
    rows: Sequence[ApplicationRow], file: ForeignFile, columns: Mapping[int, str]
) -> tuple[ApplicationRow, ...]:
    """Return the rows; who comes again, by name and number, else 団体, has a problem, a namesake a notice.

    A namesake has another number and another 団体. Broken and test rows are left out.
    """
    kept = (row for row in rows if row.name and not (row.is_broken or row.is_test))
    found = {}
    for namesakes in group_by_key((fold_name(row.name), row) for row in kept).values():
        lines: dict[str, int] = {}
        phones: set[str] = set()
        groups = set()
        for row in namesakes if len(namesakes) > 1 else ():
            group = fold_name(row.organisation)
            own = row.source_line
            line = lines.setdefault(row.phone or f"団体:{group}", own) if row.phone or group else own
            reason = f"{line}行目と電話番号・氏名が同じ（空白とカナの幅を除く）" if line != own else ""
            if phones and row.phone and row.phone not in phones and group not in groups:
                reason = f"{namesakes[0].source_line}行目と同姓同名だが、電話も団体も違う。自動でまとめない"
            if reason:
                code = "duplicate_person" if line != own else "same_name_other_person"
                found[row.row] = file.finding(row.row, column_of(columns, "name"), reason, code)
            phones |= {row.phone} - {""}
            groups.add(group)
    return tuple(_with_finding(row, found[row.row]) if row.row in found else row for row in rows)


def _with_finding(row: ApplicationRow, found: Finding) -> ApplicationRow:
    if found.code == "duplicate_person":
        return replace(row, problems=(*row.problems, found))
    return replace(row, notices=(*row.notices, found))


def total_mismatch(file: ForeignFile, columns: Mapping[int, str], rows: Sequence[ApplicationRow]) -> list[Finding]:
    """Return a finding if the total that a list shows differs from the sum of its rows; [] without a readable total."""
    index = column_of(columns, "people")
    total = next((line for line in file.left_out if line.kind == "合計"), None)
    if index is None or total is None or index >= len(total.cells):
        return []
    shown = parse_amount(total.cells[index])
    counted = sum(row.people or 0 for row in rows)
    if shown is None or shown == counted:
        return []
    reason = f"合計行の {shown} と、各行を数として読んだ合計 {counted} が違う"
    return [file.finding(0, index, reason, "total_differs")]


_NAMES = frozenset({"name", "furigana", "organisation", "branch", "names", "contact_name", "contact_furigana"})


def read_applications(
    file: ForeignFile,
    columns: Mapping[int, str],
    *,
    wish_match_level: Callable[[str], int] | None = None,
    accepted_rows: Collection[int] = (),
    today: date | None = None,
    day_orders: Mapping[int, DateOrder] | None = None,
) -> ApplicationTable:
    """Read every row of ``file`` by ``columns`` (column number to field).

    Nothing is left out: a broken row comes with ``is_broken`` and its problems.

    Args:
        wish_match_level: returns how surely a text means an event; None = a cell of wishes is split only where the form
            separates two choices.
        accepted_rows: rows whose numbers a clerk has checked; in all others what may be a 個人番号 is masked.
        today: a receipt after it, or a year before, is asked about; None = not asked.
        day_orders: by column whether day or month comes first, where no cell of it tells.
    """
    orders = {
        field: date_order(row.cells[index] for row in file.rows) or (day_orders or {}).get(index, "")
        for index, field in sorted(columns.items(), reverse=True)
        if field == "received_at" or field in _WISHED_DAY_FIELDS
    }
    reader = _Reader(file, columns, wish_match_level, accepted_rows, today, orders)
    rows = tuple(reader.rows())
    rows = with_duplicates(rows, file, columns)
    named = _NAMES.intersection(columns.values())
    notices = [notice for notice in file.notices if not notice.row]
    notices += total_mismatch(file, columns, rows)
    return ApplicationTable(
        rows=rows,
        columns=dict(columns),
        file_notices=tuple(notices),
        lost_characters=sum(count_lost_characters(_texts([row.values for row in rows], field)) for field in named),
    )


class _Reader:
    """Reads the rows of one file in their order (同上 needs the row above)."""

    def __init__(
        self,
        file: ForeignFile,
        columns: Mapping[int, str],
        wish_match_level: Callable[[str], int] | None,
        accepted_rows: Collection[int],
        today: date | None,
        orders: Mapping[str, DateOrder],
    ):
        self._released = accepted_rows
        self._file = file
        self._columns = columns
        self._orders = orders
        self._ticked = ticked_options(file, columns)
        self._wishes = self._splitter_for("wishes", wish_match_level)
        self._themes = self._splitter_for("themes")
        self._headings = {
            field: fold_heading(file.headings[index]) for index, field in sorted(columns.items(), reverse=True)
        }
        self._lasting = application_cells.stable_headings(file, columns)
        taken = [(index, field) for index, field in sorted(columns.items()) if field != DROPPED]
        self._names = column_names(file.headings)
        self._places = places = {key: [at for at, known in taken if known == key] for key in columns.values()}
        notes = places.get("note", [])
        # What a column asks stands with its words, unless it asks for remarks of any kind.
        asked = {at: self._names[at] for at in notes if len(notes) > 1 or not _REMARKS.search(self._names[at])}
        self._values = ValuesReader(taken, self._ticked, asked)
        self._doubled = _repeated_columns(file.headings, columns)
        self._doubled += [
            (later, same[0])
            for key, same in places.items()
            if key not in MULTIPLE_COLUMN_FIELDS and key not in JOINED_FIELDS
            for later in same[1:]
        ]
        # Many cells of a column are equal, so each text is interpreted once per reader.
        printed = {field: file.headings[index] for index, field in sorted(columns.items(), reverse=True)}
        self._way = cache(partial(application_answers.parse_channel, service=file.service))
        self._printed = printed
        self._unread_way = cache(
            lambda text: f"経路「{' '.join(text.split())}」" if text and not self._way(text) else ""
        )
        self._asks_twice = "ticks" in places or any(len(places.get(field, ())) > 1 for field in READERS)
        self._once_told = cache(self._parse_answers)
        self._need = cache(self._parse_needs)
        self._of_companions = [index for index, field in sorted(columns.items()) if field == "names"]
        self._needs = cache(mentions_need)
        self._is_nothing = cache(is_nothing)
        self._people = cache(register_intake.parse_people)
        self._day = cache(partial(_receipt, order=orders.get("received_at", ""), today=today))
        self._asks_days = not _WISHED_DAY_FIELDS.isdisjoint(columns.values())
        self._asks_contact = not {"contact_name", "contact_phone"}.isdisjoint(columns.values())
        self._lossy = file.encoding == "cp932"
        self._says: list[tuple[str, Mapping[str, CellFindings]]] = []
        self._told_elsewhere = needs_elsewhere(file, columns)
        self._problems = _group_by_row([*file.problems, *_unread_answers(file, columns)])
        self._notices = _group_by_row(file.notices)

    def _splitter_for(self, wanted_field: str, match_level: Callable[[str], int] | None = None) -> WishSplitter:
        places = [index for index, field in self._columns.items() if field == wanted_field]
        cells = [row.cells[index] for row in self._file.rows for index in places]
        return WishSplitter(self._file.service, cells, match_level, columns=len(places))

    def rows(self) -> Iterable[ApplicationRow]:
        """Yield every row as read."""
        told = list(self._iter_read_rows())
        fields = dict.fromkeys(field for _, field in sorted(self._columns.items()) if field in CHECKED_FIELDS)
        fields["note"] = None
        rows = [read.values for _, read in told]
        every = [(field, column_findings(set(_texts(rows, field)), field, lossy=self._lossy)) for field in fields]
        # Most columns have no findings, and are skipped from then on.
        self._says = [(field, said) for field, said in every if said]
        # Where one of a 団体 can be telephoned, nothing has to be decided about another who left that empty.
        self._reached = {read.values.get("organisation", "") for _, read in told if read.values.get("phone")} - {""}
        for found, read in told:
            yield self._build_row(found, read)

    def _iter_read_rows(self) -> Iterable[tuple[ForeignRow, ReadCells]]:
        """Yield the rows with the text of each field; a broken row is never the source of 同上."""
        above = NO_CELLS
        for found in self._file.rows:
            shown = found if found.row in self._released else self._mask_personal_number(found)
            read = self._values.read(shown, above)
            yield found, self._with_other_words(found, read)
            if not found.problem:
                above = read

    def _with_other_words(self, found: ForeignRow, read: ReadCells) -> ReadCells:
        """Return what was read, with comments and the ticks that no field knows as 本人のことば; なし is none."""
        ticks = [text for at in self._places.get("ticks", ()) for text in other_ticks(found.cells[at])]
        values = read.values
        for key, longest in _NONE_IF_NOTHING.items():
            if (text := values.get(key)) and len(text) < longest and self._is_nothing(text):
                values[key] = ""
        if ticks or found.remarks:
            values["note"] = "\n".join(filter(None, (values.get("note", ""), *ticks, *found.remarks)))
        return read

    def _mask_personal_number(self, row: ForeignRow) -> ForeignRow:
        if row.row not in self._problems:
            return row
        places = {one.index for one in self._problems[row.row] if one.code == PERSONAL_NUMBER}
        if not places:
            return row
        cells = tuple(mask_personal_numbers(cell) if index in places else cell for index, cell in enumerate(row.cells))
        return replace(row, cells=cells)

    def _build_row(self, source_row: ForeignRow, read: ReadCells) -> ApplicationRow:
        values, places, ditto = read.values, read.columns, read.ditto_fields
        told = values.get
        phones = {
            field: _phone(values, field) for field in ("phone", "contact_phone", "fax") if values.get(field) is not None
        }
        received = self._day(told("received_at", ""))
        clock = told("received_time", "")
        if clock:
            received = combine_with_time(received, clock)
        remark = told("note", "")
        need = self._need(tuple(read.needs.items())) if read.needs else _NO_NEED
        answers, need, ticked = self._answers(source_row, values, need)
        cancelled = need.word if application_cells.only_cancels(need.word) else ""
        need = _NO_NEED if cancelled else need
        moved = bool(remark) and self._needs(remark)
        words = [need.word, remark if moved and remark not in need.word else ""]
        wished = application_cells.parse_wished_days(values, self._orders) if self._asks_days else _NO_WISHED_DAYS
        people, coming = self._people_coming(source_row, told("people", ""), told("names", ""))
        problems: Sequence[Finding] = self._problems.get(source_row.row, ())
        notices: Sequence[Finding] = self._notices.get(source_row.row, ())
        test = False
        elsewhere = self._part_needs(source_row, values)
        if not source_row.problem:
            asked = [question for one in (*answers.values(), need) for question in one.questions]
            cells = self._cells_said(values, (*asked, *ticked), coming)
            said = row_problems(cells, values, phones, received, wished, people)
            nameless = read.split_names.cells_without_name
            reached = ("phone",) if told("organisation") in self._reached else ()
            if empty := {*read.unclear_ditto_fields, *nameless, *reached}:
                # The question about the name cell already says that it is empty.
                said = [one for one in said if one[2] != "missing_required" or one[0] not in empty]
                said += [
                    (
                        field,
                        "「同上」が、上の行の人か、この行の申込者か決められない。氏名などを入れてから取り込む",
                        PERSON_DITTO,
                    )
                    for field in read.unclear_ditto_fields
                ]
                said += [application_answers.no_name_remark(*one) for one in nameless.items()]
            said += self._repeated_column_remarks(source_row)
            noted = row_notices(cells, values, phones, received, self._headings)
            if moved:
                noted.append(("note", "本人のことばに配慮らしい言葉がある。配慮としても扱う", "care_in_note"))
            if read.deputy_fields:
                noted += [
                    (field, "氏名に付いていた「（代理）」を氏名から分け、備考に残す", "deputy_parted")
                    for field in read.deputy_fields
                ]
            noted += read.split_names.notices
            if ditto:
                noted += [(field, "「同上」などのため、上の行の値を使う", "ditto_carried") for field in ditto]
            if said:
                test = any(code == "test_answer" for _, _, code in said)
                problems = [*problems, *self._findings_of(source_row.row, said, places)]
            problems = [*problems, *([self._file.finding(source_row.row, None, *_TOLD)] if elsewhere else [])]
            if noted:
                notices = [*notices, *self._findings_of(source_row.row, noted, places)]
        return ApplicationRow(
            row=source_row.row,
            source_line=source_row.spreadsheet_row,
            canonical_text=application_cells.canonical_row_text(source_row, self._lasting),
            values=values,
            received_at=date_only_moment(received.at.date()) if received.at and received.date_only else received.at,
            is_date_only=received.date_only,
            receipt_number=told("receipt_number", ""),
            way=self._way(told("way", "")),
            organisation=told("organisation", ""),
            branch=told("branch", ""),
            name=told("name", ""),
            furigana=told("furigana", ""),
            phone=phones["phone"].digits if "phone" in phones else "",
            people=people,
            names=_companion_names(coming, values),
            wishes=self._wishes.split(told("wishes", "")),
            themes=self._themes.split(told("themes", "")),
            dates=(_day(wished, "date1"), _day(wished, "date2"), _day(wished, "date3")) if wished else _NO_DAYS,
            contact_name=_text_unless_ditto(told("contact_name", "")),
            same_as_applicant=self._asks_contact and _same_as_applicant(values),
            device=answers["device"].word,
            care="\n".join(filter(None, words)),
            photo=answers["photo"].word,
            publication=answers["publication"].word,
            note="\n".join(filter(None, (remark, *elsewhere))),
            deputy=bool(read.deputy_fields),
            remark_words=(
                *read.split_names.remark_words,
                *filter(None, (coming.words, self._unread_way(told("way", "")), cancelled)),
            ),
            withdrawn=answers["status"].word == WITHDRAWN,
            is_broken=bool(source_row.problem),
            is_test=test,
            problems=tuple(problems),
            notices=tuple(notices),
        )

    def _part_needs(self, source_row: ForeignRow, values: dict[str, str]) -> list[str]:
        """Return the cells of other columns that tell a need, with their headings; lists show the answer alone.

        Of a name it is the remark alone, and the name is without it.
        """
        told = []
        for index in self._told_elsewhere.get(source_row.row, ()):
            key, text = self._columns.get(index, ""), source_row.cells[index].strip()
            parted = parted_name(text) if key == "name" else None
            told.append(parted["said"].strip() if parted else f"{self._names[index]}：{text}")
            if parted:
                values[key] = parted["name"]
            if key in _ANSWERS_SHOWN:
                values[key] = without_need(text, key)
        return told

    def _answers(
        self, source_row: ForeignRow, values: Mapping[str, str], need: CellMeaning
    ) -> tuple[Mapping[str, CellMeaning], CellMeaning, tuple[CellRemark, ...]]:
        """Return the answers by field and the 配慮 of every column that asks for them, and questions about other
        ticks.
        """
        if not self._asks_twice:
            # Few combinations of answers occur in a file.
            return self._once_told(tuple([values.get(key, "") for key in READERS])), need, ()
        cells = [
            (key, self._names[at], source_row.cells[at], parse(source_row.cells[at], self._file.headings[at]))
            for key, parse in READERS.items()
            for at in self._places.get(key, ())
        ]
        cells += [
            (key, self._names[at], piece, meaning)
            for at in self._places.get("ticks", ())
            for key, piece, meaning in ticked_answers(source_row.cells[at])
        ]
        answers = {key: combined_answer(key, [one[1:] for one in cells if one[0] == key]) for key in READERS}
        words = [need.word, *(piece for key, _, piece, _ in cells if key == "care")]
        asked = [question for key, *_, meaning in cells if key == "names" for question in meaning.questions]
        return answers, replace(need, word="、".join(filter(None, words))), tuple(asked)

    def _parse_answers(self, cells: tuple[str, ...]) -> Mapping[str, CellMeaning]:
        parts = zip(READERS.items(), cells, strict=True)
        return {key: parse(text, self._printed.get(key, "")) for (key, parse), text in parts}

    def _repeated_column_remarks(self, source_row: ForeignRow) -> list[CellRemark]:
        """Return questions about texts in a second column of the same heading that differ from the first one's."""
        said = []
        for index, place in self._doubled:
            other, own = source_row.cells[index].strip(), source_row.cells[place].strip()
            if other and other != own:
                first, heading = self._names[place], self._names[index]
                reason = f"「{first}」は「{own}」、「{heading}」は「{other}」。どちらを取るかを確かめる"
                if own or not self._columns.get(index):
                    said.append((self._columns[place], reason, "doubled_column"))
        return said

    def _cells_said(
        self, values: Mapping[str, str], asked: Sequence[CellRemark], coming: Companions
    ) -> list[CellFindings]:
        """Return the findings of the cells of a row, and the questions about its answers and 同行者."""
        cells = [said[values[field]] for field, said in self._says if values.get(field) in said]
        cells += [answer_findings(asked)] if asked else []
        return [*cells, companion_findings(coming)] if coming is not NOBODY else cells

    def _people_coming(self, found: ForeignRow, written: str, names: str) -> tuple[int | None, Companions]:
        """Return the number of people and the 同行者; who is only counted is asked unless both numbers agree."""
        people, coming = self._people(written), self._coming(found, names)
        if coming.count and not written:
            return 1 + coming.count, coming
        agrees = coming.count in (0, (people or 0) - 1)
        return people, coming if agrees else Companions(questions=(COUNTED_ALONE,))

    def _coming(self, found: ForeignRow, written: str) -> Companions:
        if not written:
            return NOBODY
        places = (index for index in self._of_companions if index < len(found.cells) and found.cells[index].strip())
        filled = [self._file.headings[index] for index in places]
        turned = [one for one in filled if parse_heading("companions", one).yes_meaning]
        return parse_companions(written, (turned or filled)[0] if turned or len(filled) == 1 else "")

    def _parse_needs(self, cells: tuple[tuple[int, str], ...]) -> application_answers.CellMeaning:
        return application_answers.parse_needs((text, self._file.headings[index]) for index, text in cells)

    def _findings_of(self, row: int, remarks: Sequence[CellRemark], columns: Mapping[str, int]) -> list[Finding]:
        return [self._file.finding(row, columns.get(field), reason, code) for field, reason, code in remarks]


def _repeated_columns(headings: Sequence[str], columns: Mapping[int, str]) -> list[tuple[int, int]]:
    """Return the unused columns whose heading is that of a used one, each with that one."""
    taken = {fold_heading(headings[index]): index for index, field in sorted(columns.items(), reverse=True) if field}
    return [
        (index, taken[fold_heading(heading)])
        for index, heading in enumerate(headings)
        if heading.strip() and not columns.get(index) and fold_heading(heading) in taken
    ]


def _unread_answers(file: ForeignFile, columns: Mapping[int, str]) -> Iterable[Finding]:
    """Yield a question about each need, or rare word about another matter, in a column whose words nobody reads."""
    for index, heading in enumerate(file.headings):
        field = columns.get(index, "")
        if field and field not in _OWN_MATTERS:
            continue
        texts = file.texts_in(index)
        found = acts_beside(texts, _OWN_MATTERS[field]) if field else rare_acts(heading, texts)
        # Such a need is asked about as 本人のことば (``needs_elsewhere``).
        told_as_words = field in ("", "role", "phone")
        why = {
            text: unread_words(acts, heading if field else "")
            for text, acts in found.items()
            if not (told_as_words and mentions_need(text))
        }
        if shape := _SHAPES.get(field):
            plain = {text: one_width(text).strip() for text in texts}
            odd = {text: _signs_in(bare) for text, bare in plain.items() if not (shape(bare) or is_nothing(text))}
            # Where many cells have the same other shape the office numbers so.
            usual = Counter(
                signs for text, signs in odd.items() for _ in range(texts[text]) if field == "receipt_number"
            )
            left = [text for text, signs in odd.items() if usual[signs] * 3 < texts.total() + 3]
            why = {text: f"「{heading.strip()}」の欄に、答えのほかの言葉がある" for text in left} | why
        above = ""
        for row in file.rows if why else ():
            if row.problem:
                continue
            # 〃 under a text is read as that text, and asks what that text asks.
            text = above if field and above.strip() and is_ditto(row.cells[index]) else row.cells[index]
            if text in why:
                yield file.finding(row.row, index, why[text], "unread_need")
            above = "" if is_nothing(text) else text


def _signs_in(text: str) -> frozenset[str]:
    """Return the signs of a text that are no letters, with "0" where it has a digit."""
    return frozenset("0" if is_digits(sign) else sign for sign in text if not sign.isalpha())


_OWN_MATTERS: Mapping[str, Collection[About]] = {
    **dict.fromkeys(
        (DROPPED, "role", "address", "phone", "fax", "email", "branch", "receipt_number", "memo", "way"), ()
    ),
    "care": ("need", "state", "companions"),
}
"""Fields whose text is kept as typed, or not at all, whatever else it says, with what their words may well be about.

What a text of 配慮 says of taking part is asked already, and who helps somebody stands there as it is written.
"""
_SHAPES: Mapping[str, Callable[[str], object]] = {
    "receipt_number": RUNNING_NUMBER.fullmatch,
    "address": is_address,
    "role": partial(is_plain, "role"),
}
"""What a cell of a field can hold; anything beside it is asked about."""


_REMARKS = re.compile(FIELDS["note"].heading)
_NONE_IF_NOTHING = {"note": 60, "role": 60, "furigana": 8, "address": 8, "themes": 8, "fax": 8, "receipt_number": 4}
"""Fields in which なし is nothing, with the number of signs from which no text says so."""


def _receipt(cell: str, order: DateOrder, today: date | None) -> ParsedDay:
    """Return the day of a receipt, with a question where it lies ahead of ``today`` or a year before."""
    found = parse_day(cell, order)
    if not (found.day and today) or 0 <= (today - found.day).days <= _OLDEST_RECEIPT:
        return found
    reason = f"申込日時の{long_date(found.day)}は、本日より先か、1年より前。先着順に使うため、届いた日を確かめる"
    return replace(found, problem=reason, code="odd_receipt")


def _texts(rows: Sequence[Mapping[str, str]], field: str) -> Iterable[str]:
    """Return the texts of one field in all rows that have it; a row with too few cells lacks some."""
    try:
        return list(map(itemgetter(field), rows))
    except KeyError:
        return [values[field] for values in rows if field in values]


def _group_by_row(findings: Iterable[Finding]) -> dict[int, list[Finding]]:
    return group_by_key((finding.row, finding) for finding in findings if finding.row)


def _phone(values: Mapping[str, str], field: str) -> PhoneReading:
    """Return the reading of a number; an empty one for a contact's or a FAX that is 同上 or says there is none."""
    text = values[field]
    if field != "phone" and is_same_or_none(text):
        return PhoneReading()
    return parse_phone(text, is_fax=field == "fax")


_OLDEST_RECEIPT = 366
_TOLD = ("ほかの欄に、配慮らしい言葉がある。本人のことばを読んで決める", TOLD_NEED)
_ANSWERS_SHOWN = frozenset({"role", "device"})
"""Fields whose texts stand on lists, which must not show a need written beside the answer."""
_NO_NEED = application_answers.CellMeaning()
_NO_DAYS = (None, None, None)
_NO_WISHED_DAYS: Mapping[str, ParsedDay] = {}
_WISHED_DAY_FIELDS = frozenset({"date1", "date2", "date3"})


def _same_as_applicant(values: Mapping[str, str]) -> bool:
    """Return whether the contact person is the applicant, by name or telephone (同上, 本人)."""
    written = (values.get("contact_name", ""), values.get("contact_phone", ""))
    return any(text and is_same_or_none(text) for text in written)


def _day(wished: Mapping[str, ParsedDay], field: str) -> date | None:
    return wished[field].day if field in wished else None


def _companion_names(coming: Companions, values: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of 同行者 without the applicant, whom a list of all participants names too."""
    own = register_intake.fold_name(values.get("name", "")) if coming.names else ""
    return tuple(name for name in coming.names if register_intake.fold_name(name) != own)


def _text_unless_ditto(text: str) -> str:
    return text if text and not is_same_or_none(text) else ""

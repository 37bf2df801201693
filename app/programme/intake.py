"""Reads and writes a definition file: a year's contract with its kinds of event, as TOML (docs/definition.md).

Every error is one Japanese sentence with the key and its place in the file, and nothing is written. ``r8`` is the
name of the file of 令和8年度, which comes with the program.
"""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, NoReturn, TypeAlias, TypeVar

import tomli_w

from app.actions.user_error import UserError
from app.calendar.dates import long_date_plain
from app.calendar.due_words import DUE_FORMS, parse_due
from app.calendar.periods import PeriodProblem, period_forms
from app.calendar.term_beginnings import FORMS as TERM_BEGINNINGS
from app.calendar.term_beginnings import BeginningProblem
from app.calendar.wareki import fiscal_year_words
from app.common.extension_point import ExtensionPoint
from app.common.file_locations import resources_folder
from app.common.join_nonempty import fill_nonempty
from app.foreign_files.intake_refusal import IntakeRefusal
from app.programme.definition_mends import LONG_NUMBER, Lines, english_key, lines_of, mend_toml, mend_value
from app.programme.rules import (
    LIMITS,
    MOST_KINDS,
    MOST_RETENTION,
    OPTIONAL_PERIODS,
    PERIOD_SIDES,
    REPORT_ANSWERS,
    REPORT_EXTRAS,
    WORDING_FIELDS,
    YearDefinition,
    check_period,
    check_term_beginning,
    clause_fields,
    clause_key,
    compared_figures,
    name_problem,
    owed_problem,
    repeated_name,
    report_answer_of,
    sign_problem,
    term_start,
    unit_problem,
    usual_practices,
    visit_steps,
    ward_problem,
)
from db.digits import is_digits
from db.record import record
from db.records.event_form import EventForm
from db.records.programme import (
    Counted,
    EventKind,
    FollowUpBy,
    Office,
    Programme,
    Recruitment,
    ReportAnswer,
    VisitStep,
)
from db.records.surveys import Question
from db.records.year.practices import OwedPaper, OwnDate, RecordGroup, Requirement, RetentionRow, RetentionStart

FORMAT = 2
ENDING = ".toml"
PRESETS: Mapping[str, str] = {"r8": "nerima_r8.toml"}
"""The definitions that come with the program, by the name that a command asks for them."""
MOST_BYTES = 1_000_000
_NEEDED = object()
_Row = TypeVar("_Row")
_QUESTIONNAIRES = "questionnaires"
_PRACTICE_KEYS = ("own_dates", "wording", "specification", "owed", "retention")
_FILE_KEYS = ("format", "programme", "office", *_PRACTICE_KEYS, "kinds")
_PROGRAMME_KEYS = (
    "title",
    "fiscal_year",
    "term_begins",
    "term_end",
    "proposal_period",
    "payment_period",
    "payment_condition",
    "payment_way",
    "annex",
    "clauses",
)
OFFICE_KEYS = ("ward", "department", "section", "unit", "postal_code", "address", "phone", "fax")
_KIND_KEYS = (
    "key", "form", "title", "name", "name_in_text", "sign", "lecturer", "unit", "planned", "about", "window", "days",
    "people", "people_about", "people_text", "minutes", "minutes_about", "question_time", "audience", "content",
    "headcount", "material", "report", "survey", "questionnaire", "lends_devices", "ward_supplies", "report_items",
    "last_year", "last_year_source", "counted", "recruitment", "visits_per_request", "steps", "follow_up",
    "survey_online", "report_extras", "clauses",
)  # fmt: skip
_KEYS_BY_TABLE = {"［programme］": _PROGRAMME_KEYS, "［office］": OFFICE_KEYS, "［［kinds］］": _KIND_KEYS}
_VISIT_KEYS = ("recruitment", "visits_per_request", "follow_up")
_KIND_KEYS_OF_FORM_2 = ("counted", *_VISIT_KEYS, "steps", "survey_online", "report_extras")
_NO_STEPS = "なし"
"""The one word of ``steps`` for visits without any, since an empty list is as a missing one."""
_MOST_COUNTS = 30
_MAY_BE_EMPTY = ("headcount", "material")


@record
class QuestionnaireFiles:
    """The functions for a questionnaire in a file beside a definition file.

    ``read`` returns its questions, and raises ``IntakeRefusal`` or ``UserError`` with what is wrong; ``written``
    returns questions as the content of such a file.
    """

    read: Callable[[Path], tuple[Question, ...]]
    written: Callable[[tuple[Question, ...]], bytes]


QUESTIONNAIRE_FILES: ExtensionPoint[QuestionnaireFiles] = ExtensionPoint("questionnaire_files")
QUESTIONNAIRE_ENDING = ".json"
ReadBeside: TypeAlias = Callable[[str], tuple[Question, ...]]
"""Reads the questions of a file by its name beside a definition file."""


class DefinitionProblem(UserError):
    """A definition file that can't be read, with the key and its place."""

    def __init__(self, happened: str, todo: str = "定義ファイルを直して、もう一度お試しください。"):
        super().__init__(happened, todo, "何も書き込んでいません。")


def preset(name: str = "r8") -> YearDefinition:
    """Return the definition that comes with the program under a name.

    Raises:
        UserError: there is none of this name.
    """
    if name not in PRESETS:
        raise UserError(f"「{name}」という年度の初期値はありません。", "令和8年度は r8 です。")
    return _read_preset(PRESETS[name])


@functools.cache
def _read_preset(file_name: str) -> YearDefinition:
    return read_definition(resources_folder() / "programmes" / file_name)


def find_definition(name: str) -> YearDefinition:
    """Return what a command names: the preset of that name, else the definition file at that path."""
    return preset(name) if name in PRESETS else read_definition(Path(name))


def built_in_questionnaires() -> tuple[str, ...]:
    """Return the names of the questionnaires that come with the program."""
    return tuple(sorted(path.stem for path in (resources_folder() / _QUESTIONNAIRES).glob("*.json")))


def read_definition(path: Path) -> YearDefinition:
    """Read a definition file.

    Raises:
        DefinitionProblem: names the first error with its key and place.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise DefinitionProblem(
            f"「{path.name}」を開けません。", "ファイルがあるか、読む権限があるかを確かめてください。"
        ) from error
    if len(data) > MOST_BYTES:
        raise DefinitionProblem(
            f"「{path.name}」は、定義ファイルとしては大きすぎます（1MBまで）。", "選んだファイルを確かめてください。"
        )
    return parse_definition(data, path.name, beside=partial(_read_beside, path.parent))


def _read_beside(folder: Path, name: str) -> tuple[Question, ...]:
    """Return the questions of a file in the folder of a definition file.

    Raises:
        ValueError: why it can't be read, in a sentence.
    """
    path = folder / name
    if Path(name).name != name:
        raise ValueError(f"「{name}」は、定義ファイルと同じフォルダーのファイルの名前だけで書きます。")
    if not path.is_file():
        raise ValueError(f"「{name}」が、定義ファイルと同じフォルダーにありません。")
    try:
        (files,) = QUESTIONNAIRE_FILES.all()
        return files.read(path)
    except (IntakeRefusal, UserError) as problem:
        raise ValueError(f"「{name}」を設問として読めません。{problem.happened}") from problem


def _nothing_beside(name: str) -> tuple[Question, ...]:
    """Raise ``ValueError``: a definition that lies in no folder has no file beside it."""
    raise ValueError(f"「{name}」が、定義ファイルと同じフォルダーにありません。")


def parse_definition(data: bytes, file_name: str, *, beside: ReadBeside = _nothing_beside) -> YearDefinition:
    """Return the definition in the bytes of a file; raises as ``read_definition``.

    Args:
        beside: reads a questionnaire that lies beside the file, and raises ``ValueError`` with a sentence.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DefinitionProblem(
            f"「{file_name}」の文字コードがUTF-8ではありません。",
            "メモ帳などで開き、文字コードを「UTF-8」にして保存し直してください。",
        ) from None
    try:
        if LONG_NUMBER.search(text) is not None:
            raise ValueError
        values = tomllib.loads(text)
    except (ValueError, RecursionError) as problem:
        where, todo = mend_toml(text, str(problem))
        raise DefinitionProblem(
            f"「{file_name}」が定義ファイルの書き方（TOML）になっていません{where}。", todo
        ) from None
    return _definition(_Table(values, "", _FILE_KEYS, lines_of(text)), beside)


def definition_text(definition: YearDefinition) -> str:
    """Return a definition as the text of a file that ``parse_definition`` reads back."""
    programme, office = definition.programme, definition.office
    clauses = _written_clauses(programme)
    kinds = [_written_kind(kind) for kind in definition.kinds]
    practices = _written_practices(programme, compared_figures(definition.kinds))
    written = {
        "format": 2 if practices or any(key in kind for kind in kinds for key in _KIND_KEYS_OF_FORM_2) else 1,
        "programme": {key: clauses if key == "clauses" else getattr(programme, key) for key in _PROGRAMME_KEYS},
        "office": {key: value for key in OFFICE_KEYS if (value := getattr(office, key)) or key == "ward"},
        **practices,
        "kinds": kinds,
    }
    return tomli_w.dumps(written)


def _written_practices(programme: Programme, figures: Sequence[str]) -> dict[str, Any]:
    """Return the tables of what is not as usual in a year; a sentence about a kind that is gone is left out."""
    wording = {key: value for key in WORDING_FIELDS if (value := getattr(programme, key)) != getattr(Programme, key)}
    retention = [
        {
            "records": row.records,
            **({"months": row.months} if row.months % 12 or not row.months else {"years": row.months // 12}),
            "from": row.start,
            "basis": row.basis,
        }
        for row in programme.retention
    ]
    tables = {
        "own_dates": programme.own_dates,
        "wording": wording,
        "specification": [vars(row) for row in programme.requirements if row.compare in ("", *figures)],
        "owed": [vars(row) for row in programme.owed],
        "retention": retention,
    }
    return {key: value for key, value in tables.items() if value}


def _written_clauses(record: EventKind | Programme) -> dict[str, str]:
    return {clause_key(name): value for name in clause_fields(type(record)) if (value := getattr(record, name))}


def _written_kind(kind: EventKind) -> dict[str, Any]:
    """Return a kind of event as the definition file holds it, without what is None or "" (but 人数連絡 and 資料)."""
    named = {
        "key": kind.kind,
        "unit": kind.planned_unit,
        "about": not kind.strict,
        "window": (kind.window_start, kind.window_end),
        "people": (kind.people_min, kind.people_max),
        "people_about": not kind.people_strict,
        "minutes_about": not kind.minutes_strict,
        "headcount": kind.headcount_period,
        "material": kind.material_period,
        "report": kind.report_period,
        "survey": kind.has_survey,
        "survey_online": kind.surveys_online or None,
        "report_extras": kind.report_extras or None,
        "report_items": [
            item if report_answer_of(item, kind.form) == answer else {"item": item, "chapter": answer}
            for item, answer in kind.report_items.items()
        ],
        "last_year": kind.held_last_year or None,
        "last_year_source": kind.held_last_year_source,
        "steps": kind.steps or (_NO_STEPS,),
        **{key: None for key, usual in usual_practices(kind.form).items() if getattr(kind, key) == usual},
        "counted": "" if kind.counted == kind.planned_unit else kind.counted,
        "follow_up": {"months": kind.follow_up_months, "by": kind.follow_up_by} if kind.follow_up_months else None,
        "clauses": _written_clauses(kind),
    }
    written = {key: named[key] if key in named else getattr(kind, key) for key in _KIND_KEYS}
    return {key: value for key, value in written.items() if value not in (None, "") or key in _MAY_BE_EMPTY}


class _Table:
    """The values of one table, taken key by key.

    ``known`` are the keys that it can have, ``lines`` where the tables and keys of the file stand, and ``table`` is its
    own name there.
    """

    def __init__(self, values: Mapping[str, Any], place: str, known: Sequence[str], lines: Lines, table: str = ""):
        self._values, self.place = values, place
        self._known = tuple(known)
        self.lines, self._table = lines, table

    def refuse(self, key: str, words: str, written: str = "") -> NoReturn:
        """Raise ``DefinitionProblem`` with the place of a key, what is wrong there, and the line to mend.

        Where the key is missing, that is the line of ``written``, of the head of its table, or of what holds it.
        """
        outer, _dot, own = self._table.rpartition(".")
        places = ((self._table, written or key), (self._table, ""), (outer, own))
        line = next((self.lines[one] for one in places if one in self.lines), None)
        where = (
            "定義ファイル" if line is None else f"{line}行目{'' if (written or key) in self._values else 'からの表'}"
        )
        raise DefinitionProblem(f"{self.place}{key}：{words}", f"{where}を直して、もう一度お試しください。")

    def take(self, key: str, is_fit: Callable[[Any], bool], wanted: str, default: Any = _NEEDED) -> Any:
        """Return the value of a key, or ``default`` where it is missing.

        Refused are a missing key without a default, and a value for which ``is_fit`` is false; ``wanted`` says in the
        message what belongs there.
        """
        assert key in self._known, key
        if key not in self._values:
            if default is _NEEDED:
                unknown = self._unknown()
                spelt = f"「{unknown[0]}」という項目はないので、名前を確かめてください。" if unknown else ""
                self.refuse(key, f"書かれていません。{spelt}{wanted}を書いてください。", *unknown[:1])
            return default
        value = self._values[key]
        if not is_fit(value):
            mend = mend_value(value, is_fit)
            self.refuse(key, f"{wanted}ではありません（{_shown(value)}）。{mend}")
        return value

    def has(self, key: str) -> bool:
        """Return whether a key is written with a value that is not empty."""
        return self._values.get(key) not in (None, "", [], {})

    def text(self, key: str, most: int = 40, default: Any = _NEEDED, *, may_be_empty: bool = False) -> str:
        """Return the text of a key as typed, without blanks around it.

        Several lines and more than ``most`` characters are refused; so is an empty text, unless there is a ``default``
        or ``may_be_empty``.
        """
        wanted = f'{most}文字までの1行の文字（"…"）'
        found = str(self.take(key, lambda value: isinstance(value, str) and _is_line(value, most), wanted, default))
        if not found.strip() and not may_be_empty and default is _NEEDED:
            self.refuse(key, f"空です。{wanted}を書いてください。")
        return found.strip()

    def number(self, key: str, least: int, most: int, default: Any = _NEEDED) -> Any:
        """Return the whole number of a key, refused unless between ``least`` and ``most``."""
        wanted = f"{least}から{most:,}までの数"
        return self.take(key, lambda value: _is_number(value) and least <= value <= most, wanted, default)

    def flag(self, key: str, default: Any = _NEEDED) -> bool:
        """Return the true or false of a key; refuse another value."""
        return bool(self.take(key, lambda value: isinstance(value, bool), "true か false", default))

    def day(self, key: str) -> date:
        """Return the day of a key; refuse another value."""
        found: date = self.take(key, _is_day, "日付（2026-09-01 の形。引用符では囲まない）")
        return found

    def days(self, key: str) -> tuple[date, date]:
        """Return the first and the last day of the window of a key; refuse an end before the start."""
        first, last = self.take(
            key, lambda value: _is_pair(value, _is_day), "始まりと終わりの日付（[2026-09-01, 2026-12-25] の形）"
        )
        if last < first:
            self.refuse(
                key, f"終わり（{long_date_plain(last)}）が、始まり（{long_date_plain(first)}）より前になっています。"
            )
        return first, last

    def people(self, key: str) -> tuple[int, int]:
        """Return the least and the greatest number of people of a key; refuse them the other way round."""
        lowest, highest = LIMITS["people_max"]
        least, most = self.take(
            key,
            lambda value: _is_pair(value, lambda one: _is_number(one) and lowest <= one <= highest),
            "少ない方と多い方の人数（[10, 20] の形）",
        )
        if most < least:
            self.refuse(key, f"多い方（{most}人）が、少ない方（{least}人）より少なくなっています。")
        return least, most

    def period(self, key: str, field_name: str) -> str:
        """Return the period of a key in the contract's words; "" where the contract may do without and does.

        ``field_name`` is the field of ``PERIOD_SIDES`` that decides how it is read. Any other text is refused.
        """
        none = '。求めない契約では ""' if field_name in OPTIONAL_PERIODS else ""
        wanted = f"期限（{period_forms(PERIOD_SIDES[field_name])} の形{none}）"
        found: str = self.take(
            key, lambda value: isinstance(value, str) and _is_line(value, 20) and not is_digits(value), wanted
        )
        if not found.strip() and field_name not in OPTIONAL_PERIODS:
            self.refuse(key, f"空です。どの契約にも要ります。{wanted}を書いてください。")
        try:
            return check_period(field_name, found)
        except PeriodProblem as problem:
            self.refuse(key, f"{problem}{none and none[1:] + ' と書きます。'}")

    def term_beginning(self, key: str) -> str:
        """Return the beginning of 履行期間 in the contract's words, a day as words too; absent = it says nothing."""
        found = self.take(
            key,
            lambda value: _is_day(value) or (isinstance(value, str) and _is_line(value, 20)),
            f"履行期間の始まり（{TERM_BEGINNINGS} の形）",
            "",
        )
        try:
            return check_term_beginning(long_date_plain(found) if isinstance(found, date) else found)
        except BeginningProblem as problem:
            self.refuse(key, str(problem))

    def texts(self, key: str, most: int, default: Any = _NEEDED) -> tuple[str, ...]:
        """Return the texts of a key, refused unless at most ``most``, each on one line."""
        return tuple(
            self.take(
                key,
                lambda value: isinstance(value, list) and len(value) <= most and all(map(_is_item, value)),
                f'{most}までの文字の並び（["…", "…"] の形）',
                default,
            )
        )

    def words(self, key: str, choices: Sequence[_Row]) -> tuple[_Row, ...]:
        """Return which of the words a key has, in their order; refuse any other, absent = none."""
        found = self.texts(key, len(choices), ())
        if odd := next((one for one in found if one not in choices), ""):
            self.refuse(key, f"「{odd}」は書けません。「{'」「'.join(map(str, choices))}」から選びます。")
        return tuple(one for one in choices if one in found)

    def counts(self, key: str) -> dict[str, int]:
        """Return whole numbers by name; absent = none."""
        found: Mapping[str, int] = self.take(
            key,
            lambda value: (
                isinstance(value, dict)
                and len(value) <= _MOST_COUNTS
                and all(_is_item(name) and _is_number(count) and 0 <= count <= 1_000 for name, count in value.items())
            ),
            f'{_MOST_COUNTS}までの名前と回数（{{ "入門講習会" = 2 }} の形）',
            {},
        )
        return {name.strip(): count for name, count in found.items()}

    def table(self, key: str, known: Sequence[str], default: Any = _NEEDED) -> _Table:
        """Return a table within this one; ``known`` are its keys."""
        found = self.take(key, lambda value: isinstance(value, dict), f"［{key}］の表（かっこは1つずつ）", default)
        own = f"{self._table}.{key}".lstrip(".")
        return _Table(found, f"{self.place}［{key}］の ", known, self.lines, own)

    def tables(self, key: str, default: Any = _NEEDED) -> Sequence[Mapping[str, Any]]:
        """Return the list of tables of a key; refuse another value."""
        found: Sequence[Mapping[str, Any]] = self.take(
            key,
            lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
            f"［［{key}］］の表（かっこは2つずつ）",
            default,
        )
        return found

    def records(self, key: str, known: Sequence[str], read: Callable[[_Table], _Row]) -> tuple[_Row, ...]:
        """Return what ``read`` makes of each table in the list of a key; refuse two rows that begin alike.

        A missing list is an empty one.
        """
        found = {}
        for place, values in enumerate(self.tables(key, []), start=1):
            row = _Table(values, f"［［{key}］］の{place}番目の ", known, self.lines, f"{key}{place}")
            made = read(row)
            row.close()
            if (name := (values[known[0]], values.get("compare"))) in found:
                row.refuse(known[0], f"「{name[0]}」が2度書かれています。")
            found[name] = made
        return tuple(found.values())

    def due(self, key: str) -> str:
        """Return by when something is owed, in the contract's words, a day as words too."""
        wanted = f"いつまで（{DUE_FORMS} の形）"
        found = self.take(key, lambda value: _is_day(value) or (isinstance(value, str) and _is_line(value, 60)), wanted)
        try:
            return parse_due(str(found)).words
        except PeriodProblem as problem:
            self.refuse(key, str(problem))

    def choice(self, key: str, choices: Sequence[str], default: Any = _NEEDED) -> str:
        """Return the word of a key; refuse one that is not among ``choices``."""
        found = self.text(key, 40, default, may_be_empty=True)
        if found not in choices and found != default:
            self.refuse(key, f"「{found}」は、{'・'.join(f'「{one}」' for one in choices)}のどれでもありません。")
        return found

    def clauses(self, record: type[EventKind] | type[Programme]) -> dict[str, Any]:
        """Return the clauses of a record by field; "" = absent, it is not cited."""
        found = self.table("clauses", [clause_key(name) for name in clause_fields(record)], {})
        known = {name: found.text(clause_key(name), 40, "") for name in clause_fields(record)}
        found.close()
        return known

    def close(self) -> None:
        """Raise for a key that is not known."""
        unknown = self._unknown()
        if unknown:
            nearest = get_close_matches(unknown[0], self._known, n=1)
            homes = [name for name, keys in _KEYS_BY_TABLE.items() if unknown[0] in keys]
            meant = (
                english_key(unknown[0])
                or fill_nonempty("{}の項目です。その表の行に移します。", "か".join(homes))
                or (f"「{nearest[0]}」ではありませんか。" if nearest else "")
            )
            self.refuse(
                unknown[0], f"この名前の項目はありません。{meant}使える項目は、{'、'.join(sorted(self._known))} です。"
            )

    def _unknown(self) -> list[str]:
        return [key for key in self._values if key not in self._known]


def _definition(whole: _Table, beside: ReadBeside) -> YearDefinition:
    """Return the definition in a table; raises ``DefinitionProblem`` for another format, or for what does not fit."""
    written = whole.take(
        "format", lambda value: _is_number(value) and value > 0, f"形の番号（いちばん上に format = {FORMAT}）"
    )
    if written > FORMAT:
        raise DefinitionProblem(
            f"format：定義ファイルの形が{written}で、このプログラムが読めるのは{FORMAT}までです。",
            "新しい版のプログラムで開いてください。",
        )
    programme = _programme(whole.table("programme", _PROGRAMME_KEYS))
    office = _office(whole.table("office", OFFICE_KEYS))
    tables = whole.tables("kinds")
    if not 1 <= len(tables) <= MOST_KINDS:
        whole.refuse("kinds", f"種類が{len(tables)}あります。1から{MOST_KINDS}までです。")
    places = [f"［［kinds］］の{place}番目{_called(values)}の " for place, values in enumerate(tables, start=1)]
    of_form_2 = (
        *(
            f"{place}{key}"
            for place, one in zip(places, tables, strict=True)
            for key in _KIND_KEYS_OF_FORM_2
            if key in one
        ),
        *filter(whole.has, _PRACTICE_KEYS),
    )
    if written == 1 and (later := next(iter(of_form_2), "")):
        raise DefinitionProblem(
            f"{later}：この項目は、形の番号が2のファイルで使えます。",
            "はじめの「format = 1」を「format = 2」に直して、もう一度お試しください。",
        )
    kinds = tuple(
        _kind(_Table(values, place, _KIND_KEYS, whole.lines, f"kinds{position}"), position, programme, beside)
        for position, (place, values) in enumerate(zip(places, tables, strict=True), start=1)
    )
    whole.close()
    same = repeated_name(kinds)
    if same:
        whole.refuse("kinds", same)
    return YearDefinition(programme=replace(programme, **_practices(whole, kinds)), kinds=kinds, office=office)


def _practices(whole: _Table, kinds: Sequence[EventKind]) -> dict[str, Any]:
    """Return how the office words its letters, what it compares and is owed, and how long it keeps; missing = usual."""
    wording = whole.table("wording", WORDING_FIELDS, {})
    found = {key: wording.text(key, 40, "") or getattr(Programme, key) for key in WORDING_FIELDS}
    wording.close()
    figures = compared_figures(kinds)
    found["requirements"] = whole.records(
        "specification",
        ("item", "text", "clause", "compare"),
        lambda row: Requirement(
            item=row.text("item"),
            text=row.text("text", 200, ""),
            clause=row.text("clause", 40, ""),
            compare=row.choice("compare", figures, ""),
        ),
    )
    found["owed"] = whole.records(
        "owed",
        ("paper", "when", "clause"),
        _owed,
    )
    found["own_dates"] = whole.words("own_dates", tuple(OwnDate))
    found["retention"] = whole.records("retention", ("records", "years", "months", "from", "basis"), _retention)
    return found


def _owed(row: _Table) -> OwedPaper:
    """Return a row of a paper that is owed; refuses one whose period stands elsewhere."""
    if problem := owed_problem(row.text("paper")):
        row.refuse("paper", problem)
    return OwedPaper(paper=row.text("paper"), when=row.due("when"), clause=row.text("clause", 40, ""))


def _retention(row: _Table) -> RetentionRow:
    """Return a row that says how long records are kept; refuses one that says it in years and months, or in neither."""
    years, months = row.number("years", 1, MOST_RETENTION // 12, None), row.number("months", 0, MOST_RETENTION, None)
    if (years is None) == (months is None):
        row.refuse("years", "年数（years）か月数（months）のどちらか1つを書いてください。")
    return RetentionRow(
        records=RecordGroup(row.choice("records", tuple(RecordGroup))),
        months=months if years is None else 12 * years,
        start=RetentionStart(row.choice("from", tuple(RetentionStart))),
        basis=row.text("basis", 60, ""),
    )


def _programme(table: _Table) -> Programme:
    """Return the year declared in a table.

    Refuses an end of 履行期間 before the fiscal year or before its beginning, and unknown keys.
    """
    found = Programme(
        title=table.text("title", 100),
        fiscal_year=table.take(
            "fiscal_year",
            lambda value: _is_number(value) and 2019 <= value <= 2100,
            "2019から2100までの西暦の年（令和9年度は 2027 と書きます）",
        ),
        term_begins=table.term_beginning("term_begins"),
        term_end=table.day("term_end"),
        proposal_period=table.period("proposal_period", "proposal_period"),
        payment_period=table.period("payment_period", "payment_period"),
        payment_condition=table.text("payment_condition", 60, ""),
        payment_way=table.text("payment_way", 20, ""),
        annex=table.text("annex", 60, ""),
        **table.clauses(Programme),
    )
    table.close()
    if not date(found.fiscal_year, 4, 1) <= found.term_end < date(found.fiscal_year + 2, 3, 31):
        table.refuse(
            "term_end",
            f"{long_date_plain(found.term_end)}は、{fiscal_year_words(found.fiscal_year)}の終わりになりません。"
            f"ここか fiscal_year（いまは {found.fiscal_year}）の年を直します。",
        )
    start = term_start(found)
    if start is not None and start > found.term_end:
        table.refuse(
            "term_begins",
            f"{long_date_plain(start)}は、term_end（{long_date_plain(found.term_end)}）よりあとです。",
        )
    return found


def _office(table: _Table) -> Office:
    """Return the office in a table; refuse an unknown key or an unfit name of the ward."""
    given: dict[str, Any] = {key: table.text(key, 80, "") for key in OFFICE_KEYS[1:]}
    found = Office(ward=table.text("ward"), **given)
    table.close()
    if problem := ward_problem(found.ward):
        table.refuse("ward", problem)
    return found


def _kind(table: _Table, place: int, programme: Programme, beside: ReadBeside) -> EventKind:
    """Return the kind of event declared in a table; refuses a window that ends after 履行期間, and unknown keys.

    ``place`` is its position from 1.
    """
    form = EventForm(table.choice("form", tuple(EventForm)))
    name = table.text("name", 12)
    if problem := name_problem(name):
        table.refuse("name", problem)
    start, end = table.days("window")
    least, most = table.people("people")
    sign = table.text("sign", 10)
    if problem := sign_problem(sign):
        table.refuse("sign", problem)
    questionnaire, questions = _questionnaire(table, beside)
    unit = table.text("unit", 4)
    found = EventKind(
        kind=table.text("key", 20),
        form=form,
        title=table.text("title"),
        name=name,
        name_in_text=table.text("name_in_text", 20, name),
        sign=sign,
        lecturer=table.text("lecturer", 12),
        position=place,
        window_start=start,
        window_end=end,
        planned=table.number("planned", *LIMITS["planned"]),
        planned_unit=unit,
        counted=_counted(table, unit),
        strict=not table.flag("about"),
        days=table.number("days", *LIMITS["days"], None),
        people_min=least,
        people_max=most,
        people_strict=not table.flag("people_about", True),
        minutes=table.number("minutes", *LIMITS["minutes"]),
        minutes_strict=not table.flag("minutes_about", True),
        question_time=table.text("question_time", 20, ""),
        audience=table.text("audience", 60, ""),
        content=table.texts("content", 20, ()),
        headcount_period=table.period("headcount", "headcount_period"),
        material_period=table.period("material", "material_period"),
        has_survey=table.flag("survey"),
        surveys_online=table.flag("survey_online", False),
        report_period=table.period("report", "report_period"),
        questionnaire=questionnaire,
        questions=questions,
        lends_devices=table.flag("lends_devices"),
        ward_supplies=table.texts("ward_supplies", 30, ()),
        report_items=_report_items(table, form),
        report_extras=table.words("report_extras", REPORT_EXTRAS[form]),
        people_text=table.text("people_text", 300, ""),
        held_last_year=table.counts("last_year"),
        held_last_year_source=table.text("last_year_source", 60, ""),
        **_visit_practices(table, form),
        **table.clauses(EventKind),
    )
    table.close()
    if start < (begin := date(programme.fiscal_year, 4, 1)):
        year = fiscal_year_words(programme.fiscal_year)
        table.refuse(
            "window",
            f"始まり（{long_date_plain(start)}）が、{year}の始まり（{long_date_plain(begin)}）より前です。年を直します。",
        )
    if end > programme.term_end:
        table.refuse(
            "window",
            f"終わり（{long_date_plain(end)}）が、term_end（{long_date_plain(programme.term_end)}）よりあとです。",
        )
    return found


def _counted(table: _Table, unit: str) -> Counted:
    """Return what the number of a kind counts; it follows from a ``unit`` that is one of the two words."""
    words = tuple(Counted)
    found = table.choice("counted", words, "")
    if not found and unit not in words:
        table.refuse(
            "counted", f'書かれていません。unit が「{unit}」のときは、数えるものを "回" か "団体" で書きます。'
        )
    counted = Counted(found or unit)
    if problem := unit_problem(unit, counted):
        table.refuse("counted", problem)
    return counted


def _visit_practices(table: _Table, form: EventForm) -> dict[str, Any]:
    """Return how visits are called for and followed up; refuse it of a kind of another form."""
    if not form.at_organisation and (key := next((one for one in _VISIT_KEYS if table.has(one)), "")):
        table.refuse(key, f"{form}の種類には書けません。form が「{EventForm.VISIT}」の種類の項目です。")
    steps = table.texts("steps", 4, ())
    own = tuple(VisitStep) if form.at_organisation else (VisitStep.CONSULTATION,)
    words = (*own, _NO_STEPS)
    if (odd := next((one for one in steps if one not in words), None)) or (_NO_STEPS in steps and len(steps) > 1):
        named = "・".join(f"「{one}」" for one in own)
        table.refuse("steps", f"「{odd or _NO_STEPS}」は書けません。{named}から選ぶか、「{_NO_STEPS}」だけを書きます。")
    follow_up = table.table("follow_up", ("months", "by"), {})
    months = follow_up.take(
        "months",
        lambda value: isinstance(value, list) and all(_is_number(one) and 1 <= one <= 24 for one in value),
        "1から24までの月の並び（[3] の形）",
        [],
    )
    by = follow_up.choice("by", tuple(FollowUpBy), "")
    follow_up.close()
    return {
        "recruitment": Recruitment(table.choice("recruitment", tuple(Recruitment), "") or Recruitment.EACH),
        "visits_per_request": table.number("visits_per_request", 1, 1_000, 1),
        "steps": tuple(one for one in VisitStep if one in steps) if steps else visit_steps(form),
        "follow_up_months": tuple(sorted(set(months))),
        "follow_up_by": FollowUpBy(by or FollowUpBy.ORGANISATION),
    }


def _questionnaire(table: _Table, beside: ReadBeside) -> tuple[str, tuple[Question, ...]]:
    """Return name and questions of the questionnaire of a kind: questions only for a file beside the definition.

    A questionnaire of the program is returned by its name alone; ("", ()) = none.
    """
    name = table.text("questionnaire", 80, "")
    built_in = built_in_questionnaires()
    if not name or name in built_in:
        return name, ()
    if not name.lower().endswith(QUESTIONNAIRE_ENDING):
        known = "".join(f"「{one}」・" for one in built_in)
        table.refuse(
            "questionnaire",
            f"「{name}」は、{known}定義ファイルと同じフォルダーの設問のファイル（{QUESTIONNAIRE_ENDING}）の"
            "どれでもありません。",
        )
    try:
        return name, beside(name)
    except ValueError as problem:
        table.refuse("questionnaire", str(problem))


def _report_items(table: _Table, form: EventForm) -> dict[str, ReportAnswer]:
    """Return what a report must hold, each with the chapter that answers it.

    An item is a text, whose chapter follows from its words, or ``{ item = "…", chapter = "…" }``.
    """
    wanted = '1つ以上20までの、報告書に書くことの並び（"…" か { item = "…", chapter = "…" }）'
    items = table.take(
        "report_items",
        lambda value: isinstance(value, list) and 1 <= len(value) <= 20 and all(map(_is_report_item, value)),
        wanted,
    )
    found = {}
    for one in items:
        words, chapter = (one, report_answer_of(one, form)) if isinstance(one, str) else (one["item"], one["chapter"])
        if chapter not in REPORT_ANSWERS[form]:
            named = "・".join(f"「{name}」" for name in REPORT_ANSWERS[form])
            table.refuse(
                "report_items", f"「{chapter}」という章は、この形の報告書にありません。使えるのは、{named}です。"
            )
        if words.strip() in found:
            table.refuse("report_items", f"「{words.strip()}」が2度書かれています。")
        found[words.strip()] = ReportAnswer(chapter)
    return found


def _is_report_item(value: Any) -> bool:
    """Return whether the value is a report item: a line of text, or a mapping of it and the chapter that answers it."""
    if isinstance(value, dict):
        return set(value) == {"item", "chapter"} and _is_item(value["item"]) and isinstance(value["chapter"], str)
    return _is_item(value)


def _is_item(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip()) and _is_line(value, 60)


def _is_line(value: str, most: int) -> bool:
    return len(value) <= most and not any(unicodedata.category(one) in ("Cc", "Cs", "Zl", "Zp") for one in value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_day(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_pair(value: Any, is_fit: Callable[[Any], bool]) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(map(is_fit, value))


def _called(values: Mapping[str, Any]) -> str:
    """Return the key of a table in brackets for messages, "" without a sound one."""
    key = values.get("key")
    return f"（{key[:20]}）" if isinstance(key, str) and key.strip() and _is_line(key[:20], 20) else ""


def _shown(value: Any) -> str:
    """Return a value as an error shows it, cut after 20 characters: 「いまは 12」; true, false and a day alone."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        text = f"{len(value)}つの並び" if value else "空の並び"
    else:
        text = "表" if isinstance(value, dict) else tomli_w.dumps({"": value})[5:-1]
    plain = "".join(one if unicodedata.category(one) not in ("Cc", "Cs") else " " for one in text)
    return f"いまは {plain[:20]}{'…' if len(plain) > 20 else ''}"

"""The settings of one year as in force on a day: reading, checking, saving, 契約変更, and the end of retention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field, replace
from datetime import date
from typing import Any, TypeAlias, TypeVar

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar import dates, periods
from app.calendar.due_words import parse_due
from app.calendar.office_days import OfficeCalendar
from app.calendar.term_beginnings import BeginningProblem
from app.calendar.wareki import fiscal_year_of, fiscal_year_words
from app.programme import intake, tax
from app.programme import rules as programme_rules
from app.programme.rules import (
    APPLICANTS,
    ORGANISATIONS,
    RETENTIONS,
    YearDefinition,
    contacts_end,
    contract_on,
    retention_end,
    row_in_force,
)
from db.backups.retention import KEEP_MONTHS
from db.engine import Database
from db.fields import changed_fields, corrections, with_edits
from db.journal import Change
from db.record import RowsById, record
from db.records.applications import ColumnMap, ImportTarget
from db.records.backups import BackupRule
from db.records.dispatches import DispatchRequest
from db.records.documents import Outgoing
from db.records.event_form import EventForm
from db.records.events import DeadlineOverride, Event
from db.records.programme import (
    ClosedDay,
    Contractor,
    ContractTerms,
    DocumentSetting,
    EventKind,
    Office,
    Programme,
    TaskClosing,
)
from db.records.schedules import ScheduleCandidate, SchedulePlan
from db.records.year.practices import RetentionRow
from db.rows import by_id, rows, rows_of_each
from db.store import Store
from db.tables import programme as table

_FORM_WORDS: Mapping[EventForm, str] = {
    EventForm.LECTURE: "会場で行う",
    EventForm.VISIT: "団体へうかがう",
    EventForm.EXCHANGE: "班に分かれて話し合う",
}


_Dated = TypeVar("_Dated", EventKind, DocumentSetting)


@record
class YearRows:
    """Every row of a year's settings, by the day from which it is valid; ``base`` is the original contract.

    ``offices``, ``contractors`` and ``document_settings`` are empty where the year was read without names.
    """

    base: Programme
    numbers: tuple[EventKind, ...] = ()
    terms: tuple[ContractTerms, ...] = ()
    offices: tuple[Office, ...] = ()
    contractors: tuple[Contractor, ...] = ()
    document_settings: tuple[DocumentSetting, ...] = ()


@record
class ProgrammeView:
    """All settings of a year as in force on a day; ``kinds`` in the order of the contract.

    ``rows`` are all rows of the year, past and future ones too.
    """

    programme: Programme
    kinds: tuple[EventKind, ...]
    office: Office
    contractor: Contractor
    closed_days: tuple[ClosedDay, ...]
    document_settings: tuple[DocumentSetting, ...]
    rows: YearRows = field(repr=False)

    def with_numbers_of(self, day: date | None) -> ProgrammeView:
        """Return the view with the contract's numbers, dates and periods of ``day``; the names stay.

        None (an event without a date) leaves it unchanged.
        """
        return self if day is None else self.as_last_agreed(day)

    def as_last_agreed(self, day: date | None) -> ProgrammeView:
        """Return the view with the contract's numbers, dates and periods of ``day``; None = those that begin last."""
        return replace(self, programme=programme_on(self.rows, day), kinds=_kinds_on(self.rows, day))

    def with_names_of(self, day: date | None) -> ProgrammeView:
        """Return the view with 所属, 受託者 and 宛先 of ``day``; the numbers stay. None leaves it unchanged."""
        return self if day is None else replace(self, **_names_on(self.rows, day))

    def with_change(self, added: Iterable[EventKind | ContractTerms], on: date) -> ProgrammeView:
        """Return the view on ``on`` with the additional rows of a 契約変更; the names stay."""
        more = tuple(added)
        rows = replace(
            self.rows,
            numbers=(*self.rows.numbers, *(row for row in more if isinstance(row, EventKind))),
            terms=(*self.rows.terms, *(row for row in more if isinstance(row, ContractTerms))),
        )
        return replace(self, rows=rows, programme=programme_on(rows, on), kinds=_kinds_on(rows, on))

    def kind(self, key: str) -> EventKind:
        """Return the year's kind of this key.

        Raises:
            LookupError: the year has no such kind.
        """
        found = self.find_kind(key)
        if found is None:
            raise LookupError(key)
        return found

    def find_kind(self, key: str) -> EventKind | None:
        """Return the year's kind of this key, or None."""
        return next((one for one in self.kinds if one.kind == key), None)

    @property
    def kept_rows(self) -> list[RetentionRow]:
        """Return how long each group of records is kept that the year has."""
        visits, rows = self.kinds_of_form(EventForm.VISIT), programme_rules.retention_rows(self.programme)
        return [row for row in rows if visits or not row.records.are_of_visits]

    def kinds_of_form(self, form: EventForm) -> tuple[EventKind, ...]:
        """Return the kinds of the year that work in a form, in their order."""
        return tuple(one for one in self.kinds if one.form is form)

    def numbers_of_form(self, form: EventForm) -> EventKind:
        """Return the first kind of the year that works in a form.

        Raises:
            UserError: the year has no such kind.
        """
        found = self.kinds_of_form(form)
        if not found:
            raise UserError(
                f"この年度の契約条件に、{_FORM_WORDS[form]}種類はありません。",
                "要るときは、「設定」の「契約」で種類を加えてください。",
            )
        return found[0]

    def clause(self, declared: str) -> str:
        """Return a clause that a document, a ledger or a received document is declared with.

        Args:
            declared: a field of the contract or of its kinds (「clause_payment」, 「clause_report」), whose clauses are
                then joined; anything else is the clause itself (「特22」).
        """
        if not programme_rules.is_clause_field(declared):
            return declared
        if declared in programme_rules.clause_fields(Programme):
            return str(getattr(self.programme, declared))
        return programme_rules.join_clauses(getattr(one, declared) for one in self.kinds)

    @property
    def surveyed_kinds(self) -> tuple[EventKind, ...]:
        """Return the kinds of the year that have a survey on any day of it, in their order."""
        surveyed = {row.kind for row in self.rows.numbers if row.has_survey}
        return tuple(one for one in self.kinds if one.kind in surveyed)

    @property
    def calendar(self) -> OfficeCalendar:
        """Return the office calendar with the added closed days of all years."""
        return OfficeCalendar({row.day: row.reason for row in self.closed_days})

    def setting_of(self, document_kind: str) -> DocumentSetting | None:
        """Return the setting of one kind of outgoing document, or None."""
        return next((row for row in self.document_settings if row.document_kind == document_kind), None)


def read_view(database: Database, programme: Programme, on: date | None, *, with_names: bool = True) -> ProgrammeView:
    """Read the settings of one year in force on ``on`` (None = the rows that begin last).

    Args:
        with_names: False = without 所属, 受託者 and document settings, for callers that make no document.
    """
    wanted = (EventKind, ContractTerms, *((Office, Contractor, DocumentSetting) if with_names else ()))
    found = rows_of_each(database, dict.fromkeys(wanted, ("valid_from", "id")), programme_id=programme.id)
    rows = YearRows(
        base=programme,
        numbers=tuple(found[EventKind]),
        terms=tuple(found[ContractTerms]),
        offices=tuple(found[Office]) if with_names else (),
        contractors=tuple(found[Contractor]) if with_names else (),
        document_settings=tuple(found[DocumentSetting]) if with_names else (),
    )
    return ProgrammeView(
        programme=programme_on(rows, on),
        kinds=_kinds_on(rows, on),
        closed_days=tuple(table.closed_days(database)),
        rows=rows,
        **_names_on(rows, on),
    )


def programme_on(rows: YearRows, on: date | None) -> Programme:
    """Return the contract with the dates, periods, amount and 仕様書 in force on ``on`` (None = with every change)."""
    return contract_on(rows.base, rows.terms, on)


def _kinds_on(rows: YearRows, on: date | None) -> tuple[EventKind, ...]:
    found = _each_in_force(rows.numbers, lambda row: row.kind, on)
    return tuple(sorted(found, key=lambda one: (one.position, one.id)))


def _each_in_force(rows: Sequence[_Dated], thing: Callable[[_Dated], str], on: date | None) -> tuple[_Dated, ...]:
    """Return of each thing that the rows are about the one in force on a day."""
    found = (row_in_force((row for row in rows if thing(row) == one), on) for one in dict.fromkeys(map(thing, rows)))
    return tuple(filter(None, found))


def _names_on(rows: YearRows, on: date | None) -> dict[str, Any]:
    """Return office, contractor and settings that hold on a day."""
    return {
        "office": row_in_force(rows.offices, on) or Office(),
        "contractor": row_in_force(rows.contractors, on) or Contractor(),
        "document_settings": _each_in_force(rows.document_settings, lambda row: row.document_kind, on),
    }


def setting_of_event(database: Database, event_id: int, kind: str, *, on: date | None) -> DocumentSetting | None:
    """Return the setting of documents of ``kind`` in the year of an event on ``on``; None if there is none.

    ``event_id`` 0 (a master that belongs to no event) has none.
    """
    return setting_in_force(settings_of_event(database, event_id), kind, on)


def settings_of_event(database: Database, event_id: int) -> tuple[DocumentSetting, ...]:
    """Return the settings of all document kinds in an event's year, by first valid day; () for no such event."""
    event = by_id(database, Event, event_id)
    return tuple(table.document_settings(database, event.programme_id)) if event is not None else ()


def setting_in_force(settings: Iterable[DocumentSetting], kind: str, on: date | None) -> DocumentSetting | None:
    """Return the setting in force for documents of ``kind`` on a day; None without one."""
    return row_in_force((row for row in settings if row.document_kind == kind), on)


@record
class YearRecords:
    """The rows behind the tasks of one year, oldest first; ``interim_days`` are those on which a 中間集計 left."""

    overrides: tuple[DeadlineOverride, ...] = ()
    task_closings: tuple[TaskClosing, ...] = ()
    interim_days: tuple[date, ...] = ()


DatedRow: TypeAlias = EventKind | ContractTerms | Office | Contractor | DocumentSetting
NamesRow = TypeVar("NamesRow", Office, Contractor, DocumentSetting)


def check_contract_change(rows: YearRows, same_rows: Iterable[DatedRow], valid_from: date, reason: str | None) -> None:
    """Raise ``UserError`` for a 契約変更 without a reason, outside its year, or on a day that has one already.

    Args:
        same_rows: the rows of what is changed (one kind, the terms, the office …), whose days are taken.
        reason: None during a preview; the reason may come last.
    """
    year = rows.base.fiscal_year
    if reason is not None and not reason.strip():
        raise UserError("変更の理由が書かれていません。", "理由を書いてください。設定と履歴に残ります。")
    if fiscal_year_of(valid_from) != year:
        raise UserError(
            f"{dates.long_date(valid_from)}は、{fiscal_year_words(year)}の日ではありません。",
            "その年度の4月1日から3月31日までの日を入力してください。",
        )
    if any(row.valid_from == valid_from for row in same_rows):
        raise UserError(
            f"{dates.long_date(valid_from)}から適用する変更は、もう記録されています。",
            "その行を直すか、ほかの日を入力してください。",
        )


def check_numbers(numbers: EventKind) -> None:
    """Raise ``UserError`` for a period that cannot be read, and for a window or people whose end is below the start."""
    check_periods(numbers, "headcount_period", "material_period", "report_period")
    if numbers.window_end < numbers.window_start:
        raise UserError("期間の終わりが、始まりより前になっています。", "二つの日付を確かめてください。")
    if numbers.people_max < numbers.people_min:
        raise UserError("人数の上限が、下限より小さくなっています。", "二つの人数を確かめてください。")


def check_kinds(kinds: Sequence[EventKind]) -> None:
    """Raise ``UserError`` for the kinds of a year if they are too many, or two can't be told apart."""
    if len(kinds) > programme_rules.MOST_KINDS:
        raise UserError(f"種類が{len(kinds)}あります。", f"1年度に使えるのは{programme_rules.MOST_KINDS}までです。")
    for one in kinds:
        if problem := programme_rules.name_problem(one.name):
            raise UserError(problem, "ほかの名前にしてください。")
        if problem := programme_rules.sign_problem(one.sign):
            raise UserError(f"「{one.name}」の記号：{problem}", "ほかの1文字にしてください。")
        if problem := programme_rules.unit_problem(one.planned_unit, one.counted):
            raise UserError(f"「{one.name}」：{problem}", "単位か、数えるものを直してください。")
    if same := programme_rules.repeated_name(kinds):
        raise UserError(same, "種類ごとに、ほかと違う名前と記号にしてください。")


def check_contract(programme: Programme) -> None:
    """Raise ``UserError`` for a contract with an unreadable period or beginning, or an impossible amount."""
    check_periods(programme, "proposal_period", "payment_period")
    try:
        programme_rules.check_term_beginning(programme.term_begins)
    except BeginningProblem as problem:
        raise UserError(str(problem)) from problem
    _check_practices(programme)
    if programme.amount is not None and programme.amount < 0:
        raise UserError("契約金額が0円より小さくなっています。", "税込の金額を入力してください。")
    if not 0 <= programme.tax_rate <= 100:
        raise UserError("税率は0から100までの数です。", "10％なら 10 と入力してください。")
    if programme.tax is not None and programme.amount is None:
        raise UserError("消費税額だけが入っています。", "契約金額（税込）も入力してください。")
    if programme.tax is not None and not 0 <= programme.tax <= (programme.amount or 0):
        raise UserError("消費税額が、契約金額（税込）より大きくなっています。", "二つの金額を確かめてください。")


def _check_practices(programme: Programme) -> None:
    """Raise ``UserError`` for a row without a name, one that is there twice, or a day that can't be read."""
    # Each with its table: a paper that is owed may have a sentence of the same name in the specification.
    keys = [
        *((row.item, row.compare, "仕様書") for row in programme.requirements),
        *((row.paper, "", "提出物") for row in programme.owed),
        *((row.records, "", "保存") for row in programme.retention),
    ]
    if any(not key[0].strip() for key in keys):
        raise UserError("名前が空の行があります。", "項目か提出物の名前を入力してください。")
    short = (row.months < 12 or not row.start.is_next_year for row in programme.retention if row.records.are_accesses)
    if any(short):
        raise UserError("アクセスの記録は、1年以上残します。", "翌年度4月1日から、12か月以上にしてください。")
    if twice := next((key[0] for key in keys if keys.count(key) > 1), ""):
        raise UserError(f"「{twice}」の行が2つあります。", "1つにまとめてください。")
    if wrong := next(filter(None, (programme_rules.owed_problem(row.paper) for row in programme.owed)), ""):
        raise UserError(wrong, "書面の名前を直すか、行を消してください。")
    try:
        for row in programme.owed:
            parse_due(row.when)
    except periods.PeriodProblem as problem:
        raise UserError(str(problem)) from problem


def check_periods(record: EventKind | Programme, *names: str) -> None:
    """Raise ``UserError`` for a period that the deadline rules cannot use."""
    for name in names:
        try:
            programme_rules.check_period(name, getattr(record, name))
        except periods.PeriodProblem as problem:
            raise UserError(str(problem)) from problem


@record
class DefinitionFile:
    """The definition of a year as a file: its proposed name, its content, and the files that lie beside it, by name."""

    name: str
    data: bytes
    beside: Mapping[str, bytes] = field(default_factory=dict)


def written_definition(store: Store, *, fiscal_year: int | None = None, on: date) -> DefinitionFile:
    """Return the definition of a year (None = the newest) as in force on a day, without names of people.

    Raises:
        UserError: what is set can't be read back from a file; it names the setting.
    """
    view = read_programme(store, fiscal_year=fiscal_year, on=on)
    definition = definition_of(view)
    data = intake.definition_text(definition).encode()
    questions = {one.questionnaire: one.questions for one in definition.kinds if one.questions}
    name = f"年度の定義_{fiscal_year_words(view.programme.fiscal_year)}{intake.ENDING}"
    try:
        intake.parse_definition(data, name, beside=questions.__getitem__)
    except intake.DefinitionProblem as problem:
        raise UserError(
            f"設定の値のままでは、定義ファイルにできません。{problem.happened}",
            "「設定」の「契約」「契約条件」「所属・担当者」で、この値を直してください。",
            "何も書き出していません。",
        ) from problem
    written = {
        one: files.written(asked) for files in intake.QUESTIONNAIRE_FILES.all() for one, asked in questions.items()
    }
    return DefinitionFile(name=name, data=data, beside=written)


def definition_of(view: ProgrammeView) -> YearDefinition:
    """Return the definition of a year: its contract, kinds and office, the kinds without ids and changes.

    Names and amounts are left out only when it is written as text (``definition_text``).
    """
    kinds = (
        replace(one, id=0, programme_id=1, position=place, valid_from=None, reason="", number="")
        for place, one in enumerate(view.kinds, start=1)
    )
    return YearDefinition(programme=view.programme, kinds=tuple(kinds), office=view.office)


def start_programme(
    context: ActionContext,
    *,
    programme: Programme,
    numbers: Iterable[EventKind],
    office: Office,
    contractor: Contractor | None = None,
    document_settings: Iterable[DocumentSetting] = (),
) -> ActionResult:
    """Save a new year: contract, numbers, office, contractor and document settings, all with new ids.

    The first year of a folder can't be undone; a further one can, while nothing refers to it.

    Raises:
        UserError: the year was already started, or its contract, kinds or numbers are unusable or inconsistent.
    """
    started = table.programmes(context.database)
    if any(one.fiscal_year == programme.fiscal_year for one in started):
        raise UserError(f"{fiscal_year_words(programme.fiscal_year)}は、もう始まっています。", "設定から数を直せます。")
    given = tuple(numbers)
    check_contract(programme)
    check_kinds(given)
    for row in given:
        check_numbers(row)
    words = f"{fiscal_year_words(programme.fiscal_year)}を始めた"
    # A barrier: the first Ctrl+Z must not take the only year away.
    with context.change(words, "programme", barrier=not started) as change:
        programme_id = change.insert(replace(programme, id=0, closed_on=None, closed_reason=""))
        named = (office, *((contractor,) if contractor is not None else ()), *document_settings)
        for one in (*given, *named):
            change.insert(replace(one, id=0, programme_id=programme_id, valid_from=None, reason=""))
    return ActionResult(f"{fiscal_year_words(programme.fiscal_year)}を始めました。", programme_id)


def programmes(store: Store) -> tuple[Programme, ...]:
    """Return every year that was started, newest first, closed ones too."""
    return tuple(table.programmes(store.database))


def read_programme(
    store: Store,
    *,
    programme_id: int | None = None,
    fiscal_year: int | None = None,
    on: date | None = None,
    with_names: bool = True,
) -> ProgrammeView:
    """Return a year's settings as in force on a day.

    Args:
        programme_id: the year by its id. fiscal_year: the year by its western first year; neither = the newest.
        on: the day, mostly today; None = of several rows the one that begins last.
        with_names: False = without 所属, 受託者 and document settings, for callers that make no document.
    Raises:
        UserError: no year was started, or not this one.
    """
    return read_view(store.database, find_programme(store, programme_id, fiscal_year), on, with_names=with_names)


def find_programme(store: Store, programme_id: int | None = None, fiscal_year: int | None = None) -> Programme:
    """Return a year without its settings, by ``programme_id`` or ``fiscal_year`` (western); neither = the newest.

    Raises:
        UserError: no year was started, or not this one.
    """
    started = table.programmes(store.database)
    if not started:
        raise UserError("年度がまだ始まっていません。", "はじめの設定で、年度と契約条件を決めてください。")
    found = [one for one in started if programme_id in (None, one.id) and fiscal_year in (None, one.fiscal_year)]
    if not found:
        raise UserError("この年度は見つかりません。", "画面の上の「年度」から選び直してください。")
    return found[0]


def year_to_show(store: Store, *, today: date) -> Programme:
    """Return the year to show first: that of ``today`` if it was started, else the newest.

    Raises:
        UserError: no year was started.
    """
    newest = read_programme(store).programme
    return next((one for one in programmes(store) if one.fiscal_year == fiscal_year_of(today)), newest)


def programme_of_event(store: Store, event: Event, *, on: date | None = None) -> ProgrammeView:
    """Return the settings of the event's own year: numbers as of the event's day, names as of ``on``.

    Args:
        on: the 発信日 of a document, or today; an event without a date takes the numbers of this day too.
    Raises:
        UserError: the year no longer exists.
    """
    return read_programme(store, programme_id=event.programme_id, on=on).with_numbers_of(event.event_date)


def contract_items(view: ProgrammeView) -> str:
    """Return the items of the contract on what is to be done, 提案書 included (「仕4(1)から(4)まで」)."""
    items = [one for one in (*(kind.clause_item for kind in view.kinds), view.programme.clause_proposal) if one]
    return programme_rules.clause_range(items)


def kinds_of_events(database: Database, events: Sequence[Event]) -> dict[int, EventKind]:
    """Return by event id the kind of each event in its year, as in force on its day (without a date: agreed last).

    Raises:
        LookupError: the year of an event does not have its kind.
    """
    years = sorted({event.programme_id for event in events})
    found = rows(database, EventKind, programme_id=years, order=("valid_from", "id"))
    kinds = {}
    for event in events:
        mine = (row for row in found if (row.programme_id, row.kind) == (event.programme_id, event.kind))
        kind = row_in_force(mine, event.event_date)
        if kind is None:
            raise LookupError(event.kind)
        kinds[event.id] = kind
    return kinds


def visits_of_all_years(database: Database) -> tuple[EventKind, ...]:
    """Return the 派遣 of every year, each as it is called last."""
    found = rows(database, EventKind, form=EventForm.VISIT, order=("valid_from", "id"))
    return tuple({(one.programme_id, one.kind): one for one in found}.values())


def visit_words(database: Database, words: str, programme_id: int | None = None) -> str:
    """Return words of the program that say 「派遣」 as a year, or (None) every year, calls its visits."""
    if "派遣" not in words:
        return words
    found = visits_of_all_years(database)
    return programme_rules.in_visit_words(words, [one for one in found if programme_id in (None, one.programme_id)])


def kind_of_event(database: Database, event: Event) -> EventKind:
    """Return the kind of an event in its year, as in force on its day (without a date: agreed last)."""
    return kinds_of_events(database, [event])[event.id]


def with_kind_name(event: Event, name: str) -> Event:
    """Return an event whose kind is called ``name``; the subject of a 意見交換 that only said the old name follows."""
    follows = event.form.in_groups and event.subject == event.kind_words
    return replace(event, kind_name=name, subject=name if follows else event.subject)


def office_calendar(store: Store) -> OfficeCalendar:
    """Return the office calendar with the added closed days of all years."""
    return OfficeCalendar({row.day: row.reason for row in table.closed_days(store.database)})


def change_programme(context: ActionContext, *, programme: Programme, shown: Programme | None = None) -> ActionResult:
    """Correct the contract's own dates, periods and settings (the row with ``programme.id``) in force today.

    What a 契約変更 states is corrected in its own row; a new 契約変更 is not entered here.

    Args:
        shown: what ``programme`` was edited from, so that what others changed since stays; None = all of it holds.
    Raises:
        UserError: a period or the beginning cannot be parsed, or the amount is impossible.
    """
    rows = read_programme(context.store, programme_id=programme.id).rows
    in_force = programme_on(rows, context.today)
    given = programme = with_edits(in_force, shown, programme)
    programme = tax.with_own_tax(given, in_force)
    check_contract(programme)
    programme = replace(programme, term_begins=programme_rules.check_term_beginning(programme.term_begins))
    with context.change("契約の内容を変えた", "programme") as change:
        for row_id, corrected in _corrections_by_change(rows, programme, context.today).items():
            change.update(ContractTerms, row_id, **corrected)
            programme = replace(programme, **{name: getattr(rows.base, name) for name in corrected})
        change.update(Programme, programme.id, **changed_fields(rows.base, programme))
    said = "" if programme.tax == given.tax else "消費税額は前の金額のものなので空け、税率から計算します。"
    return ActionResult(f"契約の内容を保存しました。{said}", programme.id)


def _corrections_by_change(rows: YearRows, programme: Programme, today: date) -> dict[int, dict[str, Any]]:
    """Return, by id of the 契約変更 in force today, the corrected fields that belong to it."""
    found = {}
    held = row_in_force(rows.terms, today)
    if held is not None:
        found[held.id] = {name: getattr(programme, name) for name in programme_rules.PERIOD_FIELDS}
    for names in programme_rules.CHANGING_TOGETHER:
        said = programme_rules.change_in_force(rows.terms, names, today)
        if said is not None:
            found.setdefault(said.id, {}).update({name: getattr(programme, name) for name in names})
    return found


def change_numbers(context: ActionContext, *, numbers: EventKind, shown: EventKind | None = None) -> ActionResult:
    """Correct the numbers of one kind (the row with ``numbers.id``); all deadlines follow at once.

    Args:
        shown: what ``numbers`` were edited from, so that what others changed since stays; None = all of it holds.
    Raises:
        UserError: a period cannot be parsed, or the window or the people run backwards.
    """
    known = get_or_raise(context.database, EventKind, numbers.id)
    numbers = with_edits(known, shown, numbers)
    check_numbers(numbers)
    with context.change(f"{numbers.name}の数を変えた", "programme") as change:
        row_id = change.correct(known, numbers)
    return ActionResult(f"{numbers.name}の数を保存しました。期限はこの数で計算し直しています。", row_id)


def add_kind(context: ActionContext, *, kind: EventKind) -> ActionResult:
    """Add a kind of event to its year, behind those that it has; its key is its first name.

    Raises:
        UserError: the year has no room for it, a name or sign is taken, or its numbers are unusable.
    """
    numbers = read_programme(context.store, programme_id=kind.programme_id).rows.numbers
    position = max((one.position for one in numbers), default=0) + 1
    added = replace(kind, id=0, kind=kind.name, position=position, valid_from=None, reason="", number="")
    check_numbers(added)
    _check_beside(numbers, added)
    with context.change(f"種類「{added.name}」を加えた", "programme") as change:
        row_id = change.insert(added)
    return ActionResult(f"「{added.name}」を加えました。数と期限を入れてください。", row_id)


def describe_kind(
    context: ActionContext,
    *,
    kind: EventKind,
    shown: EventKind | None = None,
    valid_from: date | None = None,
    reason: str = "",
) -> ActionResult:
    """Change what a kind is called and what its contract says of it (the row with ``kind.id``); its key stays.

    With a new name each event of the year is named as its kind is on its day. With ``valid_from`` a new row is added,
    and later rows that said the same as the changed one follow.

    Args:
        shown: as in ``change_numbers``.
        valid_from: the day of events from which it holds; None corrects the row itself. reason: why; required with
            ``valid_from``.
    Raises:
        UserError: a name or sign is taken, the day lies outside the year or is taken, or the reason is missing.
    """
    rows = read_programme(context.store, programme_id=kind.programme_id).rows
    known = get_or_raise(context.database, EventKind, kind.id)
    same = [one for one in rows.numbers if one.kind == known.kind]
    kind = with_edits(known, shown, kind)
    given = corrections(known, kind)
    _check_beside([one for one in rows.numbers if one.kind != known.kind], kind)
    words = f"種類「{known.name}」の名前・内容を変えた"
    if valid_from is not None:
        check_contract_change(rows, same, valid_from, reason)
    with context.change(words, "programme") as change:
        if valid_from is None:
            row_id = change.update_or_insert(EventKind, known, **given)
        else:
            base = row_in_force(same, valid_from) or known
            row_id = change.insert(
                replace(base, id=0, valid_from=valid_from, reason=reason.strip(), number="", **given)
            )
            # What was agreed for a later day says the new name as well, unless it says another one of its own.
            later = (one for one in same if one.valid_from is not None and one.valid_from > valid_from)
            change.update_each(
                EventKind,
                {
                    one.id: {name: value for name, value in given.items() if getattr(one, name) == getattr(known, name)}
                    for one in later
                },
            )
        if "name" in given:
            _name_events(context, change, kind.programme_id)
    return ActionResult(_saved_words(f"「{kind.name}」の名前・内容", valid_from), row_id)


def _name_events(context: ActionContext, change: Change, programme_id: int) -> None:
    """Give each event of a year the name of its kind as in force on its day."""
    change.flush()
    events = rows(context.database, Event, programme_id=programme_id)
    kinds = kinds_of_events(context.database, events)
    renamed = {one.id: changed_fields(one, with_kind_name(one, kinds[one.id].name)) for one in events}
    change.update_each(Event, {event_id: values for event_id, values in renamed.items() if values})


def order_kinds(context: ActionContext, *, programme_id: int, kinds: Sequence[str]) -> ActionResult:
    """Put the kinds of a year into the order of ``kinds`` (their keys), for every list, filter and paper.

    A kind that is not named keeps its position.
    """
    numbers = read_programme(context.store, programme_id=programme_id).rows.numbers
    places = {one.id: {"position": kinds.index(one.kind) + 1} for one in numbers if one.kind in kinds}
    with context.change("種類の順を変えた", "programme") as change:
        change.update_each(EventKind, places)
    return ActionResult("種類の順を変えました。", programme_id)


def remove_kind(context: ActionContext, *, programme_id: int, kind: str) -> ActionResult:
    """Take a kind out of its year, with all its rows.

    Raises:
        UserError: the year has an event of it, a plan of dates or a 希望票 needs it, it has no other kind, or no longer
            has this one.
    """
    numbers = read_programme(context.store, programme_id=programme_id).rows.numbers
    mine = [one for one in numbers if one.kind == kind]
    if not mine:
        raise UserError("この種類は、もうこの年度にありません。", "画面を開き直してください。")
    name = mine[-1].name
    held = sum(one.kind == kind for one in rows(context.database, Event, programme_id=programme_id))
    if held:
        raise UserError(
            f"この年度には「{name}」の実施回が{held}件あるため、外せません。",
            "中止した実施回も、記録として種類を使います。実施回を加えなければ、そのままで差し支えありません。",
        )
    planned = _count_candidates(context.database, programme_id, kind)
    if planned:
        raise UserError(
            f"「日程の比較」の案に「{name}」の回が{planned}件あるため、外せません。",
            "案からその回を消してから、もう一度お試しください。",
        )
    forms = {one.form for one in numbers if one.kind != kind}
    if mine[-1].form is EventForm.VISIT and EventForm.VISIT not in forms:
        requests = len(rows(context.database, DispatchRequest, programme_id=programme_id))
        if requests:
            raise UserError(
                f"この年度には希望票が{requests}件あるため、「{name}」は外せません。",
                "希望票は、この種類の記録です。実施回を加えなければ、そのままで差し支えありません。",
            )
    if len(mine) == len(numbers):
        raise UserError("年度には、種類が1つは要ります。", "ほかの種類を加えてから、外してください。")
    with context.change(f"種類「{name}」をこの年度から外した", "programme") as change:
        for one in mine:
            change.delete(EventKind, one.id)
    return ActionResult(f"「{name}」をこの年度から外しました。", programme_id)


def _count_candidates(database: Database, programme_id: int, kind: str) -> int:
    """Return how many events of a kind stand in the plans of dates of a year."""
    plans = [one.id for one in rows(database, SchedulePlan, programme_id=programme_id)]
    return len(rows(database, ScheduleCandidate, plan_id=plans, kind=kind)) if plans else 0


def _check_beside(others: Iterable[EventKind], kind: EventKind) -> None:
    """Raise ``UserError`` where a kind lacks a name or sign, or has one that another kind of the year has.

    Compared are the other kinds as they are last, though they may change on a later day.
    """
    named = (("契約書の名前", kind.title), ("短い名前", kind.name), ("記号", kind.sign))
    missing = next((words for words, value in named if not value.strip()), "")
    if missing:
        raise UserError(f"{missing}が空いています。", f"{missing}を入力してください。")
    last = {one.kind: one for one in sorted(others, key=lambda one: one.valid_from or date.min)}
    check_kinds([*last.values(), kind])


def contract_change_rows(
    store: Store,
    *,
    programme_id: int,
    numbers: Iterable[EventKind] = (),
    terms: Programme | None = None,
    valid_from: date,
    reason: str | None,
    number: str = "",
) -> tuple[EventKind | ContractTerms, ...]:
    """Return the checked rows that a 契約変更 adds, without writing.

    Args:
        numbers: the kinds with the changed values; only what differs from their row is agreed.
        terms: the changed contract terms, None = they stay. valid_from: the day from which they hold.
        reason: None during a preview. number: that of the change (第1号変更契約), as typed.
    Raises:
        UserError: as ``change_numbers`` and ``change_programme``, the day lies outside the year or is taken, or the
            reason is missing.
    """
    rows = read_programme(store, programme_id=programme_id).rows
    why = (reason or "").strip()
    found: list[EventKind | ContractTerms] = []
    by_id_of_row = RowsById(rows.numbers)
    for one in numbers:
        check_numbers(one)
        same = [row for row in rows.numbers if row.kind == one.kind]
        check_contract_change(rows, same, valid_from, reason)
        # What is not changed here is as it will be on that day, as a kind may have got another name until then.
        known = by_id_of_row.get(one.id)
        base = row_in_force(same, valid_from) if known is not None else None
        agreed = replace(base, **changed_fields(known, one)) if base is not None else one
        found.append(replace(agreed, id=0, programme_id=programme_id, valid_from=valid_from, reason=why, number=number))
    if terms is not None:
        terms = tax.with_own_tax(terms, programme_on(rows, valid_from))
        check_contract(terms)
        check_contract_change(rows, rows.terms, valid_from, reason)
        found.append(
            ContractTerms(
                programme_id=programme_id,
                valid_from=valid_from,
                reason=why,
                number=number,
                **_changed_terms(programme_on(rows, valid_from), terms),
            )
        )
    return tuple(found)


def _changed_terms(before: Programme, agreed: Programme) -> dict[str, Any]:
    """Return what a 契約変更 states: every period, and of fields that change together only the changed ones."""
    said = {name: getattr(agreed, name) for name in programme_rules.PERIOD_FIELDS}
    for names in programme_rules.CHANGING_TOGETHER:
        values = {name: getattr(agreed, name) for name in names}
        if values != {name: getattr(before, name) for name in names}:
            said |= values
    return said


def set_office(
    context: ActionContext,
    *,
    office: Office,
    shown: Office | None = None,
    programme_id: int | None = None,
    valid_from: date | None = None,
    reason: str = "",
) -> ActionResult:
    """Save the office as printed on outgoing documents; see ``set_document_setting`` for the arguments."""
    year = read_programme(context.store, programme_id=programme_id).rows
    return _save_names(context, year, year.offices, office, shown, "所属・担当者", valid_from, reason)


def set_contractor(
    context: ActionContext,
    *,
    contractor: Contractor,
    shown: Contractor | None = None,
    programme_id: int | None = None,
    valid_from: date | None = None,
    reason: str = "",
) -> ActionResult:
    """Save the contractor and its 業務責任者; see ``set_document_setting`` for the arguments."""
    year = read_programme(context.store, programme_id=programme_id).rows
    return _save_names(context, year, year.contractors, contractor, shown, "受託者の情報", valid_from, reason)


def set_document_setting(
    context: ActionContext,
    *,
    setting: DocumentSetting,
    shown: DocumentSetting | None = None,
    programme_id: int | None = None,
    valid_from: date | None = None,
    reason: str = "",
) -> ActionResult:
    """Save addressee and form of one kind of outgoing document.

    Args:
        shown: as in ``change_programme``. programme_id: the year; None = the newest.
        valid_from: the 発信日 from which it is valid; documents issued before stay unchanged. None corrects the row in
            force today. reason: why; required with ``valid_from``.
    Raises:
        UserError: no year was started, the day lies outside the year or is taken, or no reason was given.
    """
    year = read_programme(context.store, programme_id=programme_id).rows
    mine = [row for row in year.document_settings if row.document_kind == setting.document_kind]
    return _save_names(context, year, mine, setting, shown, f"{setting.document_kind}の宛先・形式", valid_from, reason)


def add_closed_day(context: ActionContext, *, day: date, reason: str) -> ActionResult:
    """Add a day on which the office is closed; raises ``UserError`` if it is one already."""
    words = dates.long_date(day)
    already = office_calendar(context.store).closed_reason(day)
    if already is not None:
        raise UserError(f"{words}は、もう閉庁日です（{already}）。", "ほかの日を選んでください。")
    with context.change(f"閉庁日に{words}を加えた", "programme") as change:
        row_id = change.insert(ClosedDay(day=day, reason=reason))
    return ActionResult(f"{words}を閉庁日に加えました。期限はこの日を除いて計算し直しています。", row_id)


def remove_closed_day(context: ActionContext, *, closed_day_id: int) -> ActionResult:
    """Remove an added closed day; raises ``UserError`` if it no longer exists."""
    words = dates.long_date(get_or_raise(context.database, ClosedDay, closed_day_id).day)
    with context.change(f"閉庁日から{words}を除いた", "programme") as change:
        change.delete(ClosedDay, closed_day_id)
    return ActionResult(f"{words}を閉庁日から除きました。期限を計算し直しています。", closed_day_id)


_ROW_IDENTITY_FIELDS = frozenset({"id", "programme_id", "valid_from", "reason"})
"""Fields that identify a row and its validity, which are never edited with the other values."""


def _save_names(
    context: ActionContext,
    rows: YearRows,
    same_rows: Iterable[NamesRow],
    given: NamesRow,
    shown: NamesRow | None,
    what: str,
    valid_from: date | None,
    reason: str,
) -> ActionResult:
    """Save office, contractor or 宛先: correct the row in force today, or add one from ``valid_from``.

    Where no row is in force today, one is added. Raises ``UserError`` for a day outside the year or taken, or
    without a reason.
    """
    held = row_in_force(same_rows, context.today) if valid_from is None else None
    if held is not None:
        given = with_edits(held, shown, given)
    typed = {name: value for name, value in vars(given).items() if name not in _ROW_IDENTITY_FIELDS}
    if valid_from is not None:
        check_contract_change(rows, same_rows, valid_from, reason)
        typed |= {"valid_from": valid_from, "reason": reason.strip()}
    with context.change(f"{what}を変えた", "programme") as change:
        row_id = change.update_or_insert(type(given), held, programme_id=rows.base.id, **typed)
    return ActionResult(_saved_words(what, valid_from), row_id)


def _saved_words(what: str, valid_from: date | None) -> str:
    return (
        f"{what}を保存しました。" if valid_from is None else f"{what}を、{dates.long_date(valid_from)}から適用します。"
    )


CONTACTS_SETTING = "連絡先の扱い"
"""Name of the stored setting for applicants' data, with ``purpose`` and ``dispose_on``."""


def agreed_years(database: Database) -> list[Programme]:
    """Return every year with all that its 契約変更 say, the oldest first."""
    changes = rows(database, ContractTerms, order=("valid_from", "id"))
    return [
        contract_on(one, (terms for terms in changes if terms.programme_id == one.id), None)
        for one in reversed(table.programmes(database))
    ]


def organisation_contacts_end(database: Database, fiscal_year: int) -> date:
    """Return the last day of the contacts of 団体 that a list of a year brings."""
    return contacts_end(fiscal_year, agreed_years(database), ORGANISATIONS)


def read_backup_rule(store: Store) -> dict[str, Any]:
    """Return how long month ends are kept and where that is written, as usual where nothing is set."""
    newest = next(iter(rows(store.database, BackupRule, order="-id", limit=1)), None)
    return {"months": newest.months, "basis": newest.basis} if newest else {"months": KEEP_MONTHS, "basis": ""}


def applicant_retention_end(database: Database, programme: Programme, held_on: date | None = None) -> date:
    """Return the last day on which applicants' data are kept: as set, else by the rule of its kind.

    ``held_on`` is the day of the event that they are about.

    A set day up to the end of June concerns the year before. It never concerns a year that was over when it was set:
    what that year promised stays.
    """
    found = rows(database, ColumnMap, target=ImportTarget.APPLICATIONS, source_key=CONTACTS_SETTING, order="-id")
    kept = next(iter(found), None)
    written = kept.columns.get("dispose_on", "") if kept is not None else ""
    if kept is not None and written:
        typed = date.fromisoformat(written)
        meant = typed.year if typed > date(typed.year, 6, 30) else typed.year - 1
        if min(meant, fiscal_year_of(kept.remembered_at.date())) <= programme.fiscal_year <= meant:
            return typed
    return retention_end(APPLICANTS, programme, held_on)


def documents_with_promise(store: Store, *, programme_id: int) -> tuple[str, ...]:
    """Return the document kinds of a year that left and state the retention of 控え, in the order of the rules.

    A letter to one 団体 belongs to no year: it counts for the fiscal year of its days.
    """
    year = get_or_raise(store.database, Programme, programme_id)
    kinds = dict.fromkeys(paper for kind in RETENTIONS if kind.has_encrypted_copies for paper in kind.promised_in)
    events = {one.id for one in rows(store.database, Event, programme_id=programme_id)}
    found = {
        one.document_kind
        for one in rows(store.database, Outgoing, document_kind=tuple(kinds))
        if not one.way.is_withdrawal
        and (
            one.programme_id == programme_id
            or one.event_id in events
            or (one.organisation_id is not None and fiscal_year_of(one.at.date()) == year.fiscal_year)
        )
    }
    return tuple(kind for kind in kinds if kind in found)

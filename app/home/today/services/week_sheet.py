"""今週の予定: what the ward has to do up to the end of next week, and the events until then, for one page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from app.calendar.dates import table_date
from app.common.join_nonempty import fill_nonempty, join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import with_printed_days
from app.documents.event_phase import EventPhase
from app.documents.rules import names_in_text
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import fits_one_page
from app.event.rules.deadline_states import end_of_week
from app.event.rules.expected_attendance import expected_totals
from app.event.services.event_preparation import preparation_of
from app.event.services.event_records import EventRecords, read_records_of_year
from app.event.services.tasks.deadlines import read_open_years
from app.event.services.tasks.event_tasks import YearContext
from app.event.services.tasks.task import OWN_TARGET, Task
from app.home.today.documents import INSIDE, KIND, WeekEvent, WeekFacts, WeekTask, week_sheet
from app.home.today.services.home import HomeRow, read_home
from app.programme.services import ProgrammeView
from db.store import Store
from db.tables.documents import names_of_people

_GROUPS = (("期限超過", "期限超過"), ("今日", "今日"), ("目安日過ぎ", "目安日を過ぎたもの"), ("今週", "今週"))
_NAMES_SOMEBODY = "（氏名があるため、ホームで確かめる）"
_LATER = "来週から"
_MISSING = {
    EventPhase.WITHOUT_NEW_DAY: ("新しい日時",),
    EventPhase.WITHOUT_PLACE: ("新しい会場",),
    EventPhase.RESULT_MISSING: ("実施結果の記録",),
}


def build_week_sheet(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the page of a year's window as of now; raises ``UserError`` when there is no such year."""
    context = document_context_of(store, scope, KIND, now)
    facts = read_week(store, today=now.date(), fiscal_year=context.programme.fiscal_year)
    return week_sheet(context, facts, fits=fits_one_page)


def read_week(store: Store, *, today: date, fiscal_year: int | None = None) -> WeekFacts:
    """Return the tasks and events up to the end of next week, of every open year and of ``fiscal_year`` (None = the
    newest).

    Weeks end on Saturday, as on home. Groups without a task are left out. A task or event whose words contain a
    person's name has a hint to look at home in their place. Passed 目安日 of the ward are only counted in the remark.
    """
    home = read_home(store, today=today, fiscal_year=fiscal_year)
    last = end_of_week(today) + timedelta(days=7)
    names = [name for _id, name in names_of_people(store.database)]
    years = read_open_years(store, today, fiscal_year=fiscal_year)
    views = {year.view.programme.id: year.view for year in years}

    def tasks(rows: Iterable[HomeRow]) -> tuple[WeekTask, ...]:
        """Return the rows as tasks of the page, without names of people."""
        return tuple(_task(row, _event_words(row, views), names, today) for row in rows)

    found = [(words, tasks(row for row in home.rows if row.task.bucket == bucket)) for bucket, words in _GROUPS]
    coming = [row for row in home.later_rows if row.task.bucket == _LATER and row.task.due <= last]
    found.append(("来週", tasks(coming)))
    return WeekFacts(
        groups=tuple((words, mine) for words, mine in found if mine),
        events=tuple(_events_of(store, years, today, last)),
        remark=fill_nonempty(
            "ほかに、区の目安日を過ぎたものが{}件あります（ホームにまとめてあります）。", len(home.passed_targets)
        ),
    )


def _event_words(row: HomeRow, views: Mapping[int, ProgrammeView]) -> str:
    """Return the event of a task in short: 「講06 Instagram講習会（2回目）」「派03 見本わかば町会」.

    The year stands before it if it is another one than that of home; without an event only that, or "".
    """
    event = row.task.event
    if event is None:
        return row.year_words
    view = views.get(event.programme_id)
    kind = view.find_kind(event.kind) if view is not None else None
    sign = f"{kind.sign}{event.ordinal:02d}" if kind is not None and event.ordinal else ""
    name = (event.organisation_name if event.form.at_organisation else "") or event.subject or event.kind_words
    return join_nonempty(row.year_words, sign, name, separator=" ")


def _task(row: HomeRow, event: str, names: Sequence[str], today: date) -> WeekTask:
    """Return a task as a line of the sheet; ``event`` is what it concerns in short, replaced if it contains one of
    ``names``.
    """
    task = row.task
    return WeekTask(
        day=f"仮 {table_date(task.due)}" if task.provisional_words else table_date(task.due),
        left=with_printed_days(task.short_words.removeprefix("目安日を"), today),
        what=with_printed_days(_what(task, names), today),
        event=_NAMES_SOMEBODY if names_in_text(names, event) else event,
        owner=task.owner_words,
        basis=task.clause if task.is_contract_duty else OWN_TARGET,
    )


def _what(task: Task, names: Sequence[str]) -> str:
    """Return label and detail of a task; a detail with one of ``names`` is left out, such a label gives a hint only."""
    if names_in_text(names, task.label):
        return _NAMES_SOMEBODY
    return join_nonempty(task.label, "" if names_in_text(names, task.detail) else task.detail)


def _events_of(store: Store, years: Sequence[YearContext], today: date, last: date) -> list[WeekEvent]:
    """Return the events of ``years`` from the week of ``today`` to ``last`` (included), by day and start time.

    Those that wait for another day after a 延期 or 日時の変更 come last, without a day.
    """
    found, first = [], end_of_week(today) - timedelta(days=6)
    for year in years:
        for one in read_records_of_year(store, year.view.programme.id):
            phase, day = one.phase(today), one.event_as_planned.event_date
            falls_into = day is not None and first <= day <= last and phase.counts
            if falls_into or phase is EventPhase.WITHOUT_NEW_DAY:
                found.append((one, year))
    found.sort(key=lambda pair: (pair[0].event_as_planned.event_date or date.max, pair[0].event.start_time))
    return [_event(one, year) for one, year in found]


def _event(records: EventRecords, year: YearContext) -> WeekEvent:
    """Return an event as a line of the sheet; what is missing is its unfinished preparation, or 「ありません」.

    One that waits for another day or place says so before its title, and misses that; a past one misses its result.
    """
    event, planned, state = records.event, records.event_as_planned, records.state(year.today)
    missing = [f"{item.label} {item.state_word}" for item in preparation_of(records, year) if not item.is_done]
    if state.phase is not EventPhase.PLANNED:
        missing = [*_MISSING.get(state.phase, ()), *(missing if state.phase.will_be_held else ())]
    waits = state.phase in (EventPhase.WITHOUT_NEW_DAY, EventPhase.WITHOUT_PLACE)
    day = table_date(planned.event_date) if planned.event_date is not None else ""
    return WeekEvent(
        when=f"{day}\n{event.hours}" if day else "日時未定",
        title=join_nonempty(f"【{state.word}】" if waits else "", event.full_title, separator=""),
        place=planned.place_words or "会場未定",
        people=_people(records),
        missing=with_printed_days("、".join(missing), year.today) or "ありません",
    )


def _people(records: EventRecords) -> str:
    """Return the expected people and 団体, if any, on two lines: 「20人」 (before the 決定 「申込20人」) and 「5団体」.

    「まだなし」 for nobody.
    """
    if not records.people:
        return "まだなし"
    groups = fill_nonempty("\n{}団体", expected_totals(records.expected).organisations)
    return f"{'申込' if records.is_decision_pending else ''}{records.people}人{groups}"


DOCUMENTS = (
    DocumentKind(
        kind=KIND,
        build=build_week_sheet,
        state_words=lambda _store, _subject, today: f"{INSIDE}　{table_date(today)}",
        is_internal=True,
        missing_words="",
        todo="年度の期日",
    ),
)

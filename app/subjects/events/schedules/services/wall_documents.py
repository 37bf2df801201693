"""Builds 年間計画 of the year from the due dates, with its 版 by what was issued before."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Final

from app.calendar.dates import short_date
from app.calendar.periods import latest_start_day
from app.documents.blocks import DocumentContent
from app.documents.document_frame import KIND_SIGN
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind, DocumentSubject
from app.documents.services.document_scope import DocumentScope, year_of
from app.documents.wall_blocks import WallEntry
from app.subjects.events.event.rules.deadlines import HEADCOUNT, MATERIAL, REPORT
from app.subjects.events.event.rules.target_dates import EXPIRY
from app.subjects.events.event.services.event_records import EventRecords, read_records_of_year
from app.subjects.events.event.services.tasks.deadlines import read_year, tasks_of_year
from app.subjects.events.event.services.tasks.event_tasks import YearContext
from app.subjects.events.event.services.tasks.task import STEP, Task
from app.subjects.events.schedules.documents.wall_plan import WALL_PLAN_KIND, fingerprint, wall_plan
from app.subjects.events.schedules.rules.ward_days import ACCOUNTS
from db.journal import Change
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.schedules import WardDay
from db.rows import rows
from db.store import Store
from db.tables.documents import outgoing_of_year

PLAN_FINGERPRINT_KEY: Final = "予定の照合"
_SHOWN_STEPS: Final = ("会長あて送付", "受付開始", "募集要項の周知", "希望票の締切")
_DEADLINE_WORDS: Final = {REPORT: "報告書", HEADCOUNT: HEADCOUNT, MATERIAL: MATERIAL}
EntriesByDay = dict[date, list[WallEntry]]


def read_entries_by_day(store: Store, year: YearContext) -> tuple[EntriesByDay, list[Event]]:
    """Return the entries of every day of a year, and the events without a day."""
    files = read_records_of_year(store, year.view.programme.id)
    marks: EntriesByDay = defaultdict(list)
    _add_events(marks, files)
    _add_tasks(marks, tasks_of_year(files, year))
    _add_period_ends(marks, year)
    for one in rows(store.database, WardDay, programme_id=year.view.programme.id):
        marks[one.day].append(WallEntry("own", one.title))
    if year.view.programme.accounts_due is not None:
        marks[year.view.programme.accounts_due].append(WallEntry("own", ACCOUNTS))
    undated = [one.event for one in files if one.event.event_date is None and one.event.status != "中止"]
    return dict(marks), undated


def short_name(event: Event) -> str:
    """Return 「講1」: the kind's sign and the ordinal."""
    return f"{KIND_SIGN[event.kind]}{event.ordinal or ''}"


def _add_events(marks: EntriesByDay, files: list[EventRecords]) -> None:
    for file in files:
        event = file.event
        if event.event_date is None or event.status == "中止":
            continue
        subject = event.organisation_name or event.subject
        if event.form is EventForm.LECTURE:
            subject = event.subject.replace(event.kind, "")
        text = f"{short_name(event)} {subject or event.subject}"
        marks[event.event_date].append(WallEntry("event", text))


def _add_tasks(marks: EntriesByDay, tasks: tuple[Task, ...]) -> None:
    steps: dict[tuple[date, str], list[Event]] = defaultdict(list)
    for task in tasks:
        event = task.event
        if event is not None and event.status == "中止":
            continue
        if event is not None and task.task in _DEADLINE_WORDS:
            kind = "contractor" if task.owner == "受託者" else "ward"
            text = f"{short_name(event)} {_DEADLINE_WORDS[task.task]}"
            marks[task.due].append(WallEntry("contractor" if kind == "contractor" else "ward", text))
        elif event is not None and task.task == STEP and task.label in _SHOWN_STEPS:
            steps[task.due, task.label].append(event)
        elif event is None and task.programme_id is not None and task.task != EXPIRY:
            provisional = "（仮）" if task.provisional_words else ""
            contractor = task.owner == "受託者"
            marks[task.due].append(WallEntry("contractor" if contractor else "own", f"{task.task}{provisional}"))
    for (day, name), events in steps.items():
        named = "・".join(short_name(one) for one in sorted(events, key=lambda one: (one.kind, one.ordinal or 0)))
        marks[day].append(WallEntry("own", f"{name} {named}"))


def _add_period_ends(marks: EntriesByDay, year: YearContext) -> None:
    """Add the ends of the contract's periods, and the last day of a kind whose report still fits."""
    programme = year.view.programme
    for kind, numbers in year.view.numbers.items():
        marks[numbers.window_end].append(WallEntry("end", f"{kind} 期間末"))
        last = latest_start_day(numbers.report_period, programme.term_end)
        if last < numbers.window_end:
            marks[last].append(WallEntry("end", f"{kind} 報告期限の限度"))
    marks[programme.term_end].append(WallEntry("end", "履行期間末"))


def _edition(store: Store, programme_id: int, state: str) -> int:
    """Return the 版 of the present plan: that of the last issued one, one more when a day has changed since."""
    for row in outgoing_of_year(store.database, programme_id, [WALL_PLAN_KIND]):
        if row.version and PLAN_FINGERPRINT_KEY in row.detail:
            return row.version if row.detail[PLAN_FINGERPRINT_KEY] == state else row.version + 1
    return 1


def build_wall_plan(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the sheet of a year; raises ``UserError`` when there is no such year."""
    view = year_of(store, scope, on=now.date())
    year = read_year(store, now.date(), programme_id=view.programme.id)
    marks, undated = read_entries_by_day(store, year)
    notes = [
        (
            "派遣の資料確認は、講習会以外の資料を使う回だけである（仕4(2)キ）。"
            "予定が動いたときは、この紙の全部の日を作り直す。"
        )
    ]
    if undated:
        notes.append(f"日程未定　{'、'.join(one.full_title for one in undated)}")
    context = document_context_of(store, view, scope, WALL_PLAN_KIND, now)
    return wall_plan(context, marks, version=_edition(store, view.programme.id, fingerprint(marks)), notes=notes)


def _fingerprint_facts(store: Store, _change: Change, scope: DocumentScope, content: DocumentContent) -> dict[str, str]:
    """Return the fingerprint stored with an issued sheet, to know whether the next is another 版."""
    made = datetime.fromisoformat(content.properties["created"])
    year = read_year(store, made.date(), fiscal_year=scope.fiscal_year)
    return {PLAN_FINGERPRINT_KEY: fingerprint(read_entries_by_day(store, year)[0])}


def _state_words(store: Store, subject: DocumentSubject, today: date) -> str:
    year = read_year(store, today, fiscal_year=subject.scope.fiscal_year)
    version = _edition(store, year.view.programme.id, fingerprint(read_entries_by_day(store, year)[0]))
    return f"第{version}版　{short_date(today, today)} 現在"


WALL_DOCUMENTS: Final = (
    DocumentKind(
        kind=WALL_PLAN_KIND,
        about="年度",
        group="年度",
        build=build_wall_plan,
        formats=("pdf",),
        is_ready=lambda _store, _subject: True,
        state_words=_state_words,
        missing_words="",
        todo="区の年中行事",
        on_outgoing=_fingerprint_facts,
    ),
)

"""What each surface says of one event, in one word: the columns of ``phases.tsv``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from app.actions.user_error import UserError
from app.documents.services.document_kind import document_of
from app.documents.services.document_scope import DocumentScope
from app.documents.services.document_states import event_status_of, state_answer
from app.documents.services.documents import build_document
from app.event.rules.deadlines import REPORT
from app.event.screens.event_facts import fact_lines
from app.event.services.calendar_entries import CalendarScope, read_calendar
from app.event.services.event_lists import list_events
from app.event.services.event_records import read_event_records
from app.event.services.event_results import event_to_record
from app.event.services.event_state import states_of
from app.event.services.event_view import read_event
from app.event.services.month import read_month
from app.event.services.progress import progress
from app.event.services.tasks import task as names
from app.event.services.tasks.deadlines import read_event_year, read_year
from app.event.services.tasks.event_tasks import tasks_of
from app.event.services.tasks.task_kind import is_counted_from_event
from app.event_day.day.rules import KIND as GUIDE
from app.event_day.reception.services import read_reception
from app.events.applications.services.form_questions import read_application_form
from app.events.calls.services.confirmations import read_confirmations
from app.events.schedules.services import read_entries_by_day, short_name
from app.home.today.services import home
from app.home.today.services.week_sheet import read_week
from app.submissions.deliverables.services.due_list import read_due_list, read_report_row
from app.year_end.handover.services import _problem_rows, _progress_words
from db.records.events import Event, RecruitmentStep
from db.rows import by_id, rows
from db.store import Store
from tests.support.paper_words import said_by

NONE = "–"


@dataclass
class Asked:
    """One event in one situation, asked on one day; ``guide_of`` is an earlier event whose しおり may name it."""

    store: Store
    event_id: int
    today: date
    guide_of: int

    @property
    def event(self) -> Event:
        found = by_id(self.store.database, Event, self.event_id)
        assert found is not None
        return found

    @property
    def now(self) -> datetime:
        return datetime.combine(self.today, time(9, 5))


def phase(asked: Asked) -> str:
    return states_of(asked.store.database, [asked.event], asked.today)[asked.event_id].phase


def counts(asked: Asked) -> str:
    file = read_event_records(asked.store, asked.event_id)
    return "○" if file.phase(asked.today).counts and not file.is_left_out else NONE


def tasks(asked: Asked) -> str:
    records = read_event_records(asked.store, asked.event_id)
    year = read_event_year(asked.store, asked.event_id, asked.today)
    found = {_code(task, asked) for task in tasks_of(records, year) if task.is_open}
    order = ("選定", "日程", "準備", "会場", "新日時", "連絡", "協議", "結果", "報告書")
    return "+".join(word for word in order if word in found) or NONE


_CODES = {
    names.DECIDE_PLACE: "会場", names.RESULT: "結果", names.CHANGED: "連絡", names.CANCELLED: "連絡",
    names.NOTIFY: "連絡",
    names.NOTIFY_CHANGE: "連絡", names.CHANGE_NOTICE: "連絡", names.STEP: "準備",
}  # fmt: skip


def _code(task, asked):
    if task.task == names.DECIDE:
        return "新日時" if task.label.startswith("新しい") else "日程"
    if task.task == names.STEP and phase(asked) == "選定前":
        return "選定"
    if "電話" in task.label or task.label.endswith("伝える"):
        return "連絡"
    if task.task == REPORT:
        return "報告書" if asked.event.event_date < asked.today else "準備"
    if task.label.startswith("受託者と協議する"):
        return "協議"
    ahead = is_counted_from_event(task.task) and asked.event.event_date >= min(task.due, asked.today)
    return _CODES.get(task.task, "準備" if ahead else "ほか")


def next_event(asked: Asked) -> str:
    found = home.next_event([read_event_records(asked.store, asked.event_id)], read_year(asked.store, asked.today))
    if found is not None:
        return "○" if found.venue_words else "印"
    return "印" if asked.event.full_title in home.read_home(asked.store, today=asked.today).waiting_words else NONE


def week(asked: Asked) -> str:
    found = [one for one in read_week(asked.store, today=asked.today).events if asked.event.full_title in one.title]
    return NONE if not found else "印" if found[0].title.startswith("【") else "○"


def month(asked: Asked) -> str:
    day = asked.event.event_date or asked.today
    read = read_month(asked.store, year=day.year, month=day.month, today=asked.today)
    if asked.event.full_title in read.waiting_words:
        return "印"
    found = [event for one in read.days for event in one.events if event.event_id == asked.event_id]
    return NONE if not found else "○" if found[0].title == asked.event.full_title else "印"


def wall(asked: Asked) -> str:
    year = read_year(asked.store, asked.today)
    marks, undated = read_entries_by_day(asked.store, year)
    if asked.event_id in [one.id for one in undated]:
        return "印"
    name = short_name(asked.event, year)
    found = [
        one.text for one in marks.get(asked.event.event_date, ()) if one.kind == "event" and one.text.startswith(name)
    ]
    return NONE if not found else "印" if "（会場未定）" in found[0] else "○"


def listed(asked: Asked) -> str:
    row = next(one for one in list_events(asked.store, today=asked.today).rows if one.id == asked.event_id)
    page = read_event(asked.store, event_id=asked.event_id, today=asked.today)
    assert (row.state_words == page.state_words) or row.state_words.startswith("準備"), (
        row.state_words,
        page.state_words,
    )
    return "準備中" if row.state_words.startswith("準備") else row.state_words


def deadlines(asked: Asked) -> str:
    try:
        found = read_calendar(asked.store, scope=CalendarScope(event_id=asked.event_id), today=asked.today).entries
    except UserError:
        found = ()
    day, entries = asked.event.event_date, [(row.key, one) for row, one in found if row.key.count(":") > 1]
    due = [one.day for key, one in entries if one.alarm_days and not key.endswith(names.DECIDE)]
    said = tasks(asked).split("+")
    if not due:
        return "新日時" if "新日時" in said else "選定" if "選定" in said else "なし"
    return "実施後" if day is not None and min(due) > day and day < asked.today else "全部"


def debt(asked: Asked) -> str:
    row = read_report_row(asked.store, event=asked.event, today=asked.today)
    return "なし" if row is None else "期限" if row.due is not None else "未定"


def _own_entry(asked: Asked):
    try:
        found = read_calendar(asked.store, scope=CalendarScope(event_id=asked.event_id), today=asked.today).entries
    except UserError:
        return None
    return next((one for row, one in found if row.key.count(":") == 1), None)


def calendar(asked: Asked) -> str:
    entry = _own_entry(asked)
    if entry is None:
        return "なし"
    if entry.status == "TENTATIVE":
        return "会場未定" if "会場未定" in entry.summary else "仮"
    return {"CONFIRMED": "確定", "CANCELLED": "取消"}[entry.status]


def alarm(asked: Asked) -> str:
    entry = _own_entry(asked)
    return "○" if entry is not None and entry.alarm_days else NONE


def _with_place(asked: Asked, words: str) -> str:
    return "会場なし" if phase(asked) == "会場未定" and asked.event.venue not in words else "○"


def guide(asked: Asked) -> str:
    """It is asked as if one could still apply, as the closing day leaves an event out for another reason."""
    steps = rows(asked.store.database, RecruitmentStep, event_id=asked.event_id, name="受付締切")
    for due in (date(2027, 3, 31), None):
        if due is None:
            said = said_by(build_document(asked.store, event_id=asked.guide_of, kind=GUIDE, now=asked.now))
        with asked.store.change(action="締切", by="係", now=asked.now, subject="events") as change:
            change.update_each(RecruitmentStep, {one.id: {"due": due or one.due} for one in steps})
    return _with_place(asked, said) if asked.event.full_title in said else NONE


def form(asked: Asked) -> str:
    try:
        read = read_application_form(asked.store, event_id=asked.event_id, today=asked.today)
    except UserError:
        return NONE
    return _with_place(asked, "".join(read.lead))


def call(asked: Asked) -> str:
    refusal = read_confirmations(asked.store, event_id=asked.event_id, caller="係", today=asked.today).refusal
    return NONE if refusal else "○"


def door(asked: Asked) -> str:
    read = read_reception(asked.store, event_id=asked.event_id)
    if read.closed_words or asked.event.event_date is None:
        return NONE
    return {"まだ": "当日", "当日": "開", "過ぎた": "紙"}[read.day_state(asked.today)]


def held(asked: Asked) -> str:
    try:
        event_to_record(asked.store, asked.event_id, asked.today)
        may = asked.event.status != "実施済"
    except UserError:
        may = False
    view = read_event(asked.store, event_id=asked.event_id, today=asked.today)
    line = next(one for one in fact_lines(view, asked.today) if one.id == "記録")
    assert line.missing == (may or "結果" in tasks(asked)), line
    return "○" if may else NONE


def year(asked: Asked) -> str:
    file = read_event_records(asked.store, asked.event_id)
    numbers = read_year(asked.store, asked.today).view.kind(file.event.kind)
    found = progress([file], replace(numbers, planned=0), asked.today)
    for word, count in (
        ("実施", found.done),
        ("予定", found.planned),
        ("結果待ち", found.past),
        ("未定", found.undecided),
    ):
        if count:
            return word
    return handover(asked)


def handover(asked: Asked) -> str:
    base, file = read_year(asked.store, asked.today), read_event_records(asked.store, asked.event_id)
    said = _progress_words(asked.store.database, base.view.kinds, [file], ((), ()), asked.today)
    for word, sign in (
        ("予定", "1回が予定"),
        ("未定", "日程未定"),
        ("結果待ち", "結果の記録がない"),
        ("実施", "1回を実施"),
    ):
        if sign in said:
            return word
    if asked.event.full_title in said:
        return "名前"
    problems = _problem_rows(asked.store.database, base, [file], read_due_list(asked.store, today=asked.today))
    return "名前" if any(asked.event.full_title in one[1] for one in problems) else NONE


_PAPERS = {
    "案内": "募集チラシ", "配付": GUIDE, "用意": "受付名簿", "変更": "変更通知", "実施後": "アンケート集計表",
    "結果": "実施報告書", "記録": "参加者決定の記録",
}  # fmt: skip


def _paper(role: str) -> Callable[[Asked], str]:
    def ask(asked: Asked) -> str:
        scope = DocumentScope(event_id=asked.event_id)
        kind = document_of(scope, _PAPERS[role])
        assert kind.event_role == role
        answer = state_answer(kind, event_status_of(asked.store, kind, scope, asked.today), asked.today)
        return "停止" if answer.is_stopped else "印" if answer.mark else "作成"

    return ask


SURFACES: dict[str, Callable[[Asked], str]] = {
    "phase": phase, "counts": counts, "tasks": tasks, "next": next_event, "week": week, "month": month, "wall": wall,
    "list": listed, "deadlines": deadlines, "debt": debt, "calendar": calendar, "alarm": alarm, "guide": guide,
    "form": form, "call": call, "door": door, "held": held, "year": year, "handover": handover,
    **{role: _paper(role) for role in _PAPERS},
}  # fmt: skip

READERS: dict[str, str] = {
    "documents.rules": "案内 配付 用意 変更 実施後 結果 記録",
    "documents.services.document_kind": "案内",
    "documents.services.document_states": "案内 配付 用意 変更 実施後 結果 記録",
    "event.rules.event_state": "phase",
    "event.screens.event_facts": "held",
    "event.screens.event_head": "list",
    "event.screens.events_screen": "list month",
    "event.screens.overview": "list held",
    "event.services.calendar_entries": "calendar alarm deadlines",
    "event.services.event_document": "案内 配付 用意 変更 実施後 結果 記録",
    "event.services.event_lists": "list",
    "event.services.event_moves": "tasks",
    "event.services.event_preparation": "list",
    "event.services.event_records": "phase",
    "event.services.event_results": "held",
    "event.services.event_state": "phase",
    "event.services.event_view": "list",
    "event.services.month": "month",
    "event.services.progress": "year",
    "event.services.tasks.deadlines": "deadlines",
    "event.services.tasks.event_tasks": "tasks deadlines",
    "event_day.day.rules": "door",
    "event_day.day.services.day_overview": "door",
    "event_day.day.services.day_pack": "用意",
    "event_day.day.services.guide_documents": "guide",
    "event_day.day_file.services.day_file_checkout": "door",
    "event_day.reception.services": "door",
    "events.applications.services.form_questions": "form",
    "events.calls.services.call_sheet": "tasks",
    "events.calls.services.confirmations": "call",
    "events.dispatches.services.dispatch_documents": "form",
    "events.dispatches.services.step_context": "tasks",
    "events.headcount.services": "案内",
    "events.materials.services.distributed_handouts": "配付",
    "events.roster.services.entry_changes": "held",
    "events.roster.services.entry_moves": "form",
    "events.roster.services.upcoming_entries": "next",
    "events.schedules.services": "wall",
    "home.today.services.home": "next",
    "home.today.services.next_working_event": "next",
    "home.today.services.week_sheet": "week",
    "submissions.deliverables.services.due_list": "debt",
    "submissions.deliverables.services.outstanding": "debt",
    "submissions.deliverables.services.outstanding_documents": "debt",
    "submissions.work_queue.services": "debt",
    "surveys.compare.services": "year",
    "year_end.completion.services.completion_documents": "handover",
    "year_end.handover.services": "handover",
    "year_end.proposal.services": "year",
    "year_end.summary.services.source_rows": "year",
    "year_end.summary.services.summary_context": "year counts",
    "year_end.summary.services.year_summary": "year",
}
"""Which surfaces the modules of ``app`` that ask for a phase make."""

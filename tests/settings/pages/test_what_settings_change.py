"""Every setting is changed, and what it changed is found on paper or in a list: what changes nothing would go."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from typing import Any, Final

import pytest

from app.actions.action_context import ActionContext
from app.commands.documents import kinds_for
from app.documents.services.copy_retention import copies_until
from app.documents.services.documents import build_document
from app.event.parts import request_text
from app.event.rules.event_warning import WITHIN_TOLERANCE
from app.event.services.event_drafts import draft_warnings
from app.event.services.event_records import read_records_of_year
from app.event.services.tasks.deadlines import event_tasks, read_year
from app.event.services.tasks.event_tasks import event_dues
from app.events.dispatches.services.dispatch_requests import read_dispatch_requests
from app.home.today.services.home import read_home
from app.programme.services import read_programme
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.reports.rules.report_points import report_chapters
from app.surveys.questions.services import surveys
from app.year.dates.services import read_year_dates
from app.year_end.handover.documents import PRACTICE
from app.year_end.handover.services import read_handover
from app.year_end.specification.services import read_clause_references
from app.year_end.summary.services.year_page import read_page
from db.records.event_form import EventForm
from db.records.events import AgendaItem, EquipmentItem, Event
from db.records.programme import (
    Contractor,
    Counted,
    DocumentSetting,
    EventKind,
    FollowUpBy,
    Office,
    Programme,
    Recruitment,
    ReportExtra,
    VisitStep,
)
from db.records.submissions.received import ReceivedPaper
from db.records.surveys import EventSurvey, Question
from db.records.year.practices import OwedPaper, OwnDate, RecordGroup, Requirement, RetentionRow
from db.rows import rows
from db.store import Store
from tests.support import completion, written_papers
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, event_id, sample_store
from tests.support.years import add_lecture

SETTINGS: Final = (EventKind, Programme, Office, Contractor, DocumentSetting)
TODAY, NEAR_THE_END = NOW.date(), date(2027, 2, 14)
NO_SETTINGS: Final[Mapping[str, str]] = {
    "id": "a key", "programme_id": "a key", "kind": "the key of a kind", "document_kind": "the key of a document",
    "fiscal_year": "the key of a year", "valid_from": "the day of a change", "reason": "of a change, for 履歴",
    "number": "of a 契約変更, for 履歴", "sample": "what is invented", "sample_today": "the day of what is invented",
    "form": "chosen once; of a letter it is asked beside the letters", "position": "the order of kinds",
    "closed_on": "an act", "closed_reason": "of an act", "clauses_checked": "an act",
    "planned_unit": "what is counted, with planned", "practices_open": "an act",
    "copy_years": "the usual time of copies in a folder of before, where its year has no row",
    "extra": "the options of a letter, each asked where the letter is",
}  # fmt: skip
"""What stands beside settings and is none, and why."""
ON_PAPER: Final[dict[str, tuple[Any, str]]] = {
    "amount": (7_654_321, "7,654,321"), "tax": (98_765, "98,765"), "tax_rate": (19, "19％"),
    "contract_date": (date(2026, 4, 9), "4月9日"), "specification_on": (date(2026, 3, 7), "3月7日"),
    "term_end": (date(2027, 3, 23), "3月23日"), "window_start": (date(2026, 9, 6), "R8.9.6"),
    "window_end": (date(2027, 2, 13), "R9.2.13"), "people_min": (11, "11人から"), "people_max": (23, "23人程度"),
    "planned": (9, "9回程度"), "minutes": (95, "95分"), "headcount_period": ("6日前", "6日前"),
    "material_period": ("3週間前", "3週間前"), "report_period": ("2か月以内", "2か月以内"),
    "proposal_period": ("4週間以内", "4週間以内"), "payment_period": ("45日以内", "45日以内"),
    "postal_code": ("100-0001", "100-0001"), "payment_way": ("分割", "分割"),
    "term_begins": ("契約締結日", "契約締結日"), "honorific": ("殿", "殿"),
    "sign": ("甲", "甲"),
    "accounts_due": (date(2027, 5, 13), "R9.5.13"), "annex_004": (True, "契約外。区の自主管理"),
}  # fmt: skip
"""Values that no marker can be, and the words by which they are found on paper."""


def _dues(store: Store) -> object:
    year = read_year(store, TODAY, fiscal_year=2026)
    records = read_records_of_year(store, year.view.programme.id)
    return [(due.deadline, due.completed_on) for one in records for due in event_dues(one, year)]


def _new_event(store: Store) -> object:
    """What a new 講習会 begins with: its timetable, its equipment and the questions of its survey."""
    made = add_lecture(store, None, exception_reason="見本", exception_kind=WITHIN_TOLERANCE)
    surveys.choose_questionnaire(ActionContext(store, BY, NOW), event_id=made)
    (survey,) = rows(store.database, EventSurvey, event_id=made)
    equipment = [(one.name, one.owner) for one in rows(store.database, EquipmentItem, event_id=made)]
    agenda = [one.title for one in rows(store.database, AgendaItem, event_id=made)]
    return agenda, equipment, [one.title for one in survey.questions]


def _warnings(store: Store) -> object:
    """What an event outside the ward's own halls is asked about."""
    other = Event(programme_id=1, kind="講習会", form=EventForm.LECTURE, subject="見本", facility="その他の施設")
    return [one.text for one in draft_warnings(store, other, read_year(store, TODAY, fiscal_year=2026), None)]


def _invoice(store: Store) -> object:
    """What is asked of a 請求書 that came."""
    if not rows(store.database, ReceivedPaper, kind="請求書"):
        completion.receive(store, "請求書", NEAR_THE_END)
    return completion.shown(store).invoice.points


def _mail(store: Store) -> object:
    """The mail that asks the 受託者 for something."""
    year = read_year(store, TODAY, fiscal_year=2026).view
    (task, *_rest) = event_tasks(store, event_id=event_id(store, "講習会", 6), today=TODAY)
    return request_text(task, year, user_name=BY)


def _cited(place: str) -> Callable[[Store], object]:
    """What 仕様書の読み比べ names of a kind of place, each with its clause."""
    return lambda store: [
        one for one in read_clause_references(store, programme_id=1, today=TODAY) if one.action == place
    ]


def _paper(kind: str, *about: object) -> Callable[[Store], object]:
    """The words of one paper of an event."""
    return lambda store: said_by(build_document(store, event_id=event_id(store, *about), kind=kind, now=NOW))


def _other_questionnaire(record: EventKind) -> str:
    return "exchange" if record.questionnaire == "lecture" else "lecture"


def _practices(store: Store) -> object:
    return read_handover(store, fiscal_year=2026, now=NOW).rows[PRACTICE]


IN_LISTS: Final[dict[str, tuple[Any, Callable[[Store], object]]]] = {
    "strict": (True, lambda store: read_page(store, today=TODAY).summary.lines),
    "people_strict": (True, lambda store: read_page(store, today=TODAY).summary.lines),
    "minutes_strict": (True, lambda store: read_page(store, today=TODAY).summary.lines),
    "days": (5, lambda store: read_page(store, today=TODAY).summary.lines),
    "has_survey": (False, lambda store: kinds_for(store, event_id=event_id(store, "講習会", 6))),
    "draft_lead_open_days": (9, _dues), "question_lead_open_days": (9, _dues), "review_open_days": (9, _dues),
    "check_open_days": (9, _dues),
    "decision_open_days": (
        9,
        lambda store: event_tasks(store, event_id=event_id(store, "講習会", 7), today=TODAY),
    ),
    "reception_minutes": (45, _paper("募集チラシ", "講習会", 7)),
    "announce_days": ((7, 3, 0, 45), lambda store: read_home(store, today=TODAY)),
    "expiry_days": ((45,), lambda store: read_year_dates(store, today=NEAR_THE_END, programme_id=1)),
    "requirements": (
        (Requirement(item="印の付いた項目", text="印の付いた文"),),
        lambda store: read_page(store, today=TODAY).summary.lines,
    ),
    "owed": (
        (OwedPaper(paper="印の付いた書面", when="2026-12-20", clause="仕9"),),
        lambda store: read_due_list(store, today=TODAY),
    ),
    "retention": (
        (RetentionRow(records=RecordGroup.COPIES, months=48),),
        lambda store: copies_until(read_programme(store, fiscal_year=2026).programme),
    ),
    "lends_devices": (False, _paper("参加申込書", "講習会", 7)),
    "people_text": (lambda record: record.people_text + "印", _paper("起案資料", "講習会", 7)),  # 6 is put up, and kept
    "questionnaire": (_other_questionnaire, _new_event),
    "ward_supplies": (("印の付いた機材",), _new_event), "content": (("印の付いた内容",), _new_event),
    "questions": ((Question(code="X1", title="印の付いた設問", type="FA"),), _new_event),
    "held_last_year": ({"印の付いた回": 3}, lambda store: read_page(store, today=TODAY).summary.lectures),
    "held_last_year_source": (
        "「印の付いた実績」",
        lambda store: read_page(store, today=TODAY).summary.lectures_source,
    ),
    "report_items": (
        {"印の付いた項目": ""},
        lambda store: [report_chapters(kind) for kind in rows(store.database, EventKind)],
    ),
    "counted": (lambda record: next(one for one in Counted if one != record.counted), _practices),
    "recruitment": (Recruitment.ANYTIME, _practices), "visits_per_request": (4, _practices),
    "steps": ((VisitStep.HEARING,), _practices), "follow_up_months": ((2,), _practices),
    "follow_up_by": (FollowUpBy.EVENT, _practices), "own_dates": ((OwnDate.DRILL,), _practices),
    "report_extras": ((ReportExtra.SUMMARY,), _practices),
    "surveys_online": (lambda record: not record.surveys_online, _practices),
    "invoice_seal": ("要", _invoice), "Office.email": ("sirusi@example.lg.jp", _mail),
    "clause_target": ("仕9(1)", lambda store: read_dispatch_requests(store, fiscal_year=2026).rows),
    "clause_venue": ("仕9(2)", _warnings), "clause_purpose": ("仕9(3)", _cited("設定")),
    "clause_survey": ("仕9(6)", _cited("帳票")),
    "clause_recruitment": ("仕9(4)", _cited("帳票")), "clause_selection": ("仕9(5)", _cited("帳票")),
}  # fmt: skip
"""Settings that no paper of the sample year says: another value, and what says something else then."""


def said(value: object) -> Iterator[str]:
    """Every text and number of what a service read; a setting that is only handed through says nothing."""
    if isinstance(value, SETTINGS):
        return
    if is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from said(getattr(value, one.name))
    elif isinstance(value, dict):
        for item in value.items():
            yield from said(item)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from said(item)
    else:
        yield repr(value)


def settings_of(kind: type) -> list[str]:
    """The settings of a record."""
    return [one.name for one in fields(kind) if one.name not in NO_SETTINGS]


def in_lists(kind: type, name: str) -> str:
    """The key of a setting among ``IN_LISTS``, or "" where it is looked for on paper."""
    return next((key for key in (f"{kind.__name__}.{name}", name) if key in IN_LISTS), "")


@pytest.fixture
def store(tmp_path):
    made = sample_store(tmp_path)
    with made.change(action="設定", by=BY, now=NOW) as change:
        for kind in ("決定通知", "参加人数連絡書"):
            change.insert(DocumentSetting(document_kind=kind, programme_id=1))
    yield made
    made.database.conn.close()


def write(store: Store, record: object, **values: Any) -> None:
    with store.change(action="設定を変えた", by=BY, now=NOW) as change:
        change.update(type(record), record.id, **values)


@cache
def said_before() -> str:
    """Every paper of the sample year as it is, as tests/documents/words has it."""
    return "".join(one.read_text("utf-8") for one in sorted(written_papers.FOLDER.glob("*.txt")))


@pytest.mark.nightly
def test_what_no_paper_says_changes_what_is_asked_for(store):
    asked = []
    for kind in SETTINGS:
        for name in settings_of(kind):
            if not (key := in_lists(kind, name)):
                continue
            value, read = IN_LISTS[key]
            before = list(said(read(store)))
            kept = {record.id: getattr(record, name) for record in rows(store.database, kind)}
            for record in rows(store.database, kind):
                write(store, record, **{name: value(record) if callable(value) else value})
            assert list(said(read(store))) != before, f"{kind.__name__}.{name} changes nothing"
            for record in rows(store.database, kind):
                write(store, record, **{name: kept[record.id]})
            asked.append(key)
    assert sorted(asked) == sorted(IN_LISTS)


def test_every_other_setting_stands_on_a_paper(store):
    """Each gets words that no paper of the year had; then papers are drawn until each was found."""
    wanted: dict[str, str] = {}
    for kind in SETTINGS:
        for record in rows(store.database, kind):
            values: dict[str, Any] = {}
            for name in settings_of(kind):
                if in_lists(kind, name):
                    continue
                key = f"{kind.__name__}.{name}"
                mark = f"設{len(wanted):03d}定"
                if name.startswith("clause_"):
                    mark = f"{70700 + len(wanted)}"
                value, words = ON_PAPER.get(name, (wanted.setdefault(key, mark),) * 2)
                values[name] = f"仕{value}" if name.startswith("clause_") else value
                wanted[key] = words
            if kind is EventKind:
                values["sign"] = "甲乙丙"[record.position - 1]
            write(store, record, **values)
    assert {key for key, words in wanted.items() if words in said_before()} == set(), "words that are no proof"
    assert written_papers.lacking(store, wanted) == {}, "what nobody asks is asked everywhere, or it goes"

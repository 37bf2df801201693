"""Every setting is changed, and what it changed is found on paper or in a list: what changes nothing would go."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

import pytest

from app.documents.services.copy_retention import copies_until
from app.documents.services.documents import kinds_for
from app.event.services.event_records import read_records_of_year
from app.event.services.tasks.deadlines import read_year
from app.event.services.tasks.event_tasks import event_dues
from app.event.services.tasks.year_dates import read_year_dates
from app.home.today.services.home import read_home
from app.programme.services import read_programme
from app.year_end.summary.services.year_page import read_page
from db.records.programme import Contractor, DocumentSetting, EventKind, Office, Programme
from db.rows import rows
from db.store import Store
from tests.support import written_papers
from tests.support.sample import BY, NOW, event_id, sample_store

SETTINGS: Final = (EventKind, Programme, Office, Contractor, DocumentSetting)
TODAY, NEAR_THE_END = NOW.date(), date(2027, 2, 14)
NO_SETTINGS: Final[Mapping[str, str]] = {
    "id": "a key", "programme_id": "a key", "kind": "the key of a kind", "document_kind": "the key of a document",
    "fiscal_year": "the key of a year", "valid_from": "the day of a change", "reason": "of a change, for 履歴",
    "number": "of a 契約変更, for 履歴", "sample": "what is invented", "sample_today": "the day of what is invented",
    "form": "chosen once; of a letter it is asked beside the letters", "position": "the order of kinds",
    "closed_on": "an act", "closed_reason": "of an act", "clauses_checked": "an act",
    "planned_unit": "what is counted, with planned",
    "extra": "the options of a letter, each asked where the letter is",
}  # fmt: skip
"""What stands beside settings and is none, and why."""
ON_PAPER: Final[dict[str, tuple[Any, str]]] = {
    "amount": (7_654_321, "7,654,321"), "tax": (98_765, "98,765"), "tax_rate": (8, "8％"),
    "contract_date": (date(2026, 4, 9), "4月9日"), "specification_on": (date(2026, 3, 7), "3月7日"),
    "term_end": (date(2027, 3, 29), "3月29日"), "window_start": (date(2026, 9, 2), "R8.9.2"),
    "window_end": (date(2027, 2, 11), "R9.2.11"), "people_min": (11, "11人から"), "people_max": (23, "23人程度"),
    "planned": (9, "9回程度"), "minutes": (95, "95分"), "headcount_period": ("6日前", "6日前"),
    "material_period": ("3週間前", "3週間前"), "report_period": ("2か月以内", "2か月以内"),
    "proposal_period": ("4週間以内", "4週間以内"), "payment_period": ("45日以内", "45日以内"),
    "postal_code": ("100-0001", "100-0001"), "payment_way": ("分割", "分割"), "honorific": ("殿", "殿"),
    "sign": ("甲", "甲"),
    "accounts_due": (date(2027, 5, 13), "R9.5.13"), "annex_004": (True, "契約外。区の自主管理"),
}  # fmt: skip
"""Values that no marker can be, and the words by which they are found on paper."""
ELSEWHERE: Final[Mapping[str, str]] = {
    "EventKind.people_text": "quoted in 起案資料 while it says the numbers of the year (drafting_texts.py)",
    "EventKind.questionnaire": "the questions with which a new event begins (surveys/questions)",
    "EventKind.ward_supplies": "whose the equipment is with which a new event begins (event/rules/equipment.py)",
    "EventKind.report_items": "the chapters of a new 実施報告書 (submissions/reports/rules/report_points.py)",
    "Programme.invoice_seal": "what is asked of the 請求書 that came (year_end/completion/services/completion.py)",
    "Office.email": "in the text of a mail (event/parts.py)",
}
"""Settings that show neither on a paper of the sample year nor in a list asked here, and where they do."""
NOT_MARKED: Final = frozenset({"EventKind.questionnaire", "EventKind.report_items", "EventKind.ward_supplies"})
"""Those of them that are no text of their own."""


def _dues(store: Store) -> object:
    year = read_year(store, TODAY, fiscal_year=2026)
    records = read_records_of_year(store, year.view.programme.id)
    return [(due.deadline, due.completed_on) for one in records for due in event_dues(one, year)]


IN_LISTS: Final[dict[str, tuple[Any, Callable[[Store], object]]]] = {
    "strict": (True, lambda store: read_page(store, today=TODAY).summary.lines),
    "days": (5, lambda store: read_page(store, today=TODAY).summary.lines),
    "has_survey": (False, lambda store: kinds_for(store, event_id=event_id(store, "講習会", 6))),
    "draft_lead_open_days": (9, _dues), "question_lead_open_days": (9, _dues), "review_open_days": (9, _dues),
    "check_open_days": (9, _dues),
    "announce_days": ((7, 3, 0, 45), lambda store: read_home(store, today=TODAY)),
    "expiry_days": ((45,), lambda store: read_year_dates(store, today=NEAR_THE_END, programme_id=1)),
    "copy_years": (4, lambda store: copies_until(read_programme(store, fiscal_year=2026).programme)),
    "lends_devices": (False, lambda store: written_papers.read_papers(store, "参加申込書")),
}  # fmt: skip
"""Settings that are no words: another value, and the list that says something else then."""


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
    """The settings of a record; of the clauses each is asked by tests/architecture/test_clauses_of_the_contract.py."""
    return [one.name for one in fields(kind) if one.name not in NO_SETTINGS and not one.name.startswith("clause_")]


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


def papers(store: Store) -> str:
    return "\n".join(line for _kind, _name, lines in written_papers.read_papers(store) for line in lines)


def test_what_is_no_word_changes_a_list(store):
    asked = []
    for kind in SETTINGS:
        for name in set(settings_of(kind)) & {*IN_LISTS}:
            value, read = IN_LISTS[name]
            before = list(said(read(store)))
            kept = {record.id: getattr(record, name) for record in rows(store.database, kind)}
            for record in rows(store.database, kind):
                write(store, record, **{name: value})
            assert list(said(read(store))) != before, f"{kind.__name__}.{name} changes nothing"
            for record in rows(store.database, kind):
                write(store, record, **{name: kept[record.id]})
            asked.append(name)
    assert sorted(asked) == sorted(IN_LISTS)


def test_every_other_setting_stands_on_a_paper(store):
    before = papers(store)
    wanted: dict[str, str] = {}
    for kind in SETTINGS:
        for record in rows(store.database, kind):
            values: dict[str, Any] = {}
            for name in settings_of(kind):
                key, mark = f"{kind.__name__}.{name}", f"設{len(wanted):03d}定"
                if name in IN_LISTS or key in NOT_MARKED:
                    continue
                value, words = ON_PAPER.get(name, (wanted.get(key, mark), wanted.get(key, mark)))
                values[name] = value
                wanted[key] = words
            if kind is EventKind:
                values["sign"] = "甲乙丙"[record.position - 1]
            write(store, record, **values)
    now = papers(store)
    missing = {key for key, words in wanted.items() if now.count(words) <= before.count(words)}
    assert missing == {*ELSEWHERE} & {*wanted}, "what nobody asks is asked everywhere, or it goes"

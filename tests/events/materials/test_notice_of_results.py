"""資料確認結果通知: its day and its number follow what was told and what changed since."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.events.materials import documents
from app.events.materials.services import material_documents
from app.events.materials.services.result_notifications import _matter
from db.records.accounts import JournalEntry, RowChange
from db.records.event_form import EventForm
from db.records.events import Event

TODAY = date(2026, 9, 14)
STORE = SimpleNamespace(database=None)


def reviewed(material, version, result_on=None):
    return SimpleNamespace(
        material=SimpleNamespace(id=material), version=SimpleNamespace(version=version, result_on=result_on)
    )


def told(material, version, day, is_notified=True):
    return SimpleNamespace(key=f"資料:{material}", version=version, told_on=day, is_notified=is_notified)


FIRST, SECOND = date(2026, 9, 8), date(2026, 9, 10)
ONE, TWO = reviewed(1, 2, FIRST), reviewed(2, 1, SECOND)


@pytest.mark.parametrize(
    ("materials", "acts", "held", "day"),
    [
        ((ONE,), (), date(2026, 9, 24), TODAY),
        ((ONE,), (told(1, 2, FIRST),), date(2026, 9, 24), FIRST),
        ((ONE,), (told(1, 1, FIRST),), date(2026, 9, 24), TODAY),
        ((ONE,), (told(1, 2, FIRST, is_notified=False),), date(2026, 9, 24), TODAY),
        ((ONE, TWO), (told(1, 2, FIRST),), date(2026, 9, 24), TODAY),
        ((ONE, TWO), (told(2, 1, FIRST), told(1, 2, SECOND)), date(2026, 9, 24), SECOND),
        ((ONE, TWO), (), date(2026, 9, 13), SECOND),
        ((ONE, TWO), (), TODAY, TODAY),
        ((ONE, TWO), (), None, TODAY),
        ((reviewed(1, 1),), (), date(2026, 9, 13), TODAY),
    ],
)
def test_it_bears_the_day_it_was_told_else_today_and_of_a_past_event_that_of_the_last_result(
    monkeypatch, materials, acts, held, day
):
    monkeypatch.setattr(material_documents, "rows", lambda *_a, **_k: list(acts))
    event = Event(id=3, kind="講習会", form=EventForm.LECTURE, subject="LINE", event_date=held)
    assert material_documents._issue_day(STORE, event, materials, TODAY) == day


def entry(table, before, after):
    change = RowChange(table=table, row_id=1, before=before, after=after)
    return JournalEntry(seq=1, at=datetime(2026, 9, 1), by="", action="", subject="", event_id=3, changes=(change,))


def left(version, kind="資料確認結果通知", way="印刷"):
    return entry("outgoing", None, {"document_kind": kind, "way": way, "version": version})


FINDING = entry("findings", None, {"text": "x"})
RESULT = entry("material_versions", {"result": None}, {"result": "確認済"})
PAGES = entry("material_versions", {"result": "確認済", "pages": 1}, {"result": "確認済", "pages": 2})
OTHER = entry("events", {"room": "1"}, {"room": "2"})


@pytest.mark.parametrize(
    ("newest_first", "number"),
    [
        ((), 1),
        ((FINDING, RESULT), 1),
        ((left(1),), 1),
        ((OTHER, PAGES, left(2), FINDING), 2),
        ((FINDING, left(2)), 3),
        ((RESULT, left(2)), 3),
        ((FINDING, RESULT, left(2), left(1)), 3),
        ((FINDING, left(1, kind="別の書類")), 1),
        ((left(5, way="取消"), FINDING, left(2)), 3),
        ((entry("outgoing", {"version": 1}, None), left(2)), 2),
    ],
)
def test_it_has_a_new_number_only_once_a_result_or_finding_changed(monkeypatch, newest_first, number):
    monkeypatch.setattr(material_documents.journal, "entries", lambda *_a, **_k: list(newest_first))
    assert material_documents._notice_number(STORE, 3) == number


@pytest.mark.parametrize(
    ("confirm_by", "printed"),
    [(None, None), (date(2026, 9, 13), None), (TODAY, TODAY), (date(2026, 9, 15), date(2026, 9, 15))],
)
def test_a_day_of_the_ward_that_has_passed_is_not_printed(monkeypatch, confirm_by, printed):
    seen = []
    for name in ("event_name", "outgoing_head", "office_contact"):
        monkeypatch.setattr(documents.document_frame, name, lambda _what: "x")
    monkeypatch.setattr(documents.document_frame, "frame_event_document", lambda *_a, **_k: None)
    monkeypatch.setattr(documents, "_dates", lambda _reviewed, _by, ahead, _period: seen.append(ahead) or ())
    context = SimpleNamespace(issue_day=TODAY, office=None)
    numbers = SimpleNamespace(clause_material="仕4(1)キ", material_period="5日前")
    documents.material_result(
        context, SimpleNamespace(event_date=None), numbers, (), notice_number=1, confirm_by=confirm_by
    )
    assert seen == [printed]


def test_the_newest_judged_version_is_the_one_to_tell():
    said = {1: "可", 2: "修正", 3: ""}
    versions = [SimpleNamespace(version=one, result=said[one], result_on=FIRST) for one in said]
    given = {"material": SimpleNamespace(id=1, title="冊子"), "findings_on": lambda version: [1] * version.version}
    found = [_matter(SimpleNamespace(versions=some, **given)) for some in (versions, versions[:1], versions[2:], [])]
    assert [one and (one.version, one.title, one.facts["結果"], one.facts["指摘"], one.since) for one in found] == [
        (2, "冊子 第2版", "修正", "2件", FIRST), (1, "冊子 第1版", "可", "1件", FIRST), None, None,
    ]  # fmt: skip

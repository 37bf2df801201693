"""資料確認結果通知: its day and its number follow what was told and what changed since."""

from dataclasses import replace
from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.event.services.event_facts import planned_facts
from app.events.materials import documents
from app.events.materials.services import material_documents
from app.events.materials.services.result_notifications import _matter
from app.programme.intake import preset
from db.records.accounts import JournalEntry, RowChange
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.submissions.materials import Finding, Material, MaterialResult, MaterialVersion
from tests.support.paper_lines import assert_paper, lines_of
from tests.support.years import plain_context

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
        ((), 1), ((FINDING, RESULT), 1), ((left(1),), 1), ((OTHER, PAGES, left(2), FINDING), 2),
        ((FINDING, left(2)), 3), ((RESULT, left(2)), 3), ((FINDING, RESULT, left(2), left(1)), 3),
        ((FINDING, left(1, kind="別の書類")), 1), ((left(5, way="取消"), FINDING, left(2)), 3),
        ((entry("outgoing", {"version": 1}, None), left(2)), 2),
    ],
)  # fmt: skip
def test_it_has_a_new_number_only_once_a_result_or_finding_changed(monkeypatch, newest_first, number):
    monkeypatch.setattr(material_documents.journal, "entries", lambda *_a, **_k: list(newest_first))
    assert material_documents._notice_number(STORE, 3) == number


KIND = preset().kinds[0]
HELD = Event(id=3, kind=KIND.kind, form=KIND.form, subject="LINE講習会", ordinal=2, event_date=date(2026, 9, 24))
BACK = documents.ReviewedMaterial(
    material=Material(event_id=3, position=1, title="手順"),
    version=MaterialVersion(material_id=1, version=2, received_on=FIRST, pages=5, result=MaterialResult.RESUBMISSION),
    findings=(
        Finding(version_id=1, position=1, page="4", text="小さい", duty="必須", basis="仕4(1)キ", response="直した"),
        Finding(version_id=1, position=2, page="—", text="写真を加える"),
    ),
)
CHECKED = documents.ReviewedMaterial(
    material=Material(event_id=3, position=2, title="資料"),
    version=MaterialVersion(material_id=2, version=1, received_on=FIRST, result=MaterialResult.CHECKED),
    findings=(),
)


def notice(some, held=HELD, **given):
    event = planned_facts(held, KIND)
    return lines_of(documents.material_result(plain_context(TODAY), event, KIND, some, notice_number=1, **given))[1:-1]


def test_it_says_each_result_each_finding_and_by_when_a_version_is_due():
    said = notice((BACK, CHECKED), resubmit_by=TODAY, confirm_by=TODAY)
    assert_paper(said, "通知")
    plain = notice((CHECKED,), replace(HELD, event_date=None), resubmit_by=TODAY)
    assert "（日程協議中実施）" in plain[0]
    assert plain[4:] == ["1｜資料｜第1版｜確認済｜0件", "◇2　指摘一覧", "指摘はありません。"]


@pytest.mark.parametrize(("asked", "due", "said"), [(13, 13, 1), (14, 14, 2), (15, 14, 1), (14, 15, 2), (None, 15, 0)])
def test_a_day_of_the_ward_that_has_passed_is_not_printed(asked, due, said):
    days = {"resubmit_by": asked and TODAY.replace(day=asked), "confirm_by": TODAY.replace(day=due)}
    shown = [one for one in notice((BACK,), **days) if one.startswith(("修正版の提出", "区の確認の期限"))]
    assert len(shown) == said


def test_its_mail_says_the_same():
    def mail(event, some, resubmit_by=TODAY):
        given = {"addressee": "みほん様", "sender": "区"}
        said = documents.result_mail(planned_facts(event, KIND), some, resubmit_by, **given)
        return [line.replace("　　", "〉") for line in said.split("\n") if line]

    assert_paper(mail(HELD, (BACK, CHECKED)), "メール")
    assert_paper(mail(replace(HELD, event_date=None), (CHECKED,)), "メール 確認済だけ")
    assert mail(HELD, (BACK,), None)[-2:] == ["〉お願い　写真を加える", "区"]


def test_the_newest_judged_version_is_the_one_to_tell():
    said = {1: "可", 2: "修正", 3: ""}
    versions = [SimpleNamespace(version=one, result=said[one], result_on=FIRST) for one in said]
    given = {"material": SimpleNamespace(id=1, title="冊子"), "findings_on": lambda version: [1] * version.version}
    found = [_matter(SimpleNamespace(versions=some, **given)) for some in (versions, versions[:1], versions[2:], [])]
    assert [one and (one.version, one.title, one.facts["結果"], one.facts["指摘"], one.since) for one in found] == [
        (2, "冊子 第2版", "修正", "2件", FIRST), (1, "冊子 第1版", "可", "1件", FIRST), None, None,
    ]  # fmt: skip

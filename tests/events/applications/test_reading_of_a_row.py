"""One row of a list as it is read: how many come, what a clerk has to settle, and what is only worth knowing."""

from typing import Any

import pytest

from app.events.applications.intake.application_cells import NO_NAME
from app.events.applications.intake.application_rows import ApplicationRow
from app.events.applications.services.application_preview import RowCorrection
from app.events.applications.services.application_reading import ApplicationRowReader, ReadRow
from app.foreign_files.foreign_file import PERSONAL_NUMBER, STRUCK_CELL, STRUCK_ROW
from app.foreign_files.foreign_shape import Finding
from db.records.organisations import Organisation

FIELDS = {0: "organisation", 1: "name", 2: "people", 3: "names", 4: "contact_phone"}
UNUSED = 7
AS_READ = RowCorrection()
HOME = Organisation(id=5, name="みほん1丁目町会")


def row(**given: Any) -> ApplicationRow:
    usual: dict[str, Any] = {
        "row": 1, "source_line": 2, "canonical_text": "", "received_at": None, "is_date_only": False,
        "receipt_number": "", "way": "電子", "organisation": "みほん1丁目町会", "branch": "", "name": "見本 一子",
        "furigana": "", "phone": "", "people": None, "names": (), "wishes": (), "themes": (),
        "dates": (None, None, None), "contact_name": "",
        "same_as_applicant": False, "device": "", "care": "", "photo": "", "note": "", "deputy": False,
        "remark_words": (), "withdrawn": False, "is_test": False, "is_broken": False, "problems": (), "notices": (),
        "values": {"organisation": "みほん1丁目町会", "name": "見本 一子", "contact_phone": "03-0000-0009"},
    }  # fmt: skip
    return ApplicationRow(**usual | given)


def read(one: ApplicationRow, correction: RowCorrection = AS_READ) -> ReadRow:
    return ApplicationRowReader([HOME], FIELDS, "表.xlsx").read(one, correction, "鍵")


def finding(code: str, reason: str, index: int | None = None) -> Finding:
    return Finding(row=1, index=index, column=None, reason=reason, code=code)


def companions(count: int) -> tuple[str, ...]:
    return tuple(f"同行 {number}" for number in range(count))


@pytest.mark.parametrize(
    ("typed", "names", "correction", "people", "is_doubtful"),
    [
        (None, 0, AS_READ, 1, False), (None, 2, AS_READ, 3, False), (2, 2, AS_READ, 3, False),
        (3, 2, AS_READ, 3, False), (5, 2, AS_READ, 5, False), (5, 2, RowCorrection(people=4), 4, False),
        (5, 2, RowCorrection(people=2), 3, False), (None, 2, RowCorrection(companions=()), 1, False),
        (None, 0, RowCorrection(companions=("同行 一",)), 2, False), (20, 0, AS_READ, 20, False),
        (21, 0, AS_READ, 21, True), (None, 20, AS_READ, 21, True), (21, 0, RowCorrection(people=21), 21, False),
    ],
)  # fmt: skip
def test_as_many_come_as_are_told_or_named_and_more_than_twenty_are_asked_about(
    typed, names, correction, people, is_doubtful
):
    found = read(row(people=typed, names=companions(names)), correction)
    assert (found.application.people, found.applicant.facts.people) == (people, people)
    assert found.doubts == (("人数が20人を超えています",) if is_doubtful else ())


@pytest.mark.parametrize(
    ("problem", "correction", "doubts", "fields"),
    [
        (finding(NO_NAME, "氏名がありません", 1), AS_READ, ("氏名がありません",), ("name",)),
        (finding(NO_NAME, "氏名がありません", 1), RowCorrection(name="見本 二子"), (), ()),
        (
            finding(NO_NAME, "氏名がありません", 1),
            RowCorrection(people=2, companions=()),
            ("氏名がありません",),
            ("name",),
        ),
        (finding("several_names", "氏名が2人分です", 1), RowCorrection(companions=()), (), ()),
        (finding("several_names", "氏名が2人分です", 1), RowCorrection(people=2), ("氏名が2人分です",), ("name",)),
        (finding(STRUCK_CELL, "取消線があります", 0), AS_READ, ("取消線があります",), ("organisation",)),
        (finding(STRUCK_CELL, "取消線があります", UNUSED), AS_READ, (), ()),
        (finding("unreadable", "読めません", UNUSED), AS_READ, ("読めません",), ("",)),
        (finding("resubmission", "出し直しです", 1), AS_READ, (), ()),
    ],
)
def test_a_finding_is_asked_about_until_its_field_is_corrected(problem, correction, doubts, fields):
    found = read(row(problems=(problem,)), correction)
    assert (found.doubts, found.doubtful_fields) == (doubts, fields)
    assert (found.is_struck_out, found.is_numbered) == (False, False)
    assert found.decide_singly == (problem.code in (NO_NAME, STRUCK_CELL) and bool(doubts))


def test_what_is_asked_of_one_field_and_of_the_organisation_is_said_once_each():
    twice = (finding("unreadable", "人数を読めません", 2), finding("unreadable", "人数を読めません", 2))
    found = read(row(problems=twice, is_test=True, values={"organisation": "  ", "name": "見本 一子"}))
    assert found.doubts == ("人数を読めません", "団体名が空です", "試し送信らしい申込です")
    assert found.doubtful_fields == ("people", "organisation")
    whole = read(row(problems=(finding(STRUCK_ROW, "行に取消線"), finding(PERSONAL_NUMBER, "番号", 2))))
    assert (whole.is_struck_out, whole.is_numbered, whole.decide_singly) == (True, True, True)


def test_what_is_only_worth_knowing_is_said_once_without_what_is_said_of_the_whole_list():
    said = (
        finding("width", "全角にしました", 1), finding("width", "全角にしました", 2),
        finding("whole_day", "時刻がありません", 0), finding("double_submit", "二度の送信", 1),
    )  # fmt: skip
    assert read(row(notices=said)).notes == ("全角にしました",)
    assert read(row(notices=said[2:])).notes == ()
    spelled = read(row(notices=said, values={"organisation": "みほん１丁目町会", "name": "見本 一子"}))
    assert spelled.organisation == HOME
    first, *rest = spelled.notes
    assert (first, len(rest)) == ("全角にしました", 1), "and how the 団体 was written"
    assert len(read(row(values={"organisation": "みほん１丁目町会", "name": "見本 一子"})).notes) == 1


@pytest.mark.parametrize(("same", "number"), [(True, ""), (False, "03-0000-0009")])
def test_a_contact_who_is_the_applicant_has_no_number_of_his_own(same, number):
    assert read(row(same_as_applicant=same)).applicant.facts.contact_phone == number

"""Devices of which nobody was asked are 未確認 wherever they are said: told, compared, printed, on screen; 0 is a
number."""

import pytest

from app.documents.event_facts import EventFacts, PeopleFacts, devices_words
from app.documents.rules import fact_changes, shown_fact
from app.event.rules.expected_attendance import ExpectedTotals
from app.event.screens.overview import result_words
from app.events.headcount.services import headcount_facts
from app.programme.intake import preset
from app.submissions.reports.documents import report_lecture
from db.records.event_form import EventForm
from db.records.events import EventResult


def facts_of(numbers):
    return headcount_facts(numbers, without_organisation=0)


def totals(own: int, lent: int) -> ExpectedTotals:
    return ExpectedTotals(people=10, organisations=3, own_devices=own, lent_devices=lent, care_count=0)


@pytest.mark.parametrize(
    ("count", "unknown", "words"),
    [(0, 10, "未確認"), (0, 0, "0台"), (4, 6, "4台"), (None, 0, "未確認"), (0, None, "0台")],
)
def test_one_rule(count, unknown, words):
    assert devices_words(count, unknown) == words


def test_what_is_told_says_unknown_and_what_an_earlier_program_told_as_0_has_not_changed():
    told = facts_of(totals(0, 0))
    assert [shown_fact(told[name]) for name in ("持参する端末", "貸与する端末")] == ["未確認", "未確認"]
    assert fact_changes(told | {"持参する端末": "0台", "貸与する端末": "0台"}, told) == ()
    (change,) = fact_changes(told, facts_of(totals(0, 10)) | {"持参する端末": told["持参する端末"]})
    assert change.words == "貸与する端末 未確認 → 10台"
    asked = facts_of(totals(0, 10))
    assert shown_fact(asked["持参する端末"]) == "0台", "everybody was asked"
    assert fact_changes(asked | {"持参する端末": "0台"}, asked) == (), "as it was told before"
    assert fact_changes(asked, facts_of(totals(2, 10)))[0].difference == "+2"
    words = [one.words for one in fact_changes(told, asked)]
    assert words == ["持参する端末 未確認 → 0台", "貸与する端末 未確認 → 10台"], "what was not known is told once it is"


@pytest.mark.parametrize(
    ("own", "lent", "said"),
    [
        (0, 0, "未確認（14人）"),
        (0, 2, "貸与タブレット2台、持参した端末未確認、未確認12人"),
        (12, 2, "貸与タブレット2台、持参した端末12台　計14台"),
        (None, 2, "貸与タブレット2台、持参した端末未確認"),
    ],
)
def test_a_report_prints_no_0_for_what_nobody_asked(own, lent, said):
    class Facts:
        event = EventFacts(
            kind="講習会",
            year_kind=preset().kinds[0],
            form=EventForm.LECTURE,
            subject="LINE講習会",
            start_time="14:00",
            end_time="16:00",
            people=PeopleFacts(attended=14, used_own=own, used_lent=lent),
        )

    assert report_lecture._devices(Facts()) == said


def test_the_record_of_the_day_on_screen_says_the_same():
    assert "貸与端末 2台　持参端末 未確認　端末未確認 12人" in result_words(
        EventResult(event_id=1, attended=14, lent_devices=2, own_devices=0)
    )
    assert "持参端末 0台" in result_words(EventResult(event_id=1, attended=2, lent_devices=2, own_devices=0))
    # Nobody noted how many were brought: the 0 that was noted is one, here as in the report.
    assert "貸与端末 0台" in result_words(EventResult(event_id=1, attended=14, lent_devices=0, own_devices=None))

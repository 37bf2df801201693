"""What a paper may ask for and cite, and what a date set by hand does not change."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from app.event.rules.closing_deadlines import proposal_range
from app.event.rules.deadlines import apply_override, event_deadlines
from app.event.rules.expected_attendance import care_words, expected_totals, has_same_numbers
from app.event.rules.target_dates import resubmission_target
from app.programme.rules import cited_clause
from db.records.documents import Notification
from db.records.events import DeadlineOverride
from db.records.participants import HEADCOUNT_KEY, ExpectedCount, HeadcountNotice, NoticeWithNotification


@pytest.mark.parametrize(
    ("basis", "cited"),
    [
        ("仕4(1)カ", "仕様書4(1)カ"), ("特14", "特記事項第14条"), ("特15-2", "特記事項第15条第2項"),
        ("特18(4)ウ", "特記事項第18条(4)ウ"), ("内容の誤り", "内容の誤り"),
        ("特6・14・15-2・22-3 行う前", "特記事項第6条・第14条・第15条第2項・第22条第3項 行う前"),
        ("特17(1)・18(4)カ", "特記事項第17条(1)・第18条(4)カ"),
    ],
)  # fmt: skip
def test_an_outgoing_paper_cites_clauses_in_full(basis, cited):
    assert cited_clause(basis) == cited


@pytest.mark.parametrize(
    ("judged", "wanted"),
    [
        (date(2026, 9, 1), date(2026, 9, 17)),
        (date(2026, 9, 16), date(2026, 9, 17)),
        (date(2026, 9, 17), date(2026, 9, 25)),
        (date(2026, 10, 5), date(2026, 10, 6)),
        (date(2026, 10, 6), date(2026, 10, 6)),
    ],
)
def test_a_mended_handout_is_wished_for_before_the_confirmation_and_never_after_the_event(
    office_calendar, judged, wanted
):
    # Event 10/7, to be confirmed by 9/18; 9/21-23 are holidays.
    assert resubmission_target(date(2026, 9, 18), date(2026, 10, 7), judged, office_calendar) == wanted


def test_a_date_set_by_hand_beyond_the_contract_says_that_the_contract_does_not_move(
    lectures, programme, office_calendar
):
    deadline = event_deadlines(lectures, programme, date(2026, 9, 24), office_calendar)[0]

    def by_hand(due: date) -> tuple[str, ...]:
        change = DeadlineOverride(
            event_id=1, task="人数連絡", due=due, reason="受託者の申出", by="見本", at=datetime(2026, 9, 1, 9)
        )
        return apply_override(deadline, change).warnings

    assert by_hand(date(2026, 9, 19)) == ()
    (warning,) = by_hand(date(2026, 9, 21))
    assert "仕様書4(1)エの期限 9/19(土) より後です" in warning


def test_an_undecided_event_can_only_put_the_proposal_off(programme, office_calendar):
    known = proposal_range(programme, date(2027, 3, 15), date(2026, 12, 25), office_calendar)

    assert not known.is_provisional
    assert (known.first, known.basis.endswith("仮")) == (date(2027, 3, 29), False)


def test_the_same_need_of_two_organisations_is_counted_not_swallowed():
    assert care_words(["拡大資料1部", "", "前方の席1", "拡大資料1部"]) == "拡大資料1部（2件）、前方の席1"
    undecided = ["手配を確認中、手配を確認中", "前方の席1、手配を確認中", "手配を確認中、前方の席1"]
    assert care_words(undecided) == "前方の席1（2件）、手配を確認中 4件（お願いするときは改めて連絡）"


def test_another_need_with_the_same_numbers_is_a_change():
    row = ExpectedCount(
        event_id=1, position=0, organisation_name="みほん町会", people=10, care_count=1, care_request="手話通訳"
    )
    told = HeadcountNotice(
        event_id=1,
        revision=1,
        people=10,
        organisations=1,
        own_devices=0,
        lent_devices=0,
        care_count=1,
        care_request="拡大資料1部",
        made_on=date(2026, 9, 17),
    )

    assert not has_same_numbers(told, expected_totals([row]))
    same = replace(row, care_request="拡大資料1部")
    assert has_same_numbers(told, expected_totals([same]))
    assert not has_same_numbers(told, expected_totals([replace(same, people=9)]))
    assert not has_same_numbers(replace(told, organisations=2), expected_totals([same]))
    alone = expected_totals(
        [same, replace(same, organisation_name="団体名なし", people=1, care_count=0, care_request="")]
    )
    known = [replace(told, people=11, organisations=count) for count in (0, 1, 2, 3)]
    assert [has_same_numbers(one, alone) for one in known] == [False, True, True, False], "once counted as one"


def test_a_need_still_undecided_is_a_change_of_a_draft_and_of_what_was_told_only_by_a_request():
    row = ExpectedCount(event_id=1, position=0, organisation_name="みほん町会", people=10, care_count=1)
    undecided = expected_totals([replace(row, care_request="手配を確認中")])
    given = {name: getattr(undecided, name) for name in ("people", "own_devices", "lent_devices", "care_count")}
    draft = NoticeWithNotification(
        **given, event_id=1, revision=1, organisations=1, care_request=undecided.care_request, made_on=date(2026, 9, 17)
    )
    said = {"told_to": "受託者", "told_how": "メール", "told_by": "区", "by": "区", "at": datetime(2026, 9, 17, 9)}
    act = Notification(
        key=HEADCOUNT_KEY, document_kind="参加人数連絡書", facts={"団体": "1団体"}, told_on=date(2026, 9, 17), **said
    )
    told = replace(draft, act=act)
    earlier = replace(told, care_request="")
    nothing, seat = expected_totals([row]), expected_totals([replace(row, care_request="前方の席1")])
    assert [has_same_numbers(one, undecided) for one in (draft, told, earlier)] == [True, True, True]
    assert [has_same_numbers(one, nothing) for one in (draft, told, earlier)] == [False, True, True]
    assert [has_same_numbers(one, seat) for one in (draft, told, earlier)] == [False, False, False]

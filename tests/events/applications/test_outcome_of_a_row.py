"""What comes of a row: new before changed before known, and how many places it takes beyond those it has."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from app.events.applications.rules import ApplicationFacts
from app.events.applications.services.application_entries import HeldEntries
from app.events.applications.services.application_judging import (
    APPLIED_AT_KEY,
    RowComparison,
    _joined_reasons,
    _new_entry_count,
    _outcome_of,
    _takes_over_entries,
)
from app.events.applications.services.application_keys import _fields_by_heading
from db.records.roster import Entry
from tests.support.paper_lines import assert_says


def action(kind="更新", *changes, is_given_up=False):
    told = [SimpleNamespace(key=key, old=old) for key, old in changes]
    return SimpleNamespace(kind=kind, changes=told, held_entries=SimpleNamespace(is_given_up=is_given_up))


def applicant(people, declined=False):
    return SimpleNamespace(facts=SimpleNamespace(people=people), declined=declined)


@pytest.mark.parametrize(
    ("kinds", "outcome"),
    [
        ((), "重複"), (("重複",), "重複"), (("重複", "更新"), "更新"), (("更新", "新規", "重複"), "新規"),
        (("新規",), "新規"),
    ],
)  # fmt: skip
def test_a_row_is_new_where_any_of_its_places_is(kinds, outcome):
    assert _outcome_of([action(kind) for kind in kinds]) == outcome


@pytest.mark.parametrize(
    ("one", "people", "declined", "count"),
    [
        (action("新規"), 3, False, 3), (action("新規"), 3, True, 0), (action("更新", ("people", "2人")), 3, False, 1),
        (action("更新", ("people", "2人")), 3, True, 0), (action("更新", ("people", "3人")), 3, False, 0),
        (action("更新", ("people", "4人")), 3, False, 0), (action("更新", ("care", "")), 3, False, 0),
        (action("重複"), 3, False, 0),
    ],
)  # fmt: skip
def test_a_row_takes_places_beyond_those_it_holds_and_none_once_it_was_declined(one, people, declined, count):
    assert _new_entry_count(one, applicant(people, declined)) == count


def test_a_place_takes_over_what_is_new_in_more_than_its_arrival_or_where_it_was_given_up():
    assert not _takes_over_entries(action("更新"))
    assert not _takes_over_entries(action("更新", (APPLIED_AT_KEY, "")))
    assert _takes_over_entries(action("更新", (APPLIED_AT_KEY, ""), ("care", "")))
    assert _takes_over_entries(action("重複", is_given_up=True))
    assert _joined_reasons(["a", "", "b", "a"]) == "a\nb"


KNOWN = ApplicationFacts(name="見本 花子", device="持参", phone="03-0000-0001", photo="不可", publication="可")


def place(facts=KNOWN, *, organisation="", **given):
    return HeldEntries(event_id=3, organisation_id=None, organisation_text=organisation, name="", facts=facts, **given)


def told(facts=KNOWN, *, organisation="", received=None, asks=True):
    person = SimpleNamespace(facts=facts, organisation_id=None, organisation_text=organisation, received_at=received)
    return SimpleNamespace(applicant=person, registered_name="", asks_organisation=asks)


def comparing(*by_hand):
    return RowComparison(None, None, SimpleNamespace(is_by_hand=lambda _record, key: key in by_hand))


FIRST, SECOND = (ApplicationFacts(phone=f"03-0000-000{number}") for number in (1, 2))
NOBODY = ApplicationFacts()


@pytest.mark.parametrize(
    ("held", "row", "doubt"),
    [
        (place(FIRST, organisation="つつじ会"), told(NOBODY, asks=False), "団体名がなく"),
        (place(FIRST, organisation="つつじ会"), told(NOBODY), ""), (place(FIRST), told(NOBODY), "団体名がなく"),
        (place(NOBODY, first_line=5), told(SECOND), "団体名がなく"), (place(FIRST), told(SECOND), ""),
        (place(FIRST, organisation="つつじ会"), told(SECOND, organisation="つつじ会"), "同じ団体・氏名で"),
        (place(FIRST, organisation="つつじ会"), told(FIRST, organisation="桜会"), "同じ氏名・電話番号で"),
        (place(FIRST, organisation="つつじ会"), told(SECOND, organisation="桜会", asks=False), ""),
        (place(NOBODY, organisation="つつじ会"), told(NOBODY, organisation="桜会", asks=False), ""),
    ],
)  # fmt: skip
def test_one_of_the_same_name_may_be_the_same_where_the_organisation_or_the_number_says_so(held, row, doubt):
    begins = f"{'5行目に' if held.first_line else '名簿に'}、"
    found = [
        (one.doubts[0].startswith(begins), doubt in one.doubts[0], one.other_person)
        for one in comparing()._similar_people(held, row)
    ]
    assert found == ([(True, True, doubt == "同じ団体・氏名で")] if doubt else [])


DAYS = [datetime(2026, 9, day, 10) for day in (1, 2, 3)]


@pytest.mark.parametrize(
    ("own", "other", "received", "is_settled"),
    [
        (True, None, None, True), (False, None, None, False), (False, place(), DAYS[1], True),
        *((False, place(latest_received_at=day), DAYS[1], day != DAYS[0]) for day in DAYS),
        (False, place(latest_received_at=DAYS[0]), None, True),
    ],
)  # fmt: skip
def test_a_row_taken_in_before_is_settled_by_its_place_or_by_one_of_an_application_not_older(
    own, other, received, is_settled
):
    places = SimpleNamespace(held_by_application=lambda _event_id, _application_id: other or place() if own else None)
    asked = SimpleNamespace(_places=places, find_held=lambda *_, include_given_up: other)
    known = SimpleNamespace(id=1, received_at=received)
    assert RowComparison._is_settled_in(asked, known, 3, told()) == is_settled


def test_a_second_application_changes_the_place_unless_it_came_before_or_says_the_same():
    def entry(**given):
        return Entry(**{"id": 1, "event_id": 3, "applied_at": DAYS[1]} | given)

    night = datetime(2026, 9, 1)
    told_away, late = {"absent_told_at": DAYS[1]}, {"latest_received_at": DAYS[1]}
    other = ApplicationFacts(name="見本 華子", device="貸与", phone="03-0000-0002", photo="可", publication="不可")
    said = []
    for held, row, by_hand in (
        (place(entries=[entry()], **late), told(received=DAYS[0]), ()),
        (place(entries=[entry()], **late), told(received=datetime.combine(night, datetime.max.time())), ()),
        (place(entries=[entry()], **late), told(received=night), ()),
        (place(entries=[entry(applied_at=DAYS[0])], **late), told(received=DAYS[0]), ()),
        (place(entries=[entry()], first_received_at=DAYS[0], **late), told(received=DAYS[0]), ()),
        (place(first_line=4, **late), told(received=DAYS[0]), ()),
        (place(entries=[entry()], **late), told(received=DAYS[1]), ()),
        (place(entries=[entry()], first_line=4, **late), told(other, received=DAYS[2]), ()),
        (place(entries=[entry()], **late), told(other), ("device", "photo", "publication", "phone", "name")),
        (place(entries=[entry(state="辞退")], **late), told(received=DAYS[2]), ()),
        (place(entries=[entry(**told_away)], **late), told(received=DAYS[2]), ()),
        (place(entries=[entry(absent_told_at=DAYS[2])], **late), told(received=DAYS[1]), ()),
    ):
        found = comparing(*by_hand)._repeated_application(held, row)
        changes = "、".join(f"{one.words}{'？' * bool(one.question)}" for one in found.changes)
        kept = "、".join(one.key for one in found.kept)
        said.append(f"{found.kind}{'　個別' * found.decide_singly}　{found.reason}　［{changes}］［{kept}］")
        said += [f"　疑問　{one}" for one in found.doubts]
    assert_says(
        said,
        """
        更新　申込済みの人の、先に届いた申込。申込日時　9/2 10:00→9/1 10:00　［申込日時　9/2 10:00→9/1 10:00］［］
        更新　申込済みの人の、先に届いた申込。申込日時　9/2 10:00→9/1 時刻なし　［申込日時　9/2 10:00→9/1 時刻なし］［
        　　］
        　疑問　申込済みの人の、先に届いた申込ですが、時刻がありません（申込日時　9/2 10:00→9/1 時刻なし）
        更新　申込済みの人の、先に届いた申込。申込日時　9/2 10:00→9/1 0:00　［申込日時　9/2 10:00→9/1 0:00］［］
        重複　申込済みの人の申込。あとの申込の内容を残します　［］［］
        重複　申込済みの人の申込。あとの申込の内容を残します　［］［］
        重複　4行目と同じ人の申込。あとの申込の内容を残します　［］［］
        重複　申込済みの人の、同じ内容の申込　［］［］
        更新　個別　4行目と同じ人の申込。氏名　見本 花子→見本 華子、端末　持参→貸与、撮影　不可→可、掲載　可→不可、
        　　電話が変わります　［氏名　見本 花子→見本 華子？、端末　持参→貸与、撮影　不可→可、掲載　可→不可、電話が変
        　　わります］［］
        　疑問　氏名　見本 花子→見本 華子　字や読みの違いです
        更新　個別　申込済みの人の申込。氏名　見本 花子→見本 華子、撮影　不可→可、掲載　可→不可、電話が変わります　［
        　　氏名　見本 花子→見本 華子？、撮影　不可→可？、掲載　可→不可、電話が変わります］［device］
        　疑問　氏名　見本 花子→見本 華子　字や読みの違いです
        　疑問　撮影　不可→可　区が記録した撮影の可否と違います
        更新　申込済みの人の申込。　［］［］
        　疑問　この実施回で辞退になっている人の申込です
        更新　申込済みの人の申込。　［欠席の連絡　あり→取消］［］
        　疑問　この実施回で欠席の連絡があった人の申込です
        重複　申込済みの人の、同じ内容の申込　［］［］
        """,
    )


@pytest.mark.parametrize(
    ("now", "fields", "earlier", "found"),
    [
        (("氏名", "電話"), ("name", "phone"), ("電話", "氏　名", "備考"), {0: "phone", 1: "name"}),
        (("氏名",), ("name",), ("氏名", "氏名"), {0: "name", 1: "name"}),
        (("電話", "電話"), ("phone", "fax"), ("電話",) * 3, {0: "phone", 1: "fax", 2: "fax"}),
        (("氏名", "備考"), ("name",), ("備考", "氏名"), {1: "name"}),
    ],
)
def test_columns_of_an_earlier_reading_have_the_fields_of_their_headings_in_order(now, fields, earlier, found):
    files = [SimpleNamespace(headings=headings) for headings in (now, earlier)]
    assert _fields_by_heading(*files, dict(enumerate(fields))) == found

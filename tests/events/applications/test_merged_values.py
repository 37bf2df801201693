"""Which value of a further field stays when the same person applies again: the later one, unless it says nothing."""

import pytest

from app.events.applications import rules
from app.events.applications.rules import (
    ApplicationFacts,
    changes_between,
    merge_facts,
    merged_extra_values,
    merged_note,
    repeated_contact,
)
from db.fields import specs
from db.records.organisations import Contact, ContactKind
from db.records.roster import TabletLoan


@pytest.fixture
def _one_day(monkeypatch):
    """A list with one further field that is no text: a day."""
    field = specs(TabletLoan)["out_at"]
    monkeypatch.setattr(rules, "_EXTRA_FIELD_SPECS", (field,))
    monkeypatch.setattr(rules, "_EXTRA_DEFAULTS", (field.default,))


def merged(was, now):
    (found,) = merged_extra_values(ApplicationFacts(further=was), ApplicationFacts(further=now))
    return found


@pytest.mark.usefixtures("_one_day")
def test_a_later_value_takes_the_place_of_the_earlier_one_and_an_empty_one_does_not():
    assert merged((3,), (5,)) == 5
    assert merged((3,), (None,)) == 3
    assert merged((), (5,)) == 5
    assert merged((3,), ()) == 3


@pytest.mark.parametrize(("was", "now", "found"), [("前", "後", "後"), ("前", " ", "前"), ("前", " 前 ", "前")])
def test_a_later_text_counts_unless_it_is_blank_or_the_same(was, now, found):
    assert rules._merged_value(was, now, "") == found


KNOWN = ApplicationFacts(
    name="見本 花子", furigana="みほん はなこ", device="持参", phone="03-0000-0001", companions=("甲", "乙"), people=3
)
GONE = "取り込むと、名前のなくなった方は辞退になります"


@pytest.mark.parametrize(
    ("said", "changes"),
    [
        ({"name": "見本花子", "furigana": "ミホンハナコ", "phone": "03（0000）0001", "people_said": False}, {}),
        (
            {"name": "見本 華子", "device": "貸与", "care": "車椅子", "phone": "03-0000-0002", "people_said": False},
            {
                "name": ("氏名　見本 花子→見本 華子", "氏名　見本 花子→見本 華子　字や読みの違いです"),
                "device": ("端末　持参→貸与", ""), "care": ("配慮が加わります", ""), "phone": ("電話が変わります", ""),
            },
        ),
        (
            {"companions": ("甲", "乙", "丙"), "people": 4},
            {"names": ("同行者　甲、乙→甲、乙、丙", ""), "people": ("人数　3人→4人", "")},
        ),
        ({"companions": ("丙",), "people": 3}, {"names": ("同行者　甲、乙→丙、甲", f"同行者　甲、乙→丙、甲　{GONE}")}),
        (
            {"companions": ("丙",), "people": 2},
            {"names": ("同行者　甲、乙→丙", f"同行者　甲、乙→丙　{GONE}"), "people": ("人数　3人→2人", "")},
        ),
        (
            {"people": 1},
            {"names": ("同行者　甲、乙→（空）", f"同行者　甲、乙→（空）　{GONE}"), "people": ("人数　3人→1人", "")},
        ),
        (
            {"companions": ("丙",), "people": 2, "people_said": False},
            {"names": ("同行者　甲、乙→丙、甲", f"同行者　甲、乙→丙、甲　{GONE}")},
        ),
    ],
)  # fmt: skip
def test_each_change_is_said_and_a_name_that_goes_or_is_written_otherwise_is_asked_about(said, changes):
    new = ApplicationFacts(**said)
    found = changes_between(KNOWN, new)
    assert {one.key: (one.words, one.question) for one in found} == changes
    merged_facts = merge_facts(KNOWN, new)
    assert changes_between(merged_facts, new) == ()
    assert merged_facts.people_said
    stays = merge_facts(KNOWN, new, [one for one in found if one.key == "device"])
    assert (stays.device, stays.furigana) == (KNOWN.device, new.furigana or KNOWN.furigana)


def test_what_the_ward_put_right_stays_and_a_secret_is_not_said():
    kept = [one.kept_words for one in changes_between(KNOWN, ApplicationFacts(device="貸与", phone="03-0000-0002"))]
    assert kept[:2] == [
        "端末は、区が直した「持参」のままにします（申込は「貸与」）",
        "電話は、区が直した内容のままにします",
    ]


@pytest.mark.parametrize(
    ("old", "new", "columns", "after"),
    [
        (("第1希望日　9/1", "第2希望日　9/2", "（代理）父", "手話"), "第1希望日　9/5",
         {"date1", "date2", "name", "note"}, "第1希望日　9/5／手話"),
        (("第1希望日　9/1", "（代理）父", "手話"), "ほか", {"note"}, "第1希望日　9/1／（代理）父／ほか"),
        (("手話",), "", {"note"}, "手話"), (("（代理）父",), "", {"name"}, ""), (("手話",), " 手話", {"note"}, "手話"),
    ],
)  # fmt: skip
def test_the_lines_of_a_remark_stay_unless_the_later_list_says_them_anew(old, new, columns, after):
    assert merged_note("\n".join(old), new, columns) == after.replace("／", "\n")


@pytest.mark.parametrize(
    ("kind", "value", "found"), [("電話", "1", 1), ("FAX", "1", None), ("FAX", "2", 2), ("電話", "3", None)]
)
def test_any_telephone_in_force_is_repeated_and_of_other_contacts_the_one_that_is_used(kind, value, found):
    known = [Contact(id=number, kind=kind, value=f"{number}") for number in (1, 2)]
    assert getattr(repeated_contact(known, ContactKind(kind), value), "id", None) == found

"""What else goes with rows that are erased: facts that were told, rows deleted by hand, telephones of before."""

import json

import pytest

from app.event.rules.notification_facts import order_key
from app.settings.disposal.services.related_rows import related_cells
from db.redactions import REDACTED, SUM_SEPARATOR, is_redacted_text
from db.row_history import RowHistories, RowHistory

GONE = "0123456789abcdef"
"""What a mark wrote in place of a value, as far as these tests go."""


def life(table, row_id, born=1):
    return RowHistory(table, row_id, born, f"{born}")


def known(images, *, deleted=()):
    found = RowHistories()
    for one, image in images.items():
        found.add_image(one, image)
        if one not in deleted:
            found.current[one.table, one.row_id] = one
    return found


PLACE, SHOWN, ORDER = life("entries", 1), life("presentations", 2), life("arrangements", 3)
PERSON, CONTACT = life("people", 4), life("contacts", 5)
SUMS = json.dumps({"名簿": f"甲{SUM_SEPARATOR}1"}, ensure_ascii=False)


@pytest.mark.parametrize(
    ("wanted", "event_id", "facts", "key", "goes"),
    [
        (PLACE, 7, SUMS, "名簿", True), (SHOWN, 7, SUMS, "名簿", True), (ORDER, 7, SUMS, "名簿", True),
        (PLACE, 8, SUMS, "名簿", False), (PLACE, 0, SUMS, "名簿", False), (PLACE, 7, "{}", "名簿", False),
        (PLACE, 7, "", "名簿", False), (PERSON, 7, SUMS, "名簿", True), (CONTACT, 7, SUMS, "名簿", False),
        (ORDER, 7, '{"依頼の内容": "椅子"}', order_key(3), True),
        (ORDER, 7, '{"依頼の内容": "椅子"}', order_key(9), True),
        (ORDER, 7, json.dumps({order_key(3): {"依頼の内容": "椅子"}}, ensure_ascii=False), "", True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("table", ["acts", "outgoing", "venues"])
def test_facts_that_were_told_of_an_event_lose_the_sums_of_who_goes(wanted, event_id, facts, key, goes, table):
    told = life(table, 9)
    histories = known({
        PLACE: {"event_id": 7, "person_id": 4}, SHOWN: {"event_id": 7}, ORDER: {"event_id": 7, "entry_id": 1},
        PERSON: {"name": "甲"}, CONTACT: {"event_id": 7}, told: {"event_id": event_id, "facts": facts, "key": key},
    })  # fmt: skip
    found = related_cells(histories, {wanted: {"name": GONE}}, whole_events=())
    assert (told in found) == (goes and table != "venues")
    if told in found:
        about_order = wanted == ORDER and order_key(3) in (key, *json.loads(facts))
        assert set(found[told]) == {"facts"}
        assert ("依頼の内容" in found[told]["facts"]) == about_order


def test_rows_deleted_by_hand_go_with_their_person_place_survey_or_whole_event():
    theirs = {
        life("people", 14, 2): {"organisation_id": 1, "name": "甲"},
        life("applications", 15): {"organisation_id": 1, "name": "甲"},
        life("contacts", 16): {"person_id": 4, "value": "03"},
        life("memberships", 17): {"person_id": 4, "role": "会長"},
        life("entries", 18): {"person_id": 4, "event_id": 9, "note": "席は前"},
        life("answer_sheets", 19): {"survey_id": 3, "respondent_key": "k", "row_key": "r"},
        life("calls", 20): {"entry_id": 1, "event_id": 9, "whom": "甲"},
        life("arrangements", 21): {"event_id": 8, "text": "椅子", "need": "椅子", "note": "椅子"},
    }
    others = {
        life("people", 34): {"organisation_id": 2, "name": "甲"},
        life("applications", 35): {"organisation_id": 1, "name": "乙"},
        life("contacts", 36): {"person_id": 5, "value": "03"},
        life("entries", 38): {"person_id": 5, "event_id": 9, "note": "席は前"},
        life("answer_sheets", 39): {"survey_id": 4, "respondent_key": "k", "row_key": "r"},
        life("calls", 40): {"entry_id": 2, "event_id": 9, "whom": "甲"},
        life("venues", 41): {"event_id": 8, "note": "甲"},
        life("memberships", 42): {"person_id": 4, "role": ""},
    }
    sheet, still = life("answer_sheets", 6), life("contacts", 7)
    present = {
        PERSON: {"organisation_id": 1, "name": "甲", "phone": ""}, PLACE: {"event_id": 7, "person_id": 4},
        sheet: {"survey_id": 3}, still: {"person_id": 4, "value": "03"},
    }  # fmt: skip
    wanted = {PERSON: {"name": GONE}, PLACE: {"note": GONE}, sheet: {"row_key": GONE}}
    histories = known({**present, **theirs, **others}, deleted=[*theirs, *others])
    histories.current.pop(("people", PERSON.row_id))
    found = related_cells(histories, wanted, whole_events={8})
    assert set(found) == set(theirs)
    assert all(value != theirs[one].get(name) for one, cells in found.items() for name, value in cells.items())
    assert is_redacted_text(found[life("people", 14, 2)]["name"])
    histories.current["people", PERSON.row_id] = PERSON
    assert set(theirs) - set(related_cells(histories, wanted, whole_events={8})) == {
        life("people", 14, 2),
        life("applications", 15),
    }, "somebody of that name is still registered"
    assert life("arrangements", 21) not in related_cells(histories, wanted, whole_events=())


@pytest.mark.parametrize(
    ("person_id", "wanted", "goes"),
    [
        (4, (CONTACT,), True),
        (4, (CONTACT, PERSON), False),
        (None, (CONTACT,), False),
        (44, (CONTACT,), False),
        (4, (PLACE,), False),
    ],
)
def test_the_telephone_that_stood_with_a_person_goes_with_the_contact(person_id, wanted, goes):
    histories = known({
        CONTACT: {"person_id": person_id, "value": "03"}, PERSON: {"name": "甲", "phone": "03"},
        PLACE: {"event_id": 7, "person_id": 5}, life("people", 0): {"name": "空"},
    })  # fmt: skip
    found = related_cells(histories, {one: {"value": GONE} for one in wanted}, whole_events=())
    assert found == ({PERSON: {"phone": REDACTED}} if goes else {})

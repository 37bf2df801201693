"""Two writings of one applicant are compared in everything that is held of him, and what is said is written."""

import csv
from datetime import date
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.common.contacts import contacts_in_force
from app.event.rules.recruitment import DECISION
from app.events.applications.intake.application_fields import FIELDS
from app.events.applications.services.application_import import import_applications, preview_applications
from app.events.applications.services.application_preview import RowCorrection
from app.events.applications.services.applications import applications_of_event
from app.events.arrangements.services import set_photo_consent
from app.events.letters.services.letter_addressees import addressees
from app.events.roster.services.entry_changes import remove_entries
from db.records.events import Event
from db.records.organisations import Contact, Person
from db.records.roster import Entry, PhotoConsent
from db.rows import by_id, rows
from tests.support import sample
from tests.support.application_rows import BY, NOW, year_store
from tests.support.history_lines import list_history
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
HEADINGS = {
    "received_at": "申込日時", "receipt_number": "受付番号", "organisation": "団体名", "name": "氏名",
    "furigana": "ふりがな", "phone": "電話番号", "role": "役職", "device": "端末", "care": "配慮", "photo": "撮影",
    "publication": "掲載",
    "names": "同行者", "people": "人数", "fax": "FAX", "email": "メール", "address": "住所", "note": "備考",
    "large_print": "大きな字の通知を希望",
}  # fmt: skip
FIRST = {
    "received_at": "2026/09/03 9:00", "receipt_number": "1", "organisation": "みほん一丁目町会", "name": "見本 一江",
    "furigana": "みほん かずえ", "phone": "03-0000-0001", "photo": "可",
}  # fmt: skip
LATER = {"received_at": "2026/09/05 9:00", "receipt_number": "2"}
OF_THE_SENDING = {
    "received_at", "received_time", "receipt_number", "way", "status", "wishes", "themes", "memo", "organisation",
    "branch", "date1", "date2", "date3", "contact_name", "contact_furigana", "contact_phone",
    "ticks",
}  # fmt: skip
"""When, how and for what it came, which makes another application; what says that it is the same applicant; and ticks,
which are read as answers of the other fields."""
CHANGES = {
    "name": ("高見本 一江", "髙見本 一江"), "furigana": ("みほん かずえ", "みほん いちえ"), "role": ("班長", "会計"),
    "device": ("持参", "貸与"), "care": ("車いす", "手話通訳"), "photo": ("可", "不可"),
    "publication": ("可", "不可"), "names": ("見本 光男", "見本 春男"), "people": ("1", "3"),
    "phone": ("03-0000-0001", "03-0000-0002"), "fax": ("03-0000-0011", "03-0000-0012"),
    "email": ("a.b@example.jp", "ab@example.jp"), "address": ("見本町1-11", "見本町11-1"), "note": ("駐車場", "電車"),
    "large_print": ("希望する", "少し大きく"),
}  # fmt: skip
"""Each field of a list that one application says and a later one says otherwise."""
OF_A_ROW = {"names", "people", "fax", "email", "address", "note", "large_print"}
"""Fields for which the later application adds a row of its own, which the history names."""

store = made_by(lambda place: year_store(place, organisations=[("第1支部", "みほん一丁目町会")]))


@pytest.fixture
def given(tmp_path):
    """A file of the year's first event with these applications, each told by field."""

    def written(*told, **arguments):
        path = tmp_path / "申込.csv"
        used = [key for key in HEADINGS if any(key in one for one in told)]
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(
                [[HEADINGS[key] for key in used], *([one.get(key, "") for key in used] for one in told)]
            )
        columns = dict(enumerate(used))
        return {"path": path, "event_id": 1, "columns": columns, **arguments}

    return written


def take(store, file):
    return import_applications(ActionContext(store, **WHO), **file)


def judged(store, file):
    (found,) = preview_applications(store, **file).rows
    return found


def line_of(store):
    return next(one for one in applications_of_event(store, event_id=1).rows if one.name.endswith("一江"))


def held(store, key):
    """What the roster holds of the first applicant in a field of the lists."""
    line = line_of(store)
    entry, person = line.entries[0], line.person
    if key == "names":
        coming = [one for one in line.entries[1:] if not one.state.is_out]
        return "、".join(by_id(store.database, Person, one.person_id).name for one in coming)
    if key == "people":
        return str(len(line.entries))
    if key in ("name", "furigana"):
        return getattr(person, key)
    kinds = {"phone": "電話", "fax": "FAX", "email": "メール", "address": "住所"}
    if key in kinds:
        return contacts_in_force(rows(store.database, Contact, person_id=person.id), kinds[key])[0].value
    return getattr(entry if hasattr(entry, key) and key != "note" else line.application, key)


def test_every_field_of_a_list_is_compared_or_is_of_the_sending():
    assert CHANGES.keys() | OF_THE_SENDING == FIELDS.keys()


@pytest.mark.parametrize("key", CHANGES)
def test_a_field_that_a_later_application_says_otherwise_is_told_written_and_in_the_history(store, given, key):
    was, now = CHANGES[key]
    take(store, given({**FIRST, key: was}))
    assert held(store, key) == was
    file = given({**FIRST, **LATER, key: now})
    shown = judged(store, file)
    assert shown.outcome in ("更新", "確認が必要"), shown.reason
    if key != "phone":  # another number may be another person, who is asked about as such
        assert now in shown.reason or shown.change_of(key).new == now
        made = take(store, file | {"mends": {1: RowCorrection(decision="取り込む")}})
        assert made.preview.rows[0].outcome == "更新"
        assert held(store, key) == now
        added = "加えた" if key in OF_A_ROW else now
        assert added in {one.after for one in list_history(store)[0].changes}
        assert judged(store, file).outcome == "重複"


def test_the_second_sending_of_a_form_is_read_in_all_it_says(store, given):
    """A no to the photo counts in both directions; another companion is asked; a new one is not lost."""
    people = [
        ("弘", "可", "", "不可", ""), ("照子", "可", "見本 光男", "可", "見本 春男"),
        ("武", "不可", "", "可", ""), ("美代子", "可", "", "可", "見本 秀雄"),
    ]  # fmt: skip

    def sent(second):
        return [
            FIRST
            | (LATER if second else {})
            | {"receipt_number": f"{second}{at}", "phone": f"03-0000-512{at}", "name": f"見本 {name}", "furigana": ""}
            | dict(zip(("photo", "names"), both[2 * second :], strict=False))
            for at, (name, *both) in enumerate(people)
        ]

    take(store, given(*sent(0)))
    file = given(*sent(1))
    assert [one.outcome for one in preview_applications(store, **file).rows] == ["更新", "確認が必要", "更新", "更新"]
    take(store, file | {"include_doubtful": True})
    found = {
        one.person.name: (one.entries[0].photo, len(one.entries))
        for one in applications_of_event(store, event_id=1).rows
    }
    assert found == {"見本 弘": ("不可", 1), "見本 照子": ("可", 2), "見本 武": ("可", 1), "見本 美代子": ("可", 2)}
    people = {one.id: one.name for one in rows(store.database, Person)}
    (mate,) = [one for one in rows(store.database, Entry) if people[one.person_id] == "見本 秀雄"]
    assert mate.applied_at.day == 5  # who comes with a later sending applied with it


def test_what_the_ward_put_right_by_hand_wins_and_a_later_yes_to_its_no_is_asked(store, given):
    take(store, given({**FIRST, "photo": "可", "device": "持参", "care": "車いす"}))
    first = line_of(store).entries[0]
    set_photo_consent(ActionContext(store, **WHO), entry_ids=[first.id], photo=PhotoConsent.REFUSED)
    with store.change(action="端末を直した", by=BY, now=NOW, subject="roster", event_id=1) as change:
        change.update(Entry, first.id, device="貸与")
    again = {**FIRST, **LATER, "photo": "可", "device": "持参", "care": "手話通訳"}
    shown = judged(store, given(again))
    assert shown.outcome == "確認が必要"
    assert "端末は、区が直した「貸与」のままにします（申込は「持参」）" in shown.note
    take(store, given(again, mends={1: RowCorrection(decision="取り込む")}))
    assert (held(store, "device"), held(store, "photo"), held(store, "care")) == ("貸与", "可", "手話通訳")
    third = {**again, "received_at": "2026/09/06 9:00", "receipt_number": "3"}
    assert judged(store, given(third)).outcome == "重複"  # the hand is remembered beyond the second sending


def test_whom_a_clerk_took_off_the_roster_is_asked_about_when_the_row_comes_again(store, given):
    file = given(FIRST)
    take(store, file)
    remove_entries(ActionContext(store, **WHO), entry_ids=[line_of(store).entries[0].id])
    shown = judged(store, file)
    assert (shown.outcome, "名簿から外した" in shown.reason) == ("確認が必要", True)
    take(store, file | {"include_doubtful": True})
    assert not rows(store.database, Entry)
    take(store, file | {"mends": {1: RowCorrection(decision="取り込む")}})
    assert line_of(store).name == "見本 一江"


REPORTS = Path(__file__).parents[2] / "fixtures" / "reports"
LECTURE = 7
AT = {"by": BY, "now": sample.NOW}
year = made_by(sample.sample_store)


def sent(year, name, event_id=LECTURE, **arguments):
    context = ActionContext(year, **AT)
    return import_applications(context, path=REPORTS / f"{name}.csv", event_id=event_id, **arguments).preview.rows


def printed(year):
    event = by_id(year.database, Event, LECTURE)
    return [
        one.address for one in addressees(year, event=event, kind=DECISION, unit="1人ごと", today=date(2026, 12, 1))
    ]


def test_a_corrected_house_and_a_new_address_are_held_and_printed_on_labels(year):
    for name in ("q02_住所の訂正_1回目", "q03_転居_1回目"):
        sent(year, name, include_doubtful=True)
    again = sent(year, "q02_住所の訂正_2回目")
    assert [(one.outcome, [change.key for change in one.changes]) for one in again] == [("更新", ["address"])] * 3
    sent(year, "q03_転居_2回目", include_doubtful=True)
    with year.change(action="決定", by=BY, now=sample.NOW) as change:
        for one in rows(year.database, Entry, event_id=LECTURE):
            change.update(Entry, one.id, state="決定")
    wanted = {"練馬区見本二丁目2-3-101", "練馬区見本2-3-4 B棟101", "練馬区別見本9-9-9", "練馬区別見本8-8-8"}
    assert wanted <= set(printed(year))


def test_who_was_taken_off_is_never_new_again(year):
    sent(year, "q04_名簿から外した人")
    first = next(one for one in applications_of_event(year, event_id=LECTURE).rows if one.name == "見本 一江")
    remove_entries(ActionContext(year, **AT), entry_ids=[first.entries[0].id])
    again = sent(year, "q04_名簿から外した人")
    assert [one.outcome for one in again] == ["確認が必要", "重複"]


def test_a_name_or_reading_written_otherwise_is_asked_with_both_forms(year):
    sent(year, "q06_字の訂正_1回目", include_doubtful=True)
    again = sent(year, "q06_字の訂正_2回目")
    assert {one.outcome for one in again} == {"確認が必要"}
    both = ("高見本 一江→髙見本 一江", "みほん ふたえ→みほん にえ", "見本 惠→見本 恵", "斉藤見本 一郎→齋藤見本 一郎")
    assert all(words in one.reason for words, one in zip(both, again, strict=True)), [one.reason for one in again]

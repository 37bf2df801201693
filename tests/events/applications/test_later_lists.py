"""What a later list says otherwise of somebody who applied is noticed and taken over, whichever field says it."""

import csv
from dataclasses import replace
from datetime import datetime
from functools import partial

import pytest

from app.actions.action_context import ActionContext
from app.event.rules.participation import NO_ARRANGEMENT_NEEDED
from app.events.applications.rules import EXTRA_FIELDS, UNCOMPARED_FIELDS
from app.events.applications.services.application_import import import_applications, preview_applications
from app.events.applications.services.application_preview import RowCorrection
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.applications.services.applications import applications_of_event
from app.events.calls.services.call_sheet import read_call_sheet
from app.events.roster.services.entry_changes import record_absence
from app.history import services as history_services
from app.importing.list_target import revert_import
from db.fields import specs
from db.records.applications import Application
from db.records.events import Event
from db.records.organisations import Contact
from db.records.roster import Arrangement, Entry
from db.rows import by_id, rows
from tests.support.application_rows import BY, HEADINGS, NOW, row, year_store
from tests.support.history_lines import list_history
from tests.support.stores import made_by

WHO = {"by": BY, "now": NOW}
acting = partial(ActionContext, by=BY, now=NOW)
NAME = "髙橋　みほん"
FIRST, LATER = "2026/09/03 9:00", "2026/09/05 9:00"
WISHED = ("第1希望日", "第2希望日")
store = made_by(lambda place: year_store(place, organisations=[("第1支部", "みほん一丁目町会")]))


@pytest.fixture
def given(tmp_path):
    """A list with more columns than the usual ones, each row the usual cells with theirs."""

    def written(*lines, more=("備考",)):
        path = tmp_path / "申込.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([[*HEADINGS, *more], *([*usual, *own] for usual, *own in lines)])
        return {"path": path, "event_id": 1}

    return written


def first(**said):
    """The first application of one person."""
    return row(1, NAME, at=FIRST, **said)


def later(**said):
    """A later one of the same person."""
    return row(2, NAME, at=LATER, phone="03-0000-0001", **said)


def line_of(store):
    (found,) = applications_of_event(store, event_id=1).rows
    return found


def test_every_field_that_lists_bring_is_told_by_a_place_or_is_no_change_or_counts_as_one():
    brought = {name for name, told in specs(Application).items() if told.spec.heading}
    assert brought == UNCOMPARED_FIELDS | set(EXTRA_FIELDS)
    assert not UNCOMPARED_FIELDS & set(EXTRA_FIELDS)
    assert "note" in EXTRA_FIELDS


def test_a_list_in_which_only_the_remark_is_another_changes_it_and_is_taken_back(store, given):
    import_applications(acting(store), **given((first(), "駐車場を使う")))
    (shown,) = preview_applications(store, **given((later(), "電車で行く"))).rows
    assert (shown.outcome, shown.reason) == ("更新", "申込済みの人の申込。本人のことばが変わります")

    taken = import_applications(acting(store), **given((later(), "電車で行く")))
    assert line_of(store).application.note == "電車で行く"
    said = [one for line in list_history(store)[:1] for one in line.changes]
    assert ("申込", "加えた") in [(one.row_name.partition("「")[0], one.after) for one in said]
    assert [shown.outcome for shown in preview_applications(store, **given((later(), "電車で行く"))).rows] == ["重複"]

    history_services.undo(store, **WHO)
    assert line_of(store).application.note == "駐車場を使う"
    history_services.redo(store, **WHO)
    revert_import(acting(store), APPLICATIONS_TARGET, import_id=taken.id)
    assert line_of(store).application.note == "駐車場を使う"


def test_a_remark_that_was_not_there_is_added_and_the_same_once_more_is_no_change(store, given):
    import_applications(acting(store), **given((first(), "")))
    registered = replace(line_of(store), application=replace(line_of(store).application, organisation_name=""))
    assert registered.organisation_name == "みほん一丁目町会"
    (shown,) = preview_applications(store, **given((later(), "駐車場を使う\n裏口から"))).rows
    assert (shown.outcome, shown.reason) == ("更新", "申込済みの人の申込。本人のことばが加わります")
    (shown,) = preview_applications(store, **given((later(), ""))).rows
    assert (shown.outcome, shown.reason) == ("重複", "申込済みの人の、同じ内容の申込")


def test_an_empty_cell_keeps_the_remark_although_something_else_changes(store, given):
    import_applications(acting(store), **given((first(), "駐車場を使う")))
    made = import_applications(acting(store), **given((later(端末="貸与"), "")))
    assert [shown.reason for shown in made.preview.rows] == ["申込済みの人の申込。端末　持参→貸与"]
    assert line_of(store).application.note == "駐車場を使う"


def test_within_one_file_the_later_row_counts_and_an_empty_cell_keeps_what_the_first_one_said(store, given):
    last = row(3, NAME, at="2026/09/06 9:00", phone="03-0000-0001", 端末="貸与")
    lines = ((first(), "駐車場を使う"), (later(端末="貸与"), ""), (last, "電車で行く"))
    made = import_applications(acting(store), **given(*lines))
    assert [shown.reason for shown in made.preview.rows] == [
        "", "2行目と同じ人の申込。端末　持参→貸与", "3行目と同じ人の申込。本人のことばが変わります",
    ]  # fmt: skip
    assert (line_of(store).application.note, line_of(store).entries[0].device) == ("電車で行く", "貸与")
    history_services.undo(store, **WHO)
    import_applications(acting(store), **given(*lines[:2]))
    assert line_of(store).application.note == "駐車場を使う"


def test_an_earlier_application_that_turns_up_later_changes_no_remark(store, given):
    import_applications(acting(store), **given((later(), "電車で行く")))
    (shown,) = preview_applications(store, **given((first(), "駐車場を使う"))).rows
    assert [change.key for change in shown.changes] == ["applied_at"]


def test_days_wished_for_change_as_a_whole_and_stay_where_a_list_names_none(store, given):
    import_applications(acting(store), **given((first(), "2026/9/30", "2026/10/1"), more=WISHED))
    (shown,) = preview_applications(store, **given((later(), "2026/10/5", ""), more=WISHED)).rows
    assert shown.reason == "申込済みの人の申込。備考　第1希望日　9/30／第2希望日　10/1→第1希望日　10/5"
    (shown,) = preview_applications(store, **given((later(), "", ""), more=WISHED)).rows
    assert shown.outcome == "重複"
    import_applications(acting(store), **given((later(端末="貸与"), "", ""), more=WISHED))
    assert line_of(store).application.note == "第1希望日　9/30\n第2希望日　10/1"


def test_a_remark_that_speaks_of_a_need_says_in_the_list_only_that_it_changes(store, given):
    import_applications(acting(store), **given((first(), "")))
    (shown,) = preview_applications(store, **given((later(), "車いすで行きます"))).rows
    assert shown.outcome == "更新"
    assert "車いす" not in shown.reason
    assert "本人のことばが加わります" in shown.reason


def test_another_receipt_number_or_way_alone_is_the_same_application_once_more(store, given):
    import_applications(acting(store), **given((first(), "")))
    (shown,) = preview_applications(store, **given((later(方法="電話", ふりがな="みほん　たろう"), ""))).rows
    assert shown.outcome == "重複"


def test_who_comes_along_and_applies_alone_later_says_nothing_of_what_the_other_wrote(store, given):
    more = ("備考", "同行者の氏名")
    import_applications(acting(store), **given((first(人数="2"), "駐車場を使う", "佐藤　みほん"), more=more))
    alone = row(3, "佐藤　みほん", at=LATER, 端末="貸与")
    (shown,) = preview_applications(store, **given((alone, "", ""), more=more)).rows
    assert (shown.outcome, [change.key for change in shown.changes]) == ("更新", ["furigana", "device", "phone"])
    import_applications(acting(store), **given((alone, "", ""), more=more))
    told = {one.name: one.application.note for one in applications_of_event(store, event_id=1).rows}
    assert told == {NAME: "駐車場を使う", "佐藤　みほん": ""}


def test_two_earlier_applications_in_one_list_set_the_time_right_once_and_change_nothing_else(store, given):
    import_applications(acting(store), **given((later(端末="貸与"), "電車で行く")))
    between = row(3, NAME, at="2026/09/04 9:00", phone="03-0000-0001", 端末="持参")
    made = import_applications(acting(store), **given((first(), "駐車場を使う"), (between, "自転車で行く")))
    assert [shown.outcome for shown in made.preview.rows] == ["更新", "重複"]
    line = line_of(store)
    assert (line.entries[0].device, line.application.note) == ("貸与", "電車で行く")
    assert line.entries[0].applied_at == datetime(2026, 9, 3, 9, 0)


def test_who_applies_again_after_telling_an_absence_is_asked_and_comes_again(store, given):
    import_applications(acting(store), **given((first(), "")))
    place = line_of(store).entries[0].id
    record_absence(ActionContext(store, BY, datetime(2026, 9, 4, 9)), entry_id=place)

    (shown,) = preview_applications(store, **given((later(), ""))).rows
    assert (shown.outcome, shown.reason) == ("確認が必要", "この実施回で欠席の連絡があった人の申込です")
    decided = {shown.row: RowCorrection(decision="取り込む")}
    import_applications(acting(store), **given((later(), "")), mends=decided)
    assert line_of(store).entries[0].absent_told_at is None


def test_an_application_of_before_the_absence_that_turns_up_later_leaves_it(store, given):
    import_applications(acting(store), **given((first(), "")))
    place = line_of(store).entries[0].id
    told = datetime(2026, 9, 6, 9)
    record_absence(ActionContext(store, BY, told), entry_id=place)

    import_applications(acting(store), **given((later(), "駐車場を使う")))
    assert line_of(store).entries[0].absent_told_at == told


def test_who_is_called_instead_stays_until_a_later_list_names_another(store, given):
    def called():
        (line,) = read_call_sheet(store.database, by_id(store.database, Event, 1)).lines
        return [phone.number for phone in line.phones], [one.note for one in line_of(store).contacts if one.note]

    deputy = {"more": ("連絡担当の氏名", "連絡担当の電話")}
    import_applications(acting(store), **given((first(), "見本 二子", "03-0000-0022"), **deputy))
    kept = called()
    assert kept == (["03-0000-0022", "03-0000-0001"], ["連絡担当　見本 二子"])
    # An event of a second wish keeps the first application and its contact.
    with store.change(action="用意", **WHO) as change:
        other = change.insert(replace(rows(store.database, Entry)[0], id=0, event_id=2))
    import_applications(acting(store), **given((later(端末="貸与"), "見学"), more=("備考",)))
    assert called() == kept
    (line,) = applications_of_event(store, event_id=2).rows
    assert [one.note for one in line.contacts if one.note] == kept[1]
    history_services.undo(store, **WHO)
    with store.change(action="用意", **WHO) as change:
        change.delete(Entry, other)
    import_applications(acting(store), **given((later(端末="貸与"), "見学"), more=("備考",)))
    assert called() == kept
    third = row(3, NAME, at="2026/09/07 9:00", phone="03-0000-0001", 端末="貸与")
    changed = "申込済みの人の申込。連絡担当が変わります"
    for name, number, said in (
        ("見本二子", "０３（００００）００２２", "申込済みの人の、同じ内容の申込"),
        ("見本 三子", "03-0000-0022", changed), ("", "03-0000-0033", changed),
    ):  # fmt: skip
        (shown,) = preview_applications(store, **given((third, name, number), **deputy)).rows
        assert shown.reason == said
    import_applications(acting(store), **given((third, "見本 三子", "03-0000-0033"), **deputy))
    assert called() == (["03-0000-0033", "03-0000-0001"], ["連絡担当　見本 三子"])


def test_who_is_named_to_be_called_instead_without_a_number_stands_in_the_remarks(store, given):
    deputy = {"more": ("連絡担当の氏名", "連絡担当の電話", "備考")}
    import_applications(acting(store), **given((first(), "見本 二子", "", "見学"), **deputy))
    assert line_of(store).application.note == "連絡担当　見本 二子\n見学"
    third = row(3, NAME, at="2026/09/07 9:00", phone="03-0000-0001")
    for line, note in (
        ((later(), "", "", ""), "連絡担当　見本 二子\n見学"),
        ((later(), "見本 三子", "", ""), "連絡担当　見本 三子\n見学"),
        ((third, NAME.replace("　", ""), "", ""), "連絡担当　見本 三子\n見学"),
        ((third, "本人", "", ""), "連絡担当　見本 三子\n見学"), ((third, "見本 四子", "03-0000-0022", ""), "見学"),
    ):  # fmt: skip
        import_applications(acting(store), **given(line, **deputy))
        assert line_of(store).application.note == note
    assert [one.note for one in line_of(store).contacts if one.note] == ["連絡担当　見本 四子"]


def test_a_row_for_two_events_in_which_its_person_has_places_notes_once_who_is_called_instead(store, given):
    deputy = {"more": ("連絡担当の氏名", "連絡担当の電話")}
    both = {"wishes": "Instagram講習会、意見交換会"}
    for line in ((first(**both), "", ""), (later(**both), "見本 二子", "03-0000-0022")):
        import_applications(acting(store), **given(line, **deputy) | {"event_id": None})
    assert [(one.event_id, one.application_id) for one in rows(store.database, Entry)] == [(3, 2), (4, 2)]
    (told,) = rows(store.database, Contact, person_id=None)
    assert (told.application_id, told.value) == (2, "03-0000-0022")


def test_a_need_that_a_later_list_says_otherwise_is_to_be_reviewed_again(store, given):
    import_applications(acting(store), **given((first(配慮="前の席"), "")))
    place = line_of(store).entries[0]
    with store.change(action="手配不要にした", **WHO) as change:
        change.insert(Arrangement(event_id=1, entry_id=place.id, content=NO_ARRANGEMENT_NEEDED, settled_on=NOW.date()))
    import_applications(acting(store), **given((later(配慮="手話通訳"), "")))
    assert line_of(store).entries[0].care == "手話通訳"
    assert rows(store.database, Arrangement) == []

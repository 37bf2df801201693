"""本人からの申出: recorded with the correction it leads to, on home until something is done, erased with the person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.actions.user_error import UserError
from app.history import services as history
from app.home.today.services.home import read_home
from app.registers.register.screens.people_page import PeoplePage
from app.registers.register.services import organisations, people, person_merge
from app.registers.register.services.mistake_reports import save_report
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.widgets.dialogs.form_dialog import FormDialog
from db.records.organisations import Contact, Person
from db.records.year.rights import MistakeReport
from db.rows import by_id, rows
from tests.support.doing import do
from tests.support.erased import text_in
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.sample_desk import dialog_over, session, shown
from tests.support.stores import made_by
from tests.support.undo_rights import report

TODAY = NOW.date()
SAID = "鵺という字が違う"
store = made_by(sample_store)


def at_home(store, today=TODAY):
    view = read_home(store, today=today)
    found = (*view.rows, *view.passed_targets, *view.later_rows)
    return [(one.task.due, one.task.label, one.task.link.person_id) for one in found if "申出" in one.task.label]


def test_report_and_correction_are_one_act_that_is_undone_together(store):
    context, before = acting(store), by_id(store.database, Person, 1)
    people.update_person(context, person_id=1, name="鵺　花子", furigana="", note="", report=report(about=SAID))
    (made,) = rows(store.database, MistakeReport)
    assert (made.about, made.done, made.done_on, made.by) == (SAID, "登録を直した", TODAY, BY)
    assert at_home(store) == []
    history.undo(store, by=BY, now=NOW)
    assert by_id(store.database, Person, 1) == before
    assert rows(store.database, MistakeReport) == []


def test_a_contact_and_a_role_are_corrected_with_it_too(store):
    context = acting(store)
    contact = organisations.save_contact(
        context, contact=Contact(person_id=1, value="03-0000-0001", purpose="連絡"), report=report(about="電話")
    )
    assert "申出も記録しました" in contact.message
    people.correct_role(context, person_id=1, organisation_id=1, role="会計", report=report(about="役職"))
    assert [(one.about, one.done) for one in people.read_person(store, person_id=1).reports] == [
        ("役職", "登録を直した"),
        ("電話", "登録を直した"),
    ]


def test_it_stands_on_home_until_something_was_done_and_home_says_not_what_is_wrong(store):
    save_report(acting(store), report=report(about=SAID))
    assert at_home(store) == [(TODAY + timedelta(days=7), "本人からの申出に対応する", 1)]
    (one,) = rows(store.database, MistakeReport)
    save_report(acting(store), report=replace(one, done="説明した", done_on=TODAY))
    assert at_home(store) == []


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"about": "　"}, "申出の内容"),
        ({"about": "あ" * 201}, "201字ある"),
        ({"received_on": TODAY + timedelta(days=1)}, "申出の日"),
        ({"done_on": TODAY}, "したことが書かれていません"),
        ({"done_on": TODAY - timedelta(days=1), "done": "直した"}, "したことの日"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_corrected(store, wrong, words):
    before = by_id(store.database, Person, 1)
    with pytest.raises(UserError, match=words):
        save_report(acting(store), report=report(**wrong))
    if "done_on" not in wrong:
        with pytest.raises(UserError, match=words):
            people.update_person(acting(store), person_id=1, name="別", furigana="", note="", report=report(**wrong))
    assert by_id(store.database, Person, 1) == before
    assert rows(store.database, MistakeReport) == []


def test_it_goes_where_two_entries_become_one_and_is_erased_with_the_person(store):
    context = acting(store)
    keep = people.add_person(context, name="鵺沢　一郎").id
    drop = people.add_person(context, name="鵺澤　一郎").id
    save_report(context, report=report(person_id=drop, about=SAID, said_by="鵺沢　一郎"))
    person_merge.merge_people(context, keep_id=keep, drop_id=drop)
    assert [one.person_id for one in rows(store.database, MistakeReport)] == [keep]
    mark_person_for_erasing(context, person_id=keep, reason="本人から申出", places={})
    erase_marked(store, NOW + timedelta(days=1))
    assert SAID not in text_in(store)
    assert "鵺" not in text_in(store)


def test_a_clerk_records_it_at_the_person(qtbot, tmp_path):
    with session(tmp_path) as desk:
        page = PeoplePage(desk)
        page.select_person(1)
        page.reload()
        shown(qtbot, page, desk)
        page.detail.contacts.table.choose(lambda _one: True)
        acts = dict(page.detail.report.entries())
        assert acts["選んだ連絡先が違う"] is not None
        acts["氏名・ふりがなが違う"]()
        dialog = dialog_over(page, FormDialog)
        dialog.form.set_values({"about": SAID, "name": "鵺　花子"})
        do(qtbot, desk, dialog.confirmed.emit)
        do(qtbot, desk, page.reload)
        assert by_id(desk.store.database, Person, 1).name == "鵺　花子"
        assert page.detail.reports.isVisible()
        acts["そのほか・あとで直す"]()
        dialog_over(page, FormDialog).form.set_values({"about": "住所"})
        do(qtbot, desk, dialog_over(page, FormDialog).confirmed.emit)
        do(qtbot, desk, page.reload)
        assert [one.done for one in page.detail.view.reports] == ["", "登録を直した"]

"""The page 消す時期が来たもの: nothing ticked beforehand, a press asks once more, who keeps gives reason and day."""

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.actions.action_context import ActionContext
from app.history import services as history_services
from app.settings.disposal.screens import DisposalScreen, JudgeTextsDialog, OutsideFilesDialog
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.widgets.dialogs.form_dialog import FormDialog
from db.records.disposals import Disposal, DisposalHold
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Contact, Organisation, Person
from db.records.roster import Entry
from db.redactions import REDACTED
from db.rows import rows
from tests.support.doing import do
from tests.support.left_papers import outgoing
from tests.support.sample_desk import dialog_over, rows_in_sight, session, shown
from tests.support.waiting import press, read_again, wait_idle
from tests.support.years import add_lecture

DAY = datetime(2027, 4, 12, 10, 0)
END = date(2027, 4, 30)


@pytest.fixture
def screen(qtbot, store, desk_at):
    event_id = add_lecture(store, date(2026, 11, 5), subject="活用事例の紹介")
    with store.change(action="連絡先", by="見本 太郎", now=DAY, subject="roster") as change:
        person = change.insert(Person(name="乙川 一郎"))
        change.insert(Contact(person_id=person, value="03-0000-2001", dispose_on=END))
        change.insert(Contact(event_id=event_id, note="発表 太郎", value="03-0000-2002", dispose_on=date(2027, 4, 2)))
    made = DisposalScreen(desk_at(DAY))
    qtbot.addWidget(made)
    made.resize(1190, 720)
    do(qtbot, made.app_context, made.show)
    yield made
    wait_idle(qtbot, made.app_context)


def pressed(qtbot, screen, **typed):
    dialog = dialog_over(screen, FormDialog)
    dialog.form.set_values(dialog.form.values() | typed)
    press(qtbot, screen.app_context, dialog.main)
    read_again(qtbot, screen)


def states(screen):
    return [(row.state, row.count) for row in screen.table.model.records()]


def test_a_kind_is_ticked_by_the_keyboard_pressed_and_hidden_and_erased_on_a_later_day(qtbot, store, screen):
    assert states(screen) == [("due", 1), ("due", 1)]
    assert (screen.press.isEnabled(), screen.sum.text()) == (False, "選んだもの なし")
    screen.table.choose(lambda row: row.until == END)
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Space)
    assert screen.sum.text().startswith("選んだもの 1種・1")
    assert screen.press.text() == "1種・1に消す印を付ける"
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Space)
    assert not screen.press.isEnabled()
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Space)
    screen.press.click()
    pressed(qtbot, screen, witness="立会 花子")
    assert states(screen) == [("due", 1), ("marked", 1)]
    assert [one.value for one in rows(store.database, Contact)] == [REDACTED, "03-0000-2002"]
    assert rows(store.database, Disposal)[0].witness == "立会 花子"
    assert not screen.press.isEnabled()
    erase_marked(store, datetime(2027, 4, 13, 8, 30))
    read_again(qtbot, screen)
    assert states(screen) == [("due", 1), ("erased", 1)]
    screen.table.choose(lambda row: row.state == "erased")
    assert screen.record_button.isEnabled()


def test_a_kind_is_kept_with_reason_and_day_and_a_mark_is_taken_back(qtbot, store, screen):
    screen.table.choose(lambda row: row.until == END)
    screen.keep_button.click()
    pressed(qtbot, screen, reason="報告書の確認が済んでいない", until=date(2027, 5, 20))
    assert states(screen) == [("due", 1), ("kept", 1)]
    assert rows(store.database, DisposalHold)[0].until == date(2027, 5, 20)
    history_services.undo(store, by=screen.app_context.user_name, now=screen.app_context.now())
    read_again(qtbot, screen)
    assert states(screen) == [("due", 1), ("due", 1)]


def test_who_stays_in_the_register_is_said_with_what_the_ward_can_do(qtbot, store, screen):
    said = " ".join(one.text() for one in screen.findChildren(QLabel))
    assert "申込のない役員の氏名は、名簿として残ります。消すときは、「団体」の「人」で" in said
    assert "紙は、区で消してください" in said


def test_one_person_is_asked_about_from_the_register_with_what_stays_in_backups(qtbot, store, screen):
    (person,) = rows(store.database, Person)
    do(qtbot, screen.app_context, screen.open_with, person_id=person.id)
    dialog = dialog_over(screen, FormDialog)
    said = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert [word for word in ("乙川 一郎", "36か月残すため、申出があっても") if word not in said] == []
    pressed(qtbot, screen, reason="4月12日 電話で本人から申出")
    (marked,) = rows(store.database, Disposal)
    assert (marked.kind, marked.why, marked.count) == ("request", "4月12日 電話で本人から申出", 1)
    assert "乙川 一郎" not in str(screen.table.model.records())
    assert rows(store.database, Person)[0].name.startswith(REDACTED)


def test_the_dialog_shows_which_texts_name_the_person(qtbot, store, screen):
    (person,) = rows(store.database, Person)
    with store.change(action="書いた", by="見本 太郎", now=DAY, subject="register") as change:
        change.insert(Organisation(name="見本町会", note="乙川さんは耳が遠いので、電話は午後に"))
        for number in range(7):
            change.insert(Organisation(name=f"見本町会{number}", note="乙川一郎さんの紹介"))
    do(qtbot, screen.app_context, screen.open_with, person_id=person.id)
    dialog = dialog_over(screen, FormDialog)
    said = "\n".join(one.text() for one in dialog.findChildren(QLabel))
    assert "文の中に氏名がある所（消えません。先に書き直せます）　7か所" in said
    assert "・ほか2か所" in said
    assert "・団体「見本町会」の備考「乙川さんは耳が遠いので、電話は午後に」" in said


def test_of_each_place_to_come_the_dialog_asks_what_becomes_of_it(qtbot, store, screen):
    (person,) = rows(store.database, Person)
    with store.change(action="枠", by="見本 太郎", now=DAY, subject="roster") as change:
        group = change.insert(Organisation(name="見本みどりがおか団地自治会連合会"))
        days = [date(2027, 5, 20), date(2027, 6, 3), date(2027, 6, 10)]
        made = [
            change.insert(
                Event(programme_id=1, kind="講習会", form=EventForm.LECTURE, subject="写真の整理", event_date=day)
            )
            for day in days
        ]
        held = {"person_id": person.id, "state": "決定"}
        places = [change.insert(Entry(event_id=one, organisation_id=group, **held)) for one in made[:2]]
        places.append(change.insert(Entry(event_id=made[2], **held)))
    do(qtbot, screen.app_context, screen.open_with, person_id=person.id)
    dialog = dialog_over(screen, FormDialog)
    fields = {one.key: one for one in dialog.form.fields if one.kind == "radio"}
    assert [len(one.choices) for one in fields.values()] == [2, 2, 1], "of no 団体 nobody else can be sent"
    assert all(dialog.form.values()[key] == "辞退" for key in fields)
    assert "見本みどりがおか団地自治会連合会（辞退受理通知）" in next(iter(fields.values())).hint
    pressed(qtbot, screen, **{"reason": "4月12日 電話で本人から申出", list(fields)[1]: "氏名未定"})
    states_now = {one.id: (one.state, one.person_id) for one in rows(store.database, Entry)}
    assert [states_now[one] for one in places] == [("辞退", person.id), ("決定", None), ("辞退", person.id)]
    history_services.undo(store, by=screen.app_context.user_name, now=screen.app_context.now())
    assert {one.state for one in rows(store.database, Entry)} == {"決定"}


def test_what_was_saved_outside_is_listed_from_the_page(qtbot, store, screen):
    row = outgoing(
        "受付名簿",
        way="そのまま保存",
        personal=True,
        file_name="名簿.pdf",
        by="見本 太郎",
        at=DAY,
        detail={"保存した場所": "E:/名簿"},
    )
    with store.change(action="保存", by="見本 太郎", now=DAY, subject="papers") as change:
        change.insert(row)
    press(qtbot, screen.app_context, screen.saved_button)
    dialog = dialog_over(screen, OutsideFilesDialog)
    assert [one.folder for one in dialog.table.model.records()] == ["E:/名簿"]


def test_on_a_low_page_the_rows_have_the_room_and_what_stays_opens_by_its_line(qtbot, tmp_path):
    with session(tmp_path) as desk:
        screen = shown(qtbot, DisposalScreen(desk), desk, width=766, height=438)
        assert rows_in_sight(screen.table) >= 3  # of three and four lines each, with the heading of their group
        assert (screen.title.toolTip(), screen.saved_button.isVisible()) == (screen.never.text(), True)
        assert not screen.staying.isVisible()
        screen.folded.click()
        assert screen.staying.isVisible()
        screen.resize(1190, 720)
        qtbot.waitUntil(screen.never.isVisible)
        assert (screen.folded.isVisible(), screen.staying.isVisible()) == (False, True)


def test_a_surname_in_a_text_is_judged_in_its_list(qtbot, store, screen):
    """The button stands there only where there is something to say; each answer takes its line away."""
    assert not screen.places_button.isVisible()
    with store.change(action="紹介", by="見本 太郎", now=DAY, subject="organisations") as change:
        person = change.insert(Person(name="戊山　春子"))
        change.insert(Organisation(name="残る町会", note="戊山さんは耳が遠い"))
        change.insert(Organisation(name="次の町会", note="会長は戊山さん"))
    mark_person_for_erasing(ActionContext(store, "見本 太郎", DAY), person_id=person, reason="申出")
    erase_marked(store, DAY + timedelta(days=1))
    read_again(qtbot, screen)
    assert screen.places_button.text() == "だれのことか確かめる（2か所）"
    screen.places_button.click()
    dialog = dialog_over(screen, JudgeTextsDialog)
    assert [one.text for one in dialog.table.model.records()] == ["戊山さんは耳が遠い", "会長は戊山さん"]
    for button in (dialog.theirs, dialog.another):
        press(qtbot, screen.app_context, button)
    assert (dialog.table.model.records(), dialog.theirs.isEnabled()) == ([], False)
    sorts = {item.sort for one in rows(store.database, Disposal) for item in one.items if item.column}
    assert sorts == {"", "another"}
    do(qtbot, screen.app_context, dialog.reject)
    assert not screen.places_button.isVisible()
    assert "団体「残る町会」の備考" in screen.staying.text()
    history_services.undo(store, by="見本 太郎", now=DAY)
    read_again(qtbot, screen)
    assert screen.places_button.text() == "だれのことか確かめる（1か所）"


def test_a_clock_that_leapt_is_asked_about_on_the_page(qtbot, store, screen, desk_at):
    assert not screen.day_button.isVisible()
    person = rows(store.database, Person, name="乙川 一郎")[0].id
    mark_person_for_erasing(ActionContext(store, "見本 太郎", DAY), person_id=person, reason="申出")
    later = DisposalScreen(desk_at(DAY + timedelta(days=90)))
    qtbot.addWidget(later)
    later.resize(1190, 720)
    later.show()
    read_again(qtbot, later)
    assert later.asked.isVisible()
    assert "パソコンの日付が" in later.asked.text()
    press(qtbot, later.app_context, later.day_button)
    read_again(qtbot, later)
    assert (later.asked.isVisible(), later.day_button.isVisible()) == (False, False)
    assert [one.confirmed_at is not None for one in rows(store.database, Disposal)] == [True]

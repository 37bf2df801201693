"""電話の申込 by the keyboard alone, and the list where an application is changed, withdrawn and named."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from app.actions.action_context import ActionContext
from app.events.applications.parts import ApplicationFields, DataEntryDialog
from app.events.applications.screens.applications_screen import ApplicationsScreen, ChangeDialog
from app.events.applications.services import manual_entry
from app.events.applications.services.application_import import import_applications
from app.events.applications.services.manual_entry import TypedApplication
from app.events.roster.services.roster import read_roster
from app.widgets.dialogs.form_dialog import FormDialog
from db.fields import editable_fields, specs
from db.records.applications import Application
from db.records.roster import Device, Entry
from db.rows import by_id, rows
from tests.support.application_rows import BY, NOW, year_store
from tests.support.doing import do
from tests.support.input_method import compose
from tests.support.pressing import press_key
from tests.support.sample_desk import empty_screen, shown
from tests.support.waiting import wait_idle

ENTER = Qt.Key.Key_Return


@pytest.fixture
def store(tmp_path):
    found = year_store(tmp_path, organisations=[("第1支部", "みほん一丁目町会"), ("第3支部", "みほん親和会")])
    manual_entry.add_application(
        ActionContext(found, BY, NOW), typed=typed(event_id=3, name="髙橋　みほん", furigana="たかはし　みほん")
    )
    yield found
    found.database.conn.close()


def typed(**values):
    usual = {"event_id": 1, "organisation_id": 2, "phone": "03-0000-1111", "device": Device.LENT}
    return TypedApplication(**(usual | values))


@pytest.fixture
def desk(desk_at):
    return desk_at(NOW, user_name=BY, undoes=True)


@pytest.fixture
def screen(qtbot, desk):
    return shown(qtbot, ApplicationsScreen(desk), desk, active=True, event_id=1, page="一覧")


@pytest.fixture
def telephone(qtbot, desk):
    dialog = DataEntryDialog(empty_screen(qtbot, desk), 1)
    qtbot.addWidget(dialog)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    wait_idle(qtbot, desk)
    return dialog


def write(field, text):
    """Type text that no key of this keyboard gives."""
    field.setText(text)
    field.textEdited.emit(text)


def press(qtbot, dialog, key, times=1):
    for _ in range(times):
        qtbot.keyClick(dialog.focusWidget(), key)


def take_group(qtbot, desk, telephone, words):
    """Find a 団体 by what is typed and take the first with Enter."""
    write(telephone.fields.finder.line, words)
    do(qtbot, desk, telephone.fields.finder.find_now)
    press(qtbot, telephone, ENTER)
    wait_idle(qtbot, desk)


def changing_dialog(screen):
    """The dialog that changes the application of the list."""
    screen.list.table.choose(lambda _line: True)
    screen.list.change.click()
    return [one for one in screen.findChildren(ChangeDialog) if one.isVisible()][-1]


def test_who_came_to_type_one_application_stands_again_where_they_were(qtbot, desk, screen):
    screen.open_with(event_id=1, page="電話")
    dialog = screen.window().findChild(DataEntryDialog)
    qtbot.waitUntil(dialog.isVisible)
    with qtbot.waitSignal(desk.return_requested) as asked:
        dialog.reject()
    assert asked.args == ["event", {"event_id": 1, "tab": "参加者"}, True]


def test_somebody_remembered_is_typed_with_two_letters_and_a_few_enters(qtbot, desk, telephone, store):
    fields = telephone.fields
    assert fields.finder.line.hasFocus()
    write(fields.finder.line, "親和")
    press(qtbot, telephone, ENTER)
    wait_idle(qtbot, desk)
    assert fields.finder.organisation.name == "みほん親和会"
    assert fields.name.hasFocus()
    press(qtbot, telephone, Qt.Key.Key_Down)
    press(qtbot, telephone, ENTER)
    assert (fields.name.text(), fields.phone.text(), fields.device.currentText()) == (
        "髙橋　みほん", "03-0000-1111", "貸与",
    )  # fmt: skip
    assert fields.device.hasFocus()
    press(qtbot, telephone, ENTER, times=4)
    wait_idle(qtbot, desk)
    (row,) = read_roster(store, event_id=1).rows
    assert (row.name, row.entry.device, row.entry.way, row.entry.applied_at) == ("髙橋　みほん", "貸与", "電話", NOW)
    assert fields.finder.line.hasFocus()
    assert fields.name.text() == ""
    assert "あと19人" in telephone.places.text()


def test_what_came_with_a_known_person_goes_when_another_name_is_typed(qtbot, desk, telephone):
    fields = telephone.fields
    write(fields.finder.line, "親和")
    press(qtbot, telephone, ENTER)
    wait_idle(qtbot, desk)
    press(qtbot, telephone, Qt.Key.Key_Down)
    press(qtbot, telephone, ENTER)
    assert (fields.furigana.text(), fields.phone.text()) == ("たかはし　みほん", "03-0000-1111")
    write(fields.name, "例谷　花子")
    assert (fields.furigana.text(), fields.phone.text(), fields.device.currentIndex()) == ("", "", 0)


def test_a_name_written_before_is_offered_and_the_reading_comes_with_the_typing(qtbot, desk, telephone, store):
    for name in ("みほん第13町会", "みほん第3町会", "第3の会"):
        manual_entry.add_application(
            ActionContext(store, BY, NOW),
            typed=typed(event_id=3, organisation_id=None, organisation_name=name, name="例谷　次郎"),
        )
    fields = telephone.fields
    write(fields.finder.line, "第3")
    do(qtbot, desk, fields.finder.find_now)
    offered = [fields.finder.list.item(row).text() for row in range(fields.finder.list.count())]
    # 第3支部 is in the register; what only was written comes after it, what begins like this first.
    assert offered == [
        "みほん親和会　第3支部",
        "第3の会　（前の申込の書き方）",
        "みほん第3町会　（前の申込の書き方）",
        "「第3」を新しく加える",
    ]
    press(qtbot, telephone, Qt.Key.Key_Down, times=2)
    press(qtbot, telephone, ENTER)
    assert (fields.finder.text, fields.finder.organisation) == ("みほん第3町会", None)
    assert fields.name.hasFocus()
    compose(fields.name, "れいたに", "例谷")
    compose(fields.name, "　")
    compose(fields.name, "はなこ", "花子")
    assert fields.furigana.text() == "れいたに　はなこ"
    press(qtbot, telephone, ENTER)
    assert fields.phone.hasFocus()
    write(fields.phone, "03-0000-2222")
    fields.phone.setFocus()
    do(qtbot, desk, telephone.go_on.click)

    (row,) = read_roster(store, event_id=1).coming_rows
    assert (row.name, row.furigana, row.entry.organisation_name) == ("例谷　花子", "れいたに　はなこ", "みほん第3町会")
    assert (fields.name.text(), fields.furigana.text()) == ("", "")
    assert telephone.isVisible()


def test_enter_stops_at_a_reading_that_nobody_typed_or_that_somebody_wrote(qtbot, desk, telephone):
    fields = telephone.fields
    fields.name.setFocus()
    fields.name.setText("例谷　花子")
    press(qtbot, telephone, ENTER)
    assert fields.furigana.hasFocus()

    fields.name.clear()
    fields.name.setFocus()
    compose(fields.name, "れいたに", "例谷")
    qtbot.keyClick(fields.name, Qt.Key.Key_Tab)
    assert fields.furigana.hasFocus()
    write(fields.furigana, "よしたに")
    fields.name.setFocus()
    press(qtbot, telephone, ENTER)
    assert fields.furigana.hasFocus()
    assert fields.furigana.text() == "よしたに"


def test_a_new_person_with_two_more_is_typed_straight_on(qtbot, desk, telephone, store):
    fields = telephone.fields
    take_group(qtbot, desk, telephone, "一丁目")
    write(fields.name, "佐藤　みほん")
    press(qtbot, telephone, ENTER)
    write(fields.furigana, "さとう　みほん")
    press(qtbot, telephone, ENTER)
    write(fields.phone, "03-0000-2222")
    press(qtbot, telephone, ENTER, times=2)
    fields.people.selectAll()
    qtbot.keyClicks(fields.people, "3")
    press(qtbot, telephone, ENTER, times=3)
    wait_idle(qtbot, desk)
    assert [one.name for one in read_roster(store, event_id=1).coming_rows] == ["佐藤　みほん", "氏名未定", "氏名未定"]


def test_ctrl_enter_takes_the_one_call_and_closes_and_a_refusal_keeps_the_dialog(qtbot, desk, screen, store):
    press_key(qtbot, desk, screen, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    telephone = [one for one in screen.findChildren(DataEntryDialog) if one.isVisible()][-1]
    fields = telephone.fields
    fields.phone.setFocus()
    press_key(qtbot, desk, fields.phone, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert telephone.isVisible()
    assert telephone.refusal.words()
    assert read_roster(store, event_id=1).rows == ()

    take_group(qtbot, desk, telephone, "親和")
    write(fields.name, "森　みほん")
    with qtbot.waitSignal(telephone.accepted):
        qtbot.keyClick(fields.phone, ENTER, Qt.KeyboardModifier.ControlModifier)
    assert [one.name for one in read_roster(store, event_id=1).coming_rows] == ["森　みほん"]


def test_somebody_who_applied_already_is_said_while_typing_and_not_taken_twice(qtbot, desk, telephone, store):
    manual_entry.add_application(ActionContext(store, BY, NOW), typed=typed(name="髙橋　みほん"))
    fields = telephone.fields
    take_group(qtbot, desk, telephone, "親和")
    write(fields.name, "高橋みほん")
    assert "すでにこの回に申込があります" in telephone.note.words()
    do(qtbot, desk, telephone.save)
    assert "すでに申込があります" in telephone.refusal.words()
    assert fields.name.text() == "高橋みほん"
    assert len(read_roster(store, event_id=1).rows) == 1


@pytest.mark.parametrize("state", ["辞退", "落選"])
def test_somebody_who_gave_the_place_up_is_said_with_what_saving_does(qtbot, desk, telephone, store, state):
    manual_entry.add_application(ActionContext(store, BY, NOW), typed=typed(name="髙橋　みほん"))
    (place,) = rows(store.database, Entry, event_id=1)
    with store.change(action=state, by=BY, now=NOW) as change:
        change.update(Entry, place.id, state=state)
    fields = telephone.fields
    take_group(qtbot, desk, telephone, "親和")
    write(fields.name, "高橋みほん")
    told = telephone.note.words()
    assert f"この回で{state}になっています" in told
    assert "保存すると、もう一度申込になります" in told
    assert "すでに" not in told
    do(qtbot, desk, telephone.save)
    assert [one.state for one in rows(store.database, Entry, event_id=1)] == ["申込"]


def test_a_name_outside_the_register_is_kept_as_written(qtbot, desk, telephone, store):
    fields = telephone.fields
    write(fields.finder.line, "すずらん通り商店会")
    do(qtbot, desk, fields.finder.find_now)
    assert "名簿にありません" in fields.finder.status_label.text()
    press(qtbot, telephone, ENTER)
    write(fields.name, "森　みほん")
    do(qtbot, desk, telephone.save)
    (row,) = read_roster(store, event_id=1).rows
    assert (row.organisation, row.organisation_name) == (None, "すずらん通り商店会")


def test_a_number_that_is_none_is_said_and_nothing_is_lost(qtbot, desk, telephone, store):
    write(telephone.fields.name, "森　みほん")
    telephone.fields.people.setText("数名")
    telephone.save()
    assert "数として読めません" in telephone.note.words()
    assert telephone.fields.name.text() == "森　みほん"
    assert read_roster(store, event_id=1).rows == ()


def test_an_application_is_changed_withdrawn_and_named_from_the_list(qtbot, desk, screen, store):
    manual_entry.add_application(ActionContext(store, BY, NOW), typed=typed(name="髙橋　みほん", people=2))
    do(qtbot, desk, lambda: desk.changed.emit(None))
    page = screen.list
    page.table.choose(lambda _line: True)
    assert page.name.isEnabled()
    page.name.click()
    naming = [one for one in screen.findChildren(FormDialog) if one.isVisible()][-1]
    naming.form.set_values({"name": "佐藤　みほん"})
    do(qtbot, desk, naming.main.click)
    assert [one.name for one in read_roster(store, event_id=1).rows] == ["髙橋　みほん", "佐藤　みほん"]
    assert not page.name.isEnabled()
    changing = changing_dialog(screen)
    changing.fields.care.setText("前の席")
    do(qtbot, desk, changing.main.click)
    assert read_roster(store, event_id=1).rows[0].entry.care == "前の席"
    do(qtbot, desk, page.withdraw.click)
    assert {one.entry.state for one in read_roster(store, event_id=1).rows} == {"辞退"}
    do(qtbot, desk, desk.undo)
    assert len(read_roster(store, event_id=1).coming_rows) == 2


def test_a_correction_leaves_what_came_in_and_stands_on_no_form_as_it_came(qtbot, desk, screen, store):
    path = screen_file(
        store,
        {
            "受付番号": "00012",
            "送信日時": "2026/09/02 9:10",
            "申込方法": "電子",
            "団体名": " みほん親和会",
            "お名前": "佐藤　みほん",
            "役職": "会計",
            "当日の端末": "iPhoneを持参",
            "配慮が必要なこと": "車いす",
            "人数": "2",
            "備考": "駐車場を使う",
            "希望する講習会": "LINE講習会",
        },
    )
    import_applications(ActionContext(store, BY, NOW), path=path, event_id=1)
    do(qtbot, desk, lambda: desk.changed.emit(None))
    came, places = rows(store.database, Application)[-1], rows(store.database, Entry, event_id=1)
    assert (came.device, came.way, places[0].device) == ("iPhoneを持参", "電子", "持参")
    changing = changing_dialog(screen)
    assert changing.fields.way.currentText() == "電子"
    changing.fields.phone.setText("03-0000-4444")
    changing.fields.furigana.setText("さとう　みほん")
    do(qtbot, desk, changing.main.click)
    assert by_id(store.database, Application, came.id) == replace(came, furigana="さとう　みほん")
    assert rows(store.database, Entry, event_id=1) == places
    changing = changing_dialog(screen)
    changing.fields.device.setCurrentIndex(changing.fields.device.findData("貸与"))
    do(qtbot, desk, changing.main.click)
    assert by_id(store.database, Application, came.id) == replace(came, furigana="さとう　みほん", device="貸与")
    assert rows(store.database, Entry, event_id=1) == [replace(places[0], device="貸与"), places[1]]


def screen_file(store, cells):
    path = store.folder / "申込.csv"
    path.write_text("\n".join(",".join(line) for line in (cells, cells.values())) + "\n", encoding="utf-8")
    return path


def test_the_key_opens_the_dialog_with_the_event_chosen(qtbot, desk, screen):
    press_key(qtbot, desk, screen, Qt.Key.Key_F9)
    dialog = [one for one in screen.findChildren(DataEntryDialog) if one.isVisible()][-1]
    assert dialog.events.currentData() == 1
    dialog.reject()


def test_an_empty_list_leads_to_the_file(qtbot, desk, screen):
    assert screen.list.table.model.rowCount() == 0
    screen.list.file_asked.emit()
    assert screen.wizard.isVisible()


def test_every_field_that_a_clerk_types_has_its_place_in_the_form(qtbot, desk):
    fields = ApplicationFields(desk)
    qtbot.addWidget(fields)
    shown = TypedApplication(
        event_id=1, **{name: _unlike(specs(Application)[name]) for name in editable_fields(Application)}
    )
    fields.clear()
    typed = fields.read_application(shown)
    carried = {name for name in editable_fields(Application) if getattr(typed, name) == getattr(shown, name)}
    # The 役職 stands in the roster, the time is that of the call, what came in as words stays as it came.
    assert carried == {"role", "received_at", "note"}


def _unlike(told):
    """Something else than an empty form says."""
    if told.name == "device":
        return Device.LENT
    return {int: 7, str: "別の文"}.get(told.kind, NOW if told.name == "received_at" else "窓口")

"""The roster by mouse and keyboard: counted, narrowed, an absence on one key, who is next, a substitute, a state."""

import sys
import traceback
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.calendar.date_only_moments import date_only_moment
from app.documents.screens.document_view import DocumentDialog
from app.documents.services import notification
from app.event.services import recruitment
from app.events.roster.parts import SubstituteDialog
from app.events.roster.parts.mail_addresses_dialog import MailAddressesDialog
from app.events.roster.rules import SelectionTerms
from app.events.roster.screens.entry_dialogs import EntryDialog, MoveDialog, MoveUpDialog, StateDialog
from app.events.roster.screens.roster_panel import NEEDS_CHECK, RosterPanel
from app.events.roster.services import entries, selections
from app.history import services as history_services
from app.main_window.action_routes import route_to
from app.widgets.buttons import Button
from app.widgets.flow_row import ALL
from app.window.background_task import Tasks
from db.journal import Change
from db.records.documents import Outgoing
from db.records.events import RecruitmentStep
from db.records.organisations import Contact, Person
from db.records.roster import Entry
from db.rows import rows
from db.tables import roster
from tests.support.asked_places import asked_places, said_words
from tests.support.doing import do
from tests.support.entries import entry_of, put_entry, put_organisation, waiting_of
from tests.support.pressing import press_key
from tests.support.sample_desk import shown
from tests.support.stray_windows import StrayWindows
from tests.support.waiting import wait_idle
from tests.support.years import BY, add_dispatch, add_lecture, tell_people

NOW = datetime(2026, 9, 15, 9, 12)
acting = partial(ActionContext, by=BY, now=NOW)


@pytest.fixture
def club(store):
    return put_organisation(store, "みほん髙﨑𠮷町会", branch="第1支部")


@pytest.fixture
def people(store, event, club):
    """Twenty chosen and two waiting."""
    made = [
        put_entry(store, event, f"みほん {n}号", organisation_id=club, state="決定", number=n + 1, device="貸与")
        for n in range(20)
    ]
    made += [put_entry(store, event, f"待 {n}号", state="補欠", waiting_order=n) for n in (1, 2)]
    return made


@pytest.fixture
def show(qtbot, desk_at, event):
    def make(
        *, embedded: bool = False, width: int = 1190, height: int = 720, event_id: int | None = None
    ) -> RosterPanel:
        desk = desk_at(NOW)
        return shown(
            qtbot, RosterPanel(desk, embedded=embedded), desk, width=width, height=height, event_id=event_id or event
        )

    return make


@pytest.fixture
def panel(show):
    return show()


def press(qtbot, panel, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    # Without a window manager nobody gives the front back when a dialog closes.
    panel.window().activateWindow()
    qtbot.waitUntil(panel.window().isActiveWindow)
    panel.table.view.setFocus()
    press_key(qtbot, panel.app_context, panel.table.view, key, modifier)


def press_on(qtbot, panel, entry_id: int, key, modifier=Qt.KeyboardModifier.NoModifier) -> None:
    """Choose a place and press a key there."""
    choose(panel, entry_id)
    press(qtbot, panel, key, modifier)


def ask(qtbot, panel, kind: type[QDialog], entry_id: int, key, modifier=Qt.KeyboardModifier.NoModifier):
    """Choose a place and press a key there; return the dialog that opens."""
    press_on(qtbot, panel, entry_id, key, modifier)
    return dialog(panel, kind)


def fill_in(qtbot, panel, asked, **values) -> None:
    """Fill in the form of a dialog and press its main button."""
    asked.form.set_values(values)
    click(qtbot, panel, asked.main)


def choose(panel, entry_id: int) -> None:
    assert panel.table.choose(lambda row: row.id == entry_id)


def dialog(panel, kind: type[QDialog]):
    return [one for one in panel.findChildren(kind) if one.isVisible()][-1]


def click(qtbot, panel, button) -> None:
    assert button.isVisible()
    assert button.isEnabled(), button.text()
    do(qtbot, panel.app_context, lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton))


def counts(panel) -> dict[str, int]:
    said = (panel.which.itemText(n).removesuffix("人").split() for n in range(panel.which.count()))
    return {word: int(count) for word, count in said}


def test_an_empty_roster_says_so_and_leads_to_the_import(qtbot, event, panel):
    went = asked_places(panel.app_context)

    assert panel.table._none.words() == "まだ申込がありません。"
    click(qtbot, panel, panel.table._none.offer_button)
    click(qtbot, panel, panel.head.phone)
    panel.head.choose.click()
    assert went == [
        ("applications", {"event_id": event}), ("applications", {"event_id": event, "page": "電話"}),
        ("choice", {"event_id": event}),
    ]  # fmt: skip


def test_readings_stand_in_order_however_wide_their_spaces_are(show, store, event, people):
    made = [
        put_entry(store, event, name, furigana=furigana)
        for name, furigana in (("見本 伊", "みほん　い"), ("見本 宇", "みほん う"))
    ]
    panel = show()
    panel.table.sort_by("name")
    assert [row.entry.id for row in panel.table.model.records() if row.entry.id in made] == made


def test_the_counts_add_up_and_narrow_the_list(qtbot, show, store, event, people):
    put_entry(store, event, "要 一", doubtful="端末の希望が読めない")
    panel = show()

    assert counts(panel) == {ALL: 23, "申込": 1, "決定": 20, "補欠": 2, NEEDS_CHECK: 1}
    assert "参加予定 21人・1団体　定員 20人を 1人超えています" in panel.head.words.plain_text()
    assert "申込 23人" in panel.head.words.toolTip()
    panel._filter_by("補欠")
    assert [row.status_words for row in panel.table.model.records()] == ["補欠1", "補欠2"]
    panel._filter_by(NEEDS_CHECK)
    assert [row.entry.doubtful for row in panel.table.model.records()] == ["端末の希望が読めない"]
    panel._filter_by(ALL)
    QTest.keyClicks(panel.table.view, "x")
    assert panel.table.filter_field.text() == "x"


def test_an_absence_is_one_key_offers_the_next_and_the_same_key_takes_it_back(qtbot, store, event, people, panel):
    choose(panel, people[3])
    assert not panel.head.move_up.isVisible()

    press(qtbot, panel, Qt.Key.Key_F4)

    assert entry_of(store, people[3]).absent_told_at == NOW
    assert "つぎは補欠1 待 1号さんです。" in panel.head.note.words()
    assert panel.current_row().id == people[3], "the row stays under the hand"
    assert panel.absence.text() == "欠席連絡を取り消す F4"
    press(qtbot, panel, Qt.Key.Key_F4)
    assert entry_of(store, people[3]).absent_told_at is None


def test_the_next_is_asked_before_moving_up_and_the_line_closes_up(qtbot, store, event, people, panel):
    press_on(qtbot, panel, people[0], Qt.Key.Key_F4)
    press(qtbot, panel, Qt.Key.Key_F7)
    asked = dialog(panel, MoveUpDialog)
    click(qtbot, panel, asked.main)
    assert asked.form.problem_shown("answer_by"), "whoever waits for an answer says until when"
    fill_in(qtbot, panel, asked, answer_by=date(2026, 9, 17))
    assert waiting_of(store, event) == [(people[20], 1), (people[21], 2)]
    choose(panel, people[20])
    assert panel.current_row().status_hint == "返事待ち 9/17(木)まで"

    press(qtbot, panel, Qt.Key.Key_F7)
    click(qtbot, panel, dialog(panel, MoveUpDialog).main)

    assert entry_of(store, people[20]).state == "決定"
    assert waiting_of(store, event) == [(people[21], 1)]
    assert panel.head.note.words() == ""
    assert not panel.up.isEnabled()


def test_a_substitute_is_a_name(qtbot, show, store, event, club, people):
    spare = put_entry(store, add_lecture(store), "渡邉 一郎", furigana="わたなべ いちろう", organisation_id=club)
    panel = show()
    asked = ask(qtbot, panel, SubstituteDialog, people[4], Qt.Key.Key_F6)
    name = asked.fields.person
    qtbot.waitUntil(lambda: [name.list.item(row).text()[:5] for row in range(name.list.count())] == ["渡邉 一郎"])
    QTest.keyClick(name.line, Qt.Key.Key_Down)
    QTest.keyClick(name.line, Qt.Key.Key_Return)

    assert asked.fields.furigana.text() == "わたなべ いちろう"
    press_key(qtbot, panel.app_context, asked.fields.furigana, Qt.Key.Key_Return)

    found = entries.read_entries(store, event_id=event, today=NOW.date())
    new = next(row for row in found.rows if row.entry.substitute_for == people[4])
    assert (new.row.name, new.entry.number, new.entry.device) == ("渡邉 一郎", 5, "貸与")
    assert new.entry.person_id == entry_of(store, spare).person_id
    choose(panel, people[4])
    assert not panel.substitute.isEnabled()
    assert not panel.absence.isEnabled()


def test_what_came_with_a_person_goes_when_another_name_is_typed(qtbot, show, store, club, people):
    with store.change(action="見本", by=BY, now=NOW) as change:
        change.insert(Person(organisation_id=club, name="渡邉 一郎", furigana="わたなべ いちろう", role="会計"))
    panel = show()
    asked = ask(qtbot, panel, SubstituteDialog, people[4], Qt.Key.Key_F6)
    name = asked.fields.person
    qtbot.waitUntil(lambda: name.list.count() > 0)
    QTest.keyClick(name.line, Qt.Key.Key_Down)
    QTest.keyClick(name.line, Qt.Key.Key_Return)
    assert (asked.fields.furigana.text(), asked.role.text()) == ("わたなべ いちろう", "会計")
    QTest.keyClicks(name.line, "2")
    assert (asked.fields.furigana.text(), asked.role.text()) == ("", "")
    asked.reject()


def test_a_state_by_hand_asks_its_reason(qtbot, store, people, panel):
    choose(panel, people[20])
    said = said_words(panel.app_context)
    panel.app_context.read_only = True
    press(qtbot, panel, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert said == ["閲覧専用で見ています。変えるときは、「入力したい」を押し、席に着いてください。"]
    panel.app_context.read_only = False
    press(qtbot, panel, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    asked = dialog(panel, StateDialog)
    fill_in(qtbot, panel, asked, state="落選")
    assert asked.form.problem_shown("reason") == "理由がまだ入力されていません。"
    fill_in(qtbot, panel, asked, reason="会場の都合")

    assert entry_of(store, people[20]).state == "落選"


def test_a_place_that_was_told_is_taken_back_by_the_act_of_its_own_alone(qtbot, show, store, event, people):
    notification.notify(
        acting(store), event_id=event, key="決定通知", told_to="申込団体", told_how="電話", words="決定"
    )
    panel = show()
    press_on(qtbot, panel, people[20], Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    assert "決定取消" not in [value for value, _words in dialog(panel, StateDialog).form.fields[0].choices]
    dialog(panel, StateDialog).reject()
    asked = ask(qtbot, panel, StateDialog, people[5], Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    fill_in(qtbot, panel, asked, state="落選", reason="会場の都合")
    assert "名簿の「状態」の「決定の取消し」" in asked.refusal.words()

    fill_in(qtbot, panel, asked, state="決定取消")

    assert {entry_of(store, one).state for one in people[:20]} == {"決定取消"}
    assert counts(panel) == {ALL: 22, "決定取消": 20, "補欠": 2}


def test_the_key_of_the_telephone_writes_an_application_down_as_on_home(qtbot, event, people, panel):
    choose(panel, people[2])
    with qtbot.waitSignal(panel.app_context.navigation_requested) as asked:
        press(qtbot, panel, Qt.Key.Key_F9)
    assert asked.args == ["applications", {"event_id": event, "page": "電話"}]
    assert not [one for one in panel.findChildren(StateDialog) if one.isVisible()]


def test_a_withdrawal_is_noted_and_taken_back(qtbot, store, people, panel):
    asked = ask(qtbot, panel, StateDialog, people[2], Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    fill_in(qtbot, panel, asked, state="辞退")
    assert entry_of(store, people[2]).state == "辞退"
    assert "つぎは補欠1" in panel.head.note.words()

    press(qtbot, panel, Qt.Key.Key_J, Qt.KeyboardModifier.AltModifier)
    click(qtbot, panel, dialog(panel, StateDialog).main)
    assert entry_of(store, people[2]).state == "決定"


def test_an_absence_taken_back_asks_where_the_place_is_gone_and_the_line_can_be_as_before(
    qtbot, store, event, people, panel
):
    press_on(qtbot, panel, people[20], Qt.Key.Key_F4)
    press(qtbot, panel, Qt.Key.Key_F4)
    asked = dialog(panel, StateDialog)
    assert (
        "前は「補欠1」でした。そのあとに補欠の順が変わっています。いまの空きは0人、補欠は1人です。"
        in asked.refusal.words()
    )
    fill_in(qtbot, panel, asked, state="順", reason="来られることになった")
    assert waiting_of(store, event) == [(people[20], 1), (people[21], 2)]
    assert entry_of(store, people[20]).absent_told_at is None


def test_an_application_after_the_choice_is_pointed_out(qtbot, show, store, event, people):
    selections.save_selection(acting(store), event_id=event, terms=SelectionTerms(method="先着順", capacity=20))
    put_entry(store, event, "後 一")
    panel = show()

    assert "参加者を決めたあとの申込が1人あります。" in panel.head.note.words()


def test_a_place_is_read_and_put_right_in_full(qtbot, show, store, event, people):
    doubtful = put_entry(store, event, "要 一", doubtful="端末の希望が読めない", care="手話通訳")
    panel = show()
    choose(panel, doubtful)
    assert "手話通訳" not in " ".join(
        panel.table.model.cell(22, n).plain() for n in range(len(panel.table.model.columns))
    )
    press(qtbot, panel, Qt.Key.Key_Return)
    asked = dialog(panel, EntryDialog)
    assert asked.form.value("care") == "手話通訳"
    fill_in(qtbot, panel, asked, device="持参", photo="不可", doubtful="")

    found = entry_of(store, doubtful)
    assert (found.device, found.photo, found.doubtful) == ("持参", "不可", "")


def test_a_place_shows_the_same_role_in_the_list_and_when_it_is_read(qtbot, show, store, event, people):
    with store.change(action="役職", by=BY, now=NOW, subject="people") as change:
        change.update(Person, entry_of(store, people[1]).person_id, role="会長")
        change.update(Entry, people[1], role="")
    panel = show()
    choose(panel, people[1])
    assert panel.table.current().row.role == "会長"
    press(qtbot, panel, Qt.Key.Key_Return)
    asked = dialog(panel, EntryDialog)
    assert asked.form.value("role") == "会長"
    fill_in(qtbot, panel, asked, device="持参")
    assert (entry_of(store, people[1]).device, entry_of(store, people[1]).role) == ("持参", "")


def test_a_place_without_a_name_gets_one(qtbot, show, store, event, club):
    unnamed = put_entry(store, event, organisation_id=club)
    panel = show()
    asked = ask(qtbot, panel, EntryDialog, unnamed, Qt.Key.Key_F2)
    for key, text in (("name", "髙﨑 𠮷子"), ("furigana", "たかさき よしこ")):
        asked.form.editor(key).setText(text)
    fill_in(qtbot, panel, asked, device="貸与")

    row = entries.read_entries(store, event_id=event, today=NOW.date()).row(unnamed)
    assert (row.row.name, row.row.furigana, row.entry.device) == ("髙﨑 𠮷子", "たかさき よしこ", "貸与")
    history_services.undo(store, by=BY, now=NOW)
    row = entries.read_entries(store, event_id=event, today=NOW.date()).row(unnamed)
    assert (row.row.person, row.entry.device) == (None, "")


def test_a_reading_without_a_name_is_asked_about(qtbot, show, store, event, club):
    unnamed = put_entry(store, event, organisation_id=club)
    panel = show()
    asked = ask(qtbot, panel, EntryDialog, unnamed, Qt.Key.Key_F2)
    asked.form.editor("furigana").setText("たかさき よしこ")
    click(qtbot, panel, asked.main)
    assert "氏名がまだ入力されていません" in asked.refusal.words()
    asked.form.editor("name").setText("髙﨑 𠮷子")
    click(qtbot, panel, asked.main)
    row = entries.read_entries(store, event_id=event, today=NOW.date()).row(unnamed)
    assert (row.row.name, row.row.furigana) == ("髙﨑 𠮷子", "たかさき よしこ")


def test_the_time_of_an_absence_can_be_put_right(qtbot, store, people, panel):
    press_on(qtbot, panel, people[0], Qt.Key.Key_F4)
    press(qtbot, panel, Qt.Key.Key_F2)
    asked = dialog(panel, EntryDialog)
    fill_in(qtbot, panel, asked, at_time="08:45", absent_note="通院のため")

    found = entry_of(store, people[0])
    assert (found.absent_told_at, found.absent_note) == (datetime(2026, 9, 15, 8, 45), "通院のため")


def test_an_application_with_a_day_alone_gets_its_time_and_then_its_place_in_the_order(qtbot, show, store, event, club):
    day = date(2026, 9, 2)
    untimed = put_entry(store, event, organisation_id=club, way="FAX", applied_at=date_only_moment(day))
    online = put_entry(store, event, organisation_id=club, way="電子", applied_at=datetime(2026, 9, 2, 10, 30))
    terms = SelectionTerms(method="先着順", capacity=1)
    assert selections.propose_selection(store, event_id=event, terms=terms).lines[0].entry_id == online
    panel = show()
    asked = ask(qtbot, panel, EntryDialog, untimed, Qt.Key.Key_F2)
    assert (asked.form.value("applied_day"), asked.form.value("applied_time")) == (day, "")
    fill_in(qtbot, panel, asked, applied_time="09:40")
    assert entry_of(store, untimed).applied_at == datetime(2026, 9, 2, 9, 40)
    assert selections.propose_selection(store, event_id=event, terms=terms).lines[0].entry_id == untimed

    press_on(qtbot, panel, online, Qt.Key.Key_F2)
    assert "applied_time" not in dialog(panel, EntryDialog).form.values()
    dialog(panel, EntryDialog).reject()


def test_places_are_taken_out_with_delete_one_or_several_and_come_back_with_one_undo(
    qtbot, store, event, people, panel
):
    said = said_words(panel.app_context)
    press_on(qtbot, panel, people[1], Qt.Key.Key_Delete)
    assert len(panel.found.rows) == 21
    panel.table.view.selectAll()
    assert panel.remove.text() == "21人を外す Delete"
    press(qtbot, panel, Qt.Key.Key_Delete)

    assert panel.found.rows == ()
    assert said[-1].startswith("21人を名簿から外しました。")
    history_services.undo(store, by=BY, now=NOW)
    assert len(entries.read_entries(store, event_id=event, today=NOW.date()).rows) == 21


def test_too_few_after_the_closing_day_lead_to_the_list_of_organisations_to_ask(qtbot, show, store, event, club):
    put_organisation(store, "みほん未申込町会", branch="第2支部")
    for number in range(6):
        put_entry(store, event, f"みほん {number}号", organisation_id=club)
    panel = show()

    assert "仕様の下限10人に4人足りません。" in panel.head.note.words()
    click(qtbot, panel, panel.head.ask_more)
    assert dialog(panel, DocumentDialog).windowTitle().startswith("追加募集の対象団体")


def test_a_change_after_telling_leads_to_the_change_notice(qtbot, show, store, event, people):
    tell_people(store, event, now=NOW)
    panel = show(embedded=True)
    went = asked_places(panel.app_context)
    press_on(qtbot, panel, people[0], Qt.Key.Key_F4)

    assert "第1報（20人）で連絡した人数から変わりました。いまは19人です。" in panel.head.note.words()
    click(qtbot, panel, panel.head.tell)
    assert went == [("event", {"event_id": event, "tab": "参加者", "part": "人数連絡"})]


def test_a_low_page_keeps_its_room_for_the_list_and_loses_nothing(qtbot, show, store, event, people):
    panel = show(embedded=True, width=855, height=334)

    assert not panel.head.ways.isVisible()
    assert panel.table.view.height() > 150
    assert [panel.which.itemText(n) for n in range(panel.which.count())] == ["すべて 22人", "決定 20人", "補欠 2人"]
    panel.which.setCurrentIndex(2)
    panel.which.activated.emit(2)
    assert len(panel.table.model.records()) == 2
    entries_of_menu = [action.text() for action in panel.head.folded.menu().actions()]
    assert entries_of_menu == [
        "申込を取り込む", "電話の申込", "参加者を決める", "通知を作成", "受付", "目的を選んで出力", "班分け",
        "討議の記録",
    ]  # fmt: skip


def test_the_capacity_follows_the_last_choice_and_a_dispatch_has_none_to_make(qtbot, show, store, event, people):
    selections.save_selection(acting(store), event_id=event, terms=SelectionTerms(method="先着順", capacity=15))
    panel = show()
    assert "定員 15人（満員）" in panel.head.words.plain_text()

    dispatch = add_dispatch(store)
    put_entry(store, dispatch, "派 一")
    do(qtbot, panel.app_context, lambda: panel.open_with(event_id=dispatch))
    assert not panel.head.choose.isEnabled()


def test_the_list_leaves_as_a_workbook_with_its_columns(people, panel):
    headings, rows = panel.table.export_content()

    assert headings == (
        "番号", "入場番号", "状態", "状態の補足", "申込日時", "経路", "団体", "支部", "氏名", "ふりがな", "役職",
        "端末", "班", "配慮", "撮影",
        "確認が必要なこと", "備考",
    )  # fmt: skip
    assert rows[0][:10] == ("1", "", "決定", "", "9/1 9:00", "電子", "みほん髙﨑𠮷町会", "第1支部", "みほん 0号", "")
    assert panel.export.isEnabled()


def test_the_panel_shows_no_stray_window(qtbot, desk_at, event, people):
    desk = desk_at(NOW)
    with StrayWindows() as strays:
        panel = RosterPanel(desk, embedded=True)
        strays._allowed = (panel,)
        qtbot.addWidget(panel)
        panel.open_with(event_id=event)
        do(qtbot, desk, panel.show)

    assert strays.found == []


def test_the_filled_button_decides_and_then_the_notice_at_hand_opens(qtbot, show, store, event):
    put_entry(store, event, "申込 一")
    panel = show(width=1190, height=604)
    went = []
    panel.app_context.navigation_requested.connect(
        lambda place, arguments: went.append((place, arguments.get("kind", "")))
    )
    assert [one.text() for one in panel.findChildren(Button) if one.isVisible() and one.property("kind") == "main"] == [
        "参加者を決める"
    ]
    click(qtbot, panel, panel.head.decide)
    qtbot.waitUntil(lambda: not panel.head.decide.is_resting)
    panel.head.letters.click()
    selections.save_selection(acting(store), event_id=event, terms=SelectionTerms(method="先着順", capacity=15))
    do(qtbot, panel.app_context, panel.reload)
    assert panel.head.decide.text() == "決定通知を作成"
    click(qtbot, panel, panel.head.decide)
    assert went == [("choice", ""), ("event", ""), ("event", "決定通知")]
    letter = next(one for one in rows(store.database, RecruitmentStep, event_id=event) if one.name == "決定通知")
    recruitment.tick_step(acting(store), step_id=letter.id, on=NOW.date())
    do(qtbot, panel.app_context, panel.reload)
    assert not panel.head.decide.isVisible(), "once it is told nothing is next here"


def test_a_place_is_moved_to_another_event_from_the_menu(qtbot, store, event, people, panel):
    choose(panel, people[0])
    said = said_words(panel.app_context)

    do(qtbot, panel.app_context, panel.elsewhere.click)
    assert said == ["移せる回がありません。これから開く、同じ種類の回に移せます。"]

    other = add_lecture(store, date(2026, 10, 8), subject="防災アプリ")
    qtbot.waitUntil(lambda: not panel.elsewhere.is_resting)
    do(qtbot, panel.app_context, panel.elsewhere.click)
    asked = dialog(panel, MoveDialog)
    assert asked.form.value("event_id") == other
    click(qtbot, panel, asked.main)

    assert panel.found.row(people[0]).status_hint == "第2回 防災アプリへ"
    assert [one.person_id for one in roster.entries(store.database, other)] == [entry_of(store, people[0]).person_id]
    choose(panel, people[0])
    assert not panel.elsewhere.isEnabled()


def put_address(store, entry_id: int, value: str, **values) -> None:
    with store.change(action="連絡先を加えた", by=BY, now=NOW) as change:
        person_id = entry_of(store, entry_id).person_id
        change.insert(Contact(person_id=person_id, kind="メール", value=value, purpose="申込・参加の連絡", **values))


def test_addresses_are_copied_once_each_with_whom_they_miss_and_the_copy_is_logged(qtbot, store, people, event, show):
    put_address(store, people[0], "a@example.jp")
    put_address(store, people[1], "A@example.jp ")
    put_address(store, people[2], "b@example.jp", dispose_on=date(2026, 9, 14))
    put_address(store, people[3], "なし")
    put_address(store, people[4], "c@example.jp", dispose_on=date(2026, 9, 15))
    wrong = ("d@example.jp様", "mailto:d@example.jp", "d@example.jp.", "ｄ@example.jp", "d..e@example.jp", "d@example")
    for at, value in enumerate(wrong, 5):
        put_address(store, people[at], value)
    panel = show()
    QGuiApplication.clipboard().clear()
    panel.addresses.click()
    (dialog,) = (one for one in panel.findChildren(MailAddressesDialog) if one.isVisible())
    wait_idle(qtbot, panel.app_context)
    assert dialog.form.value("whose") == "表示している人"
    assert dialog.text.toPlainText() == "a@example.jp\nc@example.jp"
    assert dialog.told.plain_text() == "22人のうち3人に届く、2件のアドレスです。"
    missed = dialog.missing.words()
    assert "アドレスの登録がない人　11人" in missed
    assert "アドレスとして読めない人　7人：みほん髙﨑𠮷町会　みほん 3号さん（なし）、" in missed.replace(
        "町会 み", "町会　み"
    )
    assert "廃棄予定日を過ぎたため使えない人　1人" in missed

    before = len(rows(store.database, Outgoing))
    for address in ("a@example.jp", "c@example.jp"):  # one a mail, logged with the first
        assert dialog.isVisible()
        do(qtbot, panel.app_context, dialog.main.click)
        assert QGuiApplication.clipboard().text() == address
    assert not dialog.isVisible()
    (row,) = rows(store.database, Outgoing)[before:]
    assert (row.way, row.personal, row.event_id, row.detail) == ("コピー", True, event, {"件数": "3人"})
    assert row.copy_file_id is None, "the addresses themselves are kept nowhere else"

    panel.addresses.click()
    dialog = [one for one in panel.findChildren(MailAddressesDialog) if one.isVisible()][-1]
    dialog.form.set_values({"way": "BCCにまとめて"})
    do(qtbot, panel.app_context, lambda: dialog.form.changed.emit("way"))
    QGuiApplication.clipboard().clear()
    dialog.main.click()
    assert (dialog.second.text(), QGuiApplication.clipboard().text()) == ("宛先2件、2人目が確認した", "")
    dialog.second.setChecked(True)
    do(qtbot, panel.app_context, dialog.main.click)
    assert QGuiApplication.clipboard().text() == "a@example.jp; c@example.jp"
    assert rows(store.database, Outgoing)[-1].detail == {"件数": "3人（2人目が確認）"}

    panel.table.choose(lambda one: one.id == people[4])
    panel.table.view.selectRow(panel.table.view.currentIndex().row())
    for number in (people[0], people[4]):
        select(panel, number)
    panel.addresses.click()
    dialog = [one for one in panel.findChildren(MailAddressesDialog) if one.isVisible()][-1]
    wait_idle(qtbot, panel.app_context)
    assert dialog.form.value("whose") == "選んだ人"
    assert dialog.told.plain_text() == "2人のうち2人に届く、2件のアドレスです。"


def select(panel, entry_id: int) -> None:
    model = panel.table.model
    row = next(n for n, one in enumerate(model.records()) if one.id == entry_id)
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    view = panel.table.view
    view.selectionModel().select(view.model().index(row, 0), flags)


def test_nothing_can_be_copied_where_nothing_may_leave(qtbot, store, people, event, desk_at):
    desk = desk_at(NOW)
    desk.read_only = True
    panel = shown(qtbot, RosterPanel(desk), desk, event_id=event)
    panel.copy_addresses()
    assert not panel.addresses.isEnabled()
    assert panel.findChildren(MailAddressesDialog) == []


def test_from_the_key_to_the_update_there_are_sixteen_calls(qtbot, store, people, monkeypatch, panel):
    choose(panel, people[3])
    calls: dict[str, int] = {}

    def counted(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*given: Any) -> Any:
            files = [frame.filename for frame in traceback.extract_stack(sys._getframe(1))]
            calls.setdefault(name, 1 + sum("/app/" in one or "/db/" in one for one in files))
            return function(*given)

        return run

    monkeypatch.setattr(Tasks, "_start", counted("window", Tasks._start))
    monkeypatch.setattr(Change, "_write", counted("database", Change._write))
    press(qtbot, panel, Qt.Key.Key_F4)
    assert sum(calls.values()) <= 16, calls


def test_own_words_bear_a_mark_until_somebody_has_read_them(qtbot, show, store, people):
    with store.change(action="申込", by="準備", now=NOW, subject="roster") as change:
        change.update(Entry, people[0], words="耳が遠いのです", photo="条件つき", photo_words="後ろ姿なら")
    panel = show()
    choose(panel, people[0])
    look = next(one for one in panel.table.model.columns if one.key == "look")
    assert look.show(panel.table.current()).text == "本人のことば　未読"
    press(qtbot, panel, Qt.Key.Key_F2)
    asked = dialog(panel, EntryDialog)
    assert "「耳が遠いのです」" in next(one.hint for one in asked.form.fields if one.key == "words_use")
    fill_in(qtbot, panel, asked, words_use="読んだ", photo_words="後ろ姿だけ")
    found = entry_of(store, people[0])
    assert (found.words_use, found.photo_words, found.has_unread_words) == ("読んだ", "後ろ姿だけ", False)


def test_what_every_row_would_say_of_its_organisation_is_said_once(qtbot, show, store, event, club):
    for number in range(3):
        put_entry(store, event, f"みほん {number}号", organisation_name="みほん未登録町会")
    panel = show()
    group = next(column for column, one in enumerate(panel.table.model.columns) if one.key == "organisation")
    said = [panel.table.model.cell(row, group).plain() for row in range(3)]
    assert said == ["みほん未登録町会"] * 3
    assert panel.table.count_line.text() == "3人　登録のない団体だけです。「団体」の「名簿にない団体名」で結び付けます"
    put_entry(store, event, "みほん 四号", organisation_id=club)
    do(qtbot, panel.app_context, panel.reload)
    said = sorted(panel.table.model.cell(row, group).plain() for row in range(4))
    assert said == ["みほん未登録町会 登録のない団体"] * 3 + ["みほん髙﨑𠮷町会 第1支部"]
    assert panel.table.count_line.text() == "4人"


def test_the_way_to_a_missing_name_opens_the_place_with_the_caret_in_its_name(qtbot, store, event, show):
    put_entry(store, event, "みほん 太郎")
    unnamed, named = put_entry(store, event), put_entry(store, event, "みほん 花子")
    panel = show(embedded=True)
    for entry_id, opens in ((named, False), (unnamed, True)):
        panel.open_with(**route_to(ActionLink("氏名", event_id=event, entry_id=entry_id)).arguments)
        panel.refresh()
        wait_idle(qtbot, panel.app_context)
        assert panel.current_row().id == entry_id
        assert bool(panel.findChildren(EntryDialog)) == opens
    asked = dialog(panel, EntryDialog)
    asked.activateWindow()
    qtbot.waitUntil(asked.isActiveWindow)
    assert asked.form.editor("name").hasFocus()
    asked.reject()

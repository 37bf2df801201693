"""The tab 資料 of an event: a draft is received as it came and kept; everything can be taken back."""

import hashlib
import io
from datetime import date, timedelta

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import stored_files
from app.event.parts import RequestDraftDialog
from app.events.materials.parts import HandoutDialog
from app.events.materials.screens.handout_steps import HandoutSteps
from app.events.materials.screens.material_detail import RECORD
from app.events.materials.screens.material_dialogs import (
    NOT_YET,
    MaterialNameDialog,
    ReceiveHandoutDialog,
    material_name,
)
from app.events.materials.services import material_board
from app.events.materials.services.handout_sets import read_handouts
from app.events.materials.services.materials import receive_version
from app.submissions.work_queue.screens import EventWorkQueue
from app.submissions.work_queue.services import read_work_queue
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.note_box import NoteBox
from tests.support.doing import do
from tests.support.handout_pdfs import japanese, locked
from tests.support.pressing import press_key
from tests.support.sample import NOW
from tests.support.sample_desk import dialog_over, handout, shown
from tests.support.saved_files import save_at
from tests.support.stray_windows import StrayWindows
from tests.support.turns_pages import handout_page, handout_tab
from tests.support.waiting import press, wait_idle
from tests.support.years import tell_result


@pytest.fixture
def panel(qtbot, desk):
    return handout_tab(qtbot, desk)


@pytest.fixture
def draft(tmp_path):
    pdf = pikepdf.new()
    for _number in range(3):
        pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    path = tmp_path / "講習資料_第2版.pdf"
    path.write_bytes(out.getvalue())
    return path


def choose(qtbot, desk, panel, words: str) -> None:
    assert panel.table.choose(lambda row: words in row.title)
    wait_idle(qtbot, desk)


def take(qtbot, desk, panel, path) -> ReceiveHandoutDialog:
    press(qtbot, desk, panel.receive)
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    if path is not None:
        do(qtbot, desk, lambda: dialog.take_file(path))
    return dialog


def test_the_tab_is_the_list_cut_to_the_event_and_leads_to_what_is_kept_of_each(panel, desk, qtbot):
    every = read_work_queue(desk.store, today=NOW.date()).filtered(event_id=6)
    rows = panel.table.model.records()
    assert [row.id for row in rows] == [row.id for row in every.rows if row.kind == "資料"]
    assert panel.count.text() == f"区の対応待ち {sum(row.turn == '区の対応待ち' for row in rows)}・受託者待ち 0・済 0"
    went = []
    desk.navigation_requested.connect(lambda place, given: went.append((place, given)))
    choose(qtbot, desk, panel, "操作手順書")
    one = {"event_id": 6, "material_id": panel.current_row().material_id, "back": "event"}
    QTest.keyClick(panel.table.view, Qt.Key.Key_Return)
    press(qtbot, desk, panel.handout.more)
    assert went == [("materials", one), ("materials", {**one, "part": RECORD})]

    record = handout_page(qtbot, desk, "操作手順書", part=RECORD).record
    assert record.title.text() == "操作手順書"
    assert "あと" in record.due.words() or "超過" in record.due.words()
    assert record.copies.text() == "今の参加予定 14＋予備2＝16部（仮）"
    assert [part.isVisible() for part in (record.printed, record.answer, record.rename, record.back)] == [True] * 4


def test_a_draft_is_received_with_its_pages_counted_and_kept_exactly(panel, desk, draft, qtbot):
    choose(qtbot, desk, panel, "Instagramの投稿")
    dialog = take(qtbot, desk, panel, draft)
    assert "3ページ" in dialog.file_words.text()
    assert dialog.form.value("pages") == 3
    assert dialog.main.text() == "第2版を受領する"
    press(qtbot, desk, dialog.main)

    version = handout(desk.store, 6, "Instagramの投稿").versions[0].version
    assert (version.version, version.pages, version.file_name) == (2, 3, draft.name)
    assert version.sha256 == hashlib.sha256(draft.read_bytes()).hexdigest()
    assert stored_files.read_file(desk.store, version.file_id) == draft.read_bytes()
    assert panel.current_row().state_words == "確認する 第2版"

    # One that can't be opened comes in all the same, and says why its pages aren't counted.
    draft.write_bytes(locked(draft.read_bytes()))
    dialog = take(qtbot, desk, panel, draft)
    assert "パスワードが付いている" in dialog.file_words.text()
    assert "このまま受領することもできます" in dialog.file_words.text()
    dialog.form.set_values({"pages": 3})
    press(qtbot, desk, dialog.main)
    version = handout(desk.store, 6, "Instagramの投稿").versions[0].version
    assert (version.version, version.pages) == (3, 3)
    assert stored_files.read_file(desk.store, version.file_id) == draft.read_bytes()


def test_the_one_file_of_today_is_proposed_and_received_with_enter(panel, desk, draft, downloads, qtbot):
    save_at(downloads / draft.name, draft.read_bytes(), NOW - timedelta(minutes=5))
    choose(qtbot, desk, panel, "Instagramの投稿")
    dialog = take(qtbot, desk, panel, None)
    assert dialog.file_words.text().endswith("3ページ\nダウンロードに今日 9:00に保存")
    assert dialog.form.editor("received_on").hasFocus()
    # A key pressed twice in a hurry receives nothing: only Enter does.
    QTest.keyClick(dialog.form.editor("received_on"), Qt.Key.Key_Space)
    assert dialog.isVisible()
    dialog.form.set_values({"received_on": NOW.date()})
    press_key(qtbot, desk, dialog.form.editor("received_on"), Qt.Key.Key_Return)

    version = handout(desk.store, 6, "Instagramの投稿").versions[0].version
    assert (version.version, version.file_name) == (2, draft.name)
    # The next receipt is about another file.
    again = take(qtbot, desk, panel, None)
    assert (again.received, again.recent.isHidden()) == (None, True)
    again.reject()


def test_a_proposed_file_goes_when_it_is_taken_out_or_when_a_paper_came(panel, desk, draft, downloads, qtbot):
    save_at(downloads / draft.name, draft.read_bytes(), NOW - timedelta(minutes=5))
    choose(qtbot, desk, panel, "操作手順書")
    dialog = take(qtbot, desk, panel, None)
    assert dialog.received is not None
    press(qtbot, desk, dialog.leave_out)
    assert (dialog.received, dialog.form.value("pages"), dialog.leave_out.isVisible()) == (None, None, False)
    press(qtbot, desk, dialog.recent.newest)
    assert dialog.received is not None
    dialog.reject()

    dialog = take(qtbot, desk, panel, None)
    assert dialog.received is not None
    dialog.form.set_values({"received_how": "持参"})
    dialog._update_fields()
    assert dialog.received is None
    press(qtbot, desk, dialog.main)
    version = handout(desk.store, 6, "操作手順書").versions[0].version
    assert (version.file_id, version.received_how) == (None, "持参")


def test_the_row_of_the_handout_whose_version_was_received_is_chosen_and_its_check_is_next(panel, desk, qtbot):
    choose(qtbot, desk, panel, "操作手順書")
    wanted = handout(desk.store, 6, "Instagramの投稿").material.id
    dialog = take(qtbot, desk, panel, None)
    dialog.form.set_values({"material": wanted, "received_how": "持参"})
    press(qtbot, desk, dialog.main)
    assert panel.current_row().material_id == wanted
    assert panel.focusWidget() is panel.handout.check


def test_a_handout_still_to_come_leaves_the_focus_where_it_is(panel, desk, qtbot):
    press(qtbot, desk, panel.receive)
    name_one_to_come(qtbot, desk, panel, "アンケート用紙")
    panel.table.view.setFocus()
    choose(qtbot, desk, panel, "Instagramの投稿")
    assert panel.focusWidget() is not panel.handout.check


def test_a_file_that_was_chosen_is_not_exchanged_for_one_that_is_proposed(panel, desk, draft, downloads, qtbot):
    save_at(downloads / "別の資料.pdf", draft.read_bytes() + b"%", NOW - timedelta(minutes=5))
    choose(qtbot, desk, panel, "操作手順書")
    # As the button does once it has read, so that the folder is still being looked at.
    panel.handout._open_receipt(None, material_board.read_handouts_to_check(desk.store, event_id=6))
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    do(qtbot, desk, lambda: dialog.take_file(draft))
    assert dialog.received.name == draft.name
    assert dialog.main.hasFocus()
    dialog.reject()


def test_a_slow_folder_puts_no_file_under_the_hands_of_who_types(panel, desk, draft, downloads, qtbot):
    save_at(downloads / draft.name, draft.read_bytes(), NOW - timedelta(minutes=5))
    choose(qtbot, desk, panel, "操作手順書")
    # As the button does once it has read, so that the folder is still being looked at.
    panel.handout._open_receipt(None, material_board.read_handouts_to_check(desk.store, event_id=6))
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    dialog.form.go_to("pages")
    do(qtbot, desk, lambda: qtbot.keyClicks(dialog.form.editor("pages"), "12"))
    assert (dialog.received, dialog.form.value("pages")) == (None, 12)
    assert dialog.form.editor("pages").hasFocus()
    # It is offered all the same.
    assert dialog.recent.isVisible()
    dialog.reject()


def test_receiving_can_be_taken_back(panel, desk, draft, qtbot):
    choose(qtbot, desk, panel, "Instagramの投稿")
    press(qtbot, desk, take(qtbot, desk, panel, draft).main)
    do(qtbot, desk, desk.undo)

    assert [row.version.version for row in handout(desk.store, 6, "Instagramの投稿").versions] == [1]
    assert panel.current_row().state_words == "結果を通知する"


def test_a_paper_handed_over_is_received_without_a_file(panel, desk, qtbot):
    choose(qtbot, desk, panel, "操作手順書")
    dialog = take(qtbot, desk, panel, None)
    dialog.form.set_values({"received_how": "持参", "received_on": date(2026, 11, 30)})
    press(qtbot, desk, dialog.main)

    version = handout(desk.store, 6, "操作手順書").versions[0].version
    assert (version.version, version.file_id, version.received_how) == (2, None, "持参")


def test_a_new_handout_is_named_and_received_in_one_go(panel, desk, draft, qtbot):
    choose(qtbot, desk, panel, "操作手順書")
    press(qtbot, desk, panel.receive)
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    dialog.form.set_values({"material": 0})
    dialog._update_fields()
    do(qtbot, desk, lambda: dialog.take_file(draft))
    assert dialog.form.value("title") == "講習資料"
    dialog.form.set_values({"title": "注意点のまとめ"})
    press(qtbot, desk, dialog.main)

    assert handout(desk.store, 6, "注意点のまとめ").versions[0].version.version == 1


@pytest.mark.parametrize(
    ("file_name", "proposed"),
    [
        ("講習資料_第2版_20261201.pdf", "講習資料"),
        ("操作手順書（最終版） (2).pptx", "操作手順書"),
        ("LINE_講習_v1.2.pdf", "LINE 講習"),
        ("次第.pdf", "次第"),
        ("20261201.pdf", "20261201"),
    ],
)
def test_a_handout_is_not_named_after_the_version_of_its_file(file_name, proposed):
    assert material_name(file_name) == proposed


def test_a_day_still_to_come_is_refused_and_nothing_of_the_handout_is_kept(panel, desk, qtbot):
    choose(qtbot, desk, panel, "操作手順書")
    press(qtbot, desk, panel.receive)
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    dialog.form.set_values({"material": 0, "title": "次第（案）", "received_on": date(2026, 12, 24)})
    dialog._update_fields()
    press(qtbot, desk, dialog.main)
    assert "本日より後" in dialog.refusal.words()

    def titles():
        return [one.material.title for one in material_board.read_handouts_to_check(desk.store, event_id=6)]

    assert "次第（案）" not in titles()
    dialog.form.set_values({"received_on": date(2026, 12, 1)})
    press(qtbot, desk, dialog.main)
    assert titles().count("次第（案）") == 1
    do(qtbot, desk, desk.undo)
    assert "次第（案）" not in titles(), "one act is one undo"


def test_a_confirmed_handout_is_replaced_only_with_a_reason(panel, desk, draft, qtbot):
    choose(qtbot, desk, panel, "次第")
    dialog = take(qtbot, desk, panel, draft)
    press(qtbot, desk, dialog.main)
    assert dialog.form.problem_shown("reason")
    dialog.form.set_values({"reason": "会場名の差替え"})
    press(qtbot, desk, dialog.main)

    view = handout(desk.store, 6, "次第")
    assert (view.versions[0].version.version, view.state) == (2, "区が確認中")


def test_a_file_that_is_gone_is_said_in_the_dialog(panel, desk, tmp_path, qtbot):
    choose(qtbot, desk, panel, "操作手順書")
    dialog = take(qtbot, desk, panel, tmp_path / "ない.pdf")

    assert "見つかりません" in dialog.refusal.words()
    assert dialog.received is None


def name_one_to_come(qtbot, desk, panel, title):
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    dialog.form.set_values({"material": 0, "received_how": NOT_YET, "title": title})
    dialog.form.changed.emit("received_how")
    assert dialog.main.text() == "受領前の資料として残す"
    assert not dialog.form.editor("received_on").isVisible()
    press(qtbot, desk, dialog.main)


def test_a_handout_to_come_is_named_renamed_and_removed_again(panel, desk, qtbot):
    choose(qtbot, desk, panel, "操作手順書")
    press(qtbot, desk, panel.receive)
    name_one_to_come(qtbot, desk, panel, "アンケート用紙")
    assert panel.current_row().title == "アンケート用紙"
    assert panel.handout.view.versions == ()

    screen = handout_page(qtbot, desk, "アンケート用紙")
    assert screen.record.isVisible(), "there is nothing to look at yet"
    press(qtbot, desk, screen.record.rename)
    dialog = dialog_over(screen, MaterialNameDialog)
    dialog.form.set_values({"title": "アンケート用紙（紙）"})
    press(qtbot, desk, dialog.main)
    assert screen.record.title.text() == "アンケート用紙（紙）"

    press(qtbot, desk, screen.record.remove)
    titles = [one.material.title for one in material_board.read_handouts_to_check(desk.store, event_id=6)]
    assert "アンケート用紙（紙）" not in titles
    do(qtbot, desk, desk.undo)
    titles = [one.material.title for one in material_board.read_handouts_to_check(desk.store, event_id=6)]
    assert "アンケート用紙（紙）" in titles


def test_an_event_without_named_handouts_offers_to_name_one(panel, desk, qtbot):
    panel.open_with(event_id=12)
    do(qtbot, desk, panel.refresh)
    assert "まだ登録されていません" in panel.handout.receipt.text()
    press(qtbot, desk, panel.receive)
    name_one_to_come(qtbot, desk, panel, "ワークシート")

    assert panel.current_row().title == "ワークシート"


def test_the_request_goes_to_the_contractor_for_what_is_awaited(panel, desk, qtbot):
    tell_result(desk.store, handout(desk.store, 6, "Instagramの投稿").material.id, desk.today())
    do(qtbot, desk, panel.refresh)
    choose(qtbot, desk, panel, "Instagramの投稿")
    press(qtbot, desk, panel.handout.request)
    dialog = dialog_over(panel, RequestDraftDialog)

    assert "業務責任者" in dialog.text.toPlainText()
    assert "第6回" in dialog.subject.text()


def test_who_comes_because_a_handout_has_arrived_stands_before_its_receipt_once(panel, desk, qtbot):
    wanted = next(one for one in panel.table.model.records() if one.material_id)
    panel.open_with(event_id=6, material_id=wanted.material_id, receive=True)
    do(qtbot, desk, panel.refresh)
    assert panel.current_row().material_id == wanted.material_id
    dialog = dialog_over(panel, ReceiveHandoutDialog)
    assert int(dialog.form.value("material")) == wanted.material_id
    dialog.cancel.click()
    do(qtbot, desk, panel.refresh)
    assert [one for one in panel.findChildren(ReceiveHandoutDialog) if one.isVisible()] == []


def test_an_event_that_needs_no_handout_can_receive_one_all_the_same(desk, qtbot):
    with StrayWindows() as strays:
        tab = EventWorkQueue(desk, "資料", detail=HandoutSteps(desk, of_event=True))
        strays._allowed = (tab,)
        tab.open_with(event_id=9)
        shown(qtbot, tab, desk)

    assert strays.found == []
    assert tab.table.model.rowCount() == 0
    press(qtbot, desk, tab.receive)
    name_one_to_come(qtbot, desk, tab, "ワークシート")
    assert handout(desk.store, 9, "ワークシート").versions == ()


def test_on_a_narrow_window_the_detail_is_a_page_of_its_own(desk, qtbot):
    made = handout_tab(qtbot, desk, width=855, height=464)
    assert not made.handout.isVisible()
    do(qtbot, desk, lambda: made.table.opened.emit(made.table.current()))
    assert made.handout.isVisible()
    assert not made.table.isVisible()
    press(qtbot, desk, made.parts.back)

    assert made.table.isVisible()


def test_what_is_refused_is_said_below_and_moves_nothing_under_the_mouse(desk, qtbot):
    page = handout_page(qtbot, desk, "操作手順書", part=RECORD)
    record = page.record
    parts = (record.versions, record.findings_title, record.printed, record.check)

    def places():
        return [part.mapTo(page, part.rect().topLeft()) for part in parts]

    before = places()
    QApplication.processEvents()
    while (stands := places()) != before:  # the page may still be taking its last heights
        before = stands
        QApplication.processEvents()

    do(qtbot, desk, lambda: page.show_error(UserError("その版は、ほかの人が確認済にしました。")))

    assert record.problem.isVisible()
    assert places() == before


@pytest.mark.parametrize("goes_on", [True, False])
def test_whoever_prints_handouts_without_their_fonts_is_asked_before(qtbot, desk, panel, goes_on):
    material_id = handout(desk.store, 6, "次第").material.id
    receive_version(
        ActionContext(desk.store, desk.user_name, NOW),
        material_id=material_id,
        name="次第.pdf",
        data=japanese(),
        received_on=NOW.date(),
        pages=1,
        reason="作り直し",
    )
    view = read_handouts(desk.store, event_id=6)
    dialog = HandoutDialog(panel, view)
    dialog.open()
    for number, box in dialog.boxes.items():
        box.setChecked(number == material_id)
    joined = []
    do(qtbot, desk, lambda: dialog._build_and_run(joined.append, for_printer=False))
    assert joined == []
    (question,) = (one for one in dialog.findChildren(DialogFrame) if one.isVisible())
    said = "".join(one.accessibleName() for one in question.findChildren(NoteBox))
    assert "「次第」には日本語のフォントが入っておらず" in said
    (question.main if goes_on else question.cancel).click()
    assert len(joined) == goes_on

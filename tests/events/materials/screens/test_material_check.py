"""A handout is judged beside its page: findings typed one after another, results by key, nothing typed is lost."""

import io
from datetime import date

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.documents.screens.notification_dialog import NotificationDialog
from app.documents.services.document_saving import save_document
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import open_copy
from app.events.materials.screens.finding_dialogs import FindingDialog
from app.events.materials.screens.material_dialogs import ReceiveHandoutDialog
from app.events.materials.services import material_documents, materials
from app.window.app_context import bind_action
from db.records.documents import Notification
from db.records.programme import Contractor
from db.rows import rows
from tests.support.asked_places import asked_places
from tests.support.doing import do
from tests.support.pressing import press_key
from tests.support.sample import NOW
from tests.support.sample_desk import handout
from tests.support.turns_pages import handout_page
from tests.support.waiting import press

SLIDES = "Instagramの投稿"


@pytest.fixture
def panel(qtbot, desk):
    return handout_page(qtbot, desk, SLIDES)


def pages(count: int) -> bytes:
    pdf = pikepdf.new()
    for _number in range(count):
        pdf.add_blank_page()
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def slides(desk):
    return handout(desk.store, 6, SLIDES)


def save(qtbot, desk, change, **values) -> None:
    do(qtbot, desk, lambda: desk.write(bind_action(change, **values)))


def receive(qtbot, desk, data: bytes | None, name: str = "第2版.pdf") -> None:
    save(qtbot, desk, materials.receive_version, material_id=slides(desk).material.id, name=name, data=data)


def open_check(qtbot, desk, panel, data: bytes | None = None):
    """Open the check of the newest version, which is received first where it is given."""
    if data is not None:
        receive(qtbot, desk, data)
    do(qtbot, desk, panel.open_check)
    assert panel.check.isVisible()
    return panel.check


def test_findings_are_typed_one_after_another_beside_the_page_and_follow_it(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(3))
    row = check.row
    assert panel.findChildren(FindingDialog) == []
    assert check.preview.isVisible()
    assert check.preview.page_count() == 3
    assert row.page.text() == "1"

    press_key(qtbot, desk, row.text, Qt.Key.Key_PageDown)
    assert row.page.text() == "2"
    press_key(qtbot, desk, row.text, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    row.text.setText("図の番号の文字を14ポイントに")
    press_key(qtbot, desk, row.text, Qt.Key.Key_Return)
    assert (row.text.text(), row.page.text()) == ("", "2")
    press_key(qtbot, desk, row.text, Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    row.basis.setEditText("内容の誤り")
    row.text.setText("「シェア」の場所")
    press_key(qtbot, desk, row.text, Qt.Key.Key_Return)

    assert [(each.page, each.duty, each.basis, each.text) for each in slides(desk).versions[0].findings] == [
        ("2", "お願い", "", "図の番号の文字を14ポイントに"),
        ("2", "必須", "内容の誤り", "「シェア」の場所"),
    ]


@pytest.mark.parametrize("place", ["page", "must", "basis", "text"])
def test_enter_adds_a_finding_from_every_field_with_the_page_at_which_it_was_begun(panel, desk, qtbot, place):
    check = open_check(qtbot, desk, panel, pages(3))
    row = check.row
    row.must.click()
    row.text.setText("画面の写真が古い")
    row.basis.setEditText("内容の誤り")
    press_key(qtbot, desk, row.text, Qt.Key.Key_PageDown)
    assert (check.preview.pages.page(), row.page.text()) == (2, "1")
    getattr(row, place).setFocus()
    press_key(qtbot, desk, getattr(row, place), Qt.Key.Key_Return)
    assert [(one.page, one.duty, one.text) for one in slides(desk).versions[0].findings] == [
        ("1", "必須", "画面の写真が古い")
    ]
    assert (row.text.text(), row.page.text()) == ("", "2"), "the next one begins at the page in view"


def test_the_pages_turn_from_wherever_the_keyboard_is_and_those_not_turned_to_are_counted(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(4))
    check.row.must.click()
    assert check.bar.words.plain_text().startswith("4ページ中 1ページを開きました　")
    for page, place in enumerate((check.row.basis, check.findings.view, check.row.must), start=2):
        place.setFocus()
        press_key(qtbot, desk, place, Qt.Key.Key_PageDown)
        assert check.preview.pages.page() == page
    assert "開きました" not in check.bar.words.plain_text()
    press_key(qtbot, desk, check.row.basis, Qt.Key.Key_PageUp)
    assert check.preview.pages.page() == 3


def test_a_page_typed_by_hand_stays_until_it_is_emptied(panel, desk, qtbot):
    row = open_check(qtbot, desk, panel, pages(3)).row
    row.page.selectAll()
    QTest.keyClicks(row.page, "12")
    press_key(qtbot, desk, row.text, Qt.Key.Key_PageDown)
    assert row.page.text() == "12"

    row.page.selectAll()
    press_key(qtbot, desk, row.page, Qt.Key.Key_Delete)
    press_key(qtbot, desk, row.text, Qt.Key.Key_PageDown)
    assert row.page.text() == "3"


def test_what_is_refused_stays_typed_and_nothing_moves_for_the_warning(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    parts = (check.findings, check.row, check.result_title, check.bar)
    places = [part.geometry() for part in parts]
    assert check.row.wish.isChecked()
    check.row.must.click()
    check.row.text.setText("章の順番")
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_Return)

    assert "根拠が要ります" in check.problem.words()
    assert check.row.text.text() == "章の順番"
    assert check.problem.isVisible()
    assert [part.geometry() for part in parts] == places
    assert slides(desk).versions[0].findings == ()


def test_the_reason_is_proposed_from_the_words_until_one_is_chosen_by_hand(panel, desk, qtbot):
    row = open_check(qtbot, desk, panel, pages(2)).row
    row.must.click()
    row.text.setText("誤字「ラインン」")
    assert row.basis.currentText() == "内容の誤り"
    row.text.setText("写真の説明")
    assert row.basis.currentText() == "肖像の承諾"
    row.text.setText("章の順番")
    assert row.basis.currentText() == ""

    row.basis.setEditText("仕4(1)カ")
    row.text.setText("写真の大きさ")
    assert row.basis.currentText() == "仕4(1)カ"
    press_key(qtbot, desk, row.text, Qt.Key.Key_Return)
    assert [each.basis for each in slides(desk).versions[0].findings] == ["仕4(1)カ"]
    assert row.basis.currentText() == ""


def test_a_result_waits_where_the_typed_finding_is_refused(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    check.row.must.click()
    check.row.text.setText("章の順番")
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_F7)
    assert "根拠が要ります" in check.problem.words()
    assert (check.row.text.text(), slides(desk).versions[0].version.result) == ("章の順番", None)


def test_what_is_found_again_and_again_is_taken_by_its_digit(panel, desk, qtbot):
    receive(qtbot, desk, pages(2))
    for _time in range(2):
        save(
            qtbot,
            desk,
            materials.add_finding,
            version_id=slides(desk).versions[0].version.id,
            page="1",
            text="開催日の曜日を直す",
            duty="必須",
            basis="内容の誤り",
        )
    open_handout(qtbot, desk, panel, "操作手順書")
    row = open_handout(qtbot, desk, panel, SLIDES).row
    menu = row.offered.open_menu()
    words = [action.text() for action in menu.actions()]
    assert words[0] == "&1　開催日の曜日を直す　内容の誤り"
    assert "&4　ほかの団体の名称・ロゴの承諾を確かめる　肖像・名称" in words
    QTest.keyClick(menu, Qt.Key.Key_3)
    assert (row.text.text(), row.basis.currentText()) == ("写真の承諾を確かめる", "肖像の承諾")

    row.text.setText("14")
    menu = row.offered.open_menu()
    QTest.keyClick(menu, Qt.Key.Key_1)
    assert (row.text.text(), row.wish.isChecked()) == ("文字を14ポイント以上にする", True)


def test_the_next_version_begins_at_its_first_open_finding_and_space_goes_from_page_to_page(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(20))
    view = check.findings.view
    assert panel.window().focusWidget() is view
    qtbot.waitUntil(lambda: check.preview.pages.page() == 7)
    seen = []
    for _finding in range(3):
        seen.append((check.findings.current().finding.page, check.preview.pages.page()))
        press_key(qtbot, desk, view, Qt.Key.Key_Space)
    assert seen == [("7", 7), ("11", 11), ("18", 18)]
    assert check.count.text() == "指摘　残り 0件（必須 0・お願い 0）"
    press_key(qtbot, desk, view, Qt.Key.Key_PageDown)
    press_key(qtbot, desk, view, Qt.Key.Key_F5)
    assert slides(desk).versions[0].version.result == "確認済"
    assert check.preview.pages.page() == 19, "the list that is read again turns no page"


def test_a_version_that_comes_in_where_one_stands_begins_at_what_was_found_before(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel)
    check.row.text.setFocus()
    receive(qtbot, desk, pages(2))
    do(qtbot, desk, panel.refresh)
    assert panel.window().focusWidget() is check.findings.view
    check.row.text.setFocus()
    check.row.text.setText("途中の文")
    receive(qtbot, desk, pages(3))
    do(qtbot, desk, panel.refresh)
    assert check.row.text.text() == "途中の文"
    assert panel.window().focusWidget() is check.row.text, "whoever types goes on"


def open_handout(qtbot, desk, panel, title: str):
    """Come to another handout by its row."""
    panel.open_with(event_id=6, material_id=handout(desk.store, 6, title).material.id, back="event")
    do(qtbot, desk, panel.refresh)
    assert panel.check.isVisible()
    return panel.check


def test_a_half_typed_finding_waits_for_its_handout(panel, desk, qtbot):
    went = asked_places(desk)
    check = open_check(qtbot, desk, panel)
    assert not panel.has_unsaved_work
    check.row.text.setText("途中の文")
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_Escape)
    assert went == [("event", {"event_id": 6, "tab": "資料", "material_id": slides(desk).material.id})]
    assert panel.has_unsaved_work
    assert not panel.can_be_discarded()

    assert open_handout(qtbot, desk, panel, "操作手順書").row.text.text() == ""
    assert open_handout(qtbot, desk, panel, SLIDES).row.text.text() == "途中の文"


def test_a_new_version_brings_the_open_findings_and_one_key_says_they_are_mended(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    heads = {check.findings.model.group(line) for line in check.findings.model.records()}
    assert heads == {"第1版からの持ち越し"}
    assert check.count.text() == "指摘　残り 3件（必須 2・お願い 1）"

    check.findings.choose(lambda line: line.finding.page == "7")
    press_key(qtbot, desk, check.findings.view, Qt.Key.Key_Space)

    assert check.count.text() == "指摘　残り 2件（必須 1・お願い 1）"
    do(qtbot, desk, desk.undo)
    assert check.count.text() == "指摘　残り 3件（必須 2・お願い 1）"


def test_confirming_is_shut_with_its_reason_until_every_duty_is_mended(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    confirm = check.results["確認済"]
    assert not confirm.isEnabled()
    assert "必須が2件、未修正のため" in check.bar.words.plain_text()
    assert check.results["再提出"].is_filled
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_F5)
    assert slides(desk).versions[0].version.result is None

    for finding in slides(desk).versions[1].findings:
        save(qtbot, desk, materials.resolve_finding, finding_id=finding.id)
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_F5)

    assert slides(desk).versions[0].version.result == "確認済"
    assert check.result_title.text().startswith("第2版の結果　確認済")
    assert not check.row.isEnabled()


def test_what_is_still_open_from_the_version_before_is_sent_back_and_stands_in_the_notice(panel, desk, qtbot):
    receive(qtbot, desk, pages(2))
    mended = slides(desk).versions[1].findings[0]
    save(qtbot, desk, materials.resolve_finding, finding_id=mended.id)
    check = open_check(qtbot, desk, panel)
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_F7)

    assert slides(desk).versions[0].version.result == "再提出"
    told = next(row for row in material_documents.reviewed_materials(desk.store, 6) if SLIDES in row.material.title)
    assert told.version.version == 2
    assert [row.page for row in told.findings] == ["11", "18"]


def test_the_same_result_pressed_again_changes_nothing(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel)
    given = slides(desk).versions[0].version.result
    said = []
    desk.saved.connect(said.append)
    press_key(qtbot, desk, check.row.text, {"確認済": Qt.Key.Key_F5, "再提出": Qt.Key.Key_F7}[given])

    assert not check.results[given].isEnabled()
    assert said == []


def test_a_result_is_told_by_a_press_with_its_paper_in_sight_and_taken_back_by_undo(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    assert not check.tell.isVisible()
    press_key(qtbot, desk, panel, Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert "まだ結果がありません。F5・F6・F7" in check.problem.words()
    press_key(qtbot, desk, panel, Qt.Key.Key_F7)
    assert (check.tell.isVisible(), check.tell.text()) == (True, "通知したと記録する")

    dialog = told_dialog(qtbot, desk, check)
    assert dialog.view.kind == "資料確認結果通知"
    assert not dialog.main.isEnabled()
    assert not dialog.main.isDefault()
    assert dialog.form.value("told_how") == ""
    dialog.form.set_values({"told_how": "メール"})
    dialog.form.changed.emit("told_how")
    qtbot.waitUntil(dialog.main.isEnabled)
    press_key(qtbot, desk, dialog, Qt.Key.Key_Return)
    assert panel.view.notified_words == "未通知"
    press(qtbot, desk, dialog.main)
    assert not check.tell.isVisible()
    assert panel.view.notified_words == "12/1(火) 通知"
    do(qtbot, desk, desk.undo)
    assert panel.view.notified_words == "未通知"
    assert check.tell.isVisible()


def test_what_was_made_stands_beside_what_would_be_made_now_and_is_what_is_recorded(panel, desk, qtbot, tmp_path):
    check = open_check(qtbot, desk, panel, pages(2))
    press_key(qtbot, desk, panel, Qt.Key.Key_F7)
    scope = DocumentScope(event_id=6)
    save(
        qtbot,
        desk,
        save_document,
        scope=scope,
        kind="資料確認結果通知",
        format="pdf",
        options=SaveOptions(path=tmp_path / "a.pdf"),
    )
    dialog = told_dialog(qtbot, desk, check)
    assert not dialog.left.isVisible()
    dialog.reject()
    (contractor,) = rows(desk.store.database, Contractor)
    with desk.store.change(action="業務責任者を直した", by="見本", now=NOW) as change:
        change.update(Contractor, contractor.id, responsible="新任　花子")

    dialog = told_dialog(qtbot, desk, check)
    qtbot.waitUntil(lambda: dialog.left.page_count() > 0)
    assert "記録するのは、作ったもの（左）です" in dialog.otherwise.words()
    dialog.form.set_values({"told_how": "手渡し"})
    dialog.form.changed.emit("told_how")
    press(qtbot, desk, dialog.main)
    told = rows(desk.store.database, Notification, order="-id")[0]
    assert open_copy(desk.store, outgoing_id=told.outgoing_id).data == (tmp_path / "a.pdf").read_bytes()


def test_more_enters_after_a_result_tell_nobody(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    press_key(qtbot, desk, panel, Qt.Key.Key_F6)
    qtbot.waitUntil(check.tell.hasFocus)
    for _ in range(4):
        press_key(qtbot, desk, QApplication.focusWidget(), Qt.Key.Key_Return)
    assert check.window().findChild(NotificationDialog).isVisible()
    assert panel.view.notified_words == "未通知"


@pytest.mark.parametrize(
    ("way", "words"), [("電話", "再提出と伝えた"), ("アプリの外の文書", "12/1 付のメール「資料について」")]
)
def test_what_was_told_outside_of_the_program_is_recorded_with_its_words(panel, desk, qtbot, way, words):
    check = open_check(qtbot, desk, panel, pages(2))
    press_key(qtbot, desk, panel, Qt.Key.Key_F7)
    dialog = told_dialog(qtbot, desk, check)
    dialog.form.set_values({"told_how": way, "told_on": date(2026, 11, 30)})
    dialog.form.changed.emit("told_how")
    assert not dialog.main.isEnabled()
    dialog.form.set_values({"words": words})
    dialog.form.changed.emit("words")
    assert dialog.main.isEnabled()
    press(qtbot, desk, dialog.main)
    assert panel.view.notified_words == "11/30(月) 通知"
    act = rows(desk.store.database, Notification, order="-id")[0]
    assert (act.told_how, act.reason, act.told_on) == (way, words, date(2026, 11, 30))
    do(qtbot, desk, check.receive.click)
    asked = check.window().findChild(ReceiveHandoutDialog)
    assert (check.receive.text(), asked.main.text()) == ("第3版を受領する",) * 2
    assert open_copy(desk.store, outgoing_id=act.outgoing_id).data.decode() == words


def told_dialog(qtbot, desk, check):
    press(qtbot, desk, check.tell)
    return check.window().findChild(NotificationDialog)


def test_without_a_pdf_the_left_side_says_so_and_typing_works(panel, desk, qtbot):
    for data, name, words in (
        (None, "", "紙で受領した版です"),
        (b"PK\x03\x04 slides", "第3版.pptx", "「第3版.pptx」はスライドのため"),
    ):
        receive(qtbot, desk, data, name)
        check = open_check(qtbot, desk, panel)
        assert words in check.preview.words()
        assert check.file.is_offered == (data is not None)
        press_key(qtbot, desk, check.row.text, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
        check.row.page.selectAll()
        QTest.keyClicks(check.row.page, "5")
        check.row.text.setText("文字の大きさ")
        press_key(qtbot, desk, check.row.text, Qt.Key.Key_Return)
        assert [(row.page, row.text) for row in slides(desk).versions[0].findings] == [("5", "文字の大きさ")]
        press_key(qtbot, desk, check.row.text, Qt.Key.Key_Escape)


def test_an_earlier_finding_is_mended_in_the_row_and_esc_gives_it_up(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel)
    check.findings.choose(lambda line: line.finding.page == "11")
    press_key(qtbot, desk, check.findings.view, Qt.Key.Key_F2)
    assert check.row.page.text() == "11"
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_Escape)
    assert check.isVisible()
    assert check.row.text.text() == ""

    check.findings.choose(lambda line: line.finding.page == "11")
    press_key(qtbot, desk, check.findings.view, Qt.Key.Key_F2)
    check.row.text.setText("料金はいつの時点か")
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_Return)
    assert [row.text for row in slides(desk).versions[0].findings if row.page == "11"] == ["料金はいつの時点か"]


def test_when_the_version_is_taken_back_the_judging_ends_in_the_list(panel, desk, qtbot):
    title = "注意点のまとめ"
    save(qtbot, desk, materials.add_material, event_id=6, title=title)
    made = handout(desk.store, 6, title).material.id
    save(qtbot, desk, materials.receive_version, material_id=made, name="", data=None, received_on=NOW.date())
    open_handout(qtbot, desk, panel, title)
    went = asked_places(desk)
    do(qtbot, desk, desk.undo)

    assert went == [("event", {"event_id": 6, "tab": "資料", "material_id": made})]


def test_on_a_narrow_window_page_and_findings_are_two_pages_with_a_way_between(desk, qtbot):
    made = handout_page(qtbot, desk, SLIDES, width=855, height=464)
    check = made.check
    assert check.row.isVisible()
    assert not check.preview.isVisible()
    assert made.width() == 855
    qtbot.mouseClick(check.turn, Qt.MouseButton.LeftButton)
    assert check.preview.isVisible()
    assert not check.row.isVisible()
    press_key(qtbot, desk, check.preview.pages, Qt.Key.Key_F8)

    assert check.row.text.hasFocus()


def test_behind_a_result_the_keyboard_stands_at_telling_it(panel, desk, qtbot):
    check = open_check(qtbot, desk, panel, pages(2))
    check.row.text.setText("写真を差し替える")
    check.row.text.setFocus()
    press_key(qtbot, desk, check.row.text, Qt.Key.Key_F7)
    # What is typed is kept as a finding first: the result rests on it.
    qtbot.waitUntil(check.tell.hasFocus)
    assert check.tell.is_filled, "what waits"
    newest = slides(desk).versions[0]
    assert (newest.version.result, [(one.text, one.duty) for one in newest.findings]) == (
        "再提出",
        [("写真を差し替える", "お願い")],
    )
    assert check.row.text.text() == ""
    press_key(qtbot, desk, check.tell, Qt.Key.Key_Space)
    assert check.window().findChild(NotificationDialog).form.isVisible()


def test_with_little_room_the_words_of_a_finding_have_a_line_of_their_own(qtbot, desk):
    page = handout_page(qtbot, desk, SLIDES, width=1400, height=720)
    row = page.check.row
    words = row.text.fontMetrics().horizontalAdvance("図の番号の文字を14ポイント以上にしてください")
    assert row.text.y() == row.page.y()
    page.resize(949, 520)  # what 1366 × 768 at 125 % leaves beside the side bar and below the top bar
    qtbot.waitUntil(lambda: row.text.y() > row.page.y())
    qtbot.waitUntil(lambda: row.text.width() > words + 40)
    page.resize(1400, 720)
    qtbot.waitUntil(lambda: row.text.y() == row.page.y())

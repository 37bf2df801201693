"""The check of a received report: receipt, points, numbers read from its pages, request, confirmation."""

import re
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from app.documents.screens.document_view import DocumentDialog
from app.event.services.event_results import record_result
from app.history import services as history_services
from app.submissions.reports.screens.check_page import CorrectionRequestDialog, ReceiptDialog
from app.submissions.reports.screens.figure_table import HANDLING, ITEM, SOURCE, THEIRS, handling_words
from app.submissions.reports.services import report_check
from app.widgets.dialogs.common_dialogs import ReasonDialog
from app.window import theme as t
from app.window.style_sheet import apply_text_size
from db.records.events import EventResult
from db.tables import events
from db.tables import reports as table
from tests.support import hostile_pdfs
from tests.support.doing import do
from tests.support.foreign_reports import scanned
from tests.support.handout_pdfs import handout, locked
from tests.support.report_pages import click, contractors_pdf, id_of, press, reports_shown, settle, stored
from tests.support.sample import BY, NOW, acting
from tests.support.sample_desk import dialog_over
from tests.support.saved_files import save_at


@pytest.fixture
def panel(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path, "E1") as found:
        yield found


@pytest.fixture
def fresh(qtbot, tmp_path):
    """第4回, whose report has just come: 出席 says 18 where the ward's record says 12; nothing is confirmed yet."""
    with reports_shown(qtbot, tmp_path / "year", "L4") as found:
        received(qtbot, found, "L4", tmp_path / "報告書.pdf", attended=18)
        yield found


def received(qtbot, panel, event, file, **slips):
    data = contractors_pdf(panel, event, file, **slips).read_bytes()
    report_check.receive_report(
        acting(panel.app_context.store),
        event_id=id_of(panel, event),
        data=data,
        name=file.name,
        pages=4,
        received_on=NOW.date(),
        received_how="メール",
    )
    do(qtbot, panel, panel.refresh)


def _line(panel, item):
    return next(line for line in panel.check.figures.lines() if line.figure.item == item)


def _stored(panel, event, item):
    report = stored(panel, event, "受領")
    found = table.figures_of_report(panel.app_context.store.database, report.id)
    return next(figure for figure in found if figure.item == item)


def _key(qtbot, panel, key):
    panel.check.figures.setFocus()
    do(qtbot, panel, qtbot.keyClick, panel.check.figures, key)


def _box(panel):
    return panel.check.figures.findChild(QLineEdit)


def _enter(qtbot, panel):
    qtbot.keyClick(_box(panel), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: _box(panel) is None)
    settle(qtbot, panel)


def _write(qtbot, panel, words):
    box = _box(panel)
    box.selectAll()
    qtbot.keyClicks(box, words)
    _enter(qtbot, panel)


@pytest.mark.styled
def test_in_a_narrow_window_the_number_in_turn_and_the_first_one_are_seen_whole(qtbot, panel):
    figures = panel.check.figures
    for width, height in ((1190, 720), (767, 464), (949, 566)):
        panel.resize(width, height)
        settle(qtbot, panel)
        room = figures.viewport().rect()
        assert figures.current_line().figure.item == "回収数"
        assert room.contains(figures.visualRect(figures.currentIndex()))
        assert figures.visualRect(figures.indexAt(QPoint(4, 0))).top() == 0


def _tick_all(qtbot, panel):
    for button in panel.check.points.buttons:
        if not button.found:
            click(qtbot, panel, button)


def _click(qtbot, panel, item, column):
    figures = panel.check.figures
    figures.go_to(item)
    area = figures.visualRect(figures.model_of_lines.index(figures.currentIndex().row(), column))
    qtbot.mouseClick(figures.viewport(), Qt.MouseButton.LeftButton, pos=area.center())


def _type(qtbot, box, text):
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)


def test_every_number_comes_read_from_the_pages_and_counts_for_nothing_yet(fresh):
    check = fresh.check

    assert _line(fresh, "出席").proposal.words == "18人"
    assert _line(fresh, "出席").difference == "+6"
    assert [line.figure.item for line in check.figures.lines() if line.proposal is None] == []
    assert all(
        not figure.theirs for figure in table.figures_of_report(fresh.app_context.store.database, check.report_id)
    )
    assert check.figures.current_line().figure.item == "出席"
    # The rate is the ward's, and not what the two numbers beside it make.
    assert check.count.text() == "差 1件　報告書の中の食い違い 1件"
    assert _line(fresh, "回収率").difference.startswith("計算 ")
    assert check.go_on.text() == "出席を確認してつぎへ"
    marks = check.preview.pages._marks
    assert [(mark.words, mark.tone, mark.strong) for mark in marks if mark.words] == [("1", "red", True)]
    assert all(mark.dashed for mark in marks if mark.tone == "accent")
    assert not check.confirm.isEnabled()


def test_enter_confirms_and_goes_on_and_one_key_takes_all_that_are_equal_with_one_undo(fresh, qtbot):
    check, store = fresh.check, fresh.app_context.store
    check.figures.go_to("申込")
    _key(qtbot, fresh, Qt.Key.Key_Return)
    assert (_stored(fresh, "L4", "申込").theirs, _stored(fresh, "L4", "申込").page) == ("12人", "1")
    assert check.figures.current_line().figure.item == "出席"

    click(qtbot, fresh, check.all_equal)
    assert _stored(fresh, "L4", "団体").theirs == "10団体"
    assert _stored(fresh, "L4", "出席").theirs == ""  # it differs: that wants an answer of its own
    assert not check.all_equal.isVisible()
    assert check.window().focusWidget() is check.figures
    assert check.figures.current_line().figure.item == "出席"

    history_services.undo(store, by=BY, now=NOW)
    assert _stored(fresh, "L4", "団体").theirs == ""
    assert _stored(fresh, "L4", "申込").theirs == "12人"


def test_one_key_asks_for_a_correction_and_says_so_in_the_request(fresh, qtbot):
    _key(qtbot, fresh, Qt.Key.Key_1)

    kept = _stored(fresh, "L4", "出席")
    assert (kept.theirs, kept.page, kept.handling) == ("18人", "1", "修正を依頼")
    assert "出席「18人」（区の記録は12人" in fresh.check.hint.text()
    press(qtbot, fresh.check.request)
    dialog = dialog_over(fresh, CorrectionRequestDialog)
    click(qtbot, fresh, dialog.text.copy_button)
    assert "p.1　出席「18人」" in QGuiApplication.clipboard().text()
    dialog.reject()


def test_a_reason_is_written_in_the_line_and_without_one_nothing_is_settled(fresh, qtbot):
    fresh.check.figures.setFocus()
    qtbot.keyClick(fresh.check.figures, Qt.Key.Key_3)
    _enter(qtbot, fresh)
    assert _stored(fresh, "L4", "出席").handling == ""

    fresh.check.figures.go_to("出席")
    qtbot.keyClick(fresh.check.figures, Qt.Key.Key_3)
    _box(fresh).setText("見学の6人を含む")
    _enter(qtbot, fresh)
    kept = _stored(fresh, "L4", "出席")
    assert (kept.theirs, kept.handling, kept.reason) == ("18人", "差のまま", "見学の6人を含む")
    assert handling_words(_line(fresh, "出席")) == "差のまま"


def test_f2_corrects_what_was_read_and_a_page_can_be_typed_with_it(fresh, qtbot):
    fresh.check.figures.go_to("申込")
    fresh.check.figures.setFocus()
    qtbot.keyClick(fresh.check.figures, Qt.Key.Key_F2)
    assert _box(fresh).text() == "12人"
    _write(qtbot, fresh, "13 p.3")

    kept = _stored(fresh, "L4", "申込")
    assert (kept.theirs, kept.page) == ("13人", "3")
    assert [_line(fresh, item).number for item in ("申込", "出席")] == [1, 2]

    for typed, number, page in (("14 p.3-4", "14人", "3-4"), ("15 pp.5-6", "15人", "5-6"), ("16 P.7", "16人", "7")):
        fresh.check.figures.go_to("申込")
        fresh.check.figures.setFocus()
        qtbot.keyClick(fresh.check.figures, Qt.Key.Key_F2)
        _write(qtbot, fresh, typed)

        kept = _stored(fresh, "L4", "申込")
        assert (kept.theirs, kept.page) == (number, page)


def test_what_the_pages_do_not_say_is_amber_and_typed_or_said_not_to_be_there(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "D1") as panel:
        received(qtbot, panel, "D1", tmp_path / "報告書.pdf")
        line = _line(panel, "印刷部数")
        assert (line.is_missing, line.difference, line.proposal) == (True, "未入力", None)
        panel.check.figures.go_to("印刷部数")
        assert panel.check.go_on.text() == "印刷部数を入力する"

        qtbot.keyClick(panel.check.figures, Qt.Key.Key_1)  # a figure begins to type
        qtbot.keyClicks(_box(panel), "2")
        _enter(qtbot, panel)
        assert _stored(panel, "D1", "印刷部数").theirs == "12部"

        panel.check.figures.go_to("資料の版　初期設定の手順書")
        _key(qtbot, panel, Qt.Key.Key_F4)
        assert _stored(panel, "D1", "資料の版　初期設定の手順書").theirs == "なし"

        panel.check.figures.go_to("資料の版　初期設定の手順書")
        qtbot.keyClick(panel.check.figures, Qt.Key.Key_3)  # why it stays so is proposed
        _enter(qtbot, panel)
        kept = _stored(panel, "D1", "資料の版　初期設定の手順書")
        assert (kept.handling, kept.reason) == ("差のまま", "報告書には書かれていない。区の記録による。")


def test_a_click_on_an_empty_field_types_and_one_on_the_handling_offers(fresh, qtbot):
    _click(qtbot, fresh, "出席", HANDLING)
    menu = fresh.check.figures.choice_menu(_line(fresh, "出席"))
    assert [act.text() for act in menu.actions()] == ["1　修正を依頼", "2　区の記録を訂正", "3　差のまま（理由を書く）"]
    do(qtbot, fresh, menu.actions()[0].trigger)
    assert _stored(fresh, "L4", "出席").handling == "修正を依頼"
    for popup in fresh.check.figures.findChildren(type(menu)):
        popup.close()
    assert fresh.check.figures.choice_menu(_line(fresh, "団体")) is None
    _click(qtbot, fresh, "団体", THEIRS)
    assert _box(fresh) is None


def test_a_difference_that_follows_from_another_is_asked_with_it(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        received(qtbot, panel, "L4", tmp_path / "報告書.pdf", attended=18, rate="61.1")
        rate = _line(panel, "回収率")
        assert (rate.difference, handling_words(rate)) == ("1による", "1と一緒に決める")
        panel.check.figures.go_to("出席")
        _key(qtbot, panel, Qt.Key.Key_1)

        assert [_stored(panel, "L4", item).handling for item in ("出席", "回収率")] == ["修正を依頼"] * 2
        view = report_check.read_report_check(panel.app_context.store, report_id=panel.check.report_id)
        assert "つぎの1点を" in view.request_text
        assert "（区の記録は12人。これにより回収率は91.7％）" in view.request_text
        history_services.undo(panel.app_context.store, by=BY, now=NOW)
        assert [_stored(panel, "L4", item).theirs for item in ("出席", "回収率")] == ["", ""]


def test_the_page_follows_the_number_at_hand(fresh, qtbot):
    fresh.check.preview.setFixedWidth(300)
    pages = fresh.check.preview.pages
    qtbot.waitUntil(lambda: pages.width() <= 300)
    fresh.check.figures.go_to("設問　問9")
    assert pages.page() == _line(fresh, "設問　問9").proposal.page
    assert pages.zoom() > 0.6  # where the page would be too small to read it is drawn larger
    fresh.check.figures.go_to("申込")
    assert pages.page() == 1
    mark = next(one for one in pages._marks if one.strong)
    factor = pages.zoom() * 96 / 72
    assert 0 <= mark.x * factor - pages.horizontalScrollBar().value() < pages.viewport().width()


def test_after_the_last_number_space_goes_from_point_to_point_to_the_end(panel, qtbot):
    check = panel.check
    check.figures.go_to("回収数")
    check.figures.settle_current("差のまま")
    _box(panel).setText("白紙1枚を含む数")
    _enter(qtbot, panel)
    waiting = [button for button in check.points.buttons if button.found is None]
    assert [button.text() for button in waiting] == ["集計結果", "講師からの所感"]
    for button in waiting:
        assert panel.window().focusWidget() is button
        do(qtbot, panel, qtbot.keyClick, button, Qt.Key.Key_Space)
    assert panel.window().focusWidget() is check.confirm
    assert stored(panel, "E1", "受領").status == "区が確認中"


def test_a_difference_is_told_by_sign_word_colour_and_a_mark_on_the_page(panel):
    line = _line(panel, "回収数")

    assert (line.number, line.difference, line.is_confirmed) == (1, "+1", True)
    marks = panel.check.preview.pages._marks
    assert [(mark.page, mark.words) for mark in marks if mark.words] == [(1, "1")]
    assert panel.check.preview.page_count() == stored(panel, "E1", "受領").pages


def test_it_stays_shut_with_the_count_of_what_is_open_until_all_is_settled(panel, qtbot):
    assert panel.check.confirm.text() == "確認済にする（残り 3件）"
    assert not panel.check.confirm.isEnabled()
    _tick_all(qtbot, panel)
    assert panel.check.confirm.text() == "確認済にする（残り 1件）"
    panel.check.figures.go_to("回収数")
    panel.check.figures.settle_current("差のまま")
    _box(panel).setText("白紙1枚を含む数")
    _enter(qtbot, panel)

    assert panel.check.confirm.isEnabled()
    assert panel.check.confirm.property("kind") == "main"
    click(qtbot, panel, panel.check.confirm)
    report = stored(panel, "E1", "受領")
    assert (report.status, report.checked_by) == ("確認済", BY)
    assert not panel.check.confirm.isVisible()
    _key(qtbot, panel, Qt.Key.Key_F2)
    assert _box(panel) is None

    press(qtbot, panel.check.withdraw)
    dialog = dialog_over(panel, ReasonDialog)
    dialog.form.set_values({"reason": "確認の途中だった"})
    click(qtbot, panel, dialog.main)
    assert stored(panel, "E1", "受領").status == "区が確認中"
    assert panel.check.confirm.isVisible()
    assert not panel.check.withdraw.isVisible()


def test_our_own_record_corrected_is_read_again_and_closes_the_difference(panel, qtbot):
    went = []
    panel.app_context.navigation_requested.connect(lambda place, given: went.append((place, given)))
    panel.check.figures.go_to("出席")
    panel.check.figures.edit_current()
    _write(qtbot, panel, "17")
    panel.check.figures.go_to("出席")
    _key(qtbot, panel, Qt.Key.Key_2)
    assert report_check.is_open(_stored(panel, "E1", "出席"))
    press(qtbot, panel.check.link)
    assert went == [("event", {"event_id": id_of(panel, "E1"), "tab": "概要", "part": "result"})]
    store, event = panel.app_context.store, id_of(panel, "E1")
    found = events.result(store.database, event)
    record_result(acting(store), event_id=event, result=EventResult(**{**vars(found), "attended": 17}))
    click(qtbot, panel, panel.check.refresh)

    assert _stored(panel, "E1", "出席").ours == "17人"
    assert _line(panel, "出席").difference == "一致"


def test_a_number_whose_page_nobody_knows_is_asked_about_without_one(fresh, qtbot):
    _key(qtbot, fresh, Qt.Key.Key_F5)
    one = _stored(fresh, "L4", "団体")
    settled = (report_check.SettledFigure(figure_id=one.id, theirs="99団体"),)
    report_check.set_figures(acting(fresh.app_context.store), report_id=one.report_id, settled=settled)
    do(qtbot, fresh, fresh.refresh)
    fresh.check.figures.go_to("団体")
    assert fresh.check.hint.text().startswith("「1」で修正を依頼　団体「99団体」")


def test_the_request_is_copied_and_noted(panel, qtbot):
    _tick_all(qtbot, panel)
    click(qtbot, panel, panel.check.points.buttons[2])
    press(qtbot, panel.check.request)
    dialog = dialog_over(panel, CorrectionRequestDialog)
    press(qtbot, dialog.text.copy_button)
    copied = QGuiApplication.clipboard().text()
    dialog.reject()
    assert "業務責任者" in copied
    assert "p.1　回収数「18件」（区の記録は17件）" in copied
    assert "「講師からの所感」の記載が見当たりません" in copied
    click(qtbot, panel, panel.check.ask)

    report = stored(panel, "E1", "受領")
    assert (report.status, report.checked_on) == ("修正依頼", NOW.date())
    assert _stored(panel, "E1", "回収数").handling == "修正を依頼"
    assert panel.check.head.badge.kind == "修正依頼"


def test_a_newer_version_starts_a_new_check_and_the_old_one_stays_to_be_read(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L3") as panel:
        file = contractors_pdf(panel, "L3", tmp_path / "報告書_修正版.pdf")
        press(qtbot, panel.check.receive)
        dialog = panel.dialog
        dialog.ask_file = lambda: str(file)
        click(qtbot, panel, dialog.choose_button)
        assert "報告書_修正版.pdf" in dialog.file.text()
        _type(qtbot, dialog.form.editor("on"), "R8.11.24")
        dialog.form.editor("number").setText("8練地協収第24号")
        click(qtbot, panel, dialog.main)

        report = stored(panel, "L3", "受領")
        assert (report.version, report.status, report.receipt_number) == (2, "区が確認中", "8練地協収第24号")
        assert panel.check.head.badge.kind == "区が確認中"
        assert all(not line.is_confirmed for line in panel.check.figures.lines())
        panel.check.figures.go_to("出席")
        assert panel.check.hint.text() == "出席　前の版は 15人（修正を依頼）"
        panel.check.versions.setCurrentIndex(1)
        do(qtbot, panel, panel.check.versions.activated.emit, 1)
        assert _line(panel, "出席").figure.theirs == "15人"
        assert panel.check.figures.read_only
        assert "第2版を受領したため" in panel.check.closed.words()


def test_a_received_file_is_kept_as_it_came_and_opens_its_check(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        file = contractors_pdf(panel, "L4", tmp_path / "報告書.pdf")
        other = contractors_pdf(panel, "L3", tmp_path / "受領.pdf")
        press(qtbot, panel.start.receive)
        for chosen, named in ((other, "「第3回 "), (file, "")):
            panel.dialog.ask_file = lambda chosen=chosen: str(chosen)
            click(qtbot, panel, panel.dialog.choose_button)
            told = panel.dialog.file.text()
            assert (named in told, "取り違えていないか" in told) == (True, bool(named))
        click(qtbot, panel, panel.dialog.main)

        assert panel.check.isVisible()
        view = report_check.read_report_check(panel.app_context.store, report_id=stored(panel, "L4", "受領").id)
        assert view.data == file.read_bytes()
        assert "期限の1日後" in panel.check.points.receipt.text()


def test_the_one_pdf_of_today_is_proposed_and_the_check_begins_at_its_numbers(qtbot, tmp_path, downloads):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        file = contractors_pdf(panel, "L4", tmp_path / "報告書.pdf")
        save_at(downloads / "第4回報告書.pdf", file.read_bytes(), NOW - timedelta(minutes=5))
        click(qtbot, panel, panel.start.receive)
        assert panel.dialog.file.text().startswith("第4回報告書.pdf")
        assert panel.dialog.file.text().endswith("に保存")
        assert panel.dialog.form.editor("on").hasFocus()
        do(qtbot, panel, qtbot.keyClick, panel.dialog.form.editor("on"), Qt.Key.Key_Return)

        view = report_check.read_report_check(panel.app_context.store, report_id=stored(panel, "L4", "受領").id)
        assert (view.report.file_name, view.data) == ("第4回報告書.pdf", file.read_bytes())
        figures = panel.check.figures
        qtbot.waitUntil(lambda: panel.window().focusWidget() is figures)
        waiting = sum(line.proposal is not None and line.agrees for line in figures.lines())
        assert waiting > 1
        assert panel.check.all_equal.text() == f"一致する{waiting}件をまとめて確認 F5"
        do(qtbot, panel, qtbot.keyClick, figures, Qt.Key.Key_F5)
        assert sum(line.is_confirmed for line in figures.lines()) == waiting


def test_a_file_that_is_no_pdf_is_not_proposed(qtbot, tmp_path, downloads):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        save_at(downloads / "報告書.pdf", b"PK\x03\x04 not a pdf", NOW - timedelta(minutes=5))
        click(qtbot, panel, panel.start.receive)
        assert panel.dialog.refusal.words() == ""
        assert panel.dialog.file.text() == "まだ選んでいません"
        # Whoever presses it is told.
        click(qtbot, panel, panel.dialog.recent.newest)
        assert "PDFとして開けません" in panel.dialog.refusal.words()
        panel.dialog.reject()


def test_after_the_totals_are_fixed_the_keyboard_stands_at_the_form(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        panel.open_with(event_id=id_of(panel, "L4"), tallied=True)
        do(qtbot, panel, panel.refresh)
        qtbot.waitUntil(lambda: panel.window().focusWidget() is panel.start.make)


def test_a_file_that_is_no_pdf_is_refused_in_words_before_anything_is_saved(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        wrong = tmp_path / "報告書.pdf"
        wrong.write_bytes(b"PK\x03\x04 not a pdf")
        press(qtbot, panel.start.receive)
        panel.dialog.ask_file = lambda: str(wrong)
        click(qtbot, panel, panel.dialog.choose_button)
        assert "PDFとして開けません" in panel.dialog.refusal.words()
        click(qtbot, panel, panel.dialog.main)
        assert "まだ選んでいません" in panel.dialog.refusal.words()
        wrong.write_bytes(locked(handout()))
        click(qtbot, panel, panel.dialog.choose_button)
        assert "PDFとして開けません" in panel.dialog.refusal.words()
        assert "パスワードが付いている" in panel.dialog.refusal.words()
        assert table.reports_of_event(panel.app_context.store.database, id_of(panel, "L4")) == []
        panel.dialog.reject()


def test_a_report_whose_words_cannot_be_had_is_typed_from_the_original(panel, qtbot):
    check = panel.check
    check._data = hostile_pdfs.nested_forms()[:900]
    do(qtbot, panel, check._read_pages, check._view)
    assert check.legend.text() == "PDFを読み取れません。原本を見て入力してください"
    assert check.figures.lines()
    assert not any(line.proposal for line in check.figures.lines())


def test_what_the_ward_keeps_with_the_report_is_saved(panel, qtbot):
    panel.check.open_receipt()
    dialog = dialog_over(panel, ReceiptDialog)
    dialog.form.set_values({"receipt_number": "8練地協収第9号"})
    click(qtbot, panel, dialog.main)

    report = stored(panel, "E1", "受領")
    assert (report.receipt_number, report.original_place) == ("8練地協収第9号", "文書管理システム")


def _more(panel, words):
    menu = panel.check.more_actions_menu()
    next(act for act in menu.actions() if act.text() == words).trigger()


def test_the_sheet_of_the_check_is_seen_before_it_is_printed(panel, qtbot):
    do(qtbot, panel, _more, panel, "確認票を開く")
    dialog = dialog_over(panel, DocumentDialog)

    assert dialog.view.kind == "実施報告書確認票"
    assert dialog.view.preview.page_count() == 1
    dialog.reject()


def test_form_and_check_of_one_event_lead_to_each_other(panel, qtbot):
    do(qtbot, panel, _more, panel, "様式を開く")
    assert panel.form.isVisible()
    click(qtbot, panel, panel.form.to_check)
    assert panel.check.isVisible()
    went = []
    panel.app_context.navigation_requested.connect(lambda place, given: went.append((place, given)))
    panel.check.head.list_asked.emit()
    assert went == [("turns", {"event_id": panel._event_id, "kind": "実施報告書"})]


def test_at_150_per_cent_page_and_nine_numbers_stand_side_by_side(fresh, qtbot):
    fresh.resize(911, 464)  # as wide as the window of 1366 × 768 at 150 %
    do(qtbot, fresh, fresh.check.fold, True)
    figures = fresh.check.figures
    assert fresh.check.preview.isVisible()
    last = figures.rowAt(figures.viewport().height() - 4)
    assert last < 0 or last - figures.rowAt(2) >= 8
    there = next(act for act in fresh.check.more_actions_menu().actions() if act.text().startswith("条文の項目"))
    do(qtbot, fresh, there.menu().actions()[0].trigger)
    assert stored(fresh, "L4", "受領").points == {"実施内容": True}


def test_with_little_room_a_newer_version_is_received_from_the_menu(fresh, qtbot):
    do(qtbot, fresh, fresh.check.fold, True)
    assert not fresh.check.receive.isVisible()
    do(qtbot, fresh, _more, fresh, "新しい版を受領")
    assert fresh.dialog.isVisible()
    fresh.dialog.reject()


@pytest.mark.parametrize(
    ("width", "letters"), [(446, "標準"), (600, "標準"), (700, "標準"), (760, "最大"), (1264, "最大")]
)
def test_with_little_room_the_name_of_a_number_is_whole_and_no_ladder(qtbot, tmp_path, width, letters):
    application = QApplication.instance()
    apply_text_size(application, letters)
    try:
        with reports_shown(qtbot, tmp_path, "E1") as panel:
            figures = panel.check.figures
            do(qtbot, panel, figures.setFixedWidth, width)
            room = figures.columnWidth(ITEM) - 12
            fonts = QFontMetricsF(t.font("small", bold=True))
            assert figures.horizontalHeader().length() <= figures.viewport().width()
            beside = figures.columnWidth(SOURCE) - 12
            heading = fonts.horizontalAdvance(str(figures.model().headerData(SOURCE, Qt.Orientation.Horizontal)))
            assert figures.isColumnHidden(SOURCE) or heading <= beside
            for row, line in enumerate(figures.lines()):
                said = figures.item_words(line)
                wrapped = fonts.boundingRect(QRectF(0, 0, room, 900), int(Qt.TextFlag.TextWrapAnywhere), said)
                assert wrapped.height() <= figures.rowHeight(row), said
                assert fonts.horizontalAdvance(said[:4]) <= room, said
                if not figures.isColumnHidden(SOURCE):
                    source = line.figure.source
                    wrapped = fonts.boundingRect(QRectF(0, 0, beside, 900), int(Qt.TextFlag.TextWrapAnywhere), source)
                    assert wrapped.height() <= figures.rowHeight(row), source
    finally:
        apply_text_size(application, "標準")


def test_with_little_room_too_our_records_that_changed_are_said_and_read_again(fresh, qtbot):
    fresh.resize(949, 520)  # what 1366 × 768 at 125 % leaves beside the side bar and below the top bar
    fresh.check.fold(True)
    assert not fresh.check.hint.isVisible()
    store, event = fresh.app_context.store, id_of(fresh, "L4")
    now = {**vars(events.result(store.database, event)), "attended": 11}
    record_result(acting(store), event_id=event, result=EventResult(**now))
    do(qtbot, fresh, fresh.refresh)
    assert "区の記録が、突合に読んだあとに変わりました（出席 12人→11人" in fresh.check.hint.text()
    assert fresh.check.hint.isVisible()
    click(qtbot, fresh, fresh.check.refresh)
    assert _stored(fresh, "L4", "出席").ours == "11人"
    assert not fresh.check.hint.isVisible()


def test_with_little_room_the_way_to_a_record_that_is_to_be_mended_is_there(fresh, qtbot):
    fresh.resize(949, 520)
    fresh.check.fold(True)
    fresh.check.figures.go_to("出席")
    assert not fresh.check.link.isVisible()
    _key(qtbot, fresh, Qt.Key.Key_2)
    do(qtbot, fresh, fresh.check.figures.go_to, "出席")
    assert [one.isVisible() for one in (fresh.check.link, fresh.check.refresh)] == [True, True]


def test_a_scan_says_that_it_must_be_typed(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "year", "L4") as panel:
        report_check.receive_report(
            acting(panel.app_context.store),
            event_id=id_of(panel, "L4"),
            data=scanned(),
            name="走査.pdf",
            pages=1,
            received_on=NOW.date(),
            received_how="手渡し",
        )
        do(qtbot, panel, panel.refresh)
        assert panel.check.legend.text() == "文字のないPDFです。ページを見て入力してください"
        assert all(line.is_missing for line in panel.check.figures.lines() if line.is_required)
        assert panel.check.go_on.text() == "申込を入力する"


def test_the_days_of_a_report_carry_their_year_once_it_is_another(qtbot, tmp_path, monkeypatch):
    with reports_shown(qtbot, tmp_path, "L1") as panel:
        assert not panel.check.closed.words().startswith("R8")
        monkeypatch.setattr(panel.app_context, "today", lambda: date(2027, 2, 1))
        do(qtbot, panel, panel.refresh)
        assert re.match(r"R8 \d+/\d+\(.\) に .+ が確認済にしました。", panel.check.closed.words())
        assert panel.check.head.event_link.text().startswith("R8 ")

"""A paper leaves: saved as shown, encryption first where people are named, nothing overwritten, every way logged."""

import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import openpyxl
import pikepdf
import platformdirs
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QDesktopServices
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu

from app.actions.action_context import ActionContext
from app.common.file_locations import HOME_VARIABLE
from app.documents.screens.document_print import KEPT
from app.documents.screens.document_view import DocumentDialog
from app.documents.screens.outgoing_log import OutgoingDialog
from app.documents.screens.save_dialog import SaveDocumentDialog
from app.documents.screens.save_folder import FolderLine, last_save_folder
from app.documents.services import document_saving
from app.documents.services.document_library import way_words
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import open_copy
from app.main_window.status_bars import UndoBar
from app.settings.protection import services as protection_services
from app.widgets.buttons import Button
from app.widgets.dialogs.common_dialogs import ReplaceDialog
from app.widgets.pdf import pdf_printing
from app.window.failure_messages import failure_of
from app.window.ui_settings import remember
from app.year_end.document_library.screens import DocumentsTab
from db.records.events import Event
from tests.support.doing import do
from tests.support.sample import BY, NOW
from tests.support.sample_desk import dialog_over, empty_screen, shown
from tests.support.waiting import choose_more, press, wait_idle

PASSWORD = "うみかぜと見本の鍵は長い12"


@pytest.fixture
def out(tmp_path) -> Path:
    folder = tmp_path / "出力"
    folder.mkdir()
    remember("papers/folder", str(folder))
    return folder


@pytest.fixture
def screen(qtbot, desk, out):
    return shown(qtbot, DocumentsTab(desk), desk, event_id=2, kind="参加人数連絡書")


def newest(desk):
    return document_saving.list_outgoing(desk.store, event_id=2)[0]


def test_what_is_shown_is_what_is_saved_and_the_log_says_so(screen, desk, out, qtbot):
    said = []
    desk.message_shown.connect(lambda sentence, can_undo: said.append((sentence, can_undo)))
    shown_bytes = screen.paper._drawn.data
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    assert dialog.form.value("name") == "R8-講02-参加人数連絡書-第1版"
    assert dialog.form.value("way") == "そのまま保存"
    press(qtbot, desk, dialog.main)

    saved = out / "R8-講02-参加人数連絡書-第1版.pdf"
    assert saved.read_bytes() == shown_bytes
    row = newest(desk)
    assert (row.way, row.file_name, row.by) == ("そのまま保存", saved.name, BY)
    assert row.sha256 == sha256(shown_bytes).hexdigest()
    assert said == [(f"「{saved.name}」を保存しました。", False)]
    assert screen.log.model.records()[0] == row
    assert list(out.iterdir()) == [saved]


def test_a_file_that_is_there_is_replaced_only_when_said_so(screen, desk, out, qtbot):
    there = out / "R8-講02-参加人数連絡書-第1版.pdf"
    there.write_bytes(b"mine")
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    press(qtbot, desk, dialog.main)
    question = dialog_over(dialog, ReplaceDialog)
    assert (question.main.text(), question.cancel.text()) == ("置き換える", "別の名前で保存")
    press(qtbot, desk, question.cancel)
    assert dialog.form.value("name") == "R8-講02-参加人数連絡書-第1版（2）"
    assert there.read_bytes() == b"mine"

    dialog.form.set_values({"name": there.stem})
    press(qtbot, desk, dialog.main)
    press(qtbot, desk, dialog_over(dialog, ReplaceDialog).main)
    assert there.read_bytes().startswith(b"%PDF")
    assert not [found for found in screen.findChildren(SaveDocumentDialog) if found.isVisible()]


def test_excel_is_saved_from_the_same_content(screen, desk, out, qtbot):
    choose_more(qtbot, desk, screen, "Excelで保存")
    dialog = dialog_over(screen, SaveDocumentDialog)
    press(qtbot, desk, dialog.main)

    book = openpyxl.load_workbook(out / "R8-講02-参加人数連絡書-第1版.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert any("参加人数連絡書" in text for text in cells)
    assert newest(desk).format == "xlsx"


def test_a_header_too_long_for_excel_is_told_and_the_preview_stays(screen, desk, out, qtbot):
    with desk.store.change(action="題名を直した", by=BY, now=NOW, subject="events") as change:
        change.update(Event, 2, subject="地域の町会や自治会のための講習会" * 18)
    screen.open_with(event_id=2, kind="実施確認票")
    do(qtbot, desk, screen.reload)
    told = []
    desk.failed.connect(told.append)
    drawn = screen.paper._drawn.data
    choose_more(qtbot, desk, screen, "Excelで保存")

    assert screen.paper._drawn.data == drawn
    assert screen.paper.preview.isVisible()
    assert screen.paper.pdf_button.isEnabled()
    failure = failure_of(told[0])
    assert "Excelのヘッダーまたはフッターに入る長さを超えています" in failure.happened
    assert failure.lost == "入力した内容はそのまま残っています。"
    assert "PDFで出力してください" in failure.todo


def test_a_name_that_windows_does_not_take_is_said_under_the_field(screen, desk, out, qtbot):
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    dialog.form.set_values({"name": "9/30の連絡"})
    press(qtbot, desk, dialog.main)

    assert "「/」は使えません" in dialog.form.problem_shown("name")
    assert list(out.iterdir()) == []


def test_a_name_too_long_for_this_place_is_said_under_the_field(screen, desk, out, qtbot):
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    dialog.form.set_values({"name": "連" * 90})
    press(qtbot, desk, dialog.main)

    assert "文字長すぎます" in dialog.form.problem_shown("name")
    assert list(out.iterdir()) == []
    dialog.form.set_values({"name": "連" * 80})
    press(qtbot, desk, dialog.main)
    assert [path.stem for path in out.iterdir()] == ["連" * 80]


def test_a_place_that_is_copied_elsewhere_is_said_before_anything_is_saved(screen, desk, out, tmp_path, qtbot):
    cloud = tmp_path / "OneDrive - みほん区" / "書類"
    cloud.mkdir(parents=True)
    remember("papers/folder", str(cloud))
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    wait_idle(qtbot, desk)

    assert dialog.place.copied.isVisible()
    assert dialog.place.copied.plain_text() == "この保存先は、ほかのPCやクラウドにも複製されます（OneDrive）。"
    do(qtbot, desk, dialog.choose_folder, out)
    assert dialog.place.copied.isHidden()
    assert list(cloud.iterdir()) == []


def test_a_paper_that_names_people_is_not_left_open_on_a_share_without_a_word(screen, desk, out, share, qtbot):
    drawn = screen.paper._drawn
    personal = replace(drawn, content=replace(drawn.content, personal=True))
    dialog = SaveDocumentDialog(screen, scope=DocumentScope(event_id=2), kind="参加人数連絡書", rendered=personal)
    dialog.open()
    dialog.choose_folder(share)
    assert dialog.place.shared.isHidden()

    dialog.form.set_values({"way": "そのまま保存"})
    dialog._update_fields()
    assert dialog.place.shared.isVisible()
    assert "ほかの人もファイルを開けます" in dialog.place.shared.plain_text()
    dialog.choose_folder(out)
    assert dialog.place.shared.isHidden()
    dialog.choose_folder(share)
    dialog.form.set_values({"way": "暗号化して保存"})
    dialog._update_fields()
    assert dialog.place.shared.isHidden()


def test_in_a_protected_place_saving_is_two_acts(screen, desk, out, share, qtbot):
    drawn = screen.paper._drawn
    personal = replace(drawn, content=replace(drawn.content, personal=True))
    protection_services.protect_folder(
        ActionContext(desk.store, BY, NOW), folder=share, basis="区のファイルサーバー", entrants="係の5人"
    )

    def asked():
        dialog = SaveDocumentDialog(screen, scope=DocumentScope(event_id=2), kind="参加人数連絡書", rendered=personal)
        do(qtbot, desk, dialog.open)
        return dialog

    first = asked()
    assert first.form.value("way") == "暗号化して保存", "elsewhere as before"
    do(qtbot, desk, first.choose_folder, share)
    assert first.form.value("way") == "そのまま保存"
    assert not first.form.editor("password").isVisible()
    assert "区のファイルサーバー" in first.note.words()
    assert first.place.shared.isHidden(), "it is meant to be shared there"
    assert QApplication.focusWidget() is None or first.form.editor("reason").isVisible()
    press(qtbot, desk, first.main)
    assert first.form.problem_shown("reason"), "every file asks"
    first.form.set_values({"reason": "受付の準備"})
    press(qtbot, desk, first.main)
    assert newest(desk).detail["保護された保存先"] == str(share)

    second = asked()
    assert second.form.value("reason") == "", "it was given for another file"
    assert second.main.text() == "保存する"
    second.form.set_values({"name": "二つ目", "reason": "受付の準備"})
    press(qtbot, desk, second.main)
    assert (newest(desk).file_name, newest(desk).reason) == ("二つ目.pdf", "受付の準備")
    assert "保護された保存先" in screen.log.model.records()[0].detail

    third = asked()
    do(qtbot, desk, third.choose_folder, out)
    assert third.form.value("way") == "暗号化して保存"
    assert third.main.text() == "暗号化して保存する"
    assert "おすすめします" in third.note.words()


def test_papers_beside_the_program_stay_there_and_are_named_once(screen, desk, tmp_path, qtbot, monkeypatch):
    program = tmp_path / "配布" / "dejikatsu-desk"
    (program / "exports").mkdir(parents=True)
    (program / "exports" / "前の名簿.pdf").write_bytes(b"%PDF-")
    monkeypatch.delenv(HOME_VARIABLE)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program / "dejikatsu-desk"))
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda: tmp_path / "Documents")
    own = tmp_path / "Documents" / "デジ活デスク"
    for key in ("papers/folder", "day_file/folder"):
        remember(key, str(program / "exports"))

    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    wait_idle(qtbot, desk)
    assert dialog.place.folder == own
    assert "そのまま残しています" in dialog.place.earlier.plain_text()
    assert dialog.place.earlier.isVisible()
    begins: list[str] = []
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda _over, _title, start: begins.append(start) or "")
    dialog.place.change.click()
    assert begins == [str(tmp_path)]  # not even Documents is there yet
    press(qtbot, desk, dialog.main)

    assert [path.suffix for path in own.iterdir()] == [".pdf"]
    assert [path.name for path in (program / "exports").iterdir()] == ["前の名簿.pdf"]
    again = FolderLine(desk, key="day_file/folder")
    do(qtbot, desk, again.setParent, screen)
    assert again.folder == own
    assert again.earlier.isHidden()
    again.choose(program / "exports")
    again.remember_folder()
    assert last_save_folder("day_file/folder") == program / "exports"


def test_who_had_chosen_another_folder_keeps_it_and_is_told_of_no_change(screen, desk, tmp_path, qtbot, monkeypatch):
    (tmp_path / "exports").mkdir()
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr("app.documents.screens.save_folder.former_exports_folder", lambda: tmp_path / "exports")
    chosen = tmp_path / "課の出力"
    chosen.mkdir()
    for key in ("papers/folder", "day_file/folder"):
        remember(key, str(chosen))
    line = FolderLine(desk, key="papers/folder")
    do(qtbot, desk, line.setParent, screen)
    assert (line.folder, line.earlier.isHidden()) == (chosen, True)
    assert last_save_folder("papers/folder") == chosen


def test_any_paper_may_be_encrypted(screen, desk, out, qtbot):
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    dialog.form.set_values({"way": "暗号化して保存"})
    dialog._update_fields()
    press(qtbot, desk, dialog.main)
    assert dialog.form.problem_shown("again") == "パスワード（もう一度）がまだ入力されていません。"
    qtbot.waitUntil(lambda: not dialog._scroll.verticalScrollBar().maximum())  # what is wrong is not cut off
    dialog.form.set_values({"password": "みじかい", "again": "みじかい"})
    press(qtbot, desk, dialog.main)
    assert "12文字以上" in dialog.form.problem_shown("password")
    dialog.form.set_values({"password": PASSWORD, "again": PASSWORD[:-1]})
    press(qtbot, desk, dialog.main)
    assert "2回の入力が違います" in dialog.form.problem_shown("again")
    assert list(out.iterdir()) == []

    dialog.form.set_values({"again": PASSWORD})
    press(qtbot, desk, dialog.main)
    (saved,) = out.iterdir()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(saved)
    with pikepdf.open(saved, password=PASSWORD) as opened:
        assert len(opened.pages) == 1


def test_a_paper_that_names_people_offers_encryption_first_and_asks_a_reason_otherwise(screen, desk, out, qtbot):
    drawn = screen.paper._drawn
    personal = replace(drawn, content=replace(drawn.content, personal=True))
    dialog = SaveDocumentDialog(screen, scope=DocumentScope(event_id=2), kind="参加人数連絡書", rendered=personal)
    dialog.open()
    assert dialog.form.value("way") == "暗号化して保存"
    assert dialog.main.text() == "暗号化して保存する"
    dialog.form.set_values({"way": "そのまま保存"})
    dialog._update_fields()
    press(qtbot, desk, dialog.main)
    assert dialog.form.problem_shown("reason")
    assert list(out.iterdir()) == []

    dialog.form.set_values({"reason": "受託者へ手渡しするため"})
    press(qtbot, desk, dialog.main)
    row = newest(desk)
    assert (row.personal, row.reason) == (True, "受託者へ手渡しするため")


def test_a_folder_that_takes_no_file_is_said_in_the_dialog(screen, desk, out, qtbot):
    press(qtbot, desk, screen.paper.pdf_button)
    dialog = dialog_over(screen, SaveDocumentDialog)
    dialog.choose_folder(out / "ない")
    before = document_saving.list_outgoing(desk.store)
    press(qtbot, desk, dialog.main)

    assert dialog.isVisible()
    assert dialog.refusal.words()
    assert document_saving.list_outgoing(desk.store) == before


def test_printing_goes_from_memory_to_the_printer_and_is_logged(screen, desk, tmp_path, qtbot, monkeypatch):
    asked = []

    def chosen(document, parent, *, title, mono=True, copies=1, both_sides=True):
        asked.append((title, mono))
        printer = pdf_printing.new_printer(document, mono=mono, copies=3)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "printed.pdf"))
        return printer

    monkeypatch.setattr(pdf_printing, "ask_printer", chosen)
    data = screen.paper._drawn.data
    with qtbot.waitSignal(screen.paper.left_app):
        press(qtbot, desk, screen.paper.print_button)
    wait_idle(qtbot, desk)
    assert (newest(desk).way, newest(desk).print_use) == ("印刷", "配る"), "nobody is asked for whom"

    screen.paper.print_button.customContextMenuRequested.emit(QPoint(4, 4))
    (entry,) = screen.paper.print_button.findChild(QMenu).actions()
    assert entry.text() == KEPT
    with qtbot.waitSignal(screen.paper.left_app):
        entry.trigger()
    wait_idle(qtbot, desk)

    assert asked == [("R8-講02-参加人数連絡書-第1版", True)] * 2
    assert (tmp_path / "printed.pdf").stat().st_size > 0
    row = newest(desk)
    assert (row.way, row.copies, row.pages, row.print_use) == ("印刷", 3, 1, "控え用")
    assert open_copy(desk.store, outgoing_id=row.id).data == data
    assert row.sha256 == sha256(data).hexdigest()
    assert row.detail["印刷"] == "白黒・片面"
    assert way_words(row) == "印刷 3部（控え用）"


def test_giving_up_at_the_printer_logs_nothing(screen, desk, qtbot, monkeypatch):
    monkeypatch.setattr(pdf_printing, "ask_printer", lambda *_given, **_named: None)
    before = document_saving.list_outgoing(desk.store)
    press(qtbot, desk, screen.paper.print_button)

    assert document_saving.list_outgoing(desk.store) == before


def test_everything_that_left_can_be_looked_up(screen, desk, out, qtbot):
    press(qtbot, desk, screen.paper.pdf_button)
    press(qtbot, desk, dialog_over(screen, SaveDocumentDialog).main)
    screen.show_page("記録")
    press(qtbot, desk, screen.everything)
    dialog = dialog_over(screen, OutgoingDialog)

    _heads, rows = dialog.table.export_content()
    assert "第2回 LINE講習会" in " ".join(rows[0])
    assert newest(desk).sha256 in " ".join(rows[0])


def test_that_it_was_saved_is_said_in_front_of_the_preview_with_the_way_to_the_folder(
    screen, desk, out, qtbot, monkeypatch
):
    opened = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    over = DocumentDialog(screen, event_id=2, kind="参加人数連絡書")
    do(qtbot, desk, over.open)
    press(qtbot, desk, over.view.pdf_button)
    dialog = dialog_over(over, SaveDocumentDialog)
    dialog.form.set_values({"name": "前に見える"})
    press(qtbot, desk, dialog.main)
    qtbot.waitUntil(lambda: over.findChild(UndoBar) is not None and over.findChild(UndoBar).isVisible())
    bar = over.findChild(UndoBar)
    assert (bar.window(), bar.words()) == (over, "「前に見える.pdf」を保存しました。")
    assert over.rect().contains(bar.geometry())
    assert bar.button.isHidden()
    press(qtbot, desk, bar.folder_button)
    assert [Path(one) for one in opened] == [out]
    over.reject()


def test_a_dialog_of_an_organisation_leads_to_the_documents_of_this_organisation(desk, qtbot):
    asked = []
    desk.navigation_requested.connect(lambda screen_name, arguments: asked.append((screen_name, arguments)))
    dialog = shown(
        qtbot,
        DocumentDialog(empty_screen(qtbot, desk), scope=DocumentScope(organisation_id=1), kind="団体の記録"),
        desk,
    )
    press(qtbot, desk, next(one for one in dialog.findChildren(Button) if one.text() == "帳票の画面で開く"))

    assert asked == [("documents", {"organisation_id": 1, "kind": "団体の記録"})]

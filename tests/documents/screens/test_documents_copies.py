"""控えを開く: from the log of an event, from all that left and from the search, as it left and held against the log."""

import pytest

from app.actions.user_error import UserError
from app.documents.screens.copy_dialog import IssuedCopyDialog
from app.documents.screens.outgoing_log import EraseCopiesDialog, OutgoingDialog
from app.documents.screens.save_dialog import SaveDialog
from app.documents.services import document_saving, issued_copies
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import AGREES, DIFFERS, open_copy
from app.home.changes.screens import ChangesScreen
from app.home.today.services.global_search import search_everything
from app.main_window.action_routes import route_to
from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.main_window.status_bars import UndoBar
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.screen import Screen
from app.year_end.document_library.screens import DocumentsTab
from db.records.documents import Outgoing, OutgoingWay
from db.tables import documents
from tests.support.doing import do
from tests.support.sample import BY, NOW, acting
from tests.support.sample_desk import dialog_over, shown
from tests.support.waiting import press, wait_idle

KIND = "参加人数連絡書"


@pytest.fixture
def saved(desk, tmp_path):
    return document_saving.save_document(
        acting(desk.store), event_id=2, kind=KIND, format="pdf", options=SaveOptions(path=tmp_path / "人数.pdf")
    )


@pytest.fixture
def screen(qtbot, desk, saved):
    return shown(qtbot, DocumentsTab(desk), desk, event_id=2, kind=KIND)


def test_the_log_of_the_event_opens_what_left(screen, desk, saved, qtbot):
    row = screen.log.model.records()[0]
    do(qtbot, desk, screen.log.acted.emit, row)
    dialog = dialog_over(screen, IssuedCopyDialog)
    assert dialog.preview.page_count() == 1
    assert AGREES in dialog.check.words()
    assert dialog.told.text().startswith(f"{KIND}　第1版　12月1日")


def test_a_copy_over_a_small_dialog_has_the_height_of_the_window(screen, desk, saved, qtbot):
    small = DialogFrame("いまの記録との違い", parent=screen)
    small.open()
    do(qtbot, desk, IssuedCopyDialog(small, outgoing_id=saved.id).open)
    copy = dialog_over(small, IssuedCopyDialog)
    assert screen.height() - 120 < copy.height() <= screen.height() - 72
    assert copy.preview.height() > screen.height() // 2 > small.height()


def test_that_a_copy_was_saved_is_said_once_in_the_dialog_that_shows_it(desk, saved, tmp_path, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    window.register_screen(ScreenEntry(screen_name="home", icon="house", title="画面", factory=Screen))
    window.show()
    window.go("home")
    copy = IssuedCopyDialog(window, outgoing_id=saved.id)
    do(qtbot, desk, copy.open)
    press(qtbot, desk, copy.save_button)
    dialog = dialog_over(copy, SaveDialog)
    dialog.form.set_values({"name": "控え", "folder": tmp_path})
    press(qtbot, desk, dialog.main)

    def said():
        return [(one.window(), one.words()) for one in window.findChildren(UndoBar) if one.isVisible()]

    qtbot.waitUntil(lambda: copy in dict(said()))
    assert said() == [(copy, "「控え.pdf」を保存しました。")]
    copy.reject()
    assert said() == []


def test_everything_that_left_opens_copies_and_says_where_there_is_none(screen, desk, saved, qtbot):
    with desk.store.change(action="前の形の記録", by=BY, now=NOW) as change:
        row = Outgoing(document_kind="一覧", reference="", version=0, format="xlsx", way="そのまま保存", by=BY, at=NOW)
        issued_copies.log_outgoing(desk.store, change, row, copy=None)
    do(qtbot, desk, screen.everything.click)
    every = dialog_over(screen, OutgoingDialog)
    rows = every.table.model.records()
    kept = {row.id: row for row in rows if row.has_copy}
    _heads, shown_rows = every.table.export_content()
    assert sum("控えなし" in " ".join(cells) for cells in shown_rows) == len(rows) - len(kept) > 0
    every.table.opened.emit(next(row for row in rows if not row.has_copy))
    assert not every.findChildren(IssuedCopyDialog)
    do(qtbot, desk, every.table.opened.emit, kept[saved.id])
    assert dialog_over(every, IssuedCopyDialog).copy.row == kept[saved.id]


def test_the_changes_of_the_event_open_what_an_action_let_leave_where_that_is_asked_for(desk, saved, qtbot):
    changes = shown(qtbot, ChangesScreen(desk), desk, event_id=2)
    assert saved.id not in [row.outgoing_id for row in changes.table.model.records()]
    do(qtbot, desk, changes.saved.click)
    assert do(qtbot, desk, changes.table.choose, lambda row: row.outgoing_id == saved.id)
    do(qtbot, desk, changes.detail.copy.click)
    assert dialog_over(changes, IssuedCopyDialog).copy.row.id == saved.id


def test_copies_past_their_years_are_offered_and_go_after_a_question(screen, desk, saved, qtbot):
    desk.store.database.execute(
        "UPDATE outgoing SET event_id = NULL, at = '2015-05-01T09:00:00' WHERE id = ?", [saved.id]
    )
    do(qtbot, desk, screen.everything.click)
    every = dialog_over(screen, OutgoingDialog)
    assert every.expired.words() == "保存期間を過ぎた控えが1件あります。"
    every._ask_erase()
    question = dialog_over(every, EraseCopiesDialog)
    assert question.cancel.isDefault()
    do(qtbot, desk, question.main.click)
    assert every.expired.words() == ""
    (row,) = [one for one in documents.all_outgoing(desk.store.database) if one.id == saved.id]
    assert (row.copy_file_id, row.copy_erased_on) == (None, desk.today())
    assert row.copy_sha256
    _heads, shown_rows = every.table.export_content()
    assert any("控えは保存期間を過ぎて消去" in " ".join(cells) for cells in shown_rows)


def test_what_the_search_finds_leads_to_the_copy(screen, desk, saved, qtbot):
    found = search_everything(desk.store, text="人数 LINE")
    items = [
        item for group in found.groups for item in group.items if item.link is not None and item.link.copy == saved.id
    ]
    assert [item.link.action for item in items] == ["帳票"]
    do(qtbot, desk, screen.open_with, **route_to(items[0].link).arguments)
    assert dialog_over(screen, IssuedCopyDialog).copy.row.id == saved.id


def test_a_copy_unlike_its_log_is_shown_with_the_sentence(screen, desk, saved, qtbot):
    desk.store.database.execute("UPDATE outgoing SET copy_sha256 = 'ff' WHERE id = ?", [saved.id])
    do(qtbot, desk, screen.open_with, copy=saved.id)
    assert dialog_over(screen, IssuedCopyDialog).check.words() == DIFFERS


def test_a_text_is_shown_as_a_text_and_a_workbook_is_saved_again(screen, desk, tmp_path, qtbot):
    with desk.store.change(action="見本", by=BY, now=NOW) as change:
        row = Outgoing(
            event_id=2,
            document_kind=KIND,
            reference="",
            version=0,
            format="txt",
            way="コピー",
            by=BY,
            at=NOW,
            detail={"相手": "受託者"},
        )
        text_id = issued_copies.log_outgoing(desk.store, change, row, copy="12人です。")
    do(qtbot, desk, screen.open_with, copy=text_id)
    dialog = dialog_over(screen, IssuedCopyDialog)
    assert dialog.text.toPlainText() == "12人です。"
    assert "相手 受託者" in dialog.told.text()
    dialog.reject()

    book = document_saving.save_document(
        acting(desk.store), event_id=2, kind=KIND, format="xlsx", options=SaveOptions(path=tmp_path / "人数.xlsx")
    )
    do(qtbot, desk, screen.open_with, copy=book.id)
    dialog = dialog_over(screen, IssuedCopyDialog)
    assert "保存してから" in dialog.preview.words()
    dialog.save_button.click()
    saving = dialog_over(dialog, SaveDialog)
    saving.choose_folder(tmp_path)
    do(qtbot, desk, saving.main.click)
    again = documents.all_outgoing(desk.store.database)[0]
    assert (tmp_path / again.file_name).read_bytes() == book.path.read_bytes()
    assert again.detail["もとの控え"] == str(book.id)
    assert open_copy(desk.store, outgoing_id=again.id).agrees


def test_a_copy_with_people_that_cannot_be_encrypted_is_saved_as_it_is_with_a_reason(screen, desk, tmp_path, qtbot):
    with desk.store.change(action="見本", by=BY, now=NOW) as change:
        row = Outgoing(
            event_id=2,
            document_kind="名簿",
            reference="",
            version=0,
            format="csv",
            way="そのまま保存",
            file_name="名簿.csv",
            personal=True,
            by=BY,
            at=NOW,
        )
        kept = issued_copies.log_outgoing(desk.store, change, row, copy=b"name")
    with pytest.raises(UserError, match="暗号化できません"):
        issued_copies.save_copy(
            acting(desk.store),
            outgoing_id=kept,
            options=SaveOptions(
                path=tmp_path / "名簿.csv", way=OutgoingWay.ENCRYPTED, password="かなり長い合言葉です12"
            ),
        )
    assert not (tmp_path / "名簿.csv").exists()

    do(qtbot, desk, screen.open_with, copy=kept)
    dialog = dialog_over(screen, IssuedCopyDialog)
    dialog.save_button.click()
    saving = dialog_over(dialog, SaveDialog)
    wait_idle(qtbot, desk)
    assert saving.main.text() == "保存する"
    assert "この形のファイルは暗号化できません" in saving.note.words()
    do(qtbot, desk, saving.choose_folder, tmp_path)
    saving.form.set_values({"reason": "統計の集計に使う"})
    do(qtbot, desk, saving.main.click)
    again = documents.all_outgoing(desk.store.database)[0]
    assert (again.way, again.reason) == ("そのまま保存", "統計の集計に使う")
    assert (tmp_path / again.file_name).read_bytes() == b"name"

"""保護された保存先 in 設定: named with its basis, shown, given up, back by undo; who does not manage only sees it."""

from PySide6.QtWidgets import QFileDialog

from app.documents.services.protected_folders import list_protected
from app.history import services as history_services
from app.settings.pages.screens import protected_folders_page
from app.settings.pages.screens.protected_folders_page import ProtectedFoldersPage
from app.widgets.dialogs.dialog_frame import DialogFrame
from app.widgets.dialogs.form_dialog import FormDialog
from tests.support.data_folders import copied_folder, opened
from tests.support.sample_desk import dialog_over
from tests.support.settings_pages import shown_page
from tests.support.stores import made_by
from tests.support.waiting import press, read_again

store = made_by(lambda place: opened(copied_folder(place)))


def made(desk_at, qtbot, store) -> ProtectedFoldersPage:
    return shown_page(qtbot, desk_at, store, ProtectedFoldersPage)


def test_a_place_is_named_with_its_basis_and_given_up(desk_at, qtbot, store, share, monkeypatch):
    page = made(desk_at, qtbot, store)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(share))
    page.name.click()
    dialog = dialog_over(page, FormDialog)
    dialog.main.click()
    assert dialog.form.problem_shown("basis")
    dialog.form.set_values({"basis": "区のファイルサーバー", "entrants": "係の5人"})
    press(qtbot, page.app_context, dialog.main)
    read_again(qtbot, page)
    (row,) = page.list.model.records()
    assert (row.place, row.basis, row.entrants) == (str(share), "区のファイルサーバー", "係の5人")

    page.list.acted.emit(row)
    press(qtbot, page.app_context, dialog_over(page, DialogFrame).main)
    assert list_protected(store) == ()
    history_services.undo(store, by=page.app_context.user_name, now=page.app_context.now())
    assert list_protected(store) == (row,)


def test_who_does_not_manage_sees_the_places_and_who_decides(desk_at, qtbot, store, monkeypatch):
    page = made(desk_at, qtbot, store)
    assert page.name.isEnabled()
    managing = protected_folders_page.account_managers(store)
    page._show_manager(type(managing)(may_manage=False, names=("見本　一郎",), is_mark_in_force=True))
    assert not page.name.isEnabled()
    assert "見本　一郎さん" in page.others.words()

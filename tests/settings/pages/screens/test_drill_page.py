"""復元の点検 in 設定: a button restores beside the window, its record opens, what was found asks for treatment."""

import pytest

from app.documents.screens.document_view import DocumentDialog
from app.settings.drill.services import read_drills
from app.settings.pages.screens.drill_page import DrillDialog, DrillPage
from app.widgets.dialogs.form_dialog import FormDialog
from db.backups import backup
from tests.support.data_folders import LOGIN, PASSWORD, copied_folder, opened
from tests.support.sample_desk import dialog_over
from tests.support.settings_pages import shown_page
from tests.support.stores import made_by
from tests.support.waiting import press, wait_idle

store = made_by(lambda place: opened(copied_folder(place)))


@pytest.fixture
def page(desk_at, qtbot, store):
    return shown_page(qtbot, desk_at, store, DrillPage, login_id=LOGIN)


def begin(qtbot, page, **typed):
    page.drill.click()
    dialog = dialog_over(page, DrillDialog)
    dialog.form.set_values({"way": "password", **typed})
    dialog._update_key_fields()
    press(qtbot, page.app_context, dialog.main)
    return dialog


def test_a_wrong_password_is_said_in_the_dialog_and_the_right_one_brings_the_record(page, qtbot, store):
    dialog = begin(qtbot, page, password="ちがうパスワード")
    assert "違います" in dialog.refusal.words()
    assert read_drills(store) == ()
    dialog.form.set_values({"password": PASSWORD, "witness": "立会い 花子"})
    dialog.main.click()
    qtbot.waitUntil(lambda: not page.app_context.tasks.is_busy and read_drills(store) != (), timeout=60_000)
    qtbot.waitUntil(lambda: page.findChild(DocumentDialog) is not None, timeout=60_000)
    wait_idle(qtbot, page.app_context)
    (one,) = read_drills(store)
    assert (one.is_successful, one.witness) == (True, "立会い 花子")
    assert page.list.model.records()[0].number == 1
    page.findChild(DocumentDialog).reject()


def test_what_was_found_asks_at_once_what_was_done_about_it(page, qtbot, store):
    for one in backup.generations(store.folder / "backups"):
        (one.path / "desk.db").write_bytes(b"broken")
    begin(qtbot, page, password=PASSWORD)
    qtbot.waitUntil(lambda: page.findChild(FormDialog) is not None, timeout=60_000)
    treat = page.findChild(FormDialog)
    treat.form.set_values({"words": "バックアップを作り直した"})
    press(qtbot, page.app_context, treat.main)
    assert read_drills(store)[0].treatment == "バックアップを作り直した"

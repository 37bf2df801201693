"""2つ目の場所 in 設定: decided once, written at once, said when it is away, given up again."""

import pytest
from PySide6.QtWidgets import QFileDialog

from app.settings.pages.screens.second_folder_page import SecondFolderPage
from app.widgets.dialogs.dialog_frame import DialogFrame
from db.backups import backup
from tests.support.data_folders import copied_folder, opened
from tests.support.sample_desk import dialog_over
from tests.support.settings_pages import shown_page
from tests.support.stores import made_by
from tests.support.waiting import press, read_again, wait_idle

store = made_by(lambda place: opened(copied_folder(place)))


@pytest.fixture
def page(desk_at, qtbot, store):
    return shown_page(qtbot, desk_at, store, SecondFolderPage)


def test_decided_written_at_once_away_and_given_up(page, qtbot, store, tmp_path, monkeypatch):
    place = tmp_path / "disk"
    assert "まだ決めていません" in page.state.words()
    assert page.copy.isHidden()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(place))
    page.choose.click()
    qtbot.waitUntil(lambda: backup.generations(place) != [], timeout=60_000)
    wait_idle(qtbot, page.app_context)
    read_again(qtbot, page)
    assert "そこにある新しいもの" in page.state.words()

    place.rename(tmp_path / "drawer")
    press(qtbot, page.app_context, page.copy)
    read_again(qtbot, page)
    assert "置き場がありません" in page.state.words()
    assert page.copy.isEnabled()

    page.give_up.click()
    press(qtbot, page.app_context, dialog_over(page, DialogFrame).main)
    read_again(qtbot, page)
    assert "まだ決めていません" in page.state.words()

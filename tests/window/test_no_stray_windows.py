"""No part of the window flashes up as a window of its own while it is being built."""

import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from app.widgets.dialogs.dialog_frame import DialogFrame, confirm_first
from app.widgets.dialogs.failure_dialog import FailureDialog
from app.window.failure_messages import Failure, failure_of
from tests.support.stray_windows import StrayWindows
from tests.support.window_parts import office_form


def test_the_pages_of_the_gallery_build_without_a_stray_window(qtbot, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    import gallery

    window, _desk, tasks = gallery.gallery_window()
    qtbot.addWidget(window)
    with StrayWindows() as stray:
        window.show()
        for place in ("home", "parts", "forms", "charts", "preview", "failed"):
            window.go(place)
            qtbot.waitUntil(lambda: tasks.is_idle)
    tasks.shutdown()
    sys.modules.pop("gallery", None)
    assert stray.found == []


@pytest.mark.parametrize("build", ["dialog", "question", "failure", "refusal"])
def test_dialogs_build_without_a_stray_window(qtbot, build):
    owner = QWidget()
    qtbot.addWidget(owner)
    owner.resize(900, 600)
    owner.show()
    with StrayWindows((owner,)) as stray:
        if build == "dialog":
            dialog = DialogFrame("日付を変える", parent=owner)
            dialog.put(office_form())
            dialog.show()
        elif build == "question":
            dialog = confirm_first(owner, title="削除", text="消します。", verb="削除する", on_confirmed=lambda: None)
        elif build == "failure":
            dialog = FailureDialog(failure_of(RuntimeError()), owner)
            dialog.show()
        else:
            dialog = FailureDialog(Failure(happened="a", lost="b", todo="c", small=True), owner)
            dialog.show()
        qtbot.waitUntil(dialog.isVisible)
    dialog.close()
    assert stray.found == []


def test_the_watch_itself_notices_one(qtbot):
    with StrayWindows() as stray:
        lonely = QWidget()
        lonely.setAccessibleName("ひとり")
        lonely.setVisible(True)
        qtbot.addWidget(lonely)
    assert stray.found == ["QWidget ひとり"]

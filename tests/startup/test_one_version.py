"""A packaged program whose parts are of two versions opens nothing and says what to do."""

import os
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from app.commands.main import main
from app.startup import window
from app.startup.start_window import StartWindow
from build_spec import edition
from build_spec.commit import Commit

NEW = edition.words("0.2.0", Commit("2" * 40, 1_800_000_000, changed=False), "Python　3.11.9\n")
OLD = NEW.replace("2" * 40, "1" * 40)
HAPPENED = "違う版のファイルが混じっている"
TODO = "もう一度すべてコピー"


@pytest.fixture
def packed(tmp_path: Path, monkeypatch, project_folder: Path):
    """A folder for staff whose start file is of the new version; gives what says of what version the rest is."""
    (tmp_path / "resources").symlink_to(project_folder / "resources")
    (tmp_path / f"{edition.MODULE}.py").write_text(edition.as_module(NEW), encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, edition.MODULE, raising=False)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)

    return lambda said: (tmp_path / edition.FILE).write_bytes(said.encode("utf-8-sig"))


def _deadlines() -> int:
    return main(["deadlines", "--kind", "講習会", "--date", "2026-09-30"])


def test_a_command_of_a_mixed_folder_does_nothing(packed, capsys):
    packed(NEW)
    assert _deadlines() == 0
    assert HAPPENED not in capsys.readouterr().err

    packed(OLD)
    assert _deadlines() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert [word for word in (HAPPENED, TODO) if word not in said.err] == []


def test_a_folder_that_lost_what_says_its_version_is_a_mixed_one(packed, capsys):
    assert _deadlines() == 1
    assert HAPPENED in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="a link to the resources needs a right there")
def test_the_window_of_a_mixed_folder_says_so_and_asks_for_no_password(packed, qapp, monkeypatch):
    packed(OLD)
    # One process has one application, and the hooks for errors of the test stay.
    monkeypatch.setattr(window, "new_application", lambda: qapp)
    monkeypatch.setattr(window, "install_error_hooks", lambda _log: None)
    seen: list[str] = []
    before = set(map(id, QApplication.topLevelWidgets()))

    def read_and_close() -> None:
        dialog = QApplication.activeModalWidget()
        seen.extend(one.text() for one in dialog.findChildren(QLabel))
        dialog.reject()

    QTimer.singleShot(0, read_and_close)

    assert window.run() == 1
    said = "\n".join(seen)
    assert [word for word in (HAPPENED, TODO) if word not in said] == []
    opened = [one for one in QApplication.topLevelWidgets() if id(one) not in before]
    assert not any(isinstance(one, StartWindow) for one in opened)

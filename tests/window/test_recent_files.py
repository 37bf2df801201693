"""What has just been saved is offered where a file is asked for: the newest first, nothing twice, nothing
of our own."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from app.common import file_locations
from app.common.file_locations import recent_files
from app.main_window.status_bars import show_saved_file
from app.widgets.forms.recent_files import RecentFilesBar, mark_file_used
from tests.support.doing import do
from tests.support.saved_files import save_at
from tests.window.conftest import NOW


@pytest.fixture
def place(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    QVBoxLayout(made)
    made.show()
    return made


@pytest.fixture
def offered(qtbot, desk, downloads, place):
    made = RecentFilesBar(desk, (".pdf",))
    place.layout().addWidget(made)
    made.import_arguments, made.proposed = [], []
    made.file_chosen.connect(lambda one: made.import_arguments.append(one.path.name))
    made.single_file_found.connect(lambda one: made.proposed.append(one.path.name))
    return made


def look(qtbot, desk, offered):
    do(qtbot, desk, offered.search)


def test_a_folder_with_more_than_is_looked_at_offers_nothing_and_nothing_is_proposed(
    qtbot, desk, downloads, offered, monkeypatch, tmp_path
):
    monkeypatch.setattr(file_locations, "_MAX_ENTRIES", 20)
    desktop = tmp_path / "デスクトップ"
    desktop.mkdir()
    monkeypatch.setenv("XDG_DESKTOP_DIR", str(desktop))
    save_at(desktop / "机の上.pdf", b"1", NOW)
    for number in range(19):
        (downloads / f"{number}.txt").touch()
    save_at(downloads / "今日の資料.pdf", b"2", NOW)
    look(qtbot, desk, offered)
    assert offered.proposed == []
    assert {one.path.name for one in recent_files((".pdf",), now=NOW).files} == {"机の上.pdf", "今日の資料.pdf"}

    (downloads / "もう一つ.txt").touch()
    look(qtbot, desk, offered)
    assert "机の上.pdf" in offered.newest.text()
    assert offered.others.isHidden()
    assert offered.proposed == []  # there may be another of today where not all was seen


def test_a_link_that_leads_round_or_elsewhere_is_left_out_and_hides_no_other(qtbot, desk, downloads, offered, tmp_path):
    (downloads / "輪.pdf").symlink_to(downloads / "輪.pdf")
    save_at(tmp_path / "よそ.pdf", b"1", NOW)
    (downloads / "よそ.pdf").symlink_to(tmp_path / "よそ.pdf")
    save_at(downloads / "資料.pdf", b"2", NOW)
    look(qtbot, desk, offered)
    assert (offered.proposed, offered.others.isHidden()) == (["資料.pdf"], True)


@pytest.mark.parametrize("name", ["資料\n受領済.pdf", "資料\u202efdp.exe.pdf", "資料\u2066.pdf", "\u200f資料.pdf"])
def test_a_name_that_reads_other_than_it_is_is_offered_by_no_button(qtbot, desk, downloads, offered, name):
    save_at(downloads / name, b"1", NOW)
    look(qtbot, desk, offered)
    assert offered.isHidden()
    save_at(downloads / "家族👨‍👩‍👧の講座.pdf", b"2", NOW)
    look(qtbot, desk, offered)
    assert "家族" in offered.newest.text()
    assert offered.proposed == []  # the other may be the one that is meant


def test_the_newest_is_a_button_and_the_others_are_taken_by_digit(qtbot, desk, downloads, offered):
    look(qtbot, desk, offered)
    assert offered.isHidden()
    save_at(downloads / "昨日の資料.pdf", b"1", NOW - timedelta(days=1))
    save_at(downloads / "第1回講習会テキスト・当日配布する資料の最終版.pdf", b"2", NOW - timedelta(hours=1))
    look(qtbot, desk, offered)

    assert (offered.isVisible(), offered.newest.text()) == (True, "第1回講習会テキスト・当…資料の最終版.pdf　今日 9:32")
    assert offered.proposed == ["第1回講習会テキスト・当日配布する資料の最終版.pdf"]
    qtbot.mouseClick(offered.newest, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(offered.others, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert [one.text() for one in menu.actions()][1] == "&2　昨日の資料.pdf　9/15(火) 10:32"
    qtbot.keyClick(menu, Qt.Key.Key_2)
    assert offered.import_arguments == ["第1回講習会テキスト・当日配布する資料の最終版.pdf", "昨日の資料.pdf"]


def test_of_two_files_of_today_neither_is_proposed(qtbot, desk, downloads, offered):
    for number in range(2):
        save_at(downloads / f"資料{number}.pdf", b"x", NOW - timedelta(hours=number))
    look(qtbot, desk, offered)
    assert (offered.isVisible(), offered.proposed) == (True, [])


def test_what_was_taken_is_not_offered_again_but_its_next_version_is(qtbot, desk, downloads, offered):
    file = save_at(downloads / "資料.pdf", b"x", NOW)
    mark_file_used(file)
    look(qtbot, desk, offered)
    assert offered.isHidden()
    save_at(file, b"xx", NOW)
    look(qtbot, desk, offered)
    assert offered.proposed == ["資料.pdf"]


def test_what_the_program_wrote_itself_has_not_come_from_outside(qtbot, desk, downloads, offered, place):
    own = save_at(downloads / "R8-講01-実施報告書-第1版.pdf", b"x", NOW)
    show_saved_file(place, "保存しました。", own)
    look(qtbot, desk, offered)
    assert offered.isHidden()


def test_a_file_that_has_gone_needs_no_note(tmp_path):
    mark_file_used(tmp_path / "なし.pdf")

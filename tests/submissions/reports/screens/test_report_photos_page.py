"""The chapter 写真 of the form: files chosen or dropped become cards, words are kept, pictures move and come back by
undo."""

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from app.history import services as history_services
from tests.support.doing import do
from tests.support.pictures import picture, saved
from tests.support.report_pages import reports_shown
from tests.support.sample import NOW
from tests.support.waiting import wait_idle


def part_of(panel):
    panel.form.chapters.choose("写真")
    return panel.form.editor.photos


def test_pictures_are_added_described_moved_taken_out_and_brought_back(qtbot, tmp_path):
    files = [saved(tmp_path, f"{n}.jpg", picture((640, 480), taken=f"2026:11:17 14:1{n}:00")) for n in (1, 2)]
    bad = saved(tmp_path, "c.heic", b"\0\0\0\x18ftypheic\0\0\0\0")
    with reports_shown(qtbot, tmp_path / "desk", "L5", view="form") as panel:
        part = part_of(panel)
        part.ask_files = lambda: [str(path) for path in (*files, bad)]
        part.choose_files()
        qtbot.waitUntil(lambda: len(part.cards) == 2)
        wait_idle(qtbot, panel.app_context)
        assert "HEIC" in part.problem.words()
        assert [card.boxes["taken_at"].toPlainText() for card in part.cards] == ["14:11", "14:12"]
        assert not part.cards[0].picture.pixmap().isNull()
        assert "1人" in part.refused.words()
        assert not part.cards[0].earlier.isEnabled()

        part.cards[0].boxes["scene"].setPlainText("講義の様子")
        do(qtbot, panel, part.cards[0].save)
        first = part.cards[0].photo_id
        do(qtbot, panel, part.cards[0].later.click)
        qtbot.waitUntil(lambda: part.cards[1].photo_id == first)
        do(qtbot, panel, part.cards[1].out.click)
        qtbot.waitUntil(lambda: len(part.cards) == 1)
        history_services.undo(panel.app_context.store, by=panel.app_context.user_name, now=NOW)
        do(qtbot, panel, panel.refresh)
        assert [card.boxes["scene"].toPlainText() for card in part.cards] == ["", "講義の様子"]


def test_files_dropped_on_the_chapter_are_taken(qtbot, tmp_path):
    path = saved(tmp_path, "a.jpg", picture((640, 480)))
    with reports_shown(qtbot, tmp_path / "desk", "L5", view="form") as panel:
        part = part_of(panel)
        given = QMimeData()
        given.setUrls([QUrl.fromLocalFile(str(path))])
        part.dropEvent(
            QDropEvent(
                QPointF(5, 5),
                Qt.DropAction.CopyAction,
                given,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
            )
        )
        qtbot.waitUntil(lambda: len(part.cards) == 1)
        wait_idle(qtbot, panel.app_context)


def test_the_chapter_waits_until_every_picture_says_who_is_seen_and_how_they_agreed(qtbot, tmp_path):
    with reports_shown(qtbot, tmp_path / "desk", "L2", view="form") as panel:
        part = part_of(panel)
        assert len(part.cards) == 2

        def state():
            return next(one.state for one in panel._form.sections if one.section.title == "写真")

        assert state() == "済"
        part.cards[1].boxes["consent"].setPlainText("")
        do(qtbot, panel, part.cards[1].save)
        assert state() == "記入待ち"

"""One file dropped on a part of the window is taken, as soon as it may be: several, a web address or
nothing are not."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.widgets.forms.file_drop import FileDrop

WITH = (Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)


def drop(part: QWidget, *addresses: QUrl) -> bool:
    """Carry addresses over a part and let them go; return whether it would take them."""
    carried = QMimeData()
    carried.setUrls(list(addresses))
    entering = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, carried, *WITH)
    entering.ignore()
    QApplication.sendEvent(part, entering)
    if entering.isAccepted():
        QApplication.sendEvent(part, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, carried, *WITH))
    return entering.isAccepted()


@pytest.fixture
def part(qtbot):
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_one_file_is_taken_and_nothing_else(part, tmp_path):
    taken: list[Path] = []
    FileDrop(part).dropped.connect(taken.append)
    one, other = (QUrl.fromLocalFile(str(tmp_path / name)) for name in ("申込.csv", "名簿.xlsx"))
    assert not drop(part)
    assert not drop(part, one, other)
    assert not drop(part, QUrl("https://example.jp/list.csv"))
    assert drop(part, one)
    assert taken == [tmp_path / "申込.csv"]


def test_who_reads_drops_nothing_and_who_has_the_seat_by_now_does(part, tmp_path):
    taken: list[Path] = []
    seat = [False]
    FileDrop(part, is_allowed=lambda: seat[0]).dropped.connect(taken.append)
    file = QUrl.fromLocalFile(str(tmp_path / "仕様書.pdf"))
    assert not drop(part, file)
    seat[0] = True
    assert drop(part, file)
    assert taken == [tmp_path / "仕様書.pdf"]

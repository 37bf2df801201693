"""In the real window a part that is built anew, by a press of its own box or by a reading, moves no page away."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from app.startup.pictures.sample_additions import event_ids
from tests.bench.opening import visits
from tests.support.sample import NOW
from tests.support.sample import event_id as of_sample
from tests.support.sample_desk import session
from tests.support.waiting import in_front, wait_idle
from tests.support.whole_window import whole_window

_IN_BOX = QPoint(8, 12)
_BUILT_ANEW = (
    "実施回 概要",
    "実施回 支援のあゆみ",
    "中止・変更の連絡",
    "当日",
    "班分け",
    "討議の記録 まとめ",
    "配慮の手配",
    "協議・打合せ",
    "目的を選んで出力",
    "参加者を決める",
    "設定 papers",
)
"""Pages that scroll and build lists of boxes and buttons anew when they are read."""


@pytest.fixture
def window(qtbot, tmp_path):
    with session(tmp_path) as desk:
        made = whole_window(desk)
        qtbot.addWidget(made)
        made.setMinimumSize(0, 0)
        made.resize(1093, 614)
        made.show()
        in_front(qtbot, made)
        yield made
        made.hide()


def settled(qtbot, window) -> None:
    wait_idle(qtbot, window.app_context)
    # What was built anew is laid out, and the keyboard settled, some turns after it was read.
    for _turn in range(8):
        QApplication.processEvents()


def areas_in(screen: QWidget) -> list[QScrollArea]:
    return [
        area for area in screen.findChildren(QScrollArea) if area.isVisible() and area.verticalScrollBar().maximum() > 0
    ]


def in_the_middle(area: QScrollArea) -> QWidget | None:
    """Something in sight of an area that takes the keyboard by Tab."""
    seen = area.viewport().rect().adjusted(0, 20, 0, -20)
    for part in area.widget().findChildren(QWidget):
        takes = (part.focusPolicy() & Qt.FocusPolicy.TabFocus) == Qt.FocusPolicy.TabFocus
        if takes and part.isVisible() and part.isEnabled() and not isinstance(part, QScrollArea):
            place = part.rect().translated(part.mapTo(area.viewport(), QPoint(0, 0)))
            if seen.contains(place):
                return part
    return None


def press(qtbot, window, overview, step) -> tuple[int, int]:
    """Press the box of a step in sight; return where the page stood before and after."""
    area, box = overview.areas["募集"], overview.recruitment.steps.boxes[step]
    QApplication.processEvents()
    area.ensureWidgetVisible(box, 0, 60)
    before, done = area.verticalScrollBar().value(), box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=_IN_BOX)
    settled(qtbot, window)
    assert overview.recruitment.steps.boxes[step].isChecked() != done
    return before, area.verticalScrollBar().value()


@pytest.mark.parametrize("size", [(1366, 728), (1093, 614)])
def test_ticking_a_step_of_recruitment_leaves_the_page_where_it_was(window, qtbot, size):
    window.resize(*size)
    window.go("event", event_id=of_sample(window.app_context.store, "意見交換会", 2))
    settled(qtbot, window)
    overview = window.screen_of("event").overview
    overview.open_part("募集")
    steps = overview.recruitment.steps
    open_ones = [step for step, box in steps.boxes.items() if not box.isChecked()]
    assert len(open_ones) > 4
    for step in open_ones:
        before, after = press(qtbot, window, overview, step)
        assert after == before
    # Opened again it goes down among the open ones, and stays in sight.
    steps.fold.setChecked(True)
    press(qtbot, window, overview, open_ones[-1])
    assert steps.boxes[open_ones[-1]].hasFocus()
    assert not steps.boxes[open_ones[-1]].visibleRegion().isEmpty()


def test_what_is_read_again_moves_no_page_under_the_hand(window, qtbot):
    moved, looked = [], 0
    settled(qtbot, window)
    for name, place, given in visits(dict(event_ids(window.app_context.store, NOW.date()))):
        if name not in _BUILT_ANEW:
            continue
        window.go(place, **given)
        settled(qtbot, window)
        screen = window.shown_screen()
        for area in areas_in(screen):
            bar = area.verticalScrollBar()
            bar.setSliderPosition(bar.maximum() // 2)
            bar.triggerAction(bar.SliderAction.SliderMove)  # by hand
            part = in_the_middle(area)
            if part is None:
                continue
            part.setFocus(Qt.FocusReason.MouseFocusReason)
            before, looked = bar.value(), looked + 1
            screen.refresh()
            settled(qtbot, window)
            bar = area.verticalScrollBar()
            if bar.value() != before:
                moved.append(
                    (
                        name,
                        type(part).__name__,
                        before,
                        bar.value(),
                        bar.maximum(),
                        type(QApplication.focusWidget()).__name__,
                    )
                )
    assert moved == []
    assert looked >= 8

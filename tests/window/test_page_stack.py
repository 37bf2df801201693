"""What costs at every step through the window: hidden pages are not asked, built or dressed before they are shown."""

import pytest
from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QMoveEvent
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget

from app.main_window.main_window import MainWindow
from app.main_window.navigation import ScreenEntry
from app.widgets.flow_row import FlowRow
from app.widgets.folding_columns import ListAndDetail
from app.widgets.layouts import in_column, layout_now
from app.widgets.pages import PageLayout, Pages, PageStack, ensure_visible
from app.widgets.screen import Screen, in_scroll_area, page_column
from app.widgets.tabs import Tabs


class Asked(QWidget):
    """A part that counts how often it is asked how tall it would be."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        self.times += 1
        return QSize(300, 200)

    def heightForWidth(self, width: int) -> int:
        self.times += 1
        return 60_000 // max(width, 1)


class AskedScreen(Screen):
    """A screen with such a part."""

    def __init__(self, desk) -> None:
        super().__init__(desk)
        self.part = Asked()
        page_column(self).addWidget(self.part)


def test_a_step_through_the_window_asks_no_screen_that_is_hidden(desk, qtbot):
    window = MainWindow(desk)
    qtbot.addWidget(window)
    for place in ("home", "events", "settings"):
        window.register_screen(ScreenEntry(screen_name=place, icon="house", title=place, factory=AskedScreen))
    window.show()
    for place in ("home", "events", "settings"):
        window.go(place)
        qtbot.waitUntil(lambda place=place: window.screen_of(place).part.times > 0)
    hidden = window.screen_of("home").part
    before = hidden.times
    for _ in range(3):
        window.go("events")
        window.screen_of("events").part.updateGeometry()
        window.repaint()
        window.go("settings")
    assert hidden.times == before


def test_a_tab_asks_no_other_tab_and_builds_none_that_was_not_shown(qtbot):
    built: list[str] = []

    def build(name: str) -> Asked:
        built.append(name)
        return Asked()

    around = QWidget()
    tabs = Tabs()
    QVBoxLayout(around).addWidget(tabs)
    for name in ("概要", "当日", "履歴"):
        tabs.add(name, lambda name=name: build(name))
    qtbot.addWidget(around)
    around.show()
    assert built == ["概要"]
    tabs.choose(1)
    assert built == ["概要", "当日"]
    hidden = tabs.page(0)
    around.resize(700, 500)
    before = hidden.times
    around.resize(500, 400)
    tabs.page(1).updateGeometry()
    around.grab()
    assert hidden.times == before


def test_a_stack_wants_the_room_of_the_page_shown(qtbot):
    stack = PageStack()
    qtbot.addWidget(stack)
    assert stack.sizeHint() == QSize(0, 0) == stack.minimumSizeHint()
    small, large = QLabel("あ"), QLabel("あ" * 40)
    large.setMinimumWidth(700)
    stack.addWidget(small)
    stack.addWidget(large)
    assert stack.sizeHint() == small.sizeHint()
    stack.setCurrentWidget(large)
    assert (stack.minimumSizeHint().width(), stack.hasHeightForWidth()) == (700, False)


class Dressed(QLabel):
    """A part that counts how often it is dressed by the style sheet."""

    def __init__(self) -> None:
        super().__init__("あ")
        self.times = 0

    def event(self, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Polish
        return super().event(event)


def test_what_scrolls_or_wraps_is_not_dressed_before_it_is_seen(qtbot):
    scrolled, wrapped = Dressed(), Dressed()
    inside = QWidget()
    column = QVBoxLayout(inside)
    column.addWidget(scrolled)
    column.addWidget(FlowRow(wrapped))
    around = QWidget()
    area = in_scroll_area(inside)
    QVBoxLayout(around).addWidget(area)
    qtbot.addWidget(around)
    assert (scrolled.times, wrapped.times) == (0, 0)
    around.show()
    assert (scrolled.times, wrapped.times) == (1, 1)
    assert area.widget() is inside
    assert scrolled.isVisible()
    assert wrapped.isVisible()


@pytest.mark.parametrize("kind", [Pages, PageLayout])
def test_pages_are_dressed_once_and_not_before_their_stack_is_seen(qtbot, kind):
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    stack = kind()
    if isinstance(stack, Pages):
        column.addWidget(stack)
    else:
        column.addLayout(stack)
    first, second = Dressed(), Dressed()
    stack.addWidget(first)
    stack.addWidget(second)
    assert (stack.currentWidget(), first.times, second.times) == (first, 0, 0)
    around.show()
    assert first.isVisible()
    assert not second.isVisible()
    stack.setCurrentWidget(second)
    assert second.isVisible()
    assert not first.isVisible()
    assert (first.times, second.times) == (1, 1)


def test_a_part_is_brought_into_sight_without_being_dressed_too_soon(qtbot):
    around = QWidget()
    qtbot.addWidget(around)
    column = QVBoxLayout(around)
    seen, away = Dressed(), Dressed()
    for part in (seen, away):
        column.addWidget(part)
    ensure_visible(seen, seen=True)
    ensure_visible(away, seen=False)
    assert (seen.times, away.times) == (0, 0)
    around.show()
    assert seen.isVisible()
    assert not away.isVisible()
    ensure_visible(away, seen=True)
    ensure_visible(seen, seen=False)
    assert away.isVisible()
    assert not seen.isVisible()


def test_details_widen_with_what_is_read_into_them_however_deep_it_stands(qtbot):
    words = QLabel("短い")
    inside, side = QWidget(), QWidget()
    in_column(words, owner=inside)
    area = in_scroll_area(inside)
    in_column((area, 1), owner=side)
    both = ListAndDetail(QWidget(), side, back="一覧", wide=200, usual=200)
    qtbot.addWidget(both)
    both.resize(1092, 500)
    both.show()
    qtbot.waitUntil(lambda: side.width() < 330)

    words.setMinimumWidth(420)
    qtbot.waitUntil(lambda: side.width() >= 420)
    assert area.horizontalScrollBar().maximum() == 0, "nothing of it stands beyond the edge"


class Moved(QWidget):
    """A part that counts how often it is put elsewhere."""

    times = 0

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.times += 1


def test_what_comes_into_a_place_that_is_seen_is_laid_out_once_and_what_was_hidden_stays_so(qtbot):
    def moved(*, at_once: bool) -> int:
        place, below = QWidget(), Moved()
        column = in_column(owner=place)
        whole = QWidget()
        in_column(place, below, None, owner=whole)
        qtbot.addWidget(whole)
        whole.show()
        qtbot.waitExposed(whole)
        below.times = 0
        lines = [QLabel(f"{number}行め") for number in range(12)]
        for line in lines:
            column.addWidget(line)
        lines[3].hide()
        if at_once:
            layout_now(place)
            assert [line.isVisible() for line in lines] == [number != 3 for number in range(12)]
        QApplication.processEvents()
        assert [line.isVisible() for line in lines] == [number != 3 for number in range(12)]
        assert below.y() >= lines[-1].geometry().bottom()
        return below.times

    assert moved(at_once=True) <= 2
    assert moved(at_once=False) > 6, "as Qt does it"


def test_an_area_that_is_collected_hears_events_until_qt_has_destroyed_it(qtbot):
    inside = QWidget()
    area = in_scroll_area(inside)
    qtbot.addWidget(area)
    area.show()
    area.__dict__.clear()  # as the collector leaves it
    with qtbot.captureExceptions() as errors:
        inside.hide()
        area.sizeHint()
    assert errors == []

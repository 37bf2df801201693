"""What is seen and can be pressed in the moment after a place was gone to, before its first reading has come."""

import inspect
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLineEdit, QMenu, QWidget

from app.startup import screens as screens_of_window
from app.window.app_context import AppContext
from app.window.background_task import Tasks
from tests.support.dressing import dress
from tests.support.sample import BY, NOW
from tests.support.system_dialogs import answer_file_dialogs
from tests.support.whole_window import whole_window

EVENT_ID = 6


class NoAnswer(Tasks):
    """Takes everything that is asked and never answers, as a slow share does for a while. Signals: those of Tasks."""

    def _start(self, *_asked: Any) -> None:
        """Nothing comes back."""


@pytest.fixture
def desk(qtbot: Any, tmp_path: Any) -> Iterator[AppContext]:
    tasks = NoAnswer()
    store = SimpleNamespace(folder=tmp_path, bar="", login_id="sample", read_only=False, published_at=None)
    yield AppContext(tasks=tasks, store=store, user_name=BY, fiscal_year=2026, clock=lambda: NOW, sample=True)
    tasks.shutdown()


def ways_into(place: str, screen: QWidget) -> list[dict[str, Any]]:
    """With nothing, with an event, and with each tab of it."""
    takes = inspect.signature(screen.open_with).parameters if hasattr(screen, "open_with") else {}
    ways: list[dict[str, Any]] = [{}]
    if "event_id" in takes:
        ways.append({"event_id": EVENT_ID})
        if place == "event" and "tab" in takes:
            ways += [{"event_id": EVENT_ID, "tab": tab.title} for tab in screens_of_window.event_tabs()]
    return ways


def parts_in_sight(screen: QWidget) -> list[QWidget]:
    kinds = (QAbstractButton, QComboBox, QLineEdit)
    return [one for one in screen.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible()]


def says_what_it_does(button: QAbstractButton) -> bool:
    """By words or, as Qt's own cross inside a field does, by its sign alone."""
    return bool(button.text() or button.accessibleName()) or isinstance(button.parentWidget(), QLineEdit)


def use(part: QWidget) -> None:
    """Press it, or type into it and leave it."""
    if isinstance(part, QAbstractButton):
        part.click()
    elif isinstance(part, QComboBox):
        for number in reversed(range(part.count())):
            part.setCurrentIndex(number)
            part.activated.emit(number)
    elif isinstance(part, QLineEdit) and not part.isReadOnly():
        part.setText("1")
        part.textEdited.emit("1")
        part.editingFinished.emit()
        part.returnPressed.emit()


def close_all(main: QWidget) -> None:
    for one in QApplication.topLevelWidgets():
        if isinstance(one, QDialog | QMenu) and one.isVisible():
            one.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    main.activateWindow()


def test_nothing_without_words_is_seen_and_nothing_that_is_pressed_fails(qtbot, desk, monkeypatch):
    answer_file_dialogs(monkeypatch.setattr)
    monkeypatch.setattr(QMenu, "exec", lambda *_given, **_more: None)
    dress(QApplication.instance())
    main = whole_window(desk)
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    wordless: list[str] = []
    failed: list[str] = []
    used = 0
    for place in list(main._screen_entries):
        for way in ways_into(place, main.screen_of(place)):
            with qtbot.capture_exceptions() as opening:
                main.go(place, **way)
                QApplication.processEvents()
            failed += [f"{place} {way} opened: {error!r}" for _kind, error, _trace in opening]
            screen = main.screen_of(place)
            for part in parts_in_sight(screen):
                try:
                    if not part.isVisible() or not part.isEnabled():
                        continue
                    said = f"{place} {way} {type(part).__name__} 「{part.accessibleName()}」 {part.parent()}"
                    if isinstance(part, QAbstractButton) and not says_what_it_does(part):
                        wordless.append(said)
                except RuntimeError:  # what was pressed before took it away
                    continue
                with qtbot.capture_exceptions() as caught:
                    use(part)
                    QApplication.processEvents()
                used += 1
                failed += [f"{said}: {error!r}" for _kind, error, _trace in caught]
                close_all(main)
                if main.shown_screen_name() != place:
                    main.go(place, **way)
    assert used > 300
    assert (wordless, failed) == ([], [])

"""A survey on the screen, over a real store and with real undo, for tests of its pages."""

from datetime import datetime
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QWidget

from app.surveys.overview.screens import SurveyPanel
from db.store import Store
from tests.support.sample_desk import shown
from tests.support.survey_sheets import AFTER
from tests.support.waiting import wait_idle
from tests.support.years import BY


def show_survey(
    qtbot: Any,
    desk_at: Any,
    store: Store,
    event_id: int | None,
    page: str = "",
    *,
    now: datetime = AFTER,
    size: tuple[int, int] = (1190, 720),
    embedded: bool = False,
    name: str = BY,
    read_only: bool = False,
) -> SurveyPanel:
    """Show the surveys, or one page of an event's survey, and wait until it has read; ``name`` is who sits there."""
    desk = desk_at(now, store=store, user_name=name, undoes=True, read_only=read_only)
    width, height = size
    panel = SurveyPanel(desk, embedded=embedded)
    return shown(qtbot, panel, desk, width=width, height=height, active=True, event_id=event_id, page=page)


def settle(qtbot: Any, panel: SurveyPanel) -> None:
    """Wait until everything asked for has been read or written and shown."""
    wait_idle(qtbot, panel.app_context)


def opened(panel: QWidget, kind: type[QDialog]) -> Any:
    """The dialog of a kind that is open over the panel."""
    return [dialog for dialog in panel.findChildren(kind) if dialog.isVisible()][-1]


def press(qtbot: Any, panel: SurveyPanel, keys: str) -> None:
    """Type on the sheet under the hand: digits as they are, 「⏎」 Enter, 「←」 Backspace.

    Each key goes to whatever has the focus, as it does at the real keyboard.
    """
    special = {"⏎": Qt.Key.Key_Return, "←": Qt.Key.Key_Backspace}
    for key in keys:
        target = panel.window().focusWidget() or panel.entry_page.board
        if key in special:
            qtbot.keyClick(target, special[key])
        else:
            qtbot.keyClicks(target, key)


def key_in(qtbot: Any, panel: SurveyPanel, keys: str) -> None:
    """Type on the sheet under the hand, and wait until what is whole is saved and shown."""
    press(qtbot, panel, keys)
    settle(qtbot, panel)

"""F6 collects the selected row as evidence for the 提案書, by its kind and key alone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.window.app_context import AppContext

KEY = "F6"
WITH_SHIFT = "Shift+F6"
_NOTHING = "根拠に集める行を選んでから、もう一度お試しください。"


def install_evidence_key(
    part: QWidget, app_context: AppContext, current_row: Callable[[], tuple[str, str] | None], *, key: str = KEY
) -> QShortcut:
    """Make F6 in ``part`` collect the selected row as evidence for the 提案書; in 閲覧専用 nothing is collected.

    Args:
        current_row: returns kind and key of the selected row (「協議」, 「12」), or None.
        key: another key, where F6 has another meaning.
    """

    def collect() -> None:
        """Emit ``evidence_requested`` for the selected row, or show that no row is selected."""
        found = current_row()
        if found is None:
            app_context.message_shown.emit(_NOTHING, False)
        elif app_context.may_write:
            app_context.evidence_requested.emit(*found)

    shortcut = QShortcut(QKeySequence(key), part)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(collect)
    return shortcut

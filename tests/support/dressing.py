"""The application dressed as in the real window, once for all tests of a run."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.window.remembered import remember_in
from app.window.style_sheet import put_on


def dress(application: QApplication) -> None:
    """Wear fonts and style at the usual size, and remember nothing from another test."""
    put_on(application, "標準")
    remember_in(None)

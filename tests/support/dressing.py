"""The application dressed as in the real window, once for all tests of a run."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.window.style_sheet import apply_text_size
from app.window.ui_settings import use_settings_file


def dress(application: QApplication) -> None:
    """Wear fonts and style at the usual size, and remember nothing from another test."""
    apply_text_size(application, "標準")
    use_settings_file(None)

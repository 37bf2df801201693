"""How the program looks on this PC for this person: text size and colours, chosen here or taken from the system."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, get_args

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessibilityHints, QFontDatabase, QGuiApplication, QStyleHints
from PySide6.QtWidgets import QApplication

from app.window import theme as t
from app.window.style_sheet import apply_contrast, apply_text_size
from app.window.ui_settings import recall, remember, sync_to_disk

SIZE_KEY = "look/size"
COLOURS_KEY = "look/colours"
LOCK_KEY = "look/lock_minutes"
LOCK_MINUTES = (5, 10, 15, 20, 30)
"""The minutes that can be chosen; the longest a screen with names may stand open without anybody at it."""
_USUAL_LOCK = 10
ColoursChoice = Literal["システム", "標準", "高コントラスト"]
COLOUR_CHOICES: tuple[ColoursChoice, ...] = get_args(ColoursChoice)


def chosen_size() -> t.SizeName:
    """Return the text size chosen on this PC, or at first the one nearest to the letters of Windows."""
    chosen = recall(SIZE_KEY)
    return next((size for size in t.SIZES if size == chosen), _size_of_system())


def _size_of_system() -> t.SizeName:
    """Return the text size nearest to the letters set in Windows; 標準 on other systems."""
    # Elsewhere the letters of the desktop are of any size, whatever the person needs.
    if QGuiApplication.platformName() != "windows":
        return "標準"
    return t.size_for_system_letters(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).pointSizeF())


def chosen_colours() -> ColoursChoice:
    """Return the choice of colours on this PC; until one is made 「システム」, those that the system asks for."""
    chosen = recall(COLOURS_KEY)
    return next((one for one in COLOUR_CHOICES if one == chosen), "システム")


def chosen_lock_minutes() -> int:
    """Return after how many minutes without input the screen is hidden, as chosen on this PC, at first 10."""
    chosen = str(recall(LOCK_KEY, ""))
    return next((minutes for minutes in LOCK_MINUTES if str(minutes) == chosen), _USUAL_LOCK)


def choose_lock_minutes(minutes: int) -> None:
    """Store after how many minutes without input the screen is hidden, one of ``LOCK_MINUTES``, without applying it."""
    remember(LOCK_KEY, minutes)
    sync_to_disk()


def choose_size(size: t.SizeName) -> None:
    """Store the text size chosen on this PC, without applying it."""
    remember(SIZE_KEY, size)
    sync_to_disk()


def choose_colours(choice: ColoursChoice) -> None:
    """Store which colours were chosen on this PC, without applying them."""
    remember(COLOURS_KEY, choice)
    sync_to_disk()


def apply_appearance(application: QApplication) -> None:
    """Show text size and colours as chosen, and follow the system when its contrast is changed meanwhile."""
    t.set_contrast(_is_contrast_wanted())
    apply_text_size(application, chosen_size())
    if not application.property("follows the contrast of the system"):
        application.setProperty("follows the contrast of the system", True)
        _asked_of_system()[1].contrastPreferenceChanged.connect(
            lambda _wish: apply_contrast(application, _is_contrast_wanted())
        )


@lru_cache(maxsize=1)
def _asked_of_system() -> tuple[QStyleHints, QAccessibilityHints]:
    """Return Qt's style and accessibility hints; both are kept, because the second dies with the first in Python."""
    hints = QGuiApplication.styleHints()
    return hints, hints.accessibility()


def _is_contrast_wanted() -> bool:
    """Return whether strong contrast is chosen in the settings, or by the system where they follow it."""
    choice = chosen_colours()
    if choice != "システム":
        return choice == "高コントラスト"
    return bool(_asked_of_system()[1].contrastPreference() == Qt.ContrastPreference.HighContrast)

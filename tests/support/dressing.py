"""The application dressed as in the real window, once for all tests of a run, and which tests need the style sheet."""

import functools
import re
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.window.style_sheet import apply_text_size
from app.window.ui_settings import use_settings_file


def dress(application: QApplication) -> None:
    """Wear fonts and style at the usual size, and remember nothing from another test."""
    apply_text_size(application, "標準")
    use_settings_file(None)


_PARTS = re.compile(r"^(?=def )", re.MULTILINE)
_NAME = re.compile(r"def (\w+)\(")
_MEASURE = re.compile(
    r"\.(?:width|height|geometry|rect|mapTo|mapToGlobal|mapFromGlobal|sizeHint|minimumSizeHint|visibleRegion|grab|render"
    r"|verticalScrollBar|horizontalScrollBar|visualRect|viewport|fontMetrics|styleSheet|palette)\("
    r"|rows_in_sight|faults_of|moved_by|controls_in_sight|QWheelEvent"
)


def measures(path: Path, name: str) -> bool:
    """Return whether a test looks at places and sizes, itself or by a function beside it."""
    return name in _measuring(path)


@functools.cache
def _measuring(path: Path) -> frozenset[str]:
    bodies = {
        found[1]: part
        for part in _PARTS.split(path.read_text(encoding="utf-8"))
        if (found := _NAME.match(part)) is not None
    }
    looks = {name for name, body in bodies.items() if _MEASURE.search(body)}
    if looks:
        asks = re.compile(rf"\b(?:{'|'.join(looks)})\b")
        looks |= {name for name, body in bodies.items() if asks.search(body)}
    return frozenset(looks)

"""The clipboard: texts to paste into a mail stay on it; everything else that was copied here goes after a while and at
the lock.

Copied rows of people and telephone numbers are personal data; on a PC at a counter they are not left for the next one.
Windows keeps a history of the clipboard and may carry it to other PCs: what is copied out of a list says that it wants
neither (the formats are those that Windows documents; KDE reads the third). A text that a person marks in a field and
copies by Ctrl+C is copied by the window system itself and lacks that word, but goes as the others do.
"""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from app.window.debounce import debounce

CLEAR_AFTER_MS: Final = 5 * 60_000
"""So long what was copied here stays on the clipboard."""
_FOR_PASTING: Final = "application/x-dejikatsu-desk-to-paste"
_NO_HISTORY_FORMATS: Final = {
    "ExcludeClipboardContentFromMonitorProcessing": b"\1\0\0\0",
    "CanIncludeInClipboardHistory": b"\0\0\0\0",
    "CanUploadToCloudClipboard": b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
}


def copy_for_pasting(text: str) -> None:
    """Put a text on the clipboard that was made to be pasted elsewhere: a mail, a table of numbers, an address."""
    _put(text, {_FOR_PASTING: b"1"})


def copy_personal(text: str) -> None:
    """Put on the clipboard what may name people: rows of a list, a telephone number."""
    _put(text, _NO_HISTORY_FORMATS)


def clear_own_text() -> None:
    """Take from the clipboard what was copied here, but for texts to paste; what other programs copied stays."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() and not clipboard.mimeData().hasFormat(_FOR_PASTING):
        clipboard.clear()


class ClipboardCleaner(QObject):
    """Clears what was copied here after a while. Signals: none."""

    def __init__(self, parent: QObject | None = None, *, clear_after_ms: int = CLEAR_AFTER_MS) -> None:
        super().__init__(parent)
        self._timer = debounce(self, clear_own_text, clear_after_ms)
        QGuiApplication.clipboard().dataChanged.connect(self._timer.start)


def _put(text: str, extra_formats: dict[str, bytes]) -> None:
    content = QMimeData()
    content.setText(text)
    for name, value in extra_formats.items():
        content.setData(name, value)
    QGuiApplication.clipboard().setMimeData(content)

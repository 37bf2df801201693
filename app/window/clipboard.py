"""Clears from the clipboard what was copied here, after a while and at the screen lock; texts for pasting stay.

Copied rows of people and telephone numbers are personal data; on a PC at a counter they are not left for the next
person. Windows keeps a clipboard history and may send it to other PCs: rows copied from a list are marked to be kept
out of both (with the formats that Windows documents; KDE reads the third). A text marked in a field and copied by
Ctrl+C is copied by Qt itself without that mark, but is cleared like the others; the invisible signs at which a path
may break on the screen are taken out of it, for with them no folder would be found.
"""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QGuiApplication

from app.window.debounce import debounce
from app.window.line_breaks import joined_paths

CLEAR_AFTER_MS = 5 * 60_000
"""Milliseconds for which copied data stay on the clipboard."""
_FOR_PASTING = "application/x-dejikatsu-desk-to-paste"
_NO_HISTORY_FORMATS = {
    "ExcludeClipboardContentFromMonitorProcessing": b"\1\0\0\0",
    "CanIncludeInClipboardHistory": b"\0\0\0\0",
    "CanUploadToCloudClipboard": b"\0\0\0\0",
    "x-kde-passwordManagerHint": b"secret",
}


def copy_for_pasting(text: str) -> None:
    """Copy a text that was composed to be pasted elsewhere (a mail, a table of numbers, an address).

    It is not cleared from the clipboard.
    """
    _put(text, {_FOR_PASTING: b"1"})


def copy_personal(text: str) -> None:
    """Copy data that may name people (rows of a list, a telephone number), kept out of the history of the clipboard.

    ``ClipboardCleaner`` clears it after five minutes.
    """
    _put(text, _NO_HISTORY_FORMATS)


def clear_own_text() -> None:
    """Clear what this program copied, except texts for pasting; data copied by other programs stay."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() and not clipboard.mimeData().hasFormat(_FOR_PASTING):
        clipboard.clear()


def join_copied_paths() -> None:
    """Take the invisible signs at which paths may break out of what was copied here."""
    clipboard = QGuiApplication.clipboard()
    if clipboard.ownsClipboard() and (text := clipboard.text()) != (joined := joined_paths(text)):
        _put(joined, {})


class ClipboardCleaner(QObject):
    """Clears what this program copied (``clear_own_text``) five minutes after the clipboard last changed.

    Copied paths lose the signs at which they may break at once.

    Signals: none.
    """

    def __init__(self, parent: QObject | None = None):
        super().__init__(parent)
        self._timer = debounce(self, clear_own_text, CLEAR_AFTER_MS)
        QGuiApplication.clipboard().dataChanged.connect(self._timer.start)
        QGuiApplication.clipboard().dataChanged.connect(join_copied_paths)


def _put(text: str, extra_formats: dict[str, bytes]) -> None:
    content = QMimeData()
    content.setText(text)
    for name, value in extra_formats.items():
        content.setData(name, value)
    QGuiApplication.clipboard().setMimeData(content)

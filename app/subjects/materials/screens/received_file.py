"""A file as it was received: its bytes in memory, its size in words, and the pages of a PDF."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtPdf import QPdfDocument

LARGEST = 200 * 1024 * 1024


class TooLarge(Exception):
    """The file is larger than the data folder should keep."""

    happened = "ファイルが大きすぎます（200MBまで）。"
    lost = "保存済みのデータは変わっていません。"
    todo = "受託者に、PDFなど小さい形で送ってもらってください。"


@dataclass(frozen=True, kw_only=True)
class ReceivedFile:
    """Name and content of a file."""

    name: str
    data: bytes

    @property
    def size_words(self) -> str:
        """「1.4 MB」「820 KB」."""
        size = len(self.data)
        return f"{size / 1024 / 1024:.1f} MB" if size >= 1024 * 1024 else f"{max(1, round(size / 1024))} KB"

    def count_pages(self) -> int | None:
        """The number of pages of a PDF, None for any other file or one that can't be read; GUI thread only."""
        if not self.data.startswith(b"%PDF"):
            return None
        document = QPdfDocument()
        buffer = QBuffer()
        buffer.setData(QByteArray(self.data))
        buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        document.load(buffer)
        count = document.pageCount() if document.status() == QPdfDocument.Status.Ready else 0
        document.close()
        return count or None


def read_received(path: Path) -> ReceivedFile:
    """Read a file whole; raises ``TooLarge`` or ``OSError``."""
    if path.stat().st_size > LARGEST:
        raise TooLarge
    return ReceivedFile(name=path.name, data=path.read_bytes())

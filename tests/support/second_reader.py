"""A second reader of PDF files beside pypdf: PDFium, the one inside the usual browsers, as Qt brings it along."""

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication


def text_read_by_pdfium(data: bytes) -> str:
    """Return the text of every page as somebody copies it out of the reader on the other side; needs an application."""
    assert QApplication.instance() is not None
    buffer = QBuffer()
    buffer.setData(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    assert document.status() is QPdfDocument.Status.Ready
    return "\n".join(document.getAllText(page).text() for page in range(document.pageCount()))

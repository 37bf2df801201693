"""Reports as other programs lay them out: tables with the label left or above, numbers apart from their
unit, a scan."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Words = tuple[float, float, str]
_FACE = "foreign"
_FONT = Path(__file__).resolve().parents[2] / "resources" / "fonts" / "NotoSerifJP-Regular.ttf"


def register_foreign_face() -> str:
    """Make a face known that goes into the PDF with its letters: what the machine has must not matter;
    return its name."""
    if _FACE not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(_FACE, _FONT))
    return _FACE


def foreign_report(*pages: Sequence[Words], size: float = 11) -> bytes:
    """Return a PDF whose pages hold words at places in pt from the top left."""
    register_foreign_face()
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    for page in pages:
        canvas.setFont(_FACE, size)
        for x, y, words in page:
            canvas.drawString(x, A4[1] - y, words)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scanned() -> bytes:
    """Return a PDF of one page with a drawing and not one letter."""
    file = BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.rect(100, 100, 200, 80, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()

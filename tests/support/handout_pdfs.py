"""Handouts as a contractor sends them: PDFs with a running head, page numbers, words and a picture."""

import io
from collections.abc import Sequence

import pikepdf
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfgen.canvas import Canvas

PAGES = ("Open the app", "Choose a photo", "Write 12 words", "Share it", "Look at who reads")
_RED, _BLUE = (200, 60, 40), (40, 80, 200)


def handout(
    pages: Sequence[str] = PAGES,
    *,
    version: int = 1,
    pictures: Sequence[tuple[int, int, int]] = (),
    swap: tuple[str, str] = ("", ""),
) -> bytes:
    """Return a PDF with one of ``pages`` each: many lines about it, and a picture of one of ``pictures``' colours.

    ``swap`` writes the line that holds its first text with the second in its place.
    """
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(595, 842), invariant=True)
    for number, words in enumerate(pages):
        canvas.setFont("Helvetica", 9)
        canvas.drawString(60, 810, f"Handout for the 6th lecture, version {version}")
        canvas.drawCentredString(297, 30, f"{number + 1} / {len(pages)}")
        canvas.setFont("Helvetica", 16)
        canvas.drawString(60, 760, words)
        canvas.setFont("Helvetica", 11)
        for line in range(14):
            text = f"{words}: what is said in line {line + 1} about {words.lower()}."
            canvas.drawString(60, 720 - 18 * line, text.replace(*swap) if swap[0] else text)
        colour = pictures[number] if number < len(pictures) else _RED
        drawn = Image.new("RGB", (60, 40), colour)
        canvas.drawImage(ImageReader(drawn), 360, 120, 180, 120)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def scanned(shades: Sequence[int], *, size: tuple[int, int] = (595, 842)) -> bytes:
    """Return a PDF without words: one grey picture a page."""
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=size, invariant=True)
    for shade in shades:
        drawn = Image.new("L", (60, 80), 255)
        drawn.paste(shade, (10, 10, 50, 20 + shade // 5))
        canvas.drawImage(ImageReader(drawn), 40, 60, 500, 700)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


BLUE_FOURTH = (_RED, _RED, _RED, _BLUE, _RED)


def locked(data: bytes) -> bytes:
    """Return a PDF that opens with a password only."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as paper:
        paper.save(out, encryption=pikepdf.Encryption(owner="owner", user="user"))
    return out.getvalue()


def japanese(*, embedded: str = "", objects_packed: bool = False) -> bytes:
    """Return a PDF of one Japanese page, in a font that every reader has to have, or with its file ``embedded``.

    Args:
        embedded: the key under which the file of the font lies, such as /FontFile3. objects_packed: as Word packs them.
    """
    registerFont(UnicodeCIDFont("HeiseiMin-W3"))
    kept, out = io.BytesIO(), io.BytesIO()
    canvas = Canvas(kept, pagesize=(595, 842), invariant=True)
    canvas.setFont("HeiseiMin-W3", 16)
    canvas.drawString(60, 760, "写真の撮り方")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 720, "page 1")
    canvas.save()
    with pikepdf.open(io.BytesIO(kept.getvalue())) as paper:
        if embedded:
            fonts = paper.pages[0].Resources.Font.values()
            (composite,) = (one for one in fonts if "/DescendantFonts" in one)
            composite.DescendantFonts[0].FontDescriptor[embedded] = paper.make_stream(b"font")
        mode = pikepdf.ObjectStreamMode.generate if objects_packed else pikepdf.ObjectStreamMode.disable
        paper.save(out, object_stream_mode=mode)
    return out.getvalue()


def with_form_font() -> bytes:
    """Return a PDF whose form would be filled in a font that is not in the file, as forms of Word and Acrobat are."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(japanese())) as paper:
        fonts = paper.pages[0].Resources.Font
        (name,) = (key for key, one in fonts.items() if "/DescendantFonts" in one)
        held = pikepdf.Dictionary({name: paper.make_indirect(fonts[name])})
        paper.Root.AcroForm = pikepdf.Dictionary(Fields=[], DR=pikepdf.Dictionary(Font=held))
        del fonts[name]
        paper.save(out)
    return out.getvalue()

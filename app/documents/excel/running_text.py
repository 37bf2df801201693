"""Draws running text: letterhead, title, headings, paragraphs, closing."""

from __future__ import annotations

from app.documents.blocks import Bullets, Closing, Heading, Letterhead, Paragraph, Title
from app.documents.excel.looks import Look
from app.documents.excel.sheet_pen import SheetPen
from db.digits import is_digits

_SIZES = {"body": 10.0, "letter": 10.5, "note": 8.0, "strong": 10.5}


def draw_letterhead(pen: SheetPen, head: Letterhead, *, letter: bool) -> None:
    """Draw addressee, date and sender; a letter has number and date above the addressee."""
    look, first = Look(size=10.5), pen.row
    addressee = head.addressee.split("\n")
    if head.admission:
        pen.running_text(f"入場番号　{'　'.join(head.admission)}", Look(size=12, bold=True), 20.0)
    if letter:
        for line in (head.reference, head.date):
            if line:
                pen.running_text(line, look._replace(align="right"), 18.0)
        pen.space(9.0)
        for line in (*head.window, *addressee):
            pen.running_text(line, look, 18.0)
        pen.space(9.0)
    else:
        if head.reference:
            pen.running_text(head.reference, look._replace(align="right"), 18.0)
        pen.left_and_right(addressee[0], look, head.date, look, 18.0)
        for line in addressee[1:]:
            pen.running_text(line, look, 18.0)
    for line in head.sender:
        pen.running_text(line, look._replace(align="right"), 18.0)
    pen.space(12.0)
    pen.keep_together(first, pen.row)


def draw_title(pen: SheetPen, title: Title, *, size: float, roster: bool) -> None:
    """Draw title and subtitle centred with the lead under them; of a ``roster`` title and subtitle share one row."""
    first = pen.row
    if roster:
        # A list to be written on keeps its rows for people: title and event share one row.
        pen.left_and_right(title.text, Look(size=size, bold=True), title.subtitle, Look(size=11.0, bold=True), 27.0)
        if title.lead:
            pen.running_text(title.lead, Look(size=9.0), 16.5)
        pen.keep_together(first, pen.row)
        return
    pen.running_text(title.text, Look(size=size, bold=True, align="center"), 28.0)
    if title.subtitle:
        pen.running_text(title.subtitle, Look(size=12.0, bold=True, align="center"), 21.0)
    if title.lead:
        pen.running_text(title.lead, Look(), 21.0)
    pen.space(6.0)
    pen.keep_together(first, pen.row)


def draw_heading(pen: SheetPen, heading: Heading) -> None:
    """Draw a heading with its small note at the right end; it never stands last on a page."""
    if pen.row > 1 and pen.row not in pen.page_starts:
        pen.space(9.0 if heading.level == 1 else 4.5)
        if pen.row - 2 in pen.glued:  # a heading right under another one
            pen.keep_together(pen.row - 1, pen.row)
    first = pen.row
    number = f"({heading.number})" if heading.level == 2 and is_digits(heading.number) else heading.number
    text = f"{number}　{heading.text}" if heading.number else heading.text
    look = Look(size=13.0 if heading.level == 1 else 10.5, bold=True)
    pen.left_and_right(text, look, heading.right, Look(size=8.5), 24.0 if heading.level == 1 else 21.0)
    pen.keep_together(first, pen.row)


def draw_paragraph(pen: SheetPen, paragraph: Paragraph) -> None:
    """Draw one paragraph in one cell of its own row."""
    look = Look(size=_SIZES[paragraph.style], bold=paragraph.style == "strong", align=paragraph.align, valign="top")
    first = pen.row
    pen.running_text(paragraph.text, look, 18.0 if paragraph.style != "note" else 13.5, even=True)
    if paragraph.style == "strong":
        pen.keep_together(first, pen.row)


def draw_bullets(pen: SheetPen, bullets: Bullets) -> None:
    """Draw a short list, each item in its own row."""
    first = pen.row
    if bullets.title:
        pen.running_text(bullets.title, Look(size=10.5, bold=True), 21.0)
        pen.keep_together(first, pen.row)
    for item in bullets.items:
        pen.running_text(f"・{item}", Look(valign="top"), 18.0, even=True)
    pen.space(6.0)


def draw_closing(pen: SheetPen, closing: Closing) -> None:
    """Draw 「以上」 at the right margin, on the page of what it closes."""
    if pen.row > 1:
        pen.keep_together(pen.row - 1, pen.row)
    pen.running_text(closing.text, Look(size=10.5, align="right"), 21.0)


def draw_note(pen: SheetPen, note: str) -> None:
    """Draw the note of a table or chart in small type, on the page of the row above it."""
    if note:
        text = note if note.startswith("注") else f"注　{note}"
        pen.keep_together(pen.row - 1, pen.row)
        pen.running_text(text, Look(size=7.5), 13.5)

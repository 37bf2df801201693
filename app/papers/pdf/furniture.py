"""What stands on every page: header, footer, 区分, page number, and the marks 様式 and 見本."""

from __future__ import annotations

from app.papers.blocks import DocumentContent, Title
from app.papers.pdf.pen import Pen
from app.papers.pdf.questionnaire_form import draw_sheet_foot
from app.papers.pdf.sizes import (
    CELL,
    FOOTER,
    HEADER,
    HEAVY,
    MARK,
    PAGE_NUMBER,
    PAGE_RULE,
    PAGE_RULE_GREY,
    STRONG,
    Style,
)

_SAMPLE = "見本"


def draw_furniture(pen: Pen, content: DocumentContent, number: int, pages: int) -> None:
    """Draw header, footer and marks of page ``number`` of ``pages``; a card has only the marks."""
    if content.look in ("card", "sheet"):
        if content.look == "sheet":
            draw_sheet_foot(pen, content, number, pages)
        _marks(pen, content)
        return
    if content.look == "roster":
        _roster_header(pen, content, number)
    elif content.look != "letter":
        _header(pen, content)
    _footer(pen, content, number, pages)
    _marks(pen, content)


def _header(pen: Pen, content: DocumentContent) -> None:
    paper = pen.paper
    right_edge = paper.width - paper.right
    room = paper.text_width - 6
    style = HEADER
    while style.size > 6.5 and (pen.width(content.header_left, style) + pen.width(content.header_right, style) > room):
        style = Style(style.face, style.size - 0.25)
    pen.text(paper.left, 13.4, content.header_left, style)
    pen.text(right_edge, 13.4, content.header_right, style, "right")
    pen.rule(paper.left, 15.4, paper.text_width, PAGE_RULE, PAGE_RULE_GREY)


def _roster_header(pen: Pen, content: DocumentContent, number: int) -> None:
    """Draw the boxed handling mark at the right; pages after the first name the paper at the left."""
    paper = pen.paper
    edge = paper.width - paper.right
    if content.header_right:
        width = max(52.0, pen.width(content.header_right, STRONG) + 8)
        pen.box(edge - width, 6.4, width, 6.8, HEAVY)
        pen.text(edge - width / 2, 11.1, content.header_right, STRONG, "center")
    pen.text(edge, 16.9, content.header_left, HEADER, "right")
    if number > 1:
        titles = [block for block in content.blocks if isinstance(block, Title)]
        if titles:
            pen.text(paper.left, 13.0, f"{titles[0].text}　{titles[0].subtitle}", CELL)


def _footer(pen: Pen, content: DocumentContent, number: int, pages: int) -> None:
    paper = pen.paper
    landscape = paper.width > paper.height
    rule = paper.height - (10.6 if landscape else 12.8)
    base = rule + 3.7
    edge = paper.width - paper.right
    left, right = content.footer_left, content.footer_right
    pen.rule(paper.left, rule, paper.text_width, PAGE_RULE, PAGE_RULE_GREY)
    middle = paper.left + paper.text_width / 2
    half = paper.text_width / 2 - 10
    for text, anchor in ((left, "left"), (right, "right")):
        style = FOOTER
        while style.size > 6 and pen.width(text, style) > half:
            style = Style(style.face, style.size - 0.25)
        if anchor == "left":
            pen.text(paper.left, base, text, style)
        else:
            pen.text(edge, base, text, style, "right")
    pen.text(middle, base, f"{number} / {pages}", PAGE_NUMBER, "center")


def _marks(pen: Pen, content: DocumentContent) -> None:
    """Draw 様式 and 見本 at the top: in the middle, on a roster under its title, on a card beside the cut marks."""
    marks = [mark for mark in (content.stamp, _SAMPLE if content.sample else "") if mark]
    if not marks:
        return
    widths = [pen.width(mark, MARK) + 6 for mark in marks]
    whole = sum(widths) + 3 * (len(marks) - 1)
    middle = pen.paper.width / (4 if content.look == "card" else 2)
    left, top = (pen.paper.left, 13.6) if content.look == "roster" else (middle - whole / 2, 4.4)
    for mark, width in zip(marks, widths, strict=True):
        pen.box(left, top, width, 5.1, 0.9)
        pen.text(left + width / 2, top + 3.75, mark, MARK, "center")
        left += width + 3

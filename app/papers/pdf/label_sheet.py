"""Address labels on the usual sheets of 12 or 24 to an A4: everything stands within its label, nothing is cut."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from app.papers.handout_blocks import Label, LabelSheet
from app.papers.pdf.layout import Layout
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import KEY_RULE, Paper, Style

BARE = Paper(210, 297, 0, 0, 0, 0)
_LINE = 0.43  # millimetres of leading for a point of type
_SMALLEST = 5.0


class Sheet(NamedTuple):
    """How the labels lie on a sheet, in millimetres; ``pad`` is kept free inside each label."""

    across: int
    down: int
    width: float
    height: float
    pad: float
    post: float
    text: float
    person: float


SHEETS = {
    12: Sheet(2, 6, 86.4, 42.3, 6.0, 10.0, 10.5, 14.0),
    24: Sheet(3, 8, 66.0, 33.9, 4.5, 9.0, 9.0, 12.0),
}


class _Set(NamedTuple):
    """The lines of one label at the sizes that fit."""

    style: Style
    address: list[str]
    organisation: list[str]
    person: list[str]
    person_style: Style
    height: float


def label_sheet(block: LabelSheet, layout: Layout) -> list[Piece]:
    """Lay out the labels, the first one at ``start``; every sheet is a page without margins."""
    sheet = SHEETS.get(block.size, SHEETS[12])
    each = sheet.across * sheet.down
    places: list[Label | None] = [None] * ((max(block.start, 1) - 1) % each)
    places += block.labels
    pages = [places[start : start + each] for start in range(0, len(places), each)]
    return [Piece(BARE.height, _page(page, sheet, layout), new_page=True, paper=BARE) for page in pages]


def _page(labels: Sequence[Label | None], sheet: Sheet, layout: Layout) -> Draw:
    left = (BARE.width - sheet.across * sheet.width) / 2
    top = (BARE.height - sheet.down * sheet.height) / 2
    sets = [_fit(label, sheet, layout) if label else None for label in labels]

    def draw(pen: Pen, x: float, y: float, _place: Place) -> None:
        for number, (label, fitted) in enumerate(zip(labels, sets, strict=True)):
            if label is not None and fitted is not None:
                across, down = number % sheet.across, number // sheet.across
                _draw_label(pen, x + left + across * sheet.width, y + top + down * sheet.height, label, fitted, sheet)

    return draw


def _fit(label: Label, sheet: Sheet, layout: Layout) -> _Set:
    """The largest sizes at which every line stands inside the label; a long name wraps before it gets small."""
    room = sheet.width - 2 * sheet.pad
    size, person_size = sheet.text, sheet.person
    while True:
        style, person_style = Style("gothic", size), Style("bold", person_size)
        address = layout.lines(label.address, style, room) if label.address else []
        organisation = layout.lines(label.organisation, style, room - 0.1, names=True) if label.organisation else []
        person = layout.lines(label.person, person_style, room, names=True) if label.person else []
        height = sheet.post * _LINE + 1.0 + size * _LINE * (len(address) + len(organisation)) + 2.2
        height += person_size * _LINE * len(person)
        if (height <= sheet.height - sheet.pad and len(person) <= 2) or size <= _SMALLEST:
            return _Set(style, address, organisation, person, person_style, height)
        size, person_size = size - 0.25, max(person_size - 0.5, size)


def _draw_label(pen: Pen, x: float, y: float, label: Label, fitted: _Set, sheet: Sheet) -> None:
    left, base = x + sheet.pad, y + (sheet.height - fitted.height) / 2
    post = Style("gothic", sheet.post)
    if label.postal_code:
        pen.text(left, base + sheet.post * _LINE * 0.8, f"〒{label.postal_code}", post)
    if label.mark:
        bold = Style("bold", sheet.post + 1)
        width = pen.width(label.mark, bold) + 4
        edge = x + sheet.width - sheet.pad
        pen.box(edge - width, base - 1.3, width, 5.6, KEY_RULE)
        pen.text(edge - width / 2, base + 2.9, label.mark, bold, "center")
    step = fitted.style.size * _LINE
    place = base + sheet.post * _LINE + 1.0
    for line in (*fitted.address, *fitted.organisation):
        place += step
        pen.text(left, place - step * 0.2, line, fitted.style)
    place += 2.2
    step = fitted.person_style.size * _LINE
    for line in fitted.person:
        place += step
        pen.text(left + 3, place - step * 0.2, line, fitted.person_style)

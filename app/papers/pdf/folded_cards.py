"""席札 and 班札: one A4 sheet folded in the middle, read from both sides of a table."""

from __future__ import annotations

from collections.abc import Callable

from app.papers.blocks import SeatCard, TableCard
from app.papers.pdf.layout import Layout
from app.papers.pdf.name_setting import set_name
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Piece, Place
from app.papers.pdf.sizes import HAIR, HAIR_GREY, HEAD_RULE, HEAVY, SMALL, Style
from app.papers.rules import name_fitting as rules
from app.papers.rules.name_fitting import FittedName

SEAT_PLACE, TABLE_PLACE = "席札", "班札"
SEAT_ROOM = 186.0
_FOLD = 148.5
_LEFT, _WIDTH = 25.0, 160.0
_MIDDLE = 105.0
_NAME_ROOM, _ORGANISATION_ROOM = 74.0, 68.0


def seat_card(block: SeatCard, layout: Layout) -> list[Piece]:
    """Lay out one 席札; raises ``NameTooLong`` for a name that fits no size."""
    name = set_name(block.name, rules.SEAT_NAME, SEAT_ROOM, layout.fonts, "bold", SEAT_PLACE)
    organisation = set_name(block.organisation, rules.SEAT_ORGANISATION, SEAT_ROOM, layout.fonts, "gothic", SEAT_PLACE)

    def half(pen: Pen) -> None:
        y = _FOLD + 24.0
        for line in organisation.lines:
            y += organisation.size * 0.44
            pen.text(_MIDDLE, y, line, Style("gothic", organisation.size), "center")
        step = name.size * 0.3528 * 1.2
        y += 9 + (74.0 - step * len(name.lines)) / 2
        for line in name.lines:
            pen.text(_MIDDLE, y + step * 0.8, line, Style("bold", name.size), "center")
            y += step
        pen.text(_MIDDLE, 280, block.event, Style("gothic", 11), "center")

    return [_folded(half, half, layout)]


def table_card(block: TableCard, layout: Layout) -> list[Piece]:
    """Lay out one 班札 with its facilitator in front, and behind it nothing or the list of its table."""
    facilitator = f"ファシリテーター　{block.facilitator}" if block.facilitator else ""
    leader = set_name(facilitator, rules.FACILITATOR, _WIDTH, layout.fonts, "bold", TABLE_PLACE)
    members = [_member(member, layout) for member in block.members]

    def front(pen: Pen) -> None:
        pen.text(_MIDDLE, _FOLD + 23, block.event, Style("gothic", 13), "center")
        big, unit = Style("bold", 190), Style("bold", 130)
        width = pen.width(block.number, big) + 8 + pen.width("班", unit)
        left = _MIDDLE - width / 2
        pen.text(left, _FOLD + 98, block.number, big)
        pen.text(left + width, _FOLD + 98, "班", unit, "right")
        pen.rule(_MIDDLE - 75, _FOLD + 109.5, 150, HEAD_RULE)
        for number, line in enumerate(leader.lines):
            pen.text(_MIDDLE, _FOLD + 120 + 7.2 * number, line, Style("bold", leader.size), "center")
        pen.text(_MIDDLE, _FOLD + 131 + 7.2 * (len(leader.lines) - 1), block.when, Style("gothic", 11), "center")

    def behind(pen: Pen) -> None:
        if members:
            _list(pen, block, members)
        else:
            front(pen)

    return [_folded(front, behind, layout)]


def _folded(front: Callable[[Pen], None], behind: Callable[[Pen], None], layout: Layout) -> Piece:
    def draw(pen: Pen, _x: float, _y: float, _place: Place) -> None:
        front(pen)
        with pen.half_turn():
            behind(pen)
        pen.dashed(8, _FOLD, 202, _FOLD, 0.5, 0, (4, 3))
        pen.text(_MIDDLE, _FOLD - 1.4, "山 折 り", SMALL, "center")

    return Piece(layout.paper.body_height, draw, new_page=True)


def _member(member: tuple[str, str, str], layout: Layout) -> tuple[FittedName, FittedName, FittedName]:
    reading, name, organisation = member
    fonts = layout.fonts
    return (
        set_name(reading, rules.TABLE_READING, _NAME_ROOM, fonts, "gothic", TABLE_PLACE),
        set_name(name, rules.TABLE_NAME, _NAME_ROOM, fonts, "bold", TABLE_PLACE),
        set_name(organisation, rules.TABLE_ORGANISATION, _ORGANISATION_ROOM, fonts, "gothic", TABLE_PLACE),
    )


def _list(pen: Pen, block: TableCard, members: list[tuple[FittedName, FittedName, FittedName]]) -> None:
    """Write the list of the table on the half behind, a row each."""
    top = _FOLD + 21
    pen.text(_LEFT, top - 3, f"{block.number}班の名簿", Style("bold", 15))
    pen.text(_LEFT + _WIDTH, top - 3, f"{len(members)}人", Style("gothic", 13), "right")
    pen.rule(_LEFT, top, _WIDTH, HEAVY)
    row = min(17.5, 100.0 / max(len(members), 1))
    for number, (reading, name, organisation) in enumerate(members):
        y = top + row * number
        pen.digits(_LEFT + 6, y + row / 2 + 2, str(number + 1), Style("gothic", 13), "center")
        base = y + row / 2 - (2.2 if reading.lines else -2.0) - 2.6 * (len(name.lines) - 1)
        for line in reading.lines:
            pen.text(_LEFT + 13, base, line, Style("gothic", reading.size))
            base += 2.8
        base += 3.6 if reading.lines else 0.0
        for line in name.lines:
            pen.text(_LEFT + 13, base, line, Style("bold", name.size))
            base += name.size * 0.42
        step = organisation.size * 0.42
        start = y + row / 2 + 1.4 - step * (len(organisation.lines) - 1) / 2
        for place, line in enumerate(organisation.lines):
            pen.text(_LEFT + 90, start + step * place, line, Style("gothic", organisation.size))
        pen.rule(_LEFT, y + row, _WIDTH, HAIR, HAIR_GREY)
    if block.note:
        pen.text(_LEFT + _WIDTH, top + row * len(members) + 6, block.note, Style("gothic", 9), "right")

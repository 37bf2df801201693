"""Cards and labels to cut or fold: 名札, 席札, 班札 and address labels; their texts are never cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

from app.common.join_nonempty import fill_nonempty
from app.documents import rules
from app.documents.blocks import Certificate, NameTag, NameTags, SeatCard, TableCard
from app.documents.handout_blocks import Label, LabelSheet
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.name_setting import NameTooLong, fit_name_to_room
from app.documents.pdf.typesetting.pen import BARCODE_MODULE, Pen
from app.documents.pdf.typesetting.pieces import Draw, Piece
from app.documents.pdf.typesetting.sizes import (
    HAIR,
    HAIR_GREY,
    HEAD_RULE,
    HEAVY,
    KEY_RULE,
    MM,
    PAGE_EDGE,
    SMALL,
    Paper,
    Style,
)
from app.documents.pdf.typesetting.tags import Tag
from app.documents.pdf.typesetting.typefaces import FaceName
from app.documents.rules import FittedName, NameRule
from db.record import frozen

TAG_DOCUMENT = "名札"
WIDTH, HEIGHT = 91.0, 55.0
ROOM = 79.0
_TAGS_LEFT, _TOP = 14.0, 11.0
_ACROSS, _DOWN = 2, 5
_INSET = (WIDTH - ROOM) / 2
_HEAD_END, _FOOT_START = 10.6, 44.0
_GAP_BELOW_READING = 1.2
_LEADINGS = (1.18, 1.15, 1.12)
_CROSS, _GAP = 2.4, 2.0
_GROUP = Style("bold", 11)
_NO_PHOTO = Style("bold", 10)
_TAG_MARK = Style("bold", 13)
_TAG_NUMBER = Style("bold", 11)
_CODE_HIGH = 6.6
_CODE_WIDE, _CODE_EDGE = 101 * BARCODE_MODULE, 2.6
_NUMBER_ROOM = 10.0
SEAT_PLACE, TABLE_PLACE = "席札", "班札"
SEAT_ROOM = 186.0
_FOLD = 148.5
_CARD_LEFT, _CARD_WIDTH = 25.0, 160.0
_CARD_MIDDLE = 105.0
_NAME_ROOM, _ORGANISATION_ROOM = 74.0, 68.0
BARE_PAPER = Paper(210, 297, 0, 0, 0, 0)
_PERSON_ROOM = 140.0
_OUTER_FRAME, _INNER_FRAME = (15.0, 18.0, 180.0, 261.0), (17.2, 20.2, 175.6, 256.6)
_CERTIFICATE_TITLE = Style("bold", 34)
_CERTIFIED = Style("mincho", 15)
_CERTIFIED_LABEL, _CERTIFIED_VALUE = Style("bold", 12), Style("mincho", 12.5)
_LINE = 0.43  # millimetres of leading for a point of type
_SMALLEST = 5.0


@frozen
class _Tag:
    """A 名札 with its texts fitted to their room."""

    tag: NameTag
    event: FittedName
    organisation: FittedName
    reading: FittedName
    name: FittedName
    role: FittedName


def name_tags(block: NameTags, layout: Layout) -> list[Piece]:
    """Lay out the 名札, one piece per sheet; raises ``NameTooLong`` for a name that fits at no size."""
    fitted = [_fit_tag(tag, layout) for tag in block.tags]
    sheet = _ACROSS * _DOWN
    return [
        Piece(layout.paper.body_height, _sheet(fitted[start : start + sheet]), new_page=start > 0)
        for start in range(0, len(fitted), sheet)
    ]


def _fit_tag(tag: NameTag, layout: Layout) -> _Tag:
    """Return a name tag with its names in the sizes that fit; raises ``NameTooLong`` where none does."""

    def fit(text: str, rule: NameRule, face: FaceName = "gothic", room: float = ROOM) -> FittedName:
        """Return a text of the name tag in the size and lines that fit its room."""
        return fit_name_to_room(text, rule, room, layout.fonts, face, TAG_DOCUMENT)

    organisation, reading = fit(tag.organisation, rules.TAG_ORGANISATION), fit(tag.reading, rules.TAG_READING)
    name = fit(tag.name, rules.TAG_NAME, "bold")
    if not _fits_height(name, organisation, reading):
        # A name of three lines: first it gives way itself, then what stands above it.
        name = FittedName(name.lines, _largest_fitting_size(name, organisation, reading))
        if not _fits_height(name, organisation, reading):
            organisation = fit(tag.organisation, _at_floor(rules.TAG_ORGANISATION))
            reading = fit(tag.reading, _at_floor(rules.TAG_READING))
        if not _fits_height(name, organisation, reading):
            raise NameTooLong(tag.name, TAG_DOCUMENT)
    role = fit(tag.role, rules.TAG_ROLE, room=ROOM - 40 if tag.no_photo else ROOM - 20)
    coded = _CODE_WIDE + _CODE_EDGE + _NUMBER_ROOM if _shows_code(tag) else 0.0
    marked = layout.fonts.face("bold").width(tag.mark) * _TAG_MARK.size / MM + 5 if tag.mark else 0.0
    return _Tag(tag, fit(tag.event, rules.TAG_EVENT, room=ROOM - marked - coded), organisation, reading, name, role)


def _shows_code(tag: NameTag) -> bool:
    """Return whether a tag bears its 入場番号: not where the event is not as planned, and its mark stands there."""
    return bool(tag.barcode) and not tag.mark


def _fits_height(name: FittedName, organisation: FittedName, reading: FittedName) -> bool:
    """Return whether 団体, reading and name fit above each other between head and foot."""
    return sum(map(_height, (organisation, reading, name), _LEADINGS)) <= _FOOT_START - _HEAD_END - _GAP_BELOW_READING


def _largest_fitting_size(name: FittedName, organisation: FittedName, reading: FittedName) -> float:
    """Return the largest size of a name that fits the height, at least its floor."""
    size = name.size
    while size > rules.TAG_NAME.floor and not _fits_height(FittedName(name.lines, size), organisation, reading):
        size -= rules.STEP
    return size


def _at_floor(rule: NameRule) -> NameRule:
    return replace(rule, start=rule.floor, wrapped=rule.floor)


def _sheet(tags: list[_Tag]) -> Draw:
    def draw(pen: Pen) -> None:
        """Draw the cut marks and the name tags of the sheet."""
        with pen.from_sheet():
            _cut_marks(pen)
            for number, tag in enumerate(tags):
                down, across = divmod(number, _ACROSS)
                pen.tags.begin_part()
                with pen.at(_TAGS_LEFT + across * WIDTH, _TOP + down * HEIGHT):
                    _draw_tag(pen, tag)

    return draw


def _cut_marks(pen: Pen) -> None:
    """Draw a cut mark at every corner, and outside the outermost cuts as far as printers can print."""
    right, bottom = _TAGS_LEFT + _ACROSS * WIDTH, _TOP + _DOWN * HEIGHT
    for across in range(_ACROSS + 1):
        x = _TAGS_LEFT + across * WIDTH
        pen.vertical_rule(x, PAGE_EDGE, _TOP - PAGE_EDGE, HAIR)
        pen.vertical_rule(x, bottom, _TOP - PAGE_EDGE, HAIR)
        for down in range(_DOWN + 1):
            y = _TOP + down * HEIGHT
            first, last = max(y - _CROSS / 2, PAGE_EDGE), min(y + _CROSS / 2, BARE_PAPER.height - PAGE_EDGE)
            pen.rule(x - _CROSS / 2, y, _CROSS, HAIR, 0.3)
            pen.vertical_rule(x, first, last - first, HAIR, 0.3)
    for down in range(_DOWN + 1):
        y = _TOP + down * HEIGHT
        pen.rule(PAGE_EDGE, y, _TAGS_LEFT - _GAP - PAGE_EDGE, HAIR)
        pen.rule(right + _GAP, y, _TAGS_LEFT - _GAP - PAGE_EDGE, HAIR)


def _draw_tag(pen: Pen, tag: _Tag) -> None:
    left, middle = _INSET, WIDTH / 2
    pen.lines(left, 7.4 - 2.4 * (len(tag.event.lines) - 1), 2.6, tag.event.lines, Style("gothic", tag.event.size))
    if tag.tag.mark:
        width = pen.width(tag.tag.mark, _TAG_MARK) + 4
        pen.box(left + ROOM - width, 2.2, width, 6.4, 1.2)
        pen.text(left + ROOM - width / 2, 7.1, tag.tag.mark, _TAG_MARK, "center")
    if _shows_code(tag.tag):
        # A scanner needs white before and after the bars: the edge of the card gives it at the right.
        begins = left + ROOM - _CODE_WIDE
        pen.digits(begins - _CODE_EDGE, 7.2, tag.tag.admission, _TAG_NUMBER, "right")
        pen.barcode(begins, 2.0, _CODE_HIGH, tag.tag.barcode)
    pen.rule(left, 9.6, ROOM, HEAD_RULE)
    end = _draw_centred(pen, middle, _HEAD_END, tag.organisation, "gothic", _LEADINGS[0])
    foot = _FOOT_START
    if tag.tag.name:
        _draw_person(pen, middle, end, foot, tag)
    elif not tag.tag.organisation:
        _draw_blank_tag(pen, left)
    _draw_tag_foot(pen, left, tag)


def _draw_person(pen: Pen, middle: float, top: float, foot: float, tag: _Tag) -> None:
    """Draw reading and name centred in the room between 団体 and foot."""
    reading = _height(tag.reading, _LEADINGS[1])
    name = _height(tag.name, _LEADINGS[2])
    gap = _GAP_BELOW_READING if tag.reading.lines else 0.0
    start = top + max(0.0, (foot - top - reading - gap - name) / 2)
    after = _draw_centred(pen, middle, start, tag.reading, "gothic", _LEADINGS[1])
    _draw_centred(pen, middle, after + gap, tag.name, "bold", _LEADINGS[2], _spacing(tag.name))


def _spacing(name: FittedName) -> float:
    """Return extra letter spacing for a short name, as usual on printed tags: 「神　一」 would look lost."""
    short = len(name.lines) == 1 and len(name.lines[0].replace(" ", "").replace("　", "")) <= 4
    return 1.4 if short and name.size >= 28 else 0.0


def _height(text: FittedName, leading: float) -> float:
    return len(text.lines) * text.size * 0.3528 * leading


def _draw_centred(
    pen: Pen, middle: float, top: float, text: FittedName, face: FaceName, leading: float, spacing: float = 0.0
) -> float:
    """Write centred lines below ``top`` and return where they end."""
    step = text.size * 0.3528 * leading
    pen.lines(middle, top + step * 0.8, step, text.lines, Style(face, text.size), "center", spacing=spacing)
    return top + step * len(text.lines)


def _draw_blank_tag(pen: Pen, left: float) -> None:
    """Draw a 名札 to fill in by hand: 団体 and 氏名."""
    small = Style("gothic", 10)
    pen.text(left, 18, "団体", small)
    pen.rule(left + 9, 19, ROOM - 9, 0.35)
    pen.text(left, 34, "氏名", small)
    pen.rule(left + 9, 38, ROOM - 9, 0.35)


def _draw_tag_foot(pen: Pen, left: float, tag: _Tag) -> None:
    """Draw role, group and 「撮影不可」, each if there is one, at the foot of a name tag."""
    base = 50.0
    step = tag.role.size * 0.42
    pen.lines(left, base - step * (len(tag.role.lines) - 1), step, tag.role.lines, Style("gothic", tag.role.size))
    right = left + ROOM
    if tag.tag.group:
        width = max(15.0, pen.width(tag.tag.group, _GROUP) + 5)
        right -= width
        pen.box(right, 44.6, width, 7.0, 0.9, radius=1.2)
        pen.text(right + width / 2, 49.5, tag.tag.group, _GROUP, "center")
        right -= 2.5
    if tag.tag.no_photo:
        pen.box(right - 18, 45.4, 18, 5.6, 0.9)
        pen.text(right - 9, 49.2, "撮影不可", _NO_PHOTO, "center")


def seat_card(block: SeatCard, layout: Layout) -> list[Piece]:
    """Lay out one 席札; raises ``NameTooLong`` for a name that fits at no size."""
    name = fit_name_to_room(block.name, rules.SEAT_NAME, SEAT_ROOM, layout.fonts, "bold", SEAT_PLACE)
    organisation = fit_name_to_room(
        block.organisation, rules.SEAT_ORGANISATION, SEAT_ROOM, layout.fonts, "gothic", SEAT_PLACE
    )

    def half(pen: Pen) -> None:
        """Draw one half of the folded 席札: organisation, name and event."""
        step = organisation.size * 0.44
        style = Style("gothic", organisation.size)
        pen.lines(_CARD_MIDDLE, _FOLD + 24.0 + step, step, organisation.lines, style, "center")
        top = _FOLD + 33.0 + step * len(organisation.lines) + (74.0 - _height(name, 1.2)) / 2
        _draw_centred(pen, _CARD_MIDDLE, top, name, "bold", 1.2)
        pen.text(_CARD_MIDDLE, 280, block.event, Style("gothic", 12), "center")

    return [_folded_card(half, half, layout, block.name)]


def certificate(block: Certificate, layout: Layout) -> list[Piece]:
    """Lay out the 受講証 of one person in a frame; raises ``NameTooLong`` for a name that fits at no size."""
    organisation = fit_name_to_room(
        block.organisation, rules.CERTIFICATE_ORGANISATION, _PERSON_ROOM, layout.fonts, "gothic", block.title
    )
    name = fit_name_to_room(
        f"{block.name}　様", rules.CERTIFICATE_NAME, _PERSON_ROOM, layout.fonts, "bold", block.title
    )
    sentence = layout.lines(block.sentence, _CERTIFIED, _CARD_WIDTH - 30)
    rows = [(label, layout.lines(value, _CERTIFIED_VALUE, _CARD_WIDTH - 54)) for label, value in block.rows]

    def draw(pen: Pen) -> None:
        """Draw the 受講証 in its frame."""
        with pen.from_sheet():
            pen.box(*_OUTER_FRAME, 1.4)
            pen.box(*_INNER_FRAME, 0.4)
            pen.text(_CARD_LEFT + _CARD_WIDTH, 31, block.number, Style("gothic", 12), "right")
            pen.tags.begin_part("H1")
            pen.text(_CARD_MIDDLE, 64, block.title, _CERTIFICATE_TITLE, "center", spacing=9)
            pen.tags.begin_part()
            y = _draw_centred(pen, _CARD_MIDDLE, 86, organisation, "gothic", 1.4)
            y = _draw_centred(pen, _CARD_MIDDLE, y + 4, name, "bold", 1.3)
            pen.rule(_CARD_MIDDLE - 60, y + 3, 120, HEAD_RULE)
            y += 22
            pen.lines(_CARD_MIDDLE, y, 9, sentence, _CERTIFIED, "center")
            y += 9 * len(sentence) + 8
            for label, lines in rows:
                pen.text(_CARD_LEFT + 14, y, label, _CERTIFIED_LABEL)
                pen.lines(_CARD_LEFT + 40, y, 7, lines, _CERTIFIED_VALUE)
                y += 7 * len(lines) + 1.6
            pen.tags.begin_part()
            pen.text(_CARD_LEFT + 14, max(236.0, y + 8), block.date, _CERTIFIED_VALUE)
            pen.text(_CARD_LEFT + _CARD_WIDTH - 10, max(252.0, y + 22), block.sender, _CERTIFIED, "right")

    return [Piece(layout.paper.body_height, draw, new_page=True, tag=Tag(words=block.name))]


def table_card(block: TableCard, layout: Layout) -> list[Piece]:
    """Lay out one 班札: event, number, facilitator and time in front, the members, or else the front again, behind.

    Raises ``NameTooLong`` for a name that fits at no size.
    """
    facilitator = fill_nonempty("ファシリテーター　{}", block.facilitator)
    leader = fit_name_to_room(facilitator, rules.FACILITATOR, _CARD_WIDTH, layout.fonts, "bold", TABLE_PLACE)
    members = [_fit_member(member, layout) for member in block.members]

    def front(pen: Pen) -> None:
        """Draw the front of a table card: event, number of the 班 and its leader."""
        pen.text(_CARD_MIDDLE, _FOLD + 23, block.event, Style("gothic", 13), "center")
        big, unit = Style("bold", 190), Style("bold", 130)
        width = pen.width(block.number, big) + 8 + pen.width("班", unit)
        left = _CARD_MIDDLE - width / 2
        pen.text(left, _FOLD + 98, block.number, big)
        pen.text(left + width, _FOLD + 98, "班", unit, "right")
        pen.rule(_CARD_MIDDLE - 75, _FOLD + 109.5, 150, HEAD_RULE)
        pen.lines(_CARD_MIDDLE, _FOLD + 120, 7.2, leader.lines, Style("bold", leader.size), "center")
        pen.text(_CARD_MIDDLE, _FOLD + 131 + 7.2 * (len(leader.lines) - 1), block.when, Style("gothic", 12), "center")

    def behind(pen: Pen) -> None:
        """Draw the back of a table card: its members, or the front once more where none are known."""
        if members:
            _draw_members(pen, block, members)
        else:
            pen.tags.begin_artifact()
            front(pen)

    return [_folded_card(front, behind, layout, f"{block.number}班")]


def _folded_card(front: Callable[[Pen], None], back: Callable[[Pen], None], layout: Layout, name: str) -> Piece:
    """Return a page folded in the middle, with ``back`` drawn upside down in the upper half."""

    def draw(pen: Pen) -> None:
        """Draw the front, the back upside down above it, and the line of the fold."""
        with pen.from_sheet():
            front(pen)
            if back is front:  # once is enough for whoever listens
                pen.tags.begin_artifact()
            with pen.half_turn():
                back(pen)
            pen.tags.begin_artifact()
            pen.dashed(PAGE_EDGE, _FOLD, BARE_PAPER.width - PAGE_EDGE, _FOLD, 0.5, 0, (4, 3))
            pen.text(_CARD_MIDDLE, _FOLD - 1.4, "山 折 り", SMALL, "center")

    return Piece(layout.paper.body_height, draw, new_page=True, tag=Tag(words=name))


def _fit_member(member: tuple[str, str, str], layout: Layout) -> tuple[FittedName, FittedName, FittedName]:
    """Return reading, name and organisation of one member, fitted to the columns of a table card."""
    reading, name, organisation = member
    fonts = layout.fonts
    return (
        fit_name_to_room(reading, rules.TABLE_READING, _NAME_ROOM, fonts, "gothic", TABLE_PLACE),
        fit_name_to_room(name, rules.TABLE_NAME, _NAME_ROOM, fonts, "bold", TABLE_PLACE),
        fit_name_to_room(organisation, rules.TABLE_ORGANISATION, _ORGANISATION_ROOM, fonts, "gothic", TABLE_PLACE),
    )


def _draw_members(pen: Pen, block: TableCard, members: list[tuple[FittedName, FittedName, FittedName]]) -> None:
    """Draw the members of the table on the back half, one row each."""
    top = _FOLD + 21
    pen.text(_CARD_LEFT, top - 3, f"{block.number}班の名簿", Style("bold", 15))
    pen.text(_CARD_LEFT + _CARD_WIDTH, top - 3, f"{len(members)}人", Style("gothic", 13), "right")
    pen.rule(_CARD_LEFT, top, _CARD_WIDTH, HEAVY)
    row = min(17.5, 100.0 / max(len(members), 1))
    for number, (reading, name, organisation) in enumerate(members):
        y = top + row * number
        pen.digits(_CARD_LEFT + 6, y + row / 2 + 2, str(number + 1), Style("gothic", 13), "center")
        base = y + row / 2 - (2.2 if reading.lines else -2.0) - 2.6 * (len(name.lines) - 1)
        pen.lines(_CARD_LEFT + 13, base, 2.8, reading.lines, Style("gothic", reading.size))
        base += 2.8 * len(reading.lines) + 3.6 if reading.lines else 0.0
        pen.lines(_CARD_LEFT + 13, base, name.size * 0.42, name.lines, Style("bold", name.size))
        style = Style("gothic", organisation.size)
        pen.centred(_CARD_LEFT + 90, y + row / 2 + 1.4, style.size * 0.42, organisation.lines, style)
        pen.rule(_CARD_LEFT, y + row, _CARD_WIDTH, HAIR, HAIR_GREY)
    if block.note:
        pen.text(_CARD_LEFT + _CARD_WIDTH, top + row * len(members) + 6, block.note, Style("gothic", 12), "right")


class LabelGrid(NamedTuple):
    """The arrangement of labels on a sheet in millimetres; ``pad`` is kept free inside each label.

    ``post``, ``text`` and ``person`` are the type of postal code, address and name, in points.
    """

    across: int
    down: int
    width: float
    height: float
    pad: float
    post: float
    text: float
    person: float


LABEL_GRIDS = {
    12: LabelGrid(2, 6, 86.4, 42.3, 6.0, 10.0, 10.5, 14.0),
    24: LabelGrid(3, 8, 66.0, 33.9, 4.5, 9.0, 9.0, 12.0),
}


class _FittedLabel(NamedTuple):
    """The lines of one label with the sizes that fit."""

    style: Style
    address: list[str]
    organisation: list[str]
    person: list[str]
    person_style: Style
    height: float


def label_sheet(block: LabelSheet, layout: Layout) -> list[Piece]:
    """Lay out the labels, the first at place ``start`` (from 1) of its sheet; every sheet is a page without margins.

    A ``size`` that is not in ``LABEL_GRIDS`` is laid out as 12 to a sheet.
    """
    sheet = LABEL_GRIDS.get(block.size, LABEL_GRIDS[12])
    each = sheet.across * sheet.down
    places: list[Label | None] = [None] * ((max(block.start, 1) - 1) % each)
    places += block.labels
    pages = [places[start : start + each] for start in range(0, len(places), each)]
    return [Piece(BARE_PAPER.height, _page(page, sheet, layout), new_page=True, paper=BARE_PAPER) for page in pages]


def _page(labels: Sequence[Label | None], sheet: LabelGrid, layout: Layout) -> Draw:
    """Return the function that draws one sheet of address labels; None leaves a label empty."""
    left = (BARE_PAPER.width - sheet.across * sheet.width) / 2
    top = (BARE_PAPER.height - sheet.down * sheet.height) / 2
    sets = [_fit_label(label, sheet, layout) if label else None for label in labels]

    def draw(pen: Pen) -> None:
        """Draw the labels of the sheet, leaving out empty ones."""
        for number, (label, fitted) in enumerate(zip(labels, sets, strict=True)):
            if label is not None and fitted is not None:
                pen.tags.begin_part()
                across, down = number % sheet.across, number // sheet.across
                with pen.at(left + across * sheet.width, top + down * sheet.height):
                    _draw_label(pen, label, fitted, sheet)

    return draw


def _fit_label(label: Label, sheet: LabelGrid, layout: Layout) -> _FittedLabel:
    """Return the lines of a label in the largest sizes at which they fit, or at 5 points; a long name first wraps."""
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
            return _FittedLabel(style, address, organisation, person, person_style, height)
        size, person_size = size - 0.25, max(person_size - 0.5, size)


def _draw_label(pen: Pen, label: Label, fitted: _FittedLabel, sheet: LabelGrid) -> None:
    left, base = sheet.pad, (sheet.height - fitted.height) / 2
    post = Style("gothic", sheet.post)
    if label.postal_code:
        pen.text(left, base + sheet.post * _LINE * 0.8, f"〒{label.postal_code}", post)
    if label.mark:
        bold = Style("bold", sheet.post + 1)
        width = pen.width(label.mark, bold) + 4
        edge = sheet.width - sheet.pad
        pen.box(edge - width, base - 1.3, width, 5.6, KEY_RULE)
        pen.text(edge - width / 2, base + 2.9, label.mark, bold, "center")
    step, lines = fitted.style.size * _LINE, (*fitted.address, *fitted.organisation)
    place = base + sheet.post * _LINE + 1.0
    pen.lines(left, place + step * 0.8, step, lines, fitted.style)
    place += step * len(lines) + 2.2
    step = fitted.person_style.size * _LINE
    pen.lines(left + 3, place + step * 0.8, step, fitted.person, fitted.person_style)

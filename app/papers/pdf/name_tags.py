"""名札: 91×55 mm, two by five on A4, with cut marks; names as large as they fit."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.papers.blocks import NameTag, NameTags
from app.papers.pdf.layout import Layout
from app.papers.pdf.name_setting import NameTooLong, set_name
from app.papers.pdf.pen import Pen
from app.papers.pdf.pieces import Draw, Piece, Place
from app.papers.pdf.sizes import HAIR, HEAD_RULE, Style
from app.papers.pdf.typefaces import FaceName
from app.papers.rules import name_fitting as rules
from app.papers.rules.name_fitting import FittedName, NameRule

PLACE = "名札"
WIDTH, HEIGHT = 91.0, 55.0
ROOM = 79.0
_LEFT, _TOP = 14.0, 11.0
_ACROSS, _DOWN = 2, 5
_INSET = (WIDTH - ROOM) / 2
_HEAD_END, _FOOT_START = 10.6, 44.0
_GAP_BELOW_READING = 1.2
_LEADINGS = (1.18, 1.15, 1.12)
_CROSS, _MARK, _GAP = 2.4, 5.0, 2.0
_GROUP = Style("bold", 11)
_NO_PHOTO = Style("bold", 8)


@dataclass(frozen=True)
class _Tag:
    """One tag with every text fitted."""

    tag: NameTag
    event: FittedName
    organisation: FittedName
    reading: FittedName
    name: FittedName
    role: FittedName


def name_tags(block: NameTags, layout: Layout) -> list[Piece]:
    """Lay out the tags, one piece a sheet; raises ``NameTooLong`` for a name that fits no size."""
    fitted = [_fitted(tag, layout) for tag in block.tags]
    sheet = _ACROSS * _DOWN
    return [
        Piece(layout.paper.body_height, _sheet(fitted[start : start + sheet]), new_page=start > 0)
        for start in range(0, len(fitted), sheet)
    ]


def _fitted(tag: NameTag, layout: Layout) -> _Tag:
    def fit(text: str, rule: NameRule, face: FaceName = "gothic", room: float = ROOM) -> FittedName:
        return set_name(text, rule, room, layout.fonts, face, PLACE)

    organisation, reading = fit(tag.organisation, rules.TAG_ORGANISATION), fit(tag.reading, rules.TAG_READING)
    name = fit(tag.name, rules.TAG_NAME, "bold")
    if not _low_enough(name, organisation, reading):
        # A name of three lines: first it gives way itself, then what stands above it.
        name = FittedName(name.lines, _sizes_down(name, organisation, reading))
        if not _low_enough(name, organisation, reading):
            organisation = fit(tag.organisation, _at_floor(rules.TAG_ORGANISATION))
            reading = fit(tag.reading, _at_floor(rules.TAG_READING))
        if not _low_enough(name, organisation, reading):
            raise NameTooLong(tag.name, PLACE)
    role = fit(tag.role, rules.TAG_ROLE, room=ROOM - 40 if tag.no_photo else ROOM - 20)
    return _Tag(tag, fit(tag.event, rules.TAG_EVENT), organisation, reading, name, role)


def _low_enough(name: FittedName, organisation: FittedName, reading: FittedName) -> bool:
    """Whether the three stand above each other between head and foot."""
    heights = map(_height, (organisation, reading, name), _LEADINGS)
    return sum(heights) <= _FOOT_START - _HEAD_END - _GAP_BELOW_READING


def _sizes_down(name: FittedName, organisation: FittedName, reading: FittedName) -> float:
    """The largest size of a name at which it is low enough, its floor at least."""
    size = name.size
    while size > rules.TAG_NAME.floor and not _low_enough(FittedName(name.lines, size), organisation, reading):
        size -= rules.STEP
    return size


def _at_floor(rule: NameRule) -> NameRule:
    return replace(rule, start=rule.floor, wrapped=rule.floor)


def _sheet(tags: list[_Tag]) -> Draw:
    def draw(pen: Pen, _x: float, _y: float, _place: Place) -> None:
        _cut_marks(pen)
        for number, tag in enumerate(tags):
            down, across = divmod(number, _ACROSS)
            _draw_tag(pen, _LEFT + across * WIDTH, _TOP + down * HEIGHT, tag)

    return draw


def _cut_marks(pen: Pen) -> None:
    right, bottom = _LEFT + _ACROSS * WIDTH, _TOP + _DOWN * HEIGHT
    for across in range(_ACROSS + 1):
        x = _LEFT + across * WIDTH
        pen.upright(x, _TOP - _GAP - _MARK, _MARK, HAIR)
        pen.upright(x, bottom + _GAP, _MARK, HAIR)
        for down in range(_DOWN + 1):
            y = _TOP + down * HEIGHT
            pen.rule(x - _CROSS / 2, y, _CROSS, HAIR, 0.3)
            pen.upright(x, y - _CROSS / 2, _CROSS, HAIR, 0.3)
    for down in range(_DOWN + 1):
        y = _TOP + down * HEIGHT
        pen.rule(_LEFT - _GAP - _MARK, y, _MARK, HAIR)
        pen.rule(right + _GAP, y, _MARK, HAIR)


def _draw_tag(pen: Pen, x: float, y: float, tag: _Tag) -> None:
    left, middle = x + _INSET, x + WIDTH / 2
    for number, line in enumerate(tag.event.lines):
        pen.text(left, y + 7.4 + 2.6 * number - 2.4 * (len(tag.event.lines) - 1), line, Style("gothic", tag.event.size))
    pen.rule(left, y + 9.6, ROOM, HEAD_RULE)
    end = _centred(pen, middle, y + _HEAD_END, tag.organisation, "gothic", _LEADINGS[0])
    foot = y + _FOOT_START
    if tag.tag.name:
        _person(pen, middle, end, foot, tag)
    elif not tag.tag.organisation:
        _blank(pen, left, y)
    _foot(pen, left, y, tag)


def _person(pen: Pen, middle: float, top: float, foot: float, tag: _Tag) -> None:
    """Set reading and name in the middle of the room between 団体 and foot."""
    reading = _height(tag.reading, _LEADINGS[1])
    name = _height(tag.name, _LEADINGS[2])
    gap = _GAP_BELOW_READING if tag.reading.lines else 0.0
    start = top + max(0.0, (foot - top - reading - gap - name) / 2)
    after = _centred(pen, middle, start, tag.reading, "gothic", _LEADINGS[1])
    spaced = _spacing(tag.name)
    _centred(pen, middle, after + gap, tag.name, "bold", _LEADINGS[2], spaced)


def _spacing(name: FittedName) -> float:
    """A short name is spaced out as on printed tags: 「神　一」 would look lost."""
    short = len(name.lines) == 1 and len(name.lines[0].replace(" ", "").replace("　", "")) <= 4
    return 1.4 if short and name.size >= 28 else 0.0


def _height(text: FittedName, leading: float) -> float:
    return len(text.lines) * text.size * 0.3528 * leading


def _centred(
    pen: Pen, middle: float, top: float, text: FittedName, face: FaceName, leading: float, spacing: float = 0.0
) -> float:
    """Write centred lines below ``top`` and return where they end."""
    step = text.size * 0.3528 * leading
    for number, line in enumerate(text.lines):
        pen.text(middle, top + step * number + step * 0.8, line, Style(face, text.size), "center", spacing=spacing)
    return top + step * len(text.lines)


def _blank(pen: Pen, left: float, y: float) -> None:
    """A tag to write on: 団体 and 氏名."""
    small = Style("gothic", 8)
    pen.text(left, y + 18, "団体", small)
    pen.rule(left + 9, y + 19, ROOM - 9, 0.35)
    pen.text(left, y + 34, "氏名", small)
    pen.rule(left + 9, y + 38, ROOM - 9, 0.35)


def _foot(pen: Pen, left: float, y: float, tag: _Tag) -> None:
    base = y + 50.0
    step = tag.role.size * 0.42
    for number, line in enumerate(tag.role.lines):
        pen.text(left, base - step * (len(tag.role.lines) - 1 - number), line, Style("gothic", tag.role.size))
    right = left + ROOM
    if tag.tag.group:
        width = max(15.0, pen.width(tag.tag.group, _GROUP) + 5)
        right -= width
        pen.box(right, y + 44.6, width, 7.0, 0.9, radius=1.2)
        pen.text(right + width / 2, y + 49.5, tag.tag.group, _GROUP, "center")
        right -= 2.5
    if tag.tag.no_photo:
        pen.box(right - 18, y + 45.4, 18, 5.6, 0.9)
        pen.text(right - 9, y + 49.2, "撮影不可", _NO_PHOTO, "center")

"""Measures the ink that somebody put on a printed page: what is darker than the paper and not printed there.

Page and print lie over each other dot by dot (``page_fitting``); what is left of a shift is taken out question by question,
by the outlines of its boxes. Ink is gathered into strokes that hang together, and each stroke is held against the boxes and
rooms: one that touches a single box and stays near it is a mark, any other leaves its question open.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from app.papers.scan_code import Area
from app.subjects.surveys.typing.intake.page_fitting import DOTS, HEIGHT, SIZE, FittedPage, Unfitted
from app.subjects.surveys.typing.rules.scanned_answers import BoxInk, BoxState, QuestionInk

_PRINTED: Final = 36
_ROUND_PRINT: Final = (1, 2)
"""Steps in dots by which printed dots are made wider on all sides, three in all: a fitted page is never quite still."""
_SHIFT: Final = 7
_GRAINY: Final = 48
_LEAST_LINE: Final = 0.3
"""The share of the printed darkness that the outline of a box must have in the scan to be taken for it."""
_CELL: Final = 4
_NEAR: Final = 2
"""Cells between two strokes that still are one: a printed line that is left out runs through it."""
_DUST: Final = 0.12
_STRAY: Final = 0.35
_WRITTEN: Final = 0.3
"""Square millimetres of ink."""
_EMPTY, _MARKED, _FULL = 0.012, 0.07, 0.5
"""Shares of the inside of a box."""
_ABOVE: Final = 1.25
"""How much stronger than the least that is ink at all a mark must be: an eraser leaves about that."""
_SPREAD, _INSIDE = 0.3, 0.25
"""A mark goes as far across as down by this share of its box at least, and so much of its ink is inside: a line that only
happens to touch a box does not."""
_INSET: Final = 0.62
_REACH: Final = (10.5, 9.5)
"""How far across and down the strokes of one mark may reach beyond its box in all, in millimetres."""
_OVERRUN: Final = 1.4
_END_INK, _END_GAP = 0.9, 3.4
"""Of the end of a tick behind printed words: its square millimetres, and how far it may be from the rest."""
_LONGEST: Final = 3.9
"""Strokes longer than so many sides of a box are more than a tick, a cross or a ring: a mark struck out."""
_TRACE: Final = 5.0
_AROUND: Final = 1.2
_HEAVIER: Final = (1.12, 2.2)
"""A mark drawn along the printed lines of a box makes them heavier than those of the others on its page: share and darkness."""
_LEFT, _RIGHT = 17.0, 203.0
_BETWEEN: Final = 5.0


@dataclass(frozen=True, kw_only=True)
class Print:
    """A printed page to hold scans against: its darkness, what is left out as printed, and where everything lies."""

    dark: Image.Image
    open: Image.Image
    areas: tuple[Area, ...]


def print_of(pixels: bytes, areas: Sequence[Area]) -> Print:
    """Take a printed page, drawn in grey at ``SIZE``, with its places."""
    dark = ImageChops.invert(Image.frombytes("L", SIZE, pixels))
    lines = dark.point([0 if grey < _PRINTED else 255 for grey in range(256)])
    return Print(dark=dark, open=ImageChops.invert(_wider(lines)), areas=tuple(areas))


def _wider(lines: Image.Image) -> Image.Image:
    """Return white dots on black with as many more around each; in short steps, between which the window has its turn."""
    for step in _ROUND_PRINT:
        for across, down in ((step, 0), (0, step)):
            moved = (ImageChops.offset(lines, across, down), ImageChops.offset(lines, -across, -down))
            lines = ImageChops.lighter(lines, ImageChops.lighter(*moved))
    return lines


def ink_of(page: FittedPage, printed: Print) -> tuple[QuestionInk, ...]:
    """Measure every question of a page, in its order.

    Raises:
        Unfitted: the page is so grainy (greys made of black dots) that a stroke can't be told from its grain.
    """
    dark = _darkness(page.picture)
    least = _threshold(dark)
    if least > _GRAINY:
        raise Unfitted("grain")
    bands = [_Band(one, printed.areas, top, low) for one, top, low in _bands(printed.areas)]
    for band in bands:
        band.align(dark, printed.dark)
    usual = [(band.across, band.down) for band in bands if band.aligned]
    shift = (round(median(one for one, _ in usual)), round(median(one for _, one in usual))) if usual else (0, 0)
    for band in bands:
        if not band.boxes:
            band.across, band.down = shift
        band.measure(dark, printed.open, least)
    boxes = [one for band in bands for one in band.boxes]
    trace, line = (_usual(values) for values in ([one.trace for one in boxes], [one.line for one in boxes]))
    return tuple(band.found(trace, line, lost=page.two_toned) for band in bands)


def _usual(values: Sequence[float]) -> float:
    """Return what is usual for a box that nobody marked: most are, on any page."""
    return sorted(values)[len(values) // 4] if values else 0.0


def _darkness(picture: Image.Image) -> Image.Image:
    """Return how much darker than the paper around it each dot is: shadows and the tone of the paper are taken out."""
    small = picture.reduce(12).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2))
    paper = small.resize(picture.size, Image.Resampling.BILINEAR)
    return ImageChops.subtract(paper, picture.filter(ImageFilter.GaussianBlur(0.7)))


def _threshold(dark: Image.Image) -> int:
    """Return from which darkness on a dot is ink: well above what the grain of the paper and of the file brings."""
    counts = dark.histogram()
    seen, grain = 0, 0
    for grey, count in enumerate(counts):
        seen += count
        if seen >= 0.8 * sum(counts):
            grain = grey
            break
    return max(26, 10 + 4 * grain)


def _bands(areas: Sequence[Area]) -> Iterator[tuple[Area, float, float]]:
    """Yield each question with the part of the page that is its own, down to half way to its neighbours."""
    questions = sorted((one for one in areas if one.kind == "question"), key=lambda one: one.y)
    for place, one in enumerate(questions):
        before = questions[place - 1] if place else None
        after = questions[place + 1] if place + 1 < len(questions) else None
        top = one.y - (min(_BETWEEN, (one.y - before.y - before.height) / 2) if before else 2.5)
        low = one.y + one.height
        low += min(_BETWEEN, (after.y - low) / 2) if after else 2.5
        yield one, max(0.0, top), min(HEIGHT, low)


@dataclass
class _Box:
    """One box in dots of its band."""

    number: str
    left: float
    top: float
    side: float
    across: int = 0
    down: int = 0
    found: bool = False
    weak: bool = False
    spread: float = 0.0
    ink: float = 0.0
    share: float = 0.0
    trace: float = 0.0
    line: float = 0.0
    length: float = 0.0
    strength: float = 0.0
    strokes: list[_Stroke] = field(default_factory=list)

    def inside(self) -> tuple[int, int, int, int]:
        """The part within its outline."""
        inset, left, top = _INSET * DOTS, self.left + self.across, self.top + self.down
        return round(left + inset), round(top + inset), round(left + self.side - inset), round(top + self.side - inset)


@dataclass
class _Stroke:
    """Ink that hangs together: its frame in dots and its square millimetres."""

    left: int
    top: int
    right: int
    low: int
    ink: float
    cells: set[tuple[int, int]]


class _Band:
    """The part of a page that belongs to one question."""

    def __init__(self, question: Area, areas: Sequence[Area], top: float, low: float) -> None:
        self.code = question.code
        self.frame = (round(_LEFT * DOTS), round(top * DOTS), round(_RIGHT * DOTS), round(low * DOTS))
        own = [one for one in areas if one.code == question.code]
        self.rooms = [self._dots(one) for one in own if one.kind in ("other", "room", "number")]
        self.writes = any(one.kind in ("room", "number") for one in own)
        self.boxes = []
        for one in own:
            if one.kind == "box":
                left, upper, right, _low = self._dots(one)
                self.boxes.append(_Box(one.number, left, upper, right - left))
        self.across = self.down = 0
        self.aligned = False
        self._stray = False
        self._written = False

    def _dots(self, area: Area) -> tuple[float, float, float, float]:
        left, top = area.x * DOTS - self.frame[0], area.y * DOTS - self.frame[1]
        return left, top, left + area.width * DOTS, top + area.height * DOTS

    def align(self, dark: Image.Image, printed: Image.Image) -> None:
        """Find by the outlines of the boxes how far the band lies beside the printed one."""
        across, down = [], []
        for box in self.boxes:
            frame = (
                round(self.frame[0] + box.left) - _SHIFT - 2, round(self.frame[1] + box.top) - _SHIFT - 2,
                round(self.frame[0] + box.left + box.side) + _SHIFT + 3, round(self.frame[1] + box.top + box.side) + _SHIFT + 3,
            )  # fmt: skip
            scanned, blank = dark.crop(frame), printed.crop(frame)
            sideways = _slipped(scanned, blank, box.side, across=True)
            upright = _slipped(scanned, blank, box.side, across=False)
            box.found = sideways is not None and upright is not None
            if sideways is not None and upright is not None:
                box.across, box.down = sideways, upright
                across.append(sideways)
                down.append(upright)
        if across:
            self.across, self.down = round(median(across)), round(median(down))
            self.aligned = True
        for box in self.boxes:
            # From here on a box lies beside its band: copiers stretch a page here and there.
            box.across, box.down = (box.across - self.across, box.down - self.down) if box.found else (0, 0)

    def measure(self, dark: Image.Image, opened: Image.Image, least: int) -> None:
        """Gather the strokes of the band and hold them against its boxes and rooms."""
        left, top, right, low = self.frame
        part = dark.crop((left + self.across, top + self.down, right + self.across, low + self.down))
        ink = part.point([255 if grey >= least else 0 for grey in range(256)])
        free = ImageChops.darker(ink, opened.crop(self.frame))
        for box in self.boxes:
            self._measure_box(box, part, ink)
            box.weak = box.strength < least * _ABOVE
            free.paste(ink.crop(box.inside()), box.inside())
        beside = [stroke for stroke in _strokes(free) if not self._hold(stroke)]
        for stroke in beside:
            self._hold_beside(stroke)

    def _measure_box(self, box: _Box, part: Image.Image, ink: Image.Image) -> None:
        inside = box.inside()
        dots = ink.crop(inside)
        size = dots.width * dots.height
        dark = dots.histogram()[255]
        box.share = dark / size
        tones = part.crop(inside)
        around = _AROUND * DOTS
        frame = part.crop((
            round(box.left - around), round(box.top - around),
            round(box.left + box.side + around), round(box.top + box.side + around),
        ))  # fmt: skip
        box.line = sum(grey * count for grey, count in enumerate(frame.histogram())) / (frame.width * frame.height)
        box.trace = sum(grey * count for grey, count in enumerate(tones.histogram())) / size
        if dark:
            left, top, right, low = dots.getbbox() or (0, 0, 0, 0)
            box.spread = min(right - left, low - top) / box.side
            box.ink = dark / DOTS**2
            box.strength = sum(grey * count for grey, count in enumerate(tones.histogram(dots))) / dark
            edge = dark - dots.filter(ImageFilter.MinFilter(3)).histogram()[255]
            # Half the edge of a stroke is its length.
            box.length = edge / 2 / box.side

    def _hold(self, stroke: _Stroke) -> bool:
        """Give a stroke to the box or room it is in; False where it is in none."""
        touched = [box for box in self.boxes if any(_inside(cell, box) for cell in stroke.cells)]
        if len(touched) == 1:
            touched[0].strokes.append(stroke)
            self._written |= any(_overlap(stroke, room) for room in self.rooms)
        elif touched:
            for box in touched:
                box.strokes += [stroke, stroke]  # it is of no one box alone
        elif any(_overlap(stroke, room) for room in self.rooms):
            self._written |= stroke.ink >= _WRITTEN or self.writes
        else:
            return False
        return True

    def _hold_beside(self, stroke: _Stroke) -> None:
        """Give the end of a tick that ran out of its box, over printed words, to that box; anything else belongs nowhere."""
        ran_out = [box for box in self.boxes if box.share >= _MARKED and box.strokes and _is_end(stroke, box)]
        if len(ran_out) == 1 and not any(_is_near(stroke, box) for box in self.boxes if box is not ran_out[0]):
            ran_out[0].strokes.append(stroke)
        elif stroke.ink >= _STRAY:
            self._stray = True

    def found(self, trace: float, line: float, *, lost: bool) -> QuestionInk:
        """Return what was measured; ``trace`` and ``line`` are the darkness of an empty box on this page, inside and as a whole."""
        return QuestionInk(
            code=self.code,
            boxes=tuple(
                BoxInk(number=box.number, state=_state(box, trace, line), filled=box.share >= _FULL, strength=box.strength)
                for box in self.boxes
            ),
            stray=self._stray,
            written=self._written,
            lost=lost,
        )


def _state(box: _Box, trace: float, line: float) -> BoxState:
    """Say whether a box is marked, empty, or neither beyond doubt."""
    if not box.found:
        return "unclear"
    if box.share < _EMPTY and not box.strokes:
        heavy = box.line > line * _HEAVIER[0] and box.line - line > _HEAVIER[1]
        return "unclear" if heavy or box.trace - trace >= _TRACE else "empty"
    return "marked" if _is_ink_of_its_own(box) and _keeps_to_its_box(box) else "unclear"


def _is_ink_of_its_own(box: _Box) -> bool:
    """Say whether there is enough ink inside, strong enough, of strokes that are of this box alone and mostly in it."""
    inside = box.ink / (sum(one.ink for one in box.strokes) or 1.0)
    shared = len(box.strokes) > len({id(one) for one in box.strokes})
    return (
        bool(box.strokes)
        and not shared
        and not box.weak
        and box.share >= _MARKED
        and box.spread >= _SPREAD
        and inside >= _INSIDE
    )


def _keeps_to_its_box(box: _Box) -> bool:
    """Say whether the strokes reach no further than those of a tick, a cross or a ring do."""
    left = box.left - min(one.left for one in box.strokes)
    top = box.top - min(one.top for one in box.strokes)
    right = max(one.right for one in box.strokes) - box.left - box.side
    low = max(one.low for one in box.strokes) - box.top - box.side
    overrun = _OVERRUN * DOTS
    if box.share >= _FULL:
        return max(left, top, right, low) <= overrun
    # A tick runs out of its box on one side; what comes in and goes out again is a line drawn through.
    through = max(min(left, right), min(top, low)) > overrun
    far = left + right > _REACH[0] * DOTS or top + low > _REACH[1] * DOTS
    return not through and not far and box.length <= _LONGEST


def _slipped(scanned: Image.Image, printed: Image.Image, side: float, *, across: bool) -> int | None:
    """Return by how many dots the two lines of a box lie beside the printed ones, or None where they are not there."""
    size = (scanned.width, 1) if across else (1, scanned.height)
    found = scanned.resize(size, Image.Resampling.BOX).tobytes()
    wanted = printed.resize(size, Image.Resampling.BOX).tobytes()
    first, second = _SHIFT + 2, _SHIFT + 2 + round(side)
    expected = min(max(wanted[first - 1 : first + 2]), max(wanted[second - 1 : second + 2]))
    best, slip = 0.0, 0
    for step in range(-_SHIFT, _SHIFT + 1):
        one, two = found[first + step - 1 : first + step + 2], found[second + step - 1 : second + step + 2]
        value = min(max(one), max(two)) + min(sum(one), sum(two)) / 8 - abs(step) * 0.6
        if value > best:
            best, slip = value, step
    return slip if best >= expected * _LEAST_LINE else None


def _is_end(stroke: _Stroke, box: _Box) -> bool:
    """Say whether a stroke can be the end of a tick in the box: short, thin, and up to its right."""
    start = max(one.right for one in box.strokes), min(one.top for one in box.strokes)
    return (
        stroke.ink <= _END_INK
        and stroke.left >= box.left + box.side * 0.5
        and stroke.low <= box.top + box.side * 0.75
        and stroke.left - start[0] <= _END_GAP * DOTS
        and start[1] - stroke.low <= _END_GAP * DOTS
    )


def _is_near(stroke: _Stroke, box: _Box) -> bool:
    near = _OVERRUN * DOTS
    return (
        stroke.left < box.left + box.side + near
        and stroke.right > box.left - near
        and stroke.top < box.top + box.side + near
        and stroke.low > box.top - near
    )


def _strokes(free: Image.Image) -> Iterator[_Stroke]:
    """Yield the ink of a band that hangs together, dust left aside."""
    wide, high = -(-free.width // _CELL), -(-free.height // _CELL)
    padded = Image.new("L", (wide * _CELL, high * _CELL))
    padded.paste(free)
    cells = padded.reduce(_CELL).tobytes()
    left = {
        (place % wide, place // wide): grey / 255 for place, grey in enumerate(cells) if grey >= 12
    }
    while left:
        cluster, edge, ink = set(), [next(iter(left))], 0.0
        while edge:
            at = edge.pop()
            if at not in left:
                continue
            ink += left.pop(at)
            cluster.add(at)
            edge += [
                (at[0] + x, at[1] + y) for x in range(-_NEAR, _NEAR + 1) for y in range(-_NEAR, _NEAR + 1) if x or y
            ]
        ink *= (_CELL / DOTS) ** 2
        if ink >= _DUST:
            columns, rows = [x for x, _y in cluster], [y for _x, y in cluster]
            yield _Stroke(
                min(columns) * _CELL, min(rows) * _CELL, (max(columns) + 1) * _CELL, (max(rows) + 1) * _CELL, ink, cluster
            )


def _inside(cell: tuple[int, int], box: _Box) -> bool:
    x, y = (cell[0] + 0.5) * _CELL, (cell[1] + 0.5) * _CELL
    return box.left < x < box.left + box.side and box.top < y < box.top + box.side


def _overlap(stroke: _Stroke, room: tuple[float, float, float, float]) -> bool:
    return any(
        room[0] < (x + 0.5) * _CELL < room[2] and room[1] < (y + 0.5) * _CELL < room[3] for x, y in stroke.cells
    )

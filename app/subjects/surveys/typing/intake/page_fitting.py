"""Lays a scanned page over the printed one: finds its corner marks, reads its squares, and rights turn, skew, scale and shift.

Works on grey pixels that somebody else has unpacked; no file is opened here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Final, Literal

from PIL import Image

from app.papers.scan_code import (
    MARK,
    ROW_LEFT,
    ROW_MIDDLE,
    SQUARE,
    SQUARES,
    PageCode,
    code_of,
    mark_middles,
)

WIDTH: Final = 210.0
HEIGHT: Final = 297.0
DOTS: Final = 150 / 25.4
"""Dots to the millimetre of a fitted page, and of the printed one beside it."""
SIZE: Final = (round(WIDTH * DOTS), round(HEIGHT * DOTS))
LEAST_DOTS: Final = 4.3
"""Dots to the millimetre (110 to the inch) below which a pencil stroke is no longer told from dust."""
_COARSE: Final = 4.0
_CORNER: Final = 42.0
_SMALLEST, _LARGEST = 0.72, 1.38
_SOLID: Final = 0.68
_CANDIDATES: Final = 6
_OFF: Final = 0.02
"""By how much of its length a side may differ from the other side, and a corner from a right one."""
_SCALES: Final = (0.88, 1.12)
_CELL: Final = 6
_STEPS: Final = ((0, 1, 2, 3), (1, 2, 3, 0), (2, 3, 0, 1), (3, 0, 1, 2))

Point = tuple[float, float]


class Unfitted(Exception):
    """The page can't be laid over a printed one; ``why`` is blank, marks, code, coarse or grain."""

    def __init__(self, why: Literal["blank", "marks", "code", "coarse", "grain"]) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, kw_only=True)
class FittedPage:
    """A scanned page as the printed one lies: upright, ``SIZE`` dots, with what its squares say.

    ``two_toned``: the copier gave black and white only, in which a faint stroke is lost.
    """

    picture: Image.Image
    code: PageCode
    two_toned: bool


def fit_page(pixels: bytes, width: int, height: int) -> FittedPage:
    """Lay one scanned page over the printed one.

    Args:
        pixels: its grey values row by row, 0 = black. width, height: in dots.

    Raises:
        Unfitted: it is blank, too coarse, or without marks and squares that can be read.
    """
    page = Image.frombytes("L", (width, height), pixels)
    dots = max(width, height) / HEIGHT
    if dots < LEAST_DOTS or min(width, height) < WIDTH * LEAST_DOTS * 0.8:
        raise Unfitted("coarse")
    paper, darkest = _paper_of(page)
    if paper - darkest < 60:
        raise Unfitted("blank")
    marks = _corner_marks(page, dots, paper)
    found = _code_in(page, marks, paper) if marks is not None else None
    if found is None:
        raise Unfitted("blank" if _is_blank(page, paper) else "marks" if marks is None else "code")
    code, middles = found
    fitted = page.transform(SIZE, Image.Transform.PERSPECTIVE, _from_fitted(middles), Image.Resampling.BICUBIC, fillcolor=paper)
    return FittedPage(picture=fitted, code=code, two_toned=_is_two_toned(page, middles, dots))


def _paper_of(page: Image.Image) -> tuple[int, int]:
    """Return the grey of the paper, which is most of the page, and the darkest grey that is more than dust."""
    counts = page.histogram()
    half, seen, paper = sum(counts) / 2, 0, 255
    for grey in range(255, -1, -1):
        seen += counts[grey]
        if seen > half * 0.8:
            paper = grey
            break
    dust, seen = sum(counts) / 20_000, 0
    for grey in range(256):
        seen += counts[grey]
        if seen > dust:
            return paper, grey
    return paper, paper


def _is_blank(page: Image.Image, paper: int) -> bool:
    """Say whether there is next to nothing on the page; its edges, where copiers leave shadows, are left aside."""
    inner = page.crop((page.width // 14, page.height // 14, page.width * 13 // 14, page.height * 13 // 14))
    counts = inner.histogram()
    return sum(counts[: round(paper * 0.72)]) < sum(counts) / 3000


# marks


def _corner_marks(page: Image.Image, dots: float, paper: int) -> tuple[Point | None, ...] | None:
    """Return the middles of the marks as they lie in the scan (top left, top right, bottom right, bottom left).

    One of them may be missing (None): a staple, a hand or the edge of the glass lies over it.
    """
    ratio = _COARSE / dots
    small = page.resize((round(page.width * ratio), round(page.height * ratio)), Image.Resampling.BOX)
    dark = small.point([1 if grey < paper * 0.62 else 0 for grey in range(256)])
    side = round(_CORNER * _COARSE)
    right, low = small.width - side, small.height - side
    corners = [
        list(_squares_in(dark, left, top, side))[:_CANDIDATES]
        for left, top in ((0, 0), (right, 0), (right, low), (0, low))
    ]
    found = _best_four(corners, small.width / small.height) or _best_three(corners)
    if found is None:
        return None
    return tuple(None if one is None else _middle_of(page, one, ratio, paper) for one in found)


_Box = tuple[int, int, int, int]


def _squares_in(dark: Image.Image, left: int, top: int, side: int) -> Iterator[_Box]:
    """Yield what may be a corner mark in one corner: something solid of about its size, the outermost first."""
    part = dark.crop((left, top, left + side, top + side))
    outer = (left == 0, top == 0)
    fitting = []
    size = MARK * _COARSE
    for box, count in _solids(part.tobytes(), side):
        width, height = box[2] - box[0], box[3] - box[1]
        if all(size * _SMALLEST <= one <= size * _LARGEST for one in (width, height)) and count >= _SOLID * width * height:
            across = box[0] if outer[0] else side - box[2]
            down = box[1] if outer[1] else side - box[3]
            fitting.append((across + down, (box[0] + left, box[1] + top, box[2] + left, box[3] + top)))
    yield from (box for _far, box in sorted(fitting))


def _solids(pixels: bytes, width: int) -> Iterator[tuple[_Box, int]]:
    """Yield every connected dark patch as its frame and its number of dots, run by run."""
    parents: list[int] = []
    frames: list[list[int]] = []
    above: list[tuple[int, int, int]] = []
    for y in range(len(pixels) // width):
        runs = []
        for match in _RUN.finditer(pixels, y * width, (y + 1) * width):
            start, end = match.start() - y * width, match.end() - y * width
            mine = -1
            for other_start, other_end, name in above:
                if other_start < end and start < other_end:
                    root = _root(parents, name)
                    if mine < 0:
                        mine = root
                    elif root != mine:
                        parents[root] = mine
                        _join(frames[mine], frames[root])
            if mine < 0:
                mine = len(parents)
                parents.append(mine)
                frames.append([start, y, end, y + 1, 0])
            _join(frames[mine], [start, y, end, y + 1, end - start])
            runs.append((start, end, mine))
        above = runs
    for name, frame in enumerate(frames):
        if parents[name] == name:
            yield (frame[0], frame[1], frame[2], frame[3]), frame[4]


_RUN: Final = re.compile(b"\x01+")


def _root(parents: list[int], name: int) -> int:
    while parents[name] != name:
        name = parents[name]
    return name


def _join(frame: list[int], other: Sequence[int]) -> None:
    frame[:] = [
        min(frame[0], other[0]), min(frame[1], other[1]), max(frame[2], other[2]), max(frame[3], other[3]), frame[4] + other[4],
    ]  # fmt: skip


def _best_four(corners: list[list[_Box]], shape: float) -> tuple[_Box | None, ...] | None:
    """Return the four that stand like the printed ones, whichever way the page lies."""
    best: tuple[float, tuple[_Box, ...]] | None = None
    upright = shape < 1
    for chosen in product(*corners):
        off = _misfit([_middle(one) for one in chosen], upright=upright)
        if off is not None and (best is None or off < best[0]):
            best = (off, chosen)
    return best[1] if best is not None else None


def _best_three(corners: list[list[_Box]]) -> tuple[_Box | None, ...] | None:
    """Return three that stand like the printed ones, and None for the one that is not there."""
    best: tuple[float, tuple[_Box | None, ...]] | None = None
    for gone in range(4):
        others = [corners[place] for place in range(4) if place != gone]
        for chosen in product(*others):
            middles: list[Point | None] = [_middle(one) for one in chosen]
            middles.insert(gone, None)
            known = _completed(middles)
            off = _misfit(known, upright=_length(known[0], known[1]) < _length(known[1], known[2]))
            if off is not None and (best is None or off < best[0]):
                boxes: list[_Box | None] = list(chosen)
                boxes.insert(gone, None)
                best = (off, tuple(boxes))
    return best[1] if best is not None else None


def _misfit(middles: Sequence[Point], *, upright: bool) -> float | None:
    """Return how far four points are from the rectangle of the printed marks; None where they can't be it."""
    one, two, three, four = middles
    top, right, low, left = _length(one, two), _length(two, three), _length(three, four), _length(four, one)
    printed = mark_middles(WIDTH, HEIGHT)
    wide, high = printed[1][0] - printed[0][0], printed[3][1] - printed[0][1]
    if not upright:
        wide, high = high, wide
    scales = (top / wide / _COARSE, low / wide / _COARSE, left / high / _COARSE, right / high / _COARSE)
    if not all(_SCALES[0] <= scale <= _SCALES[1] for scale in scales):
        return None
    crossing = abs(_length(one, three) - _length(two, four)) / _length(one, three)
    spread = (max(scales) - min(scales)) / min(scales)
    if crossing > _OFF or spread > 2 * _OFF or abs(top - low) > _OFF * top or abs(left - right) > _OFF * left:
        return None
    return crossing + spread


def _middle(box: _Box) -> Point:
    return ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def _length(one: Point, other: Point) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])


def _middle_of(page: Image.Image, box: _Box, ratio: float, paper: int) -> Point:
    """Return the middle of a mark in dots of the scan itself, by the weight of its darkness."""
    frame = (
        max(0, round((box[0] - 1) / ratio)), max(0, round((box[1] - 1) / ratio)),
        min(page.width, round((box[2] + 1) / ratio)), min(page.height, round((box[3] + 1) / ratio)),
    )  # fmt: skip
    part = page.crop(frame).point([max(0, round(paper * 0.8) - grey) for grey in range(256)])
    return (
        frame[0] + _balance(part.resize((part.width, 1), Image.Resampling.BOX).tobytes()),
        frame[1] + _balance(part.resize((1, part.height), Image.Resampling.BOX).tobytes()),
    )


def _balance(weights: bytes) -> float:
    whole = sum(weights) or 1
    return sum((place + 0.5) * weight for place, weight in enumerate(weights)) / whole


# squares


def _code_in(page: Image.Image, marks: tuple[Point | None, ...], paper: int) -> tuple[PageCode, list[Point]] | None:
    """Return what the row of squares says and the marks in the order of the printed page, whichever way it was scanned."""
    known = _completed(marks)
    upright = _length(known[0], known[1]) < _length(known[1], known[2])
    for step in _STEPS[0::2] if upright else _STEPS[1::2]:
        middles = [known[place] for place in step]
        code = code_of(_squares_at(page, middles, paper))
        if code is not None:
            return code, middles
    return None


def _completed(marks: Sequence[Point | None]) -> list[Point]:
    """Put the missing one of four corners where the other three say it is."""
    points = list(marks)
    if None not in points:
        return [one for one in points if one is not None]
    gone = points.index(None)
    before, across, after = (points[(gone + step) % 4] for step in (3, 2, 1))
    if before is None or across is None or after is None:
        raise Unfitted("marks")
    points[gone] = (before[0] + after[0] - across[0], before[1] + after[1] - across[1])
    return [one for one in points if one is not None]


def _squares_at(page: Image.Image, middles: Sequence[Point], paper: int) -> list[bool]:
    strip = (ROW_LEFT, ROW_MIDDLE - SQUARE * 0.3, ROW_LEFT + SQUARES * SQUARE, ROW_MIDDLE + SQUARE * 0.3)
    given = _homography(_printed(), middles)
    scale = ((strip[2] - strip[0]) / (SQUARES * _CELL), (strip[3] - strip[1]) / _CELL)
    moved = _after(given, scale, (strip[0], strip[1]))
    row = page.transform((SQUARES * _CELL, _CELL), Image.Transform.PERSPECTIVE, moved, Image.Resampling.BILINEAR, fillcolor=paper)
    # The inner two thirds of a square: its edges lean on its neighbours.
    inner = Image.new("L", (SQUARES, 1))
    for place in range(SQUARES):
        cell = row.crop((place * _CELL + 1, 0, (place + 1) * _CELL - 1, _CELL))
        inner.putpixel((place, 0), cell.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)))  # type: ignore[arg-type]
    greys = inner.tobytes()
    darkest = min(greys)
    return [grey < (darkest + paper) / 2 for grey in greys] if paper - darkest > 50 else []


def _printed() -> tuple[Point, ...]:
    return mark_middles(WIDTH, HEIGHT)


def _from_fitted(middles: Sequence[Point]) -> list[float]:
    """Return what leads from a dot of the fitted page to a place of the scan."""
    return _after(_homography(_printed(), middles), (1 / DOTS, 1 / DOTS), (0.0, 0.0))


def _after(given: list[float], scale: Point, start: Point) -> list[float]:
    """Put a change of measure and of the starting point before a homography."""
    a, b, c, d, e, f, g, h = given
    (sx, sy), (x, y) = scale, start
    whole = g * x + h * y + 1
    found = (a * sx, b * sy, a * x + b * y + c, d * sx, e * sy, d * x + e * y + f, g * sx, h * sy)
    return [one / whole for one in found]


def _homography(sources: Sequence[Point], targets: Sequence[Point]) -> list[float]:
    """Return the eight numbers that take four points to four others."""
    rows = []
    for (x, y), (u, v) in zip(sources, targets, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for place in range(8):
        pivot = max(range(place, 8), key=lambda row: abs(rows[row][place]))
        rows[place], rows[pivot] = rows[pivot], rows[place]
        head = rows[place][place]
        rows[place] = [value / head for value in rows[place]]
        for row in range(8):
            if row != place and rows[row][place]:
                share = rows[row][place]
                rows[row] = [value - share * own for value, own in zip(rows[row], rows[place], strict=True)]
    return [row[8] for row in rows]


def _is_two_toned(page: Image.Image, middles: Sequence[Point], dots: float) -> bool:
    """Say whether paper and ink each have one tone alone: no copier that gives greys makes them that even."""
    counts = page.histogram()
    if sum(counts[253:]) < sum(counts) * 0.8:
        return False
    half = round(MARK * dots * 0.3)
    spreads = []
    for x, y in middles:
        part = page.crop((round(x) - half, round(y) - half, round(x) + half, round(y) + half))
        counts = part.histogram()
        tones = [grey for grey in range(256) if counts[grey]]
        spreads.append(tones[-1] - tones[0])
    # One corner may be covered.
    return sorted(spreads)[1] <= 6

"""Scans of filled-in sheets for tests: the app's own printed pages with marks by hand, as office copiers bring them."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from random import Random
from typing import Any, Final

from PIL import Image, ImageChops, ImageDraw, ImageFilter
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage
from PySide6.QtPdf import QPdfDocument

from app.papers.scan_code import Area, PageForm
from db.records.surveys import Question

DOTS: Final = 300 / 25.4
SIZE: Final = (round(210 * DOTS), round(297 * DOTS))
MARKS: Final = ("tick", "tick", "tick", "ring", "cross", "filled", "leaving", "leaving")


def printed_pages(pdf: bytes, size: tuple[int, int] = SIZE) -> list[Image.Image]:
    """Return the pages of a PDF in grey."""
    document, buffer = QPdfDocument(), QBuffer()
    buffer.setData(QByteArray(pdf))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document.load(buffer)
    pages = []
    for number in range(document.pageCount()):
        drawn = document.render(number, QSize(*size))
        page = QImage(drawn.size(), QImage.Format.Format_RGB32)
        page.fill(0xFFFFFFFF)
        from PySide6.QtGui import QPainter

        painter = QPainter(page)
        painter.drawImage(0, 0, drawn)
        painter.end()
        grey = page.convertToFormat(QImage.Format.Format_Grayscale8)
        data = bytes(grey.constBits())
        pages.append(Image.frombytes("L", size, data, "raw", "L", grey.bytesPerLine()))
    document.close()
    return pages


@dataclass(frozen=True)
class HandPen:
    """What somebody writes with: grey of its line and width in millimetres."""

    grey: int
    width: float


BALL, PENCIL, FAINT, MARKER = HandPen(35, 0.45), HandPen(90, 0.5), HandPen(140, 0.4), HandPen(25, 1.3)


class Hand:
    """Writes on one page."""

    def __init__(self, page: Image.Image, random: Random, dots: float = DOTS) -> None:
        self.page = page
        self.random = random
        self._dots = dots
        self._draw = ImageDraw.Draw(page)

    def line(self, points: Sequence[tuple[float, float]], pen: HandPen) -> None:
        """Draw a line through points in millimetres; the hand is never quite still."""
        wide = max(1, round(pen.width * self._dots))
        dots = [
            ((x + self.random.uniform(-0.15, 0.15)) * self._dots, (y + self.random.uniform(-0.15, 0.15)) * self._dots)
            for x, y in points
        ]
        self._draw.line(dots, fill=pen.grey, width=wide, joint="curve")
        for x, y in (dots[0], dots[-1]):
            self._draw.ellipse((x - wide / 2, y - wide / 2, x + wide / 2, y + wide / 2), fill=pen.grey)

    def mark(self, area: Area, kind: str, pen: HandPen) -> None:
        """Put a mark into a box: tick, ring, cross, filled, leaving (a tick that leaves the box)."""
        random, side = self.random, area.width
        x, y = area.x + random.uniform(-0.12, 0.12) * side, area.y + random.uniform(-0.12, 0.12) * side
        at = lambda points: [(x + u * side, y + v * side) for u, v in points]  # noqa: E731
        if kind == "tick":
            self.line(at([(0.15, 0.5), (0.4, 0.85), (0.9, 0.12)]), pen)
        elif kind == "leaving":
            up = random.uniform(0.2, 0.7)
            self.line(at([(0.1, 0.4), (0.4, 0.85), (1.0 + up * 0.8, -up)]), pen)
        elif kind == "cross":
            self.line(at([(0.12, 0.12), (0.88, 0.88)]), pen)
            self.line(at([(0.88, 0.12), (0.12, 0.88)]), pen)
        elif kind == "ring":
            size = random.uniform(0.32, 0.6)
            self.line(
                [(x + side * (0.5 + size * math.cos(turn / 3)), y + side * (0.5 + size * math.sin(turn / 3))) for turn in range(20)],
                pen,
            )
        elif kind == "filled":
            steps = max(5, round(side / pen.width * 1.2))
            self.line(
                at([(0.1 + 0.8 * (step % 2), 0.1 + 0.8 * step / steps) for step in range(steps + 1)]), pen
            )
        else:
            raise ValueError(kind)

    def ring_round(self, area: Area, pen: HandPen) -> None:
        """Draw a ring round the number and the words of an option, beside its box."""
        left, right = area.x + 10, area.x + area.width + 2
        middle, high = area.y + area.height / 2, area.height * 0.55
        half = (right - left) / 2
        self.line(
            [(left + half + half * math.cos(turn / 4), middle + high * math.sin(turn / 4)) for turn in range(26)], pen
        )

    def beside(self, box: Area, pen: HandPen) -> None:
        """Put a tick beside its box, in the room left of it."""
        moved = Area(kind="box", code=box.code, number=box.number, x=box.x - box.width * 1.15, y=box.y, width=box.width, height=box.height)
        self.mark(moved, "tick", pen)

    def strike(self, box: Area, option: Area, way: str, pen: HandPen) -> None:
        """Take a mark back: lines through the whole option, or a scribble over the box that leaves it."""
        if way == "lines":
            for part in (-0.08, 0.1):
                y = box.y + box.height * (0.5 + part)
                self.line([(box.x - 1.5, y), (option.x + option.width, y + self.random.uniform(-0.5, 0.5))], pen)
        else:
            side = box.width
            points = [
                (box.x + side * (-0.45 + 1.9 * (step % 2)), box.y + side * (-0.3 + 1.6 * step / 9)) for step in range(10)
            ]
            self.line(points, pen)

    def write(self, area: Area, pen: HandPen, *, lines: int = 1) -> None:
        """Write something nobody can read into a room."""
        height = min(area.height / max(lines, 1), 8.0)
        for line in range(lines):
            x, top = area.x + 5, area.y + height * line + 1
            end = min(area.x + area.width - 4, x + self.random.uniform(8, 60))
            while x < end:
                size = height * 0.55
                self.line(
                    [(x + self.random.random() * size, top + self.random.random() * size) for _ in range(4)], pen
                )
                x += size * 1.2


@dataclass(frozen=True)
class Copier:
    """How a page comes out of the copier."""

    turn: int = 0
    skew: float = 0.0
    scale: float = 1.0
    shift: tuple[float, float] = (0.0, 0.0)
    dots: float = 200 / 25.4
    noise: float = 4.0
    paper: int = 248
    ink: int = 18
    blur: float = 0.4
    jpeg: int = 0
    tones: str = "grey"
    shadow: bool = False

    @classmethod
    def any(cls, random: Random) -> Copier:
        """Some copier and some way in which the page lay on it."""
        return cls(
            turn=random.choice((0, 0, 0, 180, 90, 270)),
            skew=random.uniform(-3, 3) if random.random() < 0.7 else 0.0,
            scale=random.uniform(0.92, 1.08) if random.random() < 0.6 else 1.0,
            shift=(random.uniform(-2.5, 2.5), random.uniform(-2.5, 2.5)),
            dots=random.choice((150, 150, 180, 200, 200, 200, 200, 200, 200, 300)) / 25.4,
            noise=random.choice((0.5, 3, 5, 8, 11)),
            paper=random.choice((255, 250, 244, 232)),
            ink=random.choice((5, 18, 40)),
            blur=random.choice((0.2, 0.5, 0.9)),
            jpeg=random.choice((0, 85, 60, 40)),
            tones=random.choice(("grey", "grey", "grey", "grey", "two", "dots")),
            shadow=random.random() < 0.2,
        )

    def scan(self, page: Image.Image) -> Image.Image:
        """Return the page as the copier gives it (grey, or black and white as 0 and 255)."""
        # What is copied larger comes on a larger sheet.
        larger = max(1.0, self.scale - 0.03)
        size = (round(210 * self.dots * larger), round(297 * self.dots * larger))
        ratio = DOTS / self.dots / self.scale
        turn = math.radians(self.skew)
        cos, sin = math.cos(turn) * ratio, math.sin(turn) * ratio
        middle = (size[0] / 2 + self.shift[0] * self.dots, size[1] / 2 + self.shift[1] * self.dots)
        centre = (page.width / 2, page.height / 2)
        given = (cos, sin, centre[0] - cos * middle[0] - sin * middle[1], -sin, cos, centre[1] + sin * middle[0] - cos * middle[1])
        out = page.transform(size, Image.Transform.AFFINE, given, Image.Resampling.BICUBIC, fillcolor=255)
        out = out.filter(ImageFilter.GaussianBlur(self.blur))
        out = out.point([round(self.ink + (self.paper - self.ink) * grey / 255) for grey in range(256)])
        if self.shadow:
            edge = Image.linear_gradient("L").resize(size).point([min(255, 190 + grey) for grey in range(256)])
            out = ImageChops.multiply(out, edge)
        if self.noise:
            out = ImageChops.add(out, _grain(self.noise).crop((0, 0, *size)), 1, -128)
        if self.turn:
            out = out.rotate(self.turn, expand=True)
        if self.tones == "two":
            out = out.point([255 if grey >= 140 else 0 for grey in range(256)])
        elif self.tones == "dots":
            out = out.convert("1").convert("L")
        if self.jpeg and self.tones == "grey":
            target = io.BytesIO()
            out.save(target, "JPEG", quality=self.jpeg)
            out = Image.open(io.BytesIO(target.getvalue())).convert("L")
        return out


@lru_cache(maxsize=8)
def _grain(noise: float) -> Image.Image:
    tile = Image.effect_noise((1500, 1500), noise)
    whole = Image.new("L", (3000, 4500))
    for x in (0, 1500):
        for y in (0, 1500, 3000):
            whole.paste(tile, (x, y))
    return whole


@dataclass
class FilledSheet:
    """One sheet as somebody filled it in: what it says by code, and how that was written.

    ``truth`` holds the printed numbers that were chosen, None where no answer may be proposed; ``texts`` the questions
    with something written into a room.
    """

    pages: list[Image.Image]
    truth: dict[str, frozenset[str] | None] = field(default_factory=dict)
    ways: dict[str, str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)


def fill_sheet(
    printed: Sequence[Image.Image], forms: Sequence[PageForm], questions: Sequence[Question], random: Random
) -> FilledSheet:
    """Fill in a sheet as some participant might: each question in one of many ways."""
    sheet = FilledSheet(pages=[page.copy() for page in printed])
    pen = random.choice((BALL, BALL, PENCIL, FAINT, MARKER))
    style = random.choice(MARKS)
    for page, form in zip(sheet.pages, forms, strict=True):
        hand = Hand(page, random)
        for question in questions:
            own = [one for one in form.areas if one.code == question.code]
            if own:
                _answer(sheet, hand, question, own, pen, style)
        if random.random() < 0.3:
            # The number of the sheet, by the clerk, near or over the corner mark.
            x, y = random.uniform(180, 196), random.uniform(4, 9)
            hand.line([(x, y), (x + 3, y + 5), (x + 6, y)], MARKER)
    return sheet


def _answer(
    sheet: FilledSheet, hand: Hand, question: Question, own: Sequence[Area], pen: HandPen, style: str
) -> None:
    random, code = hand.random, question.code
    if question.type in ("FA", "NUM"):
        room = next(one for one in own if one.kind in ("room", "number"))
        sheet.truth[code], sheet.ways[code] = frozenset(), "text"
        if random.random() < 0.4:
            hand.write(room, pen, lines=random.choice((1, 2)) if room.kind == "room" else 1)
            sheet.texts.add(code)
        return
    boxes = {one.number: one for one in own if one.kind == "box"}
    way = random.choices(
        ("plain", "none", "two", "struck", "struck alone", "round", "beside", "stray", "smudge"),
        (70, 8, 4, 4, 2, 4, 3, 3, 3),
    )[0]
    used = pen if random.random() < 0.95 else random.choice((BALL, PENCIL, FAINT, MARKER))
    kind = style if random.random() < 0.85 else random.choice(MARKS)
    numbers = list(boxes)
    limit = 1 if question.type == "SA" else min(question.max_select or 4, len(numbers))
    chosen = random.sample(numbers, random.randint(1, limit))
    if way == "none":
        chosen = []
    elif way in ("round", "beside", "struck alone"):
        chosen = chosen[:1]
    else:
        for number in chosen:
            hand.mark(boxes[number], kind, used)
    sheet.truth[code] = frozenset(chosen)
    sheet.ways[code] = f"{way}:{kind}"
    if way != "two" or question.type == "SA":
        _spoil(sheet, hand, own, code, way, kind, used, chosen)
    for room in (one for one in own if one.kind == "other"):
        if random.random() < (0.7 if room.number in (sheet.truth[code] or ()) else 0.03):
            hand.write(room, used)
            sheet.texts.add(code)


def _spoil(
    sheet: FilledSheet, hand: Hand, own: Sequence[Area], code: str, way: str, kind: str, pen: HandPen, chosen: list[str]
) -> None:
    """Do what makes an answer doubtful."""
    random = hand.random
    boxes = {one.number: one for one in own if one.kind == "box"}
    options = {one.number: one for one in own if one.kind == "option"}
    left = [number for number in boxes if number not in chosen]
    if way == "two" and left:
        hand.mark(boxes[random.choice(left)], random.choice(MARKS), pen)
        sheet.truth[code] = None
    elif way == "struck" and left:
        other = random.choice(left)
        hand.mark(boxes[other], kind, pen)
        hand.strike(boxes[other], options[other], random.choice(("lines", "scribble")), pen)
    elif way == "struck alone":
        sheet.truth[code] = frozenset()
        hand.mark(boxes[chosen[0]], kind, pen)
        hand.strike(boxes[chosen[0]], options[chosen[0]], random.choice(("lines", "scribble")), pen)
    elif way == "round":
        hand.ring_round(options[chosen[0]], pen)
    elif way == "beside":
        hand.beside(boxes[chosen[0]], pen)
    elif way == "stray":
        area = next(one for one in own if one.kind == "question")
        x, y = area.x + random.uniform(60, 120), area.y + random.uniform(0, area.height)
        hand.line([(x, y), (x + random.uniform(5, 30), y + random.uniform(-6, 6))], pen)
    elif way == "smudge" and left:
        hand.mark(boxes[random.choice(left)], "tick", HandPen(222, 0.8))


def grey_of(image: Image.Image) -> tuple[bytes, int, int]:
    """Return a scanned page as the reading takes it."""
    return image.tobytes(), image.width, image.height


def as_pdf(pages: Sequence[Image.Image], *, quality: int = 75, **more: Any) -> bytes:
    """Return one PDF of scanned pages, as a copier makes it."""
    target = io.BytesIO()
    first, *rest = pages
    first.save(target, "PDF", save_all=True, append_images=rest, resolution=200, quality=quality, **more)
    return target.getvalue()

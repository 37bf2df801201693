"""Compare two received PDFs page by page and find the changed areas, beside the window's thread."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from app.events.materials.rules import (
    Change,
    PageFeatures,
    PagePair,
    is_page_number,
    page_pairs,
    running_lines,
    without_digits,
)
from app.foreign_files.pdf_reading import ReceivedPdf, UnreadablePdf
from app.widgets.pdf.page_source import draw_received_page
from db.record import record

ProgressCallback = Callable[[int, int], None]
_SCALE = 1.25
_MAX_DOTS = 4_000_000
"""The most dots of a drawn page, whatever its size (a poster, or a mistyped size)."""
_CELL = 6
_SEEN = 40
"""How much a dot must differ (0–255) to count; less is the edge of a letter that moved slightly."""
_MIN_DOTS = 3
_NEAR = 8.0
_SMALL = QSize(16, 22)
_MARGIN = 0.12
"""The share of a page at its top and bottom in which a running head or foot may be."""


class PdfNotReadable(Exception):
    """One of the files is no readable PDF, for the reason in ``problem``."""

    happened = "どちらかの版を読めないため、並べて比べられません。"
    lost = "受領したファイルはそのまま残っています。"
    todo = "PDFで受領し直すか、原本を見比べてください。"

    def __init__(self, problem: UnreadablePdf):
        if problem is not None:
            self.happened = f"{PdfNotReadable.happened}{problem.happened}"
        super().__init__(self.happened)


@record
class ChangedArea:
    """A rectangle on a page, in pt from its top left."""

    x: float
    y: float
    width: float
    height: float


@record
class PageChange:
    """One changed page: its number (from 1) in the old and the new version, None = not there, and the changed areas.

    ``areas`` are those of the new page; () for a page that was added or removed.
    """

    change: Change
    old: int | None
    new: int | None
    areas: tuple[ChangedArea, ...] = ()


@record
class Difference:
    """The result of comparing two versions: changed pages in order, all pages in pairs, and the page counts."""

    changes: tuple[PageChange, ...]
    pairs: tuple[PagePair, ...]
    old_pages: int
    new_pages: int


@record
class _Line:
    """A line of a page with its place in the text."""

    text: str
    start: int


class _Pdf:
    """One PDF while it is read."""

    def __init__(self, data: bytes):
        self._pdf = ReceivedPdf(data)
        try:
            self._sizes = self._pdf.open().sizes
            self.count = len(self._sizes)
            self._words = self._pdf.read_all_words()
        except UnreadablePdf as problem:
            self.close()
            raise PdfNotReadable(problem) from problem
        self.lines = [list(_lines(one.text)) for one in self._words]
        self._running = running_lines([[one.text for one in lines] for lines in self.lines])

    def close(self) -> None:
        """Close the file."""
        self._pdf.close()

    def scale(self, number: int) -> float:
        """Return how many dots a pt has when the page (from 0) is drawn."""
        width, height = self._sizes[number]
        return min(_SCALE, math.sqrt(_MAX_DOTS / max(1.0, width * height)))

    def render_grey(self, number: int) -> QImage:
        """Return the page (from 0) in grey, with running head, foot and number left white.

        Raises ``PdfNotReadable`` if it cannot be drawn.
        """
        (width, height), scale = self._sizes[number], self.scale(number)
        size = QSize(max(1, round(width * scale)), max(1, round(height * scale)))
        try:
            page = draw_received_page(self._pdf, number, size)
        except UnreadablePdf as problem:
            raise PdfNotReadable(problem) from problem
        with QPainter(page) as painter:
            for area in self._running_areas(number):
                painter.fillRect(
                    QRectF(
                        area.x() * scale - 2, area.y() * scale - 2, area.width() * scale + 4, area.height() * scale + 4
                    ),
                    QColor(Qt.GlobalColor.white),
                )
        return page

    def _running_areas(self, number: int) -> Iterator[QRectF]:
        """Yield the areas of running head, foot and page number, as far as they lie in the margins."""
        _width, height = self._sizes[number]
        for line in self.lines[number]:
            if not self._is_running_text(line.text, number):
                continue
            left, top, right, bottom = self._words[number].area(line.start, len(line.text))
            area = QRectF(left, top, right - left, bottom - top)
            if area.bottom() < height * _MARGIN or area.top() > height * (1 - _MARGIN):
                yield area

    def _is_running_text(self, text: str, number: int) -> bool:
        """Return whether a line is only the page number, or one that most pages have."""
        return is_page_number(text, number + 1) or without_digits(text) in self._running

    def features(self, number: int) -> PageFeatures:
        """Return the features by which the page (from 0) is matched; their ``number`` counts from 1."""
        page = self.render_grey(number)
        grey = page.scaled(
            _SMALL, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        ).convertToFormat(QImage.Format.Format_Grayscale8)
        return PageFeatures(
            number=number + 1,
            words="\n".join(one.text for one in self.lines[number] if not self._is_running_text(one.text, number)),
            image_hash=hashlib.sha256(bytes(page.constBits())).hexdigest() + f"{page.width()}x{page.height()}",
            thumbnail=b"".join(_rows(grey)),
        )


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for line in text.splitlines(keepends=True):
        words = line.rstrip("\r\n")
        if words.strip():
            yield _Line(text=words, start=start)
        start += len(line)


def _rows(image: QImage) -> list[bytes]:
    """Return the rows of a grey picture, without padding."""
    data, step = bytes(image.constBits()), image.bytesPerLine()
    return [data[row * step : row * step + image.width()] for row in range(image.height())]


def compare_versions(on_progress: ProgressCallback, old_data: bytes, new_data: bytes) -> Difference:
    """Return what differs between two PDFs, page by page; meant for another thread than the window's.

    Running heads, feet and page numbers are ignored: they change on every page with the version, and with every
    inserted page.

    Raises:
        PdfNotReadable: one of them is no PDF that opens.
    """
    old = _Pdf(old_data)
    try:
        new = _Pdf(new_data)
    except PdfNotReadable:
        old.close()
        raise
    try:
        total = old.count + new.count
        faces = []
        work = [(old, number) for number in range(old.count)] + [(new, number) for number in range(new.count)]
        for paper, number in work:
            faces.append(paper.features(number))
            on_progress(len(faces), total)
        olds, news = faces[: old.count], faces[old.count :]
        pairs = page_pairs(olds, news)
        changes = tuple(found for pair in pairs if (found := _change(pair, old, new, olds, news)) is not None)
        return Difference(changes=changes, pairs=pairs, old_pages=old.count, new_pages=new.count)
    finally:
        old.close()
        new.close()


def _change(
    pair: PagePair, old: _Pdf, new: _Pdf, olds: Sequence[PageFeatures], news: Sequence[PageFeatures]
) -> PageChange | None:
    """Return how a page differs between two versions, None where it looks the same."""
    if pair.old is None or pair.new is None:
        return PageChange(change="加わった" if pair.old is None else "なくなった", old=pair.old, new=pair.new)
    if olds[pair.old - 1].image_hash == news[pair.new - 1].image_hash:
        return None
    spots = _changed_areas(old.render_grey(pair.old - 1), new.render_grey(pair.new - 1), new.scale(pair.new - 1))
    return PageChange(change="変わった", old=pair.old, new=pair.new, areas=spots) if spots else None


def _changed_areas(one: QImage, other: QImage, scale: float) -> tuple[ChangedArea, ...]:
    """Return the areas where two pages differ; pages of another size differ as a whole."""
    if one.size() != other.size():
        return (ChangedArea(x=0, y=0, width=other.width() / scale, height=other.height() / scale),)
    with QPainter(one) as painter:
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Difference)
        painter.drawImage(0, 0, other)
    seen = bytes(value > _SEEN for value in range(256))
    rows = [row.translate(seen) for row in _rows(one.convertToFormat(QImage.Format.Format_Grayscale8))]
    cells: dict[tuple[int, int], int] = {}
    for y, row in enumerate(rows):
        if 1 in row:
            for x in range(0, len(row), _CELL):
                if dots := row.count(1, x, x + _CELL):
                    at = (x // _CELL, y // _CELL)
                    cells[at] = cells.get(at, 0) + dots
    return tuple(_frames(_clusters(cells), _CELL / scale))


def _clusters(cells: dict[tuple[int, int], int]) -> Iterator[set[tuple[int, int]]]:
    """Yield the groups of cells that touch or have one cell between them, without those of very few dots."""
    left = dict(cells)
    while left:
        cluster, edge, dots = set(), [next(iter(left))], 0
        while edge:
            at = edge.pop()
            if at not in left:
                continue
            dots += left.pop(at)
            cluster.add(at)
            edge += [(at[0] + dx, at[1] + dy) for dx in range(-2, 3) for dy in range(-2, 3)]
        if dots >= _MIN_DOTS:
            yield cluster


def _frames(clusters: Iterator[set[tuple[int, int]]], unit: float) -> list[ChangedArea]:
    """Return a frame around each cluster, merging near ones; ``unit`` is the side of a cell in pt."""
    areas: list[QRectF] = []
    for cluster in clusters:
        left, top = min(x for x, _y in cluster), min(y for _x, y in cluster)
        right, bottom = max(x for x, _y in cluster) + 1, max(y for _x, y in cluster) + 1
        area = QRectF(left * unit, top * unit, (right - left) * unit, (bottom - top) * unit)
        while near := [one for one in areas if one.intersects(area.adjusted(-_NEAR, -_NEAR, _NEAR, _NEAR))]:
            for one in near:
                areas.remove(one)
                area = area.united(one)
        areas.append(area)
    areas.sort(key=lambda area: (area.y(), area.x()))
    return [ChangedArea(x=one.x() - 2, y=one.y() - 2, width=one.width() + 4, height=one.height() + 4) for one in areas]

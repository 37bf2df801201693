"""The picture of a scanned sheet beside its answers: the question now asked, large; at the end all pages, to look over."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.subjects.surveys.typing.rules.read_scan import ScannedSheet, SheetPage
from app.subjects.surveys.typing.rules.scanned_answers import option_texts
from app.subjects.surveys.typing.screens.sheet_entry import SheetEntry
from app.subjects.surveys.typing.services.survey_entry import NO_ANSWER, NOT_ASKED, UNREADABLE
from app.widgets.labels import Paragraph, label
from app.window import theme as t
from db.records.surveys import Question

_LEFT, _WIDE = 17.0, 180.0
"""The part of a page across, in millimetres, in which somebody answers."""
_ROUND = 4.0
_RING = 1.2
_GAP = 3.0
_MOST_COLUMNS = 5


def _without_marks(entry: SheetEntry, question: Question) -> str:
    """What stands for an answer in which no box is chosen; empty where one is, or where nothing is settled."""
    if question.type not in ("SA", "MA"):
        return ""
    if entry.passed(question):
        return NOT_ASKED
    if not entry.settled(question) or entry.answer(question).chosen:
        return ""
    return UNREADABLE if UNREADABLE in entry.answer(question).out_of_list else NO_ANSWER


class PagePicture(QWidget):
    """Paints the pages, or the part of one question, and over them what is going to be saved. Signals: none.

    A ring stands round each box that is chosen, a broken one round a mark whose question is still open; where none is
    chosen the words for that stand beside the question.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(QSize(200, 90))
        self._pages: tuple[tuple[SheetPage, QImage], ...] = ()
        self._code = ""
        self.rings: dict[tuple[str, str], bool] = {}
        self.said: dict[str, str] = {}

    def show_pages(self, pages: tuple[SheetPage, ...]) -> None:
        """Take the pages of another sheet."""
        self._pages = tuple((page, QImage.fromData(page.jpeg)) for page in pages)
        self.update()

    def look_at(self, entry: SheetEntry) -> None:
        """Show the question now asked, at the end of the sheet everything, with what is chosen so far."""
        question = entry.question
        self._code = question.code if question is not None else ""
        marked = {one for page, _image in self._pages for one in page.marked}
        self.rings, self.said = {}, {}
        for one in entry.questions:
            if entry.settled(one):
                chosen = entry.answer(one).chosen
                numbers = (str(place) for place, text in enumerate(option_texts(one), start=1) if text in chosen)
                self.rings |= {(one.code, number): True for number in numbers}
            elif not entry.passed(one):
                self.rings |= {(code, number): False for code, number in marked if code == one.code}
            if words := _without_marks(entry, one):
                self.said[one.code] = words
        self.setAccessibleName("スキャンした用紙の、いまの設問" if self.shown_question else "スキャンした用紙")
        self.update()

    @property
    def shown_question(self) -> tuple[int, QRectF] | None:
        """The page (from 0) and the part of it that is shown alone, in millimetres; None where all is shown."""
        for number, (page, _image) in enumerate(self._pages):
            for area in page.areas:
                if area.kind == "question" and area.code == self._code:
                    return number, QRectF(_LEFT, area.y - _ROUND, _WIDE, area.height + 2 * _ROUND)
        return None

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Qt's own request to draw."""
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.rect(), QColor(t.PAPER))
        one = self.shown_question
        room = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if one is not None:
            self._paint_question(painter, room, *one)
        elif self._pages:
            self._paint_all(painter, room)
        painter.setPen(QPen(QColor(t.HAIRLINE), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.end()

    def _paint_question(self, painter: QPainter, room: QRectF, number: int, part: QRectF) -> None:
        """The question as large as it fits; what is left of the room shows what stands around it."""
        scale = min(room.width() / part.width(), room.height() / part.height())
        seen = QRectF(0, 0, room.width() / scale, room.height() / scale)
        seen.moveCenter(part.center())
        whole = QRectF(0, 0, 210, 297)
        seen.moveLeft(max(min(seen.left(), whole.right() - seen.width()), 0.0))
        seen.moveTop(max(min(seen.top(), whole.bottom() - seen.height()), 0.0))
        self._paint_part(painter, number, seen.intersected(whole), room.topLeft(), scale)

    def _paint_all(self, painter: QPainter, room: QRectF) -> None:
        """All questions in as many columns as let them be largest, without margins and heads."""
        bands = [(number, band) for number, (page, _image) in enumerate(self._pages) for band in _bands(page)]
        if not bands:
            return
        made = (_columns(bands, count) for count in range(1, _MOST_COLUMNS + 1))
        scale, columns = max(((_scale(found, room), found) for found in made), key=lambda one: one[0])
        x = room.left() + (room.width() - _across(columns) * scale) / 2
        for column in columns:
            y = room.top()
            for number, band in column:
                self._paint_part(painter, number, band, QPointF(x, y), scale)
                y += band.height() * scale
            x += (_WIDE + _GAP) * scale

    def _paint_part(self, painter: QPainter, number: int, part: QRectF, at: QPointF, scale: float) -> None:
        page, image = self._pages[number]
        target = QRectF(at.x(), at.y(), part.width() * scale, part.height() * scale)
        dots = image.width() / 210
        painter.drawImage(target, image, QRectF(part.x() * dots, part.y() * dots, part.width() * dots, part.height() * dots))
        painter.save()
        painter.setClipRect(target)
        for area in page.areas:
            place = QRectF(
                target.x() + (area.x - part.x()) * scale, target.y() + (area.y - part.y()) * scale,
                area.width * scale, area.height * scale,
            )  # fmt: skip
            chosen = self.rings.get((area.code, area.number)) if area.kind == "box" else None
            if chosen is not None:
                line = Qt.PenStyle.SolidLine if chosen else Qt.PenStyle.DashLine
                painter.setPen(QPen(QColor(t.ACCENT if chosen else t.AMBER), 2, line))
                around = _RING * scale
                painter.drawEllipse(place.adjusted(-around, -around, around, around))
            elif area.kind == "question" and area.code in self.said:
                _paint_words(painter, place, self.said[area.code])
        painter.restore()


def _paint_words(painter: QPainter, question: QRectF, words: str) -> None:
    """Write beside the head of a question what stands for its answer."""
    painter.setFont(t.font("small", bold=True))
    around = painter.fontMetrics().boundingRect(words)
    tag = QRectF(0, 0, around.width() + 10, around.height() + 4)
    tag.moveTopRight(question.topRight() - QPointF(question.width() * 0.08, 0))
    painter.setPen(QPen(QColor(t.AMBER), 1))
    painter.setBrush(QColor(t.PAGE))
    painter.drawRoundedRect(tag, t.RADIUS, t.RADIUS)
    painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, words)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _bands(page: SheetPage) -> list[QRectF]:
    """Return the part of the page that each question stands in."""
    asked = [area for area in page.areas if area.kind == "question"]
    return [QRectF(_LEFT, area.y - _ROUND / 2, _WIDE, area.height + _ROUND) for area in asked]


_Column = list[tuple[int, QRectF]]


def _columns(bands: _Column, count: int) -> list[_Column]:
    """Deal the questions in order to so many columns, about as high as each other."""
    heights = [band.height() for _number, band in bands]
    limit = max(sum(heights) / count, *heights)
    while True:
        columns: list[_Column] = [[]]
        filled = 0.0
        for number, band in bands:
            if columns[-1] and filled + band.height() > limit:
                columns.append([])
                filled = 0.0
            columns[-1].append((number, band))
            filled += band.height()
        if len(columns) <= count:
            return columns
        limit *= 1.03


def _across(columns: list[_Column]) -> float:
    return _WIDE * len(columns) + _GAP * (len(columns) - 1)


def _scale(columns: list[_Column], room: QRectF) -> float:
    high = max(sum(band.height() for _number, band in column) for column in columns)
    return min(room.width() / _across(columns), room.height() / high)


class ScannedPage(QWidget):
    """The picture with what is to be said about it. Signals: none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = label("", "small", wrap=True)
        self.why = Paragraph()
        self.picture = PagePicture()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.place)
        column.addWidget(self.why)
        column.addWidget(self.picture, 1)
        self._sheet: ScannedSheet | None = None
        self.setVisible(False)

    def show_sheet(self, sheet: ScannedSheet | None, place: str = "") -> None:
        """Show another sheet, its ``place`` in the scan in words; None hides the picture."""
        self.setVisible(sheet is not None)
        if sheet is self._sheet:
            return
        self._sheet = sheet
        self.picture.show_pages(sheet.pages if sheet is not None else ())
        if sheet is not None:
            numbers = "・".join(str(page.number) for page in sheet.pages)
            missing = "・".join(str(page) for page in sheet.missing)
            lost = f"　用紙の{missing}ページ目がスキャンにありません（同じ紙を2回読み取っていないかも確かめてください）" if missing else ""
            self.place.setText(f"スキャン {place}（{numbers}ページ）{lost}")

    def look_at(self, entry: SheetEntry) -> None:
        """Show the question now asked, or all of the sheet at its end, and why it was left open as long as it is."""
        if self._sheet is None:
            return
        self.picture.look_at(entry)
        question = entry.question
        asked = question.code if question is not None and not entry.settled(question) else ""
        why = next((one.why for one in self._sheet.answers if one.code == asked and not one.settled), "")
        self.why.say(f"**{why}**" if why else "")
        self.why.setVisible(bool(why))

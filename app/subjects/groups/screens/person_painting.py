"""Draws one person of a 班: number and name, under it 団体 and 支部; wrapped, never cut."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.subjects.roster.services.roster import RosterRow
from app.widgets.cell_painting import wrapped
from app.window import theme as t

PERSON = int(Qt.ItemDataRole.UserRole) + 1
_PAD_X, _PAD_Y = 8.0, 7.0


@dataclass(frozen=True)
class Shown:
    """What is drawn of one person."""

    number: str
    name: str
    under: str

    @property
    def words(self) -> str:
        """All of it as one line, for a screen reader."""
        return "　".join(part for part in (self.number, self.name, self.under) if part)


def shown(row: RosterRow, attended_before: int) -> Shown:
    """The words of one person; how often they came before is a fact, no rank."""
    belonging = row.organisation_name + (f"（{row.branch}）" if row.branch else "")
    came = f"受講 {attended_before}回" if attended_before else ""
    number = str(row.entry.number) if row.entry.number is not None else ""
    return Shown(number=number, name=row.name, under="・".join(part for part in (belonging, came) if part))


class PersonDelegate(QStyledItemDelegate):
    """Paints the people of one list, whose width it asks for."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """As high as the words need at the width of the list."""
        around = option.widget
        width = around.viewport().width() if isinstance(around, QAbstractItemView) else option.rect.width()
        person = index.data(PERSON)
        tall = sum(_tall(font) for _line, font, _colour in _lines(person, width))
        return QSize(width, max(round(tall + 2 * _PAD_Y), t.scaled(t.ROW)))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one person."""
        area = QRectF(option.rect)
        person = index.data(PERSON)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(area, QColor(t.SELECTION))
        painter.setPen(QColor(t.ROW_LINE))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        bold = t.font("body", bold=True)
        top = area.top() + _PAD_Y
        if person.number:
            _draw(painter, person.number, area.left() + _PAD_X, top, t.font("body"), t.SECOND)
        for line, font, colour in _lines(person, area.width()):
            _draw(painter, line, area.left() + _PAD_X + _number_width(bold), top, font, colour)
            top += _tall(font)
        painter.restore()


def _lines(person: Shown, width: float) -> list[tuple[str, QFont, str]]:
    bold, small = t.font("body", bold=True), t.font("small")
    room = max(width - 2 * _PAD_X - _number_width(bold), 40)
    names = [(line, bold, t.INK) for line, _ in wrapped(person.name, bold, room)]
    under = [(line, small, t.SECOND) for line, _ in wrapped(person.under, small, room)] if person.under else []
    return names + under


def _number_width(font: QFont) -> float:
    return QFontMetricsF(font).horizontalAdvance("00") + 8


def _tall(font: QFont) -> float:
    return QFontMetricsF(font).height() * 1.2


def _draw(painter: QPainter, words: str, x: float, top: float, font: QFont, colour: str) -> None:
    painter.setFont(font)
    painter.setPen(QColor(colour))
    painter.drawText(
        QPointF(x, top + _tall(font) / 2 + (QFontMetricsF(font).ascent() - QFontMetricsF(font).descent()) / 2), words
    )

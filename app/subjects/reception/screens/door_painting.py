"""Draws the rows and headings of the door list: number, name, 団体, device, badges and the one button."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.subjects.reception.screens.door_layout import RowLayout, Words, button_words
from app.subjects.reception.services.reception import DoorRow
from app.widgets.badge import badge_size, paint_badge
from app.window import theme as t
from app.window.icons import paint_icon


def paint_head(painter: QPainter, area: QRectF, title: str, count: int, note: str) -> None:
    """Draw a heading with its count: 「未受付 6　五十音順」."""
    painter.fillRect(area, QColor(t.PAPER))
    painter.setPen(QColor(t.STRONG_LINE))
    painter.drawLine(area.topLeft(), area.topRight())
    painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
    strong = t.font("body", bold=True)
    text = f"{title}　{count}"
    _words(painter, Words(text, area.left() + 16, area.center().y(), strong, t.INK))
    beside = area.left() + 16 + QFontMetricsF(strong).horizontalAdvance(text) + 12
    _words(painter, Words(note, beside, area.center().y(), t.font("small"), t.SECOND))


def paint_row(
    painter: QPainter, area: QRectF, row: DoorRow, layout: RowLayout, *, current: bool, pressed: bool
) -> None:
    """Draw one person."""
    painter.fillRect(area, QColor(t.SELECTION if current else t.PAGE))
    painter.setPen(QColor(t.ROW_LINE))
    painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
    painter.save()
    painter.translate(area.topLeft())
    for words in layout.words:
        _words(painter, words)
    if layout.tablet_x >= 0:
        paint_icon(painter, "device-tablet", QRectF(layout.tablet_x, layout.device_middle - 9, 18, 18), t.INK)
    _badges(painter, row, layout)
    _state_or_button(painter, row, layout, current=current, pressed=pressed)
    if current:
        paint_icon(painter, "dots-three-vertical", _square(layout.menu, 20), t.INK)
    painter.restore()
    if current:
        painter.save()
        painter.setPen(QPen(QColor(t.ACCENT), 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.restore()


def badge_area(row: DoorRow, layout: RowLayout) -> QRectF:
    """Where the 配慮 badge stands in its row; empty without one."""
    if not row.has_care:
        return QRectF()
    size = badge_size("配慮")
    top = layout.height / 2 - (size.height() + 2 if row.photo_refused else size.height() / 2)
    return QRectF(layout.badge_x, top, size.width(), size.height())


def _badges(painter: QPainter, row: DoorRow, layout: RowLayout) -> None:
    if row.has_care:
        paint_badge(painter, badge_area(row, layout).topLeft(), "配慮")
    if row.photo_refused:
        tall = badge_size("撮影不可").height()
        top = layout.height / 2 + 2 if row.has_care else layout.height / 2 - tall / 2
        paint_badge(painter, QPointF(layout.badge_x, top), "撮影不可")


def _state_or_button(painter: QPainter, row: DoorRow, layout: RowLayout, *, current: bool, pressed: bool) -> None:
    if row.state == "受付済" and not current:
        _state(painter, f"{row.at} 受付済".strip(), "check-circle-fill", t.GREEN, layout)
        return
    if row.state == "欠席" and not current:
        _state(painter, "欠席", "prohibit", t.SECOND, layout)
        return
    filled = current and row.state != "受付済"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(t.ACCENT), 1))
    fill = t.ACCENT_DARK if filled and pressed else t.ACCENT if filled else t.ACCENT_TINT if pressed else t.PAGE
    painter.setBrush(QColor(fill))
    painter.drawRoundedRect(layout.button.adjusted(0.5, 0.5, -0.5, -0.5), t.RADIUS, t.RADIUS)
    painter.setPen(QColor(t.PAGE if filled else t.ACCENT))
    painter.setFont(t.font("h2"))
    painter.drawText(layout.button, Qt.AlignmentFlag.AlignCenter, button_words(row))


def _state(painter: QPainter, words: str, icon: str, colour: str, layout: RowLayout) -> None:
    font = t.font("h2")
    wide = QFontMetricsF(font).horizontalAdvance(words)
    left = layout.button.right() - wide
    _words(painter, Words(words, left, layout.button.center().y(), font, colour))
    paint_icon(painter, icon, QRectF(left - 28, layout.button.center().y() - 10, 20, 20), colour)


def _words(painter: QPainter, words: Words) -> None:
    painter.setFont(words.font)
    painter.setPen(QColor(words.colour))
    metrics = QFontMetricsF(words.font)
    painter.drawText(QPointF(words.x, words.middle + (metrics.ascent() - metrics.descent()) / 2), words.text)


def _square(area: QRectF, side: float) -> QRectF:
    return QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side)

"""Layout and drawing of one large row of the check-in for the available width; nothing is cut."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from app.common.join_nonempty import join_nonempty
from app.event_day.reception.services import CheckInRow
from app.widgets.badges import badge_size, paint_badge
from app.window import theme as t
from app.window.icons import paint_icon
from app.window.line_breaks import wrap_words
from app.window.painting import paint_box, paint_text, stroke
from db.record import frozen

ROW, DONE_ROW, HEAD, BUTTON = 60, 52, 32, 44
ONE_LINE_MIN_WIDTH = 900
RECEIVE, RECEIVE_UNPLACED, TAKE_BACK = "受付済にする", "当日受付にする", "受付を取り消す"
NAME, HAND_OUT = "氏名を入れる", "端末を渡した"
_PAD, _GAP, _MENU = 8.0, 16.0, 36.0


@frozen
class RowText:
    """Record of one line of text in a row: left edge, vertical centre, font, colour."""

    text: str
    x: float
    centre_y: float
    font: QFont
    colour: str


@frozen
class RowLayout:
    """Layout of one row relative to its top left corner; ``badge_x`` is where badges begin.

    ``tablet_x`` is where the icon of a lent tablet begins, -1 = none.
    """

    height: float
    words: tuple[RowText, ...]
    tablet_x: float
    device_centre_y: float
    badge_x: float
    button: QRectF
    menu: QRectF


def button_words(row: CheckInRow) -> str:
    """Return the text of a row's button: 「受付済にする」, 「当日受付にする」 without a place, else 「受付を取り消す」.

    「氏名を入れる」 for somebody checked in without a name, 「端末を渡した」 without the tablet.
    """
    if is_something_missing(row):
        return NAME if row.is_unnamed else HAND_OUT
    if row.state == "受付済":
        return TAKE_BACK
    return RECEIVE_UNPLACED if row.state in ("補欠", "落選", "辞退", "決定取消") else RECEIVE


def is_something_missing(row: CheckInRow) -> bool:
    """Return whether somebody was checked in without name or tablet, so that the row offers to record it."""
    return row.state == "受付済" and (row.is_unnamed or row.waits_for_tablet)


def device_words(row: CheckInRow) -> str:
    """Return 「持参」「貸与 4番」「貸与」, or empty."""
    return f"貸与 {row.tablet}番" if row.device.is_lent and row.tablet else row.device


def note_words(row: CheckInRow) -> str:
    """Return 「入場番号 503」「代理」「遅刻」「遅刻の連絡」; in a row with a button 「13:42 受付済」 before them."""
    late = ("遅刻" if row.state == "受付済" else "遅刻の連絡") if row.is_late else ""
    came = f"{row.time_text} 受付済".strip() if is_something_missing(row) else ""
    return join_nonempty(came, row.admission_words, "代理" if row.is_substitute else "", late)


def group_words(row: CheckInRow) -> str:
    """Return 「2班」 or empty."""
    return f"{row.group}班" if row.group is not None else ""


def layout_row(row: CheckInRow, width: float) -> RowLayout:
    """Return the layout of ``row`` in ``width`` pixels."""
    waits = row.state != "受付済"
    number_font = t.font("reception")
    name_font, small, body = t.font("reception"), t.font("small"), t.font("h2", bold=False)
    strong = t.font("h2")
    if not waits:
        name_font = _scaled_font(t.font("reception"), 0.8)
    number_right = _PAD + QFontMetricsF(number_font).horizontalAdvance("000")
    number = str(row.number) if row.number is not None else "–"
    button_width = _button_width()
    right = width - _MENU
    badge_width = max(badge_size("ことば").width(), badge_size("撮影不可", row.photo_mark).width())
    badge_x = right - button_width - _GAP - badge_width
    name_x = number_right + _GAP
    stacked = width < t.scaled(ONE_LINE_MIN_WIDTH)
    device_width = 0.0 if stacked else QFontMetricsF(strong).horizontalAdvance("貸与 00番") + 24 + _GAP
    group_width = 0.0 if stacked else QFontMetricsF(body).horizontalAdvance("00班") + _GAP
    free = badge_x - _GAP - name_x - device_width - group_width
    name_width, place_width = free * 0.55 - _GAP, free * 0.45 - 8
    names = _name_lines(row, name_font, small, name_width)
    place_x = name_x + free * 0.55
    places = [(line, body) for line, _ in wrap_words(row.organisation, body, place_width)] if row.organisation else []
    beneath = (*((device_words(row), group_words(row)) if stacked else ()), note_words(row))
    under = join_nonempty(*beneath)
    second = [(under, small)] if under else []
    height = max(
        float(t.scaled(ROW if waits else DONE_ROW)),
        _block_height(names) + 14,
        _block_height(places + second) + 14,
        float(2 * t.scaled(t.BADGE) + 10) if row.care_mark and row.photo_mark else 0.0,
    )
    middle = height / 2
    ink = t.INK if waits else t.INK_SECONDARY
    number_x = number_right - QFontMetricsF(number_font).horizontalAdvance(number)
    words = [RowText(number, number_x, middle, number_font, ink)]
    words += _name_texts(row, names, name_x, middle, small)
    words += _two_line_texts(places, second, place_x, middle)
    device_x = place_x + place_width + 8 + (24 if row.device.is_lent else 0)
    if not stacked:
        words.append(RowText(device_words(row), device_x, middle, strong if row.device.is_lent else body, t.INK))
        words.append(RowText(group_words(row), badge_x - _GAP - group_width + 8, middle, body, t.INK))
    return RowLayout(
        height=height,
        words=tuple(each for each in words if each.text),
        tablet_x=device_x - 22 if row.device.is_lent and not stacked else -1.0,
        device_centre_y=middle,
        badge_x=badge_x,
        button=QRectF(right - button_width, middle - t.scaled(BUTTON) / 2, button_width, t.scaled(BUTTON)),
        menu=QRectF(right + 2, middle - t.scaled(BUTTON) / 2, _MENU - 6, t.scaled(BUTTON)),
    )


def _button_width() -> float:
    metrics = t.metrics("h2")
    return max(metrics.horizontalAdvance(words) for words in (RECEIVE, RECEIVE_UNPLACED, TAKE_BACK, NAME)) + 30


def _name_lines(row: CheckInRow, name_font: QFont, small: QFont, width: float) -> list[tuple[str, QFont]]:
    """Return the lines of a name with their fonts, and those of a ふりがな that does not fit beside it."""
    lines = [(line, name_font) for line, _ in wrap_words(row.name, name_font, width)]
    beside = (
        QFontMetricsF(name_font).horizontalAdvance(row.name) + 10 + QFontMetricsF(small).horizontalAdvance(row.furigana)
    )
    if row.furigana and (len(lines) > 1 or beside > width):
        lines += [(line, small) for line, _ in wrap_words(row.furigana, small, width)]
    return lines


def _name_texts(
    row: CheckInRow, lines: list[tuple[str, QFont]], x: float, middle: float, small: QFont
) -> list[RowText]:
    """Return the lines of a name placed around ``middle``, with the ふりがな beside a single line."""
    colour = t.INK_SECONDARY if row.is_unnamed else t.INK
    top = middle - _block_height(lines) / 2
    placed = []
    for text, font in lines:
        tall = _line_height(font)
        placed.append(RowText(text, x, top + tall / 2, font, t.INK_SECONDARY if font == small else colour))
        top += tall
    if row.furigana and len(lines) == 1:
        beside = x + QFontMetricsF(lines[0][1]).horizontalAdvance(lines[0][0]) + 10
        placed.append(RowText(row.furigana, beside, middle + 2, small, t.INK_SECONDARY))
    return placed


def _two_line_texts(
    first: list[tuple[str, QFont]], second: list[tuple[str, QFont]], x: float, middle: float
) -> list[RowText]:
    """Return both lines of text, placed around the middle of the row."""
    lines = first + second
    top = middle - _block_height(lines) / 2
    placed = []
    for at, (text, font) in enumerate(lines):
        tall = _line_height(font)
        placed.append(RowText(text, x, top + tall / 2, font, t.INK_SECONDARY if at >= len(first) else t.INK))
        top += tall
    return placed


def _line_height(font: QFont) -> float:
    return QFontMetricsF(font).height() * 1.15


def _block_height(lines: list[tuple[str, QFont]]) -> float:
    return sum(_line_height(font) for _, font in lines)


def _scaled_font(font: QFont, part: float) -> QFont:
    made = QFont(font)
    made.setPointSizeF(font.pointSizeF() * part)
    return made


def paint_head(painter: QPainter, area: QRectF, title: str, count: int, note: str) -> None:
    """Draw a heading with its count: 「未受付 6　五十音順」."""
    painter.fillRect(area, t.PAPER_TINT)
    painter.setPen(t.STRONG_LINE)
    painter.drawLine(area.topLeft(), area.topRight())
    painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
    strong = t.font("body", bold=True)
    text = f"{title}　{count}"
    _draw_text(painter, RowText(text, area.left() + 16, area.center().y(), strong, t.INK))
    beside = area.left() + 16 + QFontMetricsF(strong).horizontalAdvance(text) + 12
    _draw_text(painter, RowText(note, beside, area.center().y(), t.font("small"), t.INK_SECONDARY))


def paint_row(
    painter: QPainter, area: QRectF, row: CheckInRow, layout: RowLayout, *, current: bool, pressed: bool
) -> None:
    """Draw the row of one person in the check-in list: ``current`` with a frame and menu, ``pressed`` = its button."""
    painter.fillRect(area, t.SELECTION if current else t.PAGE)
    painter.setPen(t.ROW_LINE)
    painter.drawLine(QPointF(area.left(), area.bottom() - 0.5), QPointF(area.right(), area.bottom() - 0.5))
    painter.save()
    painter.translate(area.topLeft())
    for words in layout.words:
        _draw_text(painter, words)
    if layout.tablet_x >= 0:
        paint_icon(painter, "device-tablet", QRectF(layout.tablet_x, layout.device_centre_y - 9, 18, 18), t.INK)
    _draw_badges(painter, row, layout)
    _draw_state_or_button(painter, row, layout, current=current, pressed=pressed)
    if current:
        paint_icon(
            painter,
            "dots-three-vertical",
            QRectF(layout.menu.center().x() - 20 / 2, layout.menu.center().y() - 20 / 2, 20, 20),
            t.INK,
        )
    painter.restore()
    if current:
        painter.save()
        painter.setPen(stroke(t.ACCENT, 3))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(area.adjusted(1.5, 1.5, -1.5, -1.5))
        painter.restore()


def badge_area(row: CheckInRow, layout: RowLayout) -> QRectF:
    """Return the rectangle of the badge 配慮 or ことば in its row; empty without one."""
    if not row.care_mark:
        return QRectF()
    size = badge_size(row.care_mark)
    top = layout.height / 2 - (size.height() + 2 if row.photo_mark else size.height() / 2)
    return QRectF(layout.badge_x, top, size.width(), size.height())


def _draw_badges(painter: QPainter, row: CheckInRow, layout: RowLayout) -> None:
    if row.care_mark:
        paint_badge(painter, badge_area(row, layout).topLeft(), row.care_mark)
    if row.photo_mark:
        tall = badge_size("撮影不可").height()
        top = layout.height / 2 + 2 if row.care_mark else layout.height / 2 - tall / 2
        paint_badge(painter, QPointF(layout.badge_x, top), "撮影不可", row.photo_mark)


def _draw_state_or_button(
    painter: QPainter, row: CheckInRow, layout: RowLayout, *, current: bool, pressed: bool
) -> None:
    """Draw the state 受付済 or 欠席 of a row; the button in others, the current one, and where something is missing."""
    if row.state == "受付済" and not current and not is_something_missing(row):
        _draw_state(painter, f"{row.time_text} 受付済".strip(), "check-circle-fill", t.GREEN, layout)
        return
    if row.state == "欠席" and not current:
        _draw_state(painter, "欠席", "prohibit", t.INK_SECONDARY, layout)
        return
    filled = current and row.state != "受付済"
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = t.ACCENT_DARK if filled and pressed else t.ACCENT if filled else t.ACCENT_TINT if pressed else t.PAGE
    paint_box(painter, layout.button.adjusted(0.5, 0.5, -0.5, -0.5), stroke(t.ACCENT), QColor(fill))
    paint_text(painter, layout.button, button_words(row), t.font("h2"), t.PAGE if filled else t.ACCENT, "center")


def _draw_state(painter: QPainter, words: str, icon: str, colour: str, layout: RowLayout) -> None:
    font = t.font("h2")
    wide = QFontMetricsF(font).horizontalAdvance(words)
    left = layout.button.right() - wide
    _draw_text(painter, RowText(words, left, layout.button.center().y(), font, colour))
    paint_icon(painter, icon, QRectF(left - 28, layout.button.center().y() - 10, 20, 20), colour)


def _draw_text(painter: QPainter, words: RowText) -> None:
    painter.setFont(words.font)
    painter.setPen(QColor(words.colour))
    metrics = QFontMetricsF(words.font)
    painter.drawText(QPointF(words.x, words.centre_y + (metrics.ascent() - metrics.descent()) / 2), words.text)

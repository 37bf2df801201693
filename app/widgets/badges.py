"""Badges of a status, squares for the kinds of event, and progress as a row of blocks.

Each combines icon, word and fill, so that none relies on colour and all differ in greyscale; of blocks, filled ones are
実施, outlined 予定, dashed 未定, with the number before them.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.widgets.layouts import fix_size
from app.window import theme as t
from app.window.fonts import ui_font
from app.window.icons import paint_icon
from app.window.painting import paint_box, paint_text, smooth, stroke, theme_colour
from db.record import frozen

_RED = (t.PAGE, t.RED, t.RED, True)
_AMBER = (t.AMBER_INK, t.AMBER_TINT, t.AMBER, True)
_PLAIN = (t.INK, t.PAGE, t.CONTROL, False)
_GREEN = (t.GREEN, t.GREEN_TINT, t.GREEN, False)
_GREY = (t.INK_SECONDARY, t.PAPER_TINT, t.CONTROL, False)
_ACCENT = (t.ACCENT, t.SELECTION, t.ACCENT, False)
_PAD = 8.0
_GAP = 6.0
_ICON = 14.0


@frozen
class KindLook:
    """How one kind of event is drawn: its name, its sign, and its place among the kinds of the year, from 0.

    ``FORMER`` is the place of a kind that the year shown does not have.
    """

    name: str
    sign: str
    place: int


FORMER = -1

# fill, ink, width of the line, pattern; a sixth kind begins again with its own sign
_SQUARES: tuple[tuple[str, str, float, str], ...] = (
    (t.ACCENT, t.PAGE, 1.0, ""),
    (t.PAGE, t.ACCENT, 1.5, ""),
    ("#D5E3F0", t.ACCENT_DARK, 1.0, ""),
    (t.PAGE, t.ACCENT_DARK, 1.0, "hatched"),
    (t.PAGE, t.ACCENT_DARK, 1.5, "dashed"),
)
_looks: dict[str, KindLook] = {}


def set_kind_looks(looks: Mapping[str, KindLook]) -> bool:
    """Set how the kinds of the year now shown are drawn, by key; return whether that is different from before."""
    changed = looks != _looks
    _looks.clear()
    _looks.update(looks)
    return changed


def kind_look(kind: str | KindLook) -> KindLook:
    """Return how a kind, given by its key or already as its look, is drawn; of an unknown one its first character."""
    if isinstance(kind, KindLook):
        return kind
    return _looks.get(kind) or KindLook(kind, kind[:1], 2)


def kind_looks() -> tuple[tuple[str, KindLook], ...]:
    """Return how the kinds of the year now shown are drawn, by key, in their order."""
    shown = (one for one in _looks.items() if one[1].place != FORMER)
    return tuple(sorted(shown, key=lambda one: one[1].place))


_WORDS = {"done": "済", "next": "つぎ", "planned": "予定", "open": "未定"}


@frozen
class BadgeLook:
    """How one status is drawn: icon name, ink, fill, line, bold, dashed line."""

    icon: str
    ink: str
    fill: str
    line: str
    bold: bool = False
    dashed: bool = False


BADGE_LOOKS: dict[str, BadgeLook] = {
    "期限超過": BadgeLook("warning-octagon-fill", *_RED),
    "食い違い": BadgeLook("warning-octagon-fill", t.RED, t.PAGE, t.RED, bold=True),
    "不足": BadgeLook("warning-octagon-fill", *_RED),
    "今日": BadgeLook("clock-fill", *_AMBER),
    "本日": BadgeLook("clock-fill", *_AMBER),
    "区が確認中": BadgeLook("clock-fill", *_AMBER),
    "結果未通知": BadgeLook("clock-fill", *_AMBER),
    "確認が必要": BadgeLook("question", *_AMBER),
    "要確認": BadgeLook("question", *_AMBER),
    "閲覧専用": BadgeLook("eye", *_AMBER),
    "目安日過ぎ": BadgeLook("hourglass-medium", *_GREY),
    "今週": BadgeLook("calendar-blank", *_PLAIN),
    "済": BadgeLook("check-circle-fill", *_GREEN),
    "確認済": BadgeLook("check-circle-fill", *_GREEN),
    "実施済": BadgeLook("check-circle-fill", *_GREEN),
    "受付済": BadgeLook("check-circle-fill", *_GREEN),
    "修正後使用可": BadgeLook("check-circle", *_GREEN),
    "提出待ち": BadgeLook("hourglass-medium", *_GREY),
    "受領前": BadgeLook("hourglass-medium", *_GREY),
    "再提出待ち": BadgeLook("arrow-u-up-left", *_GREY),
    "修正依頼": BadgeLook("arrow-u-up-left", *_AMBER),
    "協議中": BadgeLook("chats", *_GREY),
    "未着手": BadgeLook("circle", *_GREY),
    "中止": BadgeLook("prohibit", *_GREY),
    "取下げ": BadgeLook("prohibit", *_GREY),
    "不採択": BadgeLook("prohibit", *_GREY),
    "選定前": BadgeLook("chats", *_GREY),
    "日時未定": BadgeLook("chats", *_AMBER),
    "会場未定": BadgeLook("warning-fill", *_AMBER),
    "結果未記録": BadgeLook("clock-fill", *_AMBER),
    "新規": BadgeLook("plus-circle", *_ACCENT),
    "更新": BadgeLook("arrows-clockwise", *_ACCENT),
    "重複": BadgeLook("copy", *_GREY),
    "取り込まない": BadgeLook("prohibit", *_GREY),
    "申込": BadgeLook("tray", *_PLAIN),
    "決定": BadgeLook("check-circle-fill", *_GREEN),
    "補欠": BadgeLook("list-numbers", *_ACCENT),
    "落選": BadgeLook("minus-circle", *_GREY),
    "辞退": BadgeLook("x-circle", *_GREY),
    "決定取消": BadgeLook("prohibit", *_GREY),
    "欠席連絡": BadgeLook("phone-x", *_PLAIN),
    "当日受付": BadgeLook("user-plus", *_PLAIN),
    "準備": BadgeLook("calendar-check", *_ACCENT),
    "推奨": BadgeLook("check", *_ACCENT),
    "注意": BadgeLook("warning-fill", *_AMBER),
    "参考": BadgeLook("info", *_AMBER),
    "配慮": BadgeLook("info", *_AMBER),
    "ことば": BadgeLook("chats", *_GREY),
    "撮影不可": BadgeLook("prohibit", *_GREY),
    "お知らせ": BadgeLook("info", *_ACCENT),
    "仮": BadgeLook("", t.INK, t.PAGE, t.CONTROL, False, True),
}
_OTHER = BadgeLook("", *_GREY)


def badge_look(kind: str) -> BadgeLook:
    """Return the look of a status word; an unknown word is drawn grey without an icon."""
    return BADGE_LOOKS.get(kind, _OTHER)


def _font(look: BadgeLook) -> QFont:
    return t.font("body", bold=look.bold)


def badge_size(kind: str, text: str = "") -> QSize:
    """Return the size of a badge in logical pixels; ``text`` "" = it shows its ``kind``."""
    look = badge_look(kind)
    words = QFontMetricsF(_font(look)).horizontalAdvance(text or kind)
    sign = t.scaled(int(_ICON)) + _GAP if look.icon else 0
    return QSize(round(words + sign + 2 * _PAD + 2), t.scaled(t.BADGE))


def paint_badge(painter: QPainter, at: QPointF, kind: str, text: str = "") -> QRectF:
    """Draw a badge (``text`` or its ``kind``) with its top left corner ``at``; return the rectangle it covers."""
    look = badge_look(kind)
    need = badge_size(kind, text)
    area = QRectF(at.x() + 0.5, at.y() + 0.5, need.width() - 1, need.height() - 1)
    with smooth(painter):
        pen = stroke(look.line)
        if look.dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        paint_box(painter, area, pen, theme_colour(look.fill))
        left = area.left() + _PAD
        if look.icon:
            side = t.scaled(int(_ICON))
            paint_icon(painter, look.icon, QRectF(left, area.center().y() - side / 2, side, side), look.ink)
            left += side + _GAP
        words = QRectF(left, area.top(), area.right() - left, area.height())
        paint_text(painter, words, text or kind, _font(look), t.current_colour(look.ink))
    return area


class Badge(QWidget):
    """Shows one status; ``kind`` picks the look, ``text`` may add a count (「準備 あと3件」). Signals: none."""

    def __init__(self, kind: str, text: str = ""):
        super().__init__()
        fix_size(self)
        self.show_status(kind, text)

    def show_status(self, kind: str, text: str = "") -> None:
        """Show another status: its colour and icon by ``kind``, its words ``text`` ("" = the kind)."""
        self.kind = kind
        self._text = text
        self.setAccessibleName(text or kind)
        self.updateGeometry()
        self.update()

    @property
    def words(self) -> str:
        """Return the text of the badge."""
        return self._text or self.kind

    def sizeHint(self) -> QSize:
        """Return the size that icon and word need."""
        return badge_size(self.kind, self._text)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the whole word, below which it never gets."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge of the status."""
        with QPainter(self) as painter:
            paint_badge(painter, QPointF(0, 0), self.kind, self._text)


def paint_kind(painter: QPainter, area: QRectF, kind: str | KindLook) -> None:
    """Draw the square of a kind, given as to ``kind_look``, to fill ``area``."""
    look = kind_look(kind)
    fill, ink, line, pattern = _SQUARES[look.place % len(_SQUARES)]
    with smooth(painter):
        pen = stroke(t.ACCENT, line)
        if pattern == "dashed":
            pen.setStyle(Qt.PenStyle.DashLine)
        inset = line / 2
        inner = area.adjusted(inset, inset, -inset, -inset)
        paint_box(painter, inner, pen, theme_colour(fill), radius=3)
        if pattern == "hatched":
            paint_box(
                painter, inner, Qt.PenStyle.NoPen, QBrush(QColor(t.CONTROL), Qt.BrushStyle.FDiagPattern), radius=3
            )
        paint_text(
            painter,
            area,
            look.sign,
            ui_font(area.height() * 0.62 * 72 / 96, bold=True),
            t.current_colour(ink),
            "center",
        )


class KindSquare(QWidget):
    """One kind of event as a square with its sign; the name of the kind is its tool tip. Signals: none."""

    def __init__(self, kind: str | KindLook = "", *, side: int = 18):
        """Build the square; ``kind`` "" = ``show_kind`` says it later."""
        super().__init__()
        self._side = side
        fix_size(self)
        self.show_kind(kind)

    def show_kind(self, kind: str | KindLook) -> None:
        """Show another kind, given as to ``kind_look``."""
        self._kind = kind
        self.setAccessibleName(kind_look(kind).name)
        self.setToolTip(kind_look(kind).name)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square of ``side`` px at the usual text size."""
        return QSize(t.scaled(self._side), t.scaled(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the square of the kind with its sign."""
        with QPainter(self) as painter:
            paint_kind(painter, QRectF(self.rect()), self._kind)


def paint_blocks(painter: QPainter, area: QRectF, states: tuple[str, ...]) -> None:
    """Draw one block per state (done, next, planned, open) across ``area``."""
    if not states:
        return
    gap = 4.0
    width = (area.width() - gap * (len(states) - 1)) / len(states)
    with smooth(painter):
        for number, state in enumerate(states):
            left = area.left() + number * (width + gap)
            pen = stroke(t.ACCENT, 1.0)
            if state == "next":
                pen.setWidthF(2.0)
            elif state == "open":
                pen.setColor(QColor(t.CONTROL))
                pen.setStyle(Qt.PenStyle.DashLine)
            inset = pen.widthF() / 2
            block = QRectF(left + inset, area.top() + inset, width - 2 * inset, area.height() - 2 * inset)
            paint_box(painter, block, pen, t.ACCENT if state == "done" else t.PAGE, radius=2)


def blocks_of(done: int, planned: int, undecided: int) -> tuple[str, ...]:
    """Return the block states for numbers of done, planned and undecided items."""
    return ("done",) * done + ("planned",) * planned + ("open",) * undecided


class ProgressBlocks(QWidget):
    """A row of blocks, one for each item, by its state: done, next, planned or open. Signals: none."""

    def __init__(self, states: tuple[str, ...] = (), *, name: str = ""):
        super().__init__()
        self.states: tuple[str, ...] = ()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_states(states)

    def show_states(self, states: tuple[str, ...]) -> None:
        """Show other states; the accessible name says them in words."""
        self.states = states
        told = [f"{word} {states.count(state)}" for state, word in _WORDS.items() if state in states]
        self.setAccessibleName("　".join([self._name, *told]).strip())
        self.setToolTip("　".join(told))
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a thin band."""
        return QSize(120, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a block for each state, over the whole width."""
        with QPainter(self) as painter:
            paint_blocks(painter, QRectF(self.rect()), self.states)

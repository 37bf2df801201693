"""The bar at the top: the year, the mark of sample data, the search, the saved state, the user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QMenu, QWidget

from app.calendar.dates import clock_time
from app.widgets.buttons import Button, menu_entry
from app.widgets.labels import IconLabel, key_cap, label, with_accessible_name
from app.widgets.layouts import add, fix_size, in_column, in_row
from app.window import theme as t
from app.window.icons import icon


class TopBar(QFrame):
    """The top bar.

    Signals: ``year_chosen(int)``; ``year_action_asked(str)`` the key of an action of the year menu; ``search_asked()``;
    ``screen_lock_asked()``; ``users_asked()``; ``manual_asked()``; ``undo_asked()``; ``quit_asked()``.
    """

    year_chosen = Signal(int)
    year_action_asked = Signal(str)
    search_asked = Signal()
    screen_lock_asked = Signal()
    users_asked = Signal()
    manual_asked = Signal()
    undo_asked = Signal()
    quit_asked = Signal()

    def __init__(self, *, user_name: str, sample: bool, read_only: bool):
        super().__init__()
        self.setProperty("kind", "topbar")
        self.setFixedHeight(t.scaled(t.TOP_BAR))
        self._years: tuple[Sequence[int], int] = ((), 0)
        self._year_actions: tuple[tuple[str, str], ...] = ()
        self._has_year_choice = False
        self._year_words = label("", "strong")
        self.year_button = Button("年度", icon_name="caret-down")
        self.year_button.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.year_button.hide()
        line = in_row(self._year_words, self.year_button, owner=self, spacing=8, margins=(t.PAGE_X, 0, t.PAGE_X, 0))
        self.marks = [_mark("見本データ")] if sample else []
        self._read_only_mark = _mark("閲覧専用")
        self._is_read_only = read_only
        for mark in (*self.marks, self._read_only_mark):
            line.addWidget(mark)
        self.marks += [self._read_only_mark] if read_only else []
        self._read_only_mark.setVisible(read_only)
        self.search = _SearchButton()
        self.search.clicked.connect(lambda _on: self.search_asked.emit())
        self.search.hide()
        self._has_search = False
        add(line, 8, (self.search, 4))
        self._undo_bar_column = in_column()
        self._undo_bar: QWidget | None = None
        self._line = line
        line.addLayout(self._undo_bar_column)
        line.addStretch(3)
        self._saved_sign = IconLabel("check-circle", 16, t.GREEN)
        self._saved_sign.hide()
        self.saved = label("", "second")
        self._saved_at = ""
        self._not_saving = ""
        add(line, self._saved_sign, self.saved, 8)
        self.user = with_accessible_name(_UserButton(user_name), f"利用者 {user_name}")
        self.user_menu = QMenu(self.user)
        menu_entry(self.user_menu, "ロックする", self.screen_lock_asked.emit, icon_name="lock")
        self._users_entry = menu_entry(self.user_menu, "利用者の設定を開く", self.users_asked.emit, icon_name="users")
        self._users_entry.setVisible(False)
        self._manual_entry = menu_entry(self.user_menu, "使い方（F1）", self.manual_asked.emit, icon_name="question")
        self._manual_entry.setVisible(False)
        self.user_menu.addSeparator()
        self._undo_entry = menu_entry(
            self.user_menu, "元に戻す（Ctrl+Z）", self.undo_asked.emit, icon_name="arrow-u-up-left"
        )
        self._undo_entry.setToolTip("保存した操作を、あとからでも新しいものから順に元に戻します")
        self.user_menu.addSeparator()
        self.user_menu.addAction(icon("sign-out"), "終了する", self.quit_asked.emit)
        self.user.setMenu(self.user_menu)
        line.addWidget(self.user)

    def set_undo_bar(self, undo_bar: QWidget) -> None:
        """Place the undo bar; while it is shown, the search is narrower or hidden and the saved state hidden."""
        if self._undo_bar is None:
            undo_bar.installEventFilter(self)
        self._undo_bar = undo_bar
        self._undo_bar_column.addWidget(undo_bar)
        self._fit_undo_bar()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Adjust the layout when the undo bar is shown or hidden."""
        if watched is self._undo_bar and event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._fit_undo_bar()
        return super().eventFilter(watched, event)

    def _shows_undo_bar(self) -> bool:
        return self._undo_bar is not None and self._undo_bar.parent() is self and not self._undo_bar.isHidden()

    def _fit_undo_bar(self) -> None:
        """Give the message of undo its room in the top bar; shorten or hide the search for it."""
        told = self._shows_undo_bar()
        low = t.unscaled(self.width()) < t.FOLD_WIDE - t.SIDE_BAR
        # An empty part of a row would take its share as well.
        self._line.setStretchFactor(self._undo_bar_column, _FULL_STRETCH if told else 0)
        self.search.setVisible(self._has_search and not (told and low))
        self.search.shorten(told or self._is_tight())
        self.search.setMaximumWidth(t.scaled(_SEARCH_BESIDE if told else _SEARCH_WIDE))
        self._show_year_and_marks(beside_message=told)
        self._update_saved_text()
        self._drop_words_without_room()

    def _show_year_and_marks(self, *, beside_message: bool) -> None:
        """Show the year and the marks, but not beside a message that would be cut where the bar is narrow."""
        has_room = not beside_message or t.unscaled(self.width()) >= _BESIDE_MESSAGE_FROM
        self._year_words.setVisible(has_room and not self._has_year_choice)
        self.year_button.setVisible(has_room and self._has_year_choice)
        for mark in self.marks:
            mark.setVisible(has_room)
        self._read_only_mark.setVisible(has_room and self._is_read_only)

    def _drop_words_without_room(self) -> None:
        """Show pictures alone, one after the other, until the rest fits into a very narrow bar or beside large text."""
        self.search.set_picture_only(False)
        # By the width alone: what is at the edge stays where it is while something is said beside it.
        self.user.set_picture_only(t.unscaled(self.width()) < _NAME_FROM)
        spare_words = (
            partial(self.search.set_picture_only, True),
            partial(self.saved.setVisible, bool(self._not_saving) and not self._saved_at),
            self._saved_sign.hide,
        )
        for drop in spare_words:
            if self._line.minimumSize().width() <= self.width():
                break
            drop()
            self._line.invalidate()

    def show_years(self, years: Sequence[int], shown: int) -> None:
        """Offer fiscal years (western first years); a single one without actions is shown as plain text."""
        self._years = (years, shown)
        words = {year: _year_words(year) for year in {*years, shown}}
        self._year_words.setText(words[shown])
        self.year_button.set_words(words[shown])
        self._has_year_choice = len(words) > 1 or bool(self._year_actions)
        self._fit_undo_bar()
        menu = QMenu(self.year_button)
        for year in sorted(words, reverse=True):
            action = QAction(words[year], menu)
            action.setCheckable(True)
            action.setChecked(year == shown)
            action.triggered.connect(lambda _on, chosen=year: self.year_chosen.emit(chosen))
            menu.addAction(action)
        if self._year_actions:
            menu.addSeparator()
        for key, said in self._year_actions:
            menu.addAction(said).triggered.connect(lambda _on, asked=key: self.year_action_asked.emit(asked))
        self.year_button.setMenu(menu)

    def set_year_actions(self, actions: Sequence[tuple[str, str]]) -> None:
        """Set the actions listed below the years: key and text of each."""
        self._year_actions = tuple(actions)
        self.show_years(*self._years)

    def show_saved(self, moment: datetime) -> None:
        """Show 「保存済み 10:32」."""
        self._saved_at = clock_time(moment)
        self._update_saved_text()

    def show_not_saving(self, words: str) -> None:
        """Show ``words`` instead of 「保存済み 10:32」 while nothing can be saved ("" = saving works)."""
        self._not_saving = words
        self.saved.setProperty("role", "warned" if words else "second")
        self.saved.style().unpolish(self.saved)
        self.saved.style().polish(self.saved)
        self._update_saved_text()

    def _is_tight(self) -> bool:
        """Return whether the bar is narrower than ``theme.FOLD_NARROW`` px, so that its texts are shortened.

        ``theme.is_narrow`` is not used, because it would shorten them even where the largest text fits.
        """
        return self.width() < t.FOLD_NARROW

    def _update_saved_text(self) -> None:
        """Show why nothing is saved, else when it was, without words if room is short; beside undo, nothing."""
        self._saved_sign.setVisible(bool(self._saved_at) and not self._not_saving and not self._shows_undo_bar())
        self.saved.setVisible(bool(self._not_saving) or not self._shows_undo_bar())
        if self._not_saving:
            self.saved.setText(self._not_saving)
            self.saved.setAccessibleName(self._not_saving)
            self.saved.setToolTip("")
            return
        words = f"保存済み {self._saved_at}"
        short = self._is_tight() and t.scaled(100) > _REFERENCE_WIDTH
        self.saved.setText((self._saved_at if short else words) if self._saved_at else "")
        self.saved.setAccessibleName(words if self._saved_at else "")
        self.saved.setToolTip(words if short and self._saved_at else "")

    def show_read_only(self, read_only: bool) -> None:
        """Show or hide the read-only mark."""
        self._is_read_only = read_only
        self._fit_undo_bar()

    def enable_search(self) -> None:
        """Show the search button."""
        self._has_search = True
        self._fit_undo_bar()

    def enable_users_entry(self) -> None:
        """Show the menu entry of the users."""
        self._users_entry.setVisible(True)

    def enable_manual_entry(self) -> None:
        """Show the menu entry of the manual."""
        self._manual_entry.setVisible(True)

    def minimumSizeHint(self) -> QSize:
        """Return no width: the bar drops words before it keeps the window from becoming narrow."""
        return QSize(1, self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the text of the search where there is less room."""
        super().resizeEvent(event)
        self._fit_undo_bar()


_REFERENCE_WIDTH = 100
"""A width of 100 px at the usual text size; larger text makes everything in the bar wider."""
_FULL_STRETCH = 100
"""Stretch factor of the undo bar, which takes all free width."""
_BESIDE_MESSAGE_FROM = 640
"""From this width in px at the usual text size a message of two lines fits beside the year and the marks."""
_NAME_FROM = 700
"""The width at the usual text size from which the user's name has room."""
_SEARCH_WIDE, _SEARCH_BESIDE = 352, 168
"""The widest that the search becomes: alone, and beside what was just done."""
_SEARCH, _SEARCH_SHORT = "さがす　団体・人・事業・書類", "さがす"


class _SearchButton(Button):
    """A button that looks like a search field and opens the search. Signals: ``clicked(bool)``."""

    def __init__(self) -> None:
        super().__init__(_SEARCH, icon_name="magnifying-glass")
        self._short = False
        self._picture_only = False
        self.setAccessibleName("さがす（Ctrl+K）")
        self.setProperty("search", True)
        self._cap = key_cap("Ctrl+K")
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        in_row(None, self._cap, owner=self, margins=(0, 0, 9, 0))
        self.setMaximumWidth(t.scaled(_SEARCH_WIDE))

    def shorten(self, short: bool) -> None:
        """Use a shorter text; at large text sizes also hide the key hint."""
        self._short = short
        self._cap.setVisible(not self._picture_only and not (short and t.scaled(100) > _REFERENCE_WIDTH))
        self.updateGeometry()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Elide the text so that the key hint stays visible."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        cap = 0 if self._cap.isHidden() else self._cap.sizeHint().width()
        around = t.scaled(13) + self.iconSize().width() + t.scaled(8) + cap + 9
        room = self.width() - around - self.fontMetrics().horizontalAdvance(_SEARCH)
        self.setText("" if self._picture_only else _SEARCH_SHORT if self._short or room < 0 else _SEARCH)

    def set_picture_only(self, picture_only: bool) -> None:
        """Show the picture without the words, or both."""
        if picture_only != self._picture_only:
            self._picture_only = picture_only
            self._cap.setVisible(not picture_only)
            self._fit()

    def sizeHint(self) -> QSize:
        """Return the size of text and key hint side by side."""
        return super().sizeHint() + QSize(0 if self._cap.isHidden() else t.scaled(72), 0)


class _UserButton(Button):
    """Shows the user's name and opens the user menu. Signals: ``clicked(bool)``."""

    def __init__(self, name: str):
        super().__init__(name, kind="bare", icon_name="user-circle")
        self.setIconSize(QSize(t.scaled(24), t.scaled(20)))
        self.setStyleSheet("text-align: left;")
        caret = IconLabel("caret-down", 14, t.INK)
        caret.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        in_row(None, caret, owner=self, margins=(0, 0, 6, 0))
        self._name = name
        self.setToolTip(name)

    def set_picture_only(self, picture_only: bool) -> None:
        """Show the picture without the name, or both."""
        self.setText("" if picture_only else self._name)

    def sizeHint(self) -> QSize:
        """Return the size with room for the arrow after the name."""
        return super().sizeHint() + QSize(22, 0)


def _mark(words: str) -> QLabel:
    made = QLabel(words)
    made.setProperty("kind", "sample")
    fix_size(made)
    return made


def _year_words(year: int) -> str:
    """Return 「令和8年度」 for the western year in which a fiscal year begins."""
    from app.calendar.wareki import fiscal_year_words

    return fiscal_year_words(year)

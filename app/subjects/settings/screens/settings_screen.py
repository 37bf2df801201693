"""設定: the pages at the left, the page itself at the right; on a narrow window the list folds down."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QListWidget, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from app.main_window.navigation import known_word
from app.subjects.settings.screens.backup_page import BackupPage
from app.subjects.settings.screens.closed_days_page import ClosedDaysPage
from app.subjects.settings.screens.doors import SettingsDoors
from app.subjects.settings.screens.look_page import LookPage
from app.subjects.settings.screens.numbers_page import NumbersPage
from app.subjects.settings.screens.office_page import OfficePage
from app.subjects.settings.screens.papers_page import PapersPage
from app.subjects.settings.screens.users_page import UsersPage
from app.widgets.form_editors import ChoiceBox
from app.widgets.screen import Screen
from app.window import theme as t
from app.window.desk import Desk

_PAGES: tuple[tuple[str, str, Callable[[Desk, SettingsDoors], Screen]], ...] = (
    ("numbers", "契約の数", NumbersPage),
    ("closed_days", "閉庁日", ClosedDaysPage),
    ("office", "所属・担当者、受託者", OfficePage),
    ("papers", "帳票の宛先・発信者", PapersPage),
    ("users", "利用者", UsersPage),
    ("backup", "バックアップ", BackupPage),
    ("look", "表示", LookPage),
)
_LIST = 196


class SettingsScreen(Screen):
    """The settings; ``arrive(page="users")`` (or ``section=``) opens a page. Signals: none."""

    def __init__(self, desk: Desk, doors: SettingsDoors) -> None:
        super().__init__(desk)
        self._doors = doors
        self._pages: dict[str, Screen] = {}
        self._across = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._across.setContentsMargins(0, 0, 0, 0)
        self._across.setSpacing(0)
        self.list = QListWidget()
        self.list.setAccessibleName("設定の一覧")
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.choice = ChoiceBox()
        self.choice.setAccessibleName("設定の一覧")
        for _name, words, _make in _PAGES:
            self.list.addItem(QListWidgetItem(words))
            self.choice.addItem(words)
        self._side = QFrame()
        self._side.setProperty("kind", "settingslist")
        column = QVBoxLayout(self._side)
        column.setContentsMargins(t.PAGE_X, t.PAGE_Y, 0, 0)
        column.addWidget(self.list)
        self._fold_line = QWidget()
        line = QVBoxLayout(self._fold_line)
        line.setContentsMargins(t.PAGE_X, 12, t.PAGE_X, 0)
        line.addWidget(self.choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._stack = QStackedWidget()
        self._across.addWidget(self._side)
        self._across.addWidget(self._fold_line)
        self._across.addWidget(self._stack, 1)
        self.list.currentRowChanged.connect(self._show)
        self.choice.activated.connect(self.list.setCurrentRow)
        self._fold(narrow=False)

    def arrive(self, **arguments: Any) -> None:
        """Open the page named ``page`` (also ``section``)."""
        names = [name for name, _words, _make in _PAGES]
        wanted = known_word(str(arguments.get("page") or arguments.get("section") or ""), names)
        if wanted:
            self.list.setCurrentRow(names.index(wanted))
        elif self.list.currentRow() < 0:
            self.list.setCurrentRow(0)

    def page(self, name: str) -> Screen:
        """A page, built when first wanted."""
        if name not in self._pages:
            make = next(make for one, _words, make in _PAGES if one == name)
            made = make(self.desk, self._doors)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def here(self) -> str:
        """The name of the page shown."""
        return _PAGES[max(self.list.currentRow(), 0)][0]

    def _show(self, number: int) -> None:
        if number >= 0:
            self._stack.setCurrentWidget(self.page(_PAGES[number][0]))
            self.choice.setCurrentIndex(number)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The list stands at the left, or folds down where there is no room."""
        super().resizeEvent(event)
        self._fold(narrow=self.window().width() < t.scaled(t.FOLD_NARROW))

    def _fold(self, *, narrow: bool) -> None:
        self._side.setVisible(not narrow)
        self._fold_line.setVisible(narrow)
        self._side.setFixedWidth(t.scaled(_LIST) + t.PAGE_X)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._across.direction() != way:
            self._across.setDirection(way)

"""Offers files just saved in ダウンロード or on the desktop where a file is asked for."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar
from unicodedata import east_asian_width

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMenu, QWidget

from app.calendar.dates import short_date
from app.common.file_locations import RecentFile, recent_files
from app.common.file_locations import RecentFiles as Found
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.widgets.layouts import in_row
from app.window.app_context import AppContext
from app.window.background_task import bind_arguments
from app.window.ui_settings import recall, remember

Read = TypeVar("Read")

_USED = "files/taken"
_REMEMBERED = 60
_MOST = 9
"""The digits 1 to 9 select one each."""
_NAME = 40
"""Largest width of a name on the button, in half-width characters."""


class RecentFilesBar(QWidget):
    """Bar with the newest of the files just saved as a button, the others behind 「ほか」; hidden if there is none.

    A file used once is not offered again. No file is read before it is chosen.

    Signals: ``file_chosen(RecentFile)`` a file was pressed; ``single_file_found(RecentFile)`` there is exactly one of
    today, which a dialog may propose; ``list_updated()`` after each search or ``exclude``.
    """

    file_chosen = Signal(object)
    single_file_found = Signal(object)
    list_updated = Signal()

    def __init__(self, app_context: AppContext, endings: Collection[str], *, label_width: int = 0):
        """Create the bar; ``endings`` as ``.pdf`` in lower case.

        ``label_width`` is the width of the text before it (0 = its own).
        """
        super().__init__()
        self._app_context = app_context
        self._endings = frozenset(endings)
        self._found: tuple[RecentFile, ...] = ()
        self._chosen: Path | None = None
        self.newest = Button("", self._choose_newest, icon_name="clock-counter-clockwise")
        self.others = Button("ほか", self.open_menu, icon_name="caret-down")
        self.others.setToolTip("最近保存されたファイル")
        self._lead = label("最近保存されたもの")
        if label_width:
            self._lead.setFixedWidth(label_width)
        line = in_row(owner=self)
        # With large letters on a narrow page the words stand above the button.
        line.addWidget(FlowRow(self._lead, self.newest, self.others, spacing=16))
        self.setFocusProxy(self.newest)
        self.hide()

    def open_single_file(
        self,
        read: Callable[..., Read],
        on_read: Callable[[RecentFile, Read], object],
        *,
        initial_focus: QWidget,
        wanted: Callable[[], bool],
    ) -> None:
        """Whenever ``search`` finds exactly one file of today, read it in the background by ``read(path=…)``.

        ``on_read`` gets file and content, if ``wanted()`` is True before and after. Call this before ``search``.

        A slow server must not replace what a user has begun: the result is used only while the focus is still in
        ``initial_focus``, where the dialog put it. A file that can't be read is not proposed.
        """

        def holds() -> bool:
            """Return whether the file is still wanted and the user has not moved the focus."""
            return wanted() and initial_focus.window().focusWidget() in (None, initial_focus)

        def came(file: RecentFile) -> None:
            """Read the file in the background and pass it on, if it is still wanted."""
            if holds():
                self._app_context.run_in_background(
                    bind_arguments(read, path=file.path),
                    lambda got: on_read(file, got) if holds() else None,
                    on_failed=lambda _problem: None,
                    owner=self,
                )

        self.single_file_found.connect(came)

    def search(self) -> None:
        """Search the user's folders again in the background and show what is found; a failure changes nothing."""
        self._app_context.run_in_background(
            bind_arguments(recent_files, self._endings, now=self._app_context.now()),
            self._show,
            on_failed=lambda _problem: None,
            owner=self,
        )

    def _show(self, found: Found) -> None:
        """Offer the files not used before; emit ``list_updated``, and ``single_file_found`` if one is of today."""
        known = _used_file_keys()
        self._found = tuple(one for one in found.files if _file_key(one.path.name, one.size) not in known)[:_MOST]
        self._update_buttons()
        self.list_updated.emit()
        today = self._app_context.today()
        of_today = [one for one in self._found if one.saved_at.date() == today]
        # Where not all was seen, there may be another of today.
        if found.is_complete and len(of_today) == 1:
            self.single_file_found.emit(of_today[0])

    def exclude(self, path: Path | None) -> None:
        """Leave out the file at ``path``, which is chosen already (None = none), and emit ``list_updated``."""
        self._chosen = path
        self._update_buttons()
        self.list_updated.emit()

    def _offered(self) -> tuple[RecentFile, ...]:
        return tuple(one for one in self._found if one.path != self._chosen)

    def _update_buttons(self) -> None:
        """Show the newest file as a button, or hide without one."""
        offered, today = self._offered(), self._app_context.today()
        if not offered:
            self.hide()
            return
        newest = offered[0]
        self.newest.set_words(f"{_shortened(newest.path)}　{when_words(newest, today)}")
        self.newest.setAccessibleName(f"{newest.path.name}　{when_words(newest, today)}")
        self.newest.setToolTip(f"{newest.path.name}（{newest.folder_name}）を選びます")
        self.others.setVisible(len(offered) > 1)
        # With its words on it: what shows first takes its width.
        self.show()

    def _choose_newest(self) -> None:
        if offered := self._offered():
            self.file_chosen.emit(offered[0])

    def open_menu(self) -> QMenu:
        """Open the menu of all files offered and return it."""
        menu = QMenu("最近保存されたファイル", self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = self._app_context.today()
        for number, one in enumerate(self._offered(), 1):
            words = f"{_shortened(one.path)}　{when_words(one, today)}".replace("&", "&&")
            menu.addAction(f"&{number}　{words}", partial(self.file_chosen.emit, one))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))
        return menu


def when_words(file: RecentFile, today: date) -> str:
    """Return when the file was saved: 「今日 8:55」「9/7(月) 16:20」."""
    day = file.saved_at.date()
    said = "今日" if day == today else short_date(day, today)
    return f"{said} {file.saved_at.hour}:{file.saved_at:%M}"


def mark_used(name: str, size: int) -> None:
    """Remember that a file was received or imported, so that it is not offered again.

    Only a hash of its ``name`` and ``size`` (bytes) is stored.
    """
    sign = _file_key(name, size)
    remember(_USED, ",".join([*[one for one in _used_file_keys() if one != sign], sign][-_REMEMBERED:]))


def mark_file_used(path: Path) -> None:
    """Call ``mark_used`` for the file at ``path``; nothing happens if it is gone."""
    with contextlib.suppress(OSError):
        mark_used(path.name, path.stat().st_size)


def _used_file_keys() -> list[str]:
    """Return the keys of the files used before (``_file_key``), the oldest first."""
    return [one for one in str(recall(_USED, "") or "").split(",") if one]


def _file_key(name: str, size: int) -> str:
    return hashlib.sha256(f"{name}|{size}".encode()).hexdigest()[:16]


def _shortened(path: Path) -> str:
    """Return the file name; one wider than 40 half-width characters as its beginning, 「…」 and its last ten."""
    name = path.name
    if _text_width(name) <= _NAME:
        return name
    end = name[-10:]
    begin = name[:-10]
    while _text_width(begin) + 1 + _text_width(end) > _NAME:
        begin = begin[:-1]
    return f"{begin}…{end}"


def _text_width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)

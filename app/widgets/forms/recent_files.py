"""The files that have just been saved in ダウンロード or on the desktop, offered where a file is asked for."""

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
"""The digits 1 to 9 take one each."""
_NAME = 40
"""So wide a name may be on the button, in halves of a kanji: it stands beside others in a dialog."""


class RecentFilesBar(QWidget):
    """The newest such file as a button, the others behind 「ほか」; without any it is not there.

    What was taken once is not offered again: the next receipt is about another file. Nothing is read before it is
        taken.

    Signals: ``taken(RecentFile)`` somebody pressed one; ``came(RecentFile)`` there is exactly one of today: what a
    dialog may propose; ``looked()`` it is there now, or not.
    """

    file_chosen = Signal(object)
    single_file_found = Signal(object)
    list_updated = Signal()

    def __init__(
        self, app_context: AppContext, endings: Collection[str], *, lead: int = 0, parent: QWidget | None = None
    ) -> None:
        """``endings`` as ``.pdf``, in small letters; ``lead`` is the width of the words before it (0 = their own)."""
        super().__init__(parent)
        self._app_context = app_context
        self._endings = frozenset(endings)
        self._found: tuple[RecentFile, ...] = ()
        self._chosen: Path | None = None
        self.newest = Button("", self._choose_newest, icon_name="clock-counter-clockwise")
        self.others = Button("ほか", self.open_menu, icon_name="caret-down")
        self.others.setToolTip("最近保存されたファイル")
        self._lead = label("最近保存されたもの")
        if lead:
            self._lead.setFixedWidth(lead)
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
        """Hand on the one file of today, read by ``read(path=…)`` beside the window, while it is ``wanted``.

        A folder on a slow server must not put a file under the hands of who types: nobody has begun while the keyboard
        still stands in ``initial_focus``, where the dialog put it. One that can't be read is not proposed.
        """

        def holds() -> bool:
            return wanted() and initial_focus.window().focusWidget() in (None, initial_focus)

        def came(file: RecentFile) -> None:
            if holds():
                self._app_context.run_in_background(
                    bind_arguments(read, path=file.path),
                    lambda got: on_read(file, got) if holds() else None,
                    on_failed=lambda _problem: None,
                    owner=self,
                )

        self.single_file_found.connect(came)

    def search(self) -> None:
        """Look again what is there now, beside the window."""
        self._app_context.run_in_background(
            bind_arguments(recent_files, self._endings, now=self._app_context.now()),
            self._show,
            on_failed=lambda _problem: None,
            owner=self,
        )

    def _show(self, found: Found) -> None:
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
        """Offer the others: the file at ``path`` is chosen already; None = none is."""
        self._chosen = path
        self._update_buttons()
        self.list_updated.emit()

    def _offered(self) -> tuple[RecentFile, ...]:
        return tuple(one for one in self._found if one.path != self._chosen)

    def _update_buttons(self) -> None:
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
        """Open the list of all of them."""
        menu = QMenu("最近保存されたファイル", self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = self._app_context.today()
        for number, one in enumerate(self._offered(), 1):
            words = f"{_shortened(one.path)}　{when_words(one, today)}".replace("&", "&&")
            menu.addAction(f"&{number}　{words}", partial(self.file_chosen.emit, one))
        menu.popup(self.others.mapToGlobal(self.others.rect().bottomLeft()))
        return menu


def when_words(file: RecentFile, today: date) -> str:
    """Return 「今日 8:55」「9/7(月) 16:20」: when the file was saved."""
    day = file.saved_at.date()
    said = "今日" if day == today else short_date(day, today)
    return f"{said} {file.saved_at.hour}:{file.saved_at:%M}"


def mark_used(name: str, size: int) -> None:
    """Remember that a file was received or taken in: it is not offered again.

    What is kept is a sign of its ``name`` and ``size`` (bytes), in which no name can be read.
    """
    sign = _file_key(name, size)
    remember(_USED, ",".join([*[one for one in _used_file_keys() if one != sign], sign][-_REMEMBERED:]))


def mark_file_used(path: Path) -> None:
    """``mark_used`` for the file at ``path``; one that has gone since needs no note."""
    with contextlib.suppress(OSError):
        mark_used(path.name, path.stat().st_size)


def _used_file_keys() -> list[str]:
    return [one for one in str(recall(_USED, "") or "").split(",") if one]


def _file_key(name: str, size: int) -> str:
    return hashlib.sha256(f"{name}|{size}".encode()).hexdigest()[:16]


def _shortened(path: Path) -> str:
    """The name, its middle left out where it is long: beginning and ending tell files apart."""
    name = path.name
    if _text_width(name) <= _NAME:
        return name
    end = name[-10:]
    begin = name[:-10]
    while _text_width(begin) + 1 + _text_width(end) > _NAME:
        begin = begin[:-1]
    return f"{begin}…{end}"


def _text_width(text: str) -> int:
    """How wide a text is, in halves of a kanji."""
    return sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in text)

"""Which chapter of the manual F1 opens, by the room that somebody stands in; beside the registration of the screens.

A dialog belongs to the room that wrote it, one of the common frame to what it was opened from.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from PySide6.QtWidgets import QWidget

from app.main_window.main_window import MainWindow
from app.startup.start_window import StartWindow
from app.widgets.screen import Screen

FIRST: Final = "はじめて開くとき"
HOME: Final = "ホーム"
EVENTS: Final = "事業"
COMING: Final = "参加者"
DAY: Final = "当日"
REGISTER: Final = "団体"
TURNS: Final = "資料・報告"
SURVEY: Final = "アンケート"
YEAR: Final = "年度"
SETTINGS: Final = "設定"
PROTECTION: Final = "情報保護"
BACKUP: Final = "バックアップと回復キー"
CHANGES: Final = "まちがえたとき"
TOGETHER: Final = "2人で使うとき"
PAPERS: Final = "書類"

CHAPTERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "app.keeping": FIRST,
        "app.keeping.screens.backup_list": BACKUP,
        "app.keeping.screens.recovery": BACKUP,
        "app.keeping.screens.restoring": BACKUP,
        "app.keeping.screens.trouble": BACKUP,
        "app.keeping.screens.known": TOGETHER,
        "app.keeping.screens.day_file_page": DAY,
        "app.subjects.home": HOME,
        "app.subjects.events": EVENTS,
        "app.subjects.calls": EVENTS,
        "app.subjects.dispatches": EVENTS,
        "app.subjects.agreements": EVENTS,
        "app.subjects.schedules": EVENTS,
        "app.subjects.venues": REGISTER,
        "app.subjects.register": REGISTER,
        "app.subjects.enquiries": REGISTER,
        "app.subjects.roster": COMING,
        "app.subjects.applications": COMING,
        "app.subjects.headcount": COMING,
        "app.subjects.groups": COMING,
        "app.subjects.day": DAY,
        "app.subjects.day_file": DAY,
        "app.subjects.reception": DAY,
        "app.subjects.discussion": DAY,
        "app.subjects.arrangements": DAY,
        "app.subjects.takeouts": PROTECTION,
        "app.subjects.protection": PROTECTION,
        "app.ledgers": PROTECTION,
        "app.subjects.workers": PROTECTION,
        "app.subjects.turns": TURNS,
        "app.subjects.materials": TURNS,
        "app.subjects.deliverables": TURNS,
        "app.subjects.reports": TURNS,
        "app.subjects.numbers": TURNS,
        "app.subjects.surveys": SURVEY,
        "app.subjects.letters": PAPERS,
        "app.subjects.shelf": PAPERS,
        "app.papers": PAPERS,
        "app.subjects.completion": YEAR,
        "app.subjects.summary": YEAR,
        "app.subjects.year": YEAR,
        "app.subjects.proposal": YEAR,
        "app.subjects.handover": YEAR,
        "app.subjects.specification": YEAR,
        "app.subjects.changes": CHANGES,
        "app.subjects.past": CHANGES,
        "app.history": CHANGES,
        "app.subjects.settings": SETTINGS,
        "app.programme": SETTINGS,
    }
)
"""By the name of a room or of a file in it; the longest that fits counts."""


def chapter_of(part: QWidget) -> str:
    """Return the name of the chapter about what ``part`` (a window or a dialog) shows; of nothing known: 「ホーム」."""
    if isinstance(part, MainWindow):
        return _of_screen(part)
    if isinstance(part, StartWindow):
        return _of_kind(part.page) or FIRST
    above: QWidget | None = part
    while above is not None and not isinstance(above, MainWindow | StartWindow):
        if found := _of_kind(above):
            return found
        above = above.parentWidget()
    return chapter_of(above) if above is not None else HOME


def _of_screen(window: MainWindow) -> str:
    """The screen in view; where it shows screens of others (a tab of an event, a page of 設定), the first of those."""
    screen = window.shown_screen()
    if screen is None:
        return HOME
    for inside in screen.findChildren(Screen):
        if inside.isVisible() and (found := _of_kind(inside)):
            return found
    return _of_kind(screen) or HOME


def _of_kind(part: QWidget) -> str:
    return of_name(type(part).__module__)


def declared(kind: type) -> bool:
    """Whether a kind of screen or dialog has a chapter by the room that it was written in."""
    return bool(of_name(kind.__module__))


def of_name(name: str) -> str:
    """Return the chapter of a room or file by its dotted name; "" of one that has none."""
    while name:
        if name in CHAPTERS:
            return CHAPTERS[name]
        name = name.rpartition(".")[0]
    return ""

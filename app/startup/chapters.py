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
        "app.data_folder": FIRST,
        "app.data_folder.screens.backup_list": BACKUP,
        "app.data_folder.screens.recovery": BACKUP,
        "app.data_folder.screens.restoring": BACKUP,
        "app.data_folder.screens.trouble": BACKUP,
        "app.data_folder.screens.known": TOGETHER,
        "app.data_folder.screens.day_file_page": DAY,
        "app.subjects.home.today": HOME,
        "app.subjects.events.event": EVENTS,
        "app.subjects.events.calls": EVENTS,
        "app.subjects.events.dispatches": EVENTS,
        "app.subjects.events.agreements": EVENTS,
        "app.subjects.events.schedules": EVENTS,
        "app.subjects.organisations.venues": REGISTER,
        "app.subjects.organisations.register": REGISTER,
        "app.subjects.settings.enquiries": REGISTER,
        "app.subjects.events.roster": COMING,
        "app.subjects.events.applications": COMING,
        "app.subjects.events.headcount": COMING,
        "app.subjects.events.groups": COMING,
        "app.subjects.events.day": DAY,
        "app.subjects.events.day_file": DAY,
        "app.subjects.events.reception": DAY,
        "app.subjects.events.discussion": DAY,
        "app.subjects.events.presentations": PAPERS,
        "app.subjects.events.arrangements": DAY,
        "app.subjects.settings.takeouts": PROTECTION,
        "app.subjects.settings.disposal": PROTECTION,
        "app.subjects.settings.incidents": PROTECTION,
        "app.subjects.settings.protection": PROTECTION,
        "app.ledgers": PROTECTION,
        "app.subjects.settings.workers": PROTECTION,
        "app.subjects.submissions.turns": TURNS,
        "app.subjects.submissions.materials": TURNS,
        "app.subjects.submissions.deliverables": TURNS,
        "app.subjects.submissions.reports": TURNS,
        "app.subjects.submissions.numbers": TURNS,
        "app.subjects.surveys": SURVEY,
        "app.subjects.events.letters": PAPERS,
        "app.subjects.year.shelf": PAPERS,
        "app.papers": PAPERS,
        "app.subjects.year.completion": YEAR,
        "app.subjects.year.summary": YEAR,
        "app.subjects.year.dates": YEAR,
        "app.subjects.year.proposal": YEAR,
        "app.subjects.year.handover": YEAR,
        "app.subjects.year.specification": YEAR,
        "app.subjects.home.changes": CHANGES,
        "app.subjects.events.past": CHANGES,
        "app.history": CHANGES,
        "app.subjects.settings.pages": SETTINGS,
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

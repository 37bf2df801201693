"""Which screens the window has, in the order of the side bar; loaded only once somebody is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.subjects.settings.screens.doors import SettingsDoors
from app.window.desk import Desk

if TYPE_CHECKING:
    from app.main_window.main_window import MainWindow

Factory = Callable[[Desk], QWidget]

_LOADED_AHEAD = (
    "app.subjects.home.services.home",
    "app.subjects.events.services.events",
    "app.subjects.home.screens.home_screen",
    "app.startup.sitting",
    "app.subjects.events.screens.events_screen",
    "app.subjects.events.screens.event_page",
    "app.subjects.materials.screens.materials_panel",
    "app.subjects.roster.screens.roster_panel",
    "app.subjects.roster.screens.choice_screen",
    "app.subjects.headcount.screens.count_panel",
    "app.subjects.applications.screens.applications_screen",
    "app.subjects.surveys.overview.screens.survey_panel",
    "app.subjects.shelf.screens.documents_screen",
    "app.subjects.letters.screens.letters_screen",
    "app.subjects.reports.screens.report_panel",
    "app.history.screens.history_panel",
    "app.subjects.settings.screens.settings_screen",
    "app.subjects.calls.screens.calls_screen",
    "app.subjects.reception.screens.reception_screen",
    "app.subjects.reception.screens.paper_attendance",
    "app.subjects.groups.screens.groups_screen",
    "app.subjects.arrangements.screens.arrangements_panel",
    "app.subjects.arrangements.screens.tablets_screen",
    "app.subjects.year.screens.year_screen",
    "app.subjects.venues.screens.venues_screen",
    "app.subjects.register.screens.organisations_screen",
    "app.subjects.takeouts.screens.takeouts_screen",
    "app.subjects.takeouts.screens.purpose_screen",
    "app.subjects.surveys.compare.screens.compare_screen",
    "app.subjects.surveys.questions.screens.library_screen",
    "app.subjects.year.screens.year_menu",
    "app.subjects.home.screens.palette",
    "reportlab.pdfgen.canvas",
    "app.papers.pdf.tables",
    "app.papers.pdf.render",
    "app.papers.pdf.printable",
)
"""Order of loading: whoever is quicker than this waits for the rest at the login, at a screen or at its first paper."""


@dataclass(frozen=True, kw_only=True)
class ScreenEntry:
    """One screen: its place, icon and title, and what builds it.

    ``badge`` is a read service ``(store, *, today) -> int`` counting the ward's own work; ``under`` names
    the place whose entry is lit instead (such a place has no entry of its own).
    """

    place: str
    icon: str
    title: str
    factory: Factory
    badge: Callable[..., int] | None = None
    under: str = ""


def screens(doors: SettingsDoors) -> tuple[ScreenEntry, ...]:
    """Every screen; a subject without a working screen has no entry."""
    from app.subjects.applications.screens.applications_screen import ApplicationsScreen
    from app.subjects.arrangements.screens.arrangements_panel import ArrangementsPanel
    from app.subjects.arrangements.screens.tablets_screen import TabletsScreen
    from app.subjects.calls.screens.calls_screen import CallsScreen
    from app.subjects.day.screens.day_panel import DayPanel
    from app.subjects.day_file.parts.open_dialogs import bring_back, take_out
    from app.subjects.events.screens.event_page import EventPage
    from app.subjects.events.screens.events_screen import EventsScreen
    from app.subjects.groups.screens.groups_screen import GroupsScreen
    from app.subjects.headcount.screens.count_panel import CountPanel
    from app.subjects.home.screens.home_screen import HomeScreen
    from app.subjects.home.services.home import count_due
    from app.subjects.letters.screens.letters_screen import LettersScreen
    from app.subjects.materials.screens.materials_panel import MaterialsPanel
    from app.subjects.materials.services.material_board import count_to_review
    from app.subjects.reception.screens.paper_attendance import PaperAttendance
    from app.subjects.reception.screens.reception_screen import ReceptionScreen
    from app.subjects.register.screens.organisations_screen import OrganisationsScreen
    from app.subjects.reports.screens.report_panel import ReportPanel
    from app.subjects.reports.services.report_board import count_to_check
    from app.subjects.roster.screens.choice_screen import ChoiceScreen
    from app.subjects.roster.screens.roster_panel import RosterPanel
    from app.subjects.settings.screens.settings_screen import SettingsScreen
    from app.subjects.shelf.screens.documents_screen import DocumentsScreen
    from app.subjects.surveys.compare.screens.compare_screen import SurveyYearScreen
    from app.subjects.surveys.overview.screens.survey_panel import SurveyPanel
    from app.subjects.surveys.questions.screens.library_screen import LibraryScreen
    from app.subjects.surveys.questions.services.surveys import count_waiting
    from app.subjects.takeouts.screens.purpose_screen import PurposeExportScreen
    from app.subjects.takeouts.screens.takeouts_screen import TakeoutsScreen
    from app.subjects.venues.screens.venues_screen import VenuesScreen
    from app.subjects.year.screens.year_screen import YearScreen

    places: set[str] = set()
    entries = (
        ScreenEntry(place="home", icon="house", title="ホーム", factory=HomeScreen, badge=count_due),
        ScreenEntry(place="events", icon="calendar-blank", title="事業・日程", factory=EventsScreen),
        ScreenEntry(
            place="event",
            icon="calendar-blank",
            title="事業・日程",
            factory=partial(EventPage, tabs=event_tabs()),
            under="events",
        ),
        ScreenEntry(place="calls", icon="phone", title="中止・変更の連絡", factory=CallsScreen, under="events"),
        ScreenEntry(place="day", icon="printer", title="当日", factory=DayPanel, under="events"),
        ScreenEntry(
            place="reception", icon="identification-badge", title="受付", factory=ReceptionScreen, under="events"
        ),
        ScreenEntry(
            place="attendance", icon="list-numbers", title="紙の名簿から出欠", factory=PaperAttendance, under="events"
        ),
        ScreenEntry(place="groups", icon="users-three", title="班分け", factory=GroupsScreen, under="events"),
        ScreenEntry(place="arrangements", icon="ear", title="配慮の手配", factory=ArrangementsPanel, under="events"),
        ScreenEntry(
            place="tablets", icon="device-tablet", title="貸与タブレット", factory=TabletsScreen, under="events"
        ),
        ScreenEntry(place="year", icon="flag", title="年度の期日", factory=YearScreen, under="events"),
        ScreenEntry(place="venues", icon="buildings", title="会場・予約", factory=VenuesScreen, under="events"),
        ScreenEntry(
            place="applications", icon="users-three", title="申込", factory=ApplicationsScreen, under="organisations"
        ),
        ScreenEntry(
            place="organisations",
            icon="users-three",
            title="団体・参加者",
            factory=lambda desk: OrganisationsScreen(desk, places=places),
        ),
        ScreenEntry(place="roster", icon="users-three", title="参加者", factory=RosterPanel, under="organisations"),
        ScreenEntry(
            place="takeouts",
            icon="archive-box",
            title="持出し管理簿",
            factory=partial(TakeoutsScreen, take_out=take_out, bring_back=bring_back),
            under="organisations",
        ),
        ScreenEntry(
            place="purpose_export",
            icon="export",
            title="目的を選んで出力",
            factory=PurposeExportScreen,
            under="organisations",
        ),
        ScreenEntry(
            place="choice", icon="users-three", title="参加者を決める", factory=ChoiceScreen, under="organisations"
        ),
        ScreenEntry(
            place="participants", icon="users-three", title="参加人数", factory=CountPanel, under="organisations"
        ),
        ScreenEntry(place="materials", icon="files", title="資料確認", factory=MaterialsPanel, badge=count_to_review),
        ScreenEntry(
            place="survey", icon="clipboard-text", title="アンケート", factory=SurveyPanel, badge=count_waiting
        ),
        ScreenEntry(
            place="survey_year",
            icon="clipboard-text",
            title="アンケートの年間",
            factory=SurveyYearScreen,
            under="survey",
        ),
        ScreenEntry(
            place="questionnaires", icon="list-numbers", title="設問のひな形", factory=LibraryScreen, under="survey"
        ),
        ScreenEntry(place="documents", icon="printer", title="帳票", factory=DocumentsScreen),
        ScreenEntry(place="letters", icon="printer", title="通知・募集", factory=LettersScreen, under="documents"),
        ScreenEntry(place="report", icon="file-text", title="報告書", factory=ReportPanel, badge=count_to_check),
        ScreenEntry(place="settings", icon="gear", title="設定", factory=lambda desk: SettingsScreen(desk, doors)),
    )
    places.update(entry.place for entry in entries)
    return entries


def event_tabs() -> tuple[tuple[str, Factory], ...]:
    """The tabs of one event after 概要: title and what builds it."""
    from app.history.screens.history_panel import HistoryPanel
    from app.subjects.day.screens.day_panel import DayPanel
    from app.subjects.headcount.screens.count_panel import CountPanel
    from app.subjects.materials.screens.materials_panel import MaterialsPanel
    from app.subjects.reports.screens.report_panel import ReportPanel
    from app.subjects.roster.screens.roster_panel import RosterPanel
    from app.subjects.surveys.overview.screens.survey_panel import SurveyPanel

    return (
        ("参加者", partial(RosterPanel, embedded=True)),
        ("人数連絡", partial(CountPanel, embedded=True)),
        ("資料", partial(MaterialsPanel, embedded=True)),
        ("当日", partial(DayPanel, embedded=True)),
        ("アンケート", partial(SurveyPanel, embedded=True)),
        ("報告書", partial(ReportPanel, embedded=True)),
        ("履歴", HistoryPanel),
    )


def register_screens(main: MainWindow, doors: SettingsDoors) -> None:
    """Put every screen into the window."""
    for entry in screens(doors):
        main.register_screen(entry.place, entry.icon, entry.title, entry.factory, badge=entry.badge, under=entry.under)
    from app.subjects.home.screens.palette import SearchPalette
    from app.subjects.year.screens.year_menu import YearMenu

    YearMenu(main.desk, main).reload()
    main.set_search(SearchPalette(main.desk, main).open_palette)


def load_in_steps() -> Iterator[str]:
    """Load what the window needs, one module a step, while somebody types a password."""
    for name in _LOADED_AHEAD:
        import_module(name)
        yield name

"""Which screens the window has, in the order of the side bar; loaded only once somebody is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.ui.desk import Desk
from app.ui.screens.settings.doors import SettingsDoors

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

Factory = Callable[[Desk], QWidget]

_LOADED_AHEAD = (
    "app.services.home",
    "app.services.events",
    "app.ui.screens.home.home_screen",
    "app.startup.sitting",
    "app.ui.screens.events.events_screen",
    "app.ui.screens.events.event_page",
    "app.ui.screens.materials.materials_panel",
    "app.ui.screens.roster.roster_panel",
    "app.ui.screens.choice.choice_screen",
    "app.ui.screens.participants.count_panel",
    "app.ui.screens.applications.applications_screen",
    "app.ui.screens.surveys.survey_panel",
    "app.ui.screens.documents.documents_screen",
    "app.ui.screens.letters.letters_screen",
    "app.ui.screens.reports.report_panel",
    "app.ui.screens.history.history_panel",
    "app.ui.screens.settings.settings_screen",
    "app.ui.screens.calls.calls_screen",
    "app.ui.screens.reception.reception_screen",
    "app.ui.screens.reception.paper_attendance",
    "app.ui.screens.groups.groups_screen",
    "app.ui.screens.arrangements.arrangements_panel",
    "app.ui.screens.arrangements.tablets_screen",
    "app.ui.screens.year.year_screen",
    "app.ui.screens.venues.venues_screen",
    "app.ui.screens.organisations.organisations_screen",
    "app.ui.screens.takeouts.takeouts_screen",
    "app.ui.screens.takeouts.purpose_screen",
    "app.ui.screens.surveys.compare_screen",
    "app.ui.screens.surveys.library_screen",
    "app.ui.screens.year.year_menu",
    "app.ui.screens.search.palette",
    "reportlab.pdfgen.canvas",
    "app.documents.pdf.tables",
    "app.documents.pdf.render",
    "app.documents.pdf.name_check",
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
    from app.services.home import count_due
    from app.services.material_board import count_to_review
    from app.services.report_board import count_to_check
    from app.services.surveys import count_waiting
    from app.ui.screens.applications.applications_screen import ApplicationsScreen
    from app.ui.screens.arrangements.arrangements_panel import ArrangementsPanel
    from app.ui.screens.arrangements.tablets_screen import TabletsScreen
    from app.ui.screens.calls.calls_screen import CallsScreen
    from app.ui.screens.choice.choice_screen import ChoiceScreen
    from app.ui.screens.day.day_panel import DayPanel
    from app.ui.screens.day_file.open_dialogs import bring_back, take_out
    from app.ui.screens.documents.documents_screen import DocumentsScreen
    from app.ui.screens.events.event_page import EventPage
    from app.ui.screens.events.events_screen import EventsScreen
    from app.ui.screens.groups.groups_screen import GroupsScreen
    from app.ui.screens.home.home_screen import HomeScreen
    from app.ui.screens.letters.letters_screen import LettersScreen
    from app.ui.screens.materials.materials_panel import MaterialsPanel
    from app.ui.screens.organisations.organisations_screen import OrganisationsScreen
    from app.ui.screens.participants.count_panel import CountPanel
    from app.ui.screens.reception.paper_attendance import PaperAttendance
    from app.ui.screens.reception.reception_screen import ReceptionScreen
    from app.ui.screens.reports.report_panel import ReportPanel
    from app.ui.screens.roster.roster_panel import RosterPanel
    from app.ui.screens.settings.settings_screen import SettingsScreen
    from app.ui.screens.surveys.compare_screen import SurveyYearScreen
    from app.ui.screens.surveys.library_screen import LibraryScreen
    from app.ui.screens.surveys.survey_panel import SurveyPanel
    from app.ui.screens.takeouts.purpose_screen import PurposeExportScreen
    from app.ui.screens.takeouts.takeouts_screen import TakeoutsScreen
    from app.ui.screens.venues.venues_screen import VenuesScreen
    from app.ui.screens.year.year_screen import YearScreen

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
    from app.ui.screens.day.day_panel import DayPanel
    from app.ui.screens.history.history_panel import HistoryPanel
    from app.ui.screens.materials.materials_panel import MaterialsPanel
    from app.ui.screens.participants.count_panel import CountPanel
    from app.ui.screens.reports.report_panel import ReportPanel
    from app.ui.screens.roster.roster_panel import RosterPanel
    from app.ui.screens.surveys.survey_panel import SurveyPanel

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
    from app.ui.screens.search.palette import SearchPalette
    from app.ui.screens.year.year_menu import YearMenu

    YearMenu(main.desk, main).reload()
    main.set_search(SearchPalette(main.desk, main).open_palette)


def load_in_steps() -> Iterator[str]:
    """Load what the window needs, one module a step, while somebody types a password."""
    for name in _LOADED_AHEAD:
        import_module(name)
        yield name

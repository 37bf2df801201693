"""Which screens the window has, those of the side bar in its order; loaded only once somebody is in."""

from __future__ import annotations

import linecache
from collections.abc import Iterator
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from app.main_window.navigation import EventTab, KindPage, ScreenEntry
from app.offers import subjects

if TYPE_CHECKING:
    from app.main_window.main_window import MainWindow
    from app.subjects.settings.screens.doors import SettingsDoors

_LOADED_FIRST = ("app.subjects.home.services.home", "app.subjects.home.screens.home_screen", "app.startup.sitting")
_LOADED_LAST = (
    "app.ledgers.services.check_papers",
    "app.subjects.deliverables.screens.owed_detail",
    "app.subjects.deliverables.screens.kit_dialog",
    "app.subjects.materials.screens.handout_steps",
    "app.subjects.year.screens.year_menu",
    "app.subjects.proposal.screens.collector",
    "app.subjects.home.screens.palette",
    "reportlab.pdfgen.canvas",
    "app.papers.pdf.tables",
    "app.papers.pdf.render",
    "app.papers.pdf.printable",
    "app.ledgers.services.ledger_papers",
    "reportlab.lib.fonts",
    # What Pillow would load at the first picture of a paper.
    *(f"PIL.{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Png", "Ppm")),
)
"""Beside the screens: whoever is quicker than this waits for the rest at the login, at a screen or at its
first paper."""


def screens(doors: SettingsDoors | None) -> Iterator[ScreenEntry]:
    """Every screen, in the order of the side bar, each loaded when it is asked for; a subject adds its own by one line.

    ``doors`` None: only to load them.
    """
    from app.ledgers import screens as ledgers
    from app.subjects.agreements import screens as agreements
    from app.subjects.applications import screens as applications
    from app.subjects.calls import screens as calls
    from app.subjects.changes import screens as changes
    from app.subjects.completion import screens as completion
    from app.subjects.day import screens as day
    from app.subjects.day_file.parts.open_dialogs import bring_back, take_out
    from app.subjects.deliverables import screens as deliverables
    from app.subjects.discussion import screens as discussion
    from app.subjects.events import screens as events
    from app.subjects.groups import screens as groups
    from app.subjects.handover import screens as handover
    from app.subjects.headcount import screens as headcount
    from app.subjects.home import screens as home
    from app.subjects.letters import screens as letters
    from app.subjects.materials import screens as materials
    from app.subjects.numbers import screens as numbers
    from app.subjects.past import screens as past
    from app.subjects.proposal import screens as proposal
    from app.subjects.reception import screens as reception
    from app.subjects.register import screens as register
    from app.subjects.reports import screens as reports
    from app.subjects.roster import screens as roster
    from app.subjects.schedules import screens as schedules
    from app.subjects.settings import screens as settings
    from app.subjects.shelf import screens as shelf
    from app.subjects.specification import screens as specification
    from app.subjects.summary import screens as summary
    from app.subjects.surveys.compare import screens as compare
    from app.subjects.surveys.overview import screens as surveys
    from app.subjects.surveys.questions import screens as questions
    from app.subjects.takeouts import screens as takeouts
    from app.subjects.turns import screens as turns
    from app.subjects.venues import screens as venues
    from app.subjects.year import screens as year

    places: set[str] = set()
    declared = (
        home.screens(),
        events.screens(event_tabs, kind_pages),
        calls.screens(),
        day.screens(),
        reception.screens(),
        groups.screens(),
        discussion.screens(),
        year.screens(),
        agreements.screens(),
        venues.screens(),
        schedules.screens(),
        register.screens(places),
        applications.screens(),
        roster.screens(),
        headcount.screens(),
        takeouts.screens(take_out=take_out, bring_back=bring_back),
        turns.screens(handout=materials.detail, owed=deliverables.detail),
        materials.screens(),
        surveys.screens(),
        compare.screens(),
        questions.screens(),
        shelf.screens(),
        letters.screens(),
        reports.screens(),
        completion.screens(),
        numbers.screens(),
        past.screens(),
        changes.screens(),
        proposal.screens(),
        handover.screens(),
        specification.screens(),
        summary.screens(),
        ledgers.screens(),
        settings.screens(doors),
    )
    for entry in chain.from_iterable(declared):
        places.add(entry.place)
        yield entry


def event_tabs() -> tuple[EventTab, ...]:
    """What the subjects show of one event after 概要, in this order."""
    from app.subjects.day import screens as day
    from app.subjects.deliverables import screens as deliverables
    from app.subjects.dispatches import screens as dispatches
    from app.subjects.headcount import screens as headcount
    from app.subjects.materials import screens as materials
    from app.subjects.roster import screens as roster
    from app.subjects.shelf import screens as shelf
    from app.subjects.surveys.overview import screens as surveys
    from app.subjects.turns import screens as turns

    declared = (
        headcount.tabs(roster.listed), turns.handout_tab(beside=materials.detail_of_event), day.tabs(),
        surveys.tabs(), dispatches.tabs(), turns.report_tab(beside=deliverables.detail), shelf.tabs(),
    )  # fmt: skip
    return tuple(chain.from_iterable(declared))


def kind_pages() -> tuple[KindPage, ...]:
    """What the subjects show in 事業 in the place of the list."""
    from app.subjects.dispatches import screens as dispatches

    return tuple(dispatches.kind_pages())


def register_screens(main: MainWindow, doors: SettingsDoors) -> None:
    """Put every screen into the window."""
    for entry in screens(doors):
        main.register_screen(entry)
    from app.subjects.home.screens.palette import SearchPalette
    from app.subjects.proposal.screens.collector import Collector
    from app.subjects.year.screens.year_menu import YearMenu

    YearMenu(main.desk, main).reload()
    Collector(main.desk, main)
    main.set_search(SearchPalette(main.desk, main).open_palette)
    linecache.clearcache()


def load_in_steps() -> Iterator[str]:
    """Load what the window needs, one screen or module a step, while somebody types a password."""
    for step in _loading():
        # PySide6 looks into the source of every module for its own name, and Python keeps what was read: 19 MB in all.
        linecache.clearcache()
        yield step


def _loading() -> Iterator[str]:
    for name in _LOADED_FIRST:
        import_module(name)
        yield name
    for entry in screens(None):
        yield entry.place
    event_tabs()
    kind_pages()
    # What the first reading of home would ask for: tasks, follow-ups, what papers tell.
    subjects()
    yield "offers"
    for name in _LOADED_LAST:
        import_module(name)
        yield name

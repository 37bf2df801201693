"""The list of all screens of the window in side bar order; loaded only after login."""

from __future__ import annotations

import gc
import linecache
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from itertools import chain
from typing import TYPE_CHECKING

from app.contributions import contributing_modules
from app.main_window.navigation import EventTab, KindPage, ScreenEntry

if TYPE_CHECKING:
    from app.main_window.main_window import MainWindow
    from app.settings.pages.screens.settings_host import SettingsHost

_PRELOADED_FIRST = (
    "app.home.today.services.home",
    "app.home.today.screens.home_screen",
    "app.startup.session",
)
_PRELOADED_LAST = (
    "app.startup.kind_looks",
    "app.widgets.dialogs.failure_dialog",
    "app.ledgers.services.check_documents",
    "app.submissions.deliverables.screens.outstanding_detail",
    "app.submissions.deliverables.screens.form_preview_dialog",
    "app.events.materials.screens.handout_steps",
    "app.year.dates.screens",
    "app.year_end.proposal.screens.evidence_collector",
    "app.home.today.screens.search_palette",
    "reportlab.pdfgen.canvas",
    "app.documents.pdf.blocks.tables",
    "app.documents.pdf.render",
    "app.documents.pdf.printable",
    "app.ledgers.services.ledger_documents",
    "reportlab.lib.fonts",
    # What Pillow would import at the first picture of a document.
    *(f"PIL.{kind}ImagePlugin" for kind in ("Bmp", "Gif", "Jpeg", "Png", "Ppm")),
)
"""Modules preloaded after the screens, which the first dialog, screen or document would otherwise wait for."""


def screens(settings_host: SettingsHost | None) -> Iterator[ScreenEntry]:
    """Yield every screen in side bar order; a module is imported when its turn comes, a screen built when first shown.

    ``settings_host`` None: only to import them.
    """
    places: set[str] = set()
    for entry in chain.from_iterable(chain(_screens_of_events(places), _screens_of_the_year(settings_host))):
        places.add(entry.screen_name)
        yield entry


def _screens_of_events(places: set[str]) -> Iterator[Iterator[ScreenEntry]]:
    """Yield what each subject of the first half of the side bar declares; its module is loaded when its turn comes."""
    from app.home.today import screens as home

    yield home.screens()

    from app.event import screens as events

    yield events.screens(event_tabs, kind_pages)

    from app.events.calls import screens as calls

    yield calls.screens()

    from app.event_day.day import screens as day

    yield day.screens()

    from app.event_day.reception import screens as reception

    yield reception.screens()

    from app.events.groups import screens as groups

    yield groups.screens()

    from app.events.discussion import screens as discussion

    yield discussion.screens()

    from app.year.dates import screens as year

    yield year.screens()

    from app.year.enquiries import screens as enquiries

    yield enquiries.screens()

    from app.events.agreements import screens as agreements

    yield agreements.screens()

    from app.registers.venues import screens as venues

    yield venues.screens()

    from app.events.schedules import screens as schedules

    yield schedules.screens()

    from app.registers.register import screens as register

    yield register.screens(places)

    from app.settings.data_requests import screens as data_requests

    yield data_requests.screens()

    from app.events.applications import screens as applications

    yield applications.screens()

    from app.events.roster import screens as roster

    yield roster.screens()

    from app.events.headcount import screens as headcount

    yield headcount.screens()


def _screens_of_the_year(settings_host: SettingsHost | None) -> Iterator[Iterator[ScreenEntry]]:
    """Yield what each subject of the second half declares, as ``_screens_of_events``."""
    from app.event_day.checkouts import screens as takeouts
    from app.event_day.day_file.parts import bring_back, check_out_event

    yield takeouts.screens(take_out=check_out_event, bring_back=bring_back)

    from app.settings.disposal import screens as disposal

    yield disposal.screens()

    from app.settings.incidents import screens as incidents

    yield incidents.screens()

    from app.events.materials import screens as materials
    from app.submissions.deliverables import screens as deliverables
    from app.submissions.work_queue import screens as turns

    yield turns.screens(handout=materials.detail, outstanding=deliverables.detail)

    yield materials.screens()

    from app.surveys.overview import screens as surveys

    yield surveys.screens()

    from app.surveys.compare import screens as compare

    yield compare.screens()

    from app.surveys.questions import screens as questions

    yield questions.screens()

    from app.year_end.document_library import screens as shelf

    yield shelf.screens()

    from app.submissions.reports import screens as reports

    yield reports.screens()

    from app.year_end.completion import screens as completion

    yield completion.screens()

    from app.year_end.consistency import screens as numbers

    yield numbers.screens()

    from app.events.as_of import screens as past

    yield past.screens()

    from app.events.presentations import screens as presentations

    yield presentations.screens()

    from app.home.changes import screens as changes

    yield changes.screens()

    from app.year_end.proposal import screens as proposal

    yield proposal.screens()

    from app.year_end.handover import screens as handover

    yield handover.screens()

    from app.year_end.specification import screens as specification

    yield specification.screens()

    from app.year_end.summary import screens as summary

    yield summary.screens()

    from app.ledgers import screens as ledgers

    yield ledgers.screens()

    from app.settings.protection import screens as protection

    yield protection.screens()

    from app.settings.pages import screens as settings

    yield settings.screens(settings_host)


def event_tabs() -> tuple[EventTab, ...]:
    """Return the tabs that subjects add to an event after 概要, in order."""
    from app.event_day.day import screens as day
    from app.events.dispatches import screens as dispatches
    from app.events.headcount import screens as headcount
    from app.events.materials import screens as materials
    from app.events.roster import screens as roster
    from app.submissions.deliverables import screens as deliverables
    from app.submissions.reports import screens as reports
    from app.submissions.work_queue import screens as turns
    from app.surveys.overview import screens as surveys
    from app.year_end.document_library import screens as shelf

    declared = (
        headcount.tabs(roster.roster_tab), turns.handout_tab(beside=materials.detail_of_event), day.tabs(),
        surveys.tabs(), dispatches.tabs(), reports.tabs(partial(turns.report_list, beside=deliverables.detail)),
        shelf.tabs(),
    )  # fmt: skip
    return tuple(chain.from_iterable(declared))


def kind_pages() -> tuple[KindPage, ...]:
    """Return the pages that replace the list in 事業 for the kinds of event of one form."""
    from app.events.dispatches import screens as dispatches

    return tuple(dispatches.kind_pages())


def register_screens(main: MainWindow, settings_host: SettingsHost) -> None:
    """Register every screen in the window, and the squares of kinds, year menu, search and evidence key."""
    for entry in screens(settings_host):
        main.register_screen(entry)
    from app.home.today.screens.search_palette import SearchPalette
    from app.startup.kind_looks import KindLooks
    from app.year.dates.screens import YearMenu
    from app.year_end.proposal.screens.evidence_collector import EvidenceCollector

    KindLooks(main)
    YearMenu(main.app_context, main).reload()
    EvidenceCollector(main.app_context, main)
    main.set_search(SearchPalette(main.app_context, main).open_palette)
    linecache.clearcache()


def preload_screens() -> Iterator[str]:
    """Import what the window needs, one module a step, yielding its name, while the user types a password."""
    for step in _preload_steps():
        # PySide6 looks into the source of every module for its own name, and Python keeps what was read: 19 MB in all.
        linecache.clearcache()
        yield step


def _preload_steps() -> Iterator[str]:
    """Load modules and screens ahead step by step, yielding a name after each; at the end freeze the collector."""
    for name in _PRELOADED_FIRST:
        import_module(name)
        yield name
    for entry in screens(None):
        yield entry.screen_name
    event_tabs()
    kind_pages()
    # What the first read of home needs: tasks, follow-ups, notifications of documents.
    contributing_modules()
    yield "offers"
    for name in _PRELOADED_LAST:
        import_module(name)
        yield name
    # What was loaded stays: the rounds of Python's collector pass it by, which held the window for 97 ms before.
    gc.freeze()

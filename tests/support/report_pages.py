"""The report screens on the sample year, and what a clerk's hands do there."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from app.actions.action_context import ActionContext
from app.documents.services import documents
from app.submissions.reports.screens.report_panel import ReportPanel
from app.submissions.reports.services import report_documents, report_facts, reports
from app.surveys.tally.services.survey_freezing import freeze_tally
from db.records.submissions.reports import Report
from db.tables import reports as table
from db.tables import surveys
from tests.support.sample import BY, NOW, event_id
from tests.support.sample_desk import session, shown
from tests.support.waiting import wait_idle

EVENTS = {
    "L1": ("講習会", 1), "L2": ("講習会", 2), "L3": ("講習会", 3), "L4": ("講習会", 4), "L5": ("講習会", 5),
    "L6": ("講習会", 6), "D1": ("派遣", 1), "E1": ("意見交換会", 1),
}  # fmt: skip


@contextmanager
def reports_shown(
    qtbot: Any, folder: Path, event: str = "", *, fixed: bool = False, **wish: Any
) -> Iterator[ReportPanel]:
    """Show the reports of the sample year, or those of one event, and wait until all is read.

    ``fixed`` True: the totals of its survey are fixed before anybody looks.
    """
    with session(folder) as desk:
        if fixed:
            survey = surveys.survey_of_event(desk.store.database, event_id(desk.store, *EVENTS[event]))
            freeze_tally(ActionContext(desk.store, BY, NOW), survey_id=survey.id, uncompared="届いていない")
        panel = ReportPanel(desk)
        desk.navigation_requested.connect(
            lambda place, given: open_with(qtbot, panel, **given) if place == "report" else None
        )
        if event:
            panel.open_with(event_id=event_id(desk.store, *EVENTS[event]), **wish)
        shown(qtbot, panel, desk, width=1360)
        panel.activateWindow()
        qtbot.waitUntil(panel.isActiveWindow)
        yield panel
        wait_idle(qtbot, desk)


def open_with(qtbot: Any, panel: ReportPanel, **given: Any) -> None:
    """Go to a place as the window does."""
    panel.open_with(**given)
    panel.refresh()
    wait_idle(qtbot, panel.app_context)


def id_of(panel: ReportPanel, event: str) -> int:
    """The id of an event of the sample year."""
    return event_id(panel.app_context.store, *EVENTS[event])


def stored(panel: ReportPanel, event: str, way: str = "作成") -> Report:
    """The newest report of an event as it is stored."""
    found = reports.newest_report(table.reports_of_event(panel.app_context.store.database, id_of(panel, event)), way)
    assert found is not None
    return found


def settle(qtbot: Any, panel: ReportPanel) -> None:
    """Wait until everything asked for was read or written and shown."""
    wait_idle(qtbot, panel.app_context)


def commit_text(widget: QWidget, text: str) -> None:
    """Type ``text`` as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(qtbot: Any, widget: QWidget) -> None:
    """Press a button with the mouse."""
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def click(qtbot: Any, panel: ReportPanel, widget: QWidget) -> None:
    """Press a button with the mouse, and wait until what it began is shown."""
    press(qtbot, widget)
    settle(qtbot, panel)


_DRAWN: dict[str, bytes] = {}
"""What the contractor would send, by all that it says: the same content gives the same bytes, so it is drawn once."""


def contractors_pdf(panel: ReportPanel, event: str, place: Path, *, attended: int = 0, rate: str = "") -> Path:
    """Write a PDF such as the contractor would send for an event, with another 出席 or 回収率 where one is given."""
    store = panel.app_context.store
    found = reports.read_report_form(store, event_id=id_of(panel, event))
    report = Report(event_id=id_of(panel, event), way="作成", version=1, contractor_confirmed_on=NOW.date())
    facts = report_facts.gather_facts(store, event=found.event, report=report)
    if attended:
        sheets = facts.event.responses
        facts = replace(
            facts,
            event=replace(
                facts.event,
                people=replace(facts.event.people, attended=attended),
                responses=replace(sheets, attended=attended) if sheets is not None else None,
            ),
            survey=replace(facts.survey, attendance=attended) if facts.survey is not None else None,
        )
    if rate and facts.event.responses is not None and facts.survey is not None:
        facts = replace(
            facts,
            event=replace(facts.event, responses=replace(facts.event.responses, rate=rate)),
            survey=replace(facts.survey, rate=f"{rate}％"),
        )
    content = report_documents.report_content(store, event=found.event, report=report, now=NOW, facts=facts)
    said = repr(content)
    if said not in _DRAWN:
        _DRAWN[said] = documents.render(content, format="pdf").data
    place.write_bytes(_DRAWN[said])
    return place

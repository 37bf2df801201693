"""Links name the pages of screens; a wrong one is a fault that shows itself."""

import pytest

from app.event.screens.event_page import EventPage
from app.events.applications.screens.applications_screen import ApplicationsScreen
from app.registers.register.screens.organisations_screen import OrganisationsScreen
from app.settings.pages.screens.settings_screen import SettingsScreen
from app.submissions.reports.screens.report_panel import ReportPanel
from app.surveys.compare.screens import SurveyYearScreen
from app.surveys.overview.screens import SurveyPanel

WRONG = (
    (OrganisationsScreen, {"view": "people"}),
    (OrganisationsScreen, {"add": "person"}),
    (ApplicationsScreen, {"page": "phone"}),
    (ReportPanel, {"event_id": 1, "view": "様式"}),
    (SurveyPanel, {"event_id": 1, "page": "tally"}),
    (SurveyYearScreen, {"page": "compare"}),
    (EventPage, {"event_id": 1, "tab": "day"}),
)


def test_a_screen_refuses_a_page_that_it_does_not_have(desk, qtbot):
    for screen, arguments in WRONG:
        made = screen(desk)
        qtbot.addWidget(made)
        with pytest.raises(ValueError, match="no page of this screen"):
            made.open_with(**arguments)


def test_the_settings_refuse_a_page_that_they_do_not_have(desk, qtbot):
    made = SettingsScreen(desk, doors=None)
    qtbot.addWidget(made)

    with pytest.raises(ValueError, match="no page of this screen"):
        made.open_with(page="bakup")

"""Links name the pages of screens; a wrong one is a fault that shows itself."""

from __future__ import annotations

import pytest

from app.subjects.events.applications.screens.applications_screen import ApplicationsScreen
from app.subjects.events.event.screens.event_page import EventPage
from app.subjects.organisations.register.screens.organisations_screen import OrganisationsScreen
from app.subjects.settings.pages.screens.settings_screen import SettingsScreen
from app.subjects.submissions.reports.screens.report_panel import ReportPanel
from app.subjects.surveys.compare.screens.compare_screen import SurveyYearScreen
from app.subjects.surveys.overview.screens.survey_panel import SurveyPanel

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

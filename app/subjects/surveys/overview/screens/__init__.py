"""Qt: the screens of アンケート, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.surveys.overview.screens.survey_panel import SurveyPanel

    yield ScreenEntry("survey", "clipboard-text", "アンケート", SurveyPanel)


def tabs() -> Iterator[EventTab]:
    """What it shows of one event."""
    from app.subjects.surveys.overview.screens.survey_panel import SurveyPanel

    yield EventTab(title="アンケート", factory=partial(SurveyPanel, embedded=True), only_with_survey=True)

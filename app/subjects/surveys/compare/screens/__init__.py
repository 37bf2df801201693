"""Qt screens of 年間の比較 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each imported when it is opened."""
    from app.subjects.surveys.compare.screens.compare_screen import SurveyYearScreen

    yield ScreenEntry("survey_year", "clipboard-text", "アンケートの年間", SurveyYearScreen, parent_screen="survey")

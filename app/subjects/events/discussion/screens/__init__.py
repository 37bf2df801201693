"""Qt: the screen of 討議の記録, and how it stands in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.events.discussion.screens.discussion_screen import DiscussionScreen

    yield ScreenEntry("discussion", "chats", "討議の記録", DiscussionScreen, parent_screen="events")

"""Screen of 討議の記録."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screen, whose module is imported now and whose widget is built when it is first shown."""
    from app.events.discussion.screens.discussion_screen import DiscussionScreen

    yield ScreenEntry("discussion", "chats", "討議の記録", DiscussionScreen, parent_screen="events")

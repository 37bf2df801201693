"""Qt screens of 帳票 and their entries in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """Yield the screens, each imported when it is opened."""
    from app.subjects.year.document_library.screens.documents_screen import DocumentsScreen

    yield ScreenEntry("documents", "printer", "帳票", DocumentsScreen, parent_screen="events")


def tabs() -> Iterator[EventTab]:
    """Yield its tab in an event."""
    from app.subjects.year.document_library.screens.outgoing_panel import OutgoingPanel

    yield EventTab(title="書類", factory=OutgoingPanel)

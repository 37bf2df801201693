"""Qt: the screens of 帳票, and how they stand in the window."""

from __future__ import annotations

from collections.abc import Iterator

from app.main_window.navigation import EventTab, ScreenEntry


def screens() -> Iterator[ScreenEntry]:
    """The screens, each loaded when it is asked for."""
    from app.subjects.year.document_library.screens.documents_screen import DocumentsScreen

    yield ScreenEntry("documents", "printer", "帳票", DocumentsScreen, parent_screen="events")


def tabs() -> Iterator[EventTab]:
    """What it shows of one event."""
    from app.subjects.year.document_library.screens.outgoing_panel import OutgoingPanel

    yield EventTab(title="書類", factory=OutgoingPanel)

"""Links between the views of an event's 書類: notifications, documents with their copies, letters with their texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.window.app_context import AppContext

DOCUMENTS_TAB: Final = "書類"
NOTIFICATIONS_VIEW, DOCUMENTS_VIEW, LETTERS_VIEW = "通知の記録", "帳票と控え", "通知・募集"
_VIEWS: Final = (NOTIFICATIONS_VIEW, DOCUMENTS_VIEW, LETTERS_VIEW)


class DocumentViewLinks(FlowRow):
    """Row of links to the document views of an event; the shown view is plain text. Signals: none."""

    def __init__(self, app_context: AppContext, shown: str, *, event_and_kind: Callable[[], tuple[int, str]]) -> None:
        """Create the links.

        Args:
            event_and_kind: returns the event and kind of document now shown ("" = none), which the opened view shows
                too.
        """
        self._app_context = app_context
        self._event_and_kind = event_and_kind
        self.links: dict[str, Button] = {
            view: link_button(view, partial(self._open_view, view)) for view in _VIEWS if view != shown
        }
        super().__init__(*(self.links.get(view) or label(view, "strong") for view in _VIEWS), spacing=16)

    def _open_view(self, view: str) -> None:
        event_id, kind = self._event_and_kind()
        at = {"kind": kind} if kind else {}
        if view == NOTIFICATIONS_VIEW:
            self._app_context.back_to("event", event_id=event_id, tab=DOCUMENTS_TAB)
        else:
            self._app_context.go("documents" if view == DOCUMENTS_VIEW else "letters", event_id=event_id, **at)

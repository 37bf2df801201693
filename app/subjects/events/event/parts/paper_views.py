"""The views of one place, 書類 of an event: what was told, every paper with its copies, letters with their texts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from app.widgets.buttons import Button, link_button
from app.widgets.flow_row import FlowRow
from app.widgets.labels import label
from app.window.desk import Desk

PAPERS: Final = "書類"
TOLD, ALL, LETTERS = "通知の記録", "帳票と控え", "通知・募集"
_VIEWS: Final = (TOLD, ALL, LETTERS)


class PaperViews(FlowRow):
    """The views in their order; the one that is shown is no way. Signals: none."""

    def __init__(self, desk: Desk, shown: str, *, of: Callable[[], tuple[int, str]]) -> None:
        """``of`` gives the event and the paper at hand ("" = none), which go along."""
        self._desk = desk
        self._of = of
        self.ways: dict[str, Button] = {
            view: link_button(view, partial(self._go, view)) for view in _VIEWS if view != shown
        }
        super().__init__(*(self.ways.get(view) or label(view, "strong") for view in _VIEWS), spacing=16)

    def _go(self, view: str) -> None:
        event_id, kind = self._of()
        at = {"kind": kind} if kind else {}
        if view == TOLD:
            self._desk.back_to("event", event_id=event_id, tab=PAPERS)
        else:
            self._desk.go("documents" if view == ALL else "letters", event_id=event_id, **at)

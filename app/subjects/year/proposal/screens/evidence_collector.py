"""What F6 does anywhere in the window: the row handed over becomes evidence for the 提案書."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.subjects.year.proposal.services.evidence_collection import collect_evidence
from app.widgets.action_mixin import ActionMixin
from app.window.app_context import AppContext


class EvidenceCollector(ActionMixin, QObject):
    """Collects what any list hands over. Signals: none."""

    def __init__(self, app_context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self.app_context = app_context
        app_context.evidence_requested.connect(self.collect)

    def collect(self, kind: str, key: str) -> None:
        """Collect one row; why it can't be stands in the line below the page, and nothing is lost."""
        self.run_action(collect_evidence, kind=kind, key=key)

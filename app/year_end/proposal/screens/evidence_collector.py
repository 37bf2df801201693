"""The action of F6 anywhere in the window, which collects the current row as evidence."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.widgets.action_mixin import ActionMixin
from app.window.app_context import AppContext
from app.year_end.proposal.services import collect_evidence


class EvidenceCollector(ActionMixin, QObject):
    """Collects the rows that lists pass to it; emits no signals."""

    def __init__(self, app_context: AppContext, parent: QObject):
        super().__init__(parent)
        self.app_context = app_context
        app_context.evidence_requested.connect(self.collect)

    def collect(self, kind: str, key: str) -> None:
        """Collect one row, or show in the message line why it is impossible."""
        self.run_action(collect_evidence, kind=kind, key=key)

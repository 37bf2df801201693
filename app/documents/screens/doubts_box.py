"""The box of warnings about documents before they are saved or printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.documents.services.document_doubts import read_doubts_of
from app.documents.services.document_scope import DocumentScope
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, with_store


class DoubtsBox(NoteBox):
    """Shows every warning about the documents that are about to leave; none blocks them.

    Signals: ``appeared()`` there are warnings, so the container makes room; ``known(bool)`` whether there are any,
    emitted once.
    """

    appeared = Signal()
    known = Signal(bool)

    def __init__(self, app_context: AppContext, scope: DocumentScope, kinds: Sequence[str]) -> None:
        super().__init__(tone="amber")
        asked = with_store(read_doubts_of, scope=scope, kinds=tuple(kinds), today=app_context.today())
        app_context.read(asked, self._show, owner=self)

    def _show(self, doubts: tuple[str, ...]) -> None:
        """Show the doubts and emit ``appeared`` if there are some; emit ``known`` in every case."""
        if doubts:
            self.show_text("\n".join(("出す前に、つぎのことを確かめてください。", *doubts)))
            self.appeared.emit()
        self.known.emit(bool(doubts))

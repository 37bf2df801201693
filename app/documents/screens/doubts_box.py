"""The box of warnings about documents before they are saved or printed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.documents.blocks import DocumentContent
from app.documents.services.document_doubts import DAY_OVER_REASON, Doubts, read_doubts_of
from app.documents.services.document_scope import DocumentScope
from app.widgets.forms.form_fields import Field
from app.widgets.note_box import NoteBox
from app.window.app_context import AppContext, with_store


def day_reason_field() -> Field:
    """Return the field for the reason why a document leaves that states a day which is over."""
    return Field("day_reason", DAY_OVER_REASON, width=400, hint="理由は記録に残り、同じ内容では、もう尋ねません。")


class DoubtsBox(NoteBox):
    """Shows every warning about the documents that are about to leave; none blocks them.

    Signals: ``appeared()`` there are warnings, so the container makes room; ``known(bool)`` whether there are any,
    emitted once. ``asks_reason``: the container asks why a day that is over is stated, and notes it in ``reason``.
    """

    appeared = Signal()
    known = Signal(bool)

    def __init__(
        self,
        app_context: AppContext,
        scope: DocumentScope,
        kinds: Sequence[str],
        *,
        contents: Sequence[DocumentContent] = (),
    ):
        super().__init__(tone="amber")
        self.asks_reason, self.reason = False, ""
        today = app_context.today()
        asked = with_store(read_doubts_of, scope=scope, kinds=tuple(kinds), contents=tuple(contents), today=today)
        app_context.read(asked, self._show, owner=self)

    def _show(self, doubts: Doubts) -> None:
        """Show the doubts and emit ``appeared`` if there are some; emit ``known`` in every case."""
        self.asks_reason = doubts.asks_reason
        if doubts.words:
            self.show_text("\n".join(("出す前に、つぎのことを確かめてください。", *doubts.words)))
            self.appeared.emit()
        self.known.emit(bool(doubts.words))

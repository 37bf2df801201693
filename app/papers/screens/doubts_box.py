"""What somebody should know before papers leave, over the question how they leave: saved or printed, alone or in a
set."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal

from app.papers.services.paper_doubts import read_doubts_of
from app.papers.services.paper_scope import PaperScope
from app.widgets.note_box import NoteBox
from app.window.desk import Desk, with_store

_FIRST = "出す前に、つぎのことを確かめてください。"


class DoubtsBox(NoteBox):
    """Says every doubt about the papers that are about to leave; none stops them.

    Signals: ``appeared()`` there is something to say: whoever holds the box makes room; ``known(bool)`` whether there
    is, said once.
    """

    appeared = Signal()
    known = Signal(bool)

    def __init__(self, desk: Desk, scope: PaperScope, kinds: Sequence[str]) -> None:
        super().__init__(tone="amber")
        asked = with_store(read_doubts_of, scope=scope, kinds=tuple(kinds), today=desk.today())
        desk.read(asked, self._show, owner=self)

    def _show(self, doubts: tuple[str, ...]) -> None:
        if doubts:
            self.say("\n".join((_FIRST, *doubts)))
            self.appeared.emit()
        self.known.emit(bool(doubts))

"""The texts of one paper of an event, a year or a 団体 one under the other, each kept when its field is left."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.services.paper_passages import PassageRow
from app.papers.services.paper_scope import PaperScope
from app.subjects.letters.parts.passage_field import PassageField
from app.subjects.letters.services import letters
from app.window.desk import Desk, with_store


class PassageList(QWidget):
    """The fields. Signals: ``typing()`` on every keystroke."""

    typing = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._scope = PaperScope()
        self._kind = ""
        self.fields: list[PassageField] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)

    @property
    def shown(self) -> tuple[PaperScope, str]:
        """What the paper is about, and its kind."""
        return self._scope, self._kind

    def show_texts(
        self,
        scope: PaperScope,
        kind: str,
        passages: Sequence[PassageRow],
        *,
        counted: Sequence[str] = (),
        limits: dict[str, int | None] | None = None,
    ) -> bool:
        """Show the texts of a paper; fields of the same paper stay, so that the focus stays.

        Args:
            counted: the parts whose characters are counted. limits: how many of them may stand there, by part.

        Returns:
            Whether other fields stand there now.
        """
        parts = [passage.part for passage in passages]
        another = (scope, kind) != (self._scope, self._kind) or [field.part for field in self.fields] != parts
        if another:
            self._rebuild(scope, kind, passages, counted)
        for field, passage in zip(self.fields, passages, strict=True):
            field.show_row(passage, (limits or {}).get(passage.part))
            field.editor.box.setReadOnly(self._desk.read_only)
            field.back.setEnabled(not self._desk.read_only)
        return another

    def texts(self) -> dict[str, str]:
        """The texts by part as they stand in the fields."""
        return {field.part: field.text for field in self.fields}

    def _rebuild(self, scope: PaperScope, kind: str, passages: Sequence[PassageRow], counted: Sequence[str]) -> None:
        self._scope, self._kind = scope, kind
        for old in self.fields:
            old.hide()
            old.deleteLater()
        self.fields = [PassageField(passage, counted=passage.part in counted) for passage in passages]
        for field in self.fields:
            self._column.addWidget(field)
            field.typing.connect(lambda _part, _text: self.typing.emit())
            # A field that is left because another paper was chosen still writes to its own.
            field.written.connect(lambda part, text: self._write(scope, kind, part, text))
            field.reset_asked.connect(lambda part: self._reset(scope, kind, part))

    def _write(self, scope: PaperScope, kind: str, part: str, text: str) -> None:
        if not self._desk.read_only:
            self._desk.write(
                with_store(letters.set_passage, scope=scope, kind=kind, part=part, text=text, **self._desk.signed)
            )

    def _reset(self, scope: PaperScope, kind: str, part: str) -> None:
        self._desk.write(with_store(letters.reset_passage, scope=scope, kind=kind, part=part, **self._desk.signed))

"""The texts of one paper, each in a field of its own; what is typed is seen at once and kept when the field is left."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rules.recruitment_texts import BODY, HEADLINE
from app.services import letters
from app.services.letters import MANUSCRIPTS, LetterPage
from app.ui.desk import Desk
from app.ui.screens.letters.passage_field import PassageField
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import label
from app.ui.widgets.screen import scrolling

_PAUSE_MS = 700


class PassagesPanel(QWidget):
    """The editor. Signals: ``typed(dict)`` texts by part that are not kept yet, after a short pause."""

    typed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._shown: tuple[int, str] = (0, "")
        self.fields: list[PassageField] = []
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(0, 8, 10, 8)
        self._column.setSpacing(12)
        self._none = label("この書類に、直せる文はありません。", "second", wrap=True)
        self.copy = Button("見出しと本文をコピー", self._copy, icon_name="copy")
        self.copied = label("", "done")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(self._inside))
        self._column.addWidget(self._none)
        self._column.addWidget(self.copy)
        self._column.addWidget(self.copied)
        self._column.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)

    def show_page(self, page: LetterPage) -> None:
        """Show the texts of a paper; fields of the same paper stay, so that the focus stays."""
        parts = [passage.part for passage in page.passages]
        if (page.event_id, page.kind) != self._shown or [field.part for field in self.fields] != parts:
            self._rebuild(page)
        for field, passage in zip(self.fields, page.passages, strict=True):
            field.show_row(passage, page.options.limit if passage.part == BODY else None)
            field.editor.box.setReadOnly(self._desk.read_only)
            field.back.setEnabled(not self._desk.read_only)
        self._none.setVisible(not self.fields)
        self.copy.setVisible(page.kind in MANUSCRIPTS)

    def unsaved(self) -> dict[str, str]:
        """The texts by part as they stand in the fields."""
        return {field.part: field.text for field in self.fields}

    def _rebuild(self, page: LetterPage) -> None:
        self._pause.stop()
        self._shown = (page.event_id, page.kind)
        for old in self.fields:
            old.hide()
            old.deleteLater()
        counted = page.kind in MANUSCRIPTS
        self.fields = [
            PassageField(passage, counted=counted and passage.part in (HEADLINE, BODY)) for passage in page.passages
        ]
        for number, field in enumerate(self.fields):
            self._column.insertWidget(number, field)
            field.typing.connect(lambda _part, _text: self._pause.start())
            field.written.connect(self._writer(page.event_id, page.kind))
            field.reset_asked.connect(self._resetter(page.event_id, page.kind))
        self.copied.setText("")

    def _writer(self, event_id: int, kind: str) -> Callable[[str, str], None]:
        def write(part: str, text: str) -> None:
            if not self._desk.read_only:
                self._desk.write(letters.set_passage, event_id=event_id, kind=kind, part=part, text=text)

        return write

    def _resetter(self, event_id: int, kind: str) -> Callable[[str], None]:
        def reset(part: str) -> None:
            self._desk.write(letters.reset_passage, event_id=event_id, kind=kind, part=part)

        return reset

    def _tell(self) -> None:
        self.typed.emit(self.unsaved())

    def _copy(self) -> None:
        texts = self.unsaved()
        QGuiApplication.clipboard().setText("\n".join(texts[part] for part in (HEADLINE, BODY) if texts.get(part)))
        self.copied.setText("コピーしました")

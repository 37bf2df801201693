"""The texts of one paper, each in a field of its own; what is typed is seen at once and kept when the field is left."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.services.issued_copies import note_copied_text
from app.papers.services.paper_scope import PaperScope
from app.subjects.letters.parts.passage_field import PassageField
from app.subjects.letters.parts.passage_list import PassageList
from app.subjects.letters.rules.recruitment_texts import BODY, HEADLINE
from app.subjects.letters.services.letters import MANUSCRIPTS, LetterPage
from app.widgets.buttons import Button
from app.widgets.labels import label
from app.widgets.screen import scrolling
from app.window.desk import Desk, with_store

_PAUSE_MS = 700


class PassagesPanel(QWidget):
    """The editor. Signals: ``typed(dict)`` texts by part that are not kept yet, after a short pause."""

    typed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 8, 10, 8)
        column.setSpacing(12)
        self._desk = desk
        self.list = PassageList(desk)
        self._none = label("この書類に、直せる文はありません。", "second", wrap=True)
        self.copy = Button("見出しと本文をコピー", self._copy, icon_name="copy")
        self.copied = label("", "done")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inside))
        for part in (self.list, self._none, self.copy, self.copied):
            column.addWidget(part)
        column.addStretch(1)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.list.typing.connect(self._pause.start)

    @property
    def fields(self) -> list[PassageField]:
        """The fields now shown."""
        return self.list.fields

    def show_page(self, page: LetterPage) -> None:
        """Show the texts of a paper; fields of the same paper stay, so that the focus stays."""
        counted = (HEADLINE, BODY) if page.kind in MANUSCRIPTS else ()
        another = self.list.show_texts(
            PaperScope(event_id=page.event_id),
            page.kind,
            page.passages,
            counted=counted,
            limits={BODY: page.options.limit},
        )
        if another:
            self._pause.stop()
            self.copied.setText("")
        self._none.setVisible(not self.fields)
        self.copy.setVisible(page.kind in MANUSCRIPTS)

    def unsaved(self) -> dict[str, str]:
        """The texts by part as they stand in the fields."""
        return self.list.texts()

    def _tell(self) -> None:
        self.typed.emit(self.unsaved())

    def _copy(self) -> None:
        texts = self.unsaved()
        text = "\n".join(texts[part] for part in (HEADLINE, BODY) if texts.get(part))
        QGuiApplication.clipboard().setText(text)
        self.copied.setText("コピーしました")
        scope, kind = self.list.shown
        if not self._desk.read_only and text.strip():
            self._desk.write(
                with_store(note_copied_text, scope=scope, kind=f"{kind}の文", text=text, **self._desk.signed),
                owner=self,
            )

"""The letters as they will be printed: everybody ticked, or one alone, with what is just being typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.papers.blocks import DocumentContent
from app.papers.screens.paper_view import PaperView
from app.papers.services import papers
from app.subjects.letters.screens.save_each_dialog import SaveEachDialog
from app.subjects.letters.services import letter_saving, letters
from app.widgets.buttons import Button
from app.widgets.flow_row import FlowRow
from app.window.background_task import bound
from app.window.desk import Desk, with_store


class LetterView(PaperView):
    """Preview, saving and printing of letters. Signals: those of ``PaperView``."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, main="pdf", parent=parent)
        self._chosen: tuple[str, ...] | None = None
        self._start = 1
        self._typed: dict[str, str] = {}
        self.each_button = Button(
            "1通1ファイル", self.save_each, icon_name="files", hint="宛先ごとに分けて保存します。"
        )
        # Four buttons and a sentence want more room than the middle of three columns has.
        self.foot.removeWidget(self.note)
        self.note.setContentsMargins(16, 4, 16, 0)
        column = self._paper.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(1, self.note)
        buttons = FlowRow(self.each_button, *self._buttons)
        self.foot.addWidget(buttons, 1)

    def show_letters(
        self, event_id: int, kind: str, *, chosen: tuple[str, ...] | None, start: int, serial: bool
    ) -> None:
        """Show the letters of ``kind`` to ``chosen`` (None = everybody).

        ``serial`` offers one file a letter; ``start`` is the first free label of a sheet.
        """
        self._chosen, self._start, self._typed = chosen, start, {}
        self.each_button.setVisible(serial)
        self.show_paper(event_id, kind)
        self.each_button.setEnabled(not self.desk.read_only)

    def show_typed(self, texts: Mapping[str, str]) -> None:
        """Draw again with texts that are not kept yet."""
        self._typed = dict(texts)
        self.refresh()

    def asked(self) -> tuple[Callable[..., DocumentContent], dict[str, Any]]:
        """Letters are built for those chosen."""
        return letters.build_letters, {
            "event_id": self.scope.event_id,
            "kind": self._kind,
            "chosen": self._chosen,
            "start": self._start,
            "typed": self._typed,
            "now": self.desk.now(),
        }

    def save_each(self) -> None:
        """Draw every letter by itself, then ask where to."""
        event_id, kind = self.scope.event_id or 0, self._kind

        def draw(contents: tuple[DocumentContent, ...]) -> None:
            self.desk.apart(
                bound(letter_saving.render_each, contents=contents, format="pdf"),
                ask,
                owner=self,
                title="通知を1通ずつ作成しています",
                drawing=True,
            )

        def ask(drawn: tuple[papers.Rendered, ...]) -> None:
            dialog = SaveEachDialog(self.desk, event_id=event_id, kind=kind, drawn=drawn, parent=self)
            dialog.saved.connect(lambda _path: self.left_app.emit())
            dialog.open()

        self.desk.read(
            with_store(letters.build_each, event_id=event_id, kind=kind, chosen=self._chosen, now=self.desk.now()),
            draw,
            owner=self,
        )

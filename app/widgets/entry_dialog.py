"""A short list of things to go to, over the window: what a day holds, what waits in one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.widgets.buttons import Button
from app.widgets.dialog_frame import DialogFrame
from app.widgets.kind_square import KindSquare
from app.widgets.labels import label, rule


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing: its event kind (or empty), words, small words under them, verb of its button, where it leads."""

    words: str
    follow: Callable[[], object]
    second: str = ""
    kind: str = ""
    verb: str = "開く"


class EntryDialog(DialogFrame):
    """Entries one under the other, each with its button. Signals: those of ``DialogFrame``."""

    def __init__(
        self, title: str, entries: Sequence[Entry], *, subject: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(title, subject, cancel="閉じる", width=560, parent=parent)
        self.entries = tuple(entries)
        for number, entry in enumerate(self.entries):
            if number:
                self.put(rule())
            self.body.addLayout(self._line(entry))
        if not self.entries:
            self.put(label("この日の実施回と期限はありません。"))
        self.body.addStretch(1)

    def _line(self, entry: Entry) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        if entry.kind:
            line.addWidget(KindSquare(entry.kind))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(entry.words, "strong", wrap=True))
        if entry.second:
            words.addWidget(label(entry.second, "small", wrap=True))
        line.addLayout(words, 1)
        button = Button(entry.verb, lambda: self._go(entry), low=True)
        button.setAccessibleName(f"{entry.words}　{entry.verb}")
        line.addWidget(button)
        return line

    def _go(self, entry: Entry) -> None:
        self.accept()
        entry.follow()

"""The folder in which papers and lists are offered to be saved, and what is to be known of it before that."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal

from app.file_locations import exports_folder
from app.widgets.labels import Paragraph
from app.window.desk import Desk
from app.window.remembered import recall, remember
from db.synced_places import copied_papers_in_words, synchronised_by

_LAST = "papers/folder"


def paper_folder() -> Path:
    """The folder used last, or the one that is offered first."""
    return Path(str(recall(_LAST, "") or exports_folder()))


def remember_paper_folder(folder: Path) -> None:
    """Offer ``folder`` from now on."""
    remember(_LAST, str(folder))


class CopiedNote(Paragraph):
    """Says that a folder is copied to other PCs; hidden where it is not. Signals: ``appeared()`` it takes room now."""

    appeared = Signal()

    def __init__(self, desk: Desk, *, words: Callable[[str], str] = copied_papers_in_words, indent: int = 0) -> None:
        """``words`` say it, given the name of the service; ``indent`` puts it under the folder beside its label."""
        super().__init__(role="warned")
        self.setContentsMargins(indent, 0, 0, 0)
        self._desk = desk
        self._words = words
        self._folder = Path()
        self.hide()

    def look_at(self, folder: Path) -> None:
        """Look at ``folder`` beside the window: a share may take its time."""
        self._folder = folder
        self.hide()
        self._desk.apart(
            partial(synchronised_by, folder), partial(self._tell, folder), failed=lambda _problem: None, owner=self
        )

    def _tell(self, folder: Path, service: str) -> None:
        if folder == self._folder:
            self.say(self._words(service) if service else "")
            self.setVisible(bool(service))
            if service:
                self.appeared.emit()

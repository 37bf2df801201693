"""Takes the pictures and rejects wrong ones.

Rejected are above all pictures with cut-off content: columns beyond the edge of a list, texts longer than their space.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTableView, QWidget

from app.actions.user_error import UserError
from app.startup.pictures.visible_texts import (
    empty_list_texts,
    fixed_texts,
    machine_texts,
    neutralise_paths,
    visible_parts,
    visible_texts,
)
from app.window import theme as t

_ROUNDING = 1


def cut_off(front: QWidget) -> list[str]:
    """Return what is cut off in a window or dialog: each text with the width it has and needs (「申込 40/52」, in px).

    What must be scrolled into view does not count.
    """
    found = []
    for part in visible_parts(front):
        if isinstance(part, QTableView):
            found += _in_table(part)
        elif isinstance(part, QLabel) and not part.wordWrap() and part.textFormat() != Qt.TextFormat.RichText:
            needed = part.sizeHint().width()
            if part.text() and needed > part.width() + _ROUNDING:
                found.append(f"{part.text()} {part.width()}/{needed}")
        elif isinstance(part.parentWidget(), QLineEdit):
            continue  # the icon within a field, whose room is Qt's own; its text is read, not seen
        elif isinstance(part, QAbstractButton) and part.text():
            needed = part.minimumSizeHint().width()
            if needed > part.width() + _ROUNDING:
                found.append(f"{part.text()} {part.width()}/{needed}")
    return found


def _in_table(view: QTableView) -> list[str]:
    """Describe headings that do not fit their columns, and a table wider than its viewport."""
    header = view.horizontalHeader()
    found = []
    if header.length() > view.viewport().width() + _ROUNDING:
        found.append(f"{view.accessibleName()} {view.viewport().width()}/{header.length()}")
    metrics = t.metrics("small", bold=True)
    model = view.model()
    for column in range(model.columnCount(QModelIndex())):
        title = str(model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.DisplayRole) or "")
        needed = round(max(metrics.horizontalAdvance(line) for line in title.split("\n")))
        if not view.isColumnHidden(column) and needed > view.columnWidth(column) + _ROUNDING:
            found.append(f"{title} {view.columnWidth(column)}/{needed}")
    return found


class PictureRefused(UserError):
    """Error for a picture that would show something else than its name says."""

    def __init__(self, happened: str):
        super().__init__(happened, "画面の絵の一覧を直してから、もう一度お試しください。", "データは変わっていません。")


@dataclass
class Album:
    """Takes pictures and writes them into ``folder``.

    ``places`` are replacements for paths of this machine; ``for_documents`` takes only those that ``docs`` shows,
    under their names there. ``count`` is the number of the last picture, taken or not; ``picture_paths`` are by hash
    of the content, ``structures`` the fixed texts by file name without ending.
    """

    folder: Path
    places: Mapping[Path, str]
    for_documents: bool
    count: int = 0
    picture_paths: dict[str, Path] = field(default_factory=dict)
    structures: dict[str, list[str]] = field(default_factory=dict)

    def is_wanted(self, document_picture: str) -> bool:
        """Return whether a picture is to be taken: every one, but if ``for_documents`` only one that ``docs`` shows.

        Counts it in ``count`` either way. ``document_picture`` is its name there, "" = it is not shown there.
        """
        self.count += 1
        return bool(document_picture) or not self.for_documents

    def take_picture(
        self,
        window: QWidget,
        *,
        name: str,
        expected_text: str,
        expected_empty: Collection[str] = (),
        document_picture: str = "",
    ) -> None:
        """Check a window and save a picture of it, with neutral paths in it.

        Raises:
            PictureRefused: it lacks the expected text, shows an unexpected empty list, something cut off or a path of
                this machine, or equals another picture.
        """
        if not any(expected_text in text for text in visible_texts(window)):
            raise PictureRefused(f"「{name}」の絵に「{expected_text}」が見えません。")
        empty = [text for text in empty_list_texts(window) if text not in expected_empty]
        if empty:
            raise PictureRefused(f"「{name}」の絵に、中身のない一覧があります（{empty[0]}）。")
        cut = cut_off(window)
        if cut:
            raise PictureRefused(f"「{name}」の絵で、切れているところがあります（{cut[0]}）。")
        neutralise_paths(window, self.places)
        here = machine_texts(window, self.folder)
        if here:
            raise PictureRefused(f"「{name}」の絵に、このパソコンの場所が写っています（{here[0]}）。")
        path = self.folder / f"{document_picture if self.for_documents else f'{self.count:02d}-{name}'}.png"
        window.grab().save(str(path))
        twin = self.picture_paths.setdefault(sha256(path.read_bytes()).hexdigest(), path)
        if twin != path:
            raise PictureRefused(f"「{path.stem}」と「{twin.stem}」は、同じ絵です。")
        self.structures[path.stem] = fixed_texts(window)

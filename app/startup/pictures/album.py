"""The pictures taken so far; what would be a wrong picture is refused."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.refusal import Refusal
from app.startup.pictures.cut_off import cut_off
from app.startup.pictures.places import of_this_machine, stand_in
from app.startup.pictures.words import nothing_there, structure, words


class PictureRefused(Refusal):
    """A picture that would show something else than its name says."""

    def __init__(self, happened: str) -> None:
        super().__init__(happened, "画面の絵の一覧を直してから、もう一度お試しください。", "データは変わっていません。")


@dataclass
class Album:
    """Takes them into ``folder``.

    ``places`` what is read instead of a place of this machine; ``for_papers`` only those that ``docs`` shows, under
    their names there.
    """

    folder: Path
    places: Mapping[Path, str]
    for_papers: bool
    count: int = 0
    taken: dict[str, Path] = field(default_factory=dict)
    structures: dict[str, list[str]] = field(default_factory=dict)

    def wants(self, paper: str) -> bool:
        """Whether a picture is asked for; each takes its number either way."""
        self.count += 1
        return bool(paper) or not self.for_papers

    def put(self, part: QWidget, *, name: str, shows: str, bare: Collection[str] = (), paper: str = "") -> None:
        """Take one picture.

        Raises:
            PictureRefused: it does not show what it should, an empty list, something cut off, a place of this machine,
                or the same as another one.
        """
        seen = words(part)
        if not any(shows in text for text in seen):
            raise PictureRefused(f"「{name}」の絵に「{shows}」が見えません。")
        empty = [text for text in nothing_there(part) if text not in bare]
        if empty:
            raise PictureRefused(f"「{name}」の絵に、中身のない一覧があります（{empty[0]}）。")
        cut = cut_off(part)
        if cut:
            raise PictureRefused(f"「{name}」の絵で、切れているところがあります（{cut[0]}）。")
        stand_in(part, self.places)
        here = of_this_machine(part, self.folder)
        if here:
            raise PictureRefused(f"「{name}」の絵に、このパソコンの場所が写っています（{here[0]}）。")
        path = self.folder / f"{paper if self.for_papers else f'{self.count:02d}-{name}'}.png"
        part.grab().save(str(path))
        twin = self.taken.setdefault(sha256(path.read_bytes()).hexdigest(), path)
        if twin != path:
            raise PictureRefused(f"「{path.stem}」と「{twin.stem}」は、同じ絵です。")
        self.structures[path.stem] = structure(part)

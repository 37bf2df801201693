"""Serial letters into a new folder, one file each; encrypted first, for they name people."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.services import papers
from app.subjects.letters.services import letter_saving
from app.window.desk import Desk, with_store

_PERSONAL = "個人情報を含む書類です。暗号化して保存することをおすすめします。パスワードは、すべてのファイルに共通です。"


class SaveEachDialog(SaveDialog):
    """Saves letters drawn one by one. Signals: those of ``SaveDialog``; ``saved`` gives the folder."""

    def __init__(
        self,
        desk: Desk,
        *,
        event_id: int,
        kind: str,
        drawn: Sequence[papers.Rendered],
        parent: QWidget | None = None,
    ) -> None:
        stem = drawn[0].content.file_stem.rpartition("版-")[0] + "版"
        super().__init__(
            desk,
            "1通1ファイルで保存",
            f"{kind}　{len(drawn)}通",
            stem=f"{stem}-{len(drawn)}通",
            ending="",
            personal=_PERSONAL if any(one.content.personal for one in drawn) else "",
            change=lambda leaving: with_store(
                letter_saving.save_each,
                event_id=event_id,
                kind=kind,
                drawn=tuple(drawn),
                **leaving,
                **desk.signed,
            ),
            told=f"新しいフォルダーに、宛先ごとのPDFを{len(drawn)}個保存します。「ファイル名」はフォルダーの名前になります。",
            parent=parent,
        )

    def target(self) -> Path:
        """The folder that would be made."""
        return self.folder / str(self.form.value("name")).strip()

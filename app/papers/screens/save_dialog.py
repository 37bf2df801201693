"""Saving one drawn paper: exactly what was shown, in the dialog that every file leaves by."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.papers.screens.leaving_dialog import SaveDialog
from app.papers.services import paper_saving, papers
from app.papers.services.paper_scope import PaperScope
from app.window.desk import Desk, with_store

_PERSONAL = "個人情報を含む書類です。暗号化して保存することをおすすめします。"


class SavePaperDialog(SaveDialog):
    """Saves one drawn paper. Signals: those of ``SaveDialog``."""

    def __init__(
        self, desk: Desk, *, scope: PaperScope, kind: str, drawn: papers.Rendered, parent: QWidget | None = None
    ) -> None:
        shape = "Excel" if drawn.format == "xlsx" else "PDF"
        super().__init__(
            desk,
            f"{shape}で保存",
            drawn.content.kind,
            stem=drawn.content.file_stem,
            ending=f".{drawn.format}",
            personal=_PERSONAL if drawn.content.personal else "",
            change=lambda leaving: with_store(
                paper_saving.save_paper,
                scope=scope,
                kind=kind,
                format=drawn.format,
                drawn=drawn,
                **leaving,
                **desk.signed,
            ),
            parent=parent,
        )

"""The question before a file that is there is replaced."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.widgets.dialog_frame import DialogFrame
from app.widgets.labels import label


class ReplaceDialog(DialogFrame):
    """A file of that name is there: replace it, or save under another name. Signals: those of ``DialogFrame``."""

    def __init__(self, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(
            "同じ名前のファイルがあります", path.name, main="置き換える", cancel="別の名前で保存", width=560,
            main_kind="danger", parent=parent,
        )  # fmt: skip
        self.put(label(f"「{path.name}」は、{path.parent} にもうあります。", wrap=True))
        self.put(label("置き換えると、いまあるファイルの内容は戻せません。", wrap=True))
        self.body.addStretch(1)
        self.main.setDefault(False)
        self.cancel.setDefault(True)

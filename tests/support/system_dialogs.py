"""The dialogs of the system that ask for a file, answered in every test: none of them opens and waits."""

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QFileDialog

_NOTHING: dict[str, Any] = {
    "getOpenFileName": ("", ""),
    "getOpenFileNames": ([], ""),
    "getSaveFileName": ("", ""),
    "getExistingDirectory": "",
}

ASK_TO_OPEN = QFileDialog.getOpenFileName
"""The dialog itself, for the test that looks at one."""


def answer_file_dialogs(
    patch: Callable[[object, str, object], None], on_ask: Callable[[], object] = lambda: None
) -> None:
    """Let whoever asks for a file or folder hear that none was chosen, after calling ``on_ask``.

    ``patch`` is ``setattr`` of pytest's ``monkeypatch``, or Python's own where pytest is not to be loaded.
    """
    for name, nothing in _NOTHING.items():
        patch(QFileDialog, name, lambda *_given, found=nothing, **_more: (on_ask(), found)[1])

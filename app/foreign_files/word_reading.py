"""Reads the text of Word files of others in a child process."""

from __future__ import annotations

from app.foreign_files.children import word_child
from app.foreign_files.children.limited_child import ChildLimits, ask_child
from app.foreign_files.intake_refusal import IntakeRefusal, not_started_refusal
from db.record import record

_CAPS = ChildLimits(seconds=20.0, megabytes=500)
_SAVE_AGAIN = "Wordで開き、「Word 文書（.docx）」で保存し直してから選んでください。"


@record
class WordText:
    """The lines of a Word file in their order, and whether changes are tracked in it (struck out text is left out)."""

    lines: tuple[str, ...]
    has_changes: bool


def read_word_text(data: bytes) -> WordText:
    """Return the text of a Word file; raises ``IntakeRefusal`` for another file, one that is damaged or too large."""
    if not data.startswith(b"PK"):  # a .doc, and one with a password, are of another form
        raise IntakeRefusal(f"Word文書（.docx）ではないか、パスワードの付いたファイルですので、{_SAVE_AGAIN}")
    answer, _ = ask_child(word_child.serve, {}, data, _CAPS)
    if answer.get("refused") == "start":
        raise not_started_refusal()
    if not answer.get("lines"):
        raise IntakeRefusal(f"Word文書として読めない（壊れているか、大きすぎる）ファイルですので、{_SAVE_AGAIN}")
    return WordText(lines=tuple(answer["lines"]), has_changes=bool(answer["changes"]))

"""The sheet under the hand together with its number and with what becomes of it at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.subjects.surveys.typing.screens.sheet_entry import SheetEntry
from db.records.surveys import AnswerSheet, Question


@dataclass
class TypedSheet:
    """A new sheet, the second typing of one, or a saved one (``sheet_id``) that is corrected.

    ``fixed_number`` True = the person chose the number; otherwise it follows the sheets saved.
    """

    number: int
    entry: SheetEntry
    second: bool = False
    sheet_id: int = 0
    online: bool = False
    fixed_number: bool = False

    @classmethod
    def new(cls, questions: Sequence[Question], number: int, *, second: bool = False) -> TypedSheet:
        """An empty sheet."""
        return cls(number=number, entry=SheetEntry(questions), second=second)

    @classmethod
    def saved(cls, questions: Sequence[Question], sheet: AnswerSheet) -> TypedSheet:
        """A saved sheet to correct."""
        return cls(
            number=sheet.number or 0,
            entry=SheetEntry(questions, sheet.answers),
            sheet_id=sheet.id,
            online=sheet.source != "紙",
        )

    @property
    def name(self) -> str:
        """「12枚目」, or 「オンラインの回答」."""
        return "オンラインの回答" if self.online else f"{self.number}枚目"

    @property
    def renumbers(self) -> bool:
        """Whether its number may still follow what was saved or taken back meanwhile."""
        return not (self.sheet_id or self.fixed_number or self.entry.started)

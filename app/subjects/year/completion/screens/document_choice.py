"""The choice of the document to show; the result of each 検査 is a letter of its own."""

from __future__ import annotations

from typing import Final

from app.subjects.year.completion.documents import (
    completion_notice,
    inspection_annex,
    inspection_record,
    inspection_result,
    invoice_check,
)
from app.subjects.year.completion.services.completion import Completion
from app.subjects.year.completion.services.inspection_documents import result_title
from app.widgets.forms.form_fields import ChoiceBox

DOCUMENTS: Final = (
    inspection_annex.INSPECTION_ANNEX_KIND, inspection_record.INSPECTION_RECORD_KIND,
    inspection_result.INSPECTION_RESULT_KIND, invoice_check.INVOICE_CHECK_KIND,
    completion_notice.COMPLETION_NOTICE_KIND,
)  # fmt: skip
ChoiceValue = tuple[str, int | None]
"""A document kind, and the 検査 of the letter where there are several."""


class DocumentChoice(ChoiceBox):
    """The choice box of the page's documents; signals are those of a choice box."""

    def __init__(self) -> None:
        super().__init__("書類")
        self.offered: list[ChoiceValue] = []
        self._waiting: set[int] = set()
        self._put([(kind, None, kind) for kind in DOCUMENTS])

    def show_choices(self, found: Completion) -> None:
        """Offer the documents of a year; the choice is kept."""
        each = [
            (one.id, f"{inspection_result.INSPECTION_RESULT_KIND}　{result_title(one)}") for one in found.inspections
        ]
        self._waiting = {
            one.id for one, told in zip(found.inspections, found.notified_dates, strict=True) if told is None
        }
        chosen = self.offered[max(self.currentIndex(), 0)]
        named: list[tuple[str, int | None, str]] = []
        for kind in DOCUMENTS:
            several = kind == inspection_result.INSPECTION_RESULT_KIND and len(each) > 1
            named += [(kind, item, words) for item, words in each] if several else [(kind, None, kind)]
        self._put(named)
        self.choose(*chosen)

    def choose(self, kind: str, item: int | None = None) -> ChoiceValue:
        """Choose a document and return the choice.

        Of several letters the named one, else the one not notified for longest, else the newest.
        """
        mine = [one for one in self.offered if one[0] == kind]
        waiting = [one for one in mine if one[1] in self._waiting]
        wanted = (kind, item) if (kind, item) in mine else [*mine[-1:], *waiting[:1]][-1]
        self.setCurrentIndex(self.offered.index(wanted))
        return wanted

    def _put(self, named: list[tuple[str, int | None, str]]) -> None:
        self.offered = [(kind, item) for kind, item, _words in named]
        self.clear()
        self.addItems([words for _kind, _item, words in named])

"""The declaration of a form of the year, and the comparison of its rows with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from app.ledgers.services.ledger import Ledger
from app.programme.services import ProgrammeView
from app.submissions.deliverables.intake import FormFault, FormReading
from app.submissions.deliverables.rules.submission_form import NO_PREFILL, FormPrefill, SubmissionForm
from db.record import record
from db.records.programme import EventKind
from db.store import Store


@record
class SubmissionFormRow:
    """One row of a form's table; ``goes_to_ledger`` = it is written, else ``state`` and ``explanation`` say why not.

    ``corrects`` is the row of the ledger in which ``cells`` are written by a 訂正行 with the reason
    ``explanation``; "" = it is a new row.
    """

    row: int
    words: str
    state: str
    explanation: str
    goes_to_ledger: bool
    cells: Mapping[str, str]
    corrects: str = ""

    @property
    def id(self) -> int:
        """Return the number of its row, which is its id in a list."""
        return self.row


@record
class YearForm:
    """One form of the year.

    Attributes:
        title: its name, by which its workbook is recognised.
        kind: the kind of received document.
        make: makes the form from its identity and subject in words.
        make_of_year: makes it for a year whose kinds decide what is chosen from in it.
        answers: the point of 内容確認 that each item or column answers, by its title.
        ledger: where its rows go, None = only the file and its values are stored.
        judge_rows: compares each row with the ledger.
        cells_from_receipt: what the day of the receipt adds to each new row.
        read_prefill: what it contains when handed out.
        find_faults: which values contradict each other.
    """

    title: str
    kind: str
    make: Callable[[str, str], SubmissionForm]
    answers: Mapping[str, str]
    make_of_year: Callable[[str, str, Sequence[EventKind]], SubmissionForm] | None = None
    ledger: Ledger | None = None
    judge_rows: Callable[[Store, ProgrammeView, FormReading, date], Iterable[SubmissionFormRow]] = lambda *_asked: ()
    cells_from_receipt: Callable[[date], Mapping[str, str]] = lambda _day: {}
    read_prefill: Callable[[Store, ProgrammeView, date], FormPrefill] = lambda *_asked: NO_PREFILL
    find_faults: Callable[[FormReading], Iterable[FormFault]] = lambda *_asked: ()

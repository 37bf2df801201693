"""What one form of the year declares of itself, and how one row of it stands to what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.ledgers.services.ledger import Ledger
from app.programme.services.programme_view import ProgrammeView
from app.subjects.submissions.deliverables.intake.form_reading import FormFault, FormReading
from app.subjects.submissions.deliverables.rules.submission_form import NO_PREFILL, FormPrefill, SubmissionForm
from db.frozen_record import frozen_record
from db.store import Store


@frozen_record
class SubmissionFormRow:
    """One row of a form's table: ``goes_to_ledger`` = it goes to the ledger; else ``state`` and ``told`` say why not.

    ``corrects`` is the row of the ledger in which ``cells`` are written by a 訂正行 with the reason ``told``; "" = it
    is a new row.
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
        """Its row in a list."""
        return self.row


def _no_rows(_store: Store, _view: ProgrammeView, _reading: FormReading, _today: date) -> Iterable[SubmissionFormRow]:
    return ()


def _no_prefill(_store: Store, _view: ProgrammeView, _today: date) -> FormPrefill:
    return NO_PREFILL


def _no_faults(_reading: FormReading) -> Iterable[FormFault]:
    return ()


@frozen_record
class YearForm:
    """One form of the year.

    Attributes:
        title: its name, by which its workbook is known. kind: the kind of received paper that it is kept under.
        make: what it asks, given what it is about and its subject in words. answers: which point of 内容確認 each of
            its items or columns answers. ledger: where its rows go, None = its file and what was read of it are all
            that is kept. judged: how each row stands to what is there.
        cells_from_receipt: what the day of the receipt adds to each new row. known: what stands in it when it is handed
        out. clashes: which values that were read can't stand together.
    """

    title: str
    kind: str
    make: Callable[[str, str], SubmissionForm]
    answers: Mapping[str, str]
    ledger: Ledger | None = None
    judge_rows: Callable[[Store, ProgrammeView, FormReading, date], Iterable[SubmissionFormRow]] = _no_rows
    cells_from_receipt: Callable[[date], Mapping[str, str]] = lambda _day: {}
    read_prefill: Callable[[Store, ProgrammeView, date], FormPrefill] = _no_prefill
    find_faults: Callable[[FormReading], Iterable[FormFault]] = _no_faults

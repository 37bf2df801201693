"""What one form of the year declares of itself, and how one row of it stands to what is there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from app.ledgers.services.ledger import Ledger
from app.programme.services.programme_view import ProgrammeView
from app.subjects.submissions.deliverables.intake.kit_reading import FormFault, KitReading
from app.subjects.submissions.deliverables.rules.kit_form import EMPTY, FormFill, KitForm
from db.frozen_record import frozen_record
from db.store import Store


@frozen_record
class SubmissionFormRow:
    """One row of a form's table: ``enters`` = it goes to the ledger; else ``state`` and ``told`` say why not.

    ``corrects`` is the row of the ledger in which ``cells`` are written by a 訂正行 with the reason ``told``; "" = it
    is a new row.
    """

    row: int
    words: str
    state: str
    told: str
    enters: bool
    cells: Mapping[str, str]
    corrects: str = ""

    @property
    def id(self) -> int:
        """Its row in a list."""
        return self.row


def _no_rows(_store: Store, _view: ProgrammeView, _reading: KitReading, _today: date) -> Iterable[SubmissionFormRow]:
    return ()


def _nothing_known(_store: Store, _view: ProgrammeView, _today: date) -> FormFill:
    return EMPTY


def _no_clash(_reading: KitReading) -> Iterable[FormFault]:
    return ()


@frozen_record
class YearForm:
    """One form of the year.

    Attributes:
        title: its name, by which its workbook is known. kind: the kind of received paper that it is kept under.
        make: what it asks, given what it is about and its subject in words. answers: which point of 内容確認 each of
            its items or columns answers. ledger: where its rows go, None = its file and what was read of it are all
            that is kept. judged: how each row stands to what is there.
        of_receipt: what the day of the receipt adds to each new row. known: what stands in it when it is handed out.
        clashes: which values that were read can't stand together.
    """

    title: str
    kind: str
    make: Callable[[str, str], KitForm]
    answers: Mapping[str, str]
    ledger: Ledger | None = None
    judged: Callable[[Store, ProgrammeView, KitReading, date], Iterable[SubmissionFormRow]] = _no_rows
    of_receipt: Callable[[date], Mapping[str, str]] = lambda _day: {}
    known: Callable[[Store, ProgrammeView, date], FormFill] = _nothing_known
    clashes: Callable[[KitReading], Iterable[FormFault]] = _no_clash

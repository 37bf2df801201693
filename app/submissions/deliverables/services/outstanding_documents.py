"""The letters お願い (督促 once late), 受領 and 修正依頼, and the due list with lateness, as documents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from zlib import crc32

from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.dates import long_date
from app.calendar.wareki import fiscal_year_words
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage, event_code, table_day
from app.documents.event_phase import EventPhase
from app.documents.file_format import TEXT_FORMATS
from app.documents.rules import with_known_numbers
from app.documents.services.document_context import document_context_of, event_document_context
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, year_at
from app.documents.services.documents import addressee_words, sender_words
from app.event.services.event_document import event_document_kind
from app.event.services.event_records import EventRecords, read_event_or_error
from app.event.services.event_state import states_of
from app.event.services.tasks.task_completion import received_reports
from app.ledgers.rules import LedgerLine, cell_day, print_words
from app.ledgers.services.ledger_documents import assign_printed_numbers, keeper_text
from app.ledgers.services.ledger_reading import read_books
from app.programme.rules import in_own_words
from app.programme.services import ProgrammeView, programme_of_event, read_programme
from app.received.services import RECEIVED_KINDS, kinds_of_year, newest_of_each
from app.submissions.deliverables.documents import (
    ABOUT_YEAR,
    LATE,
    ReceivedReportRow,
    ReceivedReports,
    late_list,
    outstanding_letter,
)
from app.submissions.deliverables.rules.due_rows import DueRow
from app.submissions.deliverables.rules.outstanding_texts import (
    ACTIONS,
    CORRECTION_REQUEST,
    RECEIPT_NOTE,
    SUBMISSION_REQUEST,
    ActionId,
    applicable_texts,
    body,
    mail_text,
    missing_reason,
)
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.outstanding import OutstandingView, read_outstanding, read_outstanding_report
from app.submissions.reports.services.report_ledger import REPORT_LEDGER as REPORTS
from db.journal import Change
from db.records.events import Event
from db.records.submissions.received import ReceivedPaper
from db.rows import rows
from db.store import Store
from db.tables.received import BY_KIND

KINDS: dict[ActionId, str] = {
    "お願い": SUBMISSION_REQUEST,
    "督促": SUBMISSION_REQUEST,
    "受領": RECEIPT_NOTE,
    "修正依頼": CORRECTION_REQUEST,
}
"""The event letter of each text; an お願い becomes a 督促 after the day."""
_BODY = "本文"
_CHECK_ROW = "「資料・報告」で、その行を確かめてください。"
_OWN = 1_000
_DOCUMENTS = 100_000
"""Item numbers of single received documents start here; below are declared kinds by position, then those of a year."""
_CHOSEN = 10_000_000
"""This is added for a chosen text, once for each place in ``ACTIONS``; without it the letter is the text that fits."""


def text_of_letter(kind: str, view: OutstandingView) -> ActionId:
    """Return which text the letter about a report is now; raises ``UserError`` with the reason when none is true."""
    whats = [what for what in ACTIONS if KINDS[what] == kind]
    found = next((what for what in applicable_texts(view.outstanding) if what in whats), None)
    if found is None:
        raise UserError(
            missing_reason(whats[0], view.outstanding) or "いまは作成できません。",
            _CHECK_ROW,
        )
    return found


def _build(kind: str, store: Store, event: Event, now: datetime) -> DocumentContent:
    """Build the letter of this kind (request or reminder, receipt note, 修正依頼) about the report of an event."""
    view = read_outstanding_report(store, event=event, today=now.date())
    what = text_of_letter(kind, view)
    programme = programme_of_event(store, event, on=now.date())
    # A copy of a request has the day on which it was made.
    context = event_document_context(
        store, event, kind, now, view=programme, given_on=view.outstanding.requested_on if what == "修正依頼" else None
    )
    default = Passage(part=_BODY, text=body(what, view.outstanding), lines=8)
    (text,) = passage_texts(store, DocumentScope(event_id=event.id), kind, (default,)).values()
    return outstanding_letter(
        context,
        view.outstanding,
        what,
        kind=kind,
        sign=event_code(programme.programme, event, programme.kind(event.kind)),
        text=text,
    )


def _mail(kind: str, store: Store, event: Event, now: datetime) -> str:
    """Return the text of a letter of this kind about an event's report, as a mail."""
    view = read_outstanding_report(store, event=event, today=now.date())
    programme = programme_of_event(store, event, on=now.date())
    return mail_text(
        text_of_letter(kind, view),
        view.outstanding,
        addressee=addressee_words(programme),
        sender=sender_words(programme),
    )


def _passages(kind: str, store: Store, event: Event, on: date) -> tuple[Passage, ...]:
    """Return the body of such a letter as an editable passage."""
    view = read_outstanding_report(store, event=event, today=on)
    return (Passage(part=_BODY, text=body(text_of_letter(kind, view), view.outstanding), lines=8),)


def _has_received_report(records: EventRecords) -> bool:
    return any(one.way.is_received for one in received_reports(records))


def _ready(kind: str, store: Store, records: EventRecords) -> bool:
    """Return whether a letter of this kind can be made now: the request while a dated event has no report yet.

    The receipt note needs a received report; the 修正依頼 one that is not 確認済 and has points to correct.
    """
    if kind == SUBMISSION_REQUEST:
        return records.event.event_date is not None and not received_reports(records)
    if kind == RECEIPT_NOTE:
        return _has_received_report(records)
    newest = received_reports(records)[-1:]
    if not _has_received_report(records) or newest[0].status.is_checked:
        return False
    return bool(
        read_outstanding_report(store, event=records.event, today=newest[0].received_on or date.max).outstanding.points
    )


def request_halts(store: Store, scope: DocumentScope, today: date) -> tuple[str, ...]:
    """Return one sentence why a report is not requested yet if its event is still to come or postponed, else ()."""
    event = read_event_or_error(store.database, scope.event_id)
    state = states_of(store.database, [event], today)[event.id]
    if state.phase is EventPhase.WITHOUT_NEW_DAY:
        return (f"{event.full_title}は{state.word}です。報告書は、開いたあとにお願いします。",)
    if event.event_date is None or event.event_date <= today:
        return ()
    return (f"{event.full_title}は{long_date(event.event_date)}に開きます。報告書は、開いたあとにお願いします。",)


HALTS = ((SUBMISSION_REQUEST, request_halts),)


def _letter(kind: str, why: str) -> DocumentKind:
    """Return the document kind of a letter about the report of an event; ``why`` says when it can be made."""
    return event_document_kind(
        kind=kind,
        group="報告",
        event_role="実施後",
        build=lambda store, event, now: _build(kind, store, event, now),
        ready=lambda store, file: _ready(kind, store, file),
        missing_words=why,
        todo="報告書",
        goes_out=True,
        formats=TEXT_FORMATS,
        recipient="受託者",
        mail=lambda store, event, now: _mail(kind, store, event, now),
        passages=lambda store, event, on: _passages(kind, store, event, on),
    )


def _items(store: Store, scope: DocumentScope) -> list[DocumentItem]:
    """Return every kind that is owed in the year, and the newest version of every document received separately."""
    programme = read_programme(store, fiscal_year=scope.fiscal_year).programme
    kinds = kinds_of_year(programme)
    outstanding = [
        DocumentItem(id=_place_of(kind.kind), title=kind.kind) for kind in kinds if not kind.is_standalone_in(programme)
    ]
    alone = [kind.kind for kind in kinds if kind.is_standalone_in(programme)]
    papers = newest_of_each(rows(store.database, ReceivedPaper, programme_id=programme.id, kind=alone, order=BY_KIND))
    return outstanding + [
        DocumentItem(id=_DOCUMENTS + one.id, title=f"{one.kind}　{one.file_name or one.note}".strip()) for one in papers
    ]


def item_of(row: DueRow, action: ActionId | None = None) -> int:
    """Return the item number of a year's row, by kind or by document, with the text chosen for the letter."""
    chosen = _CHOSEN * (ACTIONS.index(action) + 1) if action is not None else 0
    if row.id != row.kind:
        return chosen + _DOCUMENTS + row.paper_id
    return chosen + _place_of(row.kind)


def _place_of(name: str) -> int:
    """Return the position of a declared kind from 1; of a kind that its year alone owes a number made of its name."""
    places = {kind.kind: place for place, kind in enumerate(RECEIVED_KINDS, 1)}
    return places.get(name) or _OWN + crc32(name.encode()) % (_DOCUMENTS - _OWN)


def _build_of_year(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the letter about a paper of the year, in the default wording of the text that was chosen.

    Without a choice it is 督促 once late, and 修正依頼 with points to correct.

    Raises:
        UserError: it is no longer due, or the chosen text is no longer true.
    """
    context = document_context_of(store, scope, ABOUT_YEAR, now, formal=True)
    chosen, item = divmod(scope.item or 0, _CHOSEN)
    listed = read_due_list(store, programme_id=context.programme.id, today=now.date()).rows
    row = next((one for one in listed if not one.event_id and item_of(one) == item), None)
    if row is None:
        raise UserError("この提出物は、もう一覧にありません。", "「資料・報告」を開き直してください。")
    owed = read_outstanding(store, row_id=row.id, programme_id=context.programme.id, today=now.date()).outstanding
    what = ACTIONS[chosen - 1] if chosen else max(applicable_texts(owed), key=ACTIONS.index)
    if missing := missing_reason(what, owed):
        raise UserError(missing, _CHECK_ROW)
    sign = f"{context.programme.year_code}-{row.kind}"
    return outstanding_letter(context, owed, what, kind=ABOUT_YEAR, sign=sign)


def correction_request_doubts(store: Store, scope: DocumentScope, kind: str, today: date) -> tuple[str, ...]:
    """Return one warning before a 修正依頼 leaves that names the unchecked points, as they may need a second one.

    () for other kinds, and where no point is unchecked.
    """
    if kind != CORRECTION_REQUEST or scope.event_id is None:
        return ()
    open_points = read_outstanding_report(
        store, event=get_or_raise(store.database, Event, scope.event_id), today=today
    ).unchecked_points
    return (f"まだ確認していない項目があります（{'、'.join(open_points)}）。",) if open_points else ()


def _build_late(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return 提出物と遅れの一覧 of a year as of the scope's day (None = today), with the received reports as of now."""
    view = year_at(store, scope, now)
    on = scope.as_of or now.date()
    return late_list(
        document_context_of(store, scope, LATE, now),
        read_due_list(store, programme_id=view.programme.id, today=on),
        _reports_that_came(store, view, now.date()),
    )


def _reports_that_came(store: Store, view: ProgrammeView, today: date) -> ReceivedReports:
    """Return the rows of 受領報告書一覧 from the ledger, with corrections and the last check."""
    programme = view.programme
    book, setting = read_books(store.database, programme, today, (REPORTS,))[REPORTS.key]

    columns = {column.key: column for column in REPORTS.columns}

    def words(key: str, text: str) -> str:
        """Return a cell of the ledger in the words in which a document prints it."""
        if key in columns and columns[key].kind == "day" and (day := cell_day(text)) is not None:
            return table_day(day)
        return print_words(columns[key], text, book.names).replace("\n", " ") if key in columns else text

    def corrected(line: LedgerLine) -> Iterator[str]:
        """Yield why a ledger line was cancelled, then each correction with its former value, reason and author."""
        if line.cancel_reason:
            yield f"取消：{line.cancel_reason}"
        for one in line.corrections:
            title = columns[one.about].title if one.about in columns else one.about
            taken_back = "　取消" if one.withdrawn else ""
            old = words(one.about, one.old) or "—"
            yield f"{line.number}-{one.part}{taken_back}　{title}　元の値 {old}　理由：{one.reason}　{one.by}"

    def came(line: LedgerLine) -> ReceivedReportRow:
        def said(*keys: str) -> str:
            """Return the filled cells with these keys, one below the other."""
            return "\n".join(text for key in keys if (text := words(key, line.cell(key))))

        return ReceivedReportRow(
            number=str(line.number),
            received=said("received"),
            title=said("event", "version"),
            how=said("how", "original", "pages"),
            receipt=said("receipt"),
            checked=join_nonempty(
                in_own_words(said("state"), view.office), said("checked", "checked_by"), separator="\n"
            ),
            notes="\n".join(corrected(line)),
        )

    (total,) = REPORTS.totals_in(view)
    last = book.checks[-1] if book.checks else None
    return ReceivedReports(
        rows=tuple(map(came, book.lines)),
        basis=with_known_numbers(REPORTS.basis(view, setting.basis), programme, view.kinds),
        keeper=keeper_text(REPORTS),
        unchecked=tuple(
            str(line.number) for line in book.lines if not line.cancel_reason and total.is_counted(line.cells)
        ),
        checked=f"{last.by}　{table_day(last.at.date())}" if last is not None else "",
    )


def _on_late_list_outgoing(
    store: Store, change: Change, scope: DocumentScope, content: DocumentContent
) -> dict[str, str]:
    """Assign the printed reports their permanent numbers; return {}."""
    assign_printed_numbers(REPORTS, store, change, scope, content)
    return {}


def _state(_store: Store, subject: DocumentSubject, _today: date) -> str:
    return fiscal_year_words(subject.scope.fiscal_year) if subject.scope.fiscal_year is not None else ""


DOCUMENTS = (
    _letter(SUBMISSION_REQUEST, "実施日が決まり、報告書がまだ届いていないとき作成できます。"),
    _letter(RECEIPT_NOTE, "報告書を受領すると作成できます。"),
    _letter(CORRECTION_REQUEST, "報告書に、修正してもらう点があるとき作成できます。"),
    DocumentKind(
        kind=LATE, aliases=(REPORTS.title,), build=_build_late,
        state_words=_state,
        on_outgoing=_on_late_list_outgoing,
        missing_words="年度を始めると作成できます。", todo="提出物",
    ),
    DocumentKind(
        kind=ABOUT_YEAR, formats=TEXT_FORMATS, build=_build_of_year, items=_items,
        missing_words="「資料・報告」で1件を選ぶと作成できます。", todo="提出物", recipient="受託者", formal=True,
    ),
)  # fmt: skip

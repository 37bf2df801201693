"""Reads データ返還一式 of a year; preview, password, log and kept copy work as for every document.

It contains 団体の名簿, 参加者, the responses of each event and every ledger with rows: the 情報 of 特22 as far as it is
in
the program."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from app.calendar.dates import table_date
from app.common.clauses import clause_of
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import DocumentKind
from app.documents.services.document_scope import DocumentScope, year_at
from app.events.roster.services.roster import roster_of
from app.ledgers.rules import workbook_words
from app.ledgers.services.ledger import LEDGERS
from app.ledgers.services.ledger_reading import read_books
from app.programme.services import ProgrammeView
from app.settings.disposal.documents import RETURN_PACKAGE_KIND, PackageList, return_package
from app.surveys.data_entry.services import answer_words
from app.surveys.questions.rules import printed_title
from db.records.events import Event
from db.records.surveys import EventSurvey
from db.rows import row
from db.store import Store
from db.tables import events as event_table
from db.tables import organisations, surveys

_REGISTER = ("支部", "団体名", "ふりがな", "世帯数", "支援方針", "備考")
_PEOPLE = ("実施回", "実施日", "支部", "団体", "氏名", "ふりがな", "役職", "申込", "出欠")


def build_package(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return all data of a year as lists; raises ``UserError`` when it was not started here."""
    view = year_at(store, scope, now)
    context = document_context_of(store, scope, RETURN_PACKAGE_KIND, now)
    events = event_table.events_of_year(store.database, view.programme.id)
    lists = [_register(store), _people(store, events), *_answers(store, events), *_ledgers(store, view, now.date())]
    return return_package(context, lists)


def _register(store: Store) -> PackageList:
    rows = [
        (
            one.branch, one.name, one.furigana,
            one.households_text or ("" if one.households is None else str(one.households)),
            one.support_policy, one.note,
        )
        for one in organisations.all_organisations(store.database)
    ]  # fmt: skip
    return PackageList(category="名簿", title="団体の名簿", columns=_REGISTER, rows=rows)


def _people(store: Store, events: list[Event]) -> PackageList:
    """Return the participants of all events as a list, one line for each entry."""
    rows = [
        (
            event.full_title, table_date(event.event_date) if event.event_date else "", one.branch,
            one.organisation_name, one.name, one.furigana, one.role, one.entry.state, one.entry.attendance,
        )
        for event in events
        for one in roster_of(store.database, event).rows
    ]  # fmt: skip
    return PackageList(category="申込・名簿", title="参加者", columns=_PEOPLE, rows=rows)


def _answers(store: Store, events: list[Event]) -> Iterator[PackageList]:
    """Yield for each survey with answers a list of them for the package, one row for each sheet."""
    for event in events:
        survey = row(store.database, EventSurvey, event_id=event.id)
        found = surveys.responses(store.database, survey.id) if survey is not None else []
        if survey is None or not found:
            continue
        columns = ("票", *(f"問{place} {printed_title(one)}" for place, one in enumerate(survey.questions, 1)))
        rows = [
            (
                f"{one.source}{one.number or number}{'' if one.counted else '（集計に入れない）'}",
                *(answer_words(asked, one.answers) for asked in survey.questions),
            )
            for number, one in enumerate(found, 1)
        ]
        yield PackageList(category="アンケート", title=f"{event.full_title}の回答", columns=columns, rows=rows)


def _ledgers(store: Store, view: ProgrammeView, today: date) -> Iterator[PackageList]:
    """Yield each ledger that has lines as a list for the package, without empty columns."""
    books = read_books(store.database, view.programme, today, LEDGERS)
    for ledger in LEDGERS:
        book, _setting = books[ledger.key]
        if book.lines:
            # An empty column would take width from the filled ones.
            said = [one for one in ledger.columns if any(line.cells.get(one.key) for line in book.lines)]
            cancelled = any(line.cancel_reason for line in book.lines)
            rows = [
                (
                    str(line.number),
                    *(workbook_words(one, line.cell(one.key), book.names) for one in said),
                    *([line.cancel_reason] if cancelled else []),
                )
                for line in book.lines
            ]
            columns = ("No", *(one.title for one in said), *(["取消の理由"] if cancelled else []))
            yield PackageList(category="管理簿", title=ledger.title, columns=columns, rows=rows)


PACKAGE = DocumentKind(
    kind=RETURN_PACKAGE_KIND,
    formats=("xlsx",),
    build=build_package,
    missing_words="",
    todo="契約の終わり",
    personal=True,
    is_internal=True,
    clauses=(clause_of("返還・処分と証明、外部委託の承認"),),
)

"""Build 検査調書 and 検査結果通知, and check what must be settled before the result is sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from app.actions.user_error import UserError
from app.calendar.dates import long_date, long_date_plain, short_date
from app.common.join_nonempty import join_nonempty
from app.documents.blocks import DocumentContent
from app.documents.document_frame import Passage
from app.documents.file_format import TEXT_FORMATS
from app.documents.services.document_kind import DocumentItem, DocumentKind, DocumentSubject
from app.documents.services.document_passages import passage_texts
from app.documents.services.document_scope import DocumentScope, keys_of
from app.year_end.completion import documents as completion_documents
from app.year_end.completion.documents import LEAD, OTHER, POINTS, SEAL, SUBJECT, AnnexFacts, RecordFacts, ResultFacts
from app.year_end.completion.rules import check_days, check_people
from app.year_end.completion.services.completion import (
    Completion,
    held_words,
    inspections_of,
    letter_revision,
    read_completion,
)
from app.year_end.completion.services.completion_documents import (
    annex_facts,
    completed_on,
    completion_at,
    notice_dated_on,
    work_lines,
)
from app.year_end.completion.services.document_doubts import open_papers_words
from db.records.year.completion import Inspection
from db.store import Store


def build_record(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the 検査調書 of a year, a blank form until a 検査 is recorded, then with the result of the newest.

    Then also held events and documents are counted as of the day of that 検査.
    """
    context, found = completion_at(store, scope, completion_documents.INSPECTION_RECORD_KIND, now)
    shown, annex = _as_inspected(store, found, found.inspection)
    return completion_documents.inspection_record(
        context,
        RecordFacts(
            inspection=shown.inspection,
            earlier=shown.inspections[:-1],
            noticed_on=shown.notice_on,
            completed_on=completed_on(shown),
            works=work_lines(shown, shown.today),
            annex=f"提出物 {_handed_in(annex)}件（検査調書別紙のとおり）",
        ),
    )


def build_result(store: Store, scope: DocumentScope, now: datetime) -> DocumentContent:
    """Return the letter with the result of a 検査, of ``scope.item`` or else the newest one.

    Raises:
        UserError: no 検査 is recorded (no verdict is proposed), its day is before the receipt of the 業務完了届,
            or its 検査員 is one of the 担当.
    """
    context, found = completion_at(store, scope, completion_documents.INSPECTION_RESULT_KIND, now, formal=True)
    inspection = _recorded_inspection(found, scope)
    shown, annex = _as_inspected(store, found, inspection)
    return completion_documents.inspection_result(
        context,
        ResultFacts(
            inspection=inspection,
            ordinal=found.inspections.index(inspection) + 1,
            inspected=f"{_held_words(shown)}\n提出物 {_handed_in(annex)}件（検査調書別紙のとおり）",
            texts=passage_texts(
                store,
                scope,
                completion_documents.INSPECTION_RESULT_KIND,
                result_passages(store, scope, now.date()),
                revision=letter_revision(store.database, inspection),
            ),
        ),
    )


def result_passages(store: Store, scope: DocumentScope, on: date) -> Sequence[Passage]:
    """Return the default wording of the letter by the result of its 検査; nothing before there is one."""
    found = read_completion(store, fiscal_year=scope.fiscal_year, today=on)
    one = _inspection_of(found, scope)
    if one is None:
        return ()
    dated = notice_dated_on(found)
    came = (
        f"{long_date_plain(dated)}付けで業務完了届のあった委託"
        if dated is not None
        else f"{long_date_plain(found.notice_on or one.held_on)}に業務完了届を受領した委託"
    )
    points = one.repair.strip() or ("ありません。" if one.result.is_passed else "")
    if points and one.repair_due is not None:
        points += f"\n期限　{long_date(one.repair_due)}"
    then = (
        f"請求書は、この通知のあとに提出してください。支払は、適法な請求書を受け取った日から{found.programme.payment_period}に行います。"
        if one.result.is_passed
        else "指摘した点を直したうえで、書面でお知らせください。あらためて検査を行います。"
    )
    return (
        Passage(SUBJECT, f"{found.programme.title}の\n検査の結果について（通知）"),
        Passage(LEAD, f"{came}について、つぎのとおり検査を行いましたので、その結果をお知らせします。", lines=3),
        Passage(POINTS, points, lines=4),
        Passage(OTHER, then, lines=3),
        Passage(SEAL, "（公印省略）", lines=1),
    )


def result_halts(store: Store, scope: DocumentScope, on: date) -> tuple[str, ...]:
    """Return what must be settled before the result is sent, a sentence each; each may be overridden by a reason."""
    found = read_completion(store, fiscal_year=scope.fiscal_year, today=on)
    one = _inspection_of(found, scope)
    return tuple(_halts(store, found, one)) if one is not None else ()


def _inspection_of(found: Completion, scope: DocumentScope) -> Inspection | None:
    """Return the 検査 with the id ``scope.item``, else the newest of the year; None where none is recorded."""
    return next((one for one in found.inspections if one.id == scope.item), found.inspection)


def _halts(store: Store, found: Completion, inspection: Inspection) -> Iterator[str]:
    """Yield a sentence for each thing to be settled before the 検査結果通知 of ``inspection`` is sent."""
    shown, then = _as_inspected(store, found, inspection)
    if then.unrecorded:
        yield then.unrecorded
    yield from open_papers_words(found)
    # Documents due after that day are not part of what was inspected; events are.
    if _held_words(shown) != _held_words(found):
        yield (
            f"検査調書別紙の数が、検査の日（{short_date(inspection.held_on, found.today)}）から変わっています"
            f"（{_held_words(shown)} → {_held_words(found)}）。"
        )
    if not inspection.result.is_passed and not inspection.repair.strip():
        yield "何を直すかが、検査の記録に書かれていません。"
    if not inspection.result.is_passed and inspection.repair.strip() and inspection.repair_due is None:
        yield "手直しの期限が、検査の記録に入っていません。"


def _recorded_inspection(found: Completion, scope: DocumentScope) -> Inspection:
    """Return the 検査 of the letter; raises ``UserError`` without one or with wrong people or days."""
    one = _inspection_of(found, scope)
    if one is None:
        raise UserError(
            "検査の結果が、まだ記録されていません。", "「完了・検査・支払」で検査を記録すると作成できます。"
        )
    check_people(one)
    check_days(one, found.notice_on, found.today)
    return one


def _as_inspected(store: Store, found: Completion, inspection: Inspection | None) -> tuple[Completion, AnnexFacts]:
    """Return the year as of the day of a 検査 (None = as of today), with the counts of its 別紙."""
    if inspection is not None and inspection.held_on != found.today:
        found = read_completion(store, programme_id=found.programme.id, today=inspection.held_on)
    return found, annex_facts(store, found, found.today)


def _handed_in(annex: AnnexFacts) -> int:
    """Return how many rows the 別紙 numbers (reports, then documents of the year)."""
    return sum(len(group.lines) for group in annex.groups) + len(annex.papers)


def _held_words(shown: Completion) -> str:
    """Return words on what was held by kind (「講習会 7回、アドバイザー派遣 3団体、意見交換会 2回」)."""
    return join_nonempty(
        *(f"{one.name_in_text} {held_words(one, shown.event_records, shown.today)}" for one in shown.view.kinds),
        separator="、",
    )


def read_inspection(store: Store, subject: DocumentSubject) -> Inspection | None:
    """Return the 検査 of the documents, the chosen one or else the newest of the year."""
    return _chosen(store, subject.scope)


def _all(store: Store, scope: DocumentScope) -> Sequence[Inspection]:
    """Return all inspections of a year, oldest first."""
    programme_id = keys_of(store, scope)["programme_id"] or 0
    return inspections_of(store.database, programme_id)


def _chosen(store: Store, scope: DocumentScope) -> Inspection | None:
    """Return the 検査 with the id ``scope.item``, else the newest, None where none is recorded."""
    found = _all(store, scope)
    return next((one for one in found if one.id == scope.item), found[-1] if found else None)


def _revision(store: Store, scope: DocumentScope) -> int:
    """Return the revision of the letter; each 検査 has its own."""
    one = _chosen(store, scope)
    return letter_revision(store.database, one) if one is not None else 1


def result_title(inspection: Inspection) -> str:
    """Return the title by which one of several letters is known (「3/30(火)の検査　手直し」)."""
    return f"{short_date(inspection.held_on, inspection.held_on)}の検査　{inspection.result}"


def _document_items(store: Store, scope: DocumentScope) -> Sequence[DocumentItem]:
    return [DocumentItem(id=one.id, title=result_title(one)) for one in _all(store, scope)]


def _state(store: Store, subject: DocumentSubject, today: date) -> str:
    """Return day and result of the 検査 in words, or that there is none, as the state of the document."""
    one = read_inspection(store, subject)
    return f"{short_date(one.held_on, today)} {one.result}" if one is not None else "検査前の様式"


DOCUMENTS = (
    DocumentKind(
        kind=completion_documents.INSPECTION_RECORD_KIND,
        clauses=("clause_payment",),
        build=build_record,
        state_words=_state,
        missing_words="",
        todo="完了の手続きを進める",
    ),
    DocumentKind(
        kind=completion_documents.INSPECTION_RESULT_KIND,
        formats=TEXT_FORMATS,
        clauses=("clause_payment",),
        build=build_result,
        is_ready=lambda store, subject: read_inspection(store, subject) is not None,
        state_words=_state,
        passages=result_passages,
        missing_words="検査を記録すると作成できます。",
        todo="完了の手続きを進める",
        goes_out=True,
        formal=True,
        letters_of_year=_document_items,
        revision=_revision,
        recipient="受託者",
    ),
)
HALTS = ((completion_documents.INSPECTION_RESULT_KIND, result_halts),)

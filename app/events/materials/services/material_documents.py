"""資料確認結果通知 as a document and as a mail to copy, and the cover sheet of handouts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from app.actions.user_error import UserError
from app.documents.blocks import DocumentContent
from app.documents.services.document_context import event_document_context
from app.documents.services.document_kind import DocumentKind
from app.documents.services.documents import addressee_words, sender_words
from app.event.rules import target_dates
from app.event.rules.deadlines import MATERIAL as MATERIAL_CHECK
from app.event.rules.deadlines import Deadline, event_deadlines
from app.event.services.event_document import event_document_kind
from app.event.services.event_facts import read_event_facts
from app.event.services.event_records import EventRecords, handout_key, read_core_records, read_event_records
from app.events.materials import documents as materials_documents
from app.events.materials.services.distributed_handouts import distributed_handouts
from app.programme.services import ProgrammeView, programme_of_event
from db.records.accounts import RowChange
from db.records.documents import Notification
from db.records.events import Event
from db.records.submissions.materials import MaterialResult
from db.rows import rows
from db.store import Store
from db.tables import journal, materials

MATERIAL = materials_documents.RESULT_KIND


def reviewed_materials(store: Store, event_id: int) -> tuple[materials_documents.ReviewedMaterial, ...]:
    """Return every handout with a result, as newest judged version with the findings to answer.

    Those are the findings on that version, preceded by open ones from older versions.
    """
    reviewed = []
    for one in materials.of_event(store.database, event_id):
        judged = [version for version in materials.versions(store.database, one.id) if version.result]
        if judged:
            newest = judged[-1]
            found = tuple(
                row
                for version in materials.versions(store.database, one.id)
                if version.version <= newest.version
                for row in materials.findings(store.database, version.id)
                if version.id == newest.id or not row.resolved
            )
            reviewed.append(materials_documents.ReviewedMaterial(material=one, version=newest, findings=found))
    return tuple(reviewed)


def resubmit_by(
    store: Store,
    view: ProgrammeView,
    event: Event,
    reviewed: tuple[materials_documents.ReviewedMaterial, ...],
    day: date,
) -> date | None:
    """Return the day by which the ward asks for a corrected version, as on screen; never before ``day``.

    It counts from the day of the notification, or from ``day`` for what is not notified yet. None if nothing is to be
    corrected, or the event has no deadline of 資料確認.
    """
    mended = {one.material.id for one in reviewed if not one.version.is_checked}
    told = [one.notified_on or day for one in read_core_records(store, event).materials if one.material.id in mended]
    confirm = _confirmation(view, event)
    if confirm is None or not told:
        return None
    calendar = view.calendar
    wanted = target_dates.resubmission_target(confirm.working, confirm.start, max(told), calendar)
    return wanted if wanted >= day else target_dates.resubmission_target(confirm.working, confirm.start, day, calendar)


def _confirmation(view: ProgrammeView, event: Event) -> Deadline | None:
    """Return the deadline of 資料確認 of an event; None without a date or where the contract asks for none."""
    if event.event_date is None:
        return None
    rows = event_deadlines(view.kind(event.kind), view.programme, event.event_date, view.calendar)
    return next((row for row in rows if row.task == MATERIAL_CHECK), None)


def _issue_day(
    store: Store, event: Event, reviewed: tuple[materials_documents.ReviewedMaterial, ...], today: date
) -> date:
    """Return the date of the notice: when its results were notified (the last, if all were), else today.

    For a past event it is then the day of the last result.
    """
    acts = rows(store.database, Notification, event_id=event.id, document_kind=MATERIAL, order=("told_on", "id"))
    told = {(act.key, act.version): act.told_on for act in acts if act.is_notified}
    given = [told.get((handout_key(one.material.id), one.version.version)) for one in reviewed]
    if all(given):
        return max(day for day in given if day is not None)
    judged = [one.version.result_on for one in reviewed if one.version.result_on]
    return max(judged) if judged and event.is_past(today) else today


def result_notice(store: Store, event: Event, now: datetime) -> DocumentContent:
    """Return 資料確認結果通知; raises ``UserError`` before the first result."""
    view = programme_of_event(store, event, on=now.date())
    reviewed = reviewed_materials(store, event.id)
    if not reviewed:
        raise UserError("確認の結果がまだありません。", "資料の結果を選んでから作成してください。")
    given_on = _issue_day(store, event, reviewed, now.date())
    context = event_document_context(store, event, MATERIAL, now, view=view, given_on=given_on)
    confirm = _confirmation(view, event)
    return materials_documents.material_result(
        context,
        read_event_facts(store, event),
        view.kind(event.kind),
        reviewed,
        notice_number=_notice_number(store, event.id),
        resubmit_by=resubmit_by(store, view, event, reviewed, context.issue_day),
        confirm_by=confirm.nominal if confirm else None,
    )


def _notice_number(store: Store, event_id: int) -> int:
    """Return the number of the notice, a new one only when a result or finding changed since the last.

    Saving or printing the same notice again must not make it another one.
    """
    changed = False
    for entry in journal.entries(store.database, event_id=event_id):
        for row in journal.net_changes(entry):
            after = row.after or {}
            if row.table == "outgoing" and after.get("document_kind") == MATERIAL and after.get("way") != "取消":
                return int(after.get("ordinal") or after["version"]) + (1 if changed else 0)
            changed = changed or row.table == "findings" or _sets_result(row)
    return 1


def _sets_result(row: RowChange) -> bool:
    """Return whether a journal row changed a version's result."""
    if row.table != "material_versions":
        return False
    return (row.before or {}).get("result") != (row.after or {}).get("result")


def mail_text(store: Store, event: Event, now: datetime) -> str:
    """Return the result as a mail to copy (nothing is sent); raises ``UserError`` before the first result."""
    reviewed = reviewed_materials(store, event.id)
    if not reviewed:
        raise UserError("確認の結果がまだありません。", "資料の結果を選んでから作成してください。")
    view = programme_of_event(store, event, on=now.date())
    due = resubmit_by(store, view, event, reviewed, now.date())
    return materials_documents.result_mail(
        read_event_facts(store, event), reviewed, due, addressee=addressee_words(view), sender=sender_words(view)
    )


def _results_words(_store: Store, records: EventRecords, _today: date) -> str:
    """Return how many handouts have which result in their newest version (「確認済 2・再提出 1」)."""
    results = [one.latest.result for one in records.materials if one.latest is not None and one.latest.result]
    return "・".join(f"{result} {results.count(result)}" for result in MaterialResult if result in results)


def _confirmed(records: EventRecords) -> list[materials_documents.CollatedHandout]:
    """Return the distributed handouts whose newest version is 確認済."""
    found = [
        materials_documents.CollatedHandout(title=one.material.title, version=one.latest)
        for one in distributed_handouts(records)
    ]
    return [one for one in found if one.version is not None and one.version.is_checked]


def enclosures_sheet(
    store: Store, event: Event, now: datetime, handouts: Sequence[materials_documents.CollatedHandout] | None = None
) -> DocumentContent:
    """Return the cover sheet for ``handouts``; None = for all that are distributed and 確認済.

    Raises:
        UserError: nothing is confirmed yet.
    """
    shown = _confirmed(read_event_records(store, event.id)) if handouts is None else handouts
    if not shown:
        raise UserError("確認済の配布資料がまだありません。", "資料を確認して、結果を「確認済」にしてください。")
    context = event_document_context(store, event, materials_documents.ENCLOSURES_KIND, now)
    return materials_documents.enclosures(context, read_event_facts(store, event), shown)


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=MATERIAL,
        clauses=("clause_material",),
        group="人数・資料",
        event_role="用意",
        build=result_notice,
        ready=lambda _store, file: any(version.result for one in file.materials for version in one.versions),
        fits=lambda file: file.materials_needed,
        state=_results_words,
        missing_words="資料の確認結果を選ぶと作成できます。",
        todo="資料",
        goes_out=True,
        recipient="受託者",
        mail=mail_text,
    ),
    event_document_kind(
        kind=materials_documents.ENCLOSURES_KIND,
        group="当日",
        event_role="用意",
        build=enclosures_sheet,
        ready=lambda _store, file: bool(_confirmed(file)),
        fits=lambda file: bool(file.materials),
        state=lambda _store, file, _today: f"{len(_confirmed(file))}点",
        missing_words="配布資料が確認済になると作成できます。",
        todo="資料",
    ),
)

"""Declares the document kinds of the day."""

from __future__ import annotations

from datetime import date

from app.common.join_nonempty import fill_nonempty
from app.documents.services.document_kind import DaySet, DocumentKind
from app.event.services.event_document import event_document_kind
from app.event.services.event_records import EventRecords
from app.event_day.day import documents as day_documents
from app.event_day.day.services import day_document_content as building
from app.events.materials import documents as materials_documents
from app.events.materials.services.material_board import copies_of
from app.events.roster import documents as roster_documents
from app.events.roster.services.roster import roster_of
from db.store import Store
from db.tables import roster

_PEOPLE = "参加者"


def _has_people(store: Store, records: EventRecords) -> bool:
    return bool(roster.entries(store.database, records.event.id))


def _people(store: Store, records: EventRecords, _today: date) -> str:
    """Return 「14人　うち氏名未定 2人」: how many people are on the 受付名簿, and how many of them without a name."""
    door = roster_of(store.database, records.event).check_in_rows
    unnamed = sum(row.person is None for row in door)
    return f"{len(door)}人" + fill_nonempty("　うち氏名未定 {}人", unnamed)


def _came(store: Store, records: EventRecords, _today: date) -> str:
    """Return 「12人　氏名未定の 2人を除く」: how many came with a name that is not erased, and how many others."""
    came = [one for one in roster.entries(store.database, records.event.id) if one.attendance.is_present]
    named = len(building.attendees_with_name(store, records.event))
    return f"{named}人" + (f"　氏名未定の {len(came) - named}人を除く" if len(came) > named else "")


def _copies(_store: Store, records: EventRecords, _today: date) -> str:
    """Return 「必要部数　…」 with the calculation, and （人数連絡前） until it is final; "" without handouts."""
    if not records.materials:
        return ""
    needed, told = copies_of(records)
    return f"必要部数　{needed.words}" + ("" if told else "（人数連絡前）")


def _groups(store: Store, records: EventRecords, _today: date) -> str:
    return f"{len(roster.groups(store.database, records.event.id))}班"


DOCUMENTS: tuple[DocumentKind, ...] = (
    event_document_kind(
        kind=roster_documents.ROSTER_KIND,
        day_set=DaySet(order=10, copies=roster_documents.COPIES),
        group="当日",
        event_role="用意",
        build=building.roster_content,
        ready=_has_people,
        state=_people,
        missing_words="参加者を登録すると作成できます。",
        todo=_PEOPLE,
        personal=True,
        on_outgoing=building.store_printed_numbers,
    ),
    event_document_kind(
        kind=day_documents.AGENDA_KIND,
        day_set=DaySet(order=20, copies=2),
        aliases=(materials_documents.COLLATION_KIND,),
        group="当日",
        event_role="用意",
        build=building.agenda_content,
        ready=lambda _store, file: building.has_timetable(file) or bool(file.materials),
        state=_copies,
        missing_words="当日の進行を入力するか、配布資料を登録すると作成できます。",
        todo="当日の進行",
        on_outgoing=building.store_printed_numbers,
    ),
    event_document_kind(
        kind=day_documents.WITNESS_KIND,
        day_set=DaySet(order=30, copies=1),
        counted=True,
        group="当日",
        event_role="用意",
        build=building.witness_sheet_content,
        ready=lambda _store, file: file.event.event_date is not None,
        missing_words="実施日が決まると作成できます。",
        todo="実施日",
    ),
    event_document_kind(
        kind=day_documents.TAGS,
        day_set=DaySet(order=40, always_joined=True),
        group="当日",
        event_role="用意",
        build=building.name_tag_content,
        ready=_has_people,
        missing_words="参加者を登録すると作成できます。",
        todo=_PEOPLE,
        formats=("pdf",),
        personal=True,
    ),
    event_document_kind(
        kind=day_documents.SEATS,
        day_set=DaySet(order=50),
        group="当日",
        event_role="用意",
        build=building.seat_card_content,
        ready=_has_people,
        missing_words="参加者を登録すると作成できます。",
        todo=_PEOPLE,
        formats=("pdf",),
        personal=True,
    ),
    event_document_kind(
        kind=day_documents.CERTIFICATES,
        group="当日",
        event_role="実施後",
        build=building.certificate_content,
        passages=building.certificate_passages,
        worded_in_library=True,
        ready=lambda store, file: bool(building.attendees_with_name(store, file.event)),
        fits=lambda file: file.event.certificates,
        state=_came,
        missing_words="出席を記録すると作成できます。",
        todo=_PEOPLE,
        formats=("pdf",),
        personal=True,
        on_outgoing=building.store_printed_numbers,
    ),
    event_document_kind(
        kind=day_documents.TABLES,
        day_set=DaySet(order=60),
        group="当日",
        event_role="用意",
        build=building.table_card_content,
        ready=lambda store, file: bool(roster.groups(store.database, file.event.id)),
        fits=lambda file: file.event.form.in_groups,
        state=_groups,
        missing_words="班分けをすると作成できます。",
        todo="班分け",
        formats=("pdf",),
    ),
)

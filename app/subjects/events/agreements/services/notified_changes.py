"""Declares what a 契約変更の協議書 notifies the contractor of; each 協議 is notified and compared separately."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from app.actions.action_id import ActionLink
from app.calendar.dates import short_date
from app.common.join_nonempty import join_nonempty
from app.documents.rules.notification_status import Matter
from app.documents.services.document_kind import DocumentSubject
from app.documents.services.document_scope import DocumentScope
from app.documents.services.notification import read_outgoing_view
from app.documents.services.notification_kinds import CONTRACTOR, MatterLine, NotificationKind, matter_lines
from app.programme.services.programme_view import YearRows, read_view
from app.subjects.events.agreements.documents.contract_change import KIND, reference_of
from app.subjects.events.agreements.rules import CONTRACT_CHANGE, is_based_on
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.year.dates.services.contract_history import changes_of_contract
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.agreements import Agreement
from db.records.documents import Notification, Outgoing
from db.records.programme import Programme
from db.rows import row, rows
from db.store import Store
from db.tables.agreements import of_year

NOTIFICATION_TASK: Final = "契約変更の協議書の連絡"
_KEY_PREFIX: Final = "契約変更:"


@frozen_record
class _MatterContext:
    """The 協議 of a year that have or had a 協議書, with the settings of the year."""

    fiscal_year: int
    records: Sequence[Agreement]
    settings: YearRows


def matter_key(agreement_id: int) -> str:
    """Return the matter (``Notification.key``) of a 協議書."""
    return f"{_KEY_PREFIX}{agreement_id}"


def contract_changes_of(agreement: Agreement, settings: YearRows) -> list[tuple[str, str, str]]:
    """Return each item of the contract changed because of a 協議: name, before, after."""
    return [
        (join_nonempty(item.subject, item.item), item.old, item.new)
        for item in changes_of_contract(settings)
        if is_based_on(agreement, number=item.number, reason=item.reason)
    ]


def _read_context(database: Database, programme: Programme) -> _MatterContext | None:
    told = {one.key for one in rows(database, Notification, programme_id=programme.id, document_kind=KIND)}
    records = [
        one
        for one in of_year(database, programme.id)
        if (one.nature == CONTRACT_CHANGE and one.is_in_effect) or matter_key(one.id) in told
    ]
    if not records:
        return None
    settings = read_view(database, programme, None).rows
    return _MatterContext(fiscal_year=programme.fiscal_year, records=records, settings=settings)


def _scope_context(store: Store, scope: DocumentScope) -> object:
    found = row(store.database, Programme, fiscal_year=scope.fiscal_year)
    return _read_context(store.database, found) if found is not None else None


def _notification_matters(subject: DocumentSubject) -> tuple[Matter, ...]:
    ground = subject.record
    if not isinstance(ground, _MatterContext):
        return ()
    return tuple(
        Matter(
            key=matter_key(one.id),
            title=join_nonempty(one.record_number, one.topic),
            facts=_notified_facts(one, ground.settings),
            document_kind=KIND,
            reference=reference_of(ground.fiscal_year, one),
        )
        for one in ground.records
        if subject.scope.item in (None, one.id)
    )


def _notified_facts(agreement: Agreement, settings: YearRows) -> dict[str, str]:
    """Return what the document states about the contract, also that it was withdrawn or no longer concerns 契約課."""
    of_items = {name: f"{before or 'なし'} → {now}" for name, before, now in contract_changes_of(agreement, settings)}
    return {
        "項目": agreement.topic,
        "変更後": agreement.decision,
        "変更の理由": agreement.reason or agreement.content,
        "根拠": agreement.clause,
        "契約課の回答": agreement.section_answer,
        "契約との関わり": agreement.nature,
        "取消": agreement.withdrawn_on.isoformat() if agreement.withdrawn_on is not None else "",
        **of_items,
    }


NOTIFICATIONS: Final = (
    NotificationKind(
        document_names=(KIND,),
        about="年度",
        usual_party=CONTRACTOR,
        usual_way="手渡し",
        matters=_notification_matters,
        read_context=_scope_context,
    ),
)


def read_change_notification(store: Store, agreement: Agreement, fiscal_year: int) -> MatterLine | None:
    """Return the status of the 協議書 of a 協議, pending before notified; None if there is none."""
    if agreement.nature != CONTRACT_CHANGE and not rows(
        store.database, Notification, key=matter_key(agreement.id), limit=1
    ):
        return None
    lines = read_outgoing_view(store, scope=DocumentScope(fiscal_year=fiscal_year, item=agreement.id)).lines
    return next((line for line in lines if line.matter_status.matter.key == matter_key(agreement.id)), None)


def change_follow_ups(database: Database, today: date) -> Iterator[FollowUp]:
    """Yield follow-ups for 協議書 of open contracts that wait for notification or have changed since."""
    left = rows(database, Outgoing, document_kind=(KIND, f"{KIND}の連絡"), order="id")
    about = {one.programme_id for one in left if one.programme_id is not None}
    for programme in rows(database, Programme, id=sorted(about), closed_on=None) if about else ():
        ground = _read_context(database, programme)
        if ground is None:
            continue
        scope = DocumentScope(fiscal_year=programme.fiscal_year)
        subject = DocumentSubject(scope=scope, title="", record={KIND: ground})
        acts = rows(database, Notification, programme_id=programme.id, order="id")
        for line in matter_lines(subject, acts, [one for one in left if one.programme_id == programme.id]):
            if line.matter_status.status in ("未通知", "変更あり"):
                yield _follow_up(line, today)


def _follow_up(line: MatterLine, today: date) -> FollowUp:
    stand = line.matter_status
    changed = stand.status == "変更あり"
    since = (
        stand.notification.told_on
        if stand.notification is not None
        else stand.outgoing.at.date()
        if stand.outgoing is not None
        else today
    )
    said = "、".join(one.name for one in stand.changed_facts)
    return FollowUp(
        task=NOTIFICATION_TASK,
        event_id=None,
        label="契約変更の協議書を伝え直す" if changed else "契約変更の協議書を受託者に伝える",
        detail=join_nonempty(line.title, f"{said}が、伝えたあとに変わりました" if changed else ""),
        due=since if not changed else today,
        basis=f"{short_date(since, today)}に{'伝えた' if changed else '作成した'}協議書です",
        rule="目安日",
        link=ActionLink("協議の記録", agreement_id=int(stand.matter.key.removeprefix(_KEY_PREFIX))),
    )

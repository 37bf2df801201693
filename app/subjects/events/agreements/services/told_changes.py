"""What a 契約変更の協議書 tells the contractor: each 協議 that may need another contract is told, and compared, by
itself.

- ``read_told_change(store, one, fiscal_year) -> MatterLine | None`` how one of them stands
- ``change_follow_ups(database, today)`` what was made and waits to be told, or was told and says something else now
- ``changes_resting_on(one, rows)`` each item of the contract that was changed because of it, before and after
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from app.acts.action_id import Asked
from app.calendar.dates import short_date
from app.common.together import together
from app.papers.rules.notification import Matter
from app.papers.services.notification import read_leaving
from app.papers.services.paper_kind import PaperSubject
from app.papers.services.paper_scope import PaperScope
from app.papers.services.tells import CONTRACTOR, MatterLine, Tells, stands_of
from app.programme.services.programme_view import YearRows, view_of
from app.subjects.events.agreements.papers.contract_change import KIND, reference_of
from app.subjects.events.agreements.rules import CONTRACT_CHANGE, rests_on
from app.subjects.events.event.services.tasks.follow_ups import FollowUp
from app.subjects.year.dates.services.contract_history import changes_of_contract
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.agreements import Agreement
from db.records.papers import Notification, Outgoing
from db.records.programme import Programme
from db.rows import row, rows
from db.store import Store
from db.tables.agreements import of_year

TELL: Final = "契約変更の協議書の連絡"
_KEY: Final = "契約変更:"


@frozen_record
class _Ground:
    """The 協議 of a year that a 協議書 is, or was, about, with the settings of the year."""

    fiscal_year: int
    records: Sequence[Agreement]
    settings: YearRows


def key_of(agreement_id: int) -> str:
    """Return the matter (``Notification.key``) that one 協議書 is."""
    return f"{_KEY}{agreement_id}"


def changes_resting_on(one: Agreement, settings: YearRows) -> list[tuple[str, str, str]]:
    """Return each item of the contract that was changed because of a 協議: its name, before, after."""
    return [
        (together(item.subject, item.item), item.old, item.new)
        for item in changes_of_contract(settings)
        if rests_on(one, number=item.number, reason=item.reason)
    ]


def _read_ground(database: Database, programme: Programme) -> _Ground | None:
    told = {one.key for one in rows(database, Notification, programme_id=programme.id, document_kind=KIND)}
    records = [
        one
        for one in of_year(database, programme.id)
        if (one.nature == CONTRACT_CHANGE and one.stands) or key_of(one.id) in told
    ]
    if not records:
        return None
    settings = view_of(database, programme, None).rows
    return _Ground(fiscal_year=programme.fiscal_year, records=records, settings=settings)


def _ground(store: Store, scope: PaperScope) -> object:
    found = row(store.database, Programme, fiscal_year=scope.fiscal_year)
    return _read_ground(store.database, found) if found is not None else None


def _matters(subject: PaperSubject) -> tuple[Matter, ...]:
    ground = subject.record
    if not isinstance(ground, _Ground):
        return ()
    return tuple(
        Matter(
            key=key_of(one.id),
            title=together(one.record_number, one.topic),
            facts=_facts(one, ground.settings),
            paper=KIND,
            reference=reference_of(ground.fiscal_year, one),
        )
        for one in ground.records
        if subject.scope.item in (None, one.id)
    )


def _facts(one: Agreement, settings: YearRows) -> dict[str, str]:
    """What the paper says of the contract; that it was withdrawn, or is no matter for 契約課 any more, is told, too."""
    of_items = {name: f"{before or 'なし'} → {now}" for name, before, now in changes_resting_on(one, settings)}
    return {
        "項目": one.topic,
        "変更後": one.decision,
        "変更の理由": one.reason or one.content,
        "根拠": one.clause,
        "契約課の回答": one.section_answer,
        "契約との関わり": one.nature,
        "取消": one.withdrawn_on.isoformat() if one.withdrawn_on is not None else "",
        **of_items,
    }


TELLS: Final = (Tells(papers=(KIND,), about="年度", party=CONTRACTOR, way="手渡し", matters=_matters, ground=_ground),)


def read_told_change(store: Store, one: Agreement, fiscal_year: int) -> MatterLine | None:
    """Return how the 協議書 of one 協議 stands, what waits before what was told; None where it is about none."""
    if one.nature != CONTRACT_CHANGE and not rows(store.database, Notification, key=key_of(one.id), limit=1):
        return None
    lines = read_leaving(store, scope=PaperScope(fiscal_year=fiscal_year, item=one.id)).lines
    return next((line for line in lines if line.stand.matter.key == key_of(one.id)), None)


def change_follow_ups(database: Database, today: date) -> Iterator[FollowUp]:
    """Give what was made of a contract that is not closed and waits, or was told and says something else now."""
    left = rows(database, Outgoing, document_kind=(KIND, f"{KIND}の連絡"), order="id")
    about = {one.programme_id for one in left if one.programme_id is not None}
    for programme in rows(database, Programme, id=sorted(about), closed_on=None) if about else ():
        ground = _read_ground(database, programme)
        if ground is None:
            continue
        scope = PaperScope(fiscal_year=programme.fiscal_year)
        subject = PaperSubject(scope=scope, title="", record={KIND: ground})
        acts = rows(database, Notification, programme_id=programme.id, order="id")
        for line in stands_of(subject, acts, [one for one in left if one.programme_id == programme.id]):
            if line.stand.standing in ("未通知", "変更あり"):
                yield _follow_up(line, today)


def _follow_up(line: MatterLine, today: date) -> FollowUp:
    stand = line.stand
    changed = stand.standing == "変更あり"
    since = stand.act.told_on if stand.act is not None else stand.made.at.date() if stand.made is not None else today
    said = "、".join(one.name for one in stand.changed)
    return FollowUp(
        task=TELL,
        event_id=None,
        label="契約変更の協議書を伝え直す" if changed else "契約変更の協議書を受託者に伝える",
        detail=together(line.title, f"{said}が、伝えたあとに変わりました" if changed else ""),
        due=since if not changed else today,
        basis=f"{short_date(since, today)}に{'伝えた' if changed else '作成した'}協議書です",
        rule="目安日",
        asked=Asked("協議の記録", agreement_id=int(stand.matter.key.removeprefix(_KEY))),
    )

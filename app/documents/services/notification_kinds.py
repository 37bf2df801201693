"""What the kinds of paper tell, each declared by its subject: which matters, which facts, to whom.

- ``NOTIFICATIONS`` – what the subjects declare; ``tells_of(scope)`` those of an event, a year or a 団体
- ``matter_lines(subject, acts, issued) -> tuple[Line, ...]`` how everything stands that the papers of one subject tell
- ``facts_of_outgoing(store, row)`` what a paper that leaves now says of each matter
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.common.extension_point import ExtensionPoint
from app.documents.rules.notification_status import (
    STATUSES,
    Matter,
    MatterStatus,
    matter_name,
    matter_statuses,
    shown_fact,
)
from app.documents.services.document_kind import DocumentSubject, read_subject
from app.documents.services.document_scope import About, DocumentScope
from db.frozen_record import frozen_record
from db.records.documents import CIRCULATED, Notification, Outgoing
from db.records.programme import Programme
from db.rows import by_id
from db.store import Store

CONTRACTOR: Final = "受託者　業務責任者"


def _nothing_lacking(_store: Store, _subject: DocumentSubject) -> Sequence[str]:
    return ()


def _no_words(_subject: DocumentSubject, _matter: Matter) -> str:
    return ""


def facts_words(_subject: DocumentSubject, matter: Matter) -> str:
    """「参加予定 14人　団体 8団体」: what a matter says as it stands now."""
    return "　".join(f"{name} {shown_fact(fact)}" for name, fact in matter.facts.items() if shown_fact(fact))


def _goes_to_notified(_subject: DocumentSubject, _matter: Matter) -> str:
    return "「伝えたもの」へ移り、これを待つ期限は、伝えた日で済になります。"


@frozen_record
class NotificationKind:
    """What one kind of paper tells.

    Attributes:
        document_names: the names in the log under which it leaves, the usual one first. about: what it is about.
        usual_party: whom it is usually told. usual_way: how it is usually told.
        matters: what there is to tell of a subject now, a snapshot that waits behind the matter it belongs to.
        outgoing_facts: what a paper of one of these names says if it leaves now, where that is not what stands now.
        read_context: what its matters rest on (``DocumentSubject.record``), where what it is about has no record of
            its own.
        missing_documents: the papers of a set that have not left since they were last true; they must before it can be
            told.
        whole: the papers of a set, which is ready once each of them left.
        text: what is said by telephone or mail where no paper tells it. logged_name: the name under which the text
            told is logged each time; "" where the saved paper is what was told.
        viewed_words, decided_words: its steps 見た and 結果 in words, where they are not the pages of its paper and
        its facts.
        next_place_words: where the thing goes once it was told.
    """

    document_names: tuple[str, ...]
    about: About = "実施回"
    usual_party: str
    usual_way: str = "メール"
    matters: Callable[[DocumentSubject], Sequence[Matter]]
    outgoing_facts: Callable[[DocumentSubject, str], Mapping[str, Mapping[str, str]]] | None = None
    read_context: Callable[[Store, DocumentScope], object] | None = None
    missing_documents: Callable[[Store, DocumentSubject], Sequence[str]] = _nothing_lacking
    whole: tuple[str, ...] = ()
    text: Callable[[DocumentSubject, Matter], str] | None = None
    logged_name: str = ""
    viewed_words: Callable[[DocumentSubject, Matter], str] = _no_words
    decided_words: Callable[[DocumentSubject, Matter], str] = facts_words
    next_place_words: Callable[[DocumentSubject, Matter], str] = _goes_to_notified

    @property
    def name(self) -> str:
        """The name it goes by."""
        return self.document_names[0]


NOTIFICATIONS: Final[ExtensionPoint[NotificationKind]] = ExtensionPoint("notifications")


@frozen_record
class MatterLine:
    """How one matter stands, and what its paper is."""

    notification_kind: NotificationKind
    matter_status: MatterStatus

    @property
    def document_kind(self) -> str:
        """The kind of paper."""
        return (
            self.matter_status.notification.document_kind
            if self.matter_status.notification is not None
            else self.matter_status.matter.document_kind
        )

    @property
    def title(self) -> str:
        """The version or the addressees."""
        return (
            self.matter_status.notification.title
            if self.matter_status.notification is not None
            else self.matter_status.matter.title
        )

    @property
    def matter_name(self) -> str:
        """「資料確認結果通知（操作手順書 第2版）」, as it stands to be told."""
        return matter_name(self.matter_status.matter.document_kind, self.matter_status.matter.title)


def notification_kinds_of(scope: DocumentScope) -> tuple[NotificationKind, ...]:
    """Return what the papers of an event, a year or a 団体 tell."""
    return tuple(one for one in NOTIFICATIONS if one.about == scope.about)


def read_notification_subject(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Read what is told about, with what its matters rest on; raises ``UserError`` when it is gone."""
    subject = read_subject(store, scope)
    grounds = {
        one.name: one.read_context(store, scope) for one in notification_kinds_of(scope) if one.read_context is not None
    }
    return replace(subject, record=grounds) if grounds else subject


def _with_own_record(notification_kind: NotificationKind, subject: DocumentSubject) -> DocumentSubject:
    """What one kind of paper tells about: of several that rest on something of their own, with its own."""
    record = subject.record
    return replace(subject, record=record.get(notification_kind.name)) if isinstance(record, dict) else subject


OF_COPY: Final = "もとの控え"
"""Under which name a row of the log keeps the number of the row whose copy left once more."""


def outgoing_in_effect(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Return the rows of a log that were made, saved or printed for others and not taken back.

    A 取消 that was undone takes nothing; a copy that left once more is nothing new: what it says was told, or waits, by
    its own row.
    """
    gone = {row.withdraws for row in outgoing}
    taken = {row.withdraws for row in outgoing if row.id not in gone}
    return [
        row
        for row in outgoing
        if row.way not in ("取消", "連絡", "コピー")
        and row.id not in taken
        and row.print_use != "控え用"
        and OF_COPY not in row.detail
    ]


def matter_lines(
    subject: DocumentSubject, notifications: Sequence[Notification], outgoing: Sequence[Outgoing]
) -> tuple[MatterLine, ...]:
    """Return how everything stands, in the order of ``STATUSES``; within one, what was told last comes first.

    Args:
        notifications: all acts of the subject, oldest first. issued: all rows of its log, oldest first.
    """
    left = outgoing_in_effect(outgoing)
    standing = [act for act in notifications if not act.withdrawn and act.told_how != CIRCULATED]
    lines: list[MatterLine] = []
    for tells in notification_kinds_of(subject.scope):
        made = [row for row in left if row.document_kind in tells.document_names]
        matters = tells.matters(_with_own_record(tells, subject))
        now = {one.key: one for one in matters if not one.is_draft}
        keys = dict.fromkeys([*now, *(act.key for act in standing if act.document_kind in tells.document_names)])
        for key in keys:
            found = matter_statuses(
                now.get(key),
                [one for one in matters if one.is_draft and one.key == key],
                [act for act in standing if act.key == key],
                made,
            )
            lines += [MatterLine(notification_kind=tells, matter_status=stand) for stand in found]
    return tuple(sorted(lines, key=_sort_key))


def _sort_key(line: MatterLine) -> tuple[int, int, int]:
    act = line.matter_status.notification
    newest = (-act.told_on.toordinal(), -act.id) if act is not None else (0, 0)
    return STATUSES.index(line.matter_status.status), *newest


def facts_of_outgoing(store: Store, row: Outgoing) -> dict[str, dict[str, str]]:
    """Return what a paper that leaves now says, by matter; nothing for a paper that tells nobody anything."""
    about: About = "実施回" if row.event_id is not None else "年度"
    mine = [one for one in NOTIFICATIONS if row.document_kind in one.document_names and one.about == about]
    if not mine or (row.event_id is None and row.programme_id is None):
        return {}
    subject = read_notification_subject(store, _scope_of(store, row))
    said: dict[str, dict[str, str]] = {}
    for tells in mine:
        known = _with_own_record(tells, subject)
        if tells.outgoing_facts is not None:
            said |= {key: dict(facts) for key, facts in tells.outgoing_facts(known, row.document_kind).items()}
        else:
            matters = [one for one in tells.matters(known) if one.reference in ("", row.reference)]
            said |= {one.key: dict(one.facts) for one in matters if not one.is_draft}
    return said


def _scope_of(store: Store, row: Outgoing) -> DocumentScope:
    programme = by_id(store.database, Programme, row.programme_id) if row.programme_id is not None else None
    return DocumentScope(event_id=row.event_id, fiscal_year=programme.fiscal_year if programme is not None else None)

"""Declarations of what document kinds notify (matters, facts, usual party), and the status of each matter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from app.common.extension_point import ExtensionPoint
from app.documents.rules import STATUSES, Matter, MatterStatus, StatusWord, matter_name, matter_statuses
from app.documents.services.document_kind import DocumentSubject, read_subject
from app.documents.services.document_scope import About, DocumentScope
from db.record import record
from db.records.documents import CIRCULATED, Notification, Outgoing
from db.records.programme import Programme
from db.rows import by_id
from db.store import Store

CONTRACTOR = "受託者　業務責任者"


@record
class NotificationKind:
    """What one document kind notifies.

    Attributes:
        document_names: its names in the log, the usual one first. about: what it is about.
        usual_party: who is usually notified.
        matters: returns what is to be notified about a subject now; a waiting snapshot follows the matter it belongs
            to.
        outgoing_facts: the facts of a document of one of these names if it leaves now, where they are not the current
            ones.
        read_context: reads what its matters are based on (``DocumentSubject.record``), where the subject has no record
            of its own.
        missing_documents: the documents of a set that have not left since the last change; they must before it can be
            notified.
        set_documents: the documents of a set, which is ready once each of them left: of one subject, or (None) of any;
            the log has them under their own names.
        text: the words for telephone or mail where no document notifies it. logged_name: the name under which that
            text is logged; "" where the saved document is what was notified.
        viewed_words, decided_words: its steps 内容確認 and 判定 in words; "" = it is only told, nothing was judged.
        is_viewed: whether every page of what was judged was opened.
        next_place_words: where the matter goes once it was notified.
    """

    document_names: tuple[str, ...]
    about: About = "実施回"
    usual_party: str
    matters: Callable[[DocumentSubject], Sequence[Matter]]
    outgoing_facts: Callable[[DocumentSubject, str], Mapping[str, Mapping[str, str]]] | None = None
    read_context: Callable[[Store, DocumentScope], object] | None = None
    missing_documents: Callable[[Store, DocumentSubject], Sequence[str]] = lambda _store, _subject: ()
    set_documents: Callable[[DocumentSubject | None], Sequence[str]] = lambda _subject: ()
    text: Callable[[DocumentSubject, Matter], str] | None = None
    logged_name: str = ""
    viewed_words: Callable[[DocumentSubject, Matter], str] = lambda _subject, _matter: ""
    is_viewed: Callable[[DocumentSubject, Matter], bool] = lambda _subject, _matter: True
    decided_words: Callable[[DocumentSubject, Matter], str] = lambda _subject, _matter: ""
    next_place_words: Callable[[DocumentSubject, Matter], str] = lambda _subject, _matter: (
        "「通知済み」へ移り、関連する期限は、その日で済になります。"
    )

    @property
    def name(self) -> str:
        """Return its usual name in the log."""
        return self.document_names[0]

    @property
    def names_in_log(self) -> tuple[str, ...]:
        """Return the names under which the log holds its documents."""
        return (*self.document_names, *self.set_documents(None))


NOTIFICATIONS: ExtensionPoint[NotificationKind] = ExtensionPoint("notifications")


@record
class MatterLine:
    """A matter with its status, and the notification kind it belongs to."""

    notification_kind: NotificationKind
    matter_status: MatterStatus

    @property
    def status(self) -> StatusWord:
        """Return the status of the matter."""
        return self.matter_status.status

    @property
    def notification(self) -> Notification | None:
        """Return the notification of the matter, if any."""
        return self.matter_status.notification

    @property
    def key(self) -> str:
        """Return the key of the matter."""
        return self.matter_status.matter.key

    @property
    def id(self) -> str:
        """Return what names it among the lines of an event: its key, of each 差替え that waits with its row."""
        row = self.matter_status.replacement
        return f"{self.key}＃{row.id}" if row is not None else self.key

    @property
    def matter_kind(self) -> str:
        """Return the document kind that notifies the matter now."""
        return self.matter_status.matter.document_kind

    @property
    def document_kind(self) -> str:
        """Return the document kind by which it was notified, else the one that notifies it now."""
        return self.notification.document_kind if self.notification is not None else self.matter_kind

    @property
    def title(self) -> str:
        """Return the version or the addressees in words, as notified, else as they are now."""
        return self.notification.title if self.notification is not None else self.matter_status.matter.title

    @property
    def matter_name(self) -> str:
        """Return 「資料確認結果通知（操作手順書 第2版）」, with kind and title of the matter as it is now."""
        return matter_name(self.matter_kind, self.matter_status.matter.title)


def notification_kinds_of(scope: DocumentScope) -> tuple[NotificationKind, ...]:
    """Return the notification kinds of an event, a year or a 団体."""
    return tuple(one for one in NOTIFICATIONS if one.about == scope.about)


def read_notification_subject(store: Store, scope: DocumentScope) -> DocumentSubject:
    """Read the subject of notifications; raises ``UserError`` when it is gone.

    Where any of its kinds has a ``read_context``, ``record`` is a dict of what these returned, by name of the kind.
    """
    subject = read_subject(store, scope)
    grounds = {
        one.name: one.read_context(store, scope) for one in notification_kinds_of(scope) if one.read_context is not None
    }
    return replace(subject, record=grounds) if grounds else subject


def _with_own_record(notification_kind: NotificationKind, subject: DocumentSubject) -> DocumentSubject:
    """Return the subject with the record of one notification kind, where kinds have different ones."""
    record = subject.record
    return replace(subject, record=record.get(notification_kind.name)) if isinstance(record, dict) else subject


COPIED_ROW_KEY = "もとの控え"
"""Key in a log row for the id of the row whose copy left once more."""


def outgoing_in_effect(outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Return the rows of a log that were created, saved or printed for others and not withdrawn.

    An undone 取消 withdraws nothing; a copy that left once more is not new: its original row counts.
    """
    gone = {row.withdraws for row in outgoing}
    taken = {row.withdraws for row in outgoing if row.id not in gone}
    return [
        row
        for row in outgoing
        if row.way.is_document
        and row.id not in taken
        and not row.print_use.is_copy
        and COPIED_ROW_KEY not in row.detail
    ]


def matter_lines(
    subject: DocumentSubject, notifications: Sequence[Notification], outgoing: Sequence[Outgoing]
) -> tuple[MatterLine, ...]:
    """Return the status of every matter of a subject, in the order of ``STATUSES``, newest notification first.

    Args:
        notifications: all of the subject, oldest first. outgoing: all rows of its log, oldest first.
    """
    left = outgoing_in_effect(outgoing)
    standing = [act for act in notifications if not act.withdrawn and act.told_how != CIRCULATED]
    lines = []
    for tells in notification_kinds_of(subject.scope):
        made = [row for row in left if row.document_kind in tells.names_in_log]
        matters = tells.matters(_with_own_record(tells, subject))
        now = {one.key: one for one in matters if not one.is_draft}
        for key in dict.fromkeys([*now, *(act.key for act in standing if act.document_kind in tells.names_in_log)]):
            found = matter_statuses(
                now.get(key),
                [one for one in matters if one.is_draft and one.key == key],
                [act for act in standing if act.key == key],
                made,
            )
            lines += [MatterLine(notification_kind=tells, matter_status=stand) for stand in found]
    return tuple(sorted(lines, key=_sort_key))


def _sort_key(line: MatterLine) -> tuple[int, int, int]:
    """Return the order of a line: by status, then newest first."""
    act = line.notification
    newest = (-act.told_on.toordinal(), -act.id) if act is not None else (0, 0)
    return STATUSES.index(line.status), *newest


def facts_of_outgoing(store: Store, row: Outgoing) -> dict[str, dict[str, str]]:
    """Return the facts of a document that leaves now, by matter; empty if it notifies nobody."""
    return facts_of_paper(store, _scope_of(store, row), row.document_kind, row.reference)


def facts_of_paper(store: Store, scope: DocumentScope, kind: str, reference: str) -> dict[str, dict[str, str]]:
    """Return the facts that a document says now, by matter; empty if it notifies nobody."""
    about: About = "実施回" if scope.event_id is not None else "年度"
    mine = [one for one in NOTIFICATIONS if kind in one.names_in_log and one.about == about]
    if not mine or (scope.event_id is None and scope.fiscal_year is None):
        return {}
    subject = read_notification_subject(store, scope)
    said: dict[str, dict[str, str]] = {}
    for tells in mine:
        known = _with_own_record(tells, subject)
        if tells.outgoing_facts is not None:
            said |= {key: dict(facts) for key, facts in tells.outgoing_facts(known, kind).items()}
        else:
            matters = [one for one in tells.matters(known) if one.reference in ("", reference)]
            said |= {one.key: dict(one.facts) for one in matters if not one.is_draft}
    return said


def _scope_of(store: Store, row: Outgoing) -> DocumentScope:
    """Return to which event or year the document of this output belongs."""
    programme = by_id(store.database, Programme, row.programme_id)
    return DocumentScope(event_id=row.event_id, fiscal_year=programme.fiscal_year if programme is not None else None)

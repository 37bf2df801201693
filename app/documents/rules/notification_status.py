"""The status of what is to be notified: created, then saved or printed, then notified, and changed since.

Saving and printing never count as notified, for no document kind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from hashlib import sha256
from typing import Final, Literal

from app.calendar.dates import short_date
from app.documents.fingerprints import MARK
from db.frozen_record import frozen_record
from db.records.documents import Notification, Outgoing
from db.redactions import EARLIER_SEPARATOR, ERASED_SUM, REDACTED, SUM_SEPARATOR

StatusWord = Literal["変更あり", "未通知", "通知済", "見送り", "未作成"]
STATUSES: Final[tuple[StatusWord, ...]] = ("変更あり", "未通知", "通知済", "見送り", "未作成")
VERSION: Final = "版"
"""The fact that holds the version of a matter; another version is notified separately."""

_NUMBER: Final = re.compile(r"(\d+)(\D+)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_COMPARED: Final = "（消去したものは、いまと比べていません）"
_UNKNOWN: Final = frozenset({"", ERASED_SUM})
_NAMED: Final = 2
"""Number of sealed parts that are names: 団体 and 氏名."""


@frozen_record
class Matter:
    """Something to be notified by a document kind, with its current facts.

    Attributes:
        key: which matter, the same over all versions. version: its current version, 0 = it has none.
        title: the version or the addressees in words. facts: what a document of it says now, by name.
        document_kind: the document kind that notifies it. since: the day since which it is so, if known.
        reference: of its document, where each matter has one of its own; "" = one document for all.
        is_draft: a stored snapshot that waits to be notified. created_words: who created it and when.
        issued_on: the day of the 施行 of its letter, None before: it was sent, and is to be recorded as notified.
        unissued_state: the state of a 公文書 that is not 施行 yet (案, 起案中, 決裁済): such a document went to
            nobody.
    """

    key: str
    version: int = 0
    title: str = ""
    facts: Mapping[str, str]
    document_kind: str
    since: date | None = None
    reference: str = ""
    is_draft: bool = False
    created_words: str = ""
    issued_on: date | None = None
    unissued_state: str = ""


@frozen_record
class FactChange:
    """One fact as notified and as it is now.

    ``difference`` is 「+1」 for numbers of one unit, else ""; ``renamed_count`` how many people in it have another
    name now, if nothing else changed.
    """

    name: str
    before: str
    now: str
    difference: str = ""
    renamed_count: int = 0

    @property
    def words(self) -> str:
        """Return 「参加予定 14人 → 15人」, or 「名簿が変わりました」 for what is too long."""
        if self.renamed_count:
            return f"{self.name}の名前が変わりました（{self.renamed_count}件）"
        if self.before == self.now:
            return f"{self.name}が変わりました"
        return f"{self.name} {self.before or 'なし'} → {self.now or 'なし'}"


@frozen_record
class MatterStatus:
    """The status of one version of a matter.

    Attributes:
        notification: the one that notified it (or set it aside). outgoing: its newest document that was saved or
            printed.
        facts: the facts of this version. compared_facts: every notified fact beside the current one; those that differ
            are in ``changed_facts``.
        is_outdated: the document was made before something changed and is no longer correct.
    """

    matter: Matter
    status: StatusWord
    notification: Notification | None = None
    outgoing: Outgoing | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    compared_facts: tuple[FactChange, ...] = ()
    changed_facts: tuple[FactChange, ...] = ()
    is_outdated: bool = False


def fact_changes(notified: Mapping[str, str], now: Mapping[str, str]) -> tuple[FactChange, ...]:
    """Return the notified facts that have changed; a fact that was not notified is not compared."""
    return tuple(
        _fact_change(name, before, now.get(name, ""))
        for name, before in notified.items()
        if not _says_the_same(before, now.get(name, ""))
    )


def compare_facts(notified: Mapping[str, str], now: Mapping[str, str]) -> tuple[FactChange, ...]:
    """Return every notified fact beside the current one."""
    return tuple(_fact_change(name, before, now.get(name, "")) for name, before in notified.items())


def _says_the_same(before: str, now: str) -> bool:
    """Return whether two facts are equal, ignoring the way of notification if one of them lacks it.

    What was erased of either is not compared: it is no change, and nothing to be notified again.
    """
    if REDACTED in before or REDACTED in now:
        return True
    if _is_erased(before) or (_has_erased_part(now) and ":" not in before.partition(SUM_SEPARATOR)[2]):
        return shown_fact(before) == shown_fact(now)
    (words, _, once), (words_now, _, once_now) = before.partition(EARLIER_SEPARATOR), now.partition(EARLIER_SEPARATOR)
    if bool(once) != bool(once_now):
        return before == once_now or now == once
    return _same_names(words, words_now) if _holds_names(words_now) else words == words_now


def _holds_names(fact: str) -> bool:
    """Return whether a fact was sealed by ``with_names_seal``, not by one hash of all."""
    seal = fact.partition(SUM_SEPARATOR)[2]
    return ":" in seal and not seal.startswith(MARK)


def _is_erased(fact: str) -> bool:
    """Return whether everything a fact could be compared by was erased."""
    seal = _words_of(fact).partition(SUM_SEPARATOR)[2]
    return seal == ERASED_SUM


def _fact_change(name: str, before: str, now: str) -> FactChange:
    gone = _says_the_same(before, now) and any(_has_erased_part(one) for one in (before, now))
    if before != now and _says_the_same(before, now):
        now = before
    old, new = _NUMBER.fullmatch(before), _NUMBER.fullmatch(now)
    difference = ""
    if old and new and old[2] == new[2] and old[1] != new[1]:
        difference = f"{int(new[1]) - int(old[1]):+d}".replace("-", "−")
    return FactChange(
        name=name,
        before=shown_fact(before),
        now=f"{shown_fact(now)}{NOT_COMPARED}" if gone else shown_fact(now),
        difference=difference,
        renamed_count=_count_renamed(before, now),
    )


def _has_erased_part(fact: str) -> bool:
    parts = _words_of(fact).partition(SUM_SEPARATOR)[2].replace(",", ":").split(":")
    return ERASED_SUM in parts or REDACTED in fact


def matter_name(document_kind: str, title: str) -> str:
    """Return 「資料確認結果通知（操作手順書 第2版）」."""
    return f"{document_kind}（{title}）" if title else document_kind


def with_seal(words: str, seal: str) -> str:
    """Return a fact that shows ``words`` and changes with ``seal``: a list of people is compared, never stored."""
    return f"{words}{SUM_SEPARATOR}{seal}"


def with_names_seal(words: str, names: Mapping[int, Sequence[str]]) -> str:
    """Return a fact that shows ``words`` and changes when somebody is added, removed or renamed.

    A name that was unknown when it was notified (氏名未定), or that earlier versions did not compare, is no change.
    Six digits of the hash of a name are kept: enough to see a change. They do not protect a name against guessing (of
    some hundreds mostly one fits), so they are stored with the names, and are erased with them. What was erased gets
    no hash (``GONE``): its redaction is no change.

    Args:
        names: by id, what the document calls each person (団体, 氏名); "" = not known.
    """
    return with_seal(
        words,
        ",".join(
            ":".join((str(number), *(_name_checksum(name) for name in parts)))
            for number, parts in sorted(names.items())
        ),
    )


def _name_checksum(name: str) -> str:
    if REDACTED in name:
        return ERASED_SUM
    return sha256(name.encode()).hexdigest()[:6] if name else ""


def sealed_ids(fact: str) -> frozenset[int]:
    """Return the ids of the people in a fact of ``with_names_seal``; none if all of it was erased."""
    return frozenset(int(number) for number in _seal_parts(fact) if number not in _UNKNOWN)


def _seal_parts(fact: str) -> dict[str, list[str]]:
    return {number: parts for number, *parts in (one.split(":") for one in fact.partition(SUM_SEPARATOR)[2].split(","))}


def _same_names(before: str, now: str) -> bool:
    """Return whether two facts with sealed names hold the same people under the same names."""
    told, current = _seal_parts(before), _seal_parts(now)
    return (
        shown_fact(before) == shown_fact(now)
        and told.keys() == current.keys()
        and all(
            old in _UNKNOWN or new in _UNKNOWN or old == new
            for number, parts in told.items()
            for old, new in zip(parts, current[number], strict=False)
        )
    )


def _count_renamed(before: str, now: str) -> int:
    """Return how many people have another name, 0 if the people differ or more has changed."""
    told, current = _seal_parts(_words_of(before)), _seal_parts(_words_of(now))
    if told.keys() != current.keys() or any(len(one) < _NAMED for one in (*told.values(), *current.values())):
        return 0
    if any(
        old != new and not {old, new} & _UNKNOWN
        for number, one in told.items()
        for old, new in zip(one[_NAMED:], current[number][_NAMED:], strict=False)
    ):
        return 0
    return sum(
        any(old != new and not {old, new} & _UNKNOWN for old, new in zip(one[:_NAMED], current[number], strict=False))
        for number, one in told.items()
    )


def _words_of(fact: str) -> str:
    return fact.partition(EARLIER_SEPARATOR)[0]


def with_earlier_words(words: str, earlier: str) -> str:
    """Return a current fact together with the wording in which earlier versions notified the same.

    What was notified in that wording then does not count as changed.
    """
    return f"{words}{EARLIER_SEPARATOR}{earlier}"


def shown_fact(fact: str) -> str:
    """Return a fact for display: without its seal and earlier wording, a day as 「12/8(火)」."""
    words = fact.partition(SUM_SEPARATOR)[0].partition(EARLIER_SEPARATOR)[0]
    return short_date(date.fromisoformat(words)) if _DAY.fullmatch(words) else words


def matter_statuses(
    matter: Matter | None, drafts: Sequence[Matter], notifications: Sequence[Notification], outgoing: Sequence[Outgoing]
) -> tuple[MatterStatus, ...]:
    """Return the statuses of one matter: what was notified, what waits to be, what is not created.

    Args:
        matter: as it is now, None if it no longer exists. drafts: snapshots of it that wait.
        notifications: those of its key that were not withdrawn, oldest first.
        outgoing: the rows of its documents that were saved or printed for others and not withdrawn, oldest first.
    """
    told = [act for act in notifications if act.is_notified]
    last = notifications[-1] if notifications else None
    lines = [_notified_line(act, matter, current=act is told[-1], set_aside_by=last) for act in told]
    if matter is None:
        return tuple(lines)
    waiting = (
        [_draft_line(draft, matter, outgoing) for draft in drafts]
        or _outdated_documents(matter, last, outgoing)
        or _issued_letter_line(matter, notifications)
    )
    if last is not None and not last.is_notified and not waiting and _is_about_version(last, matter):
        kept = not fact_changes(last.facts, matter.facts)
        if kept:
            lines.append(MatterStatus(matter=matter, status="見送り", notification=last, facts=last.facts))
    known = waiting or any(_is_about_version(act, matter) for act in notifications)
    if not known:
        lines.append(MatterStatus(matter=matter, status="未作成", facts=matter.facts))
    return (*waiting, *lines)


def _is_about_version(notification: Notification, matter: Matter) -> bool:
    """Return whether a notification is about the current version."""
    return notification.version == matter.version


def _notified_line(
    notification: Notification, matter: Matter | None, *, current: bool, set_aside_by: Notification | None
) -> MatterStatus:
    """Return the status of one notification; only the newest of the current version is compared with now."""
    line = MatterStatus(
        matter=matter or Matter(key=notification.key, facts={}, document_kind=notification.document_kind),
        status="通知済",
        notification=notification,
        facts=notification.facts,
    )
    if matter is None or not current or not _is_about_version(notification, matter):
        return line
    differing = fact_changes(notification.facts, matter.facts)
    set_aside = (
        set_aside_by is not None
        and set_aside_by is not notification
        and not set_aside_by.is_notified
        and not fact_changes(set_aside_by.facts, matter.facts)
    )
    return MatterStatus(
        matter=matter,
        status="変更あり" if differing and not set_aside else "通知済",
        notification=notification,
        facts=notification.facts,
        compared_facts=compare_facts(notification.facts, matter.facts),
        changed_facts=differing,
    )


def _draft_line(draft: Matter, matter: Matter, outgoing: Sequence[Outgoing]) -> MatterStatus:
    """Return the status of a waiting snapshot, with its last saved copy of equal content, if any."""
    copy = next((row for row in reversed(outgoing) if row.version == draft.version), None)
    differing = fact_changes(draft.facts, matter.facts)
    return MatterStatus(
        matter=draft,
        status="未通知",
        outgoing=copy,
        facts=draft.facts,
        compared_facts=compare_facts(draft.facts, matter.facts),
        changed_facts=differing,
        is_outdated=bool(differing),
    )


def _outdated_documents(matter: Matter, last: Notification | None, outgoing: Sequence[Outgoing]) -> list[MatterStatus]:
    """Return documents saved or printed since the last notification whose content differs from it."""
    newest = next((row for row in reversed(outgoing) if _of_version(row, matter)), None)
    if newest is None:
        return []
    facts = newest.facts.get(matter.key) or matter.facts
    if last is not None and _is_about_version(last, matter):
        before = last.outgoing_id is not None and newest.id <= last.outgoing_id
        if before or newest.at <= last.at or not (fact_changes(last.facts, facts) or fact_changes(facts, last.facts)):
            return []
    differing = fact_changes(facts, matter.facts)
    return [
        MatterStatus(
            matter=matter,
            status="未通知",
            outgoing=newest,
            facts=facts,
            compared_facts=compare_facts(facts, matter.facts),
            changed_facts=differing,
            is_outdated=bool(differing),
        )
    ]


def _issued_letter_line(matter: Matter, notifications: Sequence[Notification]) -> list[MatterStatus]:
    """Return the status of a letter that is 施行 but neither recorded as notified nor set aside."""
    mine = [act for act in notifications if _is_about_version(act, matter)]
    if matter.issued_on is None or any(act.is_notified for act in mine):
        return []
    if mine and not fact_changes(mine[-1].facts, matter.facts):
        return []
    return [MatterStatus(matter=matter, status="未通知", facts=matter.facts)]


def _of_version(row: Outgoing, matter: Matter) -> bool:
    """Return whether a row of the log holds the current version; older rows are matched by their time."""
    if row.facts:
        said = row.facts.get(matter.key)
        return said is not None and said.get(VERSION) == matter.facts.get(VERSION)
    if matter.reference and row.reference != matter.reference:
        return False
    return matter.since is None or row.at.date() >= matter.since

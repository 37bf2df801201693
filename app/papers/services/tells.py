"""What the kinds of paper tell, each declared by its subject: which matters, which facts, to whom.

- ``TELLS`` – what the subjects declare; ``tells_of(scope)`` those of an event, a year or a 団体
- ``stands_of(subject, acts, issued) -> tuple[Line, ...]`` how everything stands that the papers of one subject tell
- ``facts_said(store, row)`` what a paper that leaves now says of each matter
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.common.declared import Declared
from app.papers.rules.notification import STANDINGS, Matter, Stand, named, shown, stands
from app.papers.services.paper_kind import PaperSubject, read_subject
from app.papers.services.paper_scope import About, PaperScope
from db.frozen_record import frozen_record
from db.records.papers import CIRCULATED, Notification, Outgoing
from db.records.programme import Programme
from db.rows import by_id
from db.store import Store

CONTRACTOR: Final = "受託者　業務責任者"


def _complete(_store: Store, _subject: PaperSubject) -> Sequence[str]:
    return ()


def _nothing_said(_subject: PaperSubject, _matter: Matter) -> str:
    return ""


def facts_words(_subject: PaperSubject, matter: Matter) -> str:
    """「参加予定 14人　団体 8団体」: what a matter says as it stands now."""
    return "　".join(f"{name} {shown(fact)}" for name, fact in matter.facts.items() if shown(fact))


def _among_the_told(_subject: PaperSubject, _matter: Matter) -> str:
    return "「伝えたもの」へ移り、これを待つ期限は、伝えた日で済になります。"


@frozen_record
class Tells:
    """What one kind of paper tells.

    Attributes:
        papers: the names in the log under which it leaves, the usual one first. about: what it is about.
        party: whom it is usually told. way: how it is usually told.
        matters: what there is to tell of a subject now, a snapshot that waits behind the matter it belongs to.
        said: what a paper of one of these names says if it leaves now, where that is not what stands now.
        ground: what its matters rest on (``PaperSubject.record``), where what it is about has no record of its own.
        lacking: the papers of a set that have not left since they were last true; they must before it can be told.
        whole: the papers of a set, which is ready once each of them left.
        words: what is said by telephone or mail where no paper tells it. told_name: the name under which the text told
            is logged each time; "" where the saved paper is what was told.
        looked, decided: its steps 見た and 結果 in words, where they are not the pages of its paper and its facts.
        goes: where the thing goes once it was told.
    """

    papers: tuple[str, ...]
    about: About = "実施回"
    party: str
    way: str = "メール"
    matters: Callable[[PaperSubject], Sequence[Matter]]
    said: Callable[[PaperSubject, str], Mapping[str, Mapping[str, str]]] | None = None
    ground: Callable[[Store, PaperScope], object] | None = None
    lacking: Callable[[Store, PaperSubject], Sequence[str]] = _complete
    whole: tuple[str, ...] = ()
    words: Callable[[PaperSubject, Matter], str] | None = None
    told_name: str = ""
    looked: Callable[[PaperSubject, Matter], str] = _nothing_said
    decided: Callable[[PaperSubject, Matter], str] = facts_words
    goes: Callable[[PaperSubject, Matter], str] = _among_the_told

    @property
    def paper(self) -> str:
        """The name it goes by."""
        return self.papers[0]


TELLS: Final[Declared[Tells]] = Declared("tells")


@frozen_record
class MatterLine:
    """How one matter stands, and what its paper is."""

    tells: Tells
    stand: Stand

    @property
    def paper(self) -> str:
        """The kind of paper."""
        return self.stand.act.document_kind if self.stand.act is not None else self.stand.matter.paper

    @property
    def title(self) -> str:
        """The version or the addressees."""
        return self.stand.act.title if self.stand.act is not None else self.stand.matter.title

    @property
    def named(self) -> str:
        """「資料確認結果通知（操作手順書 第2版）」, as it stands to be told."""
        return named(self.stand.matter.paper, self.stand.matter.title)


def tells_of(scope: PaperScope) -> tuple[Tells, ...]:
    """Return what the papers of an event, a year or a 団体 tell."""
    return tuple(one for one in TELLS if one.about == scope.about)


def read_told_subject(store: Store, scope: PaperScope) -> PaperSubject:
    """Read what is told about, with what its matters rest on; raises ``Refusal`` when it is gone."""
    subject = read_subject(store, scope)
    grounds = {one.paper: one.ground(store, scope) for one in tells_of(scope) if one.ground is not None}
    return replace(subject, record=grounds) if grounds else subject


def _of(tells: Tells, subject: PaperSubject) -> PaperSubject:
    """What one kind of paper tells about: of several that rest on something of their own, with its own."""
    record = subject.record
    return replace(subject, record=record.get(tells.paper)) if isinstance(record, dict) else subject


OF_COPY: Final = "もとの控え"
"""Under which name a row of the log keeps the number of the row whose copy left once more."""


def standing_rows(issued: Sequence[Outgoing]) -> list[Outgoing]:
    """Return the rows of a log that were made, saved or printed for others and not taken back.

    A 取消 that was undone takes nothing; a copy that left once more is nothing new: what it says was told, or waits, by
    its own row.
    """
    gone = {row.withdraws for row in issued}
    taken = {row.withdraws for row in issued if row.id not in gone}
    return [
        row
        for row in issued
        if row.way not in ("取消", "連絡", "コピー")
        and row.id not in taken
        and row.print_use != "控え用"
        and OF_COPY not in row.detail
    ]


def stands_of(
    subject: PaperSubject, acts: Sequence[Notification], issued: Sequence[Outgoing]
) -> tuple[MatterLine, ...]:
    """Return how everything stands, in the order of ``STANDINGS``; within one, what was told last comes first.

    Args:
        acts: all acts of the subject, oldest first. issued: all rows of its log, oldest first.
    """
    left = standing_rows(issued)
    standing = [act for act in acts if not act.withdrawn and act.told_how != CIRCULATED]
    lines: list[MatterLine] = []
    for tells in tells_of(subject.scope):
        made = [row for row in left if row.document_kind in tells.papers]
        matters = tells.matters(_of(tells, subject))
        now = {one.key: one for one in matters if not one.drafted}
        keys = dict.fromkeys([*now, *(act.key for act in standing if act.document_kind in tells.papers)])
        for key in keys:
            found = stands(
                now.get(key),
                [one for one in matters if one.drafted and one.key == key],
                [act for act in standing if act.key == key],
                made,
            )
            lines += [MatterLine(tells=tells, stand=stand) for stand in found]
    return tuple(sorted(lines, key=_order))


def _order(line: MatterLine) -> tuple[int, int, int]:
    act = line.stand.act
    newest = (-act.told_on.toordinal(), -act.id) if act is not None else (0, 0)
    return STANDINGS.index(line.stand.standing), *newest


def facts_said(store: Store, row: Outgoing) -> dict[str, dict[str, str]]:
    """Return what a paper that leaves now says, by matter; nothing for a paper that tells nobody anything."""
    about: About = "実施回" if row.event_id is not None else "年度"
    mine = [one for one in TELLS if row.document_kind in one.papers and one.about == about]
    if not mine or (row.event_id is None and row.programme_id is None):
        return {}
    subject = read_told_subject(store, _scope_of(store, row))
    said: dict[str, dict[str, str]] = {}
    for tells in mine:
        known = _of(tells, subject)
        if tells.said is not None:
            said |= {key: dict(facts) for key, facts in tells.said(known, row.document_kind).items()}
        else:
            matters = [one for one in tells.matters(known) if one.reference in ("", row.reference)]
            said |= {one.key: dict(one.facts) for one in matters if not one.drafted}
    return said


def _scope_of(store: Store, row: Outgoing) -> PaperScope:
    programme = by_id(store.database, Programme, row.programme_id) if row.programme_id is not None else None
    return PaperScope(event_id=row.event_id, fiscal_year=programme.fiscal_year if programme is not None else None)

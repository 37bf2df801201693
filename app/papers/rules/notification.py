"""One rule for what leaves the house: made, then saved or printed, then told; and what was told and has changed since.

- ``changes(told, now) -> tuple[FactChange, ...]`` the facts that no longer are what was told
- ``stands(matter, drafts, acts, made) -> tuple[Stand, ...]`` how one matter stands, a line for each version or group

Saving and printing never count as told, for no kind of paper.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date
from hashlib import sha256
from typing import Final, Literal

from app.calendar.dates import short_date
from app.papers.fingerprints import MARK
from db.frozen_record import frozen_record
from db.records.papers import Notification, Outgoing
from db.stand_ins import GONE, ONCE, SEAL, STAND_IN

Standing = Literal["変更あり", "未通知", "通知済", "見送り", "未作成"]
STANDINGS: Final[tuple[Standing, ...]] = ("変更あり", "未通知", "通知済", "見送り", "未作成")
VERSION: Final = "版"
"""The fact that says which version of a matter a paper was about; another version is told by itself."""

_NUMBER: Final = re.compile(r"(\d+)(\D+)")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
NOT_COMPARED: Final = "（消去したものは、いまと比べていません）"
_UNKNOWN: Final = frozenset({"", GONE})
_NAMED: Final = 2
"""How many of the sealed parts are names: 団体 and 氏名."""


@frozen_record
class Matter:
    """Something that a kind of paper tells, as it stands now.

    Attributes:
        key: which matter, the same over all versions. version: the version it stands at, 0 = it has none.
        title: the version or the addressees in words. facts: what a paper of it says now, by name.
        paper: the kind of paper that would tell it. since: the day since which it stands so, as far as known.
        reference: of the paper that tells it, where each matter has a paper of its own; "" = one paper tells all.
        drafted: it was made as a snapshot of its own, which waits to be told. made_words: who made it and when.
        issued_on: the day of the 施行 of its letter, None before: it went out, and waits to be noted as told.
        unissued: how far a 公文書 of it is that is not 施行 yet (案, 起案中, 決裁済): such a paper went to nobody.
    """

    key: str
    version: int = 0
    title: str = ""
    facts: Mapping[str, str]
    paper: str
    since: date | None = None
    reference: str = ""
    drafted: bool = False
    made_words: str = ""
    issued_on: date | None = None
    unissued: str = ""


@frozen_record
class FactChange:
    """One fact told and as it is now.

    ``difference`` is 「+1」 for numbers of one unit, else ""; ``renamed`` how many of those who stand in it are called
    otherwise, where nothing else of them has changed.
    """

    name: str
    before: str
    now: str
    difference: str = ""
    renamed: int = 0

    @property
    def words(self) -> str:
        """「参加予定 14人 → 15人」, or 「名簿が変わりました」 for what is too long to say."""
        if self.renamed:
            return f"{self.name}の名前が変わりました（{self.renamed}件）"
        if self.before == self.now:
            return f"{self.name}が変わりました"
        return f"{self.name} {self.before or 'なし'} → {self.now or 'なし'}"


@frozen_record
class Stand:
    """One line: a matter in one version.

    Attributes:
        act: what told it (or set it aside). made: the newest paper of it that was saved or printed.
        facts: what this line says. compared: every fact told beside the one of now, the changed ones among them in
            ``changed``.
        stale: it was made before something changed, so the paper no longer says what is so.
    """

    matter: Matter
    standing: Standing
    act: Notification | None = None
    made: Outgoing | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    compared: tuple[FactChange, ...] = ()
    changed: tuple[FactChange, ...] = ()
    stale: bool = False


def changes(told: Mapping[str, str], now: Mapping[str, str]) -> tuple[FactChange, ...]:
    """Return the facts that were told and are no longer so; what was not told is not compared."""
    return tuple(
        _compared(name, before, now.get(name, ""))
        for name, before in told.items()
        if not _same(before, now.get(name, ""))
    )


def compare(told: Mapping[str, str], now: Mapping[str, str]) -> tuple[FactChange, ...]:
    """Return every fact told beside the one of now."""
    return tuple(_compared(name, before, now.get(name, "")) for name, before in told.items())


def _same(before: str, now: str) -> bool:
    """Whether two facts say the same; one without the way in which it was once told may be told that way.

    What was erased of either is held against nothing: it is no change, and nothing to be told anew.
    """
    if STAND_IN in before or STAND_IN in now:
        return True
    if _is_gone(before) or (_has_gone(now) and ":" not in before.partition(SEAL)[2]):
        return shown(before) == shown(now)
    (words, _, once), (words_now, _, once_now) = before.partition(ONCE), now.partition(ONCE)
    if bool(once) != bool(once_now):
        return before == once_now or now == once
    return _same_names(words, words_now) if _holds_names(words_now) else words == words_now


def _holds_names(fact: str) -> bool:
    """Whether a fact was sealed by ``sealed_names``, not by one sum of all."""
    seal = fact.partition(SEAL)[2]
    return ":" in seal and not seal.startswith(MARK)


def _is_gone(fact: str) -> bool:
    """Whether all that a fact was held against by was erased: one sum of all, or nobody's own any more."""
    seal = _words_of(fact).partition(SEAL)[2]
    return seal == GONE


def _compared(name: str, before: str, now: str) -> FactChange:
    gone = _same(before, now) and any(_has_gone(one) for one in (before, now))
    if before != now and _same(before, now):
        now = before
    old, new = _NUMBER.fullmatch(before), _NUMBER.fullmatch(now)
    difference = ""
    if old and new and old[2] == new[2] and old[1] != new[1]:
        difference = f"{int(new[1]) - int(old[1]):+d}".replace("-", "−")
    return FactChange(
        name=name,
        before=shown(before),
        now=f"{shown(now)}{NOT_COMPARED}" if gone else shown(now),
        difference=difference,
        renamed=_renamed(before, now),
    )


def _has_gone(fact: str) -> bool:
    parts = _words_of(fact).partition(SEAL)[2].replace(",", ":").split(":")
    return GONE in parts or STAND_IN in fact


def named(paper: str, title: str) -> str:
    """「資料確認結果通知（操作手順書 第2版）」."""
    return f"{paper}（{title}）" if title else paper


def sealed(words: str, seal: str) -> str:
    """Return a fact that shows ``words`` and changes with ``seal``: a list of people is compared, never kept."""
    return f"{words}{SEAL}{seal}"


def sealed_names(words: str, names: Mapping[int, Sequence[str]]) -> str:
    """Return a fact that shows ``words`` and changes when somebody comes or goes, or is called otherwise.

    A name that was not known when it was told (氏名未定), or that programs before this one did not hold against now, is
    no change. Of a name six signs of its sum are kept: enough to see a change. They hide no name from whoever tries
    names, of some hundreds mostly one fits; so they lie with the names, and go when those are erased.

    Of what was erased no sum is made (``GONE``): a stand-in is another word than the name, and no change.

    Args:
        names: of each one, by its number, what the paper calls it (団体, 氏名); "" = not known.
    """
    return sealed(
        words,
        ",".join(
            ":".join((str(number), *(_sum_of(name) for name in parts))) for number, parts in sorted(names.items())
        ),
    )


def _sum_of(name: str) -> str:
    if STAND_IN in name:
        return GONE
    return sha256(name.encode()).hexdigest()[:6] if name else ""


def ids_sealed(fact: str) -> frozenset[int]:
    """Return the numbers of those whom a fact of ``sealed_names`` is about; none where all of it was erased."""
    return frozenset(int(number) for number in _seal_parts(fact) if number not in _UNKNOWN)


def _seal_parts(fact: str) -> dict[str, list[str]]:
    return {number: parts for number, *parts in (one.split(":") for one in fact.partition(SEAL)[2].split(","))}


def _same_names(before: str, now: str) -> bool:
    """Whether two facts with sealed names are about the same ones under the same names."""
    told, current = _seal_parts(before), _seal_parts(now)
    return (
        shown(before) == shown(now)
        and told.keys() == current.keys()
        and all(
            old in _UNKNOWN or new in _UNKNOWN or old == new
            for number, parts in told.items()
            for old, new in zip(parts, current[number], strict=False)
        )
    )


def _renamed(before: str, now: str) -> int:
    """How many are called otherwise, 0 where others stand in it or more of them has changed."""
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
    return fact.partition(ONCE)[0]


def once_told_as(words: str, once: str) -> str:
    """Return a fact of now together with the words in which programs before this one told the same.

    What they told and kept so has not changed, although the words are others today.
    """
    return f"{words}{ONCE}{once}"


def shown(fact: str) -> str:
    """Return a fact as it is shown: without its seal and earlier words, a day as 「12/8(火)」."""
    words = fact.partition(SEAL)[0].partition(ONCE)[0]
    return short_date(date.fromisoformat(words)) if _DAY.fullmatch(words) else words


def stands(
    matter: Matter | None, drafts: Sequence[Matter], acts: Sequence[Notification], made: Sequence[Outgoing]
) -> tuple[Stand, ...]:
    """Return how one matter stands: what was told of it, what waits to be told, what is not made.

    Args:
        matter: as it is now, None when it is no longer there. drafts: snapshots of it that wait.
        acts: the acts of its key that were not taken back, oldest first.
        made: the rows of its papers that were saved or printed for others and not taken back, oldest first.
    """
    told = [act for act in acts if act.told]
    last = acts[-1] if acts else None
    lines = [_told_line(act, matter, current=act is told[-1], aside=last) for act in told]
    if matter is None:
        return tuple(lines)
    waiting = (
        [_draft_line(draft, matter, made) for draft in drafts]
        or _made_lines(matter, last, made)
        or _issued_line(matter, acts)
    )
    if last is not None and not last.told and not waiting and _about(last, matter):
        kept = not changes(last.facts, matter.facts)
        if kept:
            lines.append(Stand(matter=matter, standing="見送り", act=last, facts=last.facts))
    known = waiting or any(_about(act, matter) for act in acts)
    if not known:
        lines.append(Stand(matter=matter, standing="未作成", facts=matter.facts))
    return (*waiting, *lines)


def _about(act: Notification, matter: Matter) -> bool:
    """Whether an act is about the version that stands now."""
    return act.version == matter.version


def _told_line(act: Notification, matter: Matter | None, *, current: bool, aside: Notification | None) -> Stand:
    """What one act told; only the newest one of the version that stands is held against now."""
    line = Stand(
        matter=matter or Matter(key=act.key, facts={}, paper=act.document_kind),
        standing="通知済",
        act=act,
        facts=act.facts,
    )
    if matter is None or not current or not _about(act, matter):
        return line
    differing = changes(act.facts, matter.facts)
    set_aside = aside is not None and aside is not act and not aside.told and not changes(aside.facts, matter.facts)
    return Stand(
        matter=matter,
        standing="変更あり" if differing and not set_aside else "通知済",
        act=act,
        facts=act.facts,
        compared=compare(act.facts, matter.facts),
        changed=differing,
    )


def _draft_line(draft: Matter, matter: Matter, made: Sequence[Outgoing]) -> Stand:
    """A snapshot that waits; the copy saved of it, if any, is the last one that says the same."""
    copy = next((row for row in reversed(made) if row.version == draft.version), None)
    differing = changes(draft.facts, matter.facts)
    return Stand(
        matter=draft,
        standing="未通知",
        made=copy,
        facts=draft.facts,
        compared=compare(draft.facts, matter.facts),
        changed=differing,
        stale=bool(differing),
    )


def _made_lines(matter: Matter, last: Notification | None, made: Sequence[Outgoing]) -> list[Stand]:
    """What was saved or printed after the last act and says something else than it did."""
    newest = next((row for row in reversed(made) if _of_version(row, matter)), None)
    if newest is None:
        return []
    facts = newest.facts.get(matter.key) or matter.facts
    if last is not None and _about(last, matter):
        before = last.outgoing_id is not None and newest.id <= last.outgoing_id
        if before or newest.at <= last.at or not (changes(last.facts, facts) or changes(facts, last.facts)):
            return []
    differing = changes(facts, matter.facts)
    return [
        Stand(
            matter=matter,
            standing="未通知",
            made=newest,
            facts=facts,
            compared=compare(facts, matter.facts),
            changed=differing,
            stale=bool(differing),
        )
    ]


def _issued_line(matter: Matter, acts: Sequence[Notification]) -> list[Stand]:
    """A letter that is 施行 and of which nobody noted that it was told, or set aside as it stands."""
    mine = [act for act in acts if _about(act, matter)]
    if matter.issued_on is None or any(act.told for act in mine):
        return []
    if mine and not changes(mine[-1].facts, matter.facts):
        return []
    return [Stand(matter=matter, standing="未通知", facts=matter.facts)]


def _of_version(row: Outgoing, matter: Matter) -> bool:
    """Whether a row of the log holds the version that stands now; older rows say only when they left."""
    if row.facts:
        said = row.facts.get(matter.key)
        return said is not None and said.get(VERSION) == matter.facts.get(VERSION)
    if matter.reference and row.reference != matter.reference:
        return False
    return matter.since is None or row.at.date() >= matter.since

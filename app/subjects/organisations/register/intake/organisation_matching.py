"""Finds the 団体 of the register that a written name means: by itself only when there is no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from rapidfuzz import fuzz, process

from app.foreign_files.cells.telltale_texts import LOST, has_lost_sign
from app.foreign_files.foreign_shape import DoubtfulPlace
from app.subjects.organisations.register.intake.person_values import clean
from db.frozen_record import frozen_record
from db.name_key import name_key, plain_organisation
from db.records.organisations import Organisation

MatchKind = Literal["exact", "normalised", "candidate", "ambiguous", "none"]
Named = Mapping[str, tuple[Organisation, ...]]

SIMILAR_FROM = 85
"""Out of 100 (share of equal letters of the folded names); below it two names have no more in common than 町会."""

_MOST_CANDIDATES = 5
_SHORTEST_PART = 4
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ENDINGS = re.compile(r"(?:町会|自治会|町内会|管理組合|親和会|睦会|会)+$")
_BRANCH_IN_TEXT = re.compile(r"^\s*[(（【]?\s*([^\s()（）【】]{1,12}支部)\s*[)）】]?[\s・/／:：、]*(.+)$")
_BRANCH_BEHIND = re.compile(r"^(.+?)\s*[(（]\s*([^()（）]{1,12}支部)\s*[)）]\s*$")


@frozen_record
class OrganisationMatch:
    """What a written name means: ``organisation`` only for exact and normalised; others are for a person to choose."""

    kind: MatchKind
    organisation: Organisation | None = None
    candidates: tuple[Organisation, ...] = ()
    reason: str


@dataclass(frozen=True)
class OrganisationIndex:
    """The register prepared for matching many names: by the name itself, folded, by search key, by stem."""

    organisations: tuple[Organisation, ...]
    by_name: Named
    by_plain: Named
    by_key: Named
    by_stem: Named

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Self:
        """Prepare ``organisations``."""
        every = tuple(organisations)
        return cls(
            every,
            _grouped(every, lambda name: name.strip()),
            _grouped(every, plain_organisation),
            _grouped(every, name_key),
            _grouped(every, _stem),
        )


def match_organisation(text: str, branch: str, known: OrganisationIndex) -> OrganisationMatch:
    """The 団体 that ``text`` means; ``branch`` (may be empty) decides between 団体 of one name."""
    written = clean(text)
    if not written:
        return OrganisationMatch(kind="none", reason="団体名が空")
    found = known.by_name.get(written, ())
    if found:
        return _decided(found, branch, written, "exact")
    found = known.by_plain.get(plain_organisation(written), ())
    if found:
        return _decided(found, branch, written, "normalised")
    named_branch, name = _with_branch(written)
    if named_branch:
        found = known.by_plain.get(plain_organisation(name), ())
        if found:
            return _decided(found, named_branch, written, "normalised")
    candidates = _candidates(written, known)
    if branch:
        candidates.sort(key=lambda one: not _same_branch(one.branch, branch))
    if candidates:
        names = "」「".join(dict.fromkeys(one.name for one in candidates[:3]))
        return OrganisationMatch(
            kind="candidate",
            candidates=tuple(candidates),
            reason=f"団体名「{written}」は一覧の「{names}」の表記違いの可能性",
        )
    return OrganisationMatch(kind="none", reason=f"「{written}」は団体一覧に無い")


def alike(text: str, known: OrganisationIndex) -> tuple[Organisation, ...]:
    """Return the 団体 whose names differ from ``text`` in 異体字, what stands in brackets or the word for 町会 alone.

    Names that are merely close are none: 一丁目 and 二丁目 differ in one sign.
    """
    keys = (name_key(text), name_key(_BRACKETS.sub("", text)))
    found = [one for key in keys for one in known.by_key.get(key, ())]
    found += known.by_stem.get(_stem(text), ()) if text.strip() else ()
    return tuple({id(one): one for one in found}.values())


def matching_finding(
    match: OrganisationMatch, *, row: int, index: int | None, column: str | None, text: str
) -> DoubtfulPlace | None:
    """What has to be said of a match, or None for an exact one and for an empty name.

    Codes: org_needs_check, org_ambiguous and org_not_in_list are problems, org_normalised is a notice.
    """
    if match.kind == "exact" or not text.strip():
        return None
    code = {
        "candidate": "org_needs_check",
        "ambiguous": "org_ambiguous",
        "none": "org_not_in_list",
        "normalised": "org_normalised",
    }[match.kind]
    return DoubtfulPlace(row=row, index=index, column=column, reason=match.reason, code=code)


def _decided(
    found: tuple[Organisation, ...], branch: str, written: str, kind: Literal["exact", "normalised"]
) -> OrganisationMatch:
    if branch and len(found) > 1:
        found = tuple(one for one in found if _same_branch(one.branch, branch)) or found
    if len(found) > 1:
        branches = "・".join(one.branch or "支部なし" for one in found)
        reason = f"「{written}」は {branches} にあり、どれか決められない"
        return OrganisationMatch(kind="ambiguous", candidates=found, reason=reason)
    one = found[0]
    if branch and one.branch and not _same_branch(one.branch, branch):
        reason = f"「{written}」は一覧では{one.branch}にあり、書かれた支部（{branch}）と違う"
        return OrganisationMatch(kind="candidate", candidates=found, reason=reason)
    reason = f"一覧の「{one.name}」と同じ団体として扱う" if kind == "normalised" else ""
    return OrganisationMatch(kind=kind, organisation=one, candidates=found, reason=reason)


def _candidates(written: str, known: OrganisationIndex) -> list[Organisation]:
    """団体 that may be meant, the likeliest first."""
    found: dict[int, Organisation] = {}
    key = name_key(written)
    for group in (known.by_key.get(key, ()), known.by_key.get(name_key(_BRACKETS.sub("", written)), ())):
        found.update({id(one): one for one in group})
    if has_lost_sign(written):
        found.update({id(one): one for one in _with_any_sign(written, known)})
    if not found:
        found.update({id(one): one for one in known.by_stem.get(_stem(written), ())})
    if not found and len(key) >= _SHORTEST_PART:
        close = process.extract(
            key, list(known.by_key), scorer=fuzz.ratio, score_cutoff=SIMILAR_FROM, limit=_MOST_CANDIDATES
        )
        parts = [name for name in known.by_key if len(name) >= _SHORTEST_PART + 2 and (name in key or key in name)]
        for name in [*(name for name, _, _ in close), *parts[:_MOST_CANDIDATES]]:
            found.update({id(one): one for one in known.by_key[name]})
    return list(found.values())[:_MOST_CANDIDATES]


def _with_any_sign(written: str, known: OrganisationIndex) -> list[Organisation]:
    """団体 whose name is the written one with some sign in place of each lost one."""
    pattern = "".join("." if sign in LOST else re.escape(sign) for sign in plain_organisation(written))
    lost = re.compile(pattern)
    return [one for name, group in known.by_plain.items() if lost.fullmatch(name) for one in group]


def _with_branch(written: str) -> tuple[str, str]:
    front = _BRANCH_IN_TEXT.match(written)
    if front:
        return front.group(1), front.group(2)
    behind = _BRANCH_BEHIND.match(written)
    return (behind.group(2), behind.group(1)) if behind else ("", written)


def _same_branch(one: str, other: str) -> bool:
    return name_key(one).removesuffix("支部") == name_key(other).removesuffix("支部")


def _stem(name: str) -> str:
    key = name_key(name)
    return _ENDINGS.sub("", key) or key


def _grouped(organisations: Iterable[Organisation], key: Callable[[str], str]) -> Named:
    groups: dict[str, list[Organisation]] = {}
    for one in organisations:
        groups.setdefault(key(one.name), []).append(one)
    return {name: tuple(group) for name, group in groups.items()}

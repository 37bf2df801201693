"""Finds the registered 団体 that a written name means; automatically only when there is no doubt."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from rapidfuzz import fuzz, process

from app.foreign_files.cells.suspicious_texts import LOST_CHARACTERS, has_lost_character
from app.foreign_files.foreign_shape import Finding
from app.subjects.organisations.register.intake.person_values import clean
from db.frozen_record import frozen_record
from db.name_key import name_key, plain_organisation
from db.records.organisations import Organisation

MatchKind = Literal["exact", "normalised", "candidate", "ambiguous", "none"]
OrganisationsByText = Mapping[str, tuple[Organisation, ...]]

MIN_SIMILARITY = 85
"""Out of 100 (share of equal characters of the folded names); names below it share no more than the word 町会."""

_MAX_CANDIDATES = 5
_MIN_PART_LENGTH = 4
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_ENDINGS = re.compile(r"(?:町会|自治会|町内会|管理組合|親和会|睦会|会)+$")
_BRANCH_IN_TEXT = re.compile(r"^\s*[(（【]?\s*([^\s()（）【】]{1,12}支部)\s*[)）】]?[\s・/／:：、]*(.+)$")
_BRANCH_BEHIND = re.compile(r"^(.+?)\s*[(（]\s*([^()（）]{1,12}支部)\s*[)）]\s*$")


@frozen_record
class OrganisationMatch:
    """Result of looking up a written name in the register.

    ``organisation`` is set only for the kinds exact and normalised; for others a person chooses from ``candidates``.
    """

    kind: MatchKind
    organisation: Organisation | None = None
    candidates: tuple[Organisation, ...] = ()
    reason: str


@dataclass(frozen=True)
class OrganisationIndex:
    """The register indexed for matching many names, by exact name, folded name, search key and stem."""

    organisations: tuple[Organisation, ...]
    by_name: OrganisationsByText
    by_folded: OrganisationsByText
    by_key: OrganisationsByText
    by_stem: OrganisationsByText

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Self:
        """Build the index of ``organisations``."""
        every = tuple(organisations)
        return cls(
            every,
            _group_by(every, lambda name: name.strip()),
            _group_by(every, plain_organisation),
            _group_by(every, name_key),
            _group_by(every, _stem),
        )


def match_organisation(text: str, branch: str, index: OrganisationIndex) -> OrganisationMatch:
    """Return the match for ``text``; ``branch`` (支部, may be empty) decides between 団体 of the same name."""
    written = clean(text)
    if not written:
        return OrganisationMatch(kind="none", reason="団体名が空")
    found = index.by_name.get(written, ())
    if found:
        return _resolve_branch(found, branch, written, "exact")
    found = index.by_folded.get(plain_organisation(written), ())
    if found:
        return _resolve_branch(found, branch, written, "normalised")
    named_branch, name = _split_branch(written)
    if named_branch:
        found = index.by_folded.get(plain_organisation(name), ())
        if found:
            return _resolve_branch(found, named_branch, written, "normalised")
    candidates = _candidates(written, index)
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


def same_except_spelling(text: str, index: OrganisationIndex) -> tuple[Organisation, ...]:
    """Return the 団体 whose names differ from ``text`` only in 異体字, in what is in brackets or in the word for 町会.

    Names that are merely similar are not returned: 一丁目 and 二丁目 differ in one character.
    """
    keys = (name_key(text), name_key(_BRACKETS.sub("", text)))
    found = [one for key in keys for one in index.by_key.get(key, ())]
    found += index.by_stem.get(_stem(text), ()) if text.strip() else ()
    return tuple({id(one): one for one in found}.values())


def match_finding(
    match: OrganisationMatch, *, row: int, index: int | None, column: str | None, text: str
) -> Finding | None:
    """Return the finding to report for a match, or None for an exact match and for an empty name.

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
    return Finding(row=row, index=index, column=column, reason=match.reason, code=code)


def _resolve_branch(
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


def _candidates(written: str, index: OrganisationIndex) -> list[Organisation]:
    """Return the 団体 that may be meant, the likeliest first."""
    found: dict[int, Organisation] = {}
    key = name_key(written)
    for group in (index.by_key.get(key, ()), index.by_key.get(name_key(_BRACKETS.sub("", written)), ())):
        found.update({id(one): one for one in group})
    if has_lost_character(written):
        found.update({id(one): one for one in _matches_lost_characters(written, index)})
    if not found:
        found.update({id(one): one for one in index.by_stem.get(_stem(written), ())})
    if not found and len(key) >= _MIN_PART_LENGTH:
        close = process.extract(
            key, list(index.by_key), scorer=fuzz.ratio, score_cutoff=MIN_SIMILARITY, limit=_MAX_CANDIDATES
        )
        parts = [name for name in index.by_key if len(name) >= _MIN_PART_LENGTH + 2 and (name in key or key in name)]
        for name in [*(name for name, _, _ in close), *parts[:_MAX_CANDIDATES]]:
            found.update({id(one): one for one in index.by_key[name]})
    return list(found.values())[:_MAX_CANDIDATES]


def _matches_lost_characters(written: str, index: OrganisationIndex) -> list[Organisation]:
    """Return the 団体 whose name fits the written one when each lost character (? 〓) stands for any character."""
    pattern = "".join("." if sign in LOST_CHARACTERS else re.escape(sign) for sign in plain_organisation(written))
    lost = re.compile(pattern)
    return [one for name, group in index.by_folded.items() if lost.fullmatch(name) for one in group]


def _split_branch(written: str) -> tuple[str, str]:
    front = _BRANCH_IN_TEXT.match(written)
    if front:
        return front.group(1), front.group(2)
    behind = _BRANCH_BEHIND.match(written)
    return (behind.group(2), behind.group(1)) if behind else ("", written)


def _same_branch(branch: str, other: str) -> bool:
    return name_key(branch).removesuffix("支部") == name_key(other).removesuffix("支部")


def _stem(name: str) -> str:
    key = name_key(name)
    return _ENDINGS.sub("", key) or key


def _group_by(organisations: Iterable[Organisation], key: Callable[[str], str]) -> OrganisationsByText:
    groups: dict[str, list[Organisation]] = {}
    for one in organisations:
        groups.setdefault(key(one.name), []).append(one)
    return {name: tuple(group) for name, group in groups.items()}

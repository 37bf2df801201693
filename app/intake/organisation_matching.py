"""Finds the 団体 of the register that a written name means: by itself only when there is no doubt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, Self

from app.intake.findings import Finding
from db.records.organisations import Organisation

MatchKind = Literal["exact", "normalised", "candidate", "ambiguous", "none"]


@dataclass(frozen=True, kw_only=True)
class OrganisationMatch:
    """What a written name means: ``organisation`` only for exact and normalised; others are for a person to choose."""

    kind: MatchKind
    organisation: Organisation | None = None
    candidates: tuple[Organisation, ...] = ()
    reason: str = ""


@dataclass(frozen=True)
class OrganisationIndex:
    """The register prepared for matching many names."""

    organisations: tuple[Organisation, ...]
    by_name: Mapping[str, tuple[Organisation, ...]]
    by_plain: Mapping[str, tuple[Organisation, ...]]
    by_key: Mapping[str, tuple[Organisation, ...]]

    @classmethod
    def of(cls, organisations: Iterable[Organisation]) -> Self:
        """Prepare ``organisations``."""
        return cls(tuple(organisations), {}, {}, {})


def match_organisation(text: str, branch: str, known: OrganisationIndex) -> OrganisationMatch:
    """The 団体 that ``text`` means; ``branch`` (may be empty) decides between 団体 of one name."""
    return OrganisationMatch(kind="none")


def matching_finding(
    match: OrganisationMatch, *, row: int, index: int | None, column: str | None, text: str
) -> Finding | None:
    """What has to be said of a match, or None: org_needs_check, org_ambiguous, org_not_in_list, or org_normalised (a notice)."""
    return None

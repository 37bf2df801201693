"""Two versions of a questionnaire side by side: masters of two years, or a master and what an event asked.

- ``list_versions(store) -> tuple[Version, ...]`` what can be compared
- ``compare(store, old, new) -> VersionComparison``
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from app.papers.paper import table_day
from app.refusal import Refusal
from app.subjects.surveys.questions.rules.questionnaire_versions import (
    COMPARABLE,
    ComparedVersion,
    VersionStanding,
    compare_versions,
)
from db.records.events import Event
from db.records.surveys import Question
from db.rows import by_id
from db.store import Store
from db.tables import questionnaires, surveys

VersionKind = Literal["ひな形", "実施回"]
VersionKey = tuple[VersionKind, int]
"""What a version is and the id of the master, or of the event."""


@dataclass(frozen=True, kw_only=True)
class Version:
    """One set that can be compared; ``label`` 「令和8年度　講習会アンケート」 or 「9/30　第2回 LINE講習会」."""

    key: VersionKey
    label: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class VersionComparison:
    """Two versions and their questions in the order of the new one."""

    old: Version
    new: Version
    rows: tuple[ComparedVersion, ...]

    @property
    def counts(self) -> dict[VersionStanding, int]:
        """How many questions stand how; only what there is."""
        return dict(Counter(row.standing for row in self.rows))

    @property
    def comparable(self) -> int:
        """How many questions can be compared from version to version."""
        return sum(row.standing in COMPARABLE for row in self.rows)


def list_versions(store: Store) -> tuple[Version, ...]:
    """Return every master, archived ones too, and what every event asked."""
    database = store.database
    found = [
        Version(key=("ひな形", one.id), label=_master_label(one.fiscal_year, one.name), questions=one.questions)
        for one in questionnaires.everything(database)
        if one.questions
    ]
    for survey in surveys.all_surveys(database):
        event = by_id(database, Event, survey.event_id)
        if event is not None and survey.questions:
            day = f"{table_day(event.event_date)}　" if event.event_date else ""
            label = f"{day}{event.full_title}"
            found.append(Version(key=("実施回", event.id), label=label, questions=survey.questions))
    return tuple(found)


def compare(store: Store, *, old: VersionKey, new: VersionKey) -> VersionComparison:
    """Lay two versions side by side; raises ``Refusal`` when one of them is no longer there."""
    versions = {version.key: version for version in list_versions(store)}
    for key in (old, new):
        if key not in versions:
            raise Refusal("比べる設問が見つかりません。", "選び直してください。")
    first, second = versions[old], versions[new]
    return VersionComparison(old=first, new=second, rows=compare_versions(first.questions, second.questions))


def _master_label(fiscal_year: int | None, name: str) -> str:
    return f"令和{fiscal_year - 2018}年度　{name}" if fiscal_year else name

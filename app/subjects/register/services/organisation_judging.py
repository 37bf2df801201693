"""What becomes of each row of a list of 団体: new, changed, the same, to be looked at, or left out, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from app.subjects.register.intake.organisation_matching import OrganisationIndex, match_organisation
from app.subjects.register.intake.organisation_rows import OrganisationRow, OrganisationTable
from app.subjects.register.services.organisation_differences import (
    Change,
    KnownRegister,
    differences,
    has_lost,
    matches_lost,
)
from db.name_key import name_key
from db.records.organisations import Organisation

Outcome = Literal["新規", "更新", "重複", "確認が必要", "取り込まない"]
OUTCOMES: Final[tuple[Outcome, ...]] = ("新規", "更新", "重複", "確認が必要", "取り込まない")
Action = Literal["同じ団体", "新しい団体", "取り込まない"]


@dataclass(frozen=True, kw_only=True)
class RowDecision:
    """What a clerk decided about one row; ``organisation_id`` names the 団体 for 「同じ団体」."""

    action: Action
    organisation_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class IntakeRow:
    """One row of the list and what will become of it.

    ``reason`` says why it is not simply taken in, ``note`` is worth knowing. ``organisation`` is the one of the
    register it changes; ``near`` are those it may mean.
    """

    row: int
    line: int
    outcome: Outcome
    reason: str = ""
    note: str = ""
    source: OrganisationRow
    organisation: Organisation | None = None
    near: tuple[Organisation, ...] = ()
    changes: tuple[Change, ...] = ()
    decision: RowDecision | None = None

    @property
    def id(self) -> int:
        """The row number, by which a list keeps its current row."""
        return self.row

    @property
    def written(self) -> tuple[Change, ...]:
        """The changes that would be written."""
        return tuple(one for one in self.changes if not one.kept)

    @property
    def kept(self) -> tuple[Change, ...]:
        """The differences that are only shown."""
        return tuple(one for one in self.changes if one.kept)

    @property
    def taken(self) -> bool:
        """Whether anything of the row would be written."""
        return self.outcome in ("新規", "更新")


class RowJudge:
    """Decides what happens with each row of one list."""

    def __init__(
        self, known: KnownRegister, table: OrganisationTable, as_of: date, decisions: Mapping[int, RowDecision]
    ) -> None:
        self._known = known
        self._table = table
        self._as_of = as_of
        self._decisions = decisions
        everything = known.organisations.values()
        self._exact = {(one.branch, one.name): one for one in everything}
        self._by_branch: dict[str, list[Organisation]] = defaultdict(list)
        self._by_key: dict[str, list[Organisation]] = defaultdict(list)
        for one in everything:
            self._by_branch[one.branch].append(one)
            self._by_key[name_key(one.name)].append(one)
        self._index = OrganisationIndex.of(everything)
        self._seen: dict[tuple[str, str], OrganisationRow] = {}

    def rows(self) -> tuple[IntakeRow, ...]:
        """Return every row in the order of the file."""
        return tuple(self._judged(row) for row in self._table.rows)

    def _judged(self, row: OrganisationRow) -> IntakeRow:
        note = "　".join(dict.fromkeys(one.reason for one in (*row.problems, *row.notices)))
        made = IntakeRow(row=row.row, line=row.place, outcome="取り込まない", source=row, note=note)
        if row.broken:
            return replace(made, reason=note or "行の形がくずれています", note="")
        if not row.name.strip():
            return replace(made, reason="団体名がありません")
        decision = self._decisions.get(row.row)
        if decision is not None:
            return self._decided(replace(made, decision=decision, near=self._near(row)), decision)
        again = self._seen.setdefault((row.branch, row.name), row)
        if again is not row:
            return self._twice(made, again)
        found = self._exact.get((row.branch, row.name)) or self._lost_name(row)
        return self._unknown(made) if found is None else self._against(made, found)

    def _decided(self, made: IntakeRow, decision: RowDecision) -> IntakeRow:
        if decision.action == "取り込まない":
            return replace(made, reason="取り込まないことにした行")
        target = self._known.organisations.get(decision.organisation_id or 0)
        if decision.action == "新しい団体" or target is None:
            if (made.source.branch, made.source.name) in self._exact:
                return replace(made, outcome="確認が必要", reason="同じ支部・団体名の登録がもうあります")
            return replace(made, outcome="新規", reason="新しい団体として取り込む")
        return self._against(made, target)

    def _against(self, made: IntakeRow, target: Organisation) -> IntakeRow:
        changes = differences(made.source, self._known.of(target.id), as_of=self._as_of)
        outcome: Outcome = "更新" if any(not one.kept for one in changes) else "重複"
        reason = "" if outcome == "更新" else "書き替えるところはありません" if changes else "登録と同じ内容です"
        return replace(made, outcome=outcome, reason=reason, organisation=target, changes=changes)

    def _unknown(self, made: IntakeRow) -> IntakeRow:
        """No 団体 of this 支部 and name: new, unless it may well be one that is registered under another spelling."""
        row = made.source
        near = self._near(row)
        if has_lost(row.name):
            return replace(made, outcome="確認が必要", reason="団体名に失われた文字があります", near=near)
        same = [one for one in near if name_key(one.name) == name_key(row.name)]
        if same:
            words = "、".join(f"{one.name}（{one.branch or '支部なし'}）" for one in same[:3])
            return replace(made, outcome="確認が必要", reason=f"同じ団体の別の書き方かもしれません：{words}", near=near)
        alike = f"似た名前の団体があります：{'、'.join(one.name for one in near[:3])}" if near else ""
        note = "　".join(part for part in (made.note, alike) if part)
        return replace(made, outcome="新規", note=note, near=near)

    def _near(self, row: OrganisationRow) -> tuple[Organisation, ...]:
        """Those it may mean: the same key in its 支部 or where one side names none, then what resembles it there."""
        same = [
            one
            for one in self._by_key.get(name_key(row.name), ())
            if one.branch == row.branch or not one.branch or not row.branch
        ]
        match = match_organisation(row.name, row.branch, self._index)
        more = [one for one in (match.organisation, *match.candidates) if one is not None and one.branch == row.branch]
        return tuple({one.id: one for one in (*same, *more)}.values())

    def _lost_name(self, row: OrganisationRow) -> Organisation | None:
        if not has_lost(row.name):
            return None
        found = [one for one in self._by_branch.get(row.branch, ()) if matches_lost(row.name, one.name)]
        return found[0] if len(found) == 1 else None

    def _twice(self, made: IntakeRow, first: OrganisationRow) -> IntakeRow:
        words = f"{first.place}行目と同じ支部・団体名です"
        if dict(first.values) == dict(made.source.values):
            return replace(made, outcome="重複", reason=words)
        return replace(made, outcome="確認が必要", reason=f"{words}が、内容が違います")

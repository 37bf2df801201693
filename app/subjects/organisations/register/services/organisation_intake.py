"""A list of 団体 held against the register: every row with its outcome, the reason and what it changes; nothing
written.

The key of a row is (支部, 名称). A name with lost characters finds the registered one it can only be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from app.calendar.office_days import DateProblem
from app.calendar.typed_dates import parse_date
from app.calendar.wareki import fiscal_year_of
from app.common.together import together
from app.foreign_files.cells.plain_cells import plain_cell
from app.foreign_files.common_remarks import CommonRemarks, common_remarks
from app.foreign_files.foreign_file import PERSONAL_NUMBER, ROW_APART, STRUCK_CELL, STRUCK_ROW
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.row_target import AskedOfRows, ListRow, Outcome, RowChoice
from app.papers.services.rare_characters import rare_in_list
from app.programme.rules.retention import contacts_end
from app.subjects.organisations.register.intake.organisation_matching import OrganisationIndex, match_organisation
from app.subjects.organisations.register.intake.organisation_rows import (
    IMPOSSIBLE,
    NAMES,
    NOT_THE_CHAIR,
    UNPRINTABLE,
    ListedOrganisation,
    OrganisationTable,
    read_organisations,
)
from app.subjects.organisations.register.services.organisation_differences import (
    KnownRegister,
    RegisterChange,
    differences,
    has_lost,
    matches_lost,
)
from db.frozen_record import frozen_record
from db.name_key import name_key
from db.records.organisations import Organisation
from db.store import Store

_BLOCKING: Final = frozenset({UNPRINTABLE, PERSONAL_NUMBER})
"""What keeps a row out whatever else is decided about it; a 個人番号 until there is a reason."""
_ASKED: Final = _BLOCKING | {IMPOSSIBLE, NOT_THE_CHAIR, ROW_APART, STRUCK_ROW, STRUCK_CELL, "phone_invalid"}
"""What somebody decides before the row is written."""
SUSPECTED: Final = "読みちがえの疑い"
SAME, NEW = "同じ団体", "新しい団体"
_NOTHING: Final = ListedOrganisation(name="", row=0, place=0, raw="", values={})


@frozen_record
class JudgedOrganisation(ListRow):
    """One row of the list: ``organisation`` is the one of the register it changes, ``near`` are those it may mean."""

    source: ListedOrganisation = _NOTHING
    organisation: Organisation | None = None
    near: tuple[Organisation, ...] = ()
    changes: tuple[RegisterChange, ...] = ()

    @property
    def written(self) -> tuple[RegisterChange, ...]:
        """The changes that would be written."""
        return tuple(one for one in self.changes if not one.kept)

    @property
    def kept(self) -> tuple[RegisterChange, ...]:
        """The differences that are only shown."""
        return tuple(one for one in self.changes if one.kept)


class OrganisationJudge:
    """Decides what happens with each row of one list."""

    def __init__(
        self,
        known: KnownRegister,
        table: OrganisationTable,
        as_of: date,
        decisions: Mapping[int, RowChoice],
        common: CommonRemarks,
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
        # Those that a list brought before with the signs around its cells, by what the cells say.
        self._misread = {
            key: one for one in everything if (key := _as_read_now(one)) != (one.branch, one.name) and key[1]
        }
        self._seen: dict[tuple[str, str], ListedOrganisation] = {}
        self._seen_alike: dict[tuple[str, str], ListedOrganisation] = {}
        self._common = common

    def rows(self) -> tuple[JudgedOrganisation, ...]:
        """Return every row in the order of the file."""
        return tuple(self._judged(row) for row in self._table.rows)

    def _judged(self, row: ListedOrganisation) -> JudgedOrganisation:
        said = [one for one in (*row.problems, *row.notices) if not self._common.stands_for(one)]
        note = "　".join(dict.fromkeys(one.reason for one in said))
        made = JudgedOrganisation(row=row.row, line=row.place, outcome="取り込まない", source=row, note=note)
        if row.broken:
            return replace(made, reason=note or "行の形がくずれています", note="")
        if not row.name.strip():
            return replace(made, reason="団体名がありません")
        decision = self._decisions.get(row.row)
        if decision is not None:
            return self._decided(replace(made, near=self._near(row)), decision)
        return self._undecided(made, row)

    def _undecided(self, made: JudgedOrganisation, row: ListedOrganisation) -> JudgedOrganisation:
        """A row nobody said anything about: held against the rows above it, then against the register."""
        again = self._seen.setdefault((row.branch, row.name), row)
        if again is not row:
            return self._twice(made, again)
        alike = self._seen_alike.setdefault((row.branch, name_key(row.name)), row)
        if alike is not row:
            words = f"{alike.place}行目「{alike.name}」と同じ団体の別の書き方かもしれません"
            return replace(made, outcome="確認が必要", reason=words, near=self._near(row))
        odd = [one.reason for one in row.problems if one.code in _ASKED]
        judged = self._by_name(made, row)
        if odd and judged.outcome in ("新規", "更新"):
            return replace(judged, outcome="確認が必要", reason="　".join(dict.fromkeys(odd)), near=self._near(row))
        return judged

    def _by_name(self, made: JudgedOrganisation, row: ListedOrganisation) -> JudgedOrganisation:
        key = (row.branch, row.name)
        found = self._exact.get(key) or self._misread.get(key) or self._lost_name(row) or self._of_no_branch(row)
        if found is None:
            return self._unknown(made)
        judged = self._against(made, found)
        misread = [one for one in judged.written if one.misread]
        if not misread:
            return judged
        parts = "、".join(f"{one.label}　前は「{one.old}」、今は「{one.new}」" for one in misread)
        reason = f"{SUSPECTED}　取り込んだときの読み方と違います（{parts}）"
        return replace(
            judged, outcome="確認が必要", organisation=None, changes=(), reason=reason, near=(found,), look=False
        )

    def _decided(self, made: JudgedOrganisation, decision: RowChoice) -> JudgedOrganisation:
        if decision.action == "取り込まない":
            return replace(made, reason="取り込まないことにした行")
        blocked = [one.reason for one in made.source.problems if one.code in _BLOCKING]
        if blocked and not (
            decision.reason.strip()
            and all(one.code == PERSONAL_NUMBER for one in made.source.problems if one.code in _BLOCKING)
        ):
            return replace(made, outcome="確認が必要", reason="　".join(dict.fromkeys(blocked)))
        target = self._known.organisations.get(decision.record_id or 0)
        if decision.action == NEW or target is None:
            if (made.source.branch, made.source.name) in self._exact:
                return replace(made, outcome="確認が必要", reason="同じ支部・団体名の登録がもうあります")
            return replace(made, outcome="新規", reason="新しい団体として取り込む")
        return self._against(made, target)

    def _against(self, made: JudgedOrganisation, target: Organisation) -> JudgedOrganisation:
        changes = differences(made.source, self._known.of(target.id), as_of=self._as_of)
        outcome: Outcome = "更新" if any(not one.kept for one in changes) else "重複"
        reason = "" if outcome == "更新" else "書き替えるところはありません" if changes else "登録と同じ内容です"
        kept = [one.words for one in changes if one.kept]
        note = together(*kept, made.note)
        return replace(
            made, outcome=outcome, reason=reason, organisation=target, changes=changes, note=note, look=bool(kept)
        )

    def _unknown(self, made: JudgedOrganisation) -> JudgedOrganisation:
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
        note = together(made.note, alike)
        return replace(made, outcome="新規", note=note, near=near)

    def _near(self, row: ListedOrganisation) -> tuple[Organisation, ...]:
        """Those it may mean: the same key in its 支部 or where one side names none, then what resembles it there."""
        same = [
            one
            for one in self._by_key.get(name_key(row.name), ())
            if one.branch == row.branch or not one.branch or not row.branch
        ]
        match = match_organisation(row.name, row.branch, self._index)
        more = [one for one in (match.organisation, *match.candidates) if one is not None and one.branch == row.branch]
        return tuple({one.id: one for one in (*same, *more)}.values())

    def _of_no_branch(self, row: ListedOrganisation) -> Organisation | None:
        """The only 団体 of that very name where the list says nothing of 支部, neither in a column nor in titles."""
        if "branch" in self._table.columns.values() or any(one.branch for one in self._table.rows):
            return None
        found = [one for one in self._by_key.get(name_key(row.name), ()) if one.name == row.name]
        return found[0] if len(found) == 1 else None

    def _lost_name(self, row: ListedOrganisation) -> Organisation | None:
        if not has_lost(row.name):
            return None
        found = [one for one in self._by_branch.get(row.branch, ()) if matches_lost(row.name, one.name)]
        return found[0] if len(found) == 1 else None

    def _twice(self, made: JudgedOrganisation, first: ListedOrganisation) -> JudgedOrganisation:
        words = f"{first.place}行目と同じ支部・団体名です"
        if dict(first.values) == dict(made.source.values):
            return replace(made, outcome="重複", reason=words)
        return replace(made, outcome="確認が必要", reason=f"{words}が、内容が違います")


def _as_read_now(organisation: Organisation) -> tuple[str, str]:
    return plain_cell(organisation.branch), plain_cell(organisation.name)


def judge_organisations(
    store: Store, file: ForeignFile, columns: Mapping[int, str], asked: AskedOfRows
) -> tuple[tuple[JudgedOrganisation, ...], tuple[str, ...]]:
    """What becomes of each row, held against the register, and what is said once for a column."""
    table = read_organisations(file, dict(columns))
    common = common_remarks((*table.problems, *table.notices), len(table.rows))
    known = KnownRegister.read(store.database, asked.settings["fiscal_year"])
    judge = OrganisationJudge(known, table, asked.settings["as_of"], asked.choices, common)
    whole = tuple(one.reason for one in (*table.problems, *table.notices) if one.row == 0)
    judged = judge.rows()
    rare = rare_in_list(row.values.get(field, "") for row in table.rows for field in NAMES)
    return judged, (*whole, *common.sentences, *((rare,) if rare else ()), *_changed_chairs(judged))


def _changed_chairs(judged: Sequence[JudgedOrganisation]) -> tuple[str, ...]:
    """How many 団体 have another 会長 now: the next letter goes to somebody else."""
    count = sum(any(one.key == "chair" and one.old and one.new for one in row.written) for row in judged)
    if not count:
        return ()
    return (
        (
            f"会長が替わった団体が{count}件あります。取り込んだあと、「会長が替わった団体」"
            f"で前の会長とともに確かめられます。"
        ),
    )


def said_of_list(file: ForeignFile, today: date) -> dict[str, object]:
    """The day that a list is true for (as it says itself, else ``today``), the year of its 補助金, the end of its
    contacts."""
    day = _day_said(file, today) or today
    year = fiscal_year_of(day)
    return {"as_of": day, "fiscal_year": year, "dispose_on": contacts_end(year)}


def _day_said(file: ForeignFile, today: date) -> date | None:
    """The day in a line such as 「令和8年4月1日現在」 above or below the table."""
    for cell in (*file.above, *(cell for one in file.left_out for cell in one.cells)):
        said, mark, _ = cell.strip().partition("現在")
        if mark:
            try:
                return parse_date(re.split(r"[（(\s]", said.strip())[-1], fiscal_year_of(today))
            except DateProblem:
                continue
    return None

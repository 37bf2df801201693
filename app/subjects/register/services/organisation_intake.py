"""A list of 団体 as it would be taken in: every row with its outcome, the reason and what it changes; nothing written.

- ``preview_organisations(store, path, columns, sheet, as_of, fiscal_year, decisions) -> OrganisationPreview``
- ``past_imports(store) -> tuple[ForeignImport, ...]`` the lists taken in so far, newest first

The key of a row is (支部, 名称). A name with lost characters finds the registered one it can only be.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Final, Literal

from app.calendar.office_days import DateProblem
from app.calendar.typed_dates import parse_date
from app.calendar.wareki import fiscal_year_of
from app.foreign_files.foreign_file import read_foreign
from app.foreign_files.foreign_shape import ForeignFile
from app.foreign_files.refusal import IntakeRefusal
from app.foreign_files.sources import SOURCE_WORDS
from app.refusal import Refusal
from app.subjects.register.intake.organisation_matching import OrganisationIndex, match_organisation
from app.subjects.register.intake.organisation_rows import (
    ORGANISATION_FIELDS,
    STAGE,
    ListedOrganisation,
    OrganisationTable,
    propose_organisation_columns,
    read_organisations,
)
from app.subjects.register.services.organisation_differences import (
    KnownRegister,
    RegisterChange,
    differences,
    has_lost,
    matches_lost,
)
from db.name_key import name_key
from db.records.applications import ForeignImport
from db.records.organisations import Organisation
from db.store import Store
from db.tables import applications

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
    source: ListedOrganisation
    organisation: Organisation | None = None
    near: tuple[Organisation, ...] = ()
    changes: tuple[RegisterChange, ...] = ()
    decision: RowDecision | None = None

    @property
    def id(self) -> int:
        """The row number, by which a list keeps its current row."""
        return self.row

    @property
    def written(self) -> tuple[RegisterChange, ...]:
        """The changes that would be written."""
        return tuple(one for one in self.changes if not one.kept)

    @property
    def kept(self) -> tuple[RegisterChange, ...]:
        """The differences that are only shown."""
        return tuple(one for one in self.changes if one.kept)

    @property
    def taken(self) -> bool:
        """Whether anything of the row would be written."""
        return self.outcome in ("新規", "更新")


class OrganisationJudge:
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
        self._seen: dict[tuple[str, str], ListedOrganisation] = {}

    def rows(self) -> tuple[IntakeRow, ...]:
        """Return every row in the order of the file."""
        return tuple(self._judged(row) for row in self._table.rows)

    def _judged(self, row: ListedOrganisation) -> IntakeRow:
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

    def _lost_name(self, row: ListedOrganisation) -> Organisation | None:
        if not has_lost(row.name):
            return None
        found = [one for one in self._by_branch.get(row.branch, ()) if matches_lost(row.name, one.name)]
        return found[0] if len(found) == 1 else None

    def _twice(self, made: IntakeRow, first: ListedOrganisation) -> IntakeRow:
        words = f"{first.place}行目と同じ支部・団体名です"
        if dict(first.values) == dict(made.source.values):
            return replace(made, outcome="重複", reason=words)
        return replace(made, outcome="確認が必要", reason=f"{words}が、内容が違います")


_ENCODINGS: Final = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "cp932": "Shift_JIS", "utf-16": "UTF-16"}


@dataclass(frozen=True, kw_only=True)
class ColumnUse:
    """One column: number from 0, heading, our field ("" = not taken in) and its word, the first value in it."""

    index: int
    heading: str
    field: str
    label: str
    sample: str


@dataclass(frozen=True, kw_only=True)
class OrganisationPreview:
    """A list as it would be taken in; ``as_of`` is the day it is true for, ``fiscal_year`` that of its 補助金."""

    file_name: str
    sha256: str
    source_words: str
    source_key: str
    encoding: str
    encoding_words: str
    header_row: int
    sheet: str
    sheets: tuple[str, ...]
    headings: tuple[str, ...]
    columns: tuple[ColumnUse, ...]
    remembered: bool
    tools: tuple[str, ...]
    as_of: date
    fiscal_year: int
    rows: tuple[IntakeRow, ...]
    notices: tuple[str, ...]
    left_out: tuple[str, ...]
    cells: Mapping[int, tuple[str, ...]] = field(repr=False)

    def count(self, outcome: Outcome) -> int:
        """How many rows end that way."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def taken(self) -> tuple[IntakeRow, ...]:
        """The rows of which something would be written."""
        return tuple(row for row in self.rows if row.taken)

    @property
    def doubtful(self) -> tuple[IntakeRow, ...]:
        """The rows somebody should look at: they go back as a workbook."""
        return tuple(row for row in self.rows if row.outcome in ("確認が必要", "取り込まない") or row.note or row.kept)


def preview_organisations(
    store: Store,
    *,
    path: Path,
    today: date,
    columns: Mapping[int, str] | None = None,
    sheet: str = "",
    as_of: date | None = None,
    fiscal_year: int | None = None,
    decisions: Mapping[int, RowDecision] | None = None,
) -> OrganisationPreview:
    """Read ``path`` and hold every row against the register.

    Args:
        columns: column number (from 0) to field, as set by hand; None = as remembered, else as proposed.
        as_of: the day the list is true for; None = the day it says itself, else ``today``.
        fiscal_year: of the 補助金; None = that of ``as_of``. decisions: what a clerk decided, by row number.

    Raises:
        Refusal: the file cannot be taken (the sentence says why), or no column holds the names.
    """
    file = _read(path, sheet)
    key = source_key(file)
    remembered = applications.column_map(store.database, "団体", key) if columns is None else None
    used = dict(columns) if columns is not None else (
        {int(number): name for number, name in remembered.columns.items()}
        if remembered
        else propose_organisation_columns(file.headings, file.groups)
    )  # fmt: skip
    fields = {index: name for index, name in used.items() if name}
    day = as_of or _day_said(file, today) or today
    year = fiscal_year or fiscal_year_of(day)
    table = read_organisations(file, fields)
    named = "name" in fields.values()
    judge = OrganisationJudge(KnownRegister.read(store.database, year), table, day, decisions or {})
    return OrganisationPreview(
        file_name=path.name,
        sha256=file.sha256,
        source_words=SOURCE_WORDS.get(file.source, file.source),
        source_key=key,
        encoding=file.encoding or "",
        encoding_words=_ENCODINGS.get(file.encoding or "", file.encoding or "Excelブック"),
        header_row=file.header_row,
        sheet=file.sheet,
        sheets=file.sheets,
        headings=file.headings,
        columns=tuple(_column(file, index, used.get(index, "")) for index in range(len(file.headings))),
        remembered=remembered is not None,
        tools=table.tools,
        as_of=day,
        fiscal_year=year,
        rows=judge.rows() if named else (),
        notices=tuple(
            one.reason for one in (*file.problems, *file.notices, *table.problems, *table.notices) if one.row == 0
        ),
        left_out=tuple(f"{one.place}行目　{one.kind}" for one in file.left_out),
        cells={row.row: row.cells for row in file.rows},
    )


def past_imports(store: Store) -> tuple[ForeignImport, ...]:
    """Return the lists taken in so far, newest first."""
    return tuple(applications.imports_for(store.database, "団体"))


def source_key(file: ForeignFile) -> str:
    """What a list of this kind is known by the next time: its headings, each with the one above it."""
    groups = file.groups or ("",) * len(file.headings)
    return "|".join(name_key(f"{group}{heading}") for group, heading in zip(groups, file.headings, strict=False))


def column_choices(headings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The fields a column may be set to, with their words; a 段階 is offered under the column's own heading."""
    return (("", "取り込まない"), *ORGANISATION_FIELDS.items(), *((STAGE + one, f"段階　{one}") for one in headings))


def _read(path: Path, sheet: str) -> ForeignFile:
    try:
        return read_foreign(path, sheet=sheet)
    except IntakeRefusal as refusal:
        happened, _, todo = str(refusal).partition("。")
        raise Refusal(f"{happened}。", todo) from refusal
    except OSError as error:
        raise Refusal("ファイルを読めませんでした。", "ファイルの場所を確かめて、選び直してください。") from error


def _column(file: ForeignFile, index: int, name: str) -> ColumnUse:
    heading = " ".join(file.headings[index].split())
    label = (
        f"段階　{name.removeprefix(STAGE)}" if name.startswith(STAGE) else ORGANISATION_FIELDS.get(name, "取り込まない")
    )
    sample = next((row.cells[index].strip() for row in file.rows if row.cells[index].strip()), "")
    return ColumnUse(
        index=index, heading=heading or f"（{index + 1}列目）", field=name, label=label, sample=sample[:30]
    )


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

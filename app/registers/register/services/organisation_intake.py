"""Compares a list of 団体 with the register: outcome, reason and changes of every row; writes nothing.

The key of a row is (支部, 名称). A name with lost characters is matched if only one registered name fits."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from app.calendar.date_parsing import parse_date
from app.calendar.office_days import DateProblem
from app.calendar.wareki import fiscal_year_of
from app.common.join_nonempty import join_nonempty
from app.documents.services.rare_characters import rare_in_list
from app.foreign_files.cells.plain_cells import plain_cell
from app.foreign_files.common_remarks import CommonRemarks, common_remarks
from app.foreign_files.foreign_file import CELL_REMARK, DETACHED_ROW, PERSONAL_NUMBER, STRUCK_CELL, STRUCK_ROW
from app.foreign_files.foreign_shape import ForeignFile
from app.importing.row_target import ImportDecisions, ListRow, Outcome, RowChoice
from app.programme.services import organisation_contacts_end
from app.registers.register.intake import (
    IMPOSSIBLE_NUMBER,
    NAME_FIELDS,
    NOT_AN_ORGANISATION,
    NOT_THE_CHAIR,
    ODD_CONTACT,
    UNDECIDED,
    UNPRINTABLE_NAME,
    ListedOrganisation,
    OrganisationIndex,
    OrganisationTable,
    match_organisation,
    read_organisations,
    spelled_branch,
)
from app.registers.register.services.organisation_differences import (
    RegisterChange,
    RegisterSnapshot,
    differences,
    has_lost_character,
    matches_lost,
)
from db.name_key import organisation_name_key
from db.record import RowsById, record
from db.records.organisations import Organisation
from db.store import Store

_BLOCKING = frozenset({UNPRINTABLE_NAME, PERSONAL_NUMBER})
"""Findings that keep a row out whatever is decided about it; a 個人番号 only until a reason is given."""
_DECIDED_FIRST = _BLOCKING | {
    IMPOSSIBLE_NUMBER,
    NOT_AN_ORGANISATION,
    NOT_THE_CHAIR,
    ODD_CONTACT,
    UNDECIDED,
    DETACHED_ROW,
    STRUCK_ROW,
    STRUCK_CELL,
    "phone_invalid",
    CELL_REMARK,
}
"""Findings that a person must decide before the row is written."""
SUSPECTED = "読みちがえの疑い"
MANY_NEW = "登録と合わない行が多く、支部の書き方が違うようです。新しい団体かを先に確かめます"
"""Why new 団体 of a list wait, until the setting ``TAKE_NEW`` says that they are new."""
TAKE_NEW = "take_new"
SAME_ORGANISATION, NEW_ORGANISATION = "同じ団体", "新しい団体"
_EMPTY_ROW = ListedOrganisation(name="", row=0, spreadsheet_row=0, values={})


@record
class JudgedOrganisation(ListRow):
    """One row of the list with its outcome.

    ``organisation`` is the registered 団体 that it changes, ``similar`` are those it may mean.
    """

    source: ListedOrganisation = _EMPTY_ROW
    organisation: Organisation | None = None
    similar: tuple[Organisation, ...] = ()
    changes: tuple[RegisterChange, ...] = ()

    @property
    def changes_to_write(self) -> tuple[RegisterChange, ...]:
        """Return the changes that will be written."""
        return tuple(one for one in self.changes if not one.is_kept)


class OrganisationJudge:
    """Decides the outcome of each row of one list; ``rows`` is called once."""

    def __init__(
        self,
        register: RegisterSnapshot,
        table: OrganisationTable,
        as_of: date,
        decisions: Mapping[int, RowChoice],
        common: CommonRemarks,
    ):
        self._register = register
        self._table = table
        self._as_of = as_of
        self._decisions = decisions
        everything = register.organisations.values()
        self._by_branch_and_name = {(one.branch, one.name): one for one in everything}
        self._by_branch = defaultdict(list)
        self._by_key = defaultdict(list)
        for one in everything:
            self._by_branch[one.branch].append(one)
            self._by_key[organisation_name_key(one.name)].append(one)
        self._index = OrganisationIndex.of(everything)
        # Those that a list brought before with the signs around its cells, by what the cells say.
        self._misread = {
            key: one
            for one in everything
            if (key := (plain_cell(one.branch), plain_cell(one.name))) != (one.branch, one.name) and key[1]
        }
        self._rows_by_name: dict[tuple[str, str], ListedOrganisation] = {}
        self._rows_by_folded_name: dict[tuple[str, str], ListedOrganisation] = {}
        self._common = common

    def rows(self) -> tuple[JudgedOrganisation, ...]:
        """Return every row with its outcome, in the order of the file."""
        return tuple(map(self._judge_row, self._table.rows))

    def _judge_row(self, row: ListedOrganisation) -> JudgedOrganisation:
        """Return one row with its outcome: new, changed, the same, doubtful or not imported."""
        said = [one for one in (*row.problems, *row.notices) if not self._common.covers(one)]
        note = "　".join(dict.fromkeys(one.reason for one in said))
        made = JudgedOrganisation(
            row=row.row, spreadsheet_row=row.spreadsheet_row, outcome="取り込まない", source=row, note=note
        )
        if row.is_broken:
            return replace(made, reason=note or "行の形がくずれています", note="")
        if not row.name.strip():
            return replace(made, reason="団体名がありません")
        decision = self._decisions.get(row.row)
        if decision is not None:
            return self._apply_decision(replace(made, similar=self._similar_organisations(row)), decision)
        return self._judge_undecided(made, row)

    def _judge_undecided(self, judged_row: JudgedOrganisation, row: ListedOrganisation) -> JudgedOrganisation:
        """Judge a row without a decision: compare it with the rows above it, then with the register."""
        again = self._rows_by_name.setdefault((row.branch, row.name), row)
        if again is not row:
            return self._judge_repeated(judged_row, again)
        alike = self._rows_by_folded_name.setdefault((row.branch, organisation_name_key(row.name)), row)
        if alike is not row:
            words = f"{alike.spreadsheet_row}行目「{alike.name}」と同じ団体の別の書き方かもしれません"
            return replace(judged_row, outcome="確認が必要", reason=words, similar=self._similar_organisations(row))
        odd = [one.reason for one in row.problems if one.code in _DECIDED_FIRST]
        judged = self._judge_by_name(judged_row, row)
        if odd and judged.outcome in ("新規", "更新"):
            return replace(
                judged,
                outcome="確認が必要",
                reason="　".join(dict.fromkeys(odd)),
                similar=self._similar_organisations(row),
            )
        return judged

    def _judge_by_name(self, judged_row: JudgedOrganisation, row: ListedOrganisation) -> JudgedOrganisation:
        """Judge a row by the 団体 registered under its 支部 and name, also as stored or damaged earlier.

        A difference that comes from an earlier misreading makes it 確認が必要 and changes nothing.
        """
        key = (row.branch, row.name)
        found = (
            self._by_branch_and_name.get(key)
            or self._misread.get(key)
            or self._match_damaged_name(row)
            or self._match_without_branch(row)
            or self._match_former_name(row)
        )
        if found is None:
            return self._judge_unregistered(judged_row)
        judged = self._compare_with_register(judged_row, found)
        misread = [one for one in judged.changes_to_write if one.misread]
        if not misread:
            return judged
        parts = "、".join(f"{one.label}　前は「{one.old}」、今は「{one.new}」" for one in misread)
        reason = f"{SUSPECTED}　取り込んだときの読み方と違います（{parts}）"
        return replace(
            judged,
            outcome="確認が必要",
            organisation=None,
            changes=(),
            reason=reason,
            similar=(found,),
            needs_review=False,
        )

    def _apply_decision(self, judged_row: JudgedOrganisation, decision: RowChoice) -> JudgedOrganisation:
        """Return a row judged by what the user decided; a blocking problem still needs a check.

        A 個人番号 blocks only as long as the decision gives no reason.
        """
        if decision.action == "取り込まない":
            return replace(judged_row, reason="取り込まないことにした行")
        blocked = [one.reason for one in judged_row.source.problems if one.code in _BLOCKING]
        if blocked and not (
            decision.reason.strip()
            and all(one.code == PERSONAL_NUMBER for one in judged_row.source.problems if one.code in _BLOCKING)
        ):
            return replace(judged_row, outcome="確認が必要", reason="　".join(dict.fromkeys(blocked)))
        target = self._register.organisations.get(decision.record_id)
        if decision.action == NEW_ORGANISATION or target is None:
            row = judged_row.source
            key = row.branch, row.name
            if key in self._by_branch_and_name:
                return replace(judged_row, outcome="確認が必要", reason="同じ支部・団体名の登録がもうあります")
            if (first := self._rows_by_name.setdefault(key, row)) is not row:
                return self._judge_repeated(judged_row, first)
            return replace(judged_row, outcome="新規", reason="新しい団体として取り込む")
        return self._compare_with_register(judged_row, target)

    def _compare_with_register(self, judged_row: JudgedOrganisation, target: Organisation) -> JudgedOrganisation:
        """Return a row judged by what it would change in ``target``: 更新, or 重複 where nothing would be written.

        With differences that are only shown it is to be looked at (``needs_review``).
        """
        changes = differences(judged_row.source, self._register.organisation_with_id(target.id), as_of=self._as_of)
        outcome: Outcome = "更新" if any(not one.is_kept for one in changes) else "重複"
        reason = "" if outcome == "更新" else "書き替えるところはありません" if changes else "登録と同じ内容です"
        kept = [one.words for one in changes if one.is_kept]
        return replace(
            judged_row,
            outcome=outcome,
            reason=reason,
            organisation=target,
            changes=changes,
            note=join_nonempty(*kept, judged_row.note),
            needs_review=bool(kept),
        )

    def _judge_unregistered(self, judged_row: JudgedOrganisation) -> JudgedOrganisation:
        """Judge a row whose 支部 and name are not registered.

        It is 確認が必要 where the name has lost characters or a 団体 has the same one in another spelling, else 新規;
        merely similar names are only noted.
        """
        row = judged_row.source
        near = self._similar_organisations(row)
        if has_lost_character(row.name):
            return replace(judged_row, outcome="確認が必要", reason="団体名に失われた文字があります", similar=near)
        same = self._by_key.get(organisation_name_key(row.name), ())
        if same:
            words = "、".join(f"{one.name}（{one.branch or '支部なし'}）" for one in same[:3])
            return replace(
                judged_row,
                outcome="確認が必要",
                reason=f"同じ団体の別の書き方かもしれません：{words}",
                similar=near or tuple(same),
            )
        alike = f"似た名前の団体があります：{'、'.join(one.name for one in near[:3])}" if near else ""
        return replace(judged_row, outcome="新規", note=join_nonempty(judged_row.note, alike), similar=near)

    def _similar_organisations(self, row: ListedOrganisation) -> tuple[Organisation, ...]:
        """Return the 団体 that a row may mean: same search key in the same or an unknown 支部, then similar names."""
        same = [
            one
            for one in self._by_key.get(organisation_name_key(row.name), ())
            if one.branch == row.branch or not one.branch or not row.branch
        ]
        match = match_organisation(row.name, row.branch, self._index)
        more = [one for one in (match.organisation, *match.candidates) if one is not None and one.branch == row.branch]
        return tuple(RowsById((*same, *more)).values())

    def _match_without_branch(self, row: ListedOrganisation) -> Organisation | None:
        """Return the only 団体 of exactly that name; None = not one, or the list gives a 支部."""
        if "branch" in self._table.columns.values() or any(one.branch for one in self._table.rows):
            return None
        found = [one for one in self._by_key.get(organisation_name_key(row.name), ()) if one.name == row.name]
        return found[0] if len(found) == 1 else None

    def _match_former_name(self, row: ListedOrganisation) -> Organisation | None:
        """Return the only 団体 of the 支部 that bore the name before it was renamed or merged, else None."""
        ids = self._register.former_names.get(row.name, ())
        found = [one for one in self._by_branch.get(row.branch, ()) if one.id in ids]
        return found[0] if len(found) == 1 else None

    def _match_damaged_name(self, row: ListedOrganisation) -> Organisation | None:
        """Return the only 団体 of the 支部 that a name with lost characters fits, else None."""
        if not has_lost_character(row.name):
            return None
        found = [one for one in self._by_branch.get(row.branch, ()) if matches_lost(row.name, one.name)]
        return found[0] if len(found) == 1 else None

    def _judge_repeated(self, judged_row: JudgedOrganisation, first: ListedOrganisation) -> JudgedOrganisation:
        """Judge a row whose 支部 and name are those of a row above (``first``).

        With the same cells it is 重複, else 確認が必要.
        """
        words = f"{first.spreadsheet_row}行目と同じ支部・団体名です"
        if dict(first.values) == dict(judged_row.source.values):
            return replace(judged_row, outcome="重複", reason=words)
        return replace(judged_row, outcome="確認が必要", reason=f"{words}が、内容が違います")


def judge_organisations(
    store: Store, file: ForeignFile, columns: Mapping[int, str], decisions: ImportDecisions
) -> tuple[tuple[JudgedOrganisation, ...], tuple[str, ...]]:
    """Return the outcome of each row compared with the register, and the remarks on the list as a whole.

    These are sentences on the file, on what many rows have alike, on rare characters, and on how many 会長 change.
    """
    table = read_organisations(file, dict(columns))
    known = RegisterSnapshot.read(store.database, decisions.settings["fiscal_year"])
    branches = sorted({one.branch for one in known.organisations.values()})
    spelled = {text: spelled_branch(text, branches) for text in {row.branch for row in table.rows}}
    table = replace(table, rows=tuple(replace(row, branch=spelled[row.branch]) for row in table.rows))
    common = common_remarks((*table.problems, *table.notices), len(table.rows))
    judge = OrganisationJudge(known, table, decisions.settings["as_of"], decisions.choices, common)
    whole = [one.reason for one in (*table.problems, *table.notices) if one.row == 0]
    judged = judge.rows()
    new = sum(one.outcome == "新規" for one in judged)
    if known.organisations and new * 3 > len(judged) and not decisions.settings.get(TAKE_NEW):
        judged = tuple(
            replace(one, outcome="確認が必要", reason=MANY_NEW)
            if one.outcome == "新規" and one.row not in decisions.choices
            else one
            for one in judged
        )
    rare = rare_in_list(row.values.get(field, "") for row in table.rows for field in NAME_FIELDS)
    return judged, (*whole, *common.sentences, *((rare,) if rare else ()), *_changed_chairs(judged))


def _changed_chairs(judged: Sequence[JudgedOrganisation]) -> tuple[str, ...]:
    """Return a remark on how many 団体 get another 会長, to whom the next letter will go."""
    count = sum(any(one.key == "chair" and one.old and one.new for one in row.changes_to_write) for row in judged)
    if not count:
        return ()
    return (
        (
            f"会長が替わった団体が{count}件あります。取り込んだあと、「会長が替わった団体」"
            f"で前の会長とともに確かめられます。"
        ),
    )


def list_settings(store: Store, file: ForeignFile, today: date) -> dict[str, object]:
    """Return the settings of a list: the day it is valid for, the year of its 補助金, the disposal day of its contacts.

    The day is the one stated in the list, else ``today``.
    """
    day = _stated_day(file, today) or today
    year = fiscal_year_of(day)
    return {
        "as_of": day,
        "fiscal_year": year,
        "dispose_on": organisation_contacts_end(store.database, year),
    }


def _stated_day(file: ForeignFile, today: date) -> date | None:
    """Return the day in a line such as 「令和8年4月1日現在」 above or below the table, or None."""
    for cell in (*file.cells_above, *(cell for one in file.left_out for cell in one.cells)):
        said, mark, _ = cell.strip().partition("現在")
        if mark:
            try:
                return parse_date(re.split(r"[（(\s]", said.strip())[-1], fiscal_year_of(today))
            except DateProblem:
                continue
    return None

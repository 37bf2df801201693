"""The typed tables in the report of a 派遣 (abilities, goals of the day, support plan, follow-up)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from app.common.row_cells import filled_cells
from app.events.dispatches.rules import is_after_march
from db.digits import one_width, whole_number
from db.record import record
from db.records.submissions.reports import Report

GoalState = Literal["達成", "一部達成", "未達成", ""]
_STATES: tuple[GoalState, ...] = ("一部達成", "未達成", "達成")
_NUMBER = re.compile(r"\d+")
_LAST_STAGE = 5
_SIGNED = re.compile(r"[+＋\-−±]")
AGREED = re.compile(r"協議(?:記録)?\s*(?:No|№|番号|第)?\s*[.．]?\s*\d+")
"""The number of a 協議 in any spelling (「協議記録 No24」「協議24」「協議 第24号」)."""


@record
class Ability:
    """One ability, with people before and after (None = not written), and its goal ("" = none)."""

    text: str
    before: int | None
    after: int | None
    goal: str


def abilities(rows: Sequence[Sequence[str]]) -> tuple[Ability, ...]:
    """Return the typed rows (内容, 前, 後, 目標); a fourth cell like 「+7」 is from before there were goals."""
    found = []
    for row in rows:
        text, before, after, goal = filled_cells(row, 4)
        if any(cell.strip() for cell in row):
            number = "" if _SIGNED.search(goal) else _digits(goal)
            found.append(Ability(text=text.strip(), before=_count(before), after=_count(after), goal=number))
    return tuple(found)


@record
class Goal:
    """One goal of the day by its number in the table, with its state ("" = not said) and the words after that."""

    number: int
    text: str
    state: GoalState
    words: str


def goals(rows: Sequence[Sequence[str]]) -> tuple[Goal, ...]:
    """Return the goals of the rows (把握した課題, 当日の目標, 結果); 結果 begins with one of three words."""
    found: list[Goal] = []
    for row in rows:
        _, text, result = filled_cells(row, 3)
        if any(cell.strip() for cell in row):
            state: GoalState = next((one for one in _STATES if result.strip().startswith(one)), "")
            words = result.strip().removeprefix(state).strip(" 　：:")
            found.append(Goal(number=len(found) + 1, text=text.strip(), state=state, words=words))
    return tuple(found)


def dispatch_remarks(
    tables: Mapping[str, Sequence[Sequence[str]]],
    *,
    people: int | None,
    tools: Sequence[str],
    stages: Mapping[str, str],
    fiscal_year: int,
    measured: str,
) -> tuple[tuple[str, str], ...]:
    """Return contradictions in the report of a 派遣, as chapter title and what to check.

    Args:
        people: whom the abilities were asked of.
        tools: those of the event.
        stages: those of the 団体 before the event, by tool.
        measured: how the abilities were asked (確かめ方), where a line with an ability and 「理由」 explains its
            numbers.
    """
    found = []
    for goal in goals(tables.get("課題と目標", ())):
        if not goal.state:
            found.append(("事前ヒアリングと課題", f"目標{goal.number}の結果に「達成」「一部達成」「未達成」のどれか"))
    known = {str(goal.number) for goal in goals(tables.get("課題と目標", ()))}
    for one in abilities(tables.get("できること", ())):
        explained = any("理由" in line and one.text in line for line in measured.splitlines())
        if not explained and one.before is not None and one.after is not None and one.after < one.before:
            found.append(("到達状況", f"「{one.text}」の後（{one.after}人）が前（{one.before}人）より少ない理由"))
        if not explained and people is not None and one.after is not None and one.after > people:
            found.append(("到達状況", f"「{one.text}」の後（{one.after}人）が{people}人より多い理由"))
        if one.goal and one.goal not in known:
            found.append(("到達状況", f"「{one.text}」の目標{one.goal}（「課題と目標」にない番号）"))
    for row in tables.get("到達状況", ()):
        tool, before, after = (*(cell.strip() for cell in row), "", "", "")[:3]
        found += [
            ("到達状況", f"「{tool}」の段階「{stage[:20]}」（0から5の数字か×で書く）")
            for stage in (before, after)
            if stage not in ("", "×") and stage_number(stage) is None
        ]
        if tool in stages and before and stages[tool] != before:
            found.append(
                ("到達状況", f"「{tool}」の段階（報告書は前{before}・後{after}、団体の派遣前の記録は{stages[tool]}）")
            )
    shown = {row[0].strip() for row in tables.get("到達状況", ()) if row}
    found += [("到達状況", f"対象ツール「{tool}」の段階") for tool in tools if shown and tool not in shown]
    return (*found, *_plan_remarks(tables.get("支援計画", ()), fiscal_year))


def _plan_remarks(rows: Sequence[Sequence[str]], fiscal_year: int) -> list[tuple[str, str]]:
    """Return (heading, missing) for what the 支援方針 of a visit lacks, such as a plan beyond March."""
    plan = [row for row in rows if any(cell.strip() for cell in row)]
    found = []
    if plan and not any(is_after_march(row[0], fiscal_year) for row in plan):
        found.append(("今後の支援方針", f"令和{fiscal_year - 2017}年4月以降の支援"))
    for row in plan:
        when, _, who, _, role = filled_cells(row, 5)
        if who.strip() == "区" and not AGREED.search(one_width(" ".join(row))):
            found.append(("今後の支援方針", f"{when.strip()}の区の担当について、区と協議した番号"))
        elif "区" in who and not role.strip():
            found.append(("今後の支援方針", f"{when.strip()}の区の役割"))
    return found


def stage_number(text: str) -> int | None:
    """Return the stage that a cell says, None unless it is 0 to 5."""
    number = whole_number(text)
    return number if number is not None and number <= _LAST_STAGE else None


def people_asked(report: Report) -> int | None:
    """Return of how many people the abilities were asked, as typed (「9」「9人」); None = not written."""
    return _count(report.body.get("確かめた人数", ""))


def _count(text: str) -> int | None:
    return whole_number(_digits(text))


def _digits(text: str) -> str:
    """Return the first run of digits of a text, in half width, or ""."""
    found = _NUMBER.search(one_width(text))
    return found[0] if found else ""

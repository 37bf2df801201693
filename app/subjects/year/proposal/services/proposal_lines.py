"""Store typed lines of the 提案書 (課題, 実施案, 支援方針) and the memo (head, 費目, 条文, 減額の順 …)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from app.actions.action_context import ActionContext, deed
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.subjects.events.event.rules.held_events import has_result
from app.subjects.organisations.register.rules.register_order import in_register_order
from app.subjects.year.proposal.rules import CIRCLED, amount_problems
from app.subjects.year.proposal.services.evidence_collection import SUBJECT
from db.engine import Database
from db.fields import corrections
from db.records.events import Event
from db.records.organisations import Organisation
from db.records.roster import Entry
from db.records.year.proposal import (
    MAX_ISSUES,
    BudgetMemo,
    Evidence,
    Issue,
    MemoAmount,
    MemoClause,
    MemoCut,
    MemoQuestion,
    PlanLine,
    PolicyLine,
)
from db.rows import by_id, row, rows

Line = PlanLine | MemoAmount | MemoClause | MemoCut | MemoQuestion
_KINDS: Final[Mapping[type[object], tuple[str, str]]] = {
    PlanLine: ("実施案", "事業の名前"),
    MemoAmount: ("費目", "費目の名前"),
    MemoClause: ("仕様書で直すところ", "条の番号"),
    MemoCut: ("減額の順", "減らすもの"),
    MemoQuestion: ("決まっていないこと", "決まっていないこと"),
}


def title_of(line: Line) -> str:
    """Return the title of a line (its work, 費目, clause or text)."""
    if isinstance(line, PlanLine):
        return line.work
    if isinstance(line, MemoAmount):
        return line.item
    return line.clause if isinstance(line, MemoClause) else line.text


@deed
def save_issues(context: ActionContext, *, programme_id: int, texts: Sequence[str]) -> ActionResult:
    """Store the 課題 in order, at most five; empty ones are removed.

    Raises:
        UserError: too many, or evidence is assigned to one to be removed.

    Raises:
        UserError: too many, or evidence still hangs on one that is to be taken away.
    """
    if len(texts) > MAX_ISSUES:
        raise UserError(f"課題は{MAX_ISSUES}つまでです。", "まとめてから保存してください。")
    database = context.database
    present = {one.number: one for one in rows(database, Issue, programme_id=programme_id)}
    used = {one.issue for one in rows(database, Evidence, programme_id=programme_id)}
    wanted = dict(enumerate((text.strip() for text in texts), 1))
    for number in present:
        if not wanted.get(number) and number in used:
            raise UserError(
                f"課題{CIRCLED[number - 1]}には根拠が付いています。", "先に、根拠をほかの課題に付けてください。"
            )
    with context.change("提案書の課題を書いた", SUBJECT) as change:
        for number in range(1, MAX_ISSUES + 1):
            known, text = present.get(number), wanted.get(number, "")
            if text and (known is None or known.text != text):
                change.update_or_insert(Issue, known, programme_id=programme_id, number=number, text=text)
            elif not text and known is not None:
                change.delete(Issue, known.id)
    return ActionResult("課題を保存しました。", programme_id)


@deed
def save_line(context: ActionContext, *, line: Line) -> ActionResult:
    """Store a line as typed (``id`` 0 = a new one, added last).

    Raises:
        UserError: it has no name; a negative amount, or one that differs from its 積算; evidence that does not exist.

    Raises:
        UserError: it has no name; an amount below zero, or one whose 積算 does not give it; evidence that is gone.
    """
    word, wanted = _KINDS[type(line)]
    title = title_of(line)
    if not title.strip():
        raise UserError(f"{wanted}が書かれていません。", "一行で書いてください。")
    if isinstance(line, MemoAmount):
        if min(line.this_year, line.next_year) < 0:
            raise UserError("金額は0千円以上です。", "減るものは、次年度案を小さくしてください。")
        if problems := amount_problems(line):
            raise UserError(problems[0], "金額か積算を直してください。")
    if isinstance(line, MemoCut) and line.amount <= 0:
        raise UserError("減らす額は1千円以上です。", "減額は正の数で書いてください。")
    if isinstance(line, MemoClause):
        for one in line.evidence:
            get_or_raise(context.database, Evidence, one)
    if not line.id:
        last = max(
            (one.position for one in rows(context.database, type(line), programme_id=line.programme_id)), default=0
        )
        line = replace(line, position=last + 1)
    with context.change(f"{word}「{title}」を書いた", SUBJECT) as change:
        known = by_id(context.database, type(line), line.id)
        row_id = change.update_or_insert(type(line), known, **corrections(known, line))
    return ActionResult(f"「{title}」を保存しました。", row_id)


@deed
def remove_line(context: ActionContext, *, line: Line | PolicyLine) -> ActionResult:
    """Delete a line."""
    get_or_raise(context.database, type(line), line.id)
    if isinstance(line, PolicyLine):
        word, title = "団体支援方針", get_or_raise(context.database, Organisation, line.organisation_id).name
    else:
        word, title = _KINDS[type(line)][0], title_of(line)
    with context.change(f"{word}「{title}」を消した", SUBJECT) as change:
        change.delete(type(line), line.id)
    return ActionResult(f"「{title}」を消しました。", line.id)


def participating_organisations(database: Database, programme_id: int) -> dict[int, str]:
    """Return the 団体 that took part in a year by id and name (somebody came, or a 派遣 was held)."""
    events = [event for event in rows(database, Event, programme_id=programme_id) if has_result(event)]
    came = {
        one.organisation_id
        for one in rows(database, Entry, event_id=[event.id for event in events], attendance="出席")
        if one.organisation_id is not None
    }
    came |= {event.organisation_id for event in events if event.organisation_id is not None}
    # As in the register: no order by result.
    return {one.id: one.name for one in in_register_order(rows(database, Organisation)) if one.id in came}


@deed
def save_policy(context: ActionContext, *, line: PolicyLine) -> ActionResult:
    """Store the 支援方針 of a 団体.

    Raises:
        UserError: it did not take part this year, it has one already, or nothing is written.

    Raises:
        UserError: it did not take part this year, it has one already, or nothing is written.
    """
    database = context.database
    name = get_or_raise(database, Organisation, line.organisation_id).name
    if line.organisation_id not in participating_organisations(database, line.programme_id):
        raise UserError(
            f"{name}は、この年度の講習会・派遣・意見交換会に参加していません。",
            "団体支援方針は、参加した団体だけに書きます。",
        )
    if not line.policy.strip():
        raise UserError("支援方針が書かれていません。", "一行で書いてください。")
    present = row(database, PolicyLine, programme_id=line.programme_id, organisation_id=line.organisation_id)
    if present is not None and present.id != line.id:
        raise UserError(f"{name}の支援方針は、すでに書かれています。", "一覧から選んで直してください。")
    with context.change(f"{name}の支援方針を書いた", SUBJECT) as change:
        row_id = change.update_or_insert(PolicyLine, present, **corrections(present, line))
    return ActionResult(f"{name}の支援方針を保存しました。", row_id)


@deed
def save_memo(context: ActionContext, *, memo: BudgetMemo) -> ActionResult:
    """Store the head of the memo, one for a year.

    Raises:
        UserError: its last day counted is after the day it was made.

    Raises:
        UserError: its numbers count up to a day after it was made.
    """
    if memo.counted_to > memo.made_on:
        raise UserError("もとにした数の日が、作成日より後です。", "日付を確かめてください。")
    present = row(context.database, BudgetMemo, programme_id=memo.programme_id)
    with context.change("検討メモの作成日と計を書いた", SUBJECT) as change:
        row_id = change.update_or_insert(BudgetMemo, present, **corrections(present, memo))
    return ActionResult("検討メモを保存しました。", row_id)

"""Undo of what is collected and written for the 提案書 and the memo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from app.subjects.year.proposal.services import collecting, lines
from db.records.agreements import Agreement
from db.records.year.proposal import BudgetMemo, Evidence, MemoAmount, PolicyLine
from db.rows import row, rows
from tests.support.sample import NOW
from tests.support.world import OTHER, World

Act = Callable[[World, dict[str, Any]], object]


def _free(world: World) -> Evidence:
    return next(one for one in rows(world.store.database, Evidence) if one.issue is None)


def _uncollected(world: World) -> str:
    known = {one.source_key for one in rows(world.store.database, Evidence, source_kind="協議")}
    return next(str(one.id) for one in rows(world.store.database, Agreement) if str(one.id) not in known)


def _edited(world: World) -> int:
    found = next(one for one in rows(world.store.database, Evidence, source_kind="協議"))
    with world.store.change(action="協議の記録を変えた", by=OTHER, now=NOW, subject="agreements") as change:
        change.update(Agreement, int(found.source_key), decision="別の決定")
    world.before = world.rows()
    return found.id


def _first(world: World, kind: type[Any]) -> Any:
    found = row(world.store.database, kind)
    assert found is not None
    return found


SCENARIOS: dict[Callable[..., Any], Act] = {
    collecting.collect: lambda w, who: collecting.collect(w.store, kind="協議", key=_uncollected(w), **who),
    collecting.note_own: lambda w, who: collecting.note_own(
        w.store, fiscal_year=2026, text="夜の回が望まれている", source="電話の控え", **who
    ),
    collecting.attach: lambda w, who: collecting.attach(w.store, evidence_id=_free(w).id, issue=2, **who),
    collecting.reword: lambda w, who: collecting.reword(w.store, evidence_id=_free(w).id, said="短い文", **who),
    collecting.take_new_words: lambda w, who: collecting.take_new_words(w.store, evidence_id=_edited(w), **who),
    collecting.take_all_new_words: lambda w, who: (
        _edited(w),
        collecting.take_all_new_words(w.store, programme_id=1, **who),
    )[1],
    collecting.keep_old_words: lambda w, who: collecting.keep_old_words(
        w.store, evidence_id=_edited(w), reason="受領したあとの変更", **who
    ),
    collecting.drop_evidence: lambda w, who: collecting.drop_evidence(w.store, evidence_id=_free(w).id, **who),
    lines.save_issues: lambda w, who: lines.save_issues(
        w.store, programme_id=1, texts=("一", "二", "三", "四", "五"), **who
    ),
    lines.save_line: lambda w, who: lines.save_line(
        w.store, line=replace(_first(w, MemoAmount), reason="見込み"), **who
    ),
    lines.remove_line: lambda w, who: lines.remove_line(w.store, line=_first(w, MemoAmount), **who),
    lines.save_policy: lambda w, who: lines.save_policy(
        w.store, line=replace(_first(w, PolicyLine), policy="電話で様子を聞く。"), **who
    ),
    lines.save_memo: lambda w, who: lines.save_memo(
        w.store, memo=replace(_first(w, BudgetMemo), cut_note="変えた"), **who
    ),
}

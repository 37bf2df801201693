"""Undo of what is collected and written for the 提案書 and the memo."""

from dataclasses import replace
from typing import Any

from app.year_end.proposal import services as proposal_services
from db.records.agreements import Agreement
from db.records.year.proposal import BudgetMemo, Evidence, MemoAmount, PolicyLine
from db.rows import row, rows
from tests.support.scenarios import Scenarios, after
from tests.support.world import World


def _free(world: World) -> Evidence:
    return next(one for one in rows(world.store.database, Evidence) if one.issue is None)


def _uncollected(world: World) -> str:
    known = {one.source_key for one in rows(world.store.database, Evidence, source_kind="協議")}
    return next(str(one.id) for one in rows(world.store.database, Agreement) if str(one.id) not in known)


def _edited(world: World) -> int:
    found = next(one for one in rows(world.store.database, Evidence, source_kind="協議"))
    world.change(Agreement, int(found.source_key), decision="別の決定")
    return found.id


def _first(world: World, kind: type[Any]) -> Any:
    found = row(world.store.database, kind)
    assert found is not None
    return found


SCENARIOS: Scenarios = {
    proposal_services.collect_evidence: lambda w: {"kind": "協議", "key": _uncollected(w)},
    proposal_services.add_own_note: lambda _w: {
        "fiscal_year": 2026, "text": "夜の回が望まれている", "source": "電話の控え"},
    proposal_services.assign_issue: lambda w: {"evidence_id": _free(w).id, "issue": 2},
    proposal_services.reword_evidence: lambda w: {"evidence_id": _free(w).id, "said": "短い文"},
    proposal_services.accept_new_words: lambda w: {"evidence_id": _edited(w)},
    proposal_services.accept_all_new_words: lambda w: after(_edited(w), programme_id=1),
    proposal_services.keep_old_words: lambda w: {"evidence_id": _edited(w), "reason": "受領したあとの変更"},
    proposal_services.drop_evidence: lambda w: {"evidence_id": _free(w).id},
    proposal_services.save_issues: lambda _w: {"programme_id": 1, "texts": ("一", "二", "三", "四", "五")},
    proposal_services.save_line: lambda w: {"line": replace(_first(w, MemoAmount), reason="見込み")},
    proposal_services.remove_line: lambda w: {"line": _first(w, MemoAmount)},
    proposal_services.save_policy: lambda w: {"line": replace(_first(w, PolicyLine), policy="電話で様子を聞く。")},
    proposal_services.save_memo: lambda w: {"memo": replace(_first(w, BudgetMemo), cut_note="変えた")},
}  # fmt: skip

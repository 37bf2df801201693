"""補助金 of the 団体: named rows of a year with 申請期限 and 実績報告期限, and their follow-ups."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.common.text_rules import check_writable_texts
from app.event.services.tasks.follow_ups import FollowUp
from app.programme.services import read_programme
from app.registers.register.rules import next_due_date, next_year_proposal
from app.registers.register.services.organisations import get_organisation
from db.record import record
from db.records.organisations import Organisation, Subsidy
from db.rows import rows, rows_by_id
from db.store import Store
from db.tables import register

SUBSIDY = "団体の補助金"
SUBJECT = "organisations"


@record
class SubsidyLine:
    """One 補助金 with its 団体; for a proposal ``id`` is the row of the previous year."""

    id: int
    subsidy: Subsidy
    organisation: Organisation


@record
class SubsidyYear:
    """The named 補助金 of a year, the next due first, and proposals from the previous year."""

    fiscal_year: int
    rows: tuple[SubsidyLine, ...]
    proposals: tuple[SubsidyLine, ...]


def save_subsidy(context: ActionContext, *, subsidy: Subsidy) -> ActionResult:
    """Add a 補助金 (``id`` 0) or save it as given: its name, yen or a text in its place, its days and progress.

    A new state gets today's date unless its day is given; without a state its day is removed.

    Raises:
        UserError: neither name nor amount nor text, days without a name or in the wrong order, a state dated in the
            future, or the 団体 is gone.
    """
    organisation = get_organisation(context.database, subsidy.organisation_id)
    subsidy = replace(subsidy, name=subsidy.name.strip(), note=subsidy.note.strip())
    if subsidy.amount is None and not subsidy.note and not subsidy.name:
        raise UserError(
            "補助金の名称も金額も、まだ入力されていません。",
            "名称、金額、または「申請中」などの覚えを入力してください。",
        )
    if not subsidy.name and (subsidy.apply_by or subsidy.report_by or subsidy.state):
        raise UserError("どの補助金かが書かれていません。", "期限と状態を残すには、補助金の名称を入力してください。")
    if subsidy.apply_by and subsidy.report_by and subsidy.report_by < subsidy.apply_by:
        raise UserError("実績報告期限が、申請期限より前です。", "日付をご確認ください。")
    if subsidy.state_on is not None and subsidy.state_on > context.today:
        raise UserError("状態の日が先の日付です。", "本日までの日を入れてください。")
    check_writable_texts({"補助金": subsidy.name}, {"覚え": subsidy.note})
    before = get_or_raise(context.database, Subsidy, subsidy.id) if subsidy.id else None
    moved = subsidy.state != (before.state if before is not None else "")
    same_day = before is not None and subsidy.state_on == before.state_on
    if not subsidy.state:
        subsidy = replace(subsidy, state_on=None)
    elif moved and (subsidy.state_on is None or same_day):
        subsidy = replace(subsidy, state_on=context.today)
    action = f"{organisation.name}の補助金を{subsidy.state}にした" if moved and subsidy.state else "補助金を記録"
    with context.change(action, SUBJECT) as change:
        made = change.correct(before, subsidy)
    return ActionResult("補助金を記録しました。", made)


def remove_subsidy(context: ActionContext, *, subsidy_id: int) -> ActionResult:
    """Delete a 補助金; raises ``UserError`` when it is gone."""
    get_or_raise(context.database, Subsidy, subsidy_id)
    with context.change("補助金の記録を削除", SUBJECT) as change:
        change.delete(Subsidy, subsidy_id)
    return ActionResult("補助金の記録を削除しました。", subsidy_id)


def read_subsidies(store: Store, *, fiscal_year: int) -> SubsidyYear:
    """Return the named 補助金 of a year, and those of the previous year that were not carried over yet.

    Raises:
        UserError: that year was not started here.
    """
    calendar = read_programme(store, fiscal_year=fiscal_year).calendar
    named = [one for one in rows(store.database, Subsidy, fiscal_year=(fiscal_year - 1, fiscal_year)) if one.name]
    known = rows_by_id(store.database, Organisation, id={one.organisation_id for one in named})
    own = [one for one in named if one.fiscal_year == fiscal_year]
    there = {(one.organisation_id, one.name) for one in own}
    own.sort(key=lambda one: (_next_due(one), one.organisation_id, one.id))
    return SubsidyYear(
        fiscal_year=fiscal_year,
        rows=tuple(SubsidyLine(id=one.id, subsidy=one, organisation=known[one.organisation_id]) for one in own),
        proposals=tuple(
            SubsidyLine(id=one.id, subsidy=next_year_proposal(one, calendar), organisation=known[one.organisation_id])
            for one in named
            if one.fiscal_year < fiscal_year and (one.organisation_id, one.name) not in there
        ),
    )


def _next_due(subsidy: Subsidy) -> date:
    """Return the next day of a 補助金, ``date.max`` where nothing is due, for sorting."""
    found = next_due_date(subsidy)
    return found[1] if found is not None else date.max


def take_over_subsidies(context: ActionContext, *, fiscal_year: int, subsidy_ids: Collection[int]) -> ActionResult:
    """Carry 補助金 of the previous year over as proposed, in one action.

    Args:
        subsidy_ids: the chosen rows of the previous year.

    Raises:
        UserError: none is chosen, or one exists in the year already.
    """
    found = {one.id: one.subsidy for one in read_subsidies(context.store, fiscal_year=fiscal_year).proposals}
    if not subsidy_ids:
        raise UserError("引き継ぐ補助金が選ばれていません。", "引き継ぐものに印を付けてください。")
    if set(subsidy_ids) - set(found):
        raise UserError("選んだ補助金のなかに、もう引き継がれているものがあります。", "開き直してください。")
    with context.change(f"{fiscal_year_words(fiscal_year)}に補助金{len(subsidy_ids)}件を引き継いだ", SUBJECT) as change:
        made = [change.insert(found[one]) for one in sorted(subsidy_ids)]
    return ActionResult(
        f"補助金{len(made)}件を引き継ぎました。期限は1年あとの開庁日です。区の通知で確かめて直してください。",
        made[0],
    )


def subsidy_follow_ups(store: Store, _today: date) -> list[FollowUp]:
    """Return what 団体 have to hand in for their 補助金, each by its next day; no amount is shown on home."""
    waiting = [(one, name, next_due_date(one)) for one, name in register.open_subsidies(store.database)]
    return [
        FollowUp(
            task=SUBSIDY,
            label=f"{name}　{one.name}の{found[0]}",
            detail=one.state or "まだ案内していません",
            due=found[1],
            basis="目安日。団体ごとに決めた補助金の期限",
            rule="目安日",
            link=ActionLink("団体", organisation_id=one.organisation_id),
        )
        for one, name, found in waiting
        if found is not None
    ]

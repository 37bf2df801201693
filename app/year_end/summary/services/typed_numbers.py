"""Store typed numbers of the year before, and the reasons of deviations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.get_or_raise import get_or_raise
from app.actions.user_error import UserError
from app.calendar.wareki import fiscal_year_words
from app.programme.services import ProgrammeView, programmes, read_programme
from app.year_end.summary.rules import (
    GROUP_VISITS,
    GROUPS_ONCE,
    ITEMS,
    PEOPLE_ONCE,
    UNITS,
    VISITS,
    lecture_item,
)
from db.records.agreements import Agreement
from db.records.event_form import EventForm
from db.records.year.summary import EarlierFigure, YearReason
from db.rows import row, rows
from db.store import Store
from db.tables.agreements import settled_of_year

SUBJECT = "summary"


def _year_compared(store: Store, fiscal_year: int) -> ProgrammeView:
    """Return the year that is compared with an earlier one: the one after it, else the newest."""
    after = next((one.id for one in programmes(store) if one.fiscal_year == fiscal_year + 1), None)
    return read_programme(store, programme_id=after)


def save_earlier_figures(
    context: ActionContext,
    *,
    fiscal_year: int,
    kind: str,
    numbers: Mapping[str, int | None],
    source: str,
    day: date | None = None,
) -> ActionResult:
    """Store what an earlier year had of one kind of event, replacing earlier input.

    Args:
        fiscal_year: the earlier year, by its first.
        numbers: by item (延べ人数 …); None = unknown.
        source: where they come from.
        day: the last day counted, None = the whole year.

    Raises:
        UserError: no number or no source, no such kind or item, a year that is not earlier, a day outside of it,
            or impossible numbers (more 実人数 than 延べ人数).
    """
    view = _year_compared(context.store, fiscal_year)
    given = {item: number for item, number in numbers.items() if number is not None}
    words = fiscal_year_words(fiscal_year)
    if view.find_kind(kind) is None or set(given) - set(ITEMS):
        raise UserError("事業か項目が、この画面のものではありません。", "画面を開き直してください。")
    if fiscal_year >= view.programme.fiscal_year:
        raise UserError(f"{words}は、前の年度ではありません。", "前の年度の数だけを入力できます。")
    if not given:
        raise UserError("数がまだ1つも入っていません。", "わかる数だけを入力してください。")
    if not source.strip():
        raise UserError("出どころが書かれていません。", "どの資料の数か（例：令和7年度 実施報告書）を書いてください。")
    if day is not None and not date(fiscal_year, 4, 1) <= day <= date(fiscal_year + 1, 3, 31):
        raise UserError(f"{words}の日付ではありません。", "いつまでの数かを、その年度の中の日付で入力してください。")
    for many, once in ((VISITS, PEOPLE_ONCE), (GROUP_VISITS, GROUPS_ONCE)):
        if many in given and once in given and given[once] > given[many]:
            raise UserError(
                f"{once}（{given[once]}）が、{many}（{given[many]}）より多くなっています。",
                "資料の数をご確認ください。",
            )
    if any(number < 0 for number in given.values()):
        raise UserError("マイナスの数があります。", "0以上の数を入力してください。")
    before = rows(context.database, EarlierFigure, fiscal_year=fiscal_year, kind=kind, item=list(ITEMS))
    with context.change(f"{words}の{kind}の実績を保存", SUBJECT) as change:
        for one in before:
            change.delete(EarlierFigure, one.id)
        ids = [
            change.insert(
                EarlierFigure(
                    fiscal_year=fiscal_year,
                    kind=kind,
                    item=item,
                    number=number,
                    day=day,
                    source=source.strip(),
                    **context.signature,
                )
            )
            for item, number in given.items()
        ]
    said = "、".join(f"{item} {number}{UNITS[item]}" for item, number in given.items())
    return ActionResult(f"{words}の{kind}の実績（{said}）を保存しました。", ids[0])


def save_earlier_lecture(
    context: ActionContext, *, fiscal_year: int, name: str, visits: int | None, source: str = ""
) -> ActionResult:
    """Store how many came to one kind of lecture in an earlier year; ``visits`` None removes it.

    Raises:
        UserError: a year that is not earlier, no source, a negative number, or nothing to remove.

    """
    words = f"{fiscal_year_words(fiscal_year)}の{name}の延べ人数"
    year = _year_compared(context.store, fiscal_year)
    if fiscal_year >= year.programme.fiscal_year:
        raise UserError(
            f"{fiscal_year_words(fiscal_year)}は、前の年度ではありません。", "前の年度の数だけを入力できます。"
        )
    before = row(context.database, EarlierFigure, fiscal_year=fiscal_year, item=lecture_item(name))
    if visits is None:
        if before is None:
            raise UserError("数がまだ入っていません。", "延べ人数を入力してください。")
        with context.change(f"{words}を削除", SUBJECT) as change:
            change.delete(EarlierFigure, before.id)
        return ActionResult(f"{words}を削除しました。", before.id)
    if visits < 0:
        raise UserError("マイナスの数があります。", "0以上の数を入力してください。")
    if not source.strip():
        raise UserError("出どころが書かれていません。", "どの資料の数か（例：令和7年度 実施報告書）を書いてください。")
    with context.change(f"{words}を保存", SUBJECT) as change:
        row_id = change.update_or_insert(
            EarlierFigure,
            before,
            fiscal_year=fiscal_year,
            kind=before.kind if before is not None else year.numbers_of_form(EventForm.LECTURE).kind,
            item=lecture_item(name),
            number=visits,
            source=source.strip(),
            **context.signature,
        )
    return ActionResult(f"{words}（{visits}人）を保存しました。", row_id)


def set_reason(
    context: ActionContext, *, programme_id: int, item: str, reason: str, agreement_id: int | None = None
) -> ActionResult:
    """Store why a number deviates from the 仕様書, or the 協議 that settled it.

    Args:
        item: the row, by its key (「講習会/各回の人数」). agreement_id: the 協議, None = only a reason.

    Raises:
        UserError: neither a reason nor a 協議, or a 協議 that is open or withdrawn.
    """
    if not reason.strip() and agreement_id is None:
        raise UserError(
            "理由も協議も、まだありません。", "理由を書くか、協議の記録を選んでください。年間実績総括に載ります。"
        )
    if agreement_id is not None:
        record = get_or_raise(context.database, Agreement, agreement_id)
        if record.settled_on is None or not record.is_in_effect:
            raise UserError("まだ協議中か、取り消した協議です。", "決まった協議を選んでください。")
    before = row(context.database, YearReason, programme_id=programme_id, item=item)
    name = item.replace("/", "の")
    with context.change(f"{name}が仕様と違う理由を記録", SUBJECT) as change:
        row_id = change.update_or_insert(
            YearReason,
            before,
            programme_id=programme_id,
            item=item,
            reason=reason.strip(),
            agreement_id=agreement_id,
            **context.signature,
        )
    return ActionResult(f"{name}の理由を保存しました。", row_id)


def remove_reason(context: ActionContext, *, programme_id: int, item: str) -> ActionResult:
    """Delete the reason why a number deviates; raises ``UserError`` when there is none."""
    before = row(context.database, YearReason, programme_id=programme_id, item=item)
    name = item.replace("/", "の")
    if before is None:
        raise UserError(f"{name}に、入力した理由はありません。", "画面を開き直してください。")
    with context.change(f"{name}が仕様と違う理由を消した", SUBJECT) as change:
        change.delete(YearReason, before.id)
    return ActionResult(f"{name}の理由を消しました。", before.id)


def agreements_to_link(store: Store, *, programme_id: int) -> tuple[tuple[int, str], ...]:
    """Return the settled 協議 of a year as id and words (「第3号　操作体験の時間」), by number."""
    found = sorted(settled_of_year(store.database, programme_id), key=lambda one: (one.ordinal or 10**6, one.id))
    return tuple((one.id, f"{one.record_number}　{one.topic}") for one in found)


def read_earlier_figures(store: Store, *, fiscal_year: int) -> tuple[EarlierFigure, ...]:
    """Return the typed numbers of an earlier year, given by its first."""
    return tuple(rows(store.database, EarlierFigure, fiscal_year=fiscal_year))

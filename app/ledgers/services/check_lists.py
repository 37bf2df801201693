"""Filling in check lists: sheets, items, new versions, and the ledger of all sheets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

from app.actions.action_context import ActionContext
from app.actions.action_id import ActionLink
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.calendar.dates import short_date
from app.ledgers.rules import (
    ASKS,
    CHECK_LISTS,
    FAILS,
    JUDGEMENTS,
    MAY,
    OVERALL,
    CheckedItem,
    CheckList,
    CheckOutcome,
    DerivedRow,
    LedgerBook,
    LedgerColumn,
    LedgerDoubt,
    cell_day,
    cells_of,
    clean_cells,
    count_outcome,
    evaluate_items,
    find_problems,
    missing_measures,
)
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.ledgers.services.ledger_reading import require_year
from db.engine import Database
from db.record import record
from db.records.ledgers import CheckSheet
from db.records.programme import Programme
from db.rows import by_id, rows
from db.store import Store

_ACCEPTED = "確認票の画面の「受領を記録する」"


@record
class CheckSheetView:
    """One check sheet as shown: its list, its evaluated items, their result, and what is missing.

    ``missing_measures`` are as the function of that name returns them; ``newest``: no later version exists.
    """

    check: CheckList
    sheet: CheckSheet
    answers: tuple[CheckedItem, ...]
    outcome: CheckOutcome
    missing_measures: tuple[str, ...]
    newest: bool

    @property
    def reference(self) -> str:
        """Return number and version of the sheet: 「S-01 第2版」."""
        return f"{self.check.reference(self.sheet.number)} 第{self.sheet.revision}版"


def find_check_list(key: str) -> CheckList:
    """Return one check list; raises ``UserError`` when there is none."""
    found = next((one for one in CHECK_LISTS if one.key == key), None)
    if found is None:
        raise UserError("この確認票はありません。", "管理簿の一覧から選び直してください。")
    return found


def read_sheets(database: Database, programme_id: int, key: str) -> list[CheckSheet]:
    """Return the newest version of every sheet of a year, by number."""
    newest = {
        one.number: one
        for one in rows(database, CheckSheet, programme_id=programme_id, list=key, order=("number", "revision"))
    }
    return list(newest.values())


def read_sheet(store: Store, *, sheet_id: int) -> CheckSheetView:
    """Return one sheet; raises ``UserError`` when it is no longer there."""
    sheet = _require_sheet(store, sheet_id)
    check = find_check_list(sheet.list)
    answers = evaluate_items(check, sheet.head, sheet.answers)
    versions = rows(store.database, CheckSheet, programme_id=sheet.programme_id, list=sheet.list, number=sheet.number)
    return CheckSheetView(
        check=check,
        sheet=sheet,
        answers=answers,
        outcome=count_outcome(answers),
        missing_measures=missing_measures(answers),
        newest=sheet.revision == max(one.revision for one in versions),
    )


def save_header(
    context: ActionContext,
    *,
    key: str,
    fiscal_year: int,
    header: Mapping[str, str],
    filled_on: date | None,
    filled_by: str,
    sheet_id: int = 0,
) -> ActionResult:
    """Begin a sheet (``sheet_id`` 0), or change the header of one; ``filled_on``, ``filled_by`` are the contractor's.

    Raises:
        UserError: a required field is missing, a value is not of its kind, or the sheet was accepted already.
    """
    check = find_check_list(key)
    found = find_problems(check.header_columns, header)
    if found:
        raise UserError("".join(one.sentence for one in found), "記入してから保存してください。")
    kept = clean_cells(check.header_columns, header)
    if sheet_id:
        sheet = _require_open_sheet(context.store, sheet_id)
        action = f"{check.title} {check.reference(sheet.number)}の内容を変えた"
    else:
        programme = require_year(context.database, fiscal_year)
        number = max((one.number for one in read_sheets(context.database, programme.id, key)), default=0) + 1
        sheet = CheckSheet(programme_id=programme.id, list=key, number=number, **context.signature)
        action = f"{check.title} {check.reference(number)}を作成"
    with context.change(action, "ledgers") as change:
        filled = replace(sheet, head=kept, filled_on=filled_on, filled_by=filled_by.strip())
        present = sheet if sheet.id else None
        row_id = change.correct(present, filled)
    return ActionResult(f"{check.title} {check.reference(sheet.number)}を保存しました。", row_id)


def answer_item(context: ActionContext, *, sheet_id: int, item: str, answer: Mapping[str, str]) -> ActionResult:
    """Save the answer to one item, in place of the one before.

    Args:
        item: its number as text. answer: ``word`` (one of the four judgements, "" = none), ``evidence``, ``risk``,
            ``measure``, ``due`` (ISO day), ``who``; empty ones are not stored.
    Raises:
        UserError: the sheet was accepted already, it has no such item, or the word is none of the four.
    """
    sheet = _require_open_sheet(context.store, sheet_id)
    check = find_check_list(sheet.list)
    if item not in {one.key for one in check.items}:
        raise UserError("この項目はありません。", "確認票を開き直してください。")
    word = answer.get("word", "")
    if word and word not in JUDGEMENTS:
        words = "」「".join(map(check.word_for, JUDGEMENTS))
        raise UserError(f"判定は「{words}」から選んでください。", "判定を選び直してください。")
    kept = {name: text.strip() for name, text in answer.items() if text.strip()}
    with context.change(f"{check.title} {check.reference(sheet.number)}の項{item}を判定", "ledgers") as change:
        change.update(CheckSheet, sheet.id, answers={**sheet.answers, item: kept})
    return ActionResult(f"項{item}を保存しました。", sheet.id)


def accept_sheet(
    context: ActionContext, *, sheet_id: int, received_on: date, checked_by: str, review_on: date | None
) -> ActionResult:
    """Record that the ward accepted the sheet and who checked it; from then on only a new version changes it.

    ``review_on`` is the day on which it is reviewed, None = not set.

    Raises:
        UserError: nobody is named, the day lies ahead, it was accepted already, or a 不適合 or 要確認 item lacks its
            measure or its day.
    """
    sheet = _require_open_sheet(context.store, sheet_id)
    check = find_check_list(sheet.list)
    open_points = missing_measures(evaluate_items(check, sheet.head, sheet.answers))
    if open_points:
        raise UserError(
            f"{'、'.join(open_points)}が書かれていません。",
            f"{check.word_for(FAILS)}と{ASKS}の項には、残るリスクへの対策と期限を書いてください。",
        )
    if not checked_by.strip():
        raise UserError("確認者が書かれていません。", "確認した方の氏名を入力してください。")
    if received_on > context.today:
        raise UserError("受領日が本日より後です。", "受領した日付をご確認ください。")
    with context.change(f"{check.title} {check.reference(sheet.number)}を受領", "ledgers") as change:
        change.update(CheckSheet, sheet.id, received_on=received_on, checked_by=checked_by.strip(), review_on=review_on)
    return ActionResult(f"{check.reference(sheet.number)}の受領を記録しました。", sheet.id)


def revise_sheet(context: ActionContext, *, sheet_id: int) -> ActionResult:
    """Begin the next version of an accepted sheet with the same header and answers; the one before stays as it is.

    Raises:
        UserError: it was not accepted yet, or there is a newer version.
    """
    view = read_sheet(context.store, sheet_id=sheet_id)
    if view.sheet.received_on is None:
        raise UserError(f"{view.reference}は、まだ受領していません。", "この版を直してください。")
    if not view.newest:
        raise UserError(f"{view.reference}より新しい版があります。", "新しい版を開いてください。")
    again = replace(
        view.sheet,
        id=0,
        revision=view.sheet.revision + 1,
        received_on=None,
        checked_by="",
        review_on=None,
        filled_on=None,
        **context.signature,
    )
    with context.change(
        f"{view.check.title} {view.check.reference(again.number)}の第{again.revision}版を作成", "ledgers"
    ) as change:
        row_id = change.insert(again)
    return ActionResult(f"第{again.revision}版を作成しました。前の版は残ります。", row_id)


def _require_sheet(store: Store, sheet_id: int) -> CheckSheet:
    """Return a sheet; raise ``UserError`` if it is gone."""
    found = by_id(store.database, CheckSheet, sheet_id)
    if found is None:
        raise UserError("この確認票は見つかりません。", "一覧を開き直してください。")
    return found


def _require_open_sheet(store: Store, sheet_id: int) -> CheckSheet:
    """Return a sheet; raise ``UserError`` if it is gone or was accepted."""
    sheet = _require_sheet(store, sheet_id)
    if sheet.received_on is not None:
        raise UserError("受領した版は変えられません。", "「改訂する」で新しい版を作成してください。")
    return sheet


def sheet_ledger(check: CheckList) -> Ledger:
    """Return the ledger of all sheets of a check list: a derived row for the newest version of each, none typed."""
    first = next(column for column in check.header_columns if column.is_required)
    return Ledger(
        key=check.key,
        title=f"{check.title}一覧",
        short=check.title,
        sign=f"確認{check.sign}",
        keeper=CONTRACTORS,
        clause=check.clause,
        about=f"{check.subtitle}。総合判定は項目から数えます",
        check_interval="年1回",
        allows_typed_rows=False,
        in_document_library=False,
        entry_link=ActionLink(action="確認票", ledger=check.key),
        columns=(
            LedgerColumn("filled", "確認日", "day", width=26),
            LedgerColumn("reference", "確認票", width=26),
            LedgerColumn("about", first.title, width=60),
            LedgerColumn("overall", "総合判定", "choice", choices=tuple(map(check.word_for, OVERALL)), width=34),
            LedgerColumn("counts", "・".join(map(check.sign_of, JUDGEMENTS)), width=34),
            LedgerColumn("received", "受領日", "day", width=26, filled_later=True, recorded_elsewhere=_ACCEPTED),
            LedgerColumn(
                "checked_by",
                "確認者",
                "person",
                width=28,
                filled_later=True,
                shown_under=("received", ""),
                recorded_elsewhere=_ACCEPTED,
            ),
            LedgerColumn("review", "つぎの見直し", "day", width=26, is_required=False),
        ),
        sources=(partial(_derived_rows, check, first.key),),
        doubt_rules=(partial(_sheet_doubts, check),),
        totals=tuple(_count_judgement(check.word_for(word)) for word in OVERALL),
    )


def _count_judgement(word: str) -> Total:
    return Total(word.partition("（")[0], lambda cells: cells.get("overall") == word)


def _derived_rows(check: CheckList, first: str, database: Database, programme: Programme) -> Iterable[DerivedRow]:
    """Yield the newest version of each check sheet of a year as a row of a ledger."""
    for sheet in read_sheets(database, programme.id, check.key):
        found = count_outcome(evaluate_items(check, sheet.head, sheet.answers))
        values = {
            "filled": sheet.filled_on, "reference": f"{check.reference(sheet.number)} 第{sheet.revision}版",
            "about": sheet.head.get(first, ""), "overall": check.word_for(found.overall),
            "counts": "・".join(str(found.counts[word]) for word in JUDGEMENTS), "received": sheet.received_on,
            "checked_by": sheet.checked_by, "review": sheet.review_on,
        }  # fmt: skip
        yield DerivedRow(
            key=f"check_sheets:{sheet.number}",
            cells=cells_of(**values),
            written_at=sheet.at,
            made_by="確認票",
            link=ActionLink(action="確認票", ledger=check.key, sheet_id=sheet.id),
        )


def _sheet_doubts(
    check: CheckList, _database: Database, _programme: Programme, book: LedgerBook, today: date
) -> Iterable[LedgerDoubt]:
    """Yield doubts about accepted sheets not found fit, and about sheets whose review day is over (our own aim)."""
    for line in book.lines:
        cells = line.cells
        if cells.get("received") and cells.get("overall") != check.word_for(MAY):
            yield LedgerDoubt(
                row=line.key,
                rule=f"総合判定:{cells.get('reference', '')}",
                words=f"総合判定は{cells.get('overall', '')}です",
                basis=check.clause,
                explanation=f"{check.unfit_text}利用の状況を確かめて、理由に書いてください。",
                question=f"{cells.get('reference', '')}の確認票に、{check.word_for(FAILS)}または"
                f"{ASKS}の項目があります。\n"
                f"利用の状況と、対策の見込みをお知らせください。",
            )
        review = cell_day(cells.get("review", ""))
        if review is not None and review < today:
            yield LedgerDoubt(
                row=line.key,
                rule=f"見直し:{review.isoformat()}",
                words="見直しの日を過ぎています",
                basis="目安日",
                explanation=f"{short_date(review, today)} に見直す予定でした。"
                f"新しい版を作成するか、見直しの結果を理由に書いてください。",
                question=f"{cells.get('reference', '')}の確認票について、年に1回の見直しをお願いします。",
            )

"""Check lists as they are filled: a sheet, its items, a new version, and the ledger of all sheets.

- ``CHECK_LISTS`` what the subjects declare; ``check_list_of(key)``
- ``read_sheet(store, sheet_id) -> SheetView``; ``read_sheets(database, programme_id, key)``
- ``save_head``, ``answer_item``, ``take_in``, ``revise_sheet`` (act, …) → ``Saved``
- ``sheet_ledger(check) -> Ledger`` the list of its sheets among the ledgers
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Final

from app.acts.act import Act, deed
from app.acts.action_id import Asked
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import short_date
from app.common.declared import Declared
from app.ledgers.rules.book import Book, Drawn, LedgerDoubt
from app.ledgers.rules.check_list import (
    ASKS,
    FAILS,
    MAY,
    OVERALL,
    WORDS,
    CheckedItem,
    CheckList,
    Outcome,
    answers_of,
    lacking,
    outcome_of,
)
from app.ledgers.rules.columns import LedgerColumn, clean_cells, day_of, lacks, stored
from app.ledgers.services.ledger import CONTRACTORS, Ledger, Total
from app.ledgers.services.reading import year_of_ledgers
from db.engine import Database
from db.fields import corrections
from db.frozen_record import frozen_record
from db.records.ledgers import CheckSheet
from db.records.programme import Programme
from db.rows import by_id, rows
from db.store import Store

CHECK_LISTS: Final[Declared[CheckList]] = Declared("check_lists")
_TAKEN_IN: Final = "確認票の画面の「受領を記録する」"


@frozen_record
class SheetView:
    """One sheet: its list, every item as it counts, what they make together, and what it lacks."""

    check: CheckList
    sheet: CheckSheet
    answers: tuple[CheckedItem, ...]
    outcome: Outcome
    lacks: tuple[str, ...]
    newest: bool

    @property
    def reference(self) -> str:
        """「S-01 第2版」."""
        return f"{self.check.reference(self.sheet.number)} 第{self.sheet.revision}版"


def check_list_of(key: str) -> CheckList:
    """Return one check list; raises ``Refusal`` when no subject declares it."""
    found = next((one for one in CHECK_LISTS if one.key == key), None)
    if found is None:
        raise Refusal("この確認票はありません。", "管理簿の一覧から選び直してください。")
    return found


def read_sheets(database: Database, programme_id: int, key: str) -> list[CheckSheet]:
    """Return the newest version of every sheet of a year, by number."""
    newest = {
        one.number: one
        for one in rows(database, CheckSheet, programme_id=programme_id, list=key, order=("number", "revision"))
    }
    return list(newest.values())


def read_sheet(store: Store, *, sheet_id: int) -> SheetView:
    """Return one sheet; raises ``Refusal`` when it is no longer there."""
    sheet = _sheet(store, sheet_id)
    check = check_list_of(sheet.list)
    answers = answers_of(check, sheet.head, sheet.answers)
    versions = rows(store.database, CheckSheet, programme_id=sheet.programme_id, list=sheet.list, number=sheet.number)
    return SheetView(
        check=check,
        sheet=sheet,
        answers=answers,
        outcome=outcome_of(answers),
        lacks=lacking(answers),
        newest=sheet.revision == max(one.revision for one in versions),
    )


@deed
def save_head(
    act: Act,
    *,
    key: str,
    fiscal_year: int,
    head: Mapping[str, str],
    filled_on: date | None,
    filled_by: str,
    sheet_id: int = 0,
) -> Saved:
    """Begin a sheet (``sheet_id`` 0), or change what one is about.

    Raises:
        Refusal: a needed field is missing, or the sheet was taken in already.
    """
    check = check_list_of(key)
    found = lacks(check.head, head)
    if found:
        raise Refusal("".join(one.sentence for one in found), "記入してから保存してください。")
    kept = clean_cells(check.head, head)
    if sheet_id:
        sheet = _open(act.store, sheet_id)
        action = f"{check.title} {check.reference(sheet.number)}の内容を変えた"
    else:
        programme = year_of_ledgers(act.database, fiscal_year)
        known = read_sheets(act.database, programme.id, key)
        number = max((one.number for one in known), default=0) + 1
        sheet = CheckSheet(programme_id=programme.id, list=key, number=number, by=act.by, at=act.now)
        action = f"{check.title} {check.reference(number)}を作成"
    with act.change(action, "ledgers") as change:
        filled = replace(sheet, head=kept, filled_on=filled_on, filled_by=filled_by.strip())
        present = sheet if sheet.id else None
        row_id = change.keep(CheckSheet, present, **corrections(present, filled))
    return Saved(f"{check.title} {check.reference(sheet.number)}を保存しました。", row_id)


@deed
def answer_item(act: Act, *, sheet_id: int, item: str, answer: Mapping[str, str]) -> Saved:
    """Write the judgement of one item with evidence, remaining risk, measure, day and person.

    Raises:
        Refusal: the sheet was taken in already, it has no such item, or the word is none of the four.
    """
    sheet = _open(act.store, sheet_id)
    check = check_list_of(sheet.list)
    if item not in {one.key for one in check.items}:
        raise Refusal("この項目はありません。", "確認票を開き直してください。")
    word = answer.get("word", "")
    if word and word not in WORDS:
        words = "」「".join(map(check.says, WORDS))
        raise Refusal(f"判定は「{words}」から選んでください。", "判定を選び直してください。")
    kept = {name: text.strip() for name, text in answer.items() if text.strip()}
    action = f"{check.title} {check.reference(sheet.number)}の項{item}を判定"
    with act.change(action, "ledgers") as change:
        change.update(CheckSheet, sheet.id, answers={**sheet.answers, item: kept})
    return Saved(f"項{item}を保存しました。", sheet.id)


@deed
def take_in(act: Act, *, sheet_id: int, received_on: date, checked_by: str, review_on: date | None) -> Saved:
    """Note that the ward took the sheet in and who looked at it; from then on it changes by a new version only.

    Raises:
        Refusal: nobody is named, it was taken in already, or it is open what follows from an item that is not met.
    """
    sheet = _open(act.store, sheet_id)
    check = check_list_of(sheet.list)
    open_points = lacking(answers_of(check, sheet.head, sheet.answers))
    if open_points:
        raise Refusal(
            f"{'、'.join(open_points)}が書かれていません。",
            f"{check.says(FAILS)}と{ASKS}の項には、残るリスクへの対策と期限を書いてください。",
        )
    if not checked_by.strip():
        raise Refusal("確認者が書かれていません。", "確認した方の氏名を入力してください。")
    action = f"{check.title} {check.reference(sheet.number)}を受領"
    with act.change(action, "ledgers") as change:
        change.update(CheckSheet, sheet.id, received_on=received_on, checked_by=checked_by.strip(), review_on=review_on)
    return Saved(f"{check.reference(sheet.number)}の受領を記録しました。", sheet.id)


@deed
def revise_sheet(act: Act, *, sheet_id: int) -> Saved:
    """Begin the next version of a sheet that was taken in; the one before stays as it is.

    Raises:
        Refusal: it was not taken in yet, or a newer version is there.
    """
    view = read_sheet(act.store, sheet_id=sheet_id)
    if view.sheet.received_on is None:
        raise Refusal(f"{view.reference}は、まだ受領していません。", "この版を直してください。")
    if not view.newest:
        raise Refusal(f"{view.reference}より新しい版があります。", "新しい版を開いてください。")
    again = replace(
        view.sheet,
        id=0,
        revision=view.sheet.revision + 1,
        received_on=None,
        checked_by="",
        review_on=None,
        filled_on=None,
        by=act.by,
        at=act.now,
    )
    action = f"{view.check.title} {view.check.reference(again.number)}の第{again.revision}版を作成"
    with act.change(action, "ledgers") as change:
        row_id = change.insert(again)
    return Saved(f"第{again.revision}版を作成しました。前の版は残ります。", row_id)


def _sheet(store: Store, sheet_id: int) -> CheckSheet:
    found = by_id(store.database, CheckSheet, sheet_id)
    if found is None:
        raise Refusal("この確認票は見つかりません。", "一覧を開き直してください。")
    return found


def _open(store: Store, sheet_id: int) -> CheckSheet:
    sheet = _sheet(store, sheet_id)
    if sheet.received_on is not None:
        raise Refusal("受領した版は変えられません。", "「改訂する」で新しい版を作成してください。")
    return sheet


def sheet_ledger(check: CheckList) -> Ledger:
    """Return the ledger of all sheets of a check list: one row a sheet, drawn from it; what is open in it
    is a 要確認."""
    first = next(column for column in check.head if column.needed)
    return Ledger(
        key=check.key,
        title=f"{check.title}一覧",
        short=check.title,
        sign=f"確認{check.sign}",
        keeper=CONTRACTORS,
        clause=check.clause,
        about=f"{check.subtitle}。総合判定は項目から数えます",
        every="年1回",
        typed=False,
        on_shelf=False,
        entered_at=Asked(what="確認票", ledger=check.key),
        columns=(
            LedgerColumn("filled", "確認日", "day", width=26),
            LedgerColumn("reference", "確認票", width=26),
            LedgerColumn("about", first.title, width=60),
            LedgerColumn("overall", "総合判定", "choice", choices=tuple(map(check.says, OVERALL)), width=34),
            LedgerColumn("counts", "・".join(map(check.sign_of, WORDS)), width=34),
            LedgerColumn("received", "受領日", "day", width=26, later=True, recorded=_TAKEN_IN),
            LedgerColumn(
                "checked_by",
                "確認者",
                "person",
                width=28,
                later=True,
                under=("received", ""),
                recorded=_TAKEN_IN,
            ),
            LedgerColumn("review", "つぎの見直し", "day", width=26, needed=False),
        ),
        sources=(partial(_drawn, check, first.key),),
        doubts=(partial(_looked_at, check),),
        totals=tuple(_with(check.says(word)) for word in OVERALL),
    )


def _with(word: str) -> Total:
    return Total(word.partition("（")[0], lambda cells: cells.get("overall") == word)


def _drawn(check: CheckList, first: str, database: Database, programme: Programme) -> Iterable[Drawn]:
    for sheet in read_sheets(database, programme.id, check.key):
        found = outcome_of(answers_of(check, sheet.head, sheet.answers))
        values = {
            "filled": sheet.filled_on, "reference": f"{check.reference(sheet.number)} 第{sheet.revision}版",
            "about": sheet.head.get(first, ""), "overall": check.says(found.overall),
            "counts": "・".join(str(found.counts[word]) for word in WORDS), "received": sheet.received_on,
            "checked_by": sheet.checked_by, "review": sheet.review_on,
        }  # fmt: skip
        yield Drawn(
            key=f"check_sheets:{sheet.number}",
            cells={key: text for key, value in values.items() if (text := stored(value))},
            written_at=sheet.at,
            act="確認票",
            asked=Asked(what="確認票", ledger=check.key, sheet_id=sheet.id),
        )


def _looked_at(
    check: CheckList, _database: Database, _programme: Programme, book: Book, today: date
) -> Iterable[LedgerDoubt]:
    """A service that is not (any more) found fit, and a sheet whose day to be looked at again is over (our own aim)."""
    for line in book.lines:
        cells = line.cells
        if cells.get("received") and cells.get("overall") != check.says(MAY):
            yield LedgerDoubt(
                row=line.key,
                rule=f"総合判定:{cells.get('reference', '')}",
                words=f"総合判定は{cells.get('overall', '')}です",
                basis=check.clause,
                told=f"{check.told}利用の状況を確かめて、理由に書いてください。",
                question=f"{cells.get('reference', '')}の確認票に、{check.says(FAILS)}または{ASKS}の項目があります。\n"
                f"利用の状況と、対策の見込みをお知らせください。",
            )
        review = day_of(cells.get("review", ""))
        if review is not None and review < today:
            yield LedgerDoubt(
                row=line.key,
                rule=f"見直し:{review.isoformat()}",
                words="見直しの日を過ぎています",
                basis="目安日",
                told=f"{short_date(review, today)} に見直す予定でした。"
                f"新しい版を作成するか、見直しの結果を理由に書いてください。",
                question=f"{cells.get('reference', '')}の確認票について、年に1回の見直しをお願いします。",
            )

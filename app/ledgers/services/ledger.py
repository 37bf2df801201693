"""What one ledger declares of itself: its columns, where rows come from by themselves, what is doubtful, and on whose
shelf it stands.

A subject declares its ledgers as ``LEDGERS`` in its ``offers.py``; list, entry, corrections, print form, checks and
search come with that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.common.extension_point import ExtensionPoint
from app.ledgers.rules import Book, DerivedRow, HeldItem, LedgerColumn, LedgerDoubt, LedgerLine
from db.engine import Database
from db.frozen_record import frozen_record
from db.records.programme import Programme

Keeper = Literal["受託者が備え、区が受け取る・確かめるもの", "区が自分で備えるもの"]
CONTRACTORS: Final[Keeper] = "受託者が備え、区が受け取る・確かめるもの"
WARD: Final[Keeper] = "区が自分で備えるもの"
WARD_BASIS: Final = "アプリの目安"
"""The basis of the ward's own ledgers until its own rule is written (``LedgerSetting.basis``)."""
NUMBERED_IN_ORDER: Final = "番号は出現順"

RowSource = Callable[[Database, Programme], Iterable[DerivedRow]]
DoubtRule = Callable[[Database, Programme, Book, date], Iterable[LedgerDoubt]]
NameSource = Callable[[Database, Programme], tuple[str, ...]]
LEDGERS: Final[ExtensionPoint[Ledger]] = ExtensionPoint("ledgers")


@dataclass(frozen=True)
class Total:
    """One count under the rows of a page: 「重要情報 5件」; ``names_rows`` names the rows, too (「受領未確認 1件（No
    11）」).
    """

    label: str
    is_counted: Callable[[Mapping[str, str]], bool]
    names_rows: bool = False


@frozen_record
class Ledger:
    """One ledger.

    Attributes:
        key: its name in the file, never changed. title: its name in the window and on paper, ``short`` in the list
            of all.
        sign: in its number 「R8-授受」.
        keeper: on which of two shelves it stands. clause: its basis in the contract (「特17(1)」), or of what the ward
            keeps itself that to which it belongs; "" = none.
        about: what it is for, in one sentence.
        columns: in order; the first day or moment is the day of a row.
        sources: rows that other records hold. allows_typed_rows: rows may be typed, too. entry_link: where else rows
            are written.
        row_problem: says in a sentence why the values of a row can't stand together, or "".
        doubt_rules: rules for 要確認. totals: what is counted under each page. name_source: names proposed in columns
            for people.
        check_interval: how often it is proposed to be checked. handling_mark: how the paper is to be handled. note:
            words under the printed table.
        in_document_library: whether its print form stands among the papers of its year; False = it is printed from its
            list.
        printed_in: the paper of the year in which its rows are printed; "" = it has a print form of its own.
        open_work: what of a row is still to come or to be done, in a word each: no 検査 of the year is whole without
            it. held_item: what of a row somebody holds until it is given back or destroyed at the end of the contract
            (特22-1).
    """

    key: str
    title: str
    sign: str
    keeper: Keeper
    short: str = ""
    about: str = ""
    columns: tuple[LedgerColumn, ...]
    clause: str = ""
    sources: tuple[RowSource, ...] = ()
    allows_typed_rows: bool = True
    entry_link: ActionLink | None = None
    doubt_rules: tuple[DoubtRule, ...] = ()
    totals: tuple[Total, ...] = ()
    name_source: NameSource | None = None
    row_problem: Callable[[Mapping[str, str]], str] | None = None
    check_interval: str = "毎月"
    handling_mark: str = ""
    note: str = ""
    in_document_library: bool = True
    printed_in: str = ""
    open_work: Callable[[LedgerLine], Iterable[str]] | None = None
    held_item: Callable[[Mapping[str, str]], HeldItem | None] | None = None

    def column(self, key: str) -> LedgerColumn:
        """Return one column; raises ``UserError`` for one that this ledger has not."""
        found = next((column for column in self.columns if column.key == key), None)
        if found is None:
            raise UserError(f"{self.title}に、この欄はありません。", "画面を開き直してください。")
        return found

    def basis(self, own: str = "") -> str:
        """Return its basis in words; ``own`` is the ward's own rule as written in its settings.

        The 特記事項 bind the contractor: what the ward keeps itself rests on a rule of its own, and their clause is
        only what it has to do with. The 仕様書 binds both.
        """
        if self.clause and (self.keeper == CONTRACTORS or not self.clause.startswith("特")):
            return f"{self.clause}（{NUMBERED_IN_ORDER}）"
        beside = f"（関係する条項　{self.clause}）" if self.clause else ""
        return f"{own or WARD_BASIS}{beside}"


def find_ledger(key: str) -> Ledger:
    """Return one ledger.

    Raises:
        UserError: no subject declares it.
    """
    found = next((one for one in LEDGERS if one.key == key), None)
    if found is None:
        raise UserError("この管理簿はありません。", "管理簿の一覧から選び直してください。")
    return found

"""The declaration of a ledger: its columns, derived rows, doubt rules and keeper.

A subject registers its ledgers as ``LEDGERS`` in its ``contributions.py``; list, entry, corrections, print form,
checks and search follow from the declaration.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Literal

from app.actions.action_id import ActionLink
from app.actions.user_error import UserError
from app.common.extension_point import ExtensionPoint
from app.common.join_nonempty import fill_nonempty
from app.ledgers.rules import DerivedRow, LedgerBook, LedgerColumn, LedgerDoubt, LedgerHolding, LedgerLine
from app.programme.rules import ANNEX, is_numbered_in_order
from app.programme.services import ProgrammeView
from db.engine import Database
from db.record import frozen, record
from db.records.programme import Programme
from db.store import Store

Keeper = Literal["受託者が備え、区が受け取る・確かめるもの", "区が自分で備えるもの"]
CONTRACTORS: Keeper = "受託者が備え、区が受け取る・確かめるもの"
WARD: Keeper = "区が自分で備えるもの"
WARD_BASIS = "アプリの目安"
"""Basis of the ward's own ledgers until its own rule is set (``LedgerSetting.basis``)."""
NUMBERED_IN_ORDER = "番号は出現順"
_ASKED_BY_ANNEX = re.compile(f"[^。]*(?:{ANNEX.short}|（{ANNEX.letter})[^。]*。")
"""A sentence of a note that says what the known 特記事項 asks for."""

RowSource = Callable[[Database, Programme], Iterable[DerivedRow]]
DoubtRule = Callable[[Database, Programme, LedgerBook, date], Iterable[LedgerDoubt]]
NameSource = Callable[[Database, Programme], tuple[str, ...]]
LEDGERS: ExtensionPoint[Ledger] = ExtensionPoint("ledgers")


@frozen
class Total:
    """One count under the rows of a page: 「重要情報 5件」.

    ``names_rows`` lists the row numbers, too (「受領未確認 1件（No 11）」).
    """

    label: str
    is_counted: Callable[[Mapping[str, str]], bool]
    names_rows: bool = False


@record
class Ledger:
    """One declared ledger.

    Attributes:
        key: its stored name, never changed. title: its name in the window and in print, ``short`` in the overview.
        sign: its code in 「R8-授受」.
        keeper: who keeps it, the ward or the contractor. clause: its basis in the contract (「特17(1)」), or for a
            ledger of the ward the clause it relates to; "" = none.
        about: its purpose in one sentence.
        columns: in order; the first day or moment is the day of a row.
        sources: functions that return derived rows. allows_typed_rows: rows may be typed, too. entry_link: where else
            rows are written.
        row_problem: returns a sentence if the values of a row contradict each other, or "".
        doubt_rules: rules for 要確認. totals: what is counted under each page. name_source: names proposed for people.
        check_interval: the proposed interval of checks. handling_mark: how the print must be handled. note: text under
            the printed table.
        is_kept: returns whether a year has this ledger at all, and ``not_kept_words`` why it has none; None = always.
        in_document_library: whether its print form is in the library; False = it is printed from its list.
        printed_in: the document of the year in which its rows are printed; "" = it has a print form of its own.
        open_work: returns what of a row is still to be done, without which no 検査 of the year is complete.
        holding: returns what of a row is held until it is returned or destroyed at the end of the contract (特22-1).
    """

    key: str
    title: str
    sign: str
    keeper: Keeper
    short: str = ""
    about: str = ""
    columns: tuple[LedgerColumn, ...]
    clause: str | Callable[[ProgrammeView], str] = ""
    sources: tuple[RowSource, ...] = ()
    allows_typed_rows: bool = True
    entry_link: ActionLink | None = None
    doubt_rules: tuple[DoubtRule, ...] = ()
    totals: tuple[Total, ...] | Callable[[ProgrammeView], tuple[Total, ...]] = ()
    is_kept: Callable[[Store, ProgrammeView], bool] | None = None
    not_kept_words: str = ""
    name_source: NameSource | None = None
    row_problem: Callable[[Mapping[str, str]], str] | None = None
    check_interval: str = "毎月"
    handling_mark: str = ""
    note: str | Callable[[ProgrammeView], str] = ""
    in_document_library: bool = True
    printed_in: str = ""
    open_work: Callable[[LedgerLine], Iterable[str]] | None = None
    holding: Callable[[Mapping[str, str]], LedgerHolding | None] | None = None

    def column(self, key: str) -> LedgerColumn:
        """Return one column; raises ``UserError`` if this ledger has no such column."""
        found = next((column for column in self.columns if column.key == key), None)
        if found is None:
            raise UserError(f"{self.title}に、この欄はありません。", "画面を開き直してください。")
        return found

    def clause_in(self, view: ProgrammeView) -> str:
        """Return its clause in a year, "" = none; one declared as a function is computed from the year's settings."""
        return self.clause if isinstance(self.clause, str) else self.clause(view)

    def note_in(self, view: ProgrammeView) -> str:
        """Return the text under its printed table in a year, without what another 特記事項 may not ask for."""
        said = self.note if isinstance(self.note, str) else self.note(view)
        return said if view.programme.annex == ANNEX.title else _ASKED_BY_ANNEX.sub("", said)

    def totals_in(self, view: ProgrammeView) -> tuple[Total, ...]:
        """Return what is counted under each printed page in a year."""
        return self.totals(view) if callable(self.totals) else self.totals

    def basis(self, view: ProgrammeView, own: str = "") -> str:
        """Return its basis as printed (「特17(1)（番号は出現順）」); ``own`` is the ward's own rule from its settings.

        The 特記事項 bind the contractor: a ledger of the ward is based on a rule of its own, and their clause only
        relates to it. The 仕様書 binds both.
        """
        clause, in_order = self.clause_in(view), is_numbered_in_order(view.programme)
        if clause.startswith(ANNEX.letter) and not in_order:
            clause = view.programme.annex
            return clause if clause and self.keeper == CONTRACTORS else own or WARD_BASIS
        if clause and (self.keeper == CONTRACTORS or not clause.startswith("特")):
            return f"{clause}（{NUMBERED_IN_ORDER}）" if in_order and clause[0] in "仕特" else clause
        beside = fill_nonempty("（関係する条項　{}）", clause)
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

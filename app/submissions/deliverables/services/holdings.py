"""残っているもの (特22-1), what the contractor holds, and what of it was returned or destroyed.

Derived from the ledgers, surveys and reports of a year and from 返還・廃棄簿. Rows with one name on one medium
are one item; a row of 返還・廃棄簿 with another name says in 「残っているもの」 which it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain

from app.common.and_others import and_others
from app.common.join_nonempty import join_nonempty
from app.ledgers.rules import WHOLE_QUANTITY, Holder, LedgerHolding, LedgerLine, cell_day
from app.ledgers.services.ledger import LEDGERS
from app.ledgers.services.ledger_reading import read_books
from app.programme.rules import asks_for_disposal
from app.submissions.deliverables.services.disposal_ledger import DISPOSAL_LEDGER, item_key, read_proofs
from db.engine import Database
from db.record import RowsById, group_by_key, record
from db.records.dispatches import DispatchSupport
from db.records.programme import Programme
from db.records.submissions.reports import ReportPhoto
from db.rows import rows
from db.tables import events as event_table
from db.tables import reports, surveys

_SURVEYS = "アンケートの記録"
_COUNT = re.compile(r"(\d{1,9})\s*(\D*)")
_NAMED = 3


@record
class HoldingLine:
    """One item that is, or was, held.

    Attributes:
        item, medium, quantity: as a 返還・廃棄証明書 names it.
        holder: who holds it.
        source: where it comes from in words (「情報授受簿 3・5番」).
        ledger: the key of that ledger, "" = none.
        ended_on: when all of it was returned or destroyed, None = it is still held.
        ended_how: how, or the rows of 返還・廃棄簿 about it, also while their quantity differs; "" = no record.
        difference: the certificate's other quantity, in words, "" = none.
    """

    item: str
    medium: str
    quantity: str
    holder: Holder
    source: str
    ledger: str = ""
    ended_on: date | None = None
    ended_how: str = ""
    difference: str = ""

    @property
    def id(self) -> str:
        """Return the key of the line, which changes with the quantity."""
        return join_nonempty(self.item, self.medium, self.quantity)

    @property
    def words(self) -> str:
        """Return the item as 返還・廃棄簿 names it (「参加者名簿　紙」)."""
        return join_nonempty(self.item, self.medium)

    @property
    def is_remaining(self) -> bool:
        """Return whether it must still be returned or destroyed: the contractor holds it, without a recorded end."""
        return self.holder == "受託者" and self.ended_on is None


@record
class Holdings:
    """What is held in a year; ``unmatched_rows`` are rows of 返還・廃棄簿 that name none of it."""

    lines: tuple[HoldingLine, ...]
    unmatched_rows: tuple[LedgerLine, ...]

    @property
    def remaining(self) -> tuple[HoldingLine, ...]:
        """Return what the contractor still has to return or destroy."""
        return tuple(one for one in self.lines if one.is_remaining)

    @property
    def proven(self) -> tuple[HoldingLine, ...]:
        """Return what the contractor returned or destroyed, by 返還・廃棄簿 or by the return in its own rows."""
        return tuple(one for one in self.lines if one.holder == "受託者" and one.ended_on is not None)


@record
class _SourceRow:
    """Record of one row of a ledger or list from which a held item comes."""

    holding: LedgerHolding
    since: date | None
    title: str
    number: int = 0
    ledger: str = ""


def read_holdings(database: Database, programme: Programme) -> Holdings:
    """Return what is held in a year, and what was returned or destroyed.

    What was returned by its own row counts as ended without a certificate (特22-2 requires one for the end of the
    contract).
    """
    telling = [ledger for ledger in LEDGERS if ledger.holding is not None]
    # Doubts are not needed here, so no day is passed.
    books = read_books(database, programme, programme.term_end, telling)
    parts = []
    for ledger in telling:
        for line in books[ledger.key][0].counted_lines:
            held = ledger.holding(line.cells) if ledger.holding is not None else None
            if held is not None:
                parts.append(
                    _SourceRow(holding=held, since=line.day, title=ledger.title, number=line.number, ledger=ledger.key)
                )
    proofs = read_proofs(database, programme)
    things = group_by_key(
        ((part.holding.holder, item_key(part.holding.item, part.holding.medium)), part)
        for part in chain(_of_surveys(database, programme), _of_photos(database, programme), parts)
    )
    lines = [_line(mine, proofs.pop(key, [])) for (_by, key), mine in things.items()]
    return Holdings(lines=tuple(lines), unmatched_rows=tuple(chain.from_iterable(proofs.values())))


def read_asked_proofs(database: Database, programme: Programme) -> Holdings:
    """Return what is held as far as the 検査 waits for its proof: nothing where the contract asks for none."""
    return read_holdings(database, programme) if asks_for_disposal(programme) else Holdings(lines=(), unmatched_rows=())


def _of_surveys(database: Database, programme: Programme) -> Iterator[_SourceRow]:
    """Yield one row each for all paper responses, all online ones and all hearings of 派遣 of the year.

    Responses are the contractor's count of an event, else the ward's (of paper the received or, if more, the entered
    ones).
    """
    events = RowsById(event_table.events_of_year(database, programme.id))
    asked = surveys.surveys_by_event(database, events.values()).values()
    counted = surveys.response_counts(database, asked)
    sums = {"紙": 0, "オンライン": 0}
    for one in asked:
        ours, theirs = counted[one.id], one.contractor_counts.get("", {})
        here = ours.paper if one.papers_received is None else max(one.papers_received, ours.paper)
        sums["紙"] += theirs.get("紙", here)
        sums["オンライン"] += theirs.get("オンライン", ours.online)
    if sums["紙"]:
        yield _counted("アンケート回答用紙", "紙", f"{sums['紙']}枚", _SURVEYS)
    if sums["オンライン"]:
        yield _counted("オンラインの回答", "フォームサービス", f"{sums['オンライン']}件", _SURVEYS)
    heard = [one for one in rows(database, DispatchSupport, event_id=sorted(events)) if one.hearing_on is not None]
    if heard:
        first = min(one.hearing_on for one in heard if one.hearing_on is not None)
        visits = join_nonempty(*dict.fromkeys(events[one.event_id].kind_words for one in heard), separator="・")
        yield _counted(f"{visits}の聞き取りの記録", "紙・データ", f"{len(heard)}件", f"{visits}の記録", first)


def _of_photos(database: Database, programme: Programme) -> Iterator[_SourceRow]:
    """Yield the originals of report pictures, which the contractor must erase and certify."""
    events = [one.id for one in event_table.events_of_year(database, programme.id)]
    newest = {one.event_id: one.id for one in reports.reports_of_events(database, events) if not one.way.is_received}
    shown = rows(database, ReportPhoto, report_id=sorted(newest.values()))
    if shown:
        yield _counted("写真の元の画像", "データ", f"{len(shown)}枚", "実施報告書の写真")


def _counted(item: str, medium: str, quantity: str, title: str, since: date | None = None) -> _SourceRow:
    """Return the source of an item that is counted, not read from a ledger; ``title`` names the source in words."""
    return _SourceRow(holding=LedgerHolding(item=item, medium=medium, quantity=quantity), since=since, title=title)


def _line(parts: Sequence[_SourceRow], proofs: Sequence[LedgerLine]) -> HoldingLine:
    """Return one item from all rows that name it, and from the proofs of its disposal.

    Its quantity is that of its row, of several rows still held 「3件」. It has ended when all rows were returned, or by
    a proof with a day whose quantity does not differ. What was handed over after that day is not proven by it, and is
    then the item alone (一式 is one thing, however often it grows).
    """
    still = [part for part in parts if not part.holding.returned_on]
    first = parts[0]
    done = [day for line in proofs if (day := cell_day(line.cell("done"))) is not None]
    later = [
        part
        for part in still
        if done and part.since is not None and part.since > max(done) and part.holding.quantity != WHOLE_QUANTITY
    ]
    quantity = _quantity([part for part in still if part not in later] or parts)
    differs = _difference(quantity, [line.cell("quantity") for line in proofs])
    if later:
        quantity = _quantity(still if differs else later)
    ended, how = None, ""
    backs = [day for part in parts if (day := cell_day(part.holding.returned_on)) is not None]
    if not still and backs:
        ended, how = max(backs), "返却"
    if ended is None and done and not differs and not later:
        ended = max(done)
    if done:
        how = join_nonempty(*dict.fromkeys(line.cell("way") for line in proofs), separator="・")
        how = f"{DISPOSAL_LEDGER.title} {_numbers(line.number for line in proofs)}　{how}"
    return HoldingLine(
        item=first.holding.item,
        medium=first.holding.medium,
        quantity=quantity,
        holder=first.holding.holder,
        source=join_nonempty(*_sources(parts), separator="、"),
        ledger=first.ledger,
        ended_on=ended,
        ended_how=how,
        difference=differs,
    )


def _quantity(parts: Sequence[_SourceRow]) -> str:
    """Return the quantity of one row, of several their number; 一式 stays one."""
    kinds = {part.holding.quantity for part in parts}
    return parts[0].holding.quantity if len(parts) == 1 or kinds == {WHOLE_QUANTITY} else f"{len(parts)}件"


def _difference(ours: str, theirs: Sequence[str]) -> str:
    """Return 「記録 94枚、証明 90枚」 where the quantities differ in one unit (仕様書4ケ・特22), else ""."""
    known = _COUNT.fullmatch(ours.strip())
    said = [_COUNT.fullmatch(one.strip()) for one in theirs]
    if known is None or not said or any(one is None or one[2].strip() != known[2].strip() for one in said):
        return ""
    total = sum(int(one[1]) for one in said if one is not None)
    return "" if total == int(known[1]) else f"記録 {ours}、証明 {total}{known[2]}"


def _sources(parts: Sequence[_SourceRow]) -> Iterator[str]:
    for title in dict.fromkeys(part.title for part in parts):
        numbers = [part.number for part in parts if part.title == title and part.number]
        yield f"{title} {_numbers(numbers)}" if numbers else title


def _numbers(numbers: Iterable[int]) -> str:
    """Return row numbers in words (「3・5番」, 「3・5・8番ほか4件」)."""
    every = list(numbers)
    more = and_others(every, _NAMED, "ほか{}件")
    return f"{'・'.join(map(str, every[:_NAMED]))}番{more}"

"""Marking what is due, keeping it with a reason, and erasing at the first opening of a later day what was marked.

- ``mark_for_erasing(act, lines, witness) -> Saved`` hides it at once; undo takes the mark away until it is erased
- ``keep_longer(act, kind, reason, until) -> Saved``
- ``erase_marked(store, now) -> tuple[str, ...]`` called by the opening, before anything is shown
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.calendar.dates import long_date
from app.programme.rules.retention import RETENTIONS
from app.subjects.settings.disposal.services.due import CELLS, kind_of, read_due, year_of
from db.engine import Database
from db.erasing import STAND_IN, erase
from db.journal import Change
from db.lives import Life, Lives, lives_of, walk
from db.mapping import to_record
from db.records.disposals import Disposal, DisposalHold, DisposalItem
from db.records.organisations import Contact
from db.records.roster import Entry
from db.rows import rows
from db.store import Store

SUBJECT: Final = "disposal"


@deed
def mark_for_erasing(act: Act, *, lines: Sequence[str], witness: str = "") -> Saved:
    """Mark the chosen lines: their rows are hidden at once, and erased at the first opening of a later day.

    Args:
        lines: ids of ``DueLine``. witness: who stood by, "" = nobody.

    Raises:
        Refusal: nothing was chosen, or something is not due any more.
    """
    chosen = [one for one in read_due(act.store, today=act.today).due if one.id in lines]
    if not chosen or len(chosen) < len(set(lines)):
        raise Refusal("選んだものの中に、いまは消す時期でないものがあります。", "一覧を開き直してください。")
    total = sum(one.count for one in chosen)
    year = year_of(act.now)
    number = 1 + max((one.number for one in rows(act.database, Disposal, fiscal_year=year)), default=0)
    with act.change(f"消す時期が来たもの{len(chosen)}種・{total}件に、消す印を付けた", SUBJECT) as change:
        for one in chosen:
            marked = Disposal(
                fiscal_year=year,
                number=number,
                kind=one.id.partition(":")[0],
                what=one.what,
                places=one.places,
                count=one.count,
                unit=one.unit,
                why=one.why,
                due_on=one.until,
                items=one.items,
                marked_at=act.now,
                by=act.by,
                witness=witness,
            )
            change.insert(marked)
            known = {row.id: row for row in rows(act.database, Contact)}
            hidden = {item.row_id: _hidden(known[item.row_id]) for item in one.items if not item.born}
            change.update_each(Contact, hidden)
    return Saved(
        f"{len(chosen)}種・{total}件に消す印を付けました。あす以降の最初の起動で消えます。それまでは元に戻せます。"
    )


def _hidden(contact: Contact) -> dict[str, str]:
    """What was empty stays empty: whether there was a telephone still counts."""
    return {name: STAND_IN for name in CELLS["contacts"] if getattr(contact, name)}


@deed
def keep_longer(act: Act, *, kind: str, reason: str, until: date) -> Saved:
    """Keep a kind beyond its day, with the reason, until a day.

    Raises:
        Refusal: no reason, or a day that is not to come.
    """
    if not reason.strip():
        raise Refusal("残す理由が書かれていません。", "理由を入力してください。")
    if until <= act.today:
        raise Refusal("いつまで残すかの日が、これからの日ではありません。", "あす以降の日を入力してください。")
    what = next(one.what for one in RETENTIONS if one.key == kind)
    with act.change(f"{what}を理由を書いて残した", SUBJECT) as change:
        change.insert(DisposalHold(kind=kind, reason=reason.strip(), until=until, by=act.by, at=act.now))
    return Saved(f"{what}を{long_date(until)}まで残します。")


def erase_marked(store: Store, now: datetime) -> tuple[str, ...]:
    """Erase what was marked on an earlier day, in rows and images; return what is to be said.

    The rule is asked again: what was typed anew since its mark stays, and is counted. What somebody had taken out by
    hand before, and whose day has come too, goes with it: it lived on in the history alone.
    """
    waiting = [
        one for one in rows(store.database, Disposal) if one.erased_at is None and one.marked_at.date() < now.date()
    ]
    if not waiting:
        return ()
    lives = lives_of(store.database)
    wanted: dict[Life, Mapping[str, str]] = {}
    outcome: dict[int, dict[str, int]] = {}
    for one in waiting:
        going = [life for item in one.items if (life := _still_meant(lives, item)) is not None]
        removed = _removed(lives, one.kind, one.due_on, now.date())
        wanted |= {life: dict.fromkeys(CELLS[life.table], STAND_IN) for life in (*going, *removed)}
        outcome[one.id] = {
            "erased": len(going),
            "stayed": len(one.items) - len(going),
            "removed_before": len(removed),
        }
    before, values = _attended(store.database), _values(store.database, wanted)

    def note(change: Change) -> None:
        counts = {
            "left_over": len(_values(store.database, wanted)),
            "elsewhere": _elsewhere(store.database, values),
            "people_before": before,
            "people_after": _attended(store.database),
        }
        for number, counted in outcome.items():
            change.update(Disposal, number, **counted, **counts, erased_at=now)

    total = sum(one["erased"] for one in outcome.values())
    erase(
        store,
        wanted,
        action=f"消す時期が来たもの{len(waiting)}種・{total}を消去した",
        by=waiting[-1].by,
        now=now,
        beside=note,
    )
    stayed = sum(one["stayed"] for one in outcome.values())
    more = f"印を付けたあとで使われた{stayed}件は残しました。" if stayed else ""
    return (f"印を付けたもの{len(waiting)}種・{total}を消去しました。{more}",)


def _still_meant(lives: Lives, item: DisposalItem) -> Life | None:
    """The life of a marked row as long as nobody uses it: hidden as its mark left it, or not brought back."""
    if item.born:
        gone = (
            life for life in lives.last if (life.table, life.row_id, life.born) == (item.table, item.row_id, item.born)
        )
        return next((life for life in gone if not lives.goes_on(life)), None)
    life = lives.now.get((item.table, item.row_id))
    return life if life is not None and _is_hidden(lives.last[life]) else None


def _is_hidden(image: Mapping[str, object]) -> bool:
    """Whether a row is as its mark left it: whoever typed something since uses it."""
    return all(image.get(name) in ("", STAND_IN) for name in CELLS["contacts"])


def _removed(lives: Lives, kind: str, due_on: date, today: date) -> list[Life]:
    """The contacts of a kind that were taken out by hand and whose own day has come: they live in images alone."""
    found = []
    for life, image in lives.of_table("contacts").items():
        day = str(image.get("dispose_on") or "")
        over = bool(day) and day <= max(due_on, today).isoformat() and not _is_hidden(image)
        if over and not lives.goes_on(life) and kind_of(to_record(Contact, image)) == kind:
            found.append(life)
    return found


def _attended(database: Database) -> int:
    """Return how many attended, over all events."""
    return len(rows(database, Entry, attendance="出席"))


def _values(database: Database, wanted: Iterable[Life]) -> frozenset[str]:
    """The values that stood in any image of these lives."""
    going, found = set(wanted), set()
    for step in walk(database):
        for change, before, after in zip(step.changes, step.before, step.after, strict=True):
            for side, life in (("before", before), ("after", after)):
                if life is not None and life in going:
                    found |= {str(change[side].get(name) or "") for name in CELLS[life.table]}
    return frozenset(found - {"", STAND_IN})


def _elsewhere(database: Database, values: frozenset[str]) -> int:
    """Return how many other contacts hold one of these values: kept for another purpose or a later day."""
    return sum(one.value in values or one.note in values for one in rows(database, Contact))

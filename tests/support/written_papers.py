"""The words of every paper of the sample year, of the same year after it was changed, and of one in which all that may
be missing is missing, as one text for each kind.

A paper stands with its words in their order, a line each, a letter or form of its own for each sheet; behind a block
stands what it shows without words (``〔bold_rows 2〕``). Lines that the paper before it has as well are counted
(「⋯ 14行」), so that a sentence of a hundred letters is one line here. Of the two other years only what differs is
written, of the bare one the first lines of the first sheet of each. What can't be made says why. At the end stands each
room that a block of the kind asks for, once.
"""

import os
import re
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.documents import items_of_year, scopes_of_all
from app.documents.blocks import DocumentContent, SheetBreak
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.event.services import event_moves
from app.events.roster.services.entry_changes import set_state
from app.registers.register.services.organisations import update_organisation
from db.query_cache import cached_queries, caching
from db.records.organisations import Organisation
from db.records.roster import EntryState
from db.rows import rows
from db.store import Store
from db.tables import events, roster
from tests.support import changed_years, check_sheets
from tests.support.cancelling import cancel_event
from tests.support.left_out import leave_out
from tests.support.paper_words import room_of, said_by, unsaid_by
from tests.support.sample import NOW, event_id, sample_store

FOLDER = Path(__file__).resolve().parents[1] / "documents" / "words"
ONE_KIND = os.environ.get("DESK_KIND", "")
"""The one kind that ``make words KIND=…`` asks for; empty = all."""
Sheets = dict[str, list[str]]
"""The lines of each sheet of one kind by its name, in their order."""
_MOST_OF_THE_BARE = 40
_FIRST_SHEET = "　1枚目"
_ROOM = "〔幅 "
_DRAWN = re.compile(r"（消去）[0-9a-f]{4}|[0-9a-f]{16,}")


def written_papers() -> dict[str, str]:
    """Return the text of each kind, by its name."""
    before, after, bare = (_sheets(change) for change in (lambda _store: None, change_the_year, leave_out))
    return {kind: _text(before[kind], after[kind], bare[kind]) for kind in sorted(before)}


def change_the_year(store: Store) -> None:
    """Move an event whose letters went out, cancel one, withdraw a place, take one away, rename a 団体, correct a count
    and fill in a check sheet."""
    sixth = event_id(store, "講習会", 6)
    event_moves.move_event(
        ActionContext(store, **changed_years.WHO),
        event_id=sixth,
        new_date=date(2026, 12, 17),
        reason="講師の都合による",
    )
    changed_years.attendance_corrected(store)
    cancel_event(store, event_id=event_id(store, "派遣", 3), reason="会場が使えなくなったため", **changed_years.WHO)
    entries = roster.entries(store.database, sixth)
    leaves = next(one for one in entries if one.state == "決定" and one.organisation_id)
    set_state(
        ActionContext(store, **changed_years.WHO),
        entry_id=leaves.id,
        state=EntryState.WITHDRAWN,
        reason="都合が悪くなったため",
    )
    stays, loses, *_ = (one for one in entries if one.state == "決定" and one.organisation_id != leaves.organisation_id)
    set_state(
        ActionContext(store, **changed_years.WHO),
        entry_id=loses.id,
        state=EntryState.REVOKED,
        reason="会場の席が足りない",
    )
    check_sheets.filled(store)
    (renamed,) = rows(store.database, Organisation, id=stays.organisation_id)
    update_organisation(
        ActionContext(store, **changed_years.WHO), organisation=replace(renamed, name=f"新{renamed.name}")
    )


def _sheets(change: Callable[[Store], object]) -> dict[str, Sheets]:
    found: dict[str, Sheets] = defaultdict(dict)
    with tempfile.TemporaryDirectory() as place:
        store = sample_store(Path(place))
        with closing(store.database.conn):
            change(store)
            for kind, name, lines in read_papers(store):
                found[kind][name] = lines
    return found


@cached_queries
def read_papers(store: Store, *kinds: str) -> list[tuple[str, str, list[str]]]:
    """Return kind, name and lines of each sheet of every paper of a year, or of some kinds alone."""
    return [found for found in _papers(store) if not kinds or found[0] in kinds]


def lacking(store: Store, words: Mapping[str, str]) -> dict[str, str]:
    """Return those of ``words`` that stand on no paper of the year; papers are read until each word was found.

    The first event of each kind comes before the others, since most is said there.
    """
    left = dict(words)
    ordinals = {event.id: event.ordinal or 0 for event in events.events_of_year(store.database, 1)}
    with caching(store.database):
        for _kind, _name, lines in _papers(store, lambda scope: ordinals.get(scope.event_id or 0, 0)):
            said = "\n".join(lines)
            left = {key: word for key, word in left.items() if word not in said}
            if not left:
                break
    return left


def _papers(
    store: Store, order: Callable[[DocumentScope], int] = lambda _scope: 0
) -> Iterator[tuple[str, str, list[str]]]:
    titles = {event.id: event.full_title for event in events.events_of_year(store.database, 1)}
    groups = [DocumentScope(organisation_id=one.id) for one in rows(store.database, Organisation, order="id")]
    for scope in sorted([*scopes_of_all(store, NOW), *groups], key=order):
        about = titles.get(scope.event_id or 0, f"団体{scope.organisation_id}" if scope.organisation_id else "年度")
        of_rows = items_of_year(store, scope) if scope.fiscal_year is not None else ()
        for paper, of_one, name in (
            *((paper, scope, about) for paper in DOCUMENTS if paper.about == scope.about and paper.items is None),
            *((paper, replace(scope, item=item.id), f"{about} {item.id}") for paper, item in of_rows),
        ):
            if ONE_KIND in ("", paper.kind):
                for number, lines in enumerate(_said(store, of_one, paper.kind), 1):
                    yield paper.kind, f"{name}　{number}枚目", lines


def _said(store: Store, scope: DocumentScope, kind: str) -> Iterator[list[str]]:
    """Walk the sheets of a paper, or the sentence that says why there is none."""
    try:
        content = build_document(store, scope=scope, kind=kind, now=NOW)
    except UserError as refusal:
        yield [f"（作成しない）{line}" for line in _DRAWN.sub("〈…〉", str(refusal)).splitlines()]
        return
    sheet: list[object] = []
    beside = [one.strip() for one in (content.stamp, content.header_left, content.header_right)]
    for block in (*content.blocks, None):
        if sheet and (block is None or isinstance(block, SheetBreak)):
            said = "\n".join(
                (*beside, *(part for one in sheet for part in _both(replace(content, blocks=(one,)), one)))
            )
            beside = []
            yield [line.strip() for line in _DRAWN.sub("〈…〉", said).splitlines() if line.strip()]
            sheet = []
        if block is not None:
            sheet.append(block)


def _both(content: DocumentContent, block: object) -> Iterator[str]:
    yield said_by(content)
    if unsaid := unsaid_by(block):
        yield f"〔{unsaid}〕"
    if room := room_of(block):
        yield f"{_ROOM}{room}〕"


def _text(*years: Sheets) -> str:
    rooms = {line for year in years for lines in year.values() for line in lines if line.startswith(_ROOM)}
    before, after, bare = (
        {name: [line for line in lines if line not in rooms] for name, lines in year.items()} for year in years
    )
    parts: list[str] = []
    last: list[str] = []
    for name, lines in before.items():
        parts += [f"# {name}", *_further(last, lines)]
        last = lines
    for name in {**before, **after}:
        changed = list(_changed(before.get(name, []), after.get(name, [])))
        if changed:
            parts += [f"# 直したあと　{name}", *changed]
    last = []
    for name in (one for one in {**before, **bare} if one.endswith(_FIRST_SHEET)):
        changed = list(_changed(before.get(name, []), bare.get(name, [])))[:_MOST_OF_THE_BARE]
        if changed:
            parts += [f"# 少ない記録　{name}", *_further(last, changed)]
            last = changed
    return "\n".join([*parts, *(["# 紙の上の幅", *sorted(rooms)] if rooms else ())]) + "\n"


def _further(before: list[str], now: list[str]) -> Iterator[str]:
    """Walk the lines of ``now``, those that follow one another in ``before`` too as their number."""
    for way, _, _, first, end in SequenceMatcher(None, before, now, autojunk=False).get_opcodes():
        if way == "equal":
            yield f"⋯ {end - first}行"
        else:
            yield from now[first:end]


def _changed(before: list[str], after: list[str]) -> Iterator[str]:
    for way, old, old_end, first, end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if way != "equal":
            yield from (f"- {line}" for line in before[old:old_end])
            yield from (f"+ {line}" for line in after[first:end])


def kept() -> Mapping[str, str]:
    """Return the texts that stand in the files, by kind."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}


def write(texts: Mapping[str, str]) -> str:
    """Write the texts of all kinds (or of the one asked for), and return how many lines of how many kinds moved."""
    before = kept()
    gone = [] if ONE_KIND else [kind for kind in before if kind not in texts]
    moved = {kind: _moved(before.get(kind, ""), text) for kind, text in texts.items()}
    moved |= {kind: before[kind].count("\n") for kind in gone}
    FOLDER.mkdir(exist_ok=True)
    for kind, text in texts.items():
        (FOLDER / f"{kind}.txt").write_text(text, encoding="utf-8")
    for kind in gone:
        (FOLDER / f"{kind}.txt").unlink()
    kinds = [kind for kind, lines in moved.items() if lines]
    return f"書類の言葉：{len(kinds)}種類で{sum(moved.values())}行が変わりました。{'、'.join(kinds)}"


def _moved(before: str, now: str) -> int:
    return sum(line[:1] in "-+" for line in _changed(before.splitlines(), now.splitlines()))

"""Names, 配慮 and remarks of those who took part go when their day has come; counts and papers stay as they are."""

from __future__ import annotations

import dataclasses
from datetime import datetime, timedelta

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.commands.documents import scopes_of_all
from app.documents.pdf.printable import drawn_texts
from app.documents.services.document_kind import DOCUMENTS
from app.documents.services.notification import read_outgoing_view
from app.history import services as history_services
from app.settings.disposal.services import disposal
from app.settings.disposal.services.due_rows import read_due
from app.settings.disposal.services.personal_rows import ERASED_COLUMNS, RECORDS, is_representative
from app.year_end.summary.services.year_summary import read_summary
from db import journal
from db.backups import as_of
from db.mapping import as_json
from db.records.applications import Application
from db.records.disposals import Disposal
from db.records.documents import Notification
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.redactions import REDACTED, is_redacted_text
from db.rows import rows
from tests.support.erased import text_in
from tests.support.in_full import some, times
from tests.support.paper_words import said_by
from tests.support.sample import sample_store

DAY = datetime(2027, 4, 12, 10, 0)
NEXT = DAY + timedelta(days=1)
BY = "見本　係員"
WHO = {"by": BY, "now": DAY}
LINES = ("participants:now", "applicants:now", "presenters:now", "signers:now")


def names_in(store):
    """Everybody's name that goes, as typed."""
    going = {one.person_id for one in rows(store.database, Entry)}
    people = rows(store.database, Person)
    staying = {one.name for one in people if is_representative(one) or one.id not in going}
    return {name for name in {one.name for one in people} if not any(plain(name) in plain(one) for one in staying)}


def values_of(store, lines):
    """Every word that goes, but 役職 (which others have too) and what is too short to be looked for."""
    wanted = {(item.table, item.row_id) for line in lines for item in line.items}
    return {
        plain(text)
        for table, record in RECORDS.items()
        for one in rows(store.database, record)
        if (table, one.id) in wanted
        for name in ERASED_COLUMNS[table]
        if name not in ("role", "signer_role") and len(text := getattr(one, name, "")) > 1
    }


def plain(text):
    return "".join(text.split())


def papers_of(store, now):
    found = {}
    for scope in some(scopes_of_all(store, now)[::4], of=2):  # the year, and some events of each kind
        for paper in DOCUMENTS:
            if paper.about == scope.about:
                try:
                    found[paper.kind, scope.event_id] = paper.build(store, scope, now)
                except UserError:
                    continue
    return found


def told_in(store):
    """What waits to be told anew, of every event."""
    return {
        (event.id, line.matter_status.matter.key, line.matter_status.status)
        for event in rows(store.database, Event)
        for line in read_outgoing_view(store, event_id=event.id).lines
    }


def moments(store):
    seqs = [one.seq for one in as_of.journal_headers(store.database)]
    return some(seqs[:: max(1, len(seqs) // 20)][-20:], of=2)


def rows_at(store, seq):
    database = as_of.rebuild(store.database, seq)
    try:
        return {
            table: [one[0] for one in database.execute(f"SELECT id FROM [{table}] ORDER BY id").fetchall()]
            for table in (*RECORDS, "events", "acts", "outgoing", "headcount_notices")
        }, as_json([database.execute(f"SELECT * FROM [{table}]").fetchall() for table in RECORDS])
    finally:
        database.conn.close()


@dataclasses.dataclass
class Year:
    """The sample year before and after its names went."""

    store: object
    names: set[str]
    before: dict[str, object]


def counted(store):
    return read_summary(store, today=DAY.date(), fiscal_year=2026)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    store = sample_store(tmp_path_factory.mktemp("year"))
    names = names_in(store)
    before = {
        "summary": counted(store),
        "papers": papers_of(store, DAY),
        "told": told_in(store),
        "moments": {seq: rows_at(store, seq)[0] for seq in moments(store)},
        "cares": sum(bool(one.care) for one in rows(store.database, Entry)),
        "heads": [one.name for one in rows(store.database, Person) if is_representative(one)],
    }
    lines = {line.id: line for line in read_due(store, today=DAY.date(), by_walk=True).due_lines}
    before["values"] = values_of(store, [lines[one] for one in LINES])
    before["lines"] = lines
    disposal.mark_for_erasing(ActionContext(store, **WHO), lines=[one for one in LINES if one in lines])
    before["marked told"] = told_in(store)
    before["said"] = disposal.erase_marked(store, NEXT)
    yield Year(store, names, before)
    store.database.conn.close()


def test_names_are_in_no_row_and_no_image_and_each_has_a_stand_in_of_its_own(year):
    text = text_in(year.store)
    applied = {one.name for one in rows(year.store.database, Application)}
    assert len(year.names) > 30
    assert [name for name in year.names if f'"{name}' in text] == []
    gone = [one.name for one in rows(year.store.database, Person) if is_redacted_text(one.name)]
    assert len(gone) == len(set(gone)) >= len(year.names)
    assert all(is_redacted_text(name) or not name or name in year.before["heads"] for name in applied)
    assert journal.check_chain(year.store.database, year.store.keys.chain) == []
    assert all(one.left_over == 0 for one in rows(year.store.database, Disposal))


def test_heads_of_groups_stay_in_the_register_and_their_needs_go(year):
    assert [one.name for one in rows(year.store.database, Person) if is_representative(one)] == year.before["heads"]
    entries = rows(year.store.database, Entry)
    assert sum(bool(one.care) for one in entries) == year.before["cares"] > 0
    assert {one.care for one in entries} <= {"", REDACTED}


def test_counts_stay(year):
    assert counted(year.store) == year.before["summary"]
    assert year.before["lines"]["participants:now"].count > 30


def test_past_twenty_moments(year):
    assert len(year.before["moments"]) >= times(15, of=2)
    for seq, before in year.before["moments"].items():
        after, text = rows_at(year.store, seq)
        assert after == before, seq
        assert [name for name in year.names if f'"{name}"' in text] == [], seq


@pytest.mark.nightly
def test_papers_without_names_byte_for_byte(year):
    after = papers_of(year.store, DAY)
    before = year.before["papers"]
    gone = {"派遣先の連絡先"}  # the consent to it goes with who signed the slip
    assert after.keys() == {key for key in before if key[0] not in gone}
    before = {key: before[key] for key in after}
    said = {key: plain(said_by(paper)) + repr(paper).replace("\\u3000", "") for key, paper in before.items()}
    named = {key for key, text in said.items() if any(value in text for value in year.before["values"])}
    alike = {key for key in before if after[key] == before[key]}
    unlike = {key[0] for key in before.keys() - named - alike}
    assert unlike <= {
        "その日の状態",  # says of which step it is the state
        "引継書",  # says what falls due for erasing
        "今週の予定",  # so does this, among what is to be done
        "個人情報ファイル簿の記載事項",  # says how many are in it
    }
    assert len(alike) > times(20, of=2)
    names = {plain(name) for name in year.names}
    now_said = {key: plain(said_by(paper)) for key, paper in after.items()}
    assert [key for key, text in now_said.items() if any(name in text for name in names)] == []
    drawn = {key: "\n".join(drawn_texts(paper.blocks)) for key, paper in after.items()}
    assert [key for key, text in drawn.items() if REDACTED in text] == [], "it is said in one word, once for each"
    assert any("消去済" in text for text in drawn.values())


def test_nothing_asks_to_be_told_anew_and_no_sum_of_a_name_is_left(year):
    assert year.before["marked told"] == year.before["told"]
    assert told_in(year.store) == year.before["told"]
    left = sums_in(year.store)
    heads = {one.id for one in rows(year.store.database, Person) if is_representative(one)}
    staying = {one.id for one in rows(year.store.database, Entry) if one.person_id in heads}
    assert left
    assert left <= staying, "only who stands for a 団体 keeps a sum of the name that the register shows"


def sums_in(store):
    """The places of which a sum of the name still stands in what was told."""
    facts = [one.facts.get(name, "") for one in rows(store.database, Notification) for name in ("名簿", "宛先")]
    parts = [part.split(":") for fact in facts for part in fact.partition(" #")[2].partition(" ~")[0].split(",")]
    return {int(number) for number, *sums in parts if set(sums[1:]) - {"-", ""}}


def test_nothing_before_is_undone(year):
    with pytest.raises(UserError, match="より前の操作は、元に戻せません"):
        history_services.undo(year.store, by=BY, now=NEXT)

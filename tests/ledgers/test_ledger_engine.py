"""A ledger declared in ten lines: entry, corrections, numbers given once, doubts answered, checks, undo, home and
search."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.history import services as history_services
from app.home.today.services.global_search import search_everything
from app.home.today.services.home import read_home
from app.ledgers.rules import DerivedRow, LedgerColumn, LedgerDoubt, next_check_day
from app.ledgers.services import ledger_reading, ledger_writing
from app.ledgers.services.due_checks import due_checks
from app.ledgers.services.ledger import LEDGERS
from db.records.events import Event
from db.records.ledgers import LedgerNumber, LedgerRow, NoteKind
from db.rows import rows
from db.tables.journal import entries
from tests.support.ledgers import KEYS, ROW, declare, emptied, with_rows
from tests.support.sample import BY, NOW, acting, sample_store

YEAR = {"key": "keys", "fiscal_year": 2026}
WHO = {"by": BY, "now": NOW}


@pytest.fixture
def store(tmp_path, monkeypatch):
    found = emptied(sample_store(tmp_path))
    declare(monkeypatch, KEYS)
    yield found
    found.database.conn.close()


def book(store, key="keys"):
    return ledger_reading.read_ledger(store, key=key, fiscal_year=2026, today=NOW.date()).book


def enter(store, **more):
    return f"typed:{ledger_writing.enter_row(acting(store), cells=ROW | more, **YEAR).id}"


def drawn(number, at=NOW, **more):
    cells = {"at": "2026-11-01T09:00", "room": f"部屋{number}", "who": "見本", "count": "1"}
    return DerivedRow(key=f"rooms:{number}", cells=cells, written_at=at, made_by="鍵を渡した", **more)


def test_a_row_is_typed_corrected_and_cancelled_and_nothing_is_lost(store):
    first, second = enter(store), enter(store, room="会議室")
    with pytest.raises(UserError, match="理由"):
        ledger_writing.correct_row(acting(store), row_key=first, column="count", value="3", reason=" ", **YEAR)
    with pytest.raises(UserError, match="同じ値"):
        ledger_writing.correct_row(acting(store), row_key=first, column="count", value="2", reason="x", **YEAR)
    with pytest.raises(UserError, match="数字"):
        ledger_writing.correct_row(acting(store), row_key=first, column="count", value="三", reason="x", **YEAR)
    with pytest.raises(UserError, match="返却日時が、まだ入力されていません"):
        ledger_writing.correct_row(acting(store), row_key=first, column="back", value=" ", reason="", **YEAR)
    for value in ("3", "4"):
        ledger_writing.correct_row(
            acting(store), row_key=first, column="count", value=value, reason="数え直した", **YEAR
        )
    line = book(store).line(first)
    assert (line.number, line.cells["count"], line.entered_cells["count"]) == (1, "4", "2")
    assert [(one.part, one.old, one.new, one.reason, one.by) for one in line.corrections] == [
        (1, "2", "3", "数え直した", BY),
        (2, "3", "4", "数え直した", BY),
    ]
    said = ledger_writing.correct_row(
        acting(store), row_key=first, column="back", value="2026-11-20T16:00", reason="", **YEAR
    )
    assert "返却日時を記入" in said.message
    assert book(store).line(first).entered_cells["back"] == "2026-11-20T16:00"
    assert len(book(store).line(first).corrections) == 2
    ledger_writing.cancel_row(acting(store), row_key=second, reason="二重に書いた", **YEAR)
    assert book(store).line(second).cancel_reason == "二重に書いた"
    with pytest.raises(UserError, match="取消"):
        ledger_writing.correct_row(acting(store), row_key=second, column="count", value="9", reason="x", **YEAR)
    found = [(entry.id, entry.number) for entry in book(store).entries()]
    assert found == [((second, 0), "2"), ((first, 0), "1"), ((first, 1), "1-1"), ((first, 2), "1-2")]
    assert book(store).count_in_month(date(2026, 11, 30)) == 1


def test_a_row_stands_under_the_event_that_it_names_however_it_came(store, monkeypatch):
    about = LedgerColumn("event", "実施回", "event", is_required=False)
    declare(monkeypatch, replace(KEYS, columns=(*KEYS.columns, about)))
    first, second, third = (one.id for one in rows(store.database, Event)[:3])
    by_hand = enter(store, event=str(first))
    with store.change(action="様式を受領", subject="received", by=BY, now=NOW) as change:
        came = ({**ROW, "event": str(second)}, ROW)
        numbers = ledger_writing.insert_rows(store, change, rows=came, who=BY, now=NOW, received_on=NOW.date(), **YEAR)
    assert numbers == (2, 3)
    kept = rows(store.database, LedgerRow)
    assert [(one.number, one.event_id, one.received_on) for one in kept] == [
        (1, first, None), (2, second, NOW.date()), (3, None, NOW.date()),
    ]  # fmt: skip
    without = f"typed:{kept[2].id}"
    for key, reason in ((by_hand, "回の取り違え"), (without, "書き忘れ")):
        ledger_writing.correct_row(acting(store), row_key=key, column="event", value=str(third), reason=reason, **YEAR)
        assert book(store).line(key).event_id == third
        assert entries(store.database, limit=1)[0].event_id == third
    ledger_writing.cancel_row(acting(store), row_key=without, reason="二重に書いた", **YEAR)
    assert entries(store.database, limit=1)[0].event_id == third


def test_what_was_filled_in_and_cleared_is_filled_in_again_by_a_correction(store, monkeypatch):
    columns = tuple(replace(one, is_required=False) if one.key == "back" else one for one in KEYS.columns)
    declare(monkeypatch, replace(KEYS, columns=columns))
    first = enter(store)
    back = {"row_key": first, "column": "back", **YEAR}
    ledger_writing.correct_row(acting(store), value="2026-11-20T16:00", reason="", **back)
    ledger_writing.correct_row(acting(store), value="", reason="まだ戻っていない", **back)
    with pytest.raises(UserError, match="訂正の理由"):
        ledger_writing.correct_row(acting(store), value="2026-11-21T09:00", reason="", **back)
    ledger_writing.correct_row(acting(store), value="2026-11-21T09:00", reason="戻った", **back)
    assert book(store).line(first).cells["back"] == "2026-11-21T09:00"


def test_what_is_missing_or_no_value_of_its_kind_is_named(store):
    with pytest.raises(UserError, match="場所が書かれていません。借りた者が書かれていません。"):
        ledger_writing.enter_row(acting(store), cells={"at": "2026-11-20T10:30", "count": "1"}, **YEAR)
    with pytest.raises(UserError, match="日付と時刻"):
        ledger_writing.enter_row(acting(store), cells=ROW | {"at": "2026-11-20"}, **YEAR)
    assert rows(store.database, LedgerRow) == []


def test_the_day_of_what_was_done_does_not_lie_ahead(store, monkeypatch):
    """A year typed wrong (R18 for R8) would stand in the ledger for good: no row is ever deleted."""
    columns = tuple(replace(one, is_past_event=True) if one.key in ("at", "back") else one for one in KEYS.columns)
    declare(monkeypatch, replace(KEYS, columns=columns))
    ahead = (NOW + timedelta(days=1)).isoformat(timespec="minutes")
    with pytest.raises(UserError, match="本日より後"):
        enter(store, at=ahead)
    first = enter(store)
    for column, reason in (("at", "書き違い"), ("back", "")):
        with pytest.raises(UserError, match="本日より後"):
            ledger_writing.correct_row(acting(store), row_key=first, column=column, value=ahead, reason=reason, **YEAR)
    ledger_writing.correct_row(
        acting(store), row_key=first, column="back", value=NOW.isoformat(timespec="minutes"), reason="", **YEAR
    )


def test_what_the_ward_writes_down_afterwards_is_declared_so():
    done = {"授受日時", "受領確認日", "提供日", "回収・停止日", "日時", "照会日", "済んだ日", "届出日"}
    found = {one.title for each in LEDGERS.all() if each.allows_typed_rows for one in each.columns if one.is_past_event}
    assert done <= found
    assert not found & {"返却予定", "持込日", "従事開始日", "従事終了予定日"}


def test_undo_marks_what_was_written_and_a_number_is_never_given_again(store):
    first = enter(store)
    ledger_writing.correct_row(acting(store), row_key=first, column="count", value="3", reason="数え直した", **YEAR)
    history_services.undo(store, **WHO)
    line = book(store).line(first)
    assert line.cells["count"] == "2"
    assert [one.withdrawn for one in line.corrections] == [True]
    history_services.redo(store, **WHO)
    assert book(store).line(first).cells["count"] == "3"
    history_services.undo(store, **WHO)
    history_services.undo(store, **WHO)
    assert book(store).line(first).cancel_reason
    second = enter(store)
    assert (book(store).line(first).number, book(store).line(second).number) == (1, 2)


def test_rows_of_other_records_get_their_number_when_somebody_relies_on_it(store, monkeypatch):
    held = [drawn(1), drawn(2, at=NOW - timedelta(days=1))]
    declare(monkeypatch, with_rows(KEYS, held))
    assert {line.key: line.number for line in book(store).lines} == {"rooms:2": 1, "rooms:1": 2}
    typed = enter(store)
    assert book(store).line(typed).number == 3
    held.append(drawn(3, at=NOW - timedelta(days=9)))
    assert book(store).line("rooms:3").number == 4
    assert [one.number for one in rows(store.database, LedgerNumber)] == [1, 2]
    history_services.undo(store, **WHO)
    assert [one.number for one in rows(store.database, LedgerNumber)] == [1, 2]
    history_services.redo(store, **WHO)
    assert [one.number for one in rows(store.database, LedgerNumber)] == [1, 2]
    del held[0]
    gone = book(store).line("rooms:1")
    assert (gone.number, gone.cells["room"], gone.cancel_reason) == (2, "部屋1", "元の記録が取り消されました")
    with pytest.raises(UserError, match="元の記録で取り消して"):
        ledger_writing.cancel_row(acting(store), row_key="rooms:2", reason="x", **YEAR)
    ledger_writing.correct_row(acting(store), row_key="rooms:2", column="count", value="5", reason="数え直した", **YEAR)
    assert book(store).line("rooms:2").cells["count"] == "5"


def test_what_the_record_of_a_row_says_is_said_there_and_never_filled_in_or_emptied_here(store, monkeypatch):
    held = [drawn(1)]
    ledger = with_rows(KEYS, held)
    columns = (*KEYS.columns[:-1], replace(KEYS.columns[-1], recorded_elsewhere="鍵の画面の「返却を記録」"))
    declare(monkeypatch, replace(ledger, columns=columns))
    back = {"row_key": "rooms:1", "column": "back", "reason": "書き違い", **YEAR}
    with pytest.raises(UserError, match="鍵の画面の「返却を記録」で記録してください"):
        ledger_writing.correct_row(acting(store), value="2026-11-20T16:00", **back)
    assert not book(store).line("rooms:1").cells.get("back")
    held[0] = replace(held[0], cells={**held[0].cells, "back": "2026-11-20T16:00"})
    with pytest.raises(UserError, match="管理簿では空にできません"):
        ledger_writing.correct_row(acting(store), value="", **back)
    ledger_writing.correct_row(acting(store), value="2026-11-20T15:00", **back)
    assert book(store).line("rooms:1").cells["back"] == "2026-11-20T15:00"
    held[0] = drawn(1)
    line = book(store).line("rooms:1")
    assert (line.cells.get("back"), len(line.corrections)) == (None, 1)
    typed = enter(store)
    ledger_writing.correct_row(acting(store), **back | {"row_key": typed, "value": "2026-11-20T16:00", "reason": ""})
    assert book(store).line(typed).cells["back"] == "2026-11-20T16:00"


def test_a_printed_ledger_fixes_the_numbers_of_its_rows(store, monkeypatch):
    held = [drawn(1)]
    declare(monkeypatch, with_rows(KEYS, held))
    scope = DocumentScope(fiscal_year=2026)
    content = documents.build_document(store, scope=scope, kind=KEYS.title, now=NOW)
    made = documents.render(content=content, format="pdf")
    document_saving.log_print(acting(store), scope=scope, kind=KEYS.title, copies=1, pages=made.pages, rendered=made)
    held.insert(0, drawn(9, at=NOW - timedelta(days=30)))
    assert {line.key: line.number for line in book(store).lines} == {"rooms:1": 1, "rooms:9": 2}


def test_a_doubt_is_answered_by_a_question_or_a_reason_or_a_correction(store, monkeypatch):
    def many(_database, _programme, found, _today):
        for line in found.lines:
            if int(line.cells["count"]) > 3:
                yield LedgerDoubt(
                    row=line.key,
                    rule="多い",
                    words="本数が多い",
                    explanation="本数を確かめてください。",
                    column="count",
                )

    declare(monkeypatch, replace(KEYS, doubt_rules=(many,)))
    one, two = enter(store, count="5"), enter(store, count="9")
    assert ledger_reading.count_open_doubts(store, today=NOW.date()) == 2
    answer = {"row_key": one, "rule": "多い", **YEAR}
    with pytest.raises(UserError, match="書かれていません"):
        ledger_writing.answer_doubt(acting(store), how=NoteKind.REASON, words=" ", **answer)
    ledger_writing.answer_doubt(acting(store), how=NoteKind.INQUIRY, words="本数を尋ねた", **answer)
    summary = ledger_reading.read_overview(store, fiscal_year=2026, today=NOW.date())[0]
    assert (summary.open_doubts, summary.asked_doubts) == (1, 1)
    ledger_writing.answer_doubt(acting(store), how=NoteKind.REASON, words="合鍵を含む", **answer)
    ledger_writing.correct_row(acting(store), row_key=two, column="count", value="2", reason="書き違い", **YEAR)
    summary = ledger_reading.read_overview(store, fiscal_year=2026, today=NOW.date())[0]
    assert (summary.open_doubts, summary.asked_doubts) == (0, 0)
    with pytest.raises(UserError, match="もうありません"):
        ledger_writing.answer_doubt(acting(store), how=NoteKind.REASON, words="x", **answer | {"row_key": two})


def test_a_check_stands_on_home_until_it_is_noted_and_a_row_is_found_by_the_search(store):
    today = NOW.date()
    enter(store, room="第二倉庫")
    with pytest.raises(UserError, match="点検を始める日"):
        ledger_writing.set_ledger(acting(store), every="毎月", begins=None, basis="", keep_years=5, **YEAR)
    ledger_writing.set_ledger(acting(store), every="毎月", begins=today, basis="区の鍵の手順", keep_years=5, **YEAR)
    view = ledger_reading.read_ledger(store, key="keys", fiscal_year=2026, today=today)
    assert view.basis == "区の鍵の手順"

    def on_home():
        rows_of = (row for row in read_home(store, today=today).rows if row.task.label == "鍵の貸出簿を点検する")
        return [(row.task.due, row.link.ledger, row.task.bucket, row.task.is_contract_duty) for row in rows_of]

    assert on_home() == [(today, "keys", "今日", False)]
    ledger_writing.note_check(acting(store), remark="", **YEAR)
    assert on_home() == []
    assert [one.due for one in due_checks(store.database, today)] == [date(2027, 1, 1)]
    assert [one.by for one in book(store).checks] == [BY]
    history_services.undo(store, **WHO)
    assert book(store).checks == ()
    assert [one.due for one in due_checks(store.database, today)] == [today]
    found = search_everything(store, text="第二倉庫", today=today)
    item = next(one for group in found.groups for one in group.items if one.link and one.link.action == "管理簿")
    assert (item.link.ledger, item.link.text) == ("keys", "1")
    assert any(
        one.title == KEYS.title for group in search_everything(store, text="鍵の貸出").groups for one in group.items
    )


@pytest.mark.parametrize(
    ("every", "last", "due"),
    [
        ("毎週", date(2026, 12, 1), date(2026, 12, 8)), ("毎月", date(2027, 1, 31), date(2027, 2, 28)),
        ("毎月", date(2027, 3, 31), date(2027, 4, 30)), ("四半期ごと", date(2026, 11, 30), date(2027, 2, 28)),
        ("年1回", date(2028, 2, 29), date(2029, 2, 28)), ("毎月", None, date(2026, 10, 1)), ("", None, None),
    ],
)  # fmt: skip
def test_the_next_check_is_counted_from_the_last(every, last, due):
    assert next_check_day(every, date(2026, 10, 1), last) == due

"""The rows of a ledger as printed: values in words, what is corrected struck out, every correction below its row."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.ledgers import documents, rules
from app.ledgers.documents import CheckSheetContent
from app.ledgers.rules import (
    CLOUD,
    RISKS,
    CheckedItem,
    CheckOutcome,
    LedgerColumn,
    LedgerNames,
)
from db.records.ledgers import CheckSheet, LedgerNote, LedgerRow

AT = datetime(2026, 11, 20, 9, 5)
COLUMNS = (
    LedgerColumn("at", "貸出日時", "moment"),
    LedgerColumn("room", "場所", width=60),
    LedgerColumn("count", "本数", "number", unit="本"),
    LedgerColumn("lock", "合鍵", only_when=("count", ("2",)), width=50),
    LedgerColumn("back", "返却日時", "moment", filled_later=True),
    LedgerColumn("event", "実施回", "event", is_required=False),
    LedgerColumn("memo", "用途", has_print_column=False),
    LedgerColumn("note", "備考", has_print_column=False),
)
CELLS = {"at": "2026-11-20T09:05", "room": "倉庫", "count": "2", "event": "3", "memo": "点検\nのため", "note": "予備"}
SAID = "用途 点検 のため　予備"


def note(about, old, new, part, **given):
    kept = {"row_key": "typed:1", "what": "訂正", "reason": "数え直した", "by": "見本　係員", "at": AT}
    return LedgerNote(programme_id=1, ledger="keys", about=about, old=old, new=new, part=part, **kept | given)


def book(*notes, cells=CELLS, derived=(), numbers=(), **given):
    row = LedgerRow(id=1, programme_id=1, ledger="keys", number=8, cells=cells, by="見本　係員", at=AT, **given)
    names = LedgerNames(events={"3": "第3回"})
    return rules.build_book(COLUMNS, typed_rows=[row], derived=derived, notes=notes, numbers=numbers, names=names)


def printed(made, totals=()):
    facts = SimpleNamespace(totals=totals)
    rows = [row for line in made.lines for row in documents._printed_rows(made, line, facts)]
    return [(row.cells, sorted(row.struck), row.correction, row.cancelled, row.counts) for row in rows]


def test_a_row_says_every_value_in_words_and_what_is_missing():
    holds = (("倉庫", lambda cells: cells.get("room") == "倉庫", False), ("外", lambda cells: not cells, True))
    whole = ("8", "R8.11.20(金)\n9:05", "倉庫", "2本", "未記入", "未", "第3回", f"{SAID}　手入力")
    assert printed(book(), holds) == [(whole, [], False, False, ("倉庫",))]
    few = printed(book(cells={"count": "1", "event": "9"}, received_on=date(2026, 11, 24)))
    assert few == [
        (("8", "未記入", "未記入", "1本", "—", "未", "—", "様式（受領 令和8年11月24日）"), [], False, False, ())
    ]
    off = printed(book(withdrawn=True), holds)
    said = f"取消：記入を元に戻しました　{SAID}　手入力"
    assert off == [((*whole[:-1], said), [], False, True, ())]


def test_corrections_stand_below_their_row_and_only_the_last_value_holds():
    counts = (note("count", "2", "3", 1), note("count", "3", "", 2), note("count", "", "4", 3, withdrawn=True))
    moved = note("at", "2026-11-20T09:05", "2026-11-20T10:00", 4)
    first, *rows = printed(book(*counts, moved, note("memo", "点検\nのため", "行事", 5), note("old", "あ", "い", 6)))
    remark = "訂正は8-1、8-2、8-4、8-5、8-6　用途 行事　予備　手入力"
    assert first == (
        ("8", "R8.11.20(金)\n9:05", "倉庫", "2本", "未記入", "未", "第3回", remark), [1, 3], False, False, (),
    )  # fmt: skip
    stamp, why, by = "R8.11.20(金)\n9:05", "理由：数え直した", "見本　係員"
    assert rows == [
        (("8-1", stamp, "（訂正行）No 8の本数", "3本", "", "", "", f"{why}　元の値 2本　{by}"), [3], True, False, ()),
        (("8-2", stamp, "（訂正行）No 8の本数", "—", "", "", "", f"{why}　元の値 3本　{by}"), [], True, False, ()),
        (("8-3", stamp, "（訂正行）No 8の本数", "4本", "", "", "", f"取消（数え直した）　元の値 —　{by}"),
         [], True, True, ()),
        (("8-4", "R8.11.20(金)\n10:00", "（訂正行）No 8の貸出日時", "", "", "", "",
          f"{why}　元の値 R8.11.20(金) 9:05　{by}　R8.11.20(金) 9:05"), [], True, False, ()),
        (("8-5", stamp, "（訂正行）No 8の用途　行事", "", "", "", "", f"{why}　元の値 点検 のため　{by}"),
         [], True, False, ()),
        (("8-6", stamp, "（訂正行）No 8のold　い", "", "", "", "", f"{why}　元の値 あ　{by}"), [], True, False, ()),
    ]  # fmt: skip


@pytest.mark.parametrize(("length", "says"), [(60, None), (61, "No 8")])
def test_a_long_value_is_said_once(length, says):
    old, new = "あ" * length, "い" * length
    rows = printed(book(note("room", old, new, 1), note("room", new, "倉庫", 2), cells=CELLS | {"room": old}))
    found = [cells[-1].split("　")[1] for cells, *_rest in rows[1:]]
    assert found == ([f"元の値 {says}の行", f"元の値 {says}-1の行"] if says else [f"元の値 {old}", f"元の値 {new}"])
    assert [cells[2] for cells, *_rest in rows[1:]] == [new, "倉庫"]
    assert [cells[4] for cells, *_rest in rows[1:]] == ["（訂正行）No 8の場所"] * 2


def test_a_day_that_lies_before_the_one_it_follows_is_said():
    columns = (LedgerColumn("day", "日", "day"), LedgerColumn("back", "返却", "day"))
    pairs = [({"day": "2026-11-20", "back": back}, ("day", "back")) for back in ("", "2026-11-19", "2026-11-20")]
    assert [rules.day_order_problem(columns, *one) for one in pairs] == ["", "返却が、日より前です。", ""]
    assert rules.day_order_problem(columns, {"back": "2026-11-19"}, ("day", "back")) == ""


def test_a_check_sheet_says_what_stands_behind_a_judgement_and_who_took_it_in():
    def text(check, judgement, **given):
        return documents._evidence_text(check, CheckedItem(item=check.items[0], judgement=judgement, **given))

    known, asked = {"evidence": "規約", "measure": "照会"}, {"remark": "根拠が要ります", "measure": "照会"}
    assert [text(CLOUD, "対象外", **known), text(RISKS, "対象外", **known)] == ["規約", "規約\n対策　照会"]
    assert [text(RISKS, "適合", **known), text(RISKS, "要確認", **asked)] == ["規約", "根拠が要ります"]
    assert [text(RISKS, "対象外", measure="照会"), text(RISKS, "対象外")] == ["対策　照会", "—"]
    given = ({}, {"risk": "漏えい", "measure": "照会", "due": "2026-08-24"}, {"due": "あした", "responsible": "受託者"})
    found = [CheckedItem(item=CLOUD.items[1], judgement="不適合", **one) for one in given]
    assert documents._risks(found).rows == (
        ("2", "—", "—", "—"), ("2", "漏えい", "照会", "R8.8.24"), ("2", "—", "—", "受託者"),
    )  # fmt: skip
    day, open_words = date(2026, 8, 24), "受領 　　月　　日　確認者"
    for received, review, words in (
        (None, None, open_words), (None, day, f"{open_words}　見直し R8.8.24まで"),
        (day, None, "受領 R8.8.24　確認者 係員"),
    ):  # fmt: skip
        taken = {"received_on": received, "review_on": review, "checked_by": "係員", "by": "", "at": AT}
        sheet = CheckSheet(programme_id=1, list="cloud_risks", number=1, **taken)
        outcome = CheckOutcome(counts={"適合": 9, "不適合": 1, "要確認": 0, "対象外": 2}, overall="選定不可")
        rows = dict(documents._judgement_rows(RISKS, CheckSheetContent(sheet=sheet, answers=(), outcome=outcome)))
        counted = "利用不可　（許容 9　許容できない 1　要確認 0　低減して許容 2　計12）"
        assert rows == {"総合判定": counted, "区使用欄": words}

"""The rows of a ledger as printed: values in words, what is corrected struck out, every correction below its row."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest

from app.ledgers import documents, rules
from app.ledgers.rules import DerivedRow, LedgerColumn, LedgerDoubt, LedgerNames
from db.records.ledgers import LedgerNote, LedgerNumber, LedgerRow

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


def test_rows_of_other_records_follow_the_numbered_ones_and_one_that_is_gone_keeps_its_number():
    def drawn(key, minute, **given):
        at = AT.replace(minute=minute)
        return DerivedRow(key=key, cells={"room": key}, written_at=at, made_by="渡した", **given)

    kept = [
        LedgerNumber(programme_id=1, ledger="keys", source_key=key, number=number, cells={"room": "前"}, at=AT)
        for key, number in (("a", 2), ("gone", 9))
    ]
    derived = [drawn("late", 9), drawn("early", 1), drawn("a", 5, withdrawn=True, event_id=7)]
    made = book(derived=derived, numbers=kept)
    asked = ("key", "number", "made_by", "cancel_reason", "event_id")
    assert [(*(getattr(one, name) for name in asked), one.cells["room"]) for one in made.lines] == [
        ("a", 2, "渡した", "元の記録で取消", None, "a"),
        ("typed:1", 8, "手入力", "", 3, "倉庫"),
        ("gone", 9, "", "元の記録が取り消されました", None, "前"),
        ("early", 10, "渡した", "", None, "early"),
        ("late", 11, "渡した", "", None, "late"),
    ]  # fmt: skip
    assert (made.next_number, made.fixed_number_keys) == (12, {"a", "gone"})
    days = (date(2026, 11, 1), date(2026, 12, 20), date(2025, 11, 20))
    assert [made.count_in_month(day) for day in days] == [1, 0, 0]
    assert [one.key for one in made.counted_lines] == ["typed:1", "early", "late"]


def test_a_doubt_has_its_newest_answer_and_a_cancelled_row_none():
    def answer(what, **given):
        return note("多い", "", "", 0, what=what, **given)

    doubts = [LedgerDoubt(row=row, rule="多い", words="", explanation="") for row in ("typed:1", "typed:2")]
    for notes, state in (
        ((), "open"), ((answer("照会"),), "asked"), ((answer("理由"), answer("照会")), "asked"),
        ((answer("照会"), answer("理由")), "settled"), ((answer("照会"), answer("理由", withdrawn=True)), "asked"),
        ((note("多い", "", "", 1),), "open"),
    ):  # fmt: skip
        made = rules.with_doubts(book(*notes), doubts, notes)
        assert [one.state for one in made.lines[0].doubts] == [state]
        assert (made.count_open_doubts(), made.count_asked_doubts()) == (state == "open", state == "asked")
    off = (note("", "", "", 0, what="取消", reason="二重"),)
    assert [(one.cancel_reason, one.doubts) for one in rules.with_doubts(book(*off), doubts, off).lines] == [
        ("二重", ())
    ]


def test_cells_are_said_by_their_kind():
    day, moment, number, plain = (
        LedgerColumn("x", "欄", kind, unit="本") for kind in ("day", "moment", "number", "text")
    )
    cases = {
        (day, "2026-11-20"): ("11/20(金)", "2026/11/20"), (day, "未定"): ("未定", "未定"),
        (day, "2026-11-20T09:05"): ("11/20(金)", "2026/11/20"), (moment, "2026-11-20"): ("11/20(金)", "2026/11/20"),
        (moment, "2026-11-20T09:05"): ("11/20(金) 9:05", "2026/11/20 9:05"), (number, ""): ("", ""),
        (number, "0"): ("0本", "0本"), (plain, "2026-11-20"): ("2026-11-20", "2026-11-20"),
    }  # fmt: skip
    names = LedgerNames()
    assert {
        key: (rules.screen_words(*key, names, AT.date()), rules.workbook_words(*key, names)) for key in cases
    } == cases
    values = (None, "", 0, True, False, date(2026, 11, 20), AT, "あ")
    assert [rules.to_cell(one) for one in values] == ["", "", "0", "有", "無", "2026-11-20", "2026-11-20T09:05", "あ"]


def test_what_a_row_may_not_say():
    columns = (
        LedgerColumn("day", "日", "day", is_past_event=True),
        LedgerColumn("at", "時", "moment", is_required=False),
        LedgerColumn("count", "数", "number", is_required=False),
        LedgerColumn("safe", "格納", "yes_no"),
        LedgerColumn("how", "方法", choices=("甲", "乙"), only_when=("safe", ("有",))),
        LedgerColumn("back", "返却", "day", filled_later=True),
    )

    def problems(**cells):
        return [one.sentence for one in rules.find_problems(columns, cells)]

    assert problems() == ["日が書かれていません。", "格納が書かれていません。"]
    assert problems(day="2026-11-20", safe="無", how="丙") == []
    assert problems(day="あした", at="2026-11-20", count="２", safe="あり", back="x") == [
        "日は日付で入力してください。",
        "時は日付と時刻で入力してください。",
        "数は数字で入力してください。",
        "格納は「有」「無」から選んでください。",
        "返却は日付で入力してください。",
    ]
    assert problems(day="2026-11-20", safe="有") == ["方法が書かれていません。"]
    assert problems(day="2026-11-20", safe="有", how="丙") == ["方法は「甲」「乙」から選んでください。"]
    days = ("", "2026-11-20", "2026-11-21")
    ahead = [rules.future_day_problem(columns, {"day": day, "back": "2027-01-01"}, AT.date()) for day in days]
    assert ahead == ["", "", "日の11/21(土)が、本日より後です。"]
    pairs = [({"day": "2026-11-20", "back": back}, ("day", "back")) for back in ("", "2026-11-19", "2026-11-20")]
    assert [rules.day_order_problem(columns, *one) for one in pairs] == ["", "返却が、日より前です。", ""]
    assert rules.day_order_problem(columns, {"back": "2026-11-19"}, ("day", "back")) == ""

"""許可・承認簿: what the ward allows, whatever clause asks for it, and what is doubtful about it; nothing stops."""

from datetime import date

from app.ledgers.services import ledger_writing
from app.ledgers.services.ledger_reading import read_ledger
from app.received.services import ReceiptScope, judge_point, receive_paper
from app.submissions.deliverables.services.allowance_ledger import KEY, PERMISSION_LEDGER
from db.records.ledgers import NoteKind
from db.records.submissions.received import PointResult, Receipt
from tests.support.ledgers import emptied
from tests.support.sample import NOW, acting, sample_store
from tests.support.stores import made_by

AT = {"key": KEY, "fiscal_year": 2026}
TODAY = NOW.date()
store = made_by(lambda place: emptied(sample_store(place)))


def enter(store, **cells):
    given = {
        "begins": "2026-11-20", "sort": "第三者への提供", "what": "事例集", "grade": "情報", "party": "見本新聞",
        "reason": "紹介", **cells,
    }  # fmt: skip
    return f"typed:{ledger_writing.enter_row(acting(store), cells=given, **AT).id}"


def doubts(store, row_key):
    book = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY).book
    return [(one.doubt.words, one.doubt.basis) for one in book.line(row_key).doubts]


def say(store, row_key, column, value):
    ledger_writing.correct_row(acting(store), row_key=row_key, column=column, value=value, reason="", **AT)


def test_what_has_begun_without_an_answer_is_asked_about_until_it_is_answered_before_it_began(store):
    row, later = enter(store), enter(store, begins="2026-12-20")
    assert doubts(store, row) == [("許可・承認がないまま始まっています", "特14")]
    assert doubts(store, later) == []
    say(store, row, "answer", "許可・承認")
    say(store, row, "answered", "2026-11-25")
    assert doubts(store, row) == [("始まったあとの許可・承認です", "特14")]
    rule = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY).book.line(row).doubts[0].doubt.rule
    ledger_writing.answer_doubt(
        acting(store), row_key=row, rule=rule, how=NoteKind.REASON, words="協議 第7号で口頭で認めた", **AT
    )
    (answered,) = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY).book.line(row).doubts
    assert answered.state == "settled"


def test_what_was_refused_is_not_said_to_have_begun(store):
    row = enter(store)
    say(store, row, "answer", "不許可・不承認")
    assert doubts(store, row) == []


def test_a_confirmation_about_another_firm_is_not_that_of_this_one(store):
    cells = {"sort": "再委託", "grade": "個人情報", "begins": "2026-12-10"}
    mine, other = enter(store, party="見本運送", **cells), enter(store, party="見本印刷", **cells)
    for row in (mine, other):
        say(store, row, "answer", "許可・承認")
        say(store, row, "answered", "2026-11-30")
    paper = receive_paper(
        acting(store),
        kind="再委託の確認書",
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=date(2026, 11, 30), original_place="紙ファイル"),
    )
    judge_point(
        acting(store),
        paper_id=paper.id,
        point="再委託先の名称・所在地",
        result=PointResult.FINE,
        note="見本印刷株式会社",
    )
    assert doubts(store, mine) == [("確認書を受け取る前の承認です", "特15-2")]
    assert doubts(store, other) == []
    judge_point(
        acting(store), paper_id=paper.id, point="再委託先の名称・所在地", result=PointResult.FINE, note="登記と同じ"
    )
    assert doubts(store, mine) == [], "a remark that names none of the firms says nothing"


def test_what_the_clause_excepts_is_named_even_when_it_was_allowed(store):
    row = enter(store, grade="重要情報", begins="2026-12-10")
    say(store, row, "answer", "許可・承認")
    assert doubts(store, row) == [("重要情報は第三者に提供できません", "特14")]


def test_personal_data_of_a_subcontract_wants_the_confirmation_before_the_answer(store):
    row = enter(store, sort="再委託", grade="個人情報", begins="2026-12-10")
    say(store, row, "answer", "許可・承認")
    say(store, row, "answered", "2026-11-30")
    assert doubts(store, row) == [("確認書を受け取る前の承認です", "特15-2")]
    receive_paper(
        acting(store),
        kind="再委託の確認書",
        scope=ReceiptScope(programme_id=1),
        receipt=Receipt(received_on=date(2026, 11, 30), original_place="紙ファイル"),
    )
    assert doubts(store, row) == []


def test_things_that_are_brought_stand_in_it_from_their_own_ledger(store):
    cells = {
        "brought": "2026-12-08", "place": "見本区民館", "goods": "延長コード", "quantity": "4", "use": "充電",
        "computer": "無",
    }  # fmt: skip
    goods = ledger_writing.enter_row(acting(store), cells=cells, **{**AT, "key": "goods"})
    (line,) = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY).book.lines
    assert (line.made_by, line.cells["sort"], line.cells["what"]) == ("物品持込許可簿", "物品の持込み", "延長コード　4")
    assert "answer" not in line.cells
    ledger_writing.correct_row(
        acting(store), row_key=f"typed:{goods.id}", column="answer", value="許可", reason="", **{**AT, "key": "goods"}
    )
    (line,) = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY).book.lines
    assert line.cells["answer"] == "許可・承認"


def test_the_basis_is_right_for_its_shelf_and_the_wards_own_rule_takes_its_place(store):
    view = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY)
    assert view.basis == f"アプリの目安（関係する条項　{PERMISSION_LEDGER.clause}）"
    ledger_writing.set_ledger(
        acting(store), every="", begins=None, basis="区情報安全対策要領 第9条", keep_years=5, **AT
    )
    view = read_ledger(store, key=KEY, fiscal_year=2026, today=TODAY)
    assert view.basis.startswith("区情報安全対策要領 第9条（")
    bases = {
        key: read_ledger(store, key=key, fiscal_year=2026, today=TODAY).basis
        for key in ("transfers", "takeouts", "goods", "workers", "tablet_loans", "provided")
    }
    assert {key for key, basis in bases.items() if basis.startswith("アプリの目安")} == {
        "transfers", "takeouts", "goods", "provided",
    }  # fmt: skip
    assert (bases["workers"], bases["tablet_loans"]) == ("特7（番号は出現順）", "仕4(1)ク（番号は出現順）")

"""参加者決定の記録 on paper: short numbers that tell everybody apart, days with their year, and no line over."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import RosterLine, Table
from app.documents.event_facts import PeopleFacts
from app.documents.services import documents
from app.event.services.event_facts import planned_facts
from app.events.roster.documents import (
    ManualChange,
    SelectionResultLine,
    _application_time_text,
    _table,
    distinguishing_digits,
    not_applied_list,
    roster_sheet,
    selection_record,
)
from app.events.roster.rules import SelectionTerms
from app.events.roster.services import selection_documents, selections
from app.programme.intake import preset
from db.records.events import Event
from db.records.roster import Selection, SelectionLine
from tests.support.entries import put_entry, put_organisation
from tests.support.paper_lines import assert_says, came, lines_of, run_on
from tests.support.paper_words import pages_of
from tests.support.years import BY, add_lecture, plain_context, started_year

NOW = datetime(2026, 9, 10, 9, 12)
PAGE_WIDTH = 165


@pytest.fixture
def content(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store)
    for number in range(13):
        club = put_organisation(store, f"みほん{number}丁目町会")
        for second in range(2):
            put_entry(store, event, f"みほん {2 * number + second}号", organisation_id=club)
    terms = SelectionTerms(method="抽選", capacity=20, seed="20260910", organisations_first=True, organisation_limit=1)
    selections.save_selection(ActionContext(store, BY, NOW), event_id=event, terms=terms)
    return documents.build_document(store, event_id=event, kind=selection_documents.RECORD, now=NOW)


def test_the_lines_are_counted_the_days_have_their_year_and_the_numbers_are_short(content):
    table = next(block for block in content.blocks if isinstance(block, Table) and block.name == "結果")
    assert [row[0] for row in table.rows] == [str(number) for number in range(1, 27)]
    titles = [column.title for column in table.columns]
    drawn = [row[titles.index("抽選の数")] for row in table.rows]
    assert all(re.fullmatch(r"[0-9a-f]{4,6}(\n団体\d+ [0-9a-f]{4,6})?", words) for words in drawn)
    assert len(set(drawn)) == 26
    assert all(row[titles.index("申込日時")].startswith("R8.") for row in table.rows)


def test_twenty_six_lines_stand_on_two_pages(content):
    pages = pages_of(content)
    assert len(pages) == 2
    assert "もう一度確かめる方法" in pages[1]


def test_numbers_that_begin_alike_are_printed_longer():
    def chosen(*draws: str) -> Selection:
        lines = tuple(
            SelectionLine(entry_id=number, order=number, draw=draw, result="決定") for number, draw in enumerate(draws)
        )
        return Selection(event_id=1, method="抽選", capacity=20, made_at=NOW, by=BY, lines=lines)

    assert distinguishing_digits(chosen("0123456789abcdef", "1123456789abcdef")) == 4
    assert distinguishing_digits(chosen("0123456789abcdef", "0123456f89abcdef")) == 8


@pytest.mark.parametrize("method", ["抽選", "先着順"])
def test_the_table_of_a_choice_is_as_wide_as_the_page(method):
    line = SelectionLine(entry_id=1, order=1, draw="0123456789abcdef", result="決定")
    chosen = Selection(event_id=1, method=method, capacity=20, made_at=NOW, by=BY, lines=(line,))
    assert sum(column.width for column in _table(chosen, []).columns) == PAGE_WIDTH


@pytest.mark.parametrize(("method", "drawn"), [("抽選", True), ("先着順", False)])
def test_who_is_chosen_stands_out_in_the_table_and_each_line_has_its_reason_last(method, drawn):
    results = ("決定", "補欠1", "決定", "落選")
    lines = tuple(
        SelectionLine(entry_id=40 + n, order=n + 1, draw=f"{n}123456789abcdef", result=result, why=f"理由{n}")
        for n, result in enumerate(results)
    )
    chosen = Selection(event_id=1, method=method, capacity=20, made_at=NOW, by=BY, lines=lines)
    table = _table(chosen, [SelectionResultLine(line=one, organisation="みほん町会", name="見本") for one in lines])
    assert table.bold_rows == (0, 2)
    assert {len(row) for row in table.rows} == {len(table.columns)} == {8 if drawn else 7}
    assert ("抽選の数" in [column.title for column in table.columns]) == drawn
    assert [(row[0], row[1], row[2], row[-1]) for row in table.rows] == [
        (str(n + 1), str(40 + n), result, f"理由{n}") for n, result in enumerate(results)
    ]


KIND = preset().kinds[0]
EVENT = planned_facts(
    Event(
        id=1,
        kind=KIND.kind,
        form=KIND.form,
        subject="LINE",
        ordinal=2,
        event_date=date(2026, 9, 24),
        venue="区民館",
        start_time="14:00",
        end_time="16:00",
    ),
    KIND,
)


def test_the_record_says_every_rule_that_was_applied_and_how_to_repeat_it():
    lines = (
        SelectionLine(
            entry_id=41, order=1, draw="0123456789abcdef", result="決定", why="抽選の順", organisation="団体7",
            organisation_draw="1123456789abcdef", applied_at=datetime(2026, 9, 1, 9, 5, 7),
        ),
        SelectionLine(entry_id=42, order=2, draw="2123456789abcdef", result="補欠1", why="定員", organisation="例会"),
        SelectionLine(entry_id=43, order=3, result="落選", why="定員"),
    )  # fmt: skip
    whole = Selection(
        event_id=1,
        method="抽選",
        seed="20260910",
        capacity=1,
        organisation_limit=1,
        organisations_first=True,
        not_chosen_first=True,
        reason="立会い　見本",
        lines=lines,
        made_at=NOW,
        by=BY,
    )
    named = [SelectionResultLine(line=one, organisation="みほん会", name="見本") for one in lines]

    def said(selection, changes=(), earlier=0):
        given = {"version": 2, "manual_changes": changes, "earlier_count": earlier}
        return lines_of(selection_record(plain_context(), EVENT, selection, named, **given))

    changed = ManualChange(selection=replace(whole, reason="辞退"), result_line=named[1])
    first = said(whole, [changed], 2)
    assert_says(
        run_on(first),
        """
        26行 ⏎ 参加者決定の記録 ⏎ 事業：デジタル活用講習会　第2回「LINE」 ⏎ 日時：令和8年9月24日（木）　午後2時から午後4
        　　時まで ⏎ 会場：区民館 ⏎ 決め方：抽選 ⏎ 決めた日時・者：令和8年9月10日 9時12分　見本 太郎 ⏎ 人数：申込 3人
        　　　決定 1人　補欠 1人　落選 1人 ⏎ 定員：1人 ⏎ 1団体の上限：1人 ⏎ 先にする方：1団体1人目を先に、前の実施回で外
        　　れた方を先に ⏎ 抽選の種：20260910 ⏎ 理由・立会いなど：立会い　見本 ⏎ 前の決定：この実施回では、前に2回決めて
        　　いる。この記録が最後のものである。 ⏎ ■1　順番の決め方 ⏎ 種と、枠の番号・申込日時から、1枠ずつ抽選の数を求め
        　　、小さい順に並べた（求め方は最後の項）。｜同じ申込の中では、小さい数から順に、氏名のある方、氏名未定の枠へ割
        　　り当てた。｜この年度の前の実施回で補欠・落選・決定取消となり、そのあと決定になっていない方を先にした。氏名未
        　　定の枠は、団体について同じようにみた。｜はじめに、団体ごとの抽選の数の順に、1団体から1人ずつ取った。つぎに、
        　　残りの方を並びの順に取った。｜定員1人まで決定とし、そのあとを補欠とした。1団体1人の上限に達した団体の方は、
        　　補欠の最後にまわした。 ⏎ ■2　結果　申込 3人　決定 1人　補欠 1人　落選 1人 ⏎ ［順｜番号｜結果｜団体｜氏名｜
        　　申込日時｜抽選の数｜理由］ ⏎ ◎1｜41｜決定｜みほん会｜見本｜R8.9.1 9:05:07｜0123 / 団体7 1123｜抽選の順 ⏎ 2
        　　｜42｜補欠1｜みほん会｜見本｜なし｜2123｜定員 ⏎ 3｜43｜落選｜みほん会｜見本｜なし｜｜定員 ⏎ ■3　そのあと手
        　　で変えたもの ⏎ ［日時｜した人｜団体・氏名｜変更後｜理由］ ⏎ 令和8年9月10日 9時12分｜見本 太郎｜みほん会　見
        　　本｜補欠1｜辞退 ⏎ ■4　もう一度確かめる方法 ⏎ 参加者を決める画面の「同じ種でもう一度確かめる」で、記録した申
        　　込者からもう一度抽選して比べることができる。別の道具でも、つぎのとおり同じ数になる。 ⏎ 抽選の数＝種を鍵とし
        　　、つぎの文字列を入れた HMAC-SHA-256 の、はじめの16桁（16進）。｜表には、全員の数を見分けられるはじめの4桁を
        　　載せる。｜文字列＝表の番号、縦棒、申込日時。例　41|2026-09-01T09:05:07｜団体の数＝「団体|」のあとに、表の「
        　　団体」と番号（登録のない団体は団体名）をつけた文字列から、同じように求める。｜数は小さいほど先になる。申込の
        　　順や、ほかの申込の数には左右されない。
        """,
    )
    plain = replace(
        whole,
        method="先着順",
        seed="",
        reason="",
        organisation_limit=None,
        organisations_first=False,
        not_chosen_first=False,
    )
    assert_says(
        run_on(said(plain), beside=first),
        """
        19行 ⏎ 決め方：先着順 ⏎ 1団体の上限：なし ⏎ 先にする方：なし ⏎ 申込日時の早い順に並べた。申込日時のない方は最後
        　　とした。同じ日時では、氏名のある方を先に、名簿に入った順とした。｜定員1人まで決定とし、そのあとを補欠とした
        　　。 ⏎ ［順｜番号｜結果｜団体｜氏名｜申込日時｜理由］ ⏎ ◎1｜41｜決定｜みほん会｜見本｜R8.9.1 9:05:07｜抽選の
        　　順 ⏎ 2｜42｜補欠1｜みほん会｜見本｜なし｜定員 ⏎ 3｜43｜落選｜みほん会｜見本｜なし｜定員 ⏎ ■3　もう一度確か
        　　める方法 ⏎ 参加者を決める画面の「もう一度確かめる」で、記録した申込日時からもう一度並べて比べることができる
        　　。
        """,
    )
    assert (
        "区が、申込の内容をみて決定にする方を1人ずつ選んだ。理由は上のとおり。｜ほかの方は、申込日時の早い順に補欠とした。"
        in said(replace(plain, method="区の調整"))
    )
    times = [None, datetime(2026, 9, 1, 9, 5), datetime(2026, 9, 1, 9, 5, 7)]
    assert [_application_time_text(one) for one in times] == ["なし", "R8.9.1 9:05", "R8.9.1 9:05:07"]


def test_the_check_in_list_has_its_sums_and_the_list_to_ask_its_branches():
    people = PeopleFacts(expected=5, expected_organisations=2, lent_devices=1, unknown_devices=2, care_count=1)
    lines = [
        RosterLine(number="1", organisation="甲"),
        RosterLine(number="2", organisation="乙", name="見本", walk_in=True),
    ]
    visit = replace(EVENT, year_kind=preset().kinds[1], event_date=None)
    held = roster_sheet(plain_context(), replace(EVENT, people=people), lines).blocks
    assert held[0].lead == "令和8年9月24日（木）　午後2時から午後4時まで（受付　午後1時30分から）　区民館"
    assert held[1].totals == (
        "予定　5人（2団体）　うち氏名未定　1人　ほかに当日受付　1人　貸与タブレット　1台　端末　未確認　2人　"
        "配慮　1件（●。内容は担当者が保持）"
    )
    for side, lender in (("区", "（区が準備）"), ("", "（用意する側は協議中）")):
        made = roster_sheet(plain_context(), replace(visit, people=people, tablet_side=side), lines[1:])
        assert (made.blocks[0].lead, lender in made.blocks[1].totals) == ("区民館", True)
    empty = roster_sheet(plain_context(), replace(EVENT, people=PeopleFacts(expected=1)), ())
    assert (empty.blocks[1].totals, empty.blocks[1].branch) == ("予定　1人（0団体）", "支部")
    given = {"coming": 8, "minimum": 10, "applied": 3}
    branches = [("第1支部", ("甲", "乙")), ("第2支部", ("丙",))]
    asked = not_applied_list(plain_context(), EVENT, branches, closing_day=date(2026, 9, 10), unwilling=1, **given)
    assert_says(
        run_on(lines_of(asked)),
        """
        8行 ⏎ 追加募集の対象団体｜デジタル活用講習会　第2回「LINE」　令和8年9月24日（木）　午後2時から午後4時まで｜参加
        　　予定 8人　仕様の下限 10人　受付締切 R8.9.10（木）　まだ申込のない団体 3団体 ⏎ ［連絡｜団体｜連絡した日・相手
        　　｜返事］ ⏎ ▼第1支部　2団体｜｜｜ ⏎ ｜甲｜｜ ⏎ ｜乙｜｜ ⏎ ▼第2支部　1団体｜｜｜ ⏎ ｜丙｜｜ ⏎ 申込のあった3
        　　団体を除いた。「希望しない（×）」の1団体も除いた。
        """,
    )
    plain = not_applied_list(plain_context(), EVENT, branches, closing_day=None, unwilling=0, **given)
    assert_says(
        run_on(came(lines_of(asked), lines_of(plain))),
        """
        2行 ⏎ 追加募集の対象団体｜デジタル活用講習会　第2回「LINE」　令和8年9月24日（木）　午後2時から午後4時まで｜参加
        　　予定 8人　仕様の下限 10人　まだ申込のない団体 3団体 ⏎ 申込のあった3団体を除いた。
        """,
    )

"""The ledgers of the sample year as they are read, and what writing into one says and refuses, by case."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.actions.user_error import UserError
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.ledgers import rules
from app.ledgers.rules import CLOUD, RISKS, LedgerColumn, LedgerDoubt
from app.ledgers.services import check_lists, ledger_reading, ledger_writing
from app.ledgers.services.ledger import CONTRACTORS, Total, find_ledger
from app.ledgers.services.ledger_writing import Correction
from app.programme.services import read_programme
from db.records.ledgers import LedgerSetting, NoteKind
from db.records.programme import Programme
from db.rows import row, rows
from tests.support.check_sheets import filled
from tests.support.ledgers import KEYS, ROW, declare, emptied
from tests.support.paper_lines import assert_paper
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.stores import made_by
from tests.support.view_lines import view_lines

store = made_by(sample_store)
TODAY = NOW.date()
YEAR = {"key": "keys", "fiscal_year": 2026}


class Story:
    """A ledger of its own in the sample year, and what its services say and refuse."""

    def __init__(self, store, patch, ledger=KEYS):
        self.store, self.lines = emptied(store), []
        declare(patch, ledger)

    def do(self, act, **given):
        try:
            result = act(acting(self.store), **YEAR | given)
        except UserError as error:
            self.lines.append(f"×{error}")
            return ""
        self.lines.append(f"→{result.message}")
        return f"typed:{result.id}"

    def book(self):
        return ledger_reading.read_ledger(self.store, key="keys", fiscal_year=2026, today=TODAY).book


@pytest.mark.parametrize("day", [TODAY, date(2026, 9, 30)])
def test_the_overview_of_a_year_counts_what_counts_and_says_when_each_ledger_is_checked(store, day):
    programme = row(store.database, Programme)
    with store.change(action="点検の設定", by=BY, now=NOW) as change:
        for key, begins in (("transfers", date(2026, 12, 1)), ("enquiries", date(2026, 11, 30))):
            change.insert(LedgerSetting(programme_id=programme.id, ledger=key, every="毎月", begins=begins))
    found = ledger_reading.read_overview(store, fiscal_year=2026, today=day)
    assert_paper(
        [
            f"{one.ledger.title}｜今月{one.count_this_month}・全{one.total}｜確認{one.open_doubts}・照会{one.asked_doubts}"
            f"｜{one.check_text}{'！' * one.is_check_overdue(day)}"
            for one in found
        ]
        + [f"確認を待つ {ledger_reading.count_open_doubts(store, today=day)}"]
        + [f"残る：{one}" for one in ledger_reading.read_open_work(store.database, programme, day)],
        f"{day}",
    )
    assert ledger_reading.count_open_doubts(store, today=date(2026, 3, 31)) == 0


@pytest.mark.parametrize("key", ["transfers", "enquiries", "workers", "cloud_risks"])
def test_a_ledger_of_the_year_is_read_row_by_row(store, key):
    view = ledger_reading.read_ledger(store, key=key, fiscal_year=2026, today=TODAY)
    names, columns = view.book.names, {one.key: one for one in view.book.columns}
    said = [f"{view.ledger.title}　{view.basis}", "・".join((*names.people, *names.choices.get("role", ())))]
    for entry in view.book.entries()[:12]:
        line = entry.line
        cells = [rules.screen_words(columns[one], text, names, TODAY) for one, text in line.cells.items()]
        said.append(f"{entry.number}　{line.day}　{line.made_by}{line.by}　{line.cancel_reason}｜{'｜'.join(cells)}")
        said += [f"　？{one.state} {one.doubt.words}　{one.doubt.basis}" for one in line.doubts]
    assert_paper(said, view.ledger.title)


def test_every_act_on_a_row_says_what_it_did_or_why_not(store, monkeypatch):
    def many(_database, _programme, found, _today):
        for line in found.lines:
            if line.cell("count") == "9":
                yield LedgerDoubt(row=line.key, rule="多い", words="本数が多い", explanation="")

    def apart(cells):
        return "同じ者です。" if cells.get("room") == cells.get("who") else ""

    story = Story(store, monkeypatch, replace(KEYS, doubt_rules=(many,), row_problem=apart, totals=(Total("", bool),)))
    first = story.do(ledger_writing.enter_row, cells=ROW | {"count": "9", "x": "ほか", "back": " "})
    second = story.do(ledger_writing.enter_row, cells=ROW)
    story.do(ledger_writing.enter_row, cells=ROW | {"who": "倉庫"})
    for column, value, reason in (
        ("count", "3", "数え直した"), ("count", "3", "数え直した"), ("count", "", "x"), ("who", "倉庫", "x"),
        ("back", "2026-11-20T16:00", ""), ("back", "2026-11-20T17:00", ""), ("none", "1", "x"),
    ):  # fmt: skip
        story.do(ledger_writing.correct_row, row_key=second, column=column, value=value, reason=reason)
    story.do(ledger_writing.correct_row, row_key="typed:99", column="count", value="1", reason="x")
    answer = {"row_key": first, "rule": "多い", "how": NoteKind.INQUIRY}
    for more in (
        {"words": ""},
        {"words": " 尋ねた "},
        {"words": "合鍵", "how": NoteKind.REASON},
        {"how": NoteKind.REASON},
    ):
        story.do(ledger_writing.answer_doubt, **{"words": "", **answer, **more})
    story.do(ledger_writing.answer_doubt, **answer | {"rule": "少ない", "words": "x"})
    for key, reason in ((first, " "), (first, "二重"), (first, "二重")):
        story.do(ledger_writing.cancel_row, row_key=key, reason=reason)
    setting = {"every": "毎月", "begins": TODAY, "basis": " 区の手順 ", "keep_years": 1}
    for more in ({"every": "毎日"}, {"begins": None}, {"keep_years": 0}, {}, {"every": "", "keep_years": 5}):
        story.do(ledger_writing.set_ledger, **setting | more)
    story.do(ledger_writing.note_check, remark=" よし ")
    story.do(ledger_writing.note_check, fiscal_year=2030)
    story.do(ledger_writing.note_check, key="none")
    story.lines += view_lines(rows(store.database, LedgerSetting, ledger="keys"))
    for one in story.book().entries():
        story.lines.append(
            "　".join((one.number, *view_lines(one.correction or one.line, "written_at", "corrections")))
        )
    assert_paper(story.lines, "行の記入・訂正・取消")


def test_several_corrections_of_one_act_are_numbered_one_after_the_other(store, monkeypatch):
    story = Story(store, monkeypatch)
    first = story.do(ledger_writing.enter_row, cells=ROW)
    given = (("back", "2026-11-20T16:00"), ("count", "3"), ("room", "会議室"), ("count", "4"))
    with store.change(action="様式", by=BY, now=NOW) as change:
        ledger_writing.insert_corrections(
            change,
            acting(store),
            corrections=[
                Correction(row_key=first, column=column, value=value, reason="様式") for column, value in given
            ],
            **YEAR,
        )
    line = story.book().line(first)
    assert [(one.part, one.about, one.old, one.new) for one in line.corrections] == [
        (1, "count", "2", "3"), (2, "room", "倉庫", "会議室"), (3, "count", "3", "4"),
    ]  # fmt: skip
    assert line.cells == ROW | {"back": "2026-11-20T16:00", "count": "4", "room": "会議室"}


def test_typed_rows_are_found_with_their_corrections_newest_first_and_no_more_than_asked_for(store, monkeypatch):
    note = LedgerColumn("day", "日", "day", is_required=False)
    story = Story(store, monkeypatch, replace(KEYS, columns=(*KEYS.columns, note)))
    keys = [story.do(ledger_writing.enter_row, cells=ROW | {"room": f"部屋{one}"}) for one in range(5)]
    story.do(ledger_writing.correct_row, row_key=keys[0], column="room", value="会議室", reason="誤り")
    story.do(ledger_writing.cancel_row, row_key=keys[1], reason="二重")
    with store.change(action="戻した", by=BY, now=NOW) as change:
        change.update(type(rows(store.database, ledger_writing.LedgerRow)[0]), int(keys[4][6:]), withdrawn=True)

    def found(limit, word):
        given = ledger_reading.find_rows(store.database, holds=lambda title, said: word in title + said, limit=limit)
        return [
            (one.ledger.title, one.fiscal_year, one.row_key, one.number, one.words, one.is_cancelled) for one in given
        ]

    who = ROW["who"]
    assert found(9, "部屋") == [
        (KEYS.title, 2026, keys[number], number + 1, f"部屋{number}　{who}", number == 1) for number in (3, 2, 1)
    ]
    assert found(2, "鍵の") == [(KEYS.title, 2026, keys[one], one + 1, f"部屋{one}　{who}", False) for one in (3, 2)]
    assert found(9, "会議室") == [(KEYS.title, 2026, keys[0], 1, f"会議室　{who}", False)]


def test_a_value_is_of_its_column_and_a_missing_one_is_said(store):
    kinds = read_programme(store).kinds
    roles = find_ledger("workers").column("role")
    day, moment = LedgerColumn("d", "日", "day"), LedgerColumn("m", "時", "moment")
    number, yes = LedgerColumn("n", "数", "number", unit="枚"), LedgerColumn("y", "格納", "yes_no")
    later = LedgerColumn("l", "後", filled_later=True, only_when=("y", ("有",)))
    cases = [
        (roles, "講師", kinds), (roles, "監督", kinds), (roles, "監督", None), (day, "2026-09-31", None),
        (day, "2026-09-30", None), (moment, "2026-09-30", None), (moment, "2026-09-30T25:00", None),
        (number, "12", None), (number, "１２", None), (yes, "無", None), (yes, "はい", None),
    ]  # fmt: skip
    said = [f"{one.title} {text}：{rules.value_problem(one, text, given)}" for one, text, given in cases]
    columns = (day, moment, number, yes, later)
    for cells in ({}, {"y": "有", "d": " ", "n": "x"}, {"y": "無", "l": "x", "d": "2026-09-30"}):
        said.append("".join(one.sentence for one in rules.find_problems(columns, cells)))
        said.append(str(rules.clean_cells(columns, cells)))
        said.append("・".join(rules.blank(one, cells) for one in columns))
    done = replace(day, is_past_event=True)
    for ahead in (0, 1):
        said.append(rules.future_day_problem((done,), {"d": (TODAY + timedelta(ahead)).isoformat()}, TODAY))
    for value in (None, "", NOW, TODAY, True, False, 0, "字"):
        said.append(f"{value!r}→{rules.to_cell(value)!r}")
    names = rules.LedgerNames(events={"3": "第3回"}, organisations={"5": "みほん会"})
    for column, text in (
        (day, "2026-09-30"), (moment, "2026-09-30T13:05"), (day, "あした"), (number, "12"), (number, ""),
        (LedgerColumn("e", "回", "event"), "3"), (LedgerColumn("e", "回", "event"), "4"),
        (LedgerColumn("o", "団体", "organisation"), "5"), (yes, "有"),
    ):  # fmt: skip
        shown = (rules.screen_words(column, text, names, TODAY), rules.workbook_words(column, text, names))
        said.append("｜".join((*shown, rules.print_words(column, text, names).replace("\n", "/"))))
    assert_paper(said, "欄と値")


def test_a_month_later_is_the_same_day_or_the_last_one():
    days = [(date(2026, 12, 31), one) for one in (0, 1, 2, 3, 6, 12)] + [(date(2028, 1, 31), 1), (date(2026, 5, 30), 9)]
    assert [rules._months_later(*one).isoformat() for one in days] == [
        "2027-01-07", "2027-01-31", "2027-02-28", "2027-03-31", "2027-06-30", "2027-12-31", "2028-02-29", "2027-02-28",
    ]  # fmt: skip
    begins = date(2026, 10, 1)
    assert [rules.next_check_day("毎月", begins, last) for last in (None, begins - timedelta(1), begins)] == [
        begins, begins, date(2026, 11, 1),
    ]  # fmt: skip
    assert [rules.check_words("毎月", begins, [], begins + timedelta(one)) for one in (0, 1)] == [
        "点検 10/1(木)",
        "点検 10/1(木)を過ぎています",
    ]


def test_the_basis_of_a_ledger_is_the_clause_or_the_wards_own_rule(store):
    own = read_programme(store)
    with store.change(action="別の契約", by=BY, now=NOW) as change:
        change.update(Programme, own.programme.id, annex="個人情報の取扱いの特記事項")
    said = []
    note = "行を消さない。特記事項17の控え。写しを渡す（特17(1)）。"
    for view in (own, read_programme(store)):
        for keeper in (KEYS.keeper, CONTRACTORS):
            for clause in ("", "特18(2)", "仕4(1)", "区の規程"):
                ledger = replace(KEYS, keeper=keeper, clause=clause)
                said.append(f"{keeper[:3]}｜{clause}：{ledger.basis(view)}／{ledger.basis(view, '区の手順')}")
        said += [replace(KEYS, note=one).note_in(view) for one in (note, lambda year: year.programme.title)]
    assert_paper(said, "根拠")


@pytest.mark.parametrize("check", [CLOUD, RISKS], ids=lambda one: one.title)
def test_a_check_list_asks_for_every_item_of_its_clause_and_is_printed_as_it_was_filled_in(store, check):
    said = [f"{part.title}　{part.basis}" for part in check.parts]
    said += [f"{one.number} {one.text}　{one.clause}　{one.not_applicable_when}" for one in check.items]
    if check is CLOUD:
        emptied(store)
        filled(store)
        content = build_document(store, scope=DocumentScope(fiscal_year=2026), kind=check.title, now=NOW)
        said += view_lines(content, "blocks", "pages")
    assert_paper(said, check.title)


def test_a_sheet_is_refused_by_what_it_lacks(store):
    sheet = filled(emptied(store))
    said = []

    def do(act, **given):
        try:
            said.append(f"→{act(acting(store), **given).message}")
        except UserError as error:
            said.append(f"×{error}")

    head = check_lists.read_sheet(store, sheet_id=sheet).sheet.head
    given = {"key": "cloud", "fiscal_year": 2026, "filled_on": None, "filled_by": " 受託者 "}
    do(check_lists.save_header, header=head, sheet_id=sheet, **given)
    for wrong in ({"type": "ほか型"}, {"service": " "}, {"begins": "あした"}):
        do(check_lists.save_header, header=head | wrong, **given)
    do(check_lists.save_header, header=head, **given)
    do(check_lists.save_header, header=head, sheet_id=99, **given)
    do(check_lists.save_header, header=head, **given | {"key": "none"})
    taken = {"sheet_id": sheet, "received_on": TODAY, "review_on": TODAY}
    do(check_lists.accept_sheet, checked_by=" ", **taken)
    do(check_lists.accept_sheet, checked_by=" 見本　係員 ", **taken | {"received_on": TODAY + timedelta(days=1)})
    do(check_lists.accept_sheet, checked_by=" 見本　係員 ", **taken)
    do(check_lists.accept_sheet, checked_by="見本　係員", **taken)
    do(check_lists.revise_sheet, sheet_id=sheet)
    do(check_lists.revise_sheet, sheet_id=sheet)
    found = check_lists.read_sheets(store.database, 1, "cloud")
    said += [
        f"{one.number}-{one.revision}　{one.filled_on}{one.filled_by}　{one.received_on}{one.checked_by}"
        for one in found
    ]
    for day in (TODAY, TODAY + timedelta(days=1)):
        said += [
            f"{day} {line.number} {one.doubt.words}　{one.doubt.explanation}　{one.doubt.question}"
            for line in ledger_reading.read_ledger(store, key="cloud", fiscal_year=2026, today=day).book.lines
            for one in line.doubts
        ]
    assert_paper(said, "確認票を受け取るまで")

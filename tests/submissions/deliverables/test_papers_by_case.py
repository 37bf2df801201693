"""What the papers about owed documents say in each case, and what a cell, a row and a holding is read as."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace as Facts

import pytest

from app.documents.blocks import InputTable
from app.ledgers.rules import LedgerHolding, LedgerLine
from app.submissions.deliverables import documents as papers
from app.submissions.deliverables.rules import cell_values, submission_form
from app.submissions.deliverables.rules.due_rows import DueList, DueRow, LateItem, Lateness
from app.submissions.deliverables.rules.form_checks import WardCounts, find_contradictions
from app.submissions.deliverables.rules.outstanding_texts import ACTIONS, OwedPaper, applicable_texts, body, subject
from app.submissions.deliverables.services import due_list, holdings
from app.submissions.deliverables.services.due_list import _LatestReceipt
from db.records.programme import Contractor, Office
from db.records.submissions.received import ReceivedStatus
from db.records.submissions.reports import ReportStatus
from db.records.surveys import Question, QuestionRole, QuestionType
from tests.support.paper_lines import assert_paper, changes, lines_of
from tests.support.years import plain_context

DAY = date(2026, 10, 10)
CONTEXT = plain_context(date(2026, 12, 1))


def head(content, *more):
    """Say what a paper is beside its blocks."""
    names = ("reference", "ordinal", "file_stem", "header_right", "footer_left", "personal", "first_sheet", *more)
    return ["　".join(f"{one}={getattr(content, one)}" for one in names), *lines_of(content)]


ROW = DueRow(
    id="report-1",
    kind="実施報告書",
    title="第1回 報告書",
    group="提出待ち",
    due=DAY,
    last_day=date(2026, 10, 12),
    due_words="10/10(土)",
    contract=True,
    basis_words="仕4(1)コ 1か月以内",
)
CAME = replace(
    ROW,
    versions=1,
    received_on=DAY,
    first_received_on=DAY,
    check_words="区が確認中 1/2",
    late_words="期限内",
    number_words="5号",
)
LATE = LateItem(title="第1回 報告書", last_day=DAY, done_on=date(2026, 10, 20), days=10, basis="仕4(1)コ")


def test_the_list_of_what_is_owed_says_day_receipt_check_and_lateness_of_each_row():
    rows = (
        ROW, replace(ROW, is_provisional=True, due_words="仮 10/10まで"), replace(ROW, due=None, due_words=""), CAME,
        replace(CAME, versions=2, received_on=date(2026, 10, 20)),
        replace(CAME, versions=2, received_on=date(2026, 10, 20), contract=False),
        replace(CAME, checked_on=date(2026, 10, 22), check_words="10/22(木)"),
        replace(CAME, checked_on=date(2026, 10, 22), drift=2, check_words="確認し直す 差 2件"),
        replace(CAME, late_words="受託者 3日遅れ"), replace(CAME, late_words="目安日を3日過ぎ"),
        replace(CAME, last_day=DAY), replace(CAME, last_day=None), replace(CAME, due=None),
        replace(CAME, contract=False, check_words="区が確認中"),
    )  # fmt: skip
    report = papers.ReceivedReportRow(
        number="3",
        received="R8.10.10",
        title="第1回\n第1版",
        how="メール",
        receipt="",
        checked="確認中",
        notes="取消：誤り",
    )
    one = papers.ReceivedReports(
        rows=(report,), basis="仕4(1)コ", keeper="受託者", unchecked=("3", "5"), checked="係員 R8.12.1"
    )
    whole = DueList(
        programme_id=1,
        rows=rows,
        contractor=Lateness(items=(LATE, replace(LATE, done_on=None, days=2))),
        ward=Lateness(items=(replace(LATE, done_on=None, ended=True, days=3),)),
        missed_targets=(LATE,),
    )
    content = papers.late_list(CONTEXT, whole, one)
    assert_paper(head(content), "提出物と遅れの一覧")
    nothing = DueList(programme_id=1, rows=(), contractor=Lateness(), ward=Lateness())
    assert_paper(
        lines_of(papers.late_list(CONTEXT, nothing, replace(one, rows=(), unchecked=(), checked=""))), "一覧なし"
    )
    widths = [[column.width for column in block.columns] for block in content.blocks if hasattr(block, "columns")]
    assert {sum(one) for one in widths} == {165}
    city = replace(CONTEXT, office=Office(ward="見本市"))
    assert_paper(changes(lines_of(content), lines_of(papers.late_list(city, whole, one))), "市の一覧")


def test_the_order_to_dispose_says_what_its_passages_say():
    texts = dict.fromkeys((papers.LEAD, papers.UNTIL, papers.WAY, papers.WITNESS, papers.PROOF, papers.OTHER), "文")
    lines = [("参加者名簿", "紙", "2部", "廃棄"), ("写真", "データ", "3枚", "消去")]
    facts = papers.OrderFacts(lines=lines, ordinal=1, texts=texts | {papers.SUBJECT: "件名\n指示", papers.WITNESS: " "})
    first = head(papers.disposal_order(CONTEXT, facts))
    assert_paper(first, "返還・廃棄の指示")
    signed = replace(CONTEXT, programme=replace(CONTEXT.programme, contract_date=DAY, contract_number="8契5号"))
    second = papers.disposal_order(signed, replace(facts, ordinal=2, texts={}))
    assert_paper(changes(first, head(second)), "2回目の指示")


QUESTIONS = (
    Question(code="a", title="満足", type=QuestionType.ONE, options=("はい", "いいえ"), role=QuestionRole.SATISFACTION),
    Question(code="b", title="使う", type=QuestionType.SEVERAL, options=("LINE",), role=QuestionRole.INTENT),
    Question(code="c", title="自由", type=QuestionType.TEXT),
)


def forms():
    given = {"about": "R8-講06-0006", "subject": "第6回"}
    yield submission_form.figures_form(**given, tablets=True, questions=QUESTIONS, handouts=("次第",))
    yield submission_form.figures_form(**given, tablets=False, questions=None, handouts=())
    yield submission_form.workers_form(about="令和8年度", subject="事業", roles=("講師",))
    yield submission_form.goods_form(about="令和8年度", subject=CONTEXT.programme.title)


def test_a_form_goes_out_with_its_guide_its_cells_and_what_is_known():
    for number, form in enumerate(forms(), 1):
        content = papers.form_document(CONTEXT, form)
        said = head(content)
        for table in (one for one in content.blocks if isinstance(one, InputTable)):
            said.append(f"{table.table.name}　{[column.width for column in table.table.columns]}")
            said.append(f"　高さ{table.table.min_row_height}")
            said += [
                f"　{one.name} {one.column} {one.first} {one.rows} {one.kind} {one.choices}" for one in table.inputs
            ]
        assert_paper(said, f"様式{number} {form.title}")
        assert form.units == tuple(dict.fromkeys(one for page in form.pages for one in submission_form.units_of(page)))


def test_a_table_has_room_for_what_is_known_and_two_lines_more():
    form = next(one for one in forms() if one.title == submission_form.WORKERS)
    known = replace(CONTEXT, contractor=Contractor(name="みほん社", address="住所", representative="代表"))

    def shape(people, page=form.pages[0], of=form):
        lines = tuple({"name": f"{one}さん"} for one in range(people))
        content = papers.form_document(known, replace(of, pages=(page,)), submission_form.FormPrefill(lines=lines))
        (table,) = (one.table for one in content.blocks if isinstance(one, InputTable) and one.table.name == page.sheet)
        return len(table.rows), table.min_row_height, sum(bool(row[0]) for row in table.rows)

    short = replace(form.pages[0], lines=3)
    assert [shape(0), shape(23), shape(24)] == [(25, 6.2, 0), (25, 6.2, 23), (26, 6.2, 24)]
    assert [shape(*one) for one in ((0, short), (1, short), (2, short), (10, short), (11, short))] == [
        (3, 7.2, 0), (3, 7.2, 1), (4, 7.2, 2), (12, 7.2, 10), (13, 6.2, 11),
    ]  # fmt: skip
    fixed = replace(short, grows=False)
    assert [shape(one, fixed) for one in (0, 3, 4)] == [(3, 7.2, 0), (3, 7.2, 3), (4, 7.2, 4)]
    assert shape(0, short, replace(form, submission_sentence=""))[1] == 8
    personal = papers.form_document(known, replace(form, personal=True))
    assert_paper(changes(head(papers.form_document(CONTEXT, form)), head(personal)), "氏名のある様式")


def test_a_slip_goes_round_to_those_who_are_named():
    known = {"件名": "報告書", "受けた日": "R8.10.10"}
    texts = {one.part: one.text for one in papers.circulation_passages(known)}
    assert_paper(head(papers.circulation_slip(CONTEXT, texts, number=3)), "供覧票")
    plain = papers.circulation_slip(CONTEXT, {"件名": "", "供覧先": " \n係長"}, number=0)
    assert_paper(head(plain), "供覧票 番号なし")


OWED = OwedPaper(
    title="実施報告書",
    about="第6回",
    basis="仕4(1)コ 1か月以内",
    today=date(2026, 10, 12),
    due=DAY,
    last_day=date(2026, 10, 12),
)
RECEIVED = replace(OWED, received_on=DAY, version=2)


@pytest.mark.parametrize(
    ("name", "owed"),
    [
        ("期限の前", OWED), ("期限の次の日", replace(OWED, today=date(2026, 10, 13))),
        ("休日でない期限", replace(OWED, last_day=DAY)), ("期限なし", replace(OWED, due=None, last_day=None)),
        ("決まりの日", replace(OWED, due=None, last_day=None, rule="業務を始める日の前日まで")),
        ("求めたとき", replace(OWED, due=None, last_day=None, rule="求めたとき")),
        ("目安日の前", replace(OWED, contract=False, today=DAY, municipality="市")),
        ("目安日の後", replace(OWED, contract=False, today=DAY + timedelta(1))),
        ("根拠なし", replace(OWED, basis="")), ("届いた", RECEIVED),
        ("確認の日", replace(RECEIVED, check_by=RECEIVED.today)),
        ("確認の日過ぎ", replace(RECEIVED, check_by=RECEIVED.today - timedelta(1))),
        ("確認した", replace(RECEIVED, checked_on=RECEIVED.today, version=0)),
        ("依頼した", replace(RECEIVED, requested_on=RECEIVED.today)),
        ("直す点", replace(RECEIVED, points=("出席の数", "写真"), correction_due=date(2026, 10, 20))),
        ("直す点・日なし", replace(RECEIVED, points=("出席の数",), version=0)),
    ],
)  # fmt: skip
def test_each_text_fits_the_state_of_its_paper(name, owed):
    fits = applicable_texts(owed)
    said = [f"合う文：{'・'.join(fits)}"]
    for action in ACTIONS:
        missing = (
            papers.outstanding_letter(CONTEXT, owed, action, kind="提出物の通知", sign="R8-報告書")
            if action in fits
            else None
        )
        said.append(f"【{action}】{subject(action, owed)}")
        said += body(action, owed).split("\n") if missing is not None else []
    assert_paper(said, name)


def test_a_letter_says_the_words_that_were_typed():
    letter = papers.outstanding_letter(
        CONTEXT, RECEIVED, "受領", kind="提出物の通知", sign="R8-報告書", text="一行\n\n二行"
    )
    assert_paper(head(letter), "打ち直した文")


@pytest.mark.parametrize(
    ("name", "parse", "texts"),
    [
        ("数", cell_values.parse_count, (
            "", "16", "１６人", "第2版", "1,234", "16.0", "16.5", "-3", "▲3", "十六人", "二十", "百二", "百十",
            "〇", "二〇二六", "16％",
            "2026-11-12", "2026-11-12T09:00", "1234567", "約2", "16人ほど")),
        ("率", cell_values.parse_rate, (
            "", "93.8", "93.85", "93.84％", "100", "100.0", "100.1", "101", "1", "1%", "0.938", "0", "0.5％", "1.1",
            "九割", "93.845")),
        ("選択", lambda text: cell_values.parse_choice(text, ("有", "無 し")), ("", "有", " 有 ", "無し", "なし")),
        ("文", cell_values.parse_text, ("", " 文 字 ")),
    ],
)  # fmt: skip
def test_a_cell_is_read_or_said_what_to_write(name, parse, texts):
    found = ((one, parse(one)) for one in texts)
    said = [f"「{text}」→「{one.value}」{one.problem}　{one.todo}　{one.read_as}" for text, one in found]
    assert_paper(said, f"セル {name}")
    marks = [cell_values.unreadable_cell(one) for one in ("e", "F", "n")]
    assert [one and one.problem for one in marks] == ["計算の誤りが出ています", "式の結果が保存されていません", None]


def test_numbers_of_a_form_that_contradict_each_other_are_named():
    form = next(forms())
    fine = {
        "出席": "16", "回収数": "15", "回収率": "93.8", "満足計": "15", "活用の意向": "15", "団体": "16",
        "問1_1": "10",
        "問1_2": "5", "問1_3": "0", "問2_1": "15", "問2_2": "0",
    }  # fmt: skip
    cases = [
        {}, {"回収数": "17"}, {"満足計": "16"}, {"活用の意向": "16"}, {"団体": "17"}, {"回収率": "93.7"},
        {"問1_1": "11"},
        {"問1_3": ""}, {"問1_1": "9", "問1_3": ""}, {"問1_2": "", "問1_1": "15"}, {"問2_1": "16"}, {"問2_2": ""},
        {"回収数": "", "問1_2": ""}, {"出席": "0", "回収数": "0"}, {"問1_1": "", "問1_2": "", "問1_3": ""},
        {"回収率": ""},
        {"回収数": "16", "回収率": "100", "問1_1": "11", "問2_1": "16"}, {"出席": "", "回収数": "99"},
    ]  # fmt: skip
    said = []
    for known in (WardCounts(), WardCounts(attended=16), WardCounts(attended=16, online=3), WardCounts(online=3)):
        for one in cases if known == WardCounts() else cases[1:2]:
            found = find_contradictions(form, fine | one, single=frozenset({"問1"}), known=known)
            said.append(
                f"{one}：{'／'.join(f'{each.key} {each.unit} {each.problem_text} {each.todo}' for each in found)}"
            )
    assert_paper(said, "数の食い違い")


def receipt(version=1, received=DAY, **values):
    return _LatestReceipt(
        received_on=received, first_received_on=received, version=version, received_how="メール", **values
    )


@pytest.mark.parametrize(
    ("given", "days", "group", "words", "way"),
    [
        (_LatestReceipt(), (None, None), "提出待ち", "受領前", ""),
        (receipt(), (None, 1), "区の対応", "区が確認中", "メール"),
        (receipt(2, open_points="1/2"), (None, 1), "区の対応", "区が確認中 1/2", "メール　第2版"),
        (receipt(status=ReportStatus.IN_CHECK), (None, 1), "区の対応", "区が確認中", "メール"),
        (receipt(status=ReceivedStatus.RETURNED), (None, None), "提出待ち", "修正依頼中", "メール"),
        (receipt(status=ReceivedStatus.RETURNED, not_notified=True),
            (None, None), "区の対応", "修正の依頼を通知する", "メール"),
        (receipt(status=ReceivedStatus.CHECKED), (None, 1), "確認済", "確認済", "メール"),
        (receipt(status=ReceivedStatus.CHECKED, checked_on=date(2026, 11, 9)),
            (None, None), "確認済", "11/9(月)", "メール"),
        (receipt(status=ReceivedStatus.CHECKED, checked_on=date(2026, 11, 11)),
            (2, 2), "確認済", "11/11(水)", "メール"),
        (receipt(status=ReceivedStatus.CHECKED, drift=3), (None, 1), "区の対応", "確認し直す 差 3件", "メール"),
    ],
)  # fmt: skip
def test_a_check_takes_thirty_days_and_says_how_far_it_came(given, days, group, words, way):
    last = DAY + timedelta(days=30)
    missed = [due_list._missed_target(given, "報告書", last + timedelta(one)) for one in (0, 1)]
    assert tuple(one and one.days for one in missed) == days
    assert due_list._check_state(given, "受領前", last) == (group, words)
    assert due_list._way_words(given) == way if given.version else True


@pytest.mark.parametrize(
    ("came", "today", "words"),
    [
        (None, 9, ("", "休日→10/12(月・祝)", 0)), (None, 12, ("", "休日→10/12(月・祝)", 0)),
        (None, 13, ("受託者 1日遅れ", "休日→10/12(月・祝)　まだ届いていません", 1)),
        (8, 30, ("期限内　2日早い", "休日→10/12(月・祝)", 0)), (10, 30, ("期限内", "休日→10/12(月・祝)", 0)),
        (12, 30, ("期限内", "休日→10/12(月・祝)", 0)), (14, 30, ("受託者 2日遅れ", "休日→10/12(月・祝)", 2)),
    ],
)  # fmt: skip
def test_a_receipt_is_early_in_time_or_late_by_days(came, today, words):
    last = date(2026, 10, 12)
    task = Facts(is_contract_duty=True, due=DAY, provisional_words="", deadline=Facts(last_day_in_time=last))
    year = Facts(today=date(2026, 10, today))
    got = receipt(received=date(2026, 10, came)) if came else _LatestReceipt()
    assert due_list._late_words(task, got, year) == words
    open_yet = Facts(**vars(task) | {"provisional_words": "仮"})
    assert due_list._late_words(open_yet, got, year) == (words if came else ("", "", 0))
    assert due_list._late_words(Facts(**vars(task) | {"is_contract_duty": False}), got, year) == ("", "", 0)
    unmoved = Facts(**vars(task) | {"due": last})
    assert due_list._late_words(unmoved, got, year)[1] == ("まだ届いていません" if (came, today) == (None, 13) else "")


def part(quantity="2部", since=DAY, returned="", number=3, title="情報授受簿"):
    held = LedgerHolding(item="名簿", medium="紙", quantity=quantity, returned_on=returned)
    return holdings._SourceRow(holding=held, since=since, title=title, number=number, ledger="transfers")


def proof(quantity="2部", done="2026-12-01", number=1, way="裁断"):
    cells = {"quantity": quantity, "done": done, "way": way}
    return LedgerLine(
        key="", number=number, cells=cells, entered_cells=cells, day=None, written_at=CONTEXT.made_at, made_by=""
    )


@pytest.mark.parametrize(
    ("name", "parts", "proofs"),
    [
        ("1つ", [part()], []), ("2つ", [part(), part(number=5)], []), ("返却", [part(returned="2026-11-01")], []),
        ("1つだけ返却", [part(returned="2026-11-01"), part(number=4)], []),
        ("みな返却", [part(returned="2026-11-01"), part(returned="2026-11-05", number=4)], []),
        ("証明", [part()], [proof()]), ("日のない証明", [part()], [proof(done="")]), ("ちがう数", [part()],
            [proof("3部")]),
        ("ちがう単位", [part()], [proof("3枚")]), ("分けて証明", [part("4部")],
            [proof(), proof(number=2, way="溶解")]),
        ("同じ日に渡した", [part(), part("1部", date(2026, 12, 1), number=4)], [proof("2件")]),
        ("あとで渡した", [part(), part("1部", date(2026, 12, 2), number=4)], [proof()]),
        ("あとで渡した・ちがう数", [part(), part("1部", date(2026, 12, 2), number=4)], [proof("3部")]),
        ("一式", [part("一式"), part("一式", date(2026, 12, 2), number=4)], [proof("一式")]),
        ("返却と証明", [part(returned="2026-11-01")], [proof()]),
        ("ほかの出どころ", [part(), part(title="持出し", number=0), *(part(number=one) for one in (5, 7, 9, 11))],
            []),
    ],
)  # fmt: skip
def test_an_item_is_held_until_all_of_it_was_returned_or_proven(name, parts, proofs):
    line = holdings._line(parts, proofs)
    assert_paper(
        [
            f"{line.words}　{line.quantity}　{line.holder}　{line.source}　{line.ledger}　{'残る' * line.is_remaining}",
            f"{line.ended_on}　{line.ended_how}　{line.difference}",
        ],
        f"持っているもの {name}",
    )

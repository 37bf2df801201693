"""Forms that come back filled: recognised, read, named by cell, and where what was read goes, on the real
sample year."""

from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.excel.render import render_xlsx
from app.documents.services.document_context import document_context_of
from app.documents.services.document_scope import DocumentScope
from app.foreign_files.intake_refusal import IntakeRefusal
from app.history import services as history_services
from app.ledgers.services.ledger_reading import read_books, read_ledger
from app.programme.intake import preset
from app.programme.services import read_programme
from app.received import services as received_services
from app.received.services import IncomingFile, read_file_bytes
from app.registers.workers.rules import ROLES
from app.registers.workers.services import read_workers
from app.startup.opened_files import open_target
from app.submissions.deliverables.documents import form_document
from app.submissions.deliverables.rules.submission_form import workers_form
from app.submissions.deliverables.services import submission_forms
from app.submissions.deliverables.services.form_findings import faults_in
from app.submissions.deliverables.services.form_kinds import GOODS_LEDGER
from app.submissions.reports.services import report_check
from app.year.contract.services import record_contract_change
from db.records.submissions.received import PointCheck, Receipt, ReceivedPaper
from db.records.submissions.reports import ReportFigure
from db.rows import by_id, rows
from tests.support import submission_forms as made
from tests.support.figures import report_comes, set_figure
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.stores import made_by

TODAY = NOW.date()
RECEIPT = Receipt(received_on=date(2026, 11, 30), received_how="メール", original_place="文書管理システム")
store = made_by(sample_store, scope="module")


@pytest.fixture(scope="module")
def form(store) -> bytes:
    return made.figures_form(store, NOW)


def preview(store, data: bytes):
    return submission_forms.preview_form(store, book=made.read(data), fiscal_year=2026, today=TODAY)


def told(view) -> dict[str, tuple[str, str]]:
    return {fault.cell: (fault.problem_text, fault.todo) for fault in view.faults}


def take(store, data: bytes, name: str = "数字.xlsx"):
    return submission_forms.receive_form(
        acting(store), book=made.read(data), file=IncomingFile(data=data, name=name), receipt=RECEIPT, fiscal_year=2026
    )


def test_a_whole_form_says_every_number_as_the_record_has_it(store, form):
    view = preview(store, made.filled(form))

    assert (view.title, view.event_id, view.faults, view.read_count) == ("実施報告書の数字", 1, (), view.item_count)
    assert [line for line in view.lines if line.state == "差"] == []
    by_item = {line.item: line.theirs for line in view.lines}
    assert by_item["設問　問6"] == "4・5・5・7・5・3・1・1・0"
    assert (by_item["設問の合計　問1〜問9"], by_item["回収率"], by_item["資料の版　次第"]) == (
        "各15人",
        "93.8％",
        "第1版",
    )


def test_values_as_text_are_read_only_where_they_can_be_nothing_else(store, form):
    view = preview(
        store,
        made.filled(
            form,
            {
                **made.FILLED,
                "申込": "１７人",
                "出席": "十六人",
                "欠席": "約2",
                "団体": "2026-11-12",
                "印刷部数": "19,0.5",
            },
        ),
    )

    assert next(line.theirs for line in view.lines if line.item == "申込") == "17人"
    found = told(view)
    assert found["B6"] == ("出席の欄に「十六人」とあります", "数字ではありません。数字（16）で記入してもらう")
    assert found["B7"] == ("欠席の欄に「約2」とあります", "1つの数ではありません。数だけを記入してもらう")
    assert "日付" in found["B8"][1]
    assert not {"出席", "欠席", "団体", "印刷部数"} & {line.item for line in view.lines}
    assert any("B5の「１７人」は、17 と読みました" in remark for remark in view.remarks)


def test_moved_rows_are_found_by_their_item_and_a_lost_item_is_named_not_guessed(store, form):
    def two_rows_down(book):
        sheet = book["数字"]
        sheet.move_range("A10:D11", rows=2)

    view = preview(store, made.filled(form, None, two_rows_down))
    assert view.faults == ()
    assert {line.item: line.theirs for line in view.lines}["時間割の分"] == "120分"
    assert "2行ずれていた「時間割の合計」は、項目名で見つけて読みました。" in view.remarks

    def swapped(book):
        sheet = book["数字"]
        sheet["A5"], sheet["A6"] = "出席", "申込"
        sheet["A8"] = "団体のかず"

    view = preview(store, made.filled(form, None, swapped))
    by_item = {line.item: line.theirs for line in view.lines}
    assert (by_item["申込"], by_item["出席"]) == ("16人", "17人")
    assert told(view)["B8"] == ("項目名「出席した団体」がありません", "項目名を元に戻してもらう")

    view = preview(store, made.filled(form, None, lambda book: book["数字"].__setitem__("A20", "出席")))
    assert "「出席」の行が2つあります" in told(view)["A6"][0]


def test_lost_names_renamed_and_deleted_sheets_are_told(store, form):
    def nameless(book):
        for name in [name for name in book.defined_names if name not in ("様式_名前", "様式_版", "様式_対象")]:
            del book.defined_names[name]
        book["数字"].title = "Sheet1"

    view = preview(store, made.filled(form, None, nameless))
    assert view.faults == ()
    assert view.read_count == view.item_count
    assert any("「数字」のシートは「Sheet1」に変わっていました" in one for one in view.remarks)

    view = preview(store, made.filled(form, None, lambda book: book.remove(book["配布資料"])))
    assert [(one.cell, one.problem_text) for one in view.faults] == [("シート", "「配布資料」のシートがありません")]
    assert (view.item_count - view.read_count, "資料の版　次第" in {line.item for line in view.lines}) == (3, False)

    with pytest.raises(UserError, match="どの様式か分かりません"):
        preview(store, made.filled(form, None, lambda book: book.remove(book["記入のしかた"])))


def test_numbers_that_can_not_stand_together_are_named_by_cell(store, form):
    view = preview(store, made.filled(form, {**made.FILLED, "回収数": 18, "問4": (2, 3, 9, 0, 0, None)}))
    found = told(view)

    assert found["B5"][0] == "回収数（18枚）が出席（16人）より多くなっています"
    assert "区の受付は16人" in found["B5"][1]
    assert any(
        read == "問4の合計（14人）が回収数（18枚）と合いません" and todo == "無回答の行が空いています"
        for read, todo in found.values()
    )
    assert "回収数" not in {line.item for line in view.lines}


@pytest.mark.parametrize(
    ("mark", "value", "words"),
    [("版", 2, "第2版で、いまの第1版と違います。このアプリより新しい版です"), ("版", "ふるい", "版の分からないもの"),
        ("対象", "R7-講01-0001", "令和8年度の実施回にありません"),
     ("対象", "R8-講01-9999", "令和8年度の実施回にありません")],
)  # fmt: skip
def test_another_version_year_or_event_is_refused_by_name(store, form, mark, value, words):
    with pytest.raises(UserError, match=words):
        preview(store, made.filled(form, {**made.FILLED, mark: value}))


def test_an_ordinary_workbook_is_no_form(store):
    book = Workbook()
    book.active.append(["出席", 16])
    target = BytesIO()
    book.save(target)

    with pytest.raises(UserError, match="ふつうのExcelブック"):
        preview(store, target.getvalue())
    with pytest.raises(IntakeRefusal, match="xlsx"):
        made.read("出席,16\n".encode())


def test_what_was_read_fills_the_collation_in_one_action_and_comes_back(tmp_path):
    store = sample_store(tmp_path)
    day = datetime(2026, 11, 29, 9, 0)
    report = report_check.receive_report(
        ActionContext(store, BY, day),
        event_id=4,
        data=b"%PDF r",
        name="報告書.pdf",
        pages=2,
        received_on=day.date(),
        received_how="メール",
    ).id
    figures = {one.item: one for one in rows(store.database, ReportFigure, report_id=report)}
    set_figure(store, figure_id=figures["欠席"].id, theirs="3", by=BY, now=NOW)
    data = made.filled(made.figures_form(store, NOW, event_id=4), {"申込": 15, "出席": 14, "欠席": 1, "団体": 9})

    before = sha256(data).hexdigest()
    saved = take(store, data)
    paper = by_id(store.database, ReceivedPaper, saved.id)
    now = {one.item: one.theirs for one in rows(store.database, ReportFigure, report_id=report)}
    assert (now["申込"], now["出席"], now["団体"]) == ("15人", "14人", "9団体")
    assert now["欠席"] == "3人"
    assert (paper.kind, paper.event_id, paper.received_how, paper.sha256) == ("実施報告書の数字", 4, "メール", before)
    assert read_file_bytes(store, paper_id=saved.id) == data
    assert any(fault.cell.startswith("B") and "空いています" in fault.problem_text for fault in faults_in(paper))

    again = take(
        store, made.filled(made.figures_form(store, NOW, event_id=4), {"申込": 16, "出席": 14, "欠席": 1, "団体": 9})
    )
    now = {one.item: one.theirs for one in rows(store.database, ReportFigure, report_id=report)}
    assert (now["申込"], now["欠席"]) == ("16人", "3人")
    for _ in range(2):
        history_services.undo(store, by=BY, now=NOW)
    assert by_id(store.database, ReceivedPaper, again.id) is None
    assert {one.item: one.theirs for one in rows(store.database, ReportFigure, report_id=report)}["申込"] == ""


def test_a_form_before_its_report_waits_and_is_entered_later(tmp_path):
    store = sample_store(tmp_path)
    data = made.filled(made.figures_form(store, NOW, event_id=4), {"申込": 15, "出席": 14})
    saved = take(store, data)
    assert "報告書が届いたら" in saved.message
    with pytest.raises(UserError, match="まだ届いていません"):
        submission_forms.enter_figures(acting(store), book=made.read(data), paper_id=saved.id)

    report = report_comes(store, 4)
    submission_forms.enter_figures(
        acting(store), book=made.read(read_file_bytes(store, paper_id=saved.id)), paper_id=saved.id
    )
    assert {one.item: one.theirs for one in rows(store.database, ReportFigure, report_id=report)}["出席"] == "14人"


def test_a_correction_of_the_numbers_ends_with_the_report_and_waits_again_with_its_undo(tmp_path):
    store = sample_store(tmp_path)
    form = take(store, made.filled(made.figures_form(store, NOW, event_id=4), {"申込": 15, "出席": 14})).id
    report = report_comes(store, 4)
    with store.change(action="修正を依頼", by=BY, now=NOW, subject="received") as change:
        received_services.mark_correction_asked(
            change,
            by_id(store.database, ReceivedPaper, form),
            due=None,
            text="出席を確かめてください",
            on=TODAY,
            who=BY,
        )
        for one in rows(store.database, ReportFigure, report_id=report):
            change.update(ReportFigure, one.id, theirs=one.ours, handling="差のまま", reason="受託者が確かめた")
        change.update(
            ReceivedPaper, report, points=dict.fromkeys(preset().kinds[0].report_items, PointCheck(result="○"))
        )

    def stand():
        paper = by_id(store.database, ReceivedPaper, form)
        return paper.status, paper.checked_on, paper.note

    waiting = ("修正依頼", None, "")
    assert stand() == waiting
    report_check.confirm_report(acting(store), report_id=report, on=TODAY, reason="回答なし")
    assert stand() == ("確認済", TODAY, "報告書の確認で終わり")
    history_services.undo(store, by=BY, now=NOW)
    assert stand() == waiting
    report_check.confirm_report(acting(store), report_id=report, on=TODAY, reason="回答なし")
    report_check.withdraw_check(acting(store), report_id=report, reason="押し間違い")
    assert stand() == waiting


def test_people_go_to_their_ledger_and_doubles_are_named(tmp_path):
    store = sample_store(tmp_path)
    programme = read_programme(store, fiscal_year=2026).programme
    data = made.filled(made.year_form(store, "従事者・配置表", NOW), {}, made.people)

    view = preview(store, data)
    assert [(row.state, row.goes_to_ledger) for row in view.rows] == [
        ("新しい", True),
        ("名簿にある", False),
        ("名簿と違う", False),
        ("様式に2回", False),
    ]
    assert "終了予定日" in view.rows[2].explanation
    count = len(read_workers(store.database, programme))
    saved = take(store, data, "配置表.xlsx")
    workers = read_workers(store.database, programme)
    assert (len(workers), workers[-1].name) == (count + 1, "受託見本　三郎")
    told = read_ledger(store, key="workers", fiscal_year=2026, today=TODAY).book.lines[-1].cells["told"]
    assert told == "2026-11-30"
    assert by_id(store.database, ReceivedPaper, saved.id).points["氏名"].result == "○"


def test_a_form_that_was_handed_out_before_it_had_a_head_is_read_as_it_was(store):
    """What the contractor has at hand is the list without 宛先, 届出者 and date: it comes back all the same."""
    view = read_programme(store, fiscal_year=2026)
    kind = "従事者・配置表（様式）"
    context = document_context_of(store, DocumentScope(fiscal_year=2026), kind, NOW)
    form = workers_form(about="令和8年度", subject=view.programme.title, roles=ROLES)
    data = made.filled(
        render_xlsx(form_document(context, replace(form, submission_sentence="", ward_boxes=()))), {}, made.people
    )
    assert [row.state for row in preview(store, data).rows] == ["新しい", "名簿にある", "名簿と違う", "様式に2回"]


def test_a_bad_row_is_named_and_the_others_go_on(store):
    def wrong(book):
        made.people(book)
        first = made.first_line(book, "従事者", "氏名")
        book["従事者"][f"D{first}"], book["従事者"][f"C{first + 1}"] = "R9.13.1", "司会"
        lines.append(first)

    lines: list[int] = []
    view = preview(store, made.filled(made.year_form(store, "従事者・配置表", NOW), {}, wrong))
    (first,) = lines
    assert set(told(view)) == {f"D{first}", f"C{first + 1}"}
    assert "一覧にない言葉です" in told(view)[f"C{first + 1}"][1]
    assert [row.row for row in view.rows] == [first + 2, first + 3]


def test_what_is_struck_out_is_named_and_not_taken_as_in_every_list(store, form):
    def struck(book):
        made.people(book)
        sheet, first = book["従事者"], made.first_line(book, "従事者", "氏名")
        lines.append(first)
        for cell in (*sheet[first], sheet[f"D{first + 2}"]):
            cell.font = Font(strike=True)

    lines: list[int] = []

    people = preview(store, made.filled(made.year_form(store, "従事者・配置表", NOW), {}, struck))
    (first,) = lines
    assert told(people)[f"A{first}"][0] == f"{first}行目に取消線が引かれています"
    assert "取消線が引かれています" in told(people)[f"D{first + 2}"][1]
    assert [row.row for row in people.rows] == [first + 1, first + 3]

    def number(book):
        sheet, cell = made.place(book, "出席")
        book[sheet][cell].font = Font(strike=True)

    figures = preview(store, made.filled(form, None, number))
    (fault,) = figures.faults
    assert (fault.problem_text, fault.affected_units) == ("出席の欄に「16」とあります", ("出席",))
    assert "取消線が引かれています" in fault.todo


def test_goods_to_be_brought_go_to_their_ledger_and_wait_for_the_answer(tmp_path):
    store = sample_store(tmp_path)

    def things(book):
        for column, text in enumerate(("モバイルルーター", "２", "会場の通信", "有", "導入済"), start=1):
            book["物品"].cell(row=made.first_line(book, "物品", "物品名"), column=column, value=text)

    def more_of_it(book):
        book["物品"][f"B{made.first_line(book, '物品', '物品名')}"] = 3

    head = {"履行場所": "見本区民館", "持込日": datetime(2026, 12, 1), "搬出日": "2026/12/1"}
    data = made.filled(made.year_form(store, "物品持込許可申請書", NOW), head, things)
    take(store, data, "持込.xlsx")

    book, _setting = read_books(
        store.database, read_programme(store, fiscal_year=2026).programme, TODAY, (GOODS_LEDGER,)
    )["goods"]
    assert len(book.lines) == 3
    line = book.lines[-1]
    assert (line.cells["goods"], line.cells["quantity"], line.cells["brought"]) == (
        "モバイルルーター",
        "2",
        "2026-12-01",
    )
    assert [one.doubt.words for one in line.doubts] == ["許可の記録がありません"]

    assert [
        row.state
        for row in submission_forms.preview_form(store, book=made.read(data), fiscal_year=2026, today=TODAY).rows
    ] == ["名簿にある"]
    take(store, data, "持込（もう一度）.xlsx")
    more = made.filled(made.year_form(store, "物品持込許可申請書", NOW), head, things, more_of_it)
    (row,) = submission_forms.preview_form(store, book=made.read(more), fiscal_year=2026, today=TODAY).rows
    assert (row.state, row.explanation) == ("名簿と違う", "数量 2 → 3。物品持込許可簿で訂正します")
    early = made.filled(made.year_form(store, "物品持込許可申請書", NOW), head | {"搬出日": "2026/11/30"}, things)
    (row,) = submission_forms.preview_form(store, book=made.read(early), fiscal_year=2026, today=TODAY).rows
    assert (row.state, row.explanation, row.goes_to_ledger) == (
        "見送り",
        "搬出日が、持込日より前です。記入しません",
        False,
    )
    book, _setting = read_books(
        store.database, read_programme(store, fiscal_year=2026).programme, TODAY, (GOODS_LEDGER,)
    )["goods"]
    assert len(book.lines) == 3


def test_the_form_is_made_with_names_and_rules_in_its_cells(form):
    book = openpyxl.load_workbook(BytesIO(form))
    sheet, cell = made.place(book, "出席")

    assert book.sheetnames == ["記入のしかた", "数字", "アンケート", "配布資料"]
    rule = next(one for one in book[sheet].data_validations.dataValidation if cell in one.sqref)
    assert (rule.type, rule.formula1, rule.error) == (
        "whole",
        "0",
        "0以上の数だけを記入してください（単位は付けません）。",
    )


def test_a_form_dropped_on_the_program_is_known_before_anybody_is_in(form, tmp_path):
    path, other = tmp_path / "様式.xlsx", tmp_path / "表.xlsx"
    path.write_bytes(made.filled(form))
    made.ordinary(other)

    words = open_target((path,)).failure
    assert words is not None
    assert words.happened == "「様式.xlsx」は、返ってきた様式（実施報告書の数字）です。"
    assert "資料・報告" in words.todo
    assert "このままでは開けません" in open_target((other,)).failure.happened


def test_a_form_is_read_as_it_was_handed_over_though_the_contract_changed_since(tmp_path):
    store = sample_store(tmp_path)
    data = made.filled(made.figures_form(store, NOW))
    kind = read_programme(store, on=TODAY).kind("講習会")
    record_contract_change(
        acting(store),
        programme_id=kind.programme_id,
        numbers=[replace(kind, lends_devices=False, has_survey=False)],
        valid_from=TODAY,
        reason="第1号変更契約",
    )
    view = preview(store, data)
    assert (view.faults, view.read_count) == ((), view.item_count)
    assert "回収率" in {line.item for line in view.lines}, "the event took place before the change"

"""The forms of the 特記事項 over the sample year: they go out with what the records know and come back to where it
belongs."""

import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest

from app.actions.user_error import UserError
from app.documents.excel.render import render_xlsx
from app.documents.rules import with_own_words
from app.documents.services.document_context import document_context_of
from app.documents.services.document_kind import document_kind
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import build_document
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import reject_form_rows
from app.history import services as history_services
from app.ledgers.rules import LedgerEntry
from app.ledgers.screens.ledger_list import entry_columns
from app.ledgers.services import ledger_writing
from app.ledgers.services.ledger_reading import read_ledger
from app.programme.services import read_programme
from app.received.services import (
    IncomingFile,
    ReceiptScope,
    confirm_paper,
    judge_point,
    read_received,
    received_of_kind,
)
from app.registers.workers.services import read_workers
from app.submissions.deliverables.documents import form_document
from app.submissions.deliverables.rules import year_form_definitions as pages
from app.submissions.deliverables.rules.submission_form import FormPrefill
from app.submissions.deliverables.services import submission_forms
from app.submissions.deliverables.services.due_list import read_due_list
from app.submissions.deliverables.services.year_forms import FORM_OF
from app.year_end.completion.services.completion import read_completion
from app.year_end.completion.services.completion_documents import annex_facts
from db.records.submissions.received import PointResult, Receipt, ReceivedPaper
from db.rows import by_id
from tests.support import submission_forms as made
from tests.support.paper_words import cells_of, pages_of, pdf_of
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.stores import made_by

TODAY = NOW.date()
YEAR = ReceiptScope(programme_id=1)
SIGNED = {"by": BY, "now": NOW}
store = made_by(sample_store, scope="module")


def table(sheet: str, first: int, *lines: tuple[object, ...]):
    """Write lines below the heading that stands in the row before ``first``."""

    def act(book):
        for row, line in enumerate(lines, start=first):
            for column, value in enumerate(line, start=1):
                book[sheet].cell(row=row, column=column, value=value)

    return act


def heading_row(data: bytes, sheet: str, title: str) -> int:
    book = openpyxl.load_workbook(BytesIO(data))
    return next(cell.row for row in book[sheet].iter_rows() for cell in row if cell.value == title)


def preview(store, data: bytes):
    return submission_forms.preview_form(store, book=made.read(data), fiscal_year=2026, today=TODAY)


def take(store, data: bytes, follows: int = 0):
    return submission_forms.receive_form(
        acting(store),
        book=made.read(data),
        file=IncomingFile(data=data, name="様式.xlsx"),
        receipt=Receipt(received_on=TODAY, original_place="文書管理システム"),
        fiscal_year=2026,
        predecessor_id=follows,
    )


def told(view):
    return [(fault.problem_text, fault.todo) for fault in view.faults]


def changes(store, *lines: tuple[object, ...]) -> bytes:
    form = made.year_form(store, pages.CHANGES, NOW)
    first = heading_row(form, "変更", "届け出た氏名") + 1
    return made.filled(form, {}, table("変更", first, *lines))


def test_they_go_out_with_what_the_records_know(store):
    book = openpyxl.load_workbook(BytesIO(made.year_form(store, pages.LESSONS, NOW)))
    words = [cell.value for row in book["受けた人"].iter_rows() for cell in row if cell.value]
    assert {one.name for one in read_workers(store.database, read_programme(store).programme)} <= set(words)

    book = openpyxl.load_workbook(BytesIO(made.year_form(store, pages.CERTIFICATE, NOW)))
    words = [cell.value for row in book["証明"].iter_rows() for cell in row if cell.value]
    assert {"アンケート回答用紙", "63枚", "オンラインの回答", "アクセス権限"} <= set(words)
    assert "（宛先）練馬区長" in words

    book = openpyxl.load_workbook(BytesIO(made.year_form(store, pages.SUBCONTRACT, NOW)))
    clauses = [row[0].value for row in book["確認"].iter_rows() if re.match(r"第\d+条", str(row[0].value or ""))]
    assert clauses == [clause for clause, _words in pages.MEASURES]


@pytest.mark.parametrize("ward", ["練馬区", "ためし市", "ためし町"])
def test_forms_of_any_municipality_say_its_own_word_and_are_read_all_the_same(store, ward):
    office = replace(read_programme(store).office, ward=ward)
    own = ward[-1]
    for kind, given, said, fault in (
        (
            pages.SELECTION,
            {
                "選任の氏名": "見本　管理",
                "選任の所属": "見本企画株式会社",
                "選任の日": "2026/8/1",
                "選任の従事者": "無",
            },
            "区の許可の日",
            [
                "従事者以外からの選任に、従事者以外から選ぶ理由がありません",
                "従事者以外からの選任に、区の許可の日がありません",
            ],
        ),
        (pages.INCIDENT, {"事故の第一報日": "きのう"}, "区へ第一報をした日", None),
    ):
        built = document_kind(f"{kind}（様式）").build(store, DocumentScope(fiscal_year=2026), NOW)
        data = render_xlsx(with_own_words(built, office))
        words = {str(cell.value) for sheet in openpyxl.load_workbook(BytesIO(data)) for row in sheet for cell in row}
        assert {said.replace("区", own), f"{own}使用欄", f"{own}の欄"} <= words
        assert any(f"{own}から受託者へ渡す様式です。" in one for one in words)
        found = [read for read, _todo in told(preview(store, made.filled(data, given)))]
        assert not any("項目名" in one for one in found)
        assert found == fault if fault is not None else "区へ第一報をした日の欄に「きのう」とあります" in found
    with pytest.raises(IntakeRefusal):
        reject_form_rows([[f"{own}の欄", f"記入（{own}）"]])


def test_what_somebody_typed_of_a_district_stays_as_it_is(store):
    office = replace(read_programme(store).office, ward="ためし町")
    typed = ("区の集会所", "南区の記録", "1区の役員", "区長　見本　太郎", "区民センター")
    assert with_own_words(typed, office) == typed
    assert with_own_words(("区の記録では3人です。", "検査を終える［区］"), office) == (
        "町の記録では3人です。",
        "検査を終える［町］",
    )


def test_who_answers_for_personal_data_is_told_under_name_and_seal_and_needs_an_allowance_from_outside(tmp_path):
    """特6 asks for 「指定する書面」: it goes out with whom the 従事者名簿 has, and comes back to its own kind."""
    store = sample_store(tmp_path)
    form = made.year_form(store, pages.SELECTION, NOW)
    words = [
        cell.value for row in openpyxl.load_workbook(BytesIO(form))["選任"].iter_rows() for cell in row if cell.value
    ]
    assert {"（宛先）練馬区長", "受託見本　さくら"} <= set(words)
    assert any("情報の保護および管理に関する特記事項第6条により提出します" in str(one) for one in words)
    told_so = {"選任の氏名": "見本　管理", "選任の所属": "見本企画株式会社", "選任の日": "2026/8/1"}
    outside = made.filled(form, {**told_so, "選任の従事者": "無"})
    assert [read for read, _todo in told(preview(store, outside))] == [
        "従事者以外からの選任に、従事者以外から選ぶ理由がありません",
        "従事者以外からの選任に、区の許可の日がありません",
    ]
    saved = take(store, made.filled(form, {**told_so, "選任の従事者": "有"}))
    paper = by_id(store.database, ReceivedPaper, saved.id)
    assert paper.kind == "管理責任者選任届"
    assert {point: look.result for point, look in paper.points.items()} == {
        "管理責任者の氏名・所属": "○", "選任日": "○", "従事者の中からの選任（ほかは許可）": "○",
    }  # fmt: skip


def test_every_form_of_the_year_bears_addressee_sender_and_date(store):
    """Ten forms, two of which were lists that anybody could have written."""
    for title in FORM_OF:
        made_paper = build_document(store, scope=DocumentScope(fiscal_year=2026), kind=f"{title}（様式）", now=NOW)
        printed = "".join(pages_of(made_paper))
        assert "（宛先）練馬区長" in printed, title
        assert "見本企画株式会社" in printed, title
        assert "令和年月日" in printed.split("区使用欄")[0], title
        assert "区使用欄" in printed, title


def test_a_change_corrects_the_worker_by_a_row_of_its_own_and_undo_takes_both_back(tmp_path):
    store = sample_store(tmp_path)
    data = changes(
        store,
        ("受託見本　一郎", "所属", "見本企画株式会社", "別企画株式会社", "2026/11/20", "出向"),
        ("受託見本　一郎", "従事終了予定日", "R9.3.31", "R9.1.31", "2026/11/20"),
        ("例野　一子", "役割", "ファシリテーター", "司会", "2026/11/20"),
        ("見本　知らぬ", "所属", "a", "b", "2026/11/20"),
        ("受託見本　次郎", "所属", "見本企画株式会社", "見本企画株式会社　研修部", "2026/9/1"),
    )
    view = preview(store, data)
    assert view.faults == ()
    assert [(one.state, one.goes_to_ledger, bool(one.corrects)) for one in view.rows] == [
        ("新しい", True, True),
        ("新しい", True, True),
        ("見送り", False, False),
        ("見送り", False, False),
        ("記録にある", False, False),
    ]
    assert view.destination_words == "従事者名簿に2件を訂正します。"

    saved = take(store, data)
    line = next(
        one
        for one in read_ledger(store, key="workers", fiscal_year=2026, today=TODAY).book.lines
        if one.cells["name"] == "受託見本　一郎"
    )
    assert (line.cells["belongs"], line.cells["ends"]) == ("別企画株式会社", "2027-01-31")
    assert [(one.part, one.old, one.reason[:4]) for one in line.corrections] == [
        (1, "見本企画株式会社", "変更届（"),
        (2, "2027-03-31", "変更届（"),
    ]
    assert line.doubts == (), "the 変更届 itself is what told it"
    paper = by_id(store.database, ReceivedPaper, saved.id)
    assert {name: one.result for name, one in paper.points.items()} == dict.fromkeys(
        ("対象", "変更前と変更後", "変更日"), "○"
    )
    history_services.undo(store, **SIGNED)
    line = read_ledger(store, key="workers", fiscal_year=2026, today=TODAY).book.line(line.key)
    assert line.cells["belongs"] == "見本企画株式会社"
    assert by_id(store.database, ReceivedPaper, saved.id) is None


def test_of_two_people_of_one_name_the_one_is_meant_whose_old_value_the_form_says(tmp_path):
    store = sample_store(tmp_path)
    line = next(
        one
        for one in read_ledger(store, key="workers", fiscal_year=2026, today=TODAY).book.lines
        if one.cells["name"] == "受託見本　一郎"
    )
    twin = {**line.cells, "belongs": "もう一つの会社"}
    ledger_writing.enter_row(acting(store), key="workers", fiscal_year=2026, cells=twin)
    old = line.cells["belongs"]
    view = preview(
        store,
        changes(
            store,
            ("受託見本　一郎", "所属", old, "別企画株式会社", "2026/11/20"),
            ("受託見本 一郎", "所属", old, "別企画株式会社", "2026/11/20"),
            ("受託見本　一郎", "役割", line.cells["role"], "司会", "2026/11/20"),
            ("受託見本　一郎", "従事終了予定日", "2027/3/31", "2027/1/31", "2026/11/20"),
        ),
    )
    assert [(one.state, one.corrects) for one in view.rows[:2]] == [("新しい", line.key), ("様式に2回", "")]
    assert (view.rows[3].state, view.rows[3].goes_to_ledger) == ("見送り", False)
    assert "同じ氏名の行が2つ" in view.rows[3].explanation


def test_what_a_change_that_came_has_corrected_is_not_asked_for_again_although_it_was_written_later(tmp_path):
    store = sample_store(tmp_path)
    data = changes(store, ("受託見本　一郎", "所属", "見本企画株式会社", "別企画株式会社", "2026/11/20"))
    submission_forms.receive_form(
        acting(store),
        book=made.read(data),
        file=IncomingFile(data=data, name="様式.xlsx"),
        receipt=Receipt(received_on=TODAY - timedelta(days=3), original_place="文書管理システム"),
        fiscal_year=2026,
    )
    book = openpyxl.load_workbook(BytesIO(made.year_form(store, pages.CHANGES, NOW)))
    assert "別企画株式会社" not in [cell.value for row in book["変更"].iter_rows() for cell in row]


def test_an_empty_table_is_named_also_beside_another_fault(store):
    form = made.year_form(store, pages.LESSONS, NOW)
    first = heading_row(form, "受けた人", "氏名") + 1

    def nobody(book):
        for row in book["受けた人"].iter_rows(min_row=first):
            for cell in row:
                cell.value = None

    reads = [read for read, _todo in told(preview(store, made.filled(form, {}, nobody)))]
    assert len(reads) > 1
    assert "「受けた人」に1行も記入がありません" in reads


def test_a_second_paper_of_its_kind_ends_no_check_and_a_mended_one_is_its_next_version(tmp_path):
    store = sample_store(tmp_path)
    (there,) = received_of_kind(store, "変更届", YEAR)
    line = ("受託見本　一郎", "所属", "見本企画株式会社", "別企画株式会社", "2026/11/20")
    first = take(store, changes(store, line)).id
    second = take(store, changes(store, ("例野　一子", "所属", "見本企画株式会社", "例野企画", "2026/11/25"))).id
    papers = {one.id: (one.matter, one.version) for one in received_of_kind(store, "変更届", YEAR)}
    assert papers == {there.id: (1, 1), first: (2, 1), second: (3, 1)}
    assert read_received(store, paper_id=first).closed_reason == ""
    confirm_paper(acting(store), paper_id=first, on=TODAY)

    rows = {row.paper_id: row for row in read_due_list(store, today=TODAY).rows if row.paper_id}
    assert (rows[first].group, rows[second].group) == ("確認済", "区の対応")
    open_ones = [row.paper_id for row in read_completion(store, fiscal_year=2026, today=TODAY).open_papers]
    assert second in open_ones
    assert first not in open_ones

    again = changes(store, ("例野　一子", "所属", "例野企画", "例野企画室", "2026/11/25"))
    mended = take(store, again, follows=second).id
    paper = by_id(store.database, ReceivedPaper, mended)
    assert (paper.matter, paper.version) == (3, 2)
    assert "第2版を受領したため" in read_received(store, paper_id=second).closed_reason
    rows = read_due_list(store, today=TODAY).rows
    assert [row.versions for row in rows if row.kind == "変更届" and row.group == "区の対応"] == [2]
    with pytest.raises(UserError, match="もうありません"):
        take(store, changes(store, line), follows=9999)


def test_what_came_stands_on_the_annex_of_the_inspection_each_by_itself(store):
    shown = read_completion(store, fiscal_year=2026, today=TODAY)
    lines = {line.title: line for line in annex_facts(store, shown, TODAY).papers}
    assert (lines["変更届"].basis, lines["変更届"].points, lines["変更届"].checked != "") == (
        "特記事項第8条",
        "3／3",
        True,
    )
    assert (lines["事故等報告書"].basis, lines["事故等報告書"].points) == ("特記事項第25条第1項", "6／6")
    assert lines["教育実施報告書"].basis == "特記事項第9条"
    assert lines["訓練の記録"].checked
    printed = pdf_of(build_document(store, scope=DocumentScope(fiscal_year=2026), kind="検査調書別紙", now=NOW)).pages
    said = [page.extract_text() for page in printed]
    assert len(said) == 2
    lines = said[-1].splitlines()
    at = next(number for number, line in enumerate(lines) if "特記事項第6条・第14条・" in line)
    assert lines[at + 1 : at + 3] == ["第15条・第18条・第21条・", "第22条第3項"], "each clause of a basis stays whole"
    spring = read_completion(store, fiscal_year=2026, today=date(2027, 4, 1))
    (erased,) = [row for row in spring.open_papers if row.kind == "廃棄・消去証明書"]
    assert erased.basis_words.startswith("特22-2")


def test_the_certificate_goes_to_its_ledger_and_names_what_is_missing(tmp_path):
    store = sample_store(tmp_path)
    form = made.year_form(store, pages.CERTIFICATE, NOW)
    first = heading_row(form, "証明", "情報項目") + 1
    lines = (
        ("アンケート回答用紙", "紙", "63枚", "裁断", "クロスカット", "受託見本　さくら", "2026/11/26"),
        ("集計データ", "USBメモリ", "1本", "消去ソフト", "", "受託見本　さくら", "2026/11/26"),
        ("名簿の写し", "紙", "2枚", "専門業者", "見本溶解", "受託見本　さくら", "2026/11/26"),
        ("共有フォルダーの閲覧", "アクセス権限", "1件", "初期化", "", "受託見本　さくら", "2026/11/26"),
    )
    data = made.filled(form, {"証明の残存": "無"}, table("証明", first, *lines))
    view = preview(store, data)
    assert [(one.state, one.goes_to_ledger) for one in view.rows] == [
        ("新しい", True),
        ("見送り", False),
        ("新しい", True),
    ]
    assert "消去ソフトの名称" in view.rows[1].explanation
    assert any("一覧にない言葉です" in todo for _read, todo in told(view))
    take(store, data)
    book = read_ledger(store, key="disposals", fiscal_year=2026, today=TODAY).book
    assert [line.cells["item"] for line in book.lines] == ["アンケート回答用紙", "名簿の写し"]
    assert [one.doubt.basis for line in book.lines for one in line.doubts] == ["特22-3"]


def test_what_can_not_stand_together_is_named_by_cell(store):
    head = {
        "再委託先": "見本印刷", "再委託先の所在地": "練馬区", "再委託の業務": "印刷", "再委託の情報": "なし",
        "再委託の確認日": "2026/11/20", "再委託の締結": "2026/11/20", "再委託の確認者": "受託見本　さくら",
    }  # fmt: skip
    form = made.year_form(store, pages.SUBCONTRACT, NOW)

    def all_fit(book):
        for row in book["確認"].iter_rows():
            if re.match(r"第\d+条", str(row[0].value or "")):
                row[2].value, row[3].value = "書面", "適"

    assert told(preview(store, made.filled(form, head, all_fit))) == [
        ("契約を結ぶ予定日が、確認した日より後ではありません", "契約を結ぶ前に確認し、日付を確かめて記入してもらう")
    ]
    view = preview(store, made.filled(form, {**head, "再委託の締結": "2026/12/10"}, all_fit))
    assert (view.faults, view.counts_rows, view.destination_words) == (
        (),
        False,
        "ファイルを受領し、読めた項目を内容確認に入れます。",
    )


def test_an_incident_is_one_matter_in_versions_and_its_last_one_says_the_cause(tmp_path):
    store = sample_store(tmp_path)
    papers = received_of_kind(store, "事故等報告書", YEAR)
    assert [(one.matter, one.version, one.status) for one in papers] == [(1, 1, "区が確認中"), (1, 2, "確認済")]
    head = {
        "事故の報": "最終", "事故の種別": "事故", "事故の発生日": "2026/11/27", "事故の把握日": "2026/11/26",
        "事故の把握時刻": "17:05", "事故の第一報日": "2026/11/27", "事故の第一報時刻": "17:10",
        "事故の内容": "名簿の置き忘れ", "事故の数量": "調査中", "事故の場所": "会場", "事故の状況": "調査中",
    }  # fmt: skip
    form = made.year_form(store, pages.INCIDENT, NOW)
    first = heading_row(form, "措置", "予定日または行った日") + 1
    data = made.filled(form, head, table("措置", first, ("2026/11/27", "会場に電話した", "受託者", "措置")))
    view = preview(store, data)
    assert [read for read, _todo in told(view)] == [
        "発生・把握・第一報の日の順が前後しています",
        "最終の報に、原因がありません",
    ]
    assert [(one[0], one[2]) for one in view.earlier] == [(papers[-1].id, False)]
    saved = take(store, data)
    paper = by_id(store.database, ReceivedPaper, saved.id)
    assert (paper.matter, paper.version) == (2, 1)
    assert (paper.points["原因"].result, paper.points["内容・数量"].result) == ("要確認", "○")
    assert "再発防止策の実施" not in paper.points
    with pytest.raises(UserError, match="再発防止策の実施"):
        confirm_paper(acting(store), paper_id=saved.id, on=TODAY)
    judge_point(acting(store), paper_id=saved.id, point="再発防止策の実施", result=PointResult.MISSING)
    confirm_paper(acting(store), paper_id=saved.id, on=TODAY, reason="続報で確かめる")


def test_a_row_that_came_by_a_form_says_so_in_its_list_and_in_print(tmp_path):
    store = sample_store(tmp_path)
    cells = {
        "item": "名簿の写し", "medium": "紙", "quantity": "2枚", "way": "裁断", "tool": "クロスカット",
        "who": "受託見本　さくら", "done": "2026-11-20",
    }  # fmt: skip
    ledger_writing.enter_row(acting(store), key="disposals", fiscal_year=2026, cells=cells)
    form = made.year_form(store, pages.CERTIFICATE, NOW)
    line = ("アンケート回答用紙", "紙", "63枚", "裁断", "クロスカット", "受託見本　さくら", "2026/11/26")
    first = heading_row(form, "証明", "情報項目") + 1
    take(store, made.filled(form, {"証明の残存": "無"}, table("証明", first, line)))

    view = read_ledger(store, key="disposals", fiscal_year=2026, today=TODAY)
    origin = entry_columns(view.ledger, lambda: view.book, TODAY)[-1]
    said = [origin.show(LedgerEntry(line=one)).plain().split() for one in view.book.lines]
    assert [one[0] for one in said] == ["手入力", "様式"]
    assert said[1][1:3] == ["受領", "12/1(火)"]
    paper = build_document(store, scope=DocumentScope(fiscal_year=2026), kind=view.ledger.title, now=NOW)
    remarks = [one for one in cells_of(paper) if one.startswith(("手入力", "様式（"))]
    assert [one.split("　")[0] for one in remarks] == ["手入力", "様式（受領 令和8年12月1日）"]

    came = view.book.lines[-1]
    with pytest.raises(UserError, match="取消の理由"):
        ledger_writing.cancel_row(acting(store), key="disposals", fiscal_year=2026, row_key=came.key, reason="")
    history_services.undo(store, **SIGNED)
    undone = read_ledger(store, key="disposals", fiscal_year=2026, today=TODAY).book.line(came.key)
    assert (undone.cancel_reason, undone.received_on) == ("記入を元に戻しました", TODAY)
    history_services.redo(store, **SIGNED)
    assert read_ledger(store, key="disposals", fiscal_year=2026, today=TODAY).book.line(came.key) == came


def test_the_wards_own_box_has_its_room_beside_twelve_people_and_never_stands_alone(store):
    kind = f"{pages.LESSONS}（様式）"
    printed = pages_of(build_document(store, scope=DocumentScope(fiscal_year=2026), kind=kind, now=NOW))
    assert (len(printed), "区使用欄" in printed[-1]) == (2, True)
    view = read_programme(store)
    context = document_context_of(store, DocumentScope(fiscal_year=2026), kind, NOW)
    form = pages.lessons_form(about="令和8年度", subject=view.programme.title)
    for many in range(13, 22):
        fill = FormPrefill(lines=tuple({"name": f"見本　{number}郎", "belongs": "見本企画"} for number in range(many)))
        last = pages_of(form_document(context, form, fill))[-1]
        assert ("区使用欄" in last, "未受講の理由" in last) == (True, True), many

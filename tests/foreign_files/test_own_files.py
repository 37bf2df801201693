"""What this program made itself is known again at every import: forms, ledgers, documents and lists, each led to where
it belongs; a file of others is never taken for one."""

import csv
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import openpyxl
import pytest

from app.actions.user_error import UserError
from app.documents.excel.render import render_xlsx
from app.documents.list_sheet import list_sheet
from app.documents.pdf.render import render_pdf
from app.documents.services.document_kind import DOCUMENTS, document_kind
from app.documents.services.document_scope import DocumentScope
from app.events.applications.services.application_target import APPLICATIONS_TARGET
from app.events.materials.screens.material_dialogs import read_received_file
from app.foreign_files.foreign_file import read_foreign_file
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.own_files import identify_own_file, own_file_remark
from app.importing.list_target import read_list
from app.ledgers.services.ledger import LEDGERS
from app.programme.intake import preset
from app.registers.register.services.organisation_target import ORGANISATIONS
from app.registers.venues.services import BOOKINGS
from app.startup.opened_files import open_target
from app.submissions.deliverables.parts import inspect_file
from app.submissions.deliverables.services.submission_forms import open_form
from app.submissions.reports.screens.report_dialogs import _read_report
from app.surveys.answers.intake.survey_file import read_answers
from app.surveys.compare.intake import read_earlier_counts
from app.surveys.questions.services.questionnaire_files import read_questionnaire_set as read_questions
from app.year_end.specification.screens import read_specification_file
from tests.support.sample import NOW, sample_store

FORMS = ("従事者・配置表（様式）", "教育実施報告書（様式）", "物品持込許可申請書（様式）")
SAMPLES = Path(__file__).parents[1] / "fixtures"


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> dict[str, Path]:
    """A form, a ledger, a roster and a list of ours, as they lie in a folder."""
    folder = tmp_path_factory.mktemp("own")
    store = sample_store(tmp_path_factory.mktemp("store"))
    year = DocumentScope(fiscal_year=2026)
    ledger = next(one for one in LEDGERS if one.in_document_library and not one.printed_in)
    contents = {kind: document_kind(kind).build(store, year, NOW) for kind in FORMS}
    contents[ledger.title] = document_kind(ledger.title).build(store, year, NOW)
    contents["受付名簿"] = document_kind("受付名簿").build(store, DocumentScope(event_id=1), NOW)
    people = (("見本　花子", "みほん若葉町会", "03-0000-0001"), ("見本　太郎", "みほん桜町会", "03-0000-0002"))
    contents["申込の一覧"] = list_sheet(
        preset().programme,
        title="申込の一覧",
        columns=("氏名", "団体", "電話"),
        rows=people,
        made_at=NOW,
        reference="R8-x",
    )
    contents["団体の一覧"] = replace(contents["申込の一覧"], kind="団体の一覧")
    found = {}
    for kind, content in contents.items():
        found[kind] = folder / f"受け取った{len(found)}.xlsx"
        found[kind].write_bytes(render_xlsx(content))
    return found


DOORS = {
    "申込": lambda path: read_list(path, APPLICATIONS_TARGET, sheet=""),
    "団体": lambda path: read_list(path, ORGANISATIONS, sheet=""),
    "予約": lambda path: read_list(path, BOOKINGS, sheet=""),
    "回答": lambda path: read_answers(path, ()),
    "前の年度": lambda path: read_earlier_counts(path, ()),
    "設問": read_questions,
    "調べる": read_foreign_file,
}


@pytest.mark.parametrize("door", DOORS)
def test_every_import_says_what_a_file_of_ours_is_and_takes_nothing(made, door) -> None:
    for kind, path in made.items():
        if (door, kind) == ("団体", "団体の一覧"):
            assert DOORS[door](path).rows, "what was saved from the list of 団体 comes back by it"
            continue
        with pytest.raises((UserError, IntakeRefusal)) as said:
            DOORS[door](path)
        words = str(said.value)
        assert kind.removesuffix("（様式）") in words, (kind, words)
        assert ("「資料・報告」の画面に置いて" in words) == (kind in FORMS), words
        assert words.count("。") <= 3, words


def test_a_form_is_known_without_its_properties_and_as_a_text(made, tmp_path) -> None:
    """Saved again by another program, and its guide saved as CSV."""
    book = openpyxl.load_workbook(made[FORMS[0]])
    again = tmp_path / "again.xlsx"
    book.properties.language = book.properties.subject = book.properties.version = None
    book.save(again)
    with pytest.raises(IntakeRefusal, match="区が渡した様式ですので"):
        read_foreign_file(again)
    for name in list(book.defined_names):
        del book.defined_names[name]
    book.save(again)
    with pytest.raises(IntakeRefusal, match="区が渡した様式ですので"):
        read_foreign_file(again)
    text = StringIO()
    csv.writer(text).writerows(book["記入のしかた"].values)
    guide = tmp_path / "guide.csv"
    guide.write_text(text.getvalue(), encoding="utf-8-sig")
    with pytest.raises(IntakeRefusal, match="区が渡した様式ですので"):
        read_foreign_file(guide)


def test_a_table_of_a_form_is_known_by_its_headings_alone(tmp_path) -> None:
    """One sheet saved as CSV, or its cells copied into a new workbook: nothing of ours is left but the headings."""
    store = sample_store(tmp_path / "store")
    kinds = [paper.kind for paper in DOCUMENTS if paper.kind.endswith("（様式）") and paper.about == "年度"]
    assert len(kinds) == 10
    doors = [DOORS[door] for door in ("申込", "団体", "予約", "回答", "調べる")]
    for number, kind in enumerate(kinds):
        form = tmp_path / "form.xlsx"
        form.write_bytes(render_xlsx(document_kind(kind).build(store, DocumentScope(fiscal_year=2026), NOW)))
        tables = [sheet for sheet in openpyxl.load_workbook(form).worksheets if sheet.title != "記入のしかた"]
        assert tables
        for sheet in tables:
            rows = [["" if cell is None else str(cell) for cell in row] for row in sheet.values]
            rows += [["見本　花子", "みほん株式会社", "03-0000-0001"] for _ in range(3)]
            text = StringIO()
            csv.writer(text).writerows(rows)
            path = tmp_path / "table.csv"
            path.write_text(text.getvalue(), encoding="cp932", errors="replace")
            copied = tmp_path / "copied.xlsx" if sheet is tables[0] else None
            if copied is not None:
                book = openpyxl.Workbook()
                for row in rows:
                    book.active.append(row)
                book.save(copied)
            for left in filter(None, (path, copied)):
                with pytest.raises((UserError, IntakeRefusal), match=r"区が渡した様式.*「資料・報告」の画面に置いて"):
                    doors[number % len(doors)](left)


def test_a_list_of_an_office_with_some_of_these_headings_is_a_list(tmp_path) -> None:
    path = tmp_path / "list.csv"
    row = "見本　花子,みほん町会,会長,2026-09-01,03-0000-0001"
    path.write_text(f"氏名,所属,役割,従事開始日,電話番号\n{row}\n", encoding="utf-8")
    assert len(read_foreign_file(path).rows) == 1


def test_a_receipt_keeps_the_file_and_says_what_it_is(made) -> None:
    for read in (lambda path: inspect_file(path=path).remark, lambda path: read_received_file(path).remark):
        assert "「資料・報告」の画面に置くと" in read(made[FORMS[0]])
        assert "書類「受付名簿」です。受託者から届いたものか確かめてください。" in read(made["受付名簿"])
    assert own_file_remark(b"PK\x03\x04 broken") == own_file_remark(b"%PDF-1.7") == ""


def test_what_is_no_form_is_named_where_forms_are_read_and_on_the_icon(made) -> None:
    assert open_form(path=made[FORMS[0]])
    with pytest.raises(UserError, match="このアプリで作成した書類「受付名簿」です"):
        open_form(path=made["受付名簿"])
    words = open_target([made["受付名簿"]]).failure
    assert words is not None
    assert "このアプリで作成した書類「受付名簿」です" in words.happened


def test_a_report_and_a_specification_are_not_taken_from_what_was_made_here(made, tmp_path) -> None:
    with pytest.raises(UserError, match="閉じてから「資料・報告」の画面に置くと"):
        _read_report(path=made[FORMS[0]])
    content = list_sheet(
        preset().programme, title="契約台帳", columns=("件名",), rows=(("見本",),), made_at=NOW, reference="x"
    )
    ours = tmp_path / "仕様書.pdf"
    ours.write_bytes(render_pdf(content).data)
    with pytest.raises(UserError, match="このアプリで作成した書類「契約台帳」です"):
        read_specification_file(path=ours)


def test_a_file_of_others_is_none_of_ours(tmp_path) -> None:
    """Also one whose author filled in its properties, or that LibreOffice wrote: language, title and subject alone."""
    for path in sorted(SAMPLES.rglob("*.xlsx")):
        assert identify_own_file(path.read_bytes()) is None, path.name
    book = openpyxl.Workbook()
    book.active.append(("氏名", "電話"))
    book.properties.title = book.properties.subject = "申込者の名簿"
    book.properties.language = "ja-JP"
    target = BytesIO()
    book.save(target)
    assert identify_own_file(target.getvalue()) is None

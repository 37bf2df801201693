"""Papers: written whole or not at all, never over another, logged, the same in PDF and Excel."""

import io
import re

import openpyxl
import pikepdf
import pypdf
import pytest

from app.actions.user_error import UserError
from app.commands.documents import kinds_for
from app.documents import blocks
from app.documents.services import document_context, document_kind, document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions, TargetExistsError, write_atomically
from app.events.headcount.services import CHANGE, HEADCOUNT
from app.events.materials.services import material_documents
from app.programme import services as programme_services
from app.submissions.reports.services import report_documents
from db.records.documents import LetterForm, LetterState, OutgoingWay
from db.records.programme import DocumentSetting
from db.tables import documents as paper_table
from tests.support.paper_words import seen_in
from tests.support.sample import BY, NOW, acting, event_id, sample_store
from tests.support.stores import made_by

store = made_by(sample_store, scope="module")


def texts_of(value) -> list[str]:
    """Every text of a content object, wherever it stands."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [text for item in value for text in texts_of(item)]
    if hasattr(value, "__dataclass_fields__"):
        skipped = {
            "look",
            "style",
            "align",
            "sheet",
            "name",
            "first_sheet",
            "kind",
            "type",
            "properties",
            "file_stem",
            "counted",
        }
        if isinstance(value, blocks.DocumentContent):
            skipped |= {"reference", "says"}
        return [
            text
            for name in value.__dataclass_fields__
            if name not in skipped
            for text in texts_of(getattr(value, name))
        ]
    return []


def squeezed(text: str) -> str:
    return re.sub(r"[\s・]+", "", text)


ALL = [
    ("講習会", 2, HEADCOUNT),
    ("講習会", 2, CHANGE),
    ("講習会", 6, material_documents.MATERIAL),
    ("講習会", 2, report_documents.REPORT),
    ("派遣", 1, report_documents.REPORT),
    ("意見交換会", 1, report_documents.REPORT),
]


@pytest.mark.parametrize(("kind", "ordinal", "paper"), ALL)
def test_every_text_and_number_of_the_content_stands_in_pdf_and_workbook(store, kind, ordinal, paper):
    found = event_id(store, kind, ordinal)
    content = documents.build_document(store, event_id=found, kind=paper, now=NOW)
    pdf = pypdf.PdfReader(io.BytesIO(documents.render(content, format="pdf").data))
    in_pdf = squeezed("".join(page.extract_text() for page in pdf.pages))
    book = openpyxl.load_workbook(io.BytesIO(documents.render(content, format="xlsx").data), data_only=True)
    cells = [seen_in(cell) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    for sheet in book:
        cells += [
            part
            for head in (sheet.oddHeader, sheet.oddFooter)
            for part in (head.left.text, head.center.text, head.right.text)
            if part
        ]
    in_book = squeezed("".join(cells))
    missing = []
    for text in texts_of(content):
        for line in text.splitlines():
            for word in re.findall(r"[^\W_]+", line):
                if word not in in_pdf:
                    missing.append(("pdf", word))
                if word not in in_book and not _as_number(word, cells):
                    missing.append(("xlsx", word))
    assert missing == []


def _as_number(word: str, cells: list[str]) -> bool:
    """A count with its unit may stand as a number with a format: 16人 → 16."""
    digits = re.match(r"\d+", word)
    return bool(digits) and digits.group() in cells


def save(store, kind, *, format="pdf", **options):  # noqa: A002
    """Save a paper of the second 講習会."""
    given = {"event_id": event_id(store, "講習会", 2), "kind": kind, "format": format}
    return document_saving.save_document(acting(store), **given, options=SaveOptions(**options))


def test_a_paper_is_saved_once_under_its_name_and_logged(store, tmp_path):
    found = event_id(store, "講習会", 2)
    target = tmp_path / "報告書.pdf"
    saved = save(store, report_documents.REPORT, path=target)
    assert target.read_bytes().startswith(b"%PDF")
    row = paper_table.outgoing_of_event(store.database, found)[0]
    assert (row.way, row.file_name, row.sha256, row.by) == ("そのまま保存", "報告書.pdf", saved.sha256, BY)
    before = target.read_bytes()
    with pytest.raises(TargetExistsError):
        save(store, HEADCOUNT, path=target)
    assert target.read_bytes() == before


def test_an_encrypted_paper_opens_only_with_its_password(store, tmp_path):
    target = tmp_path / "暗号化.pdf"
    encrypted = {"path": target, "way": OutgoingWay.ENCRYPTED}
    with pytest.raises(UserError, match="12文字"):
        save(store, report_documents.REPORT, **encrypted, password="短い")
    assert not target.exists()
    save(store, report_documents.REPORT, **encrypted, password="うみかぜと見本の鍵は長い12")
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(target)
    with pikepdf.open(target, password="うみかぜと見本の鍵は長い12") as opened:
        assert len(opened.pages) >= 4


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    target = tmp_path / "ない" / "a.pdf"
    with pytest.raises(Exception, match="保存先のフォルダー「ない」"):
        write_atomically(target, b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_report_is_marked_until_the_contractor_confirmed_it_and_says_sample_on_every_page(store):
    content = documents.build_document(
        store, event_id=event_id(store, "講習会", 2), kind=report_documents.REPORT, now=NOW
    )
    pdf = pypdf.PdfReader(io.BytesIO(documents.render(content, format="pdf").data))
    for page in pdf.pages:
        text = squeezed(page.extract_text())
        assert "様式" in text
        assert "見本" in text


def test_the_headcount_paper_holds_numbers_only(store):
    found = event_id(store, "講習会", 2)
    content = documents.build_document(store, event_id=found, kind=HEADCOUNT, now=NOW)
    everything = "".join(texts_of(content))
    assert not any(row["name"] in everything for row in store.database.query("SELECT name FROM organisations"))
    assert not any(row["name"] in everything for row in store.database.query("SELECT name FROM people"))


def test_a_formal_letter_needs_what_the_document_system_gave(store):
    found = event_id(store, "講習会", 2)
    formal = {"event_id": found, "kind": HEADCOUNT, "form": LetterForm.FORMAL}
    with pytest.raises(UserError, match="文書番号"):
        document_saving.set_letter_state(acting(store), **formal, state=LetterState.APPROVED)
    document_saving.set_letter_state(acting(store), **formal, state=LetterState.IN_APPROVAL)
    draft = documents.build_document(store, event_id=found, kind=HEADCOUNT, now=NOW)
    head = next(block for block in draft.blocks if isinstance(block, blocks.Letterhead))
    assert (draft.stamp, head.date.replace("　", ""), "事務連絡" in head.reference) == ("案", "令和8年月日", False)
    decided = {"decided_on": NOW.date(), "document_number": "8練地協第10412号"}
    document_saving.set_letter_state(acting(store), **formal, state=LetterState.APPROVED, **decided)
    content = documents.build_document(store, event_id=found, kind=HEADCOUNT, now=NOW)
    assert "8練地協第10412号" in "".join(texts_of(content))
    head = next(block for block in content.blocks if isinstance(block, blocks.Letterhead))
    assert (content.stamp, "日" in head.date.replace("　　日", "")) == ("", True)


def test_the_records_of_a_held_event_fill_a_form_before_anything_is_typed(store):
    fourth = event_id(store, "講習会", 4)
    assert report_documents.REPORT in kinds_for(store, event_id=fourth)
    content = documents.build_document(store, event_id=fourth, kind=report_documents.REPORT, now=NOW)
    assert content.stamp == "様式・受託者確認前"
    to_come = event_id(store, "講習会", 7)
    assert report_documents.REPORT not in kinds_for(store, event_id=to_come)
    with pytest.raises(UserError, match="様式がまだ"):
        documents.build_document(store, event_id=to_come, kind=report_documents.REPORT, now=NOW)


def test_the_form_set_for_a_kind_of_paper_is_where_each_paper_begins(store):
    found = event_id(store, "講習会", 3)

    def letter():
        return document_context.letter_of(store, DocumentScope(event_id=found), HEADCOUNT, on=NOW.date())

    assert letter() is None
    setting = DocumentSetting(document_kind=HEADCOUNT, form="公文書")
    programme_services.set_document_setting(acting(store), setting=setting)
    assert (letter().form, letter().state) == ("公文書", "案")
    document_saving.set_letter_state(acting(store), event_id=found, kind=HEADCOUNT, form=LetterForm.OFFICE)
    assert letter().form == "事務連絡"


def test_a_form_that_a_kind_does_not_have_is_refused_in_words(store, tmp_path):
    only_pdf = next(paper.kind for paper in document_kind.DOCUMENTS if paper.formats == ("pdf",))
    target = tmp_path / "名札.xlsx"
    with pytest.raises(UserError, match="この形では保存できません"):
        save(store, only_pdf, format="xlsx", path=target)
    assert not target.exists()

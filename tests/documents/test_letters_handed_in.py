"""A file that the office made of a letter takes the place of what would be drawn: put up with 起案, left with 施行."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pypdf
import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.contributions import register_contributions
from app.documents.services import document_saving
from app.documents.services.document_library import way_words
from app.documents.services.document_scope import DocumentScope
from app.documents.services.documents import render
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import open_copy, save_copy
from app.documents.services.kept_letters.handed_file import TEXT_ONLY, read_addressees, read_handed_file
from app.documents.services.kept_letters.letter_differences import read_comparison
from app.events.letters.services.letter_page import build_letters
from app.foreign_files.intake_refusal import IntakeRefusal
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from app.settings.disposal.services.erasure_requests import read_erasure_request
from db.records.documents import KeptPaper, LetterForm, LetterState, Notification, Outgoing, OutgoingWay, StoredFile
from db.records.roster import Entry
from db.rows import by_id, rows
from db.tables.documents import erased_files
from tests.support.erased import given_up
from tests.support.letter_people import Letters
from tests.support.paper_words import said_by
from tests.support.years import BY, NOW

DAY = NOW.date()
KIND = "落選通知"
EDITED = "当日は、上履きをお持ちください。"


def step(people: Letters, state: LetterState, *, minutes: int = 0, **given: Any) -> str:
    reached = list(LetterState).index(state)
    return document_saving.set_letter_state(
        ActionContext(people.store, by=BY, now=NOW + timedelta(minutes=minutes)),
        event_id=people.event_id,
        kind=KIND,
        form=LetterForm.FORMAL,
        state=state,
        decided_on=DAY if reached >= 2 else None,
        document_number="391" if reached >= 2 else "",
        issued_on=DAY if reached >= 3 else None,
        **given,
    ).message


def content(people: Letters):
    return build_letters(people.store, event_id=people.event_id, kind=KIND, now=NOW)


def edited(people: Letters, place: Path) -> Path:
    """The Word file of the letters as somebody saves it who wrote a sentence into it."""
    file = docx.Document(io.BytesIO(render(content(people), format="docx").data))
    for one in file.paragraphs:
        if one.text == "以上":
            one.insert_paragraph_before(EDITED)
    path = place / "直した落選通知.docx"
    file.save(path)
    return path


def test_word_is_saved_logged_and_kept_as_every_form_and_only_where_a_paper_has_it(people, tmp_path):
    who = ActionContext(people.store, by=BY, now=NOW)
    asked = {"event_id": people.event_id, "format": "docx"}
    saved = document_saving.save_document(
        who, kind=KIND, options=SaveOptions(path=tmp_path / "a.docx", reason="係で使う"), **asked
    )
    (row,) = rows(people.store.database, Outgoing)
    assert way_words(row) == "Word そのまま保存"
    assert open_copy(people.store, outgoing_id=saved.id).data == saved.path.read_bytes()
    with pytest.raises(UserError, match="PDFとExcelで保存できます"):
        document_saving.save_document(
            who, kind="参加人数連絡書", options=SaveOptions(path=tmp_path / "b.docx", reason="係で使う"), **asked
        )


def test_a_letter_edited_in_word_is_what_the_year_shows(people, tmp_path):
    path = edited(people, tmp_path)
    handed = read_handed_file(path=path, title=KIND)
    said = step(people, LetterState.IN_APPROVAL, handed=handed)
    assert EDITED in said

    shown = content(people)
    assert EDITED in said_by(shown)
    assert TEXT_ONLY in shown.stamp
    assert "いまの記録との違いは調べません" in shown.kept.words
    assert render(shown, format="docx").data == path.read_bytes()
    assert EDITED in "".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(render(shown, format="pdf").data)).pages
    )
    scope = DocumentScope(event_id=people.event_id)
    assert read_comparison(people.store, scope=scope, kind=KIND, now=NOW).differences == ()

    step(people, LetterState.DRAFT)
    assert EDITED not in said_by(content(people))
    assert rows(people.store.database, KeptPaper, document_kind=KIND) == []


def test_what_was_put_up_as_a_file_leaves_as_a_file(people, tmp_path):
    step(people, LetterState.IN_APPROVAL, handed=read_handed_file(path=edited(people, tmp_path), title=KIND))
    step(people, LetterState.APPROVED, minutes=1)
    with pytest.raises(UserError, match="出したファイルを選んで") as refused:
        step(people, LetterState.ISSUED, minutes=2)
    assert "施行は記録していません" in str(refused.value)

    left = tmp_path / "出した.docx"
    file = docx.Document(tmp_path / "直した落選通知.docx")
    for one in file.paragraphs:
        if one.text.startswith("令和") and one.text.endswith("日"):
            one.insert_paragraph_before("8練地協第391号")
    file.save(left)
    handed = read_handed_file(path=left, title=KIND)
    with pytest.raises(UserError, match="ファイルだけにある：「8練地協第391号」"):
        step(people, LetterState.ISSUED, minutes=3, handed=handed)
    assert rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE) == []

    agreed = {**vars(handed), "agreed_by": "協働推進課長", "agreed_on": DAY}
    step(people, LetterState.ISSUED, minutes=4, handed=type(handed)(**agreed))
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert (row.format, row.file_name) == ("docx", "出した.docx")
    assert row.sha256 == sha256(left.read_bytes()).hexdigest()
    assert row.by == BY
    copy = open_copy(people.store, outgoing_id=row.id)
    assert copy.agrees
    assert copy.data == left.read_bytes()
    assert rows(people.store.database, Notification, document_kind=KIND)
    again = ActionContext(people.store, by=BY, now=NOW + timedelta(minutes=5))
    save_copy(again, outgoing_id=row.id, options=SaveOptions(path=tmp_path / "控え.docx", reason="担当へ"))
    assert (tmp_path / "控え.docx").read_bytes() == left.read_bytes()
    assert render(content(people), format="docx").data == left.read_bytes()

    # Printed it is its words alone, and that is what the log has of it.
    pages = render(content(people), format="pdf")
    document_saving.log_print(again, event_id=people.event_id, kind=KIND, copies=1, pages=1, rendered=pages)
    (printed,) = rows(people.store.database, Outgoing, way=OutgoingWay.PRINTED)
    assert open_copy(people.store, outgoing_id=printed.id).data == pages.data


def test_what_differs_only_in_its_look_needs_nobody(people, tmp_path):
    """Of one addressee: the other letters are drawn as ever, and leave beside it."""
    scope = DocumentScope(event_id=people.event_id)
    step(people, LetterState.IN_APPROVAL)
    step(people, LetterState.APPROVED, minutes=1)
    key, name = read_addressees(people.store, scope=scope, kind=KIND, now=NOW)[0]
    letters = document_saving.read_issue(people.store, scope=scope, kind=KIND, issued_on=DAY, today=DAY)
    alone = next(one for one in letters if any(getattr(block, "key", "") == key for block in one.blocks))
    path = tmp_path / "1通.pdf"
    path.write_bytes(render(alone, format="pdf").data)
    handed = read_handed_file(path=path, title=KIND)
    step(people, LetterState.ISSUED, minutes=2, handed=type(handed)(**{**vars(handed), "addressee": key}))

    issued = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE, order="id")
    assert [bool(one.kept_papers) for one in issued] == [False, True]
    assert len(issued[1].kept_papers) == len(letters) - 1
    kept = {one.addressee: one for one in rows(people.store.database, KeptPaper, document_kind=KIND)}
    assert kept[key].source.is_taken_in
    assert [one.source.is_taken_in for one in kept.values()].count(True) == 1
    every = pypdf.PdfReader(io.BytesIO(render(content(people), format="pdf").data))
    assert len(every.pages) == len(letters)
    one = build_letters(people.store, event_id=people.event_id, kind=KIND, now=NOW, chosen=[key])
    assert render(one, format="pdf").data == handed.data
    assert name


def merged(people: Letters, place: Path, *, order: int = 1) -> Path:
    """The letters as Word merged them: one PDF, the addressees one after another."""
    step(people, LetterState.IN_APPROVAL)
    step(people, LetterState.APPROVED, minutes=1)
    scope = DocumentScope(event_id=people.event_id)
    letters = document_saving.read_issue(people.store, scope=scope, kind=KIND, issued_on=DAY, today=DAY)
    path = place / "差し込んだ落選通知.pdf"
    with pikepdf.new() as pdf:
        for one in letters[::order]:
            pdf.pages.extend(pikepdf.open(io.BytesIO(render(one, format="pdf").data)).pages)
        pdf.save(path)
    return path


def test_letters_merged_outside_come_back_in_one_act(people, tmp_path):
    handed = read_handed_file(path=merged(people, tmp_path), title=KIND)
    said = step(people, LetterState.ISSUED, minutes=2, handed=handed)
    assert "2件の宛先に伝えたと記録しました" in said
    kept = rows(people.store.database, KeptPaper, document_kind=KIND)
    assert (len(kept), len({one.file_id for one in kept})) == (2, 1)
    assert content(people).kept.words.startswith("2人分が1つの")
    (told,) = rows(people.store.database, Notification, document_kind=KIND)
    assert told.outgoing_id is not None
    whose = by_id(people.store.database, Entry, people.entries[3]).person_id
    asked = read_erasure_request(people.store, person_id=whose, today=DAY)
    assert any("（2件分）" in one for one in asked.warnings)


def test_merged_pages_are_parted_by_addressee(people, tmp_path):
    handed = read_handed_file(path=merged(people, tmp_path), title=KIND)
    step(people, LetterState.ISSUED, minutes=2, handed=replace(handed, is_parted=True))
    kept = rows(people.store.database, KeptPaper, document_kind=KIND)
    assert [one.pages for one in kept] == [1, 1]
    assert len({one.file_id for one in kept}) == 2
    shown = content(people)
    assert "人分" not in shown.kept.words
    drawn = render(shown, format="pdf").data
    assert len(pypdf.PdfReader(io.BytesIO(drawn)).pages) == 2
    one = build_letters(people.store, event_id=people.event_id, kind=KIND, now=NOW, chosen=[kept[0].addressee])
    assert len(pypdf.PdfReader(io.BytesIO(render(one, format="pdf").data)).pages) == 1
    (row,) = rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE)
    assert row.copy_file_id is None  # each erasing takes one letter from the log too
    assert len(pypdf.PdfReader(io.BytesIO(open_copy(people.store, outgoing_id=row.id).data)).pages) == 2


def test_pages_in_another_order_are_not_parted(people, tmp_path):
    handed = read_handed_file(path=merged(people, tmp_path, order=-1), title=KIND)
    with pytest.raises(UserError, match="1件目のページに"):
        step(people, LetterState.ISSUED, minutes=2, handed=replace(handed, is_parted=True))
    assert rows(people.store.database, Outgoing, way=OutgoingWay.ISSUE) == []


def test_a_file_of_several_goes_with_the_first_who_asks(people, tmp_path):
    step(people, LetterState.IN_APPROVAL, handed=read_handed_file(path=edited(people, tmp_path), title=KIND))
    later = NOW + timedelta(minutes=1)
    whose = by_id(people.store.database, Entry, people.entries[3]).person_id
    files = {one.file_id for one in rows(people.store.database, KeptPaper, document_kind=KIND)}
    assert len(files) == 1
    who = ActionContext(people.store, by=BY, now=later)
    places = given_up(people.store, whose, later)
    mark_person_for_erasing(who, person_id=whose, reason="電話で本人から申出", places=places)
    erase_marked(people.store, later + timedelta(days=2))
    kept = rows(people.store.database, KeptPaper, document_kind=KIND)
    assert all(one.erased_on is not None and one.file_id is None for one in kept)
    with pytest.raises(UserError, match="消去しました"):
        content(people)
    gone = erased_files(people.store.database)
    assert {one.keyed_hash for one in rows(people.store.database, StoredFile, id=list(files))} <= set(gone)


def test_a_file_that_cannot_be_read_says_what_to_do(tmp_path):
    register_contributions()
    good = docx.Document()
    good.add_paragraph("本文")
    changed = tmp_path / "変更履歴.docx"
    good.save(changed)
    parts = {name: zipfile.ZipFile(changed).read(name) for name in zipfile.ZipFile(changed).namelist()}
    for name, data, match in (
        (
            "変更履歴.docx",
            parts["word/document.xml"]
            .replace(b"<w:t>", b"<w:t>")
            .replace(b"<w:r>", b"<w:ins><w:r>")
            .replace(b"</w:r>", b"</w:r></w:ins>"),
            "変更履歴",
        ),
        ("爆弾.docx", b'<!DOCTYPE w [<!ENTITY a "b">]>' + b"<w:document/>", "読めない"),
        ("壊れた.docx", b"<w:document>", "読めない"),
    ):
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for part, content in {**parts, "word/document.xml": data}.items():
                archive.writestr(part, content)
        with pytest.raises((UserError, IntakeRefusal), match=match):
            read_handed_file(path=path, title=KIND)
    (tmp_path / "古い.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(IntakeRefusal, match="docx"):
        read_handed_file(path=tmp_path / "古い.doc", title=KIND)

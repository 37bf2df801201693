"""団体の記録: what the register and the rosters know of one 団体, on both files, marked as personal and
logged with it."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services import document_context, document_passages, document_saving, documents
from app.documents.services.document_library import read_library
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.events.dispatches.documents import DECLINE_NOTICE
from app.home.today.services.global_search import search_everything
from app.registers.register.services import organisations
from app.registers.register.services.organisation_view import RECORD
from app.registers.register.services.organisations import mark_stage
from db.records.documents import DocumentPassage, Letter, LetterForm, LetterState
from db.records.organisations import Organisation
from db.rows import rows
from db.tables import documents as paper_table
from tests.support.letter_people import LONGEST
from tests.support.paper_words import missing_words, pages_of, said_by
from tests.support.sample import NOW, acting

pytestmark = pytest.mark.sample_year

AOBA = DocumentScope(organisation_id=1)


def record(store, scope=AOBA):
    return documents.build_document(store, scope=scope, kind=RECORD, now=NOW)


def test_the_record_holds_contacts_events_with_results_stages_and_agreements(store):
    mark_stage(
        acting(store), organisation_id=1, tool="Instagram", stage="2", marked_on=date(2026, 11, 20), source="電話で確認"
    )

    content = record(store)
    words = said_by(content)

    for part in (
        "見本あおば町会",
        "電話　03-0000-1000",
        "申込・参加のあった回 5回　出席のあった回 4回（延べ14人）",
        "仮名　和子　会長　出席",
        "試山　節子　副会長　欠席",
        "この団体への派遣（実施済）",
        "2 試行\nR8.11.20\n電話で確認",
        "前　0 未着手\nR8.8.3\n年度当初の調べ",
        "協議済　R8.9.11",
    ):
        assert part in words
    assert missing_words(content) == []
    assert all("取扱注意（個人情報）" in page and "重要情報（個人情報）" in page for page in pages_of(content))


def test_it_is_personal_saved_as_both_files_and_logged_with_the_organisation(store, tmp_path):
    with pytest.raises(UserError, match="個人情報"):
        document_saving.save_document(
            acting(store), scope=AOBA, kind=RECORD, format="pdf", options=SaveOptions(path=tmp_path / "a.pdf")
        )
    for form in ("pdf", "xlsx"):
        document_saving.save_document(
            acting(store),
            scope=AOBA,
            kind=RECORD,
            format=form,
            options=SaveOptions(path=tmp_path / f"a.{form}", reason="引継ぎのため"),
        )

    rows = paper_table.outgoing_of_organisation(store.database, 1)
    assert [(row.format, row.event_id, row.programme_id, row.personal) for row in rows] == [
        ("xlsx", None, None, True),
        ("pdf", None, None, True),
    ]
    shelf = read_library(store, scope=AOBA, today=NOW.date())
    assert (shelf.title, [row.kind for row in shelf.rows], shelf.log) == (
        "見本あおば町会",
        [DECLINE_NOTICE, RECORD],
        tuple(rows),
    )
    (found, *_more) = search_everything(store, text=RECORD).groups[0].items
    assert (found.link.action, found.link.organisation_id) == ("帳票", 1)


def test_what_staff_write_of_it_stands_on_its_paper_alone(store):
    document_passages.set_passage(
        acting(store), scope=AOBA, kind=RECORD, part="経過・申し送り", text="来年度は中級を希望。"
    )

    assert "来年度は中級を希望。" in said_by(record(store))
    assert "来年度は中級を希望。" not in said_by(record(store, DocumentScope(organisation_id=2)))
    assert {row.organisation_id for row in rows(store.database, DocumentPassage, organisation_id=1)} == {1}


def test_how_it_goes_out_is_kept_with_the_organisation(store):
    document_saving.set_letter_state(
        acting(store), scope=AOBA, kind=RECORD, form=LetterForm.FORMAL, state=LetterState.IN_APPROVAL
    )

    letter = document_context.letter_of(store, AOBA, RECORD, on=NOW.date())
    assert letter == Letter(id=letter.id, organisation_id=1, document_kind=RECORD, form="公文書", state="起案中")
    assert document_context.letter_of(store, DocumentScope(organisation_id=2), RECORD, on=NOW.date()) is None


def test_one_that_is_new_has_its_page_too_however_long_its_name_is_and_keeps_it(store, tmp_path):
    made = organisations.create_organisation(acting(store), organisation=Organisation(name=LONGEST)).id
    scope = DocumentScope(organisation_id=made)

    content = record(store, scope)

    assert said_by(content).count("記録はない。") == 5
    assert missing_words(content) == []
    document_saving.save_document(
        acting(store),
        scope=scope,
        kind=RECORD,
        format="pdf",
        options=SaveOptions(path=tmp_path / "a.pdf", reason="確認のため"),
    )
    with pytest.raises(UserError, match="帳票の記録があるため"):
        organisations.delete_organisation(acting(store), organisation_id=made)


def test_one_that_is_gone_is_refused(store):
    with pytest.raises(UserError, match="この団体は見つかりません"):
        record(store, DocumentScope(organisation_id=9999))

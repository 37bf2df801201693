"""The 廃棄の記録 of one person lists the files outside that hold this person, and says how many were looked at."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import Table
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.documents.services.saved_outside import file_folder_detail, files_naming
from app.settings.disposal.services.disposal import erase_marked, mark_person_for_erasing
from db.backups import finish_erasing
from db.records.disposals import Disposal
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import row, rows
from tests.support.day_files import event_with_secrets
from tests.support.door_people import add_lecture, write
from tests.support.erased import given_up
from tests.support.left_papers import outgoing
from tests.support.paper_words import pages_of, said_by
from tests.support.years import BY, NOW, started_year

WHO = {"by": BY, "now": NOW}
NEXT = NOW + timedelta(days=1)
WHOSE = "髙橋 見本子"
REASON = "令和9年4月12日に電話で本人から申出。翌日に書面を受け取った。"


@pytest.fixture
def store(tmp_path):
    """Saved twice with the person on it, once without, and a list of which no copy is kept."""
    store = started_year(tmp_path / "data")
    with_her = event_with_secrets(store)
    without = add_lecture(store, date(2026, 10, 20), subject="ほかの会")
    other = write(store, Person(name="見本 別人"))[0]
    write(store, Entry(event_id=without, person_id=other, state="決定", organisation_name="見本町会"))
    for number, event_id in enumerate((with_her, with_her, without)):
        path = tmp_path / f"{number}.pdf"
        document_saving.save_document(
            ActionContext(store, **WHO),
            event_id=event_id,
            kind="受付名簿",
            format="pdf",
            options=SaveOptions(path=path, reason="受付"),
        )
    listed = outgoing(
        "参加者の一覧",
        format="xlsx",
        way="暗号化して保存",
        personal=True,
        by="見本 太郎",
        at=NOW,
        detail=file_folder_detail(Path("E:/名簿") / "a.xlsx"),
    )
    write(store, listed)
    return store


def record(store):
    whose = row(store.database, Person, name=WHOSE).id
    mark_person_for_erasing(
        ActionContext(store, **WHO), person_id=whose, reason=REASON, places=given_up(store, whose, NOW)
    )
    erase_marked(store, NEXT)
    assert finish_erasing.finish(store, now=NEXT) == ()
    scope = DocumentScope(fiscal_year=2026, item=rows(store.database, Disposal)[-1].id)
    return documents.build_document(store, scope=scope, kind="廃棄の記録", now=NEXT)


def test_the_record_lists_what_holds_this_person_and_what_nobody_knows_of(store, tmp_path):
    whose = row(store.database, Person, name=WHOSE).id
    found = files_naming(store, {whose})
    assert (len(found.certain), len(found.unknown), found.checked_count) == (2, 1, 4)
    assert files_naming(store, {9999}).certain == ()
    paper = record(store)
    (saved,) = [one for one in paper.blocks if isinstance(one, Table) and one.name == "外に保存したもの"]
    assert [line[1:3] for line in saved.rows] == [("受付名簿", "2件"), ("※参加者の一覧", "1件")]
    assert saved.rows[0][-1] == str(tmp_path)
    assert "個人情報のある保存4件を控えで調べ、消した人の載っている2件を書いた。※の1件は控えがなく" in saved.note
    said = said_by(paper)
    assert "3件　区が消したら□に印" in said
    assert "0.pdf" not in said
    assert len(pages_of(paper)) == 1


def test_the_record_says_that_it_was_asked_for_and_in_which_words(store):
    paper = record(store)
    said = said_by(paper)
    assert "本人の求めにより消したものです" in said
    assert "本人の求め（保つ期間の途中でも消す）" in said
    for words in ("目的が終わったので", "情報ごとの保つ期間", "どの回", "予定の日"):
        assert words not in said, words
    (gone,) = [one for one in paper.blocks if isinstance(one, Table) and one.name == "消したもの"]
    why = next(number for number, one in enumerate(gone.columns) if one.title == "なぜ")
    assert gone.rows[0][why] == REASON
    assert gone.columns[why].width >= 50

"""この人についての記録 and 個人情報ファイル簿の記載事項: all that is held, nobody else, a count and its rule."""

import pytest

from app.actions.action_context import ActionContext
from app.documents.blocks import KeyValues, Table
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.file_saving import SaveOptions
from app.registers.register.services.mistake_reports import save_report
from app.settings.data_requests.documents import FILE_RECORD, LISTED, SHEET, UNLISTED
from app.settings.data_requests.services import save_request
from db.records.documents import Outgoing
from db.records.organisations import Contact, Person
from db.records.presentations import Presentation
from db.records.roster import Entry
from db.records.year.enquiries import ContactMemo, EnquiryWay
from db.rows import by_id, rows
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by
from tests.support.undo_rights import report, request

store = made_by(sample_store)


@pytest.fixture
def person(store):
    """Somebody who takes part, with a contact and a report that names somebody else of the register."""
    place = next(one for one in rows(store.database, Entry) if one.person_id and one.application_id)
    with store.change(action="連絡先を加えた", by=BY, now=NOW) as change:
        change.insert(Contact(person_id=place.person_id, value="03-0000-4321", purpose="中止の連絡"))
        change.update(Entry, place.id, care="前の席")
    other = next(one for one in rows(store.database, Person) if one.id != place.person_id)
    said = f"{other.name}さんと取り違えている"
    save_report(ActionContext(store, BY, NOW), report=report(person_id=place.person_id, about=said))
    save_request(ActionContext(store, BY, NOW), request=request(person_id=place.person_id, basis="法83条"))
    return by_id(store.database, Person, place.person_id)


def sheet(store, person):
    return documents.build_document(store, scope=DocumentScope(fiscal_year=2026, item=person.id), kind=SHEET, now=NOW)


def test_the_sheet_has_what_every_record_holds_whence_and_what_for_and_covers_others(store, person):
    paper = sheet(store, person)
    found = [row for block in paper.blocks if isinstance(block, Table) for row in block.rows]
    assert ("連絡先", "連絡先", "03-0000-4321", "令和8年12月1日 連絡先を加えた", "中止の連絡") in found
    sources = {row[:3]: row[3] for row in found if row[0] == "名簿"}
    assert sources["名簿", "配慮", "前の席"] == "令和8年12月1日 連絡先を加えた", "by the act that wrote it as it stands"
    of_event = ("名簿", "実施回", "第1回 事例紹介講習会")
    assert sources[of_event] == sources["名簿", "状態", "決定"] == "令和8年8月3日 見本の名簿と会場を用意"
    assert {"参加者", "名簿", "連絡先", "本人からの申出", "本人からの請求"} <= {row[0] for row in found}
    assert "●●さんと取り違えている" in [row[2] for row in found]
    words = said_by(paper)
    assert [one.name for one in rows(store.database, Person) if one.name != person.name and one.name in words] == []
    assert "開示する文書ではありません" in words


def test_texts_of_every_record_are_searched_for_the_name_and_it_says_what_was_not(store, person):
    other = next(one for one in rows(store.database, Person) if one.name != person.name)
    surname = person.name.split("　")[0]
    memo = {"programme_id": 1, "received_at": NOW, "way": EnquiryWay.PHONE, "caller": "区民", "answerer": "", "by": BY}
    with store.change(action="書いた", by=BY, now=NOW) as change:
        change.insert(ContactMemo(about=f"{person.name}さんの席と{other.name}さんの席", **memo))
        change.insert(ContactMemo(about=f"{surname}さんから電話", **memo))
    paper = sheet(store, person)
    (texts,) = [block.rows for block in paper.blocks if isinstance(block, Table) and block.name == "文"]
    assert [row[1:] for row in texts if row[0].startswith("応対メモ")] == [
        (f"{person.name}さんの席と●●さんの席", "氏名"),
        (f"{surname}さんから電話", "名字だけ"),
    ]
    assert "受け取ったファイル、画像、紙、控えのファイルの中は、探していません" in said_by(paper)


def test_it_is_logged_when_it_is_given_out_and_names_the_papers_that_name_the_person(store, person, tmp_path):
    asked = {"scope": DocumentScope(fiscal_year=2026, item=person.id), "kind": SHEET}
    for form in ("pdf", "xlsx"):
        document_saving.save_document(
            ActionContext(store, BY, NOW),
            **asked,
            format=form,
            options=SaveOptions(path=tmp_path / f"記録.{form}", reason="請求に答える"),
        )
    left = [one for one in rows(store.database, Outgoing) if one.document_kind == SHEET]
    assert [one.personal for one in left] == [True, True]
    assert SHEET in [row[0] for row in sheet(store, person).blocks[-1].rows]


def test_the_file_record_counts_people_and_says_by_which_rule_it_is_listed(store):
    scope = DocumentScope(fiscal_year=2026)

    def said():
        paper = documents.build_document(store, scope=scope, kind=FILE_RECORD, now=NOW)
        return dict(next(one for one in paper.blocks if isinstance(one, KeyValues)).rows)

    before = int(said()["本人の数"].partition("人")[0])
    assert before == len(rows(store.database, Person)), "whoever signs or presents stands on the roster"
    assert said()["公表"] == f"{UNLISTED}（個人情報保護法75条・74条2項9号）"
    with store.change(action="試し", by=BY, now=NOW) as change:
        for number in range(1_000 - before):
            change.insert(Person(name=f"見本　{number}"))
    assert said()["本人の数"].startswith("1,000人")
    with store.change(action="試し", by=BY, now=NOW) as change:
        change.update(Presentation, rows(store.database, Presentation)[0].id, presenter="名簿にない　発表者")
    assert said()["本人の数"].startswith("1,001人")
    assert said()["公表"].startswith(LISTED)
    for words in ("名簿（団体、役職、", "出欠", "希望票（受領日", "希望する実施回"):
        assert words in said()["記録項目"]
    assert "行った人" not in said()["記録項目"], "who of the staff wrote it is no item about the person"
    assert "申出・請求　完結の翌年度4月1日から1年" in said()["保存の期間"]

"""外部サービス利用台帳, the twelve risks of the 別表, and 調査・監査: what an online form asks for, once."""

from datetime import date

import pytest

from app.actions.action_context import ActionContext
from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_scope import DocumentScope
from app.ledgers.services import check_lists, ledger_writing
from app.ledgers.services.ledger_reading import read_ledger
from app.settings.protection.services import service_of
from app.surveys.questions.services import surveys
from db.records.ledgers import NoteKind
from db.records.surveys import EventSurvey
from db.rows import rows
from tests.support.ledgers import emptied
from tests.support.paper_words import said_by
from tests.support.sample import BY, NOW, sample_store
from tests.support.stores import made_by

TODAY = NOW.date()
HEAD = {"service": "見本フォーム（無料版）", "provider": "見本クラウド", "terms": "2026年版", "use": "アンケート"}

store = made_by(lambda place: emptied(sample_store(place)))


def who(store) -> ActionContext:
    return ActionContext(store, BY, NOW)


def services(store):
    return read_ledger(store, key="services", fiscal_year=2026, today=TODAY).book.lines


def begun(store):
    return check_lists.save_header(
        who(store), key="cloud_risks", fiscal_year=2026, header=HEAD, filled_on=None, filled_by=""
    ).id


def answer(store, sheet, item, **given):
    check_lists.answer_item(who(store), sheet_id=sheet, item=str(item), answer=given)


def test_all_forms_of_one_service_ask_once_until_its_sheet_was_received(store):
    (line,) = services(store)
    assert (line.cells["service"], [one.doubt.words for one in line.doubts]) == ("見本フォーム", ["確認票がありません"])
    sheet = begun(store)
    for item in range(1, 13):
        answer(store, sheet, item, word="適合", evidence=f"第{item}条")
    assert services(store)[0].doubts, "what nobody has taken in answers nothing"
    check_lists.accept_sheet(who(store), sheet_id=sheet, received_on=TODAY, checked_by=BY, review_on=None)
    (line,) = services(store)
    assert (line.cells["sheet"], line.doubts) == ("R-01", ())

    survey = next(one for one in rows(store.database, EventSurvey) if one.frozen_at is None)
    surveys.set_online(who(store), survey_id=survey.id, url="https://forms.gle/abc", close=None)
    other = next(one for one in services(store) if one.cells["service"] == "Google フォーム")
    (doubt,) = other.doubts
    at = {"key": "services", "fiscal_year": 2026, "row_key": other.key, "rule": doubt.doubt.rule}
    ledger_writing.answer_doubt(who(store), how=NoteKind.REASON, words="使わない", **at)
    assert [one.state for one in next(one for one in services(store) if one.key == other.key).doubts] == ["settled"]


def test_the_address_of_a_form_says_its_service():
    addresses = ("https://docs.google.com/forms/d/x", "https://forms.office.com/r/x", "https://forms.mihon.test/b", "")
    found = [service_of(one) for one in addresses]
    assert found == ["Google フォーム", "Microsoft Forms", "forms.mihon.test", ""]


def test_a_risk_is_borne_with_a_ground_or_lowered_by_a_measure(store):
    sheet = begun(store)
    answer(store, sheet, 1, word="適合")
    answer(store, sheet, 2, word="対象外", evidence="第5条")
    answer(store, sheet, 3, word="対象外", measure="国内に限る設定にする")
    view = check_lists.read_sheet(store, sheet_id=sheet)
    assert [(one.judgement, one.remark) for one in view.answers[:3]] == [
        ("要確認", "「許容」には根拠資料が要ります"),
        ("要確認", "「低減して許容」には対策が要ります"),
        ("対象外", ""),
    ]
    assert view.check.word_for(view.outcome.overall) == "保留（要確認あり）"
    with pytest.raises(UserError, match="「許容」「許容できない」「要確認」「低減して許容」"):
        answer(store, sheet, 4, word="まあまあ")
    answer(store, sheet, 4, word="不適合", risk="漏えい", measure="使わない", due="2026-12-20")
    paper = documents.build_document(
        store, scope=DocumentScope(fiscal_year=2026), kind="クラウドサービスのリスク確認票", now=NOW
    )
    said = said_by(paper)
    assert "利用不可　（許容 0　許容できない 1　要確認 10　低減して許容 1　計12）" in said
    assert "対策　国内に限る設定にする" in said
    ledger = read_ledger(store, key="cloud_risks", fiscal_year=2026, today=TODAY)
    assert ledger.book.lines[0].cells["overall"] == "利用不可"


def test_a_visit_waits_for_what_was_to_be_put_right(store):
    cells = {
        "held": "2026-11-06", "sort": "実地の調査", "whom": "受託者の事務所", "who": BY, "asked": "施錠",
        "result": "改善を指示", "found": "鍵の記録", "until": "2026-11-20",
    }  # fmt: skip
    at = {"key": "visits", "fiscal_year": 2026}
    row_key = f"typed:{ledger_writing.enter_row(who(store), cells=cells, **at).id}"

    def words():
        line = read_ledger(store, key="visits", fiscal_year=2026, today=TODAY).book.line(row_key)
        return [one.doubt.words for one in line.doubts]

    assert words() == ["改善の確認がありません"]
    ledger_writing.correct_row(who(store), row_key=row_key, column="ended", value="2026-11-19", reason="", **at)
    assert words() == []
    with pytest.raises(UserError, match="実施日より前"):
        ledger_writing.enter_row(who(store), cells={**cells, "until": date(2026, 11, 1).isoformat()}, **at)

"""What leaves the ward: numbers without names, dates that are true, nothing late of our own, clauses in full."""

from datetime import date, datetime

import pytest

from app.actions.action_context import ActionContext
from app.documents import blocks
from app.documents.services import document_saving, documents
from app.documents.services.document_context import event_document_context
from app.documents.services.documents import document_mail_text
from app.events.headcount import services as headcount_services
from app.events.materials.services import material_documents, materials
from app.programme.services import programme_of_event
from app.submissions.reports.documents import report_parts
from app.submissions.reports.services import report_documents, report_facts
from app.submissions.reports.services.report_documents import report_content
from app.submissions.reports.services.report_form import read_form_screen
from db.records.documents import LetterForm, LetterState
from db.records.participants import ExpectedCount
from db.records.submissions.materials import Material, MaterialResult, MaterialVersion
from db.records.submissions.reports import Report
from tests.support.sample import NOW, event_id, sample_store
from tests.support.stores import made_by
from tests.support.years import (
    BY,
    TODAY,
    acting,
    add_dispatch,
    add_lecture,
    at,
    expect_people,
    started_year,
    tell_people,
    tell_result,
    the_event,
)

store = made_by(sample_store, scope="module")


def _content(store, kind: str, ordinal: int, paper: str, now: datetime = NOW) -> blocks.DocumentContent:
    return documents.build_document(store, event_id=event_id(store, kind, ordinal), kind=paper, now=now)


def _head(content: blocks.DocumentContent) -> blocks.Letterhead:
    return next(block for block in content.blocks if isinstance(block, blocks.Letterhead))


def _rows(content: blocks.DocumentContent, name: str) -> tuple[tuple[str, ...], ...]:
    return next(block.rows for block in content.blocks if isinstance(block, blocks.Table) and block.name == name)


def _items(content: blocks.DocumentContent) -> dict[str, tuple[int, str]]:
    """The numbered items of a letter: label → number and value."""
    return {
        label: (block.start + place, value)
        for block in content.blocks
        if isinstance(block, blocks.LetterItems)
        for place, (label, value) in enumerate(block.rows)
    }


def test_the_notes_of_the_headcount_point_at_the_item_they_mean(store):
    content = _content(store, "講習会", 2, headcount_services.HEADCOUNT)

    number, words = _items(content)["必要な対応"]
    assert _rows(content, "内訳")[-1] == ("配慮を必要とする方", "1件", f"必要な対応は{number}のとおり")
    assert words == "拡大資料1部　ご対応をお願いします。"


def test_a_headcount_copied_later_carries_the_day_it_was_told(store):
    assert _head(_content(store, "講習会", 2, headcount_services.HEADCOUNT)).date == "令和8年9月18日"
    assert _head(_content(store, "講習会", 2, headcount_services.CHANGE)).date == "令和8年9月28日"


def test_the_headcount_of_a_dispatch_names_no_organisation_and_no_lent_tablet(store):
    content = _content(store, "派遣", 1, headcount_services.HEADCOUNT)
    mail = document_mail_text(store, event_id=event_id(store, "派遣", 1), kind=headcount_services.HEADCOUNT, now=NOW)

    assert _items(content)["事業名"] == (1, "アドバイザー派遣による個別支援　第1回")
    assert not any("タブレット" in row[0] for row in _rows(content, "内訳"))
    assert "見本あおば町会" not in content.properties["title"] + mail
    assert "配慮を必要とする方：1件" in mail
    assert "見本企画株式会社\n業務責任者　受託見本　恵子　様" in mail


def test_the_change_lists_what_changed_among_the_organisations_too(store):
    rows = _rows(_content(store, "講習会", 2, headcount_services.CHANGE), "変更の内容")

    assert rows[:2] == (("参加予定人数", "17人", "18人", "+1"), ("参加団体", "12団体", "13団体", "+1"))


def test_a_notice_asks_for_the_day_the_screen_shows_and_gives_the_wards_own_date_while_it_lies_ahead(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 10, 7))
    handout = materials.add_material(acting(store, TODAY), event_id=event, title="スライド").id
    version = materials.receive_version(acting(store, TODAY), material_id=handout, data=b"x", name="a").id
    materials.add_finding(
        ActionContext(store, BY, NOW), version_id=version, page="6", text="氏名が読める", duty="必須", basis="特14"
    )
    materials.set_result(acting(store, TODAY), version_id=version, result=MaterialResult.RESUBMISSION)

    def dates_of(day: date) -> tuple[tuple[str, str], ...]:
        content = documents.build_document(store, event_id=event, kind=material_documents.MATERIAL, now=at(day))
        assert _rows(content, "指摘一覧")[0][4] == "必須\n（特記事項第14条）"
        return next(block.rows for block in content.blocks if isinstance(block, blocks.KeyValues))

    assert dates_of(TODAY) == (
        ("修正版の提出", "令和8年9月17日（木）まで"),
        ("区の確認の期限", "令和8年9月23日（水・祝）　実施日の2週間前まで（仕様書）"),
    )
    assert dates_of(date(2026, 9, 28)) == (("修正版の提出", "令和8年10月1日（木）まで"),)
    tell_result(store, handout, TODAY)
    assert materials.read_material(store, material_id=handout, today=TODAY).next_words == "第2版 9/17(木) までにお願い"
    assert dates_of(date(2026, 9, 28)) == dates_of(TODAY), "a copy of what was told asks for the day that was told"


def test_a_notice_about_an_event_that_has_passed_is_not_dated_after_it(store):
    assert _head(_content(store, "講習会", 2, material_documents.MATERIAL)).date == "令和8年9月14日"


def test_a_report_never_prints_that_the_ward_confirmed_late(store):
    event = the_event(store, event_id(store, "講習会", 2))
    facts = report_facts.gather_facts(store, event=event, report=Report(event_id=event.id, way="作成", version=1))
    late = MaterialVersion(
        material_id=1, version=1, received_on=date(2026, 9, 14), result="確認済", result_on=date(2026, 9, 24)
    )
    content = documents.build_document(store, event_id=event.id, kind=report_documents.REPORT, now=NOW)
    assert _rows(content, "仕様との対照")[-1][-1] == "期限内"

    changed = type(facts)(**{**vars(facts), "materials": ((Material(event_id=1, position=1, title="次第"), late),)})
    view = programme_of_event(store, event, on=TODAY)
    context = event_document_context(store, event, report_documents.REPORT, NOW, view=view)
    table = report_parts.comparison(context, changed)[-1]

    assert table.rows[-1][2:] == ("R8.9.24（木） 確認完了", "")


@pytest.mark.parametrize(
    ("kind", "basis"),
    [
        ("講習会", "根拠：仕様書4(1)ア・エ・オ・キ"),
        ("派遣", "根拠：仕様書4(2)ア・エ・オ・キ・ク"),
        ("意見交換会", "根拠：仕様書4(3)ア・エ・オ・カ・キ"),
    ],
)
def test_the_comparison_names_every_point_its_rows_rest_on(store, kind, basis):
    content = _content(store, kind, 2 if kind == "講習会" else 1, report_documents.REPORT)

    assert basis in [block.right for block in content.blocks if isinstance(block, blocks.Heading)]


def test_devices_are_spoken_of_only_where_some_were_used(store):
    def overview(kind: str, ordinal: int) -> dict[str, str]:
        content = _content(store, kind, ordinal, report_documents.REPORT)
        return dict(next(block.rows for block in content.blocks if isinstance(block, blocks.KeyValues)))

    assert overview("講習会", 2)["使用端末"] == "貸与タブレット10台、持参した端末6台　計16台"
    assert overview("派遣", 1)["使用端末"] == "持参した端末9台"
    assert "使用端末" not in overview("意見交換会", 1)


def test_the_check_sheet_says_both_dates_of_the_deadline_and_lists_what_is_asked(store):
    content = _content(store, "意見交換会", 1, report_documents.CHECK)
    receipt = dict(next(block.rows for block in content.blocks if isinstance(block, blocks.KeyValues)))

    assert receipt["提出期限"] == ("令和8年12月12日（土）　1か月以内\n休日の場合　令和8年12月14日（月）（民法142条）")
    assert receipt["受領日・方法"] == "令和8年11月27日（金）（メール　期限内）"
    (remarks,) = [block for block in content.blocks if isinstance(block, blocks.Bullets)]
    assert remarks.items == ("回収数「18件」（区の記録は17件）",)


def test_another_need_can_be_told_though_no_number_changed(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 12, 15))

    def wish(request: str) -> None:
        row = ExpectedCount(
            event_id=event, position=0, organisation_name="みほん町会", people=10, care_count=1, care_request=request
        )
        headcount_services.set_expected_counts(ActionContext(store, BY, NOW), event_id=event, rows=[row])

    wish("拡大資料1部")
    tell_people(store, event)
    wish("手話通訳")

    view = headcount_services.read_headcount(store, event_id=event, today=TODAY)
    assert (view.next_kind, view.is_changed_since_notice) == ("変更連絡", True)
    headcount_services.make_headcount_notice(ActionContext(store, BY, NOW), event_id=event, reason="申出による")
    content = documents.build_document(store, event_id=event, kind=headcount_services.CHANGE, now=NOW)
    assert _items(content)["必要な対応"][1] == "手話通訳　ご対応をお願いします。"


def test_a_dispatch_without_a_record_of_its_router_leaves_the_line_to_the_contractor(tmp_path):
    store = started_year(tmp_path)
    event = add_dispatch(store, network="不明")
    expect_people(store, event, 9)
    facts = report_facts.gather_facts(
        store, event=the_event(store, event), report=Report(event_id=event, way="作成", version=1)
    )
    content = report_content(store, event=the_event(store, event), report=facts.report, now=at(TODAY), facts=facts)

    assert _rows(content, "仕様との対照")[-1] == ("通信環境", "環境がない場合は受託者が整備", "", "")


def test_a_request_speaks_of_lateness_only_after_the_day_that_the_law_gives(tmp_path):
    store = started_year(tmp_path)
    event = add_lecture(store, date(2026, 9, 30))  # 10/31 is a Saturday, so 11/2 is still in time

    def asked(day: date) -> str:
        return read_form_screen(store, event_id=event, today=day).request_text

    assert "令和8年10月31日（土）までにメールでご提出ください" in asked(date(2026, 10, 31))
    assert "過ぎています" not in asked(date(2026, 11, 2))
    assert "提出期限の令和8年10月31日（土）を過ぎています" in asked(date(2026, 11, 4))
    assert "・アンケートの集計結果\n・講師所感" in asked(date(2026, 10, 31))


def test_a_formal_letter_comes_from_the_head_of_the_section_with_its_number_and_day(tmp_path):
    store = sample_store(tmp_path)
    event = event_id(store, "講習会", 6)
    document_saving.set_letter_state(
        ActionContext(store, BY, NOW),
        event_id=event,
        kind=material_documents.MATERIAL,
        form=LetterForm.FORMAL,
        state=LetterState.ISSUED,
        decided_on=date(2026, 11, 27),
        document_number="8練地協第10412号",
        issued_on=date(2026, 11, 30),
    )

    head = _head(documents.build_document(store, event_id=event, kind=material_documents.MATERIAL, now=NOW))

    assert head.sender == ("練馬区地域文化部協働推進課長", "（公印省略）")
    assert (head.reference, head.date) == ("8練地協第10412号", "令和8年11月30日")
    assert head.addressee == "見本企画株式会社\n　代表取締役　見本　太郎　様"
    store.database.conn.close()

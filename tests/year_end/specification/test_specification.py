"""仕様書の読み比べ on a sample year: kept, confirmed, taken back, and the next year starts with it."""

from datetime import date

import pytest

from app.actions.user_error import UserError
from app.documents.services import documents
from app.documents.services.document_kind import internal_kind
from app.documents.services.document_scope import DocumentScope
from app.documents.services.stored_files import read_file
from app.history import services as history_services
from app.year.dates.services import next_year_draft, start_year
from app.year_end.specification import services as spec
from db.records.programme import EventKind, Programme
from db.records.year.specification import NextValue, SpecificationText, SpecificationYear
from db.rows import row, rows
from db.tables import journal
from tests.support.paper_words import missing_words, said_by
from tests.support.sample import BY, NOW, acting, sample_store
from tests.support.specification import NEXT_YEAR, file_of, put_texts
from tests.support.years import started_year

WHO = {"by": BY, "now": NOW}
YEAR = {"fiscal_year": 2026}


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    made = sample_store(tmp_path_factory.mktemp("specification") / "year")
    for kind in (NextValue, SpecificationText):
        with made.change(action="空にする", by=BY, now=NOW, subject="specification") as change:
            for one in rows(made.database, kind):
                change.delete(kind, one.id)
    yield made
    made.database.conn.close()


def paper_of(store):
    return documents.build_document(store, scope=DocumentScope(fiscal_year=2026), kind="仕様書の読み比べ", now=NOW)


def view(store):
    return spec.read_specification(store, fiscal_year=2026, today=NOW.date())


def at(found, clause):
    return next(one for one in found.rows if one.pair.clause == clause)


def test_the_page_reads_keeps_confirms_takes_back_and_the_next_year_starts_with_it(store):
    assert view(store).words == "つぎの年度の仕様書がまだありません"
    with pytest.raises(UserError, match="まだありません"):
        paper_of(store)
    spec.save_text(
        acting(store), **YEAR, side=SpecificationYear.NEXT, file=file_of(NEXT_YEAR, "案.txt"), text=NEXT_YEAR
    )
    alone = view(store)
    # Without this year's text its settings stand beside it.
    assert at(alone, "4(1)オ").pair.old.text.startswith("講習会　実施時間 120分")

    put_texts(store, **WHO)
    assert len(rows(store.database, SpecificationText)) == 2
    kept = row(store.database, SpecificationText, side=SpecificationYear.NEXT)
    assert read_file(store, kept.file_id) == NEXT_YEAR.encode()
    found = view(store)
    assert {one.pair.change for one in found.changed_rows} == {"変更", "追加", "削除"}

    people = at(found, "4(1)ウ")
    lines = {one.value.key: one for one in people.numbers}
    assert (lines["講習会.headcount_period"].this_words, lines["講習会.headcount_period"].found_words) == (
        "5日前",
        "1週間前",
    )
    assert lines["講習会.headcount_period"].differs
    assert not lines["講習会.people_max"].differs
    assert lines["講習会.clause_people"].found.text == "仕4(1)ウ"
    said = {f"{one.action} {one.words}" for one in people.references}
    assert {"設定 講習会　参加人数の連絡 5日前", "期限 人数連絡 5日前", "帳票 参加人数連絡書"} <= said
    assert any(one.words == "持出し管理簿" for one in at(found, "特18").references)
    assert any(one.action == "受領の確認" and one.words.startswith("従事者") for one in at(found, "特7").references)

    content = paper_of(store)
    said = said_by(content)
    assert all(one.pair.title in said for one in found.changed_rows)
    assert [
        one for one in ("参加人数の連絡 5日前", "参加人数連絡書", "1週間前", "（前は4(1)エ）") if one not in said
    ] == []
    assert (content.stamp, internal_kind("仕様書の読み比べ.pdf")) == ("庁内限り", "仕様書の読み比べ")
    # In a workbook a day is a date.
    assert [one for one in missing_words(content) if not one.startswith("Excel: 令和")] == []

    before = len(found.unconfirmed_numbers)
    spec.confirm_found(acting(store), **YEAR, keys=[key for key, one in lines.items() if one.differs])
    spec.confirm_values(acting(store), **YEAR, values={"講習会.planned": "８", "年度.term_end": "2028-03-31"})
    after = view(store)
    assert (after.confirmed, len(after.unconfirmed_numbers)) == (5, before - 5)
    line = next(one for one in after.numbers if one.value.key == "講習会.planned")
    assert (line.confirmed.value, line.confirmed.clause, line.confirmed.quote) == ("8", "仕4(1)イ", "全8回")
    with pytest.raises(UserError, match="上限"):
        spec.confirm_values(acting(store), **YEAR, values={"講習会.people_min": "30"})
    with pytest.raises(UserError, match="講習会　回数"):
        spec.confirm_values(acting(store), **YEAR, values={"講習会.planned": "七"})
    with pytest.raises(UserError):
        spec.confirm_values(acting(store), **YEAR, values={"討論会.planned": "3"})
    assert view(store).confirmed == 5

    # A newer draft says something else: what was confirmed stays, and says so.
    newer = NEXT_YEAR.replace("全８回", "全9回")
    spec.save_text(acting(store), **YEAR, side=SpecificationYear.NEXT, file=file_of(newer, "案2.txt"), text=newer)
    line = next(one for one in view(store).numbers if one.value.key == "講習会.planned")
    assert (line.is_outdated, line.next_words, line.found_words) == (True, "8回", "9回")
    history_services.undo(store, **WHO)
    assert not any(one.is_outdated for one in view(store).numbers)

    draft = next_year_draft(store, today=NOW.date())
    lectures = next(one for one in draft.numbers if one.kind == "講習会")
    assert (lectures.planned, lectures.headcount_period, lectures.clause_people) == (8, "1週間前", "仕4(1)ウ")
    assert (draft.programme.term_end, lectures.window_end) == (date(2028, 3, 31), date(2027, 12, 25))
    assert draft.confirmed == {
        "講習会.planned",
        "講習会.headcount_period",
        "講習会.clause_people",
        "講習会.clause_recruitment",
        "年度.term_end",
    }
    start_year(acting(store), draft=draft)
    started = row(store.database, Programme, fiscal_year=2027)
    assert row(store.database, EventKind, programme_id=started.id, kind="講習会").planned == 8
    assert view(store).is_next_year_started
    history_services.undo(store, **WHO)

    spec.withdraw_value(acting(store), **YEAR, key="講習会.planned")
    assert next(one for one in next_year_draft(store, today=NOW.date()).numbers if one.kind == "講習会").planned == 7
    with pytest.raises(UserError):
        spec.withdraw_value(acting(store), **YEAR, key="講習会.planned")
    history_services.undo(store, **WHO)
    spec.remove_text(acting(store), **YEAR, side=SpecificationYear.THIS)
    assert view(store).confirmed == 5


@pytest.mark.parametrize(
    ("text", "words"), [("  \n", "読める文字"), ("おしらせ\n町会の皆さまへ", "項番"), ("あ" * 400_001, "長すぎ")]
)
def test_what_is_no_specification_is_refused_and_nothing_is_kept(store, text, words):
    before = rows(store.database, SpecificationText)
    with pytest.raises(UserError, match=words):
        spec.save_text(acting(store), **YEAR, side=SpecificationYear.NEXT, file=file_of(text, "画像.pdf"), text=text)
    assert rows(store.database, SpecificationText) == before


def test_the_history_calls_the_year_of_a_text_no_person():
    assert history_services.field_name("specification_texts", "side") == "どちらの年度"


def test_what_was_confirmed_is_named_alone_and_counted_with_others(tmp_path):
    store = started_year(tmp_path)
    done = [
        spec.confirm_values(acting(store), **YEAR, values=values)
        for values in ({"講習会.planned": "8"}, {"講習会.planned": "9", "講習会.people_max": "24"})
    ]
    assert [one.message for one in done] == ["講習会　回数　8回を確認しました。", "2件を確認しました。"]
    assert [one.id for one in done] == [one.id for one in rows(store.database, NextValue, key="講習会.planned")] * 2
    assert [one.action for one in journal.entries(store.database)[:2]] == [
        "つぎの年度の数を確認（講習会　回数　9回 ほか1件）",
        "つぎの年度の数を確認（講習会　回数　8回）",
    ]

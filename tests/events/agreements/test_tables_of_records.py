"""The tables of a year's records: which column says what, as wide as the page."""

from dataclasses import replace
from datetime import date

import pytest

from app.documents.blocks import Paragraph
from app.events.agreements.documents import _other_records_table, _reasoned_records_table
from db.records.agreements import Agreement

PAGE_WIDTH = 165
ONE = Agreement(
    id=1,
    programme_id=1,
    topic="会場",
    asked_on=date(2026, 9, 24),
    settled_on=date(2026, 10, 1),
    clause="仕4(1)ア",
    decision="区民館",
    ordinal=3,
    reason="近いため",
    ward_view="よい",
    contractor_view="可",
)


@pytest.mark.parametrize("made", [_reasoned_records_table, _other_records_table])
def test_a_table_is_as_wide_as_the_page_and_without_records_there_is_none(made):
    assert made([]) == Paragraph("該当なし")
    assert sum(column.width for column in made([(ONE, "")]).columns) == PAGE_WIDTH


def test_a_record_says_its_event_or_the_year_its_days_and_what_was_decided():
    open_one = replace(ONE, settled_on=None, ordinal=None, asked_on=None, topic="機材")
    table = _other_records_table([(ONE, "第1回"), (open_one, "")])
    assert [column.title for column in table.columns] == ["記録", "事項", "実施回", "始めた日", "整った日"]
    assert table.rows == (
        ("第3号", "会場", "第1回", "R8.9.24", "R8.10.1"),
        ("—", "機材", "年度に共通", "", "協議中"),
    )


def test_a_record_with_its_reason_says_both_views_and_that_it_was_withdrawn():
    bare = replace(ONE, settled_on=None, ordinal=None, decision="", reason="", ward_view="", clause="")
    gone = replace(ONE, withdrawn_on=date(2026, 10, 2), contractor_view="")
    table = _reasoned_records_table([(ONE, "第1回"), (bare, ""), (gone, "")])
    assert [column.title for column in table.columns] == [
        "記録", "決定日", "件名・実施回", "決めたこと", "理由・双方の意見",
    ]  # fmt: skip
    assert table.rows == (
        ("第3号", "R8.10.1", "会場\n第1回\n仕様書4(1)ア", "区民館", "理由　近いため\n区　よい\n受託者　可"),
        ("—", "協議中", "会場\n年度に共通", "—", "受託者　可"),
        ("第3号", "R8.10.1", "会場\n年度に共通\n仕様書4(1)ア", "【取消】区民館", "理由　近いため\n区　よい"),
    )

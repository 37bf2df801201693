"""What the page of 年度の設定 is told: as recorded, with little recorded, and after a change."""

from __future__ import annotations

from dataclasses import replace

from app.programme.services import read_programme
from db.records.programme import DocumentSetting
from tests.support.paper_lines import assert_says, changes
from tests.support.sample import NOW
from tests.support.view_lines import view

TODAY = NOW.date()


def test_the_year_is_told_as_it_is(sample_year, bare_year, changed_year):
    said, bare, changed = (
        view(read_programme, s, fiscal_year=2026, on=TODAY) for s in (sample_year, bare_year, changed_year)
    )
    assert_says(
        said,
        """
        programme=Programme 1｜office=Office 1｜contractor=Contractor 1
        　・kinds EventKind 1、EventKind 2、EventKind 3
        　・rows base=Programme 1
        　・　・numbers EventKind 1、EventKind 2、EventKind 3
        　・　・offices Office 1
        　・　・contractors Contractor 1
        """,
    )
    assert_says(
        changes(said, bare)[:24],
        """

        """,
    )
    assert_says(
        changes(said, changed)[:16],
        """

        """,
    )


def test_the_setting_of_a_document_is_that_of_its_kind_alone(sample_year):
    view = read_programme(sample_year, fiscal_year=2026, on=TODAY)
    settings = tuple(
        DocumentSetting(document_kind=kind, addressee=f"{kind}の宛先") for kind in ("決定通知", "開催通知")
    )
    found = replace(view, document_settings=settings)
    assert [one and one.addressee for one in map(found.setting_of, ("開催通知", "決定通知", "落選通知"))] == [
        "開催通知の宛先",
        "決定通知の宛先",
        None,
    ]

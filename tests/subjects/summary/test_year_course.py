"""A sentence for the council says what may change."""

from __future__ import annotations

from datetime import date

from app.subjects.summary.services.year_page import read_page
from tests.support.sample import sample_store

TODAY = date(2026, 12, 1)


def test_the_sentence_for_the_council_says_how_many_answers_are_not_fixed_yet(tmp_path):
    asked = read_page(sample_store(tmp_path), today=TODAY).summary.satisfaction

    still_open = sum(one.satisfaction.base for one in asked.events if one.satisfaction and one.frozen_on is None)
    assert 0 < still_open < asked.sheets
    assert asked.words.startswith(f"参加者の満足計は{asked.sheets}件（うち{still_open}件は確定前）中")

"""The lines of 仕様書の読み比べ: what was confirmed, by whom, and 「未確認」 for what was not."""

from datetime import date
from types import SimpleNamespace

from app.year_end.specification.services import _number


def number(next_words="", confirmed=None):
    line = SimpleNamespace(
        value=SimpleNamespace(label="講習会　回数"), this_words="7回", next_words=next_words, confirmed=confirmed
    )
    found = _number(line)
    return found.name, found.this_year, found.next_year, found.clause, found.confirmed


def test_a_number_says_who_confirmed_it_or_that_nobody_did():
    by = SimpleNamespace(clause="仕4(1)イ", confirmed_on=date(2026, 12, 1), confirmed_by="見本 太郎")
    assert number() == ("講習会　回数", "7回", "未確認", "", "")
    assert number("8回", by) == ("講習会　回数", "7回", "8回", "仕4(1)イ", "R8.12.1 見本 太郎")

"""A count of which a part is unknown is said with it and never as 0, alone and in a sum."""

from hypothesis import given
from hypothesis import strategies as some

from app.common.partial_count import PartialCount, sum_counts, sum_event_counts

COUNTS = some.builds(
    PartialCount, known=some.none() | some.integers(0, 99), unknown=some.integers(0, 3), missing=some.integers(0, 2)
)


def test_what_is_known_in_part_is_a_least_number() -> None:
    assert PartialCount(known=60, unknown=15).words("台") == "60台以上（15人 未確認）"
    assert PartialCount(known=0, unknown=15).words("台") == "未確認（15人）"
    assert PartialCount(known=0).words("台") == "0台"
    assert PartialCount().words("台") == ""
    assert PartialCount(missing=1).words("人") == "記録なし"
    assert PartialCount(known=60, unknown=15, missing=1).words("台") == "60台以上（15人 未確認、1回 記録なし）"
    assert sum_event_counts((18, None)).words_in_brackets("人") == "18人以上、1回 記録なし"
    assert sum_event_counts((18, None)).minimum_words("人") == "18人以上"
    assert sum_event_counts((None, None)).minimum_words("人") == ""
    assert sum_event_counts(()).words("人") == "0人"


@given(some.lists(COUNTS, max_size=5))
def test_a_sum_is_exact_only_where_all_of_it_is(counts: list[PartialCount]) -> None:
    whole = sum_counts(counts)
    gaps = any(one.unknown or one.missing for one in counts)
    assert (whole.exact is None) == gaps
    assert whole.known == sum(one.known or 0 for one in counts)
    said = whole.words("台")
    assert not (gaps and said.startswith("0台")), said
    assert ("以上" in said) == (gaps and bool(whole.known))

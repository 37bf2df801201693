"""A kept report that states its tablets as known is named, by the column of this event."""

from types import SimpleNamespace

import pytest

from app.documents.blocks import Column, Paragraph, Table
from app.year_end.consistency.services import event_numbers

REPORT = SimpleNamespace(version=2)


def paper(
    titles=("項目", "前回", "今回", "差"),
    rows=(("貸与タブレット", "3台", "0台", ""),),
    name=event_numbers.COMPARED_NUMBERS,
):
    columns = tuple(Column(title, width=10) for title in titles)
    return SimpleNamespace(blocks=(Paragraph("x"), Table(columns, tuple(rows), name=name)))


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        (paper(), "0台"),
        (paper(titles=("項目", "今回（第5回）", "前回", "差")), "3台"),
        (paper(rows=(("申込", "1", "2", ""), (event_numbers.LENT_TABLETS, "3台", "5台", ""))), "5台"),
        (paper(titles=("項目", "前回", "前々回", "差")), None),
        (paper(rows=(("申込", "1", "2", ""),)), None),
        (paper(name="ほかの表"), None),
        (None, None),
    ],
)
def test_the_number_is_read_from_the_column_of_this_event(monkeypatch, kept, said):
    read = []
    monkeypatch.setattr(event_numbers, "unknown_printed_as_known", lambda *told: read.append(told) or ("named",))
    found = event_numbers._unknown_printed_as_known("facts", kept, REPORT)
    title = f"{event_numbers.CONFIRMED_REPORT_SOURCE} 第2版"
    assert (found, read) == (((), []) if said is None else (("named",), [("facts", said, title)]))
    assert event_numbers._unknown_printed_as_known("facts", kept, None) == ()

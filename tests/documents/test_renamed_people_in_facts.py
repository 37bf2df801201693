"""How many people of a fact have another name: only where the people are the same and nothing else has changed."""

import pytest

from app.documents.rules import _count_renamed, _differences, _parse, with_names_seal
from db.redactions import REDACTED

BEFORE = {1: ("みほん町会", "見本　花子"), 2: ("つつじ会", "見本　次郎")}


def sealed(names):
    return with_names_seal("2団体 2人", names)


def renamed(before, now):
    was = _parse(before)
    return _count_renamed(was, _differences(was, _parse(now)))


@pytest.mark.parametrize(
    ("now", "count"),
    [
        (BEFORE, 0), (BEFORE | {1: ("みほん町会", "見本　華子")}, 1),
        (BEFORE | {1: ("みほん連合会", "見本　花子")}, 1),
        ({1: ("みほん連合会", "見本　華子"), 2: ("つつじ会", "見本　二郎")}, 3),
        (BEFORE | {1: ("みほん町会", "")}, 0), (BEFORE | {1: ("みほん町会", REDACTED)}, 0),
        ({1: ("みほん町会", "見本　華子")}, 0), (BEFORE | {3: ("若葉会", "見本　三郎")}, 0),
        ({1: ("みほん町会", "見本　華子"), 3: ("つつじ会", "見本　次郎")}, 0),
        ({1: ("みほん町会",), 2: ("つつじ会",)}, 0),
        ({1: ("みほん町会", "見本　華子", "会長"), 2: ("つつじ会", "見本　次郎", "会計")}, 1),
    ],
)  # fmt: skip
def test_a_name_that_is_known_both_times_and_differs_is_counted(now, count):
    assert renamed(sealed(BEFORE), sealed(now)) == count


def test_where_the_letter_says_anything_else_otherwise_nobody_was_only_renamed():
    before = {1: ("みほん町会", "見本　花子", "会長")}
    assert renamed(sealed(before), sealed({1: ("みほん町会", "見本　華子", "会長")})) == 1
    assert renamed(sealed(before), sealed({1: ("みほん町会", "見本　華子", "会計")})) == 0
    assert renamed("18人", "17人") == 0

"""Where things are at the handover: what is still outside, where the data are, and originals by their place."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from app.year_end.handover import services

DUE = datetime(2027, 3, 30, 17)


def taken(event_id=3, copies=5, returned=None, cancelled=False, due=DUE):
    return SimpleNamespace(
        event_id=event_id,
        copies=copies,
        returned_copies=returned,
        cancelled=cancelled,
        contents="受付名簿",
        destination="区民館",
        due_back_at=due,
        full=returned == copies,
    )


@pytest.fixture
def located(monkeypatch):
    """The rows, from what was taken out, the received documents and the places of records."""

    def rows_of(checkouts=(), papers=(), settled=(), meetings=()):
        monkeypatch.setattr(services, "read_checkouts", lambda _database: checkouts)
        monkeypatch.setattr(services, "is_fully_returned", lambda one: one.full)
        monkeypatch.setattr(
            services.agreement_table,
            "settled_of_year",
            lambda *_a: [SimpleNamespace(original_place=one) for one in settled],
        )
        held = [SimpleNamespace(original_place=one) for one in meetings]
        monkeypatch.setattr(services, "rows", lambda *_a, **_k: held)
        monkeypatch.setattr(services, "received_in_year", lambda *_a: papers)
        events = [SimpleNamespace(event=SimpleNamespace(id=3))]
        return services._location_rows(None, events, 1)

    return rows_of


@pytest.mark.parametrize(
    ("one", "row"),
    [
        (taken(), ("持出し中　受付名簿", "区民館", "5", "返却の予定　R9.3.30")),
        (taken(returned=3), ("持出し中　受付名簿", "区民館", "2", "返却の予定　R9.3.30")),
        (taken(event_id=None, due=None), ("持出し中　受付名簿", "区民館", "5", "")),
        (taken(returned=5), None),
        (taken(cancelled=True), None),
        (taken(event_id=9), None),
        (taken(event_id=9, returned=5, cancelled=True), None),
    ],
)
def test_what_was_taken_out_for_the_year_and_is_not_back_stands_first(located, one, row):
    *outside, data = located([one])
    assert outside == ([row] if row else [])
    assert data[0] == "業務データ（このアプリ）のフォルダー"


def paper(matter, kind="変更届", event_id=None, place="書棚"):
    return SimpleNamespace(kind=kind, event_id=event_id, matter=matter, original_place=place)


def test_originals_are_counted_by_kind_and_place_and_those_without_one_are_named(located):
    _data, *found = located(
        papers=[
            paper(1), paper(2), paper(0, "報告書", event_id=3, place=""), paper(0, "報告書", event_id=3, place="書庫"),
            paper(0, "提案書", place="書棚"), paper(0, "提案書", place="書庫"), paper(0, "請求書", place=""),
        ],
        settled=["書棚", "書棚", ""],
        meetings=["書庫"],
    )  # fmt: skip
    assert found == [
        ("変更届", "書棚", "2", ""),
        ("報告書", "書庫", "1", ""),
        ("提案書", "書庫", "1", ""),
        ("協議の記録", "書棚", "2", ""),
        ("協議の記録", "（原本の所在の記録なし）", "1", "所在を書き入れる。"),
        ("打合せの記録", "書庫", "1", ""),
        ("原本の所在を記録していない書類", "アプリの「資料・報告」", "1", "所在を書き入れる。"),
    ]

"""Which cells of a ledger's line may be corrected, and what its doubts still ask for."""

from datetime import datetime

import pytest

from app.ledgers.rules import LedgerColumn, LedgerDoubt, LedgerLine, TrackedDoubt

AT = datetime(2026, 9, 1, 9)
SCREEN = "持出し・返却の画面の「返却を記録」"


def line(cells, **given):
    return LedgerLine(
        key="x", number=1, cells=cells, entered_cells=cells, day=None, written_at=AT, made_by="手入力", **given
    )


@pytest.mark.parametrize(
    ("column", "value", "typed", "derived"),
    [
        ({}, "", True, True),
        ({}, "A", True, True),
        ({"recorded_elsewhere": SCREEN}, "A", True, False),
        ({"recorded_elsewhere": SCREEN}, "", True, False),
        ({"recorded_elsewhere": SCREEN, "filled_later": True}, "A", True, True),
        ({"recorded_elsewhere": SCREEN, "filled_later": True}, "", True, False),
        ({"filled_later": True}, "", True, True),
    ],
)
def test_what_another_screen_records_is_corrected_only_once_it_is_there(column, value, typed, derived):
    told = LedgerColumn("back", "返却日時", **column)
    cells = {"back": value} if value else {}
    assert line(cells, is_typed=True).is_correctable(told) is typed
    assert line(cells).is_correctable(told) is derived


def test_a_settled_doubt_owes_no_paper():
    def doubt(paper, state):
        return TrackedDoubt(
            doubt=LedgerDoubt(row="x", rule="", words="", explanation="", missing_paper=paper), state=state
        )

    doubts = (doubt("廃棄証明書", "open"), doubt("", "open"), doubt("届", "settled"), doubt("報告書", "asked"))
    assert line({}, doubts=doubts).missing_papers == ("廃棄証明書", "報告書")

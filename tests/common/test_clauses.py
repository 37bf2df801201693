"""Clauses are cited as short as they can be found by."""

from app.common.clauses import clause_of


def test_several_laws_are_named_once():
    assert clause_of("期間の初日は数えない", "月の期間は暦で数える") == "民法140条・143条"

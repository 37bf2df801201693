"""How many responses are counted, left out and undecided stands below their number."""

from types import SimpleNamespace

import pytest

from app.year_end.consistency.services import event_numbers


def sheet(counted=True, problems=(), decision=""):
    return SimpleNamespace(counted=counted, problems=problems, decision=decision)


@pytest.mark.parametrize(
    ("found", "sheets", "words"),
    [
        (None, [sheet(counted=False)], ()),
        (SimpleNamespace(paper=11, online=5), [], ("紙 11件", "オンライン 5件")),
        (
            SimpleNamespace(paper=1, online=0),
            [sheet(), sheet(problems=("x",), decision="入れる")],
            ("紙 1件", "オンライン 0件"),
        ),
        (
            SimpleNamespace(paper=1, online=0),
            [sheet(counted=False, problems=("x",), decision="白紙"), sheet(problems=("x",)), sheet(problems=("y",))],
            ("紙 1件", "オンライン 0件", "集計に入れない 1件", "まだ決めていない 2件"),
        ),
    ],
)
def test_responses_are_counted_by_their_way_and_by_what_was_decided(monkeypatch, found, sheets, words):
    monkeypatch.setattr(event_numbers, "read_survey", lambda *_a, **_k: SimpleNamespace(responses=sheets))
    view = SimpleNamespace(facts=SimpleNamespace(responses=found), event=SimpleNamespace(id=1))
    assert event_numbers._document_words(None, view) == words

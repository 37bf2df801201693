"""How many responses are counted, left out and undecided stands below their number."""

from datetime import date
from types import SimpleNamespace

import pytest

from app.documents.blocks import Figure, KeyFigures, Paragraph
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


def test_of_a_confirmed_report_the_key_figures_that_it_prints_are_its_numbers():
    said = {"出席者": "16", "満足計": "", "天気": "晴"}
    figures = tuple(Figure(label, value, unit="") for label, value in said.items())
    kept = SimpleNamespace(blocks=(Paragraph("出席者"), KeyFigures(figures=figures)))
    report = SimpleNamespace(version=2, contractor_confirmed_on=date(2026, 9, 8))
    found = event_numbers._confirmed_report(kept, report)
    assert (found.title, found.day, found.values) == (
        "受託者が確認した報告書 第2版",
        date(2026, 9, 8),
        {event_numbers.ATTENDED: "16"},
    )
    assert [event_numbers._confirmed_report(*one) for one in ((None, report), (kept, None))] == [None, None]

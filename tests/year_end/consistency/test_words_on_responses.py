"""How many responses are counted, left out and undecided stands below their number."""

from datetime import date, datetime
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


def test_of_a_report_that_came_an_accepted_difference_counts_while_the_own_number_is_that_of_then(monkeypatch):
    usual = {
        "theirs": "15人",
        "ours": "16人",
        "page": 2,
        "reason": "1人は付添い",
        "handling": "差のまま",
        "differs": True,
    }
    given = (
        ("出席", {}), ("欠席", {"ours": "17人"}), ("団体", {"handling": ""}), ("回収", {"reason": " "}), ("", {}),
        ("満足計", {"differs": False}), ("配布", {"theirs": " "}), ("天気", {"theirs": "晴 "}),
    )  # fmt: skip
    figures = [SimpleNamespace(**usual | {"name": name} | more) for name, more in given]
    monkeypatch.setattr(event_numbers, "figures_of_report", lambda *_: figures)
    monkeypatch.setattr(event_numbers, "number_of", lambda one: one.name)
    monkeypatch.setattr(event_numbers, "differs", lambda one: one.differs)
    report = SimpleNamespace(version=1, received_on=date(2026, 9, 8))
    store = SimpleNamespace(database=None)
    found = event_numbers._received_source(store, report, {name: "16" for name, _more in given})
    names = ["出席", "欠席", "団体", "回収", "満足計", "天気"]
    assert (found.values, found.pages) == (dict.fromkeys(names, "15") | {"天気": "晴"}, dict.fromkeys(names, 2))
    assert found.settled == dict.fromkeys(("出席", "天気"), "1人は付添い")


def test_of_papers_that_were_printed_the_newest_that_was_not_taken_back_is_said(monkeypatch):
    def paper(number, kind, fact="", value="", withdraws=None, document=True, handout=True):
        return SimpleNamespace(
            id=number,
            document_kind=kind,
            withdraws=withdraws,
            facts={event_numbers.DAY_SET: {fact: value}},
            way=SimpleNamespace(is_document=document),
            print_use=SimpleNamespace(is_handout=handout),
            at=datetime(2026, 9, number),
        )

    roster, course = event_numbers._ROSTER, event_numbers._COURSE
    papers = [
        paper(1, roster, "名簿", "11人"), paper(2, roster, "名簿", "12人"), paper(3, roster, "名簿", "13人"),
        paper(4, roster, withdraws=3, document=False), paper(5, roster, "別", "15人"), paper(6, course, "名簿", "9人"),
        paper(7, "配布資料"), paper(8, "配布資料"), paper(9, "配布資料", handout=False), paper(10, course),
    ]  # fmt: skip
    monkeypatch.setattr(event_numbers, "rows", lambda *_, **__: papers)
    monkeypatch.setattr(event_numbers, "shown_fact", str)
    monkeypatch.setattr(event_numbers, "_printed_copies", lambda handed, needed: f"{len(handed)}／{needed}")
    found = event_numbers._printed_sources(SimpleNamespace(database=None), 1, needed="5")
    assert [(one.key, one.day.day, one.values) for one in found] == [
        (roster, 2, {event_numbers.EXPECTED: "12"}),
        ("配布資料", 8, {event_numbers.COPIES: "2／5"}),
    ]

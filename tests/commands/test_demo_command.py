"""``demo`` without pictures: the main job on the fictitious year, in a folder of its own."""

import json
from pathlib import Path

import pytest

from app.commands import demo
from app.commands.documents import scopes_of_all
from app.commands.main import main
from tests.support.demo import whole_demo
from tests.support.in_full import IN_FULL, times

_WRITTEN = slice(None) if IN_FULL else slice(1, 2)


@pytest.mark.nightly
def test_the_year_is_made_the_file_taken_in_and_papers_written_where_a_demo_was_before(
    call, tmp_path, monkeypatch, capfd
):
    """The first is named from where one stands, as by ``make run``: the window looks at no place that is not whole."""
    # Of one event here, those of a year by ``documents``; ``make faults PART=demo`` writes all papers twice, and names
    # them for a program.
    monkeypatch.setattr(demo, "scopes_of_all", lambda store, now: scopes_of_all(store, now)[_WRITTEN])
    monkeypatch.chdir(tmp_path)
    given: list[Path] = []

    def run(arguments):
        return demo.run(arguments, take_pictures=lambda _store, folder: given.append(folder) or [])

    code = main(["demo", "--out", "見本", "--only", "screenshots", "--json"], run=run)
    printed = capfd.readouterr()
    assert (code, json.loads(printed.out)) == (0, {"documents": [], "screenshots": []}), printed.err
    assert given == [tmp_path / "見本" / "screenshots"]
    old = tmp_path / "見本" / "documents" / "前の回の帳票.pdf"
    old.parent.mkdir()
    old.write_bytes(b"old")

    assert len(whole_demo(call, tmp_path / "見本")) > times(100, of=3)

    assert not old.exists()


@pytest.mark.parametrize("held", ["data/desk.db", "documents/大事.pdf", "desk.db"])
def test_a_folder_that_holds_anything_else_is_left_alone(call, tmp_path, held):
    kept = tmp_path / "out" / held
    kept.parent.mkdir(parents=True)
    kept.write_text("kept", encoding="utf-8")

    code, out, err = call("demo", "--out", tmp_path / "out", "--only", "documents")

    assert (code, out) == (1, "")
    assert ("データのフォルダー" if held == "desk.db" else "ほかのファイルがあります") in err
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [kept]


def test_a_file_in_the_place_of_the_folder_is_refused_for_the_demo_too(call, password):
    code, out, err = call("demo", "--out", password)

    assert (code, out) == (1, "")
    assert "フォルダーではありません" in err

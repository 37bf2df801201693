"""``demo`` without pictures: the main job on the fictitious year, in a folder of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.commands import demo
from app.commands.main import main


def test_the_year_is_made_the_file_taken_in_and_every_paper_written_and_again(call, tmp_path):
    """First for a program, with every file by name, then over the first for people: places and counts, no hundreds of names."""
    code, out, err = call("demo", "--out", tmp_path / "見本", "--only", "documents", "--json")

    assert code == 0, err
    made = json.loads(out)
    assert set(made) == {"documents", "screenshots"}
    assert made["screenshots"] == []
    kinds = {row["kind"] for row in made["documents"]}
    assert {"参加人数連絡書", "資料確認結果通知", "実施報告書"} <= kinds
    assert all(Path(row["path"]).is_file() for row in made["documents"])

    code, out, err = call("demo", "--out", tmp_path / "見本", "--only", "documents")

    assert code == 0, err
    folder = tmp_path / "見本" / "documents"
    assert out == f"帳票　{len(made['documents'])}件：{folder}\n"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == len(made["documents"]) > 100
    assert "2件の申込を取り込みました（2人分）" in err
    assert "件の回答を取り込みました" in err
    assert len(err.splitlines()) < 10


def test_a_folder_named_from_where_one_stands_reaches_the_window_from_the_root(tmp_path, monkeypatch, capfd):
    """As ``make run`` names it; the window looks at no place that is not named whole."""
    monkeypatch.chdir(tmp_path)
    given: list[Path] = []

    class Demo:
        add_parser = staticmethod(demo.add_parser)

        @staticmethod
        def run(arguments):
            return demo.run(arguments, take_pictures=lambda _store, folder: given.append(folder) or [])

    assert main(["demo", "--out", "out", "--only", "screenshots"], module=Demo()) == 0, capfd.readouterr().err
    assert given == [tmp_path / "out" / "screenshots"]


@pytest.mark.parametrize("held", ["data/desk.db", "documents/大事.pdf", "desk.db"])
def test_a_folder_that_holds_anything_else_is_left_alone(call, tmp_path, held):
    kept = tmp_path / "out" / held
    kept.parent.mkdir(parents=True)
    kept.write_text("kept", encoding="utf-8")

    code, out, err = call("demo", "--out", tmp_path / "out", "--only", "documents")

    assert (code, out) == (1, "")
    assert "ほかのファイルがあります" in err
    assert [path for path in (tmp_path / "out").rglob("*") if path.is_file()] == [kept]


def test_a_file_in_the_place_of_the_folder_is_refused_for_the_demo_too(call, password):
    code, out, err = call("demo", "--out", password)

    assert (code, out) == (1, "")
    assert "フォルダーではありません" in err

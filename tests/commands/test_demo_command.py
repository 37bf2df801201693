"""``demo`` without pictures: the main job on the fictitious year, in a folder of its own."""

from __future__ import annotations

import json

import pytest

from tests.support.demo import whole_demo


def test_the_year_is_made_the_file_taken_in_and_every_paper_written_where_a_demo_was_before(call, tmp_path):
    # The demo before makes its year and no papers; in ``make faults`` it writes them all, and names them for a program.
    code, out, err = call("demo", "--out", tmp_path / "見本", "--only", "screenshots", "--json")
    assert (code, json.loads(out)) == (0, {"documents": [], "screenshots": []}), err
    old = tmp_path / "見本" / "documents" / "前の回の帳票.pdf"
    old.parent.mkdir()
    old.write_bytes(b"old")

    assert len(whole_demo(call, tmp_path / "見本")) > 100

    assert not old.exists()


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

"""One whole demo: the fictitious year is made, the files are taken in, every paper is written."""

import json
from collections.abc import Callable
from pathlib import Path

Call = Callable[..., tuple[int, str, str]]
KINDS = {"参加人数連絡書", "資料確認結果通知", "実施報告書"}


def whole_demo(call: Call, place: Path) -> list[Path]:
    """Let ``call`` (exit code, standard output and standard error of a command) make the demo for people; its papers.

    They are told places and counts, no hundreds of names.
    """
    code, out, err = call("demo", "--out", place, "--only", "documents")

    assert code == 0, err
    folder = place / "documents"
    papers = [path for path in folder.rglob("*") if path.is_file()]
    assert out == f"帳票　{len(papers)}件：{folder}\n"
    assert {kind for kind in KINDS if any(kind in path.name for path in papers)} == KINDS
    assert "2件の申込を取り込みました（2人分）" in err
    assert "件の回答を取り込みました" in err
    assert len(err.splitlines()) < 10
    return papers


def whole_demo_for_a_program(call: Call, place: Path) -> list[Path]:
    """The same with every file by name; returns those names."""
    code, out, err = call("demo", "--out", place, "--only", "documents", "--json")

    assert code == 0, err
    made = json.loads(out)
    assert set(made) == {"documents", "screenshots"}
    assert made["screenshots"] == []
    assert {row["kind"] for row in made["documents"]} >= KINDS
    assert "件の回答を取り込みました" in err
    return [Path(row["path"]) for row in made["documents"]]

"""The runner of the long checks: every part runs, a broken one fails alone, and the end says so."""

from types import SimpleNamespace

import pytest

from tests.faults.as_ordinary_user import run_as_ordinary_user
from tests.faults.run import main, parts


def _part(name: str, run) -> SimpleNamespace:
    return SimpleNamespace(NAME=name, SAYS=f"{name}を確かめます。", run=run)


def _breaks(_report) -> bool:
    raise ValueError("こわれた")


KNOWN = {
    "good": _part("good", lambda report: report.say("見た") is None),
    "bad": _part("bad", lambda report: False),
    "broken": _part("broken", _breaks),
}


def test_a_failing_and_a_breaking_part_fail_the_run_and_hide_no_other(capsys):
    assert main(["--part", "broken", "--part", "bad", "--part", "good"], KNOWN) == 1

    said = capsys.readouterr()
    assert "[good] 見た" in said.out
    ends = [line.split() for line in said.out.splitlines()[-4:]]
    assert ends == [
        ["不合格", "0分00秒", "broken"],
        ["不合格", "0分00秒", "bad"],
        ["合格", "0分00秒", "good"],
        ["合計", "0分00秒"],
    ]
    assert "こわれた" in said.err


def test_one_part_can_be_run_alone_and_an_unknown_one_is_refused(capsys):
    assert main(["--part", "good"], KNOWN) == 0
    with pytest.raises(SystemExit):
        main(["--part", "nothing"], KNOWN)
    assert main([], KNOWN) == 1


def test_every_part_has_a_name_of_its_own_and_a_sentence_for_the_reader(project_folder):
    known = parts()

    assert len(known) == len(list((project_folder / "tests/faults/parts").glob("*.py")))
    assert [name for name, part in known.items() if not part.SAYS.endswith("。")] == []


def test_who_may_not_install_a_tool_is_told_what_to_ask_for():
    run = run_as_ordinary_user(
        "try:\n    tools.need('Cコンパイラ', lambda: False, 'gcc', 'libc6-dev')\n"
        "except tools.ToolMissing as missing:\n    sys.stdout.buffer.write(str(missing).encode())\n"
    )

    assert run.stdout.startswith("Cコンパイラがありません。管理者に「apt-get install"), run.stderr
    assert "gcc libc6-dev" in run.stdout

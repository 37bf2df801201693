"""Every command that the papers print is one that can be typed as it stands."""

import importlib
import re
import shlex
import sys
from pathlib import Path

import pytest

from app.calendar.date_parsing import parse_date
from app.commands.command_line import JapaneseParser
from app.commands.main import COMMANDS, add_command, main, program

PROJECT = Path(__file__).resolve().parents[2]
PAPERS = (PROJECT / "README.md", PROJECT / "CONTRIBUTING.md", *sorted((PROJECT / "docs").rglob("*.md")))
OURS = ("./dejikatsu-desk", "dejikatsu-desk-command.exe", ".venv/bin/python -m app")
PYTHON = (".venv/bin/python", r".venv\Scripts\python")
_BLOCK = re.compile(r"^```\w*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_WHOLE = re.compile(r"[A-Z]:\\[\w\\-]*\\(?=dejikatsu-desk-command\.exe )")
_KEPT = re.compile(r" >> .*")
"""The whole place of the program, and where a task keeps what it says: neither is part of the command."""

_INLINE = re.compile(r"`([^`\n]+)`")


def _printed() -> list[str]:
    """What stands in blocks and between backticks and begins as a command does."""
    found: list[str] = []
    for paper in PAPERS:
        text = paper.read_text(encoding="utf-8")
        blocks = re.sub(r" [\\^]\n ?", " ", "\n".join(_BLOCK.findall(text)))
        lines = [_KEPT.sub("", _WHOLE.sub("", line.strip())) for line in blocks.splitlines()]
        found += [*lines, *_INLINE.findall(_BLOCK.sub("", text))]
    starts = ("make ", "python ", "python3 ", "dejikatsu-desk-command.exe ", "dejikatsu-desk ", "./", *PYTHON)
    # Two words of README stand before what the command does, as in a table.
    return sorted({re.split(r"　|\s{2,}", one)[0] for one in found if one.startswith(starts)})


PRINTED = _printed()


def _words(command: str) -> list[str]:
    return command.split() if "\\" in command else shlex.split(command)


def test_the_papers_print_commands_of_every_kind():
    assert len(PRINTED) >= 20
    assert all(any(one.startswith(start) for one in PRINTED) for start in ("make ", *OURS))


def test_make_knows_every_target_that_is_printed():
    targets = set(re.findall(r"^([a-z]+):", (PROJECT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {word for one in PRINTED if one.startswith("make ") for word in one.split()[1:] if "=" not in word}

    assert asked - targets == set()
    assert {"run", "test"} <= asked


@pytest.mark.parametrize("command", [one for one in PRINTED if one.startswith(OURS)])
def test_a_printed_command_of_the_program_is_understood(command):
    start = next(start for start in OURS if command.startswith(start))
    words = _words(command.removeprefix(start))
    if words in ([], ["--help"], ["--version"]):
        return
    if words[0] == "--today":
        assert parse_date(words[1], 2026)
        return
    assert words[0] in COMMANDS
    parser = JapaneseParser(prog="")
    add_command(parser.add_subparsers(), words[0])

    assert parser.parse_args(words)


@pytest.mark.parametrize("command", [one for one in PRINTED if one.startswith(PYTHON) and not one.startswith(OURS)])
def test_a_printed_command_of_python_names_files_that_are_there(command):
    words = _words(command)[1:]
    named = [word.split("::") for word in words if "/" in word and not word.startswith("dist/")]

    assert words[0] != "-m" or importlib.util.find_spec(words[1]) is not None
    for path, *test in named:
        assert (PROJECT / path).is_file()
        assert all(f"def {name}(" in (PROJECT / path).read_text(encoding="utf-8") for name in test)


def test_nothing_is_printed_that_a_bare_machine_does_not_have():
    """Debian has no 「python」, and the libraries are in .venv alone; in a folder one types ./ before its
    start file."""
    assert [one for one in PRINTED if one.startswith(("python", "dejikatsu-desk "))] == []


@pytest.mark.parametrize(
    ("frozen", "start"),
    [
        ("", ".venv/bin/python -m app"),
        ("dejikatsu-desk", "./dejikatsu-desk"),
        ("dejikatsu-desk-command.exe", "dejikatsu-desk-command.exe"),
    ],
)
def test_the_help_names_the_program_as_it_is_typed(frozen, start, tmp_path, monkeypatch, capsys):
    if frozen:
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(tmp_path / frozen))

    assert program() == start
    assert main(["backup"]) == 2
    assert f"「{start} backup --help」" in capsys.readouterr().err

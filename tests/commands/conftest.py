"""How the commands are called here: as IT support calls them, with exit code and both outputs."""

import io
import re
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

from app.commands.main import main
from tests.support.data_folders import LOGIN, NAME, PASSWORD, copied_folder

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capfd) -> Call:
    """Call a command with words; gives exit code, standard output and standard error.

    Every line on standard error is a Japanese sentence, whatever is called.
    """

    def run(*words: object) -> tuple[int, str, str]:
        code = main([str(word) for word in words])
        printed = capfd.readouterr()
        assert [line for line in printed.err.splitlines() if not JAPANESE.search(line)] == []
        return code, printed.out, printed.err

    return run


@pytest.fixture
def password(tmp_path: Path) -> Path:
    """The password file of the copied folder's user."""
    path = tmp_path / "password.txt"
    path.write_text(PASSWORD + "\n", encoding="utf-8")
    return path


@pytest.fixture
def login(tmp_path: Path, password: Path) -> tuple[object, ...]:
    """The options that open the copied folder (``login[1]`` is the folder, ``login[2:]`` the user)."""
    return ("--data", copied_folder(tmp_path), "--user", LOGIN, "--password-file", password)


@pytest.fixture(scope="session")
def year_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder that ``init`` made with the year's numbers, to be copied."""
    return _initiated(tmp_path_factory.mktemp("year"))[0]


@pytest.fixture(scope="session")
def sample_made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A data folder that ``init`` made with the fictitious year, and what it said on both outputs."""
    return _initiated(tmp_path_factory.mktemp("sample"), "--sample", "--json")


@pytest.fixture(scope="session")
def sample_folder(sample_made: tuple[Path, str, str]) -> Path:
    """That folder alone, to be copied."""
    return sample_made[0]


def _initiated(place: Path, *more: str) -> tuple[Path, str, str]:
    secret = place / "password.txt"
    secret.write_text(PASSWORD, encoding="utf-8")
    words = ["init", "--data", str(place / "data"), "--user", LOGIN, "--name", NAME, "--password-file", str(secret)]
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        assert main([*words, "--today", "2026-09-01", *more]) == 0
    return place / "data", out.getvalue(), err.getvalue()


@pytest.fixture
def bytes_of() -> Callable[[Path], dict[str, bytes]]:
    """Everything in a folder but the record of accesses, to see whether anything was written there."""

    def read(folder: Path) -> dict[str, bytes]:
        files = [path.relative_to(folder) for path in folder.rglob("*") if path.is_file()]
        return {path.as_posix(): (folder / path).read_bytes() for path in files if path.parts[0] != "accesses"}

    return read

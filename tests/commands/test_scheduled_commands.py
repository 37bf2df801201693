"""What the page for the IT department prints is done as it stands, by the user and the role that the page makes, and
tells by its exit code."""

import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest

from app.actions.action_context import ActionContext
from app.data_folder.services import accounts, lock_transfer
from build_spec import it_page
from tests.support.altered_files import flip
from tests.support.data_folders import NAME, NOW, PASSWORD, closed, opened

PAGE = it_page.PAGE.read_text(encoding="utf-8")
CHECKING = "てんけんのとてもながい鍵"
NO_COMMAND_OF_OURS = {"@echo", "if", "exit", "schtasks", "icacls", "certutil"}
SYNTAX = (
    r"schtasks /Create /TN \w+ /SC (?:DAILY|WEEKLY /D SUN) /ST \d\d:\d\d /RU \S+\\\S+ /RP \* /TR [A-Z]:\\\S+\.cmd",
    r"icacls [A-Z]:\\\S+ /inheritance:r /grant:r \S+\\\S+:R",
    r"certutil -hashfile \S+\.zip SHA256",
    r"@echo off",
    r"(?:if errorlevel 1 )?exit /b %ERRORLEVEL%",
)
"""How those of Windows are written: none of them is run here."""


@pytest.fixture
def data(login, tmp_path) -> Path:
    """The folder with the user for the checks, as the page has it added, and the two password files."""
    store = opened(login[1])
    accounts.add_user(
        ActionContext(store, NAME, NOW),
        login_id=it_page.CHECKER,
        display_name="点検",
        password=CHECKING,
        role=it_page.role_of_checker(),
        password_is_own=True,
    )
    closed(store)
    (tmp_path / "password.txt").write_text(CHECKING, encoding="utf-8")
    (tmp_path / "tantou.txt").write_text(PASSWORD, encoding="utf-8")
    return login[1]


@pytest.fixture
def places(data, tmp_path, monkeypatch) -> dict[str, str]:
    """The one table of places; whoever asks stands elsewhere, as a task does."""
    elsewhere = tmp_path / "system32"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    here = {
        it_page.DATA: data,
        it_page.ELSEWHERE: tmp_path / "別の場所",
        it_page.RESTORED: tmp_path / "戻したもの",
        it_page.OLD: tmp_path / "前の版",
        it_page.GENERATION: max((data / "backups").glob("0*")),
        it_page.CHECK: tmp_path / "check",
        it_page.CHECKER_PASSWORD: tmp_path / "password.txt",
        it_page.RESTORING: tmp_path / "password.txt",
        it_page.WORKER_PASSWORD: tmp_path / "tantou.txt",
    }
    assert set(here) == set(it_page.PLACES)
    return {name: str(path) for name, path in here.items()}


def only(name: str, places: dict[str, str]) -> list[str]:
    """The first command of that name."""
    return it_page.placed(next(one for one in it_page.commands(it_page.WINDOWS) if one[0] == name), places)


def run_all(call, commands: list[list[str]]) -> None:
    """Do each one after the other; what opens a window has a test of its own."""
    done = [words for words in commands if words[0] not in it_page.OPENING_A_WINDOW]
    found = [(words, call(*words)) for words in done]
    assert [(words, code, err) for words, (code, _out, err) in found if code] == []
    assert {"backup", "backups", "verify", "restore", "--version"} <= {words[0] for words in done}


def test_every_line_of_the_page_is_a_command_that_is_tried_or_has_its_syntax():
    for line in it_page.typed_lines():
        program = line.split()[0]
        known = program in (it_page.WINDOWS, it_page.LINUX)
        assert known or program in NO_COMMAND_OF_OURS, line
        assert known or any(re.fullmatch(form, line) for form in SYNTAX), line
    for words in it_page.commands(it_page.WINDOWS):
        assert [word for word in words if "\\" in word and word not in it_page.PLACES] == []
        named = [word for before, word in pairwise(words) if before in ("--data", "--to", "--password-file")]
        assert [word for word in named if not re.match(r"[A-Z]:\\|\\\\", word)] == []
    for script in re.findall(r"/TR (\S+)", PAGE):
        assert f"`{script}` として置きます" in PAGE


def test_the_commands_of_the_page_are_done_as_they_stand(call, places, tmp_path):
    """Words and options as printed, in the page's order; the tasks stand in a folder that is not theirs."""
    run_all(call, [it_page.placed(words, places) for words in it_page.commands(it_page.WINDOWS)])

    assert len(list((tmp_path / "別の場所").glob("0*"))) == 1
    for restored in ("戻したもの", "前の版"):
        closed(opened(tmp_path / restored))
    assert list((tmp_path / "system32").iterdir()) == []


def test_the_commands_of_the_page_for_linux_are_done_as_they_stand(call, data, tmp_path, monkeypatch):
    folder = tmp_path / "desk"
    folder.mkdir()
    shutil.move(data, folder / "data")
    monkeypatch.chdir(folder)
    run_all(call, it_page.commands(it_page.LINUX))

    closed(opened(folder / "data-restored"))


def test_a_damaged_copy_elsewhere_is_told_by_the_exit_code(call, places, tmp_path):
    assert call(*only("backup", places))[0] == 0
    (kept,) = (tmp_path / "別の場所").glob("0*/desk.db")
    flip(kept, at=-1)

    assert call("backups", "--data", tmp_path / "別の場所")[0] == 1


def test_a_short_name_is_looked_for_where_the_task_stands_and_not_found(call, places, data):
    code, _out, err = call("backup", "--data", data.name, "--to", "backup")

    assert code == 1
    assert "データがありません" in err


def test_the_exit_codes_are_those_of_the_page(call, places, data, login, tmp_path):
    assert re.findall(r"^\| (\d)（0x\d） \|", PAGE, re.MULTILINE) == ["0", "1", "2", "3"]

    assert (call("verify", "--data", data)[0], call("verify", *login[:-1], tmp_path / "nowhere.txt")[0]) == (2, 1)
    shutil.rmtree(data / "published")
    assert call("backup", "--data", data)[0] == 1


def test_every_command_that_needs_the_folder_to_itself_says_by_its_code_that_it_is_in_use(
    call, places, data, login, tmp_path, bytes_of
):
    """A scheduled task tells it from damage; nothing was looked at, and nothing written."""
    listed, out = tmp_path / "申込.csv", tmp_path / "out"
    listed.write_text("氏名,団体\n見本　花,見本町会\n", encoding="utf-8")
    out.mkdir()
    worker = (*login[:-1], tmp_path / "tantou.txt")
    store = opened(data)
    before = bytes_of(data)
    for words in (
        ("documents", *worker, "--all", "--out", out),
        ("issued", *worker, "--out", out),
        ("import-applications", *worker, "--event", "1", listed),
        ("import-survey", *worker, "--event", "1", listed),
        ("import-list", *worker, "--list", "団体の一覧", listed),
        ("calendar", *worker, "--out", out / "a.ics"),
        ("verify", *worker),
        only("verify", places),
    ):
        code, said, err = call(*words)
        assert (code, said) == (3, ""), (words[0], err)
        assert "使用中です" in err
    assert NAME not in err, "who checks is told no name"
    assert bytes_of(data) == before
    assert call(*only("backup", places))[0] == 0, "that of the night goes on beside whoever works"
    closed(store)
    assert list(out.iterdir()) == []


def test_the_folder_of_who_is_there_is_empty_once_all_have_closed(data):
    def there() -> int:
        return len(list((data / "desks").glob("*.json")))

    store = opened(data)
    assert "`desks` に `.json` で終わるファイルがなければ、だれも開いていません" in PAGE
    looking = lock_transfer.begin_session(lock_transfer.open_newest_copy(store).store, pc="M")
    assert there() == 2
    lock_transfer.end_session(looking)
    closed(store)
    assert there() == 0


def test_version_and_origin_are_said_from_source_too(call):
    code, said, err = call("--version")

    assert (code, err) == (0, "")
    assert re.match(r"デジ活デスク \d+\.\d+\.\d+\n作った元　(?:[0-9a-f]{40}（\d{4}-\d\d-\d\d）|git のない写し)", said)


def test_no_continued_line_begins_with_a_sign_that_a_copy_would_lose():
    """A viewer drops the blank before it, and ``^`` takes the first sign of the next line for a letter."""
    lines = it_page.PAGE.read_text(encoding="utf-8").splitlines()
    continued = [after.strip() for line, after in pairwise(lines) if line.endswith(" ^")]
    assert len(continued) > 5
    assert [line for line in continued if line[0] in "<>|&^"] == []

"""The log of the program's own failures: what it holds, how much of it, and that nobody stands in it."""

import errno
import re
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from app.actions.user_error import UserError
from app.common import failure_log
from app.common.failure_facts import facts_of
from app.common.failures import failure_reason
from app.data_folder.services.cleanup import run_cleanup
from app.data_folder.services.support_report import save_report, support_report
from app.window.failure_messages import failure_of
from db.files import storage_errors as faults

CANARIES = (
    "髙橋みほん", "みほん町二丁目3番4号", "みほん北町会", "090-0000-1234", "mihon.taro@example.jp",
    "Kawasemi-2026-himitsu", "//mihon-sv/taro/名簿", "D:\\mihon_taro\\申込一覧.xlsx", "MihonTaro", "杖を使う",
)  # fmt: skip
Carrier = Callable[[str], BaseException]


@pytest.fixture
def log(tmp_path) -> Iterator[Path]:
    path = tmp_path / "logs" / "desk.log"
    failure_log.set_log_file(path)
    yield path
    failure_log.set_log_file(None)


def raised(problem: BaseException, behind: BaseException | None = None) -> BaseException:
    """The error as it comes, with a frame whose variables hold things."""
    held = repr(problem)
    try:
        raise problem from behind
    except BaseException as error:  # noqa: BLE001
        assert held
        return error


def with_note(canary: str) -> BaseException:
    problem = ValueError("x")
    problem.add_note(canary)
    return raised(problem)


def with_attributes(canary: str) -> BaseException:
    problem = RuntimeError("x")
    problem.details = problem.sqlite_errorname = problem.number = problem.kind = canary  # type: ignore[attr-defined]
    return raised(problem)


def of_a_class_made_here(canary: str) -> BaseException:
    return raised(type(canary, (ValueError,), {"__module__": canary})("x"))


def in_a_function_made_here(canary: str) -> BaseException:
    name = "".join(sign if sign.isalnum() and sign.isascii() else "_" for sign in canary)
    space = {"__name__": canary, "given": canary}
    exec(compile(f"def f_{name}():\n    raise KeyError(given)\n", canary.replace("\0", ""), "exec"), space)
    try:
        space[f"f_{name}"]()
    except KeyError as error:
        return error
    raise AssertionError


def of_the_engine(canary: str) -> BaseException:
    database = sqlite3.connect(":memory:")
    try:
        database.execute(f'SELECT * FROM "{canary}"')
    except sqlite3.Error as error:
        return error
    finally:
        database.close()
    raise AssertionError


def of_the_engines_own_name(canary: str) -> BaseException:
    problem = sqlite3.DatabaseError(f"{canary}: database disk image is malformed")
    problem.sqlite_errorname = f"SQLITE_{canary}"
    return raised(problem)


def in_context(canary: str) -> BaseException:
    try:
        try:
            raise KeyError(canary)
        except KeyError:
            raise OSError(errno.EACCES, canary, canary, None, canary)  # noqa: B904
    except OSError as error:
        return error


CARRIERS: dict[str, Carrier] = {
    "message": lambda canary: raised(ValueError(canary)),
    "key": lambda canary: raised(KeyError(canary)),
    "several arguments": lambda canary: raised(RuntimeError(1, canary, {canary: [canary]})),
    "note": with_note,
    "attributes": with_attributes,
    "name of a file": lambda canary: raised(FileNotFoundError(errno.ENOENT, "No such file", canary)),
    "second name of a file": lambda canary: raised(OSError(errno.EXDEV, "x", "a", None, canary)),
    "words of the system": lambda canary: raised(OSError(errno.EIO, canary)),
    "number of no system": lambda canary: raised(OSError(canary)),
    "bytes that are no text": lambda canary: raised(UnicodeDecodeError("utf-8", canary.encode(), 0, 1, canary)),
    "line of a program": lambda canary: raised(SyntaxError(canary, (canary, 1, 1, canary))),
    "class": of_a_class_made_here,
    "function": in_a_function_made_here,
    "engine": of_the_engine,
    "name of the engine": of_the_engines_own_name,
    "cause": lambda canary: raised(RuntimeError("x"), raised(ValueError(canary))),
    "context": in_context,
    "group": lambda canary: raised(ExceptionGroup(canary, [ValueError(canary)])),
    "fault of the environment": lambda canary: raised(
        faults.Damaged(f"{canary} page {canary}", happened=canary, lost=canary, todo=canary)
    ),
    "place without data": lambda canary: raised(faults.MissingData(canary)),
    "who has it open": lambda canary: raised(faults.WriteLockLost(canary, holder=canary)),
}


def told_by_python(problem: BaseException) -> str:
    """All that a usual log would have written of an error."""
    whole = traceback.TracebackException.from_exception(problem, capture_locals=True)
    return "".join((*whole.format(), repr(problem), repr(vars(problem)), str(vars(problem))))


def test_two_hundred_and_ten_canaries_and_none_stands_in_the_log_or_in_what_is_handed_over(log, tmp_path):
    carried = 0
    for canary in CANARIES:
        folder = tmp_path / "".join(sign if sign not in "/\\:" else "_" for sign in canary)
        for name, carrier in CARRIERS.items():
            ways = (
                lambda problem: failure_of(problem).details,
                lambda problem: failure_reason(problem) and "",
                lambda problem, what=canary: run_cleanup(what, lambda: (_ for _ in ()).throw(problem)) and "",
            )
            for way in ways:
                problem = carrier(canary)
                said = told_by_python(problem)
                # A word must be there to be lost: a usual log has it, as it is or as Python writes it.
                assert canary in said or ascii(canary)[1:-1] in said or repr(canary)[1:-1] in said, name
                try:
                    details = way(problem)
                except BaseException as error:
                    if error is not problem:
                        raise
                    details = failure_of(problem).details
                assert canary not in details, (name, details)
            carried += 1
        failure_log._log.occurrences.clear()
        text = support_report(folder, now=datetime.fromisoformat("2026-11-24T09:00"))
        assert canary not in text
        assert folder.name not in text

    everything = log.read_bytes()
    handed = support_report(tmp_path, now=datetime.fromisoformat("2026-11-24T09:00"))
    save_report(tmp_path / "out.txt", handed)
    saved = (tmp_path / "out.txt").read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    assert saved == handed
    assert carried == len(CANARIES) * len(CARRIERS) == 210
    assert [canary for canary in CANARIES if canary.encode() in everything or canary in handed] == []
    assert not any(
        part in handed + everything.decode() for part in ("mihon", "Mihon", "みほん", "himitsu", str(tmp_path))
    )
    found = failure_log.read_log()
    assert len(found.entries) > 200
    assert found.unreadable_count == 0


def test_a_line_of_anything_else_is_counted_and_never_handed_over(log):
    failure_log.log_failure(raised(ValueError("x")))
    whole = log.read_text(encoding="utf-8").rstrip("\n")
    fields = whole.split(" | ")
    changed = [
        " | ".join(("みほん太郎" if at == number else field for at, field in enumerate(fields)))
        for number in range(len(fields))
    ]
    before = "2026-09-01 09:00:00 E-3F2A　Damaged | みほん町会.part | data_folder.py:12 open"
    log.write_text("\n".join((before, whole, *changed, f"{whole} | みほん太郎", f"みほん太郎{whole}", "")), "utf-8")

    found = failure_log.read_log()

    assert (len(found.entries), found.older_count) == (1, 0)
    assert found.unreadable_count == len(fields) + 3
    text = support_report(None, now=datetime.fromisoformat("2026-11-24T09:00"))
    assert "みほん" not in text
    assert "ほかに古いもの" not in text
    assert f"この形でない行 {len(fields) + 3}行" in text


def test_an_entry_has_what_somebody_needs_who_was_not_there(log):
    failure_log.log_failure(raised(ValueError("みほん")), moment=datetime.fromisoformat("2026-11-24T09:00:05"))

    line = log.read_text(encoding="utf-8")
    (entry,) = failure_log.read_log().entries
    assert re.match(r"2026-11-24T09:00:05[+-]\d\d:\d\d \| source \| unexpected \| 1 \| E-", line)
    assert entry.event == "unexpected"
    assert entry.facts is not None
    assert entry.facts.kind == "ValueError"
    assert entry.facts.number == facts_of(raised(ValueError("x"))).number
    text = support_report(None, now=datetime.fromisoformat("2026-11-24T09:00"))
    assert "令和8年11月24日（火） 09:00:05" in text
    assert entry.facts.number in text


def test_places_name_our_modules_lines_and_functions_and_what_led_there(log, tmp_path):
    try:
        save_report(tmp_path / "nowhere" / "みほん.txt", "x")
    except BaseException as problem:  # noqa: BLE001
        failure_log.log_failure(problem)
        facts = facts_of(problem)

    assert facts.code_locations[-1].startswith("app.documents.services.")
    assert "みほん" not in facts.as_lines()
    (entry,) = failure_log.read_log().entries
    assert entry.facts == facts


def test_codes_are_those_of_the_system_and_the_engine():
    denied = facts_of(PermissionError(errno.EACCES, "no", "/みほん"))
    broken = facts_of(faults.Damaged("DatabaseError: malformed (SQLITE_CORRUPT_VTAB) page 17"))
    held = facts_of(faults.FileInUse("PermissionError: [WinError 32] みほん"))
    invented = facts_of(faults.Damaged("SQLITE_MIHON_TARO [Errno 99999] page 123456789"))

    assert denied.codes == ("EACCES",)
    assert broken.codes == ("SQLITE_CORRUPT_VTAB", "page 17")
    assert held.codes == ("WinError 32",)
    assert invented.codes == ()


@pytest.mark.parametrize(
    "usual",
    [
        UserError("みほん町会の申込は締め切られています。", ""), faults.WrongPassword("wrong"),
        faults.Locked(holder="みほん林さん"), faults.HolderSilent(holder="みほん林さん", minutes=7),
        faults.ReadOnlyMode(), faults.RestrictedError(), KeyboardInterrupt(),
    ],
)  # fmt: skip
def test_what_a_rule_refuses_and_a_usual_day_brings_is_no_failure(log, usual):
    failure_of(usual)

    assert not log.exists()


@pytest.mark.parametrize(
    ("problem", "what"),
    [
        (faults.DiskFull(), "storage"), (faults.NotOurs(), "storage"),
        (faults.WriteLockLost(holder="みほん林さん"), "seat"),
        (sqlite3.DatabaseError("database disk image is malformed"), "storage"),
        (PermissionError(errno.EACCES, "x"), "file"), (KeyError("みほん"), "unexpected"),
    ],
)  # fmt: skip
def test_each_failure_that_is_put_into_words_stands_in_the_log_once_by_the_number_that_is_shown(log, problem, what):
    first, second = failure_of(problem), failure_of(problem)

    (entry,) = failure_log.read_log().entries
    assert first == second
    assert entry.event == what
    assert entry.facts is not None
    assert first.number in ("", entry.facts.number)


def test_what_comes_again_and_again_is_counted_and_does_not_fill_the_log(log):
    for _ in range(2000):
        failure_log.log_failure(raised(ValueError("x")))

    times = [entry.times for entry in failure_log.read_log().entries]
    assert times == [1000, 100, 10, 3, 2, 1]
    assert "この回の1000度目" in support_report(None, now=datetime.fromisoformat("2026-11-24T09:00"))


def test_a_log_that_has_grown_begins_anew_the_one_before_stays_and_both_are_read(log):
    failure_log.log_event("mended", 3)
    line = log.read_bytes()
    log.write_bytes(line * (failure_log.MAX_LOG_BYTES // len(line) + 1))

    failure_log.log_event("restored")

    assert len(log.read_text(encoding="utf-8").splitlines()) == 1
    assert log.with_suffix(".old.log").stat().st_size > failure_log.MAX_LOG_BYTES
    found = failure_log.read_log()
    assert (found.entries[0].event, found.entries[1].event, found.entries[1].times) == ("restored", "mended", 3)
    assert len(found.entries) == 500
    assert len(found.entries) + found.older_count == failure_log.MAX_LOG_BYTES // len(line) + 2
    for _ in range(3):  # it never holds more than twice its size, however long it goes on
        log.write_bytes(line * (failure_log.MAX_LOG_BYTES // len(line) + 1))
        failure_log._log.occurrences.clear()
        failure_log.log_event("restored")
    assert sum(path.stat().st_size for path in log.parent.iterdir()) < 2 * failure_log.MAX_LOG_BYTES + 1000


def test_a_log_that_cannot_be_written_or_read_keeps_nobody_from_working(tmp_path):
    (tmp_path / "logs").write_bytes(b"no folder")
    failure_log.set_log_file(tmp_path / "logs" / "desk.log")
    try:
        assert failure_of(KeyError("x")).number.startswith("E-")
        assert failure_log.read_log().entries == ()
    finally:
        failure_log.set_log_file(None)
    broken = tmp_path / "broken.log"
    broken.write_bytes(b"\xff\xfe\x00 | " * 1000)
    assert failure_log.read_log(broken).unreadable_count == 1


def test_every_name_of_tidying_up_has_its_word_in_the_log(project_folder):
    import ast

    named = {
        node.args[0].value
        for path in (project_folder / "app").rglob("*.py")
        if "run_cleanup(" in (text := path.read_text(encoding="utf-8"))
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "run_cleanup"
        and isinstance(node.args[0], ast.Constant)
    }

    assert named == set(failure_log.CLEANUP_EVENTS)


def test_work_that_could_not_be_tidied_is_written_down_as_that_work(log):
    def fail() -> tuple[str, ...]:
        raise OSError(errno.ENOSPC, "みほん")

    run_cleanup("バックアップの作成", fail)

    (entry,) = failure_log.read_log().entries
    assert entry.event == "backup"
    assert entry.facts is not None
    assert entry.facts.codes == ("ENOSPC",)


def test_the_version_is_that_of_the_folder_for_staff(monkeypatch, log):
    said = ("デジ活デスク 0.1.0", "作った元　3f2a1bc9d0（2026-11-24）に、変更を加えたもの", "みほん太郎の版")
    monkeypatch.setattr(failure_log, "version_lines", lambda: said)
    failure_log.set_log_file(log)

    failure_log.log_event("restored")

    assert failure_log.read_log().entries[0].version == "0.1.0+3f2a1bc9d0"
    assert "みほん" not in support_report(None, now=datetime.fromisoformat("2026-11-24T09:00"))


def test_nothing_of_the_engine_is_loaded_before_there_is_a_failure(project_folder):
    import subprocess

    asked = "import sys, app.common.failure_log; print('sqlcipher3' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=project_folder, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize(
    ("problem", "why"),
    [
        (ValueError("x"), "予期しないことが起きました"),
        (PermissionError("x"), "ほかのプログラムが使っているか"),
        (FileNotFoundError("x"), "ほかのプログラムが使っているか"),
    ],
)
def test_only_a_trouble_with_a_file_is_called_a_file_in_use(problem, why):
    def fail():
        raise problem

    assert why in run_cleanup("データの点検", fail)[0]

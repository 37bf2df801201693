"""The codes of an error that may be logged: those of the system by name, of the engine as listed, nothing else."""

import errno
from types import SimpleNamespace

import pytest

from app.common import failure_facts
from app.common.failure_facts import UNKNOWN, _code_location, _known_code, class_name, facts_of
from db.files.storage_errors import Damaged


@pytest.mark.parametrize(
    ("code", "known"),
    [
        (f"Errno {errno.EACCES}", "EACCES"),
        ("Errno 99999", ""),
        ("WinError 32", "WinError 32"),
        ("SQLITE_CORRUPT", "SQLITE_CORRUPT"),
        ("SQLITE_MIHON", ""),
    ],
)
def test_a_code_is_logged_by_its_name_where_it_is_known(code, known):
    assert _known_code(code, {"SQLITE_CORRUPT"}) == known


def test_a_page_is_named_of_damage_alone_and_each_code_once():
    def codes(problem):
        return facts_of(problem).codes

    assert codes(PermissionError(errno.EACCES, "見本町会の名簿")) == ("EACCES",)
    assert codes(ValueError("見本町会 Errno 13")) == ()
    told = f"[Errno {errno.EIO}] page 3, [Errno {errno.EIO}]"
    damaged = Damaged(details=told)
    assert codes(damaged) == ("EIO", "page 3")
    other = ValueError("x")
    other.details = told
    assert codes(other) == ("EIO",)


def test_a_class_has_the_name_of_its_nearest_base_that_a_known_module_defines_under_it():
    class Strange(Damaged):
        pass

    hidden = type("Hidden", (KeyError,), {"__module__": "app.common.failure_facts"})
    gone = type("Gone", (KeyError,), {"__module__": "app.common.nowhere"})
    assert [class_name(one) for one in (Damaged, Strange, hidden, gone, KeyError, pytest.UsageError)] == [
        "db.files.storage_errors.Damaged", "db.files.storage_errors.Damaged", "KeyError", "KeyError", "KeyError",
        "Exception",
    ]  # fmt: skip


def test_a_place_is_named_for_a_known_module_alone_and_without_a_function_made_while_running():
    def place(known, *, file="x.py", name="f", module="app.common.failure_facts"):
        held = compile("0", file, "exec").replace(co_name=name)
        return _code_location(SimpleNamespace(f_globals=known or {"__name__": module}, f_code=held), 7)

    own, foreign = vars(failure_facts), vars(pytest)
    assert [place(own), place(own, file="<x>"), place(own, file="<frozen x>"), place(own, name="見本")] == [
        f"app.common.failure_facts:7{function}" for function in (" f", "", " f", "")
    ]
    assert [place(foreign), place(None), place(None, module="app.nowhere")] == [UNKNOWN] * 3

"""The codes of an error that may be logged: those of the system by name, of the engine as listed, nothing else."""

import errno

import pytest

from app.common.failure_facts import _known_code, facts_of
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

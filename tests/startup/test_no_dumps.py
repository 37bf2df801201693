"""A program that was started leaves no dump of its memory."""

import sys

import pytest

from tests.support.child_python import run_python

TOLD = """
import ctypes, resource
from app.__main__ import main
before = ctypes.CDLL(None).prctl(3, 0, 0, 0, 0)
main(["self-check", "--help"])
print(before, ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), resource.getrlimit(resource.RLIMIT_CORE))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="by hand there")
def test_the_memory_of_the_process_is_not_dumped():
    told = run_python("-c", TOLD, timeout=60)
    assert told.stdout.splitlines()[-1] == "1 0 (0, 0)"

"""The processes that a test has started and that are still there."""

from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from app.foreign_files.children.child_process import ChildConnection


def _children() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "resource_tracker" not in " ".join(child.cmdline())]


@contextmanager
def none_left() -> Iterator[None]:
    """Whatever is started in here has ended; one that another test keeps waiting for its next file may stay."""
    before = _children()
    yield
    assert [child for child in _children() if child not in before] == []


def takes_much_and_never_answers(connection: ChildConnection, megabytes: int) -> None:
    """Serve as a child that gets ready, then takes twice the memory it may have."""
    connection.send_bytes(b"ready")
    connection.recv_bytes()
    connection.recv_bytes()
    held = bytearray(2 * megabytes * 1024 * 1024)
    connection.recv_bytes()  # waits for what is never said, with all of it in hand
    connection.send_bytes(bytes(held))

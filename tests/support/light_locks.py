"""How often a password is stretched in tests: a thousand times, or as often as in the product where a test asks."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from db import keyring

FULL = keyring.MIN_ITERATIONS
LIGHT = 1000


@contextmanager
def stretched(times: int) -> Iterator[None]:
    """Let new key slots be made with ``times`` rounds, and count as strong enough."""
    words = keyring.wrap.__kwdefaults__
    assert words.keys() == {"iterations"}
    with pytest.MonkeyPatch.context() as patched:
        patched.setitem(words, "iterations", times)
        patched.setattr(keyring, "MIN_ITERATIONS", times)
        yield

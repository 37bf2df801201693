"""Letters that left already: made once a run, and each test gets a copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.letter_people import Letters
from tests.support.letter_steps import put_all, put_all_to_three


@pytest.fixture
def issued(tmp_path: Path) -> Iterator[Letters]:
    """The event of ``people`` whose 決定通知 is 施行."""
    made = Letters(tmp_path / "data", then=put_all)
    yield made
    made.close()


@pytest.fixture
def to_three(tmp_path: Path) -> Iterator[Letters]:
    """The same after who waits was chosen as well."""
    made = Letters(tmp_path / "data", then=put_all_to_three)
    yield made
    made.close()

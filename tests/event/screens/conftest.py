"""What the screens of one event begin with."""

import pytest

from tests.support.event_pages import show_event


@pytest.fixture
def shown(qtbot, desk_at):
    """Show one event and wait until it has read."""
    return lambda event_id, **given: show_event(qtbot, desk_at, event_id, **given)

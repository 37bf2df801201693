"""What is done on a screen, with the wait for everything that it began."""

from collections.abc import Callable
from typing import Any

from tests.support.waiting import wait_idle


def do(qtbot: Any, where: Any, act: Callable[..., Any], *given: Any, **named: Any) -> Any:
    """Call ``act`` and wait until all that it began is read or written and shown; ``where`` is a desk or its screen."""
    returned = act(*given, **named)
    wait_idle(qtbot, getattr(where, "app_context", where))
    return returned

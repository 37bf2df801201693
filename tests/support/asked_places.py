"""What a desk asks its window for: where it is to go, and what it is to say."""

from app.window.app_context import AppContext


def asked_places(desk: AppContext) -> list[tuple[str, dict[str, object]]]:
    """Collect the screens that the desk asks for from now on, each with what it is handed."""
    found: list[tuple[str, dict[str, object]]] = []
    desk.navigation_requested.connect(lambda place, given: found.append((place, given)))
    return found


def said_words(desk: AppContext) -> list[str]:
    """Collect the sentences that the desk says from now on."""
    found: list[str] = []
    desk.message_shown.connect(lambda words, _undo: found.append(words))
    return found

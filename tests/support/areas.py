"""The areas of the program, whose packages have tests, words and costs of their own; ``event`` is one package."""

from typing import Final

AREAS: Final = (
    "home", "settings", "year_end", "submissions", "event_day", "surveys", "events", "year", "registers",
)  # fmt: skip


def package_folder(parts: list[str]) -> str:
    """Return the folder of a package below ``app`` or ``tests`` from the names on the way to a module in it."""
    return "/".join(parts[: 2 if parts[:1] and parts[0] in AREAS else 1])

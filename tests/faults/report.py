"""What a part of ``make faults`` says while it runs: one line at a time, at once, with the name of the part."""

from __future__ import annotations


class Report:
    """The voice of one part."""

    def __init__(self, name: str) -> None:
        self._name = name

    def say(self, *lines: str) -> None:
        """Print lines so that they are seen while the part still runs."""
        for line in lines:
            print(f"  [{self._name}] {line}", flush=True)

"""What a part of ``make faults`` says while it runs, one line at a time, at once, with the name of the part; and its
seed."""


class Report:
    """The voice of one part; whatever it draws, it draws from ``seed``."""

    def __init__(self, name: str, seed: int = 1) -> None:
        self._name = name
        self.seed = seed

    def say(self, *lines: str) -> None:
        """Print lines so that they are seen while the part still runs."""
        for line in lines:
            print(f"  [{self._name}] {line}", flush=True)

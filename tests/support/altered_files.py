"""A file as a fault of the disk leaves it."""

from pathlib import Path


def flip(path: Path, share: float = 0.5, *, at: int | None = None, bit: int = 1) -> None:
    """Turn bits of one byte over: of the one at ``at``, else of the one at that share of the file."""
    data = bytearray(path.read_bytes())
    data[int(len(data) * share) if at is None else at] ^= bit
    path.write_bytes(data)

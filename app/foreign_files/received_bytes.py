"""Takes a received file's bytes, once and for reading only, after a look at its size."""

from __future__ import annotations

from pathlib import Path

from app.foreign_files.refusal import IntakeRefusal

LARGEST_TEXT_BYTES = 10 * 1024 * 1024
"""A year's answers and applications stay far below this; a larger text is a mistake."""

LARGEST_FILE_BYTES = 30 * 1024 * 1024
"""A workbook may hold pictures; a larger one is not a list of applications."""

_ZIP = b"PK"


def read_received(path: Path) -> bytes:
    """The bytes of ``path``. Raises IntakeRefusal when it is missing, cannot be opened, or is too large."""
    try:
        with path.open("rb") as file:
            size = path.stat().st_size
            head = file.read(2)
            limit = LARGEST_FILE_BYTES if head == _ZIP else LARGEST_TEXT_BYTES
            if size > limit:
                raise too_large(size, limit)
            data = head + file.read(limit)
    except FileNotFoundError:
        raise IntakeRefusal(f"ファイル「{path.name}」が見つかりませんので、場所と名前を確かめてください。") from None
    except OSError:
        raise IntakeRefusal(
            f"ファイル「{path.name}」を開けませんので、ほかのソフトで開いていれば閉じてから、もう一度選んでください。"
        ) from None
    return data


def too_large(size: int, limit: int) -> IntakeRefusal:
    """The refusal of a file of ``size`` bytes where ``limit`` are taken."""
    return IntakeRefusal(
        f"ファイルが大きすぎますので（{size // (1024 * 1024)}MB、上限{limit // (1024 * 1024)}MB）、"
        "必要な行だけのCSVにしてから選び直してください。"
    )

"""The marks by which a workbook that this program made is known again, for those who write it and those who read it."""

from __future__ import annotations

from typing import Final

PDF_PRODUCER: Final = "デジ活デスク"
"""What every PDF of ours names as its producer."""
FORM_CELL_PREFIX: Final = "様式_"
"""How the named cells of every form of ours begin."""
FORM_NAME_CELL: Final = f"{FORM_CELL_PREFIX}名前"
FORM_NAME_LABEL: Final = "様式の名前"
"""The cell that names a form, and the label beside it."""
LANGUAGE: Final = "ja-JP"
"""What every workbook of ours says of its language; together with a version in digits no other program writes it."""
LIST_VERSION: Final = 0
"""The version of what was saved from a list of the window; documents have a version from 1."""

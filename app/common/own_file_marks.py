"""Marks that identify workbooks and PDFs made by this program, for writing and reading alike."""

from __future__ import annotations

PDF_PRODUCER = "デジ活デスク"
"""The producer in the metadata of every PDF of ours."""
FORM_CELL_PREFIX = "様式_"
"""Prefix of the named cells in our forms."""
FORM_NAME_CELL = f"{FORM_CELL_PREFIX}名前"
FORM_NAME_LABEL = "様式の名前"
"""Label beside the cell that names a form."""
LANGUAGE = "ja-JP"
"""The language in the properties of our workbooks; no other program writes it together with a version in digits."""
LIST_VERSION = 0
"""The version written into lists saved from the window; documents have versions from 1."""

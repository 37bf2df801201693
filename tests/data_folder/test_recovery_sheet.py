"""The sheet with the recovery key is one page, drawn in memory, with every group of the key on it."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from app.data_folder.services.accounts import draw_recovery_sheet

KEY = "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567-89ABC-DEFGH"


def test_every_group_of_the_key_is_printed_on_one_page():
    drawn = draw_recovery_sheet(
        key=KEY, folder=Path("共有/みほん課"), issued_by="みほん山田", issued_at=datetime(2026, 9, 1, 9, 5)
    )

    pages = PdfReader(BytesIO(drawn)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert all(group in text for group in KEY.split("-"))
    assert "みほん山田" in text
    assert "細断して廃棄" in text

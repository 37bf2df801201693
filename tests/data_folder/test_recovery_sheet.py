"""The sheets that bear a secret are one page each, drawn in memory: the recovery key, somebody's first password."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from app.data_folder.services import key_change
from app.data_folder.services.accounts import draw_recovery_sheet

KEY = "ABCDE-FGHJK-LMNPQ-RSTUV-WXYZ2-34567-89ABC-DEFGH"
SHARED = Path("共有", "みほん課")


def test_every_group_of_the_key_is_printed_on_one_page():
    drawn = draw_recovery_sheet(key=KEY, folder=SHARED, issued_by="みほん山田", issued_at=datetime(2026, 9, 1, 9, 5))

    pages = PdfReader(BytesIO(drawn)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    assert all(group in text for group in KEY.split("-"))
    assert [word for word in ("みほん山田", "細断して廃棄") if word not in text] == []


def test_a_first_password_stands_on_one_page_with_the_name_as_it_is_typed():
    one = key_change.FirstPassword("mihon03", "髙橋﨑　𠮷子", password="7kqm-3xpa-9dtr")
    drawn = key_change.draw_first_password(
        one, folder=SHARED, issued_by="みほん山田", issued_at=datetime(2026, 9, 1, 9, 5)
    )

    pages = PdfReader(BytesIO(drawn)).pages
    text = pages[0].extract_text()
    assert len(pages) == 1
    for words in ("髙橋﨑　𠮷子さんの仮のパスワード", "mihon03", "7kqm-3xpa-9dtr", "親展", str(SHARED), "みほん山田"):
        assert words in text

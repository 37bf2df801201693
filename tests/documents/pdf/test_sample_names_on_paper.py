"""The longest and rarest names of the files that staff receive, printed on roster and tags, come back as typed."""

import io
import re
from pathlib import Path

import openpyxl
import pypdf

from app.documents.blocks import DocumentContent, NameTag, NameTags, RosterLine, RosterList
from app.documents.pdf.printable import unprintable_characters
from app.documents.pdf.render import render_pdf

FILE = Path(__file__).parents[2] / "fixtures" / "organisations" / "11_団体一覧.xlsx"


def test_the_whole_register_of_associations_and_their_chairs_can_be_printed():
    rows = [row[:3] for row in openpyxl.load_workbook(FILE).active.iter_rows(min_row=5, values_only=True)]
    found = [
        (branch or "", name, chair)
        for branch, name, chair in rows
        if name and chair and isinstance(chair, str) and not str(name).startswith("=")
    ]
    assert len(found) > 200
    assert unprintable_characters([text for row in found for text in row]) == {}
    lines = tuple(
        RosterLine(number=str(number), organisation=name, branch=branch, name=chair)
        for number, (branch, name, chair) in enumerate(found, start=1)
    )
    tags = tuple(NameTag(event="見本", organisation=name, name=chair) for _, name, chair in found)

    for look, block in (("roster", RosterList(lines=lines, totals="")), ("card", NameTags(tags=tags))):
        content = DocumentContent(
            kind="名簿", reference="x", version=1, look=look, first_sheet="名簿", file_stem="名簿", blocks=(block,)
        )
        reader = pypdf.PdfReader(io.BytesIO(render_pdf(content).data))
        text = re.sub(r"\s", "", "".join(page.extract_text() for page in reader.pages))
        missing = [chair for _, _, chair in found if re.sub(r"\s", "", chair) not in text]
        unknown = [name for _, name, _ in found if re.sub(r"\s", "", str(name)) not in text]
        assert (missing, unknown) == ([], [])

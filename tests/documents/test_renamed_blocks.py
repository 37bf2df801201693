"""A block and one of its fields are renamed in the source: what an office keeps opens, and no paper is another one."""

import re
from pathlib import Path
from token import NAME
from tokenize import generate_tokens

import pytest

from tests.support.scratch_house import ScratchHouse, replaced

TABLE = "app/documents/written_blocks.py"
KEPT = (
    "tests/documents/test_written_names.py::test_every_block_of_before_is_read_and_written_letter_for_letter",
    "tests/documents/test_written_names.py::test_every_paper_of_before_keeps_its_text_and_its_fingerprint",
    "tests/documents/test_folder_of_shape_51.py::test_the_confirmed_report_is_what_it_was",
    "tests/documents/test_folder_of_shape_51.py::test_no_paper_is_another_edition",
)
NAMED = ("tests/documents/test_written_names.py::test_every_class_that_lies_in_a_file_is_named_and_each_of_its_fields",)


def renamed(house: ScratchHouse, word: str, other: str) -> None:
    """Call something otherwise wherever the source names it, as a tool does: what stands in a text stays."""
    for path in (*house.folder.glob("app/**/*.py"), *house.folder.glob("tests/documents/*.py")):
        text = path.read_text(encoding="utf-8")
        if word not in text:
            continue
        lines = text.splitlines(keepends=True)
        found = [one for one in generate_tokens(iter(lines).__next__) if one.type == NAME and one.string == word]
        for one in reversed(found):
            row, column = one.start
            lines[row - 1] = lines[row - 1][:column] + other + lines[row - 1][column + len(word) :]
        path.unlink()  # the project's own file may be the very same one
        # What an f-string asks of a record is no token of its own in every Python.
        path.write_text(re.sub(rf"(?<=\.){word}\b", other, "".join(lines)), encoding="utf-8")


@pytest.fixture
def house(tmp_path: Path) -> ScratchHouse:
    """The program with ``Title`` called ``PaperTitle`` and its ``subtitle`` called ``below_title``."""
    made = ScratchHouse(tmp_path)
    renamed(made, "Title", "PaperTitle")
    renamed(made, "subtitle", "below_title")
    assert "class PaperTitle:" in (made.folder / "app/documents/blocks.py").read_text(encoding="utf-8")
    return made


@pytest.mark.nightly
def test_a_renamed_block_keeps_what_was_confirmed_and_its_fingerprint(house):
    unnamed = house.pytest(*NAMED)
    assert not unnamed.held
    assert "below_title" in unnamed.said
    house.apply(replaced(TABLE, '"Title", "text subtitle lead"', '"Title", "text below_title=subtitle lead"'))
    house.python(
        "from app.documents.blocks import PaperTitle; from app.documents.content_json import content_to_json;"
        "assert content_to_json(PaperTitle('表題', below_title='副題')).startswith("
        """'{"class":"Title","text":"表題","subtitle":"副題"')"""
    )
    ran = house.pytest(*KEPT, *NAMED)
    assert ran.held, ran.said

"""A file that the documents name is there: what was moved is named anew where it is spoken of."""

from __future__ import annotations

import re

import pytest

PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|sql|sh))(?:::\w+)?`")
ROOTS = ("", "app", "app/subjects", "tests", "tests/subjects")
PAGES = ("adding", "architecture", "for-it", "glossary", "limits", "papers", "usability")


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(project_folder, page):
    named = PATH.findall((project_folder / "docs" / f"{page}.md").read_text(encoding="utf-8"))
    gone = [one for one in named if not any((project_folder / root / one).exists() for root in ROOTS)]
    # A short name may leave out the folders before it: then one file of the program ends with it.
    gone = [one for one in gone if not any(any(project_folder.glob(f"{part}/**/{one}")) for part in ("app", "db"))]
    assert gone == []

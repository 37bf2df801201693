"""A file that the documents name is there: what was moved is named anew where it is spoken of."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PATH = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|sql|sh))(?:::\w+)?`")
BESIDE = re.compile(r"`([\w/.-]+\.(?:py|sql|sh|txt|lock|spec|md))`")
LINK = re.compile(r"\]\(([^)#:\s]+\.md)(?:#[^)]*)?\)")
ROOTS = ("", "app", "tests")
PAGES = ("adding", "architecture", "for-it", "glossary", "limits", "papers", "usability")
READMES = sorted(str(one.relative_to(PROJECT)) for part in ("app", "db") for one in (PROJECT / part).rglob("README.md"))
LINKED = sorted(
    str(one.relative_to(PROJECT))
    for one in (*PROJECT.glob("*.md"), *(PROJECT / "docs").rglob("*.md"), PROJECT / "build_spec" / "windows.md")
)


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_is_there(project_folder, page):
    named = PATH.findall((project_folder / "docs" / f"{page}.md").read_text(encoding="utf-8"))
    gone = [one for one in named if not any((project_folder / root / one).exists() for root in ROOTS)]
    # A short name may leave out the folders before it: then one file of the program ends with it.
    gone = [one for one in gone if not any(any(project_folder.glob(f"{part}/**/{one}")) for part in ("app", "db"))]
    assert gone == []


@pytest.mark.parametrize("readme", READMES)
def test_every_file_that_a_readme_names_is_in_its_package_or_at_its_address(readme):
    folder = (PROJECT / readme).parent
    named = BESIDE.findall((PROJECT / readme).read_text(encoding="utf-8"))
    gone = [one for one in named if not (PROJECT / one).exists() and not any(folder.glob(f"**/{one}"))]
    assert gone == []


@pytest.mark.parametrize("page", [*LINKED, *READMES])
def test_every_page_that_is_linked_is_there(page):
    linked = LINK.findall((PROJECT / page).read_text(encoding="utf-8"))
    assert [one for one in linked if not ((PROJECT / page).parent / one).exists()] == []

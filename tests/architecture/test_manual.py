"""The manual says what the window says: every word in its brackets is a word of the program, every key one of its
keys, and every place, tab and page of 設定 is there under its name."""

import re
from pathlib import Path

import pytest

from app.settings.pages.screens.settings_screen import PAGES
from app.startup.screens import event_tabs, screens
from app.widgets.manual.manual_card import cards_of
from app.widgets.manual.manual_text import CARD, read_manual
from tests.support.settings_pages import no_doors

NAMED = re.compile(r"「([^「」]+)」")
KEY = re.compile(r"`((?:(?:Ctrl|Alt|Shift)\+)?(?:F\d+|[A-Z0-9]|Enter|Space|Left|Right)|Ctrl)`")
EXPLAINED = {"　", "-"}
"""The brackets themselves, and a key."""
OF_QT = {"Enter", "Space", "1", "2", "3", "Ctrl"}
"""Keys of lists, buttons and choices; held alone, Ctrl shows the numbers."""
WANTED = {*(f"Ctrl+{number}" for number in range(1, 8)), "Ctrl+K", "F1", "F5", "F6", "F7", "Ctrl+H", "Ctrl+Z"}


@pytest.fixture
def manual(project_folder: Path) -> str:
    return (project_folder / "docs" / "manual.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def places(qapp) -> list[str]:
    """The titles of the side bar."""
    return [entry.title for entry in screens(no_doors()) if not entry.parent_screen]


def keys_of(text: str) -> set[str]:
    """The keys named; 「`Ctrl+1` から `Ctrl+7`」 names all between."""
    found = set(KEY.findall(text))
    for first, last in re.findall(r"`Ctrl\+(\d)` から `Ctrl\+(\d)`", text):
        found |= {f"Ctrl+{number}" for number in range(int(first), int(last) + 1)}
    return found


def is_said(name: str, words: set[str]) -> bool:
    """Whether ``name`` is a whole word of the program, or one with the name of something before it (書類＋を作成)."""
    return name in words or any(name[:at] in words and name[at:] in words for at in range(2, len(name) - 1))


def test_every_word_in_brackets_is_a_whole_word_of_the_window(product, manual):
    words = {
        text.value.strip()
        for source in product
        if source.speaks_qt or source.floors & {"services", "startup"}
        for text in source.texts
    }

    named = NAMED.findall(manual)

    assert len(named) > 80
    assert [name for name in named if name not in EXPLAINED and not is_said(name, words)] == []


def test_the_places_of_the_card_are_those_of_the_side_bar_and_each_has_its_chapter(places):
    chapters = {one.name: one for one in read_manual()}
    _lead, cards = cards_of(chapters[CARD])
    listed = [left for left, _right in cards[0].rows]

    assert listed[: len(places)] == places
    assert len(listed) == len(places) + 1
    assert set(places) - set(chapters) == set()


def test_the_tabs_of_an_event_and_the_pages_of_the_settings_are_named_as_they_stand_there():
    chapters = {one.name: one.text for one in read_manual()}
    (tabs,) = re.findall(r"^1回のページには、(.+)のタブがあります。$", chapters["事業"], re.MULTILINE)
    (pages,) = re.findall(r"^(「.+」)の6つです。", chapters["設定"], re.MULTILINE)

    assert set(NAMED.findall(tabs)) == {"概要", *(tab.title for tab in event_tabs())}
    assert NAMED.findall(pages) == list(PAGES)


def test_every_key_of_the_manual_is_one_of_the_window_and_the_keys_of_every_day_are_told(product, manual, places):
    speaking = [source for source in product if source.speaks_qt or "startup" in source.floors]
    words = " ".join(text.value for source in speaking for text in source.texts)
    read = "".join(source.text for source in speaking)
    # A key is asked for by its name, or read as Qt names it.
    bound = {f"Ctrl+{number}" for number in range(1, len(places) + 1)} | OF_QT
    named = keys_of(manual)

    unknown = {
        key
        for key in named - bound
        if not re.search(rf"(?<![\w+]){re.escape(key)}(?!\w)", words) and f"Key_{key}" not in read
    }
    assert unknown == set()
    assert WANTED - named == set()


def test_a_key_or_a_place_that_is_not_there_is_told():
    assert keys_of("`Ctrl+1` から `Ctrl+3`、`F9` と `dejikatsu-desk`") == {"Ctrl+1", "Ctrl+2", "Ctrl+3", "F9"}
    assert not is_said("見つからない言葉", {"見つかる言葉"})

"""What lies in files keeps its names and its fingerprints: of each block as the program of shape 51 wrote it.

``tests/fixtures/folder_of_shape_51/contents.json.gz`` was made by that program: of every class of blocks one with all
its fields and one with as few as it takes, as text and as ``repr`` said it; and every paper of its sample year.
"""

from __future__ import annotations

import dataclasses
import gzip
import importlib
import json
import typing
from hashlib import sha256
from pathlib import Path

import pytest

from app.documents.blocks import Block, DocumentContent, Title
from app.documents.content_json import content_from_json, content_to_json
from app.documents.fingerprints import MARK, fingerprint_of, legacy_form, matches_fingerprint, written_form
from app.documents.services.editions import fingerprint, is_same_content
from app.documents.written_blocks import WRITTEN_BLOCKS
from db.record import record
from db.records.accounts import RowChange
from db.written_names import _REGISTERED, declare_written_names, is_named, names_of

KEPT = Path(__file__).parents[1] / "fixtures" / "folder_of_shape_51" / "contents.json.gz"


@pytest.fixture(scope="module")
def kept() -> dict[str, list[list[str]]]:
    """What the program of shape 51 wrote."""
    return json.loads(gzip.decompress(KEPT.read_bytes()))


def test_every_block_of_before_is_read_and_written_letter_for_letter(kept):
    assert len(kept["blocks"]) > 100
    for name, text, said in kept["blocks"]:
        block = content_from_json(text)
        assert content_to_json(block) == text, name
        assert legacy_form(block) == said, name


def test_every_paper_of_before_keeps_its_text_and_its_fingerprint(kept):
    assert len(kept["papers"]) > 100
    for name, text, said, before in kept["papers"]:
        content = content_from_json(text)
        assert content_to_json(content) == text, name
        assert sha256(legacy_form(content).encode()).hexdigest() == said, name
        assert is_same_content(before, content), name
        marked = fingerprint(content)
        assert marked.startswith(MARK), name
        assert is_same_content(marked, content), name


def test_what_says_something_else_is_another_one_in_either_form():
    before, now = Title("表題", subtitle="副題"), Title("表題", subtitle="副題2")
    for kept_as in (fingerprint_of(before), sha256(legacy_form(before).encode()).hexdigest()[:16]):
        assert matches_fingerprint(kept_as, before)
        assert not matches_fingerprint(kept_as, now)
    assert not matches_fingerprint(None, before)


def test_what_makes_no_other_paper_stands_in_no_fingerprint():
    assert written_form(Title("表題", centred=True)) == written_form(Title("表題"))
    assert content_to_json(Title("表題", centred=True)) != content_to_json(Title("表題"))  # type: ignore[arg-type]


def test_every_class_that_lies_in_a_file_is_named_and_each_of_its_fields():
    modules = [importlib.import_module(name) for name in {one.__module__ for one in _classes()}]
    lacking = [
        found.__name__
        for module in modules
        for found in vars(module).values()
        if isinstance(found, type)
        and dataclasses.is_dataclass(found)
        and not is_named(found)
        and found.__module__ == module.__name__
    ]
    assert lacking == [], "name them in app/documents/written_blocks.py"
    assert {one.kind.__name__: one.mismatched for one in _REGISTERED.values() if one.mismatched} == {}, (
        "say the names of these fields"
    )


def test_a_row_of_the_journal_is_called_as_its_files_have_it():
    """The journal and the change log are read by these names in many places, also without the class."""
    assert [one.name for one in dataclasses.fields(RowChange)] == ["table", "row_id", "before", "after"]


def test_no_two_kinds_and_no_two_fields_have_one_name():
    assert len({one.name for one in WRITTEN_BLOCKS}) == len(WRITTEN_BLOCKS)
    for one in _REGISTERED.values():
        assert len(set(one.names.values())) == len(one.names), one.name
        assert "class" not in one.names.values(), one.name


def test_a_later_field_has_a_default_since_what_was_written_before_has_it():
    lacking = [
        f"{one.name}.{own.name}"
        for one in _REGISTERED.values()
        for own in dataclasses.fields(one.kind)
        if own.name in one.added_later
        and own.default is dataclasses.MISSING
        and own.default_factory is dataclasses.MISSING
    ]
    assert lacking == []


def _classes() -> set[type]:
    return {DocumentContent, *typing.get_args(Block)}


@record
class _Later:
    """A block to which a field came after the first form."""

    text: str
    tone: str = ""


def test_a_later_field_at_its_default_is_written_in_neither_form():
    found = declare_written_names(_Later, "Earlier", "text", added_later="tone")
    try:
        plain = _Later(text="文")
        assert legacy_form(plain) == "Earlier(text='文')"
        assert content_to_json(plain) == '{"class":"Earlier","text":"文"}'  # type: ignore[arg-type]
        assert written_form(plain) == '{"class":"Earlier","text":"文"}'
        toned = _Later(text="文", tone="太い")
        assert legacy_form(toned) == "Earlier(text='文', tone='太い')"
        assert '"tone":"太い"' in content_to_json(toned)  # type: ignore[arg-type]
        assert '"tone":"太い"' in written_form(toned)
        assert found.to_source({"text": "文", "unknown": 1}) == {"text": "文"}
    finally:
        from db import written_names

        del written_names._REGISTERED[_Later]


def test_a_field_that_nobody_named_is_kept_all_the_same():
    @record
    class Unnamed:
        text: str

    assert content_to_json(Unnamed(text="文")) == '{"class":"Unnamed","text":"文"}'  # type: ignore[arg-type]
    assert names_of(Unnamed).mismatched == ()

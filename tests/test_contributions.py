"""The one list of what the areas contribute: none is forgotten, and nothing is offered under a word that
nobody reads."""

import ast
import inspect
from pathlib import Path

import pytest

from app import contributions
from app.common.extension_point import ExtensionPoint, register


def test_every_area_with_contributions_stands_in_the_list(project_folder: Path):
    files = {path.resolve() for path in (project_folder / "app").glob("*/**/contributions.py")}

    listed = [Path(str(module.__file__)).resolve() for module in contributions.contributing_modules()]

    assert set(listed) == files
    assert len(listed) == len(set(listed))


def test_an_area_contributes_only_what_somebody_asks_for():
    known = {word.upper() for word in contributions.CONTRIBUTION_NAMES}
    offered = {
        target.id
        for module in contributions.contributing_modules()
        for node in ast.parse(inspect.getsource(module)).body
        for target in (*getattr(node, "targets", ()), getattr(node, "target", None))
        if isinstance(target, ast.Name)
    }

    assert offered == known


def test_what_one_area_alone_declares_is_declared_by_no_other():
    """Else what the other declares would never be read."""
    declared = {
        word: [area.__name__ for area in contributions.contributing_modules() if hasattr(area, word.upper())]
        for word in contributions.DECLARED_ALONE
    }

    assert declared == {
        word: [f"app.{place}"] if place.endswith(".contributions") else []
        for word, place in contributions.DECLARED_ALONE.items()
    }


def test_what_nobody_declared_is_an_error_and_not_an_empty_list():
    with pytest.raises(LookupError):
        list(ExtensionPoint[int]("what nobody declares"))


def test_a_source_is_asked_once_and_only_when_somebody_wants_it():
    asked = []
    register("numbers of a test", lambda: [asked.append(1) or 7])
    numbers = ExtensionPoint[int]("numbers of a test")

    assert asked == []
    assert [*numbers, *numbers] == [7, 7]
    assert asked == [1]

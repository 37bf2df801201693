"""A column of applications as ``docs/adding.md`` adds it: two files and a migration, found wherever it is met, and a
line left out is told."""

import re
from pathlib import Path

import pytest

from db import migrations
from tests.support.scratch_house import Patch, ScratchHouse, patch_of, replaced

RECORD, FORM = "db/records/applications.py", "app/events/applications/parts.py"
SCENARIO = "tests/house/added_field.py"
ERASED = "tests/settings/disposal/test_text_columns.py"
GOES = 'is_editable=True, erasing="goes", list_column'
TYPED = (
    "tests/events/applications/screens/test_applications_telephone.py"
    "::test_every_field_that_a_clerk_types_has_its_place_in_the_form"
)
ABSENT = (
    "tests/importing/test_absent_columns.py::test_every_column_of_a_list_of_applications_comes_to_stand_in_its_field"
)


def the_patch() -> Patch:
    """The patch of the page; its step takes the number that is free today."""
    found = patch_of("A field").files
    return Patch({re.sub(r"/\d{4}_", f"/{migrations.NEWEST + 1:04d}_", path): found[path] for path in found})


@pytest.mark.nightly
def test_it_goes_from_import_to_export_and_a_correction_keeps_it(tmp_path):
    patch = the_patch()
    assert patch.outside_of("db/migrations", "tests").size[0] <= 2
    assert patch.size[1] <= 7

    ran = ScratchHouse(tmp_path, patch).pytest(SCENARIO)

    assert ran.held, ran.said


@pytest.mark.in_full
@pytest.mark.parametrize(
    ("left_out", "teller"),
    [(RECORD, TYPED), (FORM, TYPED), ("db/migrations", ABSENT)],
)
def test_a_file_left_out_is_told(tmp_path, left_out, teller):
    ran = ScratchHouse(tmp_path, the_patch().outside_of(left_out)).pytest(teller)
    assert not ran.held
    assert "mail_time" in ran.said


@pytest.mark.in_full
def test_it_goes_with_its_person_and_one_that_is_to_stay_for_ever_is_told(tmp_path):
    house = ScratchHouse(tmp_path, the_patch())
    assert house.pytest(ERASED).held
    house.apply(replaced(RECORD, GOES, 'is_editable=True, erasing="free", list_column'))
    ran = house.pytest(ERASED)
    assert not ran.held
    assert "a text about a person goes with the person" in ran.said
    secret = 'is_editable=True, is_secret=True, erasing="word", list_column'
    house.apply(replaced(RECORD, 'is_editable=True, erasing="free", list_column', secret))
    ran = house.pytest(ERASED)
    assert not ran.held
    assert "a secret field goes with its person" in ran.said


def with_record(place: Path, said: str, otherwise: str) -> ScratchHouse:
    """The house with something else at the record than the page says."""
    house = ScratchHouse(place, the_patch())
    record = house.folder / RECORD
    text = record.read_text(encoding="utf-8")
    assert said in text
    text = text.replace(said, otherwise)
    record.unlink()
    record.write_text(text, encoding="utf-8")
    return house


@pytest.mark.in_full
def test_one_that_does_not_say_whether_it_goes_is_told(tmp_path):
    ran = with_record(tmp_path, 'erasing="goes", ', "").pytest(ERASED)
    assert not ran.held
    assert "a text says at its field what an erasing does with it" in ran.said


@pytest.mark.in_full
def test_a_form_that_asks_for_what_nobody_types_is_told(tmp_path):
    ran = with_record(tmp_path, 'is_editable=True, erasing="goes"', 'erasing="goes"').pytest(TYPED)
    assert not ran.held
    assert "Application.mail_time is not typed" in ran.said


@pytest.mark.in_full
def test_a_word_that_no_field_knows_is_told(tmp_path):
    """By mypy (``SpecWords``), and by whoever reads the record first."""
    said, otherwise = 'is_editable=True, erasing="goes"', 'is_editible=True, erasing="goes"'
    ran = with_record(tmp_path, said, otherwise).pytest(TYPED)
    assert not ran.held
    assert "unexpected keyword argument 'is_editible'" in ran.said

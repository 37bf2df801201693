"""The command that says which tests a change needs names those of its place, of who uses it, and of its kind."""

from tests.needed import needed


def test_a_field_of_a_venue_names_the_tests_of_records_venues_and_letters():
    found = needed(["db/records/venues.py", "app/registers/venues/screens.py"])
    assert {
        "tests/architecture",
        "tests/registers/venues",
        "tests/tables/test_fields.py",
        "tests/settings/disposal/test_text_columns.py",
        "tests/importing/test_absent_columns.py",
        "tests/event/test_where_it_is_held.py",
    } <= set(found)
    assert not [one for one in found if one.startswith("tests/registers/venues/")], "a folder stands for its files"
    assert needed(["docs/manual.md"]) == ("tests/architecture",)

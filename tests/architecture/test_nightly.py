"""No test waits for ``make nightly`` without a reason, and whoever changes what it guards is told to run it."""

from fnmatch import fnmatch

from tests.support.nightly import TABLE, asked_by, marked_tests, waiting_tests


def test_every_test_that_waits_for_the_night_stands_in_the_table_and_no_other():
    marked, rows = marked_tests(), {one.test for one in waiting_tests()}
    assert [one for one in marked if not any(fnmatch(one, row) for row in rows)] == [], f"no row in {TABLE.name}"
    assert [row for row in rows if not any(fnmatch(one, row) for one in marked)] == [], "no test has the mark"


def test_every_row_says_why_and_names_rooms_that_there_are(project_folder):
    for one in waiting_tests():
        assert len(one.reason) > 20, f"{one.test}: no reason"
        assert one.rooms, f"{one.test}: no room"
        for room in one.rooms:
            path = next(project_folder.glob(room), None)
            assert path is not None, f"{one.test}: there is no {room}"
            assert f"tests/{one.test}" in asked_by([path.relative_to(project_folder).as_posix()])

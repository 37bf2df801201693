"""Two steps of the database never have one number: a folder that took one of them would never take the other."""

from pathlib import Path


def test_the_steps_are_numbered_without_gap_and_without_double(project_folder: Path):
    names = sorted(path.name for path in (project_folder / "db" / "migrations").glob("[0-9]*.sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))

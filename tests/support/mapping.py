"""Setting the columns of a file by hand, as a person does it in the mapping table."""

from typing import Any


def choose_columns(line: Any, columns: Any) -> None:
    """Set the columns of one field in a mapping table."""
    place = next(n for n in range(line.box.count()) if line.box.itemData(n) == columns)
    line.box.setCurrentIndex(place)
    line.box.activated.emit(place)

"""Setting the columns of a file by hand, as a person does it in the mapping table."""

from typing import Any


def choose_columns(line: Any, columns: Any) -> None:
    """Set the columns of one field in a mapping table."""
    place = next(n for n in range(line.box.count()) if line.box.itemData(n) == columns)
    line.box.setCurrentIndex(place)
    line.box.activated.emit(place)


def answer_column(line: Any, key: str) -> None:
    """Say what becomes of a column that no field took: by its button, else in its box."""
    button = next((one for one in line.answers.buttons() if one.property("answer") == key), None)
    if button is not None:
        button.click()
    else:
        choose_columns(line, key)

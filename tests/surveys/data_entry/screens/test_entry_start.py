"""The start of data entry has room in a narrow window."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea

from app.surveys.data_entry.screens.entry_start import EntryStart
from app.window.style_sheet import apply_style


def test_labels_go_above_their_fields_where_there_is_no_room_beside_them(qtbot):
    start = EntryStart("見本", read_only=False)
    qtbot.addWidget(start)
    apply_style(start)
    start.resize(900, 353)
    start.show()
    name, holder = start.form._parts["number"]
    bar = start.findChild(QScrollArea).horizontalScrollBar()
    for width, is_above in ((320, True), (900, False), (320, True)):
        start.resize(width, 353)
        qtbot.waitUntil(lambda above=is_above: (name.geometry().bottom() < holder.geometry().top()) == above)
        assert bar.maximum() == 0, width

"""Widths of list columns: as dragged by the user (remembered), as declared, or by content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from PySide6.QtCore import (
    QObject,
)

from app.widgets.lists.record_view import RecordView
from app.window import theme as t
from app.window.ui_settings import recall, remember
from db.digits import whole_number

_STRETCH = 2
"""Share of a stretching column in the spare width, compared with others."""
_LADDER = 56  # pixels: below, words stand under each other letter by letter


class ColumnWidths(QObject):
    """Sets the column widths of one list: as dragged, as declared, or by content; the rest is shared out."""

    def __init__(self, view: RecordView, name: str):
        super().__init__(view)
        self._view = view
        self._key = f"tables/{name}/columns"
        self._placing, self._width = False, 0
        self._dragged: dict[str, int] = {}
        self._uncut: dict[int, int] = {}
        head = view.horizontalHeader()
        self._load()
        view.resized.connect(self._on_resized)
        view.rows.modelReset.connect(lambda: self.apply_widths() if view.rows.has_optional_columns() else None)
        head.sectionResized.connect(self._note_drag)
        head.sectionMoved.connect(self._note_order)

    def apply_widths(self) -> None:
        """Hide the columns without room or use in the present width of the list, and set the widths of the others.

        Nothing happens while the list is less than 100 px wide (not laid out yet).
        """
        view = self._view
        room = view.viewport().width()
        if room < 100:
            return
        self._width = room
        self._placing = True
        self._uncut.clear()
        # Not ``t.narrow``: in large letters a list that folds has the room of its details, and ``needs`` reckons them.
        narrow = t.is_narrow(view.window().width())
        widths = {}
        # No section is ever narrower than this: to reckon with less would push the last column out of sight.
        least = view.horizontalHeader().minimumSectionSize()
        for number, column in enumerate(view.rows.columns):
            hidden = (
                (narrow and not column.narrow)
                or t.unscaled(room) < column.min_list_width
                or view.rows.is_column_unused(column)
            )
            view.setColumnHidden(number, hidden)
            if not hidden:
                widths[number] = max(least, self._wanted_width(number))
        self._shrink_to_fit(widths, room)
        for number, width in widths.items():
            view.setColumnWidth(number, width)
        self._placing = False
        view.measure_all()

    def scale(self, key: str, factor: float) -> None:
        """Make a column wider or narrower and remember it, as dragging its heading does."""
        number = next(n for n, column in enumerate(self._view.rows.columns) if column.key == key)
        least = self._view.horizontalHeader().minimumSectionSize()
        self._dragged[key] = max(least, round(self._view.columnWidth(number) * factor))
        self._store()
        self.apply_widths()

    def reset(self) -> None:
        """Forget dragged widths and set the columns' own; their order stays."""
        self._dragged.clear()
        self._store()
        self.apply_widths()

    def _on_resized(self) -> None:
        if self._view.viewport().width() != self._width:
            self.apply_widths()

    def _wanted_width(self, number: int) -> int:
        """Return the width that a column wants: of its buttons, as dragged, as declared, or else by its content.

        A declared one is widened so that no badge or date is cut; that by content is at most ``widest``.
        """
        column = self._view.rows.columns[number]
        if column.key == "_act":
            return self._view.button_width()
        if column.key in self._dragged:
            return self._dragged[column.key]
        if column.width:
            return max(t.scaled(column.width), self._uncut_width(number))
        content = self._view.content_width(number)
        return min(content, t.scaled(column.widest)) if column.widest else content

    def _shrink_to_fit(self, widths: dict[int, int], room: int) -> None:
        """Change ``widths`` until the columns fill ``room``: narrower, the widest first, or the rest is shared out."""
        columns = self._view.rows.columns
        free = room - sum(widths.values())
        if free > 0:
            self._spread_spare_width(widths, free)
            return
        for floors in self._floors(widths):
            while free < 0:
                givers = [n for n in widths if widths[n] > floors[n] and columns[n].key != "_act"]
                if not givers:
                    break
                stretching = [n for n in givers if columns[n].stretch and widths[n] > t.scaled(160)]
                widest = max(stretching or givers, key=lambda n: widths[n])
                step = min(8, -free, widths[widest] - floors[widest])  # never past the floor: a date there would be cut
                widths[widest] -= step
                free += step
            if free >= 0:
                return

    def _floors(self, widths: Iterable[int]) -> Iterator[dict[int, int]]:
        """Yield how narrow each column may become at most, from what costs the reader least to what costs most.

        The widest columns give way first and wrap, so that nothing is read by scrolling. A heading can't wrap: columns
        give way below theirs only when a short word in two lines is not enough, and words become a ladder, or a time
        goes on in the next line, only when nothing else is left.
        """
        view = self._view
        heads = {n: view.heading_width(n) for n in widths}
        kept = {n: heads[n] if view.rows.columns[n].keeps_heading else 0 for n in widths}
        uncut = {n: max(self._uncut_width(n), kept[n]) for n in widths}
        numbers = {n: max(_LADDER, view.number_width(n)) for n in widths}
        yield {n: max(numbers[n], uncut[n], heads[n]) for n in widths}
        broken = {n: max(view.uncut_width(n, between_words=True), kept[n]) for n in widths}
        yield {n: max(numbers[n], broken[n], heads[n]) for n in widths}
        yield {n: max(numbers[n], uncut[n]) for n in widths}
        yield uncut
        yield broken

    def _uncut_width(self, number: int) -> int:
        """Return the width below which a badge or date of a column would be cut, measured once for all widths."""
        if number not in self._uncut:
            self._uncut[number] = self._view.uncut_width(number)
        return self._uncut[number]

    def _spread_spare_width(self, widths: dict[int, int], free: int) -> None:
        """Give spare width first to columns whose text would wrap, then to all."""
        columns = self._view.rows.columns
        held = {"_act", *self._dragged, *(one.key for one in columns if one.keeps_width)}
        takers = [n for n in widths if columns[n].key not in held] or [
            n for n in list(widths)[-1:] if columns[n].key != "_act"
        ]
        if not takers:
            return
        short = {n: max(0, self._view.content_width(n) - widths[n]) for n in takers}
        wanted = sum(short.values())
        for number in takers:
            given = short[number] if wanted <= free else short[number] * free // wanted
            widths[number] += given
            short[number] = given
        free -= sum(short.values())
        shares = {n: widths[n] * (_STRETCH if columns[n].stretch else 1) for n in takers}
        total = sum(shares.values())
        for number in takers:
            widths[number] += free * shares[number] // total
        # What is left of the division goes to one column, so that the list is as wide as its room.
        widths[takers[-1]] += free - sum(free * shares[n] // total for n in takers)

    def _note_drag(self, section: int, _old: int, new: int) -> None:
        """Remember the width of a column that the user dragged; widths set by the program are no drag."""
        if not self._placing and self._view.isVisible():
            self._dragged[self._view.rows.columns[section].key] = new
            self._store()

    def _note_order(self) -> None:
        if not self._placing:
            self._store()

    def _store(self) -> None:
        """Store the dragged widths (0 = not dragged) and the order of the columns for this user."""
        head = self._view.horizontalHeader()
        keys = [self._view.rows.columns[head.logicalIndex(n)].key for n in range(head.count())]
        remember(self._key, ";".join(f"{key}={self._dragged.get(key, 0)}" for key in keys))

    def _load(self) -> None:
        """Restore the remembered widths and order, unless the columns are others now."""
        told = str(recall(self._key, "") or "")
        known = [column.key for column in self._view.rows.columns]
        kept = [part.partition("=") for part in told.split(";") if "=" in part]
        if sorted(key for key, _, _ in kept) != sorted(known):
            return
        head = self._view.horizontalHeader()
        for place, (key, _, width) in enumerate(kept):
            head.moveSection(head.visualIndex(known.index(key)), place)
            if number := whole_number(width):
                self._dragged[key] = number

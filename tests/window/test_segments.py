"""A filter of eight long names wraps in a narrow window, and every name is wholly read."""

from PySide6.QtWidgets import QWidget

from app.widgets.flow_row import FlowRow
from app.widgets.layouts import in_column
from app.widgets.lists.segments import Segment, Segments


def test_eight_long_names_are_all_in_sight_in_a_narrow_window(qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    names = [f"{sign}教室のための相談講座" for sign in "入応安訪設地全体"]
    segments = Segments(names, name="種類で絞り込む")
    head = FlowRow(segments, QWidget())
    in_column(head, None, owner=page, margins=(0, 0, 0, 0))
    for width in (790, 420):
        page.resize(width, 400)
        page.show()
        qtbot.waitUntil(lambda width=width: page.width() == width and head.width() == width)
        made = segments.findChildren(Segment)
        assert len(made) == 9
        assert head.minimumSizeHint().width() <= 420
        for one in made:
            assert one.width() >= one.sizeHint().width()
            assert segments.rect().contains(one.geometry())
            assert segments.geometry().right() < width
        assert len({one.y() for one in made}) > 1
    segments.show_words({"講習会": "講習会"})
    qtbot.waitUntil(lambda: segments.height() == segments.sizeHint().height())

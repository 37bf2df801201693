"""Titles and places in a narrow box are broken between words, and stay the texts that they are."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel

from app.widgets.labels import small_label, wrapped_label
from app.window.style_sheet import apply_style


@pytest.mark.parametrize(
    ("text", "fits", "lines"),
    [
        ("12/8(火) 第6回 Instagram講習会", "12/8(火) 第6回 Instagram講習", "12/8(火) 第6回 Instagram\n講習会"),
        (
            "14:00–16:00　見本つつじ台区民館 研修室",
            "14:00–16:00　見本つつじ台区民館 研修",
            "14:00–16:00　見本つつじ台区民館\n研修室",
        ),
        ("見本つつじ台区民館", "見本つつじ台区民", "見本つつじ台\n区民館"),
    ],
)
def test_a_text_is_broken_between_its_words_and_stays_the_text_it_is(qtbot, text, fits, lines):
    for shown in (small_label(text), wrapped_label(text, "h2")):
        qtbot.addWidget(shown)
        apply_style(shown)
        shown.setStyleSheet("color: black; background: white; padding: 3px")
        shown.show()
        width = round(QFontMetricsF(shown.font()).horizontalAdvance(fits)) + 8
        expected = QLabel(lines)
        expected.setStyleSheet(shown.styleSheet())
        expected.setFont(shown.font())
        expected.setIndent(0)
        for part in (shown, expected):
            part.resize(width, shown.heightForWidth(width))
        assert shown.height() == expected.sizeHint().height()
        assert shown.grab().toImage() == expected.grab().toImage()
        assert shown.text() == text


def test_where_whole_words_have_no_room_or_are_selected_qt_draws_them(qtbot):
    shown, expected = (made("見本つつじ台区民館 研修室の受付") for made in (wrapped_label, QLabel))
    expected.setWordWrap(True)
    for part in (shown, expected):
        qtbot.addWidget(part)
        part.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        width = round(QFontMetricsF(part.font()).horizontalAdvance("見本つつじ台区民館 研修")) + 2
        part.resize(width, QLabel.heightForWidth(part, 90))

    def looks_alike():
        return shown.grab().toImage() == expected.grab().toImage()

    assert not looks_alike()
    for part in (shown, expected):
        part.setSelection(0, 2)
    assert looks_alike()
    for part in (shown, expected):
        part.setSelection(0, 0)
    assert not looks_alike()
    for part in (shown, expected):
        part.resize(120, QLabel.heightForWidth(expected, 120))
    assert shown.heightForWidth(120) == shown.height() + shown.fontMetrics().lineSpacing()
    assert looks_alike()

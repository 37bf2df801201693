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


def test_what_can_be_copied_or_has_strong_parts_is_laid_out_by_qt(qtbot):
    shown = wrapped_label("見本つつじ台区民館 研修室 " * 3)
    qtbot.addWidget(shown)
    shown.resize(180, 80)
    before = shown.heightForWidth(180), shown.heightForWidth(90)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown.setText(shown.text())
    after = QLabel.heightForWidth(shown, 180), QLabel.heightForWidth(shown, 90)
    assert (shown.heightForWidth(180), shown.heightForWidth(90)) == after != before

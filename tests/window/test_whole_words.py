"""Titles and places in a narrow box are broken between words, and stay the texts that they are."""

import pytest
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel

from app.widgets.labels import TitleLabel, wrapped_label


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
def test_a_title_is_broken_between_its_words_and_stays_the_text_it_is(qtbot, text, fits, lines):
    for shown in (TitleLabel(text), wrapped_label(text, "h2")):
        qtbot.addWidget(shown)
        shown.ensurePolished()
        shown.show()
        shown.resize(round(QFontMetricsF(shown.font()).horizontalAdvance(fits)) + 2, 80)
        assert QLabel.text(shown) == lines
        assert shown.heightForWidth(shown.width()) == QLabel.heightForWidth(shown, shown.width())
        assert shown.text() == text == shown.accessibleName()

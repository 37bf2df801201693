"""Of a basis only the clauses of documents that a contract has are cited."""

import pytest

from app.settings.protection.services import _without_sources


@pytest.mark.parametrize(
    ("basis", "letters", "kept"),
    [
        ("特3・仕4", "仕", "特3"), ("仕4・特3", "仕", "特3"), ("仕4・特3", "特", "仕4"),
        ("仕4(1)・5・イ・特3", "仕", "特3"), ("特3・4・仕4・イ", "仕", "特3・4"), ("仕4・5", "仕", ""),
        ("仕4・特3・機6", "仕特", "機6"), ("特3", "仕", "特3"), ("機6・特3・仕4", "", "機6・特3・仕4"),
        ("3・仕4", "仕", "3"),
    ],
)  # fmt: skip
def test_a_number_or_letter_without_a_document_belongs_to_the_one_before(basis, letters, kept):
    assert _without_sources(basis, letters) == kept

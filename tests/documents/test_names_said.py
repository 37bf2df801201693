"""A name stands on a paper where it stands for itself, not inside another one."""

import pytest

from app.documents.rules import names_in_text

PLACE = "見本つつじ台区民館"


@pytest.mark.parametrize(
    ("name", "text", "places", "stands"),
    [
        ("つつじ", f"会場　{PLACE}　研修室", (PLACE,), False),
        ("つつじ", "会場　見本つつじ台区民館", (), False),  # a place nobody entered
        ("見本つつじ", f"会場　{PLACE}", (PLACE,), False),
        ("つつじ", f"{PLACE}　つつじ　代表", (PLACE,), True),
        ("つつじ", "受付名簿\nつつじ\n林　花子", (PLACE,), True),
        ("つつじ", "つつじの皆様", (), True),
        ("林", "講師　小林", (), False),
        ("林", "林様", (), True),
        ("林", "会長林", (), True),
        ("林", "見本町会 林", (), True),
        ("林", "若林、林", (), True),
        ("見本　花子", "見本花子さん", (), True),
        ("見本花子", "見本　花子", (), True),
        ("見本花子", "見本\n花子", (), False),
        ("見本町会", "見本町会役員の見本花子", (), True),
        ("", "なにもない", (), False),
    ],
)
def test_a_name_stands_for_itself_or_is_not_said(name, text, places, stands):
    assert names_in_text([name], text, place_names=places) == (frozenset({name}) if stands else frozenset())


def test_a_name_within_a_longer_one_that_is_known_is_not_said_and_beside_it_it_is():
    names = ("見本町会", "東見本町会", "小林　花", "林　花")
    assert names_in_text(names, "東見本町会　小林花") == {"東見本町会", "小林　花"}
    assert names_in_text(names, "東見本町会　見本町会") == {"東見本町会", "見本町会"}

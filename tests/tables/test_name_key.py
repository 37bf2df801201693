"""The key of a name made of ordinary signs is worked out in one walk; it is that of the long way."""

from itertools import chain

import pytest

from app.registers.register.intake import fold_name
from db import migrations
from db.name_key import name_key, organisation_key, plain_organisation


def test_an_ordinary_name_has_the_key_that_the_long_way_gives():
    # A middle dot is no letter and no ordinary sign: with it every rule is gone through.
    signs = chain(range(0x20, 0x7F), range(0x3041, 0x3097), range(0x30A1, 0x30F7), range(0x4E00, 0xA000, 3), [0x3000])
    differ = [sign for sign in map(chr, signs) if name_key(f"見{sign}々　2") != name_key(f"見{sign}々　2・")]
    assert differ == []


def test_a_telephone_number_has_the_key_that_the_long_way_gives():
    for number in ("03-0000-0001", "0300000001", "-1--2-", "-"):
        assert name_key(number) == name_key(f"{number}・")
    assert name_key("03-0000-0001") == "0300000001"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("練馬二丁目町会", "練馬２丁目町会", True),
        ("練馬　二丁目町会", "練馬2丁目町会", True),
        ("光が丘二十三丁目自治会", "光が丘23丁目自治会", True),
        ("光が丘十丁目自治会", "光が丘１０丁目自治会", True),
        ("光が丘十一丁目自治会", "光が丘11丁目自治会", True),
        ("練馬二丁目町会", "練馬三丁目町会", False),
        ("三原町会", "3原町会", False),
        ("二二丁目会", "2丁目会", False),
        ("ＡＢＣ自治会", "abc自治会", True),
    ],
)
def test_an_organisation_is_counted_once_however_its_block_is_written(one, other, same):
    assert (plain_organisation(one) == plain_organisation(other)) is same
    assert (organisation_key(None, one) == organisation_key(None, other)) is same
    assert organisation_key(7, one) == organisation_key(7, other) == 7


@pytest.mark.parametrize(
    ("of_pdf", "written"),
    [("⻑⽥ ⻄⼦", "長田 西子"), ("⻘⽊ ⾒本", "青木 見本"), ("⾒本⻨⾕町会", "見本麦谷町会"), ("⻲⼭", "龜山")],
)
def test_the_radicals_of_a_pdf_are_the_characters_that_they_stand_for(of_pdf, written):
    assert name_key(of_pdf) == name_key(written)
    assert plain_organisation(of_pdf) == plain_organisation(written.replace("龜", "亀"))
    assert fold_name(of_pdf) == fold_name(written.replace("龜", "亀"))


def test_keys_of_names_with_radicals_are_made_anew():
    before = next(number for number, path in enumerate(migrations.STEPS) if "keys_without_radicals" in path.stem)
    database = migrations.in_memory(upto=before)
    database.execute("PRAGMA foreign_keys = OFF")
    database.execute(
        "INSERT INTO people (id, name, furigana, role, note) VALUES (1, '⻑⽥ ⻄⼦', 'ながた にしこ', '', '')"
    )
    database.execute("UPDATE person_keys SET key = 'as of before'")
    migrations.migrate(database)
    (key,) = database.execute("SELECT key FROM person_keys WHERE person_id = 1").fetchone()
    database.conn.close()
    assert key.startswith(name_key("長田西子"))

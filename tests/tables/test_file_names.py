"""Names that Windows takes for devices, signs that mislead, and how long a path may be."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.files import file_names

DEVICES = ["CON", "prn", "Aux", "NUL", "CONIN$", "conout$", "COM1", "com9", "COM¹", "COM²", "COM³", "LPT1", "lpt³"]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("ending", ["", ".pdf", ".tar.gz", " .txt", "."])
def test_a_device_of_windows_is_no_name_also_with_an_ending(device, ending):
    assert file_names.is_reserved(device + ending)
    assert file_names.flaw(device + ending) == "reserved"
    assert file_names.flaw(file_names.safe_name(device + ending)) == ""


@pytest.mark.parametrize(
    "name", ["CONSOLE", "COM10.pdf", "COM.pdf", "NULL", "名簿CON.pdf", "ＣＯＮ", "R8-講02-名札-第1版.pdf"]
)
def test_what_only_begins_like_a_device_is_a_name(name):
    assert file_names.flaw(name) == ""
    assert file_names.safe_name(name) == name


@pytest.mark.parametrize(
    ("name", "flaw"),
    [
        ("", "empty"),
        (" .. ", "empty"),
        ("名簿:2", "sign"),
        ("a\nb", "control"),
        ("a\x85b", "control"),
        ("a\u2028b", "control"),
        ("名簿\u202excod.pdf", "direction"),
        ("名簿\u2067.pdf", "direction"),
        ("名簿\u200e.pdf", "direction"),
        ("名簿.", "end"),
        ("名簿 ", "end"),
        ("名簿.pdf", ""),
    ],
)
def test_each_flaw_is_named(name, flaw):
    assert file_names.flaw(name) == flaw


@given(st.text(max_size=400), st.integers(min_value=1, max_value=255))
def test_whatever_is_typed_becomes_a_name_without_a_flaw_or_nothing(text, most):
    made = file_names.safe_name(text, max_length=most)

    assert made == "" or file_names.flaw(made) == ""
    assert len(made.encode()) <= most + 1
    assert file_names.safe_name(made, max_length=most + 1) == made


@given(st.sampled_from(DEVICES), st.text(alphabet="\u202e\u200f\x00. /x", max_size=6))
def test_no_sign_that_is_taken_out_leaves_a_device_behind(device, noise):
    assert file_names.flaw(file_names.safe_name(noise + device + noise)) in ("", "empty")


def test_what_a_name_may_hold_stays_as_it_is():
    for name in ("髙橋（3）班　名簿", "𠮷田町会", "a.b.c", "第１回・説明会～その２"):
        assert file_names.safe_name(name) == name
    assert file_names.safe_name('町会/自治会:"見本"?') == "町会／自治会：”見本”？"


def test_windows_counts_the_whole_path_and_japanese_characters_once():
    base = PureWindowsPath(r"\\fs01\kyodo")
    fits = base / ("町" * (259 - len(str(base))))

    assert len(str(fits)) == 259
    assert file_names.excess_length(fits) == 0
    assert file_names.excess_length(fits.with_name(fits.name + "内")) == 1
    assert file_names.excess_length(fits.with_name(fits.name[:-1] + "𠮷")) == 1
    assert file_names.excess_length(PureWindowsPath("\\\\?\\C:\\" + "町\\" * 200)) == 0


def test_elsewhere_each_name_has_255_bytes():
    assert file_names.excess_length(PurePosixPath("/srv") / ("町" * 85)) == 0
    assert file_names.excess_length(PurePosixPath("/srv") / ("町" * 86) / "desk.db") == 1
    assert file_names.excess_length(PurePosixPath("/srv") / ("町" * 85) / ("町" * 85) / ("a" * 255)) == 0
    assert file_names.excess_length(PurePosixPath("/srv") / ("a" * 256)) == 1

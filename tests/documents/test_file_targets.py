"""A name that office PCs do not take, and a path that is too long, are refused in words before anything is written."""

from pathlib import Path, PureWindowsPath

import pytest

from app.actions.user_error import UserError
from app.documents.services.file_saving import (
    check_folder,
    check_targets,
    free_name,
    length_problem,
    name_problem,
    write_atomically,
    write_folder,
)

TOO_LONG = "町" * 250
BAD = {
    "名簿:2.pdf": "「:」は使えません",
    "con.pdf": "Windowsが別の用途に使っています",
    "COM¹.pdf": "Windowsが別の用途に使っています",
    "名簿.": "「.」や空白は使えません",
    "名簿\u202efdp.exe": "見えない記号",
    "名\n簿.pdf": "改行など",
    f"{TOO_LONG}.pdf": "文字長すぎます",
}


@pytest.mark.parametrize(("name", "words"), BAD.items())
def test_a_name_that_will_not_do_is_refused_and_nothing_is_written(tmp_path, name, words):
    with pytest.raises(UserError) as refused:
        write_atomically(tmp_path / name, b"x")

    assert words in refused.value.todo
    assert refused.value.lost == "何も書き出していません。"
    assert refused.value.happened.isprintable()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", BAD)
def test_of_several_files_none_is_written_when_one_name_will_not_do(tmp_path, name):
    with pytest.raises(UserError):
        write_folder(tmp_path / "新しい", [("1.pdf", b"x"), (name, b"x")])
    with pytest.raises(UserError):
        check_folder(tmp_path / name, overwrite=False)

    assert list(tmp_path.iterdir()) == []


def test_a_name_of_full_length_is_written(tmp_path):
    name = "町" * 83 + ".pdf"

    write_atomically(tmp_path / name, b"x")

    assert (tmp_path / name).read_bytes() == b"x"


def test_on_windows_the_place_counts_too_and_so_does_the_name_written_under_first():
    place = PureWindowsPath(r"\\fs01\kyodo") / ("町" * 220)

    assert length_problem(place / ("名" * 21 + ".pdf")) == ""
    assert "9文字長すぎます" in length_problem(place / ("名" * 30 + ".pdf"))
    deeper = place / ("会" * 10)
    assert length_problem(deeper / "a.pdf") != ""


def test_a_typed_name_may_have_blanks_around_it_and_120_characters():
    assert name_problem(" 名簿 ") == ""
    assert name_problem("町" * 120) == ""
    assert "120文字まで" in name_problem("町" * 121)
    check_targets([Path("名簿.pdf")])


def test_the_next_free_name_is_proposed(tmp_path):
    for name in ("名簿.pdf", "名簿（2）.pdf"):
        (tmp_path / name).touch()

    assert free_name(tmp_path / "名簿.pdf").name == "名簿（3）.pdf"

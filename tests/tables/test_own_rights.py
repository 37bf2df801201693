"""A file that its owner alone may read: from its first moment, and read back from what the system keeps."""

import os

import pytest

from db.files import owner_only_files

SID = "S-1-5-21-1-2-3-1001"


def test_a_file_is_its_owners_alone_from_its_first_moment_whatever_the_folder_hands_down(tmp_path):
    before = os.umask(0)
    try:
        handle = owner_only_files.create(tmp_path / "key.txt")
    finally:
        os.umask(before)
    assert owner_only_files.is_owner_only(tmp_path / "key.txt")

    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write("鍵")
    assert owner_only_files.is_owner_only(tmp_path / "key.txt")
    assert (tmp_path / "key.txt").read_text(encoding="utf-8") == "鍵"
    with pytest.raises(FileExistsError):
        owner_only_files.create(tmp_path / "key.txt")


def test_a_file_that_others_may_read_is_known(tmp_path):
    (tmp_path / "open.txt").write_text("x", encoding="utf-8")
    (tmp_path / "open.txt").chmod(0o644)

    assert not owner_only_files.is_owner_only(tmp_path / "open.txt")


def test_the_access_list_that_is_given_names_its_owner_and_keeps_out_what_the_folder_hands_down():
    assert owner_only_files.access_list_for(SID) == f"D:P(A;;FA;;;{SID})"
    assert owner_only_files.grants_only(owner_only_files.access_list_for(SID), SID)


@pytest.mark.parametrize(
    ("words", "alone"),
    [
        (f"D:(A;;FA;;;SY)(A;;FA;;;{SID})", True),
        (f"D:PAI(A;;FA;;;BA)(A;;FA;;;{SID})S:(ML;;NW;;;LW)", True),
        (f"D:(D;;FA;;;WD)(A;;FA;;;{SID})", True),
        ("D:P", True),
        (f"D:(A;;FA;;;{SID})(A;ID;0x1200a9;;;WD)", False),
        (f"D:AI(A;ID;FA;;;{SID})(A;ID;0x1301bf;;;AU)", False),
        (f"D:(A;;FA;;;{SID})(A;;FR;;;S-1-5-21-1-2-3-1002)", False),
        (f"D:(XA;;FR;;;BU;(x))(A;;FA;;;{SID})", False),
        ("D:NO_ACCESS_CONTROL", False),
        ("", False),
    ],
)
def test_an_access_list_as_windows_words_it_says_who_is_let_in(words, alone):
    assert owner_only_files.grants_only(words, SID) is alone

"""Which tests fail by the Windows Python under Wine, and by which fact: each fact is said once, here.

A plugin of pytest, loaded in `make faults PART=windows` alone. A marked test that passes fails the run: the fact is
gone, and so goes the mark. What a real Windows should show has its line among those of build_spec/windows.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import pytest


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Why tests cannot pass there.

    Attributes: ``says`` the fact; ``of`` wine (Windows itself does otherwise) or linux (the test is about Linux, or by
        its
    means); ``tried`` False where a test that fails leaves something open that is then laid to the next one; ``line``
    the line of build_spec/windows.md by which a person sees it on Windows, 0 where nothing is to be seen; ``tests``
    what it stands against, as file::function, with [parameters] where it is some of them.
    """

    says: str
    of: Literal["wine", "linux"]
    line: int = 0
    tests: tuple[str, ...]
    tried: bool = True


FACTS: Final[tuple[Fact, ...]] = (
    Fact(
        says="Wine 8 says that it has made a symbolic link, and makes none.",
        of="wine",
        line=11,
        tests=(
            "tests/tables/test_on_disk.py::test_renaming_takes_no_name_that_somebody_has[<lambda>]",
            "tests/tables/test_on_disk.py::test_a_tree_goes_and_what_its_links_lead_to_stays",
            "tests/tables/test_on_disk.py::test_a_place_lies_within_another_whatever_link_leads_there",
            "tests/tables/test_tidying_of_files.py::test_a_link_out_of_the_folder_is_not_followed",
            "tests/tables/test_tidying_of_files.py::test_a_folder_of_backups_that_is_a_link_is_not_pruned",
            "tests/tables/test_keyring.py::test_names_that_are_listed_and_not_there_are_asked_for_again",
            "tests/tables/test_synced_places.py::test_a_link_into_such_a_folder_is_followed",
            (
                "tests/data_folder/test_second_place_faults.py::test_the_backups_of_the_data_under_another_name_are_no_"
                "second_place"
            ),
        ),
    ),
    Fact(
        says="Wine 8 refuses a byte that another program holds with errno 0, where Windows says EACCES.",
        of="wine",
        line=18,
        tests=(
            "tests/tables/test_on_disk.py::test_one_program_alone_takes_a_file",
            "tests/startup/test_first_window.py::test_a_second_start_brings_the_window_forward_and_ends",
            "tests/event_day/day_file/test_day_file_out.py::test_a_file_that_is_open_is_not_opened_twice",
        ),
        tried=False,
    ),
    Fact(
        says="Wine 8 does not know the question by which psutil learns what program a process runs.",
        of="wine",
        line=3,
        tests=(
            "tests/tables/test_write_lock.py::test_a_number_that_another_program_has_by_now_proves_that_ours_is_dead",
        ),
    ),
    Fact(
        says="Wine 8 makes a folder whose path is longer than Windows takes.",
        of="wine",
        line=13,
        tests=("tests/documents/test_held_or_protected.py::test_a_path_that_is_too_long_is_not_called_missing",),
    ),
    Fact(
        says="How large a file may get is set for a process on Linux alone (resource).",
        of="linux",
        tests=("tests/tables/test_on_disk.py::test_a_new_file_that_finds_no_room_leaves_nothing_behind",),
    ),
    Fact(
        says="Qt's platform without a screen finds fonts of its own on Linux alone, and a self-check repeats that "
        "it complains.",
        of="linux",
        tests=(
            (
                "tests/journeys/test_self_check.py::test_every_step_is_taken_in_a_real_window_and_leaves_pictures"
                "_and_a_paper"
            ),
        ),
    ),
    Fact(
        says="Windows has no name that holds a colon or a question mark.",
        of="linux",
        tests=(
            "tests/data_folder/test_places.py::test_a_folder_that_is_there_already_may_have_any_name",
            (
                r"tests/tables/test_on_disk.py::test_whatever_the_file_is_called_the_engine_opens_that_file_and_n"
                r"o_other[\u753a\u4f1a #1?.db]"
            ),
        ),
    ),
    Fact(
        says="The rights of a file are no mode on Windows; db/files/owner_only_files.py gives them there.",
        of="linux",
        tests=(
            "tests/tables/test_on_disk.py::test_a_new_file_is_written_whole_and_never_over_another",
            "tests/settings/drill/test_drill_faults.py::test_nobody_else_may_look_into_the_place",
        ),
    ),
    Fact(
        says="The test looks at /proc, at the number of an account or at a list of mounts.",
        of="linux",
        tests=(
            "tests/tables/test_on_disk.py::test_every_new_folder_is_synced_in_the_one_above_it",
            "tests/tables/test_on_disk.py::test_an_account_without_a_name_is_no_fault",
            "tests/tables/test_on_disk.py::test_the_nearest_mount_says_what_a_place_lies_on",
        ),
    ),
    Fact(
        says="A folder is not renamed while a program has a file in it open.",
        of="linux",
        tests=(
            (
                "tests/data_folder/test_store_opening.py::test_a_copy_put_in_the_place_of_the_folder_takes_no_change_f"
                "or_saved"
            ),
        ),
    ),
    Fact(
        says="Two slashes before a path of Linux stand for a share.",
        of="linux",
        tests=(
            (
                "tests/tables/test_on_disk.py::test_the_engine_refuses_the_address_of_a_share_that_the_library_ma"
                "kes_and_takes_ours"
            ),
        ),
    ),
    Fact(
        says="The writers are halted by signals and by a library that is loaded before all others.",
        of="linux",
        tests=(
            "tests/data_folder/test_seat_takeovers.py::test_meetings_of_writers_lose_nothing_that_was_reported",
            "tests/data_folder/test_seat_takeovers.py::test_hand_overs_and_cuts_at_their_arrows_lose_nothing",
        ),
    ),
    Fact(
        says="The program that is killed is a fork of the test.",
        of="linux",
        tests=("tests/documents/test_issued_copies_killed.py::test_a_kill_leaves_no_lie",),
    ),
    Fact(
        says="Linux counts the bytes of a name, Windows the signs of the whole path: ninety in a shallow place "
        "fit there.",
        of="linux",
        tests=(
            (
                "tests/documents/screens/test_documents_saving.py::test_a_name_too_long_for_this_place_is_said_under_the"
                "_field"
            ),
        ),
    ),
)


def fact_of(node: str) -> Fact | None:
    """Return the fact against a test, named as pytest does."""
    return next((one for one in FACTS for test in one.tests if node == test or node.startswith(f"{test}[")), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put each mark where it belongs."""
    for item in items:
        fact = fact_of(item.nodeid)
        if fact is not None:
            item.add_marker(pytest.mark.xfail(reason=f"{fact.of}: {fact.says}", strict=True, run=fact.tried))

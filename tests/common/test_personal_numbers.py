"""A 個人番号 is known by its check digit, each of whose weights counts, and is masked wherever it stands."""

import pytest

from app.common.text_rules import MASK, holds_personal_number, mask_personal_numbers

WEIGHTS = (6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
"""As the order of 総務省 has them, from the first digit to the eleventh."""


def with_check_digit(eleven):
    rest = sum(int(digit) * weight for digit, weight in zip(eleven, WEIGHTS, strict=True)) % 11
    return f"{eleven}{0 if rest <= 1 else 11 - rest}"


EACH_PLACE = ["0" * place + "1" + "0" * (10 - place) for place in range(11)]


@pytest.mark.parametrize("eleven", [*EACH_PLACE, "12345678901", "98765432109", "11111111112", "00000000006"])
def test_only_the_one_digit_that_fits_makes_a_number(eleven):
    right = with_check_digit(eleven)
    for last in "0123456789":
        assert holds_personal_number(f"番号は{eleven}{last}です") is (eleven + last == right), last


def test_it_is_masked_in_fours_and_in_full_width_and_nothing_else_is():
    number = with_check_digit("12345678901")
    fours = f"{number[:4]}-{number[4:8]}-{number[8:]}"
    wide = number.translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})
    for written in (number, fours, wide, fours.replace("-", " "), fours.replace("-", "－")):
        assert holds_personal_number(written), written
        assert mask_personal_numbers(f"番号 {written}。") == f"番号 {MASK}。", written
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)
    for other in (wrong, f"9{number}", f"{number}0", number[:-1], "000000000000", "111111111111", ""):
        assert not holds_personal_number(other), other
        assert mask_personal_numbers(other) == other

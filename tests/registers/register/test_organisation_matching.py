"""A written 団体名 finds its 団体 by itself only where there is no doubt; everything else is for a person."""

import pytest

from app.registers.register.intake import OrganisationIndex, match_organisation
from db.records.organisations import Organisation

REGISTER = OrganisationIndex.of(
    Organisation(name=name, branch=branch)
    for branch, name in (
        ("第1支部", "みほんｺｰﾎﾟﾗｽ自治会"),
        ("第1支部", "みほん台三丁目町会"),
        ("第1支部", "親和町会"),
        ("第2支部", "親和町会"),
        ("第2支部", "見本ヶ丘パークサイド自治会"),
        ("第2支部", "髙台団地第二住宅管理組合自治会"),
        ("", "見本橋町会"),
    )
)


@pytest.mark.parametrize(
    ("written", "branch", "kind", "name"),
    [
        ("みほん台三丁目町会", "", "exact", "みほん台三丁目町会"),
        (" みほん台三丁目町会　", "", "exact", "みほん台三丁目町会"),
        ("みほんコーポラス自治会", "", "normalised", "みほんｺｰﾎﾟﾗｽ自治会"),
        ("みほん台　三丁目町会", "", "normalised", "みほん台三丁目町会"),
        ("第1支部　みほん台三丁目町会", "", "normalised", "みほん台三丁目町会"),
        ("親和町会（第2支部）", "", "normalised", "親和町会"), ("親和町会", "第2支部", "exact", "親和町会"),
        ("見本ケ丘パークサイド自治会", "", "candidate", "見本ヶ丘パークサイド自治会"),
        ("高台団地第二住宅管理組合自治会", "", "candidate", "髙台団地第二住宅管理組合自治会"),
        ("みほん台三丁目", "", "candidate", "みほん台三丁目町会"),
        ("みほん台三丁目自治会", "", "candidate", "みほん台三丁目町会"),
        ("みほん台三丁目町会（第3班）", "", "candidate", "みほん台三丁目町会"),
        ("みほん台?丁目町会", "", "candidate", "みほん台三丁目町会"),
        ("みほん台三丁目町会", "第2支部", "candidate", "みほん台三丁目町会"),
        ("親和町会", "", "ambiguous", "親和町会"), ("すずらん通り商店会", "", "none", None),
        ("テスト町会", "", "none", None), ("町会", "", "none", None), ("", "", "none", None),
    ],
)  # fmt: skip
def test_a_name_is_matched_as_far_as_it_is_sure(written, branch, kind, name):
    match = match_organisation(written, branch, REGISTER)

    assert match.kind == kind
    assert (match.organisation is not None) == (kind in {"exact", "normalised"})
    assert ([one.name for one in match.candidates] or [None])[0] == name


def test_a_branch_decides_between_two_of_one_name():
    assert match_organisation("親和町会", "第1支部", REGISTER).organisation.branch == "第1支部"
    assert match_organisation("第2支部 親和町会", "", REGISTER).organisation.branch == "第2支部"


def test_every_doubt_has_its_word_and_an_exact_name_none():
    def said(written):
        match = match_organisation(written, "", REGISTER)
        return match.kind, bool(match.reason)

    assert said("みほん台三丁目町会") == ("exact", False)
    assert said("親和町会") == ("ambiguous", True)
    assert said("みほんコーポラス自治会") == ("normalised", True)
    assert said("見本ケ丘パークサイド自治会") == ("candidate", True)
    assert said("すずらん通り商店会") == ("none", True)

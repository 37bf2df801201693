"""What is said of a letter's day and addressee before it is issued."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from app.events.letters.documents.letter_layout import Addressee, LetterPerson
from app.events.letters.services import letter_checks, letter_page

BY = date(2026, 8, 24)


@pytest.mark.parametrize(
    ("apply_by", "on", "late"),
    [(None, date(2026, 9, 1), False), (BY, BY, False), (BY, date(2026, 8, 23), False), (BY, date(2026, 8, 25), True)],
)
def test_a_letter_is_late_from_the_day_after_the_closing_day_on(apply_by, on, late):
    said = list(letter_checks._late_issue_hints(SimpleNamespace(apply_by=apply_by), on))
    assert [one.endswith("申込期限（令和8年8月24日（月））より後です。") for one in said] == [True] * late


@pytest.mark.parametrize(
    ("slips", "to", "said"),
    [
        ((), "見本　一郎", 0), (((None, "見本 一郎"),), "見本　一郎", 0), (((None, "見本 次郎"),), "見本　一郎", 1),
        (((None, "見本 次郎"), (3, "見本 一郎")), "見本　一郎", 0), (((3, "見本 一郎"), (None, "")), "見本　一郎", 0),
        (((9, "見本 次郎"),), "見本　一郎", 0), (((3, "見本 次郎"),), "", 1),
    ],
)  # fmt: skip
def test_an_addressee_who_did_not_sign_the_newest_request_is_named(monkeypatch, slips, to, said):
    given = [SimpleNamespace(event_id=event_id, signer=signer) for event_id, signer in slips]
    monkeypatch.setattr(letter_checks, "rows", lambda *_a, **_k: given)
    monkeypatch.setattr(
        letter_checks, "addressees", lambda *_a, **_k: [Addressee(key="o5", person=to, role="会長" if to else "")]
    )
    event = SimpleNamespace(id=3, organisation_id=5, programme_id=1, form=SimpleNamespace(at_organisation=True))
    found = list(letter_checks.addressee_hints(SimpleNamespace(database=None), event, "決定通知", BY))
    assert len(found) == said
    for one in found:
        assert one.startswith(
            "宛名は会長　見本　一郎です。希望票に署名した方は見本 次郎です。"
            if to
            else "宛名は、会長名の登録がなく「御中」です。"
        )


@pytest.mark.parametrize(
    ("role", "people", "said"),
    [
        ("会長", (("会長", "見本 一郎"),), False), ("会長", (("会長", "見本 次郎"),), True),
        ("会長", (("会計", "見本 次郎"), ("会長", "見本 次郎")), True), ("会長", (("会計", "見本 次郎"),), False),
        ("会長", (("会長代行", "見本 次郎"),), False), ("会長", (("会長", ""),), False),
        ("会計", (("会計", "見本 次郎"),), False),
    ],
)  # fmt: skip
def test_a_letter_to_one_head_that_names_another_says_so(monkeypatch, role, people, said):
    to = Addressee(
        key="o5",
        organisation="甲町会",
        person="見本　一郎",
        role=role,
        people=tuple(LetterPerson(name=name, role=each, device="", state="") for each, name in people),
    )
    monkeypatch.setattr(letter_checks, "rows", lambda *_a, **_k: [])
    monkeypatch.setattr(letter_checks, "read_options", lambda *_a, **_k: SimpleNamespace(unit="団体ごと"))
    monkeypatch.setattr(letter_checks, "addressees", lambda *_a, **_k: [to])
    event = SimpleNamespace(id=3, organisation_id=None, programme_id=1, form=SimpleNamespace(at_organisation=False))
    words = (
        "宛名は会長　見本　一郎です。甲町会の申込の会長は見本 次郎です。"
        "替わったときは「団体」の会長を、書き間違いのときは申込を直します。"
    )
    assert list(letter_checks.addressee_hints(SimpleNamespace(database=None), event, "決定通知", BY)) == [words] * said


NOBODY = Addressee(key="o1", organisation="甲町会")
HEAD = Addressee(key="o2", organisation="乙町会", person="見本　一郎", role="会長")
ROLELESS = Addressee(key="o3", organisation="丙町会", person="見本　次郎")
ALONE = Addressee(key="e4", person="見本　三郎", role="会計")
BRANCHES = Addressee(key="all", full_line="各支部長　様")


def waiting(*names: str) -> Addressee:
    people = tuple(LetterPerson(name=name, role="", device="", state="") for name in names)
    return replace(HEAD, people=people)


@pytest.mark.parametrize(
    ("addressees", "given", "said"),
    [
        ([HEAD, BRANCHES], {}, []),
        ([NOBODY], {}, ["会長名の登録がなく「御中」とする団体：甲町会（1件）。"]),
        (
            [NOBODY, replace(NOBODY, people=(LetterPerson(name="見本　五郎", role="会長", device="", state=""),))], {},
            [
                "会長名の登録がなく「御中」とする団体：甲町会（1件）。うち1件は、申込に会長名があります。「団体」に加えると宛名に入ります。"
            ],
        ),
        ([NOBODY], {"unit": "1人ずつ"}, []),
        ([NOBODY], {"report_missing_heads": False}, []),
        ([ROLELESS], {}, ["役職の登録がない宛先：丙町会（1件）。"]),
        ([ALONE], {}, ["団体名のない宛先：見本　三郎（1件）。"]),
        (
            [Addressee(key="e5", people=waiting("").people), ALONE], {},
            ["氏名未定の方が1人います。通知には人数で入ります。", "団体名のない宛先：氏名未定、見本　三郎（2件）。"],
        ),
        ([waiting("見本　四郎")], {}, []),
        ([waiting("見本　四郎", "", ""), waiting("")], {}, ["氏名未定の方が3人います。通知には人数で入ります。"]),
        ([waiting("")], {"labels": True}, []),
        (
            [replace(ALONE, role="")], {},
            ["役職の登録がない宛先：見本　三郎（1件）。", "団体名のない宛先：見本　三郎（1件）。"],
        ),
    ],
)  # fmt: skip
def test_what_an_addressee_lacks_is_said_and_one_that_is_written_out_lacks_nothing(addressees, given, said):
    options = SimpleNamespace(unit=given.get("unit", "団体ごと"))
    found = letter_page._addressee_cautions(
        addressees,
        options,
        labels=given.get("labels", False),
        report_missing_heads=given.get("report_missing_heads", True),
    )
    assert list(found) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, []),
        (1, ["住所：0会（1件）。"]),
        (3, ["住所：0会、1会、2会（3件）。"]),
        (5, ["住所：0会、1会、2会 ほか2件（5件）。"]),
    ],
)
def test_three_names_stand_there_and_the_others_are_counted(count, said):
    named = [Addressee(key=f"o{number}", organisation=f"{number}会") for number in range(count)]
    assert list(letter_page._words_with_names("住所", named)) == said

"""The command ``deadlines`` as IT support and checks call it."""

import json

import pytest

from tests.support.child_python import run_python

KEYS = {"task", "owner", "clause", "basis", "direction", "nominal", "working", "margin", "warnings"}


def test_an_event_gives_three_deadlines_and_no_guide_dates(call):
    code, out, err = call("deadlines", "--kind", "講習会", "--date", "2026-09-30", "--today", "2026-09-01", "--json")
    entries = json.loads(out)

    assert (code, err) == (0, "")
    assert [entry["task"] for entry in entries] == ["人数連絡", "資料確認", "実施報告書"]
    assert all(set(entry) == KEYS for entry in entries)
    assert entries[2] == {
        "task": "実施報告書",
        "owner": "受託者",
        "clause": "仕4(1)コ",
        "basis": entries[2]["basis"],
        "direction": "after",
        "nominal": "2026-10-31",
        "working": "2026-11-02",
        "margin": "2026-10-30",
        "warnings": [],
    }


def test_a_dispatch_lists_the_check_of_materials_with_its_warning(call):
    _, out, _ = call("deadlines", "--kind", "派遣", "--date", "R8.10.15（木）", "--today", "2026-09-01", "--json")
    entries = {entry["task"]: entry for entry in json.loads(out)}

    assert "講習会の資料だけを使う派遣では、区の確認は要りません" in entries["資料確認"]["warnings"][0]


def test_a_past_date_or_one_outside_the_window_is_done_with_warnings(call):
    for day, today in (("2026-08-31", "2026-08-01"), ("2026-09-01", "2026-10-01"), ("2025-05-01", "2026-08-01")):
        code, out, _ = call("deadlines", "--kind", "講習会", "--date", day, "--today", today, "--json")
        assert code == 0
        assert all(entry["warnings"] for entry in json.loads(out))


def test_a_rule_beyond_the_term_warns_and_one_of_payment_does_not(call):
    _, out, _ = call("deadlines", "--rule", "3週間以内", "--date", "2027-03-15", "--today", "2026-09-01", "--json")
    assert "R9 3/10(水)" in json.loads(out)[0]["warnings"][0]
    _, out, _ = call("deadlines", "--rule", "30日以内", "--date", "2027-03-15", "--today", "2026-09-01", "--json")
    assert json.loads(out)[0]["warnings"] == []


@pytest.mark.parametrize(
    ("kind", "received", "clause", "dates"),
    [
        ("支払", "2027-04-05", "仕5", ("2027-05-05", "2027-05-06", "2027-04-30")),
        ("支払", "2027-03-12", "仕5", ("2027-04-11", "2027-04-12", "2027-04-09")),
        ("検査", "2027-03-12", "支払遅延防止法5条", ("2027-03-22", "2027-03-23", "2027-03-19")),
    ],
)
def test_inspection_and_payment_are_counted_from_the_day_a_paper_came(call, kind, received, clause, dates):
    code, out, err = call("deadlines", "--kind", kind, "--date", received, "--json")
    assert code == 0, err
    (entry,) = json.loads(out)
    assert (entry["task"], entry["owner"], entry["clause"], entry["direction"]) == (kind, "区", clause, "after")
    assert (entry["nominal"], entry["working"], entry["margin"]) == dates
    assert "受領日の翌日" in entry["basis"]


def test_people_read_it_in_japanese(call):
    code, out, _ = call("deadlines", "--kind", "意見交換会", "--date", "10/29", "--today", "9/16")

    assert code == 0
    assert "人数連絡（区）　令和8年10月29日（木）から\n" in out
    assert "期限（暦どおり）　R8.11.29（日）" in out
    assert "休日の場合の期限（民法142条）　R8.11.30（月）" in out
    assert "目安日　R8.11.27（金）" in out
    assert "仕様書4(3)エ。実施日の5日前 = 10/24(土)。閉庁日のため直前の開庁日 10/23(金)" in out


def test_a_day_on_which_the_office_is_closed_is_said_with_its_reason(call):
    _, out, _ = call("deadlines", "--kind", "講習会", "--date", "R8.9.23", "--today", "9/16")
    said = "もとの日 R8.9.23（水・祝） は閉庁日です（秋分の日）。"
    assert f"  注意　{said}" in out
    _, out, _ = call("deadlines", "--rule", "5日前", "--date", "R8.9.23", "--today", "9/16", "--json")
    assert said in json.loads(out)[0]["warnings"]
    _, out, _ = call("deadlines", "--rule", "5日前", "--date", "R8.9.24", "--today", "9/16", "--json")
    assert json.loads(out)[0]["warnings"] == []


@pytest.mark.parametrize(
    "words",
    [
        ("--kind", "講習会", "--date", "9/31"),
        ("--kind", "講習会", "--date", "2026-09-30(火)"),
        ("--kind", "講習会", "--date", "あした"),
        ("--kind", "講習会", "--date", "9/30", "--today", "きょう"),
        ("--rule", "そのうち", "--date", "9/30"),
        ("--rule", "5日前", "--date", "1986-01-01"),
    ],
)
def test_a_date_or_rule_that_cannot_be_used_is_refused_in_japanese(call, words):
    code, out, err = call("deadlines", *words, "--json")

    assert (code, out) == (1, "")
    assert err.strip().endswith("。")


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("--date", "9/30"),
        ("--kind", "講習会"),
        ("--kind", "講習会", "--rule", "5日前", "--date", "9/30"),
        ("--kind", "研修", "--date", "9/30"),
    ],
)
def test_wrong_usage_says_how_to_call_it(call, words):
    code, out, err = call("deadlines", *words)

    assert (code, out) == (2, "")
    assert "指定してください" in err


def test_the_command_needs_neither_the_window_nor_the_store():
    check = (
        "import sys, app.commands.deadlines;"
        "print([m for m in sys.modules if m.split('.')[0] in ('PySide6', 'sqlcipher3', 'sqlite_utils', 'openpyxl')])"
    )
    found = run_python("-c", check)

    assert found.stdout.strip() == "[]"

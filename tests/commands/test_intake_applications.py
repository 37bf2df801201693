"""``intake`` on lists of applications as they really arrive: what it says of each row, how quick it is, what it keeps to itself."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fixtures.survey.samples import FOLDER as SURVEYS

PROJECT = Path(__file__).resolve().parents[2]
APPLICATIONS = PROJECT / "tests" / "fixtures" / "applications"
KEYS = {"source", "encoding", "header_row", "columns", "rows", "problems", "lost_characters"}


def _application(number: str) -> Path:
    return next(APPLICATIONS.glob(f"{number}_*"))


@pytest.mark.parametrize(
    ("number", "source", "encoding", "header_row", "rows", "lost", "problems"),
    [
        ("02", "google_forms_csv", "utf-8", 1, 25, 0, {(23, "お名前"), (24, "お名前"), (25, "お名前")}),
        ("04", "google_sheets_csv", "utf-8", 1, 13, 0, {(5, "参加人数")}),
        (
            "07",
            "logo_form_like_csv",
            "cp932",
            1,
            30,
            6,
            {(1, "氏名"), (2, "氏名"), (9, "氏名"), (14, "フリガナ"), (16, "電話番号"), (25, "氏名"), (27, "電話番号"), (28, "氏名"), (30, "氏名")},
        ),
        ("09", "e_application_like_csv", "utf-8", 2, 13, 0, {(4, None), (6, "希望日"), (7, None)}),
        ("20", "utf16le_tsv", "utf-16-le", 1, 11, 0, set()),
    ],
)  # fmt: skip
def test_an_application_list_is_described_row_by_row(call, number, source, encoding, header_row, rows, lost, problems):
    path = _application(number)
    before = path.read_bytes()

    code, out, err = call("intake", path, "--json")

    found = json.loads(out)
    assert (code, err) == (0, "")
    assert set(found) == KEYS
    assert (found["source"], found["encoding"], found["header_row"], found["rows"], found["lost_characters"]) == (
        source, encoding, header_row, rows, lost,
    )  # fmt: skip
    assert {(problem["row"], problem["column"]) for problem in found["problems"]} == problems
    assert all(set(problem) == {"row", "column", "reason"} for problem in found["problems"])
    assert path.read_bytes() == before


def test_what_people_wrote_about_themselves_is_not_printed(call):
    for command in ("intake", "tally"):
        for words in (("--json",), ()):
            _, out, err = call(command, _application("07"), *words)
            for told in ("車いす", "手話", "03-5555", "ｻﾄｳ", "佐藤"):
                assert told not in out + err


def test_a_lost_sign_in_the_name_of_a_chairperson_is_counted(call, tmp_path):
    path = tmp_path / "団体.csv"
    text = (
        "支部,団体名,会長名,連絡先,世帯数\r\n第1支部,みほん町会,?田　みほん,,12\r\n第1支部,見本町会,見本　花子,,34\r\n"
    )
    path.write_bytes(text.encode("cp932"))

    _, out, _ = call("intake", path, "--json")

    found = json.loads(out)
    assert (found["source"], found["lost_characters"]) == ("organisation_list_csv", 1)
    assert [(problem["row"], problem["column"]) for problem in found["problems"]] == [(1, "会長名")]


def test_signs_outside_ascii_stand_in_the_json_as_they_are(call, tmp_path):
    path = tmp_path / "申込.csv"
    path.write_text(
        '受付番号,送信日時,氏名（𠮷・髙・葛\U000e0100）\n"01","2026/09/01 10:00","みほん"\n', encoding="utf-8"
    )

    _, out, _ = call("intake", path, "--json")

    assert "氏名（𠮷・髙・葛\U000e0100）" in out


def test_the_output_is_utf8_whatever_the_terminal_is_set_to():
    ran = subprocess.run(
        [sys.executable, "-c", _RUN, "tally", str(next(SURVEYS.glob("01_*.csv"))), "--json"],
        capture_output=True,
        cwd=PROJECT,
        env={"PYTHONIOENCODING": "cp932", "LC_ALL": "C", "PATH": ""},
        check=True,
    )

    assert json.loads(ran.stdout.decode("utf-8"))["answers"] == 27
    assert "推定しました" in ran.stderr.decode("utf-8")


_RUN = "import sys; from app.commands.main import main; sys.exit(main(sys.argv[1:]))"
# Not ru_maxrss: over an exec that keeps the peak of the process that ran the test.
_MEASURED = """
import sys
from app.commands.main import main
code = main(sys.argv[2:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
open(sys.argv[1], "w").write(str(int(peak.split()[1]) // 1024))
sys.exit(code)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from the kernel's status of the process")
@pytest.mark.parametrize(
    "data",
    [
        "あ".encode() * 1_700_000,
        (",".join(f"列{number}" for number in range(20_000)) + "\r\n").encode() * 4,
        b"a\x00b\n" * 2_000_000,
        "氏名,名前\n".encode() + b"\n" * 9_000_000,
        "氏名,感想\n".encode() + "みほん,よい\n".encode("cp932") * 150_000 + b"\xff\xff",
        "氏名,感想\n".encode("cp932") + "みほん,よい\n".encode("cp932") * 150_000,
    ],
    ids=["one cell", "20,000 columns", "NUL everywhere", "blank lines", "two encodings", "too many rows"],
)
def test_a_hostile_file_is_refused_in_one_sentence_within_300_megabytes(tmp_path, data):
    path, memory = tmp_path / "届いたファイル.csv", tmp_path / "memory"
    path.write_bytes(data)
    ran = subprocess.run(
        [sys.executable, "-c", _MEASURED, str(memory), "intake", str(path)],
        capture_output=True,
        cwd=PROJECT,
        check=False,
    )

    said = ran.stderr.decode("utf-8")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert said.count("。") == said.count("\n") == 1
    assert int(memory.read_text()) < 300

"""``intake`` on lists of applications as they really open_with: what it says of each row, how quick it is, what it
keeps to itself."""

import json
import sys

import pytest

from tests.fixtures.survey.samples import expected, sample_path
from tests.support.child_python import run_python
from tests.support.in_full import some

KEYS = {"source", "encoding", "header_row", "columns", "rows", "problems", "lost_characters"}


LOST = {"07": 6, "08": 1, "12": 10}
"""Signs in names that stand for a lost character, by sample."""

TAKEN = [
    "01",
    "02",
    "03",
    "04",
    "05",
    "06",
    "07",
    "08",
    "09",
    "10",
    "11",
    "12",
    "20",
    "21",
    "22",
    "25",
    "26",
    "28",
    "30",
    "34",
    "36",
    "37",
    "38",
]
REFUSED = ["24", "27", "29", "31", "32", "33", "35"]


@pytest.mark.parametrize("number", TAKEN)
def test_every_file_that_arrives_is_described_row_by_row(call, number):
    path, wanted = sample_path(number), expected(number)
    before = path.read_bytes()

    code, out, err = call("intake", path, "--json")

    found = json.loads(out)
    header = wanted.get("header_row", wanted.get("header_line", wanted.get("header_record")))
    assert code == 0
    assert set(found) == KEYS
    assert (found["source"], found["encoding"], found["header_row"]) == (
        wanted["format"],
        wanted.get("encoding"),
        header,
    )
    assert found["columns"] == [column["header"] for column in wanted["columns"]]
    assert (found["rows"], found["lost_characters"]) == (wanted["data_rows"], LOST.get(number, 0))
    assert {(problem["row"], problem["column"]) for problem in found["problems"]} == {
        (p["data_row"], None if p["column_index"] is None else wanted["columns"][p["column_index"]]["header"])
        for p in wanted["problems"]
        if p["code"] != "option_not_in_list"
    }
    assert all(set(problem) == {"row", "column", "reason"} for problem in found["problems"])
    assert path.read_bytes() == before
    assert err == "" or err.endswith("。\n") or "：" in err


@pytest.mark.parametrize("number", REFUSED)
def test_a_file_that_cannot_be_taken_is_refused_with_what_it_is_and_what_to_do(call, number):
    code, out, err = call("intake", sample_path(number), "--json")

    assert "reject" in expected(number)["expect"]["outcome"]
    assert (code, out) == (1, "")
    assert err.count("。") == err.count("\n") == 1
    assert "ので、" in err


def test_what_of_a_file_was_not_read_is_said_beside_the_result(call):
    _, out, err = call("intake", sample_path("30"))

    assert "離れたセル（XFD1048576）" in err
    assert [word for word in ("離れたセルに値のあるExcelブック（申込）", "シート　Sheet1") if word not in out] == []


def test_a_sheet_can_be_asked_for_by_its_name(call):
    code, _, err = call("intake", sample_path("38"), "--sheet", "はじめに")

    assert code == 1
    assert "見出しの行が見つかりません" in err


def test_the_total_of_a_list_that_differs_from_its_rows_is_said(call):
    _, _, err = call("intake", sample_path("10"), "--json")

    assert "合計行の 29 と、各行を数として読んだ合計 31 が違う" in err


def test_what_people_wrote_about_themselves_is_not_printed(call):
    for command in ("intake", "tally"):
        for words in (("--json",), ()):
            _, out, err = call(command, sample_path("07"), *words)
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


@pytest.mark.parametrize(("read_in", "printed_in"), [("cp932", "cp932"), ("utf-8", "utf-8"), ("cp1252", "utf-8")])
def test_what_is_printed_is_read_as_it_should_by_the_code_page_of_the_shell(tmp_path, read_in, printed_in):
    path = tmp_path / "申込.csv"
    path.write_text('受付番号,送信日時,氏名（𠮷）\n"01","2026/09/01 10:00","みほん"\n', encoding="utf-8")
    done = run_python(
        "-c", _TWICE, str(tmp_path / "𠮷.csv"), str(path), env={"PYTHONIOENCODING": read_in}, check=False, encoding=None
    )
    sign = "〓" if printed_in == "cp932" else "𠮷"
    said = done.stderr.decode(printed_in)

    assert f"ファイル「{sign}.csv」が見つかりません" in said
    assert ("「〓」で示しました" in said) == (sign == "〓")
    for encoding in (printed_in, "utf-8"):
        assert "氏名（𠮷）" in str(json.loads(done.stdout.decode(encoding)))
    assert b"\\u3013" not in done.stdout


_TWICE = "import sys; from app.commands.main import main; [main(['intake', one, '--json']) for one in sys.argv[1:]]"
# Not ru_maxrss: over an exec that keeps the peak of the process that ran the test.
_MEASURED = """
import sys
from app.commands.main import main
code = main(sys.argv[2:])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM"))
open(sys.argv[1], "w").write(str(int(peak.split()[1]) // 1024))
sys.exit(code)
"""


_HOSTILE = {
    "one cell": lambda: "あ".encode() * 1_700_000,
    "20,000 columns": lambda: (",".join(f"列{number}" for number in range(20_000)) + "\r\n").encode() * 4,
    "NUL everywhere": lambda: b"a\x00b\n" * 2_000_000,
    "blank lines": lambda: "氏名,名前\n".encode() + b"\n" * 9_000_000,
    "two encodings": lambda: "氏名,感想\n".encode() + "みほん,よい\n".encode("cp932") * 150_000 + b"\xff\xff",
    "too many rows": lambda: "氏名,感想\n".encode("cp932") + "みほん,よい\n".encode("cp932") * 150_000,
}


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from the kernel's status of the process")
@pytest.mark.parametrize("name", some(_HOSTILE, of=2))
def test_a_hostile_file_is_refused_in_one_sentence_within_300_megabytes(tmp_path, name):
    path, memory = tmp_path / "届いたファイル.csv", tmp_path / "memory"
    path.write_bytes(_HOSTILE[name]())
    ran = run_python("-c", _MEASURED, str(memory), "intake", str(path), check=False, encoding=None)

    said = ran.stderr.decode("utf-8")
    assert (ran.returncode, ran.stdout) == (1, b"")
    assert said.count("。") == said.count("\n") == 1
    assert int(memory.read_text()) < 300

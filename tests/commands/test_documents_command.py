"""``documents``: every paper of an event as files, one that fails keeping none back, and never over another file."""

import hashlib
import json
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from app.actions.action_context import ActionContext
from app.commands.documents import kinds_for, write_documents
from app.documents.services import document_saving, documents
from app.documents.services.document_scope import DocumentScope
from app.documents.services.issued_copies import OVERRIDE_REASON_KEY
from app.events.schedules.documents import COMPARISON_KIND as SKETCHES
from app.events.schedules.documents import WALL_PLAN_KIND as WALL_PLAN
from app.ledgers.services.ledger import LEDGERS
from app.surveys.compare.documents import KIND as INTERIM
from app.year.contract.documents import KIND as REGISTER
from app.year_end.handover.documents import KIND as HANDOVER
from app.year_end.proposal.services import FORM, MEMO
from app.year_end.specification.documents import KIND as READING
from app.year_end.summary.documents import YEAR_REPORT_KIND as YEAR_REPORT
from app.year_end.summary.services.typed_numbers import remove_reason
from db.records.documents import Outgoing
from db.records.event_form import EventForm
from db.records.events import Event
from db.records.organisations import Person
from db.records.roster import Entry
from db.rows import rows
from db.tables import events as events_table
from db.tables import journal, organisations
from tests.support.cancelling import cancel_event
from tests.support.data_folders import NAME, closed, opened
from tests.support.sample import NOW as SAMPLE_NOW
from tests.support.years import BY, NOW, started_year

KEYS = {"kind", "format", "path", "pages", "sha256", "warnings"}
HELD, COMING = 2, 6
"""第2回 講習会 of the fictitious year, which has every kind of paper, and 第6回, whose people are decided on."""

OF_DELIVERABLES = (
    "従事者・配置表（様式）", "物品持込許可申請書（様式）", "提出物と遅れの一覧", "提出物の通知",
    "再委託先安全管理措置確認書（様式）", "返還・廃棄証明書（様式）", "事故等報告書（様式）",
    "事故対応訓練・手順確認記録（様式）", "許可・承認申請書（様式）",
)  # fmt: skip
OF_WORKERS = {"管理責任者選任届（様式）", "教育実施報告書（様式）", "管理責任者・従事者変更届（様式）"}
ANSWERS = "照会への回答"
SELECTION = "起案資料（派遣の選定）"
OF_DISPATCHES = ("アドバイザー派遣募集要項", "アドバイザー派遣希望票")
OF_COMPLETION = ("業務完了届", "検査調書別紙", "請求書の点検票", "検査調書")
OF_AGREEMENTS = ("協議記録一覧", "協議記録", "打合せ記録", "契約変更の協議書")


@pytest.fixture
def year(sample_folder, login, tmp_path):
    """The options that open a fresh copy of the fictitious year."""
    shutil.copytree(sample_folder, tmp_path / "sample")
    return ["--data", tmp_path / "sample", *login[2:]]


def _written(call, *words):
    code, out, err = call("documents", *words, "--json")
    assert code == 0, err
    rows = json.loads(out)
    assert all(set(row) == KEYS for row in rows)
    assert ("作成できる帳票はまだありません。" in err) is (rows == [])
    return rows


def test_every_paper_that_fits_is_written_and_named_for_event_document_and_version(call, year, tmp_path):
    rows = _written(call, *year, "--event", HELD, "--out", tmp_path / "out")

    files = [row for row in rows if row["path"]]
    assert {"参加人数連絡書", "資料確認結果通知", "実施報告書"} <= {row["kind"] for row in files}
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == sorted(Path(row["path"]).name for row in files)
    assert str(tmp_path / "out" / "R8-講02-実施報告書-第1版.pdf") in [row["path"] for row in files]
    for row in files:
        assert hashlib.sha256(Path(row["path"]).read_bytes()).hexdigest() == row["sha256"]
        assert row["pages"] >= (1 if row["format"] == "pdf" else 0)


def test_a_name_of_before_writes_the_paper_that_it_leads_to_once(call, year, tmp_path):
    asked = [word for name in ("区報原稿", "ホームページ原稿", "配布資料チェック表") for word in ("--kind", name)]
    rows = _written(call, *year, "--event", HELD, "--out", tmp_path / "out", *asked, "--format", "pdf")
    assert [(row["kind"], row["pages"]) for row in rows] == [("区報原稿", 1), ("当日進行表・機材チェック表", 2)]
    asked = ("--kind", READING, "--kind", "受領報告書一覧", "--format", "pdf")
    rows = _written(call, *year, "--all", "--out", tmp_path / "all", *asked)
    assert {row["kind"] for row in rows if row["path"]} == {READING, OF_DELIVERABLES[2]}


def test_what_kinds_were_asked_for_is_written_with_what_is_to_be_known_and_logged_under_the_name_of_the_user(
    call, year, tmp_path
):
    """A kind of one form warns for the other, and a form that the contractor has not confirmed says so."""
    asked = ("--kind", "実施報告書", "--kind", "実施報告書確認票")
    made = _written(call, *year, "--event", HELD, "--out", tmp_path / "out", *asked)

    assert [(row["kind"], row["format"], bool(row["path"])) for row in made] == [
        ("実施報告書", "pdf", True),
        ("実施報告書", "xlsx", True),
        ("実施報告書確認票", "pdf", True),
        ("実施報告書確認票", "xlsx", False),
    ]
    assert made[3]["warnings"] == ["実施報告書確認票にはExcelの形式がありません。"]
    assert len(list((tmp_path / "out").iterdir())) == 3
    assert "全ページに「様式・受託者確認前」と入っています。" in made[0]["warnings"]
    store = opened(year[1])
    newest = document_saving.list_outgoing(store, event_id=HELD)[:3]
    closed(store)
    assert {(row.document_kind, row.format, row.way, row.by) for row in newest} == {
        ("実施報告書", "pdf", "コマンド", NAME),
        ("実施報告書", "xlsx", "コマンド", NAME),
        ("実施報告書確認票", "pdf", "コマンド", NAME),
    }


def test_one_format_and_several_kinds_may_be_asked_for(call, year, tmp_path):
    asked = ("--kind", "資料確認結果通知", "--kind", "参加人数連絡書", "--kind", "参加人数連絡書")

    rows = _written(call, *year, "--event", HELD, "--out", tmp_path / "out", *asked, "--format", "xlsx")

    assert [(row["kind"], row["format"]) for row in rows] == [("資料確認結果通知", "xlsx"), ("参加人数連絡書", "xlsx")]


def test_a_name_that_is_taken_stops_everything_before_the_first_file(call, year, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    (out / "R8-講02-実施報告書-第1版.xlsx").write_bytes(b"kept")

    code, printed, err = call("documents", *year, "--event", HELD, "--out", out, "--json")

    assert (code, printed) == (1, "")
    assert "同じ名前のファイルがもうあります（R8-講02-実施報告書-第1版.xlsx）" in err
    assert "何も書き出していません" in err
    assert [(path.name, path.read_bytes()) for path in out.iterdir()] == [("R8-講02-実施報告書-第1版.xlsx", b"kept")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--event", "999"), 1, "この実施回は見つかりません"),
        (("--event", "999", "--kind", "実施報告書"), 1, "この実施回は見つかりません"),
        (("--event", "2", "--kind", "実施報告書", "--kind", "表彰状"), 1, "「表彰状」という帳票はありません"),
        (("--event", "2", "--format", "odt"), 2, "「odt」という形式はありません"),
        (("--event", "2", "--format", ","), 2, "形式はありません"),
        (("--event", "二"), 2, "--event の値が読めません"),
        (("--event", "2", "--kind", "アンケート中間集計"), 1, "「アンケート中間集計」は年度ごとの帳票です"),
        (("--year", "2026", "--kind", "実施報告書"), 1, "「実施報告書」は実施回ごとの帳票です"),
        (("--year", "2027"), 1, "令和9年度は、このデータにありません"),
        (("--all", "--kind", "表彰状"), 1, "「表彰状」という帳票はありません"),
        (("--event", "2", "--all"), 2, "--all"),
        ((), 2, "--event"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_no_folder(call, year, tmp_path, words, code, said):
    answer = call("documents", *year, "--out", tmp_path / "out", *words)

    assert answer[:2] == (code, "")
    assert said in answer[2]
    assert not (tmp_path / "out").exists()


def test_a_folder_too_deep_for_the_papers_is_refused_before_the_first_of_them(call, year, tmp_path):
    deep = tmp_path / ("深" * 250)

    code, out, err = call("documents", *year, "--event", HELD, "--kind", "実施報告書", "--out", deep)

    assert (code, out) == (1, "")
    assert "文字長すぎます" in err
    assert list(tmp_path.glob("深*")) == []


def test_a_file_in_the_place_of_the_folder_is_refused(call, year, password):
    code, out, err = call("documents", *year, "--event", HELD, "--kind", "実施報告書", "--out", password)

    assert (code, out) == (1, "")
    assert "フォルダーではありません" in err


def test_the_roster_of_the_day_is_written_with_its_copies_numbered(call, year, tmp_path):
    rows = _written(call, *year, "--event", 6, "--kind", "受付名簿", "--personal", "--out", tmp_path / "out")

    assert [(row["format"], row["pages"]) for row in rows] == [("pdf", 2), ("xlsx", 0)]
    assert all("個人情報" in row["warnings"][0] for row in rows)


def test_a_roster_nobody_stands_on_yet_is_listed_with_its_reason_and_keeps_no_other_paper_back(call, year, tmp_path):
    asked = ("--kind", "受付名簿", "--kind", "実施確認票", "--format", "pdf", "--json")
    code, out, err = call("documents", *year, "--event", 12, *asked, "--out", tmp_path / "out")

    assert code == 1
    assert "受付名簿：名簿に載る参加者がまだいません" in err
    roster, sheet = json.loads(out)
    assert (roster["kind"], roster["path"]) == ("受付名簿", None)
    assert "名簿に載る参加者がまだいません" in roster["warnings"][0]
    assert [path.name for path in (tmp_path / "out").iterdir()] == [Path(sheet["path"]).name]


def _cancel(folder, *events):
    store = opened(folder)
    for event_id in events:
        cancel_event(store, event_id=event_id, reason="大雪", by=BY, now=SAMPLE_NOW)
    closed(store)


def test_the_papers_of_a_year_are_written_when_its_two_last_events_are_cancelled(call, year, tmp_path):
    store = opened(year[1])
    last = [one.id for one in events_table.events_of_year(store.database, 1) if one.event_date is not None][-2:]
    closed(store)
    _cancel(year[1], *last)

    kinds = ("--kind", WALL_PLAN, "--kind", YEAR_REPORT, "--format", "pdf")
    assert _written(call, *year, "--year", 2026, *kinds, "--out", tmp_path / "out")
    # The sketches of dates are a paper a row of the year: they come without being named.
    rows = _written(call, *year, "--all", "--kind", SKETCHES, "--format", "pdf", "--out", tmp_path / "sketches")
    assert [row["kind"] for row in rows if row["path"]] == [SKETCHES] * len(rows)


def test_what_the_state_of_its_event_stops_is_in_the_list_with_its_reason_and_nothing_failed(call, year, tmp_path):
    _cancel(year[1], COMING)

    listed = _written(call, *year, "--event", COMING, "--personal", "--format", "pdf", "--out", tmp_path / "out")
    by_kind = {row["kind"]: row for row in listed}
    assert by_kind["決定通知"]["path"], "what left is there in every state"
    for kind in ("開催通知", "募集チラシ", "参加申込書"):
        assert by_kind[kind]["path"] is None
        assert "この回は中止です" in by_kind[kind]["warnings"][0]
    for kind in ("受付名簿", "名札", "席札", "当日進行表・機材チェック表", "実施確認票"):
        assert "全ページに「中止」と入っています。" in by_kind[kind]["warnings"], kind
    # Named, it is the same.
    (row,) = _written(
        call, *year, "--event", COMING, "--kind", "募集チラシ", "--format", "pdf", "--out", tmp_path / "one"
    )
    assert (row["path"], row["sha256"]) == (None, None)
    # With a reason it is made, the reason stands on it and in the log, and it holds for the next time and for the
    # window.
    why = "募集したときの控えとして残す"
    flyer = ("--event", COMING, "--kind", "募集チラシ", "--format", "pdf")
    (made,) = _written(call, *year, *flyer, "--reason", why, "--out", tmp_path / "passed")
    assert f"理由を記録して作成しました：{why}" in made["warnings"]
    assert why in "".join(PdfReader(made["path"]).pages[0].extract_text().split())
    (again,) = _written(call, *year, *flyer, "--out", tmp_path / "again")
    assert again["path"] is not None
    store = opened(year[1])
    left = rows(store.database, Outgoing, event_id=COMING, document_kind="募集チラシ")
    assert [one.detail[OVERRIDE_REASON_KEY] for one in left] == [why, why]
    assert any(why in one.action for one in journal.entries(store.database, event_id=COMING))
    closed(store)


@pytest.mark.parametrize(
    "words",
    [
        ("--all", "--kind", "募集チラシ"),
        ("--event", COMING),
        ("--event", COMING, "--kind", "募集チラシ", "--reason", "　"),
    ],
)
def test_a_reason_passes_only_papers_that_were_named(call, year, tmp_path, words):
    """One reason for everything of a year would be nobody's reason."""
    _cancel(year[1], COMING)
    reason = () if "--reason" in words else ("--reason", "控え")
    code, _out, err = call("documents", *year, *words, *reason, "--out", tmp_path / "out")
    assert code == 2
    assert "--reason" in err
    assert not (tmp_path / "out").exists()


def test_a_paper_that_fails_is_named_and_the_others_are_written(call, year, tmp_path, monkeypatch):
    build = documents.build_document

    def failing(store, *, scope, kind, now):
        if kind == INTERIM:
            raise KeyError("見本の誤り")
        return build(store, scope=scope, kind=kind, now=now)

    monkeypatch.setattr(documents, "build_document", failing)
    kinds = ("--kind", INTERIM, "--kind", YEAR_REPORT, "--format", "pdf")
    code, out, err = call("documents", *year, "--year", 2026, *kinds, "--out", tmp_path / "out", "--json")

    assert code == 1
    failed, written = json.loads(out)
    assert (failed["kind"], failed["path"], failed["pages"]) == (INTERIM, None, 0)
    assert "KeyError（test_documents_command.py" in failed["warnings"][0]
    assert "見本の誤り" not in err + out, "the text of an error may hold a name"
    assert f"{INTERIM}：プログラムの誤り" in err
    assert Path(written["path"]).is_file()


def test_one_that_cannot_be_printed_keeps_no_other_back(tmp_path):
    store = started_year(tmp_path)
    with store.change(action="用意", by=BY, now=NOW) as change:
        event_id = change.insert(
            Event(kind="講習会", form=EventForm.LECTURE, ordinal=2, subject="LINE講習会", event_date=date(2026, 9, 24))
        )
        person = change.insert(Person(name="見本 \ua9c1子"))
        change.insert(Entry(event_id=event_id, person_id=person, state="決定"))
    kinds = kinds_for(store, event_id=event_id)
    wanted = [(DocumentScope(event_id=event_id), kinds)]
    given = {"wanted": wanted, "formats": ("pdf",), "folder": tmp_path / "帳票", "personal": True}

    written = write_documents(ActionContext(store, BY, NOW), **given)
    store.database.conn.close()

    made = {row["kind"]: row for row in written.rows}
    assert any(words.startswith("名札：書体にない文字") for words in written.failed)
    assert made["名札"]["path"] is None
    assert "書体にない文字" in made["名札"]["warnings"][0]
    assert Path(made["実施確認票"]["path"]).is_file()


def _words_of(path: Path) -> str:
    """Everything a file says, without blanks."""
    if path.suffix == ".pdf":
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
    else:
        cells = (cell for sheet in load_workbook(path) for row in sheet.iter_rows(values_only=True) for cell in row)
        text = "".join(str(cell) for cell in cells if cell is not None)
    return re.sub(r"\s", "", text)


def test_papers_that_name_people_are_listed_with_a_warning_and_written_only_when_asked_for(call, year, tmp_path):
    rows = _written(call, *year, "--event", 6, "--out", tmp_path / "out")

    withheld = {row["kind"] for row in rows if row["path"] is None and "--personal" in row["warnings"][0]}
    assert {"受付名簿", "名札"} <= withheld
    store = opened(year[1])
    people = {re.sub(r"\s", "", row.name) for row in organisations.all_people(store.database)}
    closed(store)
    assert people
    for path in (tmp_path / "out").iterdir():
        words = _words_of(path)
        assert [name for name in people if name in words] == [], path.name

    kinds = [word for kind in sorted(withheld) for word in ("--kind", kind)]
    asked = _written(call, *year, "--event", 6, *kinds, "--personal", "--out", tmp_path / "mit")
    assert withheld == {row["kind"] for row in asked if row["path"]}


@pytest.mark.nightly
def test_the_papers_of_the_year_are_written_and_logged_for_the_year(call, year, tmp_path):
    rows = _written(call, *year, "--year", 2026, "--out", tmp_path / "out")

    made = [(row["kind"], row["format"]) for row in rows if row["path"]]
    both = (
        REGISTER, INTERIM, YEAR_REPORT, ANSWERS, HANDOVER, FORM, MEMO, SKETCHES,
        *OF_DISPATCHES, *OF_AGREEMENTS, *OF_DELIVERABLES, *OF_COMPLETION, "クラウドサービスのリスク確認票",
        "復元の点検記録", "事故等報告書（区）", "今週の予定", "供覧票", "個人情報ファイル簿の記載事項",
    )  # fmt: skip
    expected = {(kind, form) for kind in both for form in ("pdf", "xlsx")} | {(WALL_PLAN, "pdf")}
    assert set(made) == expected
    assert made.count(("打合せ記録", "pdf")) == 3, "one for each 打合せ"
    ledgers = {ledger.title for ledger in LEDGERS if ledger.in_document_library and not ledger.printed_in}
    unwritten = ledgers | {WALL_PLAN, SELECTION, "データ返還一式", "返還・廃棄の指示"} | OF_WORKERS
    # They name people, have one form alone, or wait for the reports.
    assert {row["kind"] for row in rows if not row["path"]} == unwritten
    assert (tmp_path / "out" / "R8-アンケート中間集計-20261201.pdf").is_file()
    store = opened(year[1])
    newest = [row for row in document_saving.list_outgoing(store) if row.document_kind in (REGISTER, INTERIM)]
    closed(store)
    assert {(row.document_kind, row.event_id, row.programme_id, row.way) for row in newest} == {
        (REGISTER, None, 1, "コマンド"),
        (INTERIM, None, 1, "コマンド"),
    }


def test_all_takes_the_year_and_every_event(call, year, tmp_path):
    kinds = ("--kind", INTERIM, "--kind", "参加人数連絡書", "--format", "xlsx")
    rows = _written(call, *year, "--all", *kinds, "--out", tmp_path / "out")

    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(Path(row["path"]).name for row in rows)
    assert [row["kind"] for row in rows].count(INTERIM) == 1
    assert len({name.split("-")[1] for name in names if "参加人数連絡書" in name}) > 5


@pytest.mark.nightly
def test_a_paper_of_the_year_that_is_held_back_is_named_among_all(call, year, tmp_path):
    store = opened(year[1])
    remove_reason(ActionContext(store, BY, SAMPLE_NOW), programme_id=1, item="講習会/実施報告書")
    closed(store)

    for scope in (("--all",), ("--year", 2026)):
        code, out, err = call("documents", *year, *scope, "--kind", YEAR_REPORT, "--out", tmp_path / "out", "--json")
        held = [row for row in json.loads(out) if row["kind"] == YEAR_REPORT]
        assert code == 1
        assert [row["path"] for row in held] == [None, None]
        assert all(row["warnings"][0].startswith("「デジタル活用講習会」の実施報告書が「期限後」") for row in held)
        assert "期限後" in err
    rows = _written(call, *year, "--year", 2026, "--out", tmp_path / "year", "--format", "pdf")
    (row,) = [row for row in rows if row["kind"] == YEAR_REPORT]
    assert row["path"] is None
    assert "理由を書くか協議の記録を選んでください" in row["warnings"][0]

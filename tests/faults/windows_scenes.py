"""One person at the packed Windows folder: the first start, the sample year, papers that leave it, a second start."""

import os
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.faults.desk_hands import Hands, pause
from tests.faults.windows_more import dropped
from tests.faults.windows_stage import (
    CALM,
    FOOT,
    HOME,
    ID,
    NAME,
    PASSWORD,
    PLACES,
    SEARCHED,
    Stage,
    go,
    leave,
    log_in,
    place_in_dialog,
    seen_or_none,
    written,
)
from tests.faults.wine_pc import Pc

LONGEST = 120
_SAID = (20, 20, 1366, 420)
_HEAD = (180, 40, 1366, 140)
_NEXT, _REPLACE = 100, 134
_ONLY_FILE = (230, 109)  # where the one file of a folder stands in the window of Wine that shows folders
_LIST = (180, 100, 570, 740)
_HEADINGS = {
    "ホーム": (HOME,),
    "事業": ("実施回を追加",),
    "団体": ("団体を加える",),
    "アンケート": ("年間で比べる", "アンケート"),
    "年度": ("年間実績総括", "実施＝結果を記録した回"),
    "設定": ("契約書のとおりに入力すると", "所属・担当者", "設定"),
    "情報保護": ("情報授受簿", "行のない管理簿", "情報保護"),
}


def refused_places(share: Path) -> tuple[tuple[str, str], ...]:
    """What is typed as a place for new data, and the words that answer it."""
    tail = "い" * 80
    return (
        (f"Y:\\{'あ' * 55}\\{tail}", "長すぎます"),
        ("Y:\\係\\con", "別の用途に使っています"),
        ("Y:\\係\\con.txt", "別の用途に使っています"),
        ("Y:\\aux", "別の用途に使っています"),
        ("Y:\\係\\a:b", "使えません"),
        ("Y:\\係\\x.", "終わりに"),
        ("Q:\\デジ活", "見つかりません"),
        (f"Y:\\{_read_only(share).name}\\デジ活", "書き込めません"),
    )


def first_start(stage: Stage, at: Pc, program: Path) -> Path:
    """Scene 1: from the double click to the first day, at a place with a drive letter, spaces, Japanese
    and 120 signs."""
    person = at.hands
    running = at.desk(program)
    person.wait_for("見本データで試す", limit=90)
    person.keep("はじめに")
    refused = refused_places(stage.share)
    before = written(stage.share)
    person.click("共有フォルダーの中")
    for place, words in refused:
        person.put_in(place)
        spot = seen_or_none(person, words)
        stage.must(
            spot,
            f"置けない場所は「{words}」: {place[:24]}{'…' if len(place) > 24 else ''}",
            person.read(_SAID) if not spot else "",
        )
    person.keep("置けない場所")
    stage.must(written(stage.share) == before, "断られた場所には何も作られていない", written(stage.share) ^ before)
    person.put_in("Y:\\係 の 共有\\デジ活")
    stage.must(seen_or_none(person, "書き込めることを確かめました"), "空白と日本語のある場所に作れると言う")
    data = stage.share / "係 の 共有" / ("い" * 40) / "デジ活 令和8年度 "
    data = data.with_name(data.name + "う" * (LONGEST - len(at.typed(data))))
    person.put_in(at.typed(data))
    person.wait_for("書き込めることを確かめました", limit=20)
    person.keep("120字の場所")
    _begin(person)
    stage.must(any(data.glob("desk-*.db")), "120字の場所にデータができている", sorted(written(stage.share)))
    person.keep("はじめの日")
    leave(person, running)
    stage.verified(at, program, data)
    logs = "".join(path.read_text(encoding="utf-8") for path in (program / "logs").glob("*.log"))
    stage.must(not logs, "記録に誤りがない", logs)
    return data


def _begin(person: Hands) -> None:
    person.click("新しく始める", area=(1000, 150, 1366, 420))
    person.click("つぎへ", area=FOOT)
    person.wait_for("区の所属・担当者")
    person.still()
    person.click("つぎへ", area=FOOT)
    person.wait_for("データを置く場所")
    person.keep("IDとパスワード")
    person.type(ID)
    person.keys("Tab")
    person.put_in(NAME)
    person.keys("Tab")
    person.type(PASSWORD)
    person.keys("Tab", "Tab")
    person.type(PASSWORD)
    person.click("データフォルダーを作成する", area=FOOT)
    person.wait_for("回復キーを控えましたか")
    person.keep("回復キー")
    person.click("書き写した")
    person.click("使い始める", area=FOOT)
    person.wait_for(HOME)


def sample_year(stage: Stage, at: Pc, program: Path, places: Sequence[str] = (*PLACES[1:], PLACES[0])) -> None:
    """Scene 2: the sample year, every place of the side bar, a paper on the screen and out of it, rows to another
    program."""
    person = at.hands
    running = at.desk(program)
    person.click("見本データで試す", area=(1000, 500, 1366, 660), limit=90)
    person.wait_for(HOME, limit=120)
    person.keep("見本")
    for place in (*places, *(SEARCHED if places else ())):
        go(person, place)
        held = seen_or_none(person, *_HEADINGS.get(place, (place,)), area=_HEAD)
        person.keep(f"場所 {place}")
        stage.must(held and person.shades() > 50, f"「{place}」へ", person.read(_HEAD) if not held else "")
    if places:
        rows_to_another_program(stage, at)
    papers(stage, at, program)
    if places:
        dropped(stage, at)
    leave(person, running)
    logs = "".join(path.read_text(encoding="utf-8") for path in (program / "logs").glob("*.log"))
    wrong = [line for line in logs.splitlines() if "HeldFile" not in line]
    stage.must(not wrong and "申込書" not in logs, "記録には、つかまれたブックのほかに何もなく、その名前もない", logs)


def rows_to_another_program(stage: Stage, at: Pc) -> None:
    """Rows of a list copied by Ctrl+C, as another program of the screen gets them and as one of Windows pastes them."""
    person = at.hands
    person.keys("ctrl+2")
    person.wait_for("実施回を追加", area=_HEAD)
    person.still()
    person.click("Instagram講習会", area=_LIST)
    person.keys("ctrl+c")
    person.until("行が写る", lambda: "Instagram" in person.clipboard(), 20)
    copied = person.clipboard()
    stage.must(
        "\t" in copied and "Instagram" in copied, "Ctrl+C の行を、ほかのプログラムが受け取る", repr(copied)[:300]
    )
    other = at.start("C:\\windows\\notepad.exe")
    person.until("メモ帳が開く", lambda: bool(person.windows("Notepad|メモ帳")), 30)
    person.still()
    person.keys("ctrl+v")
    person.keep("貼り付けた行")
    person.give_clipboard("まえのもの")
    person.keys("ctrl+a", "ctrl+c")
    person.until("貼り付けたものが読める", lambda: "Instagram" in person.clipboard(), 20)
    stage.must(
        person.clipboard().strip() == copied.strip(),
        "Windows のメモ帳に貼り付けた行が同じ",
        repr(person.clipboard())[:300],
    )
    other.kill()
    person.click_at(*CALM)


def papers(stage: Stage, at: Pc, program: Path) -> None:
    """A paper looked at, saved as PDF and workbook into a folder of the system's dialog, saved again over itself,
    opened."""
    person, place = at.hands, stage.share / "書 類"
    place.mkdir()
    stage.must(go(person, "帳票"), "Ctrl+K で、前の名前「帳票」から書類へ")
    person.click("募集の書類", area=_LIST)
    person.click("参加申込書", area=_LIST)
    person.wait_for("PDFで保存", area=FOOT)
    person.keep("書類の見本")
    stage.must(person.shades() > 80, "書類の見本が見える")
    _save(person, "PDFで保存")
    person.click("場所を変える")
    person.until("フォルダーを選ぶ窓が出る", lambda: bool(person.windows("Select Folder|フォルダー")), 30)
    person.keep("システムの窓")
    place_in_dialog(person, at.typed(place))
    before = person.keep("フォルダーを選んだあと").read_bytes()
    person.keys("Tab")
    after = person.keep("そのあとのTab").read_bytes()
    stage.must(after != before, "システムの窓で選んだあと、キーは保存の窓に届く", person.in_front())
    _confirm(person)
    person.until("PDFができる", lambda: any(place.glob("*.pdf")), 60)
    pdf = next(place.glob("*.pdf"))
    person.until("PDFが書き終わる", lambda: pdf.read_bytes()[-8:].strip().endswith(b"%%EOF"), 30)
    stage.must(pdf.read_bytes().startswith(b"%PDF-"), "システムの窓で選んだ場所にPDFがある")
    person.still()
    person.keep("保存した")
    _open_in_its_program(stage, at, pdf)
    _save(person, "Excelで保存")
    _confirm(person)
    person.until("ブックができる", lambda: any(place.glob("*.xlsx")), 60)
    book = next(place.glob("*.xlsx"))
    person.still()
    first = book.read_bytes()
    stage.must(first.startswith(b"PK"), "ブックが同じ場所にある")
    pdf.unlink()
    _open_in_its_program(stage, at, book)
    with at.held(book):
        _save_over(person, book)
        held = seen_or_none(person, "ほかのプログラム")
        person.keep("つかまれているブック")
        stage.must(
            held, "開いているブックへの上書きは、ほかのプログラムが使っていると言う", person.read() if not held else ""
        )
        stage.must(book.read_bytes() == first, "つかまれているブックは前のまま")
        stage.must(
            [one.name for one in place.glob("*") if one.suffix not in (".pdf", ".xlsx")] == [], "書きかけが残らない"
        )
    before = book.stat().st_mtime_ns
    _confirm(person)
    _replace(person)
    stage.must(_within(lambda: book.stat().st_mtime_ns != before, 30), "閉じたあとは上書きできる")
    person.still()
    person.keep("上書きした")


def _open_in_its_program(stage: Stage, at: Pc, file: Path) -> None:
    """Press 「フォルダーを開く」, and in the window of the system the one file that lies there."""
    person, folder = at.hands, file.parent.name
    person.click("フォルダーを開く", area=(180, 660, 1366, 768))
    person.until("フォルダーの窓が出る", lambda: bool(person.windows(folder)), 30)
    stage.must(True, f"「フォルダーを開く」で、システムの窓にそのフォルダーが出る（{file.suffix}）")
    person.still()
    left, top = person.corner(person.windows(folder)[0])
    person.click_at(left + _ONLY_FILE[0], top + _ONLY_FILE[1], times=2)
    opened = _within(lambda: file.name in at.last_shown(), 30)
    person.keep(f"フォルダーを開いた {file.suffix[1:]}")
    stage.must(opened, f"そこでダブルクリックしたファイルが、そのプログラムで開く（{file.suffix}）", at.last_shown())
    person.keys("alt+F4")
    person.until("フォルダーの窓が閉じる", lambda: not person.windows(folder), 20)
    person.click_at(*CALM)


def _save(person: Hands, words: str) -> None:
    person.still()
    person.click(words, area=FOOT)
    person.wait_for("場所を変える", limit=30)
    person.still()


def _save_over(person: Hands, book: Path) -> None:
    """Save under the name that is there, which the dialog would not propose again."""
    _save(person, "Excelで保存")
    person.put_in(book.stem)
    _confirm(person)
    _replace(person)


def _confirm(person: Hands) -> None:
    """Press the main button of a dialog, which stands right of 「やめる」."""
    cancel = person.wait_for("やめる", limit=20)
    person.click_at(cancel.x + _NEXT, cancel.y)


def _replace(person: Hands) -> None:
    """Press 「置き換える」, which stands right of 「別の名前で保存」; a sentence above begins with the same word."""
    other = person.wait_for("別の名前で保存", limit=20)
    person.click_at(other.x + _REPLACE, other.y)


def second_start(stage: Stage, at: Pc, program: Path, data: Path) -> None:
    """Scene 3: a second double click brings the first window forward, from behind another program."""
    person = at.hands
    running = at.desk(program)
    log_in(person, limit=90)
    person.wait_for(HOME)
    other = at.start("C:\\windows\\notepad.exe")
    person.until("メモ帳が前に出る", lambda: "Notepad" in person.in_front() or "メモ帳" in person.in_front(), 30)
    person.keep("後ろにある")
    again = at.start(program / "dejikatsu-desk.exe")
    person.until("2つ目が終わるか、窓が増える", lambda: not again.alive or len(person.windows("デジ活")) > 1, 60)
    forward = not again.alive and person.in_front().startswith("デジ活")
    person.keep("2度目の開始")
    stage.must(forward, "2度目の開始は、はじめの窓を前に出して終わる", f"{person.titles()} 前: {person.in_front()}")
    for one in (again, other):
        if one.alive:
            one.kill()
    person.still()
    leave(person, running)
    stage.verified(at, program, data)


def _within(reached: Callable[[], bool], limit: float) -> bool:
    """Whether something comes to be within its time."""
    end = time.monotonic() + limit
    while not reached():
        if time.monotonic() > end:
            return False
        pause(0.2)
    return True


def _read_only(share: Path) -> Path:
    """A folder in which nobody can make anything, not even root."""
    place = share / "読むだけ"
    if not place.exists():
        place.mkdir()
        if os.getuid() == 0 and shutil.which("chattr"):
            subprocess.run(["chattr", "+i", str(place)], check=True)
        else:
            place.chmod(0o555)
    return place


def free_read_only(share: Path) -> None:
    """Let the share be taken away again."""
    place = share / "読むだけ"
    if place.exists() and os.getuid() == 0 and shutil.which("chattr"):
        subprocess.run(["chattr", "-i", str(place)], check=False)

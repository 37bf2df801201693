"""What the page for the IT department says of ciphers, places, figures and parts is what the program does."""

import hashlib
import hmac
import io
import json
import re
import sys
from pathlib import Path

import olefile
import openpyxl
import pikepdf
import platformdirs
import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from platformdirs import windows
from sqlcipher3 import dbapi2

from app.common import failure_log, file_locations, password_rules
from app.documents.excel.render import encrypt_office_file
from app.documents.pdf.output.pdf_encryption import encrypt_pdf
from app.startup.launch import Launch, default_launch
from build_spec import parts_table
from build_spec.manual import FOR_IT, MANUAL
from db import keyring
from db.backups import retention
from db.files import day_file, filesystem
from tests.support.data_folders import LOGIN, PASSWORD, copied_folder, living

PROJECT = FOR_IT.parent.parent
PAGE = FOR_IT.read_text(encoding="utf-8")
README = (PROJECT / "README.md").read_text(encoding="utf-8")
MEASURED = json.loads((PROJECT / "docs" / "measured.json").read_text(encoding="utf-8"))


def row(begin: str) -> str:
    """The one line of a table of the page that begins so."""
    (found,) = [line for line in PAGE.splitlines() if line.startswith(f"| {begin}")]
    return found


# figures


def test_figures_that_readme_and_the_papers_give_are_those_that_the_bench_keeps():
    said = {
        name: {int(number) for number in re.findall(r"(\d+) ?MB", text)}
        for name, text in {"README": README, "page": PAGE, "manual": MANUAL.read_text(encoding="utf-8")}.items()
    }
    of_the_log = failure_log.MAX_LOG_BYTES // 1_000_000

    assert (said["README"], said["page"]) == ({*MEASURED.values()}, {*MEASURED.values(), of_the_log})
    assert said["manual"] <= {*MEASURED.values()}
    sizes = [MEASURED[name] for name in ("program_windows_mb", "program_mb", "data_mb")]
    for text in (README, PAGE):
        disk, screen = (line for line in text.splitlines() if line.startswith(("| ディスク", "| 画面")))
        assert [int(number) for number in re.findall(r"(\d+)MB", disk)] == sizes
        assert max(int(number) for number in re.findall(r"(\d+)％", screen)) == 200
    memory = [MEASURED[f"memory_{when}_mb"] for when in ("home", "all", "peak")]
    for text in (README, PAGE):
        (line,) = [line for line in text.splitlines() if line.startswith("| メモリー")]
        assert [int(number) for number in re.findall(r"(\d+)MB", line)] == memory


# ciphers


def test_the_data_open_by_what_the_page_says_and_nothing_else(tmp_path):
    """Password to page key by the standard library, as anybody could who has to read the data without this program."""
    folder = copied_folder(tmp_path)
    ring = json.loads((folder / "keyring-000001.json").read_text(encoding="utf-8"))
    (slot,) = [slot for slot in ring["slots"] if slot["owner"] == LOGIN]
    stretched = hashlib.pbkdf2_hmac("sha512", PASSWORD.encode(), bytes.fromhex(slot["salt"]), slot["iterations"], 32)
    bound = "/".join((slot["id"], "user", LOGIN, str(slot["iterations"]))).encode()
    data_key = AESGCM(stretched).decrypt(bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), bound)
    extracted = hmac.digest(b"\0" * 64, data_key, "sha512")
    page_key = hmac.digest(extracted, b"dejikatsu/pages\x01", "sha512")[:32]

    raw = dbapi2.connect(filesystem.database_uri(living(folder), mode="ro"), uri=True)
    raw.execute(f"PRAGMA key = \"x'{page_key.hex()}'\"")
    assert raw.execute("SELECT count(*) FROM events").fetchone() == (1,)
    asked = {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in (
        "cipher", "cipher_version", "cipher_provider_version", "cipher_page_size", "cipher_hmac_algorithm",
    )}  # fmt: skip
    (sqlite,) = raw.execute("SELECT sqlite_version()").fetchone()
    raw.close()
    said = row("データ、閲覧用の写し、バックアップ")
    assert (asked["cipher"], asked["cipher_hmac_algorithm"]) == ("AES-256-CBC", "HMAC_SHA512")
    assert "AES-256-CBC" in said
    assert "HMAC-SHA512" in said
    assert f"{asked['cipher_page_size']}バイト" in said
    versions = asked["cipher_version"].split()[0], sqlite, asked["cipher_provider_version"].split()[1]
    assert "SQLCipher {}（SQLite {}、OpenSSL {}）".format(*versions) in said


def test_keys_and_rounds_are_those_of_the_code(full_locks):
    slot = keyring.wrap(keyring.new_data_key(), PASSWORD, kind="user", owner=LOGIN, iterations=1)

    assert len(keyring.new_data_key()) * 8 == 256
    assert "256ビット" in row("鍵の元")
    assert f"{keyring.MIN_ITERATIONS:,}回、{len(slot.salt) * 4}ビットの乱数" in row("パスワード")
    assert f"{len(slot.nonce) * 4}ビットの乱数" in row("変更の控え、届いたファイル")
    assert day_file.FILE_SUFFIX in row("変更の控え、届いたファイル")
    groups = keyring.new_recovery_key().split("-")
    bits = keyring.RECOVERY_LENGTH * (len(keyring.RECOVERY_ALPHABET) - 1).bit_length()
    assert f"{bits}ビットの乱数（{len(groups)}組×{len(groups[0])}文字）" in row("回復キー")
    assert f"パスワードは{password_rules.MIN_LENGTH}文字以上" in PAGE
    assert f"違う文字が{password_rules.MIN_DISTINCT}つ以上" in PAGE


def test_what_is_saved_encrypted_is_encrypted_as_the_page_says():
    plain = io.BytesIO()
    openpyxl.Workbook().save(plain)
    with olefile.OleFileIO(io.BytesIO(encrypt_office_file(plain.getvalue(), PASSWORD))) as closed:
        info = closed.openstream("EncryptionInfo").read().decode("utf-8", errors="replace")
    assert 'keyBits="256"' in info
    assert 'cipherAlgorithm="AES"' in info
    assert 'hashAlgorithm="SHA512"' in info
    (rounds,) = re.findall(r'spinCount="(\d+)"', info)
    assert f"AES-256、SHA-512、{int(rounds):,}回" in row("暗号化して保存したExcel")

    paper = pikepdf.new()
    paper.add_blank_page()
    plain = io.BytesIO()
    paper.save(plain)
    with pikepdf.open(io.BytesIO(encrypt_pdf(plain.getvalue(), PASSWORD)), password=PASSWORD) as opened:
        assert (opened.encryption.R, opened.encryption.bits, str(opened.encryption.stream_method)) == (
            6, 256, "EncryptionMethod.aesv3",
        )  # fmt: skip
    assert "AES-256（PDF 2.0 の改訂6）" in row("暗号化して保存したPDF")


def test_so_long_are_backups_kept():
    years = retention.KEEP_MONTHS // 12
    kept = f"新しいもの{retention.KEEP_LATEST}世代、{retention.KEEP_DAYS}日間の日ごと、{years}年間の月ごと"

    assert kept in PAGE
    assert Launch.quiet_seconds == 60.0
    assert "最後の変更から1分ほど" in PAGE


# places


def _windows(path: Path, root: Path) -> str:
    return str(path).replace(str(root), "dejikatsu-desk").replace("/", "\\")


def _places_of_the_page() -> dict[str, Path]:
    """Each place by the words with which its row of the page begins."""
    launch = default_launch()
    return {
        "データ（はじめに示す場所": launch.own_folder,
        "見本データ（1人に1つ": launch.sample_folder,
        "設定（": launch.settings,
        "記録（ログ）": file_locations.log_file(),
    }


def test_the_places_beside_the_program_are_those_of_the_page(tmp_path, monkeypatch):
    monkeypatch.setenv(file_locations.HOME_VARIABLE, str(tmp_path))
    monkeypatch.setattr(filesystem, "user_name", lambda: "〈ログオン名〉")

    for begin, place in _places_of_the_page().items():
        assert f"`{_windows(place, tmp_path)}`" in row(begin).split(" | ")[1]


def test_the_places_of_a_person_on_windows_are_those_of_the_page(tmp_path, monkeypatch):
    monkeypatch.delenv(file_locations.HOME_VARIABLE)
    monkeypatch.setattr(sys, "frozen", False, raising=False)
    monkeypatch.setattr(windows, "get_win_folder", lambda _name: "%LOCALAPPDATA%")
    for name in ("user_data_path", "user_config_path", "user_log_path"):
        monkeypatch.setattr(
            platformdirs, name, lambda *given, _name=name, **named: getattr(windows.Windows(*given, **named), _name)
        )

    for begin, place in _places_of_the_page().items():
        assert f"`{str(place).replace('/', chr(92))}`" in row(begin).split(" | ")[2]


def test_every_file_of_a_data_folder_is_named_and_what_is_open_in_it_too(tmp_path):
    folder = copied_folder(tmp_path)
    named = PAGE.partition("### データのフォルダーの中")[2].partition("\n## ")[0]
    plain = {"seat", "desks", "keyring"}

    for path in folder.iterdir():
        begin = re.split(r"[-.]", path.name)[0]
        lines = [line for line in named.splitlines() if line.startswith("|") and f"`{begin}" in line]
        assert lines, path.name
        assert begin not in plain or "なし" in lines[0]


# parts and tests


def test_the_versions_are_those_of_the_lock():
    papers = (PROJECT / "docs" / "third-party.md").read_text(encoding="utf-8")
    written = parts_table.table(papers, (PROJECT / "requirements.lock").read_text(encoding="utf-8"))

    assert written.count("\n") > 15
    assert parts_table.with_table(PAGE, written) == PAGE, ".venv/bin/python build_spec/parts_table.py"


def test_a_page_without_its_marks_is_not_written():
    with pytest.raises(SystemExit):
        parts_table.with_table("# 情報", "| 部品と版 |\n")


def test_every_test_that_the_page_names_is_there():
    named = re.findall(r"`(tests/\S+\.py)`", PAGE)

    assert len(named) == 2
    assert all((PROJECT / name).is_file() for name in named)

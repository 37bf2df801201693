"""Packs the finished folder for staff into one zip file, and prints its size and SHA-256.

Its files carry the date of the commit: whoever copies a new version over an old one by date and size leaves none.

Usage: python build_spec/parcel.py dist/dejikatsu-desk dist/dejikatsu-desk-windows-0.1.0.zip
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
from build_spec.commit import given_commit
from build_spec.version_resource import version_of

USED = ("data", "settings", "logs", "exports", "知らせ先.txt")
"""What exists beside the program once somebody has used it."""
_UNIX, _PROGRAM, _FILE = 3, 0o100755, 0o100644
_MILLION = 1_000_000


def parcel_of(project: Path) -> Path:
    """Return where the zip file of the Windows folder is written: its version is in its name."""
    return project / "dist" / f"dejikatsu-desk-windows-{version_of(project)}.zip"


def main(folder: Path, zip_path: Path, seconds: int) -> int:
    """Write the zip file ``zip_path`` with the time of the commit, ``seconds``, at every file; return 0 on success.

    Raises:
        SystemExit: there is no such folder, or it was used: typed data must not be shipped.
    """
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if not files:
        raise SystemExit(f"フォルダーがないか、空です: {folder}")
    if used := [name for name in USED if (folder / name).exists()]:
        raise SystemExit(
            f"このフォルダーは、もう使われています（{'、'.join(used)} があります）。まとめていません。\n"
            "中のデータを別の場所に移してから、初めからやり直してください。"
        )
    when = datetime.fromtimestamp(seconds, UTC).timetuple()[:6]
    with zipfile.ZipFile(zip_path, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            # The same files give the same sum, whenever, wherever and by whomever they are put together.
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = (_PROGRAM if path.suffix == ".exe" else _FILE) << 16
            archive.writestr(entry, path.read_bytes())
    whole = sum(path.stat().st_size for path in files)
    print(f"フォルダー　{folder}　{len(files):,}個のファイル、{whole / _MILLION:,.0f} MB")
    print(f"配るファイル　{zip_path}　{zip_path.stat().st_size / _MILLION:,.0f} MB")
    print(f"SHA-256　{hashlib.sha256(zip_path.read_bytes()).hexdigest()}")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("使い方: python build_spec/parcel.py 配布用フォルダー まとめたファイル")
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), given_commit().seconds))

"""What the record of a drill says of the backups in the data folder, and how rows are compared."""

from datetime import datetime
from types import SimpleNamespace

import pytest

from app.data_folder.services import drill

NEWEST, OLDER = (SimpleNamespace(created_at=datetime(2026, 11, day, 9)) for day in (24, 20))


@pytest.mark.parametrize(
    ("every", "said", "damaged", "found"),
    [
        ((), [], (), (None, 0, "バックアップがありません。")),
        ((NEWEST, OLDER), [], (), (NEWEST.created_at, 2, "")),
        ((NEWEST, OLDER), [], (NEWEST,), (NEWEST.created_at, 2, "保管ファイル 1件が違う")),
        ((NEWEST, OLDER), [], (OLDER,), (NEWEST.created_at, 2, "")),
        ((NEWEST,), ["欠けている。", "ほか"], (NEWEST,), (NEWEST.created_at, 1, "欠けている。")),
    ],
)
def test_the_newest_backup_alone_is_looked_at(monkeypatch, tmp_path, every, said, damaged, found):
    monkeypatch.setattr(drill.backup, "generations", lambda _folder: list(every))
    monkeypatch.setattr(drill.backup, "generation_findings", lambda one: said if one is NEWEST else ["older"])
    monkeypatch.setattr(
        drill.backup, "damaged_files", lambda _folder, looked: [one for one in looked if one in damaged]
    )
    state = drill._data_folder_state(tmp_path)
    assert (state.newest, state.generations, state.state) == found
    assert state.where == "データフォルダー"

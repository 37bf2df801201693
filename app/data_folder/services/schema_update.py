"""Data of an earlier version are brought to today's shape at the opening, after a backup of what was."""

from __future__ import annotations

from datetime import datetime

from db import migrations, schema_step
from db.backups import backup
from db.files import storage_errors
from db.journal import SCHEMA_SUBJECT
from db.store import Store


def update_schema(store: Store, *, now: datetime) -> list[str]:
    """Take the pending migration steps, if any; return what should be said.

    The rows that the steps changed go into the journal, so that the journal still says what every
    row is, and a restore by the change log ends at the same rows.

    Raises:
        StorageProblem: the backup could not be made or a step failed; the data keeps its old shape.
    """
    if not migrations.pending(store.database):
        return []
    before = migrations.version_of(store.database)
    target = store.folder / backup.FOLDER_NAME
    backup.make(
        store.database,
        store.keys,
        store.folder,
        target=target,
        now=now,
        reason="形の更新前",
        lock_number=store.write_lock.number if store.write_lock is not None else 0,
    )
    try:
        migrations.migrate(store.database)
    except storage_errors.ENGINE_ERRORS as error:
        raise storage_errors.StorageProblem(
            f"{type(error).__name__}: {error}",
            happened="データを新しい版の形に直せませんでした。",
            lost="データは前の版の形のまま残っています。直前に作ったバックアップもあります。",
            todo="前の版のデジ活デスクで開き、情報システムの担当者に「詳細」を伝えてください。",
        ) from error
    after = migrations.version_of(store.database)
    if store.change_log is not None:
        store.change_log.version = after
    with store.change(
        action=schema_step.step_text(before, after),
        by=store.display_name,
        now=now,
        subject=SCHEMA_SUBJECT,
        barrier=True,
    ) as change:
        change.rows.extend(schema_step.changed_rows(store.database))
    return ["データを新しい版の形にしました。その前のバックアップを作ってあります。"]

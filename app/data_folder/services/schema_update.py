"""Updating data of an earlier version to today's schema at opening, after a backup."""

from __future__ import annotations

from datetime import datetime

from db import migrations, schema_step
from db.backups import backup
from db.files import storage_errors
from db.journal import SCHEMA_SUBJECT
from db.store import Store


def update_schema(store: Store, *, now: datetime) -> list[str]:
    """Run the pending migrations, if any; return messages.

    The rows that they changed go into the journal, so that the journal still holds the state of every row, and a
    restore by the change log ends at the same rows.

    Raises:
        StorageProblem: the backup could not be made or a migration failed; the data keep their old schema.
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

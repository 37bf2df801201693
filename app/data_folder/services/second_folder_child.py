"""The child process that writes into the second backup folder, so that an unresponsive disk blocks nobody."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from app.foreign_files.children.child_process import ChildConnection
from db.backups import second_folder
from db.files.storage_errors import StorageProblem


def serve(connection: ChildConnection, megabytes: int) -> None:  # noqa: ARG001 - as every child is begun
    """Send "ready", read a request (JSON: folder, place, owner, today), copy, and send the answer as JSON."""
    connection.send_bytes(b"ready")
    request = json.loads(connection.recv_bytes())
    connection.recv_bytes()
    connection.send_bytes(json.dumps(_answer_to(request)).encode("ascii"))
    connection.close()


def _answer_to(request: dict[str, Any]) -> dict[str, str]:
    """Copy the newest backup to the second folder and return its time (``made``) or what went wrong (``problem``)."""
    try:
        made = second_folder.copy_newest(
            Path(request["folder"]),
            Path(request["place"]),
            owner=request["owner"],
            today=date.fromisoformat(request["today"]),
        )
    except StorageProblem as problem:
        return {"problem": f"{problem.happened}{problem.todo}"}
    except Exception:  # noqa: BLE001 - whatever lies there may be anything, and who waits for an answer gets one
        return {"problem": second_folder.COPY_FAILED}
    return {"made": made.created_at.isoformat()}

"""The kept file of a version: read for the screen, or copied out of the app under a name the clerk chooses.

- ``read_version_file(store, version_id) -> VersionFile``
- ``read_two_versions(store, old_id, new_id)``: both, to stand side by side
- ``save_version_copy(act, version_id, path, overwrite) -> Saved``
"""

from __future__ import annotations

from pathlib import Path

from app.acts.act import Act, deed
from app.acts.refusal import Refusal
from app.acts.saved import Saved
from app.papers.services.issued_copies import log_issued
from app.papers.services.leaving import write_whole
from app.papers.services.saved_out import place_detail
from app.papers.services.stored_files import read_file
from app.subjects.submissions.materials.services.materials import required_material, required_version
from db.frozen_record import frozen_record
from db.records.papers import Outgoing
from db.records.submissions.materials import Material, MaterialVersion
from db.store import Store

COPY_KIND = "受領資料の控え"


@frozen_record
class VersionFile:
    """A version with the file exactly as it was received."""

    material: Material
    version: MaterialVersion
    data: bytes

    @property
    def is_pdf(self) -> bool:
        """Whether the file can be shown page by page."""
        return self.data.startswith(b"%PDF")


def read_version_file(store: Store, *, version_id: int) -> VersionFile:
    """Return the kept file of a version.

    Raises:
        Refusal: it was received on paper. Damaged: the file is gone or was altered.
    """
    version = required_version(store, version_id)
    material = required_material(store, version.material_id)
    if version.file_id is None:
        raise Refusal(
            f"「{material.title}」の第{version.version}版は、ファイルなしで受領しています。",
            "原本の場所をご確認ください。",
        )
    return VersionFile(material=material, version=version, data=read_file(store, version.file_id))


def read_two_versions(store: Store, *, old_id: int, new_id: int) -> tuple[VersionFile, VersionFile]:
    """Return the kept files of two versions; raises as ``read_version_file``."""
    return read_version_file(store, version_id=old_id), read_version_file(store, version_id=new_id)


@deed
def save_version_copy(act: Act, *, version_id: int, path: Path, overwrite: bool = False) -> Saved:
    """Write the kept file to ``path`` as it was received and log that a copy left; undo does not reach past this.

    Raises:
        AlreadyThere: the file exists and ``overwrite`` is False. StorageProblem: it could not be written.
    """
    kept = read_version_file(act.store, version_id=version_id)
    row = Outgoing(
        event_id=kept.material.event_id,
        document_kind=COPY_KIND,
        reference=kept.material.title,
        version=kept.version.version,
        format=path.suffix.lstrip(".").lower(),
        way="そのまま保存",
        file_name=path.name,
        sha256=kept.version.sha256,
        pages=kept.version.pages,
        by=act.by,
        at=act.now,
        detail=place_detail(path),
    )
    action = f"資料「{kept.material.title}」第{kept.version.version}版の控えを保存"
    with act.change(action, "papers", event_id=kept.material.event_id, barrier=True) as change:
        row_id = log_issued(act.store, change, row, copy=kept.data, says=kept.material)
        write_whole(path, kept.data, overwrite=overwrite)
    return Saved(f"「{path.name}」を保存しました。", row_id, can_undo=False)

"""Read the stored file of a version for the screen, or copy it to a path that the clerk chooses."""

from __future__ import annotations

from app.actions.action_context import ActionContext
from app.actions.action_result import ActionResult
from app.actions.user_error import UserError
from app.documents.services.file_saving import SaveOptions
from app.documents.services.issued_copies import save_leaving
from app.documents.services.stored_files import read_file
from app.events.materials.services.materials import required_material, required_version
from db.record import record
from db.records.submissions.materials import Material, MaterialVersion
from db.store import Store

COPY_KIND = "受領資料の控え"


@record
class VersionFile:
    """A version with its file exactly as received."""

    material: Material
    version: MaterialVersion
    data: bytes

    @property
    def is_pdf(self) -> bool:
        """Return whether the file begins as a PDF, so that its pages may be shown."""
        return self.data.startswith(b"%PDF")


def read_version_file(store: Store, *, version_id: int) -> VersionFile:
    """Return the stored file of a version.

    Raises:
        UserError: it was received on paper. Damaged: the file is missing or was altered.

    """
    version = required_version(store, version_id)
    material = required_material(store, version.material_id)
    if version.file_id is None:
        raise UserError(
            f"「{material.title}」の第{version.version}版は、ファイルなしで受領しています。",
            "原本の場所をご確認ください。",
        )
    return VersionFile(material=material, version=version, data=read_file(store, version.file_id))


def read_two_versions(store: Store, *, old_id: int, new_id: int) -> tuple[VersionFile, VersionFile]:
    """Return the stored files of two versions; raises as ``read_version_file``."""
    return read_version_file(store, version_id=old_id), read_version_file(store, version_id=new_id)


def save_version_copy(context: ActionContext, *, version_id: int, options: SaveOptions) -> ActionResult:
    """Write the stored file and log that a copy left; undo does not reach past this.

    Raises:
        TargetExistsError: the file exists and is not to be replaced. StorageProblem: it could not be written.
    """
    kept = read_version_file(context.store, version_id=version_id)
    return save_leaving(
        context,
        options=options,
        action=f"資料「{kept.material.title}」第{kept.version.version}版の控えを保存",
        data=kept.data,
        copy=kept.data,
        content=kept.material,
        event_id=kept.material.event_id,
        document_kind=COPY_KIND,
        reference=kept.material.title,
        version=kept.version.version,
        format=options.path.suffix.lstrip(".").lower(),
        pages=kept.version.pages,
    )

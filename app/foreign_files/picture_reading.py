"""Opens pictures of others in a child process and returns them without metadata, as printed.

Nothing of the original file is kept: a phone's photo says where and with what it was taken.
"""

from __future__ import annotations

from pathlib import Path

from app.foreign_files.children import picture_child
from app.foreign_files.children.limited_child import ChildLimits, ask_child
from app.foreign_files.intake_refusal import IntakeRefusal, not_started_refusal
from db.record import record

MAX_PICTURE_BYTES = 40 * 1024 * 1024
PICTURE_KINDS = "写真（JPEG・PNG） (*.jpg *.jpeg *.jpe *.png *.webp *.bmp *.tif *.tiff *.heic *.heif)"
_HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_CAPS = ChildLimits(seconds=20.0, megabytes=500)
_OTHER_SIGNATURES = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "圧縮ファイルかOfficeの文書"),
    (b"GIF8", "動く画像（GIF）"),
    (b"MZ", "プログラム"),
)


@record
class Picture:
    """A picture as printed: ``data`` a JPEG without metadata.

    ``taken_at`` 「2026-09-30T14:12」 according to the file, or ""; ``has_location`` whether the file had a location,
    which is removed.
    """

    name: str
    data: bytes
    width: int
    height: int
    taken_at: str = ""
    has_location: bool = False


def read_picture(path: Path, *, caps: ChildLimits = _CAPS) -> Picture:
    """Read the picture at ``path`` in a child process, upright, no larger than printed, without its notes.

    Nothing is written.

    Raises:
        IntakeRefusal: it is missing, too large, damaged, or of a kind that is not taken, in one sentence with what to
            do.
    """
    data = _bytes_of(path)
    _reject_by_signature(path.name, data)
    answer, made = ask_child(picture_child.serve, {}, data, caps, with_bytes=True)
    refused = answer.get("refused")
    if refused == "start":
        raise not_started_refusal(f"「{path.name}」")
    if refused:
        raise IntakeRefusal(_refusal_words(path.name, str(refused), answer))
    return Picture(
        name=path.name,
        data=made,
        width=answer["width"],
        height=answer["height"],
        taken_at=answer["taken"],
        has_location=answer["placed"],
    )


def read_pictures(paths: tuple[Path, ...]) -> tuple[tuple[Picture, ...], tuple[str, ...]]:
    """Read several pictures; return them, and a sentence for each that can't be read."""
    found = []
    said = []
    for path in paths:
        try:
            found.append(read_picture(path))
        except IntakeRefusal as refusal:
            said.append(str(refusal))
    return tuple(found), tuple(said)


def _bytes_of(path: Path) -> bytes:
    """Return the bytes of a picture; raises IntakeRefusal where the file is missing, in use or too large."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_PICTURE_BYTES + 1)
    except FileNotFoundError:
        raise IntakeRefusal(f"「{path.name}」が見つかりませんので、場所と名前を確かめてください。") from None
    except OSError:
        raise IntakeRefusal(
            f"「{path.name}」を開けませんので、ほかのソフトで開いていれば閉じてから、もう一度選んでください。"
        ) from None
    if len(data) > MAX_PICTURE_BYTES:
        raise IntakeRefusal(
            f"「{path.name}」は大きすぎますので（上限{MAX_PICTURE_BYTES // (1024 * 1024)}MB）、"
            "写真のソフトで小さくして保存してから選び直してください。"
        )
    if not data:
        raise IntakeRefusal(f"「{path.name}」は中身が空ですので、元の写真を選び直してください。")
    return data


def _reject_by_signature(name: str, data: bytes) -> None:
    """Raise IntakeRefusal if the first bytes are those of a HEIC, AVIF or GIF picture, a video, a PDF or a zip.

    Other unknown bytes pass.
    """
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand in _HEIC:
            raise IntakeRefusal(
                f"「{name}」はiPhoneなどの写真の形式（HEIC）で、そのままでは載せられませんので、"
                "写真のソフトで「JPEG」に書き出してから選び直してください。"
                "これから撮るときは、iPhoneの「設定」→「カメラ」→「フォーマット」で「互換性優先」にすると、"
                "JPEGで残ります。"
            )
        kind = "AVIFの画像" if brand in (b"avif", b"avis") else "動画"
        raise IntakeRefusal(f"「{name}」は{kind}で、載せられませんので、JPEGかPNGの写真を選び直してください。")
    for head, kind in _OTHER_SIGNATURES:
        if data.startswith(head):
            raise IntakeRefusal(f"「{name}」は写真ではなく{kind}ですので、JPEGかPNGの写真を選び直してください。")


def _refusal_words(name: str, refused: str, answer: dict[str, object]) -> str:
    if refused == "pixels":
        return (
            f"「{name}」は画素が多すぎますので（{answer['width']}×{answer['height']}、"
            f"上限{picture_child.MAX_PIXELS // 10_000}万画素）、"
            f"写真のソフトで小さくして保存してから選び直してください。"
        )
    if refused == "other":
        return f"「{name}」は写真として読めませんので、JPEGかPNGの写真を選び直してください。"
    if refused in ("memory", "time"):
        return (
            f"「{name}」は開くのに時間かメモリーがかかりすぎ、安全のために途中で止めましたので、"
            "写真のソフトで開いてJPEGで保存し直してから選んでください。"
        )
    return f"「{name}」は途中で切れているか壊れていますので、元の写真をもう一度写して選び直してください。"

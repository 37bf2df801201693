"""The child process that opens a picture of others and returns only its visible pixels.

The picture is turned upright, in plain colours, no larger than printed; time, place and all other metadata are dropped
here.
"""

from __future__ import annotations

import io
import re
import struct
from typing import Any

from app.foreign_files.children.child_process import ChildConnection, answer_request

FORMATS = ("JPEG", "PNG", "WEBP", "BMP", "TIFF")
MAX_PIXELS = 60_000_000
"""Pixel limit: phones of today take 50 million."""
PRINT_SIZE = (1088, 716)
"""Width and height in pixels of 79×52 mm at 350 to the inch."""
_QUALITY = 88
_ORIENTATION, _EXIF, _GPS, _TAKEN = 0x0112, 0x8769, 0x8825, 0x9003
_TAKEN_AT = re.compile(r"(\d{4}):(\d\d):(\d\d)[ T](\d\d):(\d\d)")


def serve(connection: ChildConnection, megabytes: int) -> None:
    """Answer one request (empty) about a picture, with the new one."""
    answer_request(connection, megabytes, lambda _request, data: handle_request(data))


def handle_request(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the properties of the new picture and its JPEG, or ``refused`` with the word for what is wrong.

    A refused picture comes with no bytes. The properties are ``width`` and ``height``, ``taken`` (「2026-09-30T14:12」
    or "") and ``placed``, whether the received one had a location.
    """
    from PIL import Image, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = None  # a too large picture is detected by its header, before unpacking
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return {"refused": "pixels", "width": picture.width, "height": picture.height}, b""
            taken, placed = _taken_and_has_location(picture)
            made = _normalized_picture(picture)
    except MemoryError:
        return {"refused": "memory"}, b""
    except UnidentifiedImageError:
        return {"refused": "other"}, b""
    except (OSError, SyntaxError, ValueError, EOFError, KeyError, IndexError, struct.error, ArithmeticError):
        return {"refused": "broken"}, b""
    target = io.BytesIO()
    made.save(target, "JPEG", quality=_QUALITY)
    return {"width": made.width, "height": made.height, "taken": taken, "placed": placed}, target.getvalue()


def _taken_and_has_location(picture: Any) -> tuple[str, bool]:
    """Return when it was taken (「2026-09-30T14:12」 or "") and whether it contains a location."""
    notes = picture.getexif()
    found = _TAKEN_AT.match(str(notes.get_ifd(_EXIF).get(_TAKEN, "")))
    taken = f"{found[1]}-{found[2]}-{found[3]}T{found[4]}:{found[5]}" if found else ""
    return taken, bool(notes.get_ifd(_GPS))


def _normalized_picture(picture: Any) -> Any:
    from PIL import Image

    turn = picture.getexif().get(_ORIENTATION, 1)
    turned = turn in (5, 6, 7, 8)
    profile = picture.info.get("icc_profile", b"")
    shown = picture if picture.mode in ("RGB", "RGBA", "L") else _to_rgb(picture)
    shown.thumbnail((PRINT_SIZE[1], PRINT_SIZE[0]) if turned else PRINT_SIZE, reducing_gap=3.0)
    shown = _to_srgb(shown, profile)
    ways = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_270,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_90,
    }
    if turn in ways:
        shown = shown.transpose(ways[turn])
    ground = Image.new("RGB", shown.size, "white")
    ground.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    return ground


def _to_rgb(picture: Any) -> Any:
    """Return a picture converted to RGB, with transparency to RGBA, and deep greys to greys of 8 bits."""
    if picture.mode.startswith("I;16") or picture.mode in ("I", "F"):
        return picture.convert("F").point(lambda value: value / 257).convert("L")
    return picture.convert("RGBA" if "transparency" in picture.info or picture.mode in ("PA", "LA") else "RGB")


def _to_srgb(picture: Any, profile: bytes) -> Any:
    """Return an RGB picture in sRGB if the file has a profile; an unusable one is ignored, as for other modes."""
    if not profile or picture.mode != "RGB":
        return picture
    from PIL import ImageCms

    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, own, ImageCms.createProfile("sRGB"), outputMode="RGB") or picture
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return picture

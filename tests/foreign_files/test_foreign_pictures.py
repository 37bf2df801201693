"""A picture of others is opened in a child process and comes back as its pixels alone; what is none is
told in words."""

import io
import struct
import zlib

import psutil
import pytest
from PIL import Image

from app.foreign_files.children import picture_child
from app.foreign_files.children.limited_child import ChildLimits
from app.foreign_files.intake_refusal import IntakeRefusal
from app.foreign_files.picture_reading import read_picture, read_pictures
from tests.support.own_children import none_left, takes_much_and_never_answers
from tests.support.pictures import PLACE, picture, saved
from tests.support.windows_errors import windows_error


def opened(data):
    found = Image.open(io.BytesIO(data))
    found.load()
    return found


def test_a_photo_is_turned_made_small_and_holds_nothing_but_what_it_shows(tmp_path):
    data = picture((1600, 1200), turn=6, taken="2026:09:30 14:12:05", placed=True, comment=b"SECRETWORD")
    taken = read_picture(saved(tmp_path, "IMG_0001.JPG", data))
    made = opened(taken.data)
    assert (taken.taken_at, taken.has_location) == ("2026-09-30T14:12", True)
    assert made.size == (taken.width, taken.height)
    assert taken.height > taken.width  # held upright
    assert made.width <= picture_child.PRINT_SIZE[0]
    assert made.height <= picture_child.PRINT_SIZE[1]
    # the red corner of the left top stands at the right after a quarter turn
    corner = made.getpixel((made.width - 4, 4))
    assert corner[0] > 150
    assert corner[1] < 90
    assert not dict(made.getexif())
    assert not made.getexif().get_ifd(PLACE)
    assert set(made.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert [word for word in (b"SECRET", b"Exif") if word in taken.data] == []


@pytest.mark.parametrize("turn", range(1, 9))
def test_every_way_of_holding_the_camera_comes_out_upright(tmp_path, turn):
    """The red corner of the picture as held lies where EXIF says its first row and column stand."""
    made = opened(read_picture(saved(tmp_path, f"{turn}.jpg", picture((800, 400), turn=turn))).data)
    right, bottom = made.width - 4, made.height - 4
    corner = {
        1: (4, 4),
        2: (right, 4),
        3: (right, bottom),
        4: (4, bottom),
        5: (4, 4),
        6: (right, 4),
        7: (right, bottom),
        8: (4, bottom),
    }[turn]
    red = made.getpixel(corner)
    assert red[0] > 150
    assert red[1] < 90
    assert (made.width < made.height) == (turn >= 5)


def test_a_drawing_with_glass_stands_on_white_and_a_grey_one_is_taken(tmp_path):
    glass = io.BytesIO()
    Image.new("RGBA", (300, 200), (255, 0, 0, 0)).save(glass, "PNG")
    assert opened(read_picture(saved(tmp_path, "a.png", glass.getvalue())).data).getpixel((100, 100)) == (255, 255, 255)
    deep = io.BytesIO()
    Image.new("I;16", (300, 200), 65535).save(deep, "PNG")
    assert opened(read_picture(saved(tmp_path, "b.png", deep.getvalue())).data).getpixel((9, 9))[0] > 250


def huge_png(across, down):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", across, down, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("iphone.heic", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        ("iphone.jpg", b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "互換性優先"),
        ("film.mp4", b"\0\0\0\x18ftypisom\0\0\0\0", "動画"),
        ("paper.jpg", b"%PDF-1.7\n", "PDF"),
        ("moving.gif", b"GIF89a\x01\0\x01\0", "GIF"),
        ("words.png", "写真ではない文字".encode(), "写真として読めません"),
        ("empty.jpg", b"", "中身が空"),
        ("cut.jpg", picture()[:9000], "途中で切れているか壊れて"),
        ("bomb.png", huge_png(60_000, 60_000), "画素が多すぎます"),
        ("short.png", huge_png(800, 600), "途中で切れているか壊れて"),
    ],
)
def test_what_is_no_photo_or_a_dangerous_one_is_told_in_one_sentence(tmp_path, name, data, words):
    with pytest.raises(IntakeRefusal) as refused:
        read_picture(saved(tmp_path, name, data))
    assert [word for word in (words, name) if word not in str(refused.value)] == []


def test_one_that_takes_too_long_or_too_much_is_ended_and_no_process_stays(tmp_path, monkeypatch):
    path = saved(tmp_path, "a.jpg", picture())
    with none_left():
        with pytest.raises(IntakeRefusal, match="安全のために途中で止めました"):
            read_picture(path, caps=ChildLimits(seconds=0.0, megabytes=500))
        monkeypatch.setattr(picture_child, "serve", takes_much_and_never_answers)
        with pytest.raises(IntakeRefusal, match="安全のために途中で止めました"):
            read_picture(path, caps=ChildLimits(seconds=60.0, megabytes=100))


def test_a_child_that_the_system_lets_nobody_look_at_still_answers_and_is_still_ended_in_time(tmp_path, monkeypatch):
    def refused(_process):
        raise windows_error(87)

    path = saved(tmp_path, "a.jpg", picture())
    monkeypatch.setattr(psutil.Process, "memory_info", refused)

    assert read_picture(path).data
    with pytest.raises(IntakeRefusal, match="安全のために途中で止めました"):
        read_picture(path, caps=ChildLimits(seconds=0.0, megabytes=500))


def test_one_bad_file_keeps_no_other_back(tmp_path):
    good, bad = saved(tmp_path, "a.jpg", picture()), saved(tmp_path, "b.heic", b"\0\0\0\x18ftypheic\0\0\0\0")
    found, said = read_pictures((bad, good, tmp_path / "gone.jpg"))
    assert [one.name for one in found] == ["a.jpg"]
    assert len(said) == 2

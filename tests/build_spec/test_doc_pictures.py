"""The pictures of the manual show the colours of the window."""

from PIL import Image

from app.window import theme as t
from build_spec.doc_pictures import with_fewer_colours


def test_the_tints_of_a_screen_stay_what_they_are_beside_letters_and_a_photo():
    tints = (t.PAGE, t.PAPER_TINT, t.FOOTER, t.SELECTION, t.AMBER_TINT, t.RED_TINT, t.ACCENT)
    picture = Image.new("RGB", (256, 256))
    for x in range(256):
        for y in range(256):
            picture.putpixel((x, y), (x & 0xF0, y & 0xF0, (x * y) & 0xE0))
    for at, tint in enumerate(tints):
        picture.paste(tint, (0, at * 20, 256, at * 20 + 12))
    shown = with_fewer_colours(picture)
    assert len(shown.getcolors() or []) <= 256
    kept = shown.convert("RGB")
    assert [kept.getpixel((8, at * 20 + 4)) for at in range(len(tints))] == [
        picture.getpixel((8, at * 20 + 4)) for at in range(len(tints))
    ]

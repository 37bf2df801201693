"""What is too long at the right of a heading goes on below; the heading itself is never pressed into single signs."""

import pytest

from app.documents.blocks import Heading
from app.documents.pdf.blocks.texts import SIDE_NOTE, _heading_lines
from app.documents.pdf.typesetting.layout import Layout
from app.documents.pdf.typesetting.sizes import HEADING_1, NORMAL, PORTRAIT
from app.documents.pdf.typesetting.typefaces import open_collection


@pytest.mark.parametrize("right", ["期限の早い順　根拠のない期限は区の目標　" * repeat for repeat in (1, 2, 3, 6)])
def test_a_heading_keeps_its_line_beside_a_long_right_side(right):
    layout = Layout(open_collection(), NORMAL, PORTRAIT, "report")
    lines, rights = _heading_lines(Heading(1, "1", "終わっていないこと", right=right), HEADING_1, 160, layout)

    assert lines == ["終わっていないこと"]
    assert "".join(rights).replace("　", "") == right.replace("　", "")
    own = layout.width(lines[0], HEADING_1)
    assert all(own + layout.width(one, SIDE_NOTE) <= 160 for one in rights)

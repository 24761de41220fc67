from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cypp_desktop.reports import style
from cypp_desktop.reports.pdf.flow import Flow
from cypp_desktop.reports.pdf.fonts import face
from cypp_desktop.reports.pdf.tags import Node
from cypp_desktop.reports.pdf.wrap import Line


def lines(*paragraphs):
    """Lines in paragraphs of some sizes."""
    root, out = Node("Document", None), []
    for size in paragraphs:
        node = Node("P", root)
        for _ in range(size):
            out.append(Line(face(), "words", style.CELL))
            out[-1].node = node
    return out


SIZES = st.lists(st.integers(1, 9), min_size=1, max_size=6)


@given(SIZES, st.floats(0, 300))
def test_no_line_stands_alone(sizes, room):
    elements = lines(*sizes)
    number = Flow(elements).fitting(room)
    assert number * style.CELL.leading <= room + 1e-3
    if 0 < number < len(elements):
        before, after = elements[:number], elements[number:]
        assert len(before) > 1
        assert len(after) > 1
        if before[-1].node is after[0].node:
            assert before[-2].node is before[-1].node
            assert after[1].node is after[0].node


@given(SIZES, st.floats(0, 300))
def test_what_is_forced_moves_on(sizes, room):
    assert Flow(lines(*sizes)).fitting(room, forced=True) >= 1


@given(SIZES, st.lists(st.integers(0, 5), max_size=20))
def test_all_is_taken_once(sizes, steps):
    elements = lines(*sizes)
    for line in elements[1:]:
        line.space_above(3.0)
    flow, taken = Flow(list(elements)), []
    for step in [*steps, len(elements)]:
        taken += flow.take(min(step, flow.left))
        rest = elements[len(taken) :]
        assert abs(flow.height - sum(line.height for line in rest)) < 1e-6
        assert not rest or not taken or rest[0].gap == 0.0
    assert taken == elements

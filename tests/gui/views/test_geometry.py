"""Where cells lie: every row has one place, and every place knows its row."""

from hypothesis import given
from hypothesis import strategies as st

from gui.views.geometry import Geometry

GEOMETRIES = st.builds(
    Geometry,
    count=st.integers(1, 2_000_000),
    width=st.integers(1, 4000),
    cell_width=st.integers(50, 300),
    cell_height=st.integers(50, 300),
    margin=st.integers(0, 20),
    mirrored=st.booleans(),
)


@given(GEOMETRIES, st.data())
def test_the_middle_of_a_cell_belongs_to_its_row(geometry: Geometry, data: st.DataObject) -> None:
    row = data.draw(st.integers(0, geometry.count - 1))
    left, top, width, height = geometry.rect(row)
    x, y = left + width // 2, top + height // 2
    assert geometry.nearest_row(x, y) == row
    assert geometry.row_at(x, y) == row
    assert top + height <= geometry.height


@given(GEOMETRIES, st.data())
def test_a_band_holds_just_the_rows_that_it_touches(geometry: Geometry, data: st.DataObject) -> None:
    top = data.draw(st.integers(0, geometry.height))
    rows = geometry.rows_between(top, top + data.draw(st.integers(1, 3000)))
    for row in (row for row in (rows.start - 1, rows.stop) if 0 <= row < geometry.count):
        _, cell_top, _, cell_height = geometry.rect(row)
        assert row not in rows
        assert cell_top + cell_height <= top or cell_top >= top
    assert len(rows) <= geometry.count


@given(GEOMETRIES, st.data())
def test_a_rectangle_takes_the_cells_at_its_corners_and_what_lies_between(
    geometry: Geometry, data: st.DataObject
) -> None:
    one, other = (data.draw(st.integers(0, min(geometry.count - 1, 3000))) for _ in range(2))
    corners = [geometry.rect(row) for row in (one, other)]
    left, right = min(c[0] for c in corners) + 1, max(c[0] for c in corners) + 1
    top, bottom = min(c[1] for c in corners) + 1, max(c[1] for c in corners) + 1
    rows = {row for run in geometry.rows_in(left, top, right, bottom) for row in run}
    assert {one, other} <= rows
    lines = abs(one // geometry.columns - other // geometry.columns) + 1
    columns = abs(one % geometry.columns - other % geometry.columns) + 1
    assert len(rows) <= lines * columns


def test_an_empty_grid_has_no_rows_anywhere() -> None:
    geometry = Geometry(count=0, width=800, cell_width=100, cell_height=100, margin=8)
    assert geometry.rows_between(0, 600) == range(0)
    assert geometry.row_at(50, 50) is None
    assert geometry.rows_in(0, 0, 500, 500) == []


def test_lines_run_from_the_right_when_mirrored() -> None:
    plain = Geometry(count=10, width=800, cell_width=100, cell_height=100, margin=0)
    mirrored = Geometry(count=10, width=800, cell_width=100, cell_height=100, margin=0, mirrored=True)
    assert plain.rect(0)[0] == 0
    assert mirrored.rect(0)[0] == 700
    assert mirrored.rect(8) == (700, 100, 100, 100)

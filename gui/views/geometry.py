"""Where the cells of the grid lie: plain arithmetic, so that a million rows cost what one costs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Geometry:
    """Cells of one size in lines, in content coordinates (logical pixels from the top left of the whole).

    ``width`` is that of the viewport; columns share it evenly.  With ``mirrored``, lines run from the right.
    """

    count: int
    width: int
    cell_width: int
    cell_height: int
    margin: int
    mirrored: bool = False

    @property
    def columns(self) -> int:
        """How many cells stand in a line, at least one."""
        return max(1, (self.width - 2 * self.margin) // self.cell_width)

    @property
    def lines(self) -> int:
        """How many lines there are."""
        return -(-self.count // self.columns)

    @property
    def height(self) -> int:
        """The height of the whole content."""
        return self.lines * self.cell_height + 2 * self.margin

    def rect(self, row: int) -> tuple[int, int, int, int]:
        """Left, top, width and height of a row's cell."""
        line, column = divmod(row, self.columns)
        if self.mirrored:
            column = self.columns - 1 - column
        pitch = (self.width - 2 * self.margin) / self.columns
        left = self.margin + round(column * pitch + max(0.0, pitch - self.cell_width) / 2)
        return left, self.margin + line * self.cell_height, self.cell_width, self.cell_height

    def slot(self, x: int, y: int) -> tuple[int, int]:
        """The line and the column nearest to a point, whether or not a row is there."""
        pitch = (self.width - 2 * self.margin) / self.columns
        column = min(max(int((x - self.margin) // max(pitch, 1)), 0), self.columns - 1)
        if self.mirrored:
            column = self.columns - 1 - column
        line = min(max((y - self.margin) // self.cell_height, 0), max(self.lines - 1, 0))
        return line, column

    def row_at(self, x: int, y: int) -> int | None:
        """The row whose cell holds a point, None between and beyond the cells."""
        line, column = self.slot(x, y)
        row = line * self.columns + column
        if row >= self.count:
            return None
        left, top, width, height = self.rect(row)
        return row if left <= x < left + width and top <= y < top + height else None

    def nearest_row(self, x: int, y: int) -> int:
        """The row nearest to a point; there must be one."""
        line, column = self.slot(x, y)
        return min(line * self.columns + column, self.count - 1)

    def rows_between(self, top: int, bottom: int) -> range:
        """The rows of all lines that a band from ``top`` to below ``bottom`` touches."""
        first = max(0, (top - self.margin) // self.cell_height)
        last = max(first, -(-(bottom - self.margin) // self.cell_height))
        return range(min(first * self.columns, self.count), min(last * self.columns, self.count))

    def rows_in(self, left: int, top: int, right: int, bottom: int) -> list[range]:
        """The rows of the cells that a rectangle touches, as one range a line."""
        first_line, one = self.slot(left, top)
        last_line, other = self.slot(right, bottom)
        low, high = min(one, other), max(one, other)
        if low == 0 and high == self.columns - 1:
            whole = range(first_line * self.columns, min((last_line + 1) * self.columns, self.count))
            return [whole] if whole else []
        starts = (line * self.columns for line in range(first_line, last_line + 1))
        ranges = [range(start + low, min(start + high + 1, self.count)) for start in starts]
        return [rows for rows in ranges if rows]

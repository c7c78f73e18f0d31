"""What the views show: rows, cells and how they are fetched."""

"""What is seen: the grid, the single image and their parts."""

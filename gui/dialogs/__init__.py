"""What is asked or told in a window of its own; none of them stops the work behind it."""

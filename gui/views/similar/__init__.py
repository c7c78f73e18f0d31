"""What is like a picture: what was asked about at the left, what was found at the right."""

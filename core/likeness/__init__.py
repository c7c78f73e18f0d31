"""Whether two pictures show the same, by what is to be seen at places of them: pure functions of the pictures alone."""

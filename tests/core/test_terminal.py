"""What commands print to a terminal."""

from core.terminal import printable


def test_a_name_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[31m\n\u202e\x9b.jpg é بندقية") == "a\\x1b[31m\\x0a\\u202e\\x9b.jpg é بندقية"

"""Trees as people may give them."""

from core import trees


def test_only_the_codes_of_a_circle_stand_in_it() -> None:
    parents: dict[str, str | None] = {"a": "b", "b": "c", "c": "b", "d": None, "e": "d", "f": "gone", "self": "self"}
    assert sorted(trees.circling(parents)) == ["b", "c", "self"]


def test_a_long_circle_is_found_whole() -> None:
    parents: dict[str, str | None] = {str(number): str(number + 1) for number in range(50_000)} | {"50000": "0"}
    assert len(trees.circling(parents)) == 50_001


def test_the_first_level_that_is_too_deep_is_told() -> None:
    chain: dict[str, str | None] = {f"{number:03}": f"{number - 1:03}" if number else None for number in range(200)}
    assert trees.too_deep(chain) == [f"{trees.DEEPEST:03}"]
    assert trees.too_deep(dict(reversed(chain.items()))) == [f"{trees.DEEPEST:03}"]
    assert trees.too_deep({"a": "b", "b": "a", "c": "a"}) == []

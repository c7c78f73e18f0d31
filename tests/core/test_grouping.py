"""Groups do not depend on order, and a chain is visible as a chain."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from core.grouping import Links, chains, component_of, components

names = st.sampled_from([f"{number:02}" for number in range(16)])
pairs = st.lists(st.tuples(names, names), max_size=30)


def neighbours_in(edges):
    def neighbours(member):
        return [b for a, b in edges if a == member] + [a for a, b in edges if b == member]

    return neighbours


@given(pairs, st.data())
def test_groups_do_not_depend_on_the_order_of_pairs_or_of_members(edges, data):
    shuffled = data.draw(st.permutations(edges))
    turned = [(b, a) if data.draw(st.booleans()) else (a, b) for a, b in shuffled]
    assert components(turned) == components(edges)


@given(pairs)
def test_the_group_of_a_member_is_the_smallest_of_all_that_can_be_reached(edges):
    groups = components(edges)
    assert set(groups) == {member for pair in edges for member in pair}
    for member, group in groups.items():
        assert group == min(component_of(member, neighbours_in(edges)))


@given(pairs, names)
def test_what_hangs_together_is_closed_and_holds_its_start(edges, start):
    found = component_of(start, neighbours_in(edges))
    assert start in found
    assert all((a in found) == (b in found) for a, b in edges)


def test_a_long_chain_is_one_group():
    edges = [(f"{number:06}", f"{number + 1:06}") for number in range(20_000)]
    assert set(components(reversed(edges)).values()) == {"000000"}
    assert len(component_of("010000", neighbours_of_line)) == 20_001


def neighbours_of_line(member):
    number = int(member)
    return [f"{near:06}" for near in (number - 1, number + 1) if 0 <= near <= 20_000]


def test_each_member_is_asked_for_its_neighbours_once():
    edges = list(combinations("abcde", 2))
    asked = []

    def neighbours(member):
        asked.append(member)
        return neighbours_in(edges)(member)

    assert component_of("c", neighbours) == frozenset("abcde")
    assert sorted(asked) == list("abcde")


def test_no_pairs_make_no_groups():
    assert components([]) == {}


def test_a_chain_is_visible_as_a_chain():
    links = chains("abc", [("b", "a"), ("b", "c"), ("a", "b"), ("c", "x"), ("a", "a")])
    assert links == Links(("a", "b", "c"), (("a", "b"), ("b", "c")))
    assert list(links.missing()) == [("a", "c")]


def test_a_group_in_which_all_match_directly_is_complete():
    links = chains("abcd", combinations("dcba", 2))
    assert list(links.missing()) == []


@given(st.frozensets(names, min_size=1), pairs)
def test_direct_and_missing_pairs_together_are_all_pairs(members, edges):
    links = chains(members, edges)
    missing = list(links.missing())
    assert sorted([*links.direct, *missing]) == list(combinations(sorted(members), 2))

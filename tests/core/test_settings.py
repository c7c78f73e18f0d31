"""Settings: what was saved comes back, nonsense costs only itself, and nothing is lost."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import paths
from core.coding_sheets import CodingSheet, SheetValue
from core.errors import CoreError
from core.settings import RECENT, Settings, load, save

CHANGED = Settings(
    recent_archives=("/field/one", "/field/ü \udcff"),
    theme="dark",
    text_percent=150,
    actor="Ada",
    thumbnail_px=256,
    left_panel_px=310,
    right_panel_px=280,
    csv_bom=True,
    default_certainty="possible",
    default_basis="silhouette",
    coding_sheets={"an archive": CodingSheet((SheetValue("1", "type", "SA.PIS"),), advances=True)},
    cover_graphic=False,
    find_copies=False,
    review_places={"an archive": "aa bb"},
    unknown={"map": {"tiles": [1, 2]}},
)


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "made on the way" / "settings.json"
    save(path, CHANGED)
    assert load(path) == CHANGED
    assert [entry.name for entry in path.parent.iterdir()] == ["settings.json"]


def test_every_setting_is_told_from_its_default_by_that() -> None:
    unchanged = {name for name, value in asdict(CHANGED).items() if value == asdict(Settings())[name]}
    assert unchanged == set()


def test_where_there_is_no_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.json") == Settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"{", b"[1]", b"\xff\xfe\x00", b"null", b"[" * 100_000])
def test_a_damaged_file_is_kept_aside_and_the_defaults_hold(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "settings.json"
    path.write_bytes(data)
    assert load(path) == Settings()
    assert (tmp_path / "settings.json.damaged").read_bytes() == data
    save(path, CHANGED)
    assert load(path) == CHANGED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("theme", "pink"),
        ("default_basis", 3),
        ("theme", ["dark"]),
        ("text_percent", 10_000),
        ("text_percent", True),
        ("actor", None),
        ("thumbnail_px", "large"),
        ("thumbnail_px", 256.0),
        ("left_panel_px", -1),
        ("csv_bom", 1),
        ("default_certainty", "sure"),
        ("default_certainty", "certain"),
        ("recent_archives", "/field/one"),
    ],
)
def test_a_value_that_makes_no_sense_costs_only_itself(tmp_path: Path, name: str, value: object) -> None:
    path = tmp_path / "settings.json"
    save(path, CHANGED)
    held = json.loads(path.read_bytes())
    held[name] = value
    path.write_text(json.dumps(held), "utf-8")
    loaded = load(path)
    assert getattr(loaded, name) == getattr(Settings(), name)
    assert {**asdict(loaded), name: None} == {**asdict(CHANGED), name: None}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted(asdict(CHANGED))) | st.text(), JSON))
def test_whatever_stands_in_the_file_loads_and_saves(tmp_path_factory: pytest.TempPathFactory, held: Any) -> None:
    path = tmp_path_factory.mktemp("settings") / "settings.json"
    path.write_text(json.dumps(held), "utf-8")
    loaded = load(path)
    save(path, loaded)
    assert load(path) == loaded


def test_keys_of_a_newer_program_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"theme": "dark", "map": {"tiles": 3}}', "utf-8")
    save(path, load(path).with_recent(tmp_path))
    held = json.loads(path.read_bytes())
    assert (held["map"], held["theme"], held["recent_archives"]) == ({"tiles": 3}, "dark", [str(tmp_path)])


def test_the_archive_opened_last_comes_first_once(tmp_path: Path) -> None:
    settings = Settings()
    for name in ("a", "b", "a"):
        settings = settings.with_recent(tmp_path / name)
    assert settings.recent_archives == (str(tmp_path / "a"), str(tmp_path / "b"))
    assert settings.without_recent(tmp_path / "a").recent_archives == (str(tmp_path / "b"),)
    for number in range(20):
        settings = settings.with_recent(tmp_path / str(number))
    assert len(settings.recent_archives) == RECENT
    assert settings.recent_archives[0] == str(tmp_path / "19")


def test_settings_that_cannot_be_saved_say_so_and_leave_the_old_ones(tmp_path: Path) -> None:
    (tmp_path / "settings.json").mkdir()
    with pytest.raises(CoreError, match="could not be saved"):
        save(tmp_path / "settings.json", CHANGED)
    assert [entry.name for entry in tmp_path.iterdir()] == ["settings.json"]
    (tmp_path / "file").touch()
    with pytest.raises(CoreError, match="could not be saved"):
        save(tmp_path / "file" / "settings.json", CHANGED)


def test_the_programs_own_places_lie_in_the_users_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    places = (paths.settings_file(), paths.log_file(), paths.sample_folder(), paths.data_folder())
    assert len(set(places)) == 4
    for place in places:
        assert place.is_relative_to(Path.home())
        assert not place.exists()

"""JSON: complete, under stable keys, and equal to the record when read back."""

import json
from pathlib import Path
from typing import Any

from core import duplicates, exporting, physical_weapons, tagging
from core.archive import Archive
from core.exporting import export
from core.records import Facts, Filter, Match, Place, Query
from core.store import cache, images, relations, rows
from core.store.connection import transaction
from core.tagging import Tag
from core.transforms import Transform
from tests.core.filling import add_image, sha_of
from tests.core.library import add_models


def document(archive: Archive, folder: Path, query: Query | None = None) -> dict[str, Any]:
    export(archive, format="json", to=folder / "out.json", query=query)
    found: dict[str, Any] = json.loads((folder / "out.json").read_text("utf-8"))
    return found


def test_what_is_read_back_equals_the_record(filled: Archive, tmp_path: Path) -> None:
    found = document(filled, tmp_path)
    ids = [row[0] for row in filled.db.conn.execute("SELECT id FROM image ORDER BY id").fetchall()]
    captures = images.captures(filled.db, ids)
    for read, image in zip(found["images"], images.each(filled.db, ids), strict=True):
        facts = {name: read[name] for name in Facts.__slots__ if name != "exif"}
        assert Facts(**facts, exif=json.dumps(read["exif"])) == image.facts
        assert (read["status"], read["notes"]) == (image.status, image.notes)
        assert [(c["path"], c["modified_at"], c["imported_at"]) for c in read["captures"]] == [
            (c.place.text, c.modified_at, c.imported_at) for c in captures[image.id]
        ]
    claims = {
        ("type", said["type"], said["certainty"], said["preferred"], said["author"], said["claimed_at"])
        for image in found["images"] for sighting in image["sightings"] for said in sighting["identifications"]
    }  # fmt: skip
    rows = filled.db.conn.execute("SELECT type, certainty, preferred, author, claimed_at FROM identification")
    assert claims == {("type", *row[:2], bool(row[2]), *row[3:]) for row in rows.fetchall()}
    origins = [
        (sighting["id"], said["role"], " ".join(said["countries"]), said["preferred"])
        for image in found["images"] for sighting in image["sightings"] for said in sighting["origins"]
    ]  # fmt: skip
    rows = filled.db.conn.execute("SELECT sighting_id, role, countries, preferred FROM origin ORDER BY sighting_id, id")
    assert origins == [(*row[:3], bool(row[3])) for row in rows.fetchall()]
    assert [one["transform"] for one in found["relations"]] == [None, None]
    assert [tuple(one[name] for name in ("from_sha256", "to_sha256", "kind")) for one in found["relations"]] == [
        (one.from_sha256, one.to_sha256, one.kind) for one in relations.every(filled.db)
    ]


def test_the_heading_says_what_it_is(filled: Archive, tmp_path: Path) -> None:
    found = document(filled, tmp_path, Query(words=("IMG_0001",)))
    assert found["archive"] == filled.uuid
    assert found["history_head"] == filled.history_head
    assert (found["format"], found["format_version"]) == ("stocktake-export", 1)
    assert found["query"] == "IMG_0001"
    assert list(found) == sorted(found)


def keys_in(value: Any) -> set[str]:
    """Every key anywhere in a document, but for those that are data."""
    if isinstance(value, list):
        return set().union(*map(keys_in, value))
    if not isinstance(value, dict):
        return set()
    inside = [
        keys_in(held) for key, held in value.items() if key not in ("exif", "vocabularies", "attributes", "names")
    ]
    return set().union(value, *inside)


def test_keys_are_those_of_the_documentation(filled: Archive, tmp_path: Path) -> None:
    said = (Path(exporting.__file__).parent / "README.md").read_text("utf-8")
    found = document(filled, tmp_path)
    keys = keys_in(found) | keys_in(next(iter(found["vocabularies"].values())))
    assert {"source_url", "reliability", "transfers", "sensitivity", "look_alikes", "x_e6", "retired"} <= keys
    assert not {key for key in keys if f"`{key}`" not in said}


def test_captures_name_their_sources_and_sources_are_there_once(filled: Archive, tmp_path: Path) -> None:
    found = document(filled, tmp_path)
    (source,) = found["sources"]
    assert (source["title"], source["reliability"]) == ("A channel", "C")
    by_hand = found["images"][0]["captures"][1]
    assert (by_hand["path"], by_hand["source_url"], by_hand["source_id"]) == ("", "https://example.org/1", source["id"])
    assert document(filled, tmp_path, Query(sha256=(sha_of(2),)))["sources"] == []


def test_a_sighting_that_holds_for_an_image_found_is_there_though_its_own_is_not(
    filled: Archive, tmp_path: Path
) -> None:
    found = document(filled, tmp_path, Query(sha256=(sha_of(0),)))
    (image,) = found["images"]
    (elsewhere,) = found["sightings_elsewhere"]
    assert image["shown_sightings"] == [elsewhere["id"]]
    assert elsewhere["sha256"] == sha_of(1)
    assert len(elsewhere["origins"]) == 3


def test_terms_used_are_there_with_those_above_them(filled: Archive, tmp_path: Path) -> None:
    terms = document(filled, tmp_path)["vocabularies"]
    assert [term["code"] for term in terms["weapon_type"]] == ["SA", "SA.RIF", "SA.RIF.AUT", "SA.MG", "SA.MG.L"]
    assert {term["code"] for term in terms["country"]} == {"HUN", "ROU", "SUHH"}


def test_the_facts_of_models_are_there_each_with_its_source(new: Archive, tmp_path: Path) -> None:
    add_models(new)
    with new.action("Import"):
        image_id = add_image(new, 0)
    tagging.tag(new, [image_id], Tag(model="akm"))
    found = document(new, tmp_path)
    (model,) = found["weapon_models"]
    assert model["code"] == "akm"
    assert [(one["fact"], one["value"], one["source"]) for one in model["facts"]] == [
        ("label", "AKM", "made up"),
        ("level", "model", "x"),
        ("type", "SA.RIF.AUT", "x"),
        ("calibre", "7.62×39 mm", "x"),
        ("design", "SUHH", "a book, page 3"),
        ("manufacture", "SUHH", "unchecked"),
        ("manufacture", "HUN", "unchecked"),
    ]
    assert [one["label"] for one in model["facts"]][-2:] == ["Soviet Union", "Hungary"]
    assert "country" not in found["vocabularies"]
    said = (Path(exporting.__file__).parent / "README.md").read_text("utf-8")
    assert not {key for key in keys_in(found["weapon_models"]) if f"`{key}`" not in said}


def test_physical_weapons_are_there_by_name(new: Archive, tmp_path: Path) -> None:
    with new.action("Import"):
        ids = [add_image(new, number) for number in range(2)]
    seen = [tagging.tag(new, [image_id], Tag("SA.PIS")).sightings[0] for image_id in ids]
    named = physical_weapons.name(new, "the pistol with the broken grip", seen[:1])
    physical_weapons.name(new, "another", seen[1:])
    with new.action("Note"):
        rows.update(new.db, "weapon", named, {"note": "seen three times"})
    found = document(new, tmp_path, Query(sha256=(sha_of(0),)))
    assert found["images"][0]["sightings"][0]["weapon_id"] == named
    assert found["weapons"] == [{"id": named, "label": "the pistol with the broken grip", "note": "seen three times"}]


def test_pairs_that_touch_an_image_found_are_there(filled: Archive, tmp_path: Path) -> None:
    pairs = [(*sorted((sha_of(a), sha_of(b))), distance) for a, b, distance in ((0, 4, 3), (4, 5, 6))]
    with transaction(filled.db):
        cache.add_matches(filled.db, [Match(a, b, "near", distance, "hash") for a, b, distance in pairs])
    found = document(filled, tmp_path, Query(sha256=(sha_of(0),)))
    assert found["matches"] == [
        {
            "sha256_a": pairs[0][0],
            "sha256_b": pairs[0][1],
            "kind": "near",
            "distance": 3,
            "evidence": "hash",
            "changes": [],
            "transform": None,
        }
    ]
    assert [{one["from_sha256"], one["to_sha256"]} for one in found["relations"]] == [{sha_of(0), sha_of(1)}]
    assert len(document(filled, tmp_path)["matches"]) == 2


def test_a_query_that_finds_nothing_gives_a_whole_document(filled: Archive, tmp_path: Path) -> None:
    found = document(filled, tmp_path, Query(filters=(Filter("type", "AV.RW"),)))
    assert (found["images"], found["vocabularies"]) == ([], {})


def test_odd_names_and_odd_exif_are_written(new: Archive, tmp_path: Path) -> None:
    with new.action("Import"):
        image_id = add_image(new, 0)
        images.add_capture(new.db, image_id, Place.from_bytes(b"/f/\xff\n\xe2\x80\xae.jpg"), "")
        new.db.conn.execute("""UPDATE image SET exif = '{"Model": "\\ud800", "Gain": NaN, "None": null}'""")
    (image,) = document(new, tmp_path)["images"]
    assert image["captures"][1]["path"] == "/f/\\xff\n\u202e.jpg"
    assert bytes.fromhex(image["captures"][1]["path_bytes_hex"]) == b"/f/\xff\n\xe2\x80\xae.jpg"
    assert image["exif"] == {"Model": "\ud800", "Gain": "NaN", "None": None}


def test_transforms_are_six_numbers(filled: Archive, tmp_path: Path) -> None:
    half = Transform(0.5, 0, 0.25, 0, 0.5, 0)
    pair = sorted((sha_of(0), sha_of(1)))
    cache.add_matches(filled.db, [Match(pair[0], pair[1], "crop", 4, transform=half)])
    duplicates.decide(filled, from_sha256=pair[0], to_sha256=pair[1], verdict="crop_of")
    found = document(filled, tmp_path)
    assert [one["transform"] for one in found["matches"]] == [list(half.numbers)]
    assert list(half.numbers) in [one["transform"] for one in found["relations"]]

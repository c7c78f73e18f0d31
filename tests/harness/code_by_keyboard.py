"""Codes photographs in the real window by keys alone, and looks whether what was typed is what is recorded.

Run by ``make keyboard``; PHOTOS="folder" takes your own photographs (twenty-four at least), otherwise pictures are
drawn.  SHOTS="folder" keeps a screenshot for each image and each place that was gone to.  THEME is light or dark,
SIZE the screen's, such as 1024x640.

It needs Xvfb, openbox, xdotool and ImageMagick's ``import``.  The window runs on a screen of its own with settings
of its own; no pointer is ever moved.  Prints the seconds and the key presses that an image took (xdotool types as
fast as the window reads, and waits are left out: the seconds are the window's share), and ends with 1 if anything
was wrong.
"""
# ruff: noqa: T201 - printing is what it is for

import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.harness.keyed_window import Desk, Wrong, opened

BY_LINE, BY_SHEET = 10, 10
TO_CLAIMS: Final = 6  # presses of Tab from the picture to the last button above a card's claims
MODELS: Final = (("akm", "akm"), ("type 56 (rifle", "type-56-rifle"), ("type 56 (carbine", "type-56-carbine"))
MAKERS: Final = (("hungary", "HUN"), ("albania", "ALB"), ("china", "CHN"), ("poland", "POL"))
HOW_CERTAIN: Final = ("certain", "probable", "possible", "doubtful")
TABS: Final = ("Tags", "Image", "Sources", "Relations", "File", "History")
SHEET: Final = ("akm", "type 56 (rifle", "hungary", "china", "context: held", "context: laid out", "probable")


def wanted(number: int) -> dict[str, Any]:
    """What is typed in the line for an image."""
    return {
        "model": MODELS[number % 3][1], "manufacture": MAKERS[number % 4][1], "design": "SUHH",
        "certainty": HOW_CERTAIN[number % 4], "bases": ["distinctive_feature"], "quantity": number % 3 + 1,
        "markings": [f"A{number}?7"], "context": "held",
    }  # fmt: skip


def code_by_line(desk: Desk, number: int) -> None:
    """Draw a region and type all that is said of it; then on to the next image."""
    desk.press("r", "Return", "Right", "Down", "alt+shift+Right", "alt+shift+Down")
    desk.record(lambda: desk.press("Return"), "a region")
    said = (MODELS[number % 3][0], MAKERS[number % 4][0], "d: soviet", f"x{number % 3 + 1}", f"s: A{number}?7",
            "context: held")  # fmt: skip
    # The window puts what is typed while it records into one queue, so nothing waits between two values.
    for text in said:
        desk.write(text)
    desk.press(f"alt+{number % 4 + 1}", "alt+6")
    desk.rest()
    desk.shoot(f"image {number + 1:02} by the line")
    desk.press("ctrl+Return", "Escape")


def recorded(row: dict[str, Any]) -> dict[str, Any]:
    """What the archive has of a sighting, as ``wanted`` says it."""
    (claim,) = row["identifications"]
    countries = {origin["role"]: " ".join(origin["countries"]) for origin in row["origins"]}
    return {
        "model": claim["model"], "manufacture": countries.get("manufacture"), "design": countries.get("design"),
        "certainty": claim["certainty"], "bases": claim["bases"], "quantity": row["quantity"],
        "markings": [marking["text"] for marking in row["markings"]], "context": row["context"],
    }  # fmt: skip


def code_by_sheet(desk: Desk, number: int) -> None:
    """Press the sheet's keys, and go on to the next image."""
    desk.press("12"[number % 2], "34"[number % 2], "56"[number % 2], "7")
    desk.rest()
    desk.shoot(f"image {BY_LINE + number + 1:02} by the sheet")
    desk.press("ctrl+Return")


def set_up_sheet(desk: Desk) -> None:
    """Open the coding sheet, which has no values yet, and give it some."""
    desk.press("c")
    desk.rest()
    for text in SHEET:
        desk.write(text)
    desk.shoot("sheet being edited")
    desk.press("Escape")
    desk.rest()


def timed(desk: Desk, code: Callable[[Desk, int], None], number: int, steps: int) -> tuple[float, int]:
    """The seconds and the key presses that an image took."""
    began, pressed = time.monotonic() - desk.rested_s, desk.presses
    desk.record(lambda: code(desk, number), f"image {number + 1}", steps=steps)
    return time.monotonic() - desk.rested_s - began, desk.presses - pressed


def code_all(desk: Desk) -> list[tuple[float, int]]:
    """Code twenty images, ten in the line and ten by the sheet."""
    desk.press("Home", "Return")
    desk.rest()
    took = [timed(desk, code_by_line, number, 8) for number in range(BY_LINE)]
    set_up_sheet(desk)
    took += [timed(desk, code_by_sheet, number, 4) for number in range(BY_SHEET)]
    desk.press("Escape")
    return took


def check_all(desk: Desk, names: list[str]) -> None:
    """Hold what ``stocktake-cli`` lists against what was typed."""
    rows = {row["names"][0]: row for row in json.loads(desk.cli("sightings", str(desk.archive), "--json"))}
    for number, name in enumerate(names[:BY_LINE]):
        desk.check(name, recorded(rows[name]), wanted(number))
        desk.check(f"region of {name}", rows[name]["region"] is not None, True)
    for number, name in enumerate(names[BY_LINE : BY_LINE + BY_SHEET]):
        found = recorded(rows[name])
        typed = {
            "model": MODELS[number % 2][1], "manufacture": ("HUN", "CHN")[number % 2], "certainty": "probable",
            "context": ("held", "laid_out")[number % 2],
        }  # fmt: skip
        desk.check(name, {part: found[part] for part in typed}, typed)
    ready = desk.cli("images", str(desk.archive), "status:ready_for_review").splitlines()
    desk.check("images ready for review", sum(bool(line.strip()) for line in ready), BY_LINE + BY_SHEET)


# --- the rest of what can be said, each by keys from the picture ---


def to_claim(desk: Desk, presses: int) -> None:
    """Put the keys on what follows so many stops after the buttons above the claims of the image's first card."""
    desk.press("ctrl+2")
    desk.press(*["Tab"] * (TO_CLAIMS + presses))


def say_more(desk: Desk, names: list[str]) -> None:
    """A rival that comes to be preferred, a country that the model allows, tags that are copied, a review."""
    desk.press("ctrl+1", "Home", "Return")
    desk.rest()
    to_claim(desk, 9)  # after two for each of four claims
    desk.press("space", "i")
    desk.rest()
    desk.write("akms")
    desk.shoot("rival identification")
    desk.record(lambda: desk.press("Return"), "a rival identification")
    to_claim(desk, 3)  # after two of the claim above it
    desk.record(lambda: desk.press("space"), "a rival preferred")
    desk.shoot("rival preferred")
    desk.press("ctrl+1", "Home", *["Right"] * BY_LINE, "Return")
    desk.rest()
    to_claim(desk, 5)  # after two for each of two claims
    desk.record(lambda: desk.press("space"), "a possible origin claimed")
    desk.shoot("possible origin claimed")
    desk.press("ctrl+2", "ctrl+c", *["Next"] * BY_SHEET)
    desk.rest()
    desk.record(lambda: desk.press("ctrl+v"), "tags pasted")
    desk.shoot("tags pasted")
    to_claim(desk, 10)  # after two for each of three claims: add, details, note, review
    desk.press("space")
    desk.rest()
    desk.shoot("review")
    desk.record(lambda: desk.press("c"), "a review")
    rows = {row["names"][0]: row for row in json.loads(desk.cli("sightings", str(desk.archive), "--json"))}
    first, eleventh, pasted = (rows[names[place]] for place in (0, BY_LINE, BY_LINE + BY_SHEET))
    preferred = [(one["model"], one["preferred"]) for one in first["identifications"]]
    desk.check("rivals", preferred, [("akm", False), ("akms", True)])
    desk.check("claimed origin", [one["role"] for one in eleventh["origins"]], ["manufacture", "design"])
    desk.check("pasted model", [one["model"] for one in pasted["identifications"]], ["akm"])
    desk.check("reviews", [one["decision"] for one in pasted["reviews"]], ["confirm"])


def to_tab(desk: Desk, name: str) -> None:
    """Put the keys on a tab of the inspector."""
    desk.press("ctrl+2", "Tab", *["Left"] * len(TABS), *["Right"] * TABS.index(name))
    desk.rest()


def describe(desk: Desk, name: str) -> None:
    """Say what holds of the image as a whole, take that back in its history, and undo and redo."""
    for tab in TABS:
        to_tab(desk, tab)
        desk.shoot(f"inspector {tab}")
    to_tab(desk, "Image")
    desk.press("Tab", "Tab", "Tab", "Tab")
    desk.write("1984-06", enter=False)
    desk.record(lambda: desk.press("Tab"), "a date")
    desk.shoot("described")
    to_tab(desk, "History")
    desk.press("Tab", "Tab", "Tab")
    desk.shoot("history")
    desk.record(lambda: desk.press("space"), "a change taken back")
    desk.check("date taken back", name in desk.cli("images", str(desk.archive), "date:1984"), False)
    desk.press("ctrl+2")
    desk.record(lambda: desk.press("ctrl+z"), "an undo")
    desk.check("date again", name in desk.cli("images", str(desk.archive), "date:1984"), True)
    desk.record(lambda: desk.press("ctrl+shift+z"), "a redo")
    desk.check("date gone again", name in desk.cli("images", str(desk.archive), "date:1984"), False)


def rename(desk: Desk) -> None:
    """Make a holder in the tag line, and call it otherwise in the vocabulary editor."""
    desk.press("ctrl+2", "t")
    desk.rest()
    desk.write("h: Northern Column", enter=False)
    desk.press("shift+Return")
    desk.shoot("holder to be made")
    desk.record(lambda: desk.press("shift+Return"), "a holder")
    desk.press("Escape", "ctrl+shift+v")
    desk.rest()
    desk.press("shift+Tab")
    desk.write("Holders", enter=False)
    desk.press("Tab", "Tab", "Home")
    desk.rest()
    desk.shoot("vocabulary")
    desk.press("Return")
    desk.write("Southern Column", enter=False)
    desk.shoot("vocabulary renamed")
    desk.record(lambda: desk.press("alt+y"), "a renamed holder")
    desk.press("Escape")
    desk.check("holder", "Southern Column" in desk.cli("vocabulary", str(desk.archive), "list", "holder"), True)


def code_blind(desk: Desk) -> None:
    """Have untagged images coded by two coders."""
    desk.press("ctrl+1", "End", "shift+Left", "alt+e", "g")
    desk.rest()
    desk.shoot("coding sets")
    desk.press("Tab", "space")
    desk.rest()
    desk.write("Pilot", enter=False)
    desk.press("Tab")
    desk.write("Ada", enter=False)
    desk.press("Tab")
    desk.write("Ben", enter=False)
    desk.shoot("new coding set")
    desk.record(lambda: desk.press("Return"), "a coding set")
    desk.shoot("coding sets with one")
    desk.press("Escape")
    desk.check("coding set", "Pilot" in desk.cli("coding", str(desk.archive), "list"), True)


def look_closely(desk: Desk) -> None:
    """Adjust the view and take the loupe."""
    for place, keys in (("adjustments", ("a", "Right", "Right")), ("loupe", ("l", "plus"))):
        desk.press("ctrl+2", *keys)
        desk.rest()
        desk.shoot(place)
        desk.press("Escape", "shift+a")


def main() -> int:
    """Do all of it; the exit code says whether anything was wrong."""
    with tempfile.TemporaryDirectory() as made:
        base = Path(made)
        shots = Path(os.environ["SHOTS"]).absolute() if os.environ.get("SHOTS") else base / "shots"
        shots.mkdir(parents=True, exist_ok=True)
        with opened(base, shots) as desk:
            names = json.loads(desk.cli("images", str(desk.archive), "--json"))
            names = [row["names"][0] for row in names]
            try:
                took = code_all(desk)
                say(took)
                check_all(desk, names)
                say_more(desk, names)
                look_closely(desk)
                describe(desk, names[BY_LINE + BY_SHEET])
                rename(desk)
                code_blind(desk)
            except Wrong as error:
                desk.wrong.append(str(error))
        for line in desk.wrong:
            print(f"WRONG: {line}")
        return int(bool(desk.wrong))


def say(took: list[tuple[float, int]]) -> None:
    """Print what an image took."""
    for way, part in (("in the line", took[:BY_LINE]), ("by the sheet", took[BY_LINE:])):
        seconds, keys = [one[0] for one in part], [one[1] for one in part]
        print(f"{way}: {len(part)} images, {median(seconds):.1f} s an image (worst {max(seconds):.1f} s), "
              f"{median(keys):.0f} key presses an image (most {max(keys)})", flush=True)  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())

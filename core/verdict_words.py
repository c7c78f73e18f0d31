"""What verdicts are called, in the history's labels, in the history of an image, and before another image's name.

A directed verdict reads from the one image to the other: the one is a *crop of* the other, the other *was cropped
to* the one.
"""

from typing import Final, NamedTuple


class _Words(NamedTuple):
    name: str
    forward: str
    back: str = ""
    name_back: str = ""


_WORDS: Final = {
    "same_picture": _Words("same picture", "same picture as"),
    "better_copy_of": _Words("better copy", "better copy than", "poorer copy than", "poorer copy"),
    "crop_of": _Words("crop", "crop of", "was cropped to", "cropped to"),
    "redacted_version_of": _Words("redacted version", "redacted version of", "was redacted to", "redacted to"),
    "screenshot_of": _Words("screenshot", "screenshot of", "shown on the screenshot", "shown on a screenshot"),
    "mirrored_copy_of": _Words("mirrored copy", "mirrored copy of", "was mirrored to", "mirrored to"),
    "rotated_copy_of": _Words("turned copy", "turned copy of", "was turned to", "turned to"),
    "composite_contains": _Words("composite", "composite that contains", "part of the composite", "in a composite"),
    "frame_of_same_video": _Words("frame of the same video", "frame of the same video as"),
    "same_event": _Words("same event", "same event as"),
    "same_object": _Words("same object", "same object as"),
    "same_place": _Words("same place", "same place as"),
    "not_related": _Words("not related", "not related to"),
}  # fmt: skip


def name(verdict: str, *, forward: bool = True) -> str:
    """A verdict by itself: "crop"; without ``forward`` as it stands at the image that it goes to: "cropped to"."""
    words = _words(verdict)
    return words.name if forward else words.name_back or words.name


def towards(verdict: str, *, forward: bool = True) -> str:
    """A verdict before the other image's name: "crop of"; without ``forward`` from where it goes to: "was cropped to".

    One that a newer program gave is shown by its code.
    """
    words = _words(verdict)
    return words.forward if forward else words.back or words.forward


def _words(verdict: str) -> _Words:
    plain = verdict.replace("_", " ")
    return _WORDS.get(verdict, _Words(plain, plain))

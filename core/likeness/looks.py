"""What a picture is looked at by when it is held against another."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """What is kept of a picture: upright size in pixels (width, height), thumbnail (a JPEG file), packed key points."""

    size_px: tuple[int, int]
    thumbnail: bytes
    points: bytes

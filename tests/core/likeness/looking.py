"""Looking at two pictures as the stage does, without an archive."""

from PIL import Image

from core.imaging import encode_thumbnail
from core.likeness.judging import Finding
from core.likeness.keypoints import keypoints_of
from core.likeness.looks import Picture
from core.likeness.verifying_pairs import Pair, look


def kept(picture: Image.Image) -> Picture:
    """What an archive keeps of it."""
    small = picture.copy()
    small.thumbnail((256, 256))
    return Picture(picture.size, encode_thumbnail(small), keypoints_of(picture).packed())


def held(one: Image.Image, other: Image.Image) -> Finding:
    """What is found of the one held against the other as it is."""
    return look(Pair(kept(one), kept(other), (False,)))

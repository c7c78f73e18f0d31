"""Which files are images: by the signature in their first bytes, or by the ending of their name."""

from dataclasses import dataclass
from typing import Final

# How many first bytes ``sniff`` wants to see.
HEAD_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: the ending that originals get, its media type, and the decoder's name.

    ``decoder`` is empty for a format that is known by its signature and not decoded.
    """

    name: str
    ending: str
    mime: str
    decoder: str = ""


UNKNOWN: Final = Format("unknown", "bin", "application/octet-stream")
_JPEG = Format("JPEG", "jpg", "image/jpeg", "JPEG")
_TIFF = Format("TIFF", "tif", "image/tiff", "TIFF")
_JPEG2000 = Format("JPEG 2000", "jp2", "image/jp2", "JPEG2000")
_AVIF = Format("AVIF", "avif", "image/avif", "AVIF")
_HEIC = Format("HEIC", "heic", "image/heic")
_RAW = Format("camera raw", "raw", "image/x-raw")
_JXL = Format("JPEG XL", "jxl", "image/jxl")
_BMP = Format("BMP", "bmp", "image/bmp", "BMP")
_ICO = Format("ICO", "ico", "image/x-icon", "ICO")
_PPM = Format("PPM", "ppm", "image/x-portable-anymap", "PPM")
_WEBP = Format("WEBP", "webp", "image/webp", "WEBP")

# Longer signatures before those that they begin with: several raw formats look like TIFF at first.
_SIGNATURES: Final = (
    (b"\xff\xd8\xff", _JPEG),
    (b"\x89PNG\r\n\x1a\n", Format("PNG", "png", "image/png", "PNG")),
    (b"GIF87a", Format("GIF", "gif", "image/gif", "GIF")),
    (b"GIF89a", Format("GIF", "gif", "image/gif", "GIF")),
    (b"II*\0\x10\0\0\0CR", _RAW),
    (b"IIRO", _RAW),
    (b"IIRS", _RAW),
    (b"MMOR", _RAW),
    (b"IIU\0", _RAW),
    (b"FUJIFILMCCD-RAW", _RAW),
    (b"II*\0", _TIFF),
    (b"MM\0*", _TIFF),
    (b"II+\0", _TIFF),
    (b"MM\0+", _TIFF),
    (b"\0\0\0\x0cjP  \r\n\x87\n", _JPEG2000),
    (b"\xff\x4f\xff\x51", _JPEG2000),
    (b"\0\0\0\x0cJXL \r\n\x87\n", _JXL),
    (b"\xff\x0a", _JXL),
    (b"8BPS", Format("PSD", "psd", "image/vnd.adobe.photoshop")),
    (b"gimp xcf", Format("XCF", "xcf", "image/x-xcf")),
    (b"qoif", Format("QOI", "qoi", "image/qoi")),
    (b"\x76\x2f\x31\x01", Format("OpenEXR", "exr", "image/x-exr")),
    (b"DDS |\0\0\0", Format("DDS", "dds", "image/vnd-ms.dds")),
    (b"icns\0", Format("ICNS", "icns", "image/icns")),
    (b"\x59\xa6\x6a\x95", Format("Sun raster", "ras", "image/x-cmu-raster")),
)
_AVIF_BRANDS: Final = (b"avif", b"avis")
_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_BMP_HEADER_SIZES: Final = (12, 16, 40, 52, 56, 64, 108, 124)

_ENDINGS: Final = """
    jpg jpeg jpe jfif jif pjpeg png apng gif webp tif tiff bmp dib avif avifs jp2 j2k j2c jpc jpf jpx ico cur
    ppm pgm pbm pnm pfm mpo heic heif hif jxl psd psb xcf qoi exr dds icns tga pcx ras sgi xbm xpm
    cr2 cr3 crw nef nrw arw srf sr2 dng orf rw2 raf pef srw x3f 3fr erf kdc mrw raw
"""
IMAGE_ENDINGS: Final = frozenset(_ENDINGS.split())


def sniff(head: bytes) -> Format | None:
    """The format that a file's first ``HEAD_BYTES`` bytes show; None when they show no image."""
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return _WEBP
    if head[4:8] == b"ftyp":
        return _sniff_brands(head)
    return _sniff_weak(head)


def has_image_ending(name: bytes) -> bool:
    """Whether the file name's ending is one that images have."""
    stem, dot, ending = name.rpartition(b".")
    return bool(dot and stem) and ending.decode("ascii", "replace").lower() in IMAGE_ENDINGS


def _sniff_brands(head: bytes) -> Format | None:
    """An ISO media file is of a kind named by its major brand or a compatible one."""
    length = int.from_bytes(head[:4], "big")
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, min(length, len(head)), 4))]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return _AVIF
    if any(brand in _HEIC_BRANDS for brand in brands):
        return _HEIC
    return _RAW if brands[0] == b"crx " else None


def _sniff_weak(head: bytes) -> Format | None:
    """Formats whose signature is two or four plain bytes, which texts and other data begin with as well."""
    if head[:2] == b"BM" and int.from_bytes(head[14:18], "little") in _BMP_HEADER_SIZES:
        return _BMP
    if head[:4] == b"\0\0\1\0" and 0 < int.from_bytes(head[4:6], "little") < 256 and head[9:10] == b"\0":
        return _ICO
    if head[:1] == b"P" and head[1:2] in b"123456" and head[2:3] in b" \t\r\n" and _is_header(head[3:]):
        return _PPM
    return None


def _is_header(rest: bytes) -> bool:
    """Whether a number or a comment follows, as in the header of a portable any-map."""
    return rest.lstrip()[:1] in tuple(b"#0123456789"[at : at + 1] for at in range(11))

"""Pictures are drawn anew: only what can be seen is kept, so nothing hidden in the file or behind it survives."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PIXELS = 50_000_000
LONGEST_SIDE = 12_000
KEPT_SIDE = 3_000
QUALITY = 85


def drawn_anew(content: bytes) -> bytes:
    """The picture upright, at most 3,000 pixels a side, without metadata. Raises ValueError in words."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _drawn(content)
    except (UnidentifiedImageError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError("the picture is too large or cannot be read.") from error
    except (OSError, SyntaxError, EOFError, MemoryError) as error:
        raise ValueError("the picture is damaged. Take it again.") from error


def _drawn(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        width, height = picture.size
        if max(width, height) > LONGEST_SIDE or width * height > MOST_PIXELS:
            raise ValueError(f"the picture is {width} by {height} pixels. Make it smaller.")
        if picture.format == "JPEG":
            picture.draft("RGB", (KEPT_SIDE, KEPT_SIDE))
        kind = picture.format
        upright = ImageOps.exif_transpose(picture)
    upright.thumbnail((KEPT_SIDE, KEPT_SIDE))
    plain = upright.convert("RGB" if kind == "JPEG" or "A" not in upright.getbands() else "RGBA")
    plain.info.clear()
    out = io.BytesIO()
    if kind == "JPEG":
        plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    else:
        plain.save(out, "PNG", optimize=False)
    return out.getvalue()

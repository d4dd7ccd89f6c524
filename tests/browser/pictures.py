"""Pictures as a camera writes them: nothing to see, but a time in them."""

import io
from datetime import timedelta

from PIL import Image
from playwright.async_api import FilePayload

from courtsync_web.clock import venue

EXIF_IFD, TAKEN, FRACTION = 0x8769, 0x9003, 0x9291


def picture(name: str, at: int | None, zone: str, *, ahead: int = 0) -> FilePayload:
    """A JPEG taken at an instant, by a camera whose clock runs ``ahead`` seconds."""
    exif = Image.Exif()
    if at is not None:
        wall = venue(at, zone) + timedelta(seconds=ahead)
        written = exif.get_ifd(EXIF_IFD)
        written[TAKEN] = f"{wall:%Y:%m:%d %H:%M:%S}"
        written[FRACTION] = f"{wall.microsecond // 1000:03}"
    out = io.BytesIO()
    Image.new("RGB", (64, 48), "#888").save(out, "JPEG", exif=exif)
    # What a real picture weighs: the reader must not want all of it.
    return FilePayload(name=name, mimeType="image/jpeg", buffer=out.getvalue() + bytes(2_000_000))

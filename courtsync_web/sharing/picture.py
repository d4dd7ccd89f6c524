"""A preview card drawn as PNG, in the family's colours. Pure, and some tens of milliseconds of
CPU: run it beside the loop (``pictures.py``)."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw, ImageFont

from courtsync_web.sharing.preview import Preview, Row
from courtsync_web.web.places import STATIC

WIDTH, HEIGHT = 1200, 630
EDGE = 72
GROUND, INK, MUTED, GOLD, LIVE, TILE, LINE = (
    "#111216", "#f6f2e9", "#aab0b8", "#f0c04a", "#ff7a70", "#22272e", "#33383f",
)  # fmt: skip
ON_GOLD = "#15171b"
FONTS = STATIC / "vendor" / "dejavu"
NOTDEF = "\U0010ffff"
"""A character that no font has: what it is drawn as tells which others are missing."""


@lru_cache(maxsize=64)
def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(FONTS / name, size)


@lru_cache(maxsize=4096)
def has(letter: str) -> bool:
    """Whether the font can draw a character."""
    probe = font(20)
    return letter.isspace() or bytes(probe.getmask(letter)) != bytes(probe.getmask(NOTDEF))


@lru_cache(maxsize=1024)
def drawable(text: str) -> str:
    """The text without what the font lacks (emoji, mostly); if nothing is left, as it is."""
    left = "".join(letter for letter in text if has(letter)).strip()
    return left or text


def fitted(text: str, room: float, sizes: tuple[int, int], *, bold: bool = True) -> tuple[
    str, ImageFont.FreeTypeFont
]:  # fmt: skip
    """The text in the largest size that fits ``room``; cut where even the smallest does not."""
    text = drawable(text)
    for size in range(sizes[0], sizes[1], -4):
        if font(size, bold=bold).getlength(text) <= room:
            return text, font(size, bold=bold)
    smallest = font(sizes[1], bold=bold)
    while len(text) > 1 and smallest.getlength(text) > room:
        text = text[:-2].rstrip() + "…"
    return text, smallest


def drawn(preview: Preview) -> bytes:
    """The card as a PNG."""
    image = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, 16, HEIGHT), fill=preview.color or GOLD)
    head(draw, preview)
    if preview.title:
        listed(draw, preview)
    else:
        scoreboard(draw, preview)
    foot(draw, preview)
    out = io.BytesIO()
    image.quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def head(draw: ImageDraw.ImageDraw, preview: Preview) -> None:
    """Where, and at the right how it stands."""
    room = float(WIDTH - 2 * EDGE)
    if preview.tag:
        tag, face = fitted(preview.tag, 420, (36, 26))
        width = face.getlength(tag) + 48
        left = WIDTH - EDGE - width
        colors = (LIVE, ON_GOLD) if preview.live else (TILE, INK)
        draw.rounded_rectangle((left, 48, WIDTH - EDGE, 112), 32, fill=colors[0])
        draw.text((left + width / 2, 80), tag, colors[1], face, anchor="mm")
        room -= width + 32
    text, face = fitted(preview.kicker, room, (36, 26), bold=False)
    draw.text((EDGE, 80), text, MUTED, face, anchor="lm")


def scoreboard(draw: ImageDraw.ImageDraw, preview: Preview) -> None:
    """Two teams, and their sets in columns, the last one in gold while it is played."""
    cells = max((len(row.cells) for row in preview.rows), default=0)
    wide = 104 if cells < 5 else 88
    for number, row in enumerate(preview.rows):
        middle = 248 + number * 144
        if number:
            draw.line((EDGE, middle - 72, WIDTH - EDGE, middle - 72), LINE, 2)
        room = WIDTH - 2 * EDGE - cells * wide - (32 if cells else 0)
        team(draw, row, middle, room)
        for place, cell in enumerate(row.cells):
            now = preview.live and place == cells - 1
            left = WIDTH - EDGE - (cells - place) * wide + 8
            box = (left, middle - 48, left + wide - 8, middle + 48)
            draw.rounded_rectangle(box, 16, fill=GOLD if now else TILE)
            at = ((box[0] + box[2]) / 2, middle)
            draw.text(at, cell, ON_GOLD if now else INK, font(52, bold=True), anchor="mm")


def team(draw: ImageDraw.ImageDraw, row: Row, middle: int, room: float) -> None:
    """A name; a long one takes two lines."""
    fill = GOLD if row.strong else INK
    text, face = fitted(row.text, room, (64, 40))
    if not text.endswith("…"):
        draw.text((EDGE, middle), text, fill, face, anchor="lm")
        return
    face = font(40, bold=True)
    words = drawable(row.text).split()
    first = [words.pop(0)]
    while words and face.getlength(" ".join([*first, words[0]])) <= room:
        first.append(words.pop(0))
    for line, at in ((" ".join(first), middle - 26), (" ".join(words), middle + 26)):
        cut, smaller = fitted(line, room, (40, 34))
        draw.text((EDGE, at), cut, fill, smaller, anchor="lm")


def listed(draw: ImageDraw.ImageDraw, preview: Preview) -> None:
    """A name, and under it some matches with time and court."""
    text, face = fitted(preview.title, WIDTH - 2 * EDGE, (76, 40))
    draw.text((EDGE, 186), text, INK, face, anchor="lm")
    for number, row in enumerate(preview.rows):
        middle = 278 + number * 64
        time, court = row.cells
        draw.text((EDGE, middle), drawable(time or "–"), GOLD, font(32, bold=True), anchor="lm")
        place, small = fitted(court or "–", 190, (32, 22))
        draw.text((EDGE + 190, middle), place, INK, small, anchor="lm")
        words, smaller = fitted(row.text, WIDTH - 2 * EDGE - 400, (32, 24), bold=False)
        draw.text((EDGE + 400, middle), words, INK, smaller, anchor="lm")


def foot(draw: ImageDraw.ImageDraw, preview: Preview) -> None:
    """Court and division, and whose card it is."""
    draw.text((WIDTH - EDGE, 566), "CourtSync", GOLD, font(32, bold=True), anchor="rm")
    text, face = fitted(preview.foot, WIDTH - 2 * EDGE - 240, (34, 24), bold=False)
    draw.text((EDGE, 566), text, MUTED, face, anchor="lm")

"""A link as a QR code that lies inside a page."""

import segno

QUIET = 4
"""Modules of white around it, as the standard asks; phones need it on a dark page."""


def qr_of(link: str) -> str:
    """An inline SVG without size, style or script: black on white in every theme.

    Error correction M reads through a fold or a splash of a sheet on a wall.
    """
    code = segno.make_qr(link, error="m")
    drawn: str = code.svg_inline(
        border=QUIET, dark="#000", light="#fff", omitsize=True, svgclass="qr", lineclass=None
    )
    return drawn

"""What a page is made of, to a real parser: did a text become more than text?"""

from html.parser import HTMLParser

MARK = "xqz"
"""Stands in every hostile text, so that one finds what became of it."""
EVIL = f"</script></title></svg><{MARK} {MARK}=1>\"'><img onerror={MARK}()>{{{{7*7}}}}<!--"
"""Leaves every context that a page has: text, attributes in either quotes, script, title, SVG.
No longer than the shortest name of a schedule may be."""
SHORT = f"\"'><{MARK} {MARK}=1><!--"
"""For what has forty characters."""
LINKS = ("href", "src", "action", "formaction", "srcset", "data", "xlink:href")


class Witness(HTMLParser):
    """Collects what a hostile text has brought about."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.shown = 0
        """How often the mark stands where it belongs: in a text or in an attribute."""
        self._within: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if MARK in tag:
            self.faults.append(f"<{tag}>")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        self._within.append(tag)

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if MARK in name or name.startswith("on") or name in ("style", "srcdoc"):
            self.faults.append(f"<{tag} {name}={value!r}>")
        elif MARK in value:
            self.shown += 1
            if name in LINKS and not value.startswith(("/", "?", "#")):
                self.faults.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        self.shown += MARK in data
        if "49" in data and MARK in data and "{{7*7}}" not in data:
            self.faults.append(f"a template ran: {data!r}")

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.faults.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        if MARK in decl:
            self.faults.append(f"<!{decl}>")

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)


def witness(html: str) -> Witness:
    """The page, looked over whole."""
    found = Witness()
    found.feed(html)
    found.close()
    if f"<{MARK}" in html or ("7*7" in html and "{{7*7}}" not in html):
        found.faults.append("a text stands in the page as it is")
    return found

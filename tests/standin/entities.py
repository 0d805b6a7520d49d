"""Telegram's HTML: a text's plain form and its entities, or the words in which Telegram refuses it."""

import re
from dataclasses import dataclass, field

from tests.standin.errors import ApiError, Json, bad_request

TYPES = {
    "a": "text_link", "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "s": "strikethrough",
    "strike": "strikethrough", "del": "strikethrough", "u": "underline", "ins": "underline",
    "tg-spoiler": "spoiler", "span": "spoiler", "tg-emoji": "custom_emoji", "pre": "pre", "code": "code",
    "blockquote": "blockquote",
}  # fmt: skip
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
ESCAPE = re.compile(r"&(?:#(\d+)|#[xX]([0-9a-fA-F]+)|([a-zA-Z]+));?")
END_TAG = re.compile(r"</([^\s>]*)\s*(>?)")
START_TAG = re.compile(r"<([^\s>]+)")
ATTRIBUTE = re.compile(r"""\s*([^\s=>/"']+)\s*(?:=\s*(?:"([^"]*)"|'([^']*)'|([a-zA-Z0-9.-]+)(?=[\s>])))?""")


def units(text: str) -> int:
    """How long Telegram takes a text to be: its UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def parse_html(html: str) -> tuple[str, list[Json]]:
    reader = _Reader(html)
    reader.read()
    return reader.plain, sorted(reader.entities, key=lambda one: (one["offset"], -one["length"]))


@dataclass
class _Reader:
    html: str
    plain: str = ""
    at: int = 0
    length: int = 0
    entities: list[Json] = field(default_factory=list)
    open: list[tuple[str, str, int]] = field(default_factory=list)

    def read(self) -> None:
        while self.at < len(self.html):
            self._step()
        if self.open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self.open[-1][0]}"')

    def _step(self) -> None:
        special = re.compile("[<&]").search(self.html, self.at)
        end = special.start() if special else len(self.html)
        self._say(self.html[self.at : end])
        self.at = end
        if self.html.startswith("</", end):
            self._close()
        elif self.html.startswith("<", end):
            self._open()
        elif special:
            self._unescape()

    def _say(self, text: str) -> None:
        self.plain += text
        self.length += units(text)

    def _unescape(self) -> None:
        character, self.at = _unescaped(self.html, self.at)
        self._say(character)

    def _open(self) -> None:
        begin = self.at
        tag = START_TAG.match(self.html, begin)
        if not tag or tag.end() == len(self.html):
            raise self._refused_at("Unclosed start tag", begin)
        name = tag[1].lower()
        if name not in TYPES:
            raise self._refused_at(f'Unsupported start tag "{name}"', begin)
        argument = self._attributes(name, begin, tag.end())
        self.open.append((name, argument, self.length))

    def _attributes(self, name: str, begin: int, at: int) -> str:
        argument = ""
        while self.html[at : at + 1] != ">":
            found = ATTRIBUTE.match(self.html, at)
            if not found:
                at = self._after_spaces(name, begin, at)
                continue
            value = next((one for one in found.groups()[1:] if one is not None), "")
            if found[1].lower() in {"href", "class", "emoji-id", "expandable"}:
                argument = ESCAPE.sub(lambda one: _unescaped(one[0], 0)[0], value)
            at = found.end()
        self.at = at + 1
        if name == "span" and argument != "tg-spoiler":
            raise self._refused_at('Tag "span" must have class "tg-spoiler"', begin)
        return argument

    def _after_spaces(self, name: str, begin: int, at: int) -> int:
        rest = self.html[at:]
        skipped = len(rest) - len(rest.lstrip())
        if skipped == len(rest):
            raise self._refused_at("Unclosed start tag", begin)
        if not skipped:
            raise self._refused_at(f'Empty attribute name in the tag "{name}"', begin)
        return at + skipped

    def _close(self) -> None:
        begin = self.at
        if not self.open:
            raise self._refused_at("Unexpected end tag", begin)
        tag = END_TAG.match(self.html, begin)
        if not tag or not tag[2]:
            raise self._refused_at("Unclosed end tag", begin)
        name, argument, start = self.open.pop()
        if tag[1] and tag[1].lower() != name:
            raise self._refused_at("Unmatched end tag", begin, f', expected "</{name}>", found "</{tag[1]}>"')
        self.at = tag.end()
        self._add(name, argument, start)

    def _add(self, name: str, argument: str, start: int) -> None:
        if start == self.length:
            return
        entity: Json = {"type": TYPES[name], "offset": start, "length": self.length - start}
        if name == "a":
            entity["url"] = argument or self.plain[-entity["length"] :]
        self.entities.append(entity)

    def _refused_at(self, what: str, at: int, more: str = "") -> ApiError:
        offset = len(self.html[:at].encode())
        return _refused(f"{what} at byte offset {offset}{more}")


def _unescaped(text: str, at: int) -> tuple[str, int]:
    """The character an escape stands for, or the bare ampersand, and where the text goes on."""
    found = ESCAPE.match(text, at)
    if found and found[3] in NAMED:
        return NAMED[found[3]], found.end()
    if found and not found[3]:
        code = int(found[1]) if found[1] else int(found[2], 16)
        if 0 < code < 0x10FFFF:
            return chr(code), found.end()
    return "&", at + 1


def _refused(what: str) -> ApiError:
    return bad_request(f"can't parse entities: {what}")

"""One-time invitation codes: 50 bits, no characters that are easily confused; only the hash is stored."""

import hashlib
import re
import unicodedata
from datetime import timedelta

CODE_LIFETIME = timedelta(days=7)
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE = re.compile(rf"[{_ALPHABET}]{{5}}-?[{_ALPHABET}]{{5}}")


def make_code(secret: str) -> str:
    """Make a code, `XXXXX-XXXXX`, from 32 random hexadecimal digits."""
    number = int(secret[:16], 16)
    letters = "".join(_ALPHABET[(number >> 5 * place) & 31] for place in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def hash_code(text: str) -> str | None:
    """Return the SHA-256 of the code in `text`, however it was typed; None where it is no code."""
    typed = "".join(unicodedata.normalize("NFKC", text).upper().split())
    if not _CODE.fullmatch(typed):
        return None
    return hashlib.sha256(typed.replace("-", "").encode()).hexdigest()

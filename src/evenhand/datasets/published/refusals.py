"""How a refusal speaks of what it found: it names the place, and shows no more of a row than a short code."""

import re

_CODE = re.compile(r"[A-Za-z0-9*\[\]()<>=.,:/%+_-]{1,16}")


def shown(cell: str) -> str:
    """A cell for a message: itself when it looks like a code, otherwise only its length.

    A cell of free text may hold anything, a person's name included, and messages end in logs and e-mails.
    """
    if _CODE.fullmatch(cell):
        return repr(cell)
    return f"a text of {len(cell)} characters" if cell else "a blank cell"

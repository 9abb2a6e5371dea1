"""Making releases of a small invented source, and what is said when that is refused."""

import pytest

from evenhand.errors import InputRefused
from evenhand.publication.making import make_release


def made(folder, out):
    return make_release(folder / "source.csv", folder / "recipe.yaml", out)


def edited(path, *replacements):
    text = path.read_text("utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def refused(folder) -> str:
    """The message of the refusal; nothing was written and nothing is left lying about."""
    out = folder / "out"
    with pytest.raises(InputRefused) as refusal:
        made(folder, out)
    assert not out.exists() or list(out.iterdir()) == []
    return str(refusal.value)

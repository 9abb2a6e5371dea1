"""Words in a drawing, where nothing can measure them: how wide they probably are, and where to break them."""

LETTER = 0.56  # width of a letter in ems, on the generous side: text set in advance may not run over


def width_in_ems(words: str) -> float:
    """How wide one line of ``words`` probably is."""
    return LETTER * len(words)


def in_lines(words: str, most: int) -> tuple[str, ...]:
    """``words`` in lines of at most ``most`` letters; a longer word has a line of its own."""
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)

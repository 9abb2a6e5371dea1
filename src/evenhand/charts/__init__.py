"""Released figures drawn: rows of marks as SVG in per cent with their words, and one fixed drawing for download.

This package knows no language and no page. Words come in with the figures and go out with the marks, so that a
drawing, its text alternative and its table of data always say the same thing.
"""

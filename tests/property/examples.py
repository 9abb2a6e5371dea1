"""How many examples a property test looks at: its usual number, fewer in the inner loop, many more in a search.

HYPOTHESIS_PROFILE=search python -m pytest tests/property/disclosure
"""

import os

from hypothesis import settings

TIMES_THE_USUAL = {"quick": 0.2, "default": 1, "search": 40}


def examples(usual: int) -> settings:
    """The settings of a test that usually looks at so many examples; a decorator."""
    profile = os.environ.get("HYPOTHESIS_PROFILE", "default")
    return settings(max_examples=max(5, round(usual * TIMES_THE_USUAL[profile])))

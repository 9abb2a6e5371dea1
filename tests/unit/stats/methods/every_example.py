"""The examples of all methods together."""

from tests.unit.stats.methods.examples_of_all_groups import ALL_GROUPS
from tests.unit.stats.methods.examples_of_gaps import GAPS
from tests.unit.stats.methods.examples_of_levels import LEVELS
from tests.unit.stats.methods.examples_of_many_groups import MANY_GROUPS
from tests.unit.stats.methods.examples_over_time import OVER_TIME

EXAMPLES = LEVELS | GAPS | ALL_GROUPS | MANY_GROUPS | OVER_TIME

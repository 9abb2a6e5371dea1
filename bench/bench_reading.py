"""What reading a published table through its mapping costs, as a multiple of parsing the same file into rows.

    .venv/bin/python bench/bench_reading.py [rows]

The floor is Python's own CSV parser turning the file into lists of text. On top of that the reader types every cell,
resolves every label, sets rows aside and accounts for each. The file is invented: the layout of the monthly statistics.
"""

import csv
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from evenhand.datasets.published import load_mapping, read_published

ROUNDS = 3
HEADER = (
    "REPORTING_PERIOD_START,REPORTING_PERIOD_END,STATUS,BREAKDOWN,PRIMARY_LEVEL,PRIMARY_LEVEL_DESCRIPTION,"
    "SECONDARY_LEVEL,SECONDARY_LEVEL_DESCRIPTION,MEASURE_ID,MEASURE_NAME,MEASURE_VALUE"
)


def write_month(path: Path, rows: int) -> None:
    """Providers in turn, each with a count; every third one hidden."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER + "\n")
        for number in range(rows):
            value = "*" if number % 3 == 0 else str(5 * (number % 400))
            file.write(
                f"01/02/2024,30/04/2024,Performance,Provider,R{number:05},TRUST {number},NONE,NONE,MRS01,"
                f"Number of CMH referral-spells receiving a full clock stop in the RP,{value}\n"
            )


def main(rows: int) -> None:
    mapping = load_mapping("mhsds_monthly")
    with TemporaryDirectory() as folder:
        path = Path(folder) / "month.csv"
        write_month(path, rows)
        for _ in range(ROUNDS):
            start = perf_counter()
            with path.open(encoding="utf-8", newline="") as file:
                parsed = list(csv.reader(file))
            middle = perf_counter()
            reading = read_published(path, mapping)
            end = perf_counter()
            assert len(parsed) == rows + 1
            read = len(reading.observations)
            floor = middle - start
            print(
                f"{rows:,} rows, {read:,} figures: {end - middle:.2f} s, {(end - middle) / floor:.0f} times the floor"
            )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)

"""Write data/reference/holidays.csv: `python scripts/build_holidays.py` (requirements-reference.txt).

Run by a maintainer when the law on public holidays (国民の祝日に関する法律) changes, not by the product:
working out forty years takes a second, which every command would wait for.
"""

import csv
from pathlib import Path
from typing import Final

import jpholiday

TARGET: Final = Path(__file__).parent.parent / "data" / "reference" / "holidays.csv"
YEARS: Final = range(2000, 2040)


def main() -> None:
    """Write one row per public holiday, substitutes and days between holidays included."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("day_on", "name_ja"))
        for year in YEARS:
            writer.writerows((day.isoformat(), name) for day, name in jpholiday.year_holidays(year))


if __name__ == "__main__":
    main()

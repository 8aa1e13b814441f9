"""Rows of map_values, drawn as a table; columns that are not drawn have what they mostly have."""

import datetime as dt

import pandas as pd

_NUMBERS = (
    "longitude",
    "latitude",
    "value",
    "change",
    "change_rate",
    "per_thousand",
    "n",
    "shown",
    "shown_rank",
    "shown_size",
)


def rows(drawn: str) -> pd.DataFrame:
    """Return the rows of a drawn table: `region_code | shown`, empty cells are missing."""
    lines = [[cell.strip() for cell in line.split("|")] for line in drawn.strip().splitlines()]
    table = pd.DataFrame([[cell or None for cell in line] for line in lines[1:]], columns=lines[0])
    for name in _NUMBERS:
        table[name] = pd.to_numeric(table[name]) if name in table else float("nan")
    if table["longitude"].isna().all():
        table["longitude"], table["latitude"] = 135.0, 34.0
    for name, usual in (("status", "final"), ("prefecture_name_ja", "和歌山県"), ("as_of", "2025-09-30")):
        table[name] = table[name].fillna(usual) if name in table else usual
    table["as_of"] = [dt.date.fromisoformat(day) for day in table["as_of"]]
    if "name_ja" not in table:
        table["name_ja"] = table["region_code"]
    for name in ("name", "prefecture_name"):
        table[f"{name}_en"] = table[f"{name}_ja"]
    return table

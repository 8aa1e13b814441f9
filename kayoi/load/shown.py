"""A typed cell of a workbook or Parquet file as the text its reader sees."""

import datetime as dt
from decimal import Decimal


def shown(value: object) -> str:
    """Return a typed cell as text: dates in ISO, whole numbers without .0, nothing as an empty text."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.datetime():
            return value.isoformat(sep=" ")
        case float() if value != value:
            return ""
        case float() if value.is_integer() and abs(value) < 2**63:
            return str(int(value))
        case Decimal():
            return f"{value.normalize():f}"
        case bytes():
            return value.decode("utf-8", errors="replace")
        case _:
            return str(value)

"""The input tables: columns, types and enums. One source for loading, templates and documentation."""

from dataclasses import dataclass
from typing import Final, Literal

ColumnType = Literal[
    "person",  # any stable id; becomes person_key
    "code",  # municipality
    "code_or_prefecture",  # municipality, or a 2-digit prefecture
    "scope",  # municipality, prefecture, JP or a programme id
    "codes",  # several municipalities, separated by ;
    "date",
    "month",
    "integer",
    "number",
    "yen",  # a number, or a band that keeps low and high
    "enum",
    "text",
]


@dataclass(frozen=True)
class Column:
    """One column of an input table."""

    name: str
    type: ColumnType
    required: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """One input table; `dated_by` is the column that a horizon is taken from."""

    name: str
    columns: tuple[Column, ...]
    dated_by: str | None = None

    def column(self, name: str) -> Column:
        """Return the column called *name*; KeyError where there is none."""
        return {column.name: column for column in self.columns}[name]


PURPOSES: Final = (
    "leisure",
    "relatives",
    "business",
    "workation",
    "participation",
    "work",
    "contribution",
    "residence",
    "other",
)
ENGAGEMENT_KINDS: Final = (
    "contribution",
    "work_onsite",
    "work_remote",
    "participation",
    "hobby",
    "donation",
    "purchase",
    "online",
)
SCHEMES: Final = (
    "furusato_basic",
    "furusato_premium",
    "dual_residence",
    "dual_trial",
    "program",
    "digital_resident",
    "fan_club",
    "relocation",
    "local_employment",
)
SUPPORT_KINDS: Final = ("miles", "fare", "lodging", "other")
PROGRAM_KINDS: Final = ("startup", "pioneer", "corporate", "dual_residence", "other")
GENDERS: Final = ("female", "male", "other", "unknown")

_PERSON: Final = Column("person_id", "person", required=True)
_PLACE: Final = Column("municipality_code", "code", required=True)

_TABLES: Final = (
    # coverage first: rows dated after a declared horizon are rejected
    Table(
        "coverage",
        (
            _PLACE,
            Column("source", "text"),
            Column("covered_from", "date"),
            Column("covered_through", "date", required=True),
        ),
    ),
    Table(
        "people",
        (
            _PERSON,
            Column("home_municipality_code", "code_or_prefecture"),
            Column("home_from", "date"),
            Column("birth_year", "integer"),
            Column("gender", "enum", values=GENDERS),
        ),
    ),
    Table(
        "programs",
        (
            Column("program_id", "text", required=True),
            Column("name_ja", "text"),
            Column("name_en", "text"),
            Column("kind", "enum", values=PROGRAM_KINDS),
            Column("starts_on", "date"),
            Column("ends_on", "date"),
            Column("municipality_codes", "codes"),
            Column("required_round_trips", "integer"),
            Column("budget_yen", "integer"),
            Column("operator", "text"),
        ),
    ),
    Table(
        "organizations",
        (
            Column("organization_id", "text", required=True),
            Column("name", "text"),
            Column("industry", "text"),
        ),
    ),
    Table(
        "visits",
        (
            _PERSON,
            _PLACE,
            Column("arrived_on", "date", required=True),
            Column("departed_on", "date"),
            Column("nights", "integer"),
            Column("visit_id", "text"),
            Column("purpose", "enum", values=PURPOSES),
            Column("spend_yen", "yen"),
            Column("home_municipality_code", "code_or_prefecture"),
            Column("program_id", "text"),
            Column("organization_id", "text"),
            Column("source", "text"),
        ),
        dated_by="arrived_on",
    ),
    Table(
        "engagements",
        (
            _PERSON,
            _PLACE,
            Column("engaged_on", "date", required=True),
            Column("kind", "enum", required=True, values=ENGAGEMENT_KINDS),
            Column("hours", "number"),
            Column("amount_yen", "integer"),
            Column("organization_id", "text"),
            Column("program_id", "text"),
            Column("source", "text"),
        ),
        dated_by="engaged_on",
    ),
    Table(
        "enrollments",
        (
            _PERSON,
            _PLACE,
            Column("scheme", "enum", required=True, values=SCHEMES),
            Column("started_on", "date", required=True),
            Column("ended_on", "date"),
            Column("program_id", "text"),
            Column("source", "text"),
        ),
        dated_by="started_on",
    ),
    Table(
        "supports",
        (
            _PERSON,
            _PLACE,
            Column("supported_on", "date", required=True),
            Column("kind", "enum", required=True, values=SUPPORT_KINDS),
            Column("quantity", "number"),
            Column("yen", "integer"),
            Column("program_id", "text"),
        ),
        dated_by="supported_on",
    ),
    Table(
        "targets",
        (
            Column("scope", "scope", required=True),
            Column("kpi_id", "text", required=True),
            Column("fiscal_year", "integer", required=True),
            Column("value", "number", required=True),
        ),
    ),
    Table(
        "area_stats",
        (
            _PLACE,
            Column("month", "month", required=True),
            Column("metric", "text", required=True),
            Column("value", "number", required=True),
            Column("source", "text"),
        ),
    ),
    Table(
        "events",
        (
            Column("municipality_code", "code"),
            Column("starts_on", "date", required=True),
            Column("ends_on", "date"),
            Column("label_ja", "text"),
            Column("label_en", "text"),
        ),
    ),
)

TABLES: Final = {table.name: table for table in _TABLES}

TRACE_COLUMNS: Final = {
    "load_id": "integer",
    "file_no": "integer",
    "line": "integer",
    "input_order": "bigint",
    "row_hash": "varchar",
}

_STORED: Final[dict[ColumnType, str]] = {
    "code": "varchar",
    "code_or_prefecture": "varchar",
    "scope": "varchar",
    "codes": "varchar",
    "date": "date",
    "month": "varchar",
    "integer": "bigint",
    "number": "double",
    "enum": "varchar",
    "text": "varchar",
}


def stored_columns(table: str) -> dict[str, str]:
    """Return name → DuckDB type of the columns a load stores for *table*, trace columns last."""
    stored: dict[str, str] = {}
    for column in TABLES[table].columns:
        if column.type == "person":
            stored["person_key"] = "bigint"
        elif column.type == "yen":
            stored |= {"spend_yen": "bigint", "spend_low": "bigint", "spend_high": "bigint"}
        elif column.name == "nights":
            continue  # folded into departed_on
        else:
            stored[column.name] = _STORED[column.type]
            if column.type in ("code", "code_or_prefecture"):
                stored[f"{column.name}_old"] = "varchar"
    return stored | TRACE_COLUMNS

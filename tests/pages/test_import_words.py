"""Every input table and column has a name in plain words for the import page."""

import pytest

from kayoi.contract import TABLES
from kayoi.i18n import messages


@pytest.mark.parametrize("locale", ["ja", "en"])
@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_table_and_its_columns_have_plain_names(table, locale):
    keys = [f"import.table.{table.name}", *(f"import.column.{column.name}" for column in table.columns)]
    assert [key for key in keys if key not in messages(locale)] == []

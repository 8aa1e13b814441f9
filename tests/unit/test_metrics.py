"""The metric registry."""

import pytest

from kayoi import metrics
from kayoi.errors import UnknownMetricError


def test_a_measure_is_a_kpi_or_a_part_of_one():
    assert metrics.measure("K03").label("ja") == "来訪者実人数"
    assert metrics.measure("K14:related").short("ja") == "ステージ別人数（関係人口）"
    assert metrics.measure("K38:rejected").unit == "percent"


@pytest.mark.parametrize("key", ["K99", "K14", "K14:nobody", "K03:related"])
def test_a_measure_that_is_not_defined_is_refused_by_name(key):
    with pytest.raises(UnknownMetricError, match="K"):
        metrics.measure(key)

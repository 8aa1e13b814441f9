"""What stands beside a chart in words and numbers."""

from datetime import date

import pandas as pd

from kayoi import tables


def test_a_mark_on_a_time_chart_is_named_and_dated_in_the_readers_language():
    rows = pd.DataFrame(
        [{"starts_on": pd.Timestamp(date(2025, 9, 1)), "label_ja": "台風", "label_en": "Typhoon"}]
    )
    assert tables.events(rows, "ja") == ["出来事: 2025年9月1日 台風"]
    assert tables.events(rows, "en") == ["Event: 1 Sep 2025 Typhoon"]

"""What the demonstration is calibrated to, each figure with its source; all else in it is invented."""

from typing import Final

import numpy as np

FIRST_DAY: Final = int(np.datetime64("2022-04-01").astype("datetime64[D]").astype(np.int64))
LAST_DAY: Final = int(np.datetime64("2026-09-30").astype("datetime64[D]").astype(np.int64))

PEOPLE: Final = 30_000
LEAST_PEOPLE: Final = 1_000  # below this the programmes' participants would crowd out the visitors

# Survey log of 福井県 (out-of-prefecture person × municipality pairs): share that came twice, and
# four times or more, within 365 days. Here it holds for those who take part in nothing; the people of the
# programmes, one in twenty, come on top and come more often.
SHARE_TWICE: Final = (0.04, 0.06)
SHARE_FOUR_TIMES: Final = (0.003, 0.008)

# Real visit logs: three quarters of the gaps between visits are under 314 days; 13.7 % of the gaps
# between records are exactly one day (one trip in several records).
RETURN_GAP_QUARTILE_DAYS: Final = 314
SHARE_ONE_DAY_GAPS: Final = 0.137

# Real visit logs: a prefecture's visitors are 8–24 % fewer than the sum over its municipalities.
SHARE_COUNTED_TWICE: Final = (0.08, 0.24)

# 観光庁 旅行・観光消費動向調査 2024 確報: yen per person and trip, the whole trip.
LODGING_TRIP_YEN: Final = 69_362
DAY_TRIP_YEN: Final = 19_533
# How much of a trip's spending stays in the municipality: invented (transport and other stops take the rest).
SPENT_IN_MUNICIPALITY: Final = 0.45
SHARE_WITH_SPEND: Final = 0.60  # invented
SHARE_OF_SPEND_IN_BANDS: Final = 0.30  # invented
BAND_EDGES_YEN: Final = (1_000, 3_000, 5_000, 10_000, 20_000, 30_000, 50_000, 100_000)

# 生坂村's challenge: people who come four times or more a year, against a target of ten.
# First day of each challenger's regular visits; the fourth stops coming.
CHALLENGE_TARGET: Final = 10
CHALLENGE_STARTS: Final = (
    "2022-10-08",
    "2022-11-26",
    "2023-07-15",
    "2023-10-14",
    "2024-07-20",
    "2025-01-11",
    "2025-05-03",
    "2025-10-11",
    "2026-01-10",
)
CHALLENGE_LAPSES: Final = {3: "2025-08-31"}

# つながる、二地域暮らし: period, round trips and places as announced; the participants are invented.
ROUND_TRIPS: Final = 4
TRIAL_FIRST_DAY: Final = "2025-09-01"
TRIAL_LAST_DAY: Final = "2025-12-31"
TRIAL_PLACES: Final = ("01633", "30206", "30401", "30406", "37208", "42210")


def day(text: str) -> int:
    """Return an ISO date as days since 1970-01-01, the form dates have until they are written."""
    return int(np.datetime64(text, "D").astype(np.int64))

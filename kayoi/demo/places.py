"""The twelve municipalities of the demonstration and where in Japan their visitors live."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Place:
    """One municipality: `visitors` is its share of first visits, `months` the pull of January to December.

    `residents` is 住民基本台帳人口 of 2025-01-01; every other figure is invented.
    """

    code: str
    latitude: float
    longitude: float
    residents: int
    visitors: float
    day_trips: float
    neighbours: float  # share of visitors from the same prefecture
    official_visitors: int  # a year
    months: tuple[float, ...]


_SNOW: Final = (2.4, 2.3, 1.5, 0.6, 0.9, 0.6, 1.0, 1.5, 0.8, 1.1, 0.7, 1.6)
_BEACH: Final = (0.8, 0.7, 1.0, 0.9, 1.1, 0.7, 1.9, 2.7, 1.0, 0.8, 0.8, 0.9)
_WHALE: Final = (0.9, 0.9, 1.1, 1.1, 1.2, 0.8, 1.6, 2.0, 1.0, 0.9, 0.8, 0.8)
_LEAVES: Final = (0.6, 0.6, 0.9, 1.1, 1.2, 0.7, 0.9, 1.3, 1.0, 1.8, 2.0, 0.7)
_PILGRIM: Final = (2.0, 0.8, 1.2, 1.3, 1.4, 0.7, 0.8, 1.2, 0.9, 1.2, 1.3, 0.9)
_NORTH: Final = (0.8, 1.0, 0.6, 0.5, 0.9, 1.2, 2.0, 2.2, 1.4, 1.1, 0.4, 0.6)
_COAST: Final = (0.6, 0.6, 0.9, 0.8, 1.2, 0.9, 1.4, 2.1, 1.2, 1.3, 0.9, 0.6)

PLACES: Final = (
    Place("01633", 43.233, 143.296, 4_758, 0.040, 0.25, 0.40, 640_000, _NORTH),
    Place("03211", 39.276, 141.886, 28_934, 0.120, 0.42, 0.30, 1_150_000, _COAST),
    Place("07210", 37.585, 140.432, 50_358, 0.090, 0.45, 0.30, 1_400_000, _LEAVES),
    Place("15226", 37.066, 138.876, 52_376, 0.160, 0.35, 0.18, 3_300_000, _SNOW),
    Place("20448", 36.427, 137.927, 1_615, 0.015, 0.62, 0.40, 58_000, _LEAVES),
    Place("26213", 35.107, 135.470, 29_531, 0.060, 0.66, 0.38, 900_000, _LEAVES),
    Place("30206", 33.728, 135.378, 67_316, 0.090, 0.48, 0.26, 3_000_000, _WHALE),
    Place("30401", 33.678, 135.348, 19_753, 0.190, 0.36, 0.20, 2_900_000, _BEACH),
    Place("30406", 33.553, 135.496, 3_471, 0.025, 0.52, 0.28, 420_000, _BEACH),
    Place("37208", 34.182, 133.715, 60_480, 0.080, 0.60, 0.34, 1_250_000, _COAST),
    Place("37403", 34.191, 133.820, 8_140, 0.110, 0.62, 0.22, 2_300_000, _PILGRIM),
    Place("42210", 33.750, 129.691, 23_736, 0.050, 0.18, 0.22, 380_000, _BEACH),
)
CODES: Final = tuple(place.code for place in PLACES)

# Prefectures: population in thousands (総務省 国勢調査 2020, rounded), latitude and longitude of the
# prefectural office, and cities with their population in thousands (same census, rounded).
_PREFECTURES: Final = """
01 5225 43.06 141.35 01100:1973 01204:329 01202:251 01207:166 01206:165
02 1238 40.82 140.74 02201:275 02203:223 02202:168
03 1211 39.70 141.15 03201:290 03215:113 03209:111 03205:93
04 2302 38.27 140.87 04100:1097 04202:140 04215:127
05 960 39.72 140.10 05201:308 05203:86
06 1068 38.24 140.36 06201:248 06203:122 06204:100
07 1833 37.75 140.47 07204:333 07203:328 07201:283 07202:117
08 2867 36.34 140.45 08201:271 08220:242 08202:175
09 1933 36.57 139.88 09201:519 09208:167 09202:144
10 1939 36.39 139.06 10202:373 10201:332 10205:223 10204:212
11 7345 35.86 139.65 11100:1324 11203:594 11201:355 11208:342
12 6284 35.61 140.12 12100:975 12204:643 12207:498 12217:427
13 14048 35.69 139.69 13112:944 13120:753 13123:698 13201:579 13108:524 13209:431 13104:349
14 9237 35.45 139.64 14100:3777 14130:1538 14150:725 14205:437
15 2201 37.90 139.02 15100:789 15202:267 15222:188
16 1035 36.70 137.21 16201:414 16202:166
17 1133 36.59 136.63 17201:463 17210:110 17203:106
18 767 36.07 136.22 18201:262 18210:88 18209:81
19 810 35.66 138.57 19201:189 19208:69
20 2048 36.65 138.18 20201:373 20202:241 20203:154
21 1979 35.39 136.72 21201:403 21202:158 21213:144
22 3633 34.98 138.38 22130:791 22100:693 22203:190
23 7542 35.18 136.91 23100:2332 23211:422 23202:385 23201:372
24 1770 34.73 136.51 24202:305 24201:275 24203:123
25 1414 35.00 135.87 25201:345 25206:144
26 2578 35.02 135.76 26100:1464 26204:180 26206:86
27 8838 34.69 135.52 27100:2752 27140:826 27227:494 27203:402 27205:386
28 5465 34.69 135.18 28100:1525 28201:530 28204:486 28202:460
29 1324 34.69 135.83 29201:355 29205:121
30 923 34.23 135.17 30201:357 30203:61 30207:27 30404:15 30391:12
31 553 35.50 134.24 31201:188 31202:147
32 671 35.47 133.05 32201:204 32203:173
33 1888 34.66 133.93 33100:725 33202:475
34 2800 34.40 132.46 34100:1201 34207:461
35 1342 34.19 131.47 35201:255 35203:194 35202:162
36 720 34.07 134.56 36201:252 36204:70
37 950 34.34 134.04 37201:418 37202:110 37205:57 37206:47
38 1335 33.84 132.77 38201:511 38202:152 38205:116
39 692 33.56 133.53 39201:327 39204:47
40 5135 33.61 130.42 40130:1612 40100:939 40203:303
41 811 33.25 130.30 41201:233 41202:118 41203:74
42 1312 32.74 129.87 42201:409 42202:243 42204:134
43 1738 32.79 130.74 43100:739 43202:124
44 1124 33.24 131.61 44201:476 44202:115
45 1070 31.91 131.42 45201:401 45202:161
46 1588 31.56 130.56 46201:593 46218:124 46203:101
47 1467 26.21 127.68 47201:318 47211:143 47208:116
"""
_METROPOLITAN: Final = ("11", "12", "13", "14", "23", "27", "28")  # travel more than their distance says
_METROPOLITAN_PULL: Final = 1.3
_NEAR_KM: Final = 100.0  # distances far below this do not matter
_DECAY: Final = 1.15

FloatArray = NDArray[np.float64]


def _home_cities() -> tuple[tuple[str, ...], FloatArray, FloatArray, FloatArray]:
    """Return city codes, latitudes, longitudes, and populations that sum to their prefecture's."""
    codes: list[str] = []
    rows: list[tuple[float, float, float]] = []
    for line in _PREFECTURES.split("\n")[1:-1]:
        _, population, latitude, longitude, *cities = line.split()
        sizes = {code: float(size) for code, size in (city.split(":") for city in cities)}
        for code, size in sizes.items():
            codes.append(code)
            rows.append((float(latitude), float(longitude), float(population) * size / sum(sizes.values())))
    columns = np.array(rows).T
    return tuple(codes), columns[0], columns[1], columns[2]


HOME_CODES, _HOME_LATITUDE, _HOME_LONGITUDE, _HOME_SIZE = _home_cities()


def _pull(place: Place) -> FloatArray:
    """Return how strongly each home city's people are drawn to *place*, by gravity; sums to 1."""
    north = np.radians(_HOME_LATITUDE - place.latitude) * 6371
    east = np.radians(_HOME_LONGITUDE - place.longitude) * 6371 * np.cos(np.radians(place.latitude))
    pull = _HOME_SIZE * (np.hypot(north, east) + _NEAR_KM) ** -_DECAY
    metropolitan = np.array([code[:2] in _METROPOLITAN for code in HOME_CODES])
    return np.asarray(np.where(metropolitan, pull * _METROPOLITAN_PULL, pull), dtype=np.float64)


def home_shares(place: Place, pool: str) -> FloatArray:
    """Return the share of each of HOME_CODES among visitors of *place*.

    pool: `all` (gravity, with the place's share of neighbours), `far` (other prefectures only),
    `metropolitan` (those who fly in) or `near` (the same prefecture only).
    """
    same = np.array([code[:2] == place.code[:2] for code in HOME_CODES])
    metropolitan = np.array([code[:2] in _METROPOLITAN for code in HOME_CODES])
    pull = _pull(place)
    far, near = np.where(same, 0, pull), np.where(same, pull, 0)
    far, near = far / far.sum(), near / near.sum()
    shares: dict[str, FloatArray] = {
        "all": far * (1 - place.neighbours) + near * place.neighbours,
        "far": far,
        "near": near,
        "metropolitan": np.where(metropolitan, far, 0) / np.where(metropolitan, far, 0).sum(),
    }
    return shares[pool]

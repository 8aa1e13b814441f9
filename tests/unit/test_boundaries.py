"""Boundary files in, shapes with shared borders out."""

import gzip
import io
import json
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
import shapefile

from kayoi import boundaries
from kayoi.boundaries import download, store, topology
from kayoi.boundaries.sources import read_pieces
from kayoi.errors import BoundariesRefusedError
from kayoi.municipalities import municipalities

REAL = Path(__file__).parents[3] / "shared" / "geo" / "ja_municipality_area.json"


def box(west: float, south: float, east: float, north: float) -> list[list[float]]:
    return [[west, south], [east, south], [east, north], [west, north], [west, south]]


# Two wards of 札幌市 side by side, a town that shares a border with the second, with a lake in it that
# belongs to nobody, land nobody owns, and an island too small to be seen beside the town.
FEATURES = [
    ("01101", [box(141.0, 43.0, 141.1, 43.1)]),
    ("01102", [box(141.1, 43.0, 141.2, 43.1)]),
    ("01303", [box(141.2, 43.0, 141.3, 43.1), box(141.24, 43.04, 141.26, 43.06)]),
    (None, [box(141.4, 43.0, 141.5, 43.1)]),
    ("01303", [box(141.31, 43.0, 141.3106, 43.0006)]),
]


def geojson() -> str:
    features = [
        {
            "type": "Feature",
            "properties": {"N03_007": code},
            # The outer ring one way round or the other: publishers do both.
            "geometry": {"type": "Polygon", "coordinates": [rings[0][:: 1 if place % 2 else -1], *rings[1:]]},
        }
        for place, (code, rings) in enumerate(FEATURES)
    ]
    return json.dumps({"type": "FeatureCollection", "name": "N03", "features": features})


def shapefile_zip() -> bytes:
    parts = {"shp": io.BytesIO(), "shx": io.BytesIO(), "dbf": io.BytesIO()}
    with shapefile.Writer(**parts, encoding="cp932") as writer:
        writer.field("N03_001", "C", 20)
        writer.field("N03_007", "C", 5)
        for code, rings in FEATURES:
            # Outer rings clockwise, holes the other way, as the format has it.
            writer.poly([rings[0][::-1], *rings[1:]])
            writer.record("北海道", code or "")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for ending, content in parts.items():
            archive.writestr(f"N03/N03-20240101.{ending}", content.getvalue())
    return packed.getvalue()


def written(tmp_path: Path, name: str) -> Path:
    path = tmp_path / name
    if name.endswith(".zip"):
        path.write_bytes(shapefile_zip())
    else:
        path.write_text(geojson(), encoding="utf-8")
    return path


def served(warehouse: Path) -> dict:
    found = boundaries.installed(warehouse)
    assert found
    return json.loads(gzip.decompress(found.path.read_bytes()))


def areas(topology: dict, name: str) -> dict[str, float]:
    """Return the area of every shape in square degrees, holes taken off."""
    scale, arcs = topology["transform"]["scale"], []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for across, up in steps:
            x, y = x + across, y + up
            points.append((x * scale[0], y * scale[1]))
        arcs.append(points)

    def signed(ring: list[int]) -> float:
        points = [
            point for number in ring for point in (arcs[number] if number >= 0 else arcs[~number][::-1])
        ]
        return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(points)) / 2

    return {
        shape["id"]: sum(signed(ring) for polygon in shape["arcs"] for ring in polygon)
        for shape in topology["objects"][name]["geometries"]
    }


@pytest.mark.parametrize("name", ["N03-20240101.geojson", "N03-20240101_GML.zip"])
def test_wards_join_their_city_and_land_of_nobody_is_left_out(name, tmp_path):
    done = boundaries.install(tmp_path / "warehouse", written(tmp_path, name))
    assert done.boundaries.municipalities == {"01100", "01303"}
    drawn = areas(served(tmp_path / "warehouse"), "municipalities")
    assert drawn["01100"] == pytest.approx(0.02, rel=0.02)
    assert drawn["01303"] == pytest.approx(0.01 - 0.0004, rel=0.02)


def test_the_prefecture_is_made_of_the_same_arcs_without_those_between_its_municipalities(tmp_path):
    boundaries.install(tmp_path / "warehouse", written(tmp_path, "N03.geojson"))
    shapes = served(tmp_path / "warehouse")
    assert areas(shapes, "prefectures")["01"] == pytest.approx(
        sum(areas(shapes, "municipalities").values()), rel=1e-9
    )
    used = [
        {
            number if number >= 0 else ~number
            for polygon in shape["arcs"]
            for ring in polygon
            for number in ring
        }
        for name in ("municipalities", "prefectures")
        for shape in shapes["objects"][name]["geometries"]
    ]
    city, town, prefecture = used
    assert len(city & town) == 1
    assert not prefecture & city & town


def test_neighbours_keep_one_border_however_much_is_left_out():
    wavy = [[141.0 + 0.003 * (place % 2), 43.0 + place / 1000] for place in range(101)]
    west = [*wavy, [140.9, 43.1], [140.9, 43.0], wavy[0]]
    east = [*wavy[::-1], [141.1, 43.0], [141.1, 43.1], wavy[-1]]
    content = json.dumps(
        {
            "features": [
                {"properties": {"code": code}, "geometry": {"type": "Polygon", "coordinates": [ring]}}
                for code, ring in (("01100", west), ("01303", east))
            ]
        }
    )
    path = Path("pieces.geojson")
    arcs = topology.find_arcs((piece.code, piece) for piece in _pieces(content, path))
    for least in (0.0, 1e-6, 1e-3, 1.0):
        shapes = topology.simplify(arcs, least)
        shared = [
            {number if number >= 0 else ~number for ring in rings for number in ring}
            for rings in shapes.rings.values()
        ]
        assert len(shared[0] & shared[1]) == 1
        assert all(len(rings) == 1 for rings in shapes.rings.values())
    assert sum(map(len, topology.simplify(arcs, 1e-4).arcs)) < sum(map(len, topology.simplify(arcs, 0).arcs))


def _pieces(content: str, path: Path):
    from kayoi.boundaries import sources

    return sources._json(io.BytesIO(content.encode()), path.name)


def test_an_island_that_is_all_a_municipality_has_stays_however_small(tmp_path):
    islands = box(129.7, 33.7, 129.701, 33.701), box(129.8, 33.7, 129.8008, 33.7008)
    tiny = [
        {"properties": {"code": "42210"}, "geometry": {"type": "Polygon", "coordinates": [island]}}
        for island in islands
    ]
    path = tmp_path / "island.geojson"
    path.write_text(json.dumps({"features": tiny}), encoding="utf-8")
    boundaries.install(tmp_path / "warehouse", path)
    shapes = served(tmp_path / "warehouse")["objects"]["municipalities"]["geometries"]
    assert [(shape["id"], len(shape["arcs"])) for shape in shapes] == [("42210", 1)]


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("cut.geojson", geojson().encode()[:-900], "unreadable"),
        ("cut.zip", shapefile_zip()[:400], "unreadable"),
        ("words.txt", "町の形".encode("cp932"), "unreadable"),
        ("other.json", b'{"a": 1}', "unknown_shape"),
        ("no_code.geojson", geojson().replace("N03_007", "name").encode(), "no_code"),
        ("nobody.geojson", geojson().replace("01", "99").encode(), "nothing"),
    ],
)
def test_a_file_that_is_no_boundary_file_is_refused_and_what_is_installed_stays(name, content, key, tmp_path):
    warehouse = tmp_path / "warehouse"
    boundaries.install(warehouse, written(tmp_path, "N03.geojson"))
    before = served(warehouse)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BoundariesRefusedError) as refused:
        boundaries.install(warehouse, path)
    assert refused.value.key == f"error.boundaries_{key}"
    assert served(warehouse) == before


def test_a_zip_that_would_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("kayoi.boundaries.sources._MOST_BYTES", 100)
    with pytest.raises(BoundariesRefusedError) as refused:
        list(read_pieces(written(tmp_path, "N03.zip")))
    assert refused.value.key == "error.boundaries_too_large"


def test_the_same_file_gives_the_same_bytes_and_another_one_takes_its_place(tmp_path):
    warehouse, file = tmp_path / "warehouse", written(tmp_path, "N03.geojson")
    first = boundaries.install(warehouse, file).boundaries.path
    assert boundaries.install(warehouse, file).boundaries.path == first
    file.write_text(geojson().replace("01303", "01304"), encoding="utf-8")
    second = boundaries.install(warehouse, file).boundaries.path
    assert second != first
    assert sorted(warehouse.glob("boundaries/*.gz")) == [second]


def test_damage_to_what_is_installed_is_no_boundaries_rather_than_an_error(tmp_path):
    warehouse = tmp_path / "warehouse"
    boundaries.install(warehouse, written(tmp_path, "N03.geojson"))
    described = boundaries.folder_of(warehouse) / "boundaries.json"
    described.write_text(described.read_text().replace("N03", "N04"))
    assert boundaries.installed(warehouse) is None


def test_what_is_fetched_is_the_content_that_was_tried():
    assert download.ADDRESS.startswith("https://")
    assert len(download.SHA256) == 64


@pytest.mark.skipif(not REAL.exists(), reason="the real boundaries are not here")
def test_the_nation_has_all_its_municipalities_in_the_bytes_a_browser_may_be_sent(tmp_path):
    done = boundaries.install(tmp_path, REAL)
    assert (done.missing, done.unknown) == ((), ())
    assert len(done.boundaries.municipalities) == 1_741 + 6
    assert done.bytes_served <= store.MOST_BYTES
    shapes = served(tmp_path)
    drawn = areas(shapes, "municipalities")
    assert min(drawn.values()) > 0
    assert len(areas(shapes, "prefectures")) == 47
    assert sum(areas(shapes, "prefectures").values()) == pytest.approx(sum(drawn.values()), rel=1e-6)
    # The largest of Japan, and the smallest.
    assert max(drawn, key=drawn.__getitem__) == "21203"
    assert {code for code in drawn if code in municipalities()} >= {"01100", "13421", "47382"}

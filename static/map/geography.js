// Shapes and places: TopoJSON or GeoJSON in, paths in a flat projection out. Every file is fetched once per page.

const CENTRE = [137, 36];
const UNIT = 512 * 32 / 360; // pixels of a degree of longitude at zoom 5: what the paths are drawn in

const mercator = (latitude) => (180 / Math.PI) * Math.log(Math.tan(Math.PI / 4 + (latitude * Math.PI) / 360));
const MIDDLE = mercator(CENTRE[1]);

export const project = (longitude, latitude) => [
  (longitude - CENTRE[0]) * UNIT,
  (MIDDLE - mercator(latitude)) * UNIT,
];

export const projectBox = ([west, south, east, north]) => {
  const [left, bottom] = project(west, south);
  const [right, top] = project(east, north);
  return [left, top, right, bottom];
};

const fetched = new Map();

export const fetchOnce = (address) => {
  if (!fetched.has(address)) {
    const answer = fetch(address).then((response) => {
      if (!response.ok) throw new Error(`${response.status} ${address}`);
      return response.json();
    });
    answer.catch(() => fetched.delete(address)); // asked again at the next drawing
    fetched.set(address, answer);
  }
  return fetched.get(address);
};

// A shape: its code, its path, the box around it, and around its largest part.
const shapeOf = (code, polygons) => {
  const path = new Path2D();
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const rings of polygons) {
    for (const ring of rings) {
      trace(path, ring, true);
      for (const [x, y] of ring) {
        if (x < box[0]) box[0] = x;
        if (y < box[1]) box[1] = y;
        if (x > box[2]) box[2] = x;
        if (y > box[3]) box[3] = y;
      }
    }
  }
  return { code, path, box };
};

const trace = (path, points, isClosed) => {
  path.moveTo(points[0][0], points[0][1]);
  for (let place = 1; place < points.length; place += 1) path.lineTo(points[place][0], points[place][1]);
  if (isClosed) path.closePath();
};

// TopoJSON with `municipalities` and `prefectures` over the same arcs.
export const readTopology = (topology) => {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map((steps) => {
    let x = 0;
    let y = 0;
    return steps.map(([across, up]) => {
      x += across;
      y += up;
      return project(x * scale[0] + translate[0], y * scale[1] + translate[1]);
    });
  });
  const ring = (numbers) =>
    numbers.flatMap((number, place) => {
      const points = number >= 0 ? arcs[number] : arcs[~number].slice().reverse();
      return place ? points.slice(1) : points;
    });
  const read = (name) =>
    topology.objects[name].geometries.map((one) =>
      shapeOf(one.id, one.arcs.map((polygon) => polygon.map(ring))));
  // A border is drawn once, not once for each of its two sides.
  const lines = new Path2D();
  for (const arc of arcs) trace(lines, arc, false);
  const edges = new Path2D();
  const outer = new Set(
    topology.objects.prefectures.geometries.flatMap((one) =>
      one.arcs.flat(2).map((number) => (number >= 0 ? number : ~number))));
  for (const number of outer) trace(edges, arcs[number], false);
  return { municipality: read("municipalities"), prefecture: read("prefectures"), lines, edges };
};

// GeoJSON of prefectures alone.
export const readPrefectures = (collection) => {
  const prefecture = collection.features.map(({ properties, geometry }) => {
    const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
    return shapeOf(properties.code, polygons.map((rings) => rings.map((ring) => ring.map((at) => project(...at)))));
  });
  const edges = new Path2D();
  for (const shape of prefecture) edges.addPath(shape.path);
  return { municipality: [], prefecture, lines: null, edges };
};

// How the flat paths come onto the canvas: `scale` and the shift of its middle.
export class View {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.scale = 1;
    this.x = 0;
    this.y = 0;
  }

  fit([left, top, right, bottom], room = 0.94) {
    this.scale = Math.min(this.width / (right - left), this.height / (bottom - top)) * room;
    this.scale = Math.min(this.scale, 64);
    this.x = (left + right) / 2;
    this.y = (top + bottom) / 2;
    return this;
  }

  toScreen(x, y) {
    return [this.width / 2 + (x - this.x) * this.scale, this.height / 2 + (y - this.y) * this.scale];
  }

  fromScreen(x, y) {
    return [this.x + (x - this.width / 2) / this.scale, this.y + (y - this.height / 2) / this.scale];
  }

  zoomAt(x, y, factor) {
    const [fixedX, fixedY] = this.fromScreen(x, y);
    this.scale = Math.min(64, Math.max(0.2, this.scale * factor));
    this.x = fixedX - (x - this.width / 2) / this.scale;
    this.y = fixedY - (y - this.height / 2) / this.scale;
  }
}

// Draws layers on a canvas: areas in classes, borders, circles, bars of stages, arcs, hexagons, names.

const WITHHELD = -2;
const NO_DATA = -1;
const LARGEST = 28; // pixels of a circle's radius
const SMALLEST = 4;
const BAR = [46, 9]; // pixels of a bar of stages
const HEXAGON = 24; // a number of four digits fits
const FONT = "14px 'BIZ UDPGothic', 'Hiragino Sans', 'Noto Sans JP', 'Noto Sans CJK JP', sans-serif";

// Withheld is hatched, no data is dotted: told apart from every class without colour.
const patterns = new Map();
export const pattern = (context, kind, back, front) => {
  const key = `${kind}${back}${front}`;
  if (!patterns.has(key)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 8;
    const ink = tile.getContext("2d");
    ink.fillStyle = back;
    ink.fillRect(0, 0, 8, 8);
    ink.strokeStyle = ink.fillStyle = front;
    if (kind === "hatch") {
      ink.lineWidth = 1.5;
      ink.beginPath();
      for (const start of [-8, 0, 8]) {
        ink.moveTo(start, 8);
        ink.lineTo(start + 8, 0);
      }
      ink.stroke();
    } else {
      ink.fillRect(1, 1, 1.2, 1.2);
      ink.fillRect(5, 5, 1.2, 1.2);
    }
    patterns.set(key, tile);
  }
  return context.createPattern(patterns.get(key), "repeat");
};

export const classFill = (context, kind, look) => {
  if (kind === WITHHELD) return pattern(context, "hatch", look.sea, look.text);
  if (kind === NO_DATA) return pattern(context, "dots", look.land, look.coast);
  return look.classes[kind];
};

export const radiusOf = (size) => Math.max(SMALLEST, LARGEST * Math.sqrt(Math.abs(size)));

const sees = (view, box) => {
  const [left, top] = view.toScreen(box[0], box[1]);
  const [right, bottom] = view.toScreen(box[2], box[3]);
  return right >= 0 && bottom >= 0 && left <= view.width && top <= view.height;
};

const into = (context, view, ratio) =>
  context.setTransform(
    view.scale * ratio, 0, 0, view.scale * ratio,
    ((view.width / 2 - view.x * view.scale) + (view.left ?? 0)) * ratio,
    ((view.height / 2 - view.y * view.scale) + (view.top ?? 0)) * ratio,
  );

// Land, areas in their classes, borders. `kindOf(code)` gives the class, undefined for land without a figure.
export const paintAreas = (context, view, ratio, state) => {
  const { shapes, look, level, layers, kindOf } = state;
  into(context, view, ratio);
  const inks = new Map();
  const land = new Path2D();
  for (const shape of shapes.prefecture) if (sees(view, shape.box)) land.addPath(shape.path);
  context.fillStyle = look.land;
  context.fill(land, "evenodd");
  if (layers.has("fill")) {
    for (const shape of shapes[level]) {
      const kind = sees(view, shape.box) ? kindOf(shape.code) : undefined;
      if (kind === undefined) continue;
      if (!inks.has(kind)) inks.set(kind, new Path2D());
      inks.get(kind).addPath(shape.path);
    }
    for (const [kind, path] of inks) {
      const fill = classFill(context, kind, look);
      if (fill instanceof CanvasPattern) {
        fill.setTransform(new DOMMatrix().scale(1 / view.scale)); // the same on every zoom
      }
      context.fillStyle = fill;
      context.fill(path, "evenodd");
    }
  }
  context.lineJoin = "round";
  context.strokeStyle = look.coast;
  if (shapes.lines && level === "municipality" && view.scale > 0.6) {
    context.lineWidth = (view.scale > 3 ? 0.7 : 0.3) / view.scale;
    context.stroke(shapes.lines);
  }
  context.lineWidth = (view.scale > 3 ? 1.6 : 0.9) / view.scale;
  context.stroke(shapes.edges);
};

export const paintOutline = (context, view, ratio, path, colour, width, dash = []) => {
  into(context, view, ratio);
  context.strokeStyle = colour;
  context.lineWidth = width / view.scale;
  context.setLineDash(dash.map((part) => part / view.scale));
  context.stroke(path);
  context.setLineDash([]);
};

export const onScreen = (context, view, ratio) =>
  context.setTransform(ratio, 0, 0, ratio, (view.left ?? 0) * ratio, (view.top ?? 0) * ratio);

// Circles: area for the figure; a fall has the colour of falls. Without a figure: a small ring.
export const paintCircles = (context, view, ratio, places, look) => {
  onScreen(context, view, ratio);
  const ordered = [...places].sort((one, other) => Math.abs(other.size) - Math.abs(one.size));
  for (const place of ordered) {
    const [x, y] = view.toScreen(...place.at);
    context.beginPath();
    context.arc(x, y, place.kind < 0 ? SMALLEST : radiusOf(place.size), 0, 7);
    if (place.kind >= 0) {
      context.fillStyle = look.isDiverging ? (place.size < 0 ? look.fall : look.rise) : look.mark;
      context.globalAlpha = 0.8;
      if (place.kind > 0) context.fill();
      context.globalAlpha = 1;
    } else {
      context.fillStyle = classFill(context, place.kind, look);
      context.fill();
    }
    context.lineWidth = 1;
    context.strokeStyle = look.text;
    context.stroke();
  }
};

// Bars of stages; a larger municipality goes first, one that would cover it is left out. Returns how many.
export const paintMix = (context, view, ratio, places, mix, look, taken) => {
  onScreen(context, view, ratio);
  let hidden = 0;
  const total = (place) => mix[place.code][0].reduce((sum, count) => sum + count, 0);
  const listed = places.filter((place) => mix[place.code]).sort((one, other) => total(other) - total(one));
  for (const place of listed) {
    const [x, y] = view.toScreen(...place.at);
    const box = [x - BAR[0] / 2, y + 7, x + BAR[0] / 2, y + 7 + BAR[1]];
    if (isTaken(box, taken)) {
      hidden += 1;
      continue;
    }
    taken.push(box);
    let left = box[0];
    mix[place.code][0].forEach((count, stage) => {
      const width = (BAR[0] * count) / total(place);
      context.fillStyle = look.stages[stage];
      context.fillRect(left, box[1], width, BAR[1]);
      left += width;
    });
    context.strokeStyle = look.text;
    context.lineWidth = 1;
    context.strokeRect(box[0], box[1], BAR[0], BAR[1]);
  }
  return hidden;
};

export const isTaken = (box, taken) =>
  taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);

export const arcPath = (view, from, to) => {
  const [x1, y1] = view.toScreen(...from);
  const [x2, y2] = view.toScreen(...to);
  const path = new Path2D();
  path.moveTo(x1, y1);
  // Bent to the left of the way, so that there and back lie apart.
  path.quadraticCurveTo((x1 + x2) / 2 + (y2 - y1) / 4, (y1 + y2) / 2 - (x2 - x1) / 4 - 8, x2, y2);
  return path;
};

export const paintArcs = (context, view, ratio, flows, look, isBright) => {
  onScreen(context, view, ratio);
  const most = Math.max(...flows.map((flow) => flow.people), 1);
  for (const flow of flows) {
    const path = arcPath(view, flow.from, flow.to);
    context.globalAlpha = isBright(flow) ? 0.9 : 0.15;
    context.lineWidth = Math.max(1.5, 9 * Math.sqrt(flow.people / most));
    context.strokeStyle = look.target;
    context.stroke(path);
    const [x, y] = view.toScreen(...flow.to);
    context.fillStyle = look.target;
    context.beginPath();
    context.arc(x, y, 4, 0, 7);
    context.fill();
    context.globalAlpha = 1;
  }
};

// Origins of people, prefecture by prefecture, joined into one hexagon where they would lie on each other.
export const hexagonsOf = (view, origins) => {
  const bins = new Map();
  for (const origin of origins) {
    const [x, y] = view.toScreen(...origin.at);
    const row = Math.round(y / (HEXAGON * 1.5));
    const shift = row % 2 ? HEXAGON * 0.866 : 0;
    const column = Math.round((x - shift) / (HEXAGON * 1.732));
    const key = `${row},${column}`;
    const bin = bins.get(key) ?? { x: column * HEXAGON * 1.732 + shift, y: row * HEXAGON * 1.5, people: 0, names: [] };
    bin.people += origin.people;
    bin.names.push(origin.name);
    bins.set(key, bin);
  }
  return [...bins.values()];
};

export const paintHexagons = (context, view, ratio, origins, look) => {
  onScreen(context, view, ratio);
  const bins = hexagonsOf(view, origins);
  const most = Math.max(...bins.map((bin) => bin.people), 1);
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  for (const bin of bins) {
    const step = Math.min(4, Math.floor(5 * Math.sqrt(bin.people / most)));
    context.beginPath();
    for (let corner = 0; corner < 6; corner += 1) {
      const angle = Math.PI / 6 + (corner * Math.PI) / 3;
      context.lineTo(bin.x + HEXAGON * Math.cos(angle), bin.y + HEXAGON * Math.sin(angle));
    }
    context.closePath();
    context.fillStyle = look.hexagons[step];
    context.fill();
    context.strokeStyle = look.text;
    context.lineWidth = 1;
    context.stroke();
    context.fillStyle = step < 3 === (look.sea === "#FFFFFF") ? "#1A1A1C" : "#FFFFFF";
    context.fillText(bin.people.toLocaleString(), bin.x, bin.y);
  }
  return bins;
};

// Names right of their place, left where they would be cut; none over another.
export const paintNames = (context, view, ratio, places, look, taken) => {
  onScreen(context, view, ratio);
  context.font = FONT;
  context.textBaseline = "middle";
  context.textAlign = "left";
  context.lineWidth = 4;
  context.lineJoin = "round";
  for (const place of places) {
    const [x, y] = view.toScreen(...place.at);
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const width = context.measureText(place.label).width;
    const start = x + place.gap + width > view.width ? x - place.gap - width : x + place.gap;
    const box = [start - 2, y - 9, start + width + 2, y + 9];
    if (isTaken(box, taken)) continue;
    taken.push(box);
    context.strokeStyle = look.sea;
    context.strokeText(place.label, start, y);
    context.fillStyle = look.text;
    context.fillText(place.label, start, y);
  }
};

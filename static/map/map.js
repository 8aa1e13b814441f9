// The map: holds the view and the selection, asks the painters to draw, tells Python what was picked.
// Kept between runs of the page: only new figures come over the socket, shapes and names are files.

import { View, fetchOnce, project, projectBox, readPrefectures, readTopology } from "./geography.js";
import { gestures } from "./gestures.js";
import {
  onScreen, paintAreas, paintArcs, paintCircles, paintHexagons, paintMix, paintNames, paintOutline, radiusOf,
} from "./paint.js";
import { pointing } from "./pointing.js";
import { Player } from "./time.js";
import { drawLegend, element } from "./words.js";

const PREFECTURES = "/app/static/prefectures.geojson";
const SEEN = 24; // pixels across that make an outline readable
const read = new Map(); // address → shapes

const shapesAt = async (address) => {
  const known = address ?? PREFECTURES;
  if (!read.has(known)) {
    const content = await fetchOnce(known);
    read.set(known, address ? readTopology(content) : readPrefectures(content));
  }
  return read.get(known);
};

class RegionMap {
  constructor(root) {
    this.root = root;
    this.stage = element("div", "stage");
    this.base = element("canvas", "base");
    this.top = element("canvas", "top");
    this.top.tabIndex = 0;
    this.top.setAttribute("role", "application");
    this.tools = element("div", "tools");
    this.tip = element("div", "tip");
    this.tip.hidden = true;
    this.status = element("p", "status");
    this.status.setAttribute("aria-live", "polite");
    this.legend = element("div", "legend");
    this.stage.append(this.base, this.top, this.tip);
    root.append(this.tools, this.stage);
    this.player = new Player(root, (at) => this.showMonth(at), (month) => this.tell("asked", { month }));
    root.append(this.status, this.legend);
    this.view = new View(1, 1);
    this.insets = [];
    this.listen();
    this.sized = new ResizeObserver(() => this.resize());
    this.sized.observe(this.stage);
  }

  // New data from Python.
  async hydrate(data, tell) {
    this.tell = tell;
    this.data = data;
    this.look = data.look;
    this.layers = new Set(data.layers);
    this.top.setAttribute("aria-label", `${data.alt} ${data.words.help}`);
    if (!this.shapes) this.status.textContent = data.words.loading;
    [this.shapes, this.names] = await Promise.all([shapesAt(data.shapes), fetchOnce(data.names)]);
    if (data !== this.data) return; // newer data came meanwhile
    this.codes = data.codes ? data.codes.split(",") : [];
    this.placeOf = new Map(this.codes.map((code, place) => [code, place]));
    const bytes = Uint8Array.from(atob(data.rows), (letter) => letter.charCodeAt(0));
    this.rows = new Uint16Array(bytes.buffer);
    this.flows = data.flows.map(([longitude, latitude, code, people, words, origin]) => ({
      from: project(longitude, latitude), to: this.at(code), people, words, code, origin,
    })).filter((flow) => flow.to);
    this.origins = data.origins.map(([code, people, name]) => ({ at: this.at(code), people, name }))
      .filter((origin) => origin.at);
    this.areas = data.areas.map(([kind, name, codes]) => ({ kind, name, codes, shape: this.areaOf(codes) }));
    this.player.hydrate(data.months, data.words, data.months.at(-1)?.[0]);
    this.month = this.player.at;
    drawLegend(this.legend, data);
    this.drawTools();
    if (this.homeKey !== data.home.key + data.shapes) {
      this.homeKey = data.home.key + data.shapes;
      this.goHome();
    }
    this.prepare();
    this.paint();
  }

  at(code) {
    const known = this.names[code];
    return known ? project(known[2], known[3]) : undefined;
  }

  areaOf(codes) {
    const path = new Path2D();
    const shapes = this.shapes.municipality.filter((shape) => codes.includes(shape.code));
    for (const shape of shapes) path.addPath(shape.path);
    return shapes.length ? path : null;
  }

  figure(code, month = this.month) {
    const place = this.placeOf.get(code);
    return place === undefined ? undefined : this.data.figures[this.rows[month * this.codes.length + place]];
  }

  // What the painters need of every place in this month.
  prepare() {
    const marked = new Set(this.data.selected);
    this.places = this.codes.map((code) => {
      const [, kind, size] = this.figure(code);
      const at = this.at(code);
      const gap = this.layers.has("circles") ? (kind < 0 ? 8 : radiusOf(size) + 4) : 6;
      return at && { code, kind, size, at, gap, label: this.names[code][0], isMarked: marked.has(code) };
    }).filter(Boolean);
    // The chosen first, then the largest: where names would cover each other, these stay.
    this.named = [...this.places].filter((place) => place.kind >= 0 || place.isMarked).sort(
      (one, other) => other.isMarked - one.isMarked || Math.abs(other.size) - Math.abs(one.size));
    this.kinds = new Map(this.places.map((place) => [place.code, place.kind]));
  }

  showMonth(at) {
    this.month = at;
    this.prepare();
    this.paint();
  }

  goHome() {
    const { box, prefecture } = this.data.home;
    const shape = this.shapes.prefecture.find((one) => one.code === prefecture);
    this.homeBox = box ? projectBox(box) : shape ? shape.box : projectBox([128.3, 30.3, 146.2, 45.7]);
    this.view.fit(this.homeBox);
    this.homeScale = this.view.scale;
    this.placeInsets();
  }

  placeInsets() {
    this.insets = this.data.insets.map(({ box, at: [left, top, right, bottom] }) => {
      const inset = new View((right - left) * this.view.width, (bottom - top) * this.view.height);
      inset.left = left * this.view.width;
      inset.top = top * this.view.height;
      return inset.fit(projectBox(box), 1);
    });
  }

  get hasInsets() {
    return this.insets.length > 0 && Math.abs(this.view.scale / this.homeScale - 1) < 0.01 && !this.moved;
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.stage;
    if (!width || !height) return;
    const ratio = window.devicePixelRatio || 1;
    for (const canvas of [this.base, this.top]) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(height * ratio);
    }
    this.ratio = ratio;
    this.view.width = width;
    this.view.height = height;
    if (this.shapes) {
      if (!this.moved) this.goHome();
      this.paint();
    }
  }

  // At most once per frame; the picture is whole after it.
  paint() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      if (!this.shapes || !this.codes || this.view.width < 2) return;
      const started = performance.now();
      const context = this.base.getContext("2d");
      context.setTransform(1, 0, 0, 1, 0, 0);
      context.fillStyle = this.look.sea;
      context.fillRect(0, 0, this.base.width, this.base.height);
      this.paintIn(context, this.view);
      if (this.hasInsets) for (const inset of this.insets) this.paintInset(context, inset);
      this.paintTop();
      this.root.dataset.painted = String(Number(this.root.dataset.painted ?? 0) + 1);
      this.root.dataset.took = (performance.now() - started).toFixed(1);
      this.root.dataset.month = this.data.months[this.month]?.[0] ?? "";
    });
  }

  paintInset(context, inset) {
    onScreen(context, inset, this.ratio);
    context.save();
    context.beginPath();
    context.rect(0, 0, inset.width, inset.height);
    context.clip();
    context.fillStyle = this.look.sea;
    context.fillRect(0, 0, inset.width, inset.height);
    this.paintIn(context, inset);
    context.restore();
    onScreen(context, inset, this.ratio);
    context.strokeStyle = this.look.coast;
    context.lineWidth = 1;
    context.strokeRect(0, 0, inset.width, inset.height);
  }

  paintIn(context, view) {
    const { layers, look, data, ratio } = this;
    const isMain = view === this.view;
    // Nothing is written where an inset will lie.
    const taken = isMain && this.hasInsets
      ? this.insets.map((one) => [one.left, one.top, one.left + one.width, one.top + one.height]) : [];
    paintAreas(context, view, ratio, {
      shapes: this.shapes, look, level: data.level, layers, kindOf: (code) => this.kinds.get(code),
    });
    if (layers.has("origins")) paintHexagons(context, view, ratio, this.origins, look);
    if (layers.has("circles")) paintCircles(context, view, ratio, this.places, look);
    for (const area of this.areas) {
      if (area.shape) paintOutline(context, view, ratio, area.shape, look.target, 3, area.kind === "group" ? [] : [7, 4]);
    }
    if (layers.has("areas")) this.markMembers(context, view);
    if (layers.has("arcs")) {
      const ends = this.hovered;
      paintArcs(context, view, ratio, this.flows, look,
        (flow) => !ends || !this.flows.some((one) => one.code === ends || one.origin === ends)
          || flow.code === ends || flow.origin === ends);
    }
    const hidden = layers.has("mix") ? paintMix(context, view, ratio, this.places, data.mix, look, taken) : 0;
    if (isMain) {
      this.said = hidden ? data.words.hidden.replace("{count}", hidden) : "";
      if (!this.cursor) this.status.textContent = this.said;
    }
    if (layers.has("names")) paintNames(context, view, ratio, this.named, look, taken);
  }

  // A member of a programme or group without a shape, or with one too small to be seen, has a ring.
  markMembers(context, view) {
    onScreen(context, view, this.ratio);
    context.strokeStyle = this.look.target;
    context.lineWidth = 3;
    for (const { codes, kind } of this.areas) {
      context.setLineDash(kind === "group" ? [] : [5, 3]);
      for (const code of codes) {
        const at = this.at(code);
        const box = this.shapes.municipality.find((shape) => shape.code === code)?.box;
        if (!at || (box && (box[2] - box[0]) * view.scale > SEEN)) continue;
        const [x, y] = view.toScreen(...at);
        context.beginPath();
        context.arc(x, y, kind === "group" ? 11 : 14, 0, 7);
        context.stroke();
      }
    }
    context.setLineDash([]);
  }

  // The chosen, and what the pointer or the keys are on.
  paintTop() {
    const context = this.top.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.top.width, this.top.height);
    const views = this.hasInsets ? [this.view, ...this.insets] : [this.view];
    const marked = [...this.data.selected, ...(this.hovered ? [this.hovered] : [])];
    for (const view of views) {
      context.save();
      onScreen(context, view, this.ratio);
      context.beginPath();
      context.rect(0, 0, view.width, view.height);
      context.clip();
      for (const code of marked) {
        const shape = this.shapes[this.data.level].find((one) => one.code === code);
        if (shape && (this.layers.has("fill") || code.length === 2)) {
          paintOutline(context, view, this.ratio, shape.path, this.look.text, 2.5);
        }
        const place = this.places.find((one) => one.code === code);
        if (!place || (shape && !this.layers.has("circles"))) continue;
        onScreen(context, view, this.ratio);
        const [x, y] = view.toScreen(...place.at);
        context.strokeStyle = this.look.text;
        context.lineWidth = 3;
        context.beginPath();
        context.arc(x, y, (this.layers.has("circles") && place.kind >= 0 ? radiusOf(place.size) : 6) + 2, 0, 7);
        context.stroke();
      }
      context.restore();
    }
  }

  hover(code) {
    if (this.hovered === code) return;
    this.hovered = code;
    if (this.layers.has("arcs")) this.paint();
    else this.paintTop();
  }

  pick(code, isMore) {
    this.tell("picked", { code, more: isMore });
  }

  drawTools() {
    const { words, views } = this.data;
    const button = (text, label, act) => {
      const made = element("button", "", text);
      made.type = "button";
      if (label) made.setAttribute("aria-label", label);
      made.onclick = act;
      return made;
    };
    const go = (change) => () => {
      this.moved = true;
      change();
      this.paint();
    };
    this.tools.replaceChildren(
      button("＋", words.zoom_in, go(() => this.zoom(1.5))),
      button("－", words.zoom_out, go(() => this.zoom(1 / 1.5))),
      button(words.home, "", go(() => {
        this.moved = false;
        this.goHome();
      })),
      ...Object.values(views).map(([box, name]) => button(name, "", go(() => this.view.fit(projectBox(box))))),
    );
  }

  zoom(factor) {
    this.view.zoomAt(this.view.width / 2, this.view.height / 2, factor);
  }

  remove() {
    this.player.stop();
    this.sized.disconnect();
    cancelAnimationFrame(this.waiting);
  }
}

Object.assign(RegionMap.prototype, gestures, pointing);

const maps = new WeakMap();

// What Streamlit's component calls with every new data; returns what takes the map away again.
export const draw = ({ parentElement, data, setTriggerValue }) => {
  const root = parentElement.querySelector(".map");
  if (!maps.has(root)) maps.set(root, new RegionMap(root));
  const map = maps.get(root);
  root.kayoi = map;
  map.hydrate(data, setTriggerValue);
  return () => {
    map.remove();
    maps.delete(root);
  };
};

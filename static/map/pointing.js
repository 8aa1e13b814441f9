// What lies under a point of the map, and what is said of it. Methods of RegionMap.

import { arcPath, hexagonsOf, radiusOf } from "./paint.js";

const NEAR = 14; // pixels a finger may miss

export const pointing = {
  viewAt(x, y) {
    const inset = this.hasInsets && this.insets.find(
      (one) => x >= one.left && y >= one.top && x <= one.left + one.width && y <= one.top + one.height);
    return inset ? [inset, x - inset.left, y - inset.top] : [this.view, x, y];
  },

  // The code under a point: a circle before the area below it; the smallest where circles lie on each other.
  codeAt(screenX, screenY) {
    const [view, x, y] = this.viewAt(screenX, screenY);
    let best;
    for (const place of this.places) {
      if (this.layers.has("fill") && !this.layers.has("circles")) break;
      const [atX, atY] = view.toScreen(...place.at);
      const distance = Math.hypot(atX - x, atY - y);
      const radius = this.layers.has("circles") && place.kind >= 0 ? radiusOf(place.size) : 6;
      if (distance <= Math.max(radius, NEAR) && (!best || distance - radius < best.away)) {
        best = { code: place.code, away: distance - radius };
      }
    }
    if (best && (best.away <= 0 || !this.layers.has("fill"))) return best.code;
    const [flatX, flatY] = view.fromScreen(x, y);
    const context = this.base.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    const found = this.shapes[this.data.level].find(({ box, path }) =>
      flatX >= box[0] && flatY >= box[1] && flatX <= box[2] && flatY <= box[3]
      && context.isPointInPath(path, flatX, flatY, "evenodd"));
    return found && (this.layers.has("fill") || found.code.length === 2) ? found.code : best?.code;
  },

  linesFor(code) {
    const name = this.names[code];
    const lines = [name ? [name[1], name[0]].filter(Boolean).join(" ") : code];
    const figure = this.figure(code);
    const isNorthern = code >= "01695" && code <= "01700";
    lines.push(`${this.data.words.title} ${figure ? figure[0] : isNorthern ? this.data.words.northern : "…"}`);
    const place = this.placeOf.get(code);
    if (place !== undefined && this.month === this.data.months.length - 1) {
      lines.push(this.data.more.words[this.data.more.of[place]]);
    }
    if (this.data.mix[code]) lines.push(this.data.mix[code][1]);
    for (const area of this.areas) if (area.codes.includes(code)) lines.push(area.name);
    return lines;
  },

  linesAt(x, y) {
    const [view, inX, inY] = this.viewAt(x, y);
    const context = this.base.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.lineWidth = 10;
    const flow = this.flows.find((one) => context.isPointInStroke(arcPath(view, one.from, one.to), inX, inY));
    const code = this.codeAt(x, y);
    if (flow && code !== flow.code) return [code, [flow.words]];
    const bin = this.layers.has("origins") && hexagonsOf(view, this.origins)
      .find((one) => Math.hypot(one.x - inX, one.y - inY) < 18);
    if (bin) return [code, [bin.names.join("・"), `${bin.people.toLocaleString()}`]];
    return [code, code ? this.linesFor(code) : []];
  },

  // Where a place stands on the stage, in pixels: in an inset where one shows it.
  screenOf(code) {
    const at = this.at(code);
    const view = (this.hasInsets && this.insets.find((one) => {
      const [x, y] = one.toScreen(...at);
      return x >= 0 && y >= 0 && x <= one.width && y <= one.height;
    })) || this.view;
    const [x, y] = view.toScreen(...at);
    return [x + (view.left ?? 0), y + (view.top ?? 0)];
  },

  // The colour of a place's class, as the legend has it.
  classOf(code) {
    return this.look.classes[this.kinds.get(code)];
  },

  // A point well inside the area of a place, as near to its middle as there is one.
  insideOf(code) {
    const { box, path } = this.shapes[this.data.level].find((shape) => shape.code === code);
    const context = this.base.getContext("2d");
    context.setTransform(1, 0, 0, 1, 0, 0);
    const isInside = (x, y) => context.isPointInPath(path, x, y, "evenodd");
    const room = 5 / this.view.scale;
    let best;
    for (let step = 1; step < 400; step += 1) {
      const x = box[0] + ((box[2] - box[0]) * (step % 20)) / 20;
      const y = box[1] + ((box[3] - box[1]) * Math.floor(step / 20)) / 20;
      const away = Math.hypot(x - (box[0] + box[2]) / 2, y - (box[1] + box[3]) / 2);
      const clear = [[-room, 0], [room, 0], [0, -room], [0, room], [0, 0]].every(([dx, dy]) => isInside(x + dx, y + dy));
      if (clear && (!best || away < best.away)) best = { x, y, away };
    }
    return best && this.view.toScreen(best.x, best.y);
  },
};

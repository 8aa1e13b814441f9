// What a reader does with the map: drag, pinch, wheel, click, keys. Methods of RegionMap.

import { showTooltip } from "./words.js";

export const gestures = {
  listen() {
    const pointers = new Map();
    let start;
    this.top.onpointerdown = (event) => {
      this.top.setPointerCapture(event.pointerId);
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      start = { x: event.offsetX, y: event.offsetY, moved: false };
    };
    this.top.onpointermove = (event) => {
      if (!this.codes) return;
      const before = pointers.get(event.pointerId);
      if (!before) {
        const [code, lines] = this.linesAt(event.offsetX, event.offsetY);
        this.hover(code);
        showTooltip(this.stage, this.tip, event.offsetX, event.offsetY, lines);
        return;
      }
      if (Math.hypot(event.offsetX - start.x, event.offsetY - start.y) < 4 && !start.moved) return;
      start.moved = this.moved = true;
      this.tip.hidden = true;
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other) {
        const was = Math.hypot(before[0] - other[0], before[1] - other[1]);
        const is = Math.hypot(event.offsetX - other[0], event.offsetY - other[1]);
        this.view.zoomAt((event.offsetX + other[0]) / 2, (event.offsetY + other[1]) / 2, is / (was || 1));
      } else {
        this.view.x -= (event.offsetX - before[0]) / this.view.scale;
        this.view.y -= (event.offsetY - before[1]) / this.view.scale;
      }
      pointers.set(event.pointerId, [event.offsetX, event.offsetY]);
      this.paint();
    };
    this.top.onpointerup = (event) => {
      pointers.delete(event.pointerId);
      if (!start || start.moved || !this.codes) return;
      const code = this.codeAt(event.offsetX, event.offsetY);
      if (code) this.pick(code, event.shiftKey || event.ctrlKey || event.metaKey);
    };
    this.top.onpointercancel = (event) => pointers.delete(event.pointerId);
    this.top.onpointerleave = () => {
      this.tip.hidden = true;
      if (this.codes) this.hover(undefined);
    };
    // The wheel scrolls the page; with Ctrl (and two fingers on a pad) it zooms the map.
    this.top.addEventListener("wheel", (event) => {
      if (!event.ctrlKey) return;
      event.preventDefault();
      this.moved = true;
      this.view.zoomAt(event.offsetX, event.offsetY, Math.exp(-event.deltaY / 200));
      this.paint();
    }, { passive: false });
    this.top.onkeydown = (event) => this.key(event);
    this.top.onblur = () => {
      this.cursor = undefined;
      this.tip.hidden = true;
    };
  },

  // Arrow keys go to the nearest place in their direction, Enter chooses it, + and - zoom.
  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (step) {
      const now = this.places.find((place) => place.code === this.cursor);
      this.cursor = (now ? this.next(now, step) ?? now : this.named[0] ?? this.places[0])?.code;
      if (this.cursor) this.announce();
    } else if (event.key === "Enter" && this.cursor) {
      this.pick(this.cursor, event.shiftKey || event.ctrlKey);
    } else if (event.key === "+" || event.key === "-") {
      this.moved = true;
      this.zoom(event.key === "+" ? 1.5 : 1 / 1.5);
      this.paint();
    } else return;
    event.preventDefault();
  },

  next(now, [stepX, stepY]) {
    let best;
    for (const place of this.places) {
      const ahead = (place.at[0] - now.at[0]) * stepX + (place.at[1] - now.at[1]) * stepY;
      const aside = Math.abs((place.at[0] - now.at[0]) * stepY) + Math.abs((place.at[1] - now.at[1]) * stepX);
      const cost = ahead + 2 * aside;
      if (place !== now && ahead > 0 && (!best || cost < best.cost)) best = { place, cost };
    }
    return best?.place;
  },

  announce() {
    const place = this.places.find((one) => one.code === this.cursor);
    const lines = this.linesFor(this.cursor);
    this.status.textContent = lines.join("　");
    this.hover(this.cursor);
    const [x, y] = this.view.toScreen(...place.at);
    if (x < 0 || y < 0 || x > this.view.width || y > this.view.height) {
      [this.view.x, this.view.y] = place.at;
      this.moved = true;
      this.paint();
    }
    showTooltip(this.stage, this.tip, ...this.view.toScreen(...place.at), lines);
  },
};

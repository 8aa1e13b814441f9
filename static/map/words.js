// What stands around the map as text: legend, tooltip. Text nodes alone: nothing that comes from data is markup.

import { pattern, radiusOf } from "./paint.js";

export const element = (tag, className, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

const swatch = (fill) => {
  const made = element("canvas", "swatch");
  made.width = 28;
  made.height = 16;
  made.setAttribute("aria-hidden", "true");
  const context = made.getContext("2d");
  context.fillStyle = typeof fill === "function" ? fill(context) : fill;
  context.fillRect(0, 0, 28, 16);
  return made;
};

const entry = (fill, words) => {
  const made = element("li");
  made.append(swatch(fill), element("span", "", words));
  return made;
};

const circle = (size, look, words) => {
  const radius = radiusOf(size);
  const made = element("li");
  const drawn = element("canvas", "round");
  drawn.width = drawn.height = Math.ceil(2 * radius + 4);
  drawn.setAttribute("aria-hidden", "true");
  const context = drawn.getContext("2d");
  context.arc(drawn.width / 2, drawn.width / 2, radius, 0, 7);
  context.globalAlpha = 0.8;
  context.fillStyle = look.isDiverging ? (size < 0 ? look.fall : look.rise) : look.mark;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = look.text;
  context.stroke();
  made.append(drawn, element("span", "", words));
  return made;
};

export const drawLegend = (root, data) => {
  const { legend, look, words } = data;
  const list = element("ul");
  if (data.layers.includes("fill")) {
    legend.classes.forEach((said, kind) => list.append(entry(look.classes[kind], said)));
  }
  for (const [size, said] of legend.sizes ?? []) list.append(circle(size, look, said));
  if (legend.hasWithheld) list.append(entry((ink) => pattern(ink, "hatch", look.sea, look.text), words.withheld));
  list.append(entry((ink) => pattern(ink, "dots", look.land, look.coast), words.no_data));
  for (const [colour, name] of legend.stages ?? []) list.append(entry(colour, name));
  root.replaceChildren(
    element("p", "title", legend.title),
    list,
    ...legend.notes.map((note) => element("p", "note", note)),
  );
};

export const showTooltip = (root, tooltip, x, y, lines) => {
  if (!lines.length) {
    tooltip.hidden = true;
    return;
  }
  const [title, ...rest] = lines;
  tooltip.replaceChildren(element("strong", "", title), ...rest.map((line) => element("div", "", line)));
  tooltip.hidden = false;
  const width = root.clientWidth;
  tooltip.style.left = `${Math.max(4, Math.min(x + 14, width - tooltip.offsetWidth - 4))}px`;
  tooltip.style.top = `${y + 18 + tooltip.offsetHeight > root.clientHeight ? y - tooltip.offsetHeight - 10 : y + 18}px`;
};

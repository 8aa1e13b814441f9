// The month slider: plays in the browser, never by itself; speed, pause, the month in large letters.

import { element } from "./words.js";

const SPEEDS = [1, 2, 4]; // months a second

export class Player {
  constructor(root, onMonth, onAsk) {
    this.onMonth = onMonth;
    this.month = element("output", "month");
    this.button = element("button", "play");
    this.button.type = "button";
    this.slider = element("input", "slider");
    this.slider.type = "range";
    this.slider.min = 0;
    this.speed = element("select", "speed");
    for (const speed of SPEEDS) {
      const option = element("option", "", `×${speed}`);
      option.value = speed;
      this.speed.append(option);
    }
    this.ask = element("button", "ask");
    this.ask.type = "button";
    this.bar = element("div", "time");
    this.bar.append(this.month, this.button, this.slider, this.speed, this.ask);
    root.append(this.bar);
    this.button.onclick = () => (this.running ? this.stop() : this.start());
    this.slider.oninput = () => {
      const at = Number(this.slider.value); // stopping sets the slider back
      this.stop();
      this.show(at);
    };
    this.ask.onclick = () => onAsk(this.months[this.at][0]);
  }

  // New data: stays at its month where that is still there, and goes on playing.
  hydrate(months, words, asOf) {
    this.words = words;
    const before = this.months?.[this.at]?.[0];
    this.months = months;
    this.bar.hidden = months.length < 2;
    if (this.bar.hidden) this.stop();
    this.slider.max = months.length - 1;
    this.slider.setAttribute("aria-label", words.month);
    this.speed.setAttribute("aria-label", words.speed);
    const wanted = this.asOf === asOf ? months.findIndex(([key]) => key === before) : -1;
    this.asOf = asOf;
    this.at = wanted >= 0 ? wanted : months.length - 1;
    this.label();
  }

  show(at) {
    this.at = at;
    this.label();
    this.onMonth(at);
  }

  label() {
    const name = this.months[this.at]?.[1] ?? "";
    this.month.textContent = name;
    this.slider.value = this.at;
    this.slider.setAttribute("aria-valuetext", name);
    this.button.textContent = this.running ? this.words.pause : this.words.play;
    this.ask.textContent = this.words.asked_month.replace("{month}", name);
    this.ask.hidden = this.at === this.months.length - 1;
  }

  start() {
    if (this.at === this.months.length - 1) this.at = -1;
    this.last = performance.now() - 1000;
    const step = (now) => {
      if (!this.running) return;
      if (now - this.last >= 1000 / Number(this.speed.value)) {
        this.last = now;
        if (this.at + 1 >= this.months.length) {
          this.stop();
          return;
        }
        this.show(this.at + 1);
      }
      this.running = requestAnimationFrame(step);
    };
    this.running = requestAnimationFrame(step);
    this.label();
  }

  stop() {
    cancelAnimationFrame(this.running);
    this.running = 0;
    if (this.months) this.label();
  }
}

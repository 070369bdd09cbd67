"use strict";
const HEAD = 25, STEP = 200;
const data = JSON.parse(document.getElementById("data").textContent);
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const compare = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" }).compare;
const number = new Intl.NumberFormat(document.documentElement.lang);
const told = (name, values = {}) => data.messages[name].replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);
const chosen = document.getElementById("document");
const views = [];

const node = (name, text = "", looks = "") => {
  const made = document.createElement(name);
  if (text) made.textContent = text;
  if (looks) made.className = looks;
  return made;
};

// A run is [text, bold]. A passage is [number of its text, places of its parts, places of marks, dotted].
const marked = (text, from, to, marks) => {
  const out = [];
  let at = from;
  for (let n = 0; n < marks.length; n += 2) {
    if (marks[n] < from || marks[n + 1] > to) continue;
    out.push([text.slice(at, marks[n]), false], [text.slice(marks[n], marks[n + 1]), true]);
    at = marks[n + 1];
  }
  return [...out, [text.slice(at, to), false]];
};
const passage = (value) => Array.isArray(value) && typeof value[0] === "number";
const runs = (value) => {
  if (!Array.isArray(value)) return [[value === 0 || value ? String(value) : "", false]];
  if (!passage(value)) return value.map((text, n) => [text, n % 2 === 1]);
  const [place, kept, marks, dotted] = value, text = data.texts[place], out = [];
  if (dotted && kept[0] > 0) out.push(["...", false]);
  for (let n = 0; n < kept.length; n += 2) {
    if (n) out.push(["... ", false]);
    out.push(...marked(text, kept[n], kept[n + 1], marks));
  }
  if (dotted && kept.at(-1) < text.length) out.push(["...", false]);
  return out;
};
const words = (value) => runs(value).map((run) => run[0]).join("");
const fill = (into, pieces) => {
  for (const [text, bold] of pieces) if (text) into.append(bold ? node("mark", text) : text);
  return into;
};

// Where a row leads to: "ADDRESS DOCUMENT PLACE" gives the source, at its page, the document in the review, and the footnote.
const links = (value) => {
  const [url, name, ...rest] = value.split(" "), place = rest.join(" "), page = url.split("#page=")[1];
  const places = [[told("review"), data.review + name]];
  if (url) places.unshift([page ? told("source_page", { page }) : told("source"), url]);
  const made = places.flatMap(([words, address]) => {
    const link = node("a", words);
    Object.assign(link, { href: address, rel: "noopener noreferrer", target: "_blank" });
    return [link, " "];
  });
  const source = data.sources[name];
  if (source) {
    const details = node("details", "", "cite");
    const cited = [source[0], place].filter(Boolean).join(", ");
    const address = source[1] && url ? `${cited.replace(/\.$/, "")}. Available at ${url}` : cited;
    details.append(node("summary", told("cite")), node("p", address));
    made.push(details);
  }
  return made;
};

class View {
  constructor(box) {
    const table = box.querySelector("table");
    this.body = table.tBodies[0];
    this.heads = [...table.tHead.rows[0].cells];
    this.input = box.querySelector("input");
    this.count = box.querySelector(".count");
    this.more = box.querySelector(".more");
    this.made = [...this.body.rows];
    this.packed = data.tables[box.dataset.name];
    const columns = this.packed ? this.packed.columns : [];
    this.columns = columns.map((column) => (column.u ? column.r.map((at) => column.u[at]) : column.v));
    this.total = this.packed ? this.columns[0].length : this.made.length;
    this.rows = [...Array(this.total).keys()];
    this.order = this.fits = this.rows;
    this.limit = this.made.length;
    this.folded = [];
    this.place = this.heads.findIndex((head) => head.classList.contains("c-document"));
    this.heads.forEach((head, n) => head.querySelector("button").addEventListener("click", () => this.sort(n)));
    let waiting;
    this.input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(() => this.filter(), 120); });
    if (this.more) {
      const [some, all] = this.more.children;
      some.addEventListener("click", () => this.show(this.limit + STEP));
      all.addEventListener("click", () => this.show(this.total));
    }
    this.tell();
  }

  text(row, n) {
    if (this.heads[n].classList.contains("c-open")) return "";
    if (this.packed) return words(this.columns[n][row]);
    const cell = this.made[row].cells[n];
    return (cell.querySelector(".q") || cell).textContent.trim();
  }

  all(row) {
    return (this.folded[row] ??= fold(this.heads.map((_, n) => this.text(row, n)).join(" ")));
  }

  // The markup of a row, the same as that of the first rows.
  row(at) {
    if (this.made[at]) return this.made[at];
    const made = node("tr");
    this.columns.forEach((values, n) => {
      const value = values[at], head = this.heads[n], cell = node("td");
      const shaded = this.packed.columns[n].shaded && typeof value === "number";
      const shade = shaded ? Math.ceil((5 * value) / this.packed.highest) : 0;
      if (head.classList.contains("n")) cell.className = shade ? `n s${shade}` : "n";
      else cell.dir = "auto";
      if (this.packed.columns[n].linking) cell.append(...links(value));
      else if (value !== "" && !(shaded && !value)) {
        cell.dataset.label = head.textContent;
        const whole = this.packed.columns[n].quoting && passage(value) && data.texts[value[0]];
        if (whole && (value[1].length > 2 || value[1][0] > 0 || value[1][1] < whole.length)) {
          const details = node("details"), text = node("p");
          text.dir = "auto";
          details.append(node("summary", told("whole")), fill(text, marked(whole, 0, whole.length, value[2])));
          cell.append(fill(node("span", "", "q"), runs(value)), details);
        } else fill(cell, runs(value));
      }
      made.append(cell);
    });
    return (this.made[at] = made);
  }

  filter() {
    const wanted = fold(this.input.value).split(/\s+/).filter(Boolean);
    const only = chosen && this.place >= 0 ? chosen.value : "";
    const fits = (row) => (!only || this.text(row, this.place) === only) && wanted.every((word) => this.all(row).includes(word));
    this.fits = wanted.length || only ? this.order.filter(fits) : this.order;
    this.show(this.packed ? HEAD : this.total);
  }

  sort(n) {
    const before = this.heads[n].getAttribute("aria-sort");
    const next = before === "ascending" ? "descending" : before === "descending" ? "" : "ascending";
    this.heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (next) this.heads[n].setAttribute("aria-sort", next);
    const sign = next === "descending" ? -1 : 1;
    const keys = this.rows.map((row) => this.text(row, n));
    this.order = !next ? this.rows : [...this.rows].sort((a, b) => {
      const x = keys[a], y = keys[b];
      return !x || !y ? (x ? -1 : y ? 1 : 0) : sign * compare(x, y);
    });
    const limit = this.limit;
    this.filter();
    if (limit > this.limit) this.show(limit);
  }

  show(limit) {
    this.limit = Math.min(limit, Math.max(this.fits.length, HEAD));
    this.body.replaceChildren(...this.fits.slice(0, this.limit).map((row) => this.row(row)));
    this.tell();
  }

  tell() {
    const fit = this.fits.length, shown = Math.min(fit, this.limit), all = number.format(this.total);
    const found = fit === this.total ? told(this.total === 1 ? "row" : "rows", { all }) : told("fit", { fit: number.format(fit), all });
    this.count.textContent = shown < fit ? told("first", { found, shown: number.format(shown) }) : found;
    if (!this.more) return;
    this.more.hidden = shown >= fit;
    this.more.children[1].textContent = told("all", { all: number.format(fit) });
  }
}

for (const box of document.querySelectorAll(".table")) if (box.querySelector("input")) views.push(new View(box));

// Cards and charts of one document, or of all again.
const cards = [...document.querySelectorAll(".cards dd")], sums = cards.map((card) => card.textContent);
const svgOf = (name) => document.querySelector(`#chart-${name} svg`);
const along = svgOf("along"), heat = svgOf("heatmap");
const shape = (name, attributes, text = "") => {
  const made = document.createElementNS(along.namespaceURI, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
};
const whole = along && { nodes: [...along.childNodes], title: document.querySelector("#chart-along strong").textContent };
const cells = heat && [...heat.querySelectorAll("rect")].map((rect, n) => {
  const text = heat.querySelectorAll("text.v")[n];
  return { rect, text, look: rect.getAttribute("class"), said: rect.textContent, words: text.textContent };
});

const drawAlong = (part) => {
  const box = document.getElementById("chart-along"), title = box.querySelector("strong");
  for (const extra of box.querySelectorAll("figcaption br, details")) extra.hidden = Boolean(part);
  box.querySelector(".said").hidden = Boolean(part);
  title.textContent = part ? told("along", { title: chosen.selectedOptions[0].textContent }) : whole.title;
  if (!part) return along.replaceChildren(...whole.nodes);
  const left = 48, high = 180, floor = 208, room = 1022 / part.bins, sum = Array(part.bins).fill(0), drawn = [];
  for (const [n, , count] of part.counts) sum[n] += count;
  const highest = Math.max(...sum), at = Array(part.bins).fill(floor);
  for (const [n, kind, count] of part.counts) {
    const tall = (count * high) / highest;
    at[n] -= tall;
    drawn.push(shape("rect", { class: `k${kind}`, x: left + n * room + 0.5, y: at[n], width: Math.max(room - 1.5, 1), height: tall }));
  }
  part.ticks.forEach((words, n) => {
    const short = words.slice(0, Math.max(4, Math.floor((room * part.every) / 7)));
    drawn.push(shape("text", { class: "q", x: left + n * part.every * room, y: floor + 15 }, short));
  });
  drawn.push(shape("text", { class: "q", x: left - 8, y: floor - high + 4, "text-anchor": "end" }, String(highest)));
  drawn.push(shape("path", { class: "l", d: `M${left} ${floor}H1070` }));
  const legend = whole.nodes.slice(-8);
  return along.replaceChildren(...whole.nodes.slice(0, 2), ...drawn, ...legend);
};

const drawHeat = (part) => {
  const highest = part ? Math.max(1, ...Object.values(part)) : 1;
  cells.forEach((cell, n) => {
    const count = part ? part[n] || 0 : 0;
    cell.rect.setAttribute("class", part ? `s${count ? Math.min(5, Math.ceil((5 * count) / highest)) : 0}` : cell.look);
    const said = cell.rect.querySelector("title");
    if (said) said.textContent = !part ? cell.said : count ? cell.said.replace(/\d+$/, count) : "";
    cell.text.textContent = part ? (count ? String(count) : "") : cell.words;
  });
  document.querySelector("#chart-heatmap details").hidden = Boolean(part);
};

const choose = () => {
  const one = chosen.value ? data.documents[chosen.value] : null;
  cards.forEach((card, n) => {
    const figure_ = one && one.sums[n];
    card.textContent = !chosen.value ? sums[n] : typeof figure_ === "number" ? number.format(figure_) : "–";
  });
  for (const figure of document.querySelectorAll("figure")) {
    const own = figure.id === "chart-along" ? one && one.along : figure.id === "chart-heatmap" ? one : null;
    figure.hidden = Boolean(chosen.value) && !own;
  }
  for (const said of document.querySelectorAll(".summary")) said.hidden = Boolean(chosen.value);
  const note = document.getElementById("whole");
  if (note) note.hidden = !chosen.value;
  if (along) drawAlong(one && one.along);
  if (heat) drawHeat(one && one.heat);
  views.forEach((view) => view.place >= 0 && view.filter());
};
if (chosen) chosen.addEventListener("change", choose);
const every = document.getElementById("every");
if (every) {
  every.hidden = false;
  every.addEventListener("click", () => views.forEach((view) => view.show(view.total)));
}

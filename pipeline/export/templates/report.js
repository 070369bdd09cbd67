"use strict";
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const compare = new Intl.Collator("en", { numeric: true, sensitivity: "base" }).compare;
const chosen = document.getElementById("document");
const views = [];

for (const box of document.querySelectorAll(".table")) {
  const table = box.querySelector("table");
  if (!table) continue;
  const body = table.tBodies[0];
  const input = box.querySelector("input");
  const count = box.querySelector(".count");
  const rows = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const place = heads.findIndex((head) => head.classList.contains("c-document"));
  const texts = new Map();
  const text = (row) => {
    if (!texts.has(row)) texts.set(row, fold([...row.cells].map((cell) => cell.textContent).join(" ")));
    return texts.get(row);
  };

  const show = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    const only = chosen && place >= 0 ? chosen.value : "";
    let shown = 0;
    for (const row of rows) {
      const fits = (!only || row.cells[place].textContent === only) && words.every((word) => text(row).includes(word));
      row.hidden = !fits;
      shown += fits;
    }
    count.textContent = shown === rows.length ? `${shown} rows` : `${shown} of ${rows.length} rows`;
  };

  const sort = (n) => {
    const before = heads[n].getAttribute("aria-sort");
    const next = before === "ascending" ? "descending" : before === "descending" ? "" : "ascending";
    heads.forEach((head) => head.removeAttribute("aria-sort"));
    if (next) heads[n].setAttribute("aria-sort", next);
    const sign = next === "descending" ? -1 : 1;
    const value = (row) => row.cells[n].textContent.trim();
    const sorted = next
      ? [...rows].sort((a, b) => {
          const x = value(a), y = value(b);
          return !x || !y ? (x ? -1 : y ? 1 : 0) : sign * compare(x, y);
        })
      : rows;
    body.append(...sorted);
  };

  let waiting;
  input.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 120); });
  heads.forEach((head, n) => head.querySelector("button").addEventListener("click", () => sort(n)));
  views.push(show);
}
if (chosen) chosen.addEventListener("change", () => views.forEach((show) => show()));

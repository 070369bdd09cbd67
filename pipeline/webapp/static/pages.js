// Selecting words in a document, rows of the table, places in the lexicon, and "/" everywhere. All of it is also a form or link.
"use strict";
(() => {
  const typing = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
  const plain = (event) => !(event.ctrlKey || event.metaKey || event.altKey || event.isComposing);
  const told = (name, values) => window.review.told(name, values);
  const characters = (text) => Array.from(text).length;

  // The words that are selected in one paragraph: offsets as the server counts them, spaces at both ends left out.
  const selected = () => {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const inside = [...document.querySelectorAll(".para[data-paragraph]")].filter((para) => range.intersectsNode(para));
    for (const para of inside.slice(0, 3)) {
      const words = para.querySelector(".words");
      if (!range.intersectsNode(words)) continue;
      const part = range.cloneRange();
      if (!words.contains(part.startContainer)) part.setStart(words, 0);
      if (!words.contains(part.endContainer)) part.setEnd(words, words.childNodes.length);
      const before = document.createRange();
      before.setStart(words, 0);
      before.setEnd(part.startContainer, part.startOffset);
      const text = part.toString();
      if (!text.trim()) continue;
      const start = characters(before.toString()) + characters(text) - characters(text.trimStart());
      const shown = text.trim();
      return { para, part, start, end: start + characters(shown), text: shown };
    }
    return null;
  };

  let held = null;
  const highlight = (range) => {
    if (!window.CSS?.highlights || !window.Highlight) return;
    if (range) CSS.highlights.set("chosen", new Highlight(range));
    else CSS.highlights.delete("chosen");
  };
  const close = () => {
    const panel = document.getElementById("adding");
    highlight(null);
    held = null;
    if (panel) panel.hidden = true;
  };
  const offer = () => {
    const panel = document.getElementById("adding");
    const chosen = panel && selected();
    if (!chosen) return;
    const same = held && held.para === chosen.para && held.start === chosen.start && held.end === chosen.end;
    held = chosen;
    const field = (name) => panel.querySelector(`[name=${name}]`);
    field("paragraph").value = chosen.para.dataset.paragraph;
    field("start").value = chosen.start;
    field("end").value = chosen.end;
    field("wording").value = chosen.text.split(/\s+/).join(" ").slice(0, 2000);
    document.getElementById("adding-words").textContent = chosen.text;
    document.getElementById("adding-place").textContent = chosen.para.querySelector(".number").textContent;
    panel.hidden = false;
    highlight(chosen.part);
    const [words, over] = [chosen.part.getBoundingClientRect(), panel.getBoundingClientRect()];
    if (words.bottom > over.top && words.right > over.left) window.scrollBy(0, words.bottom - over.top + 16);
    const key = window.review?.keyOf("c");
    if (!same) window.review?.say(key ? told("choose_key", { key }) : told("choose"));
  };

  // A form whose answer takes a while says so, and cannot be sent twice.
  document.addEventListener("submit", (event) => {
    const busy = event.target.dataset.busy;
    if (!busy) return;
    const button = event.target.querySelector("button");
    button.setAttribute("aria-disabled", "true");
    button.textContent = busy;
    event.target.addEventListener("submit", (again) => again.preventDefault());
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });

  const reading = () => document.querySelector("main.reading");
  let mouse = false;
  let later = 0;
  document.addEventListener("pointerdown", (event) => { mouse = event.pointerType === "mouse" && Boolean(event.target.closest(".words")); });

  // A browser does not begin to select inside a link, and every reference is one: that part is done here.
  let began = null;
  const caret = (x, y) => {
    if (document.caretPositionFromPoint) {
      const found = document.caretPositionFromPoint(x, y);
      return found && [found.offsetNode, found.offset];
    }
    const found = document.caretRangeFromPoint?.(x, y);
    return found && [found.startContainer, found.startOffset];
  };
  document.addEventListener("mousedown", (event) => {
    began = null;
    if (event.button !== 0 || event.detail !== 1 || event.shiftKey || !plain(event) || !event.target.closest(".words a.ref")) return;
    began = caret(event.clientX, event.clientY);
    if (!began) return;
    event.preventDefault();
    window.getSelection().removeAllRanges();
  });
  document.addEventListener("mousemove", (event) => {
    const here = began && event.buttons & 1 && caret(event.clientX, event.clientY);
    if (here) window.getSelection().setBaseAndExtent(...began, ...here);
  });
  document.addEventListener("pointerup", (event) => {
    const down = mouse;
    mouse = false;
    began = null;
    if (down && reading() && event.button === 0) window.setTimeout(offer, 0);
  });
  document.addEventListener("selectionchange", () => {
    window.clearTimeout(later);
    if (!reading() || mouse || document.activeElement?.closest("#adding")) return;
    later = window.setTimeout(() => { if (!mouse && !document.activeElement?.closest("#adding")) offer(); }, 350);
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest(".words a");
    if (link && (held || !window.getSelection().isCollapsed) && !event.ctrlKey && !event.metaKey) {
      if (selected() || (held && held.part.intersectsNode(link))) event.preventDefault();
    } else if (event.target.id === "adding-close") {
      const para = held?.para;
      window.getSelection().removeAllRanges();
      close();
      para?.querySelector(".add")?.focus({ preventScroll: true });
    }
  }, true);

  // The table: one row is the current one; what is done goes to the ticked rows, or to it when none is ticked.
  const rows = () => [...document.querySelectorAll("#rows tr[data-row]")];
  const box = (row) => row.querySelector("input[name=row]");
  const ticked = () => rows().filter((row) => box(row).checked);
  let [place, name] = [-1, ""];
  const current = () => {
    const all = rows();
    const focused = document.activeElement?.closest("tr[data-row]");
    if (focused) place = all.indexOf(focused);
    name = all[place] ? box(all[place]).value : "";
    return all[place] || null;
  };
  const count = () => {
    const line = document.getElementById("ticked-count");
    const number = ticked().length;
    if (line) line.textContent = number ? told("ticked", { number }) : "";
  };
  const move = (step) => {
    const all = rows();
    if (!all.length) return;
    current();
    place = Math.min(Math.max(place + step, 0), all.length - 1);
    all[place].focus({ preventScroll: true });
    all[place].scrollIntoView({ block: "nearest" });
    current();
  };
  const mean = () => {
    if (ticked().length) return true;
    const row = current();
    if (row) box(row).checked = true;
    else window.review?.say(told("tick"));
    count();
    return Boolean(row);
  };
  const tickAll = () => {
    const all = rows();
    const every = all.every((row) => box(row).checked);
    for (const row of all) box(row).checked = !every;
    count();
  };
  document.addEventListener("change", (event) => { if (event.target.matches("#rows input[name=row]")) count(); });
  document.addEventListener("click", (event) => {
    if (event.target.id === "tick-all") {
      event.preventDefault();
      tickAll();
    } else if (event.target.closest("#rows button[name=do]:not([value=undo])") && !mean()) {
      event.preventDefault();
      event.stopPropagation();
    }
  }, true);

  document.addEventListener("keydown", (event) => {
    if (!plain(event) || document.querySelector("dialog[open]")) return;
    const target = event.target;
    if (event.key === "Escape" && held) {
      event.preventDefault();
      event.stopPropagation();
      document.getElementById("adding-close").click();
      return;
    }
    if (event.key === "Enter" && target.dataset?.does) {
      event.preventDefault();
      document.querySelector(`#rows button[value=${target.dataset.does}]`).click();
      return;
    }
    if (typing(target)) return;
    const key = window.review?.meant(event) ?? "";
    if (key === "/" && !document.querySelector('main [data-key="/"]') && document.querySelector('header a[href="/search"]')) {
      event.preventDefault();
      window.location.assign("/search");
      return;
    }
    if (!document.getElementById("rows")) return;
    if (key === "j" || event.key === "ArrowDown") move(1);
    else if (key === "k" || event.key === "ArrowUp") move(-1);
    else if (key === "x" || (event.key === " " && target.matches("tr"))) {
      const row = current();
      if (!row) return;
      box(row).checked = !box(row).checked;
      count();
    } else if (event.key === "Enter" && target.matches("tr")) target.querySelector(".what a").click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // An entry of the lexicon that an address names is opened.
  const reveal = () => {
    let name = "";
    try { name = decodeURIComponent(window.location.hash.slice(1)); } catch { return; }
    const target = name ? document.getElementById(name) : null;
    const details = target?.closest("details.entry");
    if (!details || details.open) return;
    details.open = true;
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", reveal);

  const arrive = (first) => {
    close();
    count();
    if (first) {
      reveal();
      return;
    }
    const all = rows();
    if (all.length && place >= 0) {
      const same = all.findIndex((row) => box(row).value === name);
      place = same >= 0 ? same : Math.min(place, all.length - 1);
      all[place].focus({ preventScroll: true });
    }
  };
  document.addEventListener("review:arrived", (event) => arrive(event.detail.first));
  arrive(true);
})();

// Keys, focus and selection. Without this file every page works all the same: forms and links do everything.
"use strict";
(() => {
  const typing = (target) =>
    target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox]):not([type=radio])");
  let busy = false;

  const say = (text) => {
    const line = document.getElementById("said");
    if (!line) return;
    line.textContent = "";
    window.clearTimeout(say.later);
    if (!text) return;
    window.setTimeout(() => { line.textContent = text; }, 30);
    say.later = window.setTimeout(() => { line.textContent = ""; }, 6000);
  };

  const heading = () => document.querySelector("main h1");

  // What a page needs when it has come, by a first load or in place of another one.
  const arrive = (first) => {
    busy = false;
    const main = document.getElementById("main");
    if (!main) return;
    for (const shown of document.querySelectorAll(".scripted")) shown.hidden = false;
    for (const open of main.querySelectorAll("details[open] input:not([type=hidden]), details[open] textarea")) {
      open.focus();
      break;
    }
    if (!first && !main.querySelector("details[open]")) heading()?.focus({ preventScroll: true });
    if (first && window.location.hash === "#words") main.querySelector("#words")?.focus();
    say(main.dataset.said || "");
    for (const picture of main.querySelectorAll(".sheet img")) {
      const fail = () => {
        if (picture.classList.contains("boxes")) picture.remove();
        else picture.closest(".sheet").classList.add("failed");
      };
      if (picture.complete && picture.src && !picture.naturalWidth && !picture.classList.contains("boxes")) fail();
      else picture.addEventListener("error", fail);
      if (picture.classList.contains("boxes")) {
        if (picture.complete) reveal(picture);
        else picture.addEventListener("load", () => reveal(picture));
      }
    }
    words(main);
    document.dispatchEvent(new CustomEvent("review:arrived", { detail: { main, first } }));
  };

  // Bring the first box of the first page into view, within the pages only.
  const reveal = (boxes) => {
    const [paper, sheets] = [boxes.closest(".paper"), boxes.closest(".sheets")];
    if (!sheets || paper.closest(".sheet") !== sheets.querySelector(".sheet") || !boxes.naturalHeight) return;
    const top = (Number(paper.dataset.top) / boxes.naturalHeight) * paper.clientHeight;
    sheets.scrollTop = Math.max(0, top - sheets.clientHeight / 3);
  };

  // The form of the words: numbers, text and the marked paragraph follow each other.
  const words = (main) => {
    const paragraph = main.querySelector("#paragraph");
    const [first, last, text] = ["first", "last", "words"].map((name) => main.querySelector(`#${name}`));
    if (!paragraph || !first || !last || !text) return;
    const whole = paragraph.textContent;
    const steps = paragraph.dataset.steps.split(" ").map((step) => step.split("-").map(Number));
    const show = () => {
      const [from, to] = [Number(first.value), Number(last.value)];
      if (!(from >= 1 && to >= from && to <= steps.length)) return;
      const [start, end] = [steps[from - 1][0], steps[to - 1][1]];
      text.value = whole.slice(start, end).split(/\s+/).join(" ");
      const mark = document.createElement("mark");
      mark.className = "wording";
      mark.textContent = whole.slice(start, end);
      paragraph.replaceChildren(whole.slice(0, start), mark, whole.slice(end));
    };
    const keep = (moved) => {
      if (Number(first.value) > Number(last.value)) {
        if (moved === first) last.value = first.value;
        else first.value = last.value;
      }
      show();
    };
    for (const field of [first, last]) field.addEventListener("input", () => keep(field));
    paragraph.addEventListener("mouseup", () => {
      const range = chosen(paragraph);
      if (!range) return;
      const touched = steps.map(([start, end], n) => (start < range[1] && end > range[0] ? n + 1 : 0)).filter(Boolean);
      if (!touched.length) return;
      first.value = touched[0];
      last.value = touched[touched.length - 1];
      first.closest("details").open = true;
      show();
      say(`Selected: ${text.value}. Enter saves it.`);
      text.focus({ preventScroll: true });
    });
  };

  // Where the selection begins and ends in the text of an element, in UTF-16 units; null when it is not inside.
  const chosen = (element) => {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    return [start, start + range.toString().length];
  };

  // Other scripts of these pages use it: offsets as the server counts them, whole characters.
  window.review = {
    say,
    selected(element) {
      const range = chosen(element);
      if (!range) return null;
      const text = element.textContent;
      return range.map((offset) => Array.from(text.slice(0, offset)).length);
    },
  };

  const press = (key) => {
    const control = document.querySelector(`main [data-key="${CSS.escape(key)}"], header [data-key="${CSS.escape(key)}"]`);
    if (!control) return false;
    if (key === "?") {
      document.getElementById("keys").showModal();
    } else if (control.dataset.open) {
      open(control.dataset.open);
    } else if (key === "/" && control.matches("a")) {
      window.location.assign(`${control.href}#words`);
    } else if (control.matches("input")) {
      control.focus();
      control.select();
    } else {
      control.click();
    }
    return true;
  };

  const open = (name) => {
    const details = document.getElementById(name);
    if (!details) return;
    details.open = true;
    const field = details.querySelector("input:not([type=hidden]), textarea");
    field.focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest" });
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter" && event.target.matches("textarea")) {
      event.preventDefault();
      event.target.form.querySelector("button").click();
      return;
    }
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) {
      const details = event.target.closest("details");
      if (details) details.open = false;
      if (typing(event.target) || details) heading()?.focus({ preventScroll: true });
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if (typing(event.target) || document.querySelector("dialog[open]")) return;
    if (busy) {
      if (event.key.length === 1) event.preventDefault();
      return;
    }
    if (press(event.key)) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-open], header [data-key='?']");
    if (!control || event.defaultPrevented) return;
    event.preventDefault();
    if (control.dataset.open) open(control.dataset.open);
    else document.getElementById("keys").showModal();
  });

  document.addEventListener("htmx:beforeRequest", () => { busy = true; });
  document.addEventListener("htmx:afterRequest", (event) => { if (!event.detail.successful) busy = false; });
  document.addEventListener("htmx:sendError", () => { busy = false; say("The review does not answer. Is it still running?"); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt?.id === "main" || event.detail.target?.id === "main") arrive(false);
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => arrive(true));
  else arrive(true);
})();

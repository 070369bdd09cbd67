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

  // What is said in the language of the page, with values in the places of their names.
  const messages = JSON.parse(document.body.dataset.messages || "{}");
  const told = (name, values = {}) => messages[name].replace(/\{(\w+)\}/g, (place, key) => values[key] ?? place);

  const heading = () => document.querySelector("main h1");

  // What is kept in this browser: which keys do something, and how large pages are shown.
  const kept = (name, fallback) => {
    try { return { ...fallback, ...JSON.parse(window.localStorage.getItem(name) || "{}") }; } catch { return fallback; }
  };
  const keep = (name, value) => {
    try { window.localStorage.setItem(name, JSON.stringify(value)); } catch { /* a browser that keeps nothing */ }
  };

  // A note that was typed and not saved is kept in this tab until it is: whoever comes back to its item finds it.
  const drafts = (change) => {
    try {
      const held = JSON.parse(window.sessionStorage.getItem("gcmrefs.notes") || "{}");
      if (change) {
        change(held);
        window.sessionStorage.setItem("gcmrefs.notes", JSON.stringify(held));
      }
      return held;
    } catch { return {}; }
  };
  const itemOf = (path) => /\/item\/([^/?]+)/.exec(path)?.[1] ?? "";
  const showDraft = () => {
    const note = document.getElementById("note");
    const draft = note && drafts()[itemOf(window.location.pathname)];
    if (!draft || note.value.trim()) return;
    note.value = draft;
    note.closest("details").open = true;
  };
  document.addEventListener("input", (event) => {
    if (event.target.id === "note") drafts((held) => { held[itemOf(window.location.pathname)] = event.target.value; });
  });

  // Keys: `keys.own` has those that were changed, "" for one that does nothing.
  const keys = kept("gcmrefs.keys", { off: false, own: {} });
  const keyOf = (key) => keys.own[key] ?? key;
  const known = () => [...document.querySelectorAll("#keys [data-for]")].map((line) => line.dataset.for);
  // The key of the list that is meant, whatever Caps Lock or the layout says: "ش" is where "a" is.
  const meant = (event) => {
    if (keys.off || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return "";
    const pressed = event.key.toLowerCase();
    if (pressed.length !== 1 || (event.shiftKey && pressed !== event.key.toUpperCase())) return "";
    const place = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase() ?? (event.code === "Slash" ? (event.shiftKey ? "?" : "/") : "");
    for (const one of pressed > "\x7f" ? [pressed, pressed === "؟" ? "?" : place] : [pressed]) {
      const found = one && known().find((key) => keyOf(key) === one);
      if (found) return found;
    }
    return "";
  };
  // Controls say which key they have.
  const label = (place) => {
    for (const control of place.querySelectorAll("[data-key]")) {
      const key = keys.off ? "" : keyOf(control.dataset.key);
      const shown = control.querySelector("kbd") ?? control.labels?.[0]?.querySelector("kbd");
      if (shown) [shown.textContent, shown.hidden] = [key, !key];
      if (control.dataset.name) control.placeholder = key ? `${control.dataset.name} (${key})` : control.dataset.name;
      if (key) control.setAttribute("aria-keyshortcuts", key);
      else control.removeAttribute("aria-keyshortcuts");
    }
  };
  const listKeys = () => {
    const works = (key) => ["/", "?"].includes(key) || document.querySelector(`main [data-key="${CSS.escape(key)}"]`)
      || (document.getElementById("rows") && ["j", "k", "x"].includes(key));
    for (const line of document.querySelectorAll("#keys [data-for]")) {
      line.hidden = !works(line.dataset.for);
      line.querySelector("input").value = keyOf(line.dataset.for);
    }
    document.getElementById("keys-on").checked = !keys.off;
    document.getElementById("keys-said").hidden = true;
    document.getElementById("keys").showModal();
  };
  const changeKey = (field) => {
    const [key, wanted] = [field.closest("[data-for]").dataset.for, field.value.trim().toLowerCase()];
    const taken = wanted && known().find((other) => other !== key && keyOf(other) === wanted);
    const problem = document.getElementById("keys-said");
    problem.hidden = !taken;
    field.setAttribute("aria-invalid", taken ? "true" : "false");
    if (taken) {
      problem.textContent = told("taken", { key: wanted });
      return;
    }
    if (wanted === key) delete keys.own[key];
    else keys.own[key] = wanted;
    keep("gcmrefs.keys", keys);
    label(document);
  };
  document.addEventListener("input", (event) => { if (event.target.matches("#keys [data-for] input")) changeKey(event.target); });
  document.addEventListener("change", (event) => {
    if (event.target.id !== "keys-on") return;
    keys.off = !event.target.checked;
    keep("gcmrefs.keys", keys);
    label(document);
  });

  // What a page needs when it has come, by a first load or in place of another one.
  const arrive = (first) => {
    busy = false;
    const main = document.getElementById("main");
    if (!main) return;
    for (const shown of document.querySelectorAll(".scripted")) shown.hidden = false;
    label(document);
    if (!first && !document.getElementById("rows")) window.scrollTo(0, 0);
    words = formOfWords(main);
    const field = main.querySelector("[autofocus], details[open] input:not([type=hidden]), details[open] textarea");
    if (field) {
      if (!first || !field.autofocus) field.focus();
    } else {
      if (!first) heading()?.focus({ preventScroll: true });
      bring(main);
    }
    showDraft();
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
    zoom(kept("gcmrefs.page", { zoom: "width" }).zoom);
    document.dispatchEvent(new CustomEvent("review:arrived", { detail: { main, first } }));
  };

  // Bring the marked words into view, where the page begins too far above them.
  const bring = (main) => {
    const mark = main.querySelector("#paragraph mark.wording");
    if (!mark) return;
    const [box, bar] = [mark.getBoundingClientRect(), main.querySelector(".actions")?.getBoundingClientRect()];
    const bottom = bar ? bar.top : window.innerHeight;
    if (box.top < 0 || box.bottom > bottom - 8) window.scrollBy(0, box.top - Math.max(8, Math.min(bottom / 3, bottom - box.height - 8)));
  };

  // Bring the first box of the first page into view, within the pages only.
  const reveal = (boxes) => {
    const [paper, sheets] = [boxes.closest(".paper"), boxes.closest(".sheets")];
    if (!sheets || paper.closest(".sheet") !== sheets.querySelector(".sheet") || !boxes.naturalHeight) return;
    const top = (Number(paper.dataset.top) / boxes.naturalHeight) * paper.clientHeight;
    sheets.scrollTop = Math.max(0, paper.offsetTop + top - sheets.clientHeight / 3);
    sheets.scrollLeft = 0;
  };

  // Pages fit the width or the height, or are twice as wide; then they are dragged.
  const zoom = (size) => {
    const sheets = document.querySelector(".sheets");
    if (!sheets) return;
    sheets.dataset.zoom = size;
    for (const button of sheets.querySelectorAll("[data-zoom]")) {
      button.setAttribute("aria-pressed", String(button.dataset.zoom === size));
    }
    for (const picture of sheets.querySelectorAll("img[data-large]")) {
      if (size === "double" && picture.getAttribute("src") !== picture.dataset.large) picture.src = picture.dataset.large;
    }
    const boxes = sheets.querySelector(".boxes");
    if (boxes) reveal(boxes);
  };
  let dragged = null;
  document.addEventListener("pointerdown", (event) => {
    const sheets = event.target.closest?.(".sheets .paper")?.closest(".sheets");
    if (!sheets || event.button !== 0 || event.pointerType !== "mouse") return;
    event.preventDefault();
    dragged = { sheets, x: event.clientX + sheets.scrollLeft, y: event.clientY + sheets.scrollTop };
  });
  document.addEventListener("pointermove", (event) => {
    if (!dragged) return;
    if (!(event.buttons & 1)) dragged = null;
    else dragged.sheets.scrollTo(dragged.x - event.clientX, dragged.y - event.clientY);
  });
  document.addEventListener("pointerup", () => { dragged = null; });

  // The form of the words: numbers, text and the marked paragraph follow each other until it is left.
  let words = null;
  const formOfWords = (main) => {
    const paragraph = main.querySelector("#paragraph");
    const [first, last, text] = ["first", "last", "words"].map((name) => main.querySelector(`#${name}`));
    if (!paragraph || !first || !last || !text) return null;
    const whole = paragraph.textContent;
    const shown = [...paragraph.childNodes].map((node) => node.cloneNode(true));
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
    const follow = (moved) => {
      if (Number(first.value) > Number(last.value)) {
        if (moved === first) last.value = first.value;
        else first.value = last.value;
      }
      show();
    };
    for (const field of [first, last]) field.addEventListener("input", () => follow(field));
    paragraph.addEventListener("mouseup", () => {
      if (chosen(paragraph)) say(keys.off || !keyOf("e") ? told("words") : told("words_key", { key: keyOf("e") }));
    });
    return {
      changed: () => [first, last, text].some((field) => field.value !== field.defaultValue),
      restore() {
        for (const field of [first, last, text]) field.value = field.defaultValue;
        paragraph.replaceChildren(...shown.map((node) => node.cloneNode(true)));
      },
      take() {
        const range = chosen(paragraph);
        const touched = range ? steps.map(([start, end], n) => (start < range[1] && end > range[0] ? n + 1 : 0)).filter(Boolean) : [];
        if (!touched.length) return false;
        [first.value, last.value] = [touched[0], touched[touched.length - 1]];
        show();
        return true;
      },
    };
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

  // Other scripts of these pages use it: what a key means, and offsets as the server counts them, whole characters.
  window.review = {
    told,
    say,
    meant,
    keyOf: (key) => (keys.off ? "" : keyOf(key)),
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
      listKeys();
    } else if (control.dataset.open) {
      open(control.dataset.open);
    } else if (key === "/" && control.matches("a")) {
      window.location.assign(`${control.href}#words`);
    } else if (control.matches("input:not([type=radio])")) {
      control.focus();
      control.select();
    } else {
      control.click();
      if (control.matches("input")) control.focus();
    }
    return true;
  };

  const open = (name) => {
    const details = document.getElementById(name);
    if (!details) return;
    const taken = name === "open-span" && words?.take();
    details.open = true;
    const field = taken ? details.querySelector("#words") : details.querySelector("input:not([type=hidden]), textarea");
    field.focus({ preventScroll: true });
    details.scrollIntoView({ block: "nearest" });
    if (taken) say(told("ends"));
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
      if (details?.id === "open-span") words?.restore();
      if (typing(event.target) || details) heading()?.focus({ preventScroll: true });
      return;
    }
    if (event.repeat || typing(event.target) || document.querySelector("dialog[open]")) return;
    const key = meant(event);
    if (busy) {
      if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) event.preventDefault();
      return;
    }
    if (key && press(key)) event.preventDefault();
  });
  // A form of words that is closed is dropped: what is marked is what is accepted.
  document.addEventListener("toggle", (event) => {
    if (event.target.id === "open-span" && !event.target.open && words?.changed()) words.restore();
  }, true);

  // Nothing that was typed or moved is passed over by a button beside it.
  document.addEventListener("click", (event) => {
    const action = /\/(accept|reject|unsure)(?:[?]|$)/.exec(event.target.closest("button")?.form?.getAttribute("action") ?? "")?.[1];
    const button = event.target.closest("button");
    const accepts = action === "accept" || button?.getAttribute("formaction")?.includes("/accept");
    if (accepts && words?.changed()) {
      say(told("changed"));
    } else if (action && document.getElementById("note")?.value.trim()) {
      const both = document.querySelector(`#open-note button[formaction*="/${action}"]`);
      if (!both) return;
      both.click();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  document.addEventListener("click", (event) => {
    const control = event.target.closest("[data-open], header [data-key='?'], button[data-zoom], #keys-reset");
    if (!control || event.defaultPrevented) return;
    event.preventDefault();
    if (control.dataset.open) open(control.dataset.open);
    else if (control.dataset.zoom) {
      keep("gcmrefs.page", { zoom: control.dataset.zoom });
      zoom(control.dataset.zoom);
    } else if (control.id === "keys-reset") {
      [keys.off, keys.own] = [false, {}];
      keep("gcmrefs.keys", keys);
      label(document);
      document.getElementById("keys").close();
    } else listKeys();
  });

  document.addEventListener("htmx:beforeRequest", (event) => { if (event.detail.target?.id === "main") busy = true; });
  document.addEventListener("htmx:afterRequest", (event) => {
    const { successful, requestConfig: sent } = event.detail;
    if (!successful) busy = false;
    else if (sent?.verb === "post" && sent.parameters?.comment) drafts((held) => { delete held[itemOf(sent.path)]; });
  });
  document.addEventListener("htmx:sendError", () => { busy = false; say(told("silent")); });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.elt?.id === "main" || event.detail.target?.id === "main") arrive(false);
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", () => arrive(true));
  else arrive(true);
})();

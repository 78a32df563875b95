// Suggestions under the search box. Without this script the box is a plain field of a plain form; nothing else depends on it.
"use strict";

const WAIT_MS = 60;
const KINDS = { own: "我的检索", title: "标题", short_name: "简称", heading: "章节", term: "常用词" };
const PAST = { amended: "已被修改", repealed: "已废止", expired: "已失效", not_yet_effective: "尚未施行" };

// The user's own earlier queries stay in this browser; nothing of them is sent.
const OWN = "faju.queries", OWN_MAX = 40;

function earlier() {
  try {
    const kept = JSON.parse(localStorage.getItem(OWN) || "[]");
    return Array.isArray(kept) ? kept.filter(query => typeof query === "string") : [];
  } catch { return []; }
}

function remember(query) {
  const queries = [query, ...earlier().filter(known => known !== query)].slice(0, OWN_MAX);
  try { localStorage.setItem(OWN, JSON.stringify(queries)); } catch { /* a browser that keeps nothing */ }
}

function own(typed, most) {
  const found = earlier().filter(query => query.includes(typed) && query !== typed).slice(0, most);
  return found.map(text => {
    const start = typed ? [...text.slice(0, text.indexOf(typed))].length : 0;
    return { kind: "own", text, span: { start, end: start + [...typed].length } };
  });
}

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text) made.textContent = text;
  return made;
}

// The text with the matched code points marked.
function marked(text, span) {
  const points = [...text];
  const piece = (from, to) => points.slice(from, to).join("");
  const made = element("span", "what");
  made.append(piece(0, span.start), element("mark", "", piece(span.start, span.end)), piece(span.end));
  return made;
}

// Where a suggestion leads; a term, and a heading that many have, is searched for.
function target(item) {
  if (!item.instrument || (item.kind === "heading" && item.count > 1)) return null;
  const place = item.provision ? item.provision.split("/") : null;
  return place ? `/i/${place[0]}#${place[1]}` : `/i/${item.instrument}`;
}

function about(item) {
  if (item.kind === "own") return "";
  if (item.kind === "title") return PAST[item.status] || "";
  if (item.kind === "term" || item.count > 1) return `${item.count} 件`;
  return item.title;
}

function attach(form, at) {
  const input = form.querySelector("input[name=q]");
  const list = element("ul", "suggestions");
  list.id = `suggestions-${at}`;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "输入提示");
  list.hidden = true;
  form.append(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    input.setAttribute(name, value);
  }
  let items = [], active = -1, timer = 0, asking = null;

  function close() {
    list.hidden = true;
    activate(-1);
    input.setAttribute("aria-expanded", "false");
  }

  function activate(next) {
    active = next;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", list.children[active].id);
    list.children[active].scrollIntoView({ block: "nearest" });
  }

  function take(item) {
    const path = target(item);
    close();
    if (path) return location.assign(path);
    input.value = item.text;
    form.requestSubmit();
  }

  function show(found) {
    items = found;
    list.replaceChildren(...items.map((item, at) => {
      const option = element("li", "");
      option.dataset.kind = item.kind;
      option.id = `${list.id}-${at}`;
      option.setAttribute("role", "option");
      option.append(marked(item.text, item.span), element("span", "kind", KINDS[item.kind]), element("span", "leads", about(item)));
      option.addEventListener("pointerdown", event => event.preventDefault());
      option.addEventListener("click", () => take(item));
      return option;
    }));
    list.hidden = items.length === 0;
    input.setAttribute("aria-expanded", String(items.length > 0));
    activate(-1);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const typed = input.value.trim();
    if (!typed) return show([]);
    const mine = own(typed, 3);
    try {
      const answer = await fetch(`/api/v1/suggest?q=${encodeURIComponent(typed)}`, { signal: asking.signal });
      if (answer.ok && typed === input.value.trim() && document.activeElement === input) show([...(await answer.json()).items, ...mine]);
    } catch (problem) {
      // A newer question took its place, or there is no network: the box works without suggestions.
      if (problem.name !== "AbortError") close();
    }
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT_MS);
  });
  input.addEventListener("blur", close);
  const recall = () => { if (!input.value.trim()) show(own("", 8)); };
  input.addEventListener("click", recall);
  input.addEventListener("keydown", event => {
    if (event.isComposing) return;
    if (list.hidden && event.key === "ArrowDown") recall();
    if (list.hidden) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      // The place behind the last is the box itself.
      activate((active + 1 + step + items.length + 1) % (items.length + 1) - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      take(items[active]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}

document.querySelectorAll("form.box").forEach(attach);
const asked = location.pathname === "/" && new URLSearchParams(location.search).get("q");
if (asked && asked.trim()) remember(asked.trim());

// While reading: what is cited shown beside the citation, the outline that follows, the way from hit to hit. Every one of these is
// also a link or a list of links.
{
  const HOVER_MS = 250, KEPT_MAX = 60, SHOWN_MAX = 420;

  // The text behind a link to a provision, asked for once.
  const known = new Map();
  async function provision(path) {
    if (!known.has(path)) {
      if (known.size >= KEPT_MAX) known.clear();
      const asked = fetch(`/api/v1/provisions/${path.slice(3)}`).then(answer => answer.ok ? answer.json() : null, () => null);
      known.set(path, asked);
    }
    return known.get(path);
  }

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("role", "tooltip");
  let over = null, timer = 0;

  function hide() {
    clearTimeout(timer);
    tip.hidden = true;
    over?.removeAttribute("aria-describedby");
    over = null;
  }

  async function show(link) {
    over = link;
    const found = await provision(link.getAttribute("href").split(/[?#]/)[0]);
    if (over !== link || !found) return;
    const text = [...found.text];
    const head = document.createElement("strong");
    head.textContent = `${found.instrument.title} ${found.label}`;
    tip.replaceChildren(head, document.createElement("br"), text.slice(0, SHOWN_MAX).join("") + (text.length > SHOWN_MAX ? "……" : ""));
    if (!tip.isConnected) document.body.append(tip);
    tip.hidden = false;
    link.setAttribute("aria-describedby", "tip");
    const place = link.getClientRects()[0] || link.getBoundingClientRect(), own = tip.getBoundingClientRect();
    const below = place.bottom + own.height + 8 < innerHeight || place.top < own.height + 8;
    tip.style.left = `${Math.max(8, Math.min(place.left, innerWidth - own.width - 8)) + scrollX}px`;
    tip.style.top = `${(below ? place.bottom + 6 : place.top - own.height - 6) + scrollY}px`;
  }

  const cited = event => event.target.closest?.("a.cite[href^='/p/'], .evidence .name a[href^='/p/']");
  document.addEventListener("pointerover", event => {
    const link = event.pointerType === "mouse" && cited(event);
    if (!link) return over && !tip.contains(event.target) && hide();
    if (link === over) return;
    hide();
    timer = setTimeout(() => show(link), HOVER_MS);
  });
  document.addEventListener("focusin", event => {
    hide();
    const link = cited(event);
    if (link) show(link);
  });
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", event => { if (event.key === "Escape") hide(); });

  // Results: the whole provision beside the list, for the hit under the pointer or the focus, where there is room for it.
  const results = document.querySelector(".results");
  if (results && results.querySelector(".hit[data-provision]")) {
    const wide = matchMedia("(min-width: 75rem)"), panel = document.createElement("aside");
    panel.className = "preview";
    panel.setAttribute("aria-label", "预览");
    let wanted = null, soon = 0;
    const preview = async hit => {
      wanted = hit;
      const found = await provision(`/p/${hit.dataset.provision}`);
      if (wanted !== hit || !found) return;
      const head = document.createElement("h2"), text = document.createElement("p"), about = document.createElement("p");
      const link = document.createElement("a");
      link.href = `/p/${found.id}`;
      link.textContent = `${found.instrument.title} ${found.label}`;
      head.append(link);
      about.className = "meta";
      about.textContent = (found.path || []).join(" › ");
      text.textContent = found.text.replace(/\n\s*\n/g, "\n");
      panel.replaceChildren(head, about, text);
      panel.scrollTop = 0;
      if (!panel.isConnected) results.append(panel);
      results.classList.add("previewing");
    };
    const near = event => {
      const hit = wide.matches && event.target.closest?.(".hit[data-provision]");
      clearTimeout(soon);
      if (hit && hit !== wanted) soon = setTimeout(() => preview(hit), HOVER_MS);
    };
    results.addEventListener("pointerover", near);
    results.addEventListener("focusin", near);
    if (wide.matches) preview(results.querySelector(".hit[data-provision]"));
  }

  // The line of the outline whose text is on the screen.
  const lines = new Map([...document.querySelectorAll(".outline a")].map(link => [link.getAttribute("href").slice(1), link]));
  const places = [...lines.keys()].map(id => document.getElementById(id)).filter(Boolean);
  if (places.length > 1) {
    let waiting = false, current = null;
    const follow = () => {
      waiting = false;
      let low = 0, high = places.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (places[middle].getBoundingClientRect().top <= 120) low = middle + 1; else high = middle;
      }
      const next = lines.get(places[Math.max(0, low - 1)].id);
      if (next === current) return;
      current?.removeAttribute("aria-current");
      next.setAttribute("aria-current", "true");
      current = next;
      const side = next.closest(".side");
      if (side && side.scrollHeight > side.clientHeight) {
        side.scrollTop += next.getBoundingClientRect().top - side.getBoundingClientRect().top - side.clientHeight / 3;
      }
    };
    addEventListener("scroll", () => { if (!waiting) requestAnimationFrame(follow); waiting = true; }, { passive: true });
    follow();
  }

  // The place that the address names, where it is a part of an article: an empty mark has no looks of its own.
  const at = () => {
    document.querySelectorAll(".provision.at, .provision p.at").forEach(old => old.classList.remove("at"));
    const place = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place || !place.matches(".provision span")) return;
    place.closest(".provision").classList.add("at");
    place.closest("p")?.classList.add("at");
  };
  addEventListener("hashchange", at);
  at();

  // From hit to hit: n and p, or the two buttons.
  const hits = [...document.querySelectorAll(".body mark")];
  const bar = document.querySelector(".hits .step");
  if (bar && hits.length) {
    let at = -1;
    const said = bar.querySelector("[role=status]");
    const step = by => {
      hits[at]?.classList.remove("here");
      if (at < 0 && by > 0) {
        const first = hits.findIndex(hit => hit.getBoundingClientRect().top >= 0);
        at = first < 0 ? hits.length - 1 : first - 1;
      }
      at = (at + by + hits.length) % hits.length;
      hits[at].classList.add("here");
      hits[at].scrollIntoView({ block: "center" });
      said.textContent = `第 ${at + 1} 处，共 ${hits.length} 处`;
    };
    bar.hidden = false;
    bar.querySelector(".next").addEventListener("click", () => step(1));
    bar.querySelector(".back").addEventListener("click", () => step(-1));
    document.addEventListener("keydown", event => {
      const typing = event.target.closest("input, textarea, select") || event.ctrlKey || event.metaKey || event.altKey;
      if (!typing && (event.key === "n" || event.key === "p")) step(event.key === "n" ? 1 : -1);
    });
  }

  // The provision under the pointer or the focus is copied with its formal citation, by one button that follows.
  if (navigator.clipboard && document.querySelector(".body .provision .anchor")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quote-it";
    const follow = event => {
      const anchor = event.target.closest?.(".body .provision")?.querySelector(".anchor");
      if (!anchor || anchor.nextSibling === button) return;
      button.textContent = "⧉";
      button.title = `连同出处复制${anchor.title.replace("的固定地址", "")}`;
      button.setAttribute("aria-label", button.title);
      anchor.after(button);
    };
    button.addEventListener("click", async () => {
      const found = await provision(new URL(button.previousSibling.href).pathname);
      if (!found) return;
      const words = found.text.startsWith(found.label) ? found.text.slice(found.label.length) : found.text;
      await navigator.clipboard.writeText(`${found.citation || `${found.instrument.title} ${found.label}`}：\n${words.trim().replace(/\n\s*\n/g, "\n")}`);
      button.textContent = "✓";
      button.setAttribute("aria-label", "已复制");
    });
    document.addEventListener("pointerover", follow);
    document.addEventListener("focusin", follow);
  }

  // The formal citation is copied by a button, where the browser lets a page do that.
  for (const copy of document.querySelectorAll(".formal .copy")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "quiet";
    button.textContent = "复制";
    button.addEventListener("click", () => navigator.clipboard.writeText(copy.textContent.trim()).then(() => { button.textContent = "已复制"; }));
    copy.after(" ", button);
  }
}

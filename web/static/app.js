// What a script adds: copying, shortcuts, focus. Asking, reading and citing work without it.
(() => {
  "use strict";
  const $ = (selector, within = document) => within.querySelector(selector);
  const status = $("#status");
  const keys = $("#keys");
  const keysOff = $("#keys-off");
  const KEYS_OFF = "qa.keys-off";

  // A bare #p=start-end (an address made by hand) is sent on, so that the server marks the words.
  const spot = /^#p=(\d+)-(\d+)$/.exec(decodeURIComponent(location.hash));
  if (spot && document.body.classList.contains("reading") && !document.getElementById(location.hash.slice(1))) {
    const query = new URLSearchParams(location.search);
    if (query.get("start") !== spot[1] || query.get("end") !== spot[2]) {
      query.set("start", spot[1]);
      query.set("end", spot[2]);
      location.replace(`${location.pathname}?${query}${location.hash}`);
    }
  }

  // ---- telling
  let fading;
  function say(text) {
    status.textContent = text;
    status.classList.add("shown");
    clearTimeout(fading);
    fading = setTimeout(() => status.classList.remove("shown"), 2400);
  }

  // ---- copying
  async function copy(text) {
    if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
    // Plain http on a local network has no clipboard interface.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
  }
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    const citation = document.getElementById(button.dataset.copy);
    try {
      await copy(citation.textContent);
      say(button.dataset.said);
    } catch {
      const fold = citation.closest("details");
      if (fold) fold.open = true;
      getSelection().selectAllChildren(citation);
      say("浏览器不让复制，已选中文字，请按 Ctrl-C");
    }
  });

  // ---- waiting
  const TWICE_MS = 800; // a second press so soon is the same one
  const sent = new WeakMap();
  const busy = document.documentElement.classList;
  document.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || event.target.method === "dialog") return;
    if (event.timeStamp - (sent.get(event.target) ?? -Infinity) < TWICE_MS) return event.preventDefault();
    sent.set(event.target, event.timeStamp);
    busy.add("busy");
    setTimeout(() => busy.remove("busy"), 15000); // a form that only downloads leaves the page standing
    if (!event.target.matches(".ask")) return;
    // A question that was typed is not lost to a server that has gone away.
    event.preventDefault();
    try {
      await fetch("/healthz", { cache: "no-store" });
      event.target.submit();
    } catch {
      busy.remove("busy");
      say("连不上服务。请确认 qa serve 还在运行，再按一次提问");
    }
  });
  addEventListener("pageshow", () => busy.remove("busy"));
  if (document.body.classList.contains("home") && matchMedia("(hover: hover) and (pointer: fine)").matches) {
    $("#q").focus({ preventScroll: true });
  }

  // ---- shortcuts
  let stored = null;
  try { stored = localStorage.getItem(KEYS_OFF); } catch { /* storage may be switched off */ }
  keysOff.checked = stored !== null;
  function keep(name, value) {
    try {
      if (value) localStorage.setItem(name, value);
      else localStorage.removeItem(name);
    } catch { /* holds for this page only */ }
  }
  keysOff.addEventListener("change", () => keep(KEYS_OFF, keysOff.checked ? "1" : ""));

  // ---- preferences of this browser (the settings page)
  const preferences = $("[data-preferences]");
  if (preferences) {
    const { theme, keys: single } = preferences.elements;
    try { theme.value = localStorage.getItem("qa.theme") ?? ""; } catch { /* as the system has it */ }
    single.checked = !keysOff.checked;
    preferences.addEventListener("change", () => {
      if (theme.value) document.documentElement.dataset.theme = theme.value;
      else delete document.documentElement.dataset.theme;
      keysOff.checked = !single.checked;
      keep("qa.theme", theme.value);
      keep(KEYS_OFF, single.checked ? "" : "1");
      say("已保存");
    });
    keysOff.addEventListener("change", () => { single.checked = !keysOff.checked; });
  }
  const toggleKeys = () => (keys.open ? keys.close() : keys.showModal());
  $("[data-open=keys]").addEventListener("click", toggleKeys);

  const chosen = () => document.activeElement.closest("[data-passage]");
  function move(step) {
    const passages = [...document.querySelectorAll("article[data-passage]")]; // a page may have been put anew in its place
    if (!passages.length) return follow(step > 0 ? "[data-step=next]" : "[data-step=previous]"); // the hits in an original
    const at = passages.indexOf(chosen());
    const next = passages[at < 0 ? (step > 0 ? 0 : passages.length - 1) : Math.min(Math.max(at + step, 0), passages.length - 1)];
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  const follow = (selector, within) => $(selector, within ?? document)?.click();
  const actions = {
    "/": () => { const box = $("#q"); if (box) { box.focus(); box.select(); } else location.assign("/"); },
    "?": toggleKeys,
    j: () => move(1),
    k: () => move(-1),
    o: () => follow("[data-open-source]", chosen() ?? $("[data-passage]")),
    c: () => follow("[data-copy]", chosen() ?? $("[data-passage]")),
    a: () => follow(".collect", chosen() ?? $("[data-passage]")),
    n: () => follow("[data-step=next]"),
    p: () => follow("[data-step=previous]"),
  };
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]")) return;
    if (keysOff.checked || (keys.open && event.key !== "?")) return;
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    }
  });
})();

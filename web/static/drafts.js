// A draft without reloads: forms are sent and the answer takes the page's place; items can be dragged. All of it works without.
(() => {
  "use strict";
  const live = () => document.querySelector("[data-live]");
  const status = document.querySelector("#status");
  let fading;
  function say(text) {
    status.textContent = text;
    status.classList.add("shown");
    clearTimeout(fading);
    fading = setTimeout(() => status.classList.remove("shown"), 4000);
  }

  // What was typed and not saved yet, and which folds stand open, by id.
  function unsaved() {
    const fields = [...live().querySelectorAll("textarea, input:not([type=hidden])")].filter((f) => f.id && f.value !== f.defaultValue);
    return fields.map((f) => [f.id, f.value]);
  }
  function put(page, keep, focus) {
    const typed = unsaved().filter(([id]) => !keep || !keep.has(id));
    live().replaceWith(page);
    for (const [id, value] of typed) {
      const field = document.getElementById(id);
      if (!field) continue;
      field.value = value;
      const fold = field.closest("details");
      if (fold) fold.open = true;
    }
    const target = focus.map((id) => document.getElementById(id)).find((e) => e && !e.disabled && e.getClientRects().length) ?? document.getElementById("undo");
    target?.focus({ preventScroll: true });
    target?.scrollIntoView({ block: "nearest" });
  }

  async function answer(response) {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const next = page.querySelector("[data-live]");
    if (next) return document.adoptNode(next);
    throw new Error(page.querySelector("h1")?.textContent ?? "");
  }

  function told(page) {
    const alarm = page.querySelector("[role=alert]");
    const undo = page.querySelector("#undo .step-label");
    return alarm ? alarm.textContent : undo ? `已做${undo.textContent}，可以撤销` : "已还原";
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!live()?.contains(form) || form.method !== "post" || "leave" in form.dataset) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const submitter = event.submitter;
    const item = form.closest("[data-item]");
    const beside = item?.nextElementSibling ?? item?.previousElementSibling;
    const focus = [submitter?.id, beside && `remove-${beside.dataset.item}`].filter(Boolean);
    if (item && submitter?.closest("details")) focus.unshift(`up-${item.dataset.item}`, `down-${item.dataset.item}`);
    const saved = new Set([...form.elements].map((e) => e.id).filter(Boolean));
    try {
      const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, submitter)), credentials: "same-origin" });
      const page = await answer(response);
      const text = told(page);
      put(page, saved, focus);
      say(text);
    } catch (error) {
      form.ariaBusy = null; // what was typed stays where it is
      say(error.message || "没有保存：连不上服务。请确认 qa serve 还在运行");
    }
  });

  // ---- dragging
  let dragged = null;
  const over = () => document.querySelectorAll(".drop-before, .drop-last").forEach((e) => e.classList.remove("drop-before", "drop-last"));
  function place(event) {
    const item = event.target.closest?.("[data-item]");
    if (item) {
      const box = item.getBoundingClientRect();
      const next = item.nextElementSibling;
      if (event.clientY < box.top + box.height / 2) return { mark: item, name: "drop-before", before: item };
      return next ? { mark: next, name: "drop-before", before: next } : { mark: item, name: "drop-last", last: item.closest("[data-group]") };
    }
    const group = event.target.closest?.("[data-group]");
    return group ? { mark: group, name: "drop-last", last: group } : null;
  }
  document.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".handle")?.closest("[data-item]") ?? null;
    if (!dragged) return;
    dragged.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    event.dataTransfer.setDragImage(dragged, 12, 12);
  });
  document.addEventListener("dragover", (event) => {
    const at = dragged && place(event);
    if (!at) return;
    event.preventDefault();
    over();
    at.mark.classList.add(at.name);
  });
  document.addEventListener("drop", async (event) => {
    const at = dragged && place(event);
    if (!at) return;
    event.preventDefault();
    const id = dragged.dataset.item;
    const body = at.before ? { before: Number(at.before.dataset.item) } : { last: true, group: at.last.dataset.group };
    const draft = live().dataset.draft;
    try {
      const moved = await fetch(`/api/drafts/${draft}/items/${id}`, {
        method: "PATCH",
        headers: { "content-type": "application/json" },
        credentials: "same-origin",
        body: JSON.stringify(body),
      });
      if (!moved.ok) throw new Error((await moved.json()).error.message);
      const page = await answer(await fetch(`/drafts/${draft}`, { credentials: "same-origin" }));
      const text = told(page);
      put(page, null, [`up-${id}`, `down-${id}`]);
      say(text);
    } catch (error) {
      say(error.message || "没有移动，请再试一次");
    }
  });
  document.addEventListener("dragend", () => {
    over();
    dragged?.classList.remove("dragged");
    dragged = null;
  });
})();

// Putting words into the 引用夹 without leaving the page, and any words that are selected in an original.
(() => {
  "use strict";
  const status = document.querySelector("#status");
  let fading;
  function say(text) {
    if (!status) return;
    status.textContent = text;
    status.classList.add("shown");
    clearTimeout(fading);
    fading = setTimeout(() => status.classList.remove("shown"), 4000);
  }

  async function collect(span) {
    const response = await fetch("/api/drafts/current/items", {
      method: "POST",
      headers: { "content-type": "application/json" },
      credentials: "same-origin",
      body: JSON.stringify(span),
    });
    const body = await response.json();
    if (!response.ok) throw new Error(`${body.error.message}${body.error.hint ? `。${body.error.hint}` : ""}`);
    say(body.new ? `已加入「${body.draft_name}」，共 ${body.items} 条` : `已在「${body.draft_name}」里`);
    return body;
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form.collecting");
    if (!form) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    const asked = new URL(form.action).searchParams;
    try {
      const made = await collect({ document: asked.get("document"), start: Number(asked.get("start")), end: Number(asked.get("end")) });
      const button = form.querySelector("button");
      button.textContent = "已在引用夹";
      if (!form.querySelector("a")) {
        const link = document.createElement("a");
        link.className = "action";
        link.href = `/drafts/${made.draft_id}#item-${made.item.id}`;
        link.textContent = "去看";
        link.ariaLabel = `打开引用夹：${made.draft_name}`;
        form.append(link);
      }
    } catch (error) {
      say(error.message || "没有加入，请再试一次");
    }
    form.ariaBusy = null;
  });

  // ---- a selection in the original
  const original = document.querySelector(".original");
  if (!original) return;
  const offer = document.createElement("button");
  offer.type = "button";
  offer.className = "button primary collect-selection";
  offer.hidden = true;
  document.body.append(offer);

  // Code points from the start of a block to a point in it: what stands there is the document's text, character for character.
  function offset(node, at) {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const block = element.closest("[data-start]");
    if (!block || !original.contains(block)) return null;
    const range = document.createRange();
    range.setStart(block, 0);
    range.setEnd(node, at);
    return Number(block.dataset.start) + [...range.toString()].length;
  }
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const start = offset(range.startContainer, range.startOffset);
    // A selection of whole paragraphs ends at the beginning of the next one.
    const end = offset(range.endContainer, range.endOffset);
    return start !== null && end !== null && start < end ? { document: original.dataset.document, start, end } : null;
  }
  let waiting;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const span = selected();
      offer.hidden = !span;
      if (span) offer.textContent = `加入引用夹（所选 ${span.end - span.start} 字）`;
    }, 120);
  });
  async function take() {
    const span = selected();
    if (!span) return;
    try {
      await collect(span);
      getSelection().removeAllRanges();
      offer.hidden = true;
    } catch (error) {
      say(error.message || "没有加入，请再试一次");
    }
  }
  offer.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the selection
  offer.addEventListener("click", take);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "a" || event.ctrlKey || event.metaKey || event.altKey || offer.hidden) return;
    let off = null;
    try { off = localStorage.getItem("qa.keys-off"); } catch { /* storage may be switched off */ }
    if (off !== null || event.target.closest("input, textarea, select, [contenteditable]")) return;
    event.preventDefault(); // and not the passage or the cited words
    take();
  }, true);
})();

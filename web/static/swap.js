// Fragments without a reload, with the attributes of htmx that we need (docs/decisions/0005-fragments.md):
//   <form hx-post="…" hx-swap="outerHTML">        the answer takes the form's place
//   <details hx-get="…" hx-trigger="toggle">      at the first opening the answer takes the place of [data-fragment] inside
// Whatever cannot be fetched goes the ordinary way: the form is sent, the link inside a fold stays.
(() => {
  "use strict";
  const HEADERS = { "hx-request": "true" };

  async function fetched(address, options) {
    const response = await fetch(address, { ...options, headers: HEADERS, credentials: "same-origin" });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const template = document.createElement("template");
    template.innerHTML = await response.text();
    return template.content;
  }

  function put(target, content, whole) {
    const held = target.contains(document.activeElement);
    const first = content.firstElementChild;
    if (whole) target.replaceWith(content);
    else target.replaceChildren(content);
    if (held && first) {
      first.tabIndex = -1;
      first.focus({ preventScroll: true });
    }
    document.dispatchEvent(new CustomEvent("swapped", { detail: first }));
  }

  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[hx-post]");
    if (!form) return;
    event.preventDefault();
    if (form.ariaBusy === "true") return; // a second press of the button
    form.ariaBusy = "true";
    const body = new URLSearchParams(new FormData(form, event.submitter));
    try {
      put(form, await fetched(form.getAttribute("hx-post"), { method: "POST", body }), form.getAttribute("hx-swap") === "outerHTML");
    } catch {
      form.ariaBusy = null;
      form.removeAttribute("hx-post");
      form.requestSubmit(event.submitter);
    }
  });

  document.addEventListener("toggle", async (event) => {
    const fold = event.target;
    const place = fold.open && fold.matches?.("details[hx-get]") && fold.querySelector("[data-fragment]");
    if (!place || place.ariaBusy === "true") return;
    place.ariaBusy = "true";
    try { put(place, await fetched(fold.getAttribute("hx-get")), true); } catch { place.ariaBusy = null; /* its link stays */ }
  }, true);
})();

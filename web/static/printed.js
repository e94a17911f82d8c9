// Turning the printed page without loading the document anew; without this the same links load it with that page in view.
(() => {
  "use strict";
  document.addEventListener("click", async (event) => {
    const link = event.target.closest(".printed .steps a, .page-mark a, a.to-printed");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const place = document.getElementById("printed");
    const turned = link.closest(".printed") ? link.rel : "";
    try {
      const response = await fetch(link.href, { headers: { "hx-request": "true" }, credentials: "same-origin" });
      if (!response.ok) throw new Error(String(response.status));
      const template = document.createElement("template");
      template.innerHTML = await response.text();
      const made = template.content.querySelector(".printed");
      place.replaceWith(made);
      made.querySelector("details").open = true;
      history.replaceState(history.state, "", link.href);
      const next = turned && (made.querySelector(`a[rel="${turned}"]`) ?? made.querySelector(".steps a"));
      if (next) next.focus({ preventScroll: true });
      else made.scrollIntoView({ block: "nearest" });
      document.getElementById("status").textContent = made.querySelector("img").alt;
    } catch {
      location.assign(link.href);
    }
  });
})();

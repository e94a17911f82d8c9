// 核稿: the progress of a draft, and its page as soon as it is done. Without a script the page renews itself.
(() => {
  "use strict";
  const section = document.querySelector("[data-progress]");
  if (!section) return;
  const bar = section.querySelector("progress");
  const text = section.querySelector("[data-progress-text]");
  async function ask() {
    try {
      const answer = await fetch(section.dataset.progress, { cache: "no-store" });
      if (!answer.ok) throw new Error(String(answer.status));
      const { state, done, total } = await answer.json();
      if (state !== "running") return location.reload();
      bar.max = total || 1;
      bar.value = done;
      text.textContent = `已核对 ${done} / ${total} 处`;
    } catch {
      text.textContent = "暂时连不上，正在重试……";
    }
    setTimeout(ask, 500);
  }
  setTimeout(ask, 300);
})();

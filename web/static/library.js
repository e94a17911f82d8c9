// 资料库: uploading with progress, and a job's page that follows the job. Everything works without it, only slower to see.
"use strict";

function follow(place) {
  const status = document.getElementById("job-status");
  const address = `/library/jobs/${place.dataset.job}/part`;
  let asked = false, again = false;

  async function renew() {
    if (asked) { again = true; return; }
    asked = true;
    try {
      const response = await fetch(address);
      if (response.ok && !place.contains(document.activeElement?.closest("form.decide"))) {
        place.innerHTML = await response.text();
        const line = place.querySelector(".job-line b");
        if (line && status.textContent !== line.textContent) status.textContent = line.textContent;
      }
    } catch { /* the server is away; the stream will come back or not */ }
    asked = false;
    if (again) { again = false; renew(); }
  }

  const stream = new EventSource(`/api/jobs/${place.dataset.job}/events`);
  stream.addEventListener("job", renew);
  stream.addEventListener("end", () => { stream.close(); renew(); });
}

function sender(form) {
  const input = form.querySelector("input[type=file]");
  const drop = form.querySelector(".drop");
  const box = form.querySelector(".uploading");
  const line = form.querySelector("[data-upload-line]");
  const list = form.querySelector("[data-upload-files]");
  const error = form.querySelector("[data-upload-error]");
  const limit = Number(form.dataset.limitMb) * 1024 * 1024;
  let request = null;

  function say(text) {
    error.textContent = text;
    error.hidden = !text;
  }

  function rows(files) {
    list.replaceChildren(...files.map((file) => {
      const item = document.createElement("li");
      item.className = "file";
      const head = item.appendChild(document.createElement("div"));
      head.className = "file-head";
      const name = head.appendChild(document.createElement("span"));
      name.className = "file-name";
      name.textContent = file.name;
      const state = head.appendChild(document.createElement("span"));
      state.className = "file-state";
      state.textContent = "等待";
      return item;
    }));
  }

  // One request carries the files one after the other: what was sent tells how far each is.
  function progress(files, sent, total) {
    let before = 0;
    files.forEach((file, number) => {
      const share = file.size ? Math.min(1, Math.max(0, (sent - before) / file.size)) : sent >= before ? 1 : 0;
      before += file.size;
      const text = share >= 1 ? "已传完" : share > 0 ? `${Math.round(share * 100)}%` : "等待";
      const state = list.children[number]?.querySelector(".file-state");
      if (state && state.textContent !== text) state.textContent = text;
    });
    line.textContent = total ? `${Math.min(100, Math.round((sent / total) * 100))}%` : "";
  }

  function send(chosen) {
    const files = [...chosen];
    if (!files.length || request) return;
    const large = files.filter((file) => file.size > limit);
    if (large.length) {
      say(`${large.map((file) => file.name).join("、")} 超过 ${form.dataset.limitMb} MB，没有上传。拆成几个文件后再传。`);
      return;
    }
    say("");
    rows(files);
    box.hidden = false;
    const body = new FormData();
    body.append("on_conflict", form.elements.on_conflict.value);
    files.forEach((file) => body.append("files", file, file.name));
    request = new XMLHttpRequest();
    request.open("POST", "/api/documents");
    request.responseType = "json";
    request.upload.onprogress = (event) => progress(files, event.loaded, event.total);
    request.onload = () => {
      const answer = request.response;
      if (request.status === 202 && answer?.job) {
        location.href = answer.job.url;
        return;
      }
      const told = answer?.error;
      stop(told ? `${told.message}${told.hint ? "。" + told.hint : ""}` : "上传没有完成，请重试。");
    };
    request.onerror = () => stop("连接断了，上传没有完成。已传完的文件可能已经收下，刷新本页可见；其余请重新上传。");
    request.onabort = () => stop("已停止上传。");
    request.send(body);
  }

  function stop(text) {
    request = null;
    box.hidden = true;
    input.value = "";
    say(text);
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); send(input.files); });
  input.addEventListener("change", () => send(input.files));
  form.querySelector("[data-upload-stop]").addEventListener("click", () => request?.abort());
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
  }
  for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => { event.preventDefault(); send(event.dataTransfer.files); });
  // A file dropped beside the place would make the browser leave the page.
  for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
}

const job = document.getElementById("job");
if (job && !("ended" in job.dataset)) follow(job);
const form = document.querySelector("[data-upload]");
if (form) sender(form);

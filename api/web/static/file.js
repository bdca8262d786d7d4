// A case out of a file: picked, or dropped anywhere on the page. The server reads it; nothing is kept.
"use strict";

import { fail, isBusy, post } from "./asking.js";
import { byId, form } from "./dom.js";

const field = byId("file");

function told(words) {
  const line = document.createElement("p");
  line.className = "error";
  line.setAttribute("role", "alert");
  line.textContent = words;
  byId("file-error").replaceChildren(...(words ? [line] : []));
  byId("file-read").replaceChildren();
}

async function read(file) {
  if (isBusy()) return;
  told(file.size > Number(field.dataset.limit) ? field.dataset.tooLarge : "");
  if (byId("file-error").firstChild) { field.focus(); return; }
  const body = new FormData(form);
  body.set("fil", file);
  try {
    const page = await post(body, form.dataset.reading);
    const part = (id) => [...document.importNode(page.getElementById(id), true).childNodes];
    for (const id of ["case-error", "file-error", "file-read"]) byId(id).replaceChildren(...part(id));
    field.value = "";
    if (byId("file-error").firstChild) { field.focus(); return; }
    byId("case").value = page.getElementById("case").value;
    byId("case").dispatchEvent(new Event("input", { bubbles: true }));
    byId("case").focus();
    byId("case").scrollIntoView({ block: "center" });
  } catch (error) { fail(error, () => read(file)); }
}

byId("read-file").hidden = true; // a file is read as soon as it is picked
byId("drop-hint").hidden = false;
field.addEventListener("change", () => { if (field.files.length) read(field.files[0]); });

const hasFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
const dropping = (now) => form.classList.toggle("dropping", now);
document.addEventListener("dragover", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  dropping(true);
});
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) dropping(false); });
document.addEventListener("drop", (event) => {
  if (!hasFiles(event)) return;
  event.preventDefault();
  dropping(false);
  const files = event.dataTransfer.files;
  if (files.length === 1) read(files[0]);
  else told(field.dataset.several);
});

// Makes the page quicker to use; everything works without it.
"use strict";

const form = document.getElementById("case-form");
const pane = document.getElementById("pane");
let opener = null;

if (form) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    document.getElementById("status").textContent = form.dataset.busy;
    document.getElementById("search").setAttribute("aria-disabled", "true");
  });
  // Coming back by the browser's own button shows the page as it was left: busy.
  window.addEventListener("pageshow", () => {
    document.getElementById("status").textContent = "";
    document.getElementById("search").removeAttribute("aria-disabled");
  });
  const results = document.getElementById("results");
  if (results) results.scrollIntoView();
}

async function openSource(link) {
  const answer = await fetch(link.href);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const source = page.getElementById("source");
  if (!answer.ok || !source) throw new Error("no source");
  const body = document.getElementById("pane-body");
  body.replaceChildren(document.importNode(source, true));
  pane.hidden = false;
  opener = link;
  const words = document.getElementById("ord");
  (words || body).focus({ preventScroll: true });
  if (words) words.scrollIntoView({ block: "center" });
}

function closePane() {
  pane.hidden = true;
  document.getElementById("pane-body").replaceChildren();
  if (opener) opener.focus();
}

if (pane) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a.open");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    openSource(link).catch(() => { window.open(link.href, "kilde", "noopener"); });
  });
  document.getElementById("close-pane").addEventListener("click", closePane);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !pane.hidden) closePane();
  });
}

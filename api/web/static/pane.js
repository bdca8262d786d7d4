// The source beside the results.
"use strict";

import { byId } from "./dom.js";

const pane = byId("pane");
let opener = null;

export const isOpen = () => !pane.hidden;

function covered(link) {
  const wide = matchMedia("(min-width: 60rem)").matches;
  if (byId("page")) return wide ? [] : document.querySelectorAll("header, .skip, #page"); // it moves over
  const own = wide ? link.closest("section") : null;
  const others = "header, .skip, #case-form, #marks, #answer > :not(.results), #results > section";
  return [...document.querySelectorAll(others)].filter((part) => part !== own);
}

async function sourceAt(address) {
  const answer = await fetch(address);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const told = page.querySelector(".error");
  if (!page.getElementById("source") && !told) throw new Error("no page");
  return document.importNode(page.getElementById("source") || told, true);
}

function failed(link) {
  const words = document.createElement("p");
  words.className = "error";
  words.setAttribute("role", "alert");
  words.textContent = pane.dataset.failed;
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = pane.dataset.retry;
  again.addEventListener("click", () => openSource(link));
  const box = document.createElement("div");
  box.append(words, again);
  return box;
}

export async function openSource(link) {
  const source = await sourceAt(link.href).catch(() => failed(link));
  const body = byId("pane-body");
  body.replaceChildren(source);
  byId("own-tab").href = link.href;
  const card = link.closest(".result");
  if (!pane.contains(link)) {
    uncover();
    opener = link;
    pane.dataset.side = byId("page") || link.closest("section").nextElementSibling ? "right" : "left";
    covered(link).forEach((part) => { part.inert = true; });
    if (card) card.classList.add("shown");
  }
  if (source.id === "source") {
    const id = card ? card.dataset.id : decodeURIComponent(link.pathname.split("/")[2]);
    document.dispatchEvent(new CustomEvent("source-opened", { detail: id }));
  }
  pane.hidden = false;
  if (byId("page") && opener) opener.scrollIntoView({ block: "nearest" });
  const words = pane.querySelector("#ord") || aim(link.hash);
  (words || body.querySelector("button") || body).focus({ preventScroll: true });
  if (words) words.scrollIntoView({ block: "center" });
  else pane.scrollTop = 0;
}

function aim(hash) {
  const place = hash && pane.querySelector(`#${CSS.escape(decodeURIComponent(hash.slice(1)))}`);
  if (place) place.tabIndex = -1;
  return place;
}

function uncover() {
  document.querySelectorAll("[inert]").forEach((part) => { part.inert = false; });
  document.querySelectorAll(".shown").forEach((card) => { card.classList.remove("shown"); });
}

export function closePane() {
  if (pane.hidden) return;
  pane.hidden = true;
  byId("pane-body").replaceChildren();
  uncover();
  if (opener) opener.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.open, #pane-body a[href]");
  if (!link || link.classList.contains("raw") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (link.getAttribute("href").startsWith("#")) {
    event.preventDefault();
    const place = aim(link.hash);
    if (place) { place.focus({ preventScroll: true }); place.scrollIntoView(); }
  } else if (link.origin === location.origin) {
    event.preventDefault();
    openSource(link);
  } else link.target = "_blank";
});
byId("close-pane").addEventListener("click", closePane);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !document.querySelector("dialog[open]")) closePane();
});

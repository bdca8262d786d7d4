// Single-key shortcuts: only outside fields, never with a modifier, and they can be switched off.
"use strict";

import { byId } from "./dom.js";
import { isOpen } from "./pane.js";

const dialog = byId("keys");
const STORED = "hjemmel-keys"; // a habit of the reader's, nothing of a case
const FIELDS = "input:not([type=checkbox]), textarea, select, [contenteditable]";

const cards = (section) => [...section.querySelectorAll(".result")];
const columns = () => [...document.querySelectorAll("#results > section")].filter((part) => !part.inert);
const current = () => document.activeElement.closest(".result") || document.querySelector(".result.shown");

function step(by) {
  const here = current();
  const all = cards(here ? here.closest("section") : columns()[0] || document);
  const next = all[here ? all.indexOf(here) + by : by > 0 ? 0 : all.length - 1];
  if (next) show(next);
}

function cross(side) {
  const [all, here] = [columns(), current()];
  const column = all[Math.min(side, all.length - 1)];
  if (!column) return;
  const place = here ? cards(here.closest("section")).indexOf(here) : 0;
  const there = cards(column);
  if (there.length) show(there[Math.min(place, there.length - 1)]);
}

function show(card) {
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: "start" });
}

const press = (selector) => { const found = current() && current().querySelector(selector); if (found) found.click(); };

const KEYS = {
  "/": () => { if (!isOpen()) byId("case").focus(); },
  j: () => step(1),
  k: () => step(-1),
  h: () => cross(0),
  l: () => cross(1),
  o: () => press("a.open"),
  m: () => press(".take input"),
  "?": () => dialog.showModal(),
};

function use() {
  // A browser may forbid storage; shortcuts then last as long as the page.
  try { return localStorage.getItem(STORED) !== "off"; } catch { return byId("use-keys").checked; }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || dialog.open) return;
  const key = event.key === "Enter" && document.activeElement === current() ? "o" : event.key;
  if (!Object.hasOwn(KEYS, key) || event.target.closest(FIELDS) || !use()) return;
  event.preventDefault();
  KEYS[key]();
});
byId("use-keys").checked = use();
byId("use-keys").addEventListener("change", (event) => {
  try { localStorage.setItem(STORED, event.target.checked ? "on" : "off"); } catch { /* see use() */ }
});
byId("show-keys").hidden = false;
byId("show-keys").addEventListener("click", () => dialog.showModal());

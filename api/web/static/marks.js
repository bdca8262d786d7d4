// What is marked stays marked while the reader searches again, goes back or reloads; it ends with the case.
"use strict";

import { byId, form } from "./dom.js";

const list = byId("marks");
const marks = new Map(); // id of a result → what to call it
const opened = new Set(); // ids of the sources opened, for the audit log of a brief
let changed = () => {};

export const onChange = (then) => { changed = then; };
export const kept = () => ({ marks: [...marks], opened: [...opened] });
export const fields = () => [
  ...[...marks.keys()].map((id) => ["maerket", id]), ...[...opened].map((id) => ["aabnet", id])];

export function restore(state) {
  marks.clear();
  opened.clear();
  state.marks.forEach(([id, name]) => marks.set(id, name));
  state.opened.forEach((id) => opened.add(id));
}

function element(name, values, ...children) {
  const made = Object.assign(document.createElement(name), values);
  made.append(...children);
  return made;
}

// A source that is shown below is marked there; another one is listed with its own box to untick.
function entry(id, name) {
  const box = document.querySelector(`.take input[value="${CSS.escape(id)}"]`);
  if (box) return element("a", { href: `#${box.closest(".result").id}` }, name);
  const own = element("input", { type: "checkbox", name: "maerket", value: id, checked: true });
  own.setAttribute("form", form.id);
  return element("label", {}, own, " ", element("span", {}, name));
}

export function draw() {
  document.querySelectorAll(".take input").forEach((box) => { box.checked = marks.has(box.value); });
  byId("marked").replaceChildren(...[...marks].map(([id, name]) => {
    const item = element("li", { lang: "da" }, entry(id, name));
    item.dataset.id = id;
    return item;
  }));
  const { none, one, many } = list.dataset;
  byId("marked-count").textContent = [none, one][marks.size] || many.replace("{}", marks.size);
  byId("marked-list").classList.toggle("none", marks.size === 0);
  byId("compare").hidden = [...marks.keys()].filter((id) => !id.includes(":")).length < 2;
  list.hidden = !byId("results") && marks.size === 0;
  byId("opened-fields").replaceChildren(...[...opened].map((id) =>
    element("input", { type: "hidden", name: "aabnet", value: id })));
}

document.querySelectorAll("#marked li").forEach((item) => marks.set(item.dataset.id, item.textContent.trim()));
document.querySelectorAll("#opened-fields input").forEach((field) => opened.add(field.value));

document.addEventListener("source-opened", (event) => {
  opened.add(event.detail);
  draw();
  changed();
});
document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name !== "maerket") return;
  const name = box.closest(".result, li").querySelector("h3, span").textContent;
  if (box.checked) marks.set(box.value, name);
  else marks.delete(box.value);
  const elsewhere = box.closest("li");
  draw();
  changed();
  if (elsewhere) byId("marked-count").focus();
});

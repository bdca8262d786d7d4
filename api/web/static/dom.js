// What the parts of a page that asks about a case share.
"use strict";

export const byId = (id) => document.getElementById(id);
export const form = document.querySelector("#case-form, #asked");

// The fields of the form as [name, value] pairs: what is typed and ticked, without marks and files.
const APART = ["fil", "maerket", "aabnet"];

export function pairsOf(of) {
  return [...new FormData(of)].filter(([name, value]) => value !== "" && !APART.includes(name));
}

export const written = () => pairsOf(form);

const controls = () => [...form.elements].filter(({ name, type, list }) =>
  name && !APART.includes(name) && !["submit", "hidden"].includes(type) && !list);

// Whether something is typed or ticked that the page did not come with: by the reader, or kept by the browser.
export const isTouched = () => controls().some((control) =>
  control.value !== control.defaultValue || control.checked !== control.defaultChecked);

export function fill(pairs) {
  for (const control of controls()) {
    const values = pairs.filter(([name]) => name === control.name).map(([, value]) => value);
    if (control.type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values.length ? values[0] : "";
  }
}

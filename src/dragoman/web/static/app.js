// What only makes it smoother: every page works without this file.
"use strict";

// After a swap the heading of a search says how many there are; keep the caret where it was.
document.addEventListener("htmx:afterSwap", function (event) {
  if (event.detail.target && event.detail.target.id === "results") {
    event.detail.target.setAttribute("aria-busy", "false");
  }
});

// "/" goes to the search box, as in most tools that are kept open all day.
document.addEventListener("keydown", function (event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = document.activeElement;
  if (at && /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName)) return;
  const box = document.querySelector("main input[type=search]") || document.getElementById("find");
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});

// A form marked so is sent as soon as something in it is chosen.
document.addEventListener("change", function (event) {
  const form = event.target.closest("form[data-submit]");
  if (form && event.target.type !== "search" && event.target.type !== "text") form.requestSubmit();
});

// A slider beside a date: it fills the date in.
document.addEventListener("input", function (event) {
  const slider = event.target.closest("input[type=range][data-days]");
  if (!slider) return;
  const days = slider.dataset.days.split(",");
  const shown = document.getElementById(slider.dataset.shows);
  if (shown) shown.value = days[Number(slider.value)] || "";
});

// The date beside it, set by hand: it counts from now on, not the slider (which counts where it is not as it was).
document.addEventListener("change", function (event) {
  const form = event.target.closest("form.slider");
  if (form && event.target.type === "date") form.elements.was.value = form.elements.step.value;
});

// Two texts side by side: what is pointed at in one is marked in the other, too.
function joined(event, on) {
  const passage = event.target.closest && event.target.closest("[data-pair]");
  if (!passage) return;
  document.querySelectorAll("[data-pair]").forEach(function (other) {
    if (other.dataset.pair === passage.dataset.pair) other.classList.toggle("joined", on);
  });
}
document.addEventListener("mouseover", function (event) { joined(event, true); });
document.addEventListener("mouseout", function (event) { joined(event, false); });

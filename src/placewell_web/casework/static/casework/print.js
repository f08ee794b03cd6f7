// Shows the print button: printing needs a script, so without one the browser's own command serves.
for (const button of document.querySelectorAll(".cw-print")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
